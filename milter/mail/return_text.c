/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * return_text.c - finds the dates, the cues and the clauses of a text, and who a clause is
 * about.
 *
 * Decides: where a clause ends, what a "not" turns round, and whether the writer is the
 * subject. Must not know: which date is a return.
 */
#include "mail_return_text.h"

#include <string.h>

#include "mail_date_point.h"

/* A "not" reaches that many words forward to HERE, to AWAY, and back to HERE. */
#define NOT_REACH_HERE 6u
#define NOT_REACH_AWAY 2u
#define NOT_REACH_BACK 2u
/* A clause without subject and with at most so many other words is a note: "Zurück am". */
#define FRAGMENT_WORDS 1u

/* "bin ich", "kehre ich": the row hides a subject. */
static bool names_writer(const struct mail_words *words, size_t at, size_t end)
{
    static const char *const subjects[] = {"ich", "wir", "i", "i'm", "i'll", "we", "we're"};
    for (; at < end; at++) {
        for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
            if (strcmp(words->items[at].text, subjects[i]) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void find_cues(struct return_text *text)
{
    static const struct mail_rows rows = {mail_return_rows, mail_return_first, mail_return_entries};
    size_t next_date = 0;
    const struct mail_words *words = text->words;
    for (size_t at = 0; at < words->count;) {
        while (next_date < text->date_count && at >= text->dates[next_date].end) {
            next_date++;
        }
        if (next_date < text->date_count && at >= text->dates[next_date].start) {
            at = text->dates[next_date].end;
            continue;
        }
        size_t limit = next_date < text->date_count ? text->dates[next_date].start : words->count;
        size_t end = 0;
        const struct mail_row *row = mail_rows_longest(&rows, words, at, words->count, &end);
        /* only "left the company on 14.3." may hold a date */
        if (row != NULL && end > limit && row->kind != CUE_LEFT) {
            row = mail_rows_longest(&rows, words, at, limit, &end);
        }
        if (row == NULL) {
            at++;
            continue;
        }
        struct return_cue *cue = &text->cues[text->cue_count++];
        *cue = (struct return_cue){.at = (uint16_t)at,
                                   .end = (uint16_t)end,
                                   .kind = (uint8_t)row->kind,
                                   .value = (uint8_t)row->value};
        bool has_flags = row->kind != CUE_PREP && row->kind != CUE_FILL;
        if (has_flags && names_writer(words, at, end)) {
            cue->value |= CUE_IS_SELF;
        }
        for (; at < end; at++) {
            text->owner[at] = (int16_t)text->cue_count;
        }
    }
}

static const struct return_cue *cue_at(const struct return_text *text, size_t word)
{
    return text->owner[word] > 0 ? &text->cues[text->owner[word] - 1] : NULL;
}

static bool begins_clause(const struct return_text *text, size_t at)
{
    const struct mail_words *words = text->words;
    if (words->items[at].sentence != words->items[at - 1].sentence) {
        return true;
    }
    if (text->owner[at] != 0 && text->owner[at] == text->owner[at - 1]) {
        return false;
    }
    unsigned gap = mail_gap_after(words, at - 1);
    if ((gap & GAP_NEWLINE) != 0 && words->items[at].after == ':') {
        return true; /* a line of its own: "Vertretung: ..." */
    }
    unsigned signs = GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE | GAP_FAR;
    if ((gap & signs) != 0 || ((gap & GAP_DASH) != 0 && (gap & GAP_SPACE) != 0)) {
        return true;
    }
    const struct return_cue *cue = cue_at(text, at);
    return cue != NULL && cue->kind == CUE_CUT && cue->at == at;
}

static void find_clauses(struct return_text *text)
{
    for (size_t i = 0; i < text->date_count; i++) {
        for (size_t at = text->dates[i].start; at < text->dates[i].end; at++) {
            text->owner[at] = (int16_t) - (int)(i + 1);
        }
    }
    for (size_t at = 1; at < text->words->count; at++) {
        text->clause[at] = (uint16_t)(text->clause[at - 1] + begins_clause(text, at));
    }
}

/* Words between two cues that are no part of a date. */
static size_t distance(const struct return_text *text, size_t from, size_t to)
{
    size_t count = 0;
    for (; from < to; from++) {
        count += text->owner[from] >= 0;
    }
    return count;
}

static bool is_negated(const struct return_text *text, size_t index)
{
    const struct return_cue *cue = &text->cues[index];
    size_t reach = cue->kind == CUE_HERE ? NOT_REACH_HERE : NOT_REACH_AWAY;
    for (size_t i = index; i > 0; i--) {
        const struct return_cue *other = &text->cues[i - 1];
        if (text->clause[other->at] != text->clause[cue->at] ||
            distance(text, other->end, cue->at) > reach) {
            break;
        }
        if (other->kind == CUE_NOT) {
            return true;
        }
        if (other->kind == CUE_AGAIN || other->kind == CUE_BACK) {
            break;
        }
    }
    if (cue->kind != CUE_HERE || index + 1 >= text->cue_count) {
        return false;
    }
    const struct return_cue *next = &text->cues[index + 1];
    return next->kind == CUE_NOT && text->clause[next->at] == text->clause[cue->at] &&
           distance(text, cue->end, next->at) <= NOT_REACH_BACK;
}

static bool has_date_in(const struct return_text *text, struct return_span span)
{
    for (; span.from < span.to; span.from++) {
        if (text->owner[span.from] < 0) {
            return true;
        }
    }
    return false;
}

/* A date in the clause of that word, or behind it as in "Urlaub: 9.3. bis 14.3." and "nicht
 * verfügbar, wieder ab 14.3."; a "Urlaub!" and nothing else needs none. */
static bool has_date(const struct return_text *text, size_t at)
{
    const struct mail_word *items = text->words->items;
    struct return_span clause = return_clause_at(text, at);
    if (has_date_in(text, clause)) {
        return true;
    }
    struct return_span sentence = return_sentence_at(text, at);
    if (text->owner[sentence.from] == text->owner[at] &&
        text->owner[sentence.to - 1] == text->owner[at]) {
        return true;
    }
    if (clause.to >= text->words->count || items[clause.to].sentence != items[at].sentence) {
        return false;
    }
    struct return_span next = return_clause_at(text, clause.to);
    unsigned gap = mail_gap_after(text->words, clause.to - 1);
    bool is_list =
        (gap & (GAP_COLON | GAP_DASH | GAP_OPEN)) != 0 && return_unknown_in(text, clause) == 0;
    unsigned again = CUE_BIT(CUE_AGAIN) | CUE_BIT(CUE_BACK);
    return has_date_in(text, next) && (is_list || (return_cues_in(text, next) & again) != 0);
}

/* Turns round what is negated, and drops what needs a date beside it. */
static void weigh_cues(struct return_text *text)
{
    for (size_t i = 0; i < text->cue_count; i++) {
        struct return_cue *cue = &text->cues[i];
        if (cue->kind != CUE_HERE && cue->kind != CUE_AWAY) {
            continue;
        }
        if (is_negated(text, i)) {
            cue->kind = cue->kind == CUE_HERE ? CUE_AWAY : CUE_HERE;
        }
        unsigned kinds = return_cues_in(text, return_clause_at(text, cue->at));
        if (cue->kind == CUE_AWAY && (cue->value & CUE_NEEDS_DATE) != 0 &&
            (!has_date(text, cue->at) || (kinds & CUE_BIT(CUE_EVENT)) != 0)) {
            cue->kind = CUE_FILL;
            cue->value = 0;
        }
    }
}

void return_text_read(struct return_text *text, const struct mail_words *words, struct fs_date sent)
{
    text->words = words;
    text->cue_count = 0;
    memset(text->owner, 0, words->count * sizeof text->owner[0]);
    text->clause[0] = 0;
    text->date_count = mail_date_exprs_find(words, sent, text->dates);
    find_cues(text);
    find_clauses(text);
    weigh_cues(text);
}

bool return_text_matters(const struct return_text *text)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < text->cue_count; i++) {
        kinds |= CUE_BIT(text->cues[i].kind);
    }
    return text->date_count > 0 || (kinds & (CUE_BIT(CUE_AWAY) | CUE_BIT(CUE_LEFT))) != 0;
}

struct return_span return_clause_at(const struct return_text *text, size_t at)
{
    struct return_span span = {at, at + 1};
    while (span.from > 0 && text->clause[span.from - 1] == text->clause[at]) {
        span.from--;
    }
    while (span.to < text->words->count && text->clause[span.to] == text->clause[at]) {
        span.to++;
    }
    return span;
}

struct return_span return_sentence_at(const struct return_text *text, size_t at)
{
    const struct mail_word *items = text->words->items;
    struct return_span span = {at, at + 1};
    while (span.from > 0 && items[span.from - 1].sentence == items[at].sentence) {
        span.from--;
    }
    while (span.to < text->words->count && items[span.to].sentence == items[at].sentence) {
        span.to++;
    }
    return span;
}

unsigned return_cues_in(const struct return_text *text, struct return_span span)
{
    unsigned kinds = 0;
    for (size_t at = span.from; at < span.to;) {
        const struct return_cue *cue = cue_at(text, at);
        if (cue == NULL) {
            at++;
            continue;
        }
        bool has_flags = cue->kind != CUE_PREP && cue->kind != CUE_FILL;
        kinds |= CUE_BIT(cue->kind);
        if (has_flags && (cue->value & CUE_IS_SELF) != 0) {
            kinds |= CUE_BIT(CUE_SELF);
        }
        at = cue->end;
    }
    return kinds;
}

size_t return_unknown_in(const struct return_text *text, struct return_span span)
{
    size_t count = 0;
    for (; span.from < span.to; span.from++) {
        count += text->owner[span.from] == 0;
    }
    return count;
}

bool return_is_question(const struct return_text *text, size_t at)
{
    struct return_span sentence = return_sentence_at(text, at);
    return text->words->items[sentence.to - 1].after == '?';
}

/* Whether the clause, or the one that it goes on from, has another person as its subject. */
static bool is_about_other(const struct return_text *text, struct return_span clause,
                           size_t sentence_start)
{
    unsigned others = CUE_BIT(CUE_OTHER) | CUE_BIT(CUE_COLLEAGUE);
    for (;;) {
        unsigned kinds = return_cues_in(text, clause);
        if ((kinds & CUE_BIT(CUE_SELF)) != 0) {
            return false;
        }
        if ((kinds & others) != 0) {
            return true;
        }
        if (clause.from <= sentence_start) {
            return false;
        }
        clause = return_clause_at(text, clause.from - 1);
    }
}

bool return_is_about_writer(const struct return_text *text, size_t at)
{
    struct return_span clause = return_clause_at(text, at);
    struct return_span sentence = return_sentence_at(text, at);
    unsigned kinds = return_cues_in(text, clause);
    if ((kinds & CUE_BIT(CUE_BLOCK)) != 0 || return_is_question(text, at) ||
        is_about_other(text, clause, sentence.from)) {
        return false;
    }
    if ((return_cues_in(text, sentence) & CUE_BIT(CUE_SELF)) != 0) {
        return true;
    }
    /* "Will be back on" leaves out the subject, "the shop will" has one */
    const struct return_cue *first = cue_at(text, clause.from);
    if (first != NULL && first->kind == CUE_THIRD) {
        clause.from = first->end;
        kinds = return_cues_in(text, clause);
    }
    return (kinds & CUE_BIT(CUE_THIRD)) == 0 && return_unknown_in(text, clause) <= FRAGMENT_WORDS;
}
