/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_race.c - many sessions at one time for one last touch, on a SQLite file.
 *
 * Two engines share the file, as two programs would; half of the threads ask each. The race
 * through a real MTA is tests/e2e/test_race.py.
 */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/engine.h"
#include "suite.h"

#define SESSIONS 50
#define ROUNDS 200
#define LIMIT 4

static char folder[] = "/tmp/fullstop-race-XXXXXX";
static struct fs_engine *engines[2];
static const struct fs_config *config;
static pthread_barrier_t gate; /* of all sessions and the one that judges */

/* One session's part; written by its thread, read between two gates. */
struct racer {
    pthread_t thread;
    int number;
    enum fs_status status;
    struct fs_error error;
    enum fs_disposition disposition;
};
static struct racer racers[SESSIONS];

static void load(void)
{
    char path[sizeof(folder) + 32];
    snprintf(path, sizeof(path), "%s/fullstop.conf", folder);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file,
            "our_domains = { \"example.com\" }\n"
            "process \"sales\" { mode = \"enforce\" senders = { \"@example.com\" }\n"
            "end { unanswered = %d } }\n",
            LIMIT);
    fclose(file);
    struct fs_error err = {FS_OK, ""};
    ck_assert_msg(fs_config_load(path, &config, &err) == FS_OK, "%s", err.text);
}

static void begin(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    load();
    char url[sizeof(folder) + 32];
    snprintf(url, sizeof(url), "sqlite:%s/fullstop.db", folder);
    for (int i = 0; i < 2; i++) {
        struct fs_error err = {FS_OK, ""};
        struct fs_engine_setup setup = {.store_url = url,
                                        .log_name = i == 0 ? "mx1" : "mx2",
                                        .create = true,
                                        .clock = fs_clock_system()};
        ck_assert_msg(fs_engine_open(&setup, &engines[i], &err) == FS_OK, "%s", err.text);
    }
}

static void end(void)
{
    static const char *const files[] = {"fullstop.db", "fullstop.db-wal", "fullstop.db-shm",
                                        "fullstop.conf"};
    for (int i = 0; i < 2; i++)
        fs_engine_close(engines[i]);
    fs_config_unref(config);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[sizeof(folder) + 32];
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* One message of session number to the contact of a round. */
static enum fs_status send_one(int round, int number, enum fs_disposition *out,
                               struct fs_error *err)
{
    struct fs_arena *arena = fs_arena_new(0);
    char contact[64], id[64];
    snprintf(contact, sizeof(contact), "jane%d@kunde%d.example", round, round);
    snprintf(id, sizeof(id), "m%d-%d@example.com", round, number);
    const char *recipients[] = {contact};
    struct fs_facts facts = {.class = FS_CLASS_HUMAN,
                             .message_id = id,
                             .from = "anna@example.com",
                             .key = fs_arena_printf(arena, "id:%s", id)};
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[0],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = 1};
    struct fs_ruling ruling = {0};
    enum fs_status status = fs_engine_outbound(engines[number % 2], arena, &in, &ruling, err);
    *out = ruling.disposition;
    fs_arena_free(arena);
    return status;
}

static void *race(void *context)
{
    struct racer *racer = context;
    for (int round = 0; round < ROUNDS; round++) {
        pthread_barrier_wait(&gate);
        racer->status = send_one(round, racer->number, &racer->disposition, &racer->error);
        pthread_barrier_wait(&gate);
    }
    return NULL;
}

static void all_but_one_touch(int round)
{
    for (int i = 1; i < LIMIT; i++) {
        enum fs_disposition disposition;
        struct fs_error err = {FS_OK, ""};
        ck_assert_msg(send_one(round, SESSIONS + i, &disposition, &err) == FS_OK, "%s", err.text);
        ck_assert_int_eq(disposition, FS_DISPOSITION_PASSED);
    }
}

static void exactly_one_passed(int round)
{
    int passed = 0, refused = 0;
    for (int i = 0; i < SESSIONS; i++) {
        ck_assert_msg(racers[i].status == FS_OK, "round %d: %s", round, racers[i].error.text);
        passed += racers[i].disposition == FS_DISPOSITION_PASSED;
        refused += racers[i].disposition == FS_DISPOSITION_REFUSED;
    }
    ck_assert_msg(passed == 1 && refused == SESSIONS - 1, "round %d: %d passed, %d refused", round,
                  passed, refused);
}

START_TEST(of_fifty_sessions_exactly_one_gets_the_last_touch_two_hundred_times)
{
    ck_assert_int_eq(pthread_barrier_init(&gate, NULL, SESSIONS + 1), 0);
    for (int i = 0; i < SESSIONS; i++) {
        racers[i].number = i;
        ck_assert_int_eq(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
    }
    for (int round = 0; round < ROUNDS; round++) {
        all_but_one_touch(round);
        pthread_barrier_wait(&gate);
        pthread_barrier_wait(&gate);
        exactly_one_passed(round);
    }
    for (int i = 0; i < SESSIONS; i++)
        pthread_join(racers[i].thread, NULL);
    pthread_barrier_destroy(&gate);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("race");
    TCase *tcase = tcase_create("last touch");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_set_timeout(tcase, 200);
    tcase_add_test(tcase, of_fifty_sessions_exactly_one_gets_the_last_touch_two_hundred_times);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
