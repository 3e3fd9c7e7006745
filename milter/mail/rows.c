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

static size_t letter_of(const char *word)
{
    return word[0] >= 'a' && word[0] <= 'z' ? (size_t)(word[0] - 'a') : MAIL_ROWS_LETTERS;
}

/* Turns how many rows each letter has into where they begin. */
static void set_starts(struct mail_rows *index, uint16_t next[MAIL_ROWS_LETTERS + 1])
{
    for (size_t letter = 0; letter < MAIL_ROWS_LETTERS; letter++) {
        next[letter + 1] = (uint16_t)(next[letter + 1] + next[letter]);
    }
    assert(next[MAIL_ROWS_LETTERS] <= MAIL_ROWS_MAX);
    memcpy(index->first, next, sizeof index->first);
}

void mail_rows_index(struct mail_rows *index, const struct mail_row *rows, size_t count)
{
    uint16_t next[MAIL_ROWS_LETTERS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        next[letter_of(rows[i].phrase) + 1]++;
    }
    set_starts(index, next);
    for (size_t i = 0; i < count; i++) {
        index->sorted[next[letter_of(rows[i].phrase)]++] = rows[i];
    }
}

void mail_rows_index_groups(struct mail_rows *index, const struct mail_row_group *groups,
                            size_t count)
{
    uint16_t next[MAIL_ROWS_LETTERS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        for (const char *at = groups[i].phrases; *at != '\0'; at += strlen(at) + 1) {
            next[letter_of(at) + 1]++;
        }
    }
    set_starts(index, next);
    for (size_t i = 0; i < count; i++) {
        for (const char *at = groups[i].phrases; *at != '\0'; at += strlen(at) + 1) {
            struct mail_row row = {at, groups[i].kind, groups[i].value};
            index->sorted[next[letter_of(at)]++] = row;
        }
    }
}

/* Whether the phrase's first word is the word: most rows end here. As in mail_words.h, the
 * text may write an "e" after a, o or u that the phrase does not. */
static bool begins_with(const char *phrase, const char *word)
{
    for (char last = 0;; word++) {
        bool is_over = *phrase == '\0' || *phrase == ' ';
        if (*phrase == '*') {
            return true;
        }
        if (is_over ? *word == '\0' : *phrase == *word) {
            if (is_over) {
                return true;
            }
            phrase++;
        } else if (*word != 'e' || (last != 'a' && last != 'o' && last != 'u')) {
            return false;
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
    size_t letter = letter_of(word);
    if (letter == MAIL_ROWS_LETTERS) {
        return NULL;
    }
    for (size_t i = index->first[letter]; i < index->first[letter + 1]; i++) {
        const struct mail_row *row = &index->sorted[i];
        size_t row_end;
        if (begins_with(row->phrase, word) && mail_phrase_at(words, at, row->phrase, &row_end) &&
            row_end <= limit && (best == NULL || row_end > *end)) {
            best = row;
            *end = row_end;
        }
    }
    return best;
}
