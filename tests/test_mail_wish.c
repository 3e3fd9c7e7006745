/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_wish.c - the wishes of tests/cases/wishes.tsv, and one-click subjects.
 */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_index.h"
#include "../milter/mail/mail_wish.h"
#include "../milter/mail/mail_wish_grammar.h"
#include "../milter/mail/mail_wish_rows.h"
#include "arena_fixture.h"

#define COLUMNS 4
enum column { LANGUAGE, OPT_OUT, DECLINE, TEXT };

static struct mail_wish wish_of(const char *text)
{
    struct mail_words words;
    struct mail_wish wish;
    ck_assert_int_eq(mail_words_read(arena, text, &words), FS_OK);
    ck_assert_int_eq(mail_wish_find(arena, &words, &wish), FS_OK);
    return wish;
}

static struct mail_wish wish_of_subject(const char *text, const char *body)
{
    struct mail_words words;
    struct mail_words own;
    struct mail_wish wish;
    ck_assert_int_eq(mail_words_read(arena, text, &words), FS_OK);
    ck_assert_int_eq(mail_words_read(arena, body, &own), FS_OK);
    ck_assert_int_eq(mail_wish_find_subject(arena, &words, &own, &wish), FS_OK);
    return wish;
}

/* "\n" in the table is a line break in the mail. */
static void break_lines(char *text)
{
    char *out = text;
    for (const char *at = text; *at != '\0'; at++) {
        bool is_break = at[0] == '\\' && at[1] == 'n';
        *out++ = is_break ? '\n' : *at;
        at += is_break;
    }
    *out = '\0';
}

/* Cuts a line at its tabs; false: a comment or no row. */
static bool cut(char *line, char *columns[COLUMNS])
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0') {
        return false;
    }
    size_t count = 0;
    columns[count++] = line;
    for (char *at = line; *at != '\0' && count < COLUMNS; at++) {
        if (*at == '\t') {
            *at = '\0';
            columns[count++] = at + 1;
        }
    }
    ck_assert_msg(count == COLUMNS, "%s: not %d columns", line, COLUMNS);
    return true;
}

START_TEST(every_row_of_the_table_is_what_a_person_reads)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    char line[2048];
    int rows = 0;
    int failed = 0;
    snprintf(path, sizeof path, "%s/cases/wishes.tsv", directory != NULL ? directory : "tests");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    while (fgets(line, sizeof line, file) != NULL) {
        char *want[COLUMNS];
        if (!cut(line, want)) {
            continue;
        }
        break_lines(want[TEXT]);
        struct mail_wish wish = wish_of(want[TEXT]);
        bool holds = strcmp(fs_answer_name(wish.opt_out), want[OPT_OUT]) == 0 &&
                     strcmp(fs_answer_name(wish.decline), want[DECLINE]) == 0;
        if (!holds) {
            fprintf(stderr, "%s: opt-out %s, want %s; decline %s, want %s: \"%s\"\n",
                    want[LANGUAGE], fs_answer_name(wish.opt_out), want[OPT_OUT],
                    fs_answer_name(wish.decline), want[DECLINE], want[TEXT]);
        }
        failed += !holds;
        rows++;
    }
    fclose(file);
    ck_assert_int_ge(rows, 260);
    ck_assert_msg(failed == 0, "%d of %d rows", failed, rows);
}
END_TEST

START_TEST(a_subject_that_is_nothing_but_an_opt_out_is_one)
{
    static const char *const clear[] = {
        "unsubscribe",
        "Unsubscribe",
        "UNSUBSCRIBE!",
        "Re: unsubscribe",
        "AW: Abmelden",
        "Abmeldung",
        "Newsletter abbestellen",
        "STOP",
        "remove",
        "Remove me please",
        "Opt-out",
        "optout",
        "austragen",
        "Bitte austragen",
        "Abbestellung",
        "unsubscribe me",
        "Unsubscribe from list",
        "Newsletter-Abmeldung",
        "Abmeldung vom Newsletter",
        "Werbewiderspruch",
        "Re: AW: Stopp",
        "Bitte abmelden",
    };
    static const char *const none[] = {
        "",
        "Re:",
        "Abmeldung zum Seminar",
        "Abmeldung vom Seminar",
        "Unsubscribe links in your tool",
        "Stop by on Tuesday?",
        "Re: Ihr Angebot",
        "remove the logo",
        "How do I unsubscribe?",
        "Unsubscribe?",
        "Stopp der Bauarbeiten",
        "Opt-out statistics",
        "No",
        "Nein danke",
    };
    for (size_t i = 0; i < sizeof clear / sizeof clear[0]; i++) {
        struct mail_wish wish = wish_of_subject(clear[i], "");
        ck_assert_msg(wish.opt_out == FS_ANSWER_YES, "\"%s\"", clear[i]);
        ck_assert_str_eq(wish.rule, "subject.opt-out");
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct mail_wish wish = wish_of_subject(none[i], "");
        ck_assert_msg(wish.opt_out == FS_ANSWER_NO, "\"%s\"", none[i]);
        ck_assert_ptr_null(wish.rule);
    }
}
END_TEST

/* Subjects, and the own text beneath. */
static const struct {
    const char *subject;
    const char *own;
    enum fs_answer opt_out;
} subjects[] = {
    {"unsubscribe t8-44f0c1", "", FS_ANSWER_YES},
    {"unsubscribe harbour-news", "", FS_ANSWER_YES},
    {"Unsubscribe jane@client.example", "", FS_ANSWER_YES},
    {"SIGNOFF harbour-news", "", FS_ANSWER_YES},
    {"unsubscribe t8-44f0c1", "Does this link work for the recipients of our tests?", FS_ANSWER_NO},
    {"Unsubscribe rates of 2025", "", FS_ANSWER_NO},
    {"Re: Wartung im Werk - bitte abmelden!", "", FS_ANSWER_YES},
    {"Re: Wartung im Werk - bitte abmelden!", "Lena Huber", FS_ANSWER_YES},
    {"AW: Angebot 4711 // unsubscribe", "", FS_ANSWER_YES},
    {"Re: Your offer (remove me)", "", FS_ANSWER_YES},
    {"Re: Seminar im Mai - Abmeldung", "", FS_ANSWER_UNCLEAR},
    {"Re: Ihre Newsletter-Abmeldung", "", FS_ANSWER_NO},
    {"Re: Wartung im Werk - bitte abmelden!", "Gern, der Termin passt uns.", FS_ANSWER_NO},
    {"Bitte keine weiteren Mails an diese Adresse", "", FS_ANSWER_YES},
    {"Please stop emailing us", "", FS_ANSWER_YES},
    {"Re: Kein Interesse mehr an Papierkram?", "", FS_ANSWER_NO},
    {"Re: unsubscribe", "Gern, am Donnerstag um zehn passt es mir.", FS_ANSWER_NO},
    {"Re: unsubscribe", "Thanks, works for me", FS_ANSWER_UNCLEAR},
    {"Re: unsubscribe", "Tom", FS_ANSWER_YES},
    {"unsubscribe", "Please process my request and confirm it in writing.", FS_ANSWER_YES},
    {"Unsubcribe", "", FS_ANSWER_YES},
};

START_TEST(a_subject_speaks_where_the_text_does_not)
{
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        struct mail_wish wish = wish_of_subject(subjects[i].subject, subjects[i].own);
        ck_assert_msg(wish.opt_out == subjects[i].opt_out, "\"%s\": %s", subjects[i].subject,
                      fs_answer_name(wish.opt_out));
        ck_assert_int_eq(wish.rule != NULL, wish.opt_out != FS_ANSWER_NO);
    }
}
END_TEST

START_TEST(the_rule_names_what_decided)
{
    ck_assert_str_eq(wish_of("Bitte keine weiteren E-Mails.").rule, "text.opt-out");
    ck_assert_str_eq(wish_of("Kein Interesse. Bitte keine weiteren E-Mails.").rule, "text.opt-out");
    ck_assert_str_eq(wish_of("Stop calling me.").rule, "text.opt-out.unclear");
    ck_assert_str_eq(wish_of("Not interested.").rule, "text.decline");
    ck_assert_str_eq(wish_of("Momentan kein Bedarf.").rule, "text.decline.unclear");
    ck_assert_ptr_null(wish_of("Gerne am Dienstag.").rule);
    ck_assert_ptr_null(wish_of("").rule);
}
END_TEST

/* The index looks at two letters; a row that begins otherwise would never be found. */
/* Returns the alternatives of first words. */
static size_t check_rows(const struct wish_row *rows)
{
    size_t entries = 0;
    for (const struct wish_row *row = rows; row->phrase != NULL; row++) {
        const char *first = row->phrase;
        size_t first_b = strcspn(first, " ");
        ck_assert_msg(first[first_b - 1] != '?', "begins with a word that may be missing: \"%s\"",
                      row->phrase);
        for (const char *at = first; *at != ' ' && *at != '\0';) {
            entries++;
            ck_assert_msg(isalpha((unsigned char)at[0]) &&
                              (isalpha((unsigned char)at[1]) || at[1] == '\''),
                          "\"%s\"", row->phrase);
            at += strcspn(at, "| ");
            at += *at == '|';
        }
        for (const char *at = first; *at != '\0'; at++) {
            ck_assert_msg((unsigned char)*at < 0x80 && !isupper((unsigned char)*at), "\"%s\"",
                          row->phrase);
            ck_assert_msg(at[0] != ' ' || at[1] != ' ', "two spaces: \"%s\"", row->phrase);
        }
        size_t length = strlen(first);
        ck_assert_msg(strcmp(first + length - 3, "...") != 0, "ends in a gap: \"%s\"", row->phrase);
    }
    return entries;
}

/* Whether one of the words that the phrase cannot do without is always a gate's. */
static bool has_gate(const char *phrase)
{
    char copy[4096];
    char *tokens = copy;
    snprintf(copy, sizeof copy, "%s", phrase);
    for (char *token; (token = strsep(&tokens, " ")) != NULL;) {
        bool is_gate = token[strlen(token) - 1] != '?' && strcmp(token, "...") != 0;
        for (char *word; is_gate && (word = strsep(&token, "|")) != NULL;) {
            word[strcspn(word, "*")] = '\0';
            is_gate = wish_is_gate(word);
        }
        if (is_gate) {
            return true;
        }
    }
    return false;
}

/* As searching by halves needs it; the texts stand step_b bytes apart. */
static void expect_sorted(const char *const *texts, size_t count, size_t step_b)
{
    const char *at = (const char *)texts;
    for (size_t i = 1; i < count; i++, at += step_b) {
        const char *one = *(const char *const *)at;
        const char *next = *(const char *const *)(at + step_b);
        ck_assert_msg(strcmp(one, next) < 0, "\"%s\" stands before \"%s\"", one, next);
    }
}

START_TEST(words_that_are_searched_by_halves_are_sorted)
{
    expect_sorted(wish_hints, wish_hint_count, sizeof wish_hints[0]);
    expect_sorted(&wish_lexicon[0].text, wish_lexicon_count, sizeof wish_lexicon[0]);
    expect_sorted(&wish_spellings[0].seen, wish_spelling_count, sizeof wish_spellings[0]);
}
END_TEST

START_TEST(each_row_of_opt_outs_passes_the_gate)
{
    const struct wish_row *const tables[] = {wish_rows_german, wish_rows_english, wish_rows_others,
                                             wish_rows_idioms};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const struct wish_row *row = tables[i]; row->phrase != NULL; row++) {
            bool is_opt_out = row->kind == WISH_OUT || row->kind == WISH_OUT_MAYBE;
            ck_assert_msg(!is_opt_out || has_gate(row->phrase), "\"%s\"", row->phrase);
        }
    }
    ck_assert(!wish_is_gate("termin"));
}
END_TEST

START_TEST(rows_can_be_found_by_their_first_two_letters)
{
    size_t entries = check_rows(wish_rows_german) + check_rows(wish_rows_english) +
                     check_rows(wish_rows_declines) + check_rows(wish_rows_others) +
                     check_rows(wish_rows_idioms);
    ck_assert_uint_eq(entries, wish_first[WISH_KEYS]);
}
END_TEST

START_TEST(endless_text_of_matches_takes_bounded_work)
{
    static const char piece[] =
        "wenn bitte nicht mehr keine weiteren mails unsubscribe me kein interesse ";
    size_t size_b = 200000;
    char *text = malloc(size_b + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < size_b; i++) {
        text[i] = piece[i % (sizeof piece - 1)];
    }
    text[size_b] = '\0';
    struct mail_wish wish = wish_of(text);
    ck_assert_int_ne(wish.opt_out, FS_ANSWER_NO);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mail wish");
    TCase *tcase = tcase_create("wish");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, every_row_of_the_table_is_what_a_person_reads);
    tcase_add_test(tcase, a_subject_that_is_nothing_but_an_opt_out_is_one);
    tcase_add_test(tcase, a_subject_speaks_where_the_text_does_not);
    tcase_add_test(tcase, the_rule_names_what_decided);
    tcase_add_test(tcase, each_row_of_opt_outs_passes_the_gate);
    tcase_add_test(tcase, words_that_are_searched_by_halves_are_sorted);
    tcase_add_test(tcase, rows_can_be_found_by_their_first_two_letters);
    tcase_add_test(tcase, endless_text_of_matches_takes_bounded_work);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
