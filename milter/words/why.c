/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * why.c - why a lead is where it is, what is allowed next, and what a person can do.
 *
 * Plain sentences for a salesperson and a compliance officer alike: state, rule, evidence,
 * count, what comes next, and the very commands. Decides which sentences are true of a lead.
 * Must not know: how a terminal shows them, what the rules are.
 */
#include <inttypes.h>
#include <string.h>

#include "words_text.h"

#define LINES_MAX 32

struct work {
    const struct fs_words_lead *in;
    struct words_values values;
    const char *lines[LINES_MAX];
    size_t count;
    bool failed; /* out of memory */
};

static void add_line(struct work *work, const char *line)
{
    work->failed = work->failed || line == NULL;
    if (line != NULL && work->count < LINES_MAX)
        work->lines[work->count++] = line;
}

static void add(struct work *work, enum words_text id)
{
    add_line(work, words_say(&work->values, id));
}

static void add_at(struct work *work, enum words_text id, int64_t at)
{
    if (at == 0)
        return;
    words_set_minute(&work->values, "at", at);
    add(work, id);
}

static void set_event_id(struct work *work, const struct fs_event *event)
{
    const char *id = fs_arena_printf(work->values.arena, "%s-%" PRId64, event->log, event->seq);
    work->failed = work->failed || id == NULL;
    words_set(&work->values, "id", id);
}

/* The event as history tells it. */
static void set_what(struct work *work, const struct fs_event *event)
{
    const char *what = NULL;
    if (fs_words_event(work->values.arena, work->values.language, event, &what, NULL) != FS_OK)
        work->failed = true;
    words_set(&work->values, "what", what);
}

/* ---- where it stands ---- */

static void add_state(struct work *work)
{
    static const enum words_text sentences[FS_STATE_COUNT] = {
        [FS_STATE_NONE] = WORDS_WHY_NONE,       [FS_STATE_ACTIVE] = WORDS_WHY_ACTIVE,
        [FS_STATE_REPLIED] = WORDS_WHY_REPLIED, [FS_STATE_PAUSED] = WORDS_WHY_PAUSED,
        [FS_STATE_ENDED] = WORDS_WHY_ENDED,
    };
    const struct fs_words_lead *in = work->in;
    struct words_values *values = &work->values;
    words_set(values, "lead", in->contact);
    words_set(values, "process", in->process);
    words_set_shell(values, "operand", in->contact);
    words_set_shell(values, "shell", in->process);
    words_set_minute(values, "since", in->lead->changed_at);
    words_set_until(values, "until", in->lead->until_at);
    words_set(values, "reason",
              in->lead->state == FS_STATE_PAUSED
                  ? fs_words_pause_reason(values->language, in->lead->pause_reason)
                  : fs_words_end_reason(values->language, in->lead->end_reason));
    add(work, sentences[in->lead->state]);
    if (in->sender != NULL && in->sender[0] != '\0') {
        words_set(values, "sender", in->sender);
        add(work, WORDS_WHY_SENDER);
    }
    if (!in->process_known)
        add(work, WORDS_WHY_REMOVED);
}

/* ---- rule and evidence ---- */

static void add_decider(struct work *work)
{
    const struct fs_event *change = work->in->change;
    enum fs_decider decider = work->in->lead->decided_by;
    const char *actor = change != NULL ? change->actor : NULL;
    bool is_person = actor != NULL && change->actor_uid >= 0;
    if (decider == FS_BY_NONE)
        return;
    words_set(&work->values, "decider", fs_words_decider(work->values.language, decider));
    if (actor != NULL)
        words_set(&work->values, "actor", actor);
    if (is_person)
        words_set_number(&work->values, "uid", change->actor_uid);
    if (is_person)
        add(work, decider == FS_BY_CRM ? WORDS_WHY_CRM : WORDS_WHY_PERSON);
    else
        add(work, actor != NULL && decider == FS_BY_CRM ? WORDS_WHY_CRM_SOURCE : WORDS_WHY_DECIDER);
}

/* The message that was heard; for a bounce the note is its status (RFC 3463). */
static void add_heard(struct work *work, const struct fs_event *event)
{
    struct words_values *values = &work->values;
    words_set(values, "message", event->message_id);
    words_set(values, "class", words_class(values->language, event->class));
    add_at(work, event->message_id == NULL ? WORDS_WHY_HEARD_NO_ID : WORDS_WHY_HEARD, event->at);
    if (event->class_rule != NULL && event->class_rule[0] != '\0') {
        size_t first_b = strcspn(event->class_rule, ",");
        words_set(values, "name", fs_arena_strndup(values->arena, event->class_rule, first_b));
        add(work, WORDS_WHY_CLASS_RULE);
    }
    const char *match = words_match(values->language, event->match);
    if (match != NULL) {
        words_set(values, "match", match);
        add(work, WORDS_WHY_MATCH);
    }
    if (event->what == FS_ON_BOUNCE && event->note != NULL) {
        words_set(values, "status", event->note);
        add(work, WORDS_WHY_STATUS);
    }
}

static void add_evidence(struct work *work)
{
    const struct fs_event *event = work->in->change;
    if (event == NULL || event->seq == 0) {
        add(work, WORDS_WHY_NOT_KEPT);
        return;
    }
    if (event->kind == FS_EVENT_HEARD)
        add_heard(work, event);
    if (event->kind == FS_EVENT_TOUCH) {
        words_set(&work->values, "message", event->message_id);
        add_at(work, event->message_id == NULL ? WORDS_WHY_SENT_NO_ID : WORDS_WHY_SENT, event->at);
    }
    if (event->kind == FS_EVENT_SAID) {
        set_what(work, event);
        add(work, WORDS_WHY_SAID);
    }
    set_event_id(work, event);
    add(work, WORDS_WHY_EVENT);
}

/* The rules of decisions speak of a person; a CRM is none. */
static const char *rule_words(enum fs_language language, const struct fs_lead *lead)
{
    static const struct {
        enum fs_rule rule;
        enum words_text text;
    } by_crm[] = {{FS_RULE_SAID_PAUSE, WORDS_WHY_CRM_PAUSE},
                  {FS_RULE_SAID_END, WORDS_WHY_CRM_END},
                  {FS_RULE_SAID_RESUME, WORDS_WHY_CRM_RESUME},
                  {FS_RULE_SAID_ANSWERED, WORDS_WHY_CRM_ANSWERED}};
    for (size_t i = 0; i < sizeof(by_crm) / sizeof(by_crm[0]); i++)
        if (lead->decided_by == FS_BY_CRM && lead->rule == by_crm[i].rule)
            return words_text(language, by_crm[i].text);
    return fs_words_rule(language, lead->rule);
}

static void add_rule(struct work *work)
{
    const struct fs_lead *lead = work->in->lead;
    words_set(&work->values, "rule", rule_words(work->values.language, lead));
    words_set(&work->values, "name", fs_rule_name(lead->rule));
    add(work, WORDS_WHY_RULE);
    add_decider(work);
    add_evidence(work);
}

/* ---- count ---- */

static void add_refusal(struct work *work)
{
    const struct fs_event *refusal = work->in->refusal;
    if (refusal == NULL || refusal->seq == 0)
        return;
    set_what(work, refusal);
    set_event_id(work, refusal);
    add_at(work, WORDS_WHY_REFUSAL, refusal->at);
}

/* An objection, or what may be one, is no answer; but nobody would call it none. */
static bool has_spoken(const struct fs_words_lead *in)
{
    return in->suppressed ||
           (in->lead->state == FS_STATE_PAUSED && in->lead->pause_reason == FS_PAUSE_REVIEW);
}

static void add_count(struct work *work)
{
    const struct fs_words_lead *in = work->in;
    const struct fs_lead *lead = in->lead;
    words_set_number(&work->values, "used", lead->unanswered);
    if (in->process_known)
        add_line(work, words_say_count(&work->values, WORDS_WHY_COUNT, in->limit));
    if (lead->overrun > 0)
        add_line(work, words_say_count(&work->values, WORDS_WHY_OVERRUN, lead->overrun));
    add_at(work, WORDS_WHY_LAST_TOUCH, lead->last_touch_at);
    if (lead->last_answer_at == 0 && !has_spoken(in))
        add(work, WORDS_WHY_NO_ANSWER);
    add_at(work, WORDS_WHY_LAST_ANSWER, lead->last_answer_at);
    words_set_number(&work->values, "cycle", lead->cycle);
    add_at(work, WORDS_WHY_CYCLE, lead->cycle_began_at);
    if (lead->final_sent)
        add(work, WORDS_WHY_FINAL_SENT);
    if (lead->state != FS_STATE_ENDED && lead->state != FS_STATE_NONE)
        add(work, in->relevant ? WORDS_WHY_RELEVANT : WORDS_WHY_ONLY_OPEN);
    add_refusal(work);
}

/* An answer that was heard and not taken for one. */
static void add_unproven(struct work *work)
{
    const struct fs_event *event = work->in->unproven;
    struct words_values *values = &work->values;
    if (event == NULL || event->seq == 0)
        return;
    words_set(values, "message", event->message_id != NULL ? event->message_id : "");
    words_set(values, "rule", fs_words_rule(values->language, event->rule));
    words_set(values, "name", fs_rule_name(event->rule));
    set_event_id(work, event);
    add_at(work, WORDS_WHY_UNPROVEN, event->at);
}

/* ---- what comes next ---- */

static void add_next(struct work *work)
{
    const struct fs_words_lead *in = work->in;
    const struct fs_lead_outlook *outlook = in->outlook;
    bool is_ended = in->lead->state == FS_STATE_ENDED;
    if (in->suppressed)
        add(work, WORDS_WHY_SUPPRESSED);
    if (!in->process_known)
        return;
    if (in->suppressed || (outlook->needs_evidence && !outlook->touch_now))
        add(work, WORDS_WHY_NEVER_SUPPRESSED);
    else if (outlook->touch_now)
        add(work, WORDS_WHY_NOW);
    else if (outlook->next_allowed_at != 0) {
        words_set_until(&work->values, "at", outlook->next_allowed_at);
        add(work, WORDS_WHY_LATER);
    } else if (in->lead->state == FS_STATE_PAUSED && in->lead->pause_reason == FS_PAUSE_REVIEW) {
        words_set_until(&work->values, "at", in->lead->until_at);
        add(work, WORDS_WHY_UNDECIDED);
    } else
        add(work, is_ended && !in->answer_reopens ? WORDS_WHY_NEVER_PERSON : WORDS_WHY_NEVER);
    if (outlook->final_mail && !outlook->touch_now && !in->suppressed)
        add(work, WORDS_WHY_FINAL);
}

static void add_commands_open(struct work *work)
{
    add(work, WORDS_WHY_DO_ANSWERED);
    add(work, WORDS_WHY_DO_PAUSE);
    add(work, WORDS_WHY_DO_END);
    add(work, WORDS_WHY_DO_DECLINED);
    add(work, WORDS_WHY_DO_OPT_OUT);
}

static void add_commands_paused(struct work *work)
{
    bool is_review = work->in->lead->pause_reason == FS_PAUSE_REVIEW;
    add(work, is_review ? WORDS_WHY_DO_GO_ON : WORDS_WHY_DO_UNPAUSE);
    add(work, WORDS_WHY_DO_ANSWERED);
    add(work, is_review ? WORDS_WHY_DO_PAUSE : WORDS_WHY_DO_MOVE);
    if (!is_review)
        add(work, WORDS_WHY_DO_END);
    add(work, WORDS_WHY_DO_DECLINED);
    add(work, WORDS_WHY_DO_OPT_OUT);
}

static void add_commands_ended(struct work *work)
{
    const struct fs_words_lead *in = work->in;
    if (in->suppressed || in->outlook->needs_evidence)
        add(work, WORDS_WHY_DO_EVIDENCE);
    else if (in->lead->end_reason == FS_END_WON)
        add(work, WORDS_WHY_DO_COUNT_AGAIN);
    else {
        if (!in->outlook->touch_now)
            add(work, WORDS_WHY_DO_RESUME);
        add(work, WORDS_WHY_DO_ANSWERED);
    }
}

/* Of a process that is no longer configured, leads can be ended all the same. */
static void add_commands_removed(struct work *work)
{
    if (work->in->lead->state != FS_STATE_ENDED && !work->in->suppressed) {
        add(work, WORDS_WHY_DO_END);
        add(work, WORDS_WHY_DO_DECLINED);
        add(work, WORDS_WHY_DO_OPT_OUT);
    }
    add(work, WORDS_WHY_DO_HISTORY);
}

static void add_commands(struct work *work)
{
    add(work, WORDS_WHY_DO);
    if (!work->in->process_known) {
        add_commands_removed(work);
        return;
    }
    switch (work->in->lead->state) {
    case FS_STATE_ACTIVE:
    case FS_STATE_REPLIED:
        if (!work->in->suppressed)
            add_commands_open(work);
        break;
    case FS_STATE_PAUSED:
        if (!work->in->suppressed)
            add_commands_paused(work);
        break;
    case FS_STATE_ENDED:
        add_commands_ended(work);
        break;
    case FS_STATE_NONE:
        break;
    }
    add(work, WORDS_WHY_DO_HISTORY);
}

enum fs_status fs_words_why(struct fs_arena *arena, enum fs_language language,
                            const struct fs_words_lead *lead, const char *const **out_lines,
                            size_t *out_count, struct fs_error *err)
{
    struct work work = {.in = lead, .values = {.arena = arena, .language = language}};
    add_state(&work);
    add_rule(&work);
    add_count(&work);
    add_unproven(&work);
    add_next(&work);
    add_commands(&work);
    const char **copy = fs_arena_alloc(arena, work.count, sizeof(*copy));
    if (copy == NULL || work.failed || work.values.failed)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    memcpy(copy, work.lines, work.count * sizeof(*copy));
    *out_lines = copy;
    *out_count = work.count;
    return FS_OK;
}
