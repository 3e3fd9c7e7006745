/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * table.c - the state machine: one row per state, one column per happening.
 *
 * Decides what an event does to a lead. Pure: it knows no clock, no store, no message. What
 * a cell does not name does not happen.
 */
#include "lead_change.h"
#include "lead_touch.h"

static struct change_mark mark_of(const struct step *step, enum fs_rule rule)
{
    return (struct change_mark){rule, step->event->decided_by, step->event->now};
}

static void changed(struct step *step, enum fs_rule rule)
{
    step->out->rule = rule;
    step->out->changed = true;
}

static void impossible(struct step *step)
{
    step->out->rule = FS_RULE_IMPOSSIBLE;
    step->out->impossible = true;
}

/* ---- answers ---- */

static void answer_recorded(struct step *step)
{
    step->out->rule = FS_RULE_ANSWER_RECORDED;
}

static void answer(struct step *step)
{
    change_to_replied(step->lead, mark_of(step, FS_RULE_ANSWER));
    changed(step, FS_RULE_ANSWER);
}

static void answer_again(struct step *step)
{
    change_to_replied(step->lead, mark_of(step, FS_RULE_ANSWER_AGAIN));
    changed(step, FS_RULE_ANSWER_AGAIN);
}

static bool stays_ended(enum fs_end_reason reason)
{
    return reason == FS_END_OPTED_OUT || reason == FS_END_COMPLAINED || reason == FS_END_WON;
}

static void answer_when_ended(struct step *step)
{
    if (stays_ended(step->lead->end_reason) || !step->rules->resume_reply) {
        answer_recorded(step);
        return;
    }
    change_next_cycle(step->lead, step->event->now);
    change_to_replied(step->lead, mark_of(step, FS_RULE_ANSWER_REOPENS));
    changed(step, FS_RULE_ANSWER_REOPENS);
}

static void colleague_recorded(struct step *step)
{
    step->out->rule = FS_RULE_COLLEAGUE_RECORDED;
}

static void colleague_when_active(struct step *step)
{
    if (step->rules->account_reply_s == 0) {
        colleague_recorded(step);
        return;
    }
    change_to_paused(step->lead, FS_PAUSE_ACCOUNT_REPLY,
                     step->event->now + step->rules->account_reply_s,
                     mark_of(step, FS_RULE_COLLEAGUE_PAUSES));
    changed(step, FS_RULE_COLLEAGUE_PAUSES);
}

/* ---- absence, doubt, opt-out, complaint ---- */

static void absence_recorded(struct step *step)
{
    step->out->rule = FS_RULE_ABSENCE_RECORDED;
}

/* Until the stated day, else for the default; longest caps both. */
static int64_t absent_until(const struct step *step)
{
    int64_t now = step->event->now;
    int64_t until = step->event->until_at;
    if (until == 0)
        until = now + step->rules->out_of_office_s;
    if (step->rules->longest_s > 0 && until > now + step->rules->longest_s)
        until = now + step->rules->longest_s;
    return until;
}

static void absence(struct step *step)
{
    int64_t until = absent_until(step);
    bool has_own_date =
        step->lead->state != FS_STATE_PAUSED || step->lead->pause_reason != FS_PAUSE_REVIEW;
    if (!has_own_date || until <= step->event->now || until <= step->lead->until_at) {
        absence_recorded(step);
        return;
    }
    change_to_paused(step->lead, FS_PAUSE_OUT_OF_OFFICE, until, mark_of(step, FS_RULE_ABSENCE));
    changed(step, FS_RULE_ABSENCE);
}

static void doubt(struct step *step)
{
    change_to_paused(step->lead, FS_PAUSE_REVIEW, step->event->now + step->rules->review_for_s,
                     mark_of(step, FS_RULE_DOUBT_REVIEW));
    step->lead->answered = false; /* what they said last is no conversation to go on with */
    changed(step, FS_RULE_DOUBT_REVIEW);
}

static void doubt_recorded(struct step *step)
{
    step->out->rule = FS_RULE_DOUBT_RECORDED;
}

static void end_by_mail(struct step *step, enum fs_end_reason reason, enum fs_rule rule)
{
    struct fs_lead *lead = step->lead;
    step->out->rule = rule;
    if (lead->state == FS_STATE_ENDED && !change_is_stronger(reason, lead->end_reason))
        return;
    change_to_ended(lead, reason, mark_of(step, rule));
    changed(step, rule);
}

static void opt_out(struct step *step)
{
    end_by_mail(step, FS_END_OPTED_OUT, FS_RULE_OPT_OUT);
    step->out->suppress = true;
}

static void opt_out_without_lead(struct step *step)
{
    step->out->rule = FS_RULE_OPT_OUT;
    step->out->suppress = true;
}

static void complaint(struct step *step)
{
    end_by_mail(step, FS_END_COMPLAINED, FS_RULE_COMPLAINT);
    step->out->suppress = true;
}

static void complaint_without_lead(struct step *step)
{
    step->out->rule = FS_RULE_COMPLAINT;
    step->out->suppress = true;
}

/* ---- bounces and notices ---- */

/* Undoes what the failed touch did to the count, if that was in this cycle, and for the run
 * of unanswered touches since the last answer. */
static bool take_back(struct fs_lead *lead, const struct fs_lead_event *event)
{
    if (event->touch_cycle != lead->cycle)
        return false;
    switch (event->touch_effect) {
    case FS_EFFECT_COUNTED:
        if (lead->unanswered == 0 || event->touch_at < lead->last_answer_at)
            return false;
        lead->unanswered--;
        lead->limit_at = 0;
        return true;
    case FS_EFFECT_OVERRUN:
        if (lead->overrun == 0)
            return false;
        lead->overrun--;
        return true;
    case FS_EFFECT_FINAL:
        lead->final_sent = false;
        return true;
    case FS_EFFECT_NONE:
    case FS_EFFECT_TAKEN_BACK:
        break;
    }
    return false;
}

static void bounce(struct step *step)
{
    step->out->rule = FS_RULE_BOUNCE_TAKEN_BACK;
    if (take_back(step->lead, step->event)) {
        step->out->effect = FS_EFFECT_TAKEN_BACK;
        step->out->changed = true;
    }
    if (step->event->dead)
        end_by_mail(step, FS_END_BOUNCED, FS_RULE_BOUNCE_DEAD);
}

static void notice(struct step *step)
{
    step->out->rule = FS_RULE_NOTICE_RECORDED;
}

/* ---- what people and the CRM say ---- */

/* Nothing but an end, or evidence that they agreed again, is said about a suppressed address;
 * a pause needs a date, so that time ends it. */
static void said_pause(struct step *step)
{
    const struct fs_lead_event *event = step->event;
    if (event->suppressed || event->until_at <= event->now ||
        event->pause_reason == FS_PAUSE_NONE) {
        impossible(step);
        return;
    }
    change_to_paused(step->lead, step->event->pause_reason, step->event->until_at,
                     mark_of(step, FS_RULE_SAID_PAUSE));
    changed(step, FS_RULE_SAID_PAUSE);
}

static void said_end(struct step *step)
{
    struct fs_lead *lead = step->lead;
    enum fs_end_reason reason = step->event->end_reason;
    bool weaker = lead->state == FS_STATE_ENDED && !change_is_stronger(reason, lead->end_reason);
    if (reason == FS_END_NONE || weaker) {
        impossible(step);
        return;
    }
    change_to_ended(lead, reason, mark_of(step, FS_RULE_SAID_END));
    step->out->suppress = reason == FS_END_OPTED_OUT || reason == FS_END_COMPLAINED;
    changed(step, FS_RULE_SAID_END);
}

static bool needs_evidence(const struct fs_lead *lead)
{
    return lead->state == FS_STATE_ENDED &&
           (lead->end_reason == FS_END_OPTED_OUT || lead->end_reason == FS_END_COMPLAINED);
}

/* False: evidence is needed and was not given. */
static bool may_resume(struct step *step)
{
    if (!needs_evidence(step->lead) && !step->event->suppressed)
        return true;
    step->out->lift = step->event->evidence;
    return step->event->evidence;
}

/* An open lead is not resumed; but evidence lifts what keeps its address silent. */
static void said_resume_open(struct step *step)
{
    if (!step->event->suppressed || !may_resume(step)) {
        impossible(step);
        return;
    }
    changed(step, FS_RULE_SAID_RESUME);
}

static void said_resume_pause(struct step *step)
{
    if (!may_resume(step)) {
        impossible(step);
        return;
    }
    change_pause_over(step->lead, mark_of(step, FS_RULE_SAID_RESUME));
    changed(step, FS_RULE_SAID_RESUME);
}

static void said_resume_end(struct step *step)
{
    if (!may_resume(step)) {
        impossible(step);
        return;
    }
    change_next_cycle(step->lead, step->event->now);
    change_to_active(step->lead, mark_of(step, FS_RULE_SAID_RESUME));
    changed(step, FS_RULE_SAID_RESUME);
}

static void said_answered(struct step *step)
{
    bool ended = step->lead->state == FS_STATE_ENDED;
    if (step->event->suppressed || (ended && stays_ended(step->lead->end_reason))) {
        impossible(step);
        return;
    }
    if (ended)
        change_next_cycle(step->lead, step->event->now);
    change_to_replied(step->lead, mark_of(step, FS_RULE_SAID_ANSWERED));
    changed(step, FS_RULE_SAID_ANSWERED);
}

/* ---- the table ---- */

static step_cell *const cells[FS_STATE_COUNT][FS_HAPPENING_COUNT] = {
    [FS_STATE_NONE] = {[FS_ON_TOUCH] = touch_when_none,
                       [FS_ON_ANSWER] = answer_recorded,
                       [FS_ON_ABSENCE] = absence_recorded,
                       [FS_ON_OPT_OUT] = opt_out_without_lead,
                       [FS_ON_DOUBT] = doubt_recorded,
                       [FS_ON_COMPLAINT] = complaint_without_lead,
                       [FS_ON_BOUNCE] = notice,
                       [FS_ON_COLLEAGUE] = colleague_recorded,
                       [FS_ON_NOTICE] = notice,
                       [FS_ON_PAUSE] = impossible,
                       [FS_ON_END] = impossible,
                       [FS_ON_RESUME] = impossible,
                       [FS_ON_ANSWERED] = impossible},
    [FS_STATE_ACTIVE] = {[FS_ON_TOUCH] = touch_when_active,
                         [FS_ON_ANSWER] = answer,
                         [FS_ON_ABSENCE] = absence,
                         [FS_ON_OPT_OUT] = opt_out,
                         [FS_ON_DOUBT] = doubt,
                         [FS_ON_COMPLAINT] = complaint,
                         [FS_ON_BOUNCE] = bounce,
                         [FS_ON_COLLEAGUE] = colleague_when_active,
                         [FS_ON_NOTICE] = notice,
                         [FS_ON_PAUSE] = said_pause,
                         [FS_ON_END] = said_end,
                         [FS_ON_RESUME] = said_resume_open,
                         [FS_ON_ANSWERED] = said_answered},
    [FS_STATE_REPLIED] = {[FS_ON_TOUCH] = touch_when_replied,
                          [FS_ON_ANSWER] = answer_again,
                          [FS_ON_ABSENCE] = absence,
                          [FS_ON_OPT_OUT] = opt_out,
                          [FS_ON_DOUBT] = doubt,
                          [FS_ON_COMPLAINT] = complaint,
                          [FS_ON_BOUNCE] = bounce,
                          [FS_ON_COLLEAGUE] = colleague_recorded,
                          [FS_ON_NOTICE] = notice,
                          [FS_ON_PAUSE] = said_pause,
                          [FS_ON_END] = said_end,
                          [FS_ON_RESUME] = said_resume_open,
                          [FS_ON_ANSWERED] = said_answered},
    [FS_STATE_PAUSED] = {[FS_ON_TOUCH] = touch_when_paused,
                         [FS_ON_ANSWER] = answer,
                         [FS_ON_ABSENCE] = absence,
                         [FS_ON_OPT_OUT] = opt_out,
                         [FS_ON_DOUBT] = doubt,
                         [FS_ON_COMPLAINT] = complaint,
                         [FS_ON_BOUNCE] = bounce,
                         [FS_ON_COLLEAGUE] = colleague_recorded,
                         [FS_ON_NOTICE] = notice,
                         [FS_ON_PAUSE] = said_pause,
                         [FS_ON_END] = said_end,
                         [FS_ON_RESUME] = said_resume_pause,
                         [FS_ON_ANSWERED] = said_answered},
    [FS_STATE_ENDED] = {[FS_ON_TOUCH] = touch_when_ended,
                        [FS_ON_ANSWER] = answer_when_ended,
                        [FS_ON_ABSENCE] = absence_recorded,
                        [FS_ON_OPT_OUT] = opt_out,
                        [FS_ON_DOUBT] = doubt_recorded,
                        [FS_ON_COMPLAINT] = complaint,
                        [FS_ON_BOUNCE] = bounce,
                        [FS_ON_COLLEAGUE] = colleague_recorded,
                        [FS_ON_NOTICE] = notice,
                        [FS_ON_PAUSE] = impossible,
                        [FS_ON_END] = said_end,
                        [FS_ON_RESUME] = said_resume_end,
                        [FS_ON_ANSWERED] = said_answered},
};

void fs_lead_step(const struct fs_rules *rules, struct fs_lead *lead,
                  const struct fs_lead_event *event, struct fs_lead_outcome *out)
{
    *out = (struct fs_lead_outcome){.rule = FS_RULE_NONE};
    out->time_count = fs_lead_apply_time(rules, lead, event->now, out->time);
    out->from = lead->state;
    struct step step = {rules, lead, event, out};
    if (event->what == FS_ON_TOUCH && touch_is_barred(&step))
        return;
    if (event->recorded_by != FS_RULE_NONE) {
        out->rule = event->recorded_by;
        return;
    }
    struct fs_lead before = *lead;
    cells[lead->state][event->what](&step);
    if (event->what == FS_ON_TOUCH)
        touch_hold_to_limit(&step, &before);
}

void fs_lead_overrun(struct fs_lead *lead)
{
    lead->overrun++;
}

struct fs_lead_outlook fs_lead_outlook(const struct fs_rules *rules, const struct fs_lead *lead,
                                       bool suppressed, int64_t now)
{
    struct fs_lead_outlook outlook = {.needs_evidence = suppressed || needs_evidence(lead)};
    if (suppressed)
        return outlook;
    outlook.next_allowed_at = touch_allowed_at(rules, lead, now);
    outlook.touch_now = outlook.next_allowed_at == now;
    outlook.final_mail = touch_final_is_free(rules, lead);
    return outlook;
}
