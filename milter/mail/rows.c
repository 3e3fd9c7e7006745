/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * rows.c - finds the longest phrase of a table at a word.
 *
 * Decides: nothing but which rows are worth comparing. Must not know: what a row means.
 */
#include "mail_rows.h"

#include <assert.h>
#include <string.h>

/* The key of a word, or of the first word of a phrase; MAIL_ROWS_KEYS: it has none. */
static size_t key_of(const char *word)
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

/* Turns how many rows each key has into where they begin. */
static void set_starts(struct mail_rows *index, uint16_t next[MAIL_ROWS_KEYS + 1])
{
    for (size_t key = 0; key < MAIL_ROWS_KEYS; key++) {
        next[key + 1] = (uint16_t)(next[key + 1] + next[key]);
    }
    assert(next[MAIL_ROWS_KEYS] <= MAIL_ROWS_MAX);
    memcpy(index->first, next, sizeof index->first);
}

void mail_rows_index(struct mail_rows *index, const struct mail_row *rows, size_t count)
{
    uint16_t next[MAIL_ROWS_KEYS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        next[key_of(rows[i].phrase) + 1]++;
    }
    set_starts(index, next);
    for (size_t i = 0; i < count; i++) {
        index->sorted[next[key_of(rows[i].phrase)]++] = rows[i];
    }
}

void mail_rows_index_groups(struct mail_rows *index, const struct mail_row_group *groups,
                            size_t count)
{
    uint16_t next[MAIL_ROWS_KEYS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        for (const char *at = groups[i].phrases; *at != '\0'; at += strlen(at) + 1) {
            next[key_of(at) + 1]++;
        }
    }
    set_starts(index, next);
    for (size_t i = 0; i < count; i++) {
        for (const char *at = groups[i].phrases; *at != '\0'; at += strlen(at) + 1) {
            struct mail_row row = {at, groups[i].kind, groups[i].value};
            index->sorted[next[key_of(at)]++] = row;
        }
    }
}

/* What follows the phrase's first word, if that is the word; else NULL: most rows end here. As in
 * mail_words.h, the text may write an "e" after a, o or u that the phrase does not. */
static const char *after_first(const char *phrase, const char *word)
{
    for (char last = 0;; word++) {
        bool is_over = *phrase == '\0' || *phrase == ' ';
        if (*phrase == '*') {
            return phrase + 1;
        }
        if (is_over ? *word == '\0' : *phrase == *word) {
            if (is_over) {
                return phrase;
            }
            phrase++;
        } else if (*word != 'e' || (last != 'a' && last != 'o' && last != 'u')) {
            return NULL;
        }
        last = *word;
    }
}

const struct mail_row *mail_rows_longest(const struct mail_rows *index,
                                         const struct mail_words *words, size_t at, size_t limit,
                                         size_t *end)
{
    const struct mail_row *best = NULL;
    const char *word = words->items[at].text;
    size_t key = key_of(word);
    if (key == MAIL_ROWS_KEYS) {
        return NULL;
    }
    size_t from = key;
    size_t to = key + 1;
    if (word[1] == 'e' && (word[0] == 'a' || word[0] == 'o' || word[0] == 'u')) {
        from = key - key % MAIL_ROWS_SECONDS; /* "ueber" is found by "uber" */
        to = from + MAIL_ROWS_SECONDS;
    }
    for (size_t i = index->first[from]; i < index->first[to]; i++) {
        const struct mail_row *row = &index->sorted[i];
        const char *rest = after_first(row->phrase, word);
        size_t row_end = at + 1;
        bool is_whole = rest != NULL && *rest == '\0';
        if (rest != NULL && (is_whole || mail_phrase_at(words, at, row->phrase, &row_end)) &&
            row_end <= limit && (best == NULL || row_end > *end)) {
            best = row;
            *end = row_end;
        }
    }
    return best;
}
