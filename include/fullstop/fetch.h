/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fetch.h - the CRM's word, fetched by HTTPS for each crm {} of the configuration.
 *
 * Each source has a thread of its own in fullstopd, so that one that hangs holds up neither
 * mail nor webhooks nor other sources. What came is handed to a function that the daemon wires
 * (crm.h); this room knows no file format and no lead. What became of a source is kept in the
 * store: for the next fetch, and for fullstop status. fs_fetch_start() and fs_fetch_stop(): one
 * thread; fs_outbox_set_up() must have succeeded. The rest is thread-safe.
 */
#ifndef FULLSTOP_FETCH_H
#define FULLSTOP_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/config.h"
#include "fullstop/crm.h"
#include "fullstop/hash.h"
#include "fullstop/log.h"
#include "fullstop/status.h"

/* Caps. A file that is larger is not taken; a validator that is longer is not kept. */
#define FS_FETCH_MAX_B ((size_t)64 * 1024 * 1024)
#define FS_FETCH_ETAG_SIZE_B 512
#define FS_FETCH_DATE_SIZE_B 64
#define FS_FETCH_FAULT_SIZE_B 256
/* A source without success for so many times its every is stale. */
#define FS_FETCH_STALE_TIMES 3

struct fs_store;
struct fs_fetch;

struct fs_fetch_setup {
    struct fs_config_cell *config; /* a reload is seen within a second */
    struct fs_store *store;
    struct fs_log *log;
    struct fs_clock clock;
    fs_crm_take *take; /* called on the source's thread; returns soon once it is to stop */
    void *taker;
};
enum fs_status fs_fetch_start(const struct fs_fetch_setup *setup, struct fs_fetch **out,
                              struct fs_error *err);
/* Breaks off what is on its way, within 2 s unless the store is away. NULL is a no-op. */
void fs_fetch_stop(struct fs_fetch *fetch);

/* ---- when the next fetch is ---- */

/* After so many failures in a row: the waits of the outbox, but never longer than every_s; and
 * not before the source's own wish (Retry-After) is over. */
int64_t fs_fetch_wait_s(int64_t failures, int64_t every_s, int64_t retry_after_s);

/* ---- what became of a source ---- */

struct fs_fetch_bad {
    int64_t number; /* of the line; 0: the file */
    char field[16];
    char text[FS_FETCH_FAULT_SIZE_B]; /* English */
};
struct fs_fetch_state {
    char url_hash[FS_HASH_HEX_SIZE_B]; /* of the URL that all this is about */
    char digest[FS_HASH_HEX_SIZE_B];   /* of the last file that was dealt with */
    char etag[FS_FETCH_ETAG_SIZE_B];   /* its validators; "" none */
    char modified[FS_FETCH_DATE_SIZE_B];
    int64_t since_at; /* known since; 0: not yet */
    int64_t tried_at; /* 0: never; as all below */
    int64_t succeeded_at;
    int64_t changed_at;    /* something was applied */
    int64_t not_before_at; /* the source's wish */
    int64_t failures;      /* since the last success */
    char fault[FS_FETCH_FAULT_SIZE_B];
    int64_t refused_at; /* the last file that was judged is not dealt with, for it is bad */
    int64_t applied;    /* of that file */
    int64_t unchanged;
    int64_t bad;
    struct fs_fetch_bad first[FS_CRM_TOLD_MAX]; /* of what was bad */
    size_t first_count;
};
enum fs_fetch_condition { FS_FETCH_NEW, FS_FETCH_OK, FS_FETCH_FAILING, FS_FETCH_STALE };
/* "new", "ok", "failing", "stale". */
const char *fs_fetch_condition_name(enum fs_fetch_condition condition);
enum fs_fetch_condition fs_fetch_condition(const struct fs_fetch_state *state, int64_t every_s,
                                           int64_t now);
/* One for each crm {} of config, in its order; they live in the arena. Failures: the store's. */
enum fs_status fs_fetch_states(struct fs_store *store, struct fs_arena *arena,
                               const struct fs_config *config, const struct fs_fetch_state **out,
                               struct fs_error *err);

#endif
