/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fields.c - all header fields of a message by name, for who asks for fields of their own.
 *
 * Decides: where a field begins and ends, and how its value becomes one line of text (RFC
 * 5322 section 2.2.3). What is no field is left out. Must not know: which fields are asked
 * for, what they mean; those that fullstop itself reads are headers.c's.
 */
#include <string.h>

#include "fullstop/mail.h"

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '\0';
}

/* Past the line that begins at start. */
static const char *line_end(const char *start, const char *end)
{
    const char *newline = memchr(start, '\n', (size_t)(end - start));
    return newline != NULL ? newline + 1 : end;
}

/* Past the folded lines of the field that begins at start. */
static const char *field_end(const char *start, const char *end)
{
    const char *at = line_end(start, end);
    while (at < end && (*at == ' ' || *at == '\t')) {
        at = line_end(at, end);
    }
    return at;
}

/* What stands before the colon, without the blanks that obsolete syntax allows there (RFC
 * 5322 section 4.5). 0: no name. */
static size_t name_length(const char *start, const char *colon)
{
    size_t length_b = (size_t)(colon - start);
    while (length_b > 0 && (start[length_b - 1] == ' ' || start[length_b - 1] == '\t')) {
        length_b--;
    }
    for (size_t i = 0; i < length_b; i++) {
        if (start[i] <= ' ' || start[i] >= 0x7f) {
            return 0;
        }
    }
    return length_b;
}

/* Each run of white space becomes one blank, none stays at the ends. */
static char *unfold(struct fs_arena *arena, const char *start, const char *end)
{
    char *text = fs_arena_alloc(arena, (size_t)(end - start) + 1, 1);
    size_t used_b = 0;
    for (const char *at = start; text != NULL && at < end; at++) {
        if (!is_space(*at)) {
            text[used_b++] = *at;
        } else if (used_b > 0 && text[used_b - 1] != ' ') {
            text[used_b++] = ' ';
        }
    }
    if (text == NULL) {
        return NULL;
    }
    if (used_b > 0 && text[used_b - 1] == ' ') {
        used_b--;
    }
    text[used_b] = '\0';
    return text;
}

enum fs_status fs_mail_fields(struct fs_arena *arena, const char *headers, size_t length_b,
                              const struct fs_mail_field **out, size_t *out_count,
                              struct fs_error *err)
{
    const char *end = headers + (length_b < FS_MAIL_HEADER_MAX_B ? length_b : FS_MAIL_HEADER_MAX_B);
    struct fs_mail_field *fields = fs_arena_alloc(arena, FS_MAIL_HEADERS_MAX, sizeof(*fields));
    size_t count = 0;
    for (const char *at = headers; at < end && *at != '\n' && fields != NULL;) {
        const char *next = field_end(at, end);
        const char *colon = memchr(at, ':', (size_t)(next - at));
        size_t name_b = colon != NULL ? name_length(at, colon) : 0;
        if (at[0] == '\r' || count == FS_MAIL_HEADERS_MAX) {
            break;
        }
        if (name_b > 0) {
            fields[count].name = fs_arena_strndup(arena, at, name_b);
            fields[count].value = unfold(arena, colon + 1, next);
            if (fields[count].name == NULL || fields[count].value == NULL) {
                fields = NULL;
            }
            count++;
        }
        at = next;
    }
    if (fields == NULL) {
        return fs_error_set(err, FS_NOMEM, "out of memory while reading a header");
    }
    *out = fields;
    *out_count = count;
    return FS_OK;
}
