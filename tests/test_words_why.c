/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_words_why.c - what why and history say of each state, reason and rule.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/words.h"
#include "suite.h"
#include "words_golden.h"

/* 2026-03-14T09:15:00Z and instants around it */
#define NOW 1773479700
#define YESTERDAY (NOW - 86400)
#define LAST_MONTH (NOW - 30 * 86400)
#define LATER 1775260800 /* 2026-04-04T00:00:00Z */

static const enum fs_language languages[] = {FS_LANGUAGE_EN, FS_LANGUAGE_DE};
static const char *const why_names[] = {"why.en.txt", "why.de.txt"};
static const char *const history_names[] = {"history.en.txt", "history.de.txt"};

/* ---- why ---- */

/* What brought the lead where it is. */
enum by {
    BY_TOUCH,
    BY_ANSWER,
    BY_BOUNCE,
    BY_TIME,
    BY_PERSON,
    BY_PAUSE,
    BY_PHONE,
    BY_CRM,
    BY_NOBODY
};

static const struct fs_event brought[] = {
    [BY_TOUCH] = {.log = "mx1",
                  .seq = 12,
                  .at = YESTERDAY,
                  .kind = FS_EVENT_TOUCH,
                  .what = FS_ON_TOUCH,
                  .message_id = "a1@sales.example.com"},
    [BY_ANSWER] = {.log = "mx1",
                   .seq = 13,
                   .at = YESTERDAY,
                   .kind = FS_EVENT_HEARD,
                   .what = FS_ON_ANSWER,
                   .message_id = "j1@customer.example",
                   .class = "human",
                   .class_rule = "human,subject.re",
                   .match = "thread"},
    [BY_BOUNCE] = {.log = "mx1",
                   .seq = 14,
                   .at = YESTERDAY,
                   .kind = FS_EVENT_HEARD,
                   .what = FS_ON_BOUNCE,
                   .class = "bounce",
                   .class_rule = "report.delivery-status",
                   .match = "returned-id",
                   .note = "5.1.1"},
    [BY_TIME] = {.log = "mx1", .seq = 15, .at = YESTERDAY, .kind = FS_EVENT_TIME},
    [BY_PERSON] = {.log = "mx1",
                   .seq = 16,
                   .at = YESTERDAY,
                   .kind = FS_EVENT_SAID,
                   .what = FS_ON_END,
                   .end_reason = FS_END_NO_URGENCY,
                   .rule = FS_RULE_SAID_END,
                   .actor = "anna",
                   .actor_uid = 1000,
                   .note = "no project in 2027"},
    [BY_PAUSE] = {.log = "mx1",
                  .seq = 17,
                  .at = YESTERDAY,
                  .kind = FS_EVENT_SAID,
                  .what = FS_ON_PAUSE,
                  .pause_reason = FS_PAUSE_NOT_NOW,
                  .until_at = LATER,
                  .rule = FS_RULE_SAID_PAUSE,
                  .actor = "anna",
                  .actor_uid = 1000},
    [BY_PHONE] = {.log = "mx1",
                  .seq = 18,
                  .at = YESTERDAY,
                  .kind = FS_EVENT_SAID,
                  .what = FS_ON_ANSWERED,
                  .rule = FS_RULE_SAID_ANSWERED,
                  .actor = "anna",
                  .actor_uid = 1000,
                  .note = "phone: wants an offer in May"},
    [BY_CRM] = {.log = "mx1",
                .seq = 19,
                .at = YESTERDAY,
                .kind = FS_EVENT_SAID,
                .what = FS_ON_END,
                .end_reason = FS_END_NO_URGENCY,
                .rule = FS_RULE_SAID_END,
                .decided_by = FS_BY_CRM,
                .actor = "salesdesk",
                .actor_uid = -1},
};

static const struct fs_event refusal = {.log = "mx1",
                                        .seq = 20,
                                        .at = NOW,
                                        .kind = FS_EVENT_TOUCH,
                                        .what = FS_ON_TOUCH,
                                        .verdict = FS_VERDICT_ENDED,
                                        .disposition = FS_DISPOSITION_REFUSED,
                                        .end_reason = FS_END_NO_REPLY,
                                        .rule = FS_RULE_TOUCH_ENDED,
                                        .repeats = 2};

static const struct case_of_why {
    const char *heading;
    struct fs_lead lead; /* what is the same in all is filled in */
    enum by by;
    struct fs_lead_outlook outlook;
    bool relevant;
    bool suppressed;
    bool is_refused;
    bool is_removed;
    bool stays_ended; /* resume.reply = false */
    const char *sender;
} cases[] = {
    {.heading = "active",
     .lead = {.state = FS_STATE_ACTIVE,
              .rule = FS_RULE_TOUCH_FIRST,
              .decided_by = FS_BY_POLICY,
              .unanswered = 1},
     .by = BY_TOUCH,
     .outlook = {.touch_now = true, .next_allowed_at = NOW}},
    {.heading = "active, too early for the next",
     .lead = {.state = FS_STATE_ACTIVE,
              .rule = FS_RULE_TOUCH_AFTER_REPLY,
              .decided_by = FS_BY_POLICY,
              .unanswered = 1,
              .last_answer_at = LAST_MONTH},
     .by = BY_TOUCH,
     .outlook = {.next_allowed_at = NOW + 7200},
     .relevant = true,
     .sender = "anna@sales.example.com"},
    {.heading = "active, the last message is out",
     .lead = {.state = FS_STATE_ACTIVE,
              .rule = FS_RULE_TOUCH_FIRST,
              .decided_by = FS_BY_POLICY,
              .unanswered = 4,
              .overrun = 2},
     .by = BY_NOBODY,
     .outlook = {.final_mail = true}},
    {.heading = "replied",
     .lead = {.state = FS_STATE_REPLIED,
              .rule = FS_RULE_ANSWER,
              .decided_by = FS_BY_MAIL,
              .last_answer_at = YESTERDAY},
     .by = BY_ANSWER,
     .outlook = {.touch_now = true, .next_allowed_at = NOW},
     .relevant = true},
    {.heading = "replied, by phone",
     .lead = {.state = FS_STATE_REPLIED,
              .rule = FS_RULE_SAID_ANSWERED,
              .decided_by = FS_BY_PERSON,
              .last_answer_at = YESTERDAY},
     .by = BY_PHONE,
     .outlook = {.touch_now = true, .next_allowed_at = NOW},
     .relevant = true},
    {.heading = "paused, out of office",
     .lead = {.state = FS_STATE_PAUSED,
              .pause_reason = FS_PAUSE_OUT_OF_OFFICE,
              .rule = FS_RULE_ABSENCE,
              .decided_by = FS_BY_MAIL,
              .unanswered = 2,
              .until_at = LATER},
     .by = BY_ANSWER,
     .outlook = {.next_allowed_at = LATER}},
    {.heading = "paused, not now",
     .lead = {.state = FS_STATE_PAUSED,
              .pause_reason = FS_PAUSE_NOT_NOW,
              .rule = FS_RULE_SAID_PAUSE,
              .decided_by = FS_BY_PERSON,
              .unanswered = 2,
              .until_at = LATER},
     .by = BY_PAUSE,
     .outlook = {.next_allowed_at = LATER},
     .relevant = true},
    {.heading = "paused, account reply",
     .lead = {.state = FS_STATE_PAUSED,
              .pause_reason = FS_PAUSE_ACCOUNT_REPLY,
              .rule = FS_RULE_COLLEAGUE_PAUSES,
              .decided_by = FS_BY_MAIL,
              .unanswered = 2,
              .until_at = LATER},
     .by = BY_ANSWER,
     .outlook = {.next_allowed_at = LATER}},
    {.heading = "paused, review",
     .lead = {.state = FS_STATE_PAUSED,
              .pause_reason = FS_PAUSE_REVIEW,
              .rule = FS_RULE_DOUBT_REVIEW,
              .decided_by = FS_BY_MAIL,
              .unanswered = 2,
              .until_at = LATER},
     .by = BY_ANSWER,
     .outlook = {.next_allowed_at = 0}},
    {.heading = "paused, other",
     .lead = {.state = FS_STATE_PAUSED,
              .pause_reason = FS_PAUSE_OTHER,
              .rule = FS_RULE_SAID_PAUSE,
              .decided_by = FS_BY_PERSON,
              .unanswered = 2,
              .until_at = LATER},
     .by = BY_PAUSE,
     .outlook = {.next_allowed_at = LATER}},
    {.heading = "ended, no reply",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NO_REPLY,
              .rule = FS_RULE_TIME_GRACE,
              .decided_by = FS_BY_POLICY,
              .unanswered = 4},
     .by = BY_TIME,
     .outlook = {.final_mail = true},
     .is_refused = true},
    {.heading = "ended, no reply, the next cycle by time",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NO_REPLY,
              .rule = FS_RULE_TOUCH_OVER,
              .decided_by = FS_BY_POLICY,
              .unanswered = 4},
     .by = BY_TOUCH,
     .outlook = {.next_allowed_at = LATER}},
    {.heading = "ended, no reply, an answer changes nothing",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NO_REPLY,
              .rule = FS_RULE_TOUCH_FINAL,
              .decided_by = FS_BY_POLICY,
              .unanswered = 4,
              .final_sent = true},
     .by = BY_TOUCH,
     .outlook = {.next_allowed_at = 0},
     .stays_ended = true},
    {.heading = "ended, no urgency",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NO_URGENCY,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_PERSON,
              .unanswered = 2},
     .by = BY_PERSON,
     .outlook = {.final_mail = true}},
    {.heading = "ended, not qualified, by the CRM",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NOT_QUALIFIED,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_CRM,
              .unanswered = 2},
     .by = BY_NOBODY,
     .outlook = {.final_mail = true}},
    {.heading = "ended, no urgency, fetched from the CRM",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NO_URGENCY,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_CRM,
              .unanswered = 2},
     .by = BY_CRM,
     .outlook = {.final_mail = true}},
    {.heading = "ended, bad timing",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_BAD_TIMING,
              .rule = FS_RULE_TIME_PAUSES,
              .decided_by = FS_BY_POLICY,
              .unanswered = 2},
     .by = BY_TIME,
     .outlook = {.final_mail = true}},
    {.heading = "ended, not interested",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_NOT_INTERESTED,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_PERSON,
              .unanswered = 2},
     .by = BY_PERSON,
     .outlook = {.next_allowed_at = 0}},
    {.heading = "ended, wrong person",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_WRONG_PERSON,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_PERSON,
              .unanswered = 2},
     .by = BY_PERSON,
     .outlook = {.next_allowed_at = 0}},
    {.heading = "ended, expired, after an answer",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_EXPIRED,
              .rule = FS_RULE_TIME_IDLE,
              .decided_by = FS_BY_POLICY,
              .last_answer_at = LAST_MONTH},
     .by = BY_TIME,
     .outlook = {.touch_now = true, .next_allowed_at = NOW, .final_mail = true}},
    {.heading = "ended, bounced",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_BOUNCED,
              .rule = FS_RULE_BOUNCE_DEAD,
              .decided_by = FS_BY_MAIL},
     .by = BY_BOUNCE,
     .outlook = {.next_allowed_at = 0}},
    {.heading = "ended, opted out",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_OPTED_OUT,
              .rule = FS_RULE_OPT_OUT,
              .decided_by = FS_BY_MAIL,
              .unanswered = 2},
     .by = BY_ANSWER,
     .outlook = {.needs_evidence = true},
     .suppressed = true},
    {.heading = "ended, complained",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_COMPLAINED,
              .rule = FS_RULE_COMPLAINT,
              .decided_by = FS_BY_MAIL,
              .unanswered = 2},
     .by = BY_ANSWER,
     .outlook = {.needs_evidence = true},
     .suppressed = true},
    {.heading = "ended, won",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_WON,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_PERSON,
              .last_answer_at = YESTERDAY},
     .by = BY_PERSON,
     .outlook = {.touch_now = true, .next_allowed_at = NOW}},
    {.heading = "active, of a process that is no longer configured",
     .lead = {.state = FS_STATE_ACTIVE,
              .rule = FS_RULE_TOUCH_FIRST,
              .decided_by = FS_BY_POLICY,
              .unanswered = 1},
     .by = BY_TOUCH,
     .outlook = {.touch_now = true, .next_allowed_at = NOW},
     .is_removed = true},
    {.heading = "ended, other, of a process that is no longer configured",
     .lead = {.state = FS_STATE_ENDED,
              .end_reason = FS_END_OTHER,
              .rule = FS_RULE_SAID_END,
              .decided_by = FS_BY_PERSON,
              .unanswered = 2},
     .by = BY_PERSON,
     .outlook = {.next_allowed_at = 0},
     .is_removed = true},
};
#define CASE_COUNT (sizeof(cases) / sizeof(cases[0]))

static void print_why(struct golden *golden, struct fs_arena *arena, enum fs_language language,
                      const struct case_of_why *one)
{
    struct fs_lead lead = one->lead;
    const char *const *lines = NULL;
    size_t count = 0;
    lead.cycle = 1;
    lead.cycle_began_at = LAST_MONTH;
    lead.changed_at = YESTERDAY;
    lead.last_touch_at = YESTERDAY;
    lead.ended_at = lead.state == FS_STATE_ENDED ? YESTERDAY : 0;
    struct fs_words_lead in = {.process = "new customers",
                               .contact = "o'neill@customer.example",
                               .sender = one->sender,
                               .process_known = !one->is_removed,
                               .answer_reopens = !one->stays_ended,
                               .lead = &lead,
                               .limit = 4,
                               .relevant = one->relevant,
                               .suppressed = one->suppressed,
                               .outlook = &one->outlook,
                               .change = one->by == BY_NOBODY ? NULL : &brought[one->by],
                               .refusal = one->is_refused ? &refusal : NULL};
    ck_assert_int_eq(fs_words_why(arena, language, &in, &lines, &count, NULL), FS_OK);
    fprintf(golden->out, "== %s\n", one->heading);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(strstr(lines[i], "%{") == NULL, "a place is not filled: %s", lines[i]);
        fprintf(golden->out, "%s\n", lines[i]);
    }
    fputc('\n', golden->out);
}

START_TEST(why_says_what_a_person_has_read_and_found_good)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct golden *golden = golden_new();
    for (size_t i = 0; i < CASE_COUNT; i++)
        print_why(golden, arena, languages[_i], &cases[i]);
    golden_check(golden, why_names[_i]);
    fs_arena_free(arena);
}
END_TEST

START_TEST(each_state_and_reason_has_a_case)
{
    unsigned states = 1u << FS_STATE_NONE;
    unsigned ends = 1u << FS_END_NONE;
    unsigned pauses = 1u << FS_PAUSE_NONE;
    for (size_t i = 0; i < CASE_COUNT; i++) {
        states |= 1u << cases[i].lead.state;
        ends |= 1u << cases[i].lead.end_reason;
        pauses |= 1u << cases[i].lead.pause_reason;
    }
    ck_assert_uint_eq(states, (1u << FS_STATE_COUNT) - 1);
    ck_assert_uint_eq(ends, (1u << FS_END_REASON_COUNT) - 1);
    ck_assert_uint_eq(pauses, (1u << FS_PAUSE_REASON_COUNT) - 1);
}
END_TEST

/* ---- history ---- */

static enum fs_event_kind kind_of(enum fs_rule rule)
{
    if (rule >= FS_RULE_TOUCH_FIRST && rule <= FS_RULE_TOUCH_RELEASED)
        return FS_EVENT_TOUCH;
    if (rule >= FS_RULE_TIME_GRACE && rule <= FS_RULE_TIME_REVIEW)
        return FS_EVENT_TIME;
    return rule >= FS_RULE_SAID_PAUSE ? FS_EVENT_SAID : FS_EVENT_HEARD;
}

static const struct {
    enum fs_rule rule;
    enum fs_verdict verdict;
} barred[] = {
    {FS_RULE_TOUCH_EARLY, FS_VERDICT_EARLY}, {FS_RULE_TOUCH_KIND, FS_VERDICT_KIND},
    {FS_RULE_TOUCH_OVER, FS_VERDICT_OVER},   {FS_RULE_TOUCH_PAUSED, FS_VERDICT_PAUSED},
    {FS_RULE_TOUCH_ENDED, FS_VERDICT_ENDED}, {FS_RULE_TOUCH_SUPPRESSED, FS_VERDICT_SUPPRESSED},
    {FS_RULE_TOUCH_LIMIT, FS_VERDICT_LIMIT},
};

static enum fs_verdict verdict_of(enum fs_rule rule)
{
    for (size_t i = 0; i < sizeof(barred) / sizeof(barred[0]); i++) {
        if (barred[i].rule == rule)
            return barred[i].verdict;
    }
    return FS_VERDICT_PASS;
}

static void print_event(struct golden *golden, struct fs_arena *arena, enum fs_language language,
                        const struct fs_event *event, const char *name)
{
    const char *line = NULL;
    ck_assert_int_eq(fs_words_event(arena, language, event, &line, NULL), FS_OK);
    ck_assert_msg(strstr(line, "%{") == NULL, "a place is not filled: %s", line);
    fprintf(golden->out, "%s: %s\n", name, line);
}

static struct fs_event event_of(enum fs_rule rule)
{
    return (struct fs_event){.log = "mx1",
                             .seq = 1,
                             .at = NOW,
                             .kind = kind_of(rule),
                             .process = "sales",
                             .from = FS_STATE_ACTIVE,
                             .to = FS_STATE_ACTIVE,
                             .end_reason = FS_END_NO_URGENCY,
                             .pause_reason = FS_PAUSE_NOT_NOW,
                             .rule = rule,
                             .verdict = verdict_of(rule),
                             .disposition = verdict_of(rule) == FS_VERDICT_PASS
                                                ? FS_DISPOSITION_PASSED
                                                : FS_DISPOSITION_REFUSED,
                             .class = "out_of_office",
                             .cycle = 2,
                             .unanswered = 3,
                             .until_at = LATER,
                             .actor = kind_of(rule) == FS_EVENT_SAID ? "anna" : NULL};
}

/* What follows a line. */
static void print_tails(struct golden *golden, struct fs_arena *arena, enum fs_language language)
{
    static const char *const matches[] = {"thread", "address", "account", "returned-id",
                                          "recipient"};
    static const char *const notes[] = {"phone: wants a date in May", "meeting", "other [sudo: x]",
                                        "phones are down"};
    for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
        struct fs_event event = event_of(FS_RULE_ANSWER);
        event.match = matches[i];
        print_event(golden, arena, language, &event, matches[i]);
    }
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
        struct fs_event event = event_of(FS_RULE_SAID_ANSWERED);
        event.note = notes[i];
        print_event(golden, arena, language, &event, notes[i]);
    }
    struct fs_event objection = event_of(FS_RULE_OPT_OUT);
    objection.process = "";
    print_event(golden, arena, language, &objection, "objection of nobody's lead");
    objection.rule = FS_RULE_COMPLAINT;
    print_event(golden, arena, language, &objection, "complaint of nobody's lead");
    struct fs_event said = event_of(FS_RULE_SAID_END);
    said.what = FS_ON_END;
    said.note = "no project in 2027";
    print_event(golden, arena, language, &said, "note");
    struct fs_event last = event_of(FS_RULE_TOUCH_LAST);
    last.to = FS_STATE_ENDED;
    print_event(golden, arena, language, &last, "ended by its last touch");
    for (int i = 0; i < FS_DISPOSITION_COUNT; i++) {
        struct fs_event over = event_of(FS_RULE_TOUCH_OVER);
        over.disposition = (enum fs_disposition)i;
        over.repeats = i;
        print_event(golden, arena, language, &over, fs_disposition_name((enum fs_disposition)i));
    }
}

START_TEST(history_says_what_a_person_has_read_and_found_good)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct golden *golden = golden_new();
    for (int i = 0; i < FS_RULE_COUNT; i++) {
        struct fs_event event = event_of((enum fs_rule)i);
        event.what = i == FS_RULE_SAID_PAUSE ? FS_ON_PAUSE : FS_ON_TOUCH;
        print_event(golden, arena, languages[_i], &event,
                    i == FS_RULE_NONE ? "none" : fs_rule_name((enum fs_rule)i));
    }
    for (int i = FS_EVENT_START; i < FS_EVENT_KIND_COUNT; i++) {
        struct fs_event event = {.kind = (enum fs_event_kind)i, .actor = "anna"};
        print_event(golden, arena, languages[_i], &event,
                    fs_event_kind_name((enum fs_event_kind)i));
    }
    print_tails(golden, arena, languages[_i]);
    golden_check(golden, history_names[_i]);
    fs_arena_free(arena);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    Suite *suite = suite_create("words_why");
    TCase *tcase = tcase_create("words_why");
    tcase_add_loop_test(tcase, why_says_what_a_person_has_read_and_found_good, 0, 2);
    tcase_add_test(tcase, each_state_and_reason_has_a_case);
    tcase_add_loop_test(tcase, history_says_what_a_person_has_read_and_found_good, 0, 2);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
