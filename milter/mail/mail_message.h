/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_message.h - one message while it is read: what the files of this room share.
 *
 * A struct mail lives on fs_mail_parse()'s stack; everything it points to lives in the
 * message's arena or in the GMime message, which outlives it. One thread at a time.
 * GMime's types appear only as forward declarations: no other room ever sees them.
 */
#ifndef FULLSTOP_MAIL_MESSAGE_H
#define FULLSTOP_MAIL_MESSAGE_H

#include "fullstop/mail.h"
#include "mail_headers.h"
#include "mail_parts.h"
#include "mail_report.h"
#include "mail_signs.h"
#include "mail_subject.h"
#include "mail_text.h"

struct _GMimeMessage;
struct _GMimeParserOptions;

struct mail {
    struct fs_arena *arena;
    bool no_memory; /* sticky: an allocation failed, the facts are not to be used */
    struct _GMimeMessage *message;
    struct _GMimeParserOptions *options;
    const char *body; /* raw, as far as it is looked at */
    size_t body_b;
    const struct fs_envelope *envelope; /* never NULL */
    struct mail_headers headers;
    struct mail_parts parts;
    struct mail_subject subject;
    struct mail_text text;
    struct mail_report report;
    struct mail_signs signs;
    struct fs_date sent_day; /* of the Date field, where it was written; year 0: none */
    bool reads_words;        /* of a report: what its text says may matter */
    struct fs_facts facts;
};

/* Arena allocations that set no_memory instead of asking every caller to look. NULL then. */
void *mail_alloc(struct mail *mail, size_t count, size_t size_b);
char *mail_strndup(struct mail *mail, const char *text, size_t length_b);

#endif
