/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_class.c - the messages of tests/cases/mail against their table.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_class.h"
#include "../milter/mail/mail_fold.h"
#include "../milter/mail/mail_signs.h"
#include "fullstop/hash.h"
#include "suite.h"

#define COLUMNS 8
enum column { FILE_NAME, CLASS, RULE, RECIPIENT, STATUS, PERMANENT, RETURNED, OPT_OUT };

static char *read_case(const char *name, size_t *out_length_b)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/cases/mail/%s", directory != NULL ? directory : "tests", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    char *bytes = malloc(65536);
    ck_assert_ptr_nonnull(bytes);
    *out_length_b = fread(bytes, 1, 65535, file);
    bytes[*out_length_b] = '\0';
    fclose(file);
    return bytes;
}

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

/* CRLF line ends, as mail comes over the wire. The caller frees. */
static char *with_crlf(const char *bytes, size_t *length_b)
{
    char *out = malloc(2 * *length_b + 1);
    size_t used = 0;
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < *length_b; i++) {
        if (bytes[i] == '\n') {
            out[used++] = '\r';
        }
        out[used++] = bytes[i];
    }
    *length_b = used;
    return out;
}

static void check_facts(char *const *want, const char *bytes, size_t length_b)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_facts facts;
    const char *name = want[FILE_NAME];
    ck_assert_int_eq(fs_mail_parse(arena, bytes, length_b, NULL, &facts, NULL), FS_OK);
    const char *returned = facts.returned_id_count > 0 ? facts.returned_ids[0] : NULL;
    ck_assert_msg(strcmp(fs_mail_class_name(facts.class), want[CLASS]) == 0 &&
                      strcmp(facts.rule, want[RULE]) == 0,
                  "%s: %s by %s, want %s by %s", name, fs_mail_class_name(facts.class), facts.rule,
                  want[CLASS], want[RULE]);
    ck_assert_uint_ge(facts.hit_count, 1);
    ck_assert_str_eq(facts.hits[0], facts.rule);
    ck_assert_msg(strcmp(or_dash(facts.original_recipient), want[RECIPIENT]) == 0,
                  "%s: recipient %s, want %s", name, or_dash(facts.original_recipient),
                  want[RECIPIENT]);
    ck_assert_msg(strcmp(or_dash(facts.status), want[STATUS]) == 0, "%s: status %s, want %s", name,
                  or_dash(facts.status), want[STATUS]);
    ck_assert_msg(facts.permanent == (strcmp(want[PERMANENT], "yes") == 0), "%s: permanent %d",
                  name, facts.permanent);
    ck_assert_msg(strcmp(or_dash(returned), want[RETURNED]) == 0, "%s: returned %s, want %s", name,
                  or_dash(returned), want[RETURNED]);
    ck_assert_msg(strcmp(fs_answer_name(facts.opt_out), want[OPT_OUT]) == 0, "%s: opt-out %s", name,
                  fs_answer_name(facts.opt_out));
    fs_arena_free(arena);
}

/* Walks the table; calls check_facts on each row, with CRLF line ends when asked to. */
static int check_table(bool crlf)
{
    size_t length_b;
    char *table = read_case("classes.tsv", &length_b);
    int rows = 0;
    for (char *line = table; *line != '\0';) {
        char *end = line + strcspn(line, "\n");
        char *next = *end == '\0' ? end : end + 1;
        char *columns[COLUMNS] = {line};
        size_t count = 1;
        *end = '\0';
        for (char *at = line; *at != '\0' && count < COLUMNS; at++) {
            if (*at == '\t') {
                *at = '\0';
                columns[count++] = at + 1;
            }
        }
        if (line[0] != '#') {
            ck_assert_msg(count == COLUMNS, "%s: not %d columns", line, COLUMNS);
            size_t mail_b;
            char *bytes = read_case(columns[FILE_NAME], &mail_b);
            char *wire = crlf ? with_crlf(bytes, &mail_b) : NULL;
            check_facts(columns, crlf ? wire : bytes, mail_b);
            free(wire);
            free(bytes);
            rows++;
        }
        line = next;
    }
    free(table);
    return rows;
}

START_TEST(every_message_of_the_table_is_what_it_says)
{
    ck_assert_int_gt(check_table(false), 90);
}
END_TEST

START_TEST(line_ends_make_no_difference)
{
    ck_assert_int_gt(check_table(true), 90);
}
END_TEST

START_TEST(the_envelope_sender_counts_before_the_return_path)
{
    static const char text[] = "Return-Path: <jana@kunde.example>\nFrom: jana@kunde.example\n"
                               "Subject: Ihr Angebot\n\nx\n";
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_envelope envelope = {.sender = "<>"};
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, text, sizeof text - 1, &envelope, &facts, NULL), FS_OK);
    ck_assert_str_eq(facts.rule, "null-sender");
    ck_assert_str_eq(facts.sender, "");
    fs_arena_free(arena);
}
END_TEST

START_TEST(all_hits_are_kept_in_the_order_of_the_table)
{
    static const char text[] = "Return-Path: <>\nFrom: no-reply@kunde.example\n"
                               "Auto-Submitted: auto-replied\nSubject: Abwesenheitsnotiz\n\nx\n";
    static const char *const want[] = {"auto-submitted", "null-sender", "subject.absence",
                                       "robot.local-part"};
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, text, sizeof text - 1, NULL, &facts, NULL), FS_OK);
    ck_assert_uint_eq(facts.hit_count, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < facts.hit_count; i++) {
        ck_assert_str_eq(facts.hits[i], want[i]);
    }
    ck_assert_int_eq(facts.class, FS_CLASS_OUT_OF_OFFICE);
    fs_arena_free(arena);
}
END_TEST

START_TEST(rule_ids_are_unique)
{
    for (const struct mail_rule *a = mail_rules; a->id != NULL; a++) {
        for (const struct mail_rule *b = a + 1; b->id != NULL; b++) {
            ck_assert_str_ne(a->id, b->id);
        }
    }
}
END_TEST

/* Words of a phrase, as mail_words.h cuts a text; its signs aside. */
static void check_sign(const struct mail_sign *sign)
{
    char words[300];
    size_t used = 0;
    ck_assert_msg(strspn(sign->phrase, "*#_.? ") == 0, "%s: its first word is not plain",
                  sign->phrase);
    for (const char *at = sign->phrase; *at != '\0' && used + 1 < sizeof words; at++) {
        words[used++] = strchr("|*#_.?", *at) != NULL ? ' ' : *at;
    }
    char folded[300];
    words[used] = '\0';
    mail_fold(words, sizeof words, folded, sizeof folded);
    char *save = NULL;
    for (char *word = strtok_r(words, " ", &save); word != NULL;
         word = strtok_r(NULL, " ", &save)) {
        ck_assert_msg(strstr(folded, word) != NULL, "%s: %s is not folded", sign->phrase, word);
    }
}

START_TEST(signs_of_machines_are_written_as_text_is_folded)
{
    const struct mail_sign *const tables[] = {mail_machine_signs, mail_other_signs};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const struct mail_sign *sign = tables[i]; sign->phrase != NULL; sign++) {
            check_sign(sign);
        }
    }
}
END_TEST

START_TEST(class_names_are_read_back)
{
    for (int i = 0; i < FS_MAIL_CLASS_COUNT; i++) {
        enum fs_mail_class class = FS_CLASS_HUMAN;
        ck_assert(fs_mail_class_parse(fs_mail_class_name((enum fs_mail_class)i), &class));
        ck_assert_int_eq((int)class, i);
    }
    enum fs_mail_class untouched = FS_CLASS_BULK;
    ck_assert(!fs_mail_class_parse("robot", &untouched));
    ck_assert_int_eq(untouched, FS_CLASS_BULK);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK) {
        return 1;
    }
    Suite *suite = suite_create("mail class");
    TCase *tcase = tcase_create("class");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_message_of_the_table_is_what_it_says);
    tcase_add_test(tcase, line_ends_make_no_difference);
    tcase_add_test(tcase, the_envelope_sender_counts_before_the_return_path);
    tcase_add_test(tcase, all_hits_are_kept_in_the_order_of_the_table);
    tcase_add_test(tcase, rule_ids_are_unique);
    tcase_add_test(tcase, signs_of_machines_are_written_as_text_is_folded);
    tcase_add_test(tcase, class_names_are_read_back);
    suite_add_tcase(suite, tcase);
    int status = run_all(suite);
    fs_mail_teardown();
    return status;
}
