/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - when somebody was last told of a lead by mail, and who that is.
 *
 * Decides nothing but whether the time since the last notice is over. Must not know what a
 * notice says, nor how it is sent.
 */
#include <assert.h>
#include <sqlite3.h>

#include "store_sqlite.h"

static enum fs_status put(struct fs_store_tx *tx, int64_t lead_id, const char *kind, int64_t at,
                          int64_t repeats, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_NOTICE_PUT, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, lead_id);
    bind_text(statement, 2, kind);
    bind_int(statement, 3, at);
    bind_int(statement, 4, repeats);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_notice_take(struct fs_store_tx *tx, int64_t lead_id, const char *kind,
                                 int64_t now, int64_t within_s, bool *out_due, int64_t *out_repeats,
                                 struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_NOTICE_GET, err);
    int64_t at = 0;
    int64_t repeats = 0;
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, lead_id);
    bind_text(statement, 2, kind);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    bool is_known = status == FS_OK;
    if (is_known) {
        at = column_int(statement, 0);
        repeats = column_int(statement, 1);
        sqlite3_reset(statement);
    }
    bool is_due = !is_known || now >= at + within_s;
    status = put(tx, lead_id, kind, is_due ? now : at, is_due ? 0 : repeats + 1, err);
    if (status == FS_OK) {
        *out_due = is_due;
        *out_repeats = repeats;
    }
    return status;
}

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
