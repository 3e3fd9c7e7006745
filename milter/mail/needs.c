/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * needs.c - whether an outgoing message has to be read beyond its header.
 *
 * Decides: from raw header bytes alone, before the body arrives, so that most mail is let
 * through without its body being handed over. When in doubt the body is needed. Must not
 * know: what is done with it.
 */
#include <string.h>

#include "fullstop/mail.h"
#include "fullstop/text.h"
#include "mail_key.h"

/* Enough of a value to see a media type, or a whole Message-ID. */
#define VALUE_MAX_B 1100

/* The end of the field that begins at start: past its folded lines. */
static const char *field_end(const char *start, const char *end)
{
    const char *at = start;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline != NULL ? newline + 1 : end;
        if (at >= end || (*at != ' ' && *at != '\t')) {
            break;
        }
    }
    return at;
}

/* Whether the field [start, end) has this name; then its trimmed value, cut, in out. */
static bool value_of(const char *start, const char *end, const char *name, char out[VALUE_MAX_B])
{
    size_t name_b = strlen(name);
    if ((size_t)(end - start) <= name_b) {
        return false;
    }
    char head[32];
    memcpy(head, start, name_b);
    head[name_b] = '\0';
    const char *at = start + name_b;
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    if (!fs_text_equal(head, name) || at >= end || *at != ':') {
        return false;
    }
    at++;
    while (at < end && *at != '\0' && strchr(" \t\r\n", *at) != NULL) {
        at++;
    }
    size_t used = 0;
    while (at < end && used < VALUE_MAX_B - 1) {
        out[used++] = *at++;
    }
    out[used] = '\0';
    return true;
}

/* Whether the value is read as an id whatever the reader does: one word that nothing is
 * taken out of. What is not may turn out to be no id at all, or the MTA's. */
static bool is_plain_id(const char *value)
{
    bool has_text = false;
    size_t length_b = strlen(value);
    while (length_b > 0 && strchr(" \t\r\n", value[length_b - 1]) != NULL) {
        length_b--;
    }
    for (size_t i = 0; i < length_b; i++) {
        unsigned char byte = (unsigned char)value[i];
        if (byte <= 0x20 || byte == 0x7f || strchr("\\()", byte) != NULL) {
            return false;
        }
        has_text = has_text || (byte != '<' && byte != '>');
    }
    return has_text && strstr(value, "=?") == NULL;
}

/* A comment in front hides the type from a look at the start. */
static bool may_have_parts(const char *type)
{
    return fs_text_has_prefix(type, "multipart/") || fs_text_has_prefix(type, "text/calendar") ||
           type[0] == '(';
}

bool fs_mail_needs_body(const char *headers, size_t length_b, const char *queue_id)
{
    const char *end = headers + length_b;
    bool has_id = false;
    for (const char *at = headers; at < end;) {
        char value[VALUE_MAX_B];
        const char *next = field_end(at, end);
        if (value_of(at, next, "Content-Type", value) && may_have_parts(value)) {
            return true;
        }
        if (value_of(at, next, "Message-ID", value)) {
            if (!is_plain_id(value) || mail_id_is_from_mta(value, queue_id)) {
                return true;
            }
            has_id = true;
        }
        at = next;
    }
    return !has_id;
}
