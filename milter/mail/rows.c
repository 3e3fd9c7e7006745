/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * rows.c - finds the longest phrase of a table at a word.
 *
 * Decides: nothing but which rows are worth comparing. Must not know: what a row means.
 */
#include "mail_rows.h"

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
    size_t key = mail_rows_key(word);
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
        const struct mail_row *row = &index->rows[index->entries[i].row];
        const char *phrase = row->phrases + index->entries[i].at_b;
        const char *rest = after_first(phrase, word);
        size_t row_end = at + 1;
        bool is_whole = rest != NULL && *rest == '\0';
        if (rest != NULL && (is_whole || mail_phrase_at(words, at, phrase, &row_end)) &&
            row_end <= limit && (best == NULL || row_end > *end)) {
            best = row;
            *end = row_end;
        }
    }
    return best;
}
