/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_subject.h - what the very start of a subject says about who wrote the message.
 *
 * A person who answers "Re: Out of office" is a person: prefixes count at the start only.
 */
#ifndef FULLSTOP_MAIL_SUBJECT_H
#define FULLSTOP_MAIL_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct mail;

enum mail_phrase_kind {
    PHRASE_ABSENCE,
    PHRASE_AUTO_REPLY,
    PHRASE_BOUNCE,
    PHRASE_DELAY,
    PHRASE_RECEIPT,
    PHRASE_TICKET,
    PHRASE_CHALLENGE,
    PHRASE_OPT_OUT,
    PHRASE_FINAL, /* our own mark on a final mail */
    PHRASE_NONE,
};

enum mail_phrase_mode {
    PHRASE_START, /* the subject begins with it, and a word ends there */
    PHRASE_COLON, /* it is followed by a colon or a dash, or is all there is */
    PHRASE_WHOLE, /* the subject is nothing else */
    PHRASE_STEM,  /* the subject begins with it, the word may go on (also CJK) */
};

struct mail_phrase {
    const char *text; /* folded: see mail_fold.h */
    enum mail_phrase_kind kind;
    enum mail_phrase_mode mode;
};

struct mail_subject {
    const char *text;   /* decoded UTF-8, NULL: no subject */
    const char *folded; /* its start, folded, "" when there is none */
    enum mail_phrase_kind kind;
};

/* The rows, each table ended by a NULL text. */
extern const struct mail_phrase mail_absence_phrases[];
extern const struct mail_phrase mail_machine_phrases[];

void mail_subject_read(struct mail *mail);

/* Letters of a subject that are looked at, and the bytes that they are at most, folded. */
#define MAIL_SUBJECT_LOOK 160
#define MAIL_SUBJECT_FOLDED_SIZE_B (MAIL_SUBJECT_LOOK * 6 + 1)
/* Kind of the longest row that matches a folded subject. */
enum mail_phrase_kind mail_subject_kind(const char *folded);

#endif
