/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_wish_rows.h - the rows that wish.c looks for, and how a place where one stands is judged.
 *
 * For the files of wishes only. A row's phrase is one of mail_words.h; each alternative of
 * its first word begins with two plain letters, of which the second is no umlaut's e.
 */
#ifndef FULLSTOP_MAIL_WISH_ROWS_H
#define FULLSTOP_MAIL_WISH_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"
#include "fullstop/mail.h"
#include "fullstop/status.h"
#include "mail_words.h"

enum wish_kind {
    WISH_OUT,           /* a clear opt-out */
    WISH_OUT_MAYBE,     /* talks of stopping contact */
    WISH_DECLINE,       /* wants nothing of it */
    WISH_DECLINE_MAYBE, /* not now, or not this */
};

enum wish_flag {
    WISH_CROSSES = 1,   /* may reach over a comma */
    WISH_START = 2,     /* stands where a clause begins */
    WISH_END = 4,       /* stands where a clause ends */
    WISH_NEGATED = 8,   /* a "not" turns it round */
    WISH_FACT = 16,     /* may tell what happens: "I got no more mails" */
    WISH_COMMAND = 32,  /* not after a subject: "we don't contact us" */
    WISH_EVENT = 64,    /* may be about a seminar or a calendar entry */
    WISH_TIME = 128,    /* may be about a date for a meeting */
    WISH_ASKED = 256,   /* somebody asks or wants in the same sentence */
    WISH_THREAT = 1024, /* "if you write again, ..." */
    WISH_ADDRESS = 512, /* a mail address stands in it */
    WISH_ALONE = 2048,  /* a sentence that is nothing else is clear in any text */
};

struct wish_row {
    const char *phrase; /* NULL ends a table */
    enum wish_kind kind;
    unsigned flags; /* of enum wish_flag */
};

extern const struct wish_row wish_rows_german[];
extern const struct wish_row wish_rows_english[];
extern const struct wish_row wish_rows_declines[];
extern const struct wish_row wish_rows_others[];
extern const struct wish_row wish_rows_idioms[];

/* All of them: the numbers of tables in the index are places here. */
#define WISH_TABLES 5u
extern const struct wish_row *const wish_tables[WISH_TABLES];

/* Where a row stands: half-open ranges of words. */
struct wish_place {
    const struct mail_words *words;
    size_t at, end;
    size_t sentence_from, sentence_to;
    size_t clause_from, clause_to; /* within commas */
    bool is_question;
};

struct wish_spelling {
    const char *seen;
    const char *meant;
};
/* In the order of strcmp(). */
extern const struct wish_spelling wish_spellings[];
extern const size_t wish_spelling_count;

/* The words as they are usually spelled ("newletter", "pls"). The arena holds what differs;
 * FS_NOMEM. */
enum fs_status wish_spell(struct fs_arena *arena, const struct mail_words *seen,
                          struct mail_words *out);

/* Whether the words say one thing in a word or two and nothing else: what, if so. */
bool wish_lone_in_text(const struct mail_words *words, enum wish_kind *kind);

/* Whether a sentence of a short text is a bare "stop it": what makes a complaint clear. */
bool wish_ends_in_stop(const struct mail_words *words);

/* What the kinds of words in a clause say where no row is clear; gated: as wish_gate_read(). */
enum fs_answer wish_by_grammar(const struct mail_words *words, const bool *gated);

/* The place of a row at [at, end). */
struct wish_place wish_place_of(const struct mail_words *words, size_t at, size_t end);
/* What the row means there: FS_ANSWER_NO when the place makes it mean something else. */
enum fs_answer wish_judge(const struct wish_row *row, const struct wish_place *place);

#endif
