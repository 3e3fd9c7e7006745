/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_match.c - which leads a message concerns, and by what: threads, addresses,
 * accounts; our own mail that comes back; what hits all leads of a contact.
 */
#include "engine_support.h"

/* ---- threads ---- */

START_TEST(any_of_a_hundred_references_finds_the_thread)
{
    static const size_t places[] = {0, 1, 50, FS_MAIL_REFERENCES_MAX - 1};
    const char *references[FS_MAIL_REFERENCES_MAX];
    send_to("a1", JANE);
    for (size_t i = 0; i < FS_MAIL_REFERENCES_MAX; i++)
        references[i] = fs_arena_printf(arena, "other%zu@x.example", i);
    references[places[_i]] = "a1";
    struct fs_facts facts = human(STRANGER, NULL);
    facts.references = references;
    facts.reference_count = FS_MAIL_REFERENCES_MAX;
    expect_match(facts, "thread", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
}
END_TEST

START_TEST(of_two_leads_in_one_thread_the_youngest_message_counts)
{
    const char *const references[] = {"e1", "a1"};
    const char *const reversed[] = {"a1", "e1"};
    send_as(1, "e1", JANE);
    send_to("a1", JANE);
    struct fs_facts facts = human(JANE, NULL);
    facts.references = references;
    facts.reference_count = 2;
    expect_match(facts, "thread", 1); /* nobody is their own colleague */
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
    ck_assert_int_eq(lead_in("events", JANE).state, FS_STATE_ACTIVE);
    facts.references = reversed;
    facts.message_id = "another";
    hear(facts);
    ck_assert_int_eq(lead_in("events", JANE).state, FS_STATE_REPLIED);
}
END_TEST

START_TEST(in_reply_to_is_younger_than_references)
{
    const char *const references[] = {"e1", "a1"};
    send_as(1, "e1", JANE);
    send_to("a1", JANE);
    struct fs_facts facts = human(JANE, "e1");
    facts.references = references;
    facts.reference_count = 2;
    hear(facts);
    ck_assert_int_eq(lead_in("events", JANE).state, FS_STATE_REPLIED);
    ck_assert_int_ne(state_of(JANE), FS_STATE_REPLIED);
}
END_TEST

START_TEST(an_answer_to_several_contacts_is_its_authors_else_the_accounts_else_everybodys)
{
    send_to("m1", JANE "," JOHN "," EVE);
    hear(human(EVE, "m1"));
    ck_assert_int_eq(state_of(EVE), FS_STATE_REPLIED);
    ck_assert_int_eq(state_of(JANE), FS_STATE_ACTIVE);
    ck_assert_int_eq(state_of(JOHN), FS_STATE_ACTIVE);
    struct fs_hearing hearing = hear(human("boss@kunde.example", "m1"));
    ck_assert_str_eq(match_of(&hearing, JANE), "thread");
    ck_assert_str_eq(match_of(&hearing, JOHN), "thread");
    ck_assert_str_eq(match_of(&hearing, EVE), "none");
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
    ck_assert_int_eq(state_of(JOHN), FS_STATE_REPLIED);
    expect_match(human(STRANGER, "m1"), "thread", 3);
}
END_TEST

START_TEST(a_colleague_in_the_thread_answers_and_outside_it_only_pauses)
{
    send_to("a1", JANE);
    send_to("a2", JOHN);
    struct fs_hearing outside = hear(human("boss@kunde.example", NULL));
    ck_assert_str_eq(outside.match, "account");
    ck_assert_int_eq(lead_in("sales", JANE).pause_reason, FS_PAUSE_ACCOUNT_REPLY);
    struct fs_hearing inside = hear(human("boss@kunde.example", "a1"));
    ck_assert_str_eq(match_of(&inside, JANE), "thread");
    ck_assert_str_eq(match_of(&inside, JOHN), "account");
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
    ck_assert_int_eq(state_of(JOHN), FS_STATE_PAUSED);
}
END_TEST

START_TEST(who_answers_in_anothers_thread_has_answered_for_themselves_too)
{
    send_to("a1", JANE);
    send_to("a2", JOHN);
    struct fs_hearing hearing = hear(human(JOHN, "a1"));
    ck_assert_str_eq(match_of(&hearing, JANE), "thread");
    ck_assert_str_eq(match_of(&hearing, JOHN), "address");
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
    ck_assert_int_eq(state_of(JOHN), FS_STATE_REPLIED);
}
END_TEST

START_TEST(our_mail_forwarded_back_by_anybody_is_an_answer_in_its_thread)
{
    const char *const references[] = {"a1"};
    struct fs_facts facts = human("assistant@kunde.example", NULL);
    send_to("a1", JANE);
    facts.references = references;
    facts.reference_count = 1;
    expect_match(facts, "thread", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
}
END_TEST

START_TEST(an_answer_redirected_to_us_keeps_its_author)
{
    send_to("a1", JANE);
    expect_match(
        parse("Return-Path: <anna@mailbox.example>\nResent-From: anna@mailbox.example\n"
              "X-Forwarded-To: sales@example.com\nFrom: Jane <" JANE ">\n"
              "To: anna@mailbox.example\nSubject: Your offer\nMessage-ID: <j1@x>\n\nYes.\n"),
        "address", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
}
END_TEST

START_TEST(an_answer_through_a_group_of_ours_is_its_authors)
{
    struct fs_facts facts = human("sales@example.com", NULL);
    facts.original_from = JANE;
    send_to("a1", JANE);
    expect_match(facts, "address", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
    facts.original_from = JOHN;
    expect_match(facts, "account", 1);
    facts.opt_out = FS_ANSWER_YES;
    facts.original_from = EVE;
    hear(facts);
    struct fs_explanation *why = NULL;
    size_t count = 0;
    enum fs_end_reason suppressed = FS_END_NONE;
    int64_t since_at = 0;
    ck_assert_int_eq(
        fs_engine_why(engine, arena, config, EVE, NULL, &why, &count, &suppressed, &since_at, NULL),
        FS_OK);
    ck_assert_int_eq(suppressed, FS_END_OPTED_OUT);
}
END_TEST

START_TEST(an_answer_through_a_list_elsewhere_is_its_authors)
{
    struct fs_facts facts = human("team@lists.example", NULL);
    facts.original_from = JANE;
    send_to("a1", JANE "," EVE);
    expect_match(facts, "address", 1);
    facts.in_reply_to = "a1";
    expect_match(facts, "thread", 1);
    ck_assert_int_eq(state_of(EVE), FS_STATE_ACTIVE);
}
END_TEST

/* ---- our own mail ---- */

static const struct {
    const char *name;
    struct fs_facts facts;
} own_mails[] = {
    {"our domain", {.class = FS_CLASS_HUMAN, .from = "bob@example.com", .in_reply_to = "a1"}},
    {"a sender of a process", {.class = FS_CLASS_HUMAN, .from = "ben@partner.example"}},
    {"our own id", {.class = FS_CLASS_HUMAN, .from = "x@list.example", .message_id = "a1"}},
    {"a list's copy", {.class = FS_CLASS_BULK, .from = "x@list.example", .message_id = "a1"}},
    {"our invitation", {.class = FS_CLASS_CALENDAR, .from = JANE, .message_id = "a1"}},
    {"a group of ours",
     {.class = FS_CLASS_HUMAN,
      .from = "sales@example.com",
      .original_from = "bob@example.com",
      .in_reply_to = "a1"}},
    {"a list elsewhere",
     {.class = FS_CLASS_HUMAN,
      .from = "team@lists.example",
      .original_from = "anna@example.com",
      .in_reply_to = "a1"}},
    {"our absence note",
     {.class = FS_CLASS_OUT_OF_OFFICE, .from = "anna@example.com", .in_reply_to = "a1"}},
};

START_TEST(our_own_mail_coming_back_is_no_answer)
{
    send_to("a1", JANE);
    struct fs_hearing hearing = hear(own_mails[_i].facts);
    ck_assert_msg(hearing.own_mail, "%s", own_mails[_i].name);
    ck_assert_uint_eq(hearing.lead_count, 0);
    ck_assert_int_eq(hearing.what, FS_ON_NOTICE);
    ck_assert_int_eq(state_of(JANE), FS_STATE_ACTIVE);
}
END_TEST

START_TEST(a_note_whose_program_took_our_id_over_is_still_a_note)
{
    send_to("a1", JANE);
    expect_match(
        (struct fs_facts){.class = FS_CLASS_OUT_OF_OFFICE, .from = JANE, .message_id = "a1"},
        "address", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_PAUSED);
}
END_TEST

/* ---- what is kept, and all leads of a contact ---- */

START_TEST(the_event_keeps_how_it_was_matched)
{
    static const char *const want[] = {"thread", "address", "returned-id", "recipient"};
    struct fs_event *events = NULL;
    size_t count = 0;
    size_t heard = 0;
    send_to("a1", JANE);
    hear(human(JANE, "a1"));
    hear(human(JANE, NULL));
    hear(report(FS_CLASS_DELAYED, NULL, "a1", NULL));
    hear(report(FS_CLASS_DELAYED, JANE, NULL, NULL));
    events = history_of(JANE, &count);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind == FS_EVENT_HEARD)
            ck_assert_str_eq(events[i].match, want[heard++]);
    }
    ck_assert_uint_eq(heard, 4);
    send_to("a2", JOHN);
    hear(human("boss@kunde.example", NULL));
    ck_assert_int_eq(fs_engine_history(engine, arena, JOHN, NULL, 1, &events, &count, NULL), FS_OK);
    ck_assert_str_eq(events[0].match, "account");
}
END_TEST

START_TEST(an_absence_and_an_opt_out_hit_all_leads_of_the_contact)
{
    struct fs_facts facts = human(JANE, "a1");
    send_to("a1", JANE);
    send_as(1, "e1", JANE);
    facts.class = FS_CLASS_OUT_OF_OFFICE;
    expect_match(facts, "thread", 2);
    ck_assert_int_eq(state_of(JANE), FS_STATE_PAUSED);
    ck_assert_int_eq(lead_in("events", JANE).state, FS_STATE_PAUSED);
    facts.class = FS_CLASS_HUMAN;
    facts.opt_out = FS_ANSWER_YES;
    expect_match(facts, "thread", 2);
    ck_assert_int_eq(lead_in("events", JANE).end_reason, FS_END_OPTED_OUT);
}
END_TEST

static const enum fs_mail_class leaving[] = {FS_CLASS_OUT_OF_OFFICE, FS_CLASS_AUTO_REPLY,
                                             FS_CLASS_HUMAN};

START_TEST(who_has_left_the_company_goes_to_review_in_all_leads)
{
    struct fs_facts facts = human(JANE, "a1");
    facts.class = leaving[_i];
    facts.has_left = true;
    send_to("a1", JANE);
    send_as(1, "e1", JANE);
    expect_match(facts, "thread", 2);
    ck_assert_int_eq(lead_in("sales", JANE).pause_reason, FS_PAUSE_REVIEW);
    ck_assert_int_eq(lead_in("events", JANE).pause_reason, FS_PAUSE_REVIEW);
    facts.opt_out = FS_ANSWER_YES;
    hear(facts);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_OPTED_OUT);
}
END_TEST

/* now is Tuesday, 2023-11-14, late in the evening */
static const struct {
    struct fs_date back;
    struct fs_date until; /* year 0: no pause */
} absences[] = {
    {{2023, 11, 20}, {2023, 11, 20}}, /* a Monday */
    {{2023, 11, 18}, {2023, 11, 20}}, /* a Saturday: the Monday after it */
    {{2023, 11, 15}, {2023, 11, 15}}, /* tomorrow */
    {{2023, 11, 14}, {0, 0, 0}},      /* today: they are back */
    {{2023, 11, 13}, {0, 0, 0}},      /* it was over, the note is still on */
    {{2022, 12, 24}, {0, 0, 0}},      {{2024, 9, 1}, {2024, 2, 12}}, /* longest = 90d caps it */
};

START_TEST(an_absence_lasts_until_the_first_working_day_on_or_after_the_date)
{
    struct fs_facts note = {
        .class = FS_CLASS_OUT_OF_OFFICE, .from = JANE, .return_date = absences[_i].back};
    send_to("a1", JANE);
    hear(note);
    struct fs_lead lead = lead_in("sales", JANE);
    if (absences[_i].until.year == 0) {
        ck_assert_int_eq(lead.state, FS_STATE_ACTIVE);
        return;
    }
    ck_assert_int_eq(lead.pause_reason, FS_PAUSE_OUT_OF_OFFICE);
    ck_assert_int_eq(fs_date_to_days(fs_date_local(lead.until_at)),
                     fs_date_to_days(absences[_i].until));
}
END_TEST

START_TEST(an_absence_without_a_date_lasts_the_default_and_the_later_date_wins)
{
    struct fs_facts note = {.class = FS_CLASS_OUT_OF_OFFICE, .from = JANE};
    send_to("a1", JANE);
    int64_t heard_at = now;
    hear(note);
    ck_assert_int_eq(lead_in("sales", JANE).until_at, heard_at + 7 * DAY_S);
    note.return_date = (struct fs_date){2023, 11, 30};
    hear(note);
    int64_t until_at = lead_in("sales", JANE).until_at;
    note.return_date = (struct fs_date){2023, 11, 16};
    hear(note);
    ck_assert_int_eq(lead_in("sales", JANE).until_at, until_at);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, any_of_a_hundred_references_finds_the_thread, 0, 4);
    tcase_add_test(tcase, of_two_leads_in_one_thread_the_youngest_message_counts);
    tcase_add_test(tcase, in_reply_to_is_younger_than_references);
    tcase_add_test(tcase,
                   an_answer_to_several_contacts_is_its_authors_else_the_accounts_else_everybodys);
    tcase_add_test(tcase, a_colleague_in_the_thread_answers_and_outside_it_only_pauses);
    tcase_add_test(tcase, who_answers_in_anothers_thread_has_answered_for_themselves_too);
    tcase_add_test(tcase, our_mail_forwarded_back_by_anybody_is_an_answer_in_its_thread);
    tcase_add_test(tcase, an_answer_redirected_to_us_keeps_its_author);
    tcase_add_test(tcase, an_answer_through_a_group_of_ours_is_its_authors);
    tcase_add_test(tcase, an_answer_through_a_list_elsewhere_is_its_authors);
    tcase_add_loop_test(tcase, our_own_mail_coming_back_is_no_answer, 0, COUNT(own_mails));
    tcase_add_test(tcase, a_note_whose_program_took_our_id_over_is_still_a_note);
    tcase_add_test(tcase, the_event_keeps_how_it_was_matched);
    tcase_add_test(tcase, an_absence_and_an_opt_out_hit_all_leads_of_the_contact);
    tcase_add_loop_test(tcase, who_has_left_the_company_goes_to_review_in_all_leads, 0,
                        COUNT(leaving));
    tcase_add_loop_test(tcase, an_absence_lasts_until_the_first_working_day_on_or_after_the_date, 0,
                        COUNT(absences));
    tcase_add_test(tcase, an_absence_without_a_date_lasts_the_default_and_the_later_date_wins);
}

int main(void)
{
    return run_suite("engine_match", begin, add_tests);
}
