/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * source.c - the thread of one source: fetch, hand on, remember, wait.
 *
 * Decides: when the next fetch is; that a file is handed on once, and again only as long as it
 * was not dealt with; and that the log has one line per change of condition. Must not know what
 * is in the file.
 */
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch_room.h"
#include "fullstop/thread.h"

#define IDLE_MS 1000
#define STORE_AWAY_S 5
#define REST_LONGEST_S 86400
#define SAID_SIZE_B 1200

struct source {
    struct fs_fetch_setup setup;
    const struct fs_config *config; /* a reference; about is of it */
    const struct fs_crm_source *about;
    pthread_t thread;
    atomic_bool stopping;
    CURLM *multi; /* also what the thread sleeps in: it can be woken */
    struct fs_fetch_state state;
    bool is_loaded;
    bool is_unsaved;
    int64_t due_ms; /* of a clock that nobody sets */
    enum fs_fetch_condition said;
    char said_text[SAID_SIZE_B];
};

static int64_t now_of(const struct source *source)
{
    return fs_clock_now(&source->setup.clock);
}

static bool is_stopping(const struct source *source)
{
    return atomic_load(&source->stopping);
}

/* ---- the log ---- */

/* The fault, and where it is in the file. */
static void print_fault(const struct fs_fetch_state *state, char out[SAID_SIZE_B])
{
    struct fs_buf text;
    fs_buf_init(&text, SAID_SIZE_B - 1);
    (void)fs_buf_add_some(&text, state->fault, strlen(state->fault));
    for (size_t i = 0; i < state->first_count && state->refused_at != 0; i++) {
        const struct fs_fetch_bad *bad = &state->first[i];
        if (bad->number > 0)
            (void)fs_buf_printf(&text, "; line %lld, %s: %s", (long long)bad->number, bad->field,
                                bad->text);
        else
            (void)fs_buf_printf(&text, "; %s: %s", bad->field, bad->text);
    }
    fs_text_copy(out, SAID_SIZE_B, text.length_b > 0 ? text.data : "");
    fs_buf_clear(&text);
}

/* One line per change of condition. Nothing before something was tried: what the store knows
 * is of another run. */
static void say(struct source *source)
{
    enum fs_fetch_condition condition =
        fs_fetch_condition(&source->state, source->about->every_s, now_of(source));
    char text[SAID_SIZE_B];
    char since[FS_TIME_SIZE_B];
    print_fault(&source->state, text);
    if (condition == source->said && strcmp(text, source->said_text) == 0)
        return;
    source->said = condition;
    fs_text_copy(source->said_text, sizeof(source->said_text), text);
    if (condition == FS_FETCH_FAILING)
        fs_log_write(source->setup.log, FS_LOG_WARNING, "crm=%s failing: %s", source->about->name,
                     text);
    if (condition == FS_FETCH_STALE && source->state.succeeded_at == 0)
        fs_log_write(source->setup.log, FS_LOG_ERROR, "crm=%s stale: no success yet%s%s",
                     source->about->name, text[0] != '\0' ? ": " : "", text);
    fs_time_rfc3339(source->state.succeeded_at, since, sizeof(since));
    if (condition == FS_FETCH_STALE && source->state.succeeded_at != 0)
        fs_log_write(source->setup.log, FS_LOG_ERROR, "crm=%s stale: no success since %s%s%s",
                     source->about->name, since, text[0] != '\0' ? ": " : "", text);
}

static void say_tally(const struct source *source, const struct fs_crm_tally *tally)
{
    const char *name = source->about->name;
    if (tally->fault != NULL && tally->applied == 0)
        return; /* it is said as a condition */
    fs_log_write(source->setup.log, FS_LOG_INFO, "crm=%s applied=%zu unchanged=%zu bad=%zu", name,
                 tally->applied, tally->unchanged, tally->bad);
    for (size_t i = 0; i < tally->first_count && tally->fault == NULL; i++)
        fs_log_write(source->setup.log, FS_LOG_WARNING, "crm=%s line %zu, %s: %s", name,
                     tally->first[i].number, tally->first[i].field, tally->first[i].text);
}

/* ---- what came of it ---- */

static void wait_for(struct source *source, int64_t wait_s)
{
    source->due_ms = fs_steady_ms() + wait_s * 1000;
}

static void save(struct source *source)
{
    source->is_unsaved =
        fetch_state_save(source->setup.store, source->about, &source->state, NULL) != FS_OK;
}

static void succeed(struct source *source)
{
    struct fs_fetch_state *state = &source->state;
    if (source->said == FS_FETCH_FAILING || source->said == FS_FETCH_STALE)
        fs_log_write(source->setup.log, FS_LOG_INFO, "crm=%s works again after %lld failures",
                     source->about->name, (long long)state->failures);
    state->succeeded_at = now_of(source);
    state->not_before_at = 0;
    state->failures = 0;
    state->fault[0] = '\0';
    wait_for(source, source->about->every_s);
}

static void fail(struct source *source, const char *fault, int64_t wait_s)
{
    struct fs_fetch_state *state = &source->state;
    state->failures++;
    fs_text_copy(state->fault, sizeof(state->fault), fault);
    wait_for(source, wait_s);
}

static void fail_pull(struct source *source, const struct pulled *pulled)
{
    int64_t every_s = source->about->every_s;
    source->state.not_before_at =
        pulled->retry_after_s > 0 ? now_of(source) + pulled->retry_after_s : 0;
    fail(source, pulled->fault,
         fs_fetch_wait_s(source->state.failures + 1, every_s, pulled->retry_after_s));
}

/* The file that is there is the one that was dealt with last: what was bad of another one is
 * over. */
static void succeed_again(struct source *source)
{
    struct fs_fetch_state *state = &source->state;
    if (state->refused_at != 0) {
        state->applied = state->unchanged = state->bad = 0;
        state->first_count = 0;
    }
    state->refused_at = 0;
    succeed(source);
}

static void keep_tally(struct fs_fetch_state *state, const struct fs_crm_tally *tally, int64_t now)
{
    state->applied = (int64_t)tally->applied;
    state->unchanged = (int64_t)tally->unchanged;
    state->bad = (int64_t)tally->bad;
    if (tally->applied > 0)
        state->changed_at = now;
    state->refused_at = tally->fault != NULL ? now : 0;
    state->first_count = tally->first_count;
    for (size_t i = 0; i < tally->first_count; i++) {
        struct fs_fetch_bad *bad = &state->first[i];
        bad->number = (int64_t)tally->first[i].number;
        fs_text_copy(bad->field, sizeof(bad->field), tally->first[i].field);
        fs_text_copy(bad->text, sizeof(bad->text), tally->first[i].text);
    }
}

static void keep_validators(struct fs_fetch_state *state, const struct pulled *pulled)
{
    memcpy(state->etag, pulled->etag, sizeof(state->etag));
    memcpy(state->modified, pulled->modified, sizeof(state->modified));
}

static const char *bytes_of(const struct fs_buf *file)
{
    return file->data != NULL ? file->data : "";
}

/* False: it was broken off, and is as if it had not been begun. */
static bool take(struct source *source, const struct pulled *pulled, const char *digest)
{
    struct fs_crm_tally tally = {0};
    struct fs_error err = {FS_OK, ""};
    const struct fs_crm_load load = {.source = source->about->name,
                                     .data = bytes_of(pulled->file),
                                     .length_b = pulled->file->length_b,
                                     .content_type = pulled->content_type,
                                     .partial = source->about->partial,
                                     .stopping = &source->stopping};
    enum fs_status status = source->setup.take(source->setup.taker, &load, &tally, &err);
    if (status == FS_REFUSED && is_stopping(source))
        return false;
    if (status != FS_OK) {
        fail(source, err.text,
             fs_fetch_wait_s(source->state.failures + 1, source->about->every_s, 0));
        return true;
    }
    say_tally(source, &tally);
    keep_tally(&source->state, &tally, now_of(source));
    if (tally.fault != NULL) { /* the file is not mended within seconds */
        fail(source, tally.fault, source->about->every_s);
        return true;
    }
    fs_text_copy(source->state.digest, sizeof(source->state.digest), digest);
    keep_validators(&source->state, pulled);
    succeed(source);
    return true;
}

static bool take_file(struct source *source, const struct pulled *pulled)
{
    char digest[FS_HASH_HEX_SIZE_B];
    struct fs_hash hash = fs_hash_sha256(bytes_of(pulled->file), pulled->file->length_b);
    fs_hash_hex(&hash, digest);
    source->state.not_before_at = 0;
    if (strcmp(digest, source->state.digest) != 0)
        return take(source, pulled, digest);
    keep_validators(&source->state, pulled);
    succeed_again(source);
    return true;
}

/* ---- fetching ---- */

/* False: it is to stop. */
static bool transfer(struct source *source, void *handle, int *out_code)
{
    bool is_done = false;
    if (curl_multi_add_handle(source->multi, handle) != CURLM_OK) {
        *out_code = CURLE_FAILED_INIT;
        return true;
    }
    while (!is_done && !is_stopping(source)) {
        int running = 0;
        int left;
        CURLMsg *message;
        (void)curl_multi_perform(source->multi, &running);
        while ((message = curl_multi_info_read(source->multi, &left)) != NULL) {
            is_done = is_done || message->msg == CURLMSG_DONE;
            *out_code = (int)message->data.result;
        }
        if (is_done)
            break;
        if (source->said != FS_FETCH_NEW)
            say(source); /* one that hangs becomes stale meanwhile */
        (void)curl_multi_poll(source->multi, NULL, 0, IDLE_MS, NULL);
    }
    (void)curl_multi_remove_handle(source->multi, handle);
    return is_done;
}

/* What the store knows counts: a backup that was put in its place lacks what was applied since. */
static void refresh(struct source *source)
{
    struct fs_fetch_state state;
    if (source->is_unsaved ||
        fetch_state_load(source->setup.store, source->about, &state, NULL) != FS_OK)
        return;
    source->state = state;
    if (state.since_at == 0)
        source->state.since_at = now_of(source);
}

static void fetch(struct source *source)
{
    struct fs_fetch_state *state = &source->state;
    refresh(source);
    struct pull *pull = pull_new(source->about, state->etag, state->modified);
    struct pulled pulled = {.outcome = PULL_FAILED, .fault = "out of memory"};
    int code = CURLE_OK;
    bool is_over = pull == NULL || transfer(source, pull_handle(pull), &code);
    if (is_over && pull != NULL)
        pull_judge(pull, code, now_of(source), &pulled);
    if (is_over) {
        state->tried_at = now_of(source);
        if (pulled.outcome == PULL_FILE)
            is_over = take_file(source, &pulled);
        else if (pulled.outcome == PULL_UNCHANGED)
            succeed_again(source);
        else
            fail_pull(source, &pulled);
    }
    pull_free(pull, !is_over);
    if (!is_over)
        return;
    save(source);
    say(source);
}

/* ---- the thread ---- */

static void load(struct source *source)
{
    struct fs_fetch_state *state = &source->state;
    int64_t now = now_of(source);
    if (fetch_state_load(source->setup.store, source->about, state, NULL) != FS_OK) {
        wait_for(source, STORE_AWAY_S);
        return;
    }
    int64_t rest_s = state->not_before_at - now;
    source->is_loaded = true;
    wait_for(source, rest_s <= 0 ? 0 : rest_s < REST_LONGEST_S ? rest_s : REST_LONGEST_S);
    if (state->since_at != 0)
        return;
    state->since_at = now;
    save(source);
}

static void *work(void *context)
{
    struct source *source = context;
    while (!is_stopping(source)) {
        bool is_due = fs_steady_ms() >= source->due_ms;
        if (is_due && source->is_loaded)
            fetch(source);
        else if (is_due)
            load(source);
        else if (source->is_unsaved)
            save(source);
        int64_t left_ms = source->due_ms - fs_steady_ms();
        int wait_ms = left_ms < IDLE_MS ? (int)(left_ms > 0 ? left_ms : 0) : IDLE_MS;
        (void)curl_multi_poll(source->multi, NULL, 0, wait_ms, NULL);
    }
    return NULL;
}

static void free_source(struct source *source)
{
    (void)curl_multi_cleanup(source->multi);
    fs_config_unref(source->config);
    free(source);
}

struct source *source_start(const struct fs_fetch_setup *setup, const struct fs_config *config,
                            const struct fs_crm_source *about)
{
    struct source *source = calloc(1, sizeof(*source));
    if (source == NULL)
        return NULL;
    source->setup = *setup;
    source->config = fs_config_ref(config);
    source->about = about;
    source->multi = curl_multi_init();
    atomic_init(&source->stopping, false);
    if (source->multi != NULL && fs_thread_start(&source->thread, work, source))
        return source;
    free_source(source);
    return NULL;
}

bool source_is(const struct source *source, const struct fs_crm_source *other)
{
    const struct fs_crm_source *about = source->about;
    return strcmp(about->name, other->name) == 0 && strcmp(about->url, other->url) == 0 &&
           strcmp(about->token, other->token) == 0 && strcmp(about->ca_file, other->ca_file) == 0 &&
           strcmp(about->proxy, other->proxy) == 0 && about->every_s == other->every_s &&
           about->timeout_s == other->timeout_s && about->partial == other->partial &&
           about->allow_http == other->allow_http;
}

void source_tell_to_stop(struct source *source)
{
    atomic_store(&source->stopping, true);
    (void)curl_multi_wakeup(source->multi);
}

void source_join(struct source *source)
{
    (void)pthread_join(source->thread, NULL);
    free_source(source);
}
