/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_date_point.h - inside of date_*.c: one written date, and what is known of it.
 */
#ifndef FULLSTOP_MAIL_DATE_POINT_H
#define FULLSTOP_MAIL_DATE_POINT_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/clock.h"
#include "mail_date_expr.h"
#include "mail_rows.h"
#include "mail_words.h"

/* What stands between two words, as a set. */
enum mail_gap {
    GAP_NEWLINE = 1,
    GAP_DOT = 2,
    GAP_DASH = 4,
    GAP_SLASH = 8,
    GAP_COMMA = 16,
    GAP_COLON = 32,
    GAP_OPEN = 64, /* ( [ */
    GAP_CLOSE = 128,
    GAP_OTHER = 256,
    GAP_SPACE = 512,
    GAP_FAR = 1024, /* more than MAIL_GAP_LOOK_B bytes, or the end */
};
#define MAIL_GAP_LOOK_B 12u

/* The gap between word `at` and the next. */
unsigned mail_gap_after(const struct mail_words *words, size_t at);

/* 0: unknown. weekday -1: none; day and month 0 with a weekday: a weekday alone. */
struct mail_date_point {
    size_t end;
    int day;
    int month;
    int year;
    int weekday;
    bool is_slashed; /* day and month are in the order day/month; it may be the other */
    bool is_bare;    /* a day alone */
    bool is_morning; /* until it is not through it */
    bool is_plain;   /* a day without dot or "th": counts only inside a range */
};

/* A number of 1 to `digits_max` digits; -1: none. */
int mail_date_number(const char *text, size_t digits_max);
/* The same or a word, "zwei", "a", "einer"; -1: none. */
int mail_date_count(const char *text);
/* 1 to 12, 0: none. */
int mail_date_month(const char *text);
/* 0 to 6, -1: none. is_short: "mo", "fri", which need a date beside them. */
int mail_date_weekday(const char *text, bool *is_short);
/* Days in a unit: 1, 7, or 30 for months, which are counted as such; 0: none. */
int mail_date_unit(const char *text);

/* A date at word `at`. */
bool mail_date_point_at(const struct mail_words *words, size_t at, struct mail_date_point *out);

/* Which order the slashed dates of a text have. */
enum mail_date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };
/* What one point says about it; ORDER_UNKNOWN: nothing. */
enum mail_date_order mail_date_point_order(const struct mail_date_point *point);

/* Fills the days of an expression. */
void mail_date_resolve_point(const struct mail_date_point *point, struct fs_date sent,
                             enum mail_date_order order, struct mail_date_expr *out);
void mail_date_resolve_range(const struct mail_date_point *from, const struct mail_date_point *to,
                             struct fs_date sent, enum mail_date_order order,
                             struct mail_date_expr *out);

/* Calendar arithmetic; year 0 goes in and out as "none". */
struct fs_date mail_date_add(struct fs_date date, int days);
struct fs_date mail_date_month_start(struct fs_date date, int months);
struct fs_date mail_date_easter_sunday(int year);
/* Monday of the ISO week that the day is in. */
struct fs_date mail_date_monday(struct fs_date date);
/* Monday of ISO week 1 to 53; the year that fits when year is 0. */
struct fs_date mail_date_iso_week(int week, int year, struct fs_date sent);
/* The day of that month and day which a note sent then means. */
struct fs_date mail_date_anchor(int month, int day, struct fs_date sent);

/* An expression that is no written date. */
bool mail_date_relative_at(const struct mail_words *words, size_t at, struct fs_date sent,
                           struct mail_date_expr *out);

#endif
