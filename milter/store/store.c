/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * store.c - the frame: one writer thread with group commit, readers beside it.
 *
 * Decides when a work runs and what its waiter is told; knows no row. The writer takes the
 * lock first and the waiting works after, so that a work whose waiter gave up in time was
 * surely not begun.
 */
#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/clock.h"
#include "fullstop/text.h"
#include "fullstop/thread.h"
#include "store_sqlite.h"

#define BATCH_MAX 64
/* Other processes write too: how long one batch keeps the lock before it commits. */
#define BATCH_HOLD_MS 50
#define PAUSE_AFTER_FAILURE_MS 100

enum phase { WAITING, RUNNING, DONE, ABANDONED };

struct pending {
    struct fs_store_job job;
    enum phase phase;
    enum fs_status status;
    struct fs_error err;
    struct pending *next;
};

struct fs_store {
    struct connection writer;
    struct connection reader;
    pthread_mutex_t read_lock;
    bool shared; /* memory: one connection serves both, under read_lock */
    char log[FS_AUDIT_LOG_MAX_B];
    char *path; /* of the file; NULL: memory */

    pthread_t thread;
    pthread_mutex_t lock;   /* guards what follows */
    pthread_cond_t arrived; /* for the writer */
    pthread_cond_t done;    /* for the waiters */
    struct pending *first;
    struct pending *last;
    bool stopping;
    void (*watch)(void *context); /* of the outbox */
    void *watch_context;
};

static struct timespec after_ms(int ms)
{
    struct timespec when;
    clock_gettime(CLOCK_MONOTONIC, &when);
    when.tv_sec += ms / 1000;
    when.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (when.tv_nsec >= 1000000000L) {
        when.tv_sec++;
        when.tv_nsec -= 1000000000L;
    }
    return when;
}

/* ---- the queue; all under store->lock ---- */

static void enqueue(struct fs_store *store, struct pending *pending)
{
    if (store->last != NULL)
        store->last->next = pending;
    else
        store->first = pending;
    store->last = pending;
    pthread_cond_signal(&store->arrived);
}

static struct pending *dequeue(struct fs_store *store)
{
    struct pending *pending = store->first;
    if (pending == NULL)
        return NULL;
    store->first = pending->next;
    if (store->first == NULL)
        store->last = NULL;
    pending->next = NULL;
    return pending;
}

static void withdraw(struct fs_store *store, struct pending *pending)
{
    struct pending **link = &store->first;
    struct pending *before = NULL;
    while (*link != pending) {
        before = *link;
        link = &(*link)->next;
    }
    *link = pending->next;
    if (store->last == pending)
        store->last = before;
}

static void finish(struct fs_store *store, struct pending *pending)
{
    if (pending->phase == ABANDONED) {
        pthread_mutex_unlock(&store->lock);
        pending->job.release(pending->job.context);
        free(pending);
        pthread_mutex_lock(&store->lock);
        return;
    }
    pending->phase = DONE;
}

/* ---- the writer ---- */

static enum fs_status run_one(struct fs_store *store, struct pending *pending, bool *has_news)
{
    struct connection *connection = &store->writer;
    struct fs_store_tx tx = {connection, store->log, true, false};
    enum fs_status status = connection_run(connection, SQL_SAVEPOINT, &pending->err);
    if (status != FS_OK)
        return status;
    status = pending->job.work(&tx, pending->job.context, &pending->err);
    if (status == FS_OK) {
        *has_news = *has_news || tx.has_news;
        return connection_run(connection, SQL_RELEASE, &pending->err);
    }
    connection_run(connection, SQL_UNDO, NULL);
    connection_run(connection, SQL_RELEASE, NULL);
    return status;
}

static struct pending *take(struct fs_store *store)
{
    pthread_mutex_lock(&store->lock);
    struct pending *pending = dequeue(store);
    if (pending != NULL)
        pending->phase = RUNNING;
    pthread_mutex_unlock(&store->lock);
    return pending;
}

static void publish(struct fs_store *store, struct pending **batch, size_t count, bool has_news)
{
    pthread_mutex_lock(&store->lock);
    for (size_t i = 0; i < count; i++)
        finish(store, batch[i]);
    pthread_cond_broadcast(&store->done);
    if (has_news && store->watch != NULL)
        store->watch(store->watch_context);
    pthread_mutex_unlock(&store->lock);
}

/* After FULL, IOERR and NOMEM SQLite may have rolled everything back: then nobody's work
 * was kept, whatever it returned. */
static void fail_batch(struct pending **batch, size_t count, enum fs_status status,
                       const struct fs_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (batch[i]->status != FS_OK)
            continue;
        batch[i]->status = status;
        batch[i]->err = *err;
    }
}

static void run_batch(struct fs_store *store)
{
    struct pending *batch[BATCH_MAX];
    struct fs_error err = {FS_AWAY, "the store rolled back"};
    size_t count = 0;
    int64_t until_ms = fs_steady_ms() + BATCH_HOLD_MS;
    bool lost = false;
    bool has_news = false;
    while (count < BATCH_MAX && !lost && fs_steady_ms() < until_ms) {
        struct pending *pending = take(store);
        if (pending == NULL)
            break;
        batch[count++] = pending;
        pending->status = run_one(store, pending, &has_news);
        lost = sqlite3_get_autocommit(store->writer.db) != 0;
        if (lost && pending->status != FS_OK)
            err = pending->err;
    }
    enum fs_status status = FS_AWAY;
    if (!lost)
        status = connection_run(&store->writer, SQL_COMMIT, &err);
    if (lost || status != FS_OK) {
        if (sqlite3_get_autocommit(store->writer.db) == 0)
            connection_run(&store->writer, SQL_ROLLBACK, NULL);
        fail_batch(batch, count, status, &err);
    }
    publish(store, batch, count, has_news && !lost && status == FS_OK);
}

/* The lock cannot be had for a reason that waiting does not mend. */
static void fail_waiting(struct fs_store *store, const struct fs_error *err)
{
    pthread_mutex_lock(&store->lock);
    for (struct pending *pending; (pending = dequeue(store)) != NULL;) {
        pending->status = err->status;
        pending->err = *err;
        finish(store, pending);
    }
    pthread_cond_broadcast(&store->done);
    struct timespec when = after_ms(PAUSE_AFTER_FAILURE_MS);
    pthread_cond_timedwait(&store->arrived, &store->lock, &when);
    pthread_mutex_unlock(&store->lock);
}

static bool wait_for_work(struct fs_store *store)
{
    pthread_mutex_lock(&store->lock);
    while (store->first == NULL && !store->stopping)
        pthread_cond_wait(&store->arrived, &store->lock);
    bool more = store->first != NULL;
    pthread_mutex_unlock(&store->lock);
    return more;
}

/* is_locked: another process has the lock, and waiting may get it. */
static enum fs_status begin(struct fs_store *store, bool *is_locked, struct fs_error *err)
{
    enum fs_status status = connection_refresh(&store->writer, err);
    if (status != FS_OK)
        return status;
    status = connection_run(&store->writer, SQL_BEGIN, err);
    int code = sqlite3_errcode(store->writer.db) & 0xff;
    *is_locked = status != FS_OK && (code == SQLITE_BUSY || code == SQLITE_LOCKED);
    return status;
}

static void *write_loop(void *context)
{
    struct fs_store *store = context;
    while (wait_for_work(store)) {
        struct fs_error err = {FS_OK, ""};
        bool is_locked = false;
        if (store->shared)
            pthread_mutex_lock(&store->read_lock);
        enum fs_status status = begin(store, &is_locked, &err);
        if (status == FS_OK)
            run_batch(store);
        if (store->shared)
            pthread_mutex_unlock(&store->read_lock);
        if (status != FS_OK && !is_locked)
            fail_waiting(store, &err);
    }
    return NULL;
}

/* ---- opening and closing ---- */

static void init_locks(struct fs_store *store)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&store->lock, NULL);
    pthread_mutex_init(&store->read_lock, NULL);
    pthread_cond_init(&store->arrived, &attributes);
    pthread_cond_init(&store->done, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void destroy(struct fs_store *store)
{
    if (!store->shared)
        connection_close(&store->reader);
    connection_close(&store->writer);
    pthread_cond_destroy(&store->done);
    pthread_cond_destroy(&store->arrived);
    pthread_mutex_destroy(&store->read_lock);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store);
}

static enum fs_status open_connections(struct fs_store *store, const struct fs_store_setup *setup,
                                       struct fs_error *err)
{
    if (strcmp(setup->url, "memory:") == 0) {
        store->shared = true;
        return connection_open(&store->writer, ":memory:", true, err);
    }
    if (strncmp(setup->url, "sqlite:", 7) != 0)
        return fs_error_set(err, FS_INPUT,
                            "store \"%s\" is not known; use \"sqlite:/path\" or \"memory:\"",
                            setup->url);
    store->path = strdup(setup->url + 7);
    if (store->path == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = connection_open(&store->writer, store->path, setup->create, err);
    return status == FS_OK ? connection_open(&store->reader, store->path, false, err) : status;
}

enum fs_status fs_store_open(const struct fs_store_setup *setup, struct fs_store **out,
                             struct fs_error *err)
{
    struct fs_error ignored;
    struct fs_store *store = calloc(1, sizeof(*store));
    if (store == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    fs_text_copy(store->log, sizeof(store->log), setup->log_name);
    init_locks(store);
    enum fs_status status = open_connections(store, setup, err != NULL ? err : &ignored);
    if (status == FS_OK && !fs_thread_start(&store->thread, write_loop, store))
        status = fs_error_set(err, FS_IO, "no thread for the store: %s", strerror(errno));
    if (status != FS_OK) {
        destroy(store);
        return status;
    }
    *out = store;
    return FS_OK;
}

void fs_store_close(struct fs_store *store)
{
    if (store == NULL)
        return;
    pthread_mutex_lock(&store->lock);
    store->stopping = true;
    pthread_cond_signal(&store->arrived);
    pthread_mutex_unlock(&store->lock);
    pthread_join(store->thread, NULL);
    destroy(store);
}

void fs_store_watch_outbox(struct fs_store *store, void (*watch)(void *context), void *context)
{
    pthread_mutex_lock(&store->lock);
    store->watch = watch;
    store->watch_context = context;
    pthread_mutex_unlock(&store->lock);
}

/* ---- writing and reading ---- */

static enum fs_status give_up(struct fs_store *store, struct pending *pending, struct fs_error *err)
{
    if (pending->phase == WAITING) {
        withdraw(store, pending);
        free(pending);
        return fs_error_set(err, FS_AWAY, "the store is locked or too slow: nothing was written");
    }
    pending->phase = ABANDONED;
    return fs_error_set(err, FS_UNKNOWN,
                        "commit outcome unknown: the store did not answer in time");
}

enum fs_status fs_store_write(struct fs_store *store, const struct fs_store_job *job,
                              int timeout_ms, struct fs_error *err)
{
    struct timespec until = after_ms(timeout_ms);
    struct pending *pending = calloc(1, sizeof(*pending));
    if (pending == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    pending->job = *job;
    pthread_mutex_lock(&store->lock);
    enqueue(store, pending);
    int waited = 0;
    while (pending->phase != DONE && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&store->done, &store->lock, &until);
    enum fs_status status;
    if (pending->phase == DONE) {
        status = pending->status;
        if (status != FS_OK && err != NULL)
            *err = pending->err;
        free(pending);
    } else {
        status = give_up(store, pending, err);
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

enum fs_status fs_store_read(struct fs_store *store, fs_store_work *work, void *context,
                             struct fs_error *err)
{
    struct connection *connection = store->shared ? &store->writer : &store->reader;
    struct fs_store_tx tx = {connection, store->log, false, false};
    pthread_mutex_lock(&store->read_lock);
    enum fs_status status = connection_refresh(connection, err);
    if (status == FS_OK)
        status = connection_run(connection, SQL_BEGIN_READ, err);
    if (status == FS_OK) {
        status = work(&tx, context, err);
        connection_run(connection, SQL_ROLLBACK, NULL);
    }
    pthread_mutex_unlock(&store->read_lock);
    return status;
}
