/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * curl_loop.c - posts the same body again and again with a bare curl multi loop.
 *
 * What the outbox is measured against: no store, no signature, nothing but libcurl with as
 * many connections at a time.
 * Usage: curl_loop URL COUNT PARALLEL
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARALLEL_MAX 64
#define BODY_B 600

static size_t swallow(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

int main(int argc, char **argv)
{
    char body[BODY_B + 1];
    long count = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
    long parallel = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (count < 1 || parallel < 1 || parallel > PARALLEL_MAX)
        return 2;
    memset(body, 'x', BODY_B);
    body[BODY_B] = '\0';
    (void)curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    long started = 0;
    for (; started < parallel && started < count; started++) {
        CURL *easy = curl_easy_init();
        (void)curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
        (void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
        (void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
        (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, swallow);
        (void)curl_multi_add_handle(multi, easy);
    }
    long done = 0;
    while (done < count) {
        int running;
        int left;
        CURLMsg *message;
        (void)curl_multi_perform(multi, &running);
        while ((message = curl_multi_info_read(multi, &left)) != NULL) {
            CURL *easy = message->easy_handle;
            if (message->data.result != CURLE_OK)
                return 1;
            done++;
            (void)curl_multi_remove_handle(multi, easy);
            if (started < count) {
                started++;
                (void)curl_multi_add_handle(multi, easy);
            }
        }
        if (done < count)
            (void)curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    return 0;
}
