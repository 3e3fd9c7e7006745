/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * clock.h - time as a value that is handed in, so that tests decide what time it is.
 *
 * Instants are int64_t seconds since 1970-01-01T00:00:00Z (names end in _at or are
 * called now); lengths are seconds (names end in _s); calendar days are struct fs_date.
 */
#ifndef FULLSTOP_CLOCK_H
#define FULLSTOP_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Borrowed wherever it is passed; now() must be callable from any thread. */
struct fs_clock {
    int64_t (*now)(void *context);
    void *context;
};

/* The system's clock. */
struct fs_clock fs_clock_system(void);
int64_t fs_clock_now(const struct fs_clock *clock);

/* Milliseconds of a clock that nobody sets, for waits within one process. Not injected. */
int64_t fs_steady_ms(void);

/* A proleptic Gregorian day; year 0 means "no date". */
struct fs_date {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

/* Days since 1970-01-01 and back; both total over years 1 to 9999. */
int64_t fs_date_to_days(struct fs_date date);
struct fs_date fs_date_from_days(int64_t days);
bool fs_date_is_valid(struct fs_date date);
/* 0 is Monday, 6 is Sunday. */
int fs_date_weekday(struct fs_date date);
/* YYYY-MM-DD, exactly; false otherwise. */
bool fs_date_parse(const char *text, struct fs_date *out);

/* Midnight at the start of date in the process's timezone, and the day of an instant
 * there. */
int64_t fs_date_local_start(struct fs_date date);
/* A minute of that day, 0 to 1439, as the clock on the wall shows it. */
int64_t fs_date_local_minute(struct fs_date date, int minute);
struct fs_date fs_date_local(int64_t at);

/* RFC 3339 in UTC, "2026-11-24T08:15:00Z"; out holds at least FS_TIME_SIZE_B. An
 * instant of 0 prints "". */
#define FS_TIME_SIZE_B 32
void fs_time_rfc3339(int64_t at, char *out, size_t size_b);
/* "2026-11-24" and "2026-11-24 09:15" in the process's timezone. */
void fs_time_local_day(int64_t at, char *out, size_t size_b);
void fs_time_local_minute(int64_t at, char *out, size_t size_b);

#endif
