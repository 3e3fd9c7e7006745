/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_audit.c - the chain: what was changed, removed, reordered, cut or rewritten is found.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/audit.h"
#include "suite.h"

#define RECORDS 5

struct chain {
    struct fs_audit_field fields[RECORDS][2];
    struct fs_audit_record records[RECORDS];
};

static void build(struct chain *chain)
{
    static const char *const words[RECORDS] = {"one", "two", "three", "four", "five"};
    struct fs_hash previous = {{0}};
    for (int i = 0; i < RECORDS; i++) {
        chain->fields[i][0] = (struct fs_audit_field){"kind", "touch"};
        chain->fields[i][1] = (struct fs_audit_field){"rule", words[i]};
        chain->records[i] = (struct fs_audit_record){.version = FS_AUDIT_VERSION,
                                                     .log = "mx1",
                                                     .seq = i + 1,
                                                     .at = 1700000000 + i,
                                                     .fields = chain->fields[i],
                                                     .field_count = 2,
                                                     .previous = previous};
        chain->records[i].hash = fs_audit_hash(&previous, &chain->records[i]);
        previous = chain->records[i].hash;
    }
}

/* Verifies the records of these indexes, -1 ends; FS_OK or the first failure. */
static enum fs_status verify(const struct chain *chain, const int *order,
                             const struct fs_audit_checkpoint *point)
{
    struct fs_audit_summary summary;
    struct fs_error err;
    enum fs_status status = FS_OK;
    struct fs_audit_verifier *verifier = fs_audit_verifier_new();
    ck_assert_ptr_nonnull(verifier);
    if (point != NULL)
        ck_assert_int_eq(fs_audit_verifier_expect(verifier, point), FS_OK);
    for (; *order >= 0 && status == FS_OK; order++)
        status = fs_audit_verify_next(verifier, &chain->records[*order], &err);
    if (status == FS_OK)
        status = fs_audit_verify_end(verifier, &summary, &err);
    fs_audit_verifier_free(verifier);
    return status;
}

static const int in_order[] = {0, 1, 2, 3, 4, -1};

START_TEST(an_untouched_chain_holds)
{
    struct chain chain;
    build(&chain);
    ck_assert_int_eq(verify(&chain, in_order, NULL), FS_OK);
}
END_TEST

START_TEST(a_changed_field_is_found)
{
    struct chain chain;
    build(&chain);
    chain.fields[2][1].value = "other";
    ck_assert_int_eq(verify(&chain, in_order, NULL), FS_CORRUPT);
}
END_TEST

START_TEST(bytes_cannot_move_between_fields)
{
    struct chain chain;
    build(&chain);
    chain.fields[2][0].value = "touc";
    chain.fields[2][1].value = "hthree";
    ck_assert_int_eq(verify(&chain, in_order, NULL), FS_CORRUPT);
}
END_TEST

START_TEST(missing_and_reordered_records_are_found)
{
    struct chain chain;
    build(&chain);
    ck_assert_int_eq(verify(&chain, (const int[]){0, 1, 3, 4, -1}, NULL), FS_CORRUPT);
    ck_assert_int_eq(verify(&chain, (const int[]){0, 2, 1, 3, 4, -1}, NULL), FS_CORRUPT);
    ck_assert_int_eq(verify(&chain, (const int[]){1, 2, 3, 4, -1}, NULL), FS_CORRUPT);
}
END_TEST

START_TEST(a_cut_tail_shows_against_a_checkpoint)
{
    struct chain chain;
    build(&chain);
    struct fs_audit_checkpoint point = {.log = "mx1", .seq = 5, .hash = chain.records[4].hash};
    ck_assert_int_eq(verify(&chain, in_order, &point), FS_OK);
    ck_assert_int_eq(verify(&chain, (const int[]){0, 1, 2, -1}, NULL), FS_OK);
    ck_assert_int_eq(verify(&chain, (const int[]){0, 1, 2, -1}, &point), FS_CORRUPT);
}
END_TEST

START_TEST(a_rewritten_chain_shows_against_a_checkpoint)
{
    struct chain chain;
    struct chain other;
    build(&chain);
    build(&other);
    struct fs_hash previous = {{0}};
    for (int i = 0; i < RECORDS; i++) {
        other.fields[i][0].value = "heard";
        other.records[i].previous = previous;
        previous = other.records[i].hash = fs_audit_hash(&previous, &other.records[i]);
    }
    struct fs_audit_checkpoint point = {.log = "mx1", .seq = 3, .hash = chain.records[2].hash};
    for (int i = 0; i < RECORDS; i++)
        other.records[i].fields = other.fields[i];
    ck_assert_int_eq(verify(&other, in_order, NULL), FS_OK);
    ck_assert_int_eq(verify(&other, in_order, &point), FS_CORRUPT);
}
END_TEST

START_TEST(a_claim_must_match_its_commitment_and_may_be_erased)
{
    struct chain chain;
    char hex[FS_HASH_HEX_SIZE_B];
    struct fs_audit_claim claim = {.field = "contact", .value = "jane@kunde.example"};
    memset(claim.salt, 7, sizeof(claim.salt));
    build(&chain);
    fs_audit_commit(claim.salt, "contact", claim.value, hex);
    struct fs_hash previous = {{0}};
    chain.fields[0][1] = (struct fs_audit_field){"contact", hex};
    chain.records[0].hash = fs_audit_hash(&previous, &chain.records[0]);
    chain.records[0].claims = &claim;
    chain.records[0].claim_count = 1;
    ck_assert_int_eq(verify(&chain, (const int[]){0, -1}, NULL), FS_OK);
    claim.value = "john@kunde.example";
    ck_assert_int_eq(verify(&chain, (const int[]){0, -1}, NULL), FS_CORRUPT);
    claim.value = NULL;
    ck_assert_int_eq(verify(&chain, (const int[]){0, -1}, NULL), FS_OK);
}
END_TEST

START_TEST(a_checkpoint_reads_back_as_written)
{
    struct chain chain;
    char text[FS_AUDIT_CHECKPOINT_SIZE_B];
    struct fs_audit_checkpoint back;
    build(&chain);
    struct fs_audit_checkpoint point = {.log = "mx1", .seq = 5, .hash = chain.records[4].hash};
    fs_audit_checkpoint_print(&point, text, sizeof(text));
    ck_assert(fs_audit_checkpoint_parse(text, &back));
    ck_assert_str_eq(back.log, "mx1");
    ck_assert_int_eq(back.seq, 5);
    ck_assert(fs_hash_equal(&back.hash, &point.hash));
    ck_assert(!fs_audit_checkpoint_parse("mx1:0:abc", &back));
    ck_assert(!fs_audit_checkpoint_parse("mx1", &back));
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("audit");
    TCase *tcase = tcase_create("chain");
    tcase_add_test(tcase, an_untouched_chain_holds);
    tcase_add_test(tcase, a_changed_field_is_found);
    tcase_add_test(tcase, bytes_cannot_move_between_fields);
    tcase_add_test(tcase, missing_and_reordered_records_are_found);
    tcase_add_test(tcase, a_cut_tail_shows_against_a_checkpoint);
    tcase_add_test(tcase, a_rewritten_chain_shows_against_a_checkpoint);
    tcase_add_test(tcase, a_claim_must_match_its_commitment_and_may_be_erased);
    tcase_add_test(tcase, a_checkpoint_reads_back_as_written);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
