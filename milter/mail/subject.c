/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * subject.c - compares the start of a folded subject with the table of phrases.
 *
 * Decides: where a prefix ends. Must not know: what follows from a kind; the rules in
 * class_rules.c do.
 */
#include "mail_subject.h"

#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_fold.h"
#include "mail_message.h"

/* "Out of office party on Friday?": a person's question. Programs put a sign before the
 * subject that they answer. */
static bool goes_on_asking(const char *rest)
{
    size_t rest_b = strlen(rest);
    return rest[0] == ' ' && g_ascii_isalpha(rest[1]) && rest[rest_b - 1] == '?' &&
           rest_b + 1 < MAIL_SUBJECT_LOOK && strpbrk(rest, ":-(\"[") == NULL;
}

static bool phrase_matches(const struct mail_phrase *phrase, const char *folded, size_t text_b)
{
    if (strncmp(folded, phrase->text, text_b) != 0) {
        return false;
    }
    const char *rest = folded + text_b;
    if (strcmp(rest, "?") == 0) {
        return false; /* "Out of office?", "Undeliverable?": a person asks */
    }
    switch (phrase->mode) {
    case PHRASE_STEM:
        return true;
    case PHRASE_WHOLE:
        return *rest == '\0' || (strchr(".!", *rest) != NULL && rest[1] == '\0');
    case PHRASE_COLON:
        rest += strspn(rest, " ");
        return *rest == '\0' || *rest == ':' || *rest == '-';
    case PHRASE_START:
        return !g_ascii_isalnum(*rest) && (unsigned char)*rest < 0x80 && !goes_on_asking(rest);
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
        mail_fold(mail->subject.text, MAIL_SUBJECT_LOOK, folded, sizeof folded);
        mail->subject.kind = mail_subject_kind(folded);
    }
    const char *copy = mail_strndup(mail, folded, strlen(folded));
    mail->subject.folded = copy != NULL ? copy : "";
}
