/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - which events a salesperson is told of by mail.
 *
 * Decides: what each kind of notice means, one predicate and one row a kind. Must not know
 * who gets it, nor its words.
 */
#include <string.h>

#include "fullstop/event.h"

static bool is_barred_as(const struct fs_event *event, enum fs_disposition disposition)
{
    return event->kind == FS_EVENT_TOUCH && event->disposition == disposition &&
           !fs_verdict_passes(event->verdict);
}

static bool last_touch(const struct fs_event *event)
{
    return event->rule == FS_RULE_TOUCH_LAST && event->disposition == FS_DISPOSITION_PASSED;
}

static bool refused(const struct fs_event *event)
{
    return is_barred_as(event, FS_DISPOSITION_REFUSED);
}

static bool held(const struct fs_event *event)
{
    return is_barred_as(event, FS_DISPOSITION_HELD);
}

static bool dropped(const struct fs_event *event)
{
    return is_barred_as(event, FS_DISPOSITION_DROPPED);
}

/* Also after the end. A further answer in a conversation is no news. */
static bool replied(const struct fs_event *event)
{
    return event->kind == FS_EVENT_HEARD && event->to == FS_STATE_REPLIED &&
           (event->rule == FS_RULE_ANSWER || event->rule == FS_RULE_ANSWER_REOPENS);
}

static bool back(const struct fs_event *event)
{
    return event->rule == FS_RULE_TIME_PAUSE_OVER && event->to != FS_STATE_ENDED;
}

static bool review(const struct fs_event *event)
{
    return event->rule == FS_RULE_DOUBT_REVIEW && event->to == FS_STATE_PAUSED;
}

static bool flagged(const struct fs_event *event)
{
    return is_barred_as(event, FS_DISPOSITION_FLAGGED);
}

static const struct {
    const char *name;
    bool (*is)(const struct fs_event *event);
} kinds[FS_NOTICE_COUNT] = {
    [FS_NOTICE_LAST_TOUCH] = {"last_touch", last_touch},
    [FS_NOTICE_REFUSED] = {"refused", refused},
    [FS_NOTICE_HELD] = {"held", held},
    [FS_NOTICE_DROPPED] = {"dropped", dropped},
    [FS_NOTICE_REPLIED] = {"replied", replied},
    [FS_NOTICE_BACK] = {"back", back},
    [FS_NOTICE_REVIEW] = {"review", review},
    [FS_NOTICE_FLAGGED] = {"flagged", flagged},
};

const char *fs_notice_name(enum fs_notice notice)
{
    return kinds[notice].name;
}

bool fs_notice_parse(const char *name, enum fs_notice *out)
{
    for (int i = 0; i < FS_NOTICE_COUNT; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *out = (enum fs_notice)i;
            return true;
        }
    }
    return false;
}

unsigned fs_event_notices(const struct fs_event *event)
{
    unsigned notices = 0;
    for (unsigned i = 0; i < FS_NOTICE_COUNT; i++)
        notices |= kinds[i].is(event) ? 1u << i : 0;
    return notices;
}
