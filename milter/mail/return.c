/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * return.c - the first day back of an absence note.
 *
 * Decides: which of the dates that claim to be it, how far ahead it may lie, whether the
 * writer is away at all, or gone for good. Must not know: how dates are written.
 */
#include "mail_return.h"

#include <string.h>

#include "mail_return_text.h"

/* A return lies at most so far ahead; with a long leave in the text, so far. */
#define RETURN_MAX_DAYS 366
#define RETURN_LONG_MAX_DAYS (3 * 366)

/* The best claims so far; year 0: none. */
struct choice {
    struct fs_date back;
    enum return_rank back_rank;
    struct fs_date away; /* the day after the absence */
    struct fs_date away_begin;
    enum return_rank away_rank;
    bool away_covers_sent;
};

static bool is_before(struct fs_date a, struct fs_date b)
{
    return fs_date_to_days(a) < fs_date_to_days(b);
}

static struct fs_date day_before(struct fs_date date)
{
    return fs_date_from_days(fs_date_to_days(date) - 1);
}

static bool is_long_leave(const struct return_text *text)
{
    for (size_t i = 0; i < text->cue_count; i++) {
        if (text->cues[i].kind == CUE_AWAY && (text->cues[i].value & CUE_IS_LONG) != 0) {
            return true;
        }
    }
    return false;
}

static bool is_within(struct fs_date date, struct fs_date sent, int max_days)
{
    if (date.year == 0 || sent.year == 0) {
        return date.year != 0;
    }
    int64_t ahead = fs_date_to_days(date) - fs_date_to_days(sent);
    return ahead >= 0 && ahead <= max_days;
}

/* The absence that sent lies in wins, else the next one; a better rank beats both. */
static void choose_away(const struct return_claim *claim, struct fs_date sent,
                        struct choice *choice)
{
    bool covers = claim->begin.year != 0 && sent.year != 0 && !is_before(sent, claim->begin);
    bool is_better = choice->away.year == 0 || claim->rank > choice->away_rank;
    if (!is_better && claim->rank == choice->away_rank) {
        is_better =
            covers != choice->away_covers_sent ? covers : is_before(claim->back, choice->away);
    }
    if (is_better) {
        choice->away = claim->back;
        choice->away_begin = claim->begin;
        choice->away_rank = claim->rank;
        choice->away_covers_sent = covers;
    }
}

/* A return that the absence already reaches past is no return: it ends another one. */
static bool contradicts(const struct return_claim *claim, const struct choice *choice)
{
    if (choice->away.year == 0 || choice->away_begin.year == 0 || choice->away_rank < claim->rank) {
        return false;
    }
    bool is_inside = !is_before(claim->back, choice->away_begin);
    return is_inside && is_before(claim->back, day_before(choice->away));
}

/* The soonest, but the day of the note itself last: "out today (3/10), back tomorrow". */
static bool is_sooner(struct fs_date a, struct fs_date b, struct fs_date sent)
{
    bool a_is_today = !is_before(sent, a);
    bool b_is_today = !is_before(sent, b);
    return a_is_today != b_is_today ? b_is_today : is_before(a, b);
}

static void choose_back(const struct return_claim *claim, struct fs_date sent,
                        struct choice *choice)
{
    bool is_better = choice->back.year == 0 || claim->rank > choice->back_rank;
    bool is_sooner_one =
        claim->rank == choice->back_rank && is_sooner(claim->back, choice->back, sent);
    if (is_better || is_sooner_one) {
        choice->back = claim->back;
        choice->back_rank = claim->rank;
    }
}

/* An explicit return wins, unless only a hint or a rough one stands beside an exact end. */
static bool is_away_chosen(const struct choice *choice)
{
    if (choice->away.year == 0 || choice->back.year == 0) {
        return choice->away.year != 0;
    }
    return choice->back_rank < choice->away_rank && is_before(choice->back, choice->away);
}

static bool is_stated_absence(const struct return_text *text)
{
    for (size_t i = 0; i < text->cue_count; i++) {
        const struct return_cue *cue = &text->cues[i];
        if (cue->kind != CUE_AWAY) {
            continue;
        }
        unsigned kinds = return_cues_in(text, return_clause_at(text, cue->at));
        bool is_note = (cue->value & CUE_IS_SELF) != 0 && (kinds & CUE_BIT(CUE_BLOCK)) == 0;
        if (is_note || return_is_about_writer(text, cue->at)) {
            return true;
        }
    }
    return false;
}

static bool has_left(const struct return_text *text)
{
    const struct mail_words *words = text->words;
    for (size_t i = 0; i < text->cue_count; i++) {
        const struct return_cue *cue = &text->cues[i];
        if (cue->kind != CUE_LEFT) {
            continue;
        }
        unsigned kinds = return_cues_in(text, return_clause_at(text, cue->at));
        bool is_negated =
            i > 0 && text->cues[i - 1].kind == CUE_NOT && text->cues[i - 1].end + 1u >= cue->at;
        bool ends = cue->end >= words->count ||
                    words->items[cue->end].sentence != words->items[cue->at].sentence;
        unsigned others = CUE_BIT(CUE_BLOCK) | CUE_BIT(CUE_COLLEAGUE);
        if ((kinds & others) == 0 && !is_negated && !return_is_question(text, cue->at) &&
            (ends || (cue->value & CUE_ENDS_SENTENCE) == 0)) {
            return true;
        }
    }
    return false;
}

static bool is_over(const struct return_claim *claim, struct fs_date sent)
{
    return claim->back.year != 0 && sent.year != 0 && is_before(claim->back, sent);
}

/* A return in the writer's own words says that the writer is away until then. */
static bool implies_absence(const struct return_claim *claim, struct fs_date sent)
{
    return claim->role == ROLE_BACK && claim->rank > RANK_HINT && !is_over(claim, sent);
}

static void choose_date(const struct return_text *text, const struct return_claim *claims,
                        struct fs_date sent, struct mail_return *out)
{
    struct choice choice = {0};
    bool is_ambiguous = false;
    enum return_rank ambiguous_rank = RANK_HINT;
    int max_days = is_long_leave(text) ? RETURN_LONG_MAX_DAYS : RETURN_MAX_DAYS;
    for (int pass = ROLE_AWAY; pass >= ROLE_BACK; pass--) {
        for (size_t i = 0; i < text->date_count; i++) {
            const struct return_claim *claim = &claims[i];
            if ((int)claim->role != pass || (claim->rank == RANK_HINT && !out->is_absence)) {
                continue;
            }
            if (claim->is_ambiguous) {
                is_ambiguous |= !is_over(claim, sent);
                ambiguous_rank = claim->rank > ambiguous_rank ? claim->rank : ambiguous_rank;
                continue;
            }
            if (!is_within(claim->back, sent, max_days)) {
                continue;
            }
            if (pass == ROLE_AWAY) {
                choose_away(claim, sent, &choice);
            } else if (!contradicts(claim, &choice)) {
                choose_back(claim, sent, &choice);
            }
        }
    }
    out->is_after_last = is_away_chosen(&choice);
    out->date = out->is_after_last ? choice.away : choice.back;
    /* "bis Mitte April krank": the day until which a stand-in helps is not the return */
    enum return_rank rank = choice.back.year != 0 && choice.back_rank > choice.away_rank
                                ? choice.back_rank
                                : choice.away_rank;
    if (is_ambiguous && rank < ambiguous_rank) {
        out->date.year = 0;
    }
    out->is_ambiguous = is_ambiguous && out->date.year == 0;
}

void mail_return_find(const struct mail_words *words, struct fs_date sent, struct mail_return *out)
{
    struct return_text text;
    struct return_claim claims[MAIL_DATES_MAX];
    *out = (struct mail_return){.is_absence = false};
    if (words->count == 0) {
        return;
    }
    struct mail_words start = *words;
    start.count = start.count < MAIL_RETURN_WORDS_MAX ? start.count : MAIL_RETURN_WORDS_MAX;
    return_text_read(&text, &start, sent);
    if (!return_text_matters(&text)) {
        return;
    }
    if (has_left(&text)) {
        out->has_left = true;
        return;
    }
    out->is_absence = is_stated_absence(&text);
    for (size_t i = 0; i < text.date_count; i++) {
        return_claim_read(&text, i, &claims[i]);
        out->is_absence |= implies_absence(&claims[i], sent);
    }
    choose_date(&text, claims, sent, out);
    out->is_note = out->is_absence && return_is_note(&text);
    out->is_ahead = out->is_absence && return_is_ahead(&text, claims, sent);
}
