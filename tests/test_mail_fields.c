/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_fields.c - header fields by name, and the subject without the mark of a final
 * mail, from tables of cases.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/mail.h"
#include "fullstop/text.h"

static struct fs_arena *arena;

static void set_up(void)
{
    arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(arena);
}

static void tear_down(void)
{
    fs_arena_free(arena);
}

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

static const struct {
    const char *value;
    const char *rest; /* NULL: there is no mark */
} subjects[] = {
    {"Our offer", NULL},
    {"Re: [final] Our offer", NULL},
    {"[finally] Our offer", NULL},
    {"final: Our offer", NULL},
    {"", NULL},
    {"[final] Our offer", "Our offer"},
    {"[FINAL]Our offer", "Our offer"},
    {"[Schluss] Unser Angebot", "Unser Angebot"},
    {"[schluss] [final] Unser Angebot", "Unser Angebot"},
    {"[final]", ""},
    {"[final] [other] Offer", "[other] Offer"},
    /* what follows stays as it was written */
    {"[final] =?utf-8?q?Gr=C3=BC=C3=9Fe?=", "=?utf-8?q?Gr=C3=BC=C3=9Fe?="},
    {"[final] =?iso-8859-1?q?Gr=FC=DFe?= aus Ulm", "=?iso-8859-1?q?Gr=FC=DFe?= aus Ulm"},
    {"[schluss] Gr\xc3\xbc\xc3\x9f"
     "e",
     "Gr\xc3\xbc\xc3\x9f"
     "e"},
    /* the mark is in an encoded word, in two, or behind a plain one */
    {"=?utf-8?q?=5Bfinal=5D_Gr=C3=BC=C3=9Fe?=", "=?UTF-8?b?R3LDvMOfZQ==?="},
    {"=?utf-8?q?=5Bfinal=5D_Our_offer?=", "Our offer"},
    {"=?utf-8?b?W3NjaGx1c3NdIE9mZmVy?=", "Offer"},
    {"=?utf-8?q?=5Bfi?= =?utf-8?q?nal=5D_Offer?=", "Offer"},
    {"[final] =?utf-8?q?=5Bschluss=5D_Offer?=", "Offer"},
    /* no UTF-8 */
    {"[final] Gr\xfc\xdf"
     "e",
     "=?UTF-8?b?R3LDvMOfZQ==?="},
};

START_TEST(the_mark_of_a_final_mail_is_taken_off)
{
    const char *rest = NULL;
    ck_assert_int_eq(fs_mail_unmark_subject(arena, subjects[_i].value, &rest, NULL), FS_OK);
    if (subjects[_i].rest == NULL)
        ck_assert_msg(rest == NULL, "%s: %s", subjects[_i].value, rest);
    else
        ck_assert_msg(rest != NULL && fs_text_equal(rest, subjects[_i].rest), "%s: %s",
                      subjects[_i].value, rest != NULL ? rest : "no mark");
}
END_TEST

START_TEST(a_long_subject_is_folded)
{
    struct fs_buf buf;
    const char *rest = NULL;
    fs_buf_init(&buf, FS_MAIL_HEADER_MAX_B);
    fs_buf_printf(&buf, "[final]");
    for (int i = 0; i < 400; i++)
        fs_buf_printf(&buf, " word%d", i);
    ck_assert_int_eq(fs_mail_unmark_subject(arena, buf.data, &rest, NULL), FS_OK);
    ck_assert_ptr_nonnull(rest);
    for (const char *line = rest; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        ck_assert_uint_le(strcspn(line, "\n"), 78);
    }
    fs_buf_clear(&buf);
}
END_TEST

START_TEST(many_marks_take_bounded_work)
{
    struct fs_buf buf;
    const char *rest = NULL;
    fs_buf_init(&buf, FS_MAIL_HEADER_MAX_B);
    while (fs_buf_add(&buf, "[final]", 7) == FS_OK)
        continue;
    ck_assert_int_eq(fs_mail_unmark_subject(arena, buf.data, &rest, NULL), FS_OK);
    ck_assert_str_eq(rest, "");
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
    tcase_add_loop_test(tcase, the_mark_of_a_final_mail_is_taken_off, 0,
                        (int)(sizeof(subjects) / sizeof(subjects[0])));
    tcase_add_test(tcase, a_long_subject_is_folded);
    tcase_add_test(tcase, many_marks_take_bounded_work);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
