/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * ids.c - reads Message-ID, In-Reply-To and References.
 *
 * Decides: what counts as an id in a field that programs get wrong: folded inside the
 * brackets, RFC 2047 encoded, separated by commas, without brackets, with a phrase before
 * it. Bracketed ids win; words with an @ count only where no bracket is. Must not know:
 * whose ids they are. Source: RFC 5322 section 3.6.4.
 */
#include "mail_ids.h"

#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_message.h"

/* The longest comment skipped; what is longer is no comment, and is not scanned again. */
#define COMMENT_MAX_B 998

/* Where the comment (and what is nested in it) that begins at start ends; just after the
 * '(' when it is never closed, so that a stray one does not swallow the ids behind it. */
static const char *after_comment(const char *start)
{
    int depth = 0;
    for (const char *at = start; *at != '\0' && at - start < COMMENT_MAX_B; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        } else if (*at == '(') {
            depth++;
        } else if (*at == ')' && --depth == 0) {
            return at + 1;
        }
    }
    return start + 1;
}

/* Copies the id in [start, end): no space, quoted pairs undone, cut at the cap. */
static const char *copy_id(struct mail *mail, const char *start, const char *end)
{
    char id[FS_MAIL_MESSAGE_ID_MAX_B];
    size_t used = 0;
    for (const char *at = start; at < end && used < sizeof id; at++) {
        if (*at == '\\' && at + 1 < end) {
            at++;
        }
        if ((unsigned char)*at > 0x20 && *at != 0x7f) {
            id[used++] = *at;
        }
    }
    return used > 0 ? mail_strndup(mail, id, used) : NULL;
}

/* The next <id> at or after *at; NULL: no more. An unclosed one ends at the next '<'. */
static const char *next_bracketed(struct mail *mail, const char **at)
{
    while (**at != '\0') {
        if (**at == '(') {
            *at = after_comment(*at);
            continue;
        }
        if (**at != '<') {
            (*at)++;
            continue;
        }
        const char *start = *at + strspn(*at, "<");
        const char *end = start + strcspn(start, "<>");
        *at = end + (*end == '>');
        const char *id = copy_id(mail, start, end);
        if (id != NULL) {
            return id;
        }
    }
    return NULL;
}

/* The next word with something on both sides of an @; for fields without brackets. */
static const char *next_bare(struct mail *mail, const char **at)
{
    static const char separators[] = " ,;\"<>()";
    while (**at != '\0') {
        const char *start = *at + strspn(*at, separators);
        const char *end = start + strcspn(start, separators);
        const char *sign = memchr(start, '@', (size_t)(end - start));
        *at = end;
        if (sign != NULL && sign > start && sign + 1 < end) {
            return copy_id(mail, start, end);
        }
    }
    return NULL;
}

/* Undoes RFC 2047, which some programs apply to long ids. */
static const char *readable(struct mail *mail, const char *value)
{
    return strstr(value, "=?") != NULL ? mail_header_decode(mail, value) : value;
}

const char *mail_id_first(struct mail *mail, const char *value)
{
    const char *text = value != NULL ? readable(mail, value) : NULL;
    if (text == NULL) {
        return NULL;
    }
    const char *at = text;
    const char *id = next_bracketed(mail, &at);
    if (id != NULL) {
        return id;
    }
    at = text;
    return next_bare(mail, &at);
}

/* A Message-ID without brackets and without an @ is still the message's own name. */
static const char *own_id(struct mail *mail)
{
    const char *value = mail_header(mail, FIELD_MESSAGE_ID);
    const char *id = mail_id_first(mail, value);
    if (id == NULL && value != NULL) {
        const char *start = value + strspn(value, "<> ");
        id = copy_id(mail, start, start + strcspn(start, "<> "));
    }
    return id;
}

/* Keeps the last FS_MAIL_REFERENCES_MAX ids: the youngest are the likeliest to be ours. */
static void read_references(struct mail *mail)
{
    const char *ring[FS_MAIL_REFERENCES_MAX];
    size_t seen = 0;
    for (const struct mail_header *header = mail->headers.first[FIELD_REFERENCES]; header != NULL;
         header = header->next) {
        const char *text = readable(mail, header->value);
        if (text == NULL) {
            return;
        }
        bool bracketed = strchr(text, '<') != NULL;
        const char *id;
        while ((id = bracketed ? next_bracketed(mail, &text) : next_bare(mail, &text)) != NULL) {
            ring[seen++ % FS_MAIL_REFERENCES_MAX] = id;
        }
    }
    size_t count = seen < FS_MAIL_REFERENCES_MAX ? seen : FS_MAIL_REFERENCES_MAX;
    const char **kept = count > 0 ? mail_alloc(mail, count, sizeof *kept) : NULL;
    if (kept == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        kept[i] = ring[(seen - count + i) % FS_MAIL_REFERENCES_MAX];
    }
    mail->facts.references = kept;
    mail->facts.reference_count = count;
}

void mail_ids_read(struct mail *mail)
{
    mail->facts.message_id = own_id(mail);
    mail->facts.in_reply_to = mail_id_first(mail, mail_header(mail, FIELD_IN_REPLY_TO));
    read_references(mail);
    mail->facts.in_thread = mail->facts.in_reply_to != NULL || mail->facts.reference_count > 0;
}
