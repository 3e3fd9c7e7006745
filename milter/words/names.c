/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * names.c - what a person calls the states, reasons, verdicts and rules.
 *
 * Decides nothing: each enumeration has its section in the texts, in the same order.
 */
#include <assert.h>
#include <string.h>

#include "words_text.h"

#define IS_SECTION(first, last, count)                                                             \
    static_assert(WORDS_##last - WORDS_##first + 1 == (count), "one text for each value")

IS_SECTION(STATE_NONE, STATE_ENDED, FS_STATE_COUNT);
IS_SECTION(END_NONE, END_OTHER, FS_END_REASON_COUNT);
IS_SECTION(PAUSE_NONE, PAUSE_OTHER, FS_PAUSE_REASON_COUNT);
IS_SECTION(VERDICT_PASS, VERDICT_LIMIT, FS_VERDICT_COUNT);
IS_SECTION(DECIDER_NONE, DECIDER_PERSON, FS_DECIDER_COUNT);
IS_SECTION(DISPOSITION_NONE, DISPOSITION_DROPPED, FS_DISPOSITION_COUNT);
IS_SECTION(RULE_NONE, RULE_IMPOSSIBLE, FS_RULE_COUNT);

/* A value beyond the enumeration is called what its first one is: none. */
static const char *name_at(enum fs_language language, enum words_text first, unsigned index,
                           unsigned count)
{
    return words_text(language, index < count ? (enum words_text)(first + index) : first);
}

const char *fs_words_state(enum fs_language language, enum fs_state state)
{
    return name_at(language, WORDS_STATE_NONE, state, FS_STATE_COUNT);
}

const char *fs_words_end_reason(enum fs_language language, enum fs_end_reason reason)
{
    return name_at(language, WORDS_END_NONE, reason, FS_END_REASON_COUNT);
}

const char *fs_words_pause_reason(enum fs_language language, enum fs_pause_reason reason)
{
    return name_at(language, WORDS_PAUSE_NONE, reason, FS_PAUSE_REASON_COUNT);
}

const char *fs_words_verdict(enum fs_language language, enum fs_verdict verdict)
{
    return name_at(language, WORDS_VERDICT_PASS, verdict, FS_VERDICT_COUNT);
}

const char *fs_words_rule(enum fs_language language, enum fs_rule rule)
{
    return name_at(language, WORDS_RULE_NONE, rule, FS_RULE_COUNT);
}

const char *fs_words_decider(enum fs_language language, enum fs_decider decider)
{
    return name_at(language, WORDS_DECIDER_NONE, decider, FS_DECIDER_COUNT);
}

const char *fs_words_disposition(enum fs_language language, enum fs_disposition disposition)
{
    return name_at(language, WORDS_DISPOSITION_NONE, disposition, FS_DISPOSITION_COUNT);
}

/* As events hold them; the order is that of the section. */
static const char *const class_names[] = {"human",     "calendar", "out_of_office", "auto_reply",
                                          "bounce",    "delayed",  "receipt",       "complaint",
                                          "challenge", "bulk",     "unknown"};
#define CLASS_COUNT (sizeof(class_names) / sizeof(class_names[0]))
IS_SECTION(CLASS_HUMAN, CLASS_UNKNOWN, CLASS_COUNT);

static const char *const match_names[] = {"thread", "address", "account", "returned-id",
                                          "recipient"};
#define MATCH_COUNT (sizeof(match_names) / sizeof(match_names[0]))
IS_SECTION(MATCH_THREAD, MATCH_RECIPIENT, MATCH_COUNT);

const char *words_class(enum fs_language language, const char *class_name)
{
    for (size_t i = 0; class_name != NULL && i < CLASS_COUNT; i++) {
        if (strcmp(class_name, class_names[i]) == 0)
            return words_text(language, (enum words_text)(WORDS_CLASS_HUMAN + i));
    }
    return words_text(language, WORDS_CLASS_UNKNOWN);
}

const char *words_match(enum fs_language language, const char *match_name)
{
    for (size_t i = 0; match_name != NULL && i < MATCH_COUNT; i++) {
        if (strcmp(match_name, match_names[i]) == 0)
            return words_text(language, (enum words_text)(WORDS_MATCH_THREAD + i));
    }
    return NULL;
}
