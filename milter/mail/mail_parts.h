/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_parts.h - the parts of a message that matter, found in one bounded walk.
 *
 * Pointers are borrowed from the GMime message. What an attached message contains is not
 * part of this message: the walk does not enter it.
 */
#ifndef FULLSTOP_MAIL_PARTS_H
#define FULLSTOP_MAIL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct mail;
struct _GMimeObject;

#define MAIL_RETURNED_MAX 16
#define MAIL_TEXTS_MAX 16

/* multipart/report and its report-type (RFC 6522), or the part that names it. */
enum mail_report_type {
    REPORT_NONE,
    REPORT_DELIVERY_STATUS,
    REPORT_DISPOSITION,
    REPORT_FEEDBACK,
    REPORT_OTHER, /* multipart/report of another or no type */
};

enum mail_calendar {
    CALENDAR_NONE,
    CALENDAR_REQUEST,
    CALENDAR_REPLY,
    CALENDAR_COUNTER,
    CALENDAR_CANCEL,
    CALENDAR_OTHER,
};

/* A text part that is shown. */
struct mail_text_part {
    struct _GMimeObject *part;
    bool is_html;
    int choice; /* parts of one multipart/alternative have the same number, 0: none */
};

struct mail_parts {
    bool is_report; /* there is a multipart/report */
    enum mail_report_type report_type;
    struct _GMimeObject *delivery_status; /* first message/delivery-status */
    struct _GMimeObject *feedback;        /* first message/feedback-report */
    struct _GMimeObject *disposition;     /* first message/disposition-notification */
    struct _GMimeObject *text;            /* first text part that is no attachment */
    struct mail_text_part texts[MAIL_TEXTS_MAX];
    size_t text_count;
    int choices; /* multipart/alternative seen */
    enum mail_calendar calendar;
    /* message/rfc822, text/rfc822-headers and their kin */
    struct _GMimeObject *returned[MAIL_RETURNED_MAX];
    size_t returned_count;
    size_t count; /* parts seen, at most FS_MAIL_PARTS_MAX */
};

void mail_parts_read(struct mail *mail);

/* Decoded bytes of a leaf part, at most cap_b, in the arena and terminated; NULL: none. */
const char *mail_part_bytes(struct mail *mail, struct _GMimeObject *part, size_t cap_b,
                            size_t *out_length_b);

#endif
