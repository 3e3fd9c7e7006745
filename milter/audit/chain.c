/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * chain.c - the canonical bytes of an audit record, its hash, and commitments.
 *
 * Decides the form of the chain; knows nothing of where records are kept.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "fullstop/audit.h"
#include "fullstop/text.h"

static void add_text(struct fs_hasher *hasher, const char *text)
{
    size_t length_b = strlen(text);
    unsigned char prefix[4] = {(unsigned char)(length_b >> 24), (unsigned char)(length_b >> 16),
                               (unsigned char)(length_b >> 8), (unsigned char)length_b};
    fs_hasher_add(hasher, prefix, sizeof(prefix));
    fs_hasher_add(hasher, text, length_b);
}

static void add_number(struct fs_hasher *hasher, int64_t number)
{
    char text[24];
    snprintf(text, sizeof(text), "%" PRId64, number);
    add_text(hasher, text);
}

struct fs_hash fs_audit_hash(const struct fs_hash *previous, const struct fs_audit_record *record)
{
    struct fs_hasher hasher;
    fs_hasher_init(&hasher);
    fs_hasher_add(&hasher, previous->bytes, FS_HASH_SIZE_B);
    add_text(&hasher, "fullstop-audit");
    add_number(&hasher, record->version);
    add_text(&hasher, record->log);
    add_number(&hasher, record->seq);
    add_number(&hasher, record->at);
    for (size_t i = 0; i < record->field_count; i++) {
        add_text(&hasher, record->fields[i].name);
        add_text(&hasher, record->fields[i].value);
    }
    return fs_hasher_finish(&hasher);
}

void fs_audit_commit(const uint8_t salt[FS_HASH_SIZE_B], const char *field, const char *value,
                     char out[FS_HASH_HEX_SIZE_B])
{
    struct fs_buf buf;
    struct fs_hash hash = {{0}};
    fs_buf_init(&buf, SIZE_MAX / 4);
    if (fs_buf_add(&buf, field, strlen(field) + 1) == FS_OK &&
        fs_buf_add(&buf, value, strlen(value)) == FS_OK)
        hash = fs_hash_hmac(salt, buf.data, buf.length_b);
    fs_buf_clear(&buf);
    fs_hash_hex(&hash, out);
}

bool fs_audit_checkpoint_parse(const char *text, struct fs_audit_checkpoint *out)
{
    struct fs_audit_checkpoint point = {.seq = 0};
    char seq[24];
    const char *first = strchr(text, ':');
    const char *last = strrchr(text, ':');
    if (first == NULL || first == last || first == text)
        return false;
    size_t log_b = (size_t)(first - text);
    size_t seq_b = (size_t)(last - first - 1);
    if (log_b >= sizeof(point.log) || seq_b >= sizeof(seq))
        return false;
    memcpy(point.log, text, log_b);
    memcpy(seq, first + 1, seq_b);
    seq[seq_b] = '\0';
    if (fs_text_int(seq, INT64_MAX / 16, &point.seq) != FS_OK || point.seq < 1 ||
        !fs_hash_parse(last + 1, &point.hash))
        return false;
    *out = point;
    return true;
}

void fs_audit_checkpoint_print(const struct fs_audit_checkpoint *point, char *out, size_t size_b)
{
    char hex[FS_HASH_HEX_SIZE_B];
    fs_hash_hex(&point->hash, hex);
    snprintf(out, size_b, "%s:%" PRId64 ":%s", point->log, point->seq, hex);
}
