/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * refusal.c - the SMTP reply that a salesperson reads when a mail was refused.
 *
 * Many mail programs show one line only: line 1 names lead, reason and since when, and is
 * enough alone. ASCII, no line ends, '%' doubled (smfi_setmlreply formats), RFC 5321 4.2.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fullstop/clock.h"
#include "fullstop/words.h"

static enum fs_status no_memory(struct fs_error *err)
{
    return fs_error_set(err, FS_NOMEM, "out of memory");
}

/* Makes a line fit for SMTP: what is no printable ASCII becomes '?', '%' is doubled. */
static const char *wire(struct fs_arena *arena, const char *text)
{
    char *line = fs_arena_alloc(arena, FS_WORDS_LINE_MAX_B + 1, 1);
    size_t length_b = 0;
    for (const char *p = text; line != NULL && *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (length_b + 2 > FS_WORDS_LINE_MAX_B)
            break;
        line[length_b++] = c < 0x20 || c > 0x7e ? '?' : (char)c;
        if (c == '%')
            line[length_b++] = '%';
    }
    return line;
}

__attribute__((format(printf, 4, 5))) static enum fs_status add(struct fs_arena *arena,
                                                                struct fs_words_reply *reply,
                                                                struct fs_error *err,
                                                                const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = fs_arena_vprintf(arena, format, args);
    va_end(args);
    const char *line = text != NULL ? wire(arena, text) : NULL;
    if (line == NULL)
        return no_memory(err);
    if (reply->count < FS_WORDS_LINES_MAX)
        reply->lines[reply->count++] = line;
    return FS_OK;
}

static const char *messages(int count)
{
    return count == 1 ? "message" : "messages";
}

/* Lead, reason and since when, as a clause. */
static const char *clause(struct fs_arena *arena, const struct fs_words_refused *refused)
{
    char day[FS_TIME_SIZE_B];
    const struct fs_lead *lead = refused->lead;
    switch (refused->verdict) {
    case FS_VERDICT_EARLY:
        fs_time_local_minute(refused->next_allowed_at, day, sizeof(day));
        return fs_arena_printf(arena,
                               "has had a message only just now; the next one may be sent "
                               "from %s on",
                               day);
    case FS_VERDICT_PAUSED:
        fs_time_local_day(lead->until_at, day, sizeof(day));
        return fs_arena_printf(arena, "is paused until %s (%s)", day,
                               fs_words_pause_reason(FS_LANGUAGE_EN, lead->pause_reason));
    case FS_VERDICT_SUPPRESSED:
        return fs_arena_strdup(arena, "has objected to sales mail; nothing more may be sent");
    case FS_VERDICT_KIND:
        return fs_arena_strdup(arena, "may not get this kind of mail in this lead process");
    case FS_VERDICT_LIMIT:
        return fs_arena_strdup(arena, "has had as much mail from us as is allowed for now");
    default:
        break;
    }
    fs_time_local_day(lead->ended_at, day, sizeof(day));
    if (lead->end_reason == FS_END_NO_REPLY)
        return fs_arena_printf(arena, "ended on %s: no reply to %d %s", day, lead->unanswered,
                               messages(lead->unanswered));
    return fs_arena_printf(arena, "ended on %s: %s", day,
                           fs_words_end_reason(FS_LANGUAGE_EN, lead->end_reason));
}

static enum fs_status add_first(struct fs_arena *arena, const struct fs_process *process,
                                const struct fs_words_refused *refused,
                                struct fs_words_reply *reply, struct fs_error *err)
{
    const char *text = clause(arena, refused);
    if (text == NULL)
        return no_memory(err);
    /* a very long address must not push the reason off the line */
    return add(arena, reply, err, "Not sent: lead %.150s (process %s) %s.", refused->address,
               process->name, text);
}

static enum fs_status add_others(struct fs_arena *arena, const struct fs_words_refused *refused,
                                 size_t count, struct fs_words_reply *reply, struct fs_error *err)
{
    char line[FS_WORDS_LINE_MAX_B + 1] = "";
    size_t named = count < FS_WORDS_ADDRESSES_MAX ? count : FS_WORDS_ADDRESSES_MAX;
    for (size_t i = 1; i < named; i++) {
        size_t used_b = strlen(line);
        snprintf(line + used_b, sizeof(line) - used_b, "%s%.64s (%s)", i > 1 ? ", " : "",
                 refused[i].address, fs_words_verdict(FS_LANGUAGE_EN, refused[i].verdict));
    }
    size_t used_b = strlen(line);
    if (count > named)
        snprintf(line + used_b, sizeof(line) - used_b, " and %zu more", count - named);
    enum fs_status status = add(arena, reply, err, "Also refused: %s.", line);
    if (status != FS_OK)
        return status;
    return add(arena, reply, err,
               "Nobody got this message: take these addresses out and send it again.");
}

static enum fs_status add_ended(struct fs_arena *arena, const struct fs_words_refused *refused,
                                struct fs_words_reply *reply, struct fs_error *err)
{
    enum fs_status status =
        add(arena, reply, err, "An answer from the contact reopens the lead by itself.");
    if (status == FS_OK && refused->final_mail)
        status = add(arena, reply, err,
                     "One final mail is still possible: begin its subject with [final].");
    if (status == FS_OK)
        status = add(arena, reply, err,
                     "To go on all the same, ask your administrator for: fullstop resume %.150s "
                     "--reason TEXT",
                     refused->address);
    return status;
}

static enum fs_status add_mend(struct fs_arena *arena, const struct fs_words_refused *refused,
                               struct fs_words_reply *reply, struct fs_error *err)
{
    switch (refused->verdict) {
    case FS_VERDICT_EARLY:
        return add(arena, reply, err, "Send it again then; it was not counted.");
    case FS_VERDICT_PAUSED:
        return add(arena, reply, err,
                   "Send it again after that day. If they are back sooner, their answer reopens "
                   "the lead, or: fullstop resume %.150s --reason TEXT",
                   refused->address);
    case FS_VERDICT_SUPPRESSED:
        return add(arena, reply, err,
                   "Only a renewed consent lifts this: fullstop resume %.150s --reason TEXT "
                   "--evidence TEXT",
                   refused->address);
    case FS_VERDICT_KIND:
    case FS_VERDICT_LIMIT:
        return add(arena, reply, err, "Ask whoever runs this lead process.");
    default:
        break;
    }
    if (refused->suppressed || refused->lead->end_reason == FS_END_OPTED_OUT ||
        refused->lead->end_reason == FS_END_COMPLAINED)
        return add(arena, reply, err,
                   "Only a renewed consent lifts this: fullstop resume %.150s --reason TEXT "
                   "--evidence TEXT",
                   refused->address);
    return add_ended(arena, refused, reply, err);
}

enum fs_status fs_words_refusal(struct fs_arena *arena, const struct fs_process *process,
                                const struct fs_words_refused *refused, size_t refused_count,
                                struct fs_words_reply *out, struct fs_error *err)
{
    struct fs_words_reply reply = {.count = 0};
    if (refused_count == 0)
        return fs_error_set(err, FS_INPUT, "nobody was refused");
    enum fs_status status = add_first(arena, process, &refused[0], &reply, err);
    if (status == FS_OK && refused_count > 1)
        status = add_others(arena, refused, refused_count, &reply, err);
    if (status == FS_OK)
        status = add_mend(arena, &refused[0], &reply, err);
    if (status == FS_OK)
        status = add(arena, &reply, err, "Reference: id=%.80s", refused[0].event_id);
    if (status == FS_OK)
        *out = reply;
    return status;
}
