/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine.c - opens and closes the engine, and writes events that concern no lead.
 *
 * Knows no MTA and no SMTP. The panic switch is a setting of the store: it is read inside
 * each decision's transaction, so that it holds from the moment it is committed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine_work.h"
#include "fullstop/text.h"

static void host_log_name(char *out, size_t size_b)
{
    char host[256] = "";
    if (gethostname(host, sizeof(host) - 1) != 0 || host[0] == '\0')
        snprintf(host, sizeof(host), "localhost");
    fs_text_lower(host);
    for (char *p = host; *p != '\0'; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '.';
        if (!plain)
            *p = '-';
    }
    fs_text_copy(out, size_b, host);
}

enum fs_status fs_engine_open(const struct fs_engine_setup *setup, struct fs_engine **out,
                              struct fs_error *err)
{
    char host[64];
    host_log_name(host, sizeof(host));
    struct fs_store_setup store = {.url = setup->store_url,
                                   .log_name = setup->log_name != NULL ? setup->log_name : host,
                                   .create = setup->create};
    struct fs_engine *engine = calloc(1, sizeof(*engine));
    if (engine == NULL)
        return no_memory(err);
    engine->clock = setup->clock;
    pthread_mutex_init(&engine->lock, NULL);
    enum fs_status status = fs_store_open(&store, &engine->store, err);
    if (status != FS_OK) {
        pthread_mutex_destroy(&engine->lock);
        free(engine);
        return status;
    }
    *out = engine;
    return FS_OK;
}

void fs_engine_close(struct fs_engine *engine)
{
    if (engine == NULL)
        return;
    fs_store_close(engine->store);
    fs_config_unref(engine->config);
    pthread_mutex_destroy(&engine->lock);
    free(engine);
}

void fs_engine_use(struct fs_engine *engine, const struct fs_config *config)
{
    const struct fs_config *now = fs_config_ref(config);
    pthread_mutex_lock(&engine->lock);
    const struct fs_config *before = engine->config;
    engine->config = now;
    pthread_mutex_unlock(&engine->lock);
    fs_config_unref(before);
}

struct fs_store *fs_engine_store(struct fs_engine *engine)
{
    return engine->store;
}

struct note_work {
    struct work work;
    enum fs_event_kind kind;
    const char *note;
    const char *actor;
    int64_t actor_uid;
    bool changed;
};

static enum fs_status add_note(struct fs_store_tx *tx, struct note_work *work, struct fs_error *err)
{
    struct fs_event event = {.at = work->work.now,
                             .kind = work->kind,
                             .note = work->note,
                             .actor = work->actor,
                             .actor_uid = work->actor_uid,
                             .decided_by = work->actor != NULL ? FS_BY_PERSON : FS_BY_NONE};
    return write_event(tx, work->work.config, &event, err);
}

/* The configuration that took effect last. */
static enum fs_status is_known_config(struct fs_store_tx *tx, struct note_work *work, bool *out,
                                      struct fs_error *err)
{
    struct fs_event last;
    enum fs_status status = fs_tx_event_last(tx, work->work.arena, FS_EVENT_CONFIG, &last, err);
    *out = status == FS_OK && last.note != NULL && work->note != NULL &&
           strcmp(last.note, work->note) == 0;
    return status == FS_NOT_FOUND ? FS_OK : status;
}

/* A start with the configuration of before is recorded, and no news to anybody. */
static enum fs_status run_note(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct note_work *work = context;
    bool is_known = false;
    enum fs_status status = FS_OK;
    if (work->kind == FS_EVENT_CONFIG)
        status = is_known_config(tx, work, &is_known, err);
    if (status == FS_OK && is_known) {
        fs_config_unref(work->work.config);
        work->work.config = NULL; /* whose webhooks would be told */
    }
    return status == FS_OK ? add_note(tx, work, err) : status;
}

enum fs_status fs_engine_note(struct fs_engine *engine, enum fs_event_kind kind, const char *note,
                              struct fs_error *err)
{
    struct note_work *work = work_new(sizeof(*work), engine, NULL);
    if (work == NULL)
        return no_memory(err);
    work->kind = kind;
    work->note = fs_arena_strdup(work->work.arena, note);
    work->actor_uid = -1;
    enum fs_status status = work_run(engine, run_note, work, err);
    if (status == FS_OK)
        work_free(work);
    return status;
}

static enum fs_status run_switch(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct note_work *work = context;
    const char *value = NULL;
    enum fs_status status =
        fs_tx_setting_get(tx, work->work.arena, ENGINE_SETTING_OFF, &value, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    bool is_off = status == FS_OK;
    if (is_off == (work->kind == FS_EVENT_OFF))
        return FS_OK;
    char since[32];
    snprintf(since, sizeof(since), "%lld", (long long)work->work.now);
    status = fs_tx_setting_put(tx, ENGINE_SETTING_OFF, is_off ? NULL : since, err);
    if (status != FS_OK)
        return status;
    work->changed = true;
    return add_note(tx, work, err);
}

enum fs_status fs_engine_switch(struct fs_engine *engine, bool off, const struct fs_actor *actor,
                                const char *note, bool *out_changed, struct fs_error *err)
{
    struct note_work *work = work_new(sizeof(*work), engine, NULL);
    if (work == NULL)
        return no_memory(err);
    work->kind = off ? FS_EVENT_OFF : FS_EVENT_ON;
    work->note = fs_arena_strdup(work->work.arena, note);
    work->actor = fs_arena_strdup(work->work.arena, actor->name);
    work->actor_uid = actor->uid;
    enum fs_status status = work_run(engine, run_switch, work, err);
    if (status != FS_OK)
        return status;
    *out_changed = work->changed;
    work_free(work);
    return FS_OK;
}

struct setting_read {
    struct fs_arena *arena;
    const char *value;
};

static enum fs_status read_off(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct setting_read *read = context;
    return fs_tx_setting_get(tx, read->arena, ENGINE_SETTING_OFF, &read->value, err);
}

enum fs_status fs_engine_is_off(struct fs_engine *engine, bool *out_off, int64_t *out_since_at,
                                struct fs_error *err)
{
    struct setting_read read = {fs_arena_new(0), NULL};
    if (read.arena == NULL)
        return no_memory(err);
    enum fs_status status = fs_store_read(engine->store, read_off, &read, err);
    if (status == FS_OK || status == FS_NOT_FOUND) {
        *out_off = status == FS_OK;
        *out_since_at = 0;
        if (status == FS_OK)
            fs_text_int(read.value, INT64_MAX / 16, out_since_at);
        status = FS_OK;
    }
    fs_arena_free(read.arena);
    return status;
}

struct last_read {
    struct fs_arena *arena;
    enum fs_event_kind kind;
    struct fs_event *out;
};

static enum fs_status read_last(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct last_read *read = context;
    return fs_tx_event_last(tx, read->arena, read->kind, read->out, err);
}

enum fs_status fs_engine_last(struct fs_engine *engine, struct fs_arena *arena,
                              enum fs_event_kind kind, struct fs_event *out, struct fs_error *err)
{
    struct last_read read = {arena, kind, out};
    return fs_store_read(engine->store, read_last, &read, err);
}

enum fs_status fs_engine_audit(struct fs_engine *engine, fs_engine_audit_visit *visit,
                               void *context, struct fs_error *err)
{
    return fs_store_audit_scan(engine->store, visit, context, err);
}
