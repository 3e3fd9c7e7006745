/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * touches.c - what we sent and what we heard, for as long as it can matter.
 *
 * Decides nothing.
 */
#include <assert.h>
#include <sqlite3.h>

#include "store_sqlite.h"

static enum fs_status read_row(struct sqlite3_stmt *row, struct fs_touch_row *out,
                               struct fs_error *err)
{
    struct fs_touch_row touch = {.id = column_int(row, 0),
                                 .lead_id = column_int(row, 1),
                                 .process = column_text(row, 2),
                                 .contact = column_text(row, 3),
                                 .sender = column_text(row, 4),
                                 .key = column_text(row, 5),
                                 .message_id = column_text(row, 6),
                                 .at = column_int(row, 7),
                                 .cycle = (int)column_int(row, 12),
                                 .event_seq = column_int(row, 13),
                                 .repeats = column_int(row, 14)};
    if (!fs_touch_kind_parse(column_text(row, 8), &touch.kind) ||
        !fs_verdict_parse(column_text(row, 9), &touch.verdict) ||
        !fs_disposition_parse(column_text(row, 10), &touch.disposition) ||
        !fs_touch_effect_parse(column_text(row, 11), &touch.effect))
        return unknown_word(err, "touch", touch.id, column_text(row, 9));
    *out = touch;
    return FS_OK;
}

enum fs_status fs_tx_touch_find(struct fs_store_tx *tx, struct fs_arena *arena, const char *process,
                                const char *contact, const char *sender, const char *key,
                                int64_t since_at, struct fs_touch_row *out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_TOUCH_FIND, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, contact);
    bind_text(statement, 2, process);
    bind_text(statement, 3, sender);
    bind_text(statement, 4, key);
    bind_int(statement, 5, since_at);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    struct fs_touch_row row;
    status = read_row(statement, &row, err);
    if (status == FS_OK) {
        bool has_id = row.message_id != NULL;
        row.process = fs_arena_strdup(arena, row.process);
        row.contact = fs_arena_strdup(arena, row.contact);
        row.sender = fs_arena_strdup(arena, row.sender);
        row.key = fs_arena_strdup(arena, row.key);
        row.message_id = fs_arena_strdup(arena, row.message_id);
        if (row.process == NULL || row.contact == NULL || row.sender == NULL || row.key == NULL ||
            (has_id && row.message_id == NULL))
            status = fs_error_set(err, FS_NOMEM, "out of memory");
    }
    sqlite3_reset(statement);
    if (status == FS_OK)
        *out = row;
    return status;
}

enum fs_status fs_tx_touch_put(struct fs_store_tx *tx, struct fs_touch_row *row,
                               struct fs_error *err)
{
    assert(tx->writable);
    enum statement which = row->id == 0 ? SQL_TOUCH_PUT : SQL_TOUCH_UPDATE;
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, row->lead_id);
    bind_text(statement, 2, row->process);
    bind_text(statement, 3, row->contact);
    bind_text(statement, 4, row->sender);
    bind_text(statement, 5, row->key);
    bind_text(statement, 6, row->message_id);
    bind_int(statement, 7, row->at);
    bind_text(statement, 8, fs_touch_kind_name(row->kind));
    bind_text(statement, 9, fs_verdict_name(row->verdict));
    bind_text(statement, 10, fs_disposition_name(row->disposition));
    bind_text(statement, 11, fs_touch_effect_name(row->effect));
    bind_int(statement, 12, row->cycle);
    bind_int(statement, 13, row->event_seq);
    bind_int(statement, 14, row->repeats);
    if (row->id != 0)
        bind_int(statement, 15, row->id);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status == FS_OK && row->id == 0)
        row->id = sqlite3_last_insert_rowid(tx->connection->db);
    return status;
}

struct visitor {
    fs_touch_visit *visit;
    void *context;
};

static enum fs_status visit_row(struct sqlite3_stmt *statement, void *context, struct fs_error *err)
{
    const struct visitor *visitor = context;
    struct fs_touch_row row;
    enum fs_status status = read_row(statement, &row, err);
    return status == FS_OK ? visitor->visit(visitor->context, &row, err) : status;
}

static enum fs_status visit_all(struct fs_store_tx *tx, struct sqlite3_stmt *statement,
                                fs_touch_visit *visit, void *context, struct fs_error *err)
{
    struct visitor visitor = {visit, context};
    return statement_each(tx->connection, statement, visit_row, &visitor, err);
}

enum fs_status fs_tx_touches_by_message_id(struct fs_store_tx *tx, const char *message_id,
                                           fs_touch_visit *visit, void *context,
                                           struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_TOUCHES_BY_ID, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, message_id);
    return visit_all(tx, statement, visit, context, err);
}

enum fs_status fs_tx_touches_of(struct fs_store_tx *tx, const char *contact, int64_t since_at,
                                fs_touch_visit *visit, void *context, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_TOUCHES_OF, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, contact);
    bind_int(statement, 2, since_at);
    return visit_all(tx, statement, visit, context, err);
}

enum fs_status fs_tx_touches_sent(struct fs_store_tx *tx, const char *contact, int64_t since_at,
                                  int most, int *out_count, int64_t *out_oldest_at,
                                  struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_TOUCHES_SENT, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, contact);
    bind_int(statement, 2, since_at);
    bind_int(statement, 3, most);
    int count = 0;
    int64_t oldest_at = 0;
    enum fs_status status;
    while ((status = statement_step(tx->connection, statement, err)) == FS_OK) {
        count++;
        oldest_at = column_int(statement, 0);
    }
    if (status != FS_NOT_FOUND)
        return status;
    *out_count = count;
    *out_oldest_at = oldest_at;
    return FS_OK;
}

enum fs_status fs_tx_touch_alias_add(struct fs_store_tx *tx, int64_t touch_id,
                                     const char *message_id, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_ALIAS_ADD, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, message_id);
    bind_int(statement, 2, touch_id);
    bind_int(statement, 3, FS_TOUCH_ALIASES_MAX);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_heard_add(struct fs_store_tx *tx, const struct fs_heard_row *row,
                               struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_HEARD_ADD, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, row->message_id);
    bind_text(statement, 2, row->contact);
    bind_text(statement, 3, row->account);
    bind_int(statement, 4, row->at);
    bind_int(statement, 5, row->consumed);
    bind_int(statement, 6, row->in_thread);
    bind_int(statement, 7, row->authenticated);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_heard_find(struct fs_store_tx *tx, struct fs_arena *arena,
                                const char *message_id, int64_t since_at, struct fs_heard_row *out,
                                struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_HEARD_FIND, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, message_id);
    bind_int(statement, 2, since_at);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    struct fs_heard_row row = {.id = column_int(statement, 0),
                               .message_id = fs_arena_strdup(arena, column_text(statement, 1)),
                               .contact = fs_arena_strdup(arena, column_text(statement, 2)),
                               .account = fs_arena_strdup(arena, column_text(statement, 3)),
                               .at = column_int(statement, 4),
                               .consumed = column_int(statement, 5) != 0,
                               .in_thread = column_int(statement, 6) != 0,
                               .authenticated = column_int(statement, 7) != 0};
    sqlite3_reset(statement);
    if (row.message_id == NULL || row.contact == NULL || row.account == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = row;
    return FS_OK;
}

static enum fs_status has_row(struct fs_store_tx *tx, struct sqlite3_stmt *statement, bool *out,
                              struct fs_error *err)
{
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    sqlite3_reset(statement);
    *out = status == FS_OK;
    return FS_OK;
}

enum fs_status fs_tx_heard_known(struct fs_store_tx *tx, const char *message_id, bool *out,
                                 struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_HEARD_KNOWN, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, message_id);
    return has_row(tx, statement, out, err);
}

enum fs_status fs_tx_heard_repeats(struct fs_store_tx *tx, const struct fs_heard_row *row,
                                   bool *out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_HEARD_REPEATS, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, row->message_id);
    bind_text(statement, 2, row->contact);
    bind_int(statement, 3, row->in_thread);
    bind_int(statement, 4, row->authenticated);
    return has_row(tx, statement, out, err);
}

enum fs_status fs_tx_heard_consume(struct fs_store_tx *tx, const char *contact, int64_t until_at,
                                   struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_HEARD_CONSUME, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, contact);
    bind_int(statement, 2, until_at);
    return statement_run(tx->connection, statement, err);
}
