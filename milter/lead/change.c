/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * change.c - the few ways in which a lead's memory changes.
 *
 * Keeps the fields of struct fs_lead consistent: which are set in which state, and how the
 * clocks move over a pause. Decides no transition; table.c does.
 */
#include "lead_change.h"

static void mark_change(struct fs_lead *lead, struct change_mark mark)
{
    lead->rule = mark.rule;
    lead->decided_by = mark.by;
    lead->changed_at = mark.at;
}

/* A lead that leaves its pause early or in time: what stood still moves on from here. */
static void leave_pause(struct fs_lead *lead, int64_t at)
{
    if (lead->state != FS_STATE_PAUSED)
        return;
    int64_t stood_still_s = at > lead->paused_at ? at - lead->paused_at : 0;
    lead->open_at += stood_still_s;
    if (lead->idle_at != 0)
        lead->idle_at += stood_still_s;
    if (lead->limit_at != 0)
        lead->limit_at += stood_still_s;
    lead->pause_reason = FS_PAUSE_NONE;
    lead->before_pause = FS_STATE_NONE;
    lead->paused_at = 0;
    lead->until_at = 0;
}

static void leave_end(struct fs_lead *lead)
{
    lead->end_reason = FS_END_NONE;
    lead->ended_at = 0;
}

void change_to_active(struct fs_lead *lead, struct change_mark mark)
{
    leave_pause(lead, mark.at);
    leave_end(lead);
    lead->state = FS_STATE_ACTIVE;
    lead->idle_at = 0;
    mark_change(lead, mark);
}

void change_to_replied(struct fs_lead *lead, struct change_mark mark)
{
    leave_pause(lead, mark.at);
    leave_end(lead);
    lead->state = FS_STATE_REPLIED;
    lead->unanswered = 0;
    lead->limit_at = 0;
    lead->answered = true;
    lead->last_answer_at = mark.at;
    lead->open_at = mark.at;
    lead->idle_at = mark.at;
    mark_change(lead, mark);
}

void change_to_ended(struct fs_lead *lead, enum fs_end_reason reason, struct change_mark mark)
{
    leave_pause(lead, mark.at);
    if (lead->state != FS_STATE_ENDED)
        lead->ended_at = mark.at;
    lead->state = FS_STATE_ENDED;
    lead->end_reason = reason;
    mark_change(lead, mark);
}

void change_to_paused(struct fs_lead *lead, enum fs_pause_reason reason, int64_t until_at,
                      struct change_mark mark)
{
    if (lead->state != FS_STATE_PAUSED) {
        lead->before_pause = lead->state;
        lead->paused_at = mark.at;
        lead->state = FS_STATE_PAUSED;
    }
    if (reason == FS_PAUSE_NOT_NOW)
        lead->not_now_pauses++;
    lead->pause_reason = reason;
    lead->until_at = until_at;
    mark_change(lead, mark);
}

void change_pause_over(struct fs_lead *lead, struct change_mark mark)
{
    enum fs_state before = lead->before_pause;
    leave_pause(lead, mark.at);
    lead->state = before;
    mark_change(lead, mark);
}

void change_next_cycle(struct fs_lead *lead, int64_t at)
{
    lead->cycle++;
    lead->unanswered = 0;
    lead->overrun = 0;
    lead->not_now_pauses = 0;
    lead->answered = false;
    lead->final_sent = false;
    lead->cycle_began_at = at;
    lead->open_at = at;
    lead->idle_at = 0;
    lead->limit_at = 0;
}

static int strength(enum fs_end_reason reason)
{
    if (reason == FS_END_COMPLAINED)
        return 3;
    if (reason == FS_END_OPTED_OUT)
        return 2;
    return reason == FS_END_BOUNCED ? 1 : 0;
}

bool change_is_stronger(enum fs_end_reason reason, enum fs_end_reason than)
{
    return strength(reason) > strength(than);
}
