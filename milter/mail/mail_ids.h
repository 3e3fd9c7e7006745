/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_ids.h - Message-IDs as facts: without <>, space and comments, case kept.
 */
#ifndef FULLSTOP_MAIL_IDS_H
#define FULLSTOP_MAIL_IDS_H

#include <stddef.h>

struct mail;

/* The only or first id in a value of Message-ID, In-Reply-To and the like; NULL: none. */
const char *mail_id_first(struct mail *mail, const char *value);
/* Fills message_id, in_reply_to, references and in_thread of the facts. */
void mail_ids_read(struct mail *mail);

#endif
