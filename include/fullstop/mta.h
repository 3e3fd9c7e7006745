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

#include <stdatomic.h>

#include "fullstop/config.h"
#include "fullstop/engine.h"
#include "fullstop/log.h"
#include "fullstop/status.h"

struct fs_mta_setup {
    struct fs_config_cell *config;
    struct fs_engine *engine;
    struct fs_log *log;
};

/* Opens the socket (bind errors show here, before privileges drop) with mode and group. */
enum fs_status fs_mta_open(const struct fs_mta_setup *setup, struct fs_error *err);
/* Serves until fs_mta_stop() or SIGTERM/SIGINT (libmilter's); waits for callbacks that are
 * still running, 10 s at most. FS_IO when libmilter fails. */
enum fs_status fs_mta_run(struct fs_error *err);
void fs_mta_stop(void);
/* Messages that passed or were deferred without a decision since the last call. */
unsigned long fs_mta_take_undecided(void);

#endif
