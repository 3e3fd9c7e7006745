/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_date_expr.h - expressions of time in a text, and the days they stand for.
 *
 * Says what stands there, not what is meant by it: whether "14.3." is a return, a deadline
 * or the day of a fair is for return.c. One expression has up to three days, because "back
 * on it", "away until it" and "until the end of it" differ. Pure; thread-safe.
 */
#ifndef FULLSTOP_MAIL_DATE_EXPR_H
#define FULLSTOP_MAIL_DATE_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/clock.h"
#include "mail_words.h"

/* Expressions beyond this are not looked at. */
#define MAIL_DATES_MAX 64u
/* A date without a year that lies at most so far back is past, not next year's: the note
 * is an old one. */
#define MAIL_DATE_PAST_DAYS 30

enum mail_date_kind {
    MAIL_DATE_DAY,   /* 14.3., Montag, in drei Tagen */
    MAIL_DATE_RANGE, /* 10.-14.3., March 9 to 14 */
    MAIL_DATE_SPAN,  /* a stretch that an absence fills: this week, KW 21, for two weeks, today */
    MAIL_DATE_VAGUE, /* April, Anfang Mai, nach Ostern, im neuen Jahr */
};

/* The uses of an expression. In some it names a day, in others only a stretch of days:
 * "bis April" is until 1 April, "im April" is no day. */
enum {
    MAIL_DATE_IN = 1,      /* back in it, on it */
    MAIL_DATE_FROM = 2,    /* back from it on */
    MAIL_DATE_UNTIL = 4,   /* away until it */
    MAIL_DATE_THROUGH = 8, /* away through all of it */
    MAIL_DATE_USES = 15,
};

struct mail_date_expr {
    size_t start; /* its words: [start, end) */
    size_t end;
    enum mail_date_kind kind;
    /* Year 0: unknown, past or impossible. */
    struct fs_date begin;   /* the first day of a range */
    struct fs_date on;      /* the first day back, when the text says back on it or from it */
    struct fs_date over;    /* ... away until it */
    struct fs_date through; /* ... away through all of it */
    unsigned vague;         /* the uses in which it names no day */
    int length_days;        /* of a stretch counted from sent, "for two weeks"; 0: none */
    int follows;            /* a weekday + 1 that follows the date before it; 0: none */
    bool is_now;            /* today: who is back on it is not away */
    bool is_ambiguous;      /* reads two ways, so it has no days */
    bool is_rough;          /* says little beside an exact date: today, a week, a month */
};

/* All expressions in the order of the text; how many. sent: year 0 unknown. */
size_t mail_date_exprs_find(const struct mail_words *words, struct fs_date sent,
                            struct mail_date_expr out[MAIL_DATES_MAX]);

#endif
