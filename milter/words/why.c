/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * why.c - why a lead is where it is, what is allowed next, and what a person can do.
 *
 * Plain sentences for a salesperson and a compliance officer alike. Decides nothing.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "fullstop/clock.h"
#include "words_text.h"

#define LINES_MAX 24

struct lines {
    struct fs_arena *arena;
    const char *line[LINES_MAX];
    size_t count;
    bool failed;
};

__attribute__((format(printf, 2, 3))) static void add(struct lines *lines, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = fs_arena_vprintf(lines->arena, format, args);
    va_end(args);
    lines->failed = lines->failed || text == NULL;
    if (text != NULL && lines->count < LINES_MAX)
        lines->line[lines->count++] = text;
}

static void add_state(struct lines *lines, const struct fs_words_lead *in)
{
    char since[FS_TIME_SIZE_B];
    char until[FS_TIME_SIZE_B];
    const struct fs_lead *lead = in->lead;
    fs_time_local_minute(lead->changed_at, since, sizeof(since));
    const char *state = fs_words_state(FS_LANGUAGE_EN, lead->state);
    if (lead->state == FS_STATE_ENDED) {
        add(lines, "%s in process %s: ended on %s (%s).", in->contact, in->process, since,
            fs_words_end_reason(FS_LANGUAGE_EN, lead->end_reason));
    } else if (lead->state == FS_STATE_PAUSED) {
        fs_time_local_day(lead->until_at, until, sizeof(until));
        add(lines, "%s in process %s: paused until %s (%s), since %s.", in->contact, in->process,
            until, fs_words_pause_reason(FS_LANGUAGE_EN, lead->pause_reason), since);
    } else {
        add(lines, "%s in process %s: %s since %s.", in->contact, in->process, state, since);
    }
}

static void add_evidence(struct lines *lines, const struct fs_words_lead *in)
{
    char at[FS_TIME_SIZE_B];
    const struct fs_event *event = in->change;
    const struct fs_lead *lead = in->lead;
    add(lines, "Why: %s (rule %s, decided by %s).", fs_words_rule(FS_LANGUAGE_EN, lead->rule),
        fs_rule_name(lead->rule), fs_words_decider(FS_LANGUAGE_EN, lead->decided_by));
    if (event == NULL || event->seq == 0)
        return;
    fs_time_local_minute(event->at, at, sizeof(at));
    if (event->message_id != NULL)
        add(lines, "Evidence: message <%s> of %s%s%s (event %s-%" PRId64 ").", event->message_id,
            at, event->class != NULL ? ", read as " : "", event->class != NULL ? event->class : "",
            event->log, event->seq);
    else if (event->actor != NULL)
        add(lines, "Evidence: said by %s on %s%s%s (event %s-%" PRId64 ").", event->actor, at,
            event->note != NULL ? ": " : "", event->note != NULL ? event->note : "", event->log,
            event->seq);
    else
        add(lines, "Evidence: event %s-%" PRId64 " of %s.", event->log, event->seq, at);
    const char *match = words_match(FS_LANGUAGE_EN, event->match);
    if (match != NULL)
        add(lines, "It belongs to this lead because %s.", match);
}

static void add_count(struct lines *lines, const struct fs_words_lead *in)
{
    const struct fs_lead *lead = in->lead;
    add(lines, "Count: %d of %d messages without an answer, cycle %d.", lead->unanswered, in->limit,
        lead->cycle);
    if (lead->overrun > 0)
        add(lines, "Beyond that %d passed that would be refused.", lead->overrun);
    if (lead->state != FS_STATE_ENDED)
        add(lines, in->relevant ? "It is open and relevant: there was an answer not long ago, or a "
                                  "date was agreed."
                                : "It is open, but not relevant: open is only that nobody has "
                                  "ended it.");
    const struct fs_event *refusal = in->refusal;
    if (refusal != NULL && refusal->seq != 0) {
        char at[FS_TIME_SIZE_B];
        fs_time_local_minute(refusal->at, at, sizeof(at));
        add(lines, "Last refusal: %s, %s (%s), event %s-%" PRId64 ".", at,
            fs_words_verdict(FS_LANGUAGE_EN, refusal->verdict),
            fs_words_disposition(FS_LANGUAGE_EN, refusal->disposition), refusal->log, refusal->seq);
    }
}

static void add_unproven(struct lines *lines, const struct fs_words_lead *in)
{
    const struct fs_event *event = in->unproven;
    if (event == NULL)
        return;
    char at[FS_TIME_SIZE_B];
    fs_time_local_minute(event->at, at, sizeof(at));
    add(lines, "Not taken for an answer: message <%s> of %s: %s (rule %s, event %s-%" PRId64 ").",
        event->message_id != NULL ? event->message_id : "", at,
        fs_words_rule(FS_LANGUAGE_EN, event->rule), fs_rule_name(event->rule), event->log,
        event->seq);
}

static void add_next(struct lines *lines, const struct fs_words_lead *in)
{
    char at[FS_TIME_SIZE_B];
    const struct fs_lead_outlook *outlook = in->outlook;
    if (in->suppressed)
        add(lines, "Next: nothing may be sent; the address is suppressed for all processes.");
    else if (outlook->touch_now)
        add(lines, "Next: a message may be sent now.");
    else if (outlook->next_allowed_at != 0) {
        fs_time_local_minute(outlook->next_allowed_at, at, sizeof(at));
        add(lines, "Next: a message may be sent from %s on.", at);
    } else
        add(lines, "Next: no further message by itself; an answer from them reopens the lead.");
    if (outlook->final_mail)
        add(lines, "One final mail is still possible: begin its subject with [final].");
}

static void add_commands(struct lines *lines, const struct fs_words_lead *in)
{
    const char *who = in->contact;
    if (in->outlook->needs_evidence) {
        add(lines, "You can: fullstop resume %s --reason TEXT --evidence TEXT", who);
        return;
    }
    switch (in->lead->state) {
    case FS_STATE_ENDED:
        add(lines, "You can: fullstop resume %s --reason TEXT", who);
        add(lines, "     or: fullstop answered %s --by phone|meeting|other", who);
        break;
    case FS_STATE_PAUSED:
        add(lines, "You can: fullstop resume %s --reason TEXT", who);
        add(lines, "     or: fullstop end %s --reason REASON", who);
        break;
    case FS_STATE_ACTIVE:
    case FS_STATE_REPLIED:
        add(lines, "You can: fullstop pause %s --until DATE --reason not_now", who);
        add(lines, "     or: fullstop end %s --reason REASON", who);
        add(lines, "     or: fullstop answered %s --by phone|meeting|other", who);
        break;
    case FS_STATE_NONE:
        break;
    }
}

enum fs_status fs_words_why(struct fs_arena *arena, enum fs_language language,
                            const struct fs_words_lead *lead, const char *const **out_lines,
                            size_t *out_count, struct fs_error *err)
{
    (void)language;
    struct lines lines = {.arena = arena};
    add_state(&lines, lead);
    add_evidence(&lines, lead);
    add_count(&lines, lead);
    add_unproven(&lines, lead);
    add_next(&lines, lead);
    add_commands(&lines, lead);
    const char **copy = fs_arena_alloc(arena, lines.count, sizeof(*copy));
    if (copy == NULL || lines.failed)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    memcpy(copy, lines.line, lines.count * sizeof(*copy));
    *out_lines = copy;
    *out_count = lines.count;
    return FS_OK;
}

/* ---- one event ---- */

static const char *touch_line(struct fs_arena *arena, const struct fs_event *event)
{
    const char *sent = fs_words_disposition(FS_LANGUAGE_EN, event->disposition);
    if (fs_verdict_passes(event->verdict) && event->verdict == FS_VERDICT_PASS)
        return fs_arena_printf(arena, "message sent, %d without an answer", event->unanswered);
    if (fs_verdict_passes(event->verdict))
        return fs_arena_printf(arena, "message sent, not counted: %s",
                               fs_words_rule(FS_LANGUAGE_EN, event->rule));
    if (event->repeats > 0)
        return fs_arena_printf(arena, "message %s: %s (and %" PRId64 " more of the same)", sent,
                               fs_words_rule(FS_LANGUAGE_EN, event->rule), event->repeats);
    return fs_arena_printf(arena, "message %s: %s", sent,
                           fs_words_rule(FS_LANGUAGE_EN, event->rule));
}

static const char *heard_line(struct fs_arena *arena, const struct fs_event *event)
{
    const char *match = words_match(FS_LANGUAGE_EN, event->match);
    char until[FS_TIME_SIZE_B] = "";
    if (event->to == FS_STATE_PAUSED && event->until_at != 0)
        fs_time_local_day(event->until_at, until, sizeof(until));
    return fs_arena_printf(arena, "%s (%s%s%s%s%s)%s%s", fs_words_rule(FS_LANGUAGE_EN, event->rule),
                           event->class != NULL ? event->class : "message",
                           event->note != NULL ? " " : "", event->note != NULL ? event->note : "",
                           match != NULL ? ": " : "", match != NULL ? match : "",
                           until[0] != '\0' ? ", paused until " : "", until);
}

static const char *said_line(struct fs_arena *arena, const struct fs_event *event)
{
    char until[FS_TIME_SIZE_B] = "";
    const char *reason = "";
    if (event->what == FS_ON_PAUSE) {
        fs_time_local_day(event->until_at, until, sizeof(until));
        reason = fs_words_pause_reason(FS_LANGUAGE_EN, event->pause_reason);
    } else if (event->what == FS_ON_END) {
        reason = fs_words_end_reason(FS_LANGUAGE_EN, event->end_reason);
    }
    return fs_arena_printf(arena, "%s said: %s%s%s%s%s%s%s",
                           event->actor != NULL ? event->actor : "somebody",
                           fs_happening_name(event->what), until[0] != '\0' ? " until " : "", until,
                           reason[0] != '\0' ? ", " : "", reason, event->note != NULL ? ": " : "",
                           event->note != NULL ? event->note : "");
}

static const char *system_line(struct fs_arena *arena, const struct fs_event *event)
{
    static const char *const texts[FS_EVENT_KIND_COUNT] = {
        [FS_EVENT_START] = "fullstopd started",
        [FS_EVENT_STOP] = "fullstopd stopped",
        [FS_EVENT_CONFIG] = "configuration took effect",
        [FS_EVENT_OFF] = "switched off: every process only observes",
        [FS_EVENT_ON] = "switched on again",
        [FS_EVENT_GAP] = "messages passed or were deferred undecided",
        [FS_EVENT_DEAF] = "no answers heard for long: this process only flags until one is",
        [FS_EVENT_HEARS] = "an answer was heard again: this process works in its own mode",
    };
    const char *text = texts[event->kind] != NULL ? texts[event->kind] : "event";
    return fs_arena_printf(arena, "%s%s%s", text, event->note != NULL ? ": " : "",
                           event->note != NULL ? event->note : "");
}

static const char *event_line(struct fs_arena *arena, const struct fs_event *event)
{
    switch (event->kind) {
    case FS_EVENT_TOUCH:
        return touch_line(arena, event);
    case FS_EVENT_HEARD:
        return heard_line(arena, event);
    case FS_EVENT_TIME:
        return fs_arena_printf(arena, "%s: %s", fs_words_rule(FS_LANGUAGE_EN, event->rule),
                               fs_words_state(FS_LANGUAGE_EN, event->to));
    case FS_EVENT_SAID:
        return said_line(arena, event);
    case FS_EVENT_START:
    case FS_EVENT_STOP:
    case FS_EVENT_CONFIG:
    case FS_EVENT_OFF:
    case FS_EVENT_ON:
    case FS_EVENT_GAP:
    case FS_EVENT_DEAF:
    case FS_EVENT_HEARS:
        break;
    }
    return system_line(arena, event);
}

enum fs_status fs_words_event(struct fs_arena *arena, enum fs_language language,
                              const struct fs_event *event, const char **out, struct fs_error *err)
{
    (void)language;
    const char *line = event_line(arena, event);
    if (line == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = line;
    return FS_OK;
}
