/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * hash.h - SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and random bytes, by libsodium.
 *
 * fs_hash_setup() must have succeeded once, before threads start. Thread-safe after.
 */
#ifndef FULLSTOP_HASH_H
#define FULLSTOP_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/status.h"

#define FS_HASH_SIZE_B 32
/* Base64 of a hash with its terminator. */
#define FS_HASH_BASE64_SIZE_B 45
/* Lower-case hex of a hash with its terminator. */
#define FS_HASH_HEX_SIZE_B (2 * FS_HASH_SIZE_B + 1)

struct fs_hash {
    uint8_t bytes[FS_HASH_SIZE_B];
};

/* Streaming SHA-256; the state is opaque bytes of libsodium's size. */
struct fs_hasher {
    _Alignas(16) unsigned char state[128];
};

enum fs_status fs_hash_setup(struct fs_error *err);
void fs_hasher_init(struct fs_hasher *hasher);
void fs_hasher_add(struct fs_hasher *hasher, const void *bytes, size_t length_b);
struct fs_hash fs_hasher_finish(struct fs_hasher *hasher);

struct fs_hash fs_hash_sha256(const void *bytes, size_t length_b);
/* key: FS_HASH_SIZE_B bytes. */
struct fs_hash fs_hash_hmac(const uint8_t *key, const void *bytes, size_t length_b);
struct fs_bytes {
    const void *bytes;
    size_t length_b;
};
/* A key of any length, over the parts as if they were one. */
struct fs_hash fs_hash_hmac_parts(const struct fs_bytes *key, const struct fs_bytes *parts,
                                  size_t count);
/* Standard base64 with its padding; false when it is none or does not fit. */
bool fs_base64_parse(const char *text, uint8_t *out, size_t size_b, size_t *out_length_b);
void fs_hash_base64(const struct fs_hash *hash, char out[FS_HASH_BASE64_SIZE_B]);
bool fs_hash_equal(const struct fs_hash *a, const struct fs_hash *b); /* constant time */
void fs_hash_hex(const struct fs_hash *hash, char out[FS_HASH_HEX_SIZE_B]);
/* Exactly 64 hex digits; false otherwise. */
bool fs_hash_parse(const char *hex, struct fs_hash *out);
void fs_random_bytes(void *out, size_t length_b);

#endif
