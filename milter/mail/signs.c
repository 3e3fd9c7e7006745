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

#include <glib.h>
#include <string.h>

#include "mail_message.h"

/* A greeting is looked for among the first words. */
#define GREETING_WORDS 12u
/* Bytes among which a script without spaces shows. */
#define SCRIPT_LOOK_B 400u
/* A mailbox of many that is away speaks of itself in few words. */
#define ROLE_POINTS 2
/* To be addressed by name takes this much away. */
#define NAME_POINTS 4
/* So does an absence that is still to come. */
#define AHEAD_POINTS 2

/* What the rows that were found prove. */
struct points {
    int says;
    int receives;
    bool is_away;
};

/* The words of a text by their first two bytes. */
#define KEYS 256u
struct by_letters {
    uint16_t first[KEYS]; /* word + 1 of the first one, 0: none */
    uint16_t next[MAIL_RETURN_WORDS_MAX];
};

/* Of a word, or of an alternative in a phrase. */
static unsigned key_of(const char *word)
{
    bool is_one = word[1] == '\0' || word[1] == ' ' || word[1] == '|';
    unsigned second = is_one ? 0 : (unsigned char)word[1];
    return ((unsigned char)word[0] * 37u + second) % KEYS;
}

static void index_words(const struct mail_words *words, struct by_letters *out)
{
    memset(out->first, 0, sizeof out->first);
    for (size_t at = words->count; at > 0; at--) {
        unsigned key = key_of(words->items[at - 1].text);
        out->next[at - 1] = out->first[key];
        out->first[key] = (uint16_t)at;
    }
}

static void add_points(struct points *points, enum mail_sign_kind kind, int count)
{
    switch (kind) {
    case SIGN_SAYS:
        points->says += count;
        break;
    case SIGN_RECEIVES:
        points->receives += count;
        break;
    case SIGN_AWAY:
        points->is_away = true;
        break;
    }
}

/* Whether the word may be the phrase's first, by its third letter: most are not. */
static bool may_begin(const char *text, const char *word)
{
    if (text[0] == '\0' || text[1] == '\0' || word[1] == '\0' || !g_ascii_islower(word[2])) {
        return true;
    }
    bool has_umlaut = word[1] == 'a' || word[1] == 'o' || word[1] == 'u';
    return text[2] == word[2] || (has_umlaut && text[2] == 'e');
}

static bool stands_there(const struct mail_words *words, const struct by_letters *index,
                         const char *phrase)
{
    for (const char *word = phrase;; word++) {
        uint16_t at = index->first[key_of(word)];
        while (at > 0 && !(may_begin(words->items[at - 1u].text, word) &&
                           mail_phrase_at(words, at - 1u, phrase, NULL))) {
            at = index->next[at - 1];
        }
        if (at > 0) {
            return true;
        }
        word += strcspn(word, "| ");
        if (*word != '|') {
            return false;
        }
    }
}

static void count_table(const struct mail_words *words, const struct by_letters *index,
                        const struct mail_sign *table, struct points *points)
{
    for (const struct mail_sign *sign = table; sign->phrase != NULL; sign++) {
        if (stands_there(words, index, sign->phrase)) {
            add_points(points, sign->kind, sign->points);
        }
    }
}

/* Japanese, Chinese and Korean: their letters begin with these bytes. */
static bool has_script(const char *text)
{
    for (size_t i = 0; i < SCRIPT_LOOK_B && text[i] != '\0'; i++) {
        if ((unsigned char)text[i] >= 0xe3 && (unsigned char)text[i] <= 0xed) {
            return true;
        }
    }
    return false;
}

static struct points count_points(const char *text, const struct mail_words *words)
{
    struct points points = {0, 0, false};
    struct by_letters index;
    index_words(words, &index);
    count_table(words, &index, mail_machine_signs, &points);
    count_table(words, &index, mail_other_signs, &points);
    if (has_script(text)) {
        for (const struct mail_script_sign *sign = mail_script_signs; sign->text != NULL; sign++) {
            if (strstr(text, sign->text) != NULL) {
                add_points(&points, sign->kind, sign->points);
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
        "servus|gruss frau|herr",     "guten tag herr|frau",          "gentile signora|signor|dott",
        "szanowny|szanowna pan*",
    };
    for (size_t at = 0; at < words->count && at < GREETING_WORDS; at++) {
        for (size_t i = 0; i < sizeof greetings / sizeof greetings[0]; i++) {
            if (mail_phrase_at(words, at, greetings[i], NULL)) {
                return true;
            }
        }
        bool greets =
            mail_phrase_at(words, at,
                           "hallo|hi|hello|dear|liebe|lieber|hey|moin|servus|bonjour|salut|cher|"
                           "chere|hola|dias|ciao|buongiorno|cara|dag|beste|hoi|ola|czesc|hej",
                           NULL);
        size_t name_b = greets && at + 1 < words->count ? strlen(words->items[at + 1].text) : 0;
        for (size_t i = 0; name_b >= 3 && i < mail->facts.to_count; i++) {
            if (strncmp(mail->facts.to[i], words->items[at + 1].text, name_b) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Mailboxes that several people read. */
static bool is_role_mailbox(const char *from)
{
    static const char *const roles[] = {
        "info",    "kontakt",  "contact",       "support",      "help",      "helpdesk",
        "service", "hello",    "hallo",         "office",       "mail",      "sales",
        "anfrage", "anfragen", "kundenservice", "servicedesk",  "team",      "zentrale",
        "post",    "buero",    "customercare",  "care",         "enquiries", "praxis",
        "kanzlei", "empfang",  "reception",     "kundendienst", "bewerbung", "bewerbungen",
        "jobs",    "karriere", "poststelle"};
    size_t local_b = from != NULL ? strcspn(from, "@.-_+") : 0;
    for (size_t i = 0; local_b > 0 && i < sizeof roles / sizeof roles[0]; i++) {
        if (strlen(roles[i]) == local_b && memcmp(from, roles[i], local_b) == 0) {
            return true;
        }
    }
    return false;
}

/* Who acknowledges as "I", or asks, is somebody. */
static bool speaks_for_one(const struct mail_words *words, bool is_role)
{
    for (size_t at = 0; at < words->count; at++) {
        if ((!is_role && words->items[at].after == '?') ||
            mail_phrase_at(words, at, "ich|i|i'm|i'll|i've|mein*|my", NULL)) {
            return true;
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
    struct points points = count_points(mail->text.own, &start);
    bool is_away = signs->back.is_absence || signs->back.has_left || points.is_away;
    signs->is_away = points.is_away;
    signs->is_automatic = points.says >= SIGN_PROOF;
    if (mail->text.seen.has_quote || mail->text.seen.has_device ||
        (!is_away && points.receives < SIGN_RECEIVES_LEAST)) {
        return;
    }
    bool is_role = is_role_mailbox(mail->facts.from);
    bool is_one = speaks_for_one(&start, is_role);
    bool has_name = greets_by_name(mail, own);
    if (!has_name && !is_one && points.receives >= SIGN_RECEIVES_LEAST) {
        int proof = is_role ? SIGN_RECEIVED_ROLE : SIGN_RECEIVED;
        signs->is_automatic |= points.says + points.receives >= proof;
    }
    points.says += (is_role && !is_one ? ROLE_POINTS : 0) - (has_name ? NAME_POINTS : 0) -
                   (signs->back.is_ahead ? AHEAD_POINTS : 0);
    bool is_whole = signs->back.is_note && !signs->back.is_ahead && points.says >= 0;
    signs->is_absence_note = is_away && (points.says >= SIGN_ABSENCE || is_whole);
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
