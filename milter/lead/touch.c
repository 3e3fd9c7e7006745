/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * touch.c - what an outgoing message does to a lead: the touch column of the table.
 *
 * Decides verdict and count of one touch, one small function per state. Knows neither the
 * mode (what a refusal does) nor the message.
 */
#include "lead_change.h"
#include "lead_touch.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void refuse(struct step *step, enum fs_verdict verdict, enum fs_rule rule)
{
    int64_t allowed_at = touch_allowed_at(step->rules, step->lead, step->event->now);
    step->out->verdict = verdict;
    step->out->rule = rule;
    step->out->effect = FS_EFFECT_NONE;
    step->out->next_allowed_at =
        allowed_at != 0 ? later(allowed_at, step->event->limit_until_at) : 0;
}

/* Counts the touch; at the limit the grace clock starts, and with no grace the lead ends as
 * soon as this last touch has passed. */
static void count(struct step *step, enum fs_rule rule)
{
    struct fs_lead *lead = step->lead;
    int64_t now = step->event->now;
    lead->unanswered++;
    lead->last_touch_at = now;
    step->out->verdict = FS_VERDICT_PASS;
    step->out->effect = FS_EFFECT_COUNTED;
    step->out->changed = true;
    if (lead->unanswered < step->rules->unanswered) {
        step->out->rule = rule;
        return;
    }
    lead->limit_at = now;
    step->out->rule = FS_RULE_TOUCH_LAST;
    if (step->rules->grace_s == 0)
        change_to_ended(lead, FS_END_NO_REPLY,
                        (struct change_mark){FS_RULE_TOUCH_LAST, FS_BY_POLICY, now});
}

static void start_cycle(struct step *step, enum fs_rule rule)
{
    int64_t now = step->event->now;
    change_next_cycle(step->lead, now);
    change_to_active(step->lead, (struct change_mark){rule, FS_BY_POLICY, now});
    count(step, rule);
}

static void pass_final(struct step *step)
{
    step->lead->final_sent = true;
    step->lead->last_touch_at = step->event->now;
    step->out->verdict = FS_VERDICT_FINAL;
    step->out->rule = FS_RULE_TOUCH_FINAL;
    step->out->effect = FS_EFFECT_FINAL;
    step->out->changed = true;
}

static bool final_may_follow(enum fs_end_reason reason)
{
    return reason == FS_END_NO_REPLY || reason == FS_END_EXPIRED || reason == FS_END_BAD_TIMING ||
           reason == FS_END_NO_URGENCY || reason == FS_END_NOT_QUALIFIED;
}

bool touch_final_is_free(const struct fs_rules *rules, const struct fs_lead *lead)
{
    if (!rules->final_mail || lead->final_sent)
        return false;
    if (lead->state == FS_STATE_ENDED)
        return final_may_follow(lead->end_reason);
    return lead->state == FS_STATE_ACTIVE && lead->unanswered >= rules->unanswered;
}

/* ended by silence or time, with resume.after set and cycles left; a final mail that was
 * sent is a promise and holds. */
static bool may_resume_by_time(const struct fs_rules *rules, const struct fs_lead *lead)
{
    bool reason = lead->end_reason == FS_END_NO_REPLY || lead->end_reason == FS_END_EXPIRED ||
                  lead->end_reason == FS_END_BAD_TIMING;
    return reason && rules->resume_after_s > 0 && lead->cycle < rules->cycles && !lead->final_sent;
}

/* A doubt that nobody looked at is no conversation that went to sleep: never a fresh run. */
static bool expired_after_answer(const struct fs_lead *lead)
{
    return lead->end_reason == FS_END_EXPIRED && lead->answered &&
           lead->rule != FS_RULE_TIME_REVIEW;
}

static int64_t allowed_while_active(const struct fs_rules *rules, const struct fs_lead *lead,
                                    int64_t now)
{
    if (lead->unanswered >= rules->unanswered)
        return 0;
    /* without a gap a clock that went back, or a message decided late, is not early */
    if (lead->last_touch_at == 0 || rules->min_gap_s == 0)
        return now;
    return later(now, lead->last_touch_at + rules->min_gap_s);
}

int64_t touch_allowed_at(const struct fs_rules *rules, const struct fs_lead *lead, int64_t now)
{
    switch (lead->state) {
    case FS_STATE_NONE:
    case FS_STATE_REPLIED:
        return now;
    case FS_STATE_ACTIVE:
        return allowed_while_active(rules, lead, now);
    case FS_STATE_PAUSED:
        if (lead->pause_reason == FS_PAUSE_REVIEW ||
            (lead->pause_reason == FS_PAUSE_NOT_NOW && lead->not_now_pauses > rules->pauses))
            return 0;
        if (lead->before_pause == FS_STATE_ACTIVE && lead->unanswered >= rules->unanswered)
            return 0;
        return later(lead->until_at, allowed_while_active(rules, lead, now));
    case FS_STATE_ENDED:
        if (lead->end_reason == FS_END_WON)
            return now;
        if (expired_after_answer(lead))
            return now;
        if (may_resume_by_time(rules, lead))
            return later(now, lead->ended_at + rules->resume_after_s);
        break;
    }
    return 0;
}

bool touch_is_barred(struct step *step)
{
    if (step->event->suppressed) {
        refuse(step, FS_VERDICT_SUPPRESSED, FS_RULE_TOUCH_SUPPRESSED);
        step->out->next_allowed_at = 0;
        return true;
    }
    if (step->lead->state == FS_STATE_ENDED && step->lead->end_reason == FS_END_WON)
        return false;
    if ((step->rules->kinds & (1u << step->event->kind)) == 0) {
        refuse(step, FS_VERDICT_KIND, FS_RULE_TOUCH_KIND);
        step->out->next_allowed_at = 0;
        return true;
    }
    return false;
}

/* Comes last, so that nobody is promised a date for a lead that has ended. */
void touch_hold_to_limit(struct step *step, const struct fs_lead *before)
{
    bool passes =
        fs_verdict_passes(step->out->verdict) && step->out->rule != FS_RULE_TOUCH_AFTER_WON;
    if (step->event->limit_until_at == 0 || !passes)
        return;
    *step->lead = *before;
    refuse(step, FS_VERDICT_LIMIT, FS_RULE_TOUCH_LIMIT);
    step->out->changed = false;
    step->out->next_allowed_at = step->event->limit_until_at;
}

void touch_when_none(struct step *step)
{
    start_cycle(step, FS_RULE_TOUCH_FIRST);
}

void touch_when_active(struct step *step)
{
    struct fs_lead *lead = step->lead;
    int64_t now = step->event->now;
    if (lead->unanswered >= step->rules->unanswered) {
        bool is_final = step->event->final_mark && touch_final_is_free(step->rules, lead);
        enum fs_rule rule = is_final ? FS_RULE_TOUCH_FINAL : FS_RULE_TOUCH_OVER;
        change_to_ended(lead, FS_END_NO_REPLY, (struct change_mark){rule, FS_BY_POLICY, now});
        if (is_final)
            pass_final(step);
        else
            refuse(step, FS_VERDICT_OVER, FS_RULE_TOUCH_OVER);
        step->out->changed = true;
        return;
    }
    if (allowed_while_active(step->rules, lead, now) > now) {
        refuse(step, FS_VERDICT_EARLY, FS_RULE_TOUCH_EARLY);
        return;
    }
    count(step, FS_RULE_TOUCH_COUNTED);
}

void touch_when_replied(struct step *step)
{
    struct change_mark mark = {FS_RULE_TOUCH_AFTER_REPLY, FS_BY_POLICY, step->event->now};
    change_to_active(step->lead, mark);
    step->lead->unanswered = 0;
    step->lead->open_at = step->event->now; /* while they talked it stood still */
    count(step, FS_RULE_TOUCH_AFTER_REPLY);
}

void touch_when_paused(struct step *step)
{
    refuse(step, FS_VERDICT_PAUSED, FS_RULE_TOUCH_PAUSED);
}

void touch_when_ended(struct step *step)
{
    struct fs_lead *lead = step->lead;
    if (lead->end_reason == FS_END_WON) {
        step->out->verdict = FS_VERDICT_EXEMPT;
        step->out->rule = FS_RULE_TOUCH_AFTER_WON;
        return;
    }
    if (step->event->final_mark && touch_final_is_free(step->rules, lead)) {
        pass_final(step);
        return;
    }
    if (expired_after_answer(lead)) {
        start_cycle(step, FS_RULE_TOUCH_NEXT_CYCLE);
        return;
    }
    if (may_resume_by_time(step->rules, lead) &&
        step->event->now >= lead->ended_at + step->rules->resume_after_s) {
        start_cycle(step, FS_RULE_TOUCH_RESUMED);
        return;
    }
    refuse(step, FS_VERDICT_ENDED, FS_RULE_TOUCH_ENDED);
}
