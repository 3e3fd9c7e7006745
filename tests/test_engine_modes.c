/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_modes.c - what a refusal does in each mode, what was held and released, and the
 * deaf guard, with a clock of the test's own.
 */
#include "engine_support.h"

static void load(const char *mode)
{
    load_config("our_domains = { \"example.com\" }\n"
                "process \"sales\" { mode = \"%s\" senders = { \"@example.com\" }\n"
                " end { unanswered = 2 } }\n"
                "process \"events\" { senders = { \"@partner.example\" } }\n",
                mode);
}

static void begin_holding(void)
{
    open_engine(BEGAN_AT);
    load("hold");
}

static enum fs_status release(const char *address, const char *message_id, struct fs_released *out)
{
    struct fs_release said = {
        .address = address, .message_id = message_id, .actor = {.name = "root", .uid = 0}};
    return fs_engine_released(engine, arena, &said, out, NULL);
}

static void fill(const char *contact)
{
    offer(fs_arena_printf(arena, "%s-1", contact), contact);
    offer(fs_arena_printf(arena, "%s-2", contact), contact);
    ck_assert_int_eq(lead_of(contact).unanswered, 2);
}

static void expect_counts(const char *contact, int unanswered, int overrun)
{
    ck_assert_int_eq(lead_of(contact).unanswered, unanswered);
    ck_assert_int_eq(lead_of(contact).overrun, overrun);
}

/* ---- hold ---- */

START_TEST(held_mail_is_no_overrun_and_others_in_it_count)
{
    fill(JANE);
    struct fs_ruling ruling = offer("m1", EVE "," JANE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_HELD);
    ck_assert_uint_eq(ruling.refused_count, 1);
    expect_counts(JANE, 2, 0);
    expect_counts(EVE, 1, 0);
    ck_assert_int_eq(last_event(JANE).disposition, FS_DISPOSITION_HELD);
    ck_assert_int_eq(last_event(JANE).verdict, FS_VERDICT_OVER);
    ck_assert_int_eq(last_event(EVE).disposition, FS_DISPOSITION_HELD);
    ck_assert_int_eq(last_event(EVE).verdict, FS_VERDICT_PASS);
}
END_TEST

START_TEST(a_person_says_that_it_was_released_once)
{
    struct fs_released released;
    fill(JANE);
    offer("m1", JANE);
    ck_assert_int_eq(release(EVE, NULL, &released), FS_NOT_FOUND);
    ck_assert_int_eq(release(JANE, "other", &released), FS_NOT_FOUND);
    ck_assert_int_eq(release(JANE, NULL, &released), FS_OK);
    ck_assert_str_eq(released.message_id, "m1");
    ck_assert_str_eq(released.process, "sales");
    ck_assert_int_eq(released.overrun, 1);
    expect_counts(JANE, 2, 1);
    ck_assert_int_eq(last_event(JANE).rule, FS_RULE_TOUCH_RELEASED);
    ck_assert_int_eq(last_event(JANE).disposition, FS_DISPOSITION_PASSED);
    ck_assert_int_eq(last_event(JANE).decided_by, FS_BY_PERSON);
    ck_assert_int_eq(release(JANE, NULL, &released), FS_NOT_FOUND);
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_HELD);
    expect_counts(JANE, 2, 1);
}
END_TEST

START_TEST(of_several_held_messages_a_person_names_one)
{
    struct fs_released released;
    fill(JANE);
    offer("m1", JANE);
    offer("m2", JANE);
    ck_assert_int_eq(release(JANE, NULL, &released), FS_REFUSED);
    expect_counts(JANE, 2, 0);
    ck_assert_int_eq(release(JANE, "m1", &released), FS_OK);
    ck_assert_int_eq(release(JANE, NULL, &released), FS_OK);
    ck_assert_str_eq(released.message_id, "m2");
    expect_counts(JANE, 2, 2);
}
END_TEST

START_TEST(a_key_that_comes_by_again_was_released_once)
{
    fill(JANE);
    offer("m1", JANE);
    for (int i = 0; i < 3; i++) {
        struct fs_ruling again = offer("m1", JANE);
        ck_assert_int_eq(again.disposition, FS_DISPOSITION_HELD);
        ck_assert_int_eq(again.verdict, FS_VERDICT_OVER);
        ck_assert_int_eq(again.recipients[0].rule, FS_RULE_TOUCH_DUPLICATE);
        expect_counts(JANE, 2, 1);
    }
}
END_TEST

START_TEST(held_mail_that_is_refused_later_was_not_released)
{
    fill(JANE);
    offer("m1", JANE);
    load("enforce");
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_REFUSED);
    expect_counts(JANE, 2, 0);
}
END_TEST

START_TEST(an_answer_to_held_mail_says_that_it_was_released)
{
    fill(JANE);
    offer("m1", JANE);
    hear((struct fs_facts){
        .class = FS_CLASS_OUT_OF_OFFICE, .message_id = "heard", .from = JANE, .in_reply_to = "m1"});
    expect_counts(JANE, 2, 1);
    hear((struct fs_facts){
        .class = FS_CLASS_OUT_OF_OFFICE, .message_id = "heard", .from = JANE, .in_reply_to = "m1"});
    expect_counts(JANE, 2, 1);
}
END_TEST

START_TEST(an_answer_to_another_message_releases_nothing)
{
    fill(JANE);
    offer("m1", JANE);
    hear((struct fs_facts){.class = FS_CLASS_OUT_OF_OFFICE,
                           .message_id = "heard",
                           .from = JANE,
                           .in_reply_to = JANE "-2"});
    expect_counts(JANE, 2, 0);
}
END_TEST

START_TEST(a_bounce_of_released_mail_takes_its_overrun_back)
{
    fill(JANE);
    offer("m1", JANE);
    hear((struct fs_facts){.class = FS_CLASS_BOUNCE,
                           .message_id = "heard",
                           .from = "mailer-daemon@mx.kunde.example",
                           .original_recipient = JANE,
                           .status = "5.2.2",
                           .permanent = true,
                           .returned_ids = (const char *const[]){"m1"},
                           .returned_id_count = 1});
    expect_counts(JANE, 2, 0);
}
END_TEST

/* ---- every mode ---- */

static const struct {
    const char *mode;
    enum fs_disposition refused; /* of the contact that is over the limit */
    enum fs_disposition allowed; /* of the other one; NONE: not recorded at all */
    int overrun;
} modes[] = {
    {"observe", FS_DISPOSITION_WOULD_REFUSE, FS_DISPOSITION_PASSED, 1},
    {"flag", FS_DISPOSITION_FLAGGED, FS_DISPOSITION_PASSED, 1},
    {"hold", FS_DISPOSITION_HELD, FS_DISPOSITION_HELD, 0},
    {"enforce", FS_DISPOSITION_REFUSED, FS_DISPOSITION_NONE, 0},
};

START_TEST(each_recipient_has_its_record_in_every_mode)
{
    load(modes[_i].mode);
    fill(JANE);
    struct fs_ruling ruling = offer("m1", EVE "," JANE);
    ck_assert_int_eq(ruling.disposition, modes[_i].refused);
    ck_assert_int_eq(ruling.verdict, FS_VERDICT_OVER);
    ck_assert_int_eq(ruling.recipients[0].rule, FS_RULE_TOUCH_FIRST);
    ck_assert_int_eq(ruling.recipients[1].rule, FS_RULE_TOUCH_OVER);
    expect_counts(JANE, 2, modes[_i].overrun);
    ck_assert_int_eq(last_event(JANE).disposition, modes[_i].refused);
    if (modes[_i].allowed == FS_DISPOSITION_NONE)
        ck_assert_int_eq(lead_of(EVE).state, FS_STATE_NONE);
    else
        ck_assert_int_eq(last_event(EVE).disposition, modes[_i].allowed);
}
END_TEST

/* ---- the deaf guard ---- */

/* First mails to so many contacts that nobody else writes to. */
static void send_first(int count)
{
    static int serial;
    for (int i = 0; i < count; i++, serial++)
        offer(fs_arena_printf(arena, "first-%d", serial),
              fs_arena_printf(arena, "p%d@c%d.example", serial, serial));
}

static struct fs_process_status status_of(size_t process)
{
    struct fs_process_status *rows = NULL;
    size_t count = 0;
    ck_assert_int_eq(fs_engine_status(engine, arena, config, &rows, &count, NULL), FS_OK);
    return rows[process];
}

static void go_deaf(const char *mode)
{
    load(mode);
    fill(JANE);
    send_first(FS_DEAF_TOUCHES - 2);
    now += FS_DEAF_AFTER_S;
}

static int64_t events_of(enum fs_event_kind kind)
{
    struct fs_event event;
    return fs_engine_last(engine, arena, kind, &event, NULL) == FS_OK ? event.seq : 0;
}

START_TEST(a_deaf_process_flags_what_it_would_refuse_or_hold)
{
    static const char *const strict[] = {"hold", "enforce"};
    go_deaf(strict[_i]);
    ck_assert(status_of(0).deaf); /* before any message shows it */
    ck_assert(!status_of(1).deaf);
    struct fs_ruling ruling = offer("m1", JANE);
    ck_assert(ruling.deaf);
    ck_assert(ruling.deaf_begins);
    ck_assert_int_eq(ruling.mode, FS_MODE_FLAG);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_FLAGGED);
    expect_counts(JANE, 2, 1);
    int64_t seq = events_of(FS_EVENT_DEAF);
    ck_assert_int_gt(seq, 0);
    ruling = offer("m2", JANE);
    ck_assert(ruling.deaf);
    ck_assert(!ruling.deaf_begins);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_FLAGGED);
    ck_assert_int_eq(events_of(FS_EVENT_DEAF), seq);
}
END_TEST

START_TEST(the_guard_needs_the_touches_and_the_time)
{
    load("enforce");
    fill(JANE);
    send_first(FS_DEAF_TOUCHES - 3);
    now += 2 * FS_DEAF_AFTER_S;
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_REFUSED);
    ck_assert_int_eq(offer("m2", JANE).disposition, FS_DISPOSITION_REFUSED);
    send_first(1); /* what was refused is no touch that left */
    ck_assert_int_eq(offer("m3", JANE).disposition, FS_DISPOSITION_FLAGGED);
}
END_TEST

START_TEST(the_guard_waits_for_fourteen_days_from_the_first_touch)
{
    load("enforce");
    int64_t began_at = now;
    fill(JANE);
    send_first(3 * FS_DEAF_TOUCHES);
    now = began_at + FS_DEAF_AFTER_S - 1;
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_REFUSED);
    now = began_at + FS_DEAF_AFTER_S;
    ck_assert_int_eq(offer("m2", JANE).disposition, FS_DISPOSITION_FLAGGED);
}
END_TEST

START_TEST(any_incoming_message_that_matches_ends_deafness)
{
    go_deaf("enforce");
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_FLAGGED);
    struct fs_hearing nobody = hear((struct fs_facts){
        .class = FS_CLASS_HUMAN, .message_id = "heard", .from = "who@where.example"});
    ck_assert_uint_eq(nobody.lead_count, 0);
    ck_assert_int_eq(offer("m2", JANE).disposition, FS_DISPOSITION_FLAGGED);
    struct fs_hearing note = hear((struct fs_facts){
        .class = FS_CLASS_OUT_OF_OFFICE, .message_id = "heard", .from = "p0@c0.example"});
    ck_assert_uint_eq(note.lead_count, 1);
    ck_assert(note.leads[0].hears_again);
    ck_assert_int_gt(events_of(FS_EVENT_HEARS), events_of(FS_EVENT_DEAF));
    ck_assert(!status_of(0).deaf);
    struct fs_ruling ruling = offer("m3", JANE);
    ck_assert(!ruling.deaf);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_REFUSED);
    /* the clock begins anew with the next touch */
    now += 2 * FS_DEAF_AFTER_S;
    send_first(FS_DEAF_TOUCHES);
    ck_assert_int_eq(offer("m4", JANE).disposition, FS_DISPOSITION_REFUSED);
}
END_TEST

START_TEST(what_our_own_mta_reports_is_no_hearing)
{
    go_deaf("enforce");
    struct fs_hearing bounce =
        hear((struct fs_facts){.class = FS_CLASS_DELAYED,
                               .message_id = "heard",
                               .from = "mailer-daemon@example.com",
                               .original_recipient = JANE,
                               .returned_ids = (const char *const[]){JANE "-1"},
                               .returned_id_count = 1});
    ck_assert_uint_eq(bounce.lead_count, 1);
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_FLAGGED);
}
END_TEST

START_TEST(a_deaf_process_still_stops_mail_to_who_objected)
{
    static const struct {
        const char *mode;
        enum fs_disposition disposition;
    } strict[] = {{"hold", FS_DISPOSITION_HELD}, {"enforce", FS_DISPOSITION_REFUSED}};
    load(strict[_i].mode);
    hear((struct fs_facts){.class = FS_CLASS_HUMAN, .from = EVE, .opt_out = FS_ANSWER_YES});
    go_deaf(strict[_i].mode);
    ck_assert_int_eq(offer("m1", EVE).disposition, strict[_i].disposition);
    ck_assert_int_eq(offer("m2", JANE "," EVE).disposition, strict[_i].disposition);
    ck_assert_int_eq(offer("m3", JANE).disposition, FS_DISPOSITION_FLAGGED);
}
END_TEST

START_TEST(the_guard_is_told_in_observe_and_changes_nothing)
{
    go_deaf("observe");
    struct fs_ruling ruling = offer("m1", JANE);
    ck_assert(ruling.deaf_begins);
    ck_assert_int_eq(ruling.mode, FS_MODE_OBSERVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_WOULD_REFUSE);
}
END_TEST

START_TEST(switched_off_a_deaf_process_observes)
{
    bool changed;
    struct fs_actor actor = {"root", 0};
    go_deaf("enforce");
    ck_assert_int_eq(fs_engine_switch(engine, true, &actor, NULL, &changed, NULL), FS_OK);
    ck_assert_int_eq(offer("m1", JANE).disposition, FS_DISPOSITION_WOULD_REFUSE);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, held_mail_is_no_overrun_and_others_in_it_count);
    tcase_add_test(tcase, a_person_says_that_it_was_released_once);
    tcase_add_test(tcase, of_several_held_messages_a_person_names_one);
    tcase_add_test(tcase, a_key_that_comes_by_again_was_released_once);
    tcase_add_test(tcase, held_mail_that_is_refused_later_was_not_released);
    tcase_add_test(tcase, an_answer_to_held_mail_says_that_it_was_released);
    tcase_add_test(tcase, an_answer_to_another_message_releases_nothing);
    tcase_add_test(tcase, a_bounce_of_released_mail_takes_its_overrun_back);
    tcase_add_loop_test(tcase, each_recipient_has_its_record_in_every_mode, 0, 4);
    tcase_add_loop_test(tcase, a_deaf_process_flags_what_it_would_refuse_or_hold, 0, 2);
    tcase_add_test(tcase, the_guard_needs_the_touches_and_the_time);
    tcase_add_test(tcase, the_guard_waits_for_fourteen_days_from_the_first_touch);
    tcase_add_test(tcase, any_incoming_message_that_matches_ends_deafness);
    tcase_add_test(tcase, what_our_own_mta_reports_is_no_hearing);
    tcase_add_loop_test(tcase, a_deaf_process_still_stops_mail_to_who_objected, 0, 2);
    tcase_add_test(tcase, the_guard_is_told_in_observe_and_changes_nothing);
    tcase_add_test(tcase, switched_off_a_deaf_process_observes);
}

int main(void)
{
    return run_suite("engine_modes", begin_holding, add_tests);
}
