/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * secure.c - what every HTTP request of this room has in common.
 *
 * Decides: certificates are always verified, redirects never followed, no proxy comes from the
 * environment, and no request takes longer than it may. Must not know what is sent.
 */
#include <curl/curl.h>

#include "outbox_room.h"

bool request_secure(void *handle, const struct request_place *place)
{
    CURL *easy = handle;
    long timeout_ms = (long)place->timeout_s * 1000;
    bool ok = curl_easy_setopt(easy, CURLOPT_URL, place->url) == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_PROXY, place->proxy) == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_NOPROXY, "") == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_USERAGENT, "fullstop/" FS_VERSION) == CURLE_OK;
    if (place->ca_file[0] != '\0')
        ok = ok && curl_easy_setopt(easy, CURLOPT_CAINFO, place->ca_file) == CURLE_OK;
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    (void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, timeout_ms);
    return ok;
}
