/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * message.c - from bytes to facts: sets GMime up, applies the caps, runs the readers.
 *
 * Decides: how much of a message is looked at, and the facts that need no reader of their
 * own (Date, kind of an outgoing message). Must not know: leads, verdicts. GMime parses a
 * message once; the readers walk what it built.
 */
#include <gmime/gmime.h>
#include <libpsl.h>
#include <libxml/parser.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_auth.h"
#include "mail_charset.h"
#include "mail_class.h"
#include "mail_ids.h"
#include "mail_key.h"
#include "mail_message.h"
#include "mail_people.h"

/* A message under the caps, cut where it must be. */
struct extent {
    const char *bytes;
    size_t header_b; /* kept of the header */
    size_t body_at;  /* where the body begins; length when there is none */
    size_t body_b;   /* kept of the body */
};

enum fs_status fs_mail_setup(struct fs_error *err)
{
    if (psl_builtin() == NULL) {
        return fs_error_set(err, FS_IO, "libpsl was built without a Public Suffix List");
    }
    g_mime_init();
    xmlInitParser(); /* before threads use it */
    return FS_OK;
}

void fs_mail_teardown(void)
{
    g_mime_shutdown();
}

void *mail_alloc(struct mail *mail, size_t count, size_t size_b)
{
    void *memory = fs_arena_alloc(mail->arena, count, size_b);
    mail->no_memory = mail->no_memory || memory == NULL;
    return memory;
}

char *mail_strndup(struct mail *mail, const char *text, size_t length_b)
{
    char *copy = fs_arena_strndup(mail->arena, text, length_b);
    mail->no_memory = mail->no_memory || copy == NULL;
    return copy;
}

static size_t line_length(const char *bytes, size_t length_b)
{
    const char *end = memchr(bytes, '\n', length_b);
    return end != NULL ? (size_t)(end - bytes) + 1 : length_b;
}

static bool is_blank_line(const char *line, size_t length_b)
{
    return line[0] == '\n' || (length_b >= 2 && line[0] == '\r' && line[1] == '\n');
}

/* What saved files have before the first field: blank lines and the mbox separator. */
static size_t before_header(const char *bytes, size_t length_b)
{
    size_t at = 0;
    while (at < length_b) {
        size_t line_b = line_length(bytes + at, length_b - at);
        size_t text_at = at;
        while (text_at < at + line_b && g_ascii_isspace(bytes[text_at])) {
            text_at++;
        }
        bool is_separator = line_b >= 5 && memcmp(bytes + at, "From ", 5) == 0;
        if (text_at < at + line_b && !is_separator) {
            break;
        }
        at += line_b;
    }
    return at;
}

/* Finds header and body and cuts both at their caps. */
static struct extent measure(const char *bytes, size_t length_b)
{
    struct extent extent = {.bytes = bytes};
    size_t at = 0;
    size_t fields = 0;
    bool kept = true;
    while (at < length_b) {
        size_t line_b = line_length(bytes + at, length_b - at);
        if (is_blank_line(bytes + at, line_b)) {
            at += line_b;
            break;
        }
        fields += bytes[at] != ' ' && bytes[at] != '\t';
        kept = kept && fields <= FS_MAIL_HEADERS_MAX && at + line_b <= FS_MAIL_HEADER_MAX_B;
        at += line_b;
        if (kept) {
            extent.header_b = at;
        }
    }
    extent.body_at = at;
    extent.body_b = length_b - at < FS_MAIL_BODY_MAX_B ? length_b - at : FS_MAIL_BODY_MAX_B;
    return extent;
}

/* A stream over the message as far as it is looked at. */
static GMimeStream *open_stream(const struct extent *extent)
{
    GByteArray *kept = g_byte_array_sized_new((guint)(extent->header_b + extent->body_b + 2));
    g_byte_array_append(kept, (const guint8 *)extent->bytes, (guint)extent->header_b);
    g_byte_array_append(kept, (const guint8 *)"\n", 1);
    g_byte_array_append(kept, (const guint8 *)extent->bytes + extent->body_at,
                        (guint)extent->body_b);
    mail_charset_guard((char *)kept->data, kept->len);
    return g_mime_stream_mem_new_with_byte_array(kept); /* which now owns it */
}

/* Charset fallbacks that do not depend on the locale of the process. */
static GMimeParserOptions *new_options(void)
{
    const char *charsets[] = {"utf-8", "windows-1252", NULL};
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_fallback_charsets(options, charsets);
    g_mime_parser_options_set_allow_addresses_without_domain(options, FALSE);
    return options;
}

static void read_date(struct mail *mail)
{
    const char *value = mail_header(mail, FIELD_DATE);
    GDateTime *date = value != NULL ? g_mime_utils_header_decode_date(value) : NULL;
    if (date != NULL) {
        mail->facts.date_at = g_date_time_to_unix(date);
        g_date_time_get_ymd(date, &mail->sent_day.year, &mail->sent_day.month, &mail->sent_day.day);
        g_date_time_unref(date);
    }
}

/* What an outgoing message is. */
static void read_kind(struct mail *mail)
{
    struct fs_facts *facts = &mail->facts;
    enum mail_calendar calendar = mail->parts.calendar;
    const char *final = mail_header(mail, FIELD_X_FULLSTOP_FINAL);
    facts->is_invitation = calendar == CALENDAR_REQUEST;
    facts->is_content = mail_header(mail, FIELD_LIST_UNSUBSCRIBE) != NULL ||
                        mail_header(mail, FIELD_LIST_ID) != NULL ||
                        mail_header_has_word(mail, FIELD_PRECEDENCE, "bulk");
    facts->is_our_auto = mail_header_has_word(mail, FIELD_AUTO_SUBMITTED, "auto-replied") ||
                         mail->parts.is_report || calendar == CALENDAR_REPLY ||
                         calendar == CALENDAR_COUNTER || calendar == CALENDAR_CANCEL;
    facts->final_mark =
        (final != NULL && fs_text_equal(final, "yes")) || mail->subject.kind == PHRASE_FINAL;
}

static void read_facts(struct mail *mail)
{
    mail_headers_read(mail);
    read_date(mail);
    mail_parts_read(mail);
    mail_people_read(mail);
    mail_auth_read(mail);
    mail_ids_read(mail);
    mail_subject_read(mail);
    mail_report_read(mail);
    read_kind(mail);
    mail_classify(mail);
    mail_key_read(mail);
}

enum fs_status fs_mail_parse(struct fs_arena *arena, const char *bytes, size_t length_b,
                             const struct fs_envelope *envelope, struct fs_facts *out,
                             struct fs_error *err)
{
    static const struct fs_envelope nothing_known = {.sender = NULL};
    size_t skip_b = before_header(bytes, length_b);
    bytes += skip_b;
    length_b -= skip_b;
    struct mail mail = {.arena = arena, .envelope = envelope != NULL ? envelope : &nothing_known};
    struct extent extent = measure(bytes, length_b);
    mail.body = bytes + extent.body_at;
    mail.body_b = extent.body_b;
    GMimeStream *stream = open_stream(&extent);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    mail.options = new_options();
    g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
    mail.message = g_mime_parser_construct_message(parser, mail.options);
    if (mail.message == NULL) { /* GMime gives up on an empty message */
        mail.message = g_mime_message_new(FALSE);
    }
    read_facts(&mail);
    g_object_unref(mail.message);
    g_mime_parser_options_free(mail.options);
    g_object_unref(parser);
    g_object_unref(stream);
    if (mail.no_memory) {
        return fs_error_set(err, FS_NOMEM, "out of memory while reading a message");
    }
    *out = mail.facts;
    return FS_OK;
}
