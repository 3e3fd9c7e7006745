/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_proof.c - answers { require }: what a salesperson may try from outside to open
 * a lead, or to have the count start anew, under each setting; and what still counts.
 */
#include "engine_support.h"

enum { ANY, THREAD, AUTHENTICATED, SETTINGS };
static const char *const settings[SETTINGS] = {"any", "thread", "authenticated"};

static void require(int setting)
{
    load_config("our_domains = { \"example.com\", \"@.example.com\" }\n"
                "authserv_ids = { \"mx.example.com\" }\n"
                "process \"sales\" { mode = \"enforce\" senders = { \"@.example.com\" }\n"
                " answers { require = \"%s\" } }\n"
                "process \"events\" { mode = \"enforce\" senders = { \"ben@partner.example\" } }\n",
                settings[setting]);
}

/* What comes in after four messages a1 to a4 to Jane, the last of which was the limit. */
static const char *const last_is_ours[] = {"x@kunde.example", "a4", "y@kunde.example"};

#define HUMAN .class = FS_CLASS_HUMAN, .message_id = "h"

static const struct {
    const char *name;
    struct fs_facts facts;
    bool counts[SETTINGS];
} answers[] = {
    {"the contact in the thread, proven",
     {HUMAN, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {true, true, true}},
    {"the same by its signature",
     {HUMAN, .from = JANE, .in_reply_to = "a1", .auth = FS_AUTH_DKIM},
     {true, true, true}},
    {"a colleague in the thread, proven",
     {HUMAN, .from = JOHN, .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {true, true, true}},
    {"forged From, with an id the sender knows",
     {HUMAN, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_NONE},
     {true, true, false}},
    {"the same in References only",
     {HUMAN, .from = JANE, .references = last_is_ours, .reference_count = 3, .auth = FS_AUTH_NONE},
     {true, true, false}},
    {"forged colleague",
     {HUMAN, .from = JOHN, .in_reply_to = "a4", .auth = FS_AUTH_NONE},
     {true, true, false}},
    {"forged calendar answer",
     {.class = FS_CLASS_CALENDAR, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_NONE},
     {true, true, false}},
    {"signed by another domain",
     {HUMAN, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_OTHER},
     {true, true, false}},
    {"two in From",
     {HUMAN, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_AUTHORS},
     {true, true, false}},
    {"no verifier",
     {HUMAN, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_UNASKED},
     {true, true, false}},
    {"called a forgery",
     {HUMAN, .from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_REFUTED},
     {true, false, false}},
    {"forged From outside the thread",
     {HUMAN, .from = JANE, .auth = FS_AUTH_NONE},
     {true, false, false}},
    {"the contact outside the thread, proven",
     {HUMAN, .from = JANE, .auth = FS_AUTH_DMARC},
     {true, false, true}},
    {"the contact with an id that is none of ours, proven",
     {HUMAN, .from = JANE, .in_reply_to = RELAYED, .auth = FS_AUTH_DKIM},
     {true, false, true}},
    {"a private mailbox in the thread, proven",
     {HUMAN, .from = STRANGER, .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {true, false, false}},
    {"the same with the contact in Reply-To",
     {HUMAN, .from = STRANGER, .reply_to = JANE, .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {true, false, false}},
    {"the same with the contact as envelope sender",
     {HUMAN, .from = STRANGER, .sender = JANE, .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {true, false, false}},
    {"a list of one's own that speaks for the contact",
     {HUMAN, .from = STRANGER, .original_from = JANE, .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {true, false, false}},
    {"a group of ours that speaks for the contact",
     {HUMAN, .from = "group@example.com", .original_from = JANE, .in_reply_to = "a4",
      .auth = FS_AUTH_DMARC},
     {true, false, false}},
    {"From of our own",
     {HUMAN, .from = "anna@example.com", .in_reply_to = "a4", .auth = FS_AUTH_DMARC},
     {false, false, false}},
};

static void check_recorded(int row, int setting)
{
    const char *rule = setting == THREAD ? "answer.unthreaded" : "answer.unproven";
    const struct fs_event event = last_event(JANE);
    if (setting == ANY || strcmp(answers[row].name, "From of our own") == 0)
        return;
    ck_assert_msg(strcmp(fs_rule_name(event.rule), rule) == 0, "%s: %s", answers[row].name,
                  fs_rule_name(event.rule));
    ck_assert_int_eq(event.kind, FS_EVENT_HEARD);
    struct fs_explanation *told = NULL;
    size_t count = 0;
    enum fs_end_reason reason;
    int64_t since = 0;
    ck_assert_int_eq(
        fs_engine_why(engine, arena, config, JANE, "sales", &told, &count, &reason, &since, NULL),
        FS_OK);
    ck_assert_int_eq(told[0].unproven.seq, event.seq);
}

START_TEST(an_answer_counts_when_it_is_what_the_setting_asks_for)
{
    int row = _i / SETTINGS;
    int setting = _i % SETTINGS;
    require(setting);
    send_four(JANE);
    hear(answers[row].facts);
    bool counts = answers[row].counts[setting];
    struct fs_lead lead = lead_in("sales", JANE);
    ck_assert_msg((lead.state == FS_STATE_REPLIED) == counts, "%s under %s: %s", answers[row].name,
                  settings[setting], fs_state_name(lead.state));
    ck_assert_int_eq(lead.unanswered, counts ? 0 : 4);
    if (!counts)
        check_recorded(row, setting);
}
END_TEST

START_TEST(an_ended_lead_opens_for_what_counts_only)
{
    int row = _i / SETTINGS;
    int setting = _i % SETTINGS;
    require(setting);
    send_four(JANE);
    now += 10 * DAY_S; /* grace is over */
    hear(answers[row].facts);
    struct fs_lead lead = lead_in("sales", JANE);
    ck_assert_msg((lead.state == FS_STATE_REPLIED) == answers[row].counts[setting],
                  "%s under %s: %s", answers[row].name, settings[setting],
                  fs_state_name(lead.state));
    ck_assert_int_eq(lead.cycle, answers[row].counts[setting] ? 2 : 1);
}
END_TEST

/* A mailbox of one's own that is a contact too gets the same message and answers for Jane. */
START_TEST(who_got_the_same_message_does_not_answer_for_the_contact)
{
    require(_i);
    send_to("a1", JANE "," STRANGER);
    hear((struct fs_facts){HUMAN, .from = STRANGER, .reply_to = JANE, .in_reply_to = "a1",
                           .auth = FS_AUTH_DMARC});
    ck_assert_int_eq(state_of(STRANGER), FS_STATE_REPLIED);
    ck_assert_int_eq(state_of(JANE), _i == ANY ? FS_STATE_REPLIED : FS_STATE_ACTIVE);
}
END_TEST

START_TEST(the_thread_of_another_contact_is_not_the_writers)
{
    require(_i);
    send_to("a1", JANE);
    send_to("e1", EVE);
    hear((struct fs_facts){HUMAN, .from = JANE, .in_reply_to = "e1", .auth = FS_AUTH_DMARC});
    ck_assert_int_eq(state_of(EVE), _i == ANY ? FS_STATE_REPLIED : FS_STATE_ACTIVE);
    ck_assert_int_eq(state_of(JANE), _i == THREAD ? FS_STATE_ACTIVE : FS_STATE_REPLIED);
}
END_TEST

/* ---- our response to an answer ---- */

static enum fs_verdict respond(const char *id, const char *to, const char *references)
{
    const char *const ids[] = {references, "h"};
    struct fs_facts facts = {.class = FS_CLASS_HUMAN,
                             .in_reply_to = "h",
                             .references = ids,
                             .reference_count = 2,
                             .in_thread = true};
    return offer_in(0, facts, id, to).verdict;
}

START_TEST(only_an_answer_that_counts_is_responded_to_uncounted)
{
    int row = _i / SETTINGS;
    int setting = _i % SETTINGS;
    if (answers[row].facts.message_id == NULL)
        return;
    require(setting);
    send_four(JANE);
    hear(answers[row].facts);
    enum fs_verdict verdict = respond("a5", JANE, "a4");
    ck_assert_msg((verdict == FS_VERDICT_RESPONSE) == answers[row].counts[setting],
                  "%s under %s: %s", answers[row].name, settings[setting],
                  fs_verdict_name(verdict));
}
END_TEST

START_TEST(what_another_process_takes_for_an_answer_is_no_way_into_a_strict_one)
{
    require(AUTHENTICATED);
    send_four(JANE);
    send_as(1, "b1", JANE);
    hear((struct fs_facts){HUMAN, .from = JANE, .in_reply_to = "b1", .auth = FS_AUTH_NONE});
    ck_assert_int_eq(lead_in("events", JANE).state, FS_STATE_REPLIED);
    ck_assert_int_eq(lead_in("sales", JANE).unanswered, 4);
    ck_assert_int_eq(respond("a5", JANE, "b1"), FS_VERDICT_OVER);
}
END_TEST

/* ---- ids, colleagues, reports, and what only restricts ---- */

START_TEST(a_strict_process_learns_no_ids_from_replies)
{
    require(_i);
    send_to("a1", JANE);
    hear((struct fs_facts){HUMAN, .from = JANE, .in_reply_to = RELAYED, .auth = FS_AUTH_DMARC});
    struct fs_hearing hearing =
        hear((struct fs_facts){.class = FS_CLASS_HUMAN, .from = STRANGER, .in_reply_to = RELAYED});
    ck_assert_str_eq(match_of(&hearing, JANE), _i == ANY ? "thread" : "none");
}
END_TEST

START_TEST(an_id_that_a_report_taught_is_no_proof_of_the_thread)
{
    require(THREAD);
    send_to("a1", JANE);
    hear(report(FS_CLASS_DELAYED, JANE, RELAYED, NULL));
    struct fs_hearing hearing = hear(human(JANE, RELAYED));
    ck_assert_str_eq(match_of(&hearing, JANE), "thread");
    ck_assert_str_eq(fs_rule_name(hearing.leads[0].rule), "answer.unthreaded");
    ck_assert_int_eq(lead_in("sales", JANE).unanswered, 1);
}
END_TEST

static const struct {
    enum fs_auth auth;
    bool pauses[SETTINGS];
} colleagues[] = {
    {FS_AUTH_DMARC, {true, false, true}},
    {FS_AUTH_NONE, {true, false, false}},
};

START_TEST(a_colleague_outside_the_thread_pauses_when_that_is_proven)
{
    int row = _i / SETTINGS;
    int setting = _i % SETTINGS;
    require(setting);
    send_to("a1", JANE);
    hear((struct fs_facts){HUMAN, .from = JOHN, .auth = colleagues[row].auth});
    ck_assert_int_eq(state_of(JANE),
                     colleagues[row].pauses[setting] ? FS_STATE_PAUSED : FS_STATE_ACTIVE);
}
END_TEST

static const struct {
    const char *from;
    enum fs_auth auth;
    int left[SETTINGS]; /* of two touches */
} reports[] = {
    {"mailer-daemon@mx.kunde.example", FS_AUTH_DKIM, {1, 1, 1}},
    {"mailer-daemon@mx.kunde.example", FS_AUTH_NONE, {1, 1, 2}},
    {"mailer-daemon@mx.other.example", FS_AUTH_DMARC, {1, 1, 2}},
};

START_TEST(a_report_takes_a_touch_back_when_that_is_proven)
{
    int row = _i / SETTINGS;
    int setting = _i % SETTINGS;
    require(setting);
    send_to("a1", JANE);
    send_to("a2", JANE);
    struct fs_facts facts = report(FS_CLASS_BOUNCE, JANE, "a2", NULL);
    facts.from = reports[row].from;
    facts.auth = reports[row].auth;
    facts.status = "5.2.2";
    hear(facts);
    ck_assert_int_eq(lead_in("sales", JANE).unanswered, reports[row].left[setting]);
    facts.status = "5.1.1"; /* dead: that only restricts */
    hear(facts);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_BOUNCED);
}
END_TEST

START_TEST(what_only_restricts_asks_for_no_proof)
{
    struct fs_facts out = {HUMAN, .from = JANE, .opt_out = FS_ANSWER_YES, .auth = FS_AUTH_REFUTED};
    struct fs_facts no = {HUMAN, .from = EVE, .decline = FS_ANSWER_YES, .auth = FS_AUTH_NONE};
    struct fs_facts away = {.class = FS_CLASS_OUT_OF_OFFICE, .from = JOHN, .auth = FS_AUTH_NONE};
    require(_i);
    send_to("a1", JANE "," EVE "," JOHN);
    hear(out);
    hear(no);
    hear(away);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_OPTED_OUT);
    ck_assert_int_eq(lead_in("sales", EVE).pause_reason, FS_PAUSE_REVIEW);
    ck_assert_int_eq(lead_in("sales", JOHN).pause_reason, FS_PAUSE_OUT_OF_OFFICE);
}
END_TEST

static void add_tests(TCase *tcase)
{
    int each = COUNT(answers) * SETTINGS;
    tcase_add_loop_test(tcase, an_answer_counts_when_it_is_what_the_setting_asks_for, 0, each);
    tcase_add_loop_test(tcase, an_ended_lead_opens_for_what_counts_only, 0, each);
    tcase_add_loop_test(tcase, who_got_the_same_message_does_not_answer_for_the_contact, 0,
                        SETTINGS);
    tcase_add_loop_test(tcase, the_thread_of_another_contact_is_not_the_writers, 0, SETTINGS);
    tcase_add_loop_test(tcase, only_an_answer_that_counts_is_responded_to_uncounted, 0, each);
    tcase_add_test(tcase, what_another_process_takes_for_an_answer_is_no_way_into_a_strict_one);
    tcase_add_loop_test(tcase, a_strict_process_learns_no_ids_from_replies, 0, SETTINGS);
    tcase_add_test(tcase, an_id_that_a_report_taught_is_no_proof_of_the_thread);
    tcase_add_loop_test(tcase, a_colleague_outside_the_thread_pauses_when_that_is_proven, 0,
                        COUNT(colleagues) * SETTINGS);
    tcase_add_loop_test(tcase, a_report_takes_a_touch_back_when_that_is_proven, 0,
                        COUNT(reports) * SETTINGS);
    tcase_add_loop_test(tcase, what_only_restricts_asks_for_no_proof, 0, SETTINGS);
}

int main(void)
{
    return run_suite("engine_proof", begin, add_tests);
}
