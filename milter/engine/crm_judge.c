/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm_judge.c - what one line of a CRM means for the leads that are there.
 *
 * Decides which leads a line means, whether it is so already, and which fault an impossible one
 * has; the table in the lead room decides what is possible. Must not know where the line came
 * from.
 */
#include <assert.h>
#include <string.h>

#include "engine_crm.h"

static const enum fs_happening happenings[FS_STATE_COUNT] = {
    [FS_STATE_ACTIVE] = FS_ON_RESUME,
    [FS_STATE_REPLIED] = FS_ON_ANSWERED,
    [FS_STATE_PAUSED] = FS_ON_PAUSE,
    [FS_STATE_ENDED] = FS_ON_END,
};

static bool is_objection(enum fs_end_reason reason)
{
    return reason == FS_END_OPTED_OUT || reason == FS_END_COMPLAINED;
}

static enum fs_status judged(struct fs_crm_verdict *out, enum fs_crm_outcome outcome)
{
    *out = (struct fs_crm_verdict){outcome, FS_CRM_LINE, FS_CRM_FAULT_NONE};
    return FS_OK;
}

static enum fs_status bad(struct fs_crm_verdict *out, enum fs_crm_field field,
                          enum fs_crm_fault fault)
{
    *out = (struct fs_crm_verdict){FS_CRM_BAD, field, fault};
    return FS_OK;
}

/* ---- what there is ---- */

static enum fs_status load(struct fs_store_tx *tx, struct crm_work *work, struct fs_error *err)
{
    struct fs_arena *arena = work->say.work.arena;
    struct lead_list *list = &work->say.leads;
    struct fs_lead_filter filter = {.contact = work->line->address};
    enum fs_status status = say_suppressed(tx, &work->say, &work->suppressed, err);
    if (status == FS_OK)
        status = fs_tx_leads(tx, &filter, lead_list_add, list, err);
    if (status != FS_OK)
        return status;
    work->means = fs_arena_alloc(arena, list->count + 1, sizeof(*work->means));
    work->leads = fs_arena_alloc(arena, list->count + 1, sizeof(*work->leads));
    if (work->means == NULL || work->leads == NULL)
        return no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        const struct fs_lead_row *row = &list->rows[i];
        struct fs_rules rules = work_rules(work->say.work.config, row->process);
        struct fs_lead_change changes[FS_LEAD_TIME_MAX];
        work->leads[i] = row->lead;
        fs_lead_apply_time(&rules, &work->leads[i], work->say.work.now, changes);
        work->means[i] =
            (work->line->process == NULL || strcmp(work->line->process, row->process) == 0) &&
            (work->line->sender == NULL || strcmp(work->line->sender, row->sender) == 0);
    }
    return FS_OK;
}

static size_t meant(const struct crm_work *work)
{
    size_t count = 0;
    for (size_t i = 0; i < work->say.leads.count; i++)
        count += work->means[i] ? 1 : 0;
    return count;
}

static bool means_several_processes(const struct crm_work *work)
{
    const char *first = NULL;
    for (size_t i = 0; i < work->say.leads.count; i++) {
        const char *process = work->say.leads.rows[i].process;
        if (!work->means[i])
            continue;
        if (first != NULL && strcmp(first, process) != 0)
            return true;
        first = process;
    }
    return false;
}

/* ---- what is so already ---- */

static bool is_so(const struct fs_crm_line *line, const struct fs_lead *lead)
{
    if (lead->state != line->state)
        return false;
    if (lead->state == FS_STATE_PAUSED)
        return lead->pause_reason == line->pause_reason && lead->until_at == line->until_at;
    if (lead->state != FS_STATE_ENDED)
        return true;
    /* who has complained has objected */
    return lead->end_reason == line->end_reason ||
           (lead->end_reason == FS_END_COMPLAINED && line->end_reason == FS_END_OPTED_OUT);
}

static bool all_are_so(const struct crm_work *work)
{
    for (size_t i = 0; i < work->say.leads.count; i++)
        if (work->means[i] && !is_so(work->line, &work->leads[i]))
            return false;
    return true;
}

static bool is_suppressed_so(const struct crm_work *work)
{
    return work->suppressed == work->line->end_reason || work->suppressed == FS_END_COMPLAINED;
}

/* ---- what is possible ---- */

static enum fs_crm_fault impossible(const struct crm_work *work, const struct fs_lead *lead,
                                    enum fs_crm_field *field)
{
    *field = FS_CRM_STATE;
    switch (work->line->state) {
    case FS_STATE_ENDED:
        *field = FS_CRM_REASON;
        return FS_CRM_FAULT_STRONGER;
    case FS_STATE_PAUSED:
        if (work->suppressed == FS_END_NONE && lead->state != FS_STATE_ENDED)
            *field = FS_CRM_UNTIL;
        if (*field == FS_CRM_UNTIL)
            return FS_CRM_FAULT_PAST;
        break;
    case FS_STATE_ACTIVE:
    case FS_STATE_REPLIED:
    case FS_STATE_NONE:
        break;
    }
    if (work->suppressed != FS_END_NONE || is_objection(lead->end_reason))
        return FS_CRM_FAULT_OBJECTED;
    if (work->line->state == FS_STATE_PAUSED)
        return FS_CRM_FAULT_ENDED_PAUSE;
    return work->line->state == FS_STATE_REPLIED ? FS_CRM_FAULT_ENDED_ANSWER
                                                 : FS_CRM_FAULT_IN_CONVERSATION;
}

static bool needs_why(const struct crm_work *work, const struct fs_lead *lead)
{
    return work->line->state == FS_STATE_ACTIVE && work->line->note == NULL &&
           (lead->state == FS_STATE_PAUSED || lead->state == FS_STATE_ENDED);
}

/* FS_CRM_FAULT_NONE: the table allows it. */
static enum fs_crm_fault fault_of(const struct crm_work *work, size_t index,
                                  enum fs_crm_field *field)
{
    const struct fs_lead_row *row = &work->say.leads.rows[index];
    struct fs_rules rules = work_rules(work->say.work.config, row->process);
    struct fs_lead_event event = say_event(&work->say);
    struct fs_lead_outcome outcome;
    struct fs_lead lead = work->leads[index];
    /* an objection counts, however old the list */
    if (!say_concerns_address(&work->say.saying) && work->line->changed_at != 0 &&
        lead.changed_at > work->line->changed_at) {
        *field = FS_CRM_CHANGED;
        return FS_CRM_FAULT_STALE;
    }
    fs_lead_step(&rules, &lead, &event, &outcome);
    if (outcome.impossible)
        return impossible(work, &work->leads[index], field);
    if (needs_why(work, &work->leads[index])) {
        *field = FS_CRM_NOTE;
        return FS_CRM_FAULT_NO_WHY;
    }
    return FS_CRM_FAULT_NONE;
}

/* One of several leads for which it is impossible does not undo the others. */
static enum fs_status judge_leads(const struct crm_work *work, struct fs_crm_verdict *out)
{
    enum fs_crm_fault first = FS_CRM_FAULT_NONE;
    enum fs_crm_field first_field = FS_CRM_LINE;
    for (size_t i = 0; i < work->say.leads.count; i++) {
        enum fs_crm_field field = FS_CRM_LINE;
        if (!work->means[i] || is_so(work->line, &work->leads[i]))
            continue;
        enum fs_crm_fault fault = fault_of(work, i, &field);
        if (fault == FS_CRM_FAULT_NONE)
            return judged(out, FS_CRM_CHANGES);
        if (first == FS_CRM_FAULT_NONE) {
            first = fault;
            first_field = field;
        }
    }
    return bad(out, first_field, first);
}

/* An objection concerns the address: all its leads, and the suppression. A line that names a
 * process whose lead has ended by it says nothing new; they may have agreed elsewhere since. */
static enum fs_status judge_objection(struct crm_work *work, struct fs_crm_verdict *out)
{
    bool names_lead = meant(work) > 0 && work->line->process != NULL;
    if (names_lead && all_are_so(work))
        return judged(out, FS_CRM_UNCHANGED);
    for (size_t i = 0; i < work->say.leads.count; i++)
        work->means[i] = true;
    if (all_are_so(work))
        return judged(out, is_suppressed_so(work) ? FS_CRM_UNCHANGED : FS_CRM_CHANGES);
    return judge_leads(work, out);
}

enum fs_status crm_judge(struct fs_store_tx *tx, struct crm_work *work, struct fs_crm_verdict *out,
                         struct fs_error *err)
{
    const struct fs_crm_line *line = work->line;
    enum fs_status status = load(tx, work, err);
    if (status != FS_OK)
        return status;
    if (say_concerns_address(&work->say.saying))
        return judge_objection(work, out);
    if (meant(work) == 0 && line->process != NULL &&
        fs_config_process_named(work->say.work.config, line->process) == NULL)
        return bad(out, FS_CRM_PROCESS, FS_CRM_FAULT_PROCESS);
    if (meant(work) == 0)
        return bad(out, FS_CRM_ADDRESS, FS_CRM_FAULT_NO_LEAD);
    if (means_several_processes(work))
        return bad(out, FS_CRM_PROCESS, FS_CRM_FAULT_SEVERAL);
    if (all_are_so(work))
        return judged(out, FS_CRM_UNCHANGED);
    return judge_leads(work, out);
}

enum fs_status crm_apply(struct fs_store_tx *tx, struct crm_work *work, struct fs_error *err)
{
    struct say_work *say = &work->say;
    size_t told = 0;
    if (say->leads.count == 0)
        return say_without_lead(tx, say, err);
    for (size_t i = 0; i < say->leads.count; i++) {
        enum fs_crm_field field;
        if (!work->means[i] || is_so(work->line, &work->leads[i]) ||
            fault_of(work, i, &field) != FS_CRM_FAULT_NONE)
            continue;
        enum fs_status status = say_to(tx, say, &say->leads.rows[i], err);
        if (status != FS_OK)
            return status;
        told++;
    }
    /* all have ended by the objection already, but the address is not suppressed */
    assert(told > 0 || say_concerns_address(&say->saying));
    return told == 0 ? say_again(tx, say, err) : FS_OK;
}

void crm_begin(struct crm_work *work, const struct work *frame, const struct fs_crm_line *line,
               const struct fs_actor *actor)
{
    *work = (struct crm_work){.line = line};
    work->say.work = *frame;
    work->say.leads.arena = frame->arena;
    work->say.decided_by = FS_BY_CRM;
    work->say.saying = (struct fs_saying){.config = frame->config,
                                          .what = happenings[line->state],
                                          .address = line->address,
                                          .process = line->process,
                                          .pause_reason = line->pause_reason,
                                          .end_reason = line->end_reason,
                                          .until_at = line->until_at,
                                          .note = line->note,
                                          .actor = *actor};
}
