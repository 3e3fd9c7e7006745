/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * audit.h - audit records, their hash chain and its verification.
 *
 * A record's hash is SHA-256 over the previous record's hash (32 zero bytes before the
 * first) and the canonical bytes: for each of "fullstop-audit", version, log, seq, at and
 * then name and value of every field in order, a 4-byte big-endian length and the bytes
 * (numbers in decimal ASCII). Fields hold no personal data: addresses, Message-IDs, notes
 * and actor names stand in them as commitments. A log belongs to one writing host.
 */
#ifndef FULLSTOP_AUDIT_H
#define FULLSTOP_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/hash.h"
#include "fullstop/status.h"

#define FS_AUDIT_VERSION 1
#define FS_AUDIT_FIELDS_MAX 40
#define FS_AUDIT_LOG_MAX_B 64

struct fs_audit_field {
    const char *name;
    const char *value; /* terminated UTF-8, never NULL */
};

/* A commitment and, while it has not been erased, what it commits to. */
struct fs_audit_claim {
    const char *field; /* the name of the field that holds the commitment */
    const char *value; /* NULL: erased */
    uint8_t salt[FS_HASH_SIZE_B];
};
#define FS_AUDIT_CLAIMS_MAX 6

struct fs_audit_record {
    int version;
    const char *log;
    int64_t seq; /* from 1 */
    int64_t at;
    const struct fs_audit_field *fields;
    size_t field_count;
    struct fs_hash previous;
    struct fs_hash hash;
    const struct fs_audit_claim *claims;
    size_t claim_count;
};

/* The hash this record must have. previous and hash of record are not read. */
struct fs_hash fs_audit_hash(const struct fs_hash *previous, const struct fs_audit_record *record);
/* HMAC-SHA-256(salt, field name, NUL, value) as lower-case hex. */
void fs_audit_commit(const uint8_t salt[FS_HASH_SIZE_B], const char *field, const char *value,
                     char out[FS_HASH_HEX_SIZE_B]);

/* A point of a log that was written down elsewhere: "LOG:SEQ:HASH". */
struct fs_audit_checkpoint {
    char log[FS_AUDIT_LOG_MAX_B];
    int64_t seq;
    struct fs_hash hash;
};
bool fs_audit_checkpoint_parse(const char *text, struct fs_audit_checkpoint *out);
/* out holds at least FS_AUDIT_CHECKPOINT_SIZE_B. */
#define FS_AUDIT_CHECKPOINT_SIZE_B (FS_AUDIT_LOG_MAX_B + 21 + FS_HASH_HEX_SIZE_B + 2)
void fs_audit_checkpoint_print(const struct fs_audit_checkpoint *point, char *out, size_t size_b);

/* Takes records log by log, seq ascending, and finds the first thing that is wrong. */
struct fs_audit_verifier;
struct fs_audit_verifier *fs_audit_verifier_new(void);
void fs_audit_verifier_free(struct fs_audit_verifier *verifier);
/* A checkpoint the chain must run through. FS_LIMIT: more than 64. */
enum fs_status fs_audit_verifier_expect(struct fs_audit_verifier *verifier,
                                        const struct fs_audit_checkpoint *point);
/* FS_CORRUPT: changed, missing, reordered or a claim that does not hold; err names log and
 * seq. After it the verifier takes no more. */
enum fs_status fs_audit_verify_next(struct fs_audit_verifier *verifier,
                                    const struct fs_audit_record *record, struct fs_error *err);
/* Checks that every checkpoint was met (FS_CORRUPT: cut tail or rewritten chain), counts
 * records, logs and erased claims, and gives each log's head. */
struct fs_audit_summary {
    int64_t records;
    int64_t erased;
    size_t logs;
    struct fs_audit_checkpoint heads[64];
};
enum fs_status fs_audit_verify_end(struct fs_audit_verifier *verifier, struct fs_audit_summary *out,
                                   struct fs_error *err);

#endif
