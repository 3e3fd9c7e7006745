/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * report_returned.c - the mail that a report brings back, as message, header or file.
 *
 * Decides: which parts are looked at for its Message-ID, To and From, also where the part
 * is broken: without a header of its own, with blank lines above it, or wrapped in another
 * system's mail. Must not know: what the report says. Sources: RFC 3462, 3464, 6522.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "mail_bounce.h"
#include "mail_message.h"

/* A returned mail, or its header, in a part that is not parsed as a message. */
static void read_returned_text(struct mail *mail, struct _GMimeObject *part)
{
    size_t length_b = 0;
    const char *bytes = mail_part_bytes(mail, part, MAIL_REPORT_MAX_B, &length_b);
    if (bytes != NULL) {
        size_t skip_b = strspn(bytes, " \t\r\n");
        const char *line = bytes + skip_b;
        if (mail_bounce_field(line, strcspn(line, "\n")) > 0) {
            mail_bounce_header(mail, line, bytes + length_b);
        }
    }
}

/* The header of a returned message, or of a part that begins as one for want of its own
 * header. False: it holds nothing of interest. */
static bool read_returned_header(struct mail *mail, GMimeObject *object)
{
    static const char *const names[] = {"Message-ID", "X-Google-Original-Message-ID",
                                        "X-Original-Message-ID", "To", "From"};
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        GMimeHeader *header = g_mime_header_list_get_header(list, names[i]);
        const char *raw = header != NULL ? g_mime_header_get_raw_value(header) : NULL;
        if (raw != NULL) {
            mail_bounce_take_field(mail, names[i], strlen(names[i]), raw, strlen(raw));
            found = true;
        }
    }
    GMimeHeader *complainer = g_mime_header_list_get_header(list, "X-HmXmrOriginalRecipient");
    if (complainer != NULL) {
        mail->report.is_outlook_complaint = true;
        mail->report.original_recipient =
            mail_report_address(mail, g_mime_header_get_value(complainer));
    }
    return found;
}

/* A filter on the way wraps a report of another system into a mail of its own. What a
 * person passes on changes nothing: the class is theirs, and the facts follow from it. */
static void read_wrapped_report(struct mail *mail, GMimeObject *inner)
{
    if (inner == NULL || !GMIME_IS_MULTIPART(inner) || mail->parts.delivery_status != NULL) {
        return;
    }
    int count = g_mime_multipart_get_count(GMIME_MULTIPART(inner));
    for (int i = 0; i < count && i < FS_MAIL_PARTS_MAX; i++) {
        GMimeObject *part = g_mime_multipart_get_part(GMIME_MULTIPART(inner), i);
        size_t length_b = 0;
        GMimeContentType *type = g_mime_object_get_content_type(part);
        const char *bytes = g_mime_content_type_is_type(type, "message", "delivery-status")
                                ? mail_part_bytes(mail, part, MAIL_REPORT_MAX_B, &length_b)
                                : NULL;
        if (bytes != NULL) {
            mail_report_fields(mail, mail_strndup(mail, bytes, length_b));
        } else if (GMIME_IS_MESSAGE_PART(part)) {
            GMimeMessage *returned = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
            if (returned != NULL) {
                read_returned_header(mail, GMIME_OBJECT(returned));
            }
        }
    }
}

/* Blank lines above the header make a body of it. */
static void read_returned_message(struct mail *mail, GMimeMessage *message)
{
    read_wrapped_report(mail, g_mime_message_get_mime_part(message));
    if (!read_returned_header(mail, GMIME_OBJECT(message))) {
        read_returned_text(mail, g_mime_message_get_mime_part(message));
    }
}

void mail_report_returned(struct mail *mail)
{
    for (size_t i = 0; i < mail->parts.returned_count; i++) {
        struct _GMimeObject *part = mail->parts.returned[i];
        GMimeMessage *message = GMIME_IS_MESSAGE_PART(part)
                                    ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(part))
                                    : NULL;
        if (message != NULL) {
            read_returned_message(mail, message);
        } else if (!read_returned_header(mail, part)) {
            read_returned_text(mail, part);
        }
    }
}
