/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * store_sqlite.h - connections, statements and rows; private to the store room.
 */
#ifndef FULLSTOP_STORE_SQLITE_H
#define FULLSTOP_STORE_SQLITE_H

#include <sys/types.h>

#include "fullstop/audit.h"
#include "fullstop/store.h"

struct sqlite3;
struct sqlite3_stmt;

enum statement {
    SQL_BEGIN,
    SQL_BEGIN_READ,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_SAVEPOINT,
    SQL_RELEASE,
    SQL_UNDO,
    SQL_LEAD_FIND,
    SQL_LEAD_GET,
    SQL_LEAD_INSERT,
    SQL_LEAD_UPDATE,
    SQL_LEADS_ALL,
    SQL_LEADS_CONTACT,
    SQL_LEADS_ACCOUNT,
    SQL_TOUCH_FIND,
    SQL_TOUCH_PUT,
    SQL_TOUCH_UPDATE,
    SQL_TOUCHES_BY_ID,
    SQL_TOUCHES_OF,
    SQL_TOUCHES_SENT,
    SQL_ALIAS_ADD,
    SQL_HEARD_ADD,
    SQL_HEARD_FIND,
    SQL_HEARD_KNOWN,
    SQL_HEARD_REPEATS,
    SQL_HEARD_CONSUME,
    SQL_SUPPRESS,
    SQL_UNSUPPRESS,
    SQL_SUPPRESSED,
    SQL_SETTING_GET,
    SQL_SETTING_PUT,
    SQL_SETTING_DELETE,
    SQL_SUBJECT_FIND,
    SQL_SUBJECT_ADD,
    SQL_EVENT_HEAD,
    SQL_EVENT_ADD,
    SQL_PRIVATE_ADD,
    SQL_EVENT_REPEAT,
    SQL_EVENTS_OF,
    SQL_EVENT_LAST,
    SQL_EVENT_SCAN,
    SQL_PRUNE_TOUCHES,
    SQL_PRUNE_HEARD,
    SQL_OUTBOX_ADD,
    SQL_OUTBOX_REMOVE,
    SQL_OUTBOX_REMOVE_OF,
    SQL_OUTBOX_FAILED,
    SQL_OUTBOX_PUSH,
    SQL_OUTBOX_ASIDE,
    SQL_OUTBOX_RETRY,
    SQL_OUTBOX_RELEASE,
    SQL_OUTBOX_RETRY_LEAD,
    SQL_OUTBOX_RETRY_ALL,
    SQL_OUTBOX_ROWS,
    SQL_OUTBOX_DUE,
    SQL_OUTBOX_NEW,
    SQL_OUTBOX_LAST,
    SQL_OUTBOX_COUNTS,
    SQL_EVENT_GET,
    SQL_NOTICE_BEGIN,
    SQL_NOTICE_JOIN,
    SQL_NOTICE_COUNT,
    SQL_NOTICE_HOLD,
    SQL_NOTICES_DUE,
    SQL_NOTICES_CLOSE,
    SQL_DIGEST_FILL,
    SQL_DIGEST_TAKE,
    SQL_DIGEST_CLOSE,
    SQL_NOTICE_GET,
    SQL_NOTICE_PUT,
    SQL_WRITER_PUT,
    SQL_WRITER_GET,
    SQL_COUNT,
};

/* The text of each statement, and the schema's steps. */
extern const char *const fs_store_sql[SQL_COUNT];
extern const char *const fs_store_schema_steps[];
extern const int fs_store_schema_version;
#define STORE_APPLICATION_ID 0x66737470 /* "fstp" */

struct connection {
    struct sqlite3 *db;
    struct sqlite3_stmt *statements[SQL_COUNT];
    const char *path; /* NULL: memory; the caller's, longer-lived than the connection */
    dev_t device;     /* the file that was opened */
    ino_t inode;
    int64_t busy_timeout_ms;
    int64_t busy_until_ms;
};

struct fs_store_tx {
    struct connection *connection;
    const char *log; /* this host's */
    bool writable;
    bool has_news; /* a row of the outbox was added */
};

enum fs_status connection_open(struct connection *connection, const char *path, bool create,
                               struct fs_error *err);
void connection_close(struct connection *connection);
/* SQLite goes on in a file that was removed, and what it writes there is lost. FS_AWAY: the
 * file is gone; it counts again once it is back. Another file in its place is opened. Never
 * inside a transaction. */
enum fs_status connection_refresh(struct connection *connection, struct fs_error *err);
/* Maps SQLite's last error to a status and a sentence. */
enum fs_status connection_fail(struct connection *connection, struct fs_error *err);
/* A reset statement, ready to bind; NULL and err when it cannot be prepared. */
struct sqlite3_stmt *statement_get(struct connection *connection, enum statement which,
                                   struct fs_error *err);
/* Calls one for each row; a row that fails ends it. */
typedef enum fs_status statement_one(struct sqlite3_stmt *row, void *context, struct fs_error *err);
enum fs_status statement_each(struct connection *connection, struct sqlite3_stmt *statement,
                              statement_one *one, void *context, struct fs_error *err);
/* Runs a statement that gives no row. */
enum fs_status statement_run(struct connection *connection, struct sqlite3_stmt *statement,
                             struct fs_error *err);
/* FS_OK: a row; FS_NOT_FOUND: none (and the statement is reset). */
enum fs_status statement_step(struct connection *connection, struct sqlite3_stmt *statement,
                              struct fs_error *err);
enum fs_status connection_run(struct connection *connection, enum statement which,
                              struct fs_error *err);

/* Binding and reading by position; text NULL is SQL NULL. */
void bind_text(struct sqlite3_stmt *statement, int at, const char *text);
void bind_int(struct sqlite3_stmt *statement, int at, int64_t number);
void bind_bytes(struct sqlite3_stmt *statement, int at, const void *bytes, int length_b);
const char *column_text(struct sqlite3_stmt *statement, int at); /* NULL: SQL NULL */
int64_t column_int(struct sqlite3_stmt *statement, int at);
bool column_bytes(struct sqlite3_stmt *statement, int at, void *out, int length_b);

/* The event of a row of EVENT_SELECT; its strings are the row's. Columns behind it begin at
 * EVENT_COLUMNS. */
#define EVENT_COLUMNS 39
enum fs_status event_read(struct sqlite3_stmt *row, struct fs_event *out, struct fs_error *err);

/* "the table has an unknown word", naming table and row. */
enum fs_status unknown_word(struct fs_error *err, const char *table, int64_t row, const char *word);

#endif
