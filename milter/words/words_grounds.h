/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words_grounds.h - on which grounds a message was refused. Pure and thread-safe.
 */
#ifndef FULLSTOP_WORDS_GROUNDS_H
#define FULLSTOP_WORDS_GROUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "words_text.h"

#define GROUNDS_ADVICE_MAX 5

enum grounds {
    GROUNDS_OTHER,
    GROUNDS_NO_REPLY,
    GROUNDS_ENDED,
    GROUNDS_OPTED_OUT,
    GROUNDS_COMPLAINED,
    GROUNDS_SUPPRESSED, /* by an objection that is not this lead's */
    GROUNDS_PAUSED,
    GROUNDS_REVIEW,
    GROUNDS_EARLY,
    GROUNDS_KIND,
    GROUNDS_LIMIT,
};

/* What is said: line 1, a clause for one of several, what can be done. */
struct grounds_row {
    enum words_text sentence;
    enum words_text clause;
    enum words_text advice[GROUNDS_ADVICE_MAX + 1]; /* ended by WORDS_COUNT */
};

enum grounds grounds_of(const struct fs_words_refused *refused);
const struct grounds_row *grounds_row(enum grounds grounds);
/* Whether a piece of advice is true of this lead in this process. */
bool grounds_advise(enum words_text advice, const struct fs_words_refused *refused,
                    const struct fs_process *process);
/* Since when it is so: never 0 where anything is known of the lead. */
int64_t grounds_since(const struct fs_words_refused *refused);

#endif
