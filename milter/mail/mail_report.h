/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_report.h - what a delivery status, a receipt or a complaint says.
 */
#ifndef FULLSTOP_MAIL_REPORT_H
#define FULLSTOP_MAIL_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "mail_parts.h"

struct mail;

/* Report fields beyond this are not looked at; a report about 200 recipients fits. */
#define MAIL_REPORT_MAX_B 65536u

/* Action of RFC 3464 section 2.3.3, the gravest of all recipients first. */
enum mail_action {
    ACTION_FAILED,
    ACTION_DELAYED,
    ACTION_DELIVERED, /* delivered, relayed, expanded: nothing to do */
    ACTION_NONE,      /* none stated */
};

/* Feedback-Type of RFC 5965 and RFC 6430, by what it asks for. */
enum mail_feedback {
    FEEDBACK_NONE,
    FEEDBACK_ABUSE,   /* abuse, fraud, other, or no type */
    FEEDBACK_OPT_OUT, /* opt-out, opt-out-list */
    FEEDBACK_NOTICE,  /* auth-failure, not-spam, virus: nobody complained */
};

struct mail_report {
    enum mail_action action;
    enum mail_feedback feedback;
    bool is_outlook_complaint;      /* returns a mail with X-HmXmrOriginalRecipient */
    const char *original_recipient; /* canonical */
    bool is_original;               /* it stood in Original-Recipient */
    const char *status;             /* "5.1.1" */
    bool permanent;
    bool has_diagnostic;       /* the report names what the other side answered */
    const char *returned_to;   /* the only address in To of the returned mail */
    const char *returned_from; /* who wrote it */
    bool is_deleted;           /* a receipt: disposed of unread */
    /* what the text says (mail_bounce.h) */
    bool says_failed;
    bool says_late;
    bool says_refused;
    bool says_challenge;
    bool says_read;
    bool has_code; /* a reply code or enhanced code of a refusal stands in it */
    const char *returned_ids[MAIL_RETURNED_MAX];
    size_t returned_id_count;
};

/* Reads the report parts found by mail_parts_read() into mail->report. */
void mail_report_read(struct mail *mail);

/* Reads the fields of a report that stand in text, which is cut up. */
void mail_report_fields(struct mail *mail, char *text);
/* "rfc822; jane@x.de", "rfc822;<jane@x.de>", or the address alone, canonical; NULL: none. */
const char *mail_report_address(struct mail *mail, const char *value);
/* Reads the header of the mail that came back. */
void mail_report_returned(struct mail *mail);
/* Keeps the id of a returned mail, once; NULL is none. */
void mail_report_add_id(struct mail *mail, const char *id);

/* Finds an enhanced status code (RFC 3463) in text; false: none. out: 12 bytes. */
#define MAIL_STATUS_SIZE_B 12
bool mail_status_find(const char *text, char out[MAIL_STATUS_SIZE_B]);

#endif
