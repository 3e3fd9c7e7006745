/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_wish_grammar.h - what kinds of words a sentence has, where no row of wishes knows it.
 *
 * For wish_lexicon.c and wish_grammar.c. One look-up per word; no state.
 */
#ifndef FULLSTOP_MAIL_WISH_GRAMMAR_H
#define FULLSTOP_MAIL_WISH_GRAMMAR_H

#include <stdbool.h>

#include "mail_wish_rows.h"

enum wish_word {
    NEG = 1,         /* not, no, never */
    MORE = 2,        /* again, further, in future */
    WANT = 4,        /* please, I want, we ask */
    ME = 8,          /* the writer */
    YOU = 16,        /* we, whom he writes to */
    CONTACT = 32,    /* mails, contact */
    WRITE = 64,      /* to write, to contact */
    OFF = 128,       /* to take off, to delete */
    LIST = 256,      /* a list of addresses */
    STOP = 512,      /* to stop, to refrain */
    UNWANTED = 1024, /* unwelcome */
    GET = 4096,      /* to get, to hear */
    DATA = 8192,     /* an address, details */
    TAKE = 16384,    /* to take */
    FROM = 32768,    /* from, off */
    INTO = 65536,    /* into, on: where it is on paper, not with us */
    BLOCK = 2048,    /* what ordinary business is about: with it the sentence proves nothing */
};

/* Kinds without which, or a hint of wish_gate.c, no row of opt-outs stands in a sentence. */
#define WISH_GATE (NEG | STOP | OFF | UNWANTED | LIST)

struct wish_entry {
    const char *text; /* "x*": also what begins so */
    unsigned kinds;   /* of enum wish_word */
};
/* In the order of strcmp(). */
extern const struct wish_entry wish_lexicon[];
extern const size_t wish_lexicon_count;

/* Of enum wish_word; 0: none. */
unsigned wish_kinds_of(const char *word);
/* Drops each "e" after a, o, u, as phrases pass over it; false: there is none. */
bool wish_plain(const char *word, char plain[MAIL_WORD_MAX_B]);

/* In the order of strcmp(); "x*": also what begins so. */
extern const char *const *const wish_hints;
extern const size_t wish_hint_count;

bool wish_is_gate(const char *word);
/* gated: of words->count; whether the word stands in a sentence worth searching. */
void wish_gate_read(const struct mail_words *words, bool *gated);

#endif
