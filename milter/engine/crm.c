/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm.c - what a CRM says of leads, line after line: judged first, then applied.
 *
 * Decides in which pieces that happens. Judging only reads. Applying writes in small works
 * that keep the lock for a moment each, so that mail does not wait, and judges anew inside them.
 */
#include <time.h>

#include "engine_crm.h"

#define CHECK_PAGE 1000
#define BATCH_MAX 256
/* How long one work may keep the lock, its commit included; and after how much of that, at most
 * and at least, no further line is begun. */
#define LOCK_MS 40
#define BATCH_HOLD_MS 20
#define BATCH_LEAST_MS 4
/* Between two works. */
#define BATCH_PAUSE_MS 20
#define PAUSE_LONGEST_MS 500

/* ---- judging ---- */

struct check {
    struct work frame;
    const struct fs_crm_line *lines;
    size_t count;
    struct fs_crm_verdict *verdicts;
};

static enum fs_status run_check(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct check *check = context;
    const struct fs_actor nobody = {NULL, -1};
    for (size_t i = 0; i < check->count; i++) {
        struct crm_work work;
        crm_begin(&work, &check->frame, &check->lines[i], &nobody);
        enum fs_status status = crm_judge(tx, &work, &check->verdicts[i], err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

enum fs_status fs_engine_crm_check(struct fs_engine *engine, const struct fs_config *config,
                                   const struct fs_crm_line *lines, size_t count,
                                   struct fs_crm_verdict *verdicts, struct fs_error *err)
{
    enum fs_status status = FS_OK;
    for (size_t i = 0; i < count && status == FS_OK; i += CHECK_PAGE) {
        struct check check = {.frame = {.arena = fs_arena_new(0),
                                        .config = config,
                                        .now = fs_clock_now(&engine->clock)},
                              .lines = lines + i,
                              .count = count - i < CHECK_PAGE ? count - i : CHECK_PAGE,
                              .verdicts = verdicts + i};
        if (check.frame.arena == NULL)
            return no_memory(err);
        status = fs_store_read(engine->store, run_check, &check, err);
        fs_arena_free(check.frame.arena);
    }
    return status;
}

/* ---- applying ---- */

struct batch {
    struct work work;
    struct fs_actor actor;
    struct fs_crm_line lines[BATCH_MAX];
    struct fs_crm_verdict verdicts[BATCH_MAX];
    size_t indexes[BATCH_MAX]; /* in the caller's list */
    size_t count;
    size_t done;
    int64_t hold_ms; /* after so long it commits */
    int64_t began_ms;
    int64_t ended_ms;
};

static enum fs_status run_batch(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct batch *batch = context;
    batch->began_ms = fs_steady_ms();
    int64_t until_ms = batch->began_ms + batch->hold_ms;
    while (batch->done < batch->count && (batch->done == 0 || fs_steady_ms() < until_ms)) {
        struct fs_crm_verdict *verdict = &batch->verdicts[batch->done];
        struct crm_work work;
        crm_begin(&work, &batch->work, &batch->lines[batch->done], &batch->actor);
        enum fs_status status = crm_judge(tx, &work, verdict, err);
        if (status == FS_OK && verdict->outcome == FS_CRM_CHANGES) {
            status = crm_apply(tx, &work, err);
            verdict->outcome = FS_CRM_APPLIED;
        }
        if (status != FS_OK)
            return status;
        batch->done++;
    }
    batch->ended_ms = fs_steady_ms();
    return FS_OK;
}

/* The commit holds the lock too, and how long is up to the disk: what it took the last time is
 * taken off the next batch. And who waits gets the lock for as long as it was held. */
struct pace {
    int64_t hold_ms;
    int64_t pause_ms;
};

static void keep_pace(struct pace *pace, const struct batch *batch)
{
    int64_t committed_ms = fs_steady_ms();
    int64_t left_ms = LOCK_MS - (committed_ms - batch->ended_ms);
    pace->hold_ms = left_ms < BATCH_HOLD_MS ? left_ms : BATCH_HOLD_MS;
    if (pace->hold_ms < BATCH_LEAST_MS)
        pace->hold_ms = BATCH_LEAST_MS;
    int64_t held_ms = committed_ms - batch->began_ms;
    pace->pause_ms = held_ms > BATCH_PAUSE_MS ? held_ms : BATCH_PAUSE_MS;
    if (pace->pause_ms > PAUSE_LONGEST_MS)
        pace->pause_ms = PAUSE_LONGEST_MS;
}

static const char *copied(struct fs_arena *arena, const char *text, bool *ok)
{
    const char *copy = fs_arena_strdup(arena, text);
    *ok = *ok && (text == NULL || copy != NULL);
    return copy;
}

/* The lines that would change something, from *at on, in the batch's own memory. */
static bool fill(struct batch *batch, const struct fs_crm_line *lines,
                 const struct fs_crm_verdict *verdicts, size_t count, size_t at)
{
    struct fs_arena *arena = batch->work.arena;
    bool ok = true;
    for (; at < count && batch->count < BATCH_MAX && ok; at++) {
        if (verdicts[at].outcome != FS_CRM_CHANGES)
            continue;
        struct fs_crm_line *line = &batch->lines[batch->count];
        *line = lines[at];
        line->address = copied(arena, line->address, &ok);
        line->process = copied(arena, line->process, &ok);
        line->sender = copied(arena, line->sender, &ok);
        line->note = copied(arena, line->note, &ok);
        batch->indexes[batch->count++] = at;
    }
    return ok;
}

static enum fs_status apply_batch(struct fs_engine *engine, struct batch *batch,
                                  struct fs_crm_verdict *verdicts, size_t *at, struct fs_error *err)
{
    enum fs_status status = work_run(engine, run_batch, batch, err);
    if (status != FS_OK)
        return status;
    for (size_t i = 0; i < batch->done; i++)
        verdicts[batch->indexes[i]] = batch->verdicts[i];
    *at = batch->indexes[batch->done - 1] + 1;
    return FS_OK;
}

enum fs_status fs_engine_crm_apply(struct fs_engine *engine, const struct fs_config *config,
                                   const struct fs_actor *actor, const struct fs_crm_line *lines,
                                   size_t count, struct fs_crm_verdict *verdicts,
                                   const atomic_bool *stopping, struct fs_error *err)
{
    struct pace pace = {.hold_ms = BATCH_HOLD_MS};
    size_t at = 0;
    while (stopping == NULL || !atomic_load(stopping)) {
        struct batch *batch = work_new(sizeof(*batch), engine, config);
        bool ok = batch != NULL && fill(batch, lines, verdicts, count, at);
        if (ok) {
            batch->hold_ms = pace.hold_ms;
            batch->actor = *actor;
            batch->actor.name = copied(batch->work.arena, actor->name, &ok);
        }
        if (!ok || batch->count == 0) {
            work_free(batch);
            return ok ? FS_OK : no_memory(err);
        }
        if (at > 0)
            nanosleep(&(struct timespec){0, (long)pace.pause_ms * 1000000L}, NULL);
        enum fs_status status = apply_batch(engine, batch, verdicts, &at, err);
        if (status != FS_OK)
            return status; /* work_run() has seen to the batch */
        keep_pace(&pace, batch);
        work_free(batch);
    }
    return FS_OK;
}
