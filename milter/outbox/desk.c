/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * desk.c - what a person does with the outbox: look, try again, drop.
 *
 * Decides what is shown of a row. Must not know how it is printed.
 */
#include <stdlib.h>
#include <string.h>

#include "outbox_room.h"

#define ORDER_TIMEOUT_MS 5000

static enum fs_status no_memory(struct fs_error *err)
{
    return fs_error_set(err, FS_NOMEM, "out of memory");
}

/* ---- listing ---- */

struct listing {
    struct fs_arena *arena;
    struct fs_outbox_filter filter;
    struct fs_outbox_item *items;
    size_t count;
    size_t size;
};

static enum fs_status grow(struct listing *listing, struct fs_error *err)
{
    if (listing->count < listing->size)
        return FS_OK;
    size_t size = listing->size == 0 ? 32 : listing->size * 2;
    struct fs_outbox_item *more = fs_arena_alloc(listing->arena, size, sizeof(*more));
    if (more == NULL)
        return no_memory(err);
    if (listing->count > 0)
        memcpy(more, listing->items, listing->count * sizeof(*more));
    listing->items = more;
    listing->size = size;
    return FS_OK;
}

static enum fs_status add(void *context, const struct fs_outbox_row *row,
                          const struct fs_event *event, struct fs_error *err)
{
    struct listing *listing = context;
    struct fs_arena *arena = listing->arena;
    char webhook_id[OUTBOX_ID_SIZE_B];
    enum fs_status status = grow(listing, err);
    if (status != FS_OK)
        return status;
    char *body = body_of_event(row->type, event);
    outbox_row_id(row, event->at, webhook_id);
    struct fs_outbox_item item = {
        .id = row->id,
        .target = fs_arena_strdup(arena, row->target),
        .webhook_id = fs_arena_strdup(arena, webhook_id),
        .type = fs_arena_strdup(arena, row->type),
        .event_id = fs_arena_printf(arena, "%s-%lld", row->log, (long long)row->seq),
        .process = fs_arena_strdup(arena, event->process),
        .address = fs_arena_strdup(arena, event->contact),
        .at = row->at,
        .attempts = row->attempts,
        .next_at = row->next_at,
        .dead = row->dead,
        .last_error = fs_arena_strdup(arena, row->last_error),
        .body = fs_arena_strdup(arena, body)};
    free(body);
    if (item.target == NULL || item.webhook_id == NULL || item.type == NULL ||
        item.event_id == NULL || item.body == NULL)
        return no_memory(err);
    listing->items[listing->count++] = item;
    return FS_OK;
}

static enum fs_status read_rows(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct listing *listing = context;
    return fs_tx_outbox(tx, &listing->filter, add, listing, err);
}

enum fs_status fs_outbox_list(struct fs_store *store, struct fs_arena *arena, const char *target,
                              int64_t id, bool dead_only, int64_t limit,
                              struct fs_outbox_item **out, size_t *out_count, struct fs_error *err)
{
    struct listing listing = {
        .arena = arena,
        .filter = {.target = target, .id = id, .dead_only = dead_only, .limit = limit}};
    enum fs_status status = fs_store_read(store, read_rows, &listing, err);
    if (status != FS_OK)
        return status;
    if (id != 0 && listing.count == 0)
        return fs_error_set(err, FS_NOT_FOUND, "nothing in the outbox has the id %lld",
                            (long long)id);
    *out = listing.items;
    *out_count = listing.count;
    return FS_OK;
}

/* ---- changing ---- */

#define DROP_AT_ONCE 1000

struct order {
    int64_t id;
    bool drop;
    const char *target; /* not NULL: of it DROP_AT_ONCE are dropped; stands behind the order */
    int64_t rows;
};

static enum fs_status run_order(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct order *order = context;
    enum fs_status status;
    if (order->target != NULL)
        status = fs_tx_outbox_drop_some(tx, order->target, DROP_AT_ONCE, &order->rows, err);
    else if (order->drop)
        status = fs_tx_outbox_drop(tx, order->id, err);
    else
        status = fs_tx_outbox_retry(tx, order->id, &order->rows, err);
    return status == FS_OK ? orders_sign(tx, err) : status;
}

static enum fs_status give_order(struct fs_store *store, struct order given, int64_t *out_rows,
                                 struct fs_error *err)
{
    size_t target_b = given.target != NULL ? strlen(given.target) + 1 : 0;
    struct order *order = malloc(sizeof(*order) + target_b);
    if (order == NULL)
        return no_memory(err);
    *order = given;
    if (target_b > 0)
        order->target = memcpy(order + 1, given.target, target_b);
    struct fs_store_job job = {run_order, order, free};
    enum fs_status status = fs_store_write(store, &job, ORDER_TIMEOUT_MS, err);
    if (status == FS_OK && out_rows != NULL)
        *out_rows = order->rows;
    if (status != FS_UNKNOWN)
        free(order);
    return status;
}

enum fs_status fs_outbox_retry(struct fs_store *store, int64_t id, int64_t *out_rows,
                               struct fs_error *err)
{
    return give_order(store, (struct order){.id = id}, out_rows, err);
}

enum fs_status fs_outbox_drop(struct fs_store *store, int64_t id, struct fs_error *err)
{
    return give_order(store, (struct order){.id = id, .drop = true}, NULL, err);
}

enum fs_status fs_outbox_drop_all(struct fs_store *store, const char *target, int64_t *out_rows,
                                  struct fs_error *err)
{
    enum fs_status status = FS_OK;
    int64_t rows = DROP_AT_ONCE;
    *out_rows = 0;
    while (status == FS_OK && rows == DROP_AT_ONCE) {
        status = give_order(store, (struct order){.target = target}, &rows, err);
        *out_rows += status == FS_OK ? rows : 0;
    }
    if (status == FS_OK && *out_rows == 0)
        return fs_error_set(err, FS_NOT_FOUND, "nothing in the outbox is for \"%s\"", target);
    return status;
}

/* ---- the backlog ---- */

struct counting {
    struct fs_arena *arena;
    struct fs_outbox_backlog *rows;
    size_t count;
    size_t size;
};

static struct fs_outbox_backlog *row_of(struct counting *counting, const char *target)
{
    for (size_t i = 0; i < counting->count; i++) {
        if (strcmp(counting->rows[i].target, target) == 0)
            return &counting->rows[i];
    }
    return NULL;
}

static enum fs_status count_target(void *context, const struct fs_outbox_count *count,
                                   struct fs_error *err)
{
    struct counting *counting = context;
    struct fs_outbox_backlog *row = row_of(counting, count->target);
    if (row == NULL && counting->count < counting->size) {
        row = &counting->rows[counting->count];
        row->target = fs_arena_strdup(counting->arena, count->target);
        if (row->target == NULL)
            return no_memory(err);
        counting->count++;
    }
    if (row != NULL) {
        row->waiting = count->waiting;
        row->dead = count->dead;
        row->oldest_at = count->oldest_at;
    }
    return FS_OK;
}

static enum fs_status read_counts(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    return fs_tx_outbox_counts(tx, count_target, context, err);
}

enum fs_status fs_outbox_backlog(struct fs_store *store, struct fs_arena *arena,
                                 const struct fs_config *config, struct fs_outbox_backlog **out,
                                 size_t *out_count, struct fs_error *err)
{
    struct counting counting = {.arena = arena,
                                .size = 2 * (FS_CONFIG_WEBHOOKS_MAX + FS_CONFIG_PROCESSES_MAX)};
    counting.rows = fs_arena_alloc(arena, counting.size, sizeof(*counting.rows));
    if (counting.rows == NULL)
        return no_memory(err);
    for (; counting.count < config->webhook_count; counting.count++)
        counting.rows[counting.count] = (struct fs_outbox_backlog){
            .target = config->webhooks[counting.count].name, .configured = true};
    for (size_t i = 0; i < config->process_count; i++) {
        const struct fs_process *process = &config->processes[i];
        const char *target = fs_arena_printf(arena, FS_NOTICES_TARGET "%s", process->name);
        if (target == NULL)
            return no_memory(err);
        if (process->notices.is_on)
            counting.rows[counting.count++] =
                (struct fs_outbox_backlog){.target = target, .configured = true};
    }
    enum fs_status status = fs_store_read(store, read_counts, &counting, err);
    if (status != FS_OK)
        return status;
    *out = counting.rows;
    *out_count = counting.count;
    return FS_OK;
}
