/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * silence.c - the deaf guard: a process that hears nothing must not refuse.
 *
 * Where replies take another way than this MTA, every lead looks silent, and a process that
 * enforces would end people who answered. Decides when a process counts as deaf: touches that
 * left, over a time, without one incoming message that matched a lead of it. One small row
 * per process, read and written with the message's own work, so that no message scans
 * touches; it is not written any more once the count is full.
 */
#include <inttypes.h>
#include <stdio.h>

#include "engine_work.h"
#include "fullstop/text.h"

#define SETTING_NAME_SIZE_B (sizeof "silence." + FS_PROCESS_NAME_MAX_B)
#define VALUE_SIZE_B 80

static void name_setting(const char *process, char name[SETTING_NAME_SIZE_B])
{
    (void)snprintf(name, SETTING_NAME_SIZE_B, "silence.%s", process);
}

/* A row that is damaged begins anew: the guard is a help, and must not stop mail. */
enum fs_status silence_read(struct fs_store_tx *tx, struct fs_arena *arena, const char *process,
                            struct fs_silence *out, struct fs_error *err)
{
    char name[SETTING_NAME_SIZE_B];
    const char *value = NULL;
    struct fs_silence silence = {0};
    name_setting(process, name);
    enum fs_status status = fs_tx_setting_get(tx, arena, name, &value, err);
    if (status == FS_OK && sscanf(value, "%" SCNd64 " %" SCNd64 " %" SCNd64, &silence.touches,
                                  &silence.since_at, &silence.deaf_at) != 3)
        silence = (struct fs_silence){0};
    if (status == FS_OK || status == FS_NOT_FOUND)
        *out = silence;
    return status == FS_NOT_FOUND ? FS_OK : status;
}

static enum fs_status write_silence(struct fs_store_tx *tx, const char *process,
                                    const struct fs_silence *silence, struct fs_error *err)
{
    char name[SETTING_NAME_SIZE_B];
    char value[VALUE_SIZE_B];
    name_setting(process, name);
    (void)snprintf(value, sizeof value, "%" PRId64 " %" PRId64 " %" PRId64, silence->touches,
                   silence->since_at, silence->deaf_at);
    return fs_tx_setting_put(tx, name, silence->touches == 0 ? NULL : value, err);
}

bool silence_is_deaf(const struct fs_silence *silence, int64_t now)
{
    return silence->touches >= FS_DEAF_TOUCHES && now - silence->since_at >= FS_DEAF_AFTER_S;
}

static enum fs_status write_turn(struct fs_store_tx *tx, const struct work *work,
                                 enum fs_event_kind kind, const char *process, const char *note,
                                 struct fs_error *err)
{
    struct fs_event event = {.at = work->now,
                             .kind = kind,
                             .process = process,
                             .note = note,
                             .actor_uid = -1,
                             .decided_by = FS_BY_POLICY};
    return write_event(tx, work->config, &event, err);
}

enum fs_status silence_check(struct fs_store_tx *tx, const struct work *work, const char *process,
                             struct fs_silence *silence, bool *out_begins, struct fs_error *err)
{
    *out_begins = silence->deaf_at == 0 && silence_is_deaf(silence, work->now);
    if (!*out_begins)
        return FS_OK;
    char since[FS_TIME_SIZE_B];
    fs_time_rfc3339(silence->since_at, since, sizeof since);
    const char *note = fs_arena_printf(work->arena, "%s: %d messages or more since %s, none heard",
                                       process, FS_DEAF_TOUCHES, since);
    if (note == NULL)
        return no_memory(err);
    silence->deaf_at = work->now;
    enum fs_status status = write_silence(tx, process, silence, err);
    return status == FS_OK ? write_turn(tx, work, FS_EVENT_DEAF, process, note, err) : status;
}

enum fs_status silence_count(struct fs_store_tx *tx, const char *process, int64_t touches,
                             int64_t now, struct fs_silence *silence, struct fs_error *err)
{
    if (touches == 0 || silence->touches >= FS_DEAF_TOUCHES)
        return FS_OK;
    if (silence->since_at == 0)
        silence->since_at = now;
    silence->touches += touches;
    if (silence->touches > FS_DEAF_TOUCHES)
        silence->touches = FS_DEAF_TOUCHES;
    return write_silence(tx, process, silence, err);
}

enum fs_status silence_end(struct fs_store_tx *tx, const struct work *work, const char *process,
                           bool *out_ends, struct fs_error *err)
{
    struct fs_silence silence;
    enum fs_status status = silence_read(tx, work->arena, process, &silence, err);
    *out_ends = status == FS_OK && silence.deaf_at != 0;
    if (status != FS_OK || silence.touches == 0)
        return status;
    bool was_deaf = *out_ends;
    silence = (struct fs_silence){0};
    status = write_silence(tx, process, &silence, err);
    if (status != FS_OK || !was_deaf)
        return status;
    return write_turn(tx, work, FS_EVENT_HEARS, process, process, err);
}
