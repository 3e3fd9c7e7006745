/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * queue.c - the rows of one target that are in memory, and which of them may go next.
 *
 * Decides the order: of each lead one at a time, ids ascending. New rows are read once, from
 * after_id on; those behind a row that failed are put aside in the store, which gives them
 * back when they are due. Must not know HTTP, nor what a failure is.
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
        if (queue->items[i]->id == id && queue->items[i]->file == queue->file)
            return true;
    }
    return false;
}

struct loading {
    struct queue *queue;
    const char *target;
    int64_t now;
    const struct fs_process *notices_of;
    struct fs_store_tx *tx;
    int64_t after_id;
    size_t seen; /* new rows */
    struct aside *aside;
};
/* Rows that are behind others, and rows that this version cannot tell (a kind of a later one):
 * written in a transaction of their own. */
struct aside {
    uint64_t file;
    size_t count;
    int64_t ids[QUEUE_MAX];
    size_t untold_count;
    int64_t untold[QUEUE_MAX];
};

static enum fs_status fill(const struct loading *loading, const struct fs_outbox_row *row,
                           const struct fs_event *event, struct item *item, struct fs_error *err)
{
    item->id = row->id;
    item->file = loading->queue->file;
    item->lead_id = row->lead_id;
    item->attempts = row->attempts;
    item->is_new = row->is_new;
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
    if (status != FS_OK)
        item_free(item);
    if (status == FS_CORRUPT && loading->aside->untold_count < QUEUE_MAX) {
        loading->aside->untold[loading->aside->untold_count++] = row->id;
        return FS_OK;
    }
    if (status != FS_OK)
        return status;
    queue->items[queue->count++] = item;
    queue->waiting++;
    return FS_OK;
}

static enum fs_status take_new(void *context, const struct fs_outbox_row *row,
                               const struct fs_event *event, struct fs_error *err)
{
    struct loading *loading = context;
    enum fs_status status = FS_OK;
    if (row->is_behind)
        loading->aside->ids[loading->aside->count++] = row->id;
    else
        status = take(context, row, event, err);
    if (status == FS_OK) {
        loading->after_id = row->id;
        loading->seen++;
    }
    return status;
}

static enum fs_status load(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct loading *loading = context;
    struct queue *queue = loading->queue;
    loading->tx = tx;
    if (queue->file != fs_tx_file(tx)) /* its rows begin anew */
        queue->after_id = loading->after_id = 0;
    queue->file = loading->aside->file = fs_tx_file(tx);
    enum fs_status status = fs_tx_outbox_due(
        tx, loading->target, loading->now, (int64_t)(QUEUE_MAX - queue->count), take, loading, err);
    size_t room = QUEUE_MAX - queue->count;
    if (status == FS_OK && room > 0)
        status = fs_tx_outbox_new(tx, loading->target, queue->after_id, (int64_t)room, take_new,
                                  loading, err);
    /* all there are: the next look begins where this one ended, whosever rows stand there */
    queue->has_all = status == FS_OK && loading->seen < room;
    return queue->has_all ? fs_tx_outbox_last(tx, &loading->after_id, err) : status;
}

static enum fs_status write_aside(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct aside *aside = context;
    enum fs_status status = FS_OK;
    if (aside->file != fs_tx_file(tx))
        return fs_error_set(err, FS_AWAY, "another store was put in its place");
    for (size_t i = 0; i < aside->count && status == FS_OK; i++)
        status = fs_tx_outbox_put_aside(tx, aside->ids[i], err);
    for (size_t i = 0; i < aside->untold_count && status == FS_OK; i++)
        status = fs_tx_outbox_failed(tx, aside->untold[i], 0, true,
                                     "this version of fullstop cannot tell it", err);
    return status;
}

enum fs_status queue_load(struct queue *queue, struct fs_store *store, const char *target,
                          const struct fs_process *notices_of, int64_t now, struct fs_error *err)
{
    struct loading loading = {.queue = queue,
                              .target = target,
                              .now = now,
                              .notices_of = notices_of,
                              .after_id = queue->after_id,
                              .aside = calloc(1, sizeof(*loading.aside))};
    if (loading.aside == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    sweep_out(queue);
    enum fs_status status = fs_store_read(store, load, &loading, err);
    if (status == FS_OK && loading.aside->count + loading.aside->untold_count > 0) {
        struct fs_store_job job = {write_aside, loading.aside, free};
        status = fs_store_write(store, &job, MARKS_TIMEOUT_MS, err);
    }
    if (status != FS_UNKNOWN) /* else it is the store's, and the rows are looked at again */
        free(loading.aside);
    if (status == FS_OK)
        queue->after_id = loading.after_id;
    return status;
}

/* Of notices, those for one person: a mailbox that is gone keeps nobody else from theirs. */
static bool is_in_line(const struct item *a, const struct item *b)
{
    bool has_persons = a->recipient != NULL && b->recipient != NULL;
    return a->lead_id == b->lead_id && (!has_persons || strcmp(a->recipient, b->recipient) == 0);
}

static bool is_behind(const struct queue *queue, size_t at)
{
    const struct item *item = queue->items[at];
    for (size_t i = 0; i < at; i++) {
        if (is_in_line(queue->items[i], item) && queue->items[i]->state != ITEM_DONE)
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

static void leave(struct queue *queue, struct item *item)
{
    if (item->state == ITEM_WAITING)
        queue->waiting--;
    item->state = ITEM_DONE;
    if (item->is_new && item->id <= queue->after_id)
        queue->after_id = item->id - 1; /* it is looked at again */
}

void queue_forget(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->items[i]->state == ITEM_WAITING)
            leave(queue, queue->items[i]);
    }
    queue->has_all = false;
}

void queue_finish(struct queue *queue, struct item *item, bool failed)
{
    item->state = ITEM_DONE;
    for (size_t i = 0; failed && i < queue->count; i++) {
        struct item *other = queue->items[i];
        if (is_in_line(other, item) && (other == item || other->state == ITEM_WAITING))
            leave(queue, other);
    }
}
