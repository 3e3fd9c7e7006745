/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_return_text.h - inside of return*.c: a text as dates, cues and clauses.
 */
#ifndef FULLSTOP_MAIL_RETURN_TEXT_H
#define FULLSTOP_MAIL_RETURN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/clock.h"
#include "mail_date_expr.h"
#include "mail_return.h"
#include "mail_return_rows.h"
#include "mail_words.h"

/* One row of mail_return_rows where it stands; words [at, end). */
struct return_cue {
    uint16_t at;
    uint16_t end;
    uint8_t kind; /* enum mail_cue, a "not" taken into account */
    uint8_t value;
};

/* About 10 KiB: one lives on the stack while a text is read. */
struct return_text {
    const struct mail_words *words;
    struct mail_date_expr dates[MAIL_DATES_MAX];
    size_t date_count;
    struct return_cue cues[MAIL_RETURN_WORDS_MAX];
    size_t cue_count;
    int16_t owner[MAIL_RETURN_WORDS_MAX];   /* > 0: cue + 1, < 0: -(date + 1), 0: neither */
    uint16_t clause[MAIL_RETURN_WORDS_MAX]; /* the number of its clause */
};

/* Words [from, to). */
struct return_span {
    size_t from;
    size_t to;
};

#define CUE_BIT(kind) (1u << (kind))

/* words: 1 to MAIL_RETURN_WORDS_MAX of them, which live as long as the text. */
void return_text_read(struct return_text *text, const struct mail_words *words,
                      struct fs_date sent);
/* Whether anything in it can be about an absence; most mail is not. */
bool return_text_matters(const struct return_text *text);

struct return_span return_clause_at(const struct return_text *text, size_t at);
struct return_span return_sentence_at(const struct return_text *text, size_t at);
/* The kinds of the cues in a span, as CUE_BITs. */
unsigned return_cues_in(const struct return_text *text, struct return_span span);
/* How many words of a span are neither a cue nor part of a date. */
size_t return_unknown_in(const struct return_text *text, struct return_span span);
bool return_is_question(const struct return_text *text, size_t at);
/* Whether the clause at this word is a statement about the writer, or the mailbox, now. */
bool return_is_about_writer(const struct return_text *text, size_t at);

/* What a date says about the writer's return. */
enum return_role { ROLE_NONE, ROLE_BACK, ROLE_AWAY };
enum return_rank {
    RANK_HINT,  /* counts only beside an absence that is stated */
    RANK_ROUGH, /* a week, a month, today */
    RANK_EXACT,
};
struct return_claim {
    enum return_role role;
    enum return_rank rank;
    struct fs_date back;  /* the first day back, year 0: none that can be told */
    struct fs_date begin; /* ROLE_AWAY: its first day, year 0: unknown */
    bool is_ambiguous;    /* no day, or two */
};
void return_claim_read(const struct return_text *text, size_t date, struct return_claim *out);
/* Whether the text tells of an absence and what is to be done meanwhile, and nothing else. */
bool return_is_note(const struct return_text *text);
/* Whether the absence begins after the day of the mail. claims: one per date. */
bool return_is_ahead(const struct return_text *text, const struct return_claim *claims,
                     struct fs_date sent);

#endif
