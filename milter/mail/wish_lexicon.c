/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_lexicon.c - looks words of wishes up.
 *
 * Decides: that "loeschen" is "loschen", as phrases do. Must not know: what the kinds mean
 * (wish_grammar.c).
 */
#include <string.h>

#include "mail_wish_grammar.h"

/* Entries before the place of a word among which one that it begins with may stand. */
#define STEMS_BACK 4u

/* Below 0: the word stands before the entry. *begins: the entry is the word, or its stem. */
static int compare(const char *word, const char *entry, bool *begins)
{
    size_t i = 0;
    while (word[i] != '\0' && word[i] == entry[i]) {
        i++;
    }
    *begins = entry[i] == '*' || (word[i] == '\0' && entry[i] == '\0');
    return (unsigned char)word[i] - (unsigned char)entry[i];
}

static unsigned look_up(const char *word)
{
    size_t from = 0;
    size_t to = wish_lexicon_count;
    bool begins = false;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(word, wish_lexicon[middle].text, &begins);
        if (begins) {
            return wish_lexicon[middle].kinds;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    for (size_t back = 1; back <= STEMS_BACK && back <= from; back++) {
        (void)compare(word, wish_lexicon[from - back].text, &begins);
        if (begins) {
            return wish_lexicon[from - back].kinds;
        }
    }
    return 0;
}

static bool has_passed_e(const char *word)
{
    for (const char *e = strchr(word, 'e'); e != NULL; e = strchr(e + 1, 'e')) {
        if (e > word && (e[-1] == 'a' || e[-1] == 'o' || e[-1] == 'u')) {
            return true;
        }
    }
    return false;
}

bool wish_plain(const char *word, char plain[MAIL_WORD_MAX_B])
{
    size_t used = 0;
    size_t i = 0;
    if (!has_passed_e(word)) {
        return false;
    }
    for (; word[i] != '\0' && used + 1 < MAIL_WORD_MAX_B; i++) {
        bool passes = word[i] == 'e' && i > 0 &&
                      (word[i - 1] == 'a' || word[i - 1] == 'o' || word[i - 1] == 'u');
        if (!passes) {
            plain[used++] = word[i];
        }
    }
    plain[used] = '\0';
    return used < i;
}

unsigned wish_kinds_of(const char *word)
{
    char plain[MAIL_WORD_MAX_B];
    unsigned kinds = look_up(word);
    return kinds == 0 && wish_plain(word, plain) ? look_up(plain) : kinds; /* "loeschen" */
}
