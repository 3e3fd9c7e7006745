/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_resolve.c - from written dates and ranges to days of the calendar.
 *
 * Decides: day/month or month/day where the text settles it, and what is left ambiguous:
 * a slashed date that nothing settles, a weekday that does not fit its date. Must not know:
 * what the dates are for.
 */
#include "mail_date_point.h"

/* A slashed range longer than this makes no sense as an absence in that reading. */
#define RANGE_SENSE_DAYS 92

static int64_t days_of(struct fs_date date)
{
    return fs_date_to_days(date);
}

static bool is_before(struct fs_date a, struct fs_date b)
{
    return days_of(a) < days_of(b);
}

static struct fs_date valid_or_none(struct fs_date date)
{
    return fs_date_is_valid(date) ? date : (struct fs_date){0};
}

/* The point with day and month in that order; false: impossible in it. */
static bool orient(const struct mail_date_point *point, enum mail_date_order order,
                   struct mail_date_point *out)
{
    *out = *point;
    if (point->is_slashed && order == ORDER_MONTH_FIRST) {
        out->day = point->month;
        out->month = point->day;
    }
    return out->month <= 12;
}

/* The next day of the month with that number, on or after sent. */
static struct fs_date next_day(int day, struct fs_date sent)
{
    struct fs_date none = {0};
    if (sent.year == 0) {
        return none;
    }
    for (int months = 0; months < 3; months++) {
        struct fs_date date = mail_date_month_start(sent, months);
        date.day = day;
        if (fs_date_is_valid(date) && !is_before(date, sent)) {
            return date;
        }
    }
    return none;
}

static struct fs_date next_weekday(int weekday, struct fs_date from)
{
    if (from.year == 0) {
        return from;
    }
    return mail_date_add(from, (weekday - fs_date_weekday(from) + 7) % 7);
}

/* The day of an oriented point; a month alone is its first day. */
static struct fs_date day_of_point(const struct mail_date_point *point, struct fs_date sent)
{
    if (point->day == 0 && point->month == 0) {
        return next_weekday(point->weekday, sent);
    }
    if (point->month == 0) {
        return next_day(point->day, sent);
    }
    int day = point->day != 0 ? point->day : 1;
    if (point->year != 0) {
        return valid_or_none((struct fs_date){point->year, point->month, day});
    }
    return mail_date_anchor(point->month, day, sent);
}

static bool weekday_fits(const struct mail_date_point *point, struct fs_date date)
{
    return point->weekday < 0 || date.year == 0 || fs_date_weekday(date) == point->weekday;
}

/* Tries both orders of a slashed date; false: ambiguous. */
static bool settle(const struct mail_date_point *point, struct fs_date sent,
                   enum mail_date_order order, struct fs_date *out)
{
    enum mail_date_order own = mail_date_point_order(point);
    if (own == ORDER_UNKNOWN && point->day == point->month) {
        own = ORDER_DAY_FIRST;
    }
    struct fs_date found[2] = {{0}};
    bool fits[2] = {false};
    for (int i = 0; i < 2; i++) {
        struct mail_date_point oriented;
        if (orient(point, i == 0 ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST, &oriented)) {
            found[i] = day_of_point(&oriented, sent);
            fits[i] = point->weekday >= 0 && found[i].year != 0 && weekday_fits(point, found[i]);
        }
    }
    if (own == ORDER_UNKNOWN && fits[0] != fits[1]) {
        own = fits[0] ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
    }
    own = own != ORDER_UNKNOWN ? own : order;
    if (own == ORDER_UNKNOWN) {
        return false;
    }
    *out = found[own == ORDER_DAY_FIRST ? 0 : 1];
    return weekday_fits(point, *out);
}

void mail_date_resolve_point(const struct mail_date_point *point, struct fs_date sent,
                             enum mail_date_order order, struct mail_date_expr *out)
{
    struct fs_date date = {0};
    bool is_weekday = point->day == 0 && point->month == 0;
    bool is_month = point->day == 0 && point->month != 0;
    if (point->is_slashed) {
        out->is_ambiguous = !settle(point, sent, order, &date);
    } else {
        date = day_of_point(point, sent);
        out->is_ambiguous = !weekday_fits(point, date);
    }
    if (out->is_ambiguous) {
        return;
    }
    out->kind = is_month ? MAIL_DATE_VAGUE : MAIL_DATE_DAY;
    out->is_rough = is_month;
    out->vague = is_month ? MAIL_DATE_IN : 0;
    out->on = date;
    out->over = is_month || point->is_morning ? date : mail_date_add(date, 1);
    out->through = is_month ? mail_date_month_start(date, 1) : out->over;
    /* "ab Montag", said on a Monday, is the next one. */
    if (is_weekday && date.year != 0 && days_of(date) == days_of(sent)) {
        out->on = mail_date_add(date, 7);
    }
}

/* What one end of a range leaves out, the other says. */
static void fill_ends(struct mail_date_point *from, struct mail_date_point *to)
{
    if (to->is_bare && from->month != 0) {
        to->month = from->month;
        to->year = from->year;
        to->is_bare = false;
    }
    if (from->is_bare && to->month != 0) {
        from->month = to->month;
        from->year = to->year;
        from->is_bare = false;
        if (from->day > to->day && to->day != 0) {
            from->year -= from->month == 1 && from->year != 0;
            from->month = from->month == 1 ? 12 : from->month - 1;
        }
    }
}

/* The latest day on or before `end` that a point without a year can mean. */
static struct fs_date latest_before(const struct mail_date_point *point, struct fs_date end)
{
    struct fs_date date = end;
    if (point->day == 0 && point->month == 0) {
        int back = (fs_date_weekday(end) - point->weekday + 7) % 7;
        return mail_date_add(end, -back);
    }
    if (point->month == 0) {
        date = mail_date_month_start(end, point->day > end.day ? -1 : 0);
        date.day = point->day;
        return valid_or_none(date);
    }
    date.month = point->month;
    date.day = point->day != 0 ? point->day : 1;
    date.year -= is_before(end, date);
    return valid_or_none(date);
}

/* Both ends in one order; false: it makes no sense that way. */
static bool read_ends(const struct mail_date_point *from, const struct mail_date_point *to,
                      struct fs_date sent, enum mail_date_order order, struct fs_date out[2])
{
    struct mail_date_point first;
    struct mail_date_point last;
    if (!orient(from, order, &first) || !orient(to, order, &last)) {
        return false;
    }
    fill_ends(&first, &last);
    if (first.year != 0 && last.year == 0) {
        out[0] = day_of_point(&first, sent);
        bool is_weekday = last.day == 0 && last.month == 0;
        out[1] = day_of_point(&last, is_weekday || out[0].year == 0 ? out[0] : sent);
        if (!is_weekday && last.month != 0 && out[0].year != 0) {
            last.year = out[0].year + (last.month < first.month);
            out[1] = day_of_point(&last, sent);
        }
    } else {
        out[1] = day_of_point(&last, sent);
        if (out[1].year == 0) {
            return false;
        }
        out[0] = first.year != 0 ? day_of_point(&first, sent) : latest_before(&first, out[1]);
    }
    return out[0].year != 0 && out[1].year != 0 && !is_before(out[1], out[0]) &&
           weekday_fits(&first, out[0]) && weekday_fits(&last, out[1]);
}

void mail_date_resolve_range(const struct mail_date_point *from, const struct mail_date_point *to,
                             struct fs_date sent, enum mail_date_order order,
                             struct mail_date_expr *out)
{
    struct fs_date ends[2][2] = {{{0}}};
    bool is_possible[2] = {false};
    bool is_slashed = from->is_slashed || to->is_slashed;
    bool is_senseless = false;
    for (int i = 0; i < (is_slashed ? 2 : 1); i++) {
        enum mail_date_order try = i == 0 ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
        is_possible[i] = (order == ORDER_UNKNOWN || order == try || !is_slashed) &&
                         read_ends(from, to, sent, try, ends[i]);
        if (is_possible[i] && is_slashed && order == ORDER_UNKNOWN) {
            int64_t length = days_of(ends[i][1]) - days_of(ends[i][0]);
            is_possible[i] = length <= RANGE_SENSE_DAYS &&
                             (sent.year == 0 || days_of(ends[i][1]) >= days_of(sent) - 1);
            is_senseless |= !is_possible[i];
        }
    }
    out->kind = MAIL_DATE_RANGE;
    bool is_same = days_of(ends[0][1]) == days_of(ends[1][1]);
    out->is_ambiguous =
        is_possible[0] == is_possible[1] && (is_possible[0] ? !is_same : is_senseless);
    if (!out->is_ambiguous && (is_possible[0] || is_possible[1])) {
        int use = is_possible[0] ? 0 : 1;
        out->begin = ends[use][0];
        out->on = ends[use][1];
        out->over = to->day == 0 && to->month != 0 ? out->on : mail_date_add(out->on, 1);
        out->through = out->over;
    }
}
