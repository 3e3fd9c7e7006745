/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * status.c - how many leads there are, by process, state and reason.
 *
 * Open and relevant are counted apart: a lead nobody answered is open, not relevant.
 */
#include <string.h>

#include "engine_work.h"

static struct fs_process_status *find(struct fs_process_status *rows, size_t count,
                                      const char *process)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].process, process) == 0)
            return &rows[i];
    }
    return NULL;
}

static void count_lead(struct fs_process_status *row, const struct fs_lead_view *view)
{
    const struct fs_lead *lead = &view->lead;
    row->leads++;
    row->by_state[lead->state]++;
    row->by_end_reason[lead->end_reason]++;
    row->by_pause_reason[lead->pause_reason]++;
    row->overrun += lead->overrun;
    if (lead->state != FS_STATE_ENDED)
        row->open++;
    if (view->relevant)
        row->relevant++;
}

struct silence_read_work {
    struct fs_arena *arena;
    struct fs_process_status *rows;
    size_t count;
    int64_t now;
};

static enum fs_status read_silence(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct silence_read_work *read = context;
    for (size_t i = 0; i < read->count; i++) {
        struct fs_process_status *row = &read->rows[i];
        enum fs_status status = silence_read(tx, read->arena, row->process, &row->silence, err);
        if (status != FS_OK)
            return status;
        row->deaf = silence_is_deaf(&row->silence, read->now);
    }
    return FS_OK;
}

/* Every process of the configuration has a row; what only the store knows follows. */
enum fs_status fs_engine_status(struct fs_engine *engine, struct fs_arena *arena,
                                const struct fs_config *config, struct fs_process_status **out,
                                size_t *out_count, struct fs_error *err)
{
    struct fs_lead_query query = {0};
    struct fs_lead_view *views = NULL;
    size_t view_count = 0;
    enum fs_status status =
        fs_engine_leads(engine, arena, config, &query, &views, &view_count, err);
    if (status != FS_OK)
        return status;
    size_t known = config->process_count;
    size_t unknown = 0;
    for (size_t i = 0; i < view_count; i++)
        unknown += views[i].process_known ? 0 : 1;
    struct fs_process_status *rows = fs_arena_alloc(arena, known + unknown, sizeof(*rows));
    if (rows == NULL)
        return no_memory(err);
    for (size_t i = 0; i < known; i++) {
        rows[i].process = config->processes[i].name;
        rows[i].process_known = true;
    }
    size_t count = known;
    for (size_t i = 0; i < view_count; i++) {
        struct fs_process_status *row = find(rows, count, views[i].process);
        if (row == NULL) {
            row = &rows[count++];
            row->process = views[i].process;
        }
        count_lead(row, &views[i]);
    }
    struct silence_read_work read = {arena, rows, known, fs_clock_now(&engine->clock)};
    status = fs_store_read(engine->store, read_silence, &read, err);
    if (status != FS_OK)
        return status;
    *out = rows;
    *out_count = count;
    return FS_OK;
}
