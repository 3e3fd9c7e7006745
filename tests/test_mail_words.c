/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_words.c - words, sentences and the little language of phrases.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_words.h"
#include "arena_fixture.h"

static struct mail_words words_of(const char *text)
{
    struct mail_words words;
    ck_assert_int_eq(mail_words_read(arena, text, &words), FS_OK);
    return words;
}

/* The words joined by spaces, a bar between sentences. */
static const char *shown(const struct mail_words *words)
{
    char *out = fs_arena_alloc(arena, 4096, 1);
    size_t used = 0;
    for (size_t i = 0; i < words->count; i++) {
        bool new_sentence = i > 0 && words->items[i].sentence != words->items[i - 1].sentence;
        used +=
            (size_t)snprintf(out + used, 4096 - used, "%s%s%s",
                             i == 0 ? "" : (new_sentence ? " | " : " "), words->items[i].text, "");
    }
    return out;
}

static const struct {
    const char *text;
    const char *want;
} cutting[] = {
    {"Ich bin zurück.", "ich bin zuruck"},
    {"Bin am 14. März da. Danke!", "bin am 14 marz da | danke"},
    {"ca. 3 Tage, z.B. Montag. Gruß", "ca 3 tage z b montag | gruss"},
    {"Hallo\nFrau Weber,\n\nkein Interesse", "hallo frau weber | kein interesse"},
    {"I don’t. Don't!", "i don't | don't"},
    {"„Stop“ -- jetzt?! Ja", "stop jetzt | ja"},
    {"ＦＵＬＬ width \xc2\xa0 and so\xc2\xad"
     "ft",
     "full width and soft"},
    {"2026-03-14 14.3.26 5/18", "2026 03 14 14 3 26 5 18"},
    {"...", ""},
    {"bis\xcd\xba morgen", "bis morgen"}, /* a spacing iota */
    {"", ""},
    {"a\n \n\nb", "a | b"},
};

START_TEST(text_is_cut_into_words_and_sentences)
{
    struct mail_words words = words_of(cutting[_i].text);
    ck_assert_str_eq(shown(&words), cutting[_i].want);
}
END_TEST

START_TEST(signs_beside_a_word_are_known)
{
    struct mail_words words = words_of("Tel. +49 711/123, (bis 14.3.)");
    static const char before[] = {0, '+', 0, '/', '(', 0, '.'};
    static const char after[] = {'.', 0, '/', ',', 0, '.', '.'};
    ck_assert_uint_eq(words.count, 7);
    for (size_t i = 0; i < words.count; i++) {
        ck_assert_msg(words.items[i].before == before[i] && words.items[i].after == after[i], "%s",
                      words.items[i].text);
    }
    ck_assert_uint_eq(words.items[1].source_b, 2);
    ck_assert_int_eq(strncmp(words.items[1].source, "49", 2), 0);
}
END_TEST

static const struct {
    const char *text;
    const char *phrase;
    bool want;
} matching[] = {
    {"Bin am Montag zurück", "zuruck", true},
    {"Bin am Montag zurueck", "zuruck", true},
    {"neue Mails", "neue", true},
    {"neu", "neue", false},
    {"keine weiteren E-Mails bitte", "keine weiteren e mail*", true},
    {"keine weiteren E-Mails", "kein* weiter* mail*|e mail*", true},
    {"keine Mails", "kein* weiter*? mail*", true},
    {"keine weiteren Mails", "kein* weiter*? mail*", true},
    {"keine schönen Mails", "kein* weiter*? mail*", false},
    {"bitte mir künftig nun wirklich keine Mails", "bitte ... keine mails", true},
    {"bitte eins zwei drei vier fünf sechs keine", "bitte ... keine", false},
    {"bitte eins zwei drei vier fünf keine", "bitte ... keine", true},
    {"bitte. keine Mails", "bitte ... keine", false},
    {"bitte. keine Mails", "bitte keine", false},
    {"am 14 wieder", "am # wieder", true},
    {"am Montag wieder", "am # wieder", false},
    {"am Montag wieder", "am _ wieder", true},
    {"mail", "mail*", true},
    {"stop", "stop now?", true},
    {"stop later", "stop now? later", true},
    {"Straße", "strasse", true},
};

START_TEST(phrases_match_what_they_say)
{
    struct mail_words words = words_of(matching[_i].text);
    ck_assert_msg(mail_phrase_find(&words, 0, words.count, matching[_i].phrase, NULL, NULL) ==
                      matching[_i].want,
                  "\"%s\" in \"%s\"", matching[_i].phrase, matching[_i].text);
}
END_TEST

START_TEST(a_phrase_says_where_it_stands)
{
    struct mail_words words = words_of("Danke. Bitte keine weiteren Mails mehr.");
    size_t at = 99;
    size_t after = 99;
    ck_assert(mail_phrase_find(&words, 0, words.count, "keine ... mails", &at, &after));
    ck_assert_uint_eq(at, 2);
    ck_assert_uint_eq(after, 5);
    ck_assert(!mail_phrase_find(&words, 3, words.count, "keine ... mails", &at, &after));
    ck_assert(!mail_phrase_find(&words, 0, 2, "keine ... mails", &at, &after));
}
END_TEST

START_TEST(words_and_their_number_are_capped)
{
    size_t length_b = 2 * (MAIL_WORDS_MAX + 10);
    char *text = malloc(length_b + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < length_b; i++) {
        text[i] = i % 2 == 0 ? 'a' : ' ';
    }
    text[length_b] = '\0';
    struct mail_words words = words_of(text);
    ck_assert_uint_eq(words.count, MAIL_WORDS_MAX);
    memset(text, 'x', length_b);
    words = words_of(text);
    ck_assert_uint_eq(words.count, 1);
    ck_assert_uint_lt(strlen(words.items[0].text), MAIL_WORD_MAX_B);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mail words");
    TCase *tcase = tcase_create("words");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, text_is_cut_into_words_and_sentences, 0,
                        (int)(sizeof cutting / sizeof cutting[0]));
    tcase_add_test(tcase, signs_beside_a_word_are_known);
    tcase_add_loop_test(tcase, phrases_match_what_they_say, 0,
                        (int)(sizeof matching / sizeof matching[0]));
    tcase_add_test(tcase, a_phrase_says_where_it_stands);
    tcase_add_test(tcase, words_and_their_number_are_capped);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
