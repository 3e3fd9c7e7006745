/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * names.c - the words of the lead process, as they stand in logs, the store and JSON.
 *
 * Decides nothing. A name once released never changes: stores and scripts hold it.
 */
#include <string.h>

#include "fullstop/event.h"
#include "fullstop/lead.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *const state_names[FS_STATE_COUNT] = {"none", "active", "replied", "paused",
                                                        "ended"};

static const char *const end_reason_names[FS_END_REASON_COUNT] = {
    "none",           "no_reply",     "no_urgency", "not_qualified", "bad_timing",
    "not_interested", "wrong_person", "expired",    "bounced",       "opted_out",
    "complained",     "won",          "other"};

static const char *const pause_reason_names[FS_PAUSE_REASON_COUNT] = {
    "none", "out_of_office", "not_now", "account_reply", "review", "other"};

static const char *const decider_names[FS_DECIDER_COUNT] = {"none", "mail", "policy", "crm",
                                                            "person"};

static const char *const touch_kind_names[FS_TOUCH_KIND_COUNT] = {"first", "follow_up",
                                                                  "invitation", "content"};

static const char *const verdict_names[FS_VERDICT_COUNT] = {
    "pass", "response", "exempt", "duplicate", "final",      "early",
    "kind", "over",     "paused", "ended",     "suppressed", "limit"};

static const char *const happening_names[FS_HAPPENING_COUNT] = {
    "touch",     "answer", "absence", "opt_out", "doubt",  "complaint", "bounce",
    "colleague", "notice", "pause",   "end",     "resume", "answered"};

static const char *const effect_names[FS_TOUCH_EFFECT_COUNT] = {"none", "counted", "overrun",
                                                                "final", "taken_back"};

static const char *const event_kind_names[FS_EVENT_KIND_COUNT] = {
    "touch",  "heard", "time", "said", "start", "stop",
    "config", "off",   "on",   "gap",  "deaf",  "hears"};

static const char *const disposition_names[FS_DISPOSITION_COUNT] = {
    "none", "passed", "would_refuse", "flagged", "held", "refused", "dropped"};

static const char *const rule_names[FS_RULE_COUNT] = {
    [FS_RULE_NONE] = "none",
    [FS_RULE_TOUCH_FIRST] = "touch.first",
    [FS_RULE_TOUCH_COUNTED] = "touch.counted",
    [FS_RULE_TOUCH_LAST] = "touch.last",
    [FS_RULE_TOUCH_AFTER_REPLY] = "touch.after_reply",
    [FS_RULE_TOUCH_NEXT_CYCLE] = "touch.next_cycle",
    [FS_RULE_TOUCH_RESUMED] = "touch.resumed",
    [FS_RULE_TOUCH_FINAL] = "touch.final",
    [FS_RULE_TOUCH_AFTER_WON] = "touch.after_won",
    [FS_RULE_TOUCH_EARLY] = "touch.early",
    [FS_RULE_TOUCH_OVER] = "touch.over",
    [FS_RULE_TOUCH_PAUSED] = "touch.paused",
    [FS_RULE_TOUCH_ENDED] = "touch.ended",
    [FS_RULE_TOUCH_SUPPRESSED] = "touch.suppressed",
    [FS_RULE_TOUCH_KIND] = "touch.kind",
    [FS_RULE_TOUCH_LIMIT] = "touch.limit",
    [FS_RULE_TOUCH_RESPONSE] = "touch.response",
    [FS_RULE_TOUCH_EXEMPT] = "touch.exempt",
    [FS_RULE_TOUCH_DUPLICATE] = "touch.duplicate",
    [FS_RULE_TOUCH_RELEASED] = "touch.released",
    [FS_RULE_TIME_GRACE] = "time.grace",
    [FS_RULE_TIME_OPEN_FOR] = "time.open_for",
    [FS_RULE_TIME_IDLE] = "time.idle",
    [FS_RULE_TIME_PAUSE_OVER] = "time.pause_over",
    [FS_RULE_TIME_PAUSES] = "time.pauses",
    [FS_RULE_TIME_REVIEW] = "time.review",
    [FS_RULE_ANSWER] = "answer",
    [FS_RULE_ANSWER_AGAIN] = "answer.again",
    [FS_RULE_ANSWER_REOPENS] = "answer.reopens",
    [FS_RULE_ANSWER_RECORDED] = "answer.recorded",
    [FS_RULE_ANSWER_UNTHREADED] = "answer.unthreaded",
    [FS_RULE_ANSWER_UNPROVEN] = "answer.unproven",
    [FS_RULE_HEARD_DUPLICATE] = "heard.duplicate",
    [FS_RULE_ABSENCE] = "absence",
    [FS_RULE_ABSENCE_RECORDED] = "absence.recorded",
    [FS_RULE_OPT_OUT] = "opt_out",
    [FS_RULE_DOUBT_REVIEW] = "doubt.review",
    [FS_RULE_DOUBT_RECORDED] = "doubt.recorded",
    [FS_RULE_COMPLAINT] = "complaint",
    [FS_RULE_BOUNCE_DEAD] = "bounce.dead",
    [FS_RULE_BOUNCE_TAKEN_BACK] = "bounce.taken_back",
    [FS_RULE_COLLEAGUE_PAUSES] = "colleague.pauses",
    [FS_RULE_COLLEAGUE_RECORDED] = "colleague.recorded",
    [FS_RULE_NOTICE_RECORDED] = "notice.recorded",
    [FS_RULE_SAID_PAUSE] = "said.pause",
    [FS_RULE_SAID_END] = "said.end",
    [FS_RULE_SAID_RESUME] = "said.resume",
    [FS_RULE_SAID_ANSWERED] = "said.answered",
    [FS_RULE_IMPOSSIBLE] = "impossible",
};

static const char *name_at(const char *const *names, size_t count, unsigned index)
{
    return index < count ? names[index] : "invalid";
}

static bool index_of(const char *const *names, size_t count, const char *name, unsigned *out)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (unsigned)i;
            return true;
        }
    }
    return false;
}

/* One printer and one parser for each enumeration: they differ in their types only. */
#define NAMED(function, type, table)                                                               \
    const char *fs_##function##_name(type value)                                                   \
    {                                                                                              \
        return name_at(table, COUNT_OF(table), (unsigned)value);                                   \
    }                                                                                              \
    bool fs_##function##_parse(const char *name, type *out)                                        \
    {                                                                                              \
        unsigned index;                                                                            \
        if (!index_of(table, COUNT_OF(table), name, &index))                                       \
            return false;                                                                          \
        *out = (type)index;                                                                        \
        return true;                                                                               \
    }

NAMED(state, enum fs_state, state_names)
NAMED(end_reason, enum fs_end_reason, end_reason_names)
NAMED(pause_reason, enum fs_pause_reason, pause_reason_names)
NAMED(decider, enum fs_decider, decider_names)
NAMED(touch_kind, enum fs_touch_kind, touch_kind_names)
NAMED(verdict, enum fs_verdict, verdict_names)
NAMED(happening, enum fs_happening, happening_names)
NAMED(touch_effect, enum fs_touch_effect, effect_names)
NAMED(event_kind, enum fs_event_kind, event_kind_names)
NAMED(disposition, enum fs_disposition, disposition_names)
NAMED(rule, enum fs_rule, rule_names)
