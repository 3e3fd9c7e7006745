/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_words.h - a text as folded words, and phrases that are looked for among them.
 *
 * Folded: lower case, no accents, typographic signs plain (mail_fold.h), so that one row of
 * a table finds all spellings: a pattern says "zuruck" and finds "zurück" and "zurueck".
 */
#ifndef FULLSTOP_MAIL_WORDS_H
#define FULLSTOP_MAIL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/status.h"

/* Words beyond this are not looked at: two pages, and nobody says "stop" on the third. Longer
 * words are cut. */
#define MAIL_WORDS_MAX 600u
#define MAIL_WORD_MAX_B 64u

/* A run of letters and digits; an apostrophe between letters belongs to it. */
struct mail_word {
    const char *text;   /* folded, terminated, never empty */
    const char *source; /* where it stands in the text that was read, not folded */
    uint32_t source_b;
    uint32_t sentence; /* from 0; ends at . ! ? (not after numbers and abbreviations) and at
                          blank lines */
    uint32_t line;     /* from 0 */
    char before;       /* the ASCII sign right before it, 0: a space, a line end or nothing */
    char after;        /* the ASCII sign right after it, 0 likewise */
};

struct mail_words {
    const struct mail_word *items;
    size_t count;
};

/* text: valid UTF-8. The words live in the arena; source points into text. FS_NOMEM. */
enum fs_status mail_words_read(struct fs_arena *arena, const char *text, struct mail_words *out);

/* Whether the phrase stands at word `at`; *end is then the word after it (may be NULL).
 * A phrase is folded words with one space between:
 *   word    the word itself; an "e" that the text writes after a, o, u is passed over
 *   a|b     either
 *   word*   a word that begins so
 *   #       a word of digits only
 *   _       any one word
 *   ...     up to five words of any kind
 *   word?   may be missing (also a|b?)
 * A phrase never crosses the end of a sentence. */
bool mail_phrase_at(const struct mail_words *words, size_t at, const char *phrase, size_t *end);
/* The first place at or after `from` (before `to`); *at and *end may be NULL. */
bool mail_phrase_find(const struct mail_words *words, size_t from, size_t to, const char *phrase,
                      size_t *at, size_t *end);

#endif
