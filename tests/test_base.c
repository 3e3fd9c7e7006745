/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_base.c - bounded text and memory, durations, days, hashes.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/hash.h"
#include "fullstop/text.h"
#include "suite.h"

START_TEST(a_buffer_takes_its_cap_and_not_one_byte_more)
{
    struct fs_buf buf;
    fs_buf_init(&buf, 4);
    ck_assert_int_eq(fs_buf_add(&buf, "abcd", 4), FS_OK);
    ck_assert_int_eq(fs_buf_add(&buf, "e", 1), FS_LIMIT);
    ck_assert_str_eq(buf.data, "abcd");
    fs_buf_clear(&buf);
    ck_assert(!fs_buf_add_some(&buf, "abcde", 5));
    ck_assert_str_eq(buf.data, "abcd");
    fs_buf_clear(&buf);
}
END_TEST

START_TEST(an_arena_keeps_its_cap_and_refuses_overflow)
{
    struct fs_arena *arena = fs_arena_new(64);
    ck_assert_ptr_nonnull(fs_arena_alloc(arena, 1, 64));
    ck_assert_ptr_null(fs_arena_alloc(arena, 1, 1));
    ck_assert_ptr_null(fs_arena_alloc(arena, (size_t)-1, 16));
    fs_arena_free(arena);
    fs_arena_free(NULL);
}
END_TEST

START_TEST(a_list_in_an_arena_grows_and_keeps_its_rows)
{
    struct fs_arena *arena = fs_arena_new(4096);
    int *rows = NULL;
    size_t size = 0;
    size_t count = 0;
    for (int *room; (room = fs_arena_grow(arena, rows, count, &size, sizeof *rows)) != NULL;) {
        rows = room;
        ck_assert_uint_lt(count, size);
        rows[count] = (int)count;
        count++;
    }
    ck_assert_uint_ge(count, 256); /* the cap, and no row before it is lost */
    ck_assert_uint_eq(count, size);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(rows[i], (int)i);
    fs_arena_free(arena);
}
END_TEST

static const struct {
    const char *text;
    int64_t seconds; /* -1: refused */
} durations[] = {{"0", 0},        {"5d", 432000},
                 {"1s", 1},       {"2w", 1209600},
                 {"36h", 129600}, {"05d", -1},
                 {"5", -1},       {"d", -1},
                 {"", -1},        {"-5d", -1},
                 {"5x", -1},      {"5 d", -1},
                 {"0d", -1},      {"36500d", 3153600000},
                 {"36501d", -1}};

START_TEST(durations_are_taken_as_the_grammar_says)
{
    int64_t seconds = -1;
    enum fs_status status = fs_text_duration(durations[_i].text, &seconds, NULL);
    ck_assert_msg((status == FS_OK) == (durations[_i].seconds >= 0), "%s", durations[_i].text);
    ck_assert_msg(seconds == durations[_i].seconds, "%s", durations[_i].text);
}
END_TEST

START_TEST(days_go_there_and_back)
{
    for (int64_t days = -200000; days < 200000; days += 37)
        ck_assert_int_eq(fs_date_to_days(fs_date_from_days(days)), days);
    struct fs_date date;
    ck_assert(fs_date_parse("2024-02-29", &date));
    ck_assert(!fs_date_parse("2023-02-29", &date));
    ck_assert(!fs_date_parse("2024-2-29", &date));
    ck_assert(fs_date_parse("2026-11-24", &date));
    ck_assert_int_eq(fs_date_weekday(date), 1);
}
END_TEST

START_TEST(comparison_knows_ascii_case_only)
{
    ck_assert(fs_text_equal("Content-Type", "content-TYPE"));
    ck_assert(!fs_text_equal("a", "ab"));
    ck_assert(fs_text_has_prefix("Re: x", "re:"));
    ck_assert(fs_text_has_suffix("x@EXAMPLE.com", "@example.com"));
    ck_assert_str_eq(fs_text_find("one TWO", "two"), "TWO");
    ck_assert_ptr_null(fs_text_find("one", "two"));
}
END_TEST

START_TEST(a_copy_is_cut_at_a_character)
{
    char out[4];
    fs_text_copy(out, sizeof(out), "ab\xc3\xa4");
    ck_assert_str_eq(out, "ab");
    ck_assert_uint_eq(fs_text_width("\xc3\xa4"), 1);
}
END_TEST

START_TEST(hashes_are_those_of_the_standards)
{
    char hex[FS_HASH_HEX_SIZE_B];
    struct fs_hash hash = fs_hash_sha256("abc", 3);
    struct fs_hash back;
    fs_hash_hex(&hash, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert(fs_hash_parse(hex, &back) && fs_hash_equal(&hash, &back));
    ck_assert(!fs_hash_parse("ba78", &back));
}
END_TEST

START_TEST(an_error_keeps_control_characters_out)
{
    struct fs_error err;
    ck_assert_int_eq(fs_error_set(&err, FS_INPUT, "a%sb", "\r\n\x1b"), FS_INPUT);
    ck_assert_str_eq(err.text, "a???b");
    ck_assert_int_eq(fs_error_set(NULL, FS_IO, "x"), FS_IO);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("base");
    TCase *tcase = tcase_create("base");
    tcase_add_test(tcase, a_buffer_takes_its_cap_and_not_one_byte_more);
    tcase_add_test(tcase, an_arena_keeps_its_cap_and_refuses_overflow);
    tcase_add_test(tcase, a_list_in_an_arena_grows_and_keeps_its_rows);
    tcase_add_loop_test(tcase, durations_are_taken_as_the_grammar_says, 0,
                        (int)(sizeof(durations) / sizeof(durations[0])));
    tcase_add_test(tcase, days_go_there_and_back);
    tcase_add_test(tcase, comparison_knows_ascii_case_only);
    tcase_add_test(tcase, a_copy_is_cut_at_a_character);
    tcase_add_test(tcase, hashes_are_those_of_the_standards);
    tcase_add_test(tcase, an_error_keeps_control_characters_out);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
