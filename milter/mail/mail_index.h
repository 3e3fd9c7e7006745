/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_index.h - where the rows of the big tables are found by the beginning of a phrase.
 *
 * People read tables in the order of meaning, so each has an index beside it. make_index.c
 * prints them when fullstop is built; nothing is sorted while mail waits. The entries of key
 * k are first[k] to first[k + 1], half-open.
 */
#ifndef FULLSTOP_MAIL_INDEX_H
#define FULLSTOP_MAIL_INDEX_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Which phrase: at_b is where in the row's text it, or the alternative, begins. */
struct mail_index_entry {
    uint16_t table; /* where several share an index */
    uint16_t row;
    uint16_t at_b;
};

/* ---- mail_rows.h: the first two letters ---- */

#define MAIL_ROWS_LETTERS 26u
/* What the second letter can be: none, a letter, any other sign. */
#define MAIL_ROWS_SECONDS 28u
#define MAIL_ROWS_KEYS (MAIL_ROWS_LETTERS * MAIL_ROWS_SECONDS)

extern const uint16_t mail_date_first[MAIL_ROWS_KEYS + 1];
extern const struct mail_index_entry mail_date_entries[];
extern const uint16_t mail_return_first[MAIL_ROWS_KEYS + 1];
extern const struct mail_index_entry mail_return_entries[];

/* Of a word, or of the first word of a phrase; MAIL_ROWS_KEYS: it has none. */
static inline size_t mail_rows_key(const char *word)
{
    size_t second = MAIL_ROWS_SECONDS - 1;
    if (word[0] < 'a' || word[0] > 'z') {
        return MAIL_ROWS_KEYS;
    }
    if (word[1] == '\0' || word[1] == ' ') {
        second = 0;
    } else if (word[1] >= 'a' && word[1] <= 'z') {
        second = (size_t)(word[1] - 'a') + 1;
    }
    return (size_t)(word[0] - 'a') * MAIL_ROWS_SECONDS + second;
}

/* ---- mail_wish_rows.h: the first two letters of each alternative of the first word ---- */

#define WISH_LETTER_KEYS 1024u
/* Of each two letters first what is no opt-out, then the opt-outs. */
#define WISH_KEYS (2 * WISH_LETTER_KEYS)

extern const uint16_t wish_first[WISH_KEYS + 1];
extern const struct mail_index_entry wish_entries[];

static inline size_t wish_key(const char *text)
{
    size_t second = text[0] != '\0' ? (size_t)(text[1] & 31) : 0;
    return 2 * (((size_t)(text[0] & 31) << 5) | second);
}

/* ---- mail_bounce.h: the first four bytes ---- */

#define MAIL_BOUNCE_KEY_BITS 11
#define MAIL_BOUNCE_KEYS (1u << MAIL_BOUNCE_KEY_BITS)

extern const uint16_t mail_bounce_first[MAIL_BOUNCE_KEYS + 1];
extern const struct mail_index_entry mail_bounce_entries[];

/* No phrase is shorter, and folded text ends in that many NULs. The factor spreads them over
 * the upper bits (Knuth, multiplicative hashing). Not the same on machines of another byte
 * order, so the index is made where it is used. */
static inline size_t mail_bounce_key(const char *text)
{
    uint32_t key;
    memcpy(&key, text, sizeof key);
    return (key * 2654435761u) >> (32 - MAIL_BOUNCE_KEY_BITS);
}

#endif
