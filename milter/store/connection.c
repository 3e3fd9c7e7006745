/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * connection.c - one SQLite connection: opening, migrating, statements, errors.
 *
 * Decides what a failure of SQLite means to the rest of fullstop. Knows no row.
 */
#include <errno.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fullstop/clock.h"
#include "store_sqlite.h"

/* How long one attempt to get the lock lasts; the writer tries until its waiters give up. */
#define BUSY_TIMEOUT_MS 250
#define OPEN_TIMEOUT_MS 5000
/* And how often it is looked whether the lock is free. SQLite's own waiting grows to a tenth of
 * a second, in which a process that writes batch after batch has long taken it again. */
#define BUSY_LOOK_MS 2

enum fs_status connection_fail(struct connection *connection, struct fs_error *err)
{
    int code = connection->db != NULL ? sqlite3_errcode(connection->db) & 0xff : SQLITE_CANTOPEN;
    const char *text =
        connection->db != NULL ? sqlite3_errmsg(connection->db) : "the database cannot be opened";
    switch (code) {
    case SQLITE_NOMEM:
        return fs_error_set(err, FS_NOMEM, "the store is out of memory");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fs_error_set(err, FS_CORRUPT, "the store is damaged: %s", text);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fs_error_set(err, FS_AWAY, "the store is locked by another process");
    case SQLITE_FULL:
        return fs_error_set(err, FS_AWAY, "no space left for the store");
    default:
        return fs_error_set(err, FS_AWAY, "the store cannot be used: %s", text);
    }
}

static int on_busy(void *context, int count)
{
    static const struct timespec pause = {0, BUSY_LOOK_MS * 1000000L};
    struct connection *connection = context;
    if (count == 0)
        connection->busy_until_ms = fs_steady_ms() + connection->busy_timeout_ms;
    else if (fs_steady_ms() >= connection->busy_until_ms)
        return 0;
    nanosleep(&pause, NULL);
    return 1;
}

static enum fs_status execute(struct connection *connection, const char *sql, struct fs_error *err)
{
    if (sqlite3_exec(connection->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return connection_fail(connection, err);
    return FS_OK;
}

static enum fs_status pragma_int(struct connection *connection, const char *sql, int *out,
                                 struct fs_error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    else
        code = SQLITE_ERROR;
    enum fs_status status = code == SQLITE_OK ? FS_OK : connection_fail(connection, err);
    sqlite3_finalize(statement);
    return status;
}

/* The random key of the suppression list is made with the schema. */
static enum fs_status add_secret(struct connection *connection, struct fs_error *err)
{
    struct fs_hash key;
    char hex[FS_HASH_HEX_SIZE_B];
    fs_random_bytes(key.bytes, sizeof(key.bytes));
    fs_hash_hex(&key, hex);
    struct sqlite3_stmt *statement = statement_get(connection, SQL_SETTING_PUT, err);
    if (statement == NULL)
        return err->status;
    bind_text(statement, 1, "suppression_key");
    bind_text(statement, 2, hex);
    return statement_run(connection, statement, err);
}

static enum fs_status migrate_steps(struct connection *connection, int version,
                                    struct fs_error *err)
{
    char pragma[96];
    enum fs_status status = FS_OK;
    for (int step = version; step < fs_store_schema_version && status == FS_OK; step++)
        status = execute(connection, fs_store_schema_steps[step], err);
    if (status == FS_OK && version == 0)
        status = add_secret(connection, err);
    if (status != FS_OK)
        return status;
    snprintf(pragma, sizeof(pragma), "PRAGMA application_id = %d; PRAGMA user_version = %d",
             STORE_APPLICATION_ID, fs_store_schema_version);
    return execute(connection, pragma, err);
}

static enum fs_status check_version(struct connection *connection, const char *path, int *version,
                                    struct fs_error *err)
{
    int application = 0;
    enum fs_status status = pragma_int(connection, "PRAGMA user_version", version, err);
    if (status == FS_OK)
        status = pragma_int(connection, "PRAGMA application_id", &application, err);
    if (status != FS_OK)
        return status;
    if (*version > fs_store_schema_version)
        return fs_error_set(err, FS_INPUT,
                            "%s was written by a newer fullstop (schema %d, this one knows %d); "
                            "install that version again",
                            path, *version, fs_store_schema_version);
    if (*version > 0 && application != STORE_APPLICATION_ID)
        return fs_error_set(err, FS_CORRUPT, "%s is a database of another program", path);
    return FS_OK;
}

static enum fs_status migrate(struct connection *connection, const char *path, struct fs_error *err)
{
    int version = 0;
    enum fs_status status = check_version(connection, path, &version, err);
    if (status != FS_OK || version == fs_store_schema_version)
        return status;
    status = execute(connection, "BEGIN IMMEDIATE", err);
    if (status != FS_OK)
        return status;
    /* another process may have done it while this one waited */
    status = check_version(connection, path, &version, err);
    if (status == FS_OK && version < fs_store_schema_version)
        status = migrate_steps(connection, version, err);
    if (status == FS_OK)
        return execute(connection, "COMMIT", err);
    execute(connection, "ROLLBACK", NULL);
    return status;
}

static enum fs_status check_path(const char *path, bool create, struct fs_error *err)
{
    struct stat info;
    if (strcmp(path, ":memory:") == 0 || stat(path, &info) == 0)
        return FS_OK;
    if (errno == EACCES)
        return fs_error_set(err, FS_AWAY,
                            "%s: permission denied; run this as the user that "
                            "owns it",
                            path);
    if (!create)
        return fs_error_set(err, FS_NOT_FOUND,
                            "there is no store at %s; fullstopd makes it when it first starts",
                            path);
    char folder[4096];
    int length = snprintf(folder, sizeof(folder), "%.*s",
                          (int)(strrchr(path, '/') != NULL ? strrchr(path, '/') - path : 0), path);
    if (length > 0 && access(folder, W_OK | X_OK) != 0)
        return fs_error_set(err, FS_AWAY,
                            "%s: %s; make this folder and give it to the user that fullstopd "
                            "runs as",
                            folder, strerror(errno));
    return FS_OK;
}

static enum fs_status remember_file(struct connection *connection, const char *path,
                                    struct fs_error *err)
{
    struct stat info;
    if (strcmp(path, ":memory:") == 0)
        return FS_OK;
    if (stat(path, &info) != 0)
        return fs_error_set(err, FS_AWAY, "%s: %s", path, strerror(errno));
    connection->path = path;
    connection->device = info.st_dev;
    connection->inode = info.st_ino;
    return FS_OK;
}

enum fs_status connection_open(struct connection *connection, const char *path, bool create,
                               struct fs_error *err)
{
    *connection = (struct connection){.db = NULL};
    enum fs_status status = check_path(path, create, err);
    if (status != FS_OK)
        return status;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    mode_t mask = umask(0027);
    int code = sqlite3_open_v2(path, &connection->db, flags, NULL);
    if (code == SQLITE_OK) {
        connection->busy_timeout_ms = OPEN_TIMEOUT_MS;
        sqlite3_busy_handler(connection->db, on_busy, connection);
        status = execute(connection,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"
                         "PRAGMA temp_store = MEMORY", /* what a savepoint keeps, too */
                         err);
    } else {
        status = connection_fail(connection, err);
    }
    if (status == FS_OK)
        status = migrate(connection, path, err);
    umask(mask);
    if (status == FS_OK)
        status = remember_file(connection, path, err);
    if (status == FS_OK)
        connection->busy_timeout_ms = BUSY_TIMEOUT_MS;
    else
        connection_close(connection);
    return status;
}

void connection_close(struct connection *connection)
{
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(connection->statements[i]);
    sqlite3_close(connection->db);
    *connection = (struct connection){.db = NULL};
}

/* SQLite itself sees that a file has moved and leaves the log in its old place alone. */
static enum fs_status reopen(struct connection *connection, struct fs_error *err)
{
    const char *path = connection->path;
    struct fs_error detail = {FS_OK, ""};
    connection_close(connection);
    enum fs_status status = connection_open(connection, path, false, &detail);
    connection->path = path; /* also when there is nothing to open: it is tried again */
    if (status == FS_OK)
        return FS_OK;
    bool is_unfit = status == FS_NOT_FOUND || status == FS_INPUT; /* by now; it may change */
    return fs_error_set(err, is_unfit ? FS_AWAY : status, "%s", detail.text);
}

enum fs_status connection_refresh(struct connection *connection, struct fs_error *err)
{
    struct stat info;
    if (connection->path == NULL)
        return FS_OK;
    if (stat(connection->path, &info) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return FS_OK; /* SQLite says better what is wrong */
        return fs_error_set(err, FS_AWAY,
                            "the store %s was removed: put it back, or restart fullstopd to begin "
                            "a new one",
                            connection->path);
    }
    if (connection->db != NULL && info.st_dev == connection->device &&
        info.st_ino == connection->inode)
        return FS_OK;
    return reopen(connection, err);
}

uint64_t fs_tx_file(const struct fs_store_tx *tx)
{
    return (uint64_t)tx->connection->device << 48 ^ (uint64_t)tx->connection->inode;
}

struct sqlite3_stmt *statement_get(struct connection *connection, enum statement which,
                                   struct fs_error *err)
{
    sqlite3_stmt **slot = &connection->statements[which];
    if (*slot == NULL && sqlite3_prepare_v3(connection->db, fs_store_sql[which], -1,
                                            SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK) {
        connection_fail(connection, err);
        return NULL;
    }
    sqlite3_reset(*slot);
    sqlite3_clear_bindings(*slot);
    return *slot;
}

enum fs_status statement_step(struct connection *connection, struct sqlite3_stmt *statement,
                              struct fs_error *err)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return FS_OK;
    enum fs_status status = code == SQLITE_DONE ? FS_NOT_FOUND : connection_fail(connection, err);
    sqlite3_reset(statement);
    return status;
}

enum fs_status statement_each(struct connection *connection, struct sqlite3_stmt *statement,
                              statement_one *one, void *context, struct fs_error *err)
{
    enum fs_status status;
    while ((status = statement_step(connection, statement, err)) == FS_OK) {
        status = one(statement, context, err);
        if (status != FS_OK) {
            sqlite3_reset(statement);
            return status;
        }
    }
    return status == FS_NOT_FOUND ? FS_OK : status;
}

enum fs_status statement_run(struct connection *connection, struct sqlite3_stmt *statement,
                             struct fs_error *err)
{
    enum fs_status status = statement_step(connection, statement, err);
    if (status == FS_OK)
        sqlite3_reset(statement);
    return status == FS_NOT_FOUND ? FS_OK : status;
}

enum fs_status connection_run(struct connection *connection, enum statement which,
                              struct fs_error *err)
{
    struct fs_error ignored;
    struct fs_error *detail = err != NULL ? err : &ignored;
    struct sqlite3_stmt *statement = statement_get(connection, which, detail);
    return statement == NULL ? detail->status : statement_run(connection, statement, detail);
}

void bind_text(struct sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
}

void bind_int(struct sqlite3_stmt *statement, int at, int64_t number)
{
    sqlite3_bind_int64(statement, at, number);
}

void bind_bytes(struct sqlite3_stmt *statement, int at, const void *bytes, int length_b)
{
    sqlite3_bind_blob(statement, at, bytes, length_b, SQLITE_TRANSIENT);
}

const char *column_text(struct sqlite3_stmt *statement, int at)
{
    return (const char *)sqlite3_column_text(statement, at);
}

int64_t column_int(struct sqlite3_stmt *statement, int at)
{
    return sqlite3_column_int64(statement, at);
}

bool column_bytes(struct sqlite3_stmt *statement, int at, void *out, int length_b)
{
    const void *bytes = sqlite3_column_blob(statement, at);
    if (bytes == NULL || sqlite3_column_bytes(statement, at) != length_b)
        return false;
    memcpy(out, bytes, (size_t)length_b);
    return true;
}

enum fs_status unknown_word(struct fs_error *err, const char *table, int64_t row, const char *word)
{
    return fs_error_set(err, FS_CORRUPT,
                        "the store's table %s, row %" PRId64 ": unknown word \"%s\"", table, row,
                        word != NULL ? word : "");
}
