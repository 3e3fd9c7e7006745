/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_signs.h - what the writer's own text shows: absence, a machine's hand, wishes.
 *
 * Read only where a rule asks for it, for most mail is known by its header.
 */
#ifndef FULLSTOP_MAIL_SIGNS_H
#define FULLSTOP_MAIL_SIGNS_H

#include <stdbool.h>

#include "mail_return.h"
#include "mail_wish.h"
#include "mail_words.h"

struct mail;

struct mail_signs {
    bool is_read;
    struct mail_return back;
    struct mail_wish wish;
    bool is_automatic;    /* the text says that a machine wrote it */
    bool is_absence_note; /* an absence, told as only a program tells it */
};

/* Fills mail->signs, once. */
void mail_signs_read(struct mail *mail);

/* A phrase that machines use, and how much it proves: at SIGN_PROOF the text alone shows
 * that a machine wrote it; together with an absence, SIGN_ABSENCE is enough. */
#define SIGN_PROOF 10
#define SIGN_ABSENCE 3
struct mail_sign {
    const char *phrase; /* mail_words.h */
    int points;
};
/* Sorted by first letter, ended by a NULL phrase, fewer than SIGNS_MAX. */
#define SIGNS_MAX 128
extern const struct mail_sign mail_machine_signs[];

#endif
