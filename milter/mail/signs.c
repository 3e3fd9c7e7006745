/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * signs.c - looks for signs in the writer's own text.
 *
 * Decides: when a text without any mark in its header is a machine's. A person who is away
 * says so as well, so an absence alone proves nothing: it takes phrases that programs are
 * given to say, no quoted mail, and nobody addressed by name. Must not know: the header's
 * rules, and what follows.
 */
#include "mail_signs.h"

#include <string.h>

#include "mail_message.h"

/* A greeting is looked for among the first words. */
#define GREETING_WORDS 12u
/* To be addressed by name takes this much away. */
#define NAME_POINTS 4

/* The rows of a letter begin at rows[first[letter]]; letters beyond a to z have none. */
#define LETTERS 26u
struct sign_index {
    uint8_t first[LETTERS + 1];
    bool is_counted[SIGNS_MAX];
};

static void index_signs(struct sign_index *index)
{
    size_t row = 0;
    memset(index, 0, sizeof *index);
    for (size_t letter = 0; letter <= LETTERS; letter++) {
        while (mail_machine_signs[row].phrase != NULL &&
               (size_t)(mail_machine_signs[row].phrase[0] - 'a') < letter) {
            row++;
        }
        index->first[letter] = (uint8_t)row;
    }
}

/* Each sign counts once. */
static int machine_points(const struct mail_words *words)
{
    struct sign_index index;
    int points = 0;
    index_signs(&index);
    for (size_t at = 0; at < words->count; at++) {
        size_t letter = (size_t)(unsigned char)words->items[at].text[0] - 'a';
        for (size_t i = letter < LETTERS ? index.first[letter] : 0;
             letter < LETTERS && i < index.first[letter + 1]; i++) {
            if (!index.is_counted[i] &&
                mail_phrase_at(words, at, mail_machine_signs[i].phrase, NULL)) {
                index.is_counted[i] = true;
                points += mail_machine_signs[i].points;
            }
        }
    }
    return points;
}

/* Whether a word of the greeting names the one who is answered: "Hallo Frau Beispiel",
 * "Hi Anna" to anna@. */
static bool greets_by_name(const struct mail *mail, const struct mail_words *words)
{
    static const char *const greetings[] = {
        "sehr geehrte* frau|herr",    "liebe|lieber frau|herr",       "hallo frau|herr",
        "guten tag|morgen frau|herr", "dear|hello|hi mr|mrs|ms|miss", "moin frau|herr",
        "servus|gruss frau|herr",     "guten tag herr|frau",
    };
    for (size_t at = 0; at < words->count && at < GREETING_WORDS; at++) {
        for (size_t i = 0; i < sizeof greetings / sizeof greetings[0]; i++) {
            if (mail_phrase_at(words, at, greetings[i], NULL)) {
                return true;
            }
        }
        bool greets =
            mail_phrase_at(words, at, "hallo|hi|hello|dear|liebe|lieber|hey|moin|servus", NULL);
        size_t name_b = greets && at + 1 < words->count ? strlen(words->items[at + 1].text) : 0;
        for (size_t i = 0; name_b >= 3 && i < mail->facts.to_count; i++) {
            if (strncmp(mail->facts.to[i], words->items[at + 1].text, name_b) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void read_own(struct mail *mail, const struct mail_words *own)
{
    struct mail_signs *signs = &mail->signs;
    mail_return_find(own, mail->sent_day, &signs->back);
    if (mail_wish_find(mail->arena, own, &signs->wish) != FS_OK) {
        mail->no_memory = true;
    }
    struct mail_words start = {
        own->items, own->count < MAIL_RETURN_WORDS_MAX ? own->count : MAIL_RETURN_WORDS_MAX};
    int points = machine_points(&start);
    signs->is_automatic = points >= SIGN_PROOF;
    if (signs->back.is_absence && !mail->text.has_quote) {
        points -= greets_by_name(mail, own) ? NAME_POINTS : 0;
        signs->is_absence_note = points >= SIGN_ABSENCE;
    }
}

/* Apple's programs write until when they answer into the header; the text knows better. */
static void read_apple(struct mail *mail)
{
    const char *criteria = mail_header(mail, FIELD_X_APPLE_CRITERIA);
    struct mail_return *back = &mail->signs.back;
    if (criteria != NULL && back->date.year == 0 && !back->is_ambiguous && !back->has_left) {
        (void)mail_return_apple(criteria, &back->date);
    }
}

/* Whether the subject is one that a program gave to an absence note. Notes writes "AUTO:",
 * which in German is a car, so another sign has to say that it is a machine's. */
static bool subject_is_note(const struct mail *mail)
{
    const struct fs_facts *facts = &mail->facts;
    bool is_machine = facts->hit_count > 0 && (facts->class == FS_CLASS_OUT_OF_OFFICE ||
                                               facts->class == FS_CLASS_AUTO_REPLY);
    return mail->subject.kind == PHRASE_ABSENCE || mail->subject.kind == PHRASE_AUTO_REPLY ||
           (is_machine && strncmp(mail->subject.folded, "auto:", 5) == 0);
}

/* "(returning 20 April)" in the subject, "until 20 April" in the text, as Notes writes it:
 * the return that is named is the better word for the same day. */
static bool names_the_day(const struct mail_return *subject, const struct mail_return *text)
{
    return subject->date.year != 0 && !subject->is_after_last && text->is_after_last &&
           fs_date_to_days(subject->date) + 1 == fs_date_to_days(text->date);
}

/* Some write the date into the subject and nothing else ("Abwesend bis 14.3."). */
static void read_subject(struct mail *mail, const struct mail_words *subject,
                         const struct mail_words *own)
{
    struct mail_signs *signs = &mail->signs;
    struct mail_wish wish;
    if (mail_wish_find_subject(mail->arena, subject, own, &wish) != FS_OK) {
        mail->no_memory = true;
    }
    if (wish.opt_out != FS_ANSWER_NO && signs->wish.opt_out != FS_ANSWER_YES) {
        signs->wish.opt_out = wish.opt_out;
        signs->wish.rule = wish.rule;
    }
    if (!subject_is_note(mail) || signs->back.is_ambiguous) {
        return;
    }
    struct mail_return back;
    mail_return_find(subject, mail->sent_day, &back);
    if (signs->back.date.year == 0) {
        signs->back.has_left = signs->back.has_left || back.has_left;
    }
    if (signs->back.date.year == 0 || names_the_day(&back, &signs->back)) {
        signs->back.date = back.date;
    }
}

void mail_signs_read(struct mail *mail)
{
    struct mail_words own;
    struct mail_words subject;
    if (mail->signs.is_read) {
        return;
    }
    mail->signs.is_read = true;
    mail_own_read(mail);
    const char *text = mail->subject.text != NULL ? mail->subject.text : "";
    if (mail_words_read(mail->arena, mail->text.own, &own) != FS_OK ||
        mail_words_read(mail->arena, text, &subject) != FS_OK) {
        mail->no_memory = true;
        return;
    }
    read_own(mail, &own);
    read_subject(mail, &subject, &own);
    read_apple(mail);
}
