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
    free(item->recipient);
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

struct loading {
    struct queue *queue;
    struct fs_outbox_filter filter;
    const struct fs_process *notices_of;
    struct fs_store_tx *tx;
};

static enum fs_status fill(const struct loading *loading, const struct fs_outbox_row *row,
                           const struct fs_event *event, struct item *item, struct fs_error *err)
{
    item->id = row->id;
    item->lead_id = row->lead_id;
    item->attempts = row->attempts;
    outbox_row_id(row, event->at, item->webhook_id);
    if (loading->notices_of == NULL) {
        item->body = body_of_event(row->type, event);
        return item->body != NULL ? FS_OK : fs_error_set(err, FS_NOMEM, "out of memory");
    }
    enum fs_status status = notice_body(loading->tx, loading->notices_of, row, event,
                                        item->webhook_id, &item->body, err);
    if (status == FS_OK)
        item->recipient = strdup(row->recipient);
    return status == FS_OK && item->recipient == NULL ? fs_error_set(err, FS_NOMEM, "out of memory")
                                                      : status;
}

static enum fs_status take(void *context, const struct fs_outbox_row *row,
                           const struct fs_event *event, struct fs_error *err)
{
    const struct loading *loading = context;
    struct queue *queue = loading->queue;
    if (queue->count == QUEUE_MAX || has(queue, row->id))
        return FS_OK;
    struct item *item = calloc(1, sizeof(*item));
    if (item == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = fill(loading, row, event, item, err);
    if (status != FS_OK) {
        item_free(item);
        return status;
    }
    queue->items[queue->count++] = item;
    queue->waiting++;
    return FS_OK;
}

static enum fs_status load(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct loading *loading = context;
    loading->tx = tx;
    return fs_tx_outbox(tx, &loading->filter, take, loading, err);
}

enum fs_status queue_load(struct queue *queue, struct fs_store *store, const char *target,
                          const struct fs_process *notices_of, int64_t now, struct fs_error *err)
{
    struct loading loading = {.queue = queue,
                              .filter = {.target = target, .due_at = now, .limit = QUEUE_MAX},
                              .notices_of = notices_of};
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
