/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_lead.c - the state machine, from tables: every state with every happening, and
 * stories that walk through several.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/lead.h"
#include "suite.h"

#define DAY_S ((int64_t)86400)
#define START_AT ((int64_t)1700000000)
#define LINE_MAX_B 1024

struct story {
    struct fs_rules rules;
    struct fs_lead lead;
    struct fs_lead_outcome outcome;
    size_t time_count;
};

static const char *test_file(const char *name, char *out, size_t size_b)
{
    const char *dir = getenv("FS_TESTDIR");
    snprintf(out, size_b, "%s/cases/%s", dir != NULL ? dir : "tests", name);
    return out;
}

static char *trim(char *text)
{
    while (*text == ' ')
        text++;
    size_t length_b = strlen(text);
    while (length_b > 0 && (text[length_b - 1] == ' ' || text[length_b - 1] == '\n'))
        text[--length_b] = '\0';
    return text;
}

/* Splits line at '|' into exactly count trimmed fields; false for comments and blanks. */
static bool split(char *line, char *fields[], size_t count)
{
    char *rest = trim(line);
    if (*rest == '#' || *rest == '\0')
        return false;
    for (size_t i = 0; i < count; i++) {
        char *field = strsep(&rest, "|");
        ck_assert_msg(field != NULL, "too few fields: %s", line);
        fields[i] = trim(field);
    }
    ck_assert_msg(rest == NULL, "too many fields: %s", fields[0]);
    return true;
}

static int64_t days(const char *text)
{
    return (int64_t)strtol(text, NULL, 10) * DAY_S;
}

static int64_t instant(const char *text)
{
    return strcmp(text, "0") == 0 ? 0 : START_AT + days(text);
}

static void set_rule(struct fs_rules *rules, const char *name, char *value)
{
    if (strcmp(name, "unanswered") == 0)
        rules->unanswered = atoi(value);
    else if (strcmp(name, "pauses") == 0)
        rules->pauses = atoi(value);
    else if (strcmp(name, "cycles") == 0)
        rules->cycles = atoi(value);
    else if (strcmp(name, "min_gap") == 0)
        rules->min_gap_s = days(value);
    else if (strcmp(name, "grace") == 0)
        rules->grace_s = days(value);
    else if (strcmp(name, "open_for") == 0)
        rules->open_for_s = days(value);
    else if (strcmp(name, "idle") == 0)
        rules->idle_s = days(value);
    else if (strcmp(name, "out_of_office") == 0)
        rules->out_of_office_s = days(value);
    else if (strcmp(name, "longest") == 0)
        rules->longest_s = days(value);
    else if (strcmp(name, "account_reply") == 0)
        rules->account_reply_s = days(value);
    else if (strcmp(name, "review_for") == 0)
        rules->review_for_s = days(value);
    else if (strcmp(name, "resume_after") == 0)
        rules->resume_after_s = days(value);
    else if (strcmp(name, "resume_reply") == 0)
        rules->resume_reply = strcmp(value, "yes") == 0;
    else if (strcmp(name, "final_mail") == 0)
        rules->final_mail = strcmp(value, "yes") == 0;
    else if (strcmp(name, "kinds") == 0) {
        rules->kinds = 0;
        for (char *word; (word = strsep(&value, ",")) != NULL;) {
            enum fs_touch_kind kind;
            ck_assert_msg(fs_touch_kind_parse(word, &kind), "kind %s", word);
            rules->kinds |= 1u << kind;
        }
    } else
        ck_abort_msg("unknown setting %s", name);
}

static void set_option(struct fs_lead_event *event, const char *name, const char *value)
{
    if (strcmp(name, "until") == 0)
        event->until_at = instant(value);
    else if (strcmp(name, "limit") == 0)
        event->limit_until_at = instant(value);
    else if (strcmp(name, "kind") == 0)
        ck_assert(fs_touch_kind_parse(value, &event->kind));
    else if (strcmp(name, "final") == 0)
        event->final_mark = true;
    else if (strcmp(name, "suppressed") == 0)
        event->suppressed = true;
    else if (strcmp(name, "dead") == 0)
        event->dead = true;
    else if (strcmp(name, "counted") == 0)
        event->touch_effect = FS_EFFECT_COUNTED;
    else if (strcmp(name, "finalmail") == 0)
        event->touch_effect = FS_EFFECT_FINAL;
    else if (strcmp(name, "cycle") == 0)
        event->touch_cycle = atoi(value);
    else if (strcmp(name, "evidence") == 0)
        event->evidence = true;
    else if (strcmp(name, "reason") == 0 && event->what == FS_ON_PAUSE)
        ck_assert(fs_pause_reason_parse(value, &event->pause_reason));
    else if (strcmp(name, "reason") == 0)
        ck_assert(fs_end_reason_parse(value, &event->end_reason));
    else
        ck_abort_msg("unknown option %s", name);
}

static bool is_said(enum fs_happening what)
{
    return what == FS_ON_PAUSE || what == FS_ON_END || what == FS_ON_RESUME ||
           what == FS_ON_ANSWERED;
}

static void run_event(struct story *story, char *text)
{
    char *options = text;
    char *head = strsep(&options, ",");
    char *day = head;
    const char *word = strsep(&day, "@");
    ck_assert_msg(day != NULL, "no day: %s", head);
    int64_t now = START_AT + days(day);
    if (strcmp(word, "look") == 0) {
        struct fs_lead_change changes[FS_LEAD_TIME_MAX];
        story->time_count = fs_lead_apply_time(&story->rules, &story->lead, now, changes);
        return;
    }
    struct fs_lead_event event = {.now = now, .decided_by = FS_BY_MAIL};
    event.kind = FS_KIND_FOLLOW_UP;
    event.touch_cycle = story->lead.cycle;
    ck_assert_msg(fs_happening_parse(word, &event.what), "happening %s", word);
    if (is_said(event.what))
        event.decided_by = FS_BY_PERSON;
    for (char *option; (option = strsep(&options, ",")) != NULL;) {
        char *value = option;
        const char *name = strsep(&value, "=");
        set_option(&event, name, value != NULL ? value : "");
    }
    fs_lead_step(&story->rules, &story->lead, &event, &story->outcome);
    story->time_count = story->outcome.time_count;
}

static void expect_text(const char *story, const char *name, const char *is, const char *expected)
{
    ck_assert_msg(strcmp(is, expected) == 0, "%s: %s is %s, must be %s", story, name, is, expected);
}

static void expect_number(const char *story, const char *name, int64_t is, int64_t expected)
{
    ck_assert_msg(is == expected, "%s: %s is %lld, must be %lld", story, name, (long long)is,
                  (long long)expected);
}

static const char *yes(bool value)
{
    return value ? "yes" : "no";
}

static void expect(const char *name, const struct story *story, const char *what, const char *value)
{
    const struct fs_lead *lead = &story->lead;
    const struct fs_lead_outcome *out = &story->outcome;
    if (strcmp(what, "state") == 0)
        expect_text(name, what, fs_state_name(lead->state), value);
    else if (strcmp(what, "reason") == 0)
        expect_text(name, what, fs_end_reason_name(lead->end_reason), value);
    else if (strcmp(what, "pause") == 0)
        expect_text(name, what, fs_pause_reason_name(lead->pause_reason), value);
    else if (strcmp(what, "decided") == 0)
        expect_text(name, what, fs_decider_name(lead->decided_by), value);
    else if (strcmp(what, "verdict") == 0)
        expect_text(name, what, fs_verdict_name(out->verdict), value);
    else if (strcmp(what, "effect") == 0)
        expect_text(name, what, fs_touch_effect_name(out->effect), value);
    else if (strcmp(what, "rule") == 0)
        expect_text(name, what,
                    fs_rule_name(strncmp(value, "time.", 5) == 0 ? lead->rule : out->rule), value);
    else if (strcmp(what, "suppress") == 0)
        expect_text(name, what, yes(out->suppress), value);
    else if (strcmp(what, "lift") == 0)
        expect_text(name, what, yes(out->lift), value);
    else if (strcmp(what, "impossible") == 0)
        expect_text(name, what, yes(out->impossible), value);
    else if (strcmp(what, "unanswered") == 0)
        expect_number(name, what, lead->unanswered, atoi(value));
    else if (strcmp(what, "overrun") == 0)
        expect_number(name, what, lead->overrun, atoi(value));
    else if (strcmp(what, "cycle") == 0)
        expect_number(name, what, lead->cycle, atoi(value));
    else if (strcmp(what, "times") == 0)
        expect_number(name, what, (int64_t)story->time_count, atoi(value));
    else if (strcmp(what, "until") == 0)
        expect_number(name, what, lead->until_at, instant(value));
    else if (strcmp(what, "ended") == 0)
        expect_number(name, what, lead->ended_at, instant(value));
    else if (strcmp(what, "next") == 0)
        expect_number(name, what, out->next_allowed_at, instant(value));
    else
        ck_abort_msg("%s: unknown expectation %s", name, what);
}

START_TEST(stories_end_as_told)
{
    char path[512];
    char line[LINE_MAX_B];
    int count = 0;
    FILE *file = fopen(test_file("lead-stories.txt", path, sizeof(path)), "r");
    ck_assert_msg(file != NULL, "%s is missing", path);
    while (fgets(line, sizeof(line), file) != NULL) {
        char *fields[4];
        if (!split(line, fields, 4))
            continue;
        struct story story = {0};
        fs_rules_defaults(&story.rules);
        for (char *word; (word = strsep(&fields[1], " ")) != NULL && *word != '\0';) {
            char *value = word;
            const char *name = strsep(&value, "=");
            set_rule(&story.rules, name, value);
        }
        for (char *word; (word = strsep(&fields[2], " ")) != NULL;)
            run_event(&story, word);
        for (char *word; (word = strsep(&fields[3], " ")) != NULL;) {
            char *value = word;
            const char *name = strsep(&value, "=");
            expect(fields[0], &story, name, value);
        }
        count++;
    }
    fclose(file);
    ck_assert_int_ge(count, 110);
}
END_TEST

/* A plain lead of a state, ten days old. */
static struct fs_lead plain_lead(const struct fs_rules *rules, enum fs_state state)
{
    struct fs_lead lead = {0};
    struct fs_lead_outcome out;
    struct fs_lead_event event = {.what = FS_ON_TOUCH, .now = START_AT};
    if (state == FS_STATE_NONE)
        return lead;
    fs_lead_step(rules, &lead, &event, &out);
    event.now = START_AT + DAY_S;
    if (state == FS_STATE_REPLIED)
        event.what = FS_ON_ANSWER;
    if (state == FS_STATE_PAUSED) {
        event.what = FS_ON_ABSENCE;
        event.until_at = START_AT + 20 * DAY_S;
    }
    if (state == FS_STATE_ENDED) {
        event.what = FS_ON_END;
        event.end_reason = FS_END_NO_REPLY;
    }
    if (state != FS_STATE_ACTIVE)
        fs_lead_step(rules, &lead, &event, &out);
    ck_assert_int_eq(lead.state, state);
    return lead;
}

START_TEST(every_state_meets_every_happening)
{
    char path[512];
    char line[LINE_MAX_B];
    bool seen[FS_STATE_COUNT][FS_HAPPENING_COUNT] = {{false}};
    struct fs_rules rules;
    fs_rules_defaults(&rules);
    FILE *file = fopen(test_file("lead-table.txt", path, sizeof(path)), "r");
    ck_assert_msg(file != NULL, "%s is missing", path);
    while (fgets(line, sizeof(line), file) != NULL) {
        char *fields[5];
        if (!split(line, fields, 5))
            continue;
        enum fs_state from;
        struct fs_lead_event event = {.now = START_AT + 10 * DAY_S,
                                      .decided_by = FS_BY_MAIL,
                                      .until_at = START_AT + 30 * DAY_S,
                                      .pause_reason = FS_PAUSE_NOT_NOW,
                                      .end_reason = FS_END_OTHER,
                                      .dead = true};
        ck_assert(fs_state_parse(fields[0], &from));
        ck_assert(fs_happening_parse(fields[1], &event.what));
        seen[from][event.what] = true;
        struct fs_lead lead = plain_lead(&rules, from);
        struct fs_lead_outcome out;
        fs_lead_step(&rules, &lead, &event, &out);
        char name[128];
        snprintf(name, sizeof(name), "%s + %s", fields[0], fields[1]);
        expect_text(name, "state", fs_state_name(lead.state), fields[2]);
        expect_text(name, "rule", fs_rule_name(out.rule), fields[3]);
        if (strcmp(fields[4], "-") != 0)
            expect_text(name, "verdict", fs_verdict_name(out.verdict), fields[4]);
    }
    fclose(file);
    for (int state = 0; state < FS_STATE_COUNT; state++) {
        for (int what = 0; what < FS_HAPPENING_COUNT; what++)
            ck_assert_msg(seen[state][what], "no row for %s + %s", fs_state_name(state),
                          fs_happening_name(what));
    }
}
END_TEST

START_TEST(time_alone_ends_every_lead)
{
    struct fs_rules rules;
    fs_rules_defaults(&rules);
    for (int state = FS_STATE_ACTIVE; state < FS_STATE_ENDED; state++) {
        struct fs_lead lead = plain_lead(&rules, state);
        struct fs_lead_change changes[FS_LEAD_TIME_MAX];
        fs_lead_apply_time(&rules, &lead, START_AT + 1000 * DAY_S, changes);
        ck_assert_int_eq(lead.state, FS_STATE_ENDED);
    }
}
END_TEST

START_TEST(rules_without_an_end_are_named)
{
    struct fs_rules rules;
    fs_rules_defaults(&rules);
    ck_assert_ptr_null(fs_rules_endless(&rules));
    rules.open_for_s = 0;
    ck_assert_str_eq(fs_rules_endless(&rules), "end.open_for");
    fs_rules_defaults(&rules);
    rules.idle_s = 0;
    ck_assert_str_eq(fs_rules_endless(&rules), "end.idle");
    fs_rules_defaults(&rules);
    rules.review_for_s = 0;
    ck_assert_str_eq(fs_rules_endless(&rules), "pause.review_for");
    fs_rules_defaults(&rules);
    rules.longest_s = 0;
    ck_assert_str_eq(fs_rules_endless(&rules), "pause.longest");
    ck_assert_ptr_nonnull(fs_rules_endless_state("pause.longest"));
}
END_TEST

START_TEST(names_are_unique_and_parse_back)
{
    for (int i = 0; i < FS_RULE_COUNT; i++) {
        enum fs_rule rule;
        ck_assert_msg(fs_rule_parse(fs_rule_name((enum fs_rule)i), &rule), "rule %d", i);
        ck_assert_int_eq(rule, i);
    }
    for (int i = 0; i < FS_VERDICT_COUNT; i++) {
        enum fs_verdict verdict;
        ck_assert(fs_verdict_parse(fs_verdict_name((enum fs_verdict)i), &verdict));
        ck_assert_int_eq(verdict, i);
    }
    enum fs_state state;
    ck_assert(!fs_state_parse("Active", &state));
}
END_TEST

START_TEST(outlook_says_what_is_allowed_next)
{
    struct fs_rules rules;
    fs_rules_defaults(&rules);
    int64_t now = START_AT + 10 * DAY_S;
    struct fs_lead ended = plain_lead(&rules, FS_STATE_ENDED);
    struct fs_lead_outlook outlook = fs_lead_outlook(&rules, &ended, false, now);
    ck_assert(!outlook.touch_now && outlook.final_mail && !outlook.needs_evidence);
    ck_assert_int_eq(outlook.next_allowed_at, 0);
    struct fs_lead paused = plain_lead(&rules, FS_STATE_PAUSED);
    outlook = fs_lead_outlook(&rules, &paused, false, now);
    ck_assert_int_eq(outlook.next_allowed_at, START_AT + 20 * DAY_S);
    struct fs_lead active = plain_lead(&rules, FS_STATE_ACTIVE);
    ck_assert(fs_lead_outlook(&rules, &active, false, now).touch_now);
    outlook = fs_lead_outlook(&rules, &active, true, now);
    ck_assert(!outlook.touch_now && outlook.needs_evidence);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lead");
    TCase *tcase = tcase_create("lead");
    tcase_add_test(tcase, stories_end_as_told);
    tcase_add_test(tcase, every_state_meets_every_happening);
    tcase_add_test(tcase, time_alone_ends_every_lead);
    tcase_add_test(tcase, rules_without_an_end_are_named);
    tcase_add_test(tcase, names_are_unique_and_parse_back);
    tcase_add_test(tcase, outlook_says_what_is_allowed_next);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
