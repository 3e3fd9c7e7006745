/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine.c - whole scripts on a memory store, with a clock of the test's own.
 */
#include "engine_support.h"

static void load(const char *mode)
{
    load_config("our_domains = { \"example.com\" }\n"
                "process \"sales\" { mode = \"%s\" senders = { \"@example.com\" } }\n",
                mode);
}

static void begin_enforcing(void)
{
    open_engine(BEGAN_AT);
    load("enforce");
}

START_TEST(the_fifth_message_is_refused_and_an_answer_reopens)
{
    send_four(JANE);
    struct fs_ruling fifth = offer("a5", JANE);
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
    struct fs_ruling mixed = offer("m1", EVE "," JANE);
    ck_assert_int_eq(mixed.disposition, FS_DISPOSITION_REFUSED);
    ck_assert_uint_eq(mixed.refused_count, 1);
    ck_assert_int_eq(lead_of(EVE).state, FS_STATE_NONE);
    ck_assert_int_eq(offer("m1", EVE).verdict, FS_VERDICT_PASS);
}
END_TEST

START_TEST(a_retry_counts_once_and_two_spellings_are_one_contact)
{
    ck_assert_uint_eq(offer("r1", JANE "," JANE).refused_count, 0);
    ck_assert_int_eq(lead_of(JANE).unanswered, 1);
    ck_assert_int_eq(offer("r1", JANE).verdict, FS_VERDICT_DUPLICATE);
    ck_assert_int_eq(lead_of(JANE).unanswered, 1);
    now += FS_KEY_KEPT_S + 1;
    ck_assert_int_eq(offer("r1", JANE).verdict, FS_VERDICT_PASS);
    ck_assert_int_eq(lead_of(JANE).unanswered, 2);
}
END_TEST

START_TEST(a_refused_retry_is_one_event_with_a_counter)
{
    struct fs_event *events;
    size_t count;
    send_four(JANE);
    ck_assert_int_eq(offer("a5", JANE).verdict, FS_VERDICT_OVER);
    ck_assert_int_eq(offer("a5", JANE).verdict, FS_VERDICT_OVER);
    events = history_of(JANE, &count);
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(events[4].repeats, 1);
}
END_TEST

START_TEST(a_response_passes_uncounted_once)
{
    offer("a1", JANE);
    hear((struct fs_facts){
        .class = FS_CLASS_HUMAN, .from = JANE, .message_id = "j1", .in_reply_to = "a1"});
    struct fs_facts reply = {.class = FS_CLASS_HUMAN, .in_reply_to = "j1", .in_thread = true};
    ck_assert_int_eq(offer_in(0, reply, "b1", JANE).verdict, FS_VERDICT_RESPONSE);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_REPLIED);
    ck_assert_int_eq(offer_in(0, reply, "b1", JANE).verdict, FS_VERDICT_DUPLICATE);
    ck_assert_int_eq(offer_in(0, reply, "b2", JANE).verdict, FS_VERDICT_PASS);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ACTIVE);
}
END_TEST

START_TEST(observe_and_flag_let_pass_and_count_the_overrun)
{
    send_four(JANE);
    load("flag");
    ck_assert_int_eq(offer("a5", JANE).disposition, FS_DISPOSITION_FLAGGED);
    load("observe");
    ck_assert_int_eq(offer("a6", JANE).disposition, FS_DISPOSITION_WOULD_REFUSE);
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
    ck_assert_int_eq(offer("a5", JANE).disposition, FS_DISPOSITION_WOULD_REFUSE);
    ck_assert_int_eq(fs_engine_switch(engine, false, &actor, NULL, &changed, NULL), FS_OK);
    ck_assert_int_eq(offer("a6", JANE).disposition, FS_DISPOSITION_REFUSED);
}
END_TEST

START_TEST(a_bounce_takes_back_and_a_dead_address_ends)
{
    const char *const ids[] = {"a2"};
    offer("a1", JANE);
    offer("a2", JANE);
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
    offer("a5", JANE);
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
    offer("a1", JANE);
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
    struct fs_facts objection = {.class = FS_CLASS_HUMAN, .from = EVE, .opt_out = FS_ANSWER_YES};
    struct fs_facts own = objection;
    own.from = "anna@example.com";
    ck_assert_ptr_null(hear(own).suppressed);
    ck_assert_str_eq(hear(objection).suppressed, EVE);
    ck_assert_str_eq(hear(objection).suppressed, EVE);
    ck_assert_ptr_null(hear(human(EVE, NULL)).suppressed);
    struct fs_ruling ruling = offer("a1", EVE);
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
    ck_assert_int_eq(offer("a5", JANE).verdict, FS_VERDICT_ENDED);
    offer("e1", EVE);
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
    offer("a1", JANE);
    ck_assert_int_eq(fs_engine_say(engine, arena, &saying, &out, &event, &err), FS_REFUSED);
    ck_assert_ptr_nonnull(strstr(err.text, "nothing to resume"));
    saying.what = FS_ON_END;
    saying.end_reason = FS_END_WON;
    ck_assert_int_eq(fs_engine_say(engine, arena, &saying, &out, &event, &err), FS_OK);
    ck_assert_int_eq(offer("a2", JANE).verdict, FS_VERDICT_EXEMPT);
}
END_TEST

static void add_tests(TCase *tcase)
{
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
}

int main(void)
{
    return run_suite("engine", begin_enforcing, add_tests);
}
