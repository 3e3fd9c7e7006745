/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * sweep.c - makes visible what time brought, and forgets what is past its retention.
 *
 * Decides nothing: each decision applies time itself before it looks. Reads first, then
 * writes in small works, so that mail never waits for a sweep.
 */
#include "engine_work.h"

#define SWEEP_PAGE 500
#define SWEEP_BATCH 20

/* Leads of one page that are due. */
struct page {
    struct fs_lead_filter filter;
    const struct fs_config *config;
    int64_t now;
    int64_t last_id;
    int64_t seen;
    int64_t due[SWEEP_PAGE];
    size_t due_count;
};

static enum fs_status visit_lead(void *context, const struct fs_lead_row *row, struct fs_error *err)
{
    (void)err;
    struct page *page = context;
    struct fs_rules rules = work_rules(page->config, row->process);
    int64_t due_at = fs_lead_due_at(&rules, &row->lead);
    page->last_id = row->id;
    page->seen++;
    if (due_at != 0 && due_at <= page->now && page->due_count < SWEEP_PAGE)
        page->due[page->due_count++] = row->id;
    return FS_OK;
}

static enum fs_status read_page(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct page *page = context;
    return fs_tx_leads(tx, &page->filter, visit_lead, page, err);
}

struct sweep_work {
    struct work work;
    int64_t ids[SWEEP_BATCH];
    size_t count;
    int64_t changes;
};

static enum fs_status run_batch(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct sweep_work *work = context;
    for (size_t i = 0; i < work->count; i++) {
        struct fs_lead_row row;
        struct fs_lead_change changes[FS_LEAD_TIME_MAX];
        enum fs_status status = fs_tx_lead_get(tx, work->work.arena, work->ids[i], &row, err);
        if (status == FS_NOT_FOUND)
            continue;
        if (status != FS_OK)
            return status;
        struct fs_rules rules = work_rules(work->work.config, row.process);
        size_t count = fs_lead_apply_time(&rules, &row.lead, work->work.now, changes);
        if (count == 0)
            continue;
        status = fs_tx_lead_put(tx, &row, err);
        if (status == FS_OK)
            status = write_time(tx, work->work.config, &row, changes, count, err);
        if (status != FS_OK)
            return status;
        work->changes++;
    }
    return FS_OK;
}

static enum fs_status sweep_batch(struct fs_engine *engine, const struct fs_config *config,
                                  const int64_t *ids, size_t count, int64_t *changes,
                                  struct fs_error *err)
{
    struct sweep_work *work = work_new(sizeof(*work), engine, config);
    if (work == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++)
        work->ids[i] = ids[i];
    work->count = count;
    enum fs_status status = work_run(engine, run_batch, work, err);
    if (status != FS_OK)
        return status;
    *changes += work->changes;
    work_free(work);
    return FS_OK;
}

static enum fs_status sweep_page(struct fs_engine *engine, const struct page *page,
                                 int64_t *changes, struct fs_error *err)
{
    for (size_t i = 0; i < page->due_count; i += SWEEP_BATCH) {
        size_t left = page->due_count - i;
        enum fs_status status = sweep_batch(engine, page->config, page->due + i,
                                            left < SWEEP_BATCH ? left : SWEEP_BATCH, changes, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

static enum fs_status run_prune(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct work *work = context;
    int64_t rows;
    int64_t kept_s = FS_TOUCH_KEPT_S;
    if (work->config->contact_limit_s > kept_s)
        kept_s = work->config->contact_limit_s;
    return fs_tx_prune(tx, work->now - kept_s, work->now - 2 * FS_RESPONSE_KEPT_S, &rows, err);
}

static enum fs_status prune(struct fs_engine *engine, const struct fs_config *config,
                            struct fs_error *err)
{
    struct work *work = work_new(sizeof(*work), engine, config);
    if (work == NULL)
        return no_memory(err);
    enum fs_status status = work_run(engine, run_prune, work, err);
    if (status == FS_OK)
        work_free(work);
    return status;
}

enum fs_status fs_engine_sweep(struct fs_engine *engine, const struct fs_config *config,
                               int64_t *out_changes, struct fs_error *err)
{
    int64_t after_id = 0;
    int64_t changes = 0;
    for (;;) {
        struct page page = {
            .filter = {.open_only = true, .after_id = after_id, .limit = SWEEP_PAGE},
            .config = config,
            .now = fs_clock_now(&engine->clock)};
        enum fs_status status = fs_store_read(engine->store, read_page, &page, err);
        if (status == FS_OK)
            status = sweep_page(engine, &page, &changes, err);
        if (status != FS_OK)
            return status;
        if (page.seen < SWEEP_PAGE)
            break;
        after_id = page.last_id;
    }
    *out_changes = changes;
    return prune(engine, config, err);
}
