/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * return_apple.c - the end of an absence in the field X-Apple-Criteria.
 *
 * Decides: whether an instant is the end of a day somewhere. The field has no
 * specification; seen are "endDate=2020-01-10T14:59:59Z" among key=value pairs and the same
 * as JSON. Must not know: anything else of the message.
 */
#include <string.h>

#include "fullstop/text.h"
#include "mail_return.h"

/* Timezones are whole quarters of an hour from UTC. */
#define ZONE_STEP_MIN 15
#define DAY_MIN (24 * 60)
/* +13:45; UTC+14 has fewer people than the same clock at UTC-10. */
#define EASTMOST_MIN (13 * 60 + 45)

static bool number_at(const char *text, size_t digits, int *out)
{
    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

/* YYYY-MM-DD at the start of text. */
static bool date_at(const char *text, struct fs_date *out)
{
    char day[sizeof "2020-01-10"];
    size_t length_b = strnlen(text, sizeof day - 1);
    memcpy(day, text, length_b);
    day[length_b] = '\0';
    return fs_date_parse(day, out);
}

/* The first day back after an end at that minute of a UTC day. The last minute of a local
 * day ends a quarter of an hour somewhere; midnight is a beginning. */
static struct fs_date day_after(struct fs_date date, int minute)
{
    if ((minute + 1) % ZONE_STEP_MIN != 0) {
        return date;
    }
    /* East of UTC the day ends before UTC's does, and the next one has this date plus one.
     * What would be farther east than any zone is an end west of it, of the day before. */
    int offset_min = DAY_MIN - (minute + 1);
    int days = offset_min <= EASTMOST_MIN ? 1 : 0;
    return fs_date_from_days(fs_date_to_days(date) + days);
}

bool mail_return_apple(const char *criteria, struct fs_date *out)
{
    struct fs_date date;
    int hour = 0;
    int minute = 0;
    const char *at = fs_text_find(criteria, "endDate");
    if (at == NULL) {
        return false;
    }
    at += strlen("endDate");
    at += strspn(at, " \t\"'=:");
    if (!date_at(at, &date)) {
        return false;
    }
    at += strlen("2020-01-10");
    if ((*at == 'T' || *at == ' ') && number_at(at + 1, 2, &hour) && at[3] == ':' &&
        number_at(at + 4, 2, &minute) && hour < 24 && minute < 60) {
        date = day_after(date, hour * 60 + minute);
    }
    *out = date;
    return true;
}
