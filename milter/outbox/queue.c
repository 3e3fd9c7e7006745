/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * queue.c - the rows of one target that are in memory, and which of them may go next.
 *
 * Decides the order: of each lead one at a time, ids ascending. Must not know HTTP, nor what
 * a failure is.
 */
#include <stdlib.h>
#include <string.h>

#include "outbox_room.h"

static void item_free(struct item *item)
{
    free(item->body);
    free(item);
}

void queue_clear(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        item_free(queue->items[i]);
    queue->count = queue->waiting = 0;
}

static void sweep_out(struct queue *queue)
{
    size_t kept = 0;
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->items[i]->state == ITEM_DONE)
            item_free(queue->items[i]);
        else
            queue->items[kept++] = queue->items[i];
    }
    queue->count = kept;
}

static bool has(const struct queue *queue, int64_t id)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->items[i]->id == id)
            return true;
    }
    return false;
}

static enum fs_status take(void *context, const struct fs_outbox_row *row,
                           const struct fs_event *event, struct fs_error *err)
{
    struct queue *queue = context;
    if (queue->count == QUEUE_MAX || has(queue, row->id))
        return FS_OK;
    struct item *item = calloc(1, sizeof(*item));
    if (item != NULL)
        item->body = body_of_event(row->type, event);
    if (item == NULL || item->body == NULL) {
        free(item);
        return fs_error_set(err, FS_NOMEM, "out of memory");
    }
    item->id = row->id;
    item->lead_id = row->lead_id;
    item->attempts = row->attempts;
    outbox_id(row->log, row->seq, event->at, row->type, item->webhook_id);
    queue->items[queue->count++] = item;
    queue->waiting++;
    return FS_OK;
}

struct loading {
    struct queue *queue;
    struct fs_outbox_filter filter;
};

static enum fs_status load(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct loading *loading = context;
    return fs_tx_outbox(tx, &loading->filter, take, loading->queue, err);
}

enum fs_status queue_load(struct queue *queue, struct fs_store *store, const char *target,
                          int64_t now, struct fs_error *err)
{
    struct loading loading = {queue, {.target = target, .due_at = now, .limit = QUEUE_MAX}};
    sweep_out(queue);
    return fs_store_read(store, load, &loading, err);
}

static bool is_behind(const struct queue *queue, size_t at)
{
    const struct item *item = queue->items[at];
    for (size_t i = 0; i < at; i++) {
        if (queue->items[i]->lead_id == item->lead_id && queue->items[i]->state != ITEM_DONE)
            return true;
    }
    return false;
}

struct item *queue_next(struct queue *queue)
{
    for (size_t i = 0; queue->waiting > 0 && i < queue->count; i++) {
        struct item *item = queue->items[i];
        if (item->state != ITEM_WAITING || is_behind(queue, i))
            continue;
        item->state = ITEM_SENDING;
        queue->waiting--;
        return item;
    }
    return NULL;
}

void queue_finish(struct queue *queue, struct item *item, bool failed)
{
    item->state = ITEM_DONE;
    for (size_t i = 0; failed && i < queue->count; i++) {
        struct item *other = queue->items[i];
        if (other->state == ITEM_WAITING && other->lead_id == item->lead_id) {
            other->state = ITEM_DONE;
            queue->waiting--;
        }
    }
}
