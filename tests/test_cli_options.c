/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_cli_options.c - options, operands and what was probably meant.
 */
#include <check.h>
#include <string.h>

#include "../milter/cli/cli_options.h"
#include "arena_fixture.h"

#define WORDS_MAX 100

static const struct fs_cli_option own[] = {
    {"until", 'u', false, "DATE", "a date"},
    {"checkpoint", 0, true, "C", "may be repeated"},
    {"sent", 0, false, NULL, "takes none"},
    {NULL, 0, false, NULL, NULL},
};

/* Parses a call that is written as words with single spaces. */
static enum fs_status parse(const char *call, bool first_only, struct fs_cli_args *out, int *used,
                            struct fs_error *err)
{
    char *words[WORDS_MAX];
    int count = 0;
    char *save = NULL;
    char *copy = fs_arena_strdup(arena, call);

    for (char *word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
        words[count++] = word;
    memset(out, 0, sizeof *out);
    return fs_cli_args_parse(arena, own, first_only, count, words, out, used, err);
}

static const struct {
    const char *call;
    const char *option; /* one that must be there */
    const char *value;
    size_t operands;
    const char *last_operand;
} good[] = {
    {"", NULL, NULL, 0, NULL},
    {"a b", NULL, NULL, 2, "b"},
    {"a --until 14d b", "until", "14d", 2, "b"},
    {"--until=14d", "until", "14d", 0, NULL},
    {"--until=", "until", "", 0, NULL},
    {"--until=a=b", "until", "a=b", 0, NULL},
    {"-u 14d", "until", "14d", 0, NULL},
    {"-u14d a", "until", "14d", 1, "a"},
    {"--until --json", "until", "--json", 0, NULL},
    {"--json a", "json", NULL, 1, "a"},
    {"-c x.conf a", "config", "x.conf", 1, "a"},
    {"-", NULL, NULL, 1, "-"},
    {"-- --json", NULL, NULL, 1, "--json"},
    {"--sent -- --", "sent", NULL, 1, "--"},
    {"--checkpoint a --checkpoint b", "checkpoint", "b", 0, NULL},
};

START_TEST(a_call_is_split_into_options_and_operands)
{
    struct fs_cli_args args;
    int used = -1;

    ck_assert_int_eq(parse(good[_i].call, false, &args, &used, NULL), FS_OK);
    ck_assert_uint_eq(args.operand_count, good[_i].operands);
    if (good[_i].last_operand != NULL)
        ck_assert_str_eq(args.operands[args.operand_count - 1], good[_i].last_operand);
    if (good[_i].option == NULL) {
        ck_assert_uint_eq(args.given_count, 0);
    } else {
        ck_assert(fs_cli_args_has(&args, good[_i].option));
        ck_assert_pstr_eq(fs_cli_args_value(&args, good[_i].option), good[_i].value);
    }
}
END_TEST

static const struct {
    const char *call;
    const char *sentence; /* part of it */
} bad[] = {
    {"--untill 14d", "did you mean --until?"},
    {"--jsno", "did you mean --json?"},
    {"--frobnicate", "there is no option --frobnicate"},
    {"-x", "there is no option -x"},
    {"-hx", "there is no option -hx"},
    {"--unti=3", "did you mean --until?"},
    {"--until", "--until DATE"},
    {"-u", "--until needs its value"},
    {"--sent=yes", "--sent takes no value"},
    {"--until 1d --until 2d", "--until is given twice"},
    {"-c a --config b", "--config is given twice"},
    {"---", "there is no option ---"},
};

START_TEST(a_wrong_option_is_named_with_the_mend)
{
    struct fs_cli_args args;
    struct fs_error err = {0};
    int used = 0;

    ck_assert_int_eq(parse(bad[_i].call, false, &args, &used, &err), FS_INPUT);
    ck_assert_msg(strstr(err.text, bad[_i].sentence) != NULL, "%s: %s", bad[_i].call, err.text);
}
END_TEST

START_TEST(options_before_the_command_end_at_the_command)
{
    struct fs_cli_args args;
    int used = 0;

    ck_assert_int_eq(parse("-c x --json leads --what", true, &args, &used, NULL), FS_OK);
    ck_assert_int_eq(used, 3);
    ck_assert_uint_eq(args.given_count, 2);
    ck_assert_uint_eq(args.operand_count, 0);
}
END_TEST

START_TEST(one_option_more_than_the_cap_is_refused)
{
    char *words[FS_CLI_GIVEN_MAX + 1];
    struct fs_cli_args args = {0};
    struct fs_error err = {0};
    char text[] = "--checkpoint=x";
    int used;

    for (int i = 0; i <= FS_CLI_GIVEN_MAX; i++)
        words[i] = text;
    ck_assert_int_eq(
        fs_cli_args_parse(arena, own, false, FS_CLI_GIVEN_MAX, words, &args, &used, &err), FS_OK);
    memset(&args, 0, sizeof args);
    ck_assert_int_eq(
        fs_cli_args_parse(arena, own, false, FS_CLI_GIVEN_MAX + 1, words, &args, &used, &err),
        FS_INPUT);
}
END_TEST

static const struct {
    const char *word;
    const char *nearest;
} near[] = {
    {"stauts", "status"},
    {"hist", "history"},
    {"histroy", "history"},
    {"pasue", "pause"},
    {"wy", "why"},
    {"xx", NULL},
    {"", NULL},
    {"o", NULL},
    {"resumed", "resume"},
    {"delete", NULL},
    {"of", "off"},
    {"audit verfy", NULL},
    {"a-word-longer-than-any-name-of-a-command-may-be", NULL},
};

START_TEST(a_typing_error_finds_the_name_that_was_meant)
{
    static const char *const names[] = {"status", "history", "pause", "why", "resume", "off", "on"};

    ck_assert_pstr_eq(fs_cli_nearest(near[_i].word, names, 7), near[_i].nearest);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("cli_options");
    TCase *all = tcase_create("options");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_loop_test(all, a_call_is_split_into_options_and_operands, 0,
                        (int)(sizeof good / sizeof *good));
    tcase_add_loop_test(all, a_wrong_option_is_named_with_the_mend, 0,
                        (int)(sizeof bad / sizeof *bad));
    tcase_add_test(all, options_before_the_command_end_at_the_command);
    tcase_add_test(all, one_option_more_than_the_cap_is_refused);
    tcase_add_loop_test(all, a_typing_error_finds_the_name_that_was_meant, 0,
                        (int)(sizeof near / sizeof *near));
    suite_add_tcase(made, all);
    return made;
}

int main(void)
{
    return run_all(suite());
}
