/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * model_lead.c - the naive model of one lead: time, ends, pauses, answers, what people say.
 *
 * Decides what the design's table says, row by row, in plain ifs. Where a row can be read
 * in two ways the comment says how it is read. Must not know milter/, nor how the engine
 * finds the lead a message is about.
 */
#include "model.h"

#include <string.h>

bool model_is(const char *word, const char *other)
{
    return strcmp(word, other) == 0;
}

/* ---- what changes mean ---- */

void model_lead_end(struct model_lead *lead, const char *reason, int64_t at)
{
    lead->state = "ended";
    lead->reason = reason;
    lead->until_at = 0;
    lead->ended_at = at;
}

int model_strength(const char *reason)
{
    if (model_is(reason, "complained"))
        return 3;
    if (model_is(reason, "opted_out"))
        return 2;
    return model_is(reason, "bounced") ? 1 : 0;
}

void model_lead_end_stronger(struct model_lead *lead, const char *reason, int64_t at)
{
    if (model_is(lead->state, "ended") && model_strength(reason) <= model_strength(lead->reason))
        return;
    model_lead_end(lead, reason, at);
}

void model_lead_pause(struct model_lead *lead, const char *reason, int64_t until_at)
{
    if (!model_is(lead->state, "paused"))
        lead->before = lead->state;
    lead->state = "paused";
    lead->reason = reason;
    lead->until_at = until_at;
}

void model_lead_begin_run(struct model_lead *lead, const char *state, int unanswered)
{
    lead->state = state;
    lead->reason = "none";
    lead->until_at = 0;
    lead->unanswered = unanswered;
    lead->run++;
    lead->grace_s = 0;
}

void model_lead_begin_cycle(struct model_lead *lead, const char *state, int unanswered)
{
    model_lead_begin_run(lead, state, unanswered);
    lead->cycle++;
    lead->overrun = 0;
    lead->not_now = 0;
    lead->answered = false;
    lead->final_sent = false;
    lead->open_s = 0;
    lead->idle_s = 0;
}

/* ---- time ---- */

/* Clocks that are off never come. */
static int64_t left(int64_t setting_s, int64_t ran_s)
{
    return setting_s == 0 ? INT64_MAX : setting_s > ran_s ? setting_s - ran_s : 0;
}

/* active: limit reached and grace over; open_for over. */
static bool active_ends(const struct model_rules *rules, struct model_lead *lead, int64_t run_s)
{
    int64_t grace = INT64_MAX;
    if (lead->unanswered >= rules->unanswered)
        grace = rules->grace_s > lead->grace_s ? rules->grace_s - lead->grace_s : 0;
    int64_t open = left(rules->open_for_s, lead->open_s);
    if (grace <= run_s && grace <= open)
        model_lead_end(lead, "no_reply", lead->seen_at + grace);
    else if (open <= run_s)
        model_lead_end(lead, "expired", lead->seen_at + open);
    else
        return false;
    return true;
}

static bool replied_ends(const struct model_rules *rules, struct model_lead *lead, int64_t run_s)
{
    int64_t idle = left(rules->idle_s, lead->idle_s);
    if (idle > run_s)
        return false;
    model_lead_end(lead, "expired", lead->seen_at + idle);
    return true;
}

static void pause_ends(const struct model_rules *rules, struct model_lead *lead)
{
    int64_t at = lead->until_at;
    if (model_is(lead->reason, "review")) {
        model_lead_end(lead, "expired", at);
    } else if (model_is(lead->reason, "not_now") && lead->not_now > rules->pauses) {
        model_lead_end(lead, "bad_timing", at);
    } else {
        lead->state = lead->before;
        lead->reason = "none";
        lead->until_at = 0;
    }
}

void model_lead_time(const struct model_rules *rules, struct model_lead *lead, int64_t now)
{
    if (model_is(lead->state, "paused") && lead->until_at <= now) {
        if (lead->until_at > lead->seen_at)
            lead->seen_at = lead->until_at; /* no clock ran while it was paused */
        pause_ends(rules, lead);
    }
    int64_t run_s = now - lead->seen_at;
    if (model_is(lead->state, "active")) {
        if (!active_ends(rules, lead, run_s)) {
            lead->open_s += run_s;
            lead->grace_s += run_s;
        }
    } else if (model_is(lead->state, "replied")) {
        if (!replied_ends(rules, lead, run_s)) {
            lead->idle_s += run_s;
        }
    }
    lead->seen_at = now;
}

/* ---- heard ---- */

/* An answer also begins open_for anew, which then runs while active only: read so, because an
 * active lead that once had an answer would otherwise have no end by time. */
static void answered(struct model_lead *lead)
{
    model_lead_begin_run(lead, "replied", 0);
    lead->answered = true;
    lead->idle_s = 0;
    lead->open_s = 0;
}

void model_lead_answer(const struct model_rules *rules, struct model_lead *lead)
{
    if (model_is(lead->state, "none"))
        return;
    if (model_is(lead->state, "ended")) {
        if (model_is(lead->reason, "opted_out") || model_is(lead->reason, "complained") ||
            model_is(lead->reason, "won") || !rules->resume_reply)
            return;
        model_lead_begin_cycle(lead, "replied", 0);
    }
    answered(lead);
}

/* 1970-01-01 was a Thursday. */
static int64_t working_day(int64_t day)
{
    int64_t weekday = (day + 3) % 7;
    return weekday >= 5 ? day + 7 - weekday : day;
}

void model_lead_absence(const struct model_rules *rules, struct model_lead *lead,
                        int64_t return_day, int64_t now)
{
    if (model_is(lead->state, "none") || model_is(lead->state, "ended"))
        return;
    bool paused = model_is(lead->state, "paused");
    if (paused && model_is(lead->reason, "review"))
        return; /* its date is not its own */
    int64_t until_at = now + rules->out_of_office_s;
    if (return_day != 0)
        until_at = working_day(return_day) * MODEL_DAY_S;
    if (until_at > now + rules->longest_s)
        until_at = now + rules->longest_s;
    if (until_at <= now || (paused && until_at <= lead->until_at))
        return;
    model_lead_pause(lead, "out_of_office", until_at);
}

void model_lead_doubt(const struct model_rules *rules, struct model_lead *lead, int64_t now)
{
    if (model_is(lead->state, "none") || model_is(lead->state, "ended"))
        return;
    model_lead_pause(lead, "review", now + rules->review_for_s);
    lead->answered = false; /* "never a fresh run": what they said last is no talk to go on with */
}

void model_lead_colleague(const struct model_rules *rules, struct model_lead *lead, int64_t now)
{
    if (model_is(lead->state, "active") && rules->account_reply_s != 0)
        model_lead_pause(lead, "account_reply", now + rules->account_reply_s);
}

/* ---- people ---- */

bool model_lead_said_pause(struct model_lead *lead, const char *reason, int64_t until_at)
{
    if (model_is(lead->state, "ended"))
        return false;
    model_lead_pause(lead, reason, until_at);
    if (model_is(reason, "not_now"))
        lead->not_now++;
    return true;
}

bool model_lead_said_end(struct model_lead *lead, const char *reason, int64_t now)
{
    if (model_is(lead->state, "ended") && model_strength(reason) <= model_strength(lead->reason))
        return false;
    model_lead_end(lead, reason, now);
    return true;
}

bool model_lead_said_resume(struct model_lead *lead, bool evidence)
{
    if (model_is(lead->state, "paused")) {
        lead->state = lead->before;
        lead->reason = "none";
        lead->until_at = 0;
        return true;
    }
    if (!model_is(lead->state, "ended"))
        return false;
    if (model_strength(lead->reason) >= 2 && !evidence)
        return false;
    model_lead_begin_cycle(lead, "active", 0);
    return true;
}

bool model_lead_said_answered(struct model_lead *lead)
{
    if (model_is(lead->state, "ended")) {
        if (model_strength(lead->reason) >= 2 || model_is(lead->reason, "won"))
            return false;
        model_lead_begin_cycle(lead, "replied", 0);
    }
    answered(lead);
    return true;
}
