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
    bool is_automatic;    /* the text says that a machine wrote it, or receives as one */
    bool is_absence_note; /* an absence, told as only a program tells it */
    bool is_away;         /* an absence told in another language than return.c reads */
};

/* Fills mail->signs, once. */
void mail_signs_read(struct mail *mail);

/* A phrase that machines use, and how much it proves: at SIGN_PROOF the text alone shows
 * that a machine wrote it; together with an absence, SIGN_ABSENCE is enough. */
#define SIGN_PROOF 10
#define SIGN_ABSENCE 3
/* How much acknowledges a mail as only a mailbox of many does, and as a person's would. */
#define SIGN_RECEIVES_LEAST 4
#define SIGN_RECEIVED_ROLE 6
#define SIGN_RECEIVED 10
enum mail_sign_kind {
    SIGN_SAYS,     /* a machine says it */
    SIGN_RECEIVES, /* acknowledges what was received; a person does that in fewer words */
    SIGN_AWAY,     /* an absence, in a language that return.c does not read */
};
struct mail_sign {
    const char *phrase; /* mail_words.h; its first word is plain, or several plain ones */
    int points;
    enum mail_sign_kind kind;
};
/* Each ended by a NULL phrase. */
extern const struct mail_sign mail_machine_signs[];
extern const struct mail_sign mail_other_signs[];

/* In scripts without spaces signs are looked for as they are written. */
struct mail_script_sign {
    const char *text;
    enum mail_sign_kind kind;
    int points;
};
extern const struct mail_script_sign mail_script_signs[];

#endif
