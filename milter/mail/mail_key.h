/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_key.h - what identifies a message across retries.
 */
#ifndef FULLSTOP_MAIL_KEY_H
#define FULLSTOP_MAIL_KEY_H

#include <stdbool.h>

struct mail;

/* Fills facts.key. */
void mail_key_read(struct mail *mail);

/* Whether a Message-ID was made by the MTA for this queue id: it contains it. */
bool mail_id_is_from_mta(const char *message_id, const char *queue_id);

#endif
