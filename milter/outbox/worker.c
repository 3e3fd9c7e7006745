/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * worker.c - the threads that tell the world, one for webhooks and one for mails: each with
 * one libcurl multi handle for all its targets.
 *
 * Decides: how many requests a target has at a time, that a target which only fails is left
 * to rest, and when what happened is written down: many rows in one transaction, and always
 * before more are loaded, so that the store's order is the order of sending. Must not know
 * what an event means.
 */
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/hash.h"
#include "fullstop/thread.h"
#include "outbox_room.h"

#define PARALLEL 8
#define MARKS_ENOUGH 256
#define MARKS_AGE_MS 100
#define IDLE_MS 1000 /* what other processes write is looked for so often */
#define NEWS_MS 50   /* and what this one writes, at most */
#define REST_LONGEST_S 30

struct target;
struct lane {
    struct target *target;
    struct request *request;
    struct mail *mail; /* of notices */
    struct item *item; /* NULL: free */
};
struct target {
    const struct fs_webhook *webhook; /* NULL: notices */
    const struct fs_process *notices_of;
    char name[sizeof(FS_NOTICES_TARGET) + FS_PROCESS_NAME_MAX_B];
    const char *kind; /* how the log calls it */
    struct queue queue;
    struct lane lanes[PARALLEL];
    size_t busy;
    int64_t failures;      /* since the last delivery */
    int64_t rest_until_ms; /* steady */
    bool has_news;
    int64_t looked_ms;
};

struct fs_outbox {
    struct fs_outbox_setup setup;
    pthread_t thread;
    atomic_bool stopping;
    atomic_bool has_news; /* set by the store's writer, taken by the thread */
    int64_t news_ms;      /* when it was taken */
    CURLM *multi;
    const struct fs_config *config; /* a reference; targets borrow from it */
    struct target *targets;
    size_t target_count;
    struct marks marks;
    int64_t marked_ms; /* the oldest of them, or when it was last tried to write them down */
    bool store_is_away;
    struct fs_outbox *mails; /* a thread of their own: libcurl's SMTP keeps it waiting */
    bool is_of_mails;        /* it is that one */
    char order[ORDERS_SIGN_SIZE_B];
    int64_t ordered_ms; /* when it was looked for one */
};

/* ---- writing down ---- */

/* One line per change of condition. */
static void tell_store(struct fs_outbox *outbox, enum fs_status status, const struct fs_error *err)
{
    bool is_away = status != FS_OK;
    if (is_away && !outbox->store_is_away)
        fs_log_write(outbox->setup.log, FS_LOG_ERROR,
                     "outbox: the store cannot be used, nothing new is told: %s", err->text);
    if (!is_away && outbox->store_is_away)
        fs_log_write(outbox->setup.log, FS_LOG_INFO, "outbox: the store can be used again");
    outbox->store_is_away = is_away;
}

/* A store that could not be used is left alone for a while: waiting for it would hold up what
 * is on its way to others. */
static bool flush(struct fs_outbox *outbox)
{
    struct fs_error err = {FS_OK, ""};
    if (outbox->marks.count == 0)
        return true;
    if (outbox->store_is_away && fs_steady_ms() - outbox->marked_ms < IDLE_MS)
        return false;
    enum fs_status status = marks_write(&outbox->marks, outbox->setup.store, &err);
    tell_store(outbox, status, &err);
    outbox->marked_ms = fs_steady_ms();
    return status == FS_OK;
}

static void note(struct fs_outbox *outbox, const struct mark *mark)
{
    if (outbox->marks.count == 0 && !outbox->store_is_away)
        outbox->marked_ms = fs_steady_ms();
    outbox->marks.rows[outbox->marks.count++] = *mark;
}

/* ---- targets ---- */

static void give_up_mails(struct fs_outbox *outbox)
{
    static const struct timespec moment = {0, 3000000};
    int running = 0;
    size_t count = 0;
    for (size_t i = 0; i < outbox->target_count; i++) {
        for (size_t l = 0; l < PARALLEL; l++) {
            struct lane *lane = &outbox->targets[i].lanes[l];
            if (lane->item == NULL || lane->mail == NULL)
                continue;
            mail_give_up(lane->mail);
            count++;
        }
    }
    if (count == 0)
        return;
    (void)nanosleep(&moment, NULL);
    (void)curl_multi_perform(outbox->multi, &running);
}

static void free_targets(struct fs_outbox *outbox)
{
    give_up_mails(outbox);
    for (size_t i = 0; i < outbox->target_count; i++) {
        struct target *target = &outbox->targets[i];
        for (size_t l = 0; l < PARALLEL; l++) {
            struct lane *lane = &target->lanes[l];
            if (lane->item != NULL)
                (void)curl_multi_remove_handle(outbox->multi, lane->item->easy);
            request_free(lane->request, true);
            mail_free(lane->mail, true);
        }
        queue_clear(&target->queue);
    }
    free(outbox->targets);
    outbox->targets = NULL;
    outbox->target_count = 0;
    fs_config_unref(outbox->config);
    outbox->config = NULL;
}

static struct target *add_target(struct fs_outbox *outbox, const char *kind, const char *prefix,
                                 const char *name)
{
    struct target *target = &outbox->targets[outbox->target_count++];
    target->kind = kind;
    (void)snprintf(target->name, sizeof(target->name), "%s%s", prefix, name);
    for (size_t i = 0; i < PARALLEL; i++)
        target->lanes[i].target = target;
    return target;
}

/* After a reload all begins anew; what was on its way is sent again. */
static void follow_config(struct fs_outbox *outbox)
{
    const struct fs_config *config = fs_config_cell_get(outbox->setup.config);
    if (config == outbox->config) {
        fs_config_unref(config);
        return;
    }
    free_targets(outbox);
    outbox->config = config;
    outbox->targets =
        calloc(config->webhook_count + config->process_count + 1, sizeof(*outbox->targets));
    for (size_t i = 0; outbox->targets != NULL && i < config->webhook_count && !outbox->is_of_mails;
         i++) {
        struct target *target = add_target(outbox, "webhook", "", config->webhooks[i].name);
        target->webhook = &config->webhooks[i];
    }
    for (size_t i = 0; outbox->targets != NULL && i < config->process_count; i++) {
        const struct fs_process *process = &config->processes[i];
        if (process->notices.is_on && outbox->is_of_mails)
            add_target(outbox, "outbox", FS_NOTICES_TARGET, process->name)->notices_of = process;
    }
}

/* What a person did to rows counts for those in memory too, and is no less than an endpoint's
 * wish to be left alone. */
static void follow_orders(struct fs_outbox *outbox)
{
    if (fs_steady_ms() - outbox->ordered_ms < IDLE_MS)
        return;
    outbox->ordered_ms = fs_steady_ms();
    if (!orders_look(outbox->setup.store, outbox->order))
        return;
    for (size_t i = 0; i < outbox->target_count; i++) {
        queue_forget(&outbox->targets[i].queue);
        outbox->targets[i].rest_until_ms = 0;
    }
}

static bool is_resting(const struct target *target)
{
    return fs_steady_ms() < target->rest_until_ms;
}

static void refill(struct fs_outbox *outbox, struct target *target, int64_t now)
{
    struct fs_error err = {FS_OK, ""};
    bool is_done =
        target->queue.has_all && !target->has_news && fs_steady_ms() - target->looked_ms < IDLE_MS;
    if (target->queue.waiting > 0 || is_resting(target) || is_done || !flush(outbox))
        return;
    target->has_news = false;
    target->looked_ms = fs_steady_ms();
    enum fs_status status = FS_OK;
    if (target->notices_of != NULL)
        status = gather_close(outbox->setup.store, target->notices_of, target->name, now, &err);
    if (status == FS_OK)
        status = queue_load(&target->queue, outbox->setup.store, target->name, target->notices_of,
                            now, &err);
    tell_store(outbox, status, &err);
    if (status != FS_OK)
        target->queue.has_all = true; /* as far as can be seen: the next look is in a while */
}

/* A target that only fails gets one request at a time. */
static size_t lanes_of(const struct target *target)
{
    return target->failures >= PARALLEL ? 1 : PARALLEL;
}

static bool send_one(struct fs_outbox *outbox, struct target *target, int64_t now)
{
    struct lane *lane = target->lanes;
    while (lane->item != NULL)
        lane++;
    if (target->webhook != NULL && lane->request == NULL)
        lane->request = request_new(target->webhook, 0);
    if (target->webhook == NULL && lane->mail == NULL)
        lane->mail = mail_new(&target->notices_of->notices, &outbox->stopping);
    bool is_ready = lane->request != NULL || lane->mail != NULL;
    struct item *item = is_ready ? queue_next(&target->queue) : NULL;
    if (item == NULL)
        return false;
    item->easy = lane->mail != NULL
                     ? mail_prepare(lane->mail, item->recipient, item->body, lane)
                     : request_prepare(lane->request, item->webhook_id, now, item->body, lane);
    if (item->easy == NULL || curl_multi_add_handle(outbox->multi, item->easy) != CURLM_OK) {
        queue_finish(&target->queue, item, true); /* it is still in the store */
        return false;
    }
    lane->item = item;
    target->busy++;
    return true;
}

static void dispatch(struct fs_outbox *outbox, struct target *target, int64_t now)
{
    size_t room = MARKS_MAX - outbox->marks.count;
    for (size_t i = 0; i < outbox->target_count; i++)
        room -= outbox->targets[i].busy < room ? outbox->targets[i].busy : room;
    while (room > 0 && target->busy < lanes_of(target) && !is_resting(target) &&
           send_one(outbox, target, now))
        room--;
}

/* ---- what came of it ---- */

static void count_failure(struct fs_outbox *outbox, struct target *target,
                          const struct result *result)
{
    bool is_told_to_wait = result->status == 429 || result->status == 503;
    int64_t rest_s = ++target->failures - PARALLEL + 1;
    if (target->failures == 1)
        fs_log_write(outbox->setup.log, FS_LOG_WARNING, "%s=%s failing: %s", target->kind,
                     target->name, result->fault);
    rest_s = rest_s < REST_LONGEST_S ? rest_s : REST_LONGEST_S;
    if (is_told_to_wait && result->retry_after_s > rest_s)
        rest_s = result->retry_after_s;
    if (rest_s > 0)
        target->rest_until_ms = fs_steady_ms() + rest_s * 1000;
}

static void count_delivery(struct fs_outbox *outbox, struct target *target)
{
    if (target->failures > 0)
        fs_log_write(outbox->setup.log, FS_LOG_INFO, "%s=%s works again after %lld failures",
                     target->kind, target->name, (long long)target->failures);
    target->failures = 0;
}

static void mark_failure(struct fs_outbox *outbox, const struct target *target,
                         const struct item *item, const struct result *result, int64_t now,
                         struct mark *mark)
{
    uint16_t random;
    fs_random_bytes(&random, sizeof(random));
    int64_t wait_s = fs_outbox_delay_s(item->attempts + 1, random % 1001u);
    mark->dead = wait_s < 0 || result->outcome == OUTCOME_GONE;
    mark->next_at = now + (result->retry_after_s > wait_s ? result->retry_after_s : wait_s);
    memcpy(mark->fault, result->fault, sizeof(mark->fault));
    if (mark->dead)
        fs_log_write(outbox->setup.log, FS_LOG_ERROR,
                     "%s=%s id=%s row=%lld given up after %lld attempts: %s", target->kind,
                     target->name, item->webhook_id, (long long)item->id,
                     (long long)item->attempts + 1, result->fault);
}

static void finish(struct fs_outbox *outbox, struct lane *lane, int code)
{
    struct target *target = lane->target;
    struct item *item = lane->item;
    int64_t now = fs_clock_now(&outbox->setup.clock);
    struct result result;
    if (lane->mail != NULL)
        mail_judge(lane->mail, code, &result);
    else
        request_judge(lane->request, code, now, &result);
    (void)curl_multi_remove_handle(outbox->multi, item->easy);
    struct mark mark = {
        .id = item->id, .file = item->file, .delivered = result.outcome == OUTCOME_DELIVERED};
    if (mark.delivered) {
        count_delivery(outbox, target);
    } else {
        count_failure(outbox, target, &result);
        mark_failure(outbox, target, item, &result, now, &mark);
    }
    note(outbox, &mark);
    queue_finish(&target->queue, item, !mark.delivered && !mark.dead);
    lane->item = NULL;
    target->busy--;
}

/* How many came to their end. */
static size_t collect(struct fs_outbox *outbox)
{
    int left;
    size_t count = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(outbox->multi, &left)) != NULL) {
        char *owner = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        int code = (int)message->data.result;
        (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        finish(outbox, (struct lane *)(void *)owner, code);
        count++;
    }
    return count;
}

/* ---- the thread ---- */

/* On the store's writer thread: the worker is woken once, and takes what came until then. */
static void on_news(void *context)
{
    struct fs_outbox *outbox = context;
    if (!atomic_exchange(&outbox->has_news, true))
        (void)curl_multi_wakeup(outbox->multi);
}

/* Not for each commit: many rows are loaded as fast as one. */
static void take_news(struct fs_outbox *outbox)
{
    int64_t now_ms = fs_steady_ms();
    if (now_ms - outbox->news_ms < NEWS_MS || !atomic_exchange(&outbox->has_news, false))
        return;
    outbox->news_ms = now_ms;
    for (size_t i = 0; i < outbox->target_count; i++)
        outbox->targets[i].has_news = true;
}

static int wait_ms(struct fs_outbox *outbox)
{
    if (atomic_load(&outbox->has_news))
        return NEWS_MS;
    return outbox->marks.count > 0 ? MARKS_AGE_MS : IDLE_MS;
}

static void *work(void *context)
{
    struct fs_outbox *outbox = context;
    while (!atomic_load(&outbox->stopping)) {
        int running = 0;
        follow_config(outbox);
        follow_orders(outbox);
        take_news(outbox);
        int64_t now = fs_clock_now(&outbox->setup.clock);
        for (size_t i = 0; i < outbox->target_count; i++) {
            refill(outbox, &outbox->targets[i], now);
            dispatch(outbox, &outbox->targets[i], now);
        }
        (void)curl_multi_perform(outbox->multi, &running);
        bool may_go_on = collect(outbox) > 0; /* lanes are free: no waiting */
        bool is_old = fs_steady_ms() - outbox->marked_ms >= MARKS_AGE_MS;
        if (outbox->marks.count >= MARKS_ENOUGH || (outbox->marks.count > 0 && is_old))
            (void)flush(outbox);
        (void)curl_multi_poll(outbox->multi, NULL, 0, may_go_on ? 0 : wait_ms(outbox), NULL);
    }
    return NULL;
}

static enum fs_status start(const struct fs_outbox_setup *setup, bool is_of_mails,
                            struct fs_outbox **out, struct fs_error *err)
{
    struct fs_outbox *outbox = calloc(1, sizeof(*outbox));
    if (outbox == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    outbox->setup = *setup;
    outbox->is_of_mails = is_of_mails;
    outbox->multi = curl_multi_init();
    atomic_init(&outbox->stopping, false);
    atomic_init(&outbox->has_news, false);
    if (outbox->multi == NULL || !fs_thread_start(&outbox->thread, work, outbox)) {
        (void)curl_multi_cleanup(outbox->multi);
        free(outbox);
        return fs_error_set(err, FS_NOMEM, "no thread can be started for the outbox");
    }
    *out = outbox;
    return FS_OK;
}

static void ask_to_stop(struct fs_outbox *outbox)
{
    atomic_store(&outbox->stopping, true);
    (void)curl_multi_wakeup(outbox->multi);
}

static void stop(struct fs_outbox *outbox)
{
    (void)pthread_join(outbox->thread, NULL);
    (void)flush(outbox);
    free_targets(outbox);
    (void)curl_multi_cleanup(outbox->multi);
    free(outbox);
}

enum fs_status fs_outbox_start(const struct fs_outbox_setup *setup, struct fs_outbox **out,
                               struct fs_error *err)
{
    struct fs_outbox *outbox;
    enum fs_status status = start(setup, false, &outbox, err);
    if (status != FS_OK)
        return status;
    status = start(setup, true, &outbox->mails, err);
    if (status != FS_OK) {
        ask_to_stop(outbox);
        stop(outbox);
        return status;
    }
    fs_store_watch_outbox(setup->store, on_news, outbox);
    *out = outbox;
    return FS_OK;
}

void fs_outbox_stop(struct fs_outbox *outbox)
{
    if (outbox == NULL)
        return;
    fs_store_watch_outbox(outbox->setup.store, NULL, NULL);
    ask_to_stop(outbox->mails);
    ask_to_stop(outbox);
    stop(outbox->mails);
    stop(outbox);
}
