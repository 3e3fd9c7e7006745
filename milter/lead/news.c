/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * news.c - which events the world is told of, and under which type.
 *
 * Decides: what each type of webhook means, one predicate and one row a type. Must not know
 * who listens, nor how it is told.
 */
#include <string.h>

#include "fullstop/event.h"

static bool is_open(enum fs_state state)
{
    return state == FS_STATE_ACTIVE || state == FS_STATE_REPLIED;
}

static bool is_answer(const struct fs_event *event)
{
    return event->rule == FS_RULE_ANSWER || event->rule == FS_RULE_ANSWER_AGAIN ||
           event->rule == FS_RULE_ANSWER_REOPENS || event->rule == FS_RULE_SAID_ANSWERED;
}

static bool is_objection(enum fs_end_reason reason)
{
    return reason == FS_END_OPTED_OUT || reason == FS_END_COMPLAINED;
}

static bool lead_started(const struct fs_event *event)
{
    return event->kind == FS_EVENT_TOUCH && event->from == FS_STATE_NONE &&
           (event->to == FS_STATE_ACTIVE || event->to == FS_STATE_ENDED);
}

static bool lead_replied(const struct fs_event *event)
{
    return is_answer(event) && event->to == FS_STATE_REPLIED;
}

/* Also when the date of a pause moved. */
static bool lead_paused(const struct fs_event *event)
{
    return event->to == FS_STATE_PAUSED &&
           (event->rule == FS_RULE_ABSENCE || event->rule == FS_RULE_DOUBT_REVIEW ||
            event->rule == FS_RULE_COLLEAGUE_PAUSES || event->rule == FS_RULE_SAID_PAUSE);
}

/* Open again after a pause or an end. An answer during a pause is lead.replied alone. */
static bool lead_resumed(const struct fs_event *event)
{
    if (!is_open(event->to))
        return false;
    return event->from == FS_STATE_ENDED || (event->from == FS_STATE_PAUSED && !is_answer(event));
}

static bool lead_ended(const struct fs_event *event)
{
    return event->to == FS_STATE_ENDED && event->from != FS_STATE_ENDED;
}

/* Also of an address without a lead, and of one whose leads had ended. */
static bool lead_opted_out(const struct fs_event *event)
{
    return event->rule == FS_RULE_OPT_OUT || event->rule == FS_RULE_COMPLAINT ||
           (event->rule == FS_RULE_SAID_END && is_objection(event->end_reason));
}

static bool lead_bounced(const struct fs_event *event)
{
    return event->rule == FS_RULE_BOUNCE_DEAD ||
           (event->rule == FS_RULE_SAID_END && event->end_reason == FS_END_BOUNCED);
}

static bool touch_last(const struct fs_event *event)
{
    return event->rule == FS_RULE_TOUCH_LAST;
}

/* One that the machine refused; others of the same message are flagged or held with it. */
static bool is_refused_as(const struct fs_event *event, enum fs_disposition disposition)
{
    return event->kind == FS_EVENT_TOUCH && event->disposition == disposition &&
           !fs_verdict_passes(event->verdict);
}

static bool touch_flagged(const struct fs_event *event)
{
    return is_refused_as(event, FS_DISPOSITION_FLAGGED);
}

static bool touch_held(const struct fs_event *event)
{
    return is_refused_as(event, FS_DISPOSITION_HELD);
}

static bool touch_refused(const struct fs_event *event)
{
    return is_refused_as(event, FS_DISPOSITION_REFUSED) ||
           is_refused_as(event, FS_DISPOSITION_DROPPED);
}

static bool policy_changed(const struct fs_event *event)
{
    return event->kind == FS_EVENT_CONFIG || event->kind == FS_EVENT_OFF ||
           event->kind == FS_EVENT_ON || event->kind == FS_EVENT_DEAF ||
           event->kind == FS_EVENT_HEARS;
}

static const struct {
    const char *name;
    bool (*is)(const struct fs_event *event);
} types[FS_NEWS_COUNT] = {
    [FS_NEWS_LEAD_STARTED] = {"lead.started", lead_started},
    [FS_NEWS_LEAD_REPLIED] = {"lead.replied", lead_replied},
    [FS_NEWS_LEAD_PAUSED] = {"lead.paused", lead_paused},
    [FS_NEWS_LEAD_RESUMED] = {"lead.resumed", lead_resumed},
    [FS_NEWS_LEAD_ENDED] = {"lead.ended", lead_ended},
    [FS_NEWS_LEAD_OPTED_OUT] = {"lead.opted_out", lead_opted_out},
    [FS_NEWS_LEAD_BOUNCED] = {"lead.bounced", lead_bounced},
    [FS_NEWS_TOUCH_LAST] = {"touch.last", touch_last},
    [FS_NEWS_TOUCH_FLAGGED] = {"touch.flagged", touch_flagged},
    [FS_NEWS_TOUCH_HELD] = {"touch.held", touch_held},
    [FS_NEWS_TOUCH_REFUSED] = {"touch.refused", touch_refused},
    [FS_NEWS_POLICY_CHANGED] = {"policy.changed", policy_changed},
};

const char *fs_news_name(enum fs_news news)
{
    return types[news].name;
}

bool fs_news_parse(const char *name, enum fs_news *out)
{
    for (int i = 0; i < FS_NEWS_COUNT; i++) {
        if (strcmp(types[i].name, name) == 0) {
            *out = (enum fs_news)i;
            return true;
        }
    }
    return false;
}

unsigned fs_event_news(const struct fs_event *event)
{
    unsigned news = 0;
    for (unsigned i = 0; i < FS_NEWS_COUNT; i++)
        news |= types[i].is(event) ? 1u << i : 0;
    return news;
}
