/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_bounce.c - bounces of all kinds of mail systems, and what their words mean.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_bounce.h"
#include "../milter/mail/mail_index.h"
#include "fullstop/hash.h"
#include "fullstop/mail.h"
#include "suite.h"

#define COLUMNS 6
enum column { FILE_NAME, CLASS, RECIPIENT, STATUS, PERMANENT, RETURNED };

#define CASE_MAX_B 262144u

static char *read_case(const char *name, size_t *out_length_b)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/cases/%s", directory != NULL ? directory : "tests", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    char *bytes = malloc(CASE_MAX_B);
    ck_assert_ptr_nonnull(bytes);
    *out_length_b = fread(bytes, 1, CASE_MAX_B - 1, file);
    bytes[*out_length_b] = '\0';
    fclose(file);
    return bytes;
}

/* Cuts the next row that is no comment into columns; false: the end. */
static bool next_row(char **at, char *columns[], size_t count)
{
    while (**at != '\0') {
        char *line = *at;
        char *end = line + strcspn(line, "\n");
        *at = *end == '\0' ? end : end + 1;
        *end = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        for (size_t i = 0; i < count; i++) {
            columns[i] = line;
            line += strcspn(line, "\t");
            ck_assert_msg((*line == '\t') == (i + 1 < count), "%s: not %zu columns", columns[0],
                          count);
            if (*line == '\t') {
                *line++ = '\0';
            }
        }
        return true;
    }
    return false;
}

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

static void check_bounce(char *const *want, const char *bytes, size_t length_b)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, bytes, length_b, NULL, &facts, NULL), FS_OK);
    const char *returned = facts.returned_id_count > 0 ? facts.returned_ids[0] : NULL;
    const char *got[COLUMNS] = {
        want[FILE_NAME],       fs_mail_class_name(facts.class), or_dash(facts.original_recipient),
        or_dash(facts.status), facts.permanent ? "yes" : "no",  or_dash(returned)};
    for (int i = CLASS; i < COLUMNS; i++) {
        /* a bounce that came wrapped brings more than one id */
        bool known = strcmp(got[i], want[i]) == 0;
        for (size_t id = 0; i == RETURNED && id < facts.returned_id_count; id++) {
            known = known || strcmp(facts.returned_ids[id], want[i]) == 0;
        }
        ck_assert_msg(known, "%s (%s), column %d: %s, want %s", want[FILE_NAME], facts.rule, i + 1,
                      got[i], want[i]);
    }
    fs_arena_free(arena);
}

START_TEST(every_bounce_of_the_table_says_what_it_says)
{
    size_t length_b;
    char *table = read_case("bounces/bounces.tsv", &length_b);
    char *columns[COLUMNS];
    char *at = table;
    int rows = 0;
    for (; next_row(&at, columns, COLUMNS); rows++) {
        char name[300];
        size_t mail_b;
        snprintf(name, sizeof name, "bounces/%s", columns[FILE_NAME]);
        char *bytes = read_case(name, &mail_b);
        check_bounce(columns, bytes, mail_b);
        free(bytes);
    }
    ck_assert_int_ge(rows, 70);
    free(table);
}
END_TEST

static int leading_code(const char *text)
{
    bool is_code = strspn(text, "0123456789") == 3 && (text[0] == '4' || text[0] == '5');
    return is_code ? (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0') : 0;
}

START_TEST(every_diagnostic_means_the_status_in_the_table)
{
    size_t length_b;
    char *table = read_case("bounce-status.tsv", &length_b);
    char *columns[2];
    char *at = table;
    int rows = 0;
    for (; next_row(&at, columns, 2); rows++) {
        char status[MAIL_STATUS_SIZE_B] = "-";
        mail_bounce_status(true, columns[0], strlen(columns[0]), leading_code(columns[0]), "",
                           status);
        ck_assert_msg(strcmp(status, columns[1]) == 0, "%s: %s, want %s", columns[0], status,
                      columns[1]);
    }
    ck_assert_int_ge(rows, 150);
    free(table);
}
END_TEST

START_TEST(a_stated_status_is_kept_and_a_vague_one_refined_in_its_class)
{
    static const struct {
        const char *stated;
        const char *want;
    } cases[] = {{"5.7.1", "5.7.1"}, {"4.2.0", "4.2.0"}, {"5.0.0", "5.1.1"}, {"4.0.0", "4.1.1"}};
    static const char text[] = "550 user unknown";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char status[MAIL_STATUS_SIZE_B];
        ck_assert(mail_bounce_status(true, text, sizeof text - 1, 550, cases[i].stated, status));
        ck_assert_str_eq(status, cases[i].want);
    }
}
END_TEST

START_TEST(phrases_are_written_as_text_is_folded)
{
    size_t count = 0;
    for (size_t i = 0; i < MAIL_BOUNCE_TABLES; i++) {
        for (const struct mail_bounce_phrase *row = mail_bounce_tables[i]; row->text != NULL;
             row++) {
            char plain[200] = "";
            char folded[200];
            size_t used = 0;
            /* the index looks at the first four bytes */
            ck_assert_msg(strcspn(row->text, "*~") >= 4, "%s", row->text);
            for (const char *at = row->text; *at != '\0'; at++) {
                if (*at != '*' && *at != '~') {
                    plain[used++] = *at;
                } else if (*at == '*') { /* a word in its place */
                    plain[used++] = 'x';
                }
            }
            mail_bounce_fold(plain, used, folded, sizeof folded);
            ck_assert_str_eq(folded, plain);
            count++;
        }
    }
    ck_assert_uint_eq(count, mail_bounce_first[MAIL_BOUNCE_KEYS]);
}
END_TEST

START_TEST(no_phrase_stands_twice_for_one_kind_of_sign)
{
    for (size_t i = 0; i < MAIL_BOUNCE_TABLES; i++) {
        for (const struct mail_bounce_phrase *a = mail_bounce_tables[i]; a->text != NULL; a++) {
            for (const struct mail_bounce_phrase *b = a + 1; b->text != NULL; b++) {
                ck_assert_msg(strcmp(a->text, b->text) != 0 || a->sign != b->sign, "%s", a->text);
            }
        }
    }
}
END_TEST

START_TEST(folding_cuts_at_its_cap_and_passes_over_what_is_no_text)
{
    char out[8];
    char wide[64];
    static const char text[] =
        "\xff\xfe<jane@x.example> doesn't \xe2\x80\x99 550 http://x.example/ E-Mail";
    mail_bounce_fold("Mailbox full", 12, out, sizeof out);
    ck_assert_uint_lt(strlen(out), sizeof out);
    mail_bounce_fold(text, sizeof text - 1, wide, sizeof wide);
    ck_assert_str_eq(wide, "doesnt e mail");
    mail_bounce_fold("", 0, out, sizeof out);
    ck_assert_str_eq(out, "");
}
END_TEST

/* A notice with lines before and after what counts. */
static void parse_notice(const char *filler, size_t times, const char *tail, struct fs_arena *arena,
                         struct fs_facts *facts)
{
    static const char head[] = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n"
                               "To: anna@vertrieb.example\nSubject: failure notice\n\n";
    size_t filler_b = strlen(filler);
    size_t size_b = sizeof head + times * filler_b + strlen(tail);
    char *bytes = malloc(size_b);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, head, sizeof head);
    char *at = bytes + sizeof head - 1;
    for (size_t i = 0; i < times; i++) {
        memcpy(at, filler, filler_b);
        at += filler_b;
    }
    memcpy(at, tail, strlen(tail) + 1);
    ck_assert_int_eq(fs_mail_parse(arena, bytes, strlen(bytes), NULL, facts, NULL), FS_OK);
    free(bytes);
}

START_TEST(what_stands_beyond_the_notice_cap_is_not_read)
{
    static const char line[] = "a line of sixteen\n";
    static const char tail[] = "<jana@kunde.example>: 550 5.1.1 nobody\n";
    size_t fits = (MAIL_BOUNCE_NOTICE_MAX_B - 1) / (sizeof line - 1);
    for (int beyond = 0; beyond <= 1; beyond++) {
        struct fs_arena *arena = fs_arena_new(0);
        struct fs_facts facts;
        parse_notice(line, fits + (size_t)beyond, tail, arena, &facts);
        ck_assert_int_eq(facts.class, FS_CLASS_BOUNCE);
        ck_assert_str_eq(or_dash(facts.original_recipient), beyond ? "-" : "jana@kunde.example");
        ck_assert_str_eq(or_dash(facts.status), beyond ? "-" : "5.1.1");
        fs_arena_free(arena);
    }
}
END_TEST

START_TEST(floods_of_addresses_codes_and_fields_end)
{
    static const char *const floods[] = {"@",
                                         "x@y.example ",
                                         "550 ",
                                         "5.1.1 ",
                                         "550-5.1.1\n",
                                         "To: x\n",
                                         "To: x@y.example\nCc: \n",
                                         "Received: from\n",
                                         "user user user ",
                                         "mailbox x x x ",
                                         "\xe9\x82\xae\xe7\xae\xb1",
                                         "<<<<",
                                         "From: MAILER-DAEMON@x.example\nTo: x\nDate: y\n\n"};
    for (size_t i = 0; i < sizeof floods / sizeof floods[0]; i++) {
        struct fs_arena *arena = fs_arena_new(0);
        struct fs_facts facts;
        parse_notice(floods[i], 200000 / strlen(floods[i]), "\n", arena, &facts);
        ck_assert_int_ne(facts.class, FS_CLASS_HUMAN);
        fs_arena_free(arena);
    }
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK) {
        return 1;
    }
    Suite *suite = suite_create("mail bounce");
    TCase *tcase = tcase_create("bounce");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_bounce_of_the_table_says_what_it_says);
    tcase_add_test(tcase, every_diagnostic_means_the_status_in_the_table);
    tcase_add_test(tcase, a_stated_status_is_kept_and_a_vague_one_refined_in_its_class);
    tcase_add_test(tcase, phrases_are_written_as_text_is_folded);
    tcase_add_test(tcase, no_phrase_stands_twice_for_one_kind_of_sign);
    tcase_add_test(tcase, folding_cuts_at_its_cap_and_passes_over_what_is_no_text);
    tcase_add_test(tcase, what_stands_beyond_the_notice_cap_is_not_read);
    tcase_add_test(tcase, floods_of_addresses_codes_and_fields_end);
    suite_add_tcase(suite, tcase);
    int status = run_all(suite);
    fs_mail_teardown();
    return status;
}
