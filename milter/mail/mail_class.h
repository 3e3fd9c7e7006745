/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_class.h - the rules that say what kind of message this is: a table.
 *
 * Every rule is tried, every hit is kept, the first one decides. A rule reads facts that
 * are there already; none parses. Rules that read the text are not tried on reports.
 */
#ifndef FULLSTOP_MAIL_CLASS_H
#define FULLSTOP_MAIL_CLASS_H

#include <stdbool.h>

#include "fullstop/mail.h"
#include "mail_headers.h"
#include "mail_message.h"

struct mail_rule {
    const char *id; /* printed by classify and kept in the event; never renamed */
    enum fs_mail_class class;
    bool (*matches)(const struct mail *mail, const struct mail_rule *rule);
    enum mail_field field; /* for predicates on one field */
    const char *word;      /* for predicates on a word in it */
    int value;             /* for predicates on an enumeration */
    bool reads_text;       /* asks for mail->signs, and is no sign of a report */
};

/* In the order in which they decide; ended by a NULL id. */
extern const struct mail_rule mail_rules[];

/* Whether the sender is no person's address: the null sender, a daemon, a robot, a list. */
bool mail_is_from_machine(const struct mail *mail);
/* Whether the subject begins as a receipt's does and as a person's may: "Read: ". */
bool mail_may_be_receipt(const struct mail *mail);

/* Fills class, rule, hits and what depends on them. */
void mail_classify(struct mail *mail);

#endif
