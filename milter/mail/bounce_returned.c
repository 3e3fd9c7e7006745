/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * bounce_returned.c - the header of a returned mail where it stands in plain text.
 *
 * Decides: where in a mail system's text the returned mail begins: by its fields, for the
 * words that announce it differ by system and language. Must not know: what the notice
 * above it says. Source: RFC 5322 section 2.2; mail in the wild indents and wraps blocks.
 */
#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_bounce.h"
#include "mail_ids.h"
#include "mail_message.h"

/* Lines of a block that are looked at, and those ahead that decide whether it is one. */
#define BLOCK_LINES_MAX 400
#define AHEAD_LINES_MAX 12
/* So many fields of known names in a row are a header. */
#define FIELDS_OF_A_HEADER 3

enum field_kind {
    FIELD_OPENS,  /* stands in the header of mail and nowhere else */
    FIELD_DATED,  /* a header has it, a notice names it alone at times */
    FIELD_COMMON, /* notices quote these as well */
};

static const struct {
    const char *name;
    enum field_kind kind;
} known_fields[] = {
    {"Received", FIELD_OPENS},
    {"Return-Path", FIELD_OPENS},
    {"DKIM-Signature", FIELD_OPENS},
    {"DomainKey-Signature", FIELD_OPENS},
    {"X-Received", FIELD_OPENS},
    {"Delivered-To", FIELD_OPENS},
    {"Authentication-Results", FIELD_OPENS},
    {"ARC-Seal", FIELD_OPENS},
    {"ARC-Message-Signature", FIELD_OPENS},
    {"X-Google-DKIM-Signature", FIELD_OPENS},
    {"X-Google-Smtp-Source", FIELD_OPENS},
    {"X-Originating-IP", FIELD_OPENS},
    {"Message-ID", FIELD_DATED},
    {"Date", FIELD_DATED},
    {"From", FIELD_DATED},
    {"MIME-Version", FIELD_DATED},
    {"To", FIELD_COMMON},
    {"Cc", FIELD_COMMON},
    {"Subject", FIELD_COMMON},
    {"Sender", FIELD_COMMON},
    {"Reply-To", FIELD_COMMON},
    {"Content-Type", FIELD_COMMON},
    {"Content-Transfer-Encoding", FIELD_COMMON},
    {"X-Mailer", FIELD_COMMON},
    {"User-Agent", FIELD_COMMON},
    {"X-Priority", FIELD_COMMON},
    {"In-Reply-To", FIELD_COMMON},
    {"References", FIELD_COMMON},
    {"List-Unsubscribe", FIELD_COMMON},
};

static size_t indent_of(const char *line, size_t line_b)
{
    size_t indent = 0;
    while (indent < line_b && strchr(" \t>", line[indent]) != NULL && line[indent] != '\0') {
        indent++;
    }
    return indent;
}

size_t mail_bounce_field(const char *line, size_t line_b)
{
    size_t at = 0;
    while (at < line_b && (g_ascii_isalnum(line[at]) || line[at] == '-')) {
        at++;
    }
    return at > 0 && at < line_b && line[at] == ':' && g_ascii_isalpha(line[0]) ? at : 0;
}

static bool named(const char *line, size_t name_b, const char *name)
{
    return strlen(name) == name_b && g_ascii_strncasecmp(line, name, name_b) == 0;
}

/* The kind of the field that begins at line (indented or not); -1: none known. */
static int kind_of(const char *line, size_t line_b)
{
    size_t indent = indent_of(line, line_b);
    size_t name_b = mail_bounce_field(line + indent, line_b - indent);
    for (size_t i = 0; name_b > 0 && i < G_N_ELEMENTS(known_fields); i++) {
        if ((known_fields[i].name[0] | 0x20) == (line[indent] | 0x20) &&
            named(line + indent, name_b, known_fields[i].name)) {
            return (int)known_fields[i].kind;
        }
    }
    return -1;
}

/* "Received: 4/29/2015 11:34 PM" in a notice is no trace field. */
static bool is_trace(const char *line, size_t line_b)
{
    static const char *const begins[] = {"from", "by", "(", "with", "via"};
    size_t indent = indent_of(line, line_b);
    if (!named(line + indent, mail_bounce_field(line + indent, line_b - indent), "Received")) {
        return true;
    }
    const char *value = line + indent + strlen("Received:");
    const char *end = line + line_b;
    while (value < end && (*value == ' ' || *value == '\t')) {
        value++;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(begins); i++) {
        size_t begins_b = strlen(begins[i]);
        if ((size_t)(end - value) >= begins_b &&
            g_ascii_strncasecmp(value, begins[i], begins_b) == 0) {
            return true;
        }
    }
    return value == end; /* folded */
}

static size_t line_length(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline != NULL ? (size_t)(newline - at) : (size_t)(end - at);
}

static bool is_blank(const char *line, size_t line_b)
{
    return indent_of(line, line_b) == line_b || (line_b == 1 && line[0] == '\r') ||
           (line_b > 0 && line[line_b - 1] == '\r' && indent_of(line, line_b - 1) == line_b - 1);
}

bool mail_bounce_opens_header(const char *line, size_t line_b, const char *end)
{
    int kind = kind_of(line, line_b);
    if (kind < 0 || !is_trace(line, line_b)) {
        return false;
    }
    if (kind == FIELD_OPENS) {
        return true;
    }
    size_t base = indent_of(line, line_b);
    int fields = 0;
    bool dated = false;
    const char *at = line;
    for (int ahead = 0; ahead < AHEAD_LINES_MAX && at < end; ahead++) {
        size_t length_b = line_length(at, end);
        if (is_blank(at, length_b)) {
            break;
        }
        kind = kind_of(at, length_b);
        fields += kind >= 0;
        dated = dated || kind == FIELD_DATED || kind == FIELD_OPENS;
        if (fields >= FIELDS_OF_A_HEADER && dated) {
            return true;
        }
        size_t indent = indent_of(at, length_b);
        if (indent <= base && mail_bounce_field(at + indent, length_b - indent) == 0) {
            break;
        }
        at += length_b + 1;
    }
    return false;
}

/* The id of a returned mail, or the one it had before a relay gave it another. */
static bool is_id(const char *field, size_t name_b)
{
    return named(field, name_b, "Message-ID") ||
           named(field, name_b, "X-Google-Original-Message-ID") ||
           named(field, name_b, "X-Original-Message-ID");
}

void mail_bounce_take_field(struct mail *mail, const char *field, size_t name_b, const char *value,
                            size_t value_b)
{
    struct mail_report *report = &mail->report;
    if (is_id(field, name_b)) {
        const char *plain = mail_header_unfold(mail, value, value_b);
        mail_report_add_id(mail, mail_id_first(mail, plain));
    } else if (named(field, name_b, "To") && report->returned_to == NULL) {
        report->returned_to = mail_bounce_single(mail, value, value_b);
    } else if (named(field, name_b, "From") && report->returned_from == NULL) {
        report->returned_from = mail_bounce_single(mail, value, value_b);
    }
}

const char *mail_bounce_header(struct mail *mail, const char *at, const char *end)
{
    const char *field = NULL;
    size_t name_b = 0;
    size_t base = indent_of(at, line_length(at, end));
    for (int lines = 0; lines < BLOCK_LINES_MAX && at < end; lines++) {
        size_t line_b = line_length(at, end);
        if (is_blank(at, line_b)) {
            break;
        }
        size_t indent = indent_of(at, line_b);
        size_t next_b = indent <= base ? mail_bounce_field(at + indent, line_b - indent) : 0;
        if (next_b > 0) {
            if (field != NULL) {
                const char *value = field + name_b + 1;
                mail_bounce_take_field(mail, field, name_b, value, (size_t)(at - value));
            }
            field = at + indent;
            name_b = next_b;
        }
        at += line_b + (at + line_b < end);
    }
    if (field != NULL) {
        const char *value = field + name_b + 1;
        mail_bounce_take_field(mail, field, name_b, value, (size_t)(at - value));
    }
    return at;
}
