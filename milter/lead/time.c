/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * time.c - what time alone does to a lead.
 *
 * Decides when a pause is over and when an open lead ends. Each change is dated to when it
 * was due, so that it makes no difference when anybody looks. Knows no clock.
 */
#include "lead_change.h"

/* One thing that time will do, and when. */
struct due {
    int64_t at; /* 0: nothing */
    enum fs_rule rule;
};

static void consider(struct due *due, int64_t at, enum fs_rule rule)
{
    if (due->at == 0 || at < due->at)
        *due = (struct due){at, rule};
}

static struct due due_while_active(const struct fs_rules *rules, const struct fs_lead *lead)
{
    struct due due = {0, FS_RULE_NONE};
    if (lead->unanswered >= rules->unanswered && lead->limit_at != 0)
        consider(&due, lead->limit_at + rules->grace_s, FS_RULE_TIME_GRACE);
    if (rules->open_for_s > 0)
        consider(&due, lead->open_at + rules->open_for_s, FS_RULE_TIME_OPEN_FOR);
    return due;
}

static struct due due_while_paused(const struct fs_rules *rules, const struct fs_lead *lead)
{
    if (lead->pause_reason == FS_PAUSE_REVIEW)
        return (struct due){lead->until_at, FS_RULE_TIME_REVIEW};
    if (lead->pause_reason == FS_PAUSE_NOT_NOW && lead->not_now_pauses > rules->pauses)
        return (struct due){lead->until_at, FS_RULE_TIME_PAUSES};
    return (struct due){lead->until_at, FS_RULE_TIME_PAUSE_OVER};
}

static struct due next_due(const struct fs_rules *rules, const struct fs_lead *lead)
{
    switch (lead->state) {
    case FS_STATE_ACTIVE:
        return due_while_active(rules, lead);
    case FS_STATE_REPLIED:
        if (rules->idle_s > 0)
            return (struct due){lead->idle_at + rules->idle_s, FS_RULE_TIME_IDLE};
        break;
    case FS_STATE_PAUSED:
        return due_while_paused(rules, lead);
    case FS_STATE_NONE:
    case FS_STATE_ENDED:
        break;
    }
    return (struct due){0, FS_RULE_NONE};
}

static enum fs_end_reason end_reason_of(enum fs_rule rule)
{
    if (rule == FS_RULE_TIME_GRACE)
        return FS_END_NO_REPLY;
    return rule == FS_RULE_TIME_PAUSES ? FS_END_BAD_TIMING : FS_END_EXPIRED;
}

int64_t fs_lead_due_at(const struct fs_rules *rules, const struct fs_lead *lead)
{
    return next_due(rules, lead).at;
}

size_t fs_lead_apply_time(const struct fs_rules *rules, struct fs_lead *lead, int64_t now,
                          struct fs_lead_change changes[FS_LEAD_TIME_MAX])
{
    size_t count = 0;
    while (count < FS_LEAD_TIME_MAX) {
        struct due due = next_due(rules, lead);
        if (due.at == 0 || due.at > now)
            break;
        struct change_mark mark = {due.rule, FS_BY_POLICY, due.at};
        enum fs_state from = lead->state;
        if (due.rule == FS_RULE_TIME_PAUSE_OVER)
            change_pause_over(lead, mark);
        else
            change_to_ended(lead, end_reason_of(due.rule), mark);
        changes[count++] = (struct fs_lead_change){due.rule, from, lead->state, due.at, *lead};
    }
    return count;
}
