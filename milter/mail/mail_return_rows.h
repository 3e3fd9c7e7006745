/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_return_rows.h - the words by which return.c knows what a date is for: a table.
 */
#ifndef FULLSTOP_MAIL_RETURN_ROWS_H
#define FULLSTOP_MAIL_RETURN_ROWS_H

#include <stddef.h>

#include "mail_rows.h"

enum mail_cue {
    CUE_AWAY,      /* not there: on vacation, krank, closed */
    CUE_HERE,      /* there: erreichbar, in the office; with a "not" it is CUE_AWAY */
    CUE_BACK,      /* there again: zurück, return */
    CUE_AGAIN,     /* wieder, again */
    CUE_ANSWER,    /* will write: melde mich, reply; a return only beside an absence */
    CUE_READ,      /* reads mail: again on a day, it is a return */
    CUE_STANDIN,   /* whom to turn to meanwhile */
    CUE_NOT,       /* turns the HERE or AWAY behind it round */
    CUE_SELF,      /* the writer, the writer's office or mailbox is the subject */
    CUE_OTHER,     /* a third person is, by title or pronoun */
    CUE_COLLEAGUE, /* ... who is a colleague, a stand-in, a successor */
    CUE_THIRD,     /* a verb in the third person */
    CUE_BLOCK,     /* the clause is no statement about the writer now: if, your, was */
    CUE_EVENT,     /* the clause is about something that takes place or moves */
    CUE_ASK,       /* a request */
    CUE_CUT,       /* begins a new clause */
    CUE_PREP,      /* stands before a date, value: enum mail_prep */
    CUE_FILL,      /* says nothing here */
    CUE_LEFT,      /* gone for good */
};

/* Flags in the value of a cue of another kind. */
enum {
    CUE_IS_SELF = 1,       /* also says that it is the writer */
    CUE_IS_LONG = 2,       /* an absence of up to three years */
    CUE_NEEDS_DATE = 4,    /* counts where a date stands in the clause */
    CUE_ENDS_SENTENCE = 8, /* counts where the sentence ends behind it */
};
/* Flag in the value of CUE_FILL: the date is meant through its end. */
#define CUE_IS_THROUGH 1

enum mail_prep {
    PREP_NONE,
    PREP_UNTIL,
    PREP_THROUGH,
    PREP_FROM,
    PREP_ON,
    PREP_AFTER,
    PREP_BEFORE,
    PREP_OF, /* vom 14.3., seit, since: no return, unless "vom 14.3. an" */
};

/* Lists of phrases; an empty one ends each. */
extern const struct mail_row mail_return_rows[];
extern const size_t mail_return_row_count;

#endif
