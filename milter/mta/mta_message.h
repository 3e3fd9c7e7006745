/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mta_message.h - one message as the MTA hands it over, under caps.
 *
 * Private to milter/mta. A message belongs to its session, one thread at a time. Memory:
 * an arena of its own and one buffer; both end with the message.
 */
#ifndef MTA_MESSAGE_H
#define MTA_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"
#include "fullstop/config.h"
#include "fullstop/engine.h"
#include "fullstop/mail.h"
#include "fullstop/text.h"

/* Caps on what comes from outside. The arena also holds facts and ruling. */
#define MTA_MESSAGE_MAX_B (64u * 1024 * 1024)
#define MTA_OUR_HEADERS_MAX 256

/* All header fields with this prefix are ours, whoever wrote them. */
#define MTA_OUR_PREFIX "X-Fullstop-"

/* A header field name of ours and how often it stands in the message. */
struct mta_our_header {
    const char *name;
    int count;
};

/* A field that may begin with the mark of a final mail. */
#define MTA_MARKABLE_MAX 8
struct mta_markable {
    const char *name;  /* as the table spells it */
    int index;         /* among the fields of this name, from 1 */
    const char *value; /* raw, in the message's arena */
};

struct mta_message {
    struct fs_arena *arena;
    const struct fs_config *config; /* a reference of its own */
    const char *sender;             /* MAIL FROM, byte for byte */
    const char **rcpt_args;         /* RCPT TO, byte for byte */
    const char **recipients;        /* canonical; NULL: not an address */
    size_t recipient_count;
    size_t recipient_size;
    bool has_too_many_recipients;
    bool has_our_recipient;
    bool has_odd_recipient; /* the MTA may know somebody by another name than rcpt_args */
    struct fs_buf raw;      /* header fields, blank line, body */
    size_t header_b;        /* header fields in raw, without the blank line */
    size_t header_count;
    size_t body_b;
    bool is_in_body;
    bool is_body_wanted;
    struct mta_our_header ours[MTA_OUR_HEADERS_MAX];
    size_t our_count;
    struct mta_markable markable[MTA_MARKABLE_MAX];
    size_t markable_count;
    bool has_ours_left;     /* more names of ours than we keep: some stay in the message */
    enum fs_status failure; /* FS_OK, or what kept the message from being collected */
};

/* Takes the reference of config, also on failure. NULL: out of memory. */
struct mta_message *mta_message_new(const struct fs_config *config, const char *sender);
void mta_message_free(struct mta_message *message); /* NULL is a no-op */

/* address is what the MTA made of arg, NULL: unknown. */
void mta_message_add_recipient(struct mta_message *message, const char *arg, const char *address);
/* has_leading_space: value begins with the white space that followed the colon. */
void mta_message_add_header(struct mta_message *message, const char *name, const char *value,
                            bool has_leading_space);
/* is_body_wanted false: the body will be skipped. */
void mta_message_end_headers(struct mta_message *message, bool is_body_wanted);
/* False: no more is needed. */
bool mta_message_add_body(struct mta_message *message, const unsigned char *bytes, size_t length_b);

#endif
