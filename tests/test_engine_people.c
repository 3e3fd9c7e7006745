/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_people.c - what is recorded of a person's decision, the sentence of each refusal,
 * and what becomes of leads whose process was renamed or removed.
 */
#include "engine_support.h"

static struct fs_error said;
static const char *said_event;

static enum fs_status say(struct fs_saying saying)
{
    struct fs_hearing_lead out;
    saying.config = config;
    if (saying.address == NULL)
        saying.address = JANE;
    saying.actor = (struct fs_actor){"anna", 1001};
    said = (struct fs_error){FS_OK, ""};
    return fs_engine_say(engine, arena, &saying, &out, &said_event, &said);
}

/* ---- what is recorded ---- */

static const struct fs_saying decisions[] = {
    {.what = FS_ON_PAUSE, .pause_reason = FS_PAUSE_NOT_NOW, .until_at = 1800000000},
    {.what = FS_ON_END, .end_reason = FS_END_NO_URGENCY},
    {.what = FS_ON_ANSWERED},
};

START_TEST(actor_uid_note_and_rule_are_recorded)
{
    static const char *const rules[] = {"said.pause", "said.end", "said.answered"};
    struct fs_saying saying = decisions[_i];
    send_to("a1", JANE);
    saying.note = "in their words";
    ck_assert_int_eq(say(saying), FS_OK);
    struct fs_event event = last_event(JANE);
    ck_assert_int_eq(event.kind, FS_EVENT_SAID);
    ck_assert_int_eq(event.what, saying.what);
    ck_assert_int_eq(event.decided_by, FS_BY_PERSON);
    ck_assert_str_eq(event.actor, "anna");
    ck_assert_int_eq(event.actor_uid, 1001);
    ck_assert_str_eq(event.note, "in their words");
    ck_assert_str_eq(fs_rule_name(event.rule), rules[_i]);
    ck_assert_str_eq(said_event, fs_arena_printf(arena, "mx1-%lld", (long long)event.seq));
    ck_assert_int_eq(lead_in("sales", JANE).decided_by, FS_BY_PERSON);
}
END_TEST

START_TEST(evidence_is_recorded_in_the_note)
{
    send_to("a1", JANE);
    say((struct fs_saying){.what = FS_ON_END, .end_reason = FS_END_OPTED_OUT});
    ck_assert_int_eq(say((struct fs_saying){.what = FS_ON_RESUME,
                                            .note = "asked for an offer",
                                            .evidence = "form signed on 12 May"}),
                     FS_OK);
    ck_assert_str_eq(last_event(JANE).note, "asked for an offer; evidence: form signed on 12 May");
}
END_TEST

START_TEST(what_was_refused_is_not_recorded)
{
    send_to("a1", JANE);
    int64_t before = last_event(JANE).seq;
    ck_assert_int_eq(say((struct fs_saying){.what = FS_ON_RESUME}), FS_REFUSED);
    ck_assert_int_eq(last_event(JANE).seq, before);
}
END_TEST

START_TEST(an_objection_without_a_lead_is_an_event_of_the_address)
{
    ck_assert_int_eq(
        say((struct fs_saying){
            .what = FS_ON_END, .address = EVE, .end_reason = FS_END_OPTED_OUT, .note = "by phone"}),
        FS_OK);
    struct fs_event event = last_event(EVE);
    ck_assert_int_eq(event.lead_id, 0);
    ck_assert_str_eq(event.note, "by phone");
    ck_assert_str_eq(event.actor, "anna");
}
END_TEST

START_TEST(an_objection_by_mail_without_a_lead_is_one_event_of_the_address)
{
    struct fs_event *events = NULL;
    size_t count = 0;
    struct fs_facts facts = human(EVE, NULL);
    facts.opt_out = FS_ANSWER_YES;
    hear(facts);
    hear(facts);
    events = history_of(EVE, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(events[0].kind, FS_EVENT_HEARD);
    ck_assert_str_eq(fs_rule_name(events[0].rule), "opt_out");
    ck_assert_str_eq(events[0].message_id, "h");
    ck_assert_int_eq(events[0].lead_id, 0);
}
END_TEST

START_TEST(an_objection_by_mail_of_a_lead_is_no_second_event)
{
    size_t count = 0;
    struct fs_facts facts = human(JANE, "a1");
    facts.opt_out = FS_ANSWER_YES;
    send_to("a1", JANE);
    hear(facts);
    history_of(JANE, &count);
    ck_assert_uint_eq(count, 2);
}
END_TEST

/* ---- refusals ---- */

enum before { OPEN, WON, BOUNCED, OPTED_OUT, COMPLAINED, NOBODY };

static const struct {
    enum before before;
    struct fs_saying saying;
    enum fs_status status;
    const char *words;
} refusals[] = {
    {WON,
     {.what = FS_ON_PAUSE, .pause_reason = FS_PAUSE_OTHER, .until_at = 1800000000},
     FS_REFUSED,
     "has ended (won) and cannot be paused; resume it first"},
    {OPTED_OUT,
     {.what = FS_ON_PAUSE, .pause_reason = FS_PAUSE_OTHER, .until_at = 1800000000},
     FS_REFUSED,
     "objected to sales mail (opted_out)"},
    {OPEN,
     {.what = FS_ON_PAUSE, .pause_reason = FS_PAUSE_OTHER, .until_at = 1600000000},
     FS_REFUSED,
     "give a later date"},
    {OPEN,
     {.what = FS_ON_PAUSE, .until_at = 1800000000},
     FS_REFUSED,
     "a pause of jane@kunde.example needs a reason"},
    {OPEN, {.what = FS_ON_RESUME}, FS_REFUSED, "nothing to resume; pause, end and answered"},
    {OPTED_OUT, {.what = FS_ON_RESUME}, FS_REFUSED, "needs --evidence TEXT"},
    {COMPLAINED, {.what = FS_ON_RESUME}, FS_REFUSED, "(complained)"},
    {WON,
     {.what = FS_ON_END, .end_reason = FS_END_OTHER},
     FS_REFUSED,
     "only bounced, opted_out or complained replaces that"},
    {BOUNCED,
     {.what = FS_ON_END, .end_reason = FS_END_WON},
     FS_REFUSED,
     "(bounced); only opted_out or complained replaces that"},
    {OPTED_OUT,
     {.what = FS_ON_END, .end_reason = FS_END_BOUNCED},
     FS_REFUSED,
     "only complained replaces that"},
    {COMPLAINED,
     {.what = FS_ON_END, .end_reason = FS_END_OPTED_OUT},
     FS_REFUSED,
     "nothing replaces that"},
    {OPEN, {.what = FS_ON_END}, FS_REFUSED, "an end of jane@kunde.example needs a reason"},
    {WON, {.what = FS_ON_ANSWERED}, FS_REFUSED, "an answer does not reopen that; use resume"},
    {OPTED_OUT, {.what = FS_ON_ANSWERED}, FS_REFUSED, "an answer does not lift that"},
    {NOBODY,
     {.what = FS_ON_PAUSE, .pause_reason = FS_PAUSE_OTHER, .until_at = 1800000000},
     FS_NOT_FOUND,
     "is no lead: nothing was sent to it"},
    {NOBODY,
     {.what = FS_ON_END, .end_reason = FS_END_WON, .process = "sales"},
     FS_NOT_FOUND,
     "is no lead in process sales: only an objection can be recorded"},
    {NOBODY, {.what = FS_ON_RESUME}, FS_NOT_FOUND, "there is nothing to resume"},
    {NOBODY, {.what = FS_ON_ANSWERED}, FS_NOT_FOUND, "nothing was sent to it"},
};

static void bring_to(enum before before)
{
    static const enum fs_end_reason reasons[] = {FS_END_NONE, FS_END_WON, FS_END_BOUNCED,
                                                 FS_END_OPTED_OUT, FS_END_COMPLAINED};
    if (before == NOBODY)
        return;
    send_to("a1", JANE);
    if (before != OPEN)
        ck_assert_int_eq(say((struct fs_saying){.what = FS_ON_END, .end_reason = reasons[before]}),
                         FS_OK);
}

START_TEST(a_refusal_says_why_and_what_is_possible)
{
    bring_to(refusals[_i].before);
    struct fs_lead before = lead_in("sales", JANE);
    ck_assert_int_eq(say(refusals[_i].saying), refusals[_i].status);
    ck_assert_msg(strstr(said.text, refusals[_i].words) != NULL, "%s", said.text);
    struct fs_lead after = lead_in("sales", JANE);
    ck_assert_int_eq(after.state, before.state);
    ck_assert_int_eq(after.end_reason, before.end_reason);
}
END_TEST

START_TEST(resuming_nobody_who_objected_asks_for_evidence)
{
    say((struct fs_saying){.what = FS_ON_END, .address = EVE, .end_reason = FS_END_OPTED_OUT});
    ck_assert_int_eq(say((struct fs_saying){.what = FS_ON_RESUME, .address = EVE}), FS_REFUSED);
    ck_assert_ptr_nonnull(strstr(said.text, "--evidence"));
}
END_TEST

START_TEST(several_processes_are_named)
{
    send_to("a1", JANE);
    send_as(1, "e1", JANE);
    ck_assert_int_eq(say((struct fs_saying){.what = FS_ON_END, .end_reason = FS_END_WON}),
                     FS_REFUSED);
    ck_assert_ptr_nonnull(strstr(said.text, "(sales, events, ...)"));
    ck_assert_ptr_nonnull(strstr(said.text, "--process"));
}
END_TEST

/* ---- a process that is gone ---- */

/* The configuration without "sales" (renamed), with one setting of its own. */
static void rename_process(void)
{
    load_config("our_domains = { \"example.com\" }\n"
                "process \"selling\" { mode = \"enforce\" senders = { \"@example.com\" }\n"
                " end { unanswered = 1 open_for = \"1d\" } }\n");
}

START_TEST(leads_of_a_renamed_process_end_by_time_with_the_defaults)
{
    int64_t changes = 0;
    send_to("a1", JANE);
    rename_process();
    now += 10 * DAY_S;
    ck_assert_int_eq(state_of(JANE), FS_STATE_ACTIVE);
    now += 171 * DAY_S;
    ck_assert_int_eq(state_of(JANE), FS_STATE_ENDED);
    ck_assert_int_eq(fs_engine_sweep(engine, config, &changes, NULL), FS_OK);
    ck_assert_int_eq(changes, 1);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_EXPIRED);
}
END_TEST

START_TEST(leads_of_a_renamed_process_are_shown_heard_and_decided)
{
    struct fs_explanation *items = NULL;
    size_t count = 0;
    enum fs_end_reason suppressed;
    int64_t suppressed_at;
    send_to("a1", JANE);
    rename_process();
    ck_assert_int_eq(fs_engine_why(engine, arena, config, JANE, NULL, &items, &count, &suppressed,
                                   &suppressed_at, NULL),
                     FS_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert(!items[0].view.process_known);
    expect_match(human(JANE, "a1"), "thread", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
    ck_assert_int_eq(say((struct fs_saying){.what = FS_ON_END, .end_reason = FS_END_OTHER}), FS_OK);
    ck_assert_int_eq(state_of(JANE), FS_STATE_ENDED);
}
END_TEST

START_TEST(the_new_name_begins_anew)
{
    send_to("a1", JANE);
    rename_process();
    send_to("a2", JANE);
    ck_assert_int_eq(lead_in("selling", JANE).unanswered, 1);
    ck_assert_int_eq(lead_in("sales", JANE).unanswered, 1);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, actor_uid_note_and_rule_are_recorded, 0, COUNT(decisions));
    tcase_add_test(tcase, evidence_is_recorded_in_the_note);
    tcase_add_test(tcase, what_was_refused_is_not_recorded);
    tcase_add_test(tcase, an_objection_without_a_lead_is_an_event_of_the_address);
    tcase_add_test(tcase, an_objection_by_mail_without_a_lead_is_one_event_of_the_address);
    tcase_add_test(tcase, an_objection_by_mail_of_a_lead_is_no_second_event);
    tcase_add_loop_test(tcase, a_refusal_says_why_and_what_is_possible, 0, COUNT(refusals));
    tcase_add_test(tcase, resuming_nobody_who_objected_asks_for_evidence);
    tcase_add_test(tcase, several_processes_are_named);
    tcase_add_test(tcase, leads_of_a_renamed_process_end_by_time_with_the_defaults);
    tcase_add_test(tcase, leads_of_a_renamed_process_are_shown_heard_and_decided);
    tcase_add_test(tcase, the_new_name_begins_anew);
}

int main(void)
{
    return run_suite("engine_people", begin, add_tests);
}
