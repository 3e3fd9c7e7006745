/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_notes.c - texts that come without any mark of a machine: whose they are.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/hash.h"
#include "fullstop/mail.h"
#include "suite.h"

#define COLUMNS 3
#define LINE_SIZE_B 2048
enum column { CLASS, FROM, TEXT };

static bool cut(char *line, char *columns[COLUMNS])
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0') {
        return false;
    }
    columns[CLASS] = line;
    for (size_t i = 1; i < COLUMNS; i++) {
        columns[i] = strchr(columns[i - 1], '\t');
        ck_assert_msg(columns[i] != NULL, "%s: not %d columns", line, COLUMNS);
        *columns[i]++ = '\0';
    }
    for (char *at = strstr(columns[TEXT], "\\n"); at != NULL; at = strstr(at, "\\n")) {
        at[0] = '\n';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    return true;
}

static enum fs_mail_class class_of(const char *from, const char *text)
{
    char mail[LINE_SIZE_B + 512];
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_facts facts;
    int length_b = snprintf(mail, sizeof mail,
                            "Return-Path: <%s@kunde.example>\nFrom: %s@kunde.example\n"
                            "To: anna@vertrieb.example\nSubject: Re: Angebot\n"
                            "Date: Tue, 10 Mar 2026 09:00:00 +0100\nMIME-Version: 1.0\n"
                            "Content-Type: text/plain; charset=utf-8\n"
                            "Content-Transfer-Encoding: 8bit\n\n%s\n",
                            from, from, text);
    ck_assert_int_gt((int)sizeof mail, length_b);
    ck_assert_int_eq(fs_mail_parse(arena, mail, (size_t)length_b, NULL, &facts, NULL), FS_OK);
    enum fs_mail_class class = facts.class;
    fs_arena_free(arena);
    return class;
}

START_TEST(every_text_is_whose_a_careful_reader_thinks)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    char line[LINE_SIZE_B];
    int rows = 0;
    int failed = 0;
    snprintf(path, sizeof path, "%s/cases/notes.tsv", directory != NULL ? directory : "tests");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    while (fgets(line, sizeof line, file) != NULL) {
        char *want[COLUMNS];
        if (!cut(line, want)) {
            continue;
        }
        enum fs_mail_class class = class_of(want[FROM], want[TEXT]);
        if (strcmp(fs_mail_class_name(class), want[CLASS]) != 0) {
            fprintf(stderr, "%s, want %s: \"%s\"\n", fs_mail_class_name(class), want[CLASS],
                    want[TEXT]);
            failed++;
        }
        rows++;
    }
    fclose(file);
    ck_assert_int_ge(rows, 110);
    ck_assert_msg(failed == 0, "%d of %d texts", failed, rows);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK) {
        return 1;
    }
    Suite *suite = suite_create("mail notes");
    TCase *tcase = tcase_create("notes");
    tcase_add_test(tcase, every_text_is_whose_a_careful_reader_thinks);
    suite_add_tcase(suite, tcase);
    int status = run_all(suite);
    fs_mail_teardown();
    return status;
}
