/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_people.h - who is named in a message: canonical addresses as facts.
 */
#ifndef FULLSTOP_MAIL_PEOPLE_H
#define FULLSTOP_MAIL_PEOPLE_H

struct mail;

/* Fills from, reply_to, original_from, sender and to of the facts. */
void mail_people_read(struct mail *mail);

#endif
