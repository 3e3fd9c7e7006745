/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_rows.h - a table of phrases looked up word by word: the longest row that stands there.
 *
 * A row's first word is plain (no "a|b", "#", "_", "..." or "a*"), so that rows can be found
 * by its first two letters (mail_index.h).
 */
#ifndef FULLSTOP_MAIL_ROWS_H
#define FULLSTOP_MAIL_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "mail_index.h"
#include "mail_words.h"

/* What some phrases mean: an index entry says which of them. */
struct mail_row {
    const char *phrases; /* as in mail_words.h; several are each ended by a zero */
    int kind;            /* what it is: an enumeration of the table's owner */
    int value;
};

/* A table with its index, found by the first two letters. */
struct mail_rows {
    const struct mail_row *rows;
    const uint16_t *first; /* MAIL_ROWS_KEYS + 1 of them */
    const struct mail_index_entry *entries;
};

/* The row that reaches farthest from word `at`, but not beyond `limit`; NULL: none. */
const struct mail_row *mail_rows_longest(const struct mail_rows *index,
                                         const struct mail_words *words, size_t at, size_t limit,
                                         size_t *end);

#endif
