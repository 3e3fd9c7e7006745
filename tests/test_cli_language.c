/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_cli_language.c - the language in which a call is answered.
 */
#include <check.h>
#include <stdlib.h>

#include "../milter/cli/cli.h"
#include "suite.h"

/* LC_ALL, LC_MESSAGES, LANG; NULL: not set. */
static const struct {
    const char *locales[3];
    bool is_spoken;
    enum fs_language language;
} calls[] = {
    {{NULL, NULL, "de_DE.UTF-8"}, true, FS_LANGUAGE_DE},
    {{NULL, NULL, "de"}, true, FS_LANGUAGE_DE},
    {{NULL, NULL, "de_AT@euro"}, true, FS_LANGUAGE_DE},
    {{"", "", "en_US.UTF-8"}, true, FS_LANGUAGE_EN},
    {{NULL, "de_CH", "en_US.UTF-8"}, true, FS_LANGUAGE_DE},
    {{"en_GB", "de_CH", "de_DE"}, true, FS_LANGUAGE_EN},
    {{"C", "de_CH", "de_DE"}, false, FS_LANGUAGE_EN},
    {{NULL, NULL, "C.UTF-8"}, false, FS_LANGUAGE_EN},
    {{NULL, NULL, "POSIX"}, false, FS_LANGUAGE_EN},
    {{NULL, NULL, "fr_FR.UTF-8"}, false, FS_LANGUAGE_EN},
    {{NULL, NULL, "den_CA"}, false, FS_LANGUAGE_EN},
    {{NULL, NULL, "d"}, false, FS_LANGUAGE_EN},
    {{NULL, NULL, NULL}, false, FS_LANGUAGE_EN},
};

START_TEST(the_first_variable_that_is_set_decides_if_it_names_a_language)
{
    enum fs_language language = FS_LANGUAGE_EN;
    ck_assert(fs_cli_language_parse(calls[_i].locales, 3, &language) == calls[_i].is_spoken);
    ck_assert_int_eq(language, calls[_i].language);
}
END_TEST

START_TEST(dates_and_words_follow_the_language_of_the_call)
{
    struct fs_cli cli = {.arena = fs_arena_new(0), .language = FS_LANGUAGE_DE};
    setenv("TZ", "UTC", 1);
    ck_assert_str_eq(fs_cli_day(&cli, 1700000000), "14.11.2023");
    ck_assert_str_eq(fs_cli_minute(&cli, 1700000000), "14.11.2023 22:13");
    ck_assert_str_eq(fs_cli_words(&cli, "yes"), "ja");
    cli.language = FS_LANGUAGE_EN;
    ck_assert_str_eq(fs_cli_day(&cli, 1700000000), "2023-11-14");
    ck_assert_str_eq(fs_cli_words(&cli, "yes"), "yes");
    fs_arena_free(cli.arena);
}
END_TEST

/* The numbers of doctor's last line. */
static const struct {
    enum fs_language language;
    size_t count;
    const char *errors;
    const char *warnings;
} numbers[] = {
    {FS_LANGUAGE_EN, 0, "0 errors", "0 warnings"}, {FS_LANGUAGE_EN, 1, "1 error", "1 warning"},
    {FS_LANGUAGE_EN, 2, "2 errors", "2 warnings"}, {FS_LANGUAGE_DE, 0, "0 Fehler", "0 Warnungen"},
    {FS_LANGUAGE_DE, 1, "1 Fehler", "1 Warnung"},  {FS_LANGUAGE_DE, 2, "2 Fehler", "2 Warnungen"},
};

START_TEST(one_is_no_plural)
{
    const struct fs_cli cli = {.language = numbers[_i].language};
    size_t count = numbers[_i].count;
    char text[32];
    snprintf(text, sizeof text, fs_cli_plural(&cli, "%zu error", "%zu errors", count), count);
    ck_assert_str_eq(text, numbers[_i].errors);
    snprintf(text, sizeof text, fs_cli_plural(&cli, "%zu warning", "%zu warnings", count), count);
    ck_assert_str_eq(text, numbers[_i].warnings);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cli_language");
    TCase *tcase = tcase_create("cli_language");
    tcase_add_loop_test(tcase, the_first_variable_that_is_set_decides_if_it_names_a_language, 0,
                        (int)(sizeof(calls) / sizeof(calls[0])));
    tcase_add_test(tcase, dates_and_words_follow_the_language_of_the_call);
    tcase_add_loop_test(tcase, one_is_no_plural, 0, (int)(sizeof(numbers) / sizeof(numbers[0])));
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
