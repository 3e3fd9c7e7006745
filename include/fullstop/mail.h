/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail.h - the facts of one message: ids, addresses, class, dates. No verdicts.
 *
 * Parsed with GMime from raw bytes under the caps below; whatever a message contains, the
 * result is facts, never a failure (only FS_NOMEM). All results live in the caller's arena
 * and point nowhere else. Sources: RFC 5322, 2045-2047, 3464, 3834, 5546, 5965, 8098,
 * 8058. Thread-safe after fs_mail_setup().
 */
#ifndef FULLSTOP_MAIL_H
#define FULLSTOP_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/status.h"

/* Caps on what comes from outside. What lies beyond is not looked at. */
#define FS_MAIL_HEADER_MAX_B (256u * 1024)
#define FS_MAIL_BODY_MAX_B (256u * 1024)
#define FS_MAIL_HEADERS_MAX 1000
#define FS_MAIL_REFERENCES_MAX 100
#define FS_MAIL_ADDRESSES_MAX 200
#define FS_MAIL_PARTS_MAX 100
#define FS_MAIL_DEPTH_MAX 10
#define FS_MAIL_MESSAGE_ID_MAX_B 998
#define FS_MAIL_HITS_MAX 32

enum fs_mail_class {
    FS_CLASS_HUMAN,
    FS_CLASS_CALENDAR,
    FS_CLASS_OUT_OF_OFFICE,
    FS_CLASS_AUTO_REPLY,
    FS_CLASS_BOUNCE,
    FS_CLASS_DELAYED,
    FS_CLASS_RECEIPT,
    FS_CLASS_COMPLAINT,
    FS_CLASS_CHALLENGE,
    FS_CLASS_BULK,
    FS_CLASS_UNKNOWN,
};
#define FS_MAIL_CLASS_COUNT 11
const char *fs_mail_class_name(enum fs_mail_class class);
bool fs_mail_class_parse(const char *name, enum fs_mail_class *out);

/* opt_out and decline: said, not said, or said unclearly. */
enum fs_answer { FS_ANSWER_NO, FS_ANSWER_YES, FS_ANSWER_UNCLEAR };
const char *fs_answer_name(enum fs_answer answer);

/* What the MTA knows and the message does not say. Any pointer may be NULL: not known. */
struct fs_envelope {
    const char *sender;   /* as in MAIL FROM, "" or "<>" for the null sender */
    const char *queue_id; /* macro i, to know a Message-ID that the MTA made */
};

struct fs_facts {
    const char *message_id;  /* without <>, NULL: none */
    const char *in_reply_to; /* the first id of that field, NULL: none */
    const char *const *references;
    size_t reference_count; /* oldest first; the last of very many are kept */
    const char *from;       /* canonical, NULL: none or unreadable */
    const char *reply_to;
    const char *original_from; /* who wrote it, where a list or a gateway put itself into
                                  From: canonical, NULL: From is as written */
    const char *sender;        /* envelope sender: canonical, "" null sender, NULL unknown */
    const char *const *to;
    size_t to_count; /* canonical To and Cc */
    int64_t date_at; /* the Date field, 0: none */

    /* what an outgoing message is */
    bool in_thread;     /* has In-Reply-To or References */
    bool is_invitation; /* text/calendar METHOD:REQUEST */
    bool is_content;    /* List-Unsubscribe, List-Id or Precedence: bulk */
    bool is_our_auto;   /* Auto-Submitted: auto-replied, multipart/report, or calendar
                           REPLY/COUNTER/CANCEL: exempt when we send it */
    bool final_mark;    /* X-Fullstop-Final: yes, or the subject begins with the mark */
    /* Identifies the message across retries: "id:" and the Message-ID, or "sha256:" and hex
     * over From, To, Subject and body start where the id is absent or made by the MTA. */
    const char *key;

    /* what an incoming message is */
    enum fs_mail_class class;
    const char *rule;        /* id of the rule that decided, a static string */
    const char *const *hits; /* ids of all rules that matched, the deciding one first */
    size_t hit_count;
    enum fs_answer opt_out;
    enum fs_answer decline;
    bool has_left; /* the writer, or the owner of the mailbox, has left the company: no absence */
    struct fs_date return_date;      /* the first day back; year 0: none stated */
    const char *original_recipient;  /* bounce: canonical, NULL: not found */
    const char *status;              /* bounce: enhanced status "5.1.1", NULL: none */
    bool permanent;                  /* bounce: failed for good */
    bool nobody_complained;          /* complaint: a feedback report of type auth-failure, dmarc,
                                        not-spam or virus (RFC 5965, 6591): a notice only */
    const char *const *returned_ids; /* bounce, complaint: ids of the returned mail */
    size_t returned_id_count;
};

/* Once, before threads start. */
enum fs_status fs_mail_setup(struct fs_error *err);
void fs_mail_teardown(void);

/* bytes: the message from its first header, CRLF or LF; a leading mbox "From " line is
 * skipped. envelope may be NULL: then Return-Path says the sender. */
enum fs_status fs_mail_parse(struct fs_arena *arena, const char *bytes, size_t length_b,
                             const struct fs_envelope *envelope, struct fs_facts *out,
                             struct fs_error *err);

/* Whether the facts of this outgoing message need its body: multipart, text/calendar, or
 * a Message-ID that cannot be the key. headers: raw header bytes up to the blank line. */
bool fs_mail_needs_body(const char *headers, size_t length_b, const char *queue_id);

/* One header field: its name as written, its value unfolded and trimmed, not decoded. */
struct fs_mail_field {
    const char *name;
    const char *value;
};
/* All fields of raw header bytes, up to the blank line and the caps, in order. */
enum fs_status fs_mail_fields(struct fs_arena *arena, const char *headers, size_t length_b,
                              const struct fs_mail_field **out, size_t *out_count,
                              struct fs_error *err);

/* The value of a Subject field (unfolded, not decoded) without the mark of a final mail,
 * folded and ready to be written. *out: NULL when it begins with none. */
enum fs_status fs_mail_unmark_subject(struct fs_arena *arena, const char *value, const char **out,
                                      struct fs_error *err);

#endif
