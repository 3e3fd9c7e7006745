/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fetch.c - keeps a thread per crm {} of the configuration.
 *
 * Decides: that a reload touches only the sources that it changes; those begin anew at once. Must
 * not know HTTP, nor what becomes of a file.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "fetch_room.h"
#include "fullstop/thread.h"

#define LOOK_EVERY_MS 500

struct fs_fetch {
    struct fs_fetch_setup setup;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool stopping;                  /* under the lock, as all above it is not */
    const struct fs_config *config; /* a reference; the keeper's, as all below */
    struct source *sources[FS_CONFIG_CRMS_MAX];
    size_t count;
};

int64_t fs_fetch_wait_s(int64_t failures, int64_t every_s, int64_t retry_after_s)
{
    int64_t wait_s = fs_outbox_delay_s(failures, 0);
    if (wait_s < 0 || wait_s > every_s)
        wait_s = every_s;
    return wait_s > retry_after_s ? wait_s : retry_after_s;
}

/* ---- following the configuration ---- */

static bool is_wanted(const struct source *source, const struct fs_config *config)
{
    for (size_t i = 0; i < config->crm_count; i++) {
        if (source_is(source, &config->crms[i]))
            return true;
    }
    return false;
}

static bool is_running(const struct fs_fetch *fetch, const struct fs_crm_source *about)
{
    for (size_t i = 0; i < fetch->count; i++) {
        if (source_is(fetch->sources[i], about))
            return true;
    }
    return false;
}

/* config NULL: all of them. */
static void stop_unwanted(struct fs_fetch *fetch, const struct fs_config *config)
{
    bool unwanted[FS_CONFIG_CRMS_MAX];
    size_t kept = 0;
    for (size_t i = 0; i < fetch->count; i++) {
        unwanted[i] = config == NULL || !is_wanted(fetch->sources[i], config);
        if (unwanted[i])
            source_tell_to_stop(fetch->sources[i]);
    }
    for (size_t i = 0; i < fetch->count; i++) {
        if (unwanted[i])
            source_join(fetch->sources[i]);
        else
            fetch->sources[kept++] = fetch->sources[i];
    }
    fetch->count = kept;
}

/* A source that cannot be started now is tried again. */
static void start_wanted(struct fs_fetch *fetch)
{
    for (size_t i = 0; i < fetch->config->crm_count; i++) {
        const struct fs_crm_source *about = &fetch->config->crms[i];
        struct source *source = NULL;
        if (!is_running(fetch, about))
            source = source_start(&fetch->setup, fetch->config, about);
        if (source != NULL)
            fetch->sources[fetch->count++] = source;
    }
}

static void follow_config(struct fs_fetch *fetch)
{
    const struct fs_config *config = fs_config_cell_get(fetch->setup.config);
    if (config != fetch->config)
        stop_unwanted(fetch, config);
    fs_config_unref(fetch->config);
    fetch->config = config;
    start_wanted(fetch);
}

/* ---- the keeper ---- */

/* False: it is to stop. */
static bool rest(struct fs_fetch *fetch)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_EVERY_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    (void)pthread_mutex_lock(&fetch->lock);
    while (!fetch->stopping &&
           pthread_cond_timedwait(&fetch->ended, &fetch->lock, &until) != ETIMEDOUT)
        ;
    bool stopping = fetch->stopping;
    (void)pthread_mutex_unlock(&fetch->lock);
    return !stopping;
}

static void *keep(void *context)
{
    struct fs_fetch *fetch = context;
    do
        follow_config(fetch);
    while (rest(fetch));
    stop_unwanted(fetch, NULL);
    fs_config_unref(fetch->config);
    return NULL;
}

static void free_fetch(struct fs_fetch *fetch)
{
    (void)pthread_cond_destroy(&fetch->ended);
    (void)pthread_mutex_destroy(&fetch->lock);
    free(fetch);
}

enum fs_status fs_fetch_start(const struct fs_fetch_setup *setup, struct fs_fetch **out,
                              struct fs_error *err)
{
    pthread_condattr_t attributes;
    struct fs_fetch *fetch = calloc(1, sizeof(*fetch));
    if (fetch == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    fetch->setup = *setup;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&fetch->ended, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    (void)pthread_mutex_init(&fetch->lock, NULL);
    if (!fs_thread_start(&fetch->thread, keep, fetch)) {
        free_fetch(fetch);
        return fs_error_set(err, FS_NOMEM, "no thread can be started for the fetches");
    }
    *out = fetch;
    return FS_OK;
}

void fs_fetch_stop(struct fs_fetch *fetch)
{
    if (fetch == NULL)
        return;
    (void)pthread_mutex_lock(&fetch->lock);
    fetch->stopping = true;
    (void)pthread_cond_signal(&fetch->ended);
    (void)pthread_mutex_unlock(&fetch->lock);
    (void)pthread_join(fetch->thread, NULL);
    free_fetch(fetch);
}
