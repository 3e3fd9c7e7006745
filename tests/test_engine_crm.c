/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_crm.c - what a CRM says of leads: each state before, each line, what comes of it;
 * what is recorded; and that the same list twice writes nothing.
 */
#include "engine_support.h"

#define DATE_AT ((int64_t)1800000000)

static const struct fs_actor crm_actor = {"nightly", 1002};

enum before { NOBODY, ACTIVE, REPLIED, PAUSED, NO_REPLY, WON, BOUNCED, OPTED_OUT, COMPLAINED };

static enum fs_status try_say(struct fs_saying saying)
{
    struct fs_hearing_lead out;
    const char *event_id;
    struct fs_error err;
    saying.config = config;
    saying.actor = (struct fs_actor){"anna", 1001};
    if (saying.address == NULL)
        saying.address = JANE;
    return fs_engine_say(engine, arena, &saying, &out, &event_id, &err);
}

static void say(struct fs_saying saying)
{
    ck_assert_int_eq(try_say(saying), FS_OK);
}

static void end_as(enum fs_end_reason reason)
{
    say((struct fs_saying){.what = FS_ON_END, .end_reason = reason});
}

static void prepare(enum before before)
{
    if (before != NOBODY)
        send_to("a1", JANE);
    switch (before) {
    case NOBODY:
    case ACTIVE:
        break;
    case REPLIED:
        say((struct fs_saying){.what = FS_ON_ANSWERED});
        break;
    case PAUSED:
        say((struct fs_saying){
            .what = FS_ON_PAUSE, .pause_reason = FS_PAUSE_NOT_NOW, .until_at = DATE_AT});
        break;
    case NO_REPLY:
        end_as(FS_END_NO_REPLY);
        break;
    case WON:
        end_as(FS_END_WON);
        break;
    case BOUNCED:
        end_as(FS_END_BOUNCED);
        break;
    case OPTED_OUT:
        end_as(FS_END_OPTED_OUT);
        break;
    case COMPLAINED:
        end_as(FS_END_COMPLAINED);
        break;
    }
}

static struct fs_crm_line paused(enum fs_pause_reason reason, int64_t until_at)
{
    return (struct fs_crm_line){
        .state = FS_STATE_PAUSED, .pause_reason = reason, .until_at = until_at};
}

static size_t event_count(const char *contact)
{
    size_t count = 0;
    history_of(contact, &count);
    return count;
}

static bool is_suppressed(const char *contact)
{
    struct fs_explanation *items;
    size_t count;
    enum fs_end_reason reason = FS_END_NONE;
    int64_t since_at;
    enum fs_status status = fs_engine_why(engine, arena, config, contact, NULL, &items, &count,
                                          &reason, &since_at, NULL);
    ck_assert(status == FS_OK || status == FS_NOT_FOUND);
    return reason != FS_END_NONE;
}

static struct fs_crm_verdict judge(struct fs_crm_line line)
{
    struct fs_crm_verdict verdict = {FS_CRM_APPLIED, FS_CRM_LINE, FS_CRM_FAULT_NONE};
    ck_assert_int_eq(fs_engine_crm_check(engine, config, &line, 1, &verdict, NULL), FS_OK);
    return verdict;
}

/* As import does: judged, then applied. */
static struct fs_crm_verdict take(struct fs_crm_line line)
{
    struct fs_crm_verdict verdict;
    if (line.address == NULL)
        line.address = JANE;
    verdict = judge(line);
    ck_assert_int_eq(
        fs_engine_crm_apply(engine, config, &crm_actor, &line, 1, &verdict, NULL, NULL), FS_OK);
    return verdict;
}

/* ---- each state before, each line ---- */

#define ACTIVE_LINE                                                                                \
    {                                                                                              \
        .state = FS_STATE_ACTIVE, .note = "met at the fair"                                        \
    }
#define SILENT_LINE                                                                                \
    {                                                                                              \
        .state = FS_STATE_ACTIVE                                                                   \
    }
#define REPLIED_LINE                                                                               \
    {                                                                                              \
        .state = FS_STATE_REPLIED                                                                  \
    }
#define PAUSED_LINE                                                                                \
    {                                                                                              \
        .state = FS_STATE_PAUSED, .pause_reason = FS_PAUSE_NOT_NOW, .until_at = DATE_AT            \
    }
#define ENDED_LINE(r)                                                                              \
    {                                                                                              \
        .state = FS_STATE_ENDED, .end_reason = FS_END_##r                                          \
    }
#define YES FS_CRM_APPLIED, FS_CRM_LINE, FS_CRM_FAULT_NONE
#define SAME FS_CRM_UNCHANGED, FS_CRM_LINE, FS_CRM_FAULT_NONE
#define NO(field, fault) FS_CRM_BAD, FS_CRM_##field, FS_CRM_FAULT_##fault

static const struct {
    enum before before;
    struct fs_crm_line line;
    enum fs_crm_outcome outcome;
    enum fs_crm_field field;
    enum fs_crm_fault fault;
} rows[] = {
    {NOBODY, ACTIVE_LINE, NO(ADDRESS, NO_LEAD)},
    {NOBODY, REPLIED_LINE, NO(ADDRESS, NO_LEAD)},
    {NOBODY, PAUSED_LINE, NO(ADDRESS, NO_LEAD)},
    {NOBODY, ENDED_LINE(WON), NO(ADDRESS, NO_LEAD)},
    {NOBODY, ENDED_LINE(OPTED_OUT), YES},
    {NOBODY, ENDED_LINE(COMPLAINED), YES},
    {ACTIVE, ACTIVE_LINE, SAME},
    {ACTIVE, SILENT_LINE, SAME},
    {ACTIVE, REPLIED_LINE, YES},
    {ACTIVE, PAUSED_LINE, YES},
    {ACTIVE, ENDED_LINE(WON), YES},
    {ACTIVE, ENDED_LINE(NO_URGENCY), YES},
    {ACTIVE, ENDED_LINE(NOT_QUALIFIED), YES},
    {ACTIVE, ENDED_LINE(OPTED_OUT), YES},
    {REPLIED, ACTIVE_LINE, NO(STATE, IN_CONVERSATION)},
    {REPLIED, SILENT_LINE, NO(STATE, IN_CONVERSATION)},
    {REPLIED, REPLIED_LINE, SAME},
    {REPLIED, PAUSED_LINE, YES},
    {REPLIED, ENDED_LINE(WON), YES},
    {PAUSED, ACTIVE_LINE, YES},
    {PAUSED, SILENT_LINE, NO(NOTE, NO_WHY)},
    {PAUSED, REPLIED_LINE, YES},
    {PAUSED, PAUSED_LINE, SAME},
    {PAUSED, ENDED_LINE(WON), YES},
    {NO_REPLY, ACTIVE_LINE, YES},
    {NO_REPLY, SILENT_LINE, NO(NOTE, NO_WHY)},
    {NO_REPLY, REPLIED_LINE, YES},
    {NO_REPLY, PAUSED_LINE, NO(STATE, ENDED_PAUSE)},
    {NO_REPLY, ENDED_LINE(NO_REPLY), SAME},
    {NO_REPLY, ENDED_LINE(WON), NO(REASON, STRONGER)},
    {NO_REPLY, ENDED_LINE(BOUNCED), YES},
    {WON, REPLIED_LINE, NO(STATE, ENDED_ANSWER)},
    {WON, ENDED_LINE(OPTED_OUT), YES},
    {BOUNCED, ENDED_LINE(NO_REPLY), NO(REASON, STRONGER)},
    {OPTED_OUT, ACTIVE_LINE, NO(STATE, OBJECTED)},
    {OPTED_OUT, SILENT_LINE, NO(STATE, OBJECTED)},
    {OPTED_OUT, REPLIED_LINE, NO(STATE, OBJECTED)},
    {OPTED_OUT, PAUSED_LINE, NO(STATE, OBJECTED)},
    {OPTED_OUT, ENDED_LINE(WON), NO(REASON, STRONGER)},
    {OPTED_OUT, ENDED_LINE(OPTED_OUT), SAME},
    {OPTED_OUT, ENDED_LINE(COMPLAINED), YES},
    {COMPLAINED, ENDED_LINE(OPTED_OUT), SAME},
    {COMPLAINED, ACTIVE_LINE, NO(STATE, OBJECTED)},
};

START_TEST(each_line_has_its_outcome_and_is_so_afterwards)
{
    prepare(rows[_i].before);
    size_t before = event_count(JANE);
    struct fs_crm_verdict verdict = take(rows[_i].line);
    ck_assert_msg(verdict.outcome == rows[_i].outcome && verdict.field == rows[_i].field &&
                      verdict.fault == rows[_i].fault,
                  "row %d: outcome %d, field %d, fault %d", _i, verdict.outcome, verdict.field,
                  verdict.fault);
    size_t after = event_count(JANE);
    ck_assert_uint_eq(after, before + (verdict.outcome == FS_CRM_APPLIED ? 1 : 0));
    if (verdict.outcome == FS_CRM_APPLIED) {
        verdict = take(rows[_i].line);
        ck_assert_int_eq(verdict.outcome, FS_CRM_UNCHANGED);
        ck_assert_uint_eq(event_count(JANE), after);
    }
}
END_TEST

START_TEST(judging_writes_nothing)
{
    struct fs_crm_line line = ENDED_LINE(OPTED_OUT);
    prepare(ACTIVE);
    line.address = JANE;
    size_t before = event_count(JANE);
    ck_assert_int_eq(judge(line).outcome, FS_CRM_CHANGES);
    ck_assert_uint_eq(event_count(JANE), before);
    ck_assert(!is_suppressed(JANE));
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ACTIVE);
}
END_TEST

/* ---- what is recorded ---- */

START_TEST(the_crm_decided_and_actor_uid_and_note_are_kept)
{
    struct fs_crm_line line = ENDED_LINE(NOT_QUALIFIED);
    prepare(ACTIVE);
    line.note = "no budget";
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
    struct fs_event event = last_event(JANE);
    ck_assert_int_eq(event.kind, FS_EVENT_SAID);
    ck_assert_int_eq(event.decided_by, FS_BY_CRM);
    ck_assert_str_eq(event.actor, "nightly");
    ck_assert_int_eq(event.actor_uid, 1002);
    ck_assert_str_eq(event.note, "no budget");
    ck_assert_int_eq(event.end_reason, FS_END_NOT_QUALIFIED);
    ck_assert_int_eq(lead_of(JANE).decided_by, FS_BY_CRM);
}
END_TEST

START_TEST(an_objection_is_of_the_address_in_all_processes)
{
    struct fs_crm_line line = ENDED_LINE(OPTED_OUT);
    send_to("a1", JANE);
    send_as(1, "b1", JANE);
    line.process = "sales";
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
    ck_assert(is_suppressed(JANE));
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_OPTED_OUT);
    ck_assert_int_eq(lead_in("events", JANE).end_reason, FS_END_OPTED_OUT);
}
END_TEST

START_TEST(an_objection_without_a_lead_suppresses)
{
    struct fs_crm_line line = ENDED_LINE(OPTED_OUT);
    line.address = STRANGER;
    line.process = "no such process";
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
    ck_assert(is_suppressed(STRANGER));
    ck_assert_int_eq(last_event(STRANGER).decided_by, FS_BY_CRM);
}
END_TEST

/* Evidence reopened one process; the list still knows the objection of the other. */
START_TEST(an_old_objection_of_one_process_does_not_undo_evidence)
{
    struct fs_crm_line line = ENDED_LINE(OPTED_OUT);
    send_to("a1", JANE);
    send_as(1, "b1", JANE);
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
    say((struct fs_saying){
        .what = FS_ON_RESUME, .process = "events", .note = "fair", .evidence = "form 7"});
    ck_assert(!is_suppressed(JANE));
    line.process = "sales";
    ck_assert_int_eq(take(line).outcome, FS_CRM_UNCHANGED);
    ck_assert(!is_suppressed(JANE));
    line.process = NULL; /* said anew, of the address */
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
    ck_assert(is_suppressed(JANE));
    ck_assert_int_eq(lead_in("events", JANE).end_reason, FS_END_OPTED_OUT);
}
END_TEST

/* ---- which lead ---- */

START_TEST(of_several_processes_one_must_be_named)
{
    struct fs_crm_line line = ENDED_LINE(WON);
    send_to("a1", JANE);
    send_as(1, "b1", JANE);
    struct fs_crm_verdict verdict = take(line);
    ck_assert_int_eq(verdict.fault, FS_CRM_FAULT_SEVERAL);
    ck_assert_int_eq(verdict.field, FS_CRM_PROCESS);
    line.process = "events";
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
    ck_assert_int_eq(lead_in("events", JANE).end_reason, FS_END_WON);
    ck_assert_int_eq(lead_in("sales", JANE).state, FS_STATE_ACTIVE);
}
END_TEST

START_TEST(a_process_that_is_unknown_is_told_from_one_without_this_lead)
{
    struct fs_crm_line line = ENDED_LINE(WON);
    prepare(ACTIVE);
    line.process = "sails";
    ck_assert_int_eq(take(line).fault, FS_CRM_FAULT_PROCESS);
    line.process = "events";
    ck_assert_int_eq(take(line).fault, FS_CRM_FAULT_NO_LEAD);
    line.process = NULL;
    line.sender = "ben@example.com";
    ck_assert_int_eq(take(line).fault, FS_CRM_FAULT_NO_LEAD);
}
END_TEST

/* ---- time ---- */

START_TEST(a_pause_that_is_past_is_bad)
{
    prepare(ACTIVE);
    struct fs_crm_verdict verdict = take(paused(FS_PAUSE_NOT_NOW, now));
    ck_assert_int_eq(verdict.fault, FS_CRM_FAULT_PAST);
    ck_assert_int_eq(verdict.field, FS_CRM_UNTIL);
    ck_assert_int_eq(take(paused(FS_PAUSE_NOT_NOW, now + 60)).outcome, FS_CRM_APPLIED);
}
END_TEST

START_TEST(another_date_or_reason_is_a_change)
{
    prepare(PAUSED);
    ck_assert_int_eq(take(paused(FS_PAUSE_NOT_NOW, DATE_AT + 1)).outcome, FS_CRM_APPLIED);
    ck_assert_int_eq(lead_of(JANE).until_at, DATE_AT + 1);
    ck_assert_int_eq(take(paused(FS_PAUSE_OTHER, DATE_AT + 1)).outcome, FS_CRM_APPLIED);
    ck_assert_int_eq(lead_of(JANE).pause_reason, FS_PAUSE_OTHER);
}
END_TEST

/* The sweep did not run: the pause is over all the same. */
START_TEST(time_is_applied_before_a_line_is_judged)
{
    prepare(ACTIVE);
    ck_assert_int_eq(take(paused(FS_PAUSE_NOT_NOW, now + 60)).outcome, FS_CRM_APPLIED);
    now += 120;
    ck_assert_int_eq(take((struct fs_crm_line)SILENT_LINE).outcome, FS_CRM_UNCHANGED);
}
END_TEST

START_TEST(a_line_older_than_the_lead_is_stale_unless_it_objects)
{
    struct fs_crm_line line = ENDED_LINE(WON);
    send_to("a1", JANE);
    line.changed_at = lead_of(JANE).changed_at;
    say((struct fs_saying){.what = FS_ON_ANSWERED}); /* a minute later */
    struct fs_crm_verdict verdict = take(line);
    ck_assert_int_eq(verdict.fault, FS_CRM_FAULT_STALE);
    ck_assert_int_eq(verdict.field, FS_CRM_CHANGED);
    line.changed_at = lead_of(JANE).changed_at - 1;
    ck_assert_int_eq(take(line).fault, FS_CRM_FAULT_STALE);
    line.end_reason = FS_END_OPTED_OUT;
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
}
END_TEST

START_TEST(a_line_as_old_as_the_lead_is_not_stale)
{
    struct fs_crm_line line = ENDED_LINE(WON);
    send_to("a1", JANE);
    line.changed_at = lead_of(JANE).changed_at;
    ck_assert_int_eq(take(line).outcome, FS_CRM_APPLIED);
}
END_TEST

/* ---- many ---- */

#define MANY 700

/* More than one work; good and bad ones mixed; in order. */
START_TEST(many_lines_are_applied_in_pieces)
{
    static struct fs_crm_line lines[MANY];
    static struct fs_crm_verdict verdicts[MANY];
    size_t applied = 0;
    for (size_t i = 0; i < MANY; i++) {
        lines[i] = (struct fs_crm_line)ENDED_LINE(OPTED_OUT);
        lines[i].address = fs_arena_printf(arena, "n%zu@kunde.example", i);
        if (i % 7 == 3)
            lines[i].end_reason = FS_END_WON;
    }
    ck_assert_int_eq(fs_engine_crm_check(engine, config, lines, MANY, verdicts, NULL), FS_OK);
    ck_assert_int_eq(
        fs_engine_crm_apply(engine, config, &crm_actor, lines, MANY, verdicts, NULL, NULL), FS_OK);
    for (size_t i = 0; i < MANY; i++) {
        bool good = i % 7 != 3;
        ck_assert_int_eq(verdicts[i].outcome, good ? FS_CRM_APPLIED : FS_CRM_BAD);
        ck_assert_int_eq(is_suppressed(lines[i].address), good);
        applied += good ? 1 : 0;
    }
    ck_assert_uint_eq(applied, 600);
}
END_TEST

/* What is left is as it was, and is applied by the next call. */
START_TEST(nothing_more_is_applied_once_it_is_to_stop)
{
    atomic_bool stopping = true;
    struct fs_crm_line line = ENDED_LINE(WON);
    line.address = JANE;
    send_to("a1", JANE);
    struct fs_crm_verdict verdict = judge(line);
    ck_assert_int_eq(
        fs_engine_crm_apply(engine, config, &crm_actor, &line, 1, &verdict, &stopping, NULL),
        FS_OK);
    ck_assert_int_eq(verdict.outcome, FS_CRM_CHANGES);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ACTIVE);
    atomic_store(&stopping, false);
    ck_assert_int_eq(
        fs_engine_crm_apply(engine, config, &crm_actor, &line, 1, &verdict, &stopping, NULL),
        FS_OK);
    ck_assert_int_eq(verdict.outcome, FS_CRM_APPLIED);
    ck_assert_int_eq(lead_of(JANE).state, FS_STATE_ENDED);
}
END_TEST

/* What an earlier line of the same list makes impossible is judged anew. */
START_TEST(a_line_is_judged_anew_when_it_is_applied)
{
    struct fs_crm_line lines[2] = {ENDED_LINE(OPTED_OUT), ENDED_LINE(WON)};
    struct fs_crm_verdict verdicts[2];
    send_to("a1", JANE);
    send_as(1, "b1", JANE);
    lines[0].address = lines[1].address = JANE;
    lines[0].process = "sales";
    lines[1].process = "events";
    ck_assert_int_eq(fs_engine_crm_check(engine, config, lines, 2, verdicts, NULL), FS_OK);
    ck_assert_int_eq(verdicts[1].outcome, FS_CRM_CHANGES);
    ck_assert_int_eq(
        fs_engine_crm_apply(engine, config, &crm_actor, lines, 2, verdicts, NULL, NULL), FS_OK);
    ck_assert_int_eq(verdicts[0].outcome, FS_CRM_APPLIED);
    ck_assert_int_eq(verdicts[1].outcome, FS_CRM_BAD);
    ck_assert_int_eq(verdicts[1].fault, FS_CRM_FAULT_STRONGER);
    ck_assert_int_eq(lead_in("events", JANE).end_reason, FS_END_OPTED_OUT);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, each_line_has_its_outcome_and_is_so_afterwards, 0, COUNT(rows));
    tcase_add_test(tcase, judging_writes_nothing);
    tcase_add_test(tcase, the_crm_decided_and_actor_uid_and_note_are_kept);
    tcase_add_test(tcase, an_objection_is_of_the_address_in_all_processes);
    tcase_add_test(tcase, an_objection_without_a_lead_suppresses);
    tcase_add_test(tcase, an_old_objection_of_one_process_does_not_undo_evidence);
    tcase_add_test(tcase, of_several_processes_one_must_be_named);
    tcase_add_test(tcase, a_process_that_is_unknown_is_told_from_one_without_this_lead);
    tcase_add_test(tcase, a_pause_that_is_past_is_bad);
    tcase_add_test(tcase, another_date_or_reason_is_a_change);
    tcase_add_test(tcase, time_is_applied_before_a_line_is_judged);
    tcase_add_test(tcase, a_line_older_than_the_lead_is_stale_unless_it_objects);
    tcase_add_test(tcase, a_line_as_old_as_the_lead_is_not_stale);
    tcase_add_test(tcase, many_lines_are_applied_in_pieces);
    tcase_add_test(tcase, a_line_is_judged_anew_when_it_is_applied);
    tcase_add_test(tcase, nothing_more_is_applied_once_it_is_to_stop);
}

int main(void)
{
    return run_suite("engine_crm", begin, add_tests);
}
