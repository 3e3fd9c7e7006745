/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_subject.c - folding, and the tables of how subjects begin.
 */
#include <check.h>
#include <string.h>

#include "../milter/mail/mail_fold.h"
#include "../milter/mail/mail_subject.h"
#include "suite.h"

static enum mail_phrase_kind kind_of(const char *subject)
{
    char folded[MAIL_SUBJECT_FOLDED_SIZE_B];
    mail_fold(subject, MAIL_SUBJECT_LOOK, folded, sizeof folded);
    return mail_subject_kind(folded);
}

static void check_table(const struct mail_phrase *table)
{
    for (const struct mail_phrase *row = table; row->text != NULL; row++) {
        char folded[MAIL_SUBJECT_FOLDED_SIZE_B];
        mail_fold(row->text, MAIL_SUBJECT_LOOK, folded, sizeof folded);
        ck_assert_msg(strcmp(folded, row->text) == 0, "\"%s\" folds to \"%s\"", row->text, folded);
        ck_assert_msg(mail_subject_kind(row->text) == row->kind, "\"%s\" is hidden by another row",
                      row->text);
        for (const struct mail_phrase *other = row + 1; other->text != NULL; other++) {
            ck_assert_msg(strcmp(row->text, other->text) != 0, "\"%s\" is there twice", row->text);
        }
    }
}

START_TEST(every_phrase_is_folded_found_and_there_once)
{
    check_table(mail_absence_phrases);
    check_table(mail_machine_phrases);
}
END_TEST

START_TEST(folding_takes_accents_case_and_spaces_away)
{
    static const struct {
        const char *text;
        const char *folded;
    } cases[] = {
        {"R\xc3\xa9ponse  Automatique", "reponse automatique"},
        {"Au\xc3\x9f"
         "er Haus",
         "ausser haus"},
        {"  Frav\xc3\xa6r\t", "fravaer"},
        {"Odpowied\xc5\xba", "odpowiedz"},
        {"\xc5\x81\xc3\xb3"
         "d\xc5\xba",
         "lodz"},
        {"Yan\xc4\xb1t \xc4\xb0zin", "yanit izin"},
        {"\xe8\x87\xaa\xe5\x8b\x95\xef\xbc\x9a", "\xe8\x87\xaa\xe5\x8b\x95:"},
        {"\xea\xb0\x80", "\xea\xb0\x80"},
        {"a\xe2\x80\x93"
         "b\xe2\x80\x99s",
         "a-b's"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char folded[MAIL_SUBJECT_FOLDED_SIZE_B];
        mail_fold(cases[i].text, MAIL_SUBJECT_LOOK, folded, sizeof folded);
        ck_assert_str_eq(folded, cases[i].folded);
    }
}
END_TEST

START_TEST(only_the_very_start_counts)
{
    ck_assert_int_eq(kind_of("Out of office: offer"), PHRASE_ABSENCE);
    ck_assert_int_eq(kind_of("Re: Out of office: offer"), PHRASE_NONE);
    ck_assert_int_eq(kind_of("Our out of office policy"), PHRASE_NONE);
    ck_assert_int_eq(kind_of("AW: Abwesenheitsnotiz"), PHRASE_NONE);
}
END_TEST

START_TEST(a_prefix_ends_where_a_word_ends)
{
    ck_assert_int_eq(kind_of("Undeliverable: offer"), PHRASE_BOUNCE);
    ck_assert_int_eq(kind_of("Undeliverables in stock"), PHRASE_NONE);
    ck_assert_int_eq(kind_of("Poissaolot"), PHRASE_NONE);
}
END_TEST

START_TEST(plain_words_need_a_colon_or_to_stand_alone)
{
    ck_assert_int_eq(kind_of("Abwesenheit: Jana Vogt"), PHRASE_ABSENCE);
    ck_assert_int_eq(kind_of("Abwesenheit"), PHRASE_ABSENCE);
    ck_assert_int_eq(kind_of("Absence : Jana Vogt"), PHRASE_ABSENCE);
    ck_assert_int_eq(kind_of("Abwesenheit von Frau Vogt am Montag"), PHRASE_NONE);
    ck_assert_int_eq(kind_of("Delayed reply, sorry"), PHRASE_NONE);
}
END_TEST

START_TEST(an_opt_out_is_the_whole_subject)
{
    ck_assert_int_eq(kind_of("Uitschrijven"), PHRASE_OPT_OUT);
    ck_assert_int_eq(kind_of("AFMELDEN!"), PHRASE_OPT_OUT);
    ck_assert_int_eq(kind_of("Afmelden link"), PHRASE_NONE);
    ck_assert_int_eq(kind_of("Re: uitschrijven"), PHRASE_NONE);
}
END_TEST

START_TEST(the_longest_phrase_counts)
{
    ck_assert_int_eq(kind_of("Delivery Status Notification (Failure)"), PHRASE_BOUNCE);
    ck_assert_int_eq(kind_of("Delivery Status Notification (Delay)"), PHRASE_DELAY);
    ck_assert_int_eq(kind_of("[Final] Good bye"), PHRASE_FINAL);
    ck_assert_int_eq(kind_of("[Schluss] Auf Wiedersehen"), PHRASE_FINAL);
}
END_TEST

START_TEST(a_very_long_subject_is_looked_at_up_to_its_cap)
{
    char subject[4 * MAIL_SUBJECT_LOOK * 3 + 1];
    for (size_t i = 0; i < sizeof subject - 1; i += 3) {
        memcpy(subject + i, "\xef\xb7\xba", 3); /* one letter that decomposes to 18 */
    }
    subject[sizeof subject - 1] = '\0';
    char folded[MAIL_SUBJECT_FOLDED_SIZE_B];
    mail_fold(subject, MAIL_SUBJECT_LOOK, folded, sizeof folded);
    ck_assert_uint_lt(strlen(folded), sizeof folded);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mail subject");
    TCase *tcase = tcase_create("subject");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_phrase_is_folded_found_and_there_once);
    tcase_add_test(tcase, folding_takes_accents_case_and_spaces_away);
    tcase_add_test(tcase, only_the_very_start_counts);
    tcase_add_test(tcase, a_prefix_ends_where_a_word_ends);
    tcase_add_test(tcase, plain_words_need_a_colon_or_to_stand_alone);
    tcase_add_test(tcase, an_opt_out_is_the_whole_subject);
    tcase_add_test(tcase, the_longest_phrase_counts);
    tcase_add_test(tcase, a_very_long_subject_is_looked_at_up_to_its_cap);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
