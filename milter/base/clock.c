/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * clock.c - instants, calendar days and their printed forms.
 *
 * Decides nothing. The only place that reads the system's clock.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fullstop/clock.h"

static int64_t system_now(void *context)
{
    (void)context;
    return (int64_t)time(NULL);
}

struct fs_clock fs_clock_system(void)
{
    return (struct fs_clock){.now = system_now};
}

int64_t fs_clock_now(const struct fs_clock *clock)
{
    return clock->now(clock->context);
}

int64_t fs_steady_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Days from civil and back, counting years from March so that leap days come last. */
int64_t fs_date_to_days(struct fs_date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct fs_date fs_date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct fs_date date;
    date.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = (int)(month < 10 ? month + 3 : month - 9);
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

bool fs_date_is_valid(struct fs_date date)
{
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    struct fs_date back = fs_date_from_days(fs_date_to_days(date));
    return back.year == date.year && back.month == date.month && back.day == date.day;
}

int fs_date_weekday(struct fs_date date)
{
    int64_t days = fs_date_to_days(date) + 3;
    return (int)((days % 7 + 7) % 7);
}

static bool digits(const char *text, size_t count, int *out)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

bool fs_date_parse(const char *text, struct fs_date *out)
{
    struct fs_date date;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &date.year) ||
        !digits(text + 5, 2, &date.month) || !digits(text + 8, 2, &date.day) ||
        !fs_date_is_valid(date))
        return false;
    *out = date;
    return true;
}

int64_t fs_date_local_start(struct fs_date date)
{
    return fs_date_local_minute(date, 0);
}

int64_t fs_date_local_minute(struct fs_date date, int minute)
{
    struct tm tm = {.tm_year = date.year - 1900,
                    .tm_mon = date.month - 1,
                    .tm_mday = date.day,
                    .tm_hour = minute / 60,
                    .tm_min = minute % 60,
                    .tm_isdst = -1};
    return (int64_t)mktime(&tm);
}

struct fs_date fs_date_local(int64_t at)
{
    time_t when = (time_t)at;
    struct tm tm = {0};
    localtime_r(&when, &tm);
    return (struct fs_date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
}

static void print_tm(const struct tm *tm, const char *format, char *out, size_t size_b)
{
    if (strftime(out, size_b, format, tm) == 0)
        out[0] = '\0';
}

void fs_time_rfc3339(int64_t at, char *out, size_t size_b)
{
    time_t when = (time_t)at;
    struct tm tm = {0};
    out[0] = '\0';
    if (at != 0 && gmtime_r(&when, &tm) != NULL)
        print_tm(&tm, "%Y-%m-%dT%H:%M:%SZ", out, size_b);
}

static void print_local(int64_t at, const char *format, char *out, size_t size_b)
{
    time_t when = (time_t)at;
    struct tm tm = {0};
    out[0] = '\0';
    if (localtime_r(&when, &tm) != NULL)
        print_tm(&tm, format, out, size_b);
}

void fs_time_local_day(int64_t at, char *out, size_t size_b)
{
    print_local(at, "%Y-%m-%d", out, size_b);
}

void fs_time_local_minute(int64_t at, char *out, size_t size_b)
{
    print_local(at, "%Y-%m-%d %H:%M", out, size_b);
}
