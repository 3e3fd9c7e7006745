/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_store_migrate.c - stores of older versions go on working, newer ones are refused.
 *
 * The old stores are SQL text in tests/cases, made with SQLite itself, for this version of
 * the store cannot write them any more.
 */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/hash.h"
#include "fullstop/store.h"
#include "suite.h"

#define TIMEOUT_MS 5000
#define SCHEMA_VERSION 6

static char folder[64];
static char path[96];

static void make_folder(void)
{
    snprintf(folder, sizeof(folder), "/tmp/fullstop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/fullstop.db", folder);
}

static void remove_folder(void)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    char name[128];
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", path, tails[i]);
        unlink(name);
    }
    rmdir(folder);
}

static void run_sql(const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, sql, NULL, NULL, &message);
    ck_assert_msg(message == NULL, "%s", message);
    sqlite3_close(db);
}

static void make_old_store(const char *name)
{
    static char sql[65536];
    char file_path[512];
    const char *tests = getenv("FS_TESTDIR");
    snprintf(file_path, sizeof(file_path), "%s/cases/%s", tests != NULL ? tests : "tests", name);
    FILE *file = fopen(file_path, "r");
    ck_assert_msg(file != NULL, "%s cannot be opened", file_path);
    size_t length_b = fread(sql, 1, sizeof(sql) - 1, file);
    sql[length_b] = '\0';
    fclose(file);
    run_sql(sql);
}

static int version_of(void)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return version;
}

static enum fs_status open_store(struct fs_store **out, struct fs_error *err)
{
    char url[128];
    snprintf(url, sizeof(url), "sqlite:%s", path);
    struct fs_store_setup setup = {.url = url, .log_name = "mx1", .create = false};
    return fs_store_open(&setup, out, err);
}

static enum fs_status see_touch(void *context, const struct fs_touch_row *row, struct fs_error *err)
{
    (void)err;
    ck_assert_str_eq(row->contact, "jane@kunde.example");
    *(int64_t *)context = row->id;
    return FS_OK;
}

static enum fs_status go_on(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)context;
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_lead_row lead;
    int64_t touch = 0;
    bool known = false;
    ck_assert_int_eq(fs_tx_lead_find(tx, arena, "sales", "jane@kunde.example", "", &lead, err),
                     FS_OK);
    ck_assert_int_eq(lead.lead.state, FS_STATE_ACTIVE);
    ck_assert_int_eq(lead.lead.unanswered, 1);
    lead.lead.unanswered = 2;
    ck_assert_int_eq(fs_tx_lead_put(tx, &lead, err), FS_OK);
    ck_assert_int_eq(fs_tx_touches_by_message_id(tx, "a1@example.com", see_touch, &touch, err),
                     FS_OK);
    ck_assert_int_eq(touch, 7);
    ck_assert_int_eq(fs_tx_heard_known(tx, "j1@kunde.example", &known, err), FS_OK);
    ck_assert(known);
    ck_assert_int_eq(fs_tx_suppress(tx, "eve@other.example", FS_END_OPTED_OUT, 5, err), FS_OK);
    touch = 0;
    ck_assert_int_eq(fs_tx_touch_alias_add(tx, 7, "x1@relay.example", err), FS_OK);
    ck_assert_int_eq(fs_tx_touches_by_message_id(tx, "x1@relay.example", see_touch, &touch, err),
                     FS_OK);
    ck_assert_int_eq(touch, 7);
    fs_arena_free(arena);
    return FS_OK;
}

START_TEST(a_store_of_version_1_is_migrated_and_goes_on)
{
    struct fs_error err = {FS_OK, ""};
    struct fs_store *store = NULL;
    struct fs_store_job job = {go_on, NULL, NULL};
    make_old_store("store-v1.sql");
    ck_assert_int_eq(version_of(), 1);
    ck_assert_msg(open_store(&store, &err) == FS_OK, "%s", err.text);
    ck_assert_int_eq(version_of(), SCHEMA_VERSION);
    ck_assert_msg(fs_store_write(store, &job, TIMEOUT_MS, &err) == FS_OK, "%s", err.text);
    fs_store_close(store);
    ck_assert_int_eq(open_store(&store, &err), FS_OK); /* once more: there is nothing to do */
    ck_assert_int_eq(version_of(), SCHEMA_VERSION);
    fs_store_close(store);
}
END_TEST

static enum fs_status print_row(void *context, const struct fs_outbox_row *row,
                                const struct fs_event *event, struct fs_error *err)
{
    (void)err;
    char *ids = context;
    ck_assert_str_eq(event->contact,
                     row->lead_id == 1 ? "jane@kunde.example" : "ben@kunde.example");
    snprintf(ids + strlen(ids), 8, "%lld%s ", (long long)row->id, row->is_behind ? "!" : "");
    return FS_OK;
}

static enum fs_status see_outbox(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    char ids[32] = "";
    (void)context;
    ck_assert_int_eq(fs_tx_outbox_due(tx, "crm", 1795708129, 9, print_row, ids, err), FS_OK);
    ck_assert_str_eq(ids, "");
    ck_assert_int_eq(fs_tx_outbox_due(tx, "crm", 1795708130, 9, print_row, ids, err), FS_OK);
    ck_assert_str_eq(ids, "1 3 ");
    ck_assert_int_eq(fs_tx_outbox_new(tx, "crm", 0, 9, print_row, ids, err), FS_OK);
    ck_assert_str_eq(ids, "1 3 2 ");
    return FS_OK;
}

START_TEST(what_waits_in_the_outbox_of_version_5_goes_on_waiting)
{
    struct fs_error err = {FS_OK, ""};
    struct fs_store *store = NULL;
    make_old_store("store-v5.sql");
    ck_assert_int_eq(version_of(), 5);
    ck_assert_msg(open_store(&store, &err) == FS_OK, "%s", err.text);
    ck_assert_int_eq(version_of(), SCHEMA_VERSION);
    ck_assert_msg(fs_store_read(store, see_outbox, NULL, &err) == FS_OK, "%s", err.text);
    fs_store_close(store);
}
END_TEST

START_TEST(a_store_of_a_newer_version_is_refused_and_left_alone)
{
    struct fs_error err = {FS_OK, ""};
    struct fs_store *store = NULL;
    make_old_store("store-v1.sql");
    run_sql("PRAGMA user_version = 99");
    ck_assert_int_eq(open_store(&store, &err), FS_INPUT);
    ck_assert_ptr_nonnull(strstr(err.text, "99"));
    ck_assert_int_eq(version_of(), 99);
}
END_TEST

START_TEST(a_migration_that_fails_changes_nothing)
{
    struct fs_error err = {FS_OK, ""};
    struct fs_store *store = NULL;
    make_old_store("store-v1.sql");
    run_sql("CREATE TABLE touch_alias(foreign_thing TEXT)");
    ck_assert_int_ne(open_store(&store, &err), FS_OK);
    ck_assert_int_eq(version_of(), 1);
    run_sql("DROP TABLE touch_alias");
    ck_assert_msg(open_store(&store, &err) == FS_OK, "%s", err.text);
    fs_store_close(store);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("store_migrate");
    TCase *tcase = tcase_create("versions");
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_store_of_version_1_is_migrated_and_goes_on);
    tcase_add_test(tcase, what_waits_in_the_outbox_of_version_5_goes_on_waiting);
    tcase_add_test(tcase, a_store_of_a_newer_version_is_refused_and_left_alone);
    tcase_add_test(tcase, a_migration_that_fails_changes_nothing);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
