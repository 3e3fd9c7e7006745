/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mta.h - the milter side of fullstopd: libmilter callbacks, no decisions.
 *
 * One call of fs_mta_run() per process (libmilter is global). Callbacks of one session may
 * run on several threads, one at a time.
 */
#ifndef FULLSTOP_MTA_H
#define FULLSTOP_MTA_H

#include <stdbool.h>

#include "fullstop/config.h"
#include "fullstop/engine.h"
#include "fullstop/log.h"
#include "fullstop/status.h"

struct fs_mta_setup {
    struct fs_config_cell *config;
    struct fs_engine *engine;
    struct fs_log *log;
};

/* Opens the socket (bind errors show here, before privileges drop) with mode and group.
 * setup->engine may be NULL: fs_mta_attach() brings it, at the latest before fs_mta_run().
 * FS_REFUSED: somebody answers on the socket already. */
enum fs_status fs_mta_open(const struct fs_mta_setup *setup, struct fs_error *err);
void fs_mta_attach(struct fs_engine *engine);
/* Serves until fs_mta_stop() or SIGTERM/SIGINT (libmilter's); waits for callbacks that are
 * still running, 10 s at most. FS_IO when libmilter fails. FS_LIMIT: some still run, and
 * what was in setup must not be freed. */
enum fs_status fs_mta_run(struct fs_error *err);
/* Async-signal-safe, once fs_mta_open() has succeeded. */
void fs_mta_stop(void);
/* Messages that passed or were deferred without a decision since the last call. */
unsigned long fs_mta_take_undecided(void);

/* ---- the process around it: one thread, at start ---- */

/* As many open files as the system lets us have: each session of the MTA needs one. */
void fs_daemon_raise_limits(void);
/* From root to this user and its groups, for good. "root" and the current user: nothing. */
enum fs_status fs_daemon_become(const char *user, struct fs_error *err);
/* Takes the lock that makes one daemon per store: fullstopd.pid beside the store's file,
 * which then holds the pid. Held until the process ends. FS_REFUSED: another daemon has it. */
enum fs_status fs_daemon_lock(const char *store_path, struct fs_error *err);
/* Goes to the background. Returns in the child; the parent waits for fs_daemon_ready() and
 * exits 0, or with the child's status when that ends before. *out_fd is for the former. */
enum fs_status fs_daemon_detach(int *out_fd, struct fs_error *err);
/* Releases the parent and the terminal. */
void fs_daemon_ready(int fd);

/* ---- upkeep: what the main thread does between signals ---- */

struct fs_upkeep {
    struct fs_config_cell *cell;
    struct fs_engine *engine;
    struct fs_log *log;
    const char *config_path;
    const struct fs_config *started; /* the configuration at start */
    unsigned long undecided;         /* own: not yet in the audit log */
    bool is_sweep_failing;           /* own */
};
/* Parses anew and swaps whole; an error keeps the old configuration. Logs and audits. */
void fs_upkeep_reload(struct fs_upkeep *upkeep);
/* Makes visible what time brought; notes a gap once the store takes it. */
void fs_upkeep_sweep(struct fs_upkeep *upkeep);
/* The last events: gap and stop. */
void fs_upkeep_stop(struct fs_upkeep *upkeep);

#endif
