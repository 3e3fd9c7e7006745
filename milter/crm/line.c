/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * line.c - from the fields of a line as text to what it says of a lead.
 *
 * Decides what each field may be, and which states need a reason and a date. Must not know
 * the lead: whether it is possible, the engine says.
 */
#include <string.h>

#include "crm_raw.h"
#include "fullstop/address.h"
#include "fullstop/clock.h"
#include "fullstop/text.h"

/* The value without spaces around it, NULL when nothing is left; FS_NOMEM. */
static enum fs_status trimmed(const struct raw *raw, enum fs_crm_field field,
                              struct fs_arena *arena, const char **out)
{
    const char *text = raw->values[field];
    size_t length_b;

    *out = NULL;
    if (text == NULL)
        return FS_OK;
    text += strspn(text, " \t");
    length_b = strlen(text);
    while (length_b > 0 && strchr(" \t\r\n", text[length_b - 1]) != NULL)
        length_b--;
    if (length_b == 0)
        return FS_OK;
    *out = fs_arena_strndup(arena, text, length_b);
    return *out == NULL ? FS_NOMEM : FS_OK;
}

/* Two digits, of at most max, then the character end. */
static bool two_digits(const char **at, int max, int *out)
{
    const char *p = *at;

    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
        return false;
    *out = (p[0] - '0') * 10 + (p[1] - '0');
    *at += 2;
    return *out <= max;
}

/* "Z", "+01:00", "-05:30": seconds east of UTC. RFC 3339 5.6. */
static bool offset(const char *at, int *out_s)
{
    int sign = at[0] == '-' ? -1 : 1;
    int hours;
    int minutes;

    *out_s = 0;
    if ((at[0] == 'Z' || at[0] == 'z') && at[1] == '\0')
        return true;
    if (at[0] != '+' && at[0] != '-')
        return false;
    at++;
    if (!two_digits(&at, 23, &hours) || *at++ != ':' || !two_digits(&at, 59, &minutes))
        return false;
    *out_s = sign * (hours * 3600 + minutes * 60);
    return *at == '\0';
}

/* A day is its start where the process lives; an instant is RFC 3339, its fraction left out. */
static bool instant(const char *text, int64_t *out)
{
    char day_text[11];
    struct fs_date day;
    const char *at = text + sizeof day_text - 1;
    int hours;
    int minutes;
    int seconds;
    int east_s;

    if (strlen(text) < sizeof day_text - 1)
        return false;
    memcpy(day_text, text, sizeof day_text - 1);
    day_text[sizeof day_text - 1] = '\0';
    if (!fs_date_parse(day_text, &day) || !fs_date_is_valid(day))
        return false;
    if (*at == '\0') {
        *out = fs_date_local_start(day);
        return true;
    }
    if (*at != 'T' && *at != 't' && *at != ' ')
        return false;
    at++;
    if (!two_digits(&at, 23, &hours) || *at++ != ':' || !two_digits(&at, 59, &minutes) ||
        *at++ != ':' || !two_digits(&at, 60, &seconds))
        return false;
    if (*at == '.')
        at += 1 + strspn(at + 1, "0123456789");
    if (!offset(at, &east_s))
        return false;
    *out = fs_date_to_days(day) * 86400 + hours * 3600 + minutes * 60 + seconds - east_s;
    return true;
}

static enum fs_status take_address(const struct raw *raw, enum fs_crm_field field,
                                   struct fs_arena *arena, const char **out,
                                   struct fs_crm_finding *finding)
{
    const char *text;
    struct fs_error err;
    enum fs_status status = trimmed(raw, field, arena, &text);

    if (status == FS_OK && text == NULL && field == FS_CRM_ADDRESS)
        return raw_fault(raw, field, FS_CRM_FAULT_MISSING, finding);
    if (status != FS_OK || text == NULL)
        return status;
    status = fs_address_canonical(arena, text, out, &err);
    if (status == FS_OK || status == FS_NOMEM)
        return status;
    return raw_fault(raw, field, FS_CRM_FAULT_ADDRESS, finding);
}

static enum fs_status take_state(const struct raw *raw, struct fs_arena *arena,
                                 struct fs_crm_line *out, struct fs_crm_finding *finding)
{
    const char *text;

    if (trimmed(raw, FS_CRM_STATE, arena, &text) != FS_OK)
        return FS_NOMEM;
    if (text == NULL)
        return raw_fault(raw, FS_CRM_STATE, FS_CRM_FAULT_MISSING, finding);
    if (!fs_state_parse(text, &out->state) || out->state == FS_STATE_NONE)
        return raw_fault(raw, FS_CRM_STATE, FS_CRM_FAULT_STATE, finding);
    return FS_OK;
}

static enum fs_status take_reason(const struct raw *raw, struct fs_arena *arena,
                                  struct fs_crm_line *out, struct fs_crm_finding *finding)
{
    const char *text;
    bool is_end = out->state == FS_STATE_ENDED;

    if (trimmed(raw, FS_CRM_REASON, arena, &text) != FS_OK)
        return FS_NOMEM;
    if (!is_end && out->state != FS_STATE_PAUSED)
        return text == NULL ? FS_OK
                            : raw_fault(raw, FS_CRM_REASON, FS_CRM_FAULT_REASON_UNUSED, finding);
    if (is_end && (text == NULL || !fs_end_reason_parse(text, &out->end_reason) ||
                   out->end_reason == FS_END_NONE))
        return raw_fault(raw, FS_CRM_REASON, FS_CRM_FAULT_END_REASON, finding);
    if (!is_end && (text == NULL || !fs_pause_reason_parse(text, &out->pause_reason) ||
                    out->pause_reason == FS_PAUSE_NONE))
        return raw_fault(raw, FS_CRM_REASON, FS_CRM_FAULT_PAUSE_REASON, finding);
    return FS_OK;
}

static enum fs_status take_dates(const struct raw *raw, struct fs_arena *arena,
                                 struct fs_crm_line *out, struct fs_crm_finding *finding)
{
    const char *until;
    const char *changed;

    if (trimmed(raw, FS_CRM_UNTIL, arena, &until) != FS_OK ||
        trimmed(raw, FS_CRM_CHANGED, arena, &changed) != FS_OK)
        return FS_NOMEM;
    if (changed != NULL && (!instant(changed, &out->changed_at) || out->changed_at <= 0))
        return raw_fault(raw, FS_CRM_CHANGED, FS_CRM_FAULT_DATE, finding);
    if (out->state != FS_STATE_PAUSED)
        return until == NULL ? FS_OK
                             : raw_fault(raw, FS_CRM_UNTIL, FS_CRM_FAULT_UNTIL_UNUSED, finding);
    if (until == NULL)
        return raw_fault(raw, FS_CRM_UNTIL, FS_CRM_FAULT_UNTIL_MISSING, finding);
    if (!instant(until, &out->until_at))
        return raw_fault(raw, FS_CRM_UNTIL, FS_CRM_FAULT_DATE, finding);
    return FS_OK;
}

static enum fs_status take_words(const struct raw *raw, struct fs_arena *arena,
                                 struct fs_crm_line *out, struct fs_crm_finding *finding)
{
    for (int i = 0; i < FS_CRM_FIELD_COUNT; i++)
        if (raw->values[i] != NULL && !fs_text_is_utf8(raw->values[i]))
            return raw_fault(raw, (enum fs_crm_field)i, FS_CRM_FAULT_UTF8, finding);
    if (trimmed(raw, FS_CRM_PROCESS, arena, &out->process) != FS_OK ||
        trimmed(raw, FS_CRM_NOTE, arena, &out->note) != FS_OK)
        return FS_NOMEM;
    if (out->process != NULL && strlen(out->process) > FS_CRM_NAME_MAX_B)
        return raw_fault(raw, FS_CRM_PROCESS, FS_CRM_FAULT_PROCESS, finding);
    if (out->note != NULL && strlen(out->note) > FS_CRM_NOTE_MAX_B)
        return raw_fault(raw, FS_CRM_NOTE, FS_CRM_FAULT_NOTE_LONG, finding);
    return FS_OK;
}

enum fs_status raw_understand(const struct raw *raw, struct fs_arena *arena,
                              struct fs_crm_line *out, struct fs_crm_finding *finding)
{
    struct fs_crm_line line = {.number = raw->number};
    enum fs_status status = take_words(raw, arena, &line, finding);

    if (status == FS_OK)
        status = take_address(raw, FS_CRM_ADDRESS, arena, &line.address, finding);
    if (status == FS_OK)
        status = take_address(raw, FS_CRM_SENDER, arena, &line.sender, finding);
    if (status == FS_OK)
        status = take_state(raw, arena, &line, finding);
    if (status == FS_OK)
        status = take_reason(raw, arena, &line, finding);
    if (status == FS_OK)
        status = take_dates(raw, arena, &line, finding);
    if (status == FS_OK)
        *out = line;
    return status;
}
