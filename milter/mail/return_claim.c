/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * return_claim.c - what one date says about the writer's return: the rules.
 *
 * Decides: by the word before the date (bis, ab, on) and the cues in its clause whether it
 * is the first day back, the last day away, or nothing. In doubt it is nothing. Must not
 * know: the other dates' claims.
 */
#include <string.h>

#include "mail_return_text.h"

/* A clause with at most so many other words beside its date leans on its neighbours. */
#define THIN_WORDS 3u
/* Fillers between a date and the word that governs it: "bis voraussichtlich zum". */
#define FILLERS_MAX 5

#define HAS(kinds, kind) (((kinds)&CUE_BIT(kind)) != 0)

static const unsigned content = CUE_BIT(CUE_AWAY) | CUE_BIT(CUE_HERE) | CUE_BIT(CUE_BACK) |
                                CUE_BIT(CUE_AGAIN) | CUE_BIT(CUE_ANSWER) | CUE_BIT(CUE_READ) |
                                CUE_BIT(CUE_STANDIN);
static const unsigned foreign =
    CUE_BIT(CUE_ASK) | CUE_BIT(CUE_EVENT) | CUE_BIT(CUE_BLOCK) | CUE_BIT(CUE_LEFT);

static bool will_write(unsigned kinds)
{
    return HAS(kinds, CUE_ANSWER) || HAS(kinds, CUE_READ);
}

/* A date with what surrounds it. */
struct context {
    const struct mail_date_expr *date;
    enum mail_prep prep;
    bool is_through;
    unsigned kinds; /* of the cues that belong to it */
    size_t anchor;  /* the word whose clause says who it is about */
};

static void read_prep(const struct return_text *text, struct context *context)
{
    size_t at = context->date->start;
    for (int i = 0; i < FILLERS_MAX && at > 0 && text->owner[at - 1] > 0; i++) {
        const struct return_cue *cue = &text->cues[text->owner[at - 1] - 1];
        if (cue->kind == CUE_PREP) {
            bool is_inner = context->prep == PREP_NONE && cue->value == PREP_ON;
            context->prep = (enum mail_prep)cue->value;
            if (!is_inner) {
                break;
            }
            at = cue->at;
            continue; /* "bis ... zum" */
        }
        if (context->prep != PREP_NONE) {
            break;
        }
        if (cue->kind != CUE_FILL && cue->kind != CUE_NOT) {
            break;
        }
        context->is_through |= cue->kind == CUE_FILL && cue->value == CUE_IS_THROUGH;
        at = cue->at;
    }
    size_t behind = context->date->end;
    if (context->prep == PREP_OF && behind < text->words->count &&
        strcmp(text->words->items[behind].text, "an") == 0) {
        context->prep = PREP_FROM;
    }
    if (context->prep == PREP_THROUGH) {
        context->prep = PREP_UNTIL;
        context->is_through = true;
    }
}

/* Where the words that can belong to a date end: at its neighbours. */
static struct return_span reach_of(const struct return_text *text, size_t date)
{
    struct return_span reach = return_sentence_at(text, text->dates[date].start);
    if (date > 0 && text->dates[date - 1].end > reach.from) {
        reach.from = text->dates[date - 1].end;
    }
    if (date + 1 < text->date_count && text->dates[date + 1].start < reach.to) {
        reach.to = text->dates[date + 1].start;
    }
    return reach;
}

static struct return_span both(struct return_span a, struct return_span b)
{
    struct return_span span = {a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to};
    return span;
}

/* Goes through the clauses behind the date to the first with content. */
static void look_right(const struct return_text *text, size_t end, struct context *context)
{
    size_t at = context->date->end;
    while (at < end && (context->kinds & content) == 0) {
        struct return_span clause = return_clause_at(text, at);
        clause = both(clause, (struct return_span){at, end});
        context->kinds |= return_cues_in(text, clause);
        context->anchor = at;
        at = clause.to;
    }
}

static void look_left(const struct return_text *text, size_t start, struct context *context)
{
    size_t at = context->date->start;
    while (at > start && (context->kinds & content) == 0) {
        struct return_span clause = return_clause_at(text, at - 1);
        clause = both(clause, (struct return_span){start, at});
        context->kinds |= return_cues_in(text, clause);
        context->anchor = at - 1;
        at = clause.from;
    }
}

/* "vom 2. bis 6. und vom 9. bis 13. März im Urlaub": the words behind the next date count
 * for this one, too, when nothing but joints stands between. */
static size_t joined_end(const struct return_text *text, size_t date, size_t end)
{
    const struct mail_date_expr *dates = text->dates;
    for (; date + 1 < text->date_count; date++) {
        struct return_span between = {dates[date].end, dates[date + 1].start};
        unsigned joints = CUE_BIT(CUE_PREP) | CUE_BIT(CUE_FILL) | CUE_BIT(CUE_CUT);
        if (between.to != end || return_unknown_in(text, between) > 0 ||
            (return_cues_in(text, between) & ~joints) != 0) {
            break;
        }
        end = reach_of(text, date + 1).to;
    }
    return end;
}

/* The same to the left: "unavailable from today until 16 March". */
static size_t joined_start(const struct return_text *text, size_t date, size_t start)
{
    const struct mail_date_expr *dates = text->dates;
    for (; date > 0; date--) {
        struct return_span between = {dates[date - 1].end, dates[date].start};
        unsigned joints = CUE_BIT(CUE_PREP) | CUE_BIT(CUE_FILL);
        if (between.from != start || return_unknown_in(text, between) > 0 ||
            (return_cues_in(text, between) & ~joints) != 0) {
            break;
        }
        start = reach_of(text, date - 1).from;
    }
    return start;
}

/* "wieder am Donnerstag, 26. März, im Büro": what is again is said behind the comma. */
static void add_next_clause(const struct return_text *text, size_t at, size_t end,
                            struct context *context)
{
    if (at < end) {
        struct return_span clause = return_clause_at(text, at);
        clause = both(clause, (struct return_span){at, end});
        unsigned kinds = return_cues_in(text, clause);
        bool is_there = HAS(kinds, CUE_HERE) || HAS(kinds, CUE_BACK);
        if (is_there && (kinds & foreign) == 0 && return_unknown_in(text, clause) == 0) {
            context->kinds |= kinds;
        }
    }
}

/* What stands behind a date belongs to it, unless it is the clause of the next date:
 * "closed from Friday and back on Tuesday". */
static void look_around(const struct return_text *text, size_t date, struct return_span reach,
                        struct context *out)
{
    struct context right = *out;
    struct context left = *out;
    look_right(text, joined_end(text, date, reach.to), &right);
    look_left(text, joined_start(text, date, reach.from), &left);
    /* "out today and tomorrow; back on Thursday": a semicolon is nearly a full stop */
    bool is_closed = text->words->items[out->date->end - 1].after == ';';
    bool is_right = !is_closed && (right.kinds & content) != 0;
    bool is_left = (left.kinds & content) != 0;
    bool is_next = date + 1 < text->date_count &&
                   text->clause[text->dates[date + 1].start] == text->clause[right.anchor];
    if (is_right && !(is_left && is_next && out->prep == PREP_FROM)) {
        *out = right;
    } else if (is_left) {
        *out = left;
    }
}

static void read_context(const struct return_text *text, size_t date, struct context *out)
{
    *out = (struct context){.date = &text->dates[date], .anchor = text->dates[date].start};
    struct return_span reach = reach_of(text, date);
    struct return_span narrow = both(return_clause_at(text, out->anchor), reach);
    read_prep(text, out);
    out->kinds = return_cues_in(text, narrow);
    size_t unknown = return_unknown_in(text, narrow);
    /* "Linda Ford is in from 9 April": it has a subject of its own */
    bool is_others = unknown > 0 && HAS(out->kinds, CUE_THIRD) && !HAS(out->kinds, CUE_SELF);
    bool is_thin = unknown <= THIN_WORDS && !is_others && (out->kinds & foreign) == 0;
    if ((out->kinds & content) == CUE_BIT(CUE_AGAIN) && is_thin) {
        add_next_clause(text, narrow.to, reach.to, out);
    }
    if ((out->kinds & content) == 0 && is_thin) {
        look_around(text, date, reach, out);
    }
}

/* The date as it is used here; a vague one names no day, which is as good as two. */
static void set(const struct context *context, unsigned use, enum return_rank rank,
                struct return_claim *out)
{
    const struct mail_date_expr *date = context->date;
    bool is_vague = (date->vague & use) != 0;
    out->back = use == MAIL_DATE_UNTIL     ? date->over
                : use == MAIL_DATE_THROUGH ? date->through
                                           : date->on;
    out->is_ambiguous = date->is_ambiguous || is_vague;
    out->rank = rank == RANK_EXACT && date->is_rough ? RANK_ROUGH : rank;
}

static void set_back(const struct context *context, unsigned use, enum return_rank rank,
                     struct return_claim *out)
{
    out->role = ROLE_BACK;
    set(context, use, rank, out);
}

static void set_away(const struct context *context, enum return_rank rank, struct return_claim *out)
{
    bool is_span = context->date->kind == MAIL_DATE_SPAN && context->prep != PREP_UNTIL;
    out->role = ROLE_AWAY;
    out->begin = context->date->begin;
    set(context, context->is_through || is_span ? MAIL_DATE_THROUGH : MAIL_DATE_UNTIL, rank, out);
}

/* "ab dem 16.3. für zwei Wochen": counts from another day than that of the note. */
static const struct mail_date_expr *starts_elsewhere(const struct return_text *text,
                                                     const struct context *context)
{
    struct return_span sentence = return_sentence_at(text, context->date->start);
    for (size_t i = 0; i < text->date_count; i++) {
        struct context other = {.date = &text->dates[i]};
        bool is_today = other.date->kind == MAIL_DATE_SPAN;
        if (other.date == context->date || is_today || other.date->start < sentence.from ||
            other.date->start >= sentence.to) {
            continue;
        }
        read_prep(text, &other);
        if (other.prep == PREP_FROM) {
            return other.date;
        }
    }
    return NULL;
}

/* An absence through a stretch of days, from the note on or from the day that is named. */
static void claim_span(const struct return_text *text, const struct context *context,
                       struct return_claim *out)
{
    const struct mail_date_expr *first = starts_elsewhere(text, context);
    if (first == NULL) {
        set_away(context, RANK_EXACT, out);
    } else if (context->date->length_days > 0 && first->kind == MAIL_DATE_DAY &&
               first->on.year != 0) {
        set_away(context, RANK_EXACT, out);
        out->begin = first->on;
        out->back = fs_date_from_days(fs_date_to_days(first->on) + context->date->length_days);
    }
}

/* Nothing but the date and what governs it: "3.-14. März" on a line of its own. */
static bool stands_alone(const struct return_text *text, const struct context *context)
{
    const struct mail_word *items = text->words->items;
    struct return_span lines = {context->date->start, context->date->end};
    unsigned nothing = CUE_BIT(CUE_PREP) | CUE_BIT(CUE_FILL);
    while (lines.from > 0 && items[lines.from - 1].line == items[context->date->start].line) {
        lines.from--;
    }
    while (lines.to < text->words->count && items[lines.to].line == items[lines.to - 1].line) {
        lines.to++;
    }
    return return_unknown_in(text, lines) == 0 && (return_cues_in(text, lines) & ~nothing) == 0;
}

/* "until the 16th, when I'll be happy to answer": then they are there. */
static bool ends_in_return(const struct return_text *text, const struct context *context)
{
    size_t at = context->date->end;
    if (at >= text->words->count || strcmp(text->words->items[at].text, "when") != 0) {
        return false;
    }
    unsigned kinds = return_cues_in(text, return_clause_at(text, at));
    return HAS(kinds, CUE_SELF) && !HAS(kinds, CUE_AWAY) &&
           (HAS(kinds, CUE_BACK) || HAS(kinds, CUE_HERE) || will_write(kinds));
}

/* "Bis zum 15. bin ich Skifahren", beside an absence. */
static bool says_what_else(const struct return_text *text, const struct context *context)
{
    struct return_span clause = return_clause_at(text, context->date->start);
    return HAS(context->kinds, CUE_SELF) && (context->kinds & (content | foreign)) == 0 &&
           return_unknown_in(text, clause) <= 1;
}

/* bis, until, and ranges. */
static void claim_until(const struct return_text *text, const struct context *context,
                        bool is_writer, struct return_claim *out)
{
    unsigned kinds = context->kinds;
    bool is_range = context->date->kind == MAIL_DATE_RANGE;
    bool is_not_yet = HAS(kinds, CUE_NOT) &&
                      (HAS(kinds, CUE_BACK) || (will_write(kinds) && !HAS(kinds, CUE_AWAY)));
    if (is_writer && !is_range && is_not_yet) {
        set_back(context, MAIL_DATE_FROM, RANK_EXACT, out);
    } else if (is_writer && !is_range && ends_in_return(text, context)) {
        set_back(context, MAIL_DATE_FROM, RANK_EXACT, out);
    } else if (is_writer && HAS(kinds, CUE_AWAY)) {
        set_away(context, RANK_EXACT, out);
    } else if (!HAS(kinds, CUE_HERE) && (HAS(kinds, CUE_STANDIN) || stands_alone(text, context) ||
                                         (is_writer && says_what_else(text, context)))) {
        set_away(context, RANK_HINT, out);
    }
}

/* ab, am, on, or nothing before the date. */
static void claim_on(const struct return_text *text, const struct context *context,
                     struct return_claim *out)
{
    unsigned kinds = context->kinds;
    unsigned use = context->prep == PREP_FROM ? MAIL_DATE_FROM : MAIL_DATE_IN;
    bool is_away = HAS(kinds, CUE_AWAY);
    if (HAS(kinds, CUE_EVENT) || (HAS(kinds, CUE_ASK) && !HAS(kinds, CUE_SELF))) {
        return;
    }
    bool is_again = HAS(kinds, CUE_AGAIN) && (HAS(kinds, CUE_HERE) || HAS(kinds, CUE_READ));
    if (HAS(kinds, CUE_BACK) || is_again) {
        set_back(context, use, RANK_EXACT, out);
    } else if (is_away) {
        if (context->date->kind == MAIL_DATE_SPAN && context->prep != PREP_FROM) {
            claim_span(text, context, out);
        }
    } else if (HAS(kinds, CUE_AGAIN) || (HAS(kinds, CUE_HERE) && context->prep == PREP_FROM) ||
               (will_write(kinds) && !HAS(kinds, CUE_ASK))) {
        set_back(context, use, RANK_HINT, out);
    }
}

static void claim_after(const struct context *context, struct return_claim *out)
{
    unsigned kinds = context->kinds;
    if (HAS(kinds, CUE_BACK) || (HAS(kinds, CUE_HERE) && HAS(kinds, CUE_AGAIN))) {
        set_back(context, MAIL_DATE_THROUGH, RANK_EXACT, out);
    } else if (!HAS(kinds, CUE_AWAY) && !HAS(kinds, CUE_ASK) && !HAS(kinds, CUE_EVENT) &&
               (HAS(kinds, CUE_HERE) || HAS(kinds, CUE_AGAIN) || will_write(kinds))) {
        set_back(context, MAIL_DATE_THROUGH, RANK_HINT, out);
    }
}

/* "nicht vor dem 14.", "not before the 14th" */
static void claim_before(const struct context *context, struct return_claim *out)
{
    unsigned kinds = context->kinds;
    unsigned there = CUE_BIT(CUE_BACK) | CUE_BIT(CUE_HERE);
    bool is_there = (kinds & there) != 0 || will_write(kinds);
    if (HAS(kinds, CUE_NOT) && (HAS(kinds, CUE_AWAY) || is_there)) {
        set_back(context, MAIL_DATE_FROM, RANK_EXACT, out);
    }
}

void return_claim_read(const struct return_text *text, size_t date, struct return_claim *out)
{
    struct context context;
    *out = (struct return_claim){.role = ROLE_NONE};
    read_context(text, date, &context);
    unsigned here = return_cues_in(text, return_clause_at(text, context.date->start));
    if (HAS(here | context.kinds, CUE_BLOCK) || return_is_question(text, context.date->start)) {
        return;
    }
    bool is_writer = return_is_about_writer(text, context.anchor);
    if (context.date->kind == MAIL_DATE_RANGE || context.prep == PREP_UNTIL) {
        claim_until(text, &context, is_writer, out);
    } else if (is_writer) {
        switch (context.prep) {
        case PREP_AFTER:
            claim_after(&context, out);
            break;
        case PREP_BEFORE:
            claim_before(&context, out);
            break;
        case PREP_NONE:
        case PREP_FROM:
        case PREP_ON:
            claim_on(text, &context, out);
            break;
        case PREP_OF:
        case PREP_UNTIL:
        case PREP_THROUGH:
            break;
        }
    }
    if (out->role == ROLE_BACK && context.date->is_now) {
        *out = (struct return_claim){.role = ROLE_NONE};
    }
}
