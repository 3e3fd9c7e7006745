/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_cli_export.c - lines of an audit export come back as they were written.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/cli/cli_export.h"
#include "suite.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static struct fs_arena *arena;

static void setup(void)
{
    arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(arena);
    ck_assert_int_eq(fs_hash_setup(NULL), FS_OK);
}

static void teardown(void)
{
    fs_arena_free(arena);
}

static const struct fs_audit_field fields[] = {
    {"kind", "touch"},
    {"contact", "5f"},
    {"quote", "\"\\ \n\xc3\xbc"},
    {"empty", ""},
};

static struct fs_audit_record record(const struct fs_audit_claim *claims, size_t claim_count)
{
    struct fs_audit_record made = {
        .version = FS_AUDIT_VERSION,
        .log = "mx1.example.com",
        .seq = INT64_C(9007199254740993), /* more than a double holds */
        .at = 1795521600,
        .fields = fields,
        .field_count = sizeof fields / sizeof *fields,
        .claims = claims,
        .claim_count = claim_count,
    };

    made.previous = fs_hash_sha256("x", 1);
    made.hash = fs_audit_hash(&made.previous, &made);
    return made;
}

/* malloc'ed */
static char *line_of(const struct fs_audit_record *made, bool personal)
{
    char *line = NULL;
    size_t size_b = 0;
    FILE *out = open_memstream(&line, &size_b);

    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(fs_cli_export_record(out, made, personal, NULL), FS_OK);
    fclose(out);
    ck_assert_ptr_eq(strchr(line, '\n'), line + strlen(line) - 1);
    return line;
}

START_TEST(a_record_comes_back_with_the_same_hash)
{
    const struct fs_audit_record made = record(NULL, 0);
    struct fs_cli_export_line parsed;
    char *line = line_of(&made, false);

    ck_assert_int_eq(fs_cli_export_parse(arena, line, strlen(line), &parsed, NULL), FS_OK);
    free(line);
    ck_assert(!parsed.is_checkpoint);
    ck_assert_str_eq(parsed.record.log, made.log);
    ck_assert_int_eq(parsed.record.seq, made.seq);
    ck_assert_uint_eq(parsed.record.field_count, made.field_count);
    ck_assert_str_eq(parsed.record.fields[2].value, fields[2].value);
    struct fs_hash again = fs_audit_hash(&parsed.record.previous, &parsed.record);
    ck_assert(fs_hash_equal(&again, &made.hash));
    ck_assert(fs_hash_equal(&parsed.record.hash, &made.hash));
}
END_TEST

START_TEST(personal_values_are_left_out_unless_asked_for)
{
    struct fs_audit_claim claims[2] = {
        {.field = "contact", .value = "jane@customer.example", .salt = {1, 2, 3}},
        {.field = "note", .value = NULL, .salt = {0}},
    };
    const struct fs_audit_record made = record(claims, 2);
    struct fs_cli_export_line parsed;
    char *line = line_of(&made, false);

    ck_assert_ptr_null(strstr(line, "jane"));
    ck_assert_ptr_null(strstr(line, "0102030000"));
    free(line);
    line = line_of(&made, true);
    ck_assert_int_eq(fs_cli_export_parse(arena, line, strlen(line), &parsed, NULL), FS_OK);
    free(line);
    ck_assert_uint_eq(parsed.record.claim_count, 2);
    ck_assert_str_eq(parsed.record.claims[0].value, "jane@customer.example");
    ck_assert_mem_eq(parsed.record.claims[0].salt, claims[0].salt, FS_HASH_SIZE_B);
    ck_assert_ptr_null(parsed.record.claims[1].value);
}
END_TEST

START_TEST(a_checkpoint_comes_back)
{
    struct fs_audit_checkpoint point = {.log = "mx1", .seq = 12};
    struct fs_cli_export_line parsed;
    char *line = NULL;
    size_t size_b = 0;
    FILE *out = open_memstream(&line, &size_b);

    point.hash = fs_hash_sha256("y", 1);
    ck_assert_int_eq(fs_cli_export_checkpoint(out, &point, NULL), FS_OK);
    fclose(out);
    ck_assert_int_eq(fs_cli_export_parse(arena, line, strlen(line), &parsed, NULL), FS_OK);
    free(line);
    ck_assert(parsed.is_checkpoint);
    ck_assert_str_eq(parsed.point.log, "mx1");
    ck_assert_int_eq(parsed.point.seq, 12);
    ck_assert(fs_hash_equal(&parsed.point.hash, &point.hash));
}
END_TEST

START_TEST(a_field_that_is_no_utf_8_is_told_and_not_mended)
{
    static const struct fs_audit_field wrong[] = {{"kind", "\xff"}};
    struct fs_audit_record made = record(NULL, 0);
    struct fs_error err = {0};

    made.fields = wrong;
    made.field_count = 1;
    ck_assert_int_eq(fs_cli_export_record(stdout, &made, false, &err), FS_CORRUPT);
}
END_TEST

#define HEAD "{\"version\":1,\"log\":\"a\",\"seq\":1,\"at\":5,"
#define HASHES "\"previous\":\"" ZEROS "\",\"hash\":\"" ZEROS "\"}"

static const struct {
    const char *line;
    enum fs_status status;
} lines[] = {
    {HEAD "\"fields\":[]," HASHES, FS_OK},
    {HEAD "\"fields\":[[\"a\",\"b\"]],\"new\":1," HASHES, FS_OK}, /* a later version's key */
    {HEAD "\"fields\":[[\"a\"]]," HASHES, FS_INPUT},
    {HEAD "\"fields\":[[\"a\",1]]," HASHES, FS_INPUT},
    {HEAD "\"fields\":{}," HASHES, FS_INPUT},
    {HEAD HASHES, FS_INPUT},
    {HEAD "\"fields\":[],\"previous\":\"" ZEROS "\"}", FS_INPUT},
    {HEAD "\"fields\":[],\"previous\":\"" ZEROS "\",\"hash\":\"0g\"}", FS_INPUT},
    {HEAD "\"seq\":2,\"fields\":[]," HASHES, FS_INPUT}, /* two of one key */
    {HEAD "\"fields\":[],\"personal\":[{\"field\":\"a\",\"value\":\"b\"}]," HASHES, FS_INPUT},
    {HEAD "\"fields\":[],\"personal\":[{\"field\":\"a\",\"value\":null,\"salt\":null}]," HASHES,
     FS_OK},
    {"{\"version\":1,\"log\":\"\",\"seq\":1,\"at\":5,\"fields\":[]," HASHES, FS_INPUT},
    {"{\"version\":1.5,\"log\":\"a\",\"seq\":1,\"at\":5,\"fields\":[]," HASHES, FS_INPUT},
    {"{\"version\":1,\"log\":\"a\",\"seq\":\"1\",\"at\":5,\"fields\":[]," HASHES, FS_INPUT},
    {"{\"version\":-1,\"log\":\"a\",\"seq\":1,\"at\":5,\"fields\":[]," HASHES, FS_INPUT},
    {"{\"checkpoint\":\"a:1:" ZEROS "\"}", FS_OK},
    {"{\"checkpoint\":\"a:1:00\"}", FS_INPUT},
    {"{\"checkpoint\":7}", FS_INPUT},
    {"[]", FS_INPUT},
    {"{}", FS_INPUT},
    {"", FS_INPUT},
    {"{\"version\":1", FS_INPUT},
    {"{\"log\":\"a\\u0000b\"}", FS_INPUT},
};

START_TEST(a_line_is_a_record_a_checkpoint_or_refused)
{
    struct fs_cli_export_line parsed;
    struct fs_error err = {0};
    enum fs_status status =
        fs_cli_export_parse(arena, lines[_i].line, strlen(lines[_i].line), &parsed, &err);

    ck_assert_msg(status == lines[_i].status, "%s: %d %s", lines[_i].line, (int)status, err.text);
}
END_TEST

/* The cap on fields and one more. */
static enum fs_status with_fields(size_t count)
{
    struct fs_cli_export_line parsed;
    char *line = NULL;
    size_t size_b = 0;
    FILE *out = open_memstream(&line, &size_b);

    fputs(HEAD "\"fields\":[", out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s[\"n%zu\",\"v\"]", i == 0 ? "" : ",", i);
    fputs("]," HASHES, out);
    fclose(out);
    enum fs_status status = fs_cli_export_parse(arena, line, strlen(line), &parsed, NULL);
    free(line);
    return status;
}

START_TEST(one_field_more_than_the_cap_is_refused)
{
    ck_assert_int_eq(with_fields(FS_AUDIT_FIELDS_MAX), FS_OK);
    ck_assert_int_eq(with_fields(FS_AUDIT_FIELDS_MAX + 1), FS_INPUT);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("cli_export");
    TCase *all = tcase_create("export");

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, a_record_comes_back_with_the_same_hash);
    tcase_add_test(all, personal_values_are_left_out_unless_asked_for);
    tcase_add_test(all, a_checkpoint_comes_back);
    tcase_add_test(all, a_field_that_is_no_utf_8_is_told_and_not_mended);
    tcase_add_loop_test(all, a_line_is_a_record_a_checkpoint_or_refused, 0,
                        (int)(sizeof lines / sizeof *lines));
    tcase_add_test(all, one_field_more_than_the_cap_is_refused);
    suite_add_tcase(made, all);
    return made;
}

int main(void)
{
    return run_all(suite());
}
