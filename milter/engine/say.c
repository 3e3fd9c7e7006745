/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * say.c - a person's or the CRM's decision about a contact: pause, end, resume, answered.
 *
 * Finds the lead that is meant, walks it through the table, records who said it and why.
 * What the table does not allow is refused with a sentence.
 */
#include <string.h>

#include "engine_say.h"

static bool is_objection(enum fs_end_reason reason)
{
    return reason == FS_END_OPTED_OUT || reason == FS_END_COMPLAINED;
}

bool say_concerns_address(const struct fs_saying *saying)
{
    return saying->what == FS_ON_END && is_objection(saying->end_reason);
}

static enum fs_status choose(struct fs_store_tx *tx, struct say_work *work, struct fs_error *err)
{
    const struct fs_saying *saying = &work->saying;
    struct fs_lead_filter filter = {.contact = saying->address,
                                    .process =
                                        say_concerns_address(saying) ? NULL : saying->process};
    enum fs_status status = fs_tx_leads(tx, &filter, lead_list_add, &work->leads, err);
    if (status != FS_OK)
        return status;
    for (size_t i = 1; i < work->leads.count && !say_concerns_address(saying); i++) {
        const char *first = work->leads.rows[0].process;
        const char *other = work->leads.rows[i].process;
        if (strcmp(first, other) != 0)
            return fs_error_set(err, FS_REFUSED,
                                "%s is a lead in several processes (%s, %s, ...); say which one "
                                "with --process NAME",
                                saying->address, first, other);
    }
    return FS_OK;
}

struct fs_lead_event say_event(const struct say_work *work)
{
    const struct fs_saying *saying = &work->saying;
    return (struct fs_lead_event){.what = saying->what,
                                  .now = work->work.now,
                                  .decided_by = work->decided_by,
                                  .suppressed = work->suppressed,
                                  .until_at = saying->until_at,
                                  .pause_reason = saying->pause_reason,
                                  .end_reason = saying->end_reason,
                                  .evidence = saying->evidence != NULL};
}

static enum fs_status write_said(struct fs_store_tx *tx, struct say_work *work,
                                 const struct fs_lead_row *row,
                                 const struct fs_lead_outcome *outcome, struct fs_error *err)
{
    const struct fs_saying *saying = &work->saying;
    const char *note = saying->note;
    if (saying->evidence != NULL) {
        note = fs_arena_printf(work->work.arena, "%s%sevidence: %s", note != NULL ? note : "",
                               note != NULL ? "; " : "", saying->evidence);
        if (note == NULL)
            return no_memory(err);
    }
    struct fs_event event = {.at = work->work.now,
                             .kind = FS_EVENT_SAID,
                             .what = saying->what,
                             .rule = outcome->rule,
                             .decided_by = work->decided_by,
                             .actor = saying->actor.name,
                             .actor_uid = saying->actor.uid,
                             .note = note};
    event_from_lead(&event, row, outcome->from);
    enum fs_status status = write_event(tx, work->work.config, &event, err);
    if (status == FS_OK && work->event_id == NULL) {
        work->event_id = event_id(work->work.arena, &event);
        status = work->event_id == NULL ? no_memory(err) : FS_OK;
    }
    return status;
}

static enum fs_status write_suppression(struct fs_store_tx *tx, const struct say_work *work,
                                        bool suppress, bool lift, struct fs_error *err)
{
    if (suppress)
        return fs_tx_suppress(tx, work->saying.address, work->saying.end_reason, work->work.now,
                              err);
    return lift ? fs_tx_unsuppress(tx, work->saying.address, err) : FS_OK;
}

enum fs_status say_to(struct fs_store_tx *tx, struct say_work *work, struct fs_lead_row *row,
                      struct fs_error *err)
{
    struct fs_rules rules = work_rules(work->work.config, row->process);
    struct fs_lead_event event = say_event(work);
    struct fs_lead_outcome outcome;
    fs_lead_step(&rules, &row->lead, &event, &outcome);
    if (outcome.impossible)
        return say_impossible(&work->saying, row, work->suppressed, work->work.now, err);
    enum fs_status status = fs_tx_lead_put(tx, row, err);
    if (status == FS_OK)
        status = write_time(tx, work->work.config, row, outcome.time, outcome.time_count, err);
    if (status == FS_OK)
        status = write_said(tx, work, row, &outcome, err);
    if (status == FS_OK)
        status = write_suppression(tx, work, outcome.suppress, outcome.lift, err);
    if (status == FS_OK && work->row.id == 0) {
        work->row = *row;
        work->outcome = outcome;
    }
    return status;
}

/* Nobody's lead: an objection is kept all the same, and can be lifted with evidence. */
enum fs_status say_without_lead(struct fs_store_tx *tx, struct say_work *work, struct fs_error *err)
{
    const struct fs_saying *saying = &work->saying;
    bool suppress = say_concerns_address(saying);
    bool lift = saying->what == FS_ON_RESUME && work->suppressed && saying->evidence != NULL;
    if (!suppress && !lift)
        return say_nobody(saying, work->suppressed, err);
    work->row.contact = saying->address;
    work->row.process = "";
    work->outcome.rule = suppress ? FS_RULE_SAID_END : FS_RULE_SAID_RESUME;
    enum fs_status status = write_said(tx, work, &work->row, &work->outcome, err);
    return status == FS_OK ? write_suppression(tx, work, suppress, lift, err) : status;
}

/* They object again after evidence had lifted it for another process: the leads here have
 * ended for it long ago, but the address must be suppressed once more. */
enum fs_status say_again(struct fs_store_tx *tx, struct say_work *work, struct fs_error *err)
{
    work->row = work->leads.rows[0];
    work->outcome =
        (struct fs_lead_outcome){.from = work->row.lead.state, .rule = FS_RULE_SAID_END};
    enum fs_status status = write_said(tx, work, &work->row, &work->outcome, err);
    return status == FS_OK ? write_suppression(tx, work, true, false, err) : status;
}

/* One of several leads that is past it already does not undo the others. */
static enum fs_status say_to_all(struct fs_store_tx *tx, struct say_work *work,
                                 struct fs_error *err)
{
    size_t refused = 0;
    for (size_t i = 0; i < work->leads.count; i++) {
        enum fs_status status = say_to(tx, work, &work->leads.rows[i], err);
        if (status == FS_REFUSED)
            refused++;
        else if (status != FS_OK)
            return status;
    }
    if (refused < work->leads.count)
        return FS_OK;
    return say_concerns_address(&work->saying) && !work->suppressed ? say_again(tx, work, err)
                                                                    : FS_REFUSED;
}

enum fs_status say_suppressed(struct fs_store_tx *tx, struct say_work *work,
                              enum fs_end_reason *reason, struct fs_error *err)
{
    *reason = FS_END_NONE;
    enum fs_status status = fs_tx_suppressed(tx, work->saying.address, reason, NULL, err);
    work->suppressed = status == FS_OK;
    return status == FS_NOT_FOUND ? FS_OK : status;
}

static enum fs_status run_say(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct say_work *work = context;
    enum fs_end_reason reason;
    enum fs_status status = say_suppressed(tx, work, &reason, err);
    if (status == FS_OK)
        status = choose(tx, work, err);
    if (status != FS_OK)
        return status;
    if (work->leads.count == 0)
        return say_without_lead(tx, work, err);
    return say_to_all(tx, work, err);
}

static bool copy_saying(struct say_work *work, const struct fs_saying *saying)
{
    struct fs_arena *arena = work->work.arena;
    work->saying = *saying;
    work->saying.config = work->work.config;
    work->saying.address = fs_arena_strdup(arena, saying->address);
    work->saying.process = fs_arena_strdup(arena, saying->process);
    work->saying.note = fs_arena_strdup(arena, saying->note);
    work->saying.evidence = fs_arena_strdup(arena, saying->evidence);
    work->saying.actor.name = fs_arena_strdup(arena, saying->actor.name);
    return work->saying.address != NULL && (saying->process == NULL || work->saying.process) &&
           (saying->note == NULL || work->saying.note) &&
           (saying->evidence == NULL || work->saying.evidence) &&
           (saying->actor.name == NULL || work->saying.actor.name);
}

enum fs_status fs_engine_say(struct fs_engine *engine, struct fs_arena *arena,
                             const struct fs_saying *saying, struct fs_hearing_lead *out,
                             const char **out_event_id, struct fs_error *err)
{
    struct say_work *work = work_new(sizeof(*work), engine, saying->config);
    if (work == NULL)
        return no_memory(err);
    work->leads.arena = work->work.arena;
    work->decided_by = FS_BY_PERSON;
    if (!copy_saying(work, saying)) {
        work_free(work);
        return no_memory(err);
    }
    enum fs_status status = work_run(engine, run_say, work, err);
    if (status != FS_OK)
        return status;
    struct fs_hearing_lead result = {.process = fs_arena_strdup(arena, work->row.process),
                                     .contact = fs_arena_strdup(arena, work->row.contact),
                                     .from = work->outcome.from,
                                     .to = work->row.lead.state,
                                     .rule = work->outcome.rule,
                                     .unanswered = work->row.lead.unanswered};
    const char *id = fs_arena_strdup(arena, work->event_id);
    work_free(work);
    if (result.process == NULL || result.contact == NULL || id == NULL)
        return no_memory(err);
    *out = result;
    *out_event_id = id;
    return FS_OK;
}
