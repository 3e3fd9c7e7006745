/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - when somebody was last told of a lead by mail, who that is, and rows of the
 * outbox that gather what happens until they are told as one mail.
 *
 * Decides nothing but whether the time since the last notice is over. Must not know what a
 * notice says, nor how it is sent.
 */
#include <assert.h>
#include <sqlite3.h>

#include "store_sqlite.h"

/* A row of more seqs is joined no more; another one begins. */
#define EVENTS_MAX_B 60000

/* What is told once in a while: a kind, of a lead, to somebody. */
static struct sqlite3_stmt *bind_told(struct fs_store_tx *tx, enum statement which,
                                      const struct fs_outbox_row *row, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return NULL;
    bind_int(statement, 1, row->lead_id);
    bind_text(statement, 2, row->type);
    bind_text(statement, 3, row->recipient);
    return statement;
}

static enum fs_status put(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                          struct fs_error *err)
{
    struct sqlite3_stmt *statement = bind_told(tx, SQL_NOTICE_PUT, row, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 4, row->at);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_notice_take(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                 int64_t within_s, bool *out_due, int64_t *out_repeats,
                                 struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = bind_told(tx, SQL_NOTICE_GET, row, err);
    int64_t at = 0;
    int64_t repeats = 0;
    if (statement == NULL)
        return FS_AWAY;
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    bool is_known = status == FS_OK;
    if (is_known) {
        at = column_int(statement, 0);
        repeats = column_int(statement, 1);
        sqlite3_reset(statement);
    }
    *out_due = !is_known || row->at >= at + within_s;
    *out_repeats = repeats;
    return *out_due ? put(tx, row, err) : FS_OK;
}

/* ---- rows that gather ---- */

/* Which of those that are due. */
enum due { DUE_ALL, DUE_OF_DIGEST, DUE_BESIDE_DIGEST };

static struct sqlite3_stmt *bind_key(struct fs_store_tx *tx, enum statement which,
                                     const struct fs_outbox_row *row, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return NULL;
    bind_text(statement, 1, row->target);
    bind_text(statement, 2, row->recipient);
    bind_text(statement, 3, row->type);
    bind_text(statement, 4, row->sender);
    return statement;
}

static struct sqlite3_stmt *bind_row(struct fs_store_tx *tx, enum statement which,
                                     const struct fs_outbox_row *row, struct fs_error *err)
{
    struct sqlite3_stmt *statement = bind_key(tx, which, row, err);
    if (statement == NULL)
        return NULL;
    bind_text(statement, 5, row->log);
    bind_int(statement, 6, row->seq);
    bind_text(statement, 7, row->events);
    bind_int(statement, 8, row->repeats);
    bind_int(statement, 9, row->next_at);
    bind_int(statement, 10, row->at);
    return statement;
}

/* How many rows it changed. */
static enum fs_status run(struct fs_store_tx *tx, struct sqlite3_stmt *statement, int *out_rows,
                          struct fs_error *err)
{
    enum fs_status status = statement_run(tx->connection, statement, err);
    *out_rows = status == FS_OK ? sqlite3_changes(tx->connection->db) : 0;
    return status;
}

enum fs_status fs_tx_notice_add(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                int64_t longest_s, struct fs_error *err)
{
    assert(tx->writable);
    int rows;
    struct sqlite3_stmt *statement = bind_row(tx, SQL_NOTICE_JOIN, row, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 11, longest_s);
    bind_int(statement, 12, EVENTS_MAX_B);
    enum fs_status status = run(tx, statement, &rows, err);
    if (status != FS_OK || rows > 0)
        return status;
    statement = bind_row(tx, SQL_NOTICE_BEGIN, row, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 11, row->lead_id);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_notice_repeat(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                   struct fs_error *err)
{
    assert(tx->writable);
    int rows;
    struct sqlite3_stmt *statement = bind_key(tx, SQL_NOTICE_COUNT, row, err);
    if (statement == NULL)
        return FS_AWAY;
    enum fs_status status = run(tx, statement, &rows, err);
    if (status != FS_OK || rows > 0)
        return status;
    statement = bind_told(tx, SQL_NOTICE_HOLD, row, err);
    if (statement == NULL)
        return FS_AWAY;
    return statement_run(tx->connection, statement, err);
}

/* FS_NOT_FOUND: none is. */
static enum fs_status first_due(struct fs_store_tx *tx, const char *target, int64_t now,
                                enum due which, int64_t *out_id, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_NOTICES_DUE, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, target);
    bind_int(statement, 2, now);
    bind_int(statement, 3, which);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    *out_id = column_int(statement, 0);
    sqlite3_reset(statement);
    return FS_OK;
}

enum fs_status fs_tx_notices_due(struct fs_store_tx *tx, const char *target, int64_t now,
                                 bool as_digest, bool *out, struct fs_error *err)
{
    int64_t id;
    enum fs_status status =
        first_due(tx, target, now, as_digest ? DUE_OF_DIGEST : DUE_ALL, &id, err);
    if (status == FS_NOT_FOUND && as_digest)
        status = first_due(tx, target, now, DUE_BESIDE_DIGEST, &id, err);
    *out = status == FS_OK;
    return status == FS_NOT_FOUND ? FS_OK : status;
}

/* The row becomes a digest, and takes all others of its recipient with it. */
static enum fs_status make_digest(struct fs_store_tx *tx, int64_t id, int64_t now,
                                  struct fs_error *err)
{
    static const enum statement steps[] = {SQL_DIGEST_FILL, SQL_DIGEST_TAKE, SQL_DIGEST_CLOSE};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        struct sqlite3_stmt *statement = statement_get(tx->connection, steps[i], err);
        if (statement == NULL)
            return FS_AWAY;
        bind_int(statement, 1, id);
        bind_int(statement, 2, now);
        enum fs_status status = statement_run(tx->connection, statement, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

enum fs_status fs_tx_notices_close(struct fs_store_tx *tx, const char *target, int64_t now,
                                   bool as_digest, struct fs_error *err)
{
    assert(tx->writable);
    int64_t id;
    enum fs_status status = as_digest ? FS_OK : FS_NOT_FOUND;
    while (status == FS_OK) {
        status = first_due(tx, target, now, DUE_OF_DIGEST, &id, err);
        if (status == FS_OK)
            status = make_digest(tx, id, now, err);
    }
    if (status != FS_NOT_FOUND)
        return status;
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_NOTICES_CLOSE, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, target);
    bind_int(statement, 2, now);
    bind_int(statement, 3, as_digest ? DUE_BESIDE_DIGEST : DUE_ALL);
    return statement_run(tx->connection, statement, err);
}

/* ---- who wrote, and what happened ---- */

enum fs_status fs_tx_writer_put(struct fs_store_tx *tx, int64_t lead_id, const char *address,
                                struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_WRITER_PUT, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, lead_id);
    bind_text(statement, 2, address);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_writer_get(struct fs_store_tx *tx, struct fs_arena *arena, int64_t lead_id,
                                const char **out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_WRITER_GET, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, lead_id);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    const char *address = fs_arena_strdup(arena, column_text(statement, 0));
    sqlite3_reset(statement);
    if (address == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = address;
    return FS_OK;
}

static bool keep(struct fs_arena *arena, const char **text)
{
    const char *copy = fs_arena_strdup(arena, *text);
    bool ok = *text == NULL || copy != NULL;
    *text = copy;
    return ok;
}

enum fs_status fs_tx_event_get(struct fs_store_tx *tx, struct fs_arena *arena, const char *log,
                               int64_t seq, struct fs_event *out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENT_GET, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, log);
    bind_int(statement, 2, seq);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    struct fs_event event;
    status = event_read(statement, &event, err);
    bool ok =
        status != FS_OK ||
        (keep(arena, &event.log) && keep(arena, &event.process) && keep(arena, &event.contact) &&
         keep(arena, &event.actor) && keep(arena, &event.message_id) && keep(arena, &event.class) &&
         keep(arena, &event.class_rule) && keep(arena, &event.match) && keep(arena, &event.note));
    sqlite3_reset(statement);
    if (!ok)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    if (status == FS_OK)
        *out = event;
    return status;
}
