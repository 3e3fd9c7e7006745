/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_notice.c - who is told of what by mail, and when recipients are left out.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/engine.h"
#include "fullstop/hash.h"
#include "fullstop/outbox.h"
#include "fullstop/store.h"

#define DAY_S ((int64_t)86400)
#define JANE "jane@kunde.example"
#define ANNA "anna@example.com"
#define EVE "eve@other.example"

#define DROP "mixed = \"drop\" notices { kinds = { dropped, refused, last_touch } }"

static int64_t now;
static struct fs_engine *engine;
static struct fs_arena *arena;
static const struct fs_config *config;

static int64_t test_now(void *context)
{
    (void)context;
    return now;
}

static void load(const char *process)
{
    char path[] = "/tmp/fullstop-test-XXXXXX";
    struct fs_error err = {FS_OK, ""};
    FILE *file = fdopen(mkstemp(path), "w");
    fprintf(file,
            "our_domains = { \"example.com\" }\n"
            "process \"sales\" { mode = \"enforce\" senders = { \"@example.com\" }\n"
            "end { unanswered = 1 } %s }\n",
            process);
    fclose(file);
    fs_config_unref(config);
    config = NULL;
    ck_assert_msg(fs_config_load(path, &config, &err) == FS_OK, "%s", err.text);
    unlink(path);
}

static void begin(void)
{
    struct fs_engine_setup setup = {
        .store_url = "memory:", .log_name = "mx1", .create = true, .clock = {test_now, NULL}};
    now = 1700000000;
    arena = fs_arena_new(0);
    ck_assert_int_eq(fs_engine_open(&setup, &engine, NULL), FS_OK);
    load(DROP);
}

static void end(void)
{
    fs_engine_close(engine);
    fs_config_unref(config);
    config = NULL;
    fs_arena_free(arena);
}

static struct fs_ruling send_as(const char *from, bool can_drop, const char *id, const char *to)
{
    struct fs_ruling ruling;
    struct fs_error err = {FS_OK, ""};
    const char *recipients[8];
    size_t count = 0;
    char *list = fs_arena_strdup(arena, to);
    for (char *one; (one = strsep(&list, ",")) != NULL;)
        recipients[count++] = one;
    struct fs_facts facts = {.class = FS_CLASS_HUMAN, .message_id = id, .from = from};
    facts.key = fs_arena_printf(arena, "id:%s", id);
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[0],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = count,
                             .can_drop = can_drop};
    ck_assert_msg(fs_engine_outbound(engine, arena, &in, &ruling, &err) == FS_OK, "%s", err.text);
    return ruling;
}

static struct fs_ruling send_to(const char *id, const char *to)
{
    return send_as(ANNA, true, id, to);
}

/* How many notices of a kind wait. */
static size_t notices(const char *kind)
{
    struct fs_outbox_item *items = NULL;
    size_t count = 0;
    size_t found = 0;
    ck_assert_int_eq(fs_outbox_list(fs_engine_store(engine), arena, "notices:sales", 0, false, 0,
                                    &items, &count, NULL),
                     FS_OK);
    for (size_t i = 0; i < count; i++)
        found += strcmp(items[i].type, kind) == 0 ? 1 : 0;
    return found;
}

static bool is_active(const char *contact)
{
    struct fs_lead_view *views = NULL;
    size_t count = 0;
    struct fs_lead_query query = {.contact = contact};
    ck_assert_int_eq(fs_engine_leads(engine, arena, config, &query, &views, &count, NULL), FS_OK);
    return count == 1 && views[0].lead.state == FS_STATE_ACTIVE;
}

START_TEST(who_is_refused_is_left_out_and_told_of)
{
    send_to("a", JANE);
    ck_assert_uint_eq(notices("last_touch"), 1);
    struct fs_ruling ruling = send_to("b", JANE "," EVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_DROPPED);
    ck_assert(ruling.recipients[0].refused && !ruling.recipients[1].refused);
    ck_assert(is_active(EVE) && !is_active(JANE));
    ck_assert_uint_eq(notices("dropped"), 1);
    ck_assert_uint_eq(notices("refused"), 0);
}
END_TEST

START_TEST(with_nobody_left_the_message_is_refused)
{
    send_to("a", JANE);
    ck_assert_int_eq(send_to("b", JANE).disposition, FS_DISPOSITION_REFUSED);
    ck_assert_uint_eq(notices("dropped"), 0);
    ck_assert_uint_eq(notices("refused"), 1);
}
END_TEST

START_TEST(nobody_is_left_out_where_nobody_can_be_told)
{
    send_to("a", JANE);
    struct fs_ruling ruling = send_as("anna@outside.example", true, "b", JANE "," EVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_REFUSED);
    ck_assert(!is_active(EVE));
    ck_assert_uint_eq(notices("dropped"), 0);
}
END_TEST

START_TEST(nobody_is_left_out_where_the_mta_takes_no_recipient_off)
{
    send_to("a", JANE);
    struct fs_ruling ruling = send_as(ANNA, false, "b", JANE "," EVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_REFUSED);
    ck_assert(!is_active(EVE));
}
END_TEST

START_TEST(each_message_that_leaves_somebody_out_is_told_of)
{
    send_to("a", JANE);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(send_to("same", JANE "," EVE).disposition, FS_DISPOSITION_DROPPED);
    ck_assert_int_eq(send_to("other", JANE ",new@third.example").disposition,
                     FS_DISPOSITION_DROPPED);
    ck_assert_uint_eq(notices("dropped"), 4);
}
END_TEST

START_TEST(of_one_lead_and_kind_there_is_one_notice_a_day)
{
    send_to("a", JANE);
    send_to("b", JANE);
    send_to("c", JANE);
    send_to("c", JANE);
    ck_assert_uint_eq(notices("refused"), 1);
    now += DAY_S;
    send_to("d", JANE);
    ck_assert_uint_eq(notices("refused"), 2);
}
END_TEST

START_TEST(without_kinds_nobody_is_told)
{
    load("");
    send_to("a", JANE);
    send_to("b", JANE);
    ck_assert_uint_eq(notices("refused") + notices("last_touch"), 0);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("engine notices");
    TCase *tcase = tcase_create("notices");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, who_is_refused_is_left_out_and_told_of);
    tcase_add_test(tcase, with_nobody_left_the_message_is_refused);
    tcase_add_test(tcase, nobody_is_left_out_where_nobody_can_be_told);
    tcase_add_test(tcase, nobody_is_left_out_where_the_mta_takes_no_recipient_off);
    tcase_add_test(tcase, each_message_that_leaves_somebody_out_is_told_of);
    tcase_add_test(tcase, of_one_lead_and_kind_there_is_one_notice_a_day);
    tcase_add_test(tcase, without_kinds_nobody_is_told);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
