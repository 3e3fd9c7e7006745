/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_return.h - what an absence note says: away, back on which day, or gone for good.
 *
 * The date is the first day back: "am 14. wieder da" is the 14th, "bis 14." the 15th. Where
 * a text can be read two ways there is no date. German and English. Linear in the words,
 * no allocation; thread-safe.
 */
#ifndef FULLSTOP_MAIL_RETURN_H
#define FULLSTOP_MAIL_RETURN_H

#include <stdbool.h>

#include "fullstop/clock.h"
#include "mail_words.h"

/* Words of a text that are looked at: an absence note is short, also in three languages. */
#define MAIL_RETURN_WORDS_MAX 300u

struct mail_return {
    struct fs_date date; /* the first day back; year 0: none */
    bool is_after_last;  /* the date is the day after the last one away, not itself named */
    bool is_ambiguous;   /* no date, because what stands there is vague or reads two ways */
    bool is_absence;     /* the writer, in the first person or for this mailbox, is or will
                            soon be away */
    bool is_note;        /* about nothing else, as a note is */
    bool is_ahead;       /* the absence begins after the mail was sent */
    bool has_left;       /* no longer with the company, or the mailbox given up: review, so
                            neither date nor absence */
};

/* words: the writer's own text without quotes and signature, or a subject. sent: the
 * writer's local day of the Date field; year 0 unknown: then only dates that name their
 * year. */
void mail_return_find(const struct mail_words *words, struct fs_date sent, struct mail_return *out);

/* The first day back by the value of X-Apple-Criteria ("...endDate=2020-01-10T14:59:59Z...",
 * also as JSON); false: it names no end. An end at the last second or minute of a day in
 * some timezone is followed by the next day there. */
bool mail_return_apple(const char *criteria, struct fs_date *out);

#endif
