/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine.c - whole scripts on a memory store, with a clock of the test's own.
 */
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

static int64_t now;
static struct fs_engine *engine;
static struct fs_arena *arena;
static const struct fs_config *config;

static int64_t test_now(void *context)
{
    (void)context;
    return now;
}

static void load(const char *mode)
{
    char path[] = "/tmp/fullstop-test-XXXXXX";
    struct fs_error err = {FS_OK, ""};
    FILE *file = fdopen(mkstemp(path), "w");
    fprintf(file,
            "our_domains = { \"example.com\" }\n"
            "process \"sales\" { mode = \"%s\" senders = { \"@example.com\" } }\n",
            mode);
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
    load("enforce");
}

static void end(void)
{
    fs_engine_close(engine);
    fs_config_unref(config);
    config = NULL;
    fs_arena_free(arena);
}

/* Sends one message; to is a comma-separated list. */
static struct fs_ruling send_with(struct fs_facts facts, const char *id, const char *to)
{
    struct fs_ruling ruling;
    struct fs_error err = {FS_OK, ""};
    const char *recipients[8];
    size_t count = 0;
    char *list = fs_arena_strdup(arena, to);
    for (char *one; (one = strsep(&list, ",")) != NULL;)
        recipients[count++] = one;
    facts.message_id = id;
    facts.from = "anna@example.com";
    facts.key = fs_arena_printf(arena, "id:%s", id);
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[0],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = count};
    ck_assert_msg(fs_engine_outbound(engine, arena, &in, &ruling, &err) == FS_OK, "%s", err.text);
    return ruling;
}

static struct fs_ruling send_to(const char *id, const char *to)
{
    return send_with((struct fs_facts){.class = FS_CLASS_HUMAN}, id, to);
}

static struct fs_hearing hear(struct fs_facts facts)
{
    struct fs_hearing hearing;
    struct fs_error err = {FS_OK, ""};
    facts.rule = "test";
    struct fs_inbound in = {.config = config, .facts = &facts};
    ck_assert_msg(fs_engine_inbound(engine, arena, &in, &hearing, &err) == FS_OK, "%s", err.text);
    return hearing;
}

static struct fs_lead lead_of(const char *contact)
{
    struct fs_lead_view *views = NULL;
    size_t count = 0;
    struct fs_lead_query query = {.contact = contact};
    ck_assert_int_eq(fs_engine_leads(engine, arena, config, &query, &views, &count, NULL), FS_OK);
    return count == 1 ? views[0].lead : (struct fs_lead){.state = FS_STATE_NONE};
}

static void send_four(const char *to)
{
    static const char *const ids[] = {"a1", "a2", "a3", "a4"};
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(send_to(ids[i], to).disposition, FS_DISPOSITION_PASSED);
}

START_TEST(the_fifth_message_is_refused_and_an_answer_reopens)
{
    send_four(JANE);
    struct fs_ruling fifth = send_to("a5", JANE);
    ck_assert_int_eq(fifth.disposition, FS_DISPOSITION_REFUSED);
    ck_assert_int_eq(fifth.verdict, FS_VERDICT_OVER);
    ck_assert_str_eq(fifth.recipients[0].event_id, "mx1-5");
    struct fs_hearing answer = hear((struct fs_facts){
        .class = FS_CLASS_HUMAN, .from = JANE, .message_id = "j1", .in_reply_to = "a2"});
    ck_assert_str_eq(answer.match, "thread");
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_REPLIED);
    ck_assert_int_eq(lead_of(JANE).cycle, 2);
}
END_TEST

START_TEST(a_refused_message_counts_nobody)
{
    send_four(JANE);
    struct fs_ruling mixed = send_to("m1", EVE "," JANE);
    ck_assert_int_eq(mixed.disposition, FS_DISPOSITION_REFUSED);
    ck_assert_uint_eq(mixed.refused_count, 1);
    ck_assert_int_eq(lead_of(EVE).state, FS_STATE_NONE);
    ck_assert_int_eq(send_to("m1", EVE).verdict, FS_VERDICT_PASS);
}
END_TEST

START_TEST(a_retry_counts_once_and_two_spellings_are_one_contact)
{
    ck_assert_uint_eq(send_to("r1", JANE "," JANE).refused_count, 0);
    ck_assert_int_eq(lead_of(JANE).unanswered, 1);
    ck_assert_int_eq(send_to("r1", JANE).verdict, FS_VERDICT_DUPLICATE);
    ck_assert_int_eq(lead_of(JANE).unanswered, 1);
    now += FS_KEY_KEPT_S + 1;
    ck_assert_int_eq(send_to("r1", JANE).verdict, FS_VERDICT_PASS);
    ck_assert_int_eq(lead_of(JANE).unanswered, 2);
}
END_TEST

START_TEST(a_refused_retry_is_one_event_with_a_counter)
{
    struct fs_event *events;
    size_t count;
    send_four(JANE);
    ck_assert_int_eq(send_to("a5", JANE).verdict, FS_VERDICT_OVER);
    ck_assert_int_eq(send_to("a5", JANE).verdict, FS_VERDICT_OVER);
    ck_assert_int_eq(fs_engine_history(engine, arena, JANE, NULL, 0, &events, &count, NULL), FS_OK);
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(events[4].repeats, 1);
}
END_TEST

START_TEST(a_response_passes_uncounted_once)
{
    send_to("a1", JANE);
    hear((struct fs_facts){
        .class = FS_CLASS_HUMAN, .from = JANE, .message_id = "j1", .in_reply_to = "a1"});
    struct fs_facts reply = {.class = FS_CLASS_HUMAN, .in_reply_to = "j1", .in_thread = true};
    ck_assert_int_eq(send_with(reply, "b1", JANE).verdict, FS_VERDICT_RESPONSE);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_REPLIED);
    ck_assert_int_eq(send_with(reply, "b1", JANE).verdict, FS_VERDICT_DUPLICATE);
    ck_assert_int_eq(send_with(reply, "b2", JANE).verdict, FS_VERDICT_PASS);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ACTIVE);
}
END_TEST

START_TEST(observe_and_flag_let_pass_and_count_the_overrun)
{
    send_four(JANE);
    load("flag");
    ck_assert_int_eq(send_to("a5", JANE).disposition, FS_DISPOSITION_FLAGGED);
    load("observe");
    ck_assert_int_eq(send_to("a6", JANE).disposition, FS_DISPOSITION_WOULD_REFUSE);
    ck_assert_int_eq(lead_of(JANE).unanswered, 4);
    ck_assert_int_eq(lead_of(JANE).overrun, 2);
}
END_TEST

START_TEST(switched_off_every_process_observes)
{
    struct fs_actor actor = {"anna", 1000};
    bool changed = false;
    send_four(JANE);
    ck_assert_int_eq(fs_engine_switch(engine, true, &actor, NULL, &changed, NULL), FS_OK);
    ck_assert(changed);
    ck_assert_int_eq(send_to("a5", JANE).disposition, FS_DISPOSITION_WOULD_REFUSE);
    ck_assert_int_eq(fs_engine_switch(engine, false, &actor, NULL, &changed, NULL), FS_OK);
    ck_assert_int_eq(send_to("a6", JANE).disposition, FS_DISPOSITION_REFUSED);
}
END_TEST

START_TEST(a_bounce_takes_back_and_a_dead_address_ends)
{
    const char *const ids[] = {"a2"};
    send_to("a1", JANE);
    send_to("a2", JANE);
    struct fs_facts bounce = {.class = FS_CLASS_BOUNCE,
                              .from = "mailer-daemon@kunde.example",
                              .status = "5.2.2",
                              .permanent = true,
                              .returned_ids = ids,
                              .returned_id_count = 1};
    ck_assert_str_eq(hear(bounce).match, "returned-id");
    ck_assert_int_eq(lead_of(JANE).unanswered, 1);
    hear(bounce);
    ck_assert_int_eq(lead_of(JANE).unanswered, 1);
    bounce.status = "5.1.1";
    hear(bounce);
    ck_assert_int_eq(lead_of(JANE).end_reason, FS_END_BOUNCED);
}
END_TEST

START_TEST(a_report_about_what_we_refused_is_nothing)
{
    const char *const ids[] = {"a5"};
    send_four(JANE);
    send_to("a5", JANE);
    struct fs_hearing hearing = hear((struct fs_facts){.class = FS_CLASS_BOUNCE,
                                                       .status = "5.1.1",
                                                       .permanent = true,
                                                       .original_recipient = JANE,
                                                       .returned_ids = ids,
                                                       .returned_id_count = 1});
    ck_assert_uint_eq(hearing.lead_count, 0);
    ck_assert_int_eq(lead_of(JANE).end_reason, FS_END_NO_REPLY);
}
END_TEST

START_TEST(a_colleagues_answer_pauses_and_our_own_mail_is_none)
{
    send_to("a1", JANE);
    struct fs_hearing own = hear(
        (struct fs_facts){.class = FS_CLASS_HUMAN, .from = "bob@example.com", .in_reply_to = "a1"});
    ck_assert(own.own_mail);
    struct fs_hearing colleague =
        hear((struct fs_facts){.class = FS_CLASS_HUMAN, .from = JOHN, .message_id = "j1"});
    ck_assert_str_eq(colleague.match, "account");
    ck_assert_int_eq(lead_of(JANE).pause_reason, FS_PAUSE_ACCOUNT_REPLY);
}
END_TEST

START_TEST(an_opt_out_suppresses_the_address_for_new_leads)
{
    hear((struct fs_facts){.class = FS_CLASS_HUMAN, .from = EVE, .opt_out = FS_ANSWER_YES});
    struct fs_ruling ruling = send_to("a1", EVE);
    ck_assert_int_eq(ruling.verdict, FS_VERDICT_SUPPRESSED);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_REFUSED);
}
END_TEST

START_TEST(time_ends_a_lead_whether_or_not_the_sweep_ran)
{
    int64_t changes = 0;
    send_four(JANE);
    now += 6 * DAY_S;
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ENDED);
    ck_assert_int_eq(send_to("a5", JANE).verdict, FS_VERDICT_ENDED);
    send_to("e1", EVE);
    now += 181 * DAY_S;
    ck_assert_int_eq(fs_engine_sweep(engine, config, &changes, NULL), FS_OK);
    ck_assert_int_eq(changes, 1);
    ck_assert_int_eq(fs_engine_sweep(engine, config, &changes, NULL), FS_OK);
    ck_assert_int_eq(changes, 0);
    ck_assert_int_eq(lead_of(EVE).end_reason, FS_END_EXPIRED);
}
END_TEST

START_TEST(an_impossible_wish_is_refused_with_a_sentence)
{
    struct fs_hearing_lead out;
    const char *event = NULL;
    struct fs_error err = {FS_OK, ""};
    struct fs_saying saying = {.config = config,
                               .what = FS_ON_RESUME,
                               .address = JANE,
                               .note = "because",
                               .actor = {"anna", 1000}};
    ck_assert_int_eq(fs_engine_say(engine, arena, &saying, &out, &event, &err), FS_NOT_FOUND);
    send_to("a1", JANE);
    ck_assert_int_eq(fs_engine_say(engine, arena, &saying, &out, &event, &err), FS_REFUSED);
    ck_assert_ptr_nonnull(strstr(err.text, "nothing to resume"));
    saying.what = FS_ON_END;
    saying.end_reason = FS_END_WON;
    ck_assert_int_eq(fs_engine_say(engine, arena, &saying, &out, &event, &err), FS_OK);
    ck_assert_int_eq(send_to("a2", JANE).verdict, FS_VERDICT_EXEMPT);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("engine");
    TCase *tcase = tcase_create("scripts");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, the_fifth_message_is_refused_and_an_answer_reopens);
    tcase_add_test(tcase, a_refused_message_counts_nobody);
    tcase_add_test(tcase, a_retry_counts_once_and_two_spellings_are_one_contact);
    tcase_add_test(tcase, a_refused_retry_is_one_event_with_a_counter);
    tcase_add_test(tcase, a_response_passes_uncounted_once);
    tcase_add_test(tcase, observe_and_flag_let_pass_and_count_the_overrun);
    tcase_add_test(tcase, switched_off_every_process_observes);
    tcase_add_test(tcase, a_bounce_takes_back_and_a_dead_address_ends);
    tcase_add_test(tcase, a_report_about_what_we_refused_is_nothing);
    tcase_add_test(tcase, a_colleagues_answer_pauses_and_our_own_mail_is_none);
    tcase_add_test(tcase, an_opt_out_suppresses_the_address_for_new_leads);
    tcase_add_test(tcase, time_ends_a_lead_whether_or_not_the_sweep_ran);
    tcase_add_test(tcase, an_impossible_wish_is_refused_with_a_sentence);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
