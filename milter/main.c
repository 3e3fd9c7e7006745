/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * main.c - fullstopd: flags, wiring, signals, the sweep's timer.
 *
 * Decides: the order of starting and stopping. libmilter serves on a thread of its own and
 * this one waits for signals; SIGHUP, which libmilter would take for a stop, is ignored.
 * Must not know: messages, leads, SQL.
 */
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef FS_WITH_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "fullstop/config.h"
#include "fullstop/engine.h"
#include "fullstop/fetch.h"
#include "fullstop/hash.h"
#include "fullstop/import.h"
#include "fullstop/log.h"
#include "fullstop/mail.h"
#include "fullstop/mta.h"
#include "fullstop/outbox.h"

#define SWEEP_EVERY_S 60
#define PATH_MAX_B 4096
#define EXIT_CONFIG 2

struct daemon {
    char config_path[PATH_MAX_B]; /* absolute: the working directory changes */
    bool is_foreground;
    bool is_check_only;
    struct fs_config_cell *cell;
    const struct fs_config *config; /* as started */
    struct fs_engine *engine;
    struct fs_outbox *outbox;
    struct fs_fetch *fetch;
    struct fs_import_taker taker; /* of what is fetched */
    struct fs_log *log;
    int ready_fd;    /* -1: nobody waits */
    sigset_t waited; /* for sigtimedwait() */
    sigset_t ending;
    pthread_t main_thread;
    atomic_bool is_served; /* the serving thread is done */
    enum fs_status served;
    struct fs_error serve_error;
    struct fs_upkeep upkeep;
};

static void notify(const char *state)
{
#ifdef FS_WITH_SYSTEMD
    (void)sd_notify(0, state);
#else
    (void)state;
#endif
}

static void usage(FILE *out)
{
    (void)fputs("usage: fullstopd [-c FILE] [-f] [-n]\n"
                "  -c FILE  configuration (" FS_CONFIG_PATH_DEFAULT ")\n"
                "  -f       stay in the foreground, log to stderr\n"
                "  -n       check the configuration and exit: 0 good, 2 not\n"
                "  -V       print the version\n"
                "  -h       print this\n",
                out);
}

/* Returns -1 to go on, else the exit status. */
static int read_flags(struct daemon *daemon, int argc, char **argv)
{
    static const struct option LONG[] = {
        {"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, 'V'}, {NULL, 0, NULL, 0}};
    const char *path = FS_CONFIG_PATH_DEFAULT;
    int flag;
    while ((flag = getopt_long(argc, argv, "c:fnhV", LONG, NULL)) != -1) {
        switch (flag) {
        case 'c':
            path = optarg;
            break;
        case 'f':
            daemon->is_foreground = true;
            break;
        case 'n':
            daemon->is_check_only = true;
            break;
        case 'h':
            usage(stdout);
            return 0;
        case 'V':
            (void)puts("fullstopd " FS_VERSION);
            return 0;
        default:
            usage(stderr);
            return EXIT_CONFIG;
        }
    }
    if (optind != argc) {
        usage(stderr);
        return EXIT_CONFIG;
    }
    char resolved[PATH_MAX_B];
    int length = snprintf(daemon->config_path, sizeof daemon->config_path, "%s",
                          realpath(path, resolved) == NULL ? path : resolved);
    return length < PATH_MAX_B ? -1 : EXIT_CONFIG;
}

/* To the terminal: whoever starts the daemon sees why it did not. */
static int complain(const struct fs_error *error)
{
    (void)fprintf(stderr, "fullstopd: %s\n", error->text);
    return error->status == FS_INPUT ? EXIT_CONFIG : 1;
}

static int fail(struct daemon *daemon, const struct fs_error *error)
{
    if (daemon->log != NULL && !daemon->is_foreground)
        fs_log_write(daemon->log, FS_LOG_ERROR, "not started: %s", error->text);
    fs_fetch_stop(daemon->fetch);
    fs_outbox_stop(daemon->outbox);
    return complain(error);
}

static enum fs_status set_up_rooms(struct fs_error *err)
{
    enum fs_status status = fs_hash_setup(err);
    if (status == FS_OK)
        status = fs_mail_setup(err);
    if (status == FS_OK)
        status = fs_outbox_set_up(err);
    return status;
}

static void on_terminate(int number)
{
    (void)number;
    fs_mta_stop();
}

/* Blocked before any thread starts. SIGUSR2 is how the serving thread says that it is done.
 * SIGTERM and SIGINT are unblocked before libmilter begins, in this thread alone: the kernel
 * then prefers it to libmilter's own signal thread, which would cut open messages off, and
 * which closes the socket under its own listener, so that a stop would look like a failure. */
static void set_up_signals(struct daemon *daemon)
{
    sigset_t all;
    (void)sigemptyset(&daemon->waited);
    (void)sigaddset(&daemon->waited, SIGUSR1);
    (void)sigaddset(&daemon->waited, SIGUSR2);
    (void)sigemptyset(&daemon->ending);
    (void)sigaddset(&daemon->ending, SIGTERM);
    (void)sigaddset(&daemon->ending, SIGINT);
    all = daemon->ending;
    (void)sigaddset(&all, SIGUSR1);
    (void)sigaddset(&all, SIGUSR2);
    (void)pthread_sigmask(SIG_BLOCK, &all, NULL);
    struct sigaction action = {.sa_handler = on_terminate};
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGINT, &action, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    daemon->main_thread = pthread_self();
}

static enum fs_status open_store(struct daemon *daemon, struct fs_error *err)
{
    const char *store = fs_config_store_path(daemon->config);
    enum fs_status status = store == NULL ? FS_OK : fs_daemon_lock(store, err);
    if (status != FS_OK)
        return status;
    struct fs_engine_setup setup = {
        .store_url = daemon->config->store, .create = true, .clock = fs_clock_system()};
    status = fs_engine_open(&setup, &daemon->engine, err);
    if (status != FS_OK)
        return status;
    char hash[FS_HASH_HEX_SIZE_B];
    fs_hash_hex(&daemon->config->hash, hash);
    fs_engine_use(daemon->engine, daemon->config);
    status = fs_engine_note(daemon->engine, FS_EVENT_START, FS_VERSION, err);
    return status != FS_OK ? status : fs_engine_note(daemon->engine, FS_EVENT_CONFIG, hash, err);
}

static enum fs_status start(struct daemon *daemon, struct fs_error *err)
{
    if (daemon->config->timezone[0] != '\0')
        (void)setenv("TZ", daemon->config->timezone, 1);
    tzset();
    fs_daemon_raise_limits();
    (void)umask(0027);
    struct fs_mta_setup setup = {.config = daemon->cell, .log = daemon->log};
    enum fs_status status = fs_mta_open(&setup, err);
    if (status == FS_OK)
        status = fs_daemon_become(daemon->config->user, err);
    if (status == FS_OK)
        status = open_store(daemon, err);
    if (status == FS_OK)
        fs_mta_attach(daemon->engine);
    return status;
}

/* After the daemon has gone to the background and become its user: a thread survives
 * neither. */
static enum fs_status start_outbox(struct daemon *daemon, struct fs_error *err)
{
    struct fs_outbox_setup setup = {.config = daemon->cell,
                                    .store = fs_engine_store(daemon->engine),
                                    .log = daemon->log,
                                    .clock = fs_clock_system()};
    return fs_outbox_start(&setup, &daemon->outbox, err);
}

static enum fs_status start_fetch(struct daemon *daemon, struct fs_error *err)
{
    daemon->taker = (struct fs_import_taker){daemon->engine, daemon->cell};
    struct fs_fetch_setup setup = {.config = daemon->cell,
                                   .store = fs_engine_store(daemon->engine),
                                   .log = daemon->log,
                                   .clock = fs_clock_system(),
                                   .take = fs_import_take,
                                   .taker = &daemon->taker};
    return fs_fetch_start(&setup, &daemon->fetch, err);
}

static void *serve(void *context)
{
    struct daemon *daemon = context;
    (void)pthread_sigmask(SIG_BLOCK, &daemon->ending, NULL);
    daemon->served = fs_mta_run(&daemon->serve_error);
    atomic_store(&daemon->is_served, true);
    (void)pthread_kill(daemon->main_thread, SIGUSR2);
    return NULL;
}

static int64_t steady_s(void)
{
    return fs_steady_ms() / 1000;
}

static void on_reload(struct daemon *daemon)
{
#ifdef FS_WITH_SYSTEMD
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    (void)sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld",
                     (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
#endif
    fs_upkeep_reload(&daemon->upkeep);
    notify("READY=1");
}

/* Until libmilter has ended. */
static void wait_for_signals(struct daemon *daemon)
{
    int64_t due_s = steady_s() + SWEEP_EVERY_S;
    while (!atomic_load(&daemon->is_served)) {
        int64_t left_s = due_s - steady_s();
        struct timespec timeout = {.tv_sec = left_s > 0 ? left_s : 0};
        int number = sigtimedwait(&daemon->waited, NULL, &timeout);
        if (number == SIGUSR1)
            on_reload(daemon);
        if (steady_s() >= due_s) {
            fs_upkeep_sweep(&daemon->upkeep);
            due_s = steady_s() + SWEEP_EVERY_S;
        }
    }
}

static int stop(struct daemon *daemon)
{
    notify("STOPPING=1");
    fs_fetch_stop(daemon->fetch);
    fs_outbox_stop(daemon->outbox);
    fs_upkeep_stop(&daemon->upkeep);
    if (daemon->served != FS_OK)
        fs_log_write(daemon->log, FS_LOG_ERROR, "stopped: %s", daemon->serve_error.text);
    else
        fs_log_write(daemon->log, FS_LOG_INFO, "stopped");
    return daemon->served == FS_OK ? 0 : 1;
}

static int serve_until_stopped(struct daemon *daemon)
{
    pthread_t thread;
    daemon->upkeep = (struct fs_upkeep){.cell = daemon->cell,
                                        .engine = daemon->engine,
                                        .log = daemon->log,
                                        .config_path = daemon->config_path,
                                        .started = daemon->config};
    (void)pthread_sigmask(SIG_UNBLOCK, &daemon->ending, NULL);
    if (pthread_create(&thread, NULL, serve, daemon) != 0) {
        struct fs_error error;
        (void)fs_error_set(&error, FS_NOMEM, "no thread can be started");
        return fail(daemon, &error);
    }
    fs_log_write(daemon->log, FS_LOG_INFO, "fullstopd %s started, listening on %s, store %s",
                 FS_VERSION, daemon->config->listen, daemon->config->store);
    if (daemon->ready_fd >= 0)
        fs_daemon_ready(daemon->ready_fd);
    notify("READY=1");
    wait_for_signals(daemon);
    (void)pthread_join(thread, NULL);
    return stop(daemon);
}

static int run(struct daemon *daemon)
{
    struct fs_error error = {0};
    if (set_up_rooms(&error) != FS_OK)
        return complain(&error);
    if (fs_config_load(daemon->config_path, &daemon->config, &error) != FS_OK) {
        (void)fprintf(stderr, "%s\n", error.text);
        return EXIT_CONFIG;
    }
    if (daemon->is_check_only) {
        (void)printf("%s: good\n", daemon->config_path);
        return 0;
    }
    daemon->cell = fs_config_cell_new(fs_config_ref(daemon->config));
    daemon->log =
        daemon->is_foreground ? fs_log_new_stderr("fullstopd") : fs_log_new_syslog("fullstopd");
    if (daemon->cell == NULL || daemon->log == NULL) {
        (void)fs_error_set(&error, FS_NOMEM, "out of memory");
        return complain(&error);
    }
    set_up_signals(daemon);
    if (!daemon->is_foreground && fs_daemon_detach(&daemon->ready_fd, &error) != FS_OK)
        return complain(&error);
    if (start(daemon, &error) != FS_OK || start_outbox(daemon, &error) != FS_OK ||
        start_fetch(daemon, &error) != FS_OK)
        return fail(daemon, &error);
    return serve_until_stopped(daemon);
}

int main(int argc, char **argv)
{
    struct daemon daemon = {.ready_fd = -1};
    int status = read_flags(&daemon, argc, argv);
    if (status >= 0)
        return status;
    status = run(&daemon);
    /* What callbacks that hang may still use is not freed. */
    if (daemon.served != FS_LIMIT) {
        fs_engine_close(daemon.engine);
        fs_config_cell_free(daemon.cell);
        fs_config_unref(daemon.config);
        fs_log_free(daemon.log);
        fs_mail_teardown();
    }
    /* libmilter's threads are still there: no exit handlers under them. */
    (void)fflush(stdout);
    _exit(status);
}
