/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * outbox.h - telling the world: webhooks, by the Standard Webhooks specification.
 *
 * The engine writes rows (store.h) in the transaction of the decision; two threads of
 * fullstopd, one for webhooks and one for notices, deliver them through libcurl, at least once
 * and in order per lead and target. Mail never waits for them. fs_outbox_start() and
 * fs_outbox_stop(): one thread. The desk is
 * what fullstop(1) does with the same rows; its failures are those of the store, and its
 * results live in the arena given.
 */
#ifndef FULLSTOP_OUTBOX_H
#define FULLSTOP_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/config.h"
#include "fullstop/log.h"
#include "fullstop/status.h"

struct fs_store;
struct fs_outbox;

/* libcurl's own set-up: once per process, before any thread starts. */
enum fs_status fs_outbox_set_up(struct fs_error *err);

struct fs_outbox_setup {
    struct fs_config_cell *config; /* a reload is seen within a second */
    struct fs_store *store;
    struct fs_log *log;
    struct fs_clock clock;
};
enum fs_status fs_outbox_start(const struct fs_outbox_setup *setup, struct fs_outbox **out,
                               struct fs_error *err);
/* Breaks off what is on its way (it is sent again after the next start), writes down what
 * arrived, 5 s at most. NULL is a no-op. */
void fs_outbox_stop(struct fs_outbox *outbox);

/* ---- when to try again ---- */

/* How long to wait after so many failed attempts; jitter from 0 to 1000 adds up to a tenth.
 * -1: no more, it is a dead letter. */
int64_t fs_outbox_delay_s(int64_t attempts, unsigned jitter);
/* The value of Retry-After (RFC 9110 10.2.3), seconds or a date; 0: none, past or nonsense;
 * a day at most. */
int64_t fs_outbox_retry_after_s(const char *value, int64_t now);

/* ---- the desk ---- */

struct fs_outbox_item {
    int64_t id;
    const char *target;
    const char *webhook_id;
    const char *type;
    const char *event_id;
    const char *process; /* NULL: none */
    const char *address; /* NULL: none, or erased */
    int64_t at;
    int64_t attempts;
    int64_t next_at; /* 0: at once */
    bool dead;
    const char *last_error; /* NULL: none */
    const char *body;       /* as it is sent; of a notice: the event that it is about */
};
/* In id order; id 0: all, target NULL: any, limit 0: no limit. */
enum fs_status fs_outbox_list(struct fs_store *store, struct fs_arena *arena, const char *target,
                              int64_t id, bool dead_only, int64_t limit,
                              struct fs_outbox_item **out, size_t *out_count, struct fs_error *err);
/* id 0: all that wait for another attempt or are dead. FS_NOT_FOUND. */
enum fs_status fs_outbox_retry(struct fs_store *store, int64_t id, int64_t *out_rows,
                               struct fs_error *err);
enum fs_status fs_outbox_drop(struct fs_store *store, int64_t id, struct fs_error *err);
/* All of a target, configured or not, in pieces; *out_rows also when it failed. FS_NOT_FOUND. */
enum fs_status fs_outbox_drop_all(struct fs_store *store, const char *target, int64_t *out_rows,
                                  struct fs_error *err);

struct fs_outbox_backlog {
    const char *target;
    bool configured;
    int64_t waiting;
    int64_t dead;
    int64_t oldest_at; /* 0: nothing waits */
};
/* One per webhook and process with notices of config, and per target that has rows and is
 * configured no more. */
enum fs_status fs_outbox_backlog(struct fs_store *store, struct fs_arena *arena,
                                 const struct fs_config *config, struct fs_outbox_backlog **out,
                                 size_t *out_count, struct fs_error *err);

/* A signed sample (type policy.changed, change "test"), sent once. */
struct fs_outbox_answer {
    const char *webhook_id;
    const char *request; /* the body */
    long status;         /* of HTTP; 0: there was none */
    const char *fault;   /* NULL: it was taken */
    const char *body;    /* what came back, cut */
    int64_t took_ms;
};
enum fs_status fs_outbox_test(const struct fs_webhook *webhook, const struct fs_clock *clock,
                              struct fs_arena *arena, struct fs_outbox_answer *out,
                              struct fs_error *err);

#endif
