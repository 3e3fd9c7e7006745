/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_cli_text.c - what a terminal may see, where lines are cut, dates that people type.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../milter/cli/cli_text.h"
#include "fullstop/clock.h"
#include "fullstop/text.h"
#include "suite.h"

static const struct {
    const char *text;
    const char *clean;
} cleaned[] = {
    {"plain", "plain"},
    {"J\xc3\xbcrgen", "J\xc3\xbcrgen"},
    {"\x1b[31mred", "?[31mred"},
    {"a\nb\tc\rd\x07", "a?b?c?d?"},
    {"\x7f", "?"},
    {"\xc2\x9b"
     "2J",
     "??2J"}, /* C1: CSI */
    {"\xe2\x80\xae"
     "evil",
     "???evil"}, /* right-to-left override */
    {"\xe2\x81\xa6"
     "x",
     "???x"},                     /* isolate */
    {"\xff\xfe", "??"},           /* no UTF-8 */
    {"\xc0\xaf", "??"},           /* overlong */
    {"\xed\xa0\x80", "???"},      /* surrogate */
    {"\xf4\x90\x80\x80", "????"}, /* beyond U+10FFFF */
    {"cut \xe2\x82", "cut ??"},   /* ends in the middle */
    {"\xf0\x9f\x99\x82", "\xf0\x9f\x99\x82"},
};

START_TEST(no_control_character_reaches_the_terminal)
{
    char text[64];

    strncpy(text, cleaned[_i].text, sizeof text - 1);
    text[sizeof text - 1] = '\0';
    fs_cli_clean(text);
    ck_assert_str_eq(text, cleaned[_i].clean);
    ck_assert(fs_text_is_utf8(text));
}
END_TEST

START_TEST(text_is_cut_between_characters)
{
    size_t used = 0;

    ck_assert_uint_eq(fs_cli_fit("abc", 2, &used), 2);
    ck_assert_uint_eq(used, 2);
    ck_assert_uint_eq(fs_cli_fit("abc", 9, &used), 3);
    ck_assert_uint_eq(fs_cli_fit("\xc3\xa4\xc3\xb6", 1, &used), 2);
    ck_assert_uint_eq(used, 1);
    ck_assert_uint_eq(fs_cli_fit("\xe4\xb8\xad\xe6\x96\x87", 3, &used), 3); /* two columns each */
    ck_assert_uint_eq(used, 2);
    ck_assert_uint_eq(fs_cli_width("\xe4\xb8\xad\xe6\x96\x87", 3), 2);
}
END_TEST

START_TEST(lines_are_broken_between_words)
{
    ck_assert_uint_eq(fs_cli_fit_words("one two three", 8), 7);
    ck_assert_uint_eq(fs_cli_fit_words("one two three", 7), 7);
    ck_assert_uint_eq(fs_cli_fit_words("one two three", 99), 13);
    ck_assert_uint_eq(fs_cli_fit_words("unbreakable", 4), 4);
    /* progress, even where nothing fits */
    ck_assert_uint_eq(fs_cli_fit_words("\xe4\xb8\xad\xe6\x96\x87", 1), 3);
    ck_assert_uint_eq(fs_cli_fit_words("x", 0), 1);
}
END_TEST

/* 2026-11-24T12:00:00Z, in Berlin 13:00 */
#define NOW INT64_C(1795521600)

static const struct {
    const char *text;
    enum fs_status status;
    const char *utc;
} dates[] = {
    {"2026-12-01", FS_OK, "2026-11-30T23:00:00Z"},
    {"2027-07-01", FS_OK, "2027-06-30T22:00:00Z"}, /* summer time */
    {"14d", FS_OK, "2026-12-08T12:00:00Z"},
    {"1s", FS_OK, "2026-11-24T12:00:01Z"},
    {"2026-11-24", FS_REFUSED, NULL}, /* began this morning */
    {"2026-11-23", FS_REFUSED, NULL},
    {"0", FS_REFUSED, NULL},
    {"2027-02-29", FS_INPUT, NULL},
    {"2026-13-01", FS_INPUT, NULL},
    {"tomorrow", FS_INPUT, NULL},
    {"", FS_INPUT, NULL},
    {"-3d", FS_INPUT, NULL},
    {"1.12.2026", FS_INPUT, NULL},
};

START_TEST(a_pause_takes_a_day_or_a_duration_in_the_future)
{
    struct fs_error err = {0};
    int64_t at = 4711;
    char utc[FS_TIME_SIZE_B];

    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    ck_assert_int_eq(fs_cli_until(dates[_i].text, NOW, &at, &err), dates[_i].status);
    if (dates[_i].status != FS_OK) {
        ck_assert_int_eq(at, 4711);
        ck_assert_str_ne(err.text, "");
        return;
    }
    fs_time_rfc3339(at, utc, sizeof utc);
    ck_assert_str_eq(utc, dates[_i].utc);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("cli_text");
    TCase *all = tcase_create("text");

    tcase_add_loop_test(all, no_control_character_reaches_the_terminal, 0,
                        (int)(sizeof cleaned / sizeof *cleaned));
    tcase_add_test(all, text_is_cut_between_characters);
    tcase_add_test(all, lines_are_broken_between_words);
    tcase_add_loop_test(all, a_pause_takes_a_day_or_a_duration_in_the_future, 0,
                        (int)(sizeof dates / sizeof *dates));
    suite_add_tcase(made, all);
    return made;
}

int main(void)
{
    return run_all(suite());
}
