/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_calendar.c - the calendar: weeks, months, Easter, and the year that is left out.
 *
 * Decides: which year a date without one means. Must not know: how dates are written.
 */
#include "mail_date_point.h"

struct fs_date mail_date_add(struct fs_date date, int days)
{
    return date.year == 0 ? date : fs_date_from_days(fs_date_to_days(date) + days);
}

struct fs_date mail_date_month_start(struct fs_date date, int months)
{
    if (date.year == 0) {
        return date;
    }
    int count = date.year * 12 + date.month - 1 + months;
    return (struct fs_date){.year = count / 12, .month = count % 12 + 1, .day = 1};
}

/* The Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
struct fs_date mail_date_easter_sunday(int year)
{
    int golden = year % 19;
    int century = year / 100;
    int rest = year % 100;
    int shift = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - shift + 15) % 30;
    int sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int late = (golden + 11 * epact + 22 * sunday) / 451;
    int days = epact + sunday - 7 * late + 114;
    return (struct fs_date){.year = year, .month = days / 31, .day = days % 31 + 1};
}

struct fs_date mail_date_monday(struct fs_date date)
{
    return date.year == 0 ? date : mail_date_add(date, -fs_date_weekday(date));
}

/* ISO 8601: week 1 is the week with 4 January in it. */
struct fs_date mail_date_iso_week(int week, int year, struct fs_date sent)
{
    struct fs_date none = {0};
    if (week < 1 || week > 53 || (year == 0 && sent.year == 0)) {
        return none;
    }
    for (int try = year != 0 ? year : sent.year - 1; try <= sent.year + 1 || try == year; try++) {
        struct fs_date first = mail_date_monday((struct fs_date){try, 1, 4});
        struct fs_date monday = mail_date_add(first, 7 * (week - 1));
        if (mail_date_add(monday, 3).year != try) {
            if (year != 0) {
                return none; /* that year has no week 53 */
            }
            continue;
        }
        if (year != 0 || fs_date_to_days(monday) >= fs_date_to_days(sent) - MAIL_DATE_PAST_DAYS) {
            return monday;
        }
    }
    return none;
}

struct fs_date mail_date_anchor(int month, int day, struct fs_date sent)
{
    struct fs_date none = {0};
    if (sent.year == 0) {
        return none;
    }
    for (int year = sent.year - 1; year <= sent.year + 1; year++) {
        struct fs_date date = {year, month, day};
        if (fs_date_is_valid(date) &&
            fs_date_to_days(date) >= fs_date_to_days(sent) - MAIL_DATE_PAST_DAYS) {
            return date;
        }
    }
    return none;
}
