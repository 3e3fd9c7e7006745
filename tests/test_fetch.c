/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_fetch.c - when a source is fetched again, when it is stale, and that a stop waits for
 * nothing. Against real servers: tests/e2e/test_crm.py.
 */
#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "fullstop/fetch.h"
#include "fullstop/outbox.h"
#include "fullstop/store.h"

#define MINUTE_S ((int64_t)60)
#define HOUR_S ((int64_t)3600)

static const struct {
    int64_t failures;
    int64_t every_s;
    int64_t retry_after_s;
    int64_t wait_s;
} waits[] = {
    {1, 15 * MINUTE_S, 0, 5},
    {2, 15 * MINUTE_S, 0, 5 * MINUTE_S},
    {3, 15 * MINUTE_S, 0, 15 * MINUTE_S}, /* never longer than every */
    {3, HOUR_S, 0, 30 * MINUTE_S},
    {1000, HOUR_S, 0, HOUR_S},
    {1, 1, 0, 1},
    {1, 15 * MINUTE_S, 40, 40},
    {3, 15 * MINUTE_S, HOUR_S, HOUR_S}, /* unless the source wants it so */
    {3, 15 * MINUTE_S, 40, 15 * MINUTE_S},
};

START_TEST(a_failing_source_backs_off_no_further_than_every_and_honours_its_wish)
{
    ck_assert_int_eq(
        fs_fetch_wait_s(waits[_i].failures, waits[_i].every_s, waits[_i].retry_after_s),
        waits[_i].wait_s);
}
END_TEST

static const struct {
    int64_t since_at;
    int64_t succeeded_at;
    int64_t failures;
    int64_t now;
    enum fs_fetch_condition condition;
} conditions[] = {
    {0, 0, 0, 100000, FS_FETCH_NEW},
    {100000, 0, 0, 100000, FS_FETCH_NEW},
    {100000, 0, 1, 100001, FS_FETCH_FAILING},
    {100000, 0, 1, 100180, FS_FETCH_FAILING}, /* three times every to the second */
    {100000, 0, 1, 100181, FS_FETCH_STALE},
    {100000, 0, 0, 100181, FS_FETCH_STALE},
    {1000, 100000, 0, 100000, FS_FETCH_OK},
    {1000, 100000, 0, 100180, FS_FETCH_OK},
    {1000, 100000, 2, 100180, FS_FETCH_FAILING},
    {1000, 100000, 0, 100181, FS_FETCH_STALE},
    {1000, 100000, 0, 99000, FS_FETCH_OK}, /* a clock that went back */
};

START_TEST(a_source_is_stale_after_three_times_every)
{
    const struct fs_fetch_state state = {.since_at = conditions[_i].since_at,
                                         .succeeded_at = conditions[_i].succeeded_at,
                                         .failures = conditions[_i].failures};
    ck_assert_int_eq(fs_fetch_condition(&state, MINUTE_S, conditions[_i].now),
                     conditions[_i].condition);
}
END_TEST

/* ---- with a server that takes connections and never says anything ---- */

static int listener;
static struct fs_store *store;
static struct fs_log *sink;
static struct fs_config_cell *cell;

static const struct fs_config *config_with(const char *sections, int port)
{
    char path[] = "/tmp/fullstop-test-XXXXXX";
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs("our_domains = { \"example.com\" }\nprocess \"s\" { senders = { \"@example.com\" } }\n",
          file);
    for (const char *name = sections; *name != '\0'; name++)
        fprintf(file, "crm \"%c\" { url = \"http://127.0.0.1:%d/\" timeout = \"10m\" }\n", *name,
                port);
    fclose(file);
    ck_assert_msg(fs_config_load(path, &config, &err) == FS_OK, "%s", err.text);
    unlink(path);
    return config;
}

static int port_of(int socket_fd)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    ck_assert_int_eq(getsockname(socket_fd, (struct sockaddr *)&address, &length), 0);
    return ntohs(address.sin_port);
}

static void begin(void)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct fs_store_setup setup = {.url = "memory:", .log_name = "mx1", .create = true};
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(listener, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listener, 16), 0);
    ck_assert_int_eq(fs_outbox_set_up(NULL), FS_OK);
    ck_assert_int_eq(fs_store_open(&setup, &store, NULL), FS_OK);
    sink = fs_log_new_stderr("test");
    cell = fs_config_cell_new(config_with("abc", port_of(listener)));
}

static void end(void)
{
    fs_config_cell_free(cell);
    fs_log_free(sink);
    fs_store_close(store);
    close(listener);
}

static enum fs_status never(void *taker, const struct fs_crm_load *load, struct fs_crm_tally *out,
                            struct fs_error *err)
{
    (void)load;
    (void)out;
    *(bool *)taker = true;
    return fs_error_set(err, FS_INPUT, "nothing was to come");
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The connection and what was asked. */
static int accept_request(char *request, size_t size_b)
{
    int connection = accept(listener, NULL, NULL);
    ck_assert_int_ge(connection, 0);
    ssize_t got = read(connection, request, size_b - 1);
    ck_assert_int_gt(got, 0);
    request[got] = '\0';
    return connection;
}

START_TEST(a_stop_waits_for_no_source_and_neither_does_a_reload)
{
    bool was_called = false;
    char request[4096];
    int connections[4];
    struct fs_fetch *fetch = NULL;
    const struct fs_fetch_setup setup = {.config = cell,
                                         .store = store,
                                         .log = sink,
                                         .clock = fs_clock_system(),
                                         .take = never,
                                         .taker = &was_called};
    ck_assert_int_eq(fs_fetch_start(&setup, &fetch, NULL), FS_OK);
    for (int i = 0; i < 3; i++) {
        connections[i] = accept_request(request, sizeof request);
        ck_assert_ptr_eq(strstr(request, "GET / HTTP/1.1\r\n"), request);
        ck_assert_ptr_null(strstr(request, "Authorization"));
    }
    /* d is new, b and c go, a goes on: one request comes */
    double began = seconds();
    fs_config_cell_swap(cell, config_with("ad", port_of(listener)));
    connections[3] = accept_request(request, sizeof request);
    ck_assert(seconds() - began < 2);
    began = seconds();
    fs_fetch_stop(fetch);
    ck_assert(seconds() - began < 2);
    ck_assert(!was_called);
    for (int i = 0; i < 4; i++)
        close(connections[i]);
}
END_TEST

static enum fs_status refuse(void *taker, const struct fs_crm_load *load, struct fs_crm_tally *out,
                             struct fs_error *err)
{
    (void)load;
    (void)out;
    atomic_fetch_add((atomic_int *)taker, 1);
    return fs_error_set(err, FS_REFUSED, "the engine will not have it");
}

/* Answers whatever comes for so long. */
static void serve(double for_s)
{
    static const char answer[] =
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
    char request[4096];
    struct pollfd waiting = {listener, POLLIN, 0};
    for (double until = seconds() + for_s; seconds() < until;) {
        if (poll(&waiting, 1, 100) != 1)
            continue;
        int connection = accept_request(request, sizeof request);
        ck_assert_int_eq(write(connection, answer, sizeof answer - 1), sizeof answer - 1);
        close(connection);
    }
}

/* Also with the status that says "broken off" to one that stops. */
START_TEST(a_file_that_is_refused_is_a_failure_and_not_fetched_again_at_once)
{
    atomic_int calls = 0;
    struct fs_fetch *fetch = NULL;
    const struct fs_fetch_setup setup = {.config = cell,
                                         .store = store,
                                         .log = sink,
                                         .clock = fs_clock_system(),
                                         .take = refuse,
                                         .taker = &calls};
    fs_config_cell_swap(cell, config_with("a", port_of(listener)));
    ck_assert_int_eq(fs_fetch_start(&setup, &fetch, NULL), FS_OK);
    serve(2);
    ck_assert_int_eq(atomic_load(&calls), 1);
    fs_fetch_stop(fetch);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("fetch");
    TCase *tables = tcase_create("tables");
    tcase_add_loop_test(tables,
                        a_failing_source_backs_off_no_further_than_every_and_honours_its_wish, 0,
                        sizeof waits / sizeof *waits);
    tcase_add_loop_test(tables, a_source_is_stale_after_three_times_every, 0,
                        sizeof conditions / sizeof *conditions);
    suite_add_tcase(suite, tables);
    TCase *threads = tcase_create("threads");
    tcase_add_checked_fixture(threads, begin, end);
    tcase_set_timeout(threads, 30);
    tcase_add_test(threads, a_stop_waits_for_no_source_and_neither_does_a_reload);
    tcase_add_test(threads, a_file_that_is_refused_is_a_failure_and_not_fetched_again_at_once);
    suite_add_tcase(suite, threads);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
