/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_wish_place.h - questions to a place where a row of wishes stands.
 *
 * For wish_judge.c and wish_judge_declines.c. Tables are phrases of mail_words.h, ended by
 * NULL. No state; each call is bounded by WISH_LOOK_WORDS around the place.
 */
#ifndef FULLSTOP_MAIL_WISH_PLACE_H
#define FULLSTOP_MAIL_WISH_PLACE_H

#include "mail_wish_rows.h"

/* Times of a meeting, and "for now" in its many forms. */
extern const char *const wish_meeting_times[];
extern const char *const wish_for_a_while[];

/* Whether one of the phrases begins in [from, to), in the clause, in the sentence. */
bool wish_stands_in(const struct wish_place *place, size_t from, size_t to,
                    const char *const *phrases);
bool wish_in_clause(const struct wish_place *place, const char *const *phrases);
bool wish_in_sentence(const struct wish_place *place, const char *const *phrases);

/* Whether the row stands in a condition; *at is the word that makes it one. */
bool wish_has_condition(const struct wish_place *place, size_t *at);
/* Whether it is how footers talk: "No more mails? Click here." */
bool wish_is_footer(const struct wish_place *place);
/* Whether a subject stands right before it: "we don't contact". */
bool wish_has_subject(const struct wish_place *place);

enum fs_answer wish_judge_decline(const struct wish_row *row, const struct wish_place *place);

#endif
