/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_cli_table.c - tables that fit the terminal.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/cli/cli_table.h"
#include "arena_fixture.h"
#include "fullstop/text.h"

static const struct fs_cli_column columns[] = {
    {"ADDRESS", FS_CLI_FIT_CUT},
    {"N", FS_CLI_FIT_NUMBER},
    {"WHAT", FS_CLI_FIT_WRAP},
};

static struct fs_cli_table *table_of(const char *address, const char *number, const char *what)
{
    struct fs_cli_table *table = fs_cli_table_new(arena, columns, 3);
    const char *cells[] = {address, number, what};

    ck_assert_ptr_nonnull(table);
    ck_assert_int_eq(fs_cli_table_add(table, cells), FS_OK);
    return table;
}

/* malloc'ed */
static char *printed(const struct fs_cli_table *table, size_t width)
{
    char *text = NULL;
    size_t size_b = 0;
    FILE *out = open_memstream(&text, &size_b);

    ck_assert_ptr_nonnull(out);
    fs_cli_table_print(table, out, width);
    fclose(out);
    return text;
}

static void prints(const struct fs_cli_table *table, size_t width, const char *expected)
{
    char *text = printed(table, width);

    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(columns_are_as_wide_as_their_widest_cell)
{
    prints(table_of("jane@x.example", "12", "sent"), 0,
           "ADDRESS          N  WHAT\n"
           "jane@x.example  12  sent\n");
}
END_TEST

START_TEST(a_table_without_rows_is_its_titles)
{
    prints(fs_cli_table_new(arena, columns, 3), 0, "ADDRESS  N  WHAT\n");
}
END_TEST

START_TEST(umlauts_count_one_column)
{
    prints(table_of("j\xc3\xbcrgen@x.example", "1", "\xc3\xbc"), 0,
           "ADDRESS           N  WHAT\n"
           "j\xc3\xbcrgen@x.example  1  \xc3\xbc\n");
}
END_TEST

START_TEST(the_widest_column_gives_way_first)
{
    prints(table_of("a-very-long-address@customer.example", "1", "sent"), 24,
           "ADDRESS          N  WHAT\n"
           "a-very-long-ad\xe2\x80\xa6  1  sent\n");
}
END_TEST

START_TEST(long_text_goes_on_in_the_next_line)
{
    prints(table_of("a@b", "1", "the touch at the limit was refused"), 30,
           "ADDRESS  N  WHAT\n"
           "a@b      1  the touch at the\n"
           "            limit was refused\n");
}
END_TEST

START_TEST(no_line_is_wider_than_the_terminal)
{
    const struct fs_cli_table *table =
        table_of("some-quite-long-address@customer.example", "12345",
                 "a sentence about what happened, with \xc3\xbcmlauts and many, many words in it");

    for (size_t width = 30; width <= 140; width++) {
        char *text = printed(table, width);
        char *save = NULL;
        for (char *line = strtok_r(text, "\n", &save); line != NULL;
             line = strtok_r(NULL, "\n", &save))
            ck_assert_uint_le(fs_text_width(line), width);
        free(text);
    }
}
END_TEST

START_TEST(nothing_of_wrapped_text_is_lost)
{
    const struct fs_cli_table *table = table_of("a@b", "1", "one two three four five six seven");
    char *text = printed(table, 25);
    static const char *const words[] = {"one", "two", "three", "four", "five", "six", "seven"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_ptr_nonnull(strstr(text, words[i]));
    free(text);
}
END_TEST

START_TEST(control_characters_in_cells_are_shown_as_question_marks)
{
    prints(table_of("a\x1b[2J@b", "1", "x\ny"), 0,
           "ADDRESS  N  WHAT\n"
           "a?[2J@b  1  x?y\n");
}
END_TEST

START_TEST(more_rows_than_there_was_room_are_kept)
{
    struct fs_cli_table *table = fs_cli_table_new(arena, columns, 3);
    const char *cells[] = {"x", NULL, "y"};
    char *text;
    size_t lines = 0;

    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(fs_cli_table_add(table, cells), FS_OK);
    text = printed(table, 80);
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    ck_assert_uint_eq(lines, 1001);
    free(text);
}
END_TEST

START_TEST(the_terminal_is_as_wide_as_columns_says)
{
    FILE *file = tmpfile();

    ck_assert_ptr_nonnull(file);
    setenv("COLUMNS", "97", 1);
    ck_assert_uint_eq(fs_cli_terminal_columns(file), 97);
    setenv("COLUMNS", "3", 1); /* too narrow to be meant */
    ck_assert_uint_eq(fs_cli_terminal_columns(file), 0);
    setenv("COLUMNS", "wide", 1);
    ck_assert_uint_eq(fs_cli_terminal_columns(file), 0);
    unsetenv("COLUMNS");
    ck_assert_uint_eq(fs_cli_terminal_columns(file), 0);
    fclose(file);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("cli_table");
    TCase *all = tcase_create("table");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, columns_are_as_wide_as_their_widest_cell);
    tcase_add_test(all, a_table_without_rows_is_its_titles);
    tcase_add_test(all, umlauts_count_one_column);
    tcase_add_test(all, the_widest_column_gives_way_first);
    tcase_add_test(all, long_text_goes_on_in_the_next_line);
    tcase_add_test(all, no_line_is_wider_than_the_terminal);
    tcase_add_test(all, nothing_of_wrapped_text_is_lost);
    tcase_add_test(all, control_characters_in_cells_are_shown_as_question_marks);
    tcase_add_test(all, more_rows_than_there_was_room_are_kept);
    tcase_add_test(all, the_terminal_is_as_wide_as_columns_says);
    suite_add_tcase(made, all);
    return made;
}

int main(void)
{
    return run_all(suite());
}
