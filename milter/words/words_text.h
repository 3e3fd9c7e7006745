/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words_text.h - the sentences of texts_*.inc by name, and how their places are filled.
 *
 * A place is written %{name}, never as a printf conversion: a translation can then neither
 * crash a program nor be bound to an order. Thread-safe.
 */
#ifndef FULLSTOP_WORDS_TEXT_H
#define FULLSTOP_WORDS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/words.h"

#define TEXT(id, english) WORDS_##id,
#define PLURAL(id, one, many) WORDS_##id,
enum words_text {
#include "texts_history.inc"
#include "texts_names.inc"
#include "texts_notice.inc"
#include "texts_reply.inc"
#include "texts_rules.inc"
#include "texts_why.inc"
    WORDS_COUNT
};
#undef TEXT
#undef PLURAL

/* From the catalogue; English where it has none. */
const char *words_translated(enum fs_language language, const char *english);
const char *words_translated_plural(enum fs_language language, const char *one, const char *many,
                                    int64_t count);

/* Static strings. words_plural: the form for that many. */
const char *words_text(enum fs_language language, enum words_text id);
const char *words_plural(enum fs_language language, enum words_text id, int64_t count);

/* What stands in the places. Values are borrowed or made in the arena. */
#define WORDS_VALUES_MAX 32
struct words_values {
    struct fs_arena *arena;
    enum fs_language language;
    struct {
        const char *name;
        const char *value;
    } items[WORDS_VALUES_MAX];
    size_t count;
    bool failed; /* out of memory: words_fill() then returns NULL */
};

/* Each sets one place, again if it was set. A NULL value is the empty text. */
void words_set(struct words_values *values, const char *name, const char *value);
void words_set_number(struct words_values *values, const char *name, int64_t number);
void words_set_day(struct words_values *values, const char *name, int64_t at);
void words_set_minute(struct words_values *values, const char *name, int64_t at);
/* The day alone where it begins then, else the minute. */
void words_set_until(struct words_values *values, const char *name, int64_t at);
/* "3rd", "3." */
void words_set_nth(struct words_values *values, const char *name, int number);
/* Quoted for a shell where it needs that. */
void words_set_shell(struct words_values *values, const char *name, const char *word);

/* The text with its places filled; a place of unknown name stays as written. NULL: out of
 * memory. */
const char *words_fill(const struct words_values *values, const char *text);
const char *words_say(const struct words_values *values, enum words_text id);
const char *words_say_count(const struct words_values *values, enum words_text id, int64_t count);

/* Why a message to a contact was not allowed; sets places. NULL: out of memory. */
const char *words_bar(struct words_values *values, const struct fs_event *event);

/* By the names that events hold; an unknown one is a message of unknown kind, or NULL. */
const char *words_class(enum fs_language language, const char *class_name);
const char *words_match(enum fs_language language, const char *match_name);

#endif
