/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * texts.c - every sentence of texts_*.inc by its name, in each language.
 *
 * Must not know: which sentence is said when.
 */
#include "words_text.h"

struct text {
    const char *one;
    const char *many; /* NULL: has no plural */
};

#define TEXT(id, english) [WORDS_##id] = {english, NULL},
#define PLURAL(id, one, many) [WORDS_##id] = {one, many},
static const struct text texts[WORDS_COUNT] = {
#include "texts_history.inc"
#include "texts_names.inc"
#include "texts_notice.inc"
#include "texts_reply.inc"
#include "texts_rules.inc"
#include "texts_why.inc"
};
#undef TEXT
#undef PLURAL

const char *words_text(enum fs_language language, enum words_text id)
{
    return words_translated(language, texts[id].one);
}

const char *words_plural(enum fs_language language, enum words_text id, int64_t count)
{
    if (texts[id].many == NULL)
        return words_text(language, id);
    return words_translated_plural(language, texts[id].one, texts[id].many, count);
}
