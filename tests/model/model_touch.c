/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * model_touch.c - the naive model of what a touch meets in each state.
 *
 * Decides the verdict and what becomes of the lead, row by row. Must not know milter/, other
 * recipients of the message, modes or keys: those are model_world.c.
 */
#include "model.h"

bool model_verdict_refuses(const char *verdict)
{
    return model_is(verdict, "early") || model_is(verdict, "kind") || model_is(verdict, "over") ||
           model_is(verdict, "paused") || model_is(verdict, "ended") ||
           model_is(verdict, "suppressed") || model_is(verdict, "limit");
}

/* grace 0: ended as soon as the last touch passed */
static const char *counted(const struct model_rules *rules, struct model_lead *lead, int64_t now)
{
    lead->touched_at = now;
    lead->grace_s = 0;
    if (lead->unanswered >= rules->unanswered && rules->grace_s == 0)
        model_lead_end(lead, "no_reply", now);
    return "pass";
}

static const char *touch_active(const struct model_rules *rules, struct model_lead *lead,
                                bool final_mark, int64_t now, int64_t *next_at)
{
    if (lead->unanswered < rules->unanswered) {
        if (lead->touched_at != 0 && now < lead->touched_at + rules->min_gap_s) {
            *next_at = lead->touched_at + rules->min_gap_s;
            return "early";
        }
        lead->unanswered++;
        return counted(rules, lead, now);
    }
    model_lead_end(lead, "no_reply", now);
    if (!final_mark || !rules->final_mail || lead->final_sent)
        return "over";
    lead->final_sent = true;
    lead->touched_at = now;
    return "final";
}

static bool one_of(const char *reason, const char *const *reasons)
{
    for (; *reasons != NULL; reasons++) {
        if (model_is(reason, *reasons))
            return true;
    }
    return false;
}

/* A message marked as final is never the first of a next cycle. */
static const char *touch_ended(const struct model_rules *rules, struct model_lead *lead,
                               bool final_mark, int64_t now)
{
    static const char *const gentle[] = {"no_reply",   "expired",       "bad_timing",
                                         "no_urgency", "not_qualified", NULL};
    static const char *const resumable[] = {"no_reply", "expired", "bad_timing", NULL};
    if (model_is(lead->reason, "won"))
        return "exempt";
    if (final_mark && rules->final_mail && !lead->final_sent && one_of(lead->reason, gentle)) {
        lead->final_sent = true;
        lead->touched_at = now;
        return "final";
    }
    bool talked = model_is(lead->reason, "expired") && lead->answered;
    bool rested = rules->resume_after_s != 0 && now >= lead->ended_at + rules->resume_after_s &&
                  lead->cycle < rules->cycles && one_of(lead->reason, resumable) &&
                  !lead->final_sent;
    if (!talked && !rested)
        return "ended";
    model_lead_begin_cycle(lead, "active", 1);
    return counted(rules, lead, now);
}

const char *model_lead_touch(const struct model_rules *rules, struct model_lead *lead, int kind,
                             bool final_mark, int64_t now, int64_t *next_at)
{
    if (model_is(lead->state, "ended") && model_is(lead->reason, "won"))
        return "exempt"; /* all mail passes, so the kind does not matter */
    if (!rules->kinds[kind])
        return "kind";
    if (model_is(lead->state, "none")) {
        lead->seen_at = now;
        model_lead_begin_cycle(lead, "active", 1);
        return counted(rules, lead, now);
    }
    if (model_is(lead->state, "active"))
        return touch_active(rules, lead, final_mark, now, next_at);
    if (model_is(lead->state, "replied")) {
        model_lead_begin_run(lead, "active", 1);
        return counted(rules, lead, now);
    }
    if (model_is(lead->state, "paused"))
        return "paused";
    return touch_ended(rules, lead, final_mark, now);
}
