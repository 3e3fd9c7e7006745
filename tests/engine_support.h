/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_support.h - what the tests of the engine share: an engine on a memory store with a
 * clock of the test's own, a configuration from a text, messages as facts, and how to look at
 * leads and at what was recorded of them.
 *
 * Included by one test program each. begin() and end() are its checked fixture; a test with a
 * configuration of its own makes its begin() of open_engine() and load_config().
 */
#ifndef FULLSTOP_TESTS_ENGINE_SUPPORT_H
#define FULLSTOP_TESTS_ENGINE_SUPPORT_H

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/engine.h"
#include "fullstop/hash.h"
#include "suite.h"

#define DAY_S ((int64_t)86400)
#define JANE "jane@kunde.example"
#define JOHN "john@kunde.example"
#define EVE "eve@other.example"
#define STRANGER "j.private@somewhere.example"
#define RELAYED "0100abc@relay.example"

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static int64_t now;
static struct fs_engine *engine;
static struct fs_arena *arena;
static const struct fs_config *config;

/* ---- fixture ---- */

static inline int64_t test_now(void *context)
{
    (void)context;
    return now;
}

/* Takes the configuration of that text in place of the one there is. */
__attribute__((format(printf, 1, 2))) static inline void load_config(const char *format, ...)
{
    char path[] = "/tmp/fullstop-test-XXXXXX";
    struct fs_error err = {FS_OK, ""};
    FILE *file = fdopen(mkstemp(path), "w");
    va_list values;
    ck_assert_ptr_nonnull(file);
    va_start(values, format);
    vfprintf(file, format, values);
    va_end(values);
    fclose(file);
    fs_config_unref(config);
    config = NULL;
    enum fs_status status = fs_config_load(path, &config, &err);
    unlink(path);
    ck_assert_msg(status == FS_OK, "%s", err.text);
}

static inline void open_engine(int64_t at)
{
    struct fs_engine_setup setup = {
        .store_url = "memory:", .log_name = "mx1", .create = true, .clock = {test_now, NULL}};
    setenv("TZ", "UTC", 1);
    now = at;
    arena = fs_arena_new(0);
    ck_assert_int_eq(fs_engine_open(&setup, &engine, NULL), FS_OK);
}

#define BEGAN_AT ((int64_t)1700000000) /* Tuesday, 2023-11-14 22:13 */

/* Two processes, the second of another sender. */
static inline void begin(void)
{
    open_engine(BEGAN_AT);
    load_config(
        "our_domains = { \"example.com\", \"@.example.com\" }\n"
        "process \"sales\" { mode = \"enforce\" senders = { \"@.example.com\" } }\n"
        "process \"events\" { mode = \"enforce\" senders = { \"ben@partner.example\" } }\n");
}

static inline void end(void)
{
    fs_engine_close(engine);
    fs_config_unref(config);
    config = NULL;
    fs_arena_free(arena);
}

/* set_up may be NULL, for tests that begin() and end() more than once. */
static inline int run_suite(const char *name, void (*set_up)(void), void (*add_tests)(TCase *))
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    if (set_up != NULL)
        tcase_add_checked_fixture(tcase, set_up, end);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

/* ---- mail that goes out; to is a comma-separated list ---- */

static inline struct fs_ruling offer_in(size_t process, struct fs_facts facts, const char *id,
                                        const char *to)
{
    struct fs_ruling ruling;
    struct fs_error err = {FS_OK, ""};
    const char *recipients[8];
    size_t count = 0;
    char *list = fs_arena_strdup(arena, to);
    for (char *one; (one = strsep(&list, ",")) != NULL;)
        recipients[count++] = one;
    facts.message_id = id;
    facts.from = process == 0 ? "anna@example.com" : "ben@partner.example";
    facts.key = fs_arena_printf(arena, "id:%s", id);
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[process],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = count};
    ck_assert_msg(fs_engine_outbound(engine, arena, &in, &ruling, &err) == FS_OK, "%s", err.text);
    now += 60;
    return ruling;
}

/* A message of the first process, whatever becomes of it. */
static inline struct fs_ruling offer(const char *id, const char *to)
{
    return offer_in(0, (struct fs_facts){.class = FS_CLASS_HUMAN}, id, to);
}

/* One that must pass. */
static inline void send_as(size_t process, const char *id, const char *to)
{
    struct fs_ruling ruling = offer_in(process, (struct fs_facts){.class = FS_CLASS_HUMAN}, id, to);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_PASSED);
}

static inline void send_to(const char *id, const char *to)
{
    send_as(0, id, to);
}

/* a1 to a4: the limit, where the configuration names none. */
static inline void send_four(const char *to)
{
    static const char *const ids[] = {"a1", "a2", "a3", "a4"};
    for (int i = 0; i < COUNT(ids); i++)
        send_to(ids[i], to);
}

/* ---- mail that comes in ---- */

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

/* Parses a message as it came in. */
static inline struct fs_facts parse(const char *bytes)
{
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, bytes, strlen(bytes), NULL, &facts, NULL), FS_OK);
    return facts;
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

/* ---- what has come of it; process NULL: any ---- */

static inline struct fs_lead_view *views_in(const char *process, const char *contact,
                                            size_t *out_count)
{
    struct fs_lead_view *views = NULL;
    struct fs_lead_query query = {.contact = contact, .process = process};
    ck_assert_int_eq(fs_engine_leads(engine, arena, config, &query, &views, out_count, NULL),
                     FS_OK);
    return views;
}

static inline struct fs_lead_view view_in(const char *process, const char *contact)
{
    size_t count = 0;
    const struct fs_lead_view *views = views_in(process, contact, &count);
    ck_assert_uint_le(count, 1);
    return count == 1 ? views[0] : (struct fs_lead_view){.process = process};
}

static inline struct fs_lead lead_in(const char *process, const char *contact)
{
    return view_in(process, contact).lead;
}

static inline struct fs_lead lead_of(const char *contact)
{
    return lead_in(NULL, contact);
}

static inline enum fs_state state_of(const char *contact)
{
    return lead_in("sales", contact).state;
}

static inline struct fs_event *history_of(const char *contact, size_t *out_count)
{
    struct fs_event *events = NULL;
    ck_assert_int_eq(fs_engine_history(engine, arena, contact, NULL, 0, &events, out_count, NULL),
                     FS_OK);
    return events;
}

static inline struct fs_event last_event(const char *contact)
{
    size_t count = 0;
    const struct fs_event *events = history_of(contact, &count);
    ck_assert_uint_gt(count, 0);
    return events[count - 1];
}

#endif
