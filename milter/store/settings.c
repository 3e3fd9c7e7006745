/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * settings.c - small named values, the suppression list, retention.
 *
 * Suppression holds hashes keyed with a secret of this store, so that the list outlives the
 * erasure of the addresses in it.
 */
#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "store_sqlite.h"

/* The contract's settings stand apart from the store's own. */
#define SETTING_PREFIX "user."
#define SUPPRESSION_KEY "suppression_key"

static enum fs_status setting_name(struct sqlite3_stmt *statement, const char *name,
                                   struct fs_error *err)
{
    char full[128];
    int length = snprintf(full, sizeof(full), SETTING_PREFIX "%s", name);
    if (length < 0 || length >= (int)sizeof(full))
        return fs_error_set(err, FS_LIMIT, "the name of the setting is too long");
    bind_text(statement, 1, full);
    return FS_OK;
}

enum fs_status fs_tx_setting_get(struct fs_store_tx *tx, struct fs_arena *arena, const char *name,
                                 const char **out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_SETTING_GET, err);
    if (statement == NULL)
        return FS_AWAY;
    enum fs_status status = setting_name(statement, name, err);
    if (status == FS_OK)
        status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    const char *value = fs_arena_strdup(arena, column_text(statement, 0));
    sqlite3_reset(statement);
    if (value == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = value;
    return FS_OK;
}

enum fs_status fs_tx_setting_put(struct fs_store_tx *tx, const char *name, const char *value,
                                 struct fs_error *err)
{
    assert(tx->writable);
    enum statement which = value != NULL ? SQL_SETTING_PUT : SQL_SETTING_DELETE;
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return FS_AWAY;
    enum fs_status status = setting_name(statement, name, err);
    if (status != FS_OK)
        return status;
    if (value != NULL)
        bind_text(statement, 2, value);
    return statement_run(tx->connection, statement, err);
}

/* The list's keyed hash of an address. */
static enum fs_status suppression_hash(struct fs_store_tx *tx, const char *contact,
                                       struct fs_hash *out, struct fs_error *err)
{
    struct fs_hash key;
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_SETTING_GET, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, SUPPRESSION_KEY);
    enum fs_status status = statement_step(tx->connection, statement, err);
    bool found = status == FS_OK && fs_hash_parse(column_text(statement, 0), &key);
    sqlite3_reset(statement);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    if (!found)
        return fs_error_set(err, FS_CORRUPT, "the store has lost the key of its suppressions");
    *out = fs_hash_hmac(key.bytes, contact, strlen(contact));
    return FS_OK;
}

static enum fs_status suppression_statement(struct fs_store_tx *tx, enum statement which,
                                            const char *contact, struct sqlite3_stmt **out,
                                            struct fs_error *err)
{
    struct fs_hash hash;
    enum fs_status status = suppression_hash(tx, contact, &hash, err);
    if (status != FS_OK)
        return status;
    *out = statement_get(tx->connection, which, err);
    if (*out == NULL)
        return FS_AWAY;
    bind_bytes(*out, 1, hash.bytes, FS_HASH_SIZE_B);
    return FS_OK;
}

enum fs_status fs_tx_suppress(struct fs_store_tx *tx, const char *contact,
                              enum fs_end_reason reason, int64_t at, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement;
    enum fs_status status = suppression_statement(tx, SQL_SUPPRESS, contact, &statement, err);
    if (status != FS_OK)
        return status;
    bind_text(statement, 2, fs_end_reason_name(reason));
    bind_int(statement, 3, at);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_unsuppress(struct fs_store_tx *tx, const char *contact, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement;
    enum fs_status status = suppression_statement(tx, SQL_UNSUPPRESS, contact, &statement, err);
    return status == FS_OK ? statement_run(tx->connection, statement, err) : status;
}

enum fs_status fs_tx_suppressed(struct fs_store_tx *tx, const char *contact,
                                enum fs_end_reason *reason, int64_t *since_at, struct fs_error *err)
{
    struct sqlite3_stmt *statement;
    enum fs_status status = suppression_statement(tx, SQL_SUPPRESSED, contact, &statement, err);
    if (status == FS_OK)
        status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    if (!fs_end_reason_parse(column_text(statement, 0), reason))
        status = unknown_word(err, "suppression", 0, column_text(statement, 0));
    if (since_at != NULL)
        *since_at = column_int(statement, 1);
    sqlite3_reset(statement);
    return status;
}

static enum fs_status prune_one(struct fs_store_tx *tx, enum statement which, int64_t before_at,
                                int64_t *rows, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, before_at);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status == FS_OK)
        *rows += sqlite3_changes(tx->connection->db);
    return status;
}

enum fs_status fs_tx_prune(struct fs_store_tx *tx, int64_t touches_before_at,
                           int64_t heard_before_at, int64_t *out_rows, struct fs_error *err)
{
    assert(tx->writable);
    int64_t rows = 0;
    enum fs_status status = prune_one(tx, SQL_PRUNE_TOUCHES, touches_before_at, &rows, err);
    if (status == FS_OK)
        status = prune_one(tx, SQL_PRUNE_HEARD, heard_before_at, &rows, err);
    if (status == FS_OK)
        *out_rows = rows;
    return status;
}
