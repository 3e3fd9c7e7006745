/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_rows.h - a table of phrases looked up word by word: the longest row that stands there.
 *
 * A row's first word is plain (no "a|b", "#", "_", "..." or "a*"), so that rows can be found
 * by its first two letters. The index is built per call, on the caller's stack: tables stay const
 * and in the order in which people read them.
 */
#ifndef FULLSTOP_MAIL_ROWS_H
#define FULLSTOP_MAIL_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "mail_words.h"

#define MAIL_ROWS_MAX 1200u
#define MAIL_ROWS_LETTERS 26u
/* What the second letter can be: none, a letter, any other sign. */
#define MAIL_ROWS_SECONDS 28u
#define MAIL_ROWS_KEYS (MAIL_ROWS_LETTERS * MAIL_ROWS_SECONDS)

struct mail_row {
    const char *phrase; /* as in mail_words.h */
    int kind;           /* what it is: an enumeration of the table's owner */
    int value;
};

/* Rows of one kind. */
struct mail_row_group {
    const char *phrases; /* each ended by a zero, the list by another */
    int kind;
    int value;
};

/* Rows by their first two letters. */
struct mail_rows {
    uint16_t first[MAIL_ROWS_KEYS + 1]; /* where a key's rows begin in sorted[] */
    struct mail_row sorted[MAIL_ROWS_MAX];
};

/* At most MAIL_ROWS_MAX rows. */
void mail_rows_index(struct mail_rows *index, const struct mail_row *rows, size_t count);
void mail_rows_index_groups(struct mail_rows *index, const struct mail_row_group *groups,
                            size_t count);
/* The row that reaches farthest from word `at`, but not beyond `limit`; NULL: none. */
const struct mail_row *mail_rows_longest(const struct mail_rows *index,
                                         const struct mail_words *words, size_t at, size_t limit,
                                         size_t *end);

#endif
