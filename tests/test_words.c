/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_words.c - every word has a text in each language, with the same places.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../milter/words/words_ascii.h"
#include "../milter/words/words_text.h"
#include "suite.h"

static const enum fs_language languages[] = {FS_LANGUAGE_EN, FS_LANGUAGE_DE};

START_TEST(every_word_has_a_text)
{
    enum fs_language language = languages[_i];
    for (int i = 0; i < FS_RULE_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_rule(language, (enum fs_rule)i)), 0);
    for (int i = 0; i < FS_VERDICT_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_verdict(language, (enum fs_verdict)i)), 0);
    for (int i = 0; i < FS_STATE_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_state(language, (enum fs_state)i)), 0);
    for (int i = 0; i < FS_END_REASON_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_end_reason(language, (enum fs_end_reason)i)), 0);
    for (int i = 0; i < FS_PAUSE_REASON_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_pause_reason(language, (enum fs_pause_reason)i)), 0);
    for (int i = 0; i < FS_DECIDER_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_decider(language, (enum fs_decider)i)), 0);
    for (int i = 0; i < FS_DISPOSITION_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_disposition(language, (enum fs_disposition)i)), 0);
}
END_TEST

/* How often a text has the place that begins at `place`. */
static int count_place(const char *text, const char *place, size_t length_b)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += strncmp(text, place, length_b) == 0 ? 1 : 0;
    return count;
}

static void check_places(const char *english, const char *german)
{
    for (const char *at = strstr(english, "%{"); at != NULL; at = strstr(at + 1, "%{"))
        ck_assert_msg(count_place(german, at, strcspn(at, "}") + 1) > 0, "%s", german);
    for (const char *at = strstr(german, "%{"); at != NULL; at = strstr(at + 1, "%{"))
        ck_assert_msg(count_place(english, at, strcspn(at, "}") + 1) > 0, "%s", german);
}

START_TEST(every_text_is_translated_with_the_same_places)
{
    for (int i = 0; i < WORDS_COUNT; i++) {
        enum words_text id = (enum words_text)i;
        for (int count = 1; count <= 2; count++) {
            const char *english = words_plural(FS_LANGUAGE_EN, id, count);
            const char *german = words_plural(FS_LANGUAGE_DE, id, count);
            ck_assert_msg(german != english, "not translated: %s", english);
            ck_assert_msg(german[0] != '\0', "empty: %s", english);
            check_places(english, german);
        }
    }
}
END_TEST

START_TEST(a_text_that_nobody_translated_stays_english)
{
    const char *text = "no such text";
    ck_assert_ptr_eq(fs_words_line(FS_LANGUAGE_DE, text), text);
    ck_assert_ptr_eq(fs_words_line(FS_LANGUAGE_EN, "open"), fs_words_line(FS_LANGUAGE_EN, "open"));
    ck_assert_str_eq(fs_words_line(FS_LANGUAGE_DE, ""), "");
    ck_assert_str_eq(fs_words_line(FS_LANGUAGE_DE, "open"), "offen");
}
END_TEST

START_TEST(fixed_sentences_are_ascii_in_each_language)
{
    const char *texts[] = {fs_words_refusal_fixed(languages[_i]),
                           fs_words_try_later(languages[_i])};
    for (size_t i = 0; i < 2; i++) {
        ck_assert_msg(words_is_ascii(texts[i]), "%s", texts[i]);
        ck_assert_int_le((int)strlen(texts[i]), FS_WORDS_LINE_MAX_B);
        ck_assert_ptr_null(strchr(texts[i], '%'));
    }
}
END_TEST

/* 2023-11-14T22:13:20Z; the tests run in UTC. */
#define INSTANT 1700000000

START_TEST(dates_are_written_as_the_language_does)
{
    char text[FS_TIME_SIZE_B];
    fs_words_day(FS_LANGUAGE_EN, INSTANT, text, sizeof(text));
    ck_assert_str_eq(text, "2023-11-14");
    fs_words_day(FS_LANGUAGE_DE, INSTANT, text, sizeof(text));
    ck_assert_str_eq(text, "14.11.2023");
    fs_words_minute(FS_LANGUAGE_DE, INSTANT, text, sizeof(text));
    ck_assert_str_eq(text, "14.11.2023 22:13");
    fs_words_minute(FS_LANGUAGE_DE, 0, text, sizeof(text));
    ck_assert_str_eq(text, "");
}
END_TEST

static const struct {
    int number;
    const char *english;
} ordinals[] = {{1, "1st"},   {2, "2nd"},   {3, "3rd"},   {4, "4th"},    {11, "11th"},
                {12, "12th"}, {13, "13th"}, {21, "21st"}, {111, "111th"}};

START_TEST(ordinals_end_as_they_are_spoken)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct words_values values = {.arena = arena, .language = FS_LANGUAGE_EN};
    words_set_nth(&values, "nth", ordinals[_i].number);
    ck_assert_str_eq(words_fill(&values, "%{nth}"), ordinals[_i].english);
    values.language = FS_LANGUAGE_DE;
    words_set_nth(&values, "nth", 3);
    ck_assert_str_eq(words_fill(&values, "%{nth}"), "3.");
    fs_arena_free(arena);
}
END_TEST

static const struct {
    const char *text;
    const char *ascii;
} lines[] = {
    {"\xc3\x84rger \xc3\xbc"
     "ber Stra\xc3\x9f"
     "e",
     "Aerger ueber Strasse"},
    {"\xe2\x80\x9e"
     "ja\xe2\x80\x9c \xe2\x80\x93 50 %",
     "\"ja\" - 50 %%"},
    {"\xe4\xbd\xa0\xff", "??"},
    {"a\rb\nc\x7f", "a b c "},
    {"", ""},
};

START_TEST(umlauts_are_spelled_out_and_percent_is_doubled)
{
    struct fs_arena *arena = fs_arena_new(0);
    bool is_cut = true;
    ck_assert_str_eq(words_ascii_line(arena, lines[_i].text, &is_cut), lines[_i].ascii);
    ck_assert(!is_cut);
    fs_arena_free(arena);
}
END_TEST

START_TEST(a_line_is_cut_at_its_cap_and_says_so)
{
    struct fs_arena *arena = fs_arena_new(0);
    char text[FS_WORDS_LINE_MAX_B + 2];
    bool is_cut = true;
    memset(text, 'x', sizeof(text));
    text[FS_WORDS_LINE_MAX_B] = '\0';
    ck_assert_uint_eq(strlen(words_ascii_line(arena, text, &is_cut)), FS_WORDS_LINE_MAX_B);
    ck_assert(!is_cut);
    text[FS_WORDS_LINE_MAX_B] = '%'; /* of a doubled one neither half may be left */
    text[FS_WORDS_LINE_MAX_B + 1] = '\0';
    const char *line = words_ascii_line(arena, text, &is_cut);
    ck_assert_uint_le(strlen(line), FS_WORDS_LINE_MAX_B);
    ck_assert(is_cut);
    ck_assert_str_eq(line + strlen(line) - 3, "...");
    fs_arena_free(arena);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    Suite *suite = suite_create("words");
    TCase *tcase = tcase_create("words");
    tcase_add_loop_test(tcase, every_word_has_a_text, 0, 2);
    tcase_add_test(tcase, every_text_is_translated_with_the_same_places);
    tcase_add_test(tcase, a_text_that_nobody_translated_stays_english);
    tcase_add_loop_test(tcase, fixed_sentences_are_ascii_in_each_language, 0, 2);
    tcase_add_test(tcase, dates_are_written_as_the_language_does);
    tcase_add_loop_test(tcase, ordinals_end_as_they_are_spoken, 0,
                        (int)(sizeof(ordinals) / sizeof(ordinals[0])));
    tcase_add_loop_test(tcase, umlauts_are_spelled_out_and_percent_is_doubled, 0,
                        (int)(sizeof(lines) / sizeof(lines[0])));
    tcase_add_test(tcase, a_line_is_cut_at_its_cap_and_says_so);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
