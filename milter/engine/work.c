/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * work.c - what the scripts of the engine share: works with memory of their own, lists of
 * leads, events made from leads.
 *
 * Decides nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "engine_notice.h"
#include "engine_work.h"

enum fs_status no_memory(struct fs_error *err)
{
    return fs_error_set(err, FS_NOMEM, "out of memory");
}

void *work_new(size_t size_b, struct fs_engine *engine, const struct fs_config *config)
{
    struct work *work = calloc(1, size_b);
    if (work == NULL)
        return NULL;
    work->arena = fs_arena_new(0);
    if (work->arena == NULL) {
        free(work);
        return NULL;
    }
    pthread_mutex_lock(&engine->lock);
    config = config != NULL ? config : engine->config;
    work->config = config != NULL ? fs_config_ref(config) : NULL;
    pthread_mutex_unlock(&engine->lock);
    work->now = fs_clock_now(&engine->clock);
    return work;
}

void work_free(void *context)
{
    struct work *work = context;
    if (work == NULL)
        return;
    fs_arena_free(work->arena);
    fs_config_unref(work->config);
    free(work);
}

enum fs_status work_run(struct fs_engine *engine, fs_store_work *run, void *work,
                        struct fs_error *err)
{
    struct fs_store_job job = {run, work, work_free};
    enum fs_status status = fs_store_write(engine->store, &job, FS_ENGINE_TIMEOUT_MS, err);
    if (status != FS_OK && status != FS_UNKNOWN)
        work_free(work);
    return status;
}

static const char *copy(struct fs_arena *arena, const char *text, bool *ok)
{
    const char *result = fs_arena_strdup(arena, text);
    if (text != NULL && result == NULL)
        *ok = false;
    return result;
}

const char *const *work_copy_strings(struct fs_arena *arena, const char *const *strings,
                                     size_t count, bool *ok)
{
    const char **result = fs_arena_alloc(arena, count, sizeof(*result));
    if (result == NULL) {
        *ok = false;
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        result[i] = copy(arena, strings[i], ok);
    return result;
}

struct fs_facts work_copy_facts(struct fs_arena *arena, const struct fs_facts *facts, bool *ok)
{
    struct fs_facts result = *facts;
    result.message_id = copy(arena, facts->message_id, ok);
    result.in_reply_to = copy(arena, facts->in_reply_to, ok);
    result.references = work_copy_strings(arena, facts->references, facts->reference_count, ok);
    result.from = copy(arena, facts->from, ok);
    result.original_from = copy(arena, facts->original_from, ok);
    result.reply_to = copy(arena, facts->reply_to, ok);
    result.sender = copy(arena, facts->sender, ok);
    result.to = NULL;
    result.to_count = 0;
    result.key = copy(arena, facts->key, ok);
    result.rule = copy(arena, facts->rule, ok);
    result.hits = work_copy_strings(arena, facts->hits, facts->hit_count, ok);
    result.original_recipient = copy(arena, facts->original_recipient, ok);
    result.status = copy(arena, facts->status, ok);
    result.returned_ids =
        work_copy_strings(arena, facts->returned_ids, facts->returned_id_count, ok);
    return result;
}

struct fs_rules work_rules(const struct fs_config *config, const char *process)
{
    const struct fs_process *known = fs_config_process_named(config, process);
    if (known != NULL)
        return known->rules;
    struct fs_rules rules;
    fs_rules_defaults(&rules);
    return rules;
}

enum fs_disposition work_refusal(enum fs_mode mode)
{
    switch (mode) {
    case FS_MODE_OBSERVE:
        return FS_DISPOSITION_WOULD_REFUSE;
    case FS_MODE_FLAG:
        return FS_DISPOSITION_FLAGGED;
    case FS_MODE_HOLD:
        return FS_DISPOSITION_HELD;
    case FS_MODE_ENFORCE:
        break;
    }
    return FS_DISPOSITION_REFUSED;
}

bool lead_list_has(const struct lead_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].id == id)
            return true;
    }
    return false;
}

enum fs_status lead_list_add(void *context, const struct fs_lead_row *row, struct fs_error *err)
{
    struct lead_list *list = context;
    struct fs_lead_row *rows =
        fs_arena_grow(list->arena, list->rows, list->count, &list->size, sizeof(*rows));
    if (rows == NULL)
        return no_memory(err);
    list->rows = rows;
    bool ok = true;
    struct fs_lead_row *added = &list->rows[list->count];
    *added = *row;
    added->process = copy(list->arena, row->process, &ok);
    added->contact = copy(list->arena, row->contact, &ok);
    added->sender = copy(list->arena, row->sender, &ok);
    added->account = copy(list->arena, row->account, &ok);
    if (!ok)
        return no_memory(err);
    list->count++;
    return FS_OK;
}

static enum fs_status add_if_new(void *context, const struct fs_lead_row *row, struct fs_error *err)
{
    return lead_list_has(context, row->id) ? FS_OK : lead_list_add(context, row, err);
}

enum fs_status lead_list_add_contact(struct fs_store_tx *tx, struct lead_list *list,
                                     const char *contact, struct fs_error *err)
{
    struct fs_lead_filter filter = {.contact = contact};
    return fs_tx_leads(tx, &filter, add_if_new, list, err);
}

enum fs_status lead_list_add_account(struct fs_store_tx *tx, struct lead_list *list,
                                     const char *account, struct fs_error *err)
{
    struct fs_lead_filter filter = {.account = account};
    return fs_tx_leads(tx, &filter, add_if_new, list, err);
}

void event_from_lead(struct fs_event *event, const struct fs_lead_row *row, enum fs_state from)
{
    event->process = row->process;
    event->contact = row->contact;
    event->lead_id = row->id;
    event->from = from;
    event->to = row->lead.state;
    event->end_reason = row->lead.end_reason;
    event->pause_reason = row->lead.pause_reason;
    event->cycle = row->lead.cycle;
    event->unanswered = row->lead.unanswered;
    event->overrun = row->lead.overrun;
    event->until_at = row->lead.until_at;
}

enum fs_status write_event(struct fs_store_tx *tx, const struct fs_config *config,
                           struct fs_event *event, struct fs_error *err)
{
    enum fs_status status = fs_tx_event_add(tx, event, err);
    unsigned news = fs_event_news(event);
    for (size_t i = 0; config != NULL && i < config->webhook_count; i++) {
        const struct fs_webhook *webhook = &config->webhooks[i];
        for (int type = 0; type < FS_NEWS_COUNT && status == FS_OK; type++) {
            if ((news & webhook->events & (1u << type)) == 0)
                continue;
            struct fs_outbox_row row = {.target = webhook->name,
                                        .log = event->log,
                                        .seq = event->seq,
                                        .type = fs_news_name((enum fs_news)type),
                                        .lead_id = event->lead_id,
                                        .at = event->at};
            status = fs_tx_outbox_add(tx, &row, err);
        }
    }
    /* of touches outbound.c tells itself: it knows who sent them */
    bool is_news = event->kind == FS_EVENT_HEARD || event->kind == FS_EVENT_TIME;
    if (status == FS_OK && config != NULL && is_news)
        status = notice_event(tx, config, event, NULL, err);
    return status;
}

enum fs_status write_time(struct fs_store_tx *tx, const struct fs_config *config,
                          const struct fs_lead_row *row, const struct fs_lead_change *changes,
                          size_t count, struct fs_error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct fs_lead_row then = *row;
        then.lead = changes[i].after;
        struct fs_event event = {.at = changes[i].at,
                                 .kind = FS_EVENT_TIME,
                                 .rule = changes[i].rule,
                                 .decided_by = FS_BY_POLICY,
                                 .actor_uid = -1};
        event_from_lead(&event, &then, changes[i].from);
        enum fs_status status = write_event(tx, config, &event, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

const char *event_id(struct fs_arena *arena, const struct fs_event *event)
{
    if (event->seq == 0)
        return "";
    return fs_arena_printf(arena, "%s-%lld", event->log, (long long)event->seq);
}
