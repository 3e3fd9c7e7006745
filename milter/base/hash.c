/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * hash.c - SHA-256, HMAC-SHA-256 and random bytes, by libsodium.
 *
 * The only file that includes sodium.h. Decides nothing.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "fullstop/hash.h"

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((struct fs_hasher *)0)->state),
              "libsodium's state fits");

enum fs_status fs_hash_setup(struct fs_error *err)
{
    if (sodium_init() < 0)
        return fs_error_set(err, FS_IO, "libsodium cannot be initialised");
    return FS_OK;
}

static crypto_hash_sha256_state *state_of(struct fs_hasher *hasher)
{
    return (crypto_hash_sha256_state *)(void *)hasher->state;
}

void fs_hasher_init(struct fs_hasher *hasher)
{
    crypto_hash_sha256_init(state_of(hasher));
}

void fs_hasher_add(struct fs_hasher *hasher, const void *bytes, size_t length_b)
{
    crypto_hash_sha256_update(state_of(hasher), bytes, length_b);
}

struct fs_hash fs_hasher_finish(struct fs_hasher *hasher)
{
    struct fs_hash hash;
    crypto_hash_sha256_final(state_of(hasher), hash.bytes);
    return hash;
}

struct fs_hash fs_hash_sha256(const void *bytes, size_t length_b)
{
    struct fs_hash hash;
    crypto_hash_sha256(hash.bytes, bytes, length_b);
    return hash;
}

struct fs_hash fs_hash_hmac(const uint8_t *key, const void *bytes, size_t length_b)
{
    struct fs_hash hash;
    crypto_auth_hmacsha256(hash.bytes, bytes, length_b, key);
    return hash;
}

struct fs_hash fs_hash_hmac_parts(const struct fs_bytes *key, const struct fs_bytes *parts,
                                  size_t count)
{
    struct fs_hash hash;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key->bytes, key->length_b);
    for (size_t i = 0; i < count; i++)
        crypto_auth_hmacsha256_update(&state, parts[i].bytes, parts[i].length_b);
    crypto_auth_hmacsha256_final(&state, hash.bytes);
    sodium_memzero(&state, sizeof(state));
    return hash;
}

bool fs_base64_parse(const char *text, uint8_t *out, size_t size_b, size_t *out_length_b)
{
    return sodium_base642bin(out, size_b, text, strlen(text), NULL, out_length_b, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0;
}

void fs_hash_base64(const struct fs_hash *hash, char out[FS_HASH_BASE64_SIZE_B])
{
    sodium_bin2base64(out, FS_HASH_BASE64_SIZE_B, hash->bytes, FS_HASH_SIZE_B,
                      sodium_base64_VARIANT_ORIGINAL);
}

bool fs_hash_equal(const struct fs_hash *a, const struct fs_hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, FS_HASH_SIZE_B) == 0;
}

void fs_hash_hex(const struct fs_hash *hash, char out[FS_HASH_HEX_SIZE_B])
{
    sodium_bin2hex(out, FS_HASH_HEX_SIZE_B, hash->bytes, FS_HASH_SIZE_B);
}

bool fs_hash_parse(const char *hex, struct fs_hash *out)
{
    struct fs_hash hash;
    size_t length_b = 0;
    if (strlen(hex) != FS_HASH_HEX_SIZE_B - 1 ||
        sodium_hex2bin(hash.bytes, FS_HASH_SIZE_B, hex, strlen(hex), NULL, &length_b, NULL) != 0 ||
        length_b != FS_HASH_SIZE_B)
        return false;
    *out = hash;
    return true;
}

void fs_random_bytes(void *out, size_t length_b)
{
    randombytes_buf(out, length_b);
}
