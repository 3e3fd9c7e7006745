/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_import.c - what is done with what was fetched from a CRM: the format, good and bad lines,
 * partial or not, and that a stop breaks it off.
 */
#include "engine_support.h"
#include "fullstop/import.h"

#define HEADER "address,process,state,reason,until,note\n"
#define END_JANE JANE ",sales,ended,won,,\n"
#define NOBODY "nobody@other.example,,ended,won,,\n"
#define JSON_JANE "{\"address\":\"" JANE "\",\"state\":\"ended\",\"reason\":\"won\"}\n"

static struct fs_config_cell *cell;

static enum fs_status try_take(const char *data, const char *content_type, bool partial,
                               const atomic_bool *stopping, struct fs_crm_tally *out)
{
    struct fs_import_taker taker = {engine, cell};
    const struct fs_crm_load load = {.source = "salesdesk",
                                     .data = data,
                                     .length_b = strlen(data),
                                     .content_type = content_type,
                                     .partial = partial,
                                     .stopping = stopping};
    return fs_import_take(&taker, &load, out, NULL);
}

static struct fs_crm_tally take(const char *data, const char *content_type, bool partial)
{
    struct fs_crm_tally tally;
    ck_assert_int_eq(try_take(data, content_type, partial, NULL, &tally), FS_OK);
    return tally;
}

static void begin_import(void)
{
    begin();
    cell = fs_config_cell_new(fs_config_ref(config));
    send_to("a1", JANE);
    send_to("b1", JOHN);
}

static void end_import(void)
{
    fs_config_cell_free(cell);
    end();
}

static const struct {
    const char *content_type;
    const char *data;
    bool is_taken;
} formats[] = {
    {"text/csv", HEADER END_JANE, true},
    {"Text/CSV; charset=utf-8; header=present", HEADER END_JANE, true},
    {"text/csv", JSON_JANE, false},
    {"application/x-ndjson", JSON_JANE, true},
    {"application/jsonl;charset=utf-8", JSON_JANE, true},
    {"application/json", JSON_JANE, true},
    {"application/json", "[" JSON_JANE "]", false},
    {"application/jsonl", HEADER END_JANE, false},
    {"", HEADER END_JANE, true},
    {"", JSON_JANE, true},
    {"text/plain", HEADER END_JANE, true},
    {"application/octet-stream", JSON_JANE, true},
    {"text/html; charset=utf-8", HEADER END_JANE, false},
    {"", "<html><body>Please log in</body></html>", false},
    {"", "", false},
};

START_TEST(the_content_type_decides_and_else_the_look_of_it)
{
    struct fs_crm_tally tally = take(formats[_i].data, formats[_i].content_type, false);
    ck_assert_int_eq(tally.fault == NULL, formats[_i].is_taken);
    ck_assert_uint_eq(tally.applied, formats[_i].is_taken ? 1 : 0);
    ck_assert_int_eq(lead_of(JANE).state, formats[_i].is_taken ? FS_STATE_ENDED : FS_STATE_ACTIVE);
}
END_TEST

START_TEST(it_is_recorded_as_decided_by_the_crm_with_the_source_as_actor)
{
    struct fs_event *events = NULL;
    size_t count = 0;
    take(HEADER END_JANE, "text/csv", false);
    ck_assert_int_eq(fs_engine_history(engine, arena, JANE, NULL, 0, &events, &count, NULL), FS_OK);
    ck_assert_int_eq(events[count - 1].decided_by, FS_BY_CRM);
    ck_assert_str_eq(events[count - 1].actor, "salesdesk");
    ck_assert_int_eq(events[count - 1].actor_uid, -1);
}
END_TEST

START_TEST(the_same_again_changes_nothing)
{
    take(HEADER END_JANE, "text/csv", false);
    struct fs_crm_tally tally = take(HEADER END_JANE, "text/csv", false);
    ck_assert_uint_eq(tally.applied, 0);
    ck_assert_uint_eq(tally.unchanged, 1);
    ck_assert_ptr_null(tally.fault);
}
END_TEST

START_TEST(a_bad_line_keeps_all_from_being_applied)
{
    struct fs_crm_tally tally = take(HEADER END_JANE NOBODY "x,,ended,won,,\n", "text/csv", false);
    ck_assert_ptr_nonnull(tally.fault);
    ck_assert_uint_eq(tally.applied, 0);
    ck_assert_uint_eq(tally.bad, 2);
    ck_assert_uint_eq(tally.first_count, 2);
    ck_assert_uint_eq(tally.first[0].number, 3);
    ck_assert_str_eq(tally.first[0].field, "address");
    ck_assert_ptr_nonnull(strstr(tally.first[0].text, "nobody's lead"));
    ck_assert_uint_eq(tally.first[1].number, 4);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ACTIVE);
}
END_TEST

START_TEST(partial_applies_the_good_lines_and_tells_the_first_bad_ones)
{
    struct fs_crm_tally tally =
        take(HEADER NOBODY "x,,ended,won,,\ny,,ended,won,,\nz,,ended,won,,\n" END_JANE, "text/csv",
             true);
    ck_assert_ptr_null(tally.fault);
    ck_assert_uint_eq(tally.applied, 1);
    ck_assert_uint_eq(tally.bad, 4);
    ck_assert_uint_eq(tally.first_count, FS_CRM_TOLD_MAX);
    ck_assert_uint_eq(tally.first[FS_CRM_TOLD_MAX - 1].number, 4);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ENDED);
}
END_TEST

/* The objection ends the other lead, too, before the second line has its turn. */
START_TEST(a_line_that_becomes_bad_while_others_are_applied_is_told)
{
    send_as(1, "c1", JANE);
    struct fs_crm_tally tally = take(
        HEADER JANE ",sales,ended,opted_out,,\n" JANE ",events,ended,won,,\n", "text/csv", false);
    ck_assert_ptr_nonnull(tally.fault);
    ck_assert_uint_eq(tally.applied, 1);
    ck_assert_uint_eq(tally.bad, 1);
    ck_assert_uint_eq(tally.first[0].number, 3);
}
END_TEST

START_TEST(a_stop_breaks_it_off)
{
    const atomic_bool stopping = true;
    struct fs_crm_tally tally;
    ck_assert_int_eq(try_take(HEADER END_JANE, "text/csv", false, &stopping, &tally), FS_REFUSED);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ACTIVE);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("take");
    tcase_add_checked_fixture(tcase, begin_import, end_import);
    tcase_add_loop_test(tcase, the_content_type_decides_and_else_the_look_of_it, 0,
                        sizeof formats / sizeof *formats);
    tcase_add_test(tcase, it_is_recorded_as_decided_by_the_crm_with_the_source_as_actor);
    tcase_add_test(tcase, the_same_again_changes_nothing);
    tcase_add_test(tcase, a_bad_line_keeps_all_from_being_applied);
    tcase_add_test(tcase, partial_applies_the_good_lines_and_tells_the_first_bad_ones);
    tcase_add_test(tcase, a_line_that_becomes_bad_while_others_are_applied_is_told);
    tcase_add_test(tcase, a_stop_breaks_it_off);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
