/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * verify.c - finds the first record that was changed, removed or put elsewhere.
 *
 * A chain alone cannot show that its tail was cut or that all of it was written anew: for
 * that it is held against checkpoints which were kept elsewhere.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/audit.h"
#include "fullstop/text.h"

#define POINTS_MAX 64

struct expected {
    struct fs_audit_checkpoint point;
    bool met;
};

struct fs_audit_verifier {
    struct fs_audit_summary summary;
    struct expected expected[POINTS_MAX];
    size_t expected_count;
    bool broken;
};

struct fs_audit_verifier *fs_audit_verifier_new(void)
{
    return calloc(1, sizeof(struct fs_audit_verifier));
}

void fs_audit_verifier_free(struct fs_audit_verifier *verifier)
{
    free(verifier);
}

enum fs_status fs_audit_verifier_expect(struct fs_audit_verifier *verifier,
                                        const struct fs_audit_checkpoint *point)
{
    if (verifier->expected_count == POINTS_MAX)
        return FS_LIMIT;
    verifier->expected[verifier->expected_count++] = (struct expected){*point, false};
    return FS_OK;
}

static struct fs_audit_checkpoint *current_head(struct fs_audit_verifier *verifier, const char *log)
{
    struct fs_audit_summary *summary = &verifier->summary;
    if (summary->logs > 0 && strcmp(summary->heads[summary->logs - 1].log, log) == 0)
        return &summary->heads[summary->logs - 1];
    if (summary->logs == POINTS_MAX)
        return NULL;
    struct fs_audit_checkpoint *head = &summary->heads[summary->logs++];
    fs_text_copy(head->log, sizeof(head->log), log);
    return head;
}

static const char *commitment_in(const struct fs_audit_record *record, const char *field)
{
    for (size_t i = 0; i < record->field_count; i++) {
        if (strcmp(record->fields[i].name, field) == 0)
            return record->fields[i].value;
    }
    return "";
}

static enum fs_status check_claims(struct fs_audit_verifier *verifier,
                                   const struct fs_audit_record *record, struct fs_error *err)
{
    for (size_t i = 0; i < record->claim_count; i++) {
        const struct fs_audit_claim *claim = &record->claims[i];
        char commitment[FS_HASH_HEX_SIZE_B];
        if (claim->value == NULL) {
            verifier->summary.erased++;
            continue;
        }
        fs_audit_commit(claim->salt, claim->field, claim->value, commitment);
        if (strcmp(commitment, commitment_in(record, claim->field)) != 0)
            return fs_error_set(err, FS_CORRUPT,
                                "log %s, record %" PRId64
                                ": the stored %s is not the one that was recorded",
                                record->log, record->seq, claim->field);
    }
    return FS_OK;
}

static enum fs_status check_place(const struct fs_audit_checkpoint *head,
                                  const struct fs_audit_record *record, struct fs_error *err)
{
    if (record->seq <= head->seq)
        return fs_error_set(err, FS_CORRUPT,
                            "log %s: record %" PRId64 " comes after record %" PRId64
                            ": records were reordered or doubled",
                            record->log, record->seq, head->seq);
    if (record->seq != head->seq + 1)
        return fs_error_set(err, FS_CORRUPT,
                            "log %s: after record %" PRId64 " comes %" PRId64 ": %" PRId64
                            " missing",
                            record->log, head->seq, record->seq, record->seq - head->seq - 1);
    if (!fs_hash_equal(&record->previous, &head->hash))
        return fs_error_set(err, FS_CORRUPT,
                            "log %s, record %" PRId64
                            ": it does not follow from the record before it",
                            record->log, record->seq);
    struct fs_hash hash = fs_audit_hash(&head->hash, record);
    if (!fs_hash_equal(&hash, &record->hash))
        return fs_error_set(err, FS_CORRUPT,
                            "log %s, record %" PRId64 ": it was changed after it was written",
                            record->log, record->seq);
    return FS_OK;
}

static enum fs_status check_points(struct fs_audit_verifier *verifier,
                                   const struct fs_audit_checkpoint *head, struct fs_error *err)
{
    for (size_t i = 0; i < verifier->expected_count; i++) {
        struct expected *expected = &verifier->expected[i];
        if (expected->point.seq != head->seq || strcmp(expected->point.log, head->log) != 0)
            continue;
        if (!fs_hash_equal(&expected->point.hash, &head->hash))
            return fs_error_set(err, FS_CORRUPT,
                                "log %s, record %" PRId64
                                ": its hash is not the checkpoint's: the chain was rewritten",
                                head->log, head->seq);
        expected->met = true;
    }
    return FS_OK;
}

static enum fs_status verify(struct fs_audit_verifier *verifier,
                             const struct fs_audit_record *record, struct fs_error *err)
{
    struct fs_audit_checkpoint *head = current_head(verifier, record->log);
    if (head == NULL)
        return fs_error_set(err, FS_LIMIT, "more than %d logs", POINTS_MAX);
    enum fs_status status = check_place(head, record, err);
    if (status == FS_OK)
        status = check_claims(verifier, record, err);
    if (status != FS_OK)
        return status;
    head->seq = record->seq;
    head->hash = record->hash;
    verifier->summary.records++;
    return check_points(verifier, head, err);
}

enum fs_status fs_audit_verify_next(struct fs_audit_verifier *verifier,
                                    const struct fs_audit_record *record, struct fs_error *err)
{
    if (verifier->broken)
        return fs_error_set(err, FS_CORRUPT, "an earlier record was wrong");
    enum fs_status status = verify(verifier, record, err);
    verifier->broken = status != FS_OK;
    return status;
}

enum fs_status fs_audit_verify_end(struct fs_audit_verifier *verifier, struct fs_audit_summary *out,
                                   struct fs_error *err)
{
    if (verifier->broken)
        return fs_error_set(err, FS_CORRUPT, "an earlier record was wrong");
    for (size_t i = 0; i < verifier->expected_count; i++) {
        const struct expected *expected = &verifier->expected[i];
        if (!expected->met)
            return fs_error_set(err, FS_CORRUPT,
                                "log %s does not reach the checkpoint at record %" PRId64
                                ": its end was cut off",
                                expected->point.log, expected->point.seq);
    }
    *out = verifier->summary;
    return FS_OK;
}
