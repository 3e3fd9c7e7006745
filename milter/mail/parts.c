/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * parts.c - one walk over the MIME tree.
 *
 * Decides: which parts speak for the message: report parts, calendar, text, and the mail
 * that is returned. Bounded by FS_MAIL_PARTS_MAX and FS_MAIL_DEPTH_MAX. Must not know:
 * what a report says. Sources: RFC 2046, 3464, 5546, 5965, 6522, 8098.
 */
#include "mail_parts.h"

#include <gmime/gmime.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_message.h"

/* The METHOD line stands near the start of a calendar (RFC 5545 section 3.6). */
#define CALENDAR_LOOK_B 65536u

static const struct {
    const char *name;
    enum mail_calendar method;
} calendar_methods[] = {
    {"REQUEST", CALENDAR_REQUEST},
    {"REPLY", CALENDAR_REPLY},
    {"COUNTER", CALENDAR_COUNTER},
    {"CANCEL", CALENDAR_CANCEL},
};

static const struct {
    const char *name;
    enum mail_report_type type;
} report_types[] = {
    {"delivery-status", REPORT_DELIVERY_STATUS},
    {"global-delivery-status", REPORT_DELIVERY_STATUS},
    {"disposition-notification", REPORT_DISPOSITION},
    {"global-disposition-notification", REPORT_DISPOSITION},
    {"feedback-report", REPORT_FEEDBACK},
};

const char *mail_part_bytes(struct mail *mail, struct _GMimeObject *part, size_t cap_b,
                            size_t *out_length_b)
{
    if (part == NULL || !GMIME_IS_PART(part)) {
        return NULL;
    }
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
    if (content == NULL) {
        return NULL;
    }
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    size_t length_b = bytes->len < cap_b ? bytes->len : cap_b;
    const char *copy = mail_strndup(mail, length_b > 0 ? (const char *)bytes->data : "", length_b);
    g_object_unref(stream);
    if (copy != NULL) {
        *out_length_b = length_b;
    }
    return copy;
}

static enum mail_calendar method_named(const char *name, size_t length_b)
{
    for (size_t i = 0; i < G_N_ELEMENTS(calendar_methods); i++) {
        if (strlen(calendar_methods[i].name) == length_b &&
            g_ascii_strncasecmp(calendar_methods[i].name, name, length_b) == 0) {
            return calendar_methods[i].method;
        }
    }
    return CALENDAR_OTHER;
}

/* The content's METHOD property, for the parameter is often left out. */
static enum mail_calendar method_in_content(struct mail *mail, GMimeObject *part)
{
    size_t length_b = 0;
    const char *line = mail_part_bytes(mail, part, CALENDAR_LOOK_B, &length_b);
    while (line != NULL && *line != '\0') {
        if (fs_text_has_prefix(line, "METHOD:")) {
            return method_named(line + 7, strcspn(line + 7, " \t\r\n"));
        }
        if (fs_text_has_prefix(line, "BEGIN:VEVENT")) {
            break;
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return CALENDAR_OTHER;
}

static void read_calendar(struct mail *mail, GMimeObject *part)
{
    if (mail->parts.calendar != CALENDAR_NONE && mail->parts.calendar != CALENDAR_OTHER) {
        return;
    }
    const char *method = g_mime_object_get_content_type_parameter(part, "method");
    mail->parts.calendar =
        method != NULL ? method_named(method, strlen(method)) : method_in_content(mail, part);
}

static void keep_first(struct _GMimeObject **slot, GMimeObject *part)
{
    if (*slot == NULL) {
        *slot = part;
    }
}

static void keep_returned(struct mail_parts *parts, GMimeObject *part)
{
    if (parts->returned_count < MAIL_RETURNED_MAX) {
        parts->returned[parts->returned_count++] = part;
    }
}

/* A part that names the report's type, when no multipart/report does. */
static void set_report_type(struct mail_parts *parts, enum mail_report_type type)
{
    if (parts->report_type == REPORT_NONE || parts->report_type == REPORT_OTHER) {
        parts->report_type = type;
    }
}

static void read_message_type(struct mail_parts *parts, GMimeObject *part, const char *subtype)
{
    if (fs_text_equal(subtype, "delivery-status") ||
        fs_text_equal(subtype, "global-delivery-status")) {
        keep_first(&parts->delivery_status, part);
        set_report_type(parts, REPORT_DELIVERY_STATUS);
    } else if (fs_text_equal(subtype, "disposition-notification") ||
               fs_text_equal(subtype, "global-disposition-notification")) {
        keep_first(&parts->disposition, part);
        set_report_type(parts, REPORT_DISPOSITION);
    } else if (fs_text_equal(subtype, "feedback-report")) {
        keep_first(&parts->feedback, part);
        set_report_type(parts, REPORT_FEEDBACK);
    } else {
        keep_returned(parts, part);
    }
}

static void keep_text(struct mail_parts *parts, GMimeObject *part, const char *subtype, int choice)
{
    keep_first(&parts->text, part);
    if (parts->text_count < MAIL_TEXTS_MAX) {
        parts->texts[parts->text_count++] = (struct mail_text_part){
            .part = part, .is_html = fs_text_equal(subtype, "html"), .choice = choice};
    }
}

/* A returned mail that is attached as a file. */
static bool is_saved_mail(GMimeObject *part)
{
    static const char *const endings[] = {".eml", ".hdr", ".msg.txt", "headers.txt", "header.txt"};
    const char *name = GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : NULL;
    for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(endings); i++) {
        if (fs_text_has_suffix(name, endings[i])) {
            return true;
        }
    }
    return false;
}

/* A part without a header of its own begins with the returned mail's. */
static bool begins_as_mail(const struct mail *mail, GMimeObject *part)
{
    return part != g_mime_message_get_mime_part(mail->message) &&
           g_mime_object_get_header(part, "Message-ID") != NULL &&
           g_mime_object_get_header(part, "From") != NULL;
}

static void read_leaf(struct mail *mail, GMimeObject *part, int choice)
{
    GMimeContentType *content_type = g_mime_object_get_content_type(part);
    const char *type = g_mime_content_type_get_media_type(content_type);
    const char *subtype = g_mime_content_type_get_media_subtype(content_type);
    const char *disposition = g_mime_object_get_disposition(part);
    if (type == NULL || subtype == NULL) {
        return;
    }
    if (fs_text_equal(type, "message")) {
        read_message_type(&mail->parts, part, subtype);
    } else if (fs_text_equal(type, "text") && fs_text_equal(subtype, "calendar")) {
        read_calendar(mail, part);
    } else if ((fs_text_equal(type, "text") && fs_text_has_prefix(subtype, "rfc822")) ||
               is_saved_mail(part) || begins_as_mail(mail, part)) {
        keep_returned(&mail->parts, part);
    } else if (fs_text_equal(type, "text") &&
               (disposition == NULL || !fs_text_equal(disposition, "attachment"))) {
        keep_text(&mail->parts, part, subtype, choice);
    } else if (fs_text_equal(type, "text") && fs_text_equal(subtype, "plain")) {
        keep_returned(&mail->parts, part);
    }
}

static void read_report(struct mail_parts *parts, GMimeObject *part)
{
    GMimeContentType *content_type = g_mime_object_get_content_type(part);
    if (parts->is_report || !g_mime_content_type_is_type(content_type, "multipart", "report")) {
        return;
    }
    const char *type = g_mime_object_get_content_type_parameter(part, "report-type");
    parts->is_report = true;
    parts->report_type = REPORT_OTHER;
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS(report_types); i++) {
        if (fs_text_equal(type, report_types[i].name)) {
            parts->report_type = report_types[i].type;
        }
    }
}

/* choice: the multipart/alternative that the part is within, 0: none. */
static void walk(struct mail *mail, GMimeObject *part, int depth, int choice)
{
    if (part == NULL || depth > FS_MAIL_DEPTH_MAX || mail->parts.count >= FS_MAIL_PARTS_MAX) {
        return;
    }
    mail->parts.count++;
    if (!GMIME_IS_MULTIPART(part)) {
        read_leaf(mail, part, choice);
        return;
    }
    read_report(&mail->parts, part);
    GMimeContentType *content_type = g_mime_object_get_content_type(part);
    if (choice == 0 && g_mime_content_type_is_type(content_type, "multipart", "alternative")) {
        choice = ++mail->parts.choices;
    }
    int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
    for (int i = 0; i < count; i++) {
        walk(mail, g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1, choice);
    }
}

void mail_parts_read(struct mail *mail)
{
    walk(mail, g_mime_message_get_mime_part(mail->message), 1, 0);
}
