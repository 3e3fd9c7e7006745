/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_alias.c - Message-IDs that relays gave to our messages: from whom they are
 * learned, what they find then, and from whom they are not.
 */
#include "engine_support.h"

/* ---- ids that relays gave ---- */

static void expect_learned(void)
{
    expect_match(human(STRANGER, RELAYED), "thread", 1);
    ck_assert_int_eq(state_of(JANE), FS_STATE_REPLIED);
}

static void expect_not_learned(void)
{
    expect_match(human(STRANGER, RELAYED), "none", 0);
}

START_TEST(an_id_first_seen_in_the_contacts_reply_finds_the_thread_later)
{
    send_to("a1", JANE);
    expect_not_learned();
    expect_match(human(JANE, RELAYED), "address", 1);
    expect_learned();
    expect_match(human(JANE, RELAYED), "thread", 1);
}
END_TEST

START_TEST(an_id_is_learned_from_an_absence_note_and_means_the_message_to_all)
{
    struct fs_facts note = {.class = FS_CLASS_OUT_OF_OFFICE, .from = JANE, .in_reply_to = RELAYED};
    send_to("a1", JANE "," EVE);
    hear(note);
    struct fs_hearing hearing = hear(human(EVE, RELAYED));
    ck_assert_str_eq(match_of(&hearing, EVE), "thread");
    ck_assert_uint_eq(hearing.lead_count, 1);
}
END_TEST

START_TEST(without_in_reply_to_the_last_reference_is_learned)
{
    const char *const references[] = {"older@relay.example", RELAYED};
    struct fs_facts facts = human(JANE, NULL);
    send_to("a1", JANE);
    facts.references = references;
    facts.reference_count = 2;
    hear(facts);
    expect_match(human(STRANGER, "older@relay.example"), "none", 0);
    expect_learned();
}
END_TEST

START_TEST(an_alias_is_not_taken_for_our_own_mail)
{
    struct fs_facts late = human(JANE, NULL);
    send_to("a1", JANE);
    hear(human(JANE, RELAYED));
    late.message_id = RELAYED; /* it was a mail of theirs, and comes late */
    ck_assert(!hear(late).own_mail);
}
END_TEST

static const struct {
    const char *name;
    struct fs_facts facts;
    int64_t later_s; /* after the touch */
} teaches_nothing[] = {
    {"another address", {.class = FS_CLASS_HUMAN, .from = STRANGER, .in_reply_to = RELAYED}, 0},
    {"a colleague", {.class = FS_CLASS_HUMAN, .from = JOHN, .in_reply_to = RELAYED}, 0},
    {"only in Reply-To",
     {.class = FS_CLASS_HUMAN, .from = STRANGER, .reply_to = JANE, .in_reply_to = RELAYED},
     0},
    {"a machine", {.class = FS_CLASS_AUTO_REPLY, .from = JANE, .in_reply_to = RELAYED}, 0},
    {"bulk", {.class = FS_CLASS_BULK, .from = JANE, .in_reply_to = RELAYED}, 0},
    {"the touch is too old",
     {.class = FS_CLASS_HUMAN, .from = JANE, .in_reply_to = RELAYED},
     FS_ALIAS_TOUCH_KEPT_S + 1},
    {"written before the touch",
     {.class = FS_CLASS_HUMAN,
      .from = JANE,
      .in_reply_to = RELAYED,
      .date_at = 1700000000 - 2 * DAY_S},
     0},
    {"itself",
     {.class = FS_CLASS_HUMAN, .from = JANE, .in_reply_to = RELAYED, .message_id = RELAYED},
     0},
};

START_TEST(an_id_is_not_learned_from_who_cannot_know_it)
{
    send_to("a1", JANE);
    now += teaches_nothing[_i].later_s;
    hear(teaches_nothing[_i].facts);
    struct fs_hearing hearing = hear(human(STRANGER, RELAYED));
    ck_assert_msg(hearing.match == NULL, "%s: %s", teaches_nothing[_i].name, hearing.match);
}
END_TEST

START_TEST(a_thread_that_is_known_and_their_own_mail_teach_nothing)
{
    const char *const references[] = {"a1", RELAYED};
    struct fs_facts facts = human(JANE, RELAYED);
    send_to("a1", JANE);
    facts.references = references;
    facts.reference_count = 2;
    expect_match(facts, "thread", 1);
    expect_not_learned();
    facts.class = FS_CLASS_OUT_OF_OFFICE;
    expect_match(facts, "thread", 1);
    expect_not_learned();
    facts = human(JANE, NULL);
    facts.message_id = RELAYED;
    hear(facts);
    hear(human(JANE, RELAYED)); /* to their own mail */
    expect_not_learned();
}
END_TEST

START_TEST(a_slow_answer_is_to_the_youngest_touch_before_it)
{
    send_to("a1", JANE "," EVE);
    now += 5 * DAY_S;
    struct fs_facts slow = human(JANE, RELAYED);
    slow.date_at = now;
    now += 2 * DAY_S;
    send_to("a2", JANE "," JOHN);
    hear(slow);
    struct fs_hearing hearing = hear(human(EVE, RELAYED));
    ck_assert_str_eq(match_of(&hearing, EVE), "thread");
    ck_assert_str_eq(match_of(&hearing, JANE), "none");
}
END_TEST

START_TEST(a_report_that_names_the_recipient_teaches_the_id_it_returns)
{
    send_to("a1", JANE);
    expect_match(report(FS_CLASS_DELAYED, JANE, RELAYED, NULL), "recipient", 1);
    expect_match(report(FS_CLASS_DELAYED, JANE, RELAYED, NULL), "returned-id", 1);
    expect_learned();
}
END_TEST

START_TEST(a_report_that_returns_nothing_teaches_the_id_it_answers)
{
    struct fs_facts facts = report(FS_CLASS_DELAYED, JANE, NULL, NULL);
    send_to("a1", JANE);
    facts.in_reply_to = RELAYED;
    expect_match(facts, "recipient", 1);
    expect_learned();
}
END_TEST

START_TEST(a_report_on_several_mails_teaches_nothing)
{
    const char *const ids[] = {"a1", RELAYED, "third@x.example"};
    struct fs_facts facts = report(FS_CLASS_DELAYED, NULL, NULL, NULL);
    send_to("a1", JANE);
    facts.returned_ids = ids;
    facts.returned_id_count = 3;
    expect_match(facts, "returned-id", 1);
    expect_not_learned();
}
END_TEST

START_TEST(a_report_with_the_id_before_the_relay_teaches_the_one_after_it)
{
    send_to("a1", JANE);
    expect_match(report(FS_CLASS_DELAYED, NULL, RELAYED, "a1"), "returned-id", 1);
    expect_learned();
}
END_TEST

START_TEST(a_report_after_the_bounce_window_counts_and_teaches_nothing)
{
    send_to("a1", JANE);
    now += FS_BOUNCE_TOUCH_KEPT_S + 1;
    expect_match(report(FS_CLASS_BOUNCE, JANE, RELAYED, NULL), "none", 0);
    expect_not_learned();
    ck_assert_int_eq(state_of(JANE), FS_STATE_ACTIVE);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, an_id_first_seen_in_the_contacts_reply_finds_the_thread_later);
    tcase_add_test(tcase, an_id_is_learned_from_an_absence_note_and_means_the_message_to_all);
    tcase_add_test(tcase, without_in_reply_to_the_last_reference_is_learned);
    tcase_add_test(tcase, an_alias_is_not_taken_for_our_own_mail);
    tcase_add_loop_test(tcase, an_id_is_not_learned_from_who_cannot_know_it, 0,
                        COUNT(teaches_nothing));
    tcase_add_test(tcase, a_thread_that_is_known_and_their_own_mail_teach_nothing);
    tcase_add_test(tcase, a_slow_answer_is_to_the_youngest_touch_before_it);
    tcase_add_test(tcase, a_report_that_names_the_recipient_teaches_the_id_it_returns);
    tcase_add_test(tcase, a_report_that_returns_nothing_teaches_the_id_it_answers);
    tcase_add_test(tcase, a_report_on_several_mails_teaches_nothing);
    tcase_add_test(tcase, a_report_with_the_id_before_the_relay_teaches_the_one_after_it);
    tcase_add_test(tcase, a_report_after_the_bounce_window_counts_and_teaches_nothing);
}

int main(void)
{
    return run_suite("engine_alias", begin, add_tests);
}
