/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_inbound.h - what the tests of incoming mail share: an engine on a memory store with
 * a clock of the test's own, two processes, messages as facts, and how to look at a lead.
 *
 * Included by one test program each; begin() and end() are its checked fixture.
 */
#ifndef FULLSTOP_TESTS_ENGINE_INBOUND_H
#define FULLSTOP_TESTS_ENGINE_INBOUND_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/engine.h"
#include "fullstop/hash.h"

#define DAY_S ((int64_t)86400)
#define JANE "jane@kunde.example"
#define JOHN "john@kunde.example"
#define EVE "eve@other.example"
#define STRANGER "j.private@somewhere.example"
#define RELAYED "0100abc@relay.example"

static int64_t now;
static struct fs_engine *engine;
static struct fs_arena *arena;
static const struct fs_config *config;

static inline int64_t test_now(void *context)
{
    (void)context;
    return now;
}

static inline void load(void)
{
    char path[] = "/tmp/fullstop-test-XXXXXX";
    struct fs_error err = {FS_OK, ""};
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("our_domains = { \"example.com\", \"@.example.com\" }\n"
          "process \"sales\" { mode = \"enforce\" senders = { \"@.example.com\" } }\n"
          "process \"events\" { mode = \"enforce\" senders = { \"ben@partner.example\" } }\n",
          file);
    fclose(file);
    ck_assert_msg(fs_config_load(path, &config, &err) == FS_OK, "%s", err.text);
    unlink(path);
}

static inline void begin(void)
{
    struct fs_engine_setup setup = {
        .store_url = "memory:", .log_name = "mx1", .create = true, .clock = {test_now, NULL}};
    setenv("TZ", "UTC", 1);
    now = 1700000000; /* Tuesday, 2023-11-14 22:13 */
    arena = fs_arena_new(0);
    ck_assert_int_eq(fs_engine_open(&setup, &engine, NULL), FS_OK);
    load();
}

static inline void end(void)
{
    fs_engine_close(engine);
    fs_config_unref(config);
    config = NULL;
    fs_arena_free(arena);
}

/* Sends one message of the process; to is a comma-separated list. */
static inline void send_as(size_t process, const char *id, const char *to)
{
    struct fs_ruling ruling;
    struct fs_error err = {FS_OK, ""};
    const char *recipients[8];
    size_t count = 0;
    char *list = fs_arena_strdup(arena, to);
    for (char *one; (one = strsep(&list, ",")) != NULL;)
        recipients[count++] = one;
    struct fs_facts facts = {.class = FS_CLASS_HUMAN,
                             .message_id = id,
                             .from = process == 0 ? "anna@example.com" : "ben@partner.example",
                             .key = fs_arena_printf(arena, "id:%s", id)};
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[process],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = count};
    ck_assert_msg(fs_engine_outbound(engine, arena, &in, &ruling, &err) == FS_OK, "%s", err.text);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_PASSED);
    now += 60;
}

static inline void send_to(const char *id, const char *to)
{
    send_as(0, id, to);
}

static inline struct fs_hearing hear(struct fs_facts facts)
{
    struct fs_hearing hearing;
    struct fs_error err = {FS_OK, ""};
    facts.rule = "test";
    struct fs_inbound in = {.config = config, .facts = &facts};
    ck_assert_msg(fs_engine_inbound(engine, arena, &in, &hearing, &err) == FS_OK, "%s", err.text);
    now += 60;
    return hearing;
}

static inline struct fs_facts human(const char *from, const char *in_reply_to)
{
    return (struct fs_facts){
        .class = FS_CLASS_HUMAN, .from = from, .in_reply_to = in_reply_to, .message_id = "h"};
}

/* A delivery report that returns up to two ids. */
static inline struct fs_facts report(enum fs_mail_class class, const char *recipient,
                                     const char *id, const char *second_id)
{
    const char **ids = fs_arena_alloc(arena, 2, sizeof(*ids));
    ids[0] = id;
    ids[1] = second_id;
    return (struct fs_facts){.class = class,
                             .from = "mailer-daemon@mx.kunde.example",
                             .sender = "",
                             .message_id = "dsn",
                             .status = "5.1.1",
                             .permanent = class == FS_CLASS_BOUNCE,
                             .original_recipient = recipient,
                             .returned_ids = ids,
                             .returned_id_count = (id != NULL) + (size_t)(second_id != NULL)};
}

static inline struct fs_lead lead_in(const char *process, const char *contact)
{
    struct fs_lead_view *views = NULL;
    size_t count = 0;
    struct fs_lead_query query = {.contact = contact, .process = process};
    ck_assert_int_eq(fs_engine_leads(engine, arena, config, &query, &views, &count, NULL), FS_OK);
    ck_assert_uint_le(count, 1);
    return count == 1 ? views[0].lead : (struct fs_lead){.state = FS_STATE_NONE};
}

static inline enum fs_state state_of(const char *contact)
{
    return lead_in("sales", contact).state;
}

static inline const char *match_of(const struct fs_hearing *hearing, const char *contact)
{
    for (size_t i = 0; i < hearing->lead_count; i++) {
        if (strcmp(hearing->leads[i].contact, contact) == 0)
            return hearing->leads[i].match;
    }
    return "none";
}

static inline void expect_match(struct fs_facts facts, const char *match, size_t leads)
{
    struct fs_hearing hearing = hear(facts);
    ck_assert_str_eq(hearing.match != NULL ? hearing.match : "none", match);
    ck_assert_uint_eq(hearing.lead_count, leads);
}

/* Parses a message as it came in. */
static inline struct fs_facts parse(const char *bytes)
{
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, bytes, strlen(bytes), NULL, &facts, NULL), FS_OK);
    return facts;
}

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static inline int run_suite(const char *name, void (*add_tests)(TCase *))
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, begin, end);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
