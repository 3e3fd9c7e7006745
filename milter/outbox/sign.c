/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * sign.c - the id and the signature of a webhook, by the Standard Webhooks specification:
 * v1 is base64 of HMAC-SHA-256 over "ID.TIMESTAMP.BODY", one a secret, space separated.
 *
 * Decides that an id is made from the event alone: each attempt, and each daemon, gives the
 * same one. Must not know HTTP.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/hash.h"
#include "fullstop/text.h"
#include "outbox_room.h"

#define ID_DIGITS 32

void outbox_id(const char *log, int64_t seq, int64_t at, const char *type,
               char out[OUTBOX_ID_SIZE_B])
{
    char hex[FS_HASH_HEX_SIZE_B];
    char number[48];
    struct fs_hasher hasher;
    (void)snprintf(number, sizeof(number), "%" PRId64 "@%" PRId64, seq, at);
    fs_hasher_init(&hasher);
    fs_hasher_add(&hasher, log, strlen(log) + 1);
    fs_hasher_add(&hasher, number, strlen(number) + 1);
    fs_hasher_add(&hasher, type, strlen(type) + 1);
    struct fs_hash hash = fs_hasher_finish(&hasher);
    fs_hash_hex(&hash, hex);
    (void)snprintf(out, OUTBOX_ID_SIZE_B, "msg_%.*s", ID_DIGITS, hex);
}

void outbox_row_id(const struct fs_outbox_row *row, int64_t at, char out[OUTBOX_ID_SIZE_B])
{
    char type[96];
    (void)snprintf(type, sizeof(type), "%s/%" PRId64, row->type, row->id);
    outbox_id(row->log, row->seq, at, row->recipient != NULL ? type : row->type, out);
}

char *outbox_signature(const struct fs_webhook *webhook, const char *id, int64_t at,
                       const char *body)
{
    char number[24];
    int number_b = snprintf(number, sizeof(number), "%" PRId64, at);
    const struct fs_bytes parts[] = {
        {id, strlen(id)}, {".", 1}, {number, (size_t)number_b}, {".", 1}, {body, strlen(body)}};
    struct fs_buf value;
    enum fs_status status = FS_OK;
    fs_buf_init(&value, 1024);
    for (size_t i = 0; i < webhook->secret_count && status == FS_OK; i++) {
        char printed[FS_HASH_BASE64_SIZE_B];
        const struct fs_bytes key = {webhook->secrets[i].bytes, webhook->secrets[i].length_b};
        struct fs_hash hash = fs_hash_hmac_parts(&key, parts, sizeof(parts) / sizeof(parts[0]));
        fs_hash_base64(&hash, printed);
        status = fs_buf_printf(&value, "%sv1,%s", i > 0 ? " " : "", printed);
    }
    if (status == FS_OK)
        return value.data;
    fs_buf_clear(&value);
    return NULL;
}
