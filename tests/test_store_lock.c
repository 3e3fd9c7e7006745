/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_store_lock.c - a store whose lock another one takes again and again, and who is told
 * of new rows in the outbox.
 */
#include <check.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "fullstop/hash.h"
#include "fullstop/store.h"
#include "suite.h"

#define TIMEOUT_MS 5000
#define WRITES 15
#define HOLD_MS 30
#define GAP_MS 5

static char folder[64];
static char path[96];
static struct fs_store *store;

static void begin(void)
{
    char url[128];
    snprintf(folder, sizeof(folder), "/tmp/fullstop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/fullstop.db", folder);
    snprintf(url, sizeof(url), "sqlite:%s", path);
    struct fs_store_setup setup = {.url = url, .log_name = "mx1", .create = true};
    ck_assert_int_eq(fs_store_open(&setup, &store, NULL), FS_OK);
}

static void end(void)
{
    char command[128];
    fs_store_close(store);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static int64_t steady_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){0, ms * 1000000L}, NULL);
}

/* As an import does: the lock is held for most of the time, and free in between. */
static void *hold_and_let_go(void *context)
{
    atomic_bool *is_over = context;
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 1000);
    while (!atomic_load(is_over)) {
        ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
        sleep_ms(HOLD_MS);
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        sleep_ms(GAP_MS);
    }
    sqlite3_close(db);
    return NULL;
}

static enum fs_status put_setting(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)context;
    return fs_tx_setting_put(tx, "user.test", "1", err);
}

static int by_size(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

START_TEST(who_waits_gets_the_lock_in_the_first_gaps)
{
    pthread_t thread;
    atomic_bool is_over = false;
    int64_t waits_ms[WRITES];
    ck_assert_int_eq(pthread_create(&thread, NULL, hold_and_let_go, &is_over), 0);
    for (int i = 0; i < WRITES; i++) {
        struct fs_store_job job = {put_setting, NULL, NULL};
        sleep_ms(7);
        int64_t began_ms = steady_ms();
        ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), FS_OK);
        waits_ms[i] = steady_ms() - began_ms;
    }
    atomic_store(&is_over, true);
    pthread_join(thread, NULL);
    qsort(waits_ms, WRITES, sizeof(waits_ms[0]), by_size);
    ck_assert_int_lt(waits_ms[WRITES / 2], 100);
}
END_TEST

/* ---- news ---- */

static void count_news(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

struct news {
    bool with_row;
    bool fail;
};

static enum fs_status add_row(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct news *news = context;
    struct fs_event event = {.at = 1700000000, .kind = FS_EVENT_TOUCH};
    enum fs_status status = fs_tx_event_add(tx, &event, err);
    struct fs_outbox_row row = {
        .target = "crm", .log = event.log, .seq = event.seq, .type = "lead.started"};
    if (status == FS_OK && news->with_row)
        status = fs_tx_outbox_add(tx, &row, err);
    return status == FS_OK && news->fail ? FS_REFUSED : status;
}

static int news_of(struct news news)
{
    atomic_int count = 0;
    struct fs_store_job job = {add_row, &news, NULL};
    fs_store_watch_outbox(store, count_news, &count);
    ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), news.fail ? FS_REFUSED : FS_OK);
    fs_store_watch_outbox(store, NULL, NULL); /* waits for a call that is under way */
    return atomic_load(&count);
}

START_TEST(a_commit_with_new_rows_is_told_and_no_other)
{
    ck_assert_int_eq(news_of((struct news){.with_row = true}), 1);
    ck_assert_int_eq(news_of((struct news){.with_row = false}), 0);
    ck_assert_int_eq(news_of((struct news){.with_row = true, .fail = true}), 0);
    ck_assert_int_eq(news_of((struct news){.with_row = true}), 1);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("store_lock");
    TCase *tcase = tcase_create("lock");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, who_waits_gets_the_lock_in_the_first_gaps);
    tcase_add_test(tcase, a_commit_with_new_rows_is_told_and_no_other);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
