/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * say_impossible.c - why a person's wish is refused, and what is possible instead.
 *
 * Decides the sentence alone; the table in the lead room has refused already.
 */
#include "engine_say.h"

static bool is_objection(enum fs_end_reason reason)
{
    return reason == FS_END_OPTED_OUT || reason == FS_END_COMPLAINED;
}

static enum fs_status objected(const char *who, const char *reason, const char *but,
                               struct fs_error *err)
{
    return fs_error_set(err, FS_REFUSED,
                        "%s has objected to sales mail (%s): %s resuming needs --evidence TEXT: "
                        "where and when they agreed again",
                        who, reason, but);
}

static enum fs_status no_pause(const struct fs_saying *saying, const struct fs_lead_row *row,
                               int64_t now, struct fs_error *err)
{
    if (row->lead.state == FS_STATE_ENDED)
        return fs_error_set(err, FS_REFUSED,
                            "%s has ended (%s) and cannot be paused; resume it first", row->contact,
                            fs_end_reason_name(row->lead.end_reason));
    if (saying->until_at <= now)
        return fs_error_set(err, FS_REFUSED,
                            "%s cannot be paused until a time that is past; give a later date",
                            row->contact);
    return fs_error_set(err, FS_REFUSED, "a pause of %s needs a reason", row->contact);
}

static enum fs_status no_end(const struct fs_lead_row *row, struct fs_error *err)
{
    const char *stronger = "only bounced, opted_out or complained replaces that";
    enum fs_end_reason reason = row->lead.end_reason;
    if (row->lead.state != FS_STATE_ENDED)
        return fs_error_set(err, FS_REFUSED, "an end of %s needs a reason", row->contact);
    if (reason == FS_END_BOUNCED)
        stronger = "only opted_out or complained replaces that";
    if (reason == FS_END_OPTED_OUT)
        stronger = "only complained replaces that";
    if (reason == FS_END_COMPLAINED)
        stronger = "nothing replaces that";
    return fs_error_set(err, FS_REFUSED,
                        "%s has already ended (%s); %s; resume it first to end it for another "
                        "reason",
                        row->contact, fs_end_reason_name(reason), stronger);
}

enum fs_status say_impossible(const struct fs_saying *saying, const struct fs_lead_row *row,
                              bool suppressed, int64_t now, struct fs_error *err)
{
    const char *who = row->contact;
    enum fs_end_reason end = row->lead.end_reason;
    bool has_objected = suppressed || is_objection(end);
    const char *reason = fs_end_reason_name(is_objection(end) ? end : FS_END_OPTED_OUT);
    switch (saying->what) {
    case FS_ON_PAUSE:
        if (has_objected)
            return objected(who, reason, "there is nothing to pause;", err);
        return no_pause(saying, row, now, err);
    case FS_ON_END:
        return no_end(row, err);
    case FS_ON_ANSWERED:
        if (has_objected)
            return objected(who, reason, "an answer does not lift that;", err);
        return fs_error_set(err, FS_REFUSED,
                            "%s has ended (%s): an answer does not reopen that; use resume", who,
                            fs_end_reason_name(end));
    case FS_ON_RESUME:
        if (has_objected)
            return objected(who, reason, "nothing may be sent;", err);
        return fs_error_set(err, FS_REFUSED,
                            "%s is %s: there is nothing to resume; pause, end and answered are "
                            "possible",
                            who, fs_state_name(row->lead.state));
    default:
        break;
    }
    return fs_error_set(err, FS_REFUSED, "that is nothing a person can say about %s", who);
}

enum fs_status say_nobody(const struct fs_saying *saying, bool suppressed, struct fs_error *err)
{
    const char *who = saying->address;
    const char *in = saying->process != NULL ? " in process " : "";
    const char *process = saying->process != NULL ? saying->process : "";
    const char *rest = "nothing was sent to it that a process counts";
    if (saying->what == FS_ON_RESUME && suppressed)
        return objected(who, "no lead", "nothing may be sent;", err);
    if (saying->what == FS_ON_RESUME)
        rest = "there is nothing to resume";
    if (saying->what == FS_ON_END)
        rest = "only an objection can be recorded for it (opted_out, complained)";
    return fs_error_set(err, FS_NOT_FOUND, "%s is no lead%s%s: %s%s", who, in, process, rest,
                        suppressed ? "; the address is suppressed" : "");
}
