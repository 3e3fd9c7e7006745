/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * outbox.c - the rows of what the world is still to be told.
 *
 * Decides: that rows of one target and lead keep their order, by letting those behind a row
 * that failed wait as long as it does. A row is new (in no index: the mail whose decision wrote
 * it waits for its commit), or it was put aside: it failed, or stands behind one that did. Of
 * one lead those that were put aside are in front of the new ones and are due together. Must
 * not know who is told, nor how long a wait is.
 */
#include <assert.h>
#include <sqlite3.h>

#include "store_sqlite.h"

/* next_at of what was put aside and is due. */
#define DUE_AT 1
/* A day and a tenth is the longest that anybody makes a row wait. */
#define WAIT_LONGEST_S (2 * 86400)

enum outbox_column {
    OUTBOX_ID = EVENT_COLUMNS,
    OUTBOX_TARGET,
    OUTBOX_TYPE,
    OUTBOX_LEAD_ID,
    OUTBOX_AT,
    OUTBOX_ATTEMPTS,
    OUTBOX_NEXT_AT,
    OUTBOX_DEAD,
    OUTBOX_LAST_ERROR,
    OUTBOX_RECIPIENT,
    OUTBOX_EVENTS,
    OUTBOX_REPEATS,
    OUTBOX_GATHERS,
    OUTBOX_SENDER,
    OUTBOX_IS_BEHIND,
};

enum fs_status fs_tx_outbox_add(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_ADD, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, row->target);
    bind_text(statement, 2, row->log);
    bind_int(statement, 3, row->seq);
    bind_text(statement, 4, row->type);
    bind_int(statement, 5, row->lead_id);
    bind_int(statement, 6, row->at);
    bind_text(statement, 7, row->recipient);
    bind_text(statement, 8, row->events);
    bind_int(statement, 9, row->repeats);
    tx->has_news = true;
    return statement_run(tx->connection, statement, err);
}

/* Runs a statement that knows only the row, and says how many it changed. */
static enum fs_status change(struct fs_store_tx *tx, enum statement which, int64_t id,
                             int64_t *out_rows, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return FS_AWAY;
    if (which != SQL_OUTBOX_RETRY_ALL)
        bind_int(statement, 1, id);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status == FS_OK)
        *out_rows = sqlite3_changes(tx->connection->db);
    return status;
}

static enum fs_status no_row(int64_t id, struct fs_error *err)
{
    return fs_error_set(err, FS_NOT_FOUND, "nothing in the outbox has the id %lld", (long long)id);
}

/* What stands behind it is due already: it was due itself. */
enum fs_status fs_tx_outbox_delivered(struct fs_store_tx *tx, int64_t id, struct fs_error *err)
{
    int64_t rows;
    return change(tx, SQL_OUTBOX_REMOVE, id, &rows, err);
}

enum fs_status fs_tx_outbox_drop(struct fs_store_tx *tx, int64_t id, struct fs_error *err)
{
    int64_t behind;
    int64_t rows = 0;
    enum fs_status status = change(tx, SQL_OUTBOX_RELEASE, id, &behind, err);
    if (status == FS_OK)
        status = change(tx, SQL_OUTBOX_REMOVE, id, &rows, err);
    return status == FS_OK && rows == 0 ? no_row(id, err) : status;
}

enum fs_status fs_tx_outbox_drop_some(struct fs_store_tx *tx, const char *target, int64_t limit,
                                      int64_t *out_rows, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_REMOVE_OF, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, target);
    bind_int(statement, 2, limit);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status == FS_OK)
        *out_rows = sqlite3_changes(tx->connection->db);
    return status;
}

enum fs_status fs_tx_outbox_failed(struct fs_store_tx *tx, int64_t id, int64_t next_at, bool dead,
                                   const char *error, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_FAILED, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, id);
    bind_int(statement, 2, dead ? 0 : next_at);
    bind_int(statement, 3, dead ? 1 : 0);
    bind_text(statement, 4, error);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    statement = statement_get(tx->connection, SQL_OUTBOX_PUSH, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, id);
    bind_int(statement, 2, dead ? DUE_AT : next_at);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_outbox_put_aside(struct fs_store_tx *tx, int64_t id, struct fs_error *err)
{
    int64_t rows;
    return change(tx, SQL_OUTBOX_ASIDE, id, &rows, err);
}

enum fs_status fs_tx_outbox_retry(struct fs_store_tx *tx, int64_t id, int64_t *out_rows,
                                  struct fs_error *err)
{
    int64_t others;
    if (id == 0)
        return change(tx, SQL_OUTBOX_RETRY_ALL, 0, out_rows, err);
    enum fs_status status = change(tx, SQL_OUTBOX_RETRY, id, out_rows, err);
    if (status == FS_OK && *out_rows == 0)
        return no_row(id, err);
    return status == FS_OK ? change(tx, SQL_OUTBOX_RETRY_LEAD, id, &others, err) : status;
}

/* Visits the rows of a statement that is bound. */
static enum fs_status visit_rows(struct fs_store_tx *tx, struct sqlite3_stmt *statement,
                                 fs_outbox_visit *visit, void *context, struct fs_error *err)
{
    enum fs_status status;
    while ((status = statement_step(tx->connection, statement, err)) == FS_OK) {
        struct fs_event event;
        status = event_read(statement, &event, err);
        int64_t next_at = column_int(statement, OUTBOX_NEXT_AT);
        struct fs_outbox_row row = {.id = column_int(statement, OUTBOX_ID),
                                    .target = column_text(statement, OUTBOX_TARGET),
                                    .log = event.log,
                                    .seq = event.seq,
                                    .type = column_text(statement, OUTBOX_TYPE),
                                    .lead_id = column_int(statement, OUTBOX_LEAD_ID),
                                    .at = column_int(statement, OUTBOX_AT),
                                    .attempts = column_int(statement, OUTBOX_ATTEMPTS),
                                    .next_at = next_at > DUE_AT ? next_at : 0,
                                    .is_new = next_at == 0,
                                    .is_behind = column_int(statement, OUTBOX_IS_BEHIND) != 0,
                                    .dead = column_int(statement, OUTBOX_DEAD) != 0,
                                    .last_error = column_text(statement, OUTBOX_LAST_ERROR),
                                    .recipient = column_text(statement, OUTBOX_RECIPIENT),
                                    .events = column_text(statement, OUTBOX_EVENTS),
                                    .repeats = column_int(statement, OUTBOX_REPEATS),
                                    .gathers = column_int(statement, OUTBOX_GATHERS) != 0,
                                    .sender = column_text(statement, OUTBOX_SENDER)};
        if (status == FS_OK)
            status = visit(context, &row, &event, err);
        if (status != FS_OK) {
            sqlite3_reset(statement);
            return status;
        }
    }
    return status == FS_NOT_FOUND ? FS_OK : status;
}

enum fs_status fs_tx_outbox(struct fs_store_tx *tx, const struct fs_outbox_filter *filter,
                            fs_outbox_visit *visit, void *context, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_ROWS, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, filter->target);
    bind_int(statement, 2, filter->id);
    bind_int(statement, 3, filter->after_id);
    bind_int(statement, 4, filter->dead_only);
    bind_int(statement, 5, filter->limit > 0 ? filter->limit : -1);
    return visit_rows(tx, statement, visit, context, err);
}

/* Whose next_at is within first and last. */
static enum fs_status visit_due(struct fs_store_tx *tx, const char *target, int64_t first,
                                int64_t last, int64_t limit, fs_outbox_visit *visit, void *context,
                                struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_DUE, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, target);
    bind_int(statement, 2, first);
    bind_int(statement, 3, last);
    bind_int(statement, 4, limit);
    return visit_rows(tx, statement, visit, context, err);
}

/* What waits longer than anything does failed while the clock was ahead. */
enum fs_status fs_tx_outbox_due(struct fs_store_tx *tx, const char *target, int64_t now,
                                int64_t limit, fs_outbox_visit *visit, void *context,
                                struct fs_error *err)
{
    enum fs_status status = visit_due(tx, target, 1, now, limit, visit, context, err);
    if (status != FS_OK)
        return status;
    return visit_due(tx, target, now + WAIT_LONGEST_S, INT64_MAX, limit, visit, context, err);
}

enum fs_status fs_tx_outbox_new(struct fs_store_tx *tx, const char *target, int64_t after_id,
                                int64_t limit, fs_outbox_visit *visit, void *context,
                                struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_NEW, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, target);
    bind_int(statement, 2, after_id);
    bind_int(statement, 3, limit);
    return visit_rows(tx, statement, visit, context, err);
}

enum fs_status fs_tx_outbox_last(struct fs_store_tx *tx, int64_t *out_id, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_LAST, err);
    if (statement == NULL)
        return FS_AWAY;
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    *out_id = column_int(statement, 0);
    sqlite3_reset(statement);
    return FS_OK;
}

enum fs_status fs_tx_outbox_counts(struct fs_store_tx *tx, fs_outbox_count_visit *visit,
                                   void *context, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_OUTBOX_COUNTS, err);
    if (statement == NULL)
        return FS_AWAY;
    enum fs_status status;
    while ((status = statement_step(tx->connection, statement, err)) == FS_OK) {
        struct fs_outbox_count count = {.target = column_text(statement, 0),
                                        .waiting = column_int(statement, 1),
                                        .dead = column_int(statement, 2),
                                        .oldest_at = column_int(statement, 3)};
        status = visit(context, &count, err);
        if (status != FS_OK) {
            sqlite3_reset(statement);
            return status;
        }
    }
    return status == FS_NOT_FOUND ? FS_OK : status;
}
