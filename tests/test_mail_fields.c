/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_fields.c - header fields by name, from tables of cases.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena_fixture.h"
#include "fullstop/mail.h"
#include "fullstop/text.h"

static const struct {
    const char *header;
    const char *fields; /* NAME=VALUE; ... */
} headers[] = {
    {"A: one\r\nB: two\r\n", "A=one;B=two;"},
    {"A: one\nB: two\n", "A=one;B=two;"},
    {"A:one\r\n", "A=one;"},
    {"A:\t one \t\r\n", "A=one;"},
    {"A:\r\n", "A=;"},
    {"A: one\r\n two\r\n\tthree\r\nB: x\r\n", "A=one two three;B=x;"},
    {"A: one   two\r\n", "A=one two;"},
    {"A: 1: 2\r\n", "A=1: 2;"},
    {"A : one\r\n", "A=one;"},
    {"no field at all\r\nA: one\r\n", "A=one;"},
    {"From jane@kunde.example Tue Nov 14 10:00:00 2023\nA: one\n", "A=one;"},
    {" begins folded\r\nA: one\r\n", "A=one;"},
    {": no name\r\nA: one\r\n", "A=one;"},
    {"A b: blank in the name\r\n", ""},
    {"A: one\r\n\r\nB: body\r\n", "A=one;"},
    {"A: one\n\nB: body\n", "A=one;"},
    {"A: no line end", "A=no line end;"},
    {"A: one\r\nA: two\r\n", "A=one;A=two;"},
    {"", ""},
};

START_TEST(fields_are_read_by_name)
{
    const struct fs_mail_field *fields;
    size_t count;
    char told[512] = "";
    const char *header = headers[_i].header;
    ck_assert_int_eq(fs_mail_fields(arena, header, strlen(header), &fields, &count, NULL), FS_OK);
    for (size_t i = 0; i < count; i++) {
        size_t used_b = strlen(told);
        snprintf(told + used_b, sizeof(told) - used_b, "%s=%s;", fields[i].name, fields[i].value);
    }
    ck_assert_str_eq(told, headers[_i].fields);
}
END_TEST

START_TEST(a_zero_byte_is_a_blank)
{
    const struct fs_mail_field *fields;
    size_t count;
    ck_assert_int_eq(fs_mail_fields(arena, "A: x\0y\r\n", 8, &fields, &count, NULL), FS_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(fields[0].value, "x y");
}
END_TEST

START_TEST(fields_beyond_the_cap_are_left_out)
{
    struct fs_buf buf;
    const struct fs_mail_field *fields;
    size_t count;
    fs_buf_init(&buf, FS_MAIL_HEADER_MAX_B);
    for (int i = 0; i <= FS_MAIL_HEADERS_MAX; i++)
        ck_assert_int_eq(fs_buf_printf(&buf, "X-%d: y\r\n", i), FS_OK);
    ck_assert_int_eq(fs_mail_fields(arena, buf.data, buf.length_b, &fields, &count, NULL), FS_OK);
    ck_assert_uint_eq(count, FS_MAIL_HEADERS_MAX);
    fs_buf_clear(&buf);
}
END_TEST

int main(void)
{
    if (fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("mail_fields");
    TCase *tcase = tcase_create("mail_fields");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, fields_are_read_by_name, 0,
                        (int)(sizeof(headers) / sizeof(headers[0])));
    tcase_add_test(tcase, a_zero_byte_is_a_blank);
    tcase_add_test(tcase, fields_beyond_the_cap_are_left_out);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
