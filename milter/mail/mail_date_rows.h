/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_date_rows.h - inside of date_*.c: what a row of the table of relative dates means.
 */
#ifndef FULLSTOP_MAIL_DATE_ROWS_H
#define FULLSTOP_MAIL_DATE_ROWS_H

#include <stddef.h>

#include "mail_rows.h"

enum mail_relative {
    REL_DAYS,       /* value days from sent */
    REL_TODAY,      /* an absence fills value days from today on */
    REL_WEEK,       /* the week value weeks from this one; a weekday may follow */
    REL_WEEK_END,   /* through its Sunday */
    REL_MONTH,      /* the month value months from this one */
    REL_MONTH_END,  /* until the first of the next */
    REL_NAMED_PART, /* a month follows: Anfang Mai, mid-May; no day */
    REL_NAMED_END,  /* a month follows: until the end of it is until 1 June */
    REL_YEAR_END,   /* until 1 January */
    REL_EASTER,     /* the day value days after Easter Sunday */
    REL_FIXED,      /* the day value = month * 100 + day */
    REL_FIXED_SPAN, /* an absence through it */
    REL_OPEN,       /* a day that nobody can tell */
    REL_OPEN_SPAN,  /* an absence until such a day */
    REL_IN,         /* a number and a unit follow: that long after sent */
    REL_FOR,        /* ... an absence that long */
    REL_ISO_WEEK,   /* a number follows: KW 21 */
    REL_NEXT,       /* a weekday follows: two readings when it is still to come this week */
    REL_FOLLOWING,  /* a weekday follows: the one after another date */
    REL_COMING,     /* a weekday follows */
};

/* A phrase each. */
extern const struct mail_row mail_date_rows[];
extern const size_t mail_date_row_count;

#endif
