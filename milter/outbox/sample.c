/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * sample.c - sends one signed sample to a webhook, now, and says what came back.
 *
 * Decides what a sample is. Must not know the store: nothing of it is kept. Apart from desk.c
 * so that who only looks at rows need not load libcurl.
 */
#include <curl/curl.h>
#include <stdlib.h>

#include "fullstop/hash.h"
#include "outbox_room.h"

/* Of the answer, to be shown. */
#define ANSWER_KEEP_B 4096

static enum fs_status no_memory(struct fs_error *err)
{
    return fs_error_set(err, FS_NOMEM, "out of memory");
}

static enum fs_status send_test(struct request *request, CURL *easy, int64_t now,
                                struct fs_arena *arena, struct fs_outbox_answer *out,
                                struct fs_error *err)
{
    struct result result;
    curl_off_t took_us = 0;
    CURLcode code = curl_easy_perform(easy);
    request_judge(request, (int)code, now, &result);
    (void)curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &took_us);
    out->status = result.status;
    out->took_ms = took_us / 1000;
    out->body = fs_arena_strdup(arena, request_answer(request));
    if (result.outcome != OUTCOME_DELIVERED)
        out->fault = fs_arena_strdup(arena, result.fault);
    if (out->body == NULL || (result.outcome != OUTCOME_DELIVERED && out->fault == NULL))
        return no_memory(err);
    return FS_OK;
}

enum fs_status fs_outbox_test(const struct fs_webhook *webhook, const struct fs_clock *clock,
                              struct fs_arena *arena, struct fs_outbox_answer *out,
                              struct fs_error *err)
{
    char id[OUTBOX_ID_SIZE_B];
    int64_t random;
    int64_t now = fs_clock_now(clock);
    fs_random_bytes(&random, sizeof(random));
    outbox_id("test", random, now, webhook->name, id);
    char *body = body_of_test(webhook->name, now);
    *out = (struct fs_outbox_answer){.webhook_id = fs_arena_strdup(arena, id),
                                     .request = fs_arena_strdup(arena, body)};
    struct request *request = request_new(webhook, ANSWER_KEEP_B);
    enum fs_status status = FS_NOMEM;
    void *easy = NULL;
    if (request != NULL && out->webhook_id != NULL && out->request != NULL)
        easy = request_prepare(request, id, now, body, NULL);
    if (easy != NULL)
        status = send_test(request, easy, now, arena, out, err);
    else
        (void)no_memory(err);
    request_free(request, false);
    free(body);
    return status;
}
