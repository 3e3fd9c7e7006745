/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * pull.c - one GET with libcurl, and what its answer means.
 *
 * Decides: only status 200 brings a file, one that is too large is not taken, and which
 * validators are kept (RFC 9110 8.8). Must not know what is in the file, nor the store.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch_room.h"

#define HEADER_MAX_B (FS_CRM_TOKEN_MAX_B + 64)

/* Marks a sentence for the translator. */
#define SENTENCE(english) english
#define TOO_LARGE                                                                                  \
    SENTENCE("the file has more than 64 MiB; split it, or let the CRM leave out what has not "     \
             "changed")
_Static_assert(FS_FETCH_MAX_B == (size_t)64 * 1024 * 1024, "the sentence says so");

struct pull {
    CURL *easy;
    struct curl_slist *headers;
    struct fs_buf file;
    bool is_conditional;
    bool is_large;
    bool is_out_of_memory;
};

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct pull *pull = context;
    long http_status = 0;
    (void)curl_easy_getinfo(pull->easy, CURLINFO_RESPONSE_CODE, &http_status);
    if (http_status != 200)
        return 0; /* nobody wants to read it: the status says all */
    enum fs_status status = fs_buf_add(&pull->file, bytes, size * count);
    pull->is_large = status == FS_LIMIT;
    pull->is_out_of_memory = status == FS_NOMEM;
    return status == FS_OK ? size * count : 0;
}

static bool add_header(struct pull *pull, const char *name, const char *value)
{
    char line[HEADER_MAX_B];
    int length = snprintf(line, sizeof(line), "%s: %s", name, value);
    struct curl_slist *more = NULL;
    if (length > 0 && length < (int)sizeof(line))
        more = curl_slist_append(pull->headers, line);
    explicit_bzero(line, sizeof(line));
    if (more == NULL)
        return false;
    pull->headers = more;
    return true;
}

static bool add_headers(struct pull *pull, const struct fs_crm_source *source, const char *etag,
                        const char *modified)
{
    char bearer[FS_CRM_TOKEN_MAX_B + 16];
    bool ok =
        add_header(pull, "Accept", "text/csv, application/jsonl, application/x-ndjson, */*;q=0.5");
    (void)snprintf(bearer, sizeof(bearer), "Bearer %s", source->token);
    if (source->token[0] != '\0')
        ok = ok && add_header(pull, "Authorization", bearer);
    explicit_bzero(bearer, sizeof(bearer));
    if (etag[0] != '\0')
        ok = ok && add_header(pull, "If-None-Match", etag);
    if (modified[0] != '\0')
        ok = ok && add_header(pull, "If-Modified-Since", modified);
    pull->is_conditional = etag[0] != '\0' || modified[0] != '\0';
    return ok;
}

static bool set_up(struct pull *pull, const struct fs_crm_source *source)
{
    CURL *easy = pull->easy;
    const struct request_place place = {.url = source->url,
                                        .proxy = source->proxy,
                                        .ca_file = source->ca_file,
                                        .timeout_s = source->timeout_s};
    bool ok = request_secure(easy, &place);
    /* a proxy that only passes TLS on must not see the token */
    ok = ok && curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE) == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_HTTPHEADER, pull->headers) == CURLE_OK;
    (void)curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)FS_FETCH_MAX_B);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, pull);
    return ok;
}

struct pull *pull_new(const struct fs_crm_source *source, const char *etag, const char *modified)
{
    struct pull *pull = calloc(1, sizeof(*pull));
    if (pull == NULL)
        return NULL;
    fs_buf_init(&pull->file, FS_FETCH_MAX_B);
    pull->easy = curl_easy_init();
    if (pull->easy != NULL && add_headers(pull, source, etag, modified) && set_up(pull, source))
        return pull;
    pull_free(pull, false);
    return NULL;
}

void pull_free(struct pull *pull, bool in_haste)
{
    if (pull == NULL)
        return;
    /* do not wait for a name server that does not answer */
    if (pull->easy != NULL && in_haste)
        (void)curl_easy_setopt(pull->easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_cleanup(pull->easy);
    curl_slist_free_all(pull->headers);
    fs_buf_clear(&pull->file);
    free(pull);
}

void *pull_handle(struct pull *pull)
{
    return pull->easy;
}

/* A header of the answer, "" where there is none; one that is too long or not printable is no
 * validator. */
static void header_of(CURL *easy, const char *name, char *out, size_t size_b)
{
    struct curl_header *header;
    out[0] = '\0';
    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK ||
        strlen(header->value) >= size_b)
        return;
    for (const char *at = header->value; *at != '\0'; at++) {
        if (*at < ' ' || *at > '~')
            return;
    }
    fs_text_copy(out, size_b, header->value);
}

static void fail(struct pulled *out, const char *fault)
{
    out->outcome = PULL_FAILED;
    fs_text_copy(out->fault, sizeof(out->fault), fault);
}

static void judge_status(const struct pull *pull, long http_status, int64_t now, struct pulled *out)
{
    char retry_after[64];
    bool is_redirect = http_status >= 300 && http_status <= 399 && http_status != 304;
    if (http_status == 304 && pull->is_conditional) {
        out->outcome = PULL_UNCHANGED;
        return;
    }
    out->outcome = PULL_FAILED;
    (void)snprintf(out->fault, sizeof(out->fault), "HTTP status %ld%s", http_status,
                   is_redirect ? ", and redirects are not followed" : "");
    header_of(pull->easy, "Retry-After", retry_after, sizeof(retry_after));
    out->retry_after_s = fs_outbox_retry_after_s(retry_after, now);
}

void pull_judge(struct pull *pull, int code, int64_t now, struct pulled *out)
{
    long http_status = 0;
    *out = (struct pulled){.file = &pull->file, .content_type = ""};
    (void)curl_easy_getinfo(pull->easy, CURLINFO_RESPONSE_CODE, &http_status);
    bool is_unwanted = code == CURLE_WRITE_ERROR && http_status != 200;
    if (pull->is_large || code == CURLE_FILESIZE_EXCEEDED) {
        fail(out, TOO_LARGE);
    } else if (pull->is_out_of_memory) {
        fail(out, "out of memory");
    } else if (code != CURLE_OK && !is_unwanted) {
        fail(out, curl_easy_strerror((CURLcode)code));
    } else if (http_status != 200) {
        judge_status(pull, http_status, now, out);
    } else {
        char *content_type = NULL;
        (void)curl_easy_getinfo(pull->easy, CURLINFO_CONTENT_TYPE, &content_type);
        out->outcome = PULL_FILE;
        out->content_type = content_type != NULL ? content_type : "";
        header_of(pull->easy, "ETag", out->etag, sizeof(out->etag));
        header_of(pull->easy, "Last-Modified", out->modified, sizeof(out->modified));
    }
}
