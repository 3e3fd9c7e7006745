/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * line.c - words the log line of a message: key=value, one line, greppable.
 *
 * Decides: which leads are named (the refused ones, five at most) and whose count is shown
 * (the first one named).
 * Must not know: libmilter, where the line goes.
 */
#include "mta_line.h"

#include <string.h>

static const char *or_none(const char *text)
{
    return text == NULL || text[0] == '\0' ? "none" : text;
}

/* A quoted local part may hold spaces; in a value they would look like the next key. */
static void add_word(struct fs_buf *line, const char *text)
{
    for (; *text != '\0'; text++) {
        char byte = *text == ' ' || *text == '\t' ? '?' : *text;
        (void)fs_buf_add(line, &byte, 1);
    }
}

static bool is_named(const struct fs_ruling *ruling, size_t index)
{
    const struct fs_ruling_recipient *recipient = &ruling->recipients[index];
    if (recipient->address == NULL || (ruling->refused_count > 0 && !recipient->refused))
        return false;
    for (size_t i = 0; i < index; i++) { /* two recipients that are one contact */
        const char *other = ruling->recipients[i].address;
        if (other != NULL && strcmp(other, recipient->address) == 0)
            return false;
    }
    return true;
}

/* Returns the first one named, NULL when there is none. */
static const struct fs_ruling_recipient *add_leads(struct fs_buf *line,
                                                   const struct fs_ruling *ruling)
{
    const struct fs_ruling_recipient *first = NULL;
    size_t named = 0;
    (void)fs_buf_printf(line, " lead=");
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        if (!is_named(ruling, i))
            continue;
        if (named++ >= MTA_LINE_LEADS_MAX)
            continue;
        if (first != NULL)
            (void)fs_buf_add(line, ",", 1);
        else
            first = &ruling->recipients[i];
        add_word(line, ruling->recipients[i].address);
    }
    if (named == 0)
        (void)fs_buf_printf(line, "none");
    else if (named > MTA_LINE_LEADS_MAX)
        (void)fs_buf_printf(line, ",+%zu", named - MTA_LINE_LEADS_MAX);
    return first;
}

void mta_line_outbound(struct fs_buf *line, const struct mta_course *course,
                       const struct fs_process *process, const struct fs_ruling *ruling)
{
    (void)fs_buf_printf(line, "direction=%s signal=%s process=%s",
                        mta_direction_name(course->direction), course->signal, process->name);
    const struct fs_ruling_recipient *first = add_leads(line, ruling);
    if (first != NULL)
        (void)fs_buf_printf(line, " unanswered=%d/%d state=%s", first->lead.unanswered,
                            first->limit, fs_state_name(first->lead.state));
    (void)fs_buf_printf(line, " verdict=%s disposition=%s", fs_verdict_name(ruling->verdict),
                        fs_disposition_name(ruling->disposition));
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        if (ruling->recipients[i].exempt_by == NULL)
            continue;
        (void)fs_buf_printf(line, " exempt=%s", ruling->recipients[i].exempt_by);
        break;
    }
    (void)fs_buf_printf(line, " mode=%s", fs_mode_name(ruling->mode));
    if (first != NULL)
        (void)fs_buf_printf(line, " rule=%s id=%s", fs_rule_name(first->rule),
                            or_none(first->event_id));
    if (ruling->recipient_count > 1)
        (void)fs_buf_printf(line, " recipients=%zu refused=%zu", ruling->recipient_count,
                            ruling->refused_count);
    if (ruling->off)
        (void)fs_buf_printf(line, " off=yes");
    if (ruling->deaf)
        (void)fs_buf_printf(line, " deaf=yes");
}

static void add_first_lead(struct fs_buf *line, const struct fs_hearing *hearing)
{
    const struct fs_hearing_lead *first = &hearing->leads[0];
    (void)fs_buf_printf(line, " process=%s lead=", first->process);
    add_word(line, first->contact);
    (void)fs_buf_printf(line, " from=%s to=%s rule=%s unanswered=%d", fs_state_name(first->from),
                        fs_state_name(first->to), fs_rule_name(first->rule), first->unanswered);
}

void mta_line_inbound(struct fs_buf *line, const struct mta_course *course,
                      const struct fs_facts *facts, const struct fs_hearing *hearing)
{
    (void)fs_buf_printf(line, "direction=%s signal=%s reason=%s class=%s class-rule=%s match=%s",
                        mta_direction_name(course->direction), course->signal, course->reason,
                        fs_mail_class_name(facts->class), or_none(facts->rule),
                        or_none(hearing->match));
    if (facts->auth != FS_AUTH_UNASKED)
        (void)fs_buf_printf(line, " auth=%s", fs_auth_name(facts->auth));
    if (hearing->own_mail)
        (void)fs_buf_printf(line, " own=yes");
    (void)fs_buf_printf(line, " leads=%zu", hearing->lead_count);
    if (hearing->lead_count > 0)
        add_first_lead(line, hearing);
    if (hearing->suppressed != NULL) {
        (void)fs_buf_printf(line, " suppressed=");
        add_word(line, hearing->suppressed);
    }
}

void mta_line_neither(struct fs_buf *line, const struct mta_course *course)
{
    (void)fs_buf_printf(line, "direction=%s signal=%s reason=%s process=none",
                        mta_direction_name(course->direction), course->signal, course->reason);
}

void mta_line_undecided(struct fs_buf *line, const struct mta_course *course, const char *action,
                        const char *why)
{
    (void)fs_buf_printf(line, "direction=%s signal=%s reason=%s verdict=undecided action=%s: %s",
                        mta_direction_name(course->direction), course->signal, course->reason,
                        action, why);
}
