/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * history.c - one line for each event: what happened.
 *
 * Decides which text belongs to which rule, and what follows it: how a message was matched,
 * a person's words, further attempts. Must not know: where the line is shown.
 */
#include <string.h>

#include "words_text.h"

/* A touch that passed, a message heard, what time brought, what a person said. */
static const enum words_text happened[FS_RULE_COUNT] = {
    [FS_RULE_NONE] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_FIRST] = WORDS_EVENT_TOUCH_FIRST,
    [FS_RULE_TOUCH_COUNTED] = WORDS_EVENT_TOUCH_COUNTED,
    [FS_RULE_TOUCH_LAST] = WORDS_EVENT_TOUCH_LAST,
    [FS_RULE_TOUCH_AFTER_REPLY] = WORDS_EVENT_TOUCH_AFTER_REPLY,
    [FS_RULE_TOUCH_NEXT_CYCLE] = WORDS_EVENT_TOUCH_NEXT_CYCLE,
    [FS_RULE_TOUCH_RESUMED] = WORDS_EVENT_TOUCH_RESUMED,
    [FS_RULE_TOUCH_FINAL] = WORDS_EVENT_TOUCH_FINAL,
    [FS_RULE_TOUCH_AFTER_WON] = WORDS_EVENT_TOUCH_AFTER_WON,
    [FS_RULE_TOUCH_EARLY] = WORDS_EVENT_RECORDED, /* those refused: barred() */
    [FS_RULE_TOUCH_OVER] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_PAUSED] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_ENDED] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_SUPPRESSED] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_KIND] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_LIMIT] = WORDS_EVENT_RECORDED,
    [FS_RULE_TOUCH_RESPONSE] = WORDS_EVENT_TOUCH_RESPONSE,
    [FS_RULE_TOUCH_EXEMPT] = WORDS_EVENT_TOUCH_EXEMPT,
    [FS_RULE_TOUCH_DUPLICATE] = WORDS_EVENT_TOUCH_DUPLICATE,
    [FS_RULE_TOUCH_RELEASED] = WORDS_EVENT_TOUCH_RELEASED,
    [FS_RULE_TIME_GRACE] = WORDS_EVENT_TIME_GRACE,
    [FS_RULE_TIME_OPEN_FOR] = WORDS_EVENT_TIME_OPEN_FOR,
    [FS_RULE_TIME_IDLE] = WORDS_EVENT_TIME_IDLE,
    [FS_RULE_TIME_PAUSE_OVER] = WORDS_EVENT_TIME_PAUSE_OVER,
    [FS_RULE_TIME_PAUSES] = WORDS_EVENT_TIME_PAUSES,
    [FS_RULE_TIME_REVIEW] = WORDS_EVENT_TIME_REVIEW,
    [FS_RULE_ANSWER] = WORDS_EVENT_ANSWER,
    [FS_RULE_ANSWER_AGAIN] = WORDS_EVENT_ANSWER_AGAIN,
    [FS_RULE_ANSWER_REOPENS] = WORDS_EVENT_ANSWER_REOPENS,
    [FS_RULE_ANSWER_RECORDED] = WORDS_EVENT_ANSWER_RECORDED,
    [FS_RULE_ANSWER_UNTHREADED] = WORDS_EVENT_ANSWER_UNTHREADED,
    [FS_RULE_ANSWER_UNPROVEN] = WORDS_EVENT_ANSWER_UNPROVEN,
    [FS_RULE_HEARD_DUPLICATE] = WORDS_EVENT_HEARD_DUPLICATE,
    [FS_RULE_ABSENCE] = WORDS_EVENT_ABSENCE,
    [FS_RULE_ABSENCE_RECORDED] = WORDS_EVENT_ABSENCE_RECORDED,
    [FS_RULE_OPT_OUT] = WORDS_EVENT_OPT_OUT,
    [FS_RULE_DOUBT_REVIEW] = WORDS_EVENT_DOUBT_REVIEW,
    [FS_RULE_DOUBT_RECORDED] = WORDS_EVENT_DOUBT_RECORDED,
    [FS_RULE_COMPLAINT] = WORDS_EVENT_COMPLAINT,
    [FS_RULE_BOUNCE_DEAD] = WORDS_EVENT_BOUNCE_DEAD,
    [FS_RULE_BOUNCE_TAKEN_BACK] = WORDS_EVENT_BOUNCE_TAKEN_BACK,
    [FS_RULE_COLLEAGUE_PAUSES] = WORDS_EVENT_COLLEAGUE_PAUSES,
    [FS_RULE_COLLEAGUE_RECORDED] = WORDS_EVENT_COLLEAGUE_RECORDED,
    [FS_RULE_NOTICE_RECORDED] = WORDS_EVENT_NOTICE_RECORDED,
    [FS_RULE_SAID_PAUSE] = WORDS_EVENT_SAID_PAUSE,
    [FS_RULE_SAID_END] = WORDS_EVENT_SAID_END,
    [FS_RULE_SAID_RESUME] = WORDS_EVENT_SAID_RESUME,
    [FS_RULE_SAID_ANSWERED] = WORDS_EVENT_SAID_ANSWERED,
    [FS_RULE_IMPOSSIBLE] = WORDS_EVENT_IMPOSSIBLE,
};

/* Ways of answering as `answered` writes them at the head of its note. */
static const struct {
    const char *name;
    enum words_text text;
} ways[] = {{"phone", WORDS_WAY_PHONE}, {"meeting", WORDS_WAY_MEETING}, {"other", WORDS_WAY_OTHER}};

static const struct {
    const char *match;
    enum words_text text;
} matches[] = {
    {"thread", WORDS_EVENT_THREAD},       {"address", WORDS_EVENT_ADDRESS},
    {"account", WORDS_EVENT_ACCOUNT},     {"returned-id", WORDS_EVENT_RETURNED_ID},
    {"recipient", WORDS_EVENT_RECIPIENT},
};

/* Behind a CRM's word there is whoever imported it. */
static const char *actor(const struct words_values *values, const struct fs_event *event)
{
    const char *name =
        event->actor != NULL ? event->actor : words_text(values->language, WORDS_EVENT_SOMEBODY);
    if (event->decided_by != FS_BY_CRM)
        return name;
    return fs_arena_printf(values->arena, "%s (%s)", fs_words_decider(values->language, FS_BY_CRM),
                           name);
}

static void set_values(struct words_values *values, const struct fs_event *event)
{
    enum fs_language language = values->language;
    bool is_bounce = event->what == FS_ON_BOUNCE && event->note != NULL;
    words_set_nth(values, "nth", event->unanswered);
    words_set_number(values, "cycle", event->cycle);
    words_set_until(values, "until", event->until_at);
    words_set(values, "state", fs_words_state(language, event->to));
    words_set(values, "class", words_class(language, event->class));
    words_set(values, "status",
              is_bounce ? event->note : words_text(language, WORDS_EVENT_NO_STATUS));
    words_set(values, "actor", actor(values, event));
    words_set(values, "reason",
              event->what == FS_ON_PAUSE ? fs_words_pause_reason(language, event->pause_reason)
                                         : fs_words_end_reason(language, event->end_reason));
}

static const char *joined(const struct words_values *values, const char *line, const char *tail)
{
    if (line == NULL || tail == NULL)
        return NULL;
    return fs_arena_printf(values->arena, "%s%s", line, tail);
}

/* ---- a message that the rules do not allow ---- */

const char *words_bar(struct words_values *values, const struct fs_event *event)
{
    switch (event->verdict) {
    case FS_VERDICT_EARLY:
        return words_say(values, WORDS_BARRED_BY_EARLY);
    case FS_VERDICT_KIND:
        return words_say(values, WORDS_BARRED_BY_KIND);
    case FS_VERDICT_OVER:
        return words_say_count(values, WORDS_BARRED_BY_OVER, event->unanswered);
    case FS_VERDICT_PAUSED:
        return words_say(values, WORDS_BARRED_BY_PAUSED);
    case FS_VERDICT_ENDED:
        words_set(values, "why", fs_words_end_reason(values->language, event->end_reason));
        return words_say(values, WORDS_BARRED_BY_ENDED);
    case FS_VERDICT_SUPPRESSED:
        return words_say(values, WORDS_BARRED_BY_SUPPRESSED);
    case FS_VERDICT_LIMIT:
        return words_say(values, WORDS_BARRED_BY_LIMIT);
    case FS_VERDICT_PASS:
    case FS_VERDICT_RESPONSE:
    case FS_VERDICT_EXEMPT:
    case FS_VERDICT_DUPLICATE:
    case FS_VERDICT_FINAL:
        break;
    }
    return fs_words_verdict(values->language, event->verdict);
}

static const char *barred(struct words_values *values, const struct fs_event *event)
{
    static const enum words_text dispositions[FS_DISPOSITION_COUNT] = {
        [FS_DISPOSITION_NONE] = WORDS_BARRED_NONE,
        [FS_DISPOSITION_PASSED] = WORDS_BARRED_PASSED,
        [FS_DISPOSITION_WOULD_REFUSE] = WORDS_BARRED_WOULD_REFUSE,
        [FS_DISPOSITION_FLAGGED] = WORDS_BARRED_FLAGGED,
        [FS_DISPOSITION_HELD] = WORDS_BARRED_HELD,
        [FS_DISPOSITION_REFUSED] = WORDS_BARRED_REFUSED,
        [FS_DISPOSITION_DROPPED] = WORDS_BARRED_DROPPED,
    };
    const char *why = words_bar(values, event);
    if (why == NULL)
        return NULL;
    words_set(values, "reason", why);
    const char *line = words_say(values, dispositions[event->disposition]);
    if (event->repeats == 0)
        return line;
    return joined(values, line, words_say_count(values, WORDS_EVENT_REPEATS, event->repeats));
}

/* ---- the four kinds that concern a lead ---- */

static const char *touch_line(struct words_values *values, const struct fs_event *event)
{
    if (!fs_verdict_passes(event->verdict))
        return event->rule == FS_RULE_TOUCH_RELEASED ? words_say(values, happened[event->rule])
                                                     : barred(values, event);
    bool is_held = event->disposition == FS_DISPOSITION_HELD;
    const char *line = words_say(values, is_held ? WORDS_EVENT_TOUCH_HELD : happened[event->rule]);
    bool has_ended = event->to == FS_STATE_ENDED && event->from != FS_STATE_ENDED;
    return has_ended ? joined(values, line, words_say(values, WORDS_EVENT_SINCE_ENDED)) : line;
}

/* Said by somebody without a lead: it holds for the address. */
static bool is_of_address(const struct fs_event *event)
{
    bool objects = event->rule == FS_RULE_OPT_OUT || event->rule == FS_RULE_COMPLAINT;
    return objects && (event->process == NULL || event->process[0] == '\0');
}

static const char *heard_line(struct words_values *values, const struct fs_event *event)
{
    enum words_text id = happened[event->rule];
    if (is_of_address(event))
        id = event->rule == FS_RULE_OPT_OUT ? WORDS_EVENT_OPT_OUT_ADDRESS
                                            : WORDS_EVENT_COMPLAINT_ADDRESS;
    const char *line = words_say(values, id);
    for (size_t i = 0; event->match != NULL && i < sizeof(matches) / sizeof(matches[0]); i++) {
        if (strcmp(event->match, matches[i].match) == 0)
            return joined(values, line, words_say(values, matches[i].text));
    }
    return line;
}

static const char *noted(struct words_values *values, const char *line, enum words_text id,
                         const char *note)
{
    if (note == NULL || note[0] == '\0')
        return line;
    words_set(values, "note", note);
    return joined(values, line, words_say(values, id));
}

/* "phone: wants a date in May" */
static const char *answered_line(struct words_values *values, const char *line, const char *note)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]) && note != NULL && line != NULL; i++) {
        size_t length_b = strlen(ways[i].name);
        if (strncmp(note, ways[i].name, length_b) != 0 ||
            (note[length_b] != '\0' && note[length_b] != ':' && note[length_b] != ' '))
            continue;
        line = fs_arena_printf(values->arena, "%s (%s)", line,
                               words_text(values->language, ways[i].text));
        note += length_b;
        note += strspn(note, ": ");
        break;
    }
    return noted(values, line, WORDS_EVENT_NOTE, note);
}

static const char *said_line(struct words_values *values, const struct fs_event *event)
{
    const char *line = words_say(values, happened[event->rule]);
    if (event->rule == FS_RULE_SAID_ANSWERED)
        return answered_line(values, line, event->note);
    return noted(values, line, WORDS_EVENT_BECAUSE, event->note);
}

static const char *system_line(struct words_values *values, enum words_text id,
                               const struct fs_event *event)
{
    const char *line = words_say(values, id);
    if (event->note == NULL || line == NULL)
        return line;
    return fs_arena_printf(values->arena, "%s: %s", line, event->note);
}

static const char *event_line(struct words_values *values, const struct fs_event *event)
{
    switch (event->kind) {
    case FS_EVENT_TOUCH:
        return touch_line(values, event);
    case FS_EVENT_HEARD:
        return heard_line(values, event);
    case FS_EVENT_TIME:
        return words_say(values, happened[event->rule]);
    case FS_EVENT_SAID:
        return said_line(values, event);
    case FS_EVENT_START:
        return system_line(values, WORDS_EVENT_START, event);
    case FS_EVENT_STOP:
        return system_line(values, WORDS_EVENT_STOP, event);
    case FS_EVENT_CONFIG:
        return system_line(values, WORDS_EVENT_CONFIG, event);
    case FS_EVENT_OFF:
        return system_line(values, WORDS_EVENT_OFF, event);
    case FS_EVENT_ON:
        return system_line(values, WORDS_EVENT_ON, event);
    case FS_EVENT_GAP:
        return system_line(values, WORDS_EVENT_GAP, event);
    case FS_EVENT_DEAF:
        return system_line(values, WORDS_EVENT_DEAF, event);
    case FS_EVENT_HEARS:
        return system_line(values, WORDS_EVENT_HEARS, event);
    }
    return words_say(values, WORDS_EVENT_RECORDED);
}

enum fs_status fs_words_event(struct fs_arena *arena, enum fs_language language,
                              const struct fs_event *event, const char **out, struct fs_error *err)
{
    struct words_values values = {.arena = arena, .language = language};
    set_values(&values, event);
    const char *line = event_line(&values, event);
    if (line == NULL || values.failed)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = line;
    return FS_OK;
}
