/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_expr.c - finds all expressions of time in a text.
 *
 * Decides: where an expression begins and ends, and which two dates are the ends of one
 * range. Slashed dates are read in the order that any one of them settles. Must not know:
 * what the dates are for.
 */
#include "mail_date_expr.h"

#include <string.h>

#include "mail_date_point.h"
#include "mail_date_rows.h"

/* An expression before its days are known. */
struct found {
    struct mail_date_point from;
    struct mail_date_point to; /* end 0: no range */
    bool is_relative;
};

struct finder {
    const struct mail_words *words;
    struct fs_date sent;
    struct mail_date_expr *out;
    struct found found[MAIL_DATES_MAX];
    size_t count;
};

static const char *text_at(const struct mail_words *words, size_t at)
{
    return at < words->count ? words->items[at].text : "";
}

static bool is_one_of(const char *const *table, const char *word)
{
    for (; *table != NULL; table++) {
        if (strcmp(*table, word) == 0) {
            return true;
        }
    }
    return false;
}

/* "9 Uhr", "12:00 Uhr", "9am" after a date inside a range; the word behind it. */
static size_t skip_time(const struct mail_words *words, size_t at)
{
    static const char *const ends[] = {"uhr", "h", "am", "pm", "o'clock", NULL};
    static const char *const leads[] = {"um", "ab", "at", NULL};
    size_t next = at + (is_one_of(leads, text_at(words, at)) ? 1 : 0);
    size_t digits = strspn(text_at(words, next), "0123456789");
    if (digits == 0 || digits > 2) {
        return at;
    }
    if (is_one_of(ends, text_at(words, next) + digits)) {
        return next + 1;
    }
    next++;
    if (words->items[next - 1].after == ':' || words->items[next - 1].after == '.') {
        next += mail_date_number(text_at(words, next), 2) >= 0;
    }
    return is_one_of(ends, text_at(words, next)) ? next + 1 : at;
}

/* The start of the second date when a range goes on at `at`; 0: it does not. */
static size_t range_joint(const struct mail_words *words, size_t start, size_t at)
{
    static const char *const joints[] = {"bis",     "to",   "until", "till", "til",
                                         "through", "thru", "up",    NULL};
    static const char *const both[] = {"zwischen", "between", NULL};
    static const char *const fillers[] = {"zum",       "einschliesslich",
                                          "einschl",   "inkl",
                                          "inklusive", "den",
                                          "dem",       "the",
                                          "including", "incl",
                                          "to",        "zu",
                                          "der",       "und",
                                          "mit",       NULL};
    unsigned gap = mail_gap_after(words, at - 1);
    bool is_day_pair = (gap & GAP_SLASH) != 0 && (gap & GAP_DOT) != 0;
    if (at >= words->count || words->items[at].sentence != words->items[start].sentence) {
        return 0;
    }
    if ((gap & GAP_DASH) != 0 || is_day_pair) {
        return at;
    }
    size_t joint = skip_time(words, at);
    const char *word = text_at(words, joint);
    bool is_between = (strcmp(word, "und") == 0 || strcmp(word, "and") == 0);
    if (is_between) {
        size_t back = start;
        for (int i = 0; i < 2 && back > 0 && !is_one_of(both, text_at(words, back)); i++) {
            back--;
        }
        is_between = is_one_of(both, text_at(words, back));
    }
    if (!is_between && !is_one_of(joints, word)) {
        return 0;
    }
    joint++;
    for (int i = 0; i < 3 && is_one_of(fillers, text_at(words, joint)); i++) {
        joint++;
    }
    return joint < words->count ? joint : 0;
}

static bool point_is_weekday(const struct mail_date_point *point)
{
    return point->day == 0 && point->month == 0;
}

/* Whether two points are ends of one range: the bare numbers in it need a month. */
static bool ends_fit(const struct mail_date_point *from, const struct mail_date_point *to)
{
    if (from->is_plain && (to->month == 0 || to->day == 0)) {
        return false;
    }
    if (to->is_plain && (from->month == 0 || from->is_slashed)) {
        return false;
    }
    return !(from->is_bare && point_is_weekday(to));
}

/* A written date or range at `at`; the word behind it, `at` when there is none. */
static size_t find_written(struct finder *finder, size_t at)
{
    struct found *found = &finder->found[finder->count];
    struct mail_date_point from;
    struct mail_date_point to;
    if (!mail_date_point_at(finder->words, at, &from)) {
        return at;
    }
    *found = (struct found){.from = from};
    size_t second = range_joint(finder->words, at, from.end);
    if (second != 0 && mail_date_point_at(finder->words, second, &to) && ends_fit(&from, &to)) {
        found->to = to;
    } else if (from.is_plain ||
               (from.is_bare && (mail_gap_after(finder->words, at) & (GAP_DASH | GAP_SLASH)))) {
        return at;
    }
    size_t end = found->to.end != 0 ? found->to.end : from.end;
    finder->out[finder->count++] = (struct mail_date_expr){.start = at, .end = end};
    return end;
}

static size_t find_at(struct finder *finder, size_t at)
{
    struct mail_date_expr *expr = &finder->out[finder->count];
    if (mail_date_relative_at(finder->words, at, finder->sent, expr)) {
        finder->found[finder->count++] = (struct found){.is_relative = true};
        return expr->end;
    }
    return find_written(finder, at);
}

/* The order that the dates themselves show; two that differ show none. */
static enum mail_date_order order_of(const struct finder *finder)
{
    bool seen[3] = {false};
    for (size_t i = 0; i < finder->count; i++) {
        seen[mail_date_point_order(&finder->found[i].from)] = true;
        seen[mail_date_point_order(&finder->found[i].to)] = true;
    }
    if (seen[ORDER_DAY_FIRST] == seen[ORDER_MONTH_FIRST]) {
        return ORDER_UNKNOWN;
    }
    return seen[ORDER_DAY_FIRST] ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
}

/* "4 to 8 May, back the following Monday": the first one after the date before it. */
static void resolve_following(const struct mail_date_expr *before, struct mail_date_expr *out)
{
    bool has_day = before->kind == MAIL_DATE_DAY || before->kind == MAIL_DATE_RANGE;
    if (!has_day || before->is_ambiguous || before->through.year == 0) {
        return;
    }
    int days = (out->follows - 1 - fs_date_weekday(before->through) + 7) % 7;
    out->on = mail_date_add(before->through, days);
    out->over = out->through = mail_date_add(out->on, 1);
    out->is_ambiguous = false;
}

size_t mail_date_exprs_find(const struct mail_words *words, struct fs_date sent,
                            struct mail_date_expr out[MAIL_DATES_MAX])
{
    struct finder finder = {.words = words, .sent = sent, .out = out};
    for (size_t at = 0; at < words->count && finder.count < MAIL_DATES_MAX;) {
        size_t end = find_at(&finder, at);
        at = end > at ? end : at + 1;
    }
    enum mail_date_order order = order_of(&finder);
    for (size_t i = 0; i < finder.count; i++) {
        const struct found *found = &finder.found[i];
        if (!found->is_relative && found->to.end != 0) {
            mail_date_resolve_range(&found->from, &found->to, sent, order, &out[i]);
        } else if (!found->is_relative) {
            mail_date_resolve_point(&found->from, sent, order, &out[i]);
        } else if (i > 0 && out[i].follows != 0) {
            resolve_following(&out[i - 1], &out[i]);
        }
    }
    return finder.count;
}
