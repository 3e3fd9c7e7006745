/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_auth.c - the headers of tests/cases/auth-results.tsv, and the caps.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_auth.h"
#include "arena_fixture.h"
#include "fullstop/mail.h"

#define COLUMNS 4
enum column { VERDICT, HOW, FROM, FIELDS };

static const char *const trusted[] = {"mx.example.com", "bücher.example", "filter2",
                                      "Filter \"1\""};

static enum fs_auth auth_of(const char *message, size_t trusted_count, bool is_delivered)
{
    struct fs_envelope envelope = {.sender = "jane@kunde.example",
                                   .authserv_ids = trusted,
                                   .authserv_id_count = trusted_count,
                                   .is_delivered = is_delivered};
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, message, strlen(message), &envelope, &facts, NULL),
                     FS_OK);
    return facts.auth;
}

/* "\n" and "\t" in the table are a line break and a tab in the mail. */
static void unescape(char *text)
{
    char *out = text;
    for (const char *at = text; *at != '\0'; at++) {
        bool is_break = at[0] == '\\' && (at[1] == 'n' || at[1] == 't');
        *out++ = !is_break ? *at : at[1] == 'n' ? '\n' : '\t';
        at += is_break;
    }
    *out = '\0';
}

static bool cut(char *line, char *columns[COLUMNS])
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return false;
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = strsep(&line, "\t");
        ck_assert_ptr_nonnull(columns[i]);
    }
    unescape(columns[FIELDS]);
    return true;
}

static void check_row(char *const columns[COLUMNS])
{
    bool has_from = strcmp(columns[FROM], "-") != 0;
    const char *message = fs_arena_printf(
        arena, "%s\n%s%s%sTo: anna@example.com\nMessage-ID: <1@kunde.example>\n\nHi\n",
        columns[FIELDS], has_from ? "From: " : "", has_from ? columns[FROM] : "",
        has_from ? "\n" : "");
    enum fs_auth auth = auth_of(message, 4, strcmp(columns[HOW], "stored") == 0);
    ck_assert_msg(strcmp(fs_auth_name(auth), columns[VERDICT]) == 0, "%s, not %s:\n%s",
                  fs_auth_name(auth), columns[VERDICT], message);
    ck_assert_int_eq(auth_of(message, 0, false), FS_AUTH_UNASKED);
}

START_TEST(headers_prove_what_the_table_says)
{
    char path[512];
    char line[4096];
    char *columns[COLUMNS];
    size_t rows = 0;
    const char *tests = getenv("FS_TESTDIR");
    snprintf(path, sizeof(path), "%s/cases/auth-results.tsv", tests != NULL ? tests : "tests");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s cannot be opened", path);
    while (fgets(line, sizeof(line), file) != NULL) {
        if (!cut(line, columns))
            continue;
        check_row(columns);
        rows++;
    }
    fclose(file);
    ck_assert_uint_ge(rows, 100);
}
END_TEST

/* A field with so many failed signatures before one that passes. */
static enum fs_auth auth_after(size_t failed)
{
    char *text = fs_arena_strdup(arena, "Authentication-Results: mx.example.com");
    for (size_t i = 0; i < failed; i++)
        text = fs_arena_printf(arena, "%s;\n dkim=fail header.d=kunde.example", text);
    return auth_of(fs_arena_printf(arena,
                                   "%s;\n dkim=pass header.d=kunde.example\n"
                                   "From: jane@kunde.example\n\nHi\n",
                                   text),
                   1, false);
}

START_TEST(results_beyond_the_cap_prove_nothing)
{
    ck_assert_int_eq(auth_after(MAIL_AUTH_RESULTS_MAX - 1), FS_AUTH_DKIM);
    ck_assert_int_eq(auth_after(MAIL_AUTH_RESULTS_MAX), FS_AUTH_NONE);
}
END_TEST

int main(void)
{
    if (fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("mail_auth");
    TCase *tcase = tcase_create("mail_auth");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, headers_prove_what_the_table_says);
    tcase_add_test(tcase, results_beyond_the_cap_prove_nothing);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
