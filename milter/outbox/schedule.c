/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * schedule.c - when an attempt that failed is made again.
 *
 * Decides: the waits, from five seconds to a day over more than three days in all, and how
 * far an endpoint's own wish (Retry-After) goes. Must not know a clock.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/outbox.h"

#define MINUTE_S 60
#define HOUR_S 3600
#define LONGEST_S (24 * HOUR_S)

static const int64_t waits_s[] = {5,           5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S, 5 * HOUR_S,
                                  10 * HOUR_S, 14 * HOUR_S,  20 * HOUR_S,   24 * HOUR_S};

int64_t fs_outbox_delay_s(int64_t attempts, unsigned jitter)
{
    if (attempts < 1 || attempts > (int64_t)(sizeof(waits_s) / sizeof(waits_s[0])))
        return -1;
    int64_t wait_s = waits_s[attempts - 1];
    return wait_s + wait_s * (int64_t)(jitter > 1000 ? 1000 : jitter) / 10000;
}

int64_t fs_outbox_retry_after_s(const char *value, int64_t now)
{
    int64_t wait_s = 0;
    size_t length_b = strlen(value);
    while (length_b > 0 && (value[length_b - 1] == ' ' || value[length_b - 1] == '\t'))
        length_b--;
    if (length_b > 0 && strspn(value, "0123456789") == length_b) {
        wait_s = length_b <= 9 ? (int64_t)strtoll(value, NULL, 10) : LONGEST_S;
    } else {
        wait_s = (int64_t)curl_getdate(value, NULL) - now;
    }
    if (wait_s <= 0)
        return 0;
    return wait_s < LONGEST_S ? wait_s : LONGEST_S;
}
