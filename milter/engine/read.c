/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * read.c - what people ask: leads, why, history, status.
 *
 * Writes nothing. Applies time to what it shows, so that nobody sees a state that the next
 * message would not find.
 */
#include <stdlib.h>
#include <string.h>

#include "engine_work.h"

struct view_read {
    struct fs_arena *arena;
    const struct fs_config *config;
    struct fs_lead_query query;
    int64_t now;
    struct fs_store_tx *tx;
    struct fs_lead_view *views;
    size_t count;
    size_t size;
};

/* An answer not long ago, or a date agreed on; an ended lead is not relevant. */
static bool is_relevant(const struct fs_config *config, const struct fs_lead *lead, int64_t now)
{
    if (lead->state == FS_STATE_ENDED || lead->state == FS_STATE_NONE)
        return false;
    if (lead->state == FS_STATE_PAUSED && lead->pause_reason == FS_PAUSE_NOT_NOW)
        return true;
    return lead->last_answer_at != 0 && now - lead->last_answer_at <= config->relevant_for_s;
}

static bool reason_matches(const struct fs_lead *lead, const char *reason)
{
    if (reason == NULL)
        return true;
    return (lead->state == FS_STATE_ENDED &&
            strcmp(fs_end_reason_name(lead->end_reason), reason) == 0) ||
           (lead->state == FS_STATE_PAUSED &&
            strcmp(fs_pause_reason_name(lead->pause_reason), reason) == 0);
}

static bool query_matches(const struct view_read *read, const struct fs_lead *lead)
{
    if (read->query.state != FS_STATE_NONE && lead->state != read->query.state)
        return false;
    return reason_matches(lead, read->query.reason);
}

static enum fs_status make_room(struct view_read *read, struct fs_error *err)
{
    struct fs_lead_view *views =
        fs_arena_grow(read->arena, read->views, read->count, &read->size, sizeof(*views));
    if (views == NULL)
        return no_memory(err);
    read->views = views;
    return FS_OK;
}

static enum fs_status fill_view(struct view_read *read, const struct fs_lead_row *row,
                                const struct fs_lead *lead, struct fs_lead_view *view,
                                struct fs_error *err)
{
    struct fs_rules rules = work_rules(read->config, row->process);
    enum fs_end_reason reason;
    enum fs_status status = fs_tx_suppressed(read->tx, row->contact, &reason, NULL, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    bool suppressed = status == FS_OK;
    struct fs_contact_limit limit;
    status = limit_read(read->tx, read->config, row->contact, read->now, &limit, err);
    if (status != FS_OK)
        return status;
    *view = (struct fs_lead_view){.process = fs_arena_strdup(read->arena, row->process),
                                  .contact = fs_arena_strdup(read->arena, row->contact),
                                  .sender = fs_arena_strdup(read->arena, row->sender),
                                  .account = fs_arena_strdup(read->arena, row->account),
                                  .lead = *lead,
                                  .limit = rules.unanswered,
                                  .relevant = is_relevant(read->config, lead, read->now),
                                  .suppressed = suppressed,
                                  .outlook = fs_lead_outlook(&rules, lead, suppressed, read->now),
                                  .contact_limit = limit,
                                  .process_known =
                                      fs_config_process_named(read->config, row->process) != NULL};
    limit_outlook(&limit, &view->outlook);
    bool ok = view->process != NULL && view->contact != NULL && view->sender != NULL &&
              view->account != NULL;
    return ok ? FS_OK : no_memory(err);
}

static enum fs_status visit_lead(void *context, const struct fs_lead_row *row, struct fs_error *err)
{
    struct view_read *read = context;
    struct fs_lead lead = row->lead;
    struct fs_lead_change changes[FS_LEAD_TIME_MAX];
    struct fs_rules rules = work_rules(read->config, row->process);
    fs_lead_apply_time(&rules, &lead, read->now, changes);
    if (!query_matches(read, &lead))
        return FS_OK;
    enum fs_status status = make_room(read, err);
    if (status == FS_OK)
        status = fill_view(read, row, &lead, &read->views[read->count], err);
    if (status == FS_OK)
        read->count++;
    return status;
}

static enum fs_status read_views(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct view_read *read = context;
    struct fs_lead_filter filter = {.process = read->query.process, .contact = read->query.contact};
    read->tx = tx;
    return fs_tx_leads(tx, &filter, visit_lead, read, err);
}

static int by_change(const void *a, const void *b)
{
    const struct fs_lead_view *one = a;
    const struct fs_lead_view *two = b;
    int64_t first = one->lead.changed_at > one->lead.last_touch_at ? one->lead.changed_at
                                                                   : one->lead.last_touch_at;
    int64_t second = two->lead.changed_at > two->lead.last_touch_at ? two->lead.changed_at
                                                                    : two->lead.last_touch_at;
    if (first != second)
        return first > second ? -1 : 1;
    return strcmp(one->contact, two->contact);
}

static void sort_views(struct view_read *read)
{
    if (read->count > 1)
        qsort(read->views, read->count, sizeof(*read->views), by_change);
    if (read->query.limit > 0 && read->count > (size_t)read->query.limit)
        read->count = (size_t)read->query.limit;
}

enum fs_status fs_engine_leads(struct fs_engine *engine, struct fs_arena *arena,
                               const struct fs_config *config, const struct fs_lead_query *query,
                               struct fs_lead_view **out, size_t *out_count, struct fs_error *err)
{
    struct view_read read = {
        .arena = arena, .config = config, .query = *query, .now = fs_clock_now(&engine->clock)};
    enum fs_status status = fs_store_read(engine->store, read_views, &read, err);
    if (status != FS_OK)
        return status;
    sort_views(&read);
    *out = read.views;
    *out_count = read.count;
    return FS_OK;
}

/* ---- history ---- */

struct event_read {
    struct fs_arena *arena;
    const char *address;
    const char *process;
    int64_t limit;
    struct fs_event *events;
    size_t count;
    size_t size;
};

static bool copy_event(struct fs_arena *arena, const struct fs_event *event, struct fs_event *out)
{
    const char *const from[] = {event->log,        event->process,    event->contact,
                                event->actor,      event->message_id, event->class,
                                event->class_rule, event->match,      event->note};
    const char *to[sizeof(from) / sizeof(from[0])];
    for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
        to[i] = fs_arena_strdup(arena, from[i]);
        if (from[i] != NULL && to[i] == NULL)
            return false;
    }
    *out = *event;
    out->log = to[0];
    out->process = to[1];
    out->contact = to[2];
    out->actor = to[3];
    out->message_id = to[4];
    out->class = to[5];
    out->class_rule = to[6];
    out->match = to[7];
    out->note = to[8];
    return true;
}

static enum fs_status visit_event(void *context, const struct fs_event *event, struct fs_error *err)
{
    struct event_read *read = context;
    struct fs_event *events =
        fs_arena_grow(read->arena, read->events, read->count, &read->size, sizeof(*events));
    if (events == NULL)
        return no_memory(err);
    read->events = events;
    if (!copy_event(read->arena, event, &read->events[read->count]))
        return no_memory(err);
    read->count++;
    return FS_OK;
}

static enum fs_status read_events(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct event_read *read = context;
    return fs_tx_events_of(tx, read->address, read->process, read->limit, visit_event, read, err);
}

enum fs_status fs_engine_history(struct fs_engine *engine, struct fs_arena *arena,
                                 const char *address, const char *process, int64_t limit,
                                 struct fs_event **out, size_t *out_count, struct fs_error *err)
{
    struct event_read read = {
        .arena = arena, .address = address, .process = process, .limit = limit};
    enum fs_status status = fs_store_read(engine->store, read_events, &read, err);
    if (status != FS_OK)
        return status;
    *out = read.events;
    *out_count = read.count;
    return FS_OK;
}

/* ---- why ---- */

struct why_read {
    struct view_read views;
    struct event_read events;
    enum fs_end_reason suppressed;
    int64_t suppressed_at;
};

static enum fs_status read_why(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct why_read *read = context;
    enum fs_status status = read_views(tx, &read->views, err);
    if (status == FS_OK)
        status = read_events(tx, &read->events, err);
    if (status != FS_OK)
        return status;
    status =
        fs_tx_suppressed(tx, read->events.address, &read->suppressed, &read->suppressed_at, err);
    return status == FS_NOT_FOUND ? FS_OK : status;
}

/* A touch that starts a cycle changes the state; one that is only counted does not. */
static bool is_change(const struct fs_event *event, const struct fs_lead *lead)
{
    return event->rule == lead->rule && event->at == lead->changed_at;
}

static void explain(const struct event_read *events, struct fs_explanation *out)
{
    for (size_t i = 0; i < events->count; i++) {
        const struct fs_event *event = &events->events[i];
        if (event->process == NULL || strcmp(event->process, out->view.process) != 0)
            continue;
        if (is_change(event, &out->view.lead) ||
            (out->change.seq == 0 && event->from != event->to)) {
            out->change = *event;
            out->refusal = (struct fs_event){.seq = 0};
            out->unproven = (struct fs_event){.seq = 0};
        }
        if (event->rule == FS_RULE_ANSWER_UNTHREADED || event->rule == FS_RULE_ANSWER_UNPROVEN)
            out->unproven = *event;
        if (event->kind == FS_EVENT_TOUCH && !fs_verdict_passes(event->verdict))
            out->refusal = *event;
    }
}

enum fs_status fs_engine_why(struct fs_engine *engine, struct fs_arena *arena,
                             const struct fs_config *config, const char *address,
                             const char *process, struct fs_explanation **out, size_t *out_count,
                             enum fs_end_reason *out_suppressed, int64_t *out_suppressed_at,
                             struct fs_error *err)
{
    struct why_read read = {.views = {.arena = arena,
                                      .config = config,
                                      .query = {.contact = address, .process = process},
                                      .now = fs_clock_now(&engine->clock)},
                            .events = {.arena = arena, .address = address, .process = process}};
    enum fs_status status = fs_store_read(engine->store, read_why, &read, err);
    if (status != FS_OK)
        return status;
    if (read.views.count == 0 && read.suppressed == FS_END_NONE)
        return fs_error_set(err, FS_NOT_FOUND, "%s is no lead%s%s", address,
                            process != NULL ? " in process " : "", process != NULL ? process : "");
    sort_views(&read.views);
    struct fs_explanation *result = fs_arena_alloc(arena, read.views.count, sizeof(*result));
    if (result == NULL)
        return no_memory(err);
    for (size_t i = 0; i < read.views.count; i++) {
        result[i].view = read.views.views[i];
        explain(&read.events, &result[i]);
    }
    *out = result;
    *out_count = read.views.count;
    *out_suppressed = read.suppressed;
    *out_suppressed_at = read.suppressed_at;
    return FS_OK;
}
