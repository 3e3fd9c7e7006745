/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * request.c - one HTTP request with libcurl, and what its answer means.
 *
 * Decides: an answer is read to 64 KiB, and only 2xx is a delivery, however its body ends. Must
 * not know the store, nor when to try again.
 */
#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/text.h"
#include "outbox_room.h"

#define ANSWER_MAX_B (64u * 1024)
#define HEADER_MAX_B 512

struct request {
    CURL *easy;
    const struct fs_webhook *webhook;
    struct curl_slist *headers;
    char *kept; /* of the answer, terminated */
    size_t keep_b;
    size_t kept_b;
    size_t answer_b;
    bool is_begun; /* the header of the answer is whole */
    char retry_after[64];
};

enum fs_status fs_outbox_set_up(struct fs_error *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return fs_error_set(err, FS_IO, "libcurl cannot be initialised");
    return FS_OK;
}

/* Past the cap the rest is not read: the connection ends, the status counts. */
static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct request *request = context;
    size_t length_b = size * count;
    size_t room_b = request->keep_b - request->kept_b;
    size_t take_b = length_b < room_b ? length_b : room_b;
    if (take_b > 0)
        memcpy(request->kept + request->kept_b, bytes, take_b);
    request->kept_b += take_b;
    request->answer_b += length_b;
    return request->answer_b <= ANSWER_MAX_B ? length_b : 0;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    static const char name[] = "Retry-After:";
    struct request *request = context;
    char line[HEADER_MAX_B];
    size_t length_b = size * count;
    size_t copy_b = length_b < sizeof(line) - 1 ? length_b : sizeof(line) - 1;
    memcpy(line, bytes, copy_b);
    line[copy_b] = '\0';
    request->is_begun = length_b <= 2; /* the empty line, also behind each of 1xx */
    if (fs_text_has_prefix(line, name)) {
        char *value = line + sizeof(name) - 1;
        value += strspn(value, " \t");
        value[strcspn(value, "\r\n")] = '\0';
        fs_text_copy(request->retry_after, sizeof(request->retry_after), value);
    }
    return length_b;
}

/* What stays the same from request to request. */
static bool set_up(struct request *request)
{
    const struct fs_webhook *webhook = request->webhook;
    CURL *easy = request->easy;
    const struct request_place place = {.url = webhook->url,
                                        .proxy = webhook->proxy,
                                        .ca_file = webhook->ca_file,
                                        .timeout_s = webhook->timeout_s};
    bool ok = request_secure(easy, &place);
    (void)curl_easy_setopt(easy, CURLOPT_POST, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, request);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, request);
    (void)curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* not the proxy's */
    return ok;
}

struct request *request_new(const struct fs_webhook *webhook, size_t keep_b)
{
    struct request *request = calloc(1, sizeof(*request));
    if (request == NULL)
        return NULL;
    request->webhook = webhook;
    request->keep_b = keep_b;
    request->kept = calloc(1, keep_b + 1);
    request->easy = curl_easy_init();
    if (request->kept == NULL || request->easy == NULL || !set_up(request)) {
        request_free(request, false);
        return NULL;
    }
    return request;
}

void request_free(struct request *request, bool in_haste)
{
    if (request == NULL)
        return;
    /* do not wait for a name server that does not answer */
    if (request->easy != NULL && in_haste)
        (void)curl_easy_setopt(request->easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_cleanup(request->easy);
    curl_slist_free_all(request->headers);
    free(request->kept);
    free(request);
}

static bool add_header(struct request *request, const char *format, const char *value)
{
    struct fs_buf line;
    fs_buf_init(&line, 2048);
    struct curl_slist *more = NULL;
    if (fs_buf_printf(&line, format, value) == FS_OK)
        more = curl_slist_append(request->headers, line.data);
    fs_buf_clear(&line);
    if (more == NULL)
        return false;
    request->headers = more;
    return true;
}

void *request_prepare(struct request *request, const char *id, int64_t now, const char *body,
                      void *owner)
{
    char at[24];
    char *signature = outbox_signature(request->webhook, id, now, body);
    curl_slist_free_all(request->headers);
    request->headers = NULL;
    request->kept_b = request->answer_b = 0;
    request->retry_after[0] = '\0';
    request->is_begun = false;
    (void)snprintf(at, sizeof(at), "%" PRId64, now);
    bool ok = signature != NULL && add_header(request, "%s", "Content-Type: application/json") &&
              add_header(request, "%s", "Expect:") && add_header(request, "webhook-id: %s", id) &&
              add_header(request, "webhook-timestamp: %s", at) &&
              add_header(request, "webhook-signature: %s", signature);
    free(signature);
    if (!ok)
        return NULL;
    (void)curl_easy_setopt(request->easy, CURLOPT_HTTPHEADER, request->headers);
    (void)curl_easy_setopt(request->easy, CURLOPT_POSTFIELDSIZE, (long)strlen(body));
    (void)curl_easy_setopt(request->easy, CURLOPT_POSTFIELDS, body);
    (void)curl_easy_setopt(request->easy, CURLOPT_PRIVATE, owner);
    return request->easy;
}

void request_judge(struct request *request, int code, int64_t now, struct result *out)
{
    *out = (struct result){.outcome = OUTCOME_FAILED};
    (void)curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &out->status);
    bool is_cut = code == CURLE_WRITE_ERROR && request->answer_b > ANSWER_MAX_B;
    bool is_taken = request->is_begun && out->status >= 200 && out->status <= 299;
    if (code != CURLE_OK && !is_cut && !is_taken) {
        out->status = 0;
        (void)snprintf(out->fault, sizeof(out->fault), "%s", curl_easy_strerror((CURLcode)code));
        return;
    }
    if (out->status >= 200 && out->status <= 299) {
        out->outcome = OUTCOME_DELIVERED;
        return;
    }
    if (out->status == 410)
        out->outcome = OUTCOME_GONE;
    bool is_redirect = out->status >= 300 && out->status <= 399;
    (void)snprintf(out->fault, sizeof(out->fault), "HTTP status %ld%s", out->status,
                   is_redirect ? ", and redirects are not followed" : "");
    out->retry_after_s = fs_outbox_retry_after_s(request->retry_after, now);
}

const char *request_answer(const struct request *request)
{
    request->kept[request->kept_b] = '\0';
    return request->kept;
}
