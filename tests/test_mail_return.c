/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_return.c - return dates against their table, and the tables themselves.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_date_point.h"
#include "../milter/mail/mail_date_rows.h"
#include "../milter/mail/mail_fold.h"
#include "../milter/mail/mail_return.h"
#include "../milter/mail/mail_return_rows.h"
#include "../milter/mail/mail_words.h"
#include "suite.h"

#define COLUMNS 6
#define LINE_SIZE_B 4096
enum column { SENT, TEXT, DATE, ABSENCE, LEFT, AMBIGUOUS };

static FILE *open_cases(void)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/cases/return-dates.tsv",
             directory != NULL ? directory : "tests");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    return file;
}

static size_t cut(char *line, char *columns[COLUMNS])
{
    size_t count = 1;
    columns[0] = line;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; *at != '\0'; at++) {
        if (*at == '\t' && count < COLUMNS) {
            *at = '\0';
            columns[count++] = at + 1;
        }
    }
    return count;
}

/* Turns "\n" into a line end, in place. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (at[0] == '\\' && at[1] == 'n') {
            *to++ = '\n';
            at++;
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
}

static struct mail_return find(const char *text, struct fs_date sent)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct mail_words words;
    struct mail_return found;
    ck_assert_int_eq(mail_words_read(arena, text, &words), FS_OK);
    mail_return_find(&words, sent, &found);
    fs_arena_free(arena);
    return found;
}

static void show(const struct mail_return *found, char *out, size_t size_b)
{
    char day[32] = "-";
    if (found->date.year != 0) {
        snprintf(day, sizeof day, "%04d-%02d-%02d", found->date.year, found->date.month,
                 found->date.day);
    }
    snprintf(out, size_b, "%s absence %s left %s ambiguous %s", day,
             found->is_absence ? "yes" : "no", found->has_left ? "yes" : "no",
             found->is_ambiguous ? "yes" : "no");
}

START_TEST(every_row_of_the_table_is_read_as_a_person_would)
{
    FILE *file = open_cases();
    char line[LINE_SIZE_B];
    int number = 0;
    int rows = 0;
    int wrong = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char *columns[COLUMNS];
        char want[128];
        char got[128];
        number++;
        if (line[0] == '#') {
            continue;
        }
        ck_assert_msg(cut(line, columns) == COLUMNS, "line %d: not %d columns", number, COLUMNS);
        struct fs_date sent = {0};
        ck_assert(strcmp(columns[SENT], "-") == 0 || fs_date_parse(columns[SENT], &sent));
        snprintf(want, sizeof want, "%s absence %s left %s ambiguous %s", columns[DATE],
                 columns[ABSENCE], columns[LEFT], columns[AMBIGUOUS]);
        unescape(columns[TEXT]);
        struct mail_return found = find(columns[TEXT], sent);
        show(&found, got, sizeof got);
        if (strcmp(got, want) != 0) {
            fprintf(stderr, "line %d: \"%s\" sent %s\n  want %s\n  got  %s\n", number,
                    columns[TEXT], columns[SENT], want, got);
            wrong++;
        }
        rows++;
    }
    fclose(file);
    ck_assert_msg(wrong == 0, "%d of %d rows", wrong, rows);
    ck_assert_int_ge(rows, 700);
}
END_TEST

/* A note behind that many other words. */
static struct mail_return find_behind(size_t words)
{
    static const char note[] = "\n\nAway until March 14";
    size_t length_b = 0;
    char *text = malloc(words * 2 + sizeof note);
    ck_assert(text != NULL);
    for (size_t i = 0; i < words; i++) {
        text[length_b++] = 'x';
        text[length_b++] = ' ';
    }
    memcpy(text + length_b, note, sizeof note);
    struct mail_return found = find(text, (struct fs_date){2026, 3, 10});
    free(text);
    return found;
}

START_TEST(words_beyond_the_cap_are_not_looked_at)
{
    struct mail_return last = find_behind(MAIL_RETURN_WORDS_MAX - 4);
    struct mail_return cut = find_behind(MAIL_RETURN_WORDS_MAX - 3);
    struct mail_return beyond = find_behind(MAIL_RETURN_WORDS_MAX);
    ck_assert_int_eq(last.date.day, 15);
    ck_assert_int_eq(cut.date.year, 0);
    ck_assert(!beyond.is_absence);
}
END_TEST

static void check_phrase(const char *phrase)
{
    char folded[256];
    mail_fold(phrase, 200, folded, sizeof folded);
    ck_assert_msg(strcmp(folded, phrase) == 0, "\"%s\" folds to \"%s\"", phrase, folded);
    ck_assert_msg(phrase[0] >= 'a' && phrase[0] <= 'z', "\"%s\" begins with no letter", phrase);
    size_t first_b = strcspn(phrase, " ");
    ck_assert_msg(memchr(phrase, '|', first_b) == NULL && phrase[1] != '*',
                  "\"%s\": the first word is not plain", phrase);
}

static const char *phrase_of(const struct mail_rows *rows, size_t entry)
{
    return rows->rows[rows->entries[entry].row].phrases + rows->entries[entry].at_b;
}

static void check_rows(const struct mail_rows *rows)
{
    size_t count = rows->first[MAIL_ROWS_KEYS];
    for (size_t i = 0; i < count; i++) {
        check_phrase(phrase_of(rows, i));
        for (size_t j = i + 1; j < count; j++) {
            ck_assert_str_ne(phrase_of(rows, i), phrase_of(rows, j));
        }
    }
}

START_TEST(phrases_are_folded_and_there_once)
{
    static const struct mail_rows dates = {mail_date_rows, mail_date_first, mail_date_entries};
    static const struct mail_rows cues = {mail_return_rows, mail_return_first, mail_return_entries};
    ck_assert_uint_eq(mail_date_first[MAIL_ROWS_KEYS], mail_date_row_count);
    check_rows(&dates);
    check_rows(&cues);
}
END_TEST

static const struct {
    const char *criteria;
    const char *want; /* NULL: no end */
} apple_cases[] = {
    {"endDate=2020-01-10T14:59:59Z", "2020-01-11"},
    {"endDate=2020-01-10T00:00:00Z", "2020-01-10"},
    {"startDate=2019-12-16T15:00:00Z; endDate=2020-01-10T14:59:59Z", "2020-01-11"},
    {"{\"startDate\": \"2026-03-01T08:00:00Z\", \"endDate\": \"2026-03-14T22:59:59Z\"}",
     "2026-03-15"},
    {"enddate=2026-03-14T23:59:59Z", "2026-03-15"},
    {"endDate=2026-03-15T07:59:59Z", "2026-03-15"}, /* 14 March in California */
    {"endDate=2026-12-31T23:59Z", "2027-01-01"},
    {"endDate=2026-03-14", "2026-03-14"},
    {"endDate=2026-03-14T12:00:00Z", "2026-03-14"},
    {"endDate=2026-02-30T12:00:00Z", NULL},
    {"endDate=", NULL},
    {"endDate=2026-03", NULL},
    {"endDate", NULL},
    {"startDate=2026-03-14T12:00:00Z", NULL},
    {"", NULL},
};

START_TEST(the_end_in_x_apple_criteria_is_followed_by_the_first_day_back)
{
    struct fs_date date = {0};
    struct fs_date want = {0};
    bool found = mail_return_apple(apple_cases[_i].criteria, &date);
    ck_assert_msg(found == (apple_cases[_i].want != NULL), "%s", apple_cases[_i].criteria);
    if (found) {
        ck_assert(fs_date_parse(apple_cases[_i].want, &want));
        ck_assert_msg(fs_date_to_days(date) == fs_date_to_days(want), "%s: %04d-%02d-%02d",
                      apple_cases[_i].criteria, date.year, date.month, date.day);
    }
}
END_TEST

START_TEST(easter_is_when_the_calendar_says)
{
    static const char *const want[] = {"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
                                       "2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25"};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        struct fs_date date;
        ck_assert(fs_date_parse(want[i], &date));
        struct fs_date got = mail_date_easter_sunday(date.year);
        ck_assert_int_eq(fs_date_to_days(got), fs_date_to_days(date));
    }
}
END_TEST

/* A text that is nothing but one piece, over and over. */
static void check_long(const char *piece)
{
    char *text = malloc(256 * 1024);
    size_t piece_b = strlen(piece);
    ck_assert_ptr_nonnull(text);
    size_t used = 0;
    for (; used + piece_b < 256 * 1024; used += piece_b) {
        memcpy(text + used, piece, piece_b);
    }
    text[used] = '\0';
    find(text, (struct fs_date){2026, 3, 10});
    free(text);
}

START_TEST(long_hostile_texts_are_read_in_bounded_time)
{
    check_long("bis 14.3. ");
    check_long("nicht mehr bei ");
    check_long("nicht ");
    check_long("ab 1.-2.-");
    check_long("und ");
    check_long("KW 1-2 ");
    check_long("1/2/");
    check_long("Ich bin im Urlaub ");
    check_long("last day at ");
}
END_TEST

START_TEST(an_empty_text_says_nothing)
{
    struct mail_return found = find("", (struct fs_date){2026, 3, 10});
    ck_assert(found.date.year == 0 && !found.is_absence && !found.has_left && !found.is_ambiguous);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mail return");
    TCase *tcase = tcase_create("return");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_row_of_the_table_is_read_as_a_person_would);
    tcase_add_test(tcase, words_beyond_the_cap_are_not_looked_at);
    tcase_add_test(tcase, phrases_are_folded_and_there_once);
    tcase_add_loop_test(tcase, the_end_in_x_apple_criteria_is_followed_by_the_first_day_back, 0,
                        (int)(sizeof apple_cases / sizeof apple_cases[0]));
    tcase_add_test(tcase, easter_is_when_the_calendar_says);
    tcase_add_test(tcase, long_hostile_texts_are_read_in_bounded_time);
    tcase_add_test(tcase, an_empty_text_says_nothing);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
