/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * subject.c - folds a subject and compares its start with the table of phrases.
 *
 * Decides: when two spellings are one, and where a prefix ends. Must not know: what
 * follows from a kind; the rules in class_rules.c do.
 */
#include "mail_subject.h"

#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_message.h"

/* Letters that Unicode does not decompose, and typography. */
static const struct {
    gunichar from;
    const char *to;
} plain_letters[] = {
    {0x00df, "ss"}, {0x00e6, "ae"}, {0x00f8, "o"}, {0x0111, "d"},  {0x0131, "i"},  {0x0142, "l"},
    {0x0153, "oe"}, {0x2018, "'"},  {0x2019, "'"}, {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""},
    {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"}, {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},
};

/* Kana and Hangul carry meaning in what decomposition takes apart. */
static bool stays_whole(gunichar letter)
{
    return (letter >= 0x3040 && letter <= 0x30ff) || (letter >= 0xac00 && letter <= 0xd7a3);
}

static void append_folded(GString *out, gunichar letter)
{
    if (g_unichar_isspace(letter) || letter < 0x20) {
        if (out->len > 0 && out->str[out->len - 1] != ' ') {
            g_string_append_c(out, ' ');
        }
        return;
    }
    if (g_unichar_ismark(letter) || g_unichar_type(letter) == G_UNICODE_FORMAT) {
        return;
    }
    gunichar lower = g_unichar_tolower(letter);
    for (size_t i = 0; i < G_N_ELEMENTS(plain_letters); i++) {
        if (plain_letters[i].from == lower) {
            g_string_append(out, plain_letters[i].to);
            return;
        }
    }
    g_string_append_unichar(out, lower);
}

void mail_subject_fold(const char *text, char *out, size_t size_b)
{
    GString *folded = g_string_sized_new(MAIL_SUBJECT_FOLDED_SIZE_B);
    size_t letters = 0;
    for (const char *at = text; *at != '\0' && letters < MAIL_SUBJECT_LOOK;
         at = g_utf8_next_char(at), letters++) {
        gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
        gunichar letter = g_utf8_get_char(at);
        gsize count = 1;
        parts[0] = letter;
        if (letter >= 0x80 && !stays_whole(letter)) {
            count = g_unichar_fully_decompose(letter, TRUE, parts, G_N_ELEMENTS(parts));
        }
        for (gsize i = 0; i < count && i < G_N_ELEMENTS(parts); i++) {
            append_folded(folded, parts[i]);
        }
    }
    while (folded->len > 0 && folded->str[folded->len - 1] == ' ') {
        g_string_truncate(folded, folded->len - 1);
    }
    fs_text_copy(out, size_b, folded->str);
    g_string_free(folded, TRUE);
}

static bool phrase_matches(const struct mail_phrase *phrase, const char *folded, size_t text_b)
{
    if (strncmp(folded, phrase->text, text_b) != 0) {
        return false;
    }
    const char *rest = folded + text_b;
    switch (phrase->mode) {
    case PHRASE_STEM:
        return true;
    case PHRASE_WHOLE:
        return *rest == '\0' || (strchr(".!", *rest) != NULL && rest[1] == '\0');
    case PHRASE_COLON:
        rest += strspn(rest, " ");
        return *rest == '\0' || *rest == ':' || *rest == '-';
    case PHRASE_START:
        return !g_ascii_isalnum(*rest) && (unsigned char)*rest < 0x80;
    }
    return false;
}

/* The longest row of a table that matches and is longer than *longest_b; NULL: none. */
static const struct mail_phrase *longest_match(const struct mail_phrase *table, const char *folded,
                                               size_t *longest_b)
{
    const struct mail_phrase *best = NULL;
    for (const struct mail_phrase *phrase = table; phrase->text != NULL; phrase++) {
        if (phrase->text[0] != folded[0]) {
            continue;
        }
        size_t text_b = strlen(phrase->text);
        if (text_b > *longest_b && phrase_matches(phrase, folded, text_b)) {
            *longest_b = text_b;
            best = phrase;
        }
    }
    return best;
}

enum mail_phrase_kind mail_subject_kind(const char *folded)
{
    size_t longest_b = 0;
    const struct mail_phrase *absence = longest_match(mail_absence_phrases, folded, &longest_b);
    const struct mail_phrase *machine = longest_match(mail_machine_phrases, folded, &longest_b);
    if (machine != NULL) {
        return machine->kind;
    }
    return absence != NULL ? absence->kind : PHRASE_NONE;
}

void mail_subject_read(struct mail *mail)
{
    char folded[MAIL_SUBJECT_FOLDED_SIZE_B] = "";
    mail->subject.kind = PHRASE_NONE;
    mail->subject.text = mail_header_decode(mail, mail_header(mail, FIELD_SUBJECT));
    if (mail->subject.text != NULL) {
        mail_subject_fold(mail->subject.text, folded, sizeof folded);
        mail->subject.kind = mail_subject_kind(folded);
    }
    const char *copy = mail_strndup(mail, folded, strlen(folded));
    mail->subject.folded = copy != NULL ? copy : "";
}
