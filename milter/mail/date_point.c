/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_point.c - reads one written date: 14.3.26, 14. März, March 14th, 2026-03-14, 3/14.
 *
 * Decides: which words are a date, and which are part of a longer number, a time or a
 * price. Dots always mean day.month; slashes and dashes mean day/month here, and is_slashed
 * says that it may be the other way. Must not know: the day the note was sent.
 */
#include <glib.h>
#include <string.h>

#include "mail_date_point.h"

/* What follows a number with a dot in it when it is no date. */
static const char *const measures[] = {
    "uhr",     "h",       "am",      "pm",    "euro", "eur",     "usd", "chf",
    "prozent", "percent", "kg",      "km",    "gb",   "mb",      "og",  "stock",
    "etage",   "o'clock", "stunden", "hours", "mio",  "million", "x",
};

/* Words that may stand right before a day alone: "am 14.", "until the 14th". */
static const char *const day_leads[] = {
    "am",
    "dem",
    "den",
    "der",
    "zum",
    "ab",
    "bis",
    "vom",
    "vor",
    "nach",
    "einschliesslich",
    "einschl",
    "inkl",
    "inklusive",
    "spatestens",
    "the",
    "on",
    "until",
    "till",
    "through",
    "to",
    "from",
    "by",
    "zwischen",
    "between",
    "and",
    "und",
    "including",
};

/* Words that may stand right before a month alone: "may" and "march" are verbs as well. */
static const char *const month_leads[] = {
    "im",
    "in",
    "ab",
    "bis",
    "until",
    "till",
    "til",
    "through",
    "by",
    "from",
    "mid",
    "early",
    "late",
    "anfang",
    "mitte",
    "ende",
    "end",
    "of",
    "einschliesslich",
    "inkl",
    "including",
    "since",
    "seit",
    "beginning",
    "middle",
    "nach",
    "after",
    "vor",
    "before",
    "zum",
    "nicht",
};

static bool is_in(const char *const *table, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i][0] == word[0] && strcmp(table[i], word) == 0) {
            return true;
        }
    }
    return false;
}
#define IS_IN(table, word) is_in(table, sizeof(table) / sizeof(table)[0], word)

static const char *text_at(const struct mail_words *words, size_t at)
{
    return at < words->count ? words->items[at].text : "";
}

/* The sign between two words with nothing else beside it. */
static bool is_tight(const struct mail_words *words, size_t at, unsigned sign)
{
    return mail_gap_after(words, at) == sign;
}

static int year_of(const char *text, bool allow_short)
{
    int year = mail_date_number(text, 4);
    size_t length_b = strlen(text);
    if (length_b == 4 && year >= 1970 && year <= 2100) {
        return year;
    }
    if (allow_short && length_b == 2 && year >= 0) {
        return year < 70 ? 2000 + year : 1900 + year;
    }
    return 0;
}

/* A number that goes on to the left or right is a phone number, a version, an amount. */
static bool goes_on(const struct mail_words *words, size_t start, size_t end)
{
    unsigned signs = GAP_DOT | GAP_SLASH;
    if (start > 0 && mail_date_number(words->items[start - 1].text, 12) >= 0 &&
        (is_tight(words, start - 1, GAP_DOT) || is_tight(words, start - 1, GAP_SLASH))) {
        return true;
    }
    if (words->items[start].before == '+') {
        return true;
    }
    unsigned gap = mail_gap_after(words, end - 1);
    return mail_date_number(text_at(words, end), 12) >= 0 && (gap & signs) != 0 &&
           (gap & ~signs) == 0;
}

/* A slashed number followed by bare digits: part of a phone number, unless a time. */
static bool is_number_group(const struct mail_words *words, size_t start, size_t end)
{
    unsigned gap = mail_gap_after(words, end - 1);
    if (start > 0 && mail_date_number(words->items[start - 1].text, 12) >= 0 &&
        (mail_gap_after(words, start - 1) & ~(unsigned)(GAP_SPACE | GAP_SLASH)) == 0) {
        return true;
    }
    if (mail_date_number(text_at(words, end), 12) < 0 || gap != GAP_SPACE) {
        return false;
    }
    return words->items[end].after != ':' && !IS_IN(measures, text_at(words, end + 1));
}

/* 14, 14th, 14ten; *is_marked: an ending says that it is a day. */
static int day_of(const char *text, bool *is_marked)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "ter", "ten", "te"};
    size_t length_b = strspn(text, "0123456789");
    *is_marked = false;
    if (strcmp(text, "first") == 0 || strcmp(text, "ersten") == 0 || strcmp(text, "erster") == 0) {
        *is_marked = true;
        return 1;
    }
    if (length_b == 0 || length_b > 2) {
        return 0;
    }
    int day = text[0] - '0';
    if (length_b == 2) {
        day = day * 10 + (text[1] - '0');
    }
    if (text[length_b] != '\0') {
        if (!IS_IN(endings, text + length_b)) {
            return 0;
        }
        *is_marked = true;
    }
    return day >= 1 && day <= 31 ? day : 0;
}

static bool read_iso(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    int year = year_of(words->items[at].text, false);
    if (year == 0 || at + 2 >= words->count ||
        !(is_tight(words, at, GAP_DASH) || is_tight(words, at, GAP_SLASH)) ||
        mail_gap_after(words, at) != mail_gap_after(words, at + 1)) {
        return false;
    }
    const char *day = words->items[at + 2].text;
    out->month = mail_date_number(words->items[at + 1].text, 2);
    if (strspn(day, "0123456789") != 2 || (day[2] != '\0' && day[2] != 't')) {
        return false;
    }
    out->day = (day[0] - '0') * 10 + (day[1] - '0');
    out->year = year;
    out->end = at + 3;
    return out->month >= 1 && out->month <= 12 && out->day >= 1 && out->day <= 31;
}

/* 14.3., 14.3.26, 14. 3. 2026, 14.3 */
static bool read_dotted(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    unsigned gap = mail_gap_after(words, at);
    out->day = mail_date_number(words->items[at].text, 2);
    out->month = mail_date_number(text_at(words, at + 1), 2);
    if ((gap != GAP_DOT && gap != (GAP_DOT | GAP_SPACE)) || out->day < 1 || out->day > 31 ||
        out->month < 1 || out->month > 12) {
        return false;
    }
    bool has_dot = words->items[at + 1].after == '.';
    unsigned next = mail_gap_after(words, at + 1);
    out->end = at + 2;
    if ((next == GAP_DOT || next == (GAP_DOT | GAP_SPACE) || next == GAP_SPACE)) {
        out->year = year_of(text_at(words, at + 2), next == GAP_DOT);
        out->end += out->year != 0;
    }
    if (goes_on(words, at, out->end)) {
        return false;
    }
    if (out->year != 0 || has_dot) {
        return true;
    }
    return gap == GAP_DOT && (next & GAP_OTHER) == 0 && !IS_IN(measures, text_at(words, at + 2));
}

/* 3/14, 14/03/2026, 14-03-2026, 3/2027 */
static bool read_slashed(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    unsigned gap = mail_gap_after(words, at);
    int first = mail_date_number(words->items[at].text, 2);
    int second = mail_date_number(text_at(words, at + 1), 2);
    if ((gap != GAP_SLASH && gap != GAP_DASH) || first < 1 || first > 31) {
        return false;
    }
    if (gap == GAP_SLASH && first <= 12 && year_of(text_at(words, at + 1), false) != 0) {
        out->month = first;
        out->year = year_of(text_at(words, at + 1), false);
        out->end = at + 2;
        return !goes_on(words, at, out->end);
    }
    if (second < 1 || second > 31 || (first > 12 && second > 12)) {
        return false;
    }
    out->end = at + 2;
    if (is_tight(words, at + 1, gap)) {
        out->year = year_of(text_at(words, at + 2), true);
        out->end += out->year != 0;
    }
    if ((gap == GAP_DASH && out->year == 0) || goes_on(words, at, out->end) ||
        is_number_group(words, at, out->end)) {
        return false;
    }
    out->day = first;
    out->month = second;
    out->is_slashed = true;
    return true;
}

/* The year after a date with a named month: "14. März 2026", "March 14, 2026", "14-Mar-26". */
static void read_year(const struct mail_words *words, bool is_dashed, struct mail_date_point *out)
{
    unsigned gap = mail_gap_after(words, out->end - 1);
    unsigned wrong = ~(unsigned)(GAP_SPACE | GAP_COMMA | GAP_DOT | GAP_NEWLINE);
    if (is_dashed ? gap == GAP_DASH : (gap & wrong) == 0) {
        out->year = year_of(text_at(words, out->end), is_dashed);
        out->end += out->year != 0;
    }
}

/* 14. März, 14th of March, 14-Mar-26 */
static bool read_day_month(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    bool is_marked;
    size_t month_at = at + 1;
    unsigned gap = mail_gap_after(words, at);
    out->day = day_of(words->items[at].text, &is_marked);
    if (out->day == 0 || (gap & ~(unsigned)(GAP_SPACE | GAP_DOT | GAP_NEWLINE | GAP_DASH)) != 0) {
        return false;
    }
    if (strcmp(text_at(words, month_at), "of") == 0) {
        month_at++;
    }
    out->month = mail_date_month(text_at(words, month_at));
    out->end = month_at + 1;
    if (out->month == 0) {
        return false;
    }
    read_year(words, gap == GAP_DASH, out);
    return true;
}

/* March 14th, 2026; or a month alone after "im", "until" and the like. */
static bool read_month(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    bool is_marked;
    out->month = mail_date_month(words->items[at].text);
    if (out->month == 0) {
        return false;
    }
    unsigned gap = mail_gap_after(words, at);
    size_t day_at = at + 1 + (strcmp(text_at(words, at + 1), "the") == 0);
    int day = day_of(text_at(words, day_at), &is_marked);
    unsigned wrong = ~(unsigned)(GAP_SPACE | GAP_DOT | GAP_NEWLINE);
    if (day != 0 && (gap & wrong) == 0 && words->items[day_at].after != ':' &&
        (is_marked || (!IS_IN(measures, text_at(words, day_at + 1)) &&
                       mail_date_unit(text_at(words, day_at + 1)) == 0))) {
        out->day = day;
        out->end = day_at + 1;
        read_year(words, false, out);
        return true;
    }
    if (at == 0 || !IS_IN(month_leads, words->items[at - 1].text)) {
        return false;
    }
    out->end = at + 1;
    read_year(words, false, out);
    return true;
}

/* "14." or "14th" alone; also "14" as the start of a range, which the caller must see. */
static bool read_bare(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    bool is_marked;
    const struct mail_word *word = &words->items[at];
    out->day = day_of(word->text, &is_marked);
    out->end = at + 1;
    out->is_bare = true;
    out->is_plain = !is_marked && word->after != '.';
    if (out->day == 0 || goes_on(words, at, at + 1) || IS_IN(measures, text_at(words, at + 1)) ||
        word->after == ':' || word->after == '%') {
        return false;
    }
    if (strcmp(word->text, "first") == 0 || strncmp(word->text, "erste", 5) == 0) {
        return false;
    }
    unsigned joints = GAP_DASH | GAP_SLASH;
    if (at > 0 && (IS_IN(day_leads, words->items[at - 1].text) ||
                   (mail_gap_after(words, at - 1) & joints) != 0)) {
        return true;
    }
    return out->is_plain || (mail_gap_after(words, at) & joints) != 0;
}

static struct mail_date_point none(void)
{
    return (struct mail_date_point){.weekday = -1};
}

static bool read_without_weekday(const struct mail_words *words, size_t at,
                                 struct mail_date_point *out)
{
    static bool (*const readers[])(const struct mail_words *, size_t, struct mail_date_point *) = {
        read_iso, read_dotted, read_slashed, read_day_month, read_month, read_bare,
    };
    for (size_t i = 0; at < words->count && i < sizeof readers / sizeof readers[0]; i++) {
        *out = none();
        if (readers[i](words, at, out)) {
            return true;
        }
    }
    return false;
}

/* "14.3. (Samstag)" */
static void read_weekday_behind(const struct mail_words *words, struct mail_date_point *out)
{
    bool is_short;
    int weekday = mail_date_weekday(text_at(words, out->end), &is_short);
    if (weekday >= 0 && (mail_gap_after(words, out->end - 1) & GAP_OPEN) != 0 && !out->is_plain) {
        out->weekday = weekday;
        out->end++;
    }
}

/* "Tuesday morning, 17 March": the word behind the time of day. */
static size_t skip_time_of_day(const struct mail_words *words, size_t at, bool *is_morning)
{
    static const char *const mornings[] = {"morning", "vormittag", "fruh", "morgen"};
    static const char *const others[] = {"afternoon", "evening", "noon",      "night",
                                         "mittag",    "abend",   "nachmittag"};
    *is_morning = IS_IN(mornings, text_at(words, at));
    return at + (*is_morning || IS_IN(others, text_at(words, at)) ? 1 : 0);
}

/* A number, a month, a weekday, "first": what a written date begins with. */
static bool may_begin(const char *word)
{
    bool is_short;
    bool is_number = word[0] >= '0' && word[0] <= '9';
    return is_number || mail_date_month(word) != 0 || mail_date_weekday(word, &is_short) >= 0 ||
           strcmp(word, "first") == 0 || strncmp(word, "erste", 5) == 0;
}

/* "ab Do wieder da", "back on Thu": as a day is written, and where one stands. */
static bool is_governed(const struct mail_words *words, size_t at)
{
    static const char *const before[] = {"ab", "bis", "am", "on", "until", "till"};
    return at > 0 && IS_IN(before, words->items[at - 1].text) &&
           g_ascii_isupper(words->items[at].source[0]) &&
           !g_ascii_isupper(words->items[at].source[1]);
}

/* "Durchwahl -12.": a number that is dialled, or a room. */
static bool is_dialled(const struct mail_words *words, size_t at)
{
    static const char *const leads[] = {"durchwahl", "dw",  "apparat", "app",  "nebenstelle",
                                        "extension", "ext", "zimmer",  "raum", "room"};
    return at > 0 && IS_IN(leads, words->items[at - 1].text);
}

bool mail_date_point_at(const struct mail_words *words, size_t at, struct mail_date_point *out)
{
    if (!may_begin(words->items[at].text) || is_dialled(words, at)) {
        return false;
    }
    static const char *const articles[] = {"den", "dem", "der", "the", "on", "am"};
    bool is_short = false;
    int weekday = mail_date_weekday(words->items[at].text, &is_short);
    if (weekday < 0) {
        if (!read_without_weekday(words, at, out)) {
            return false;
        }
        read_weekday_behind(words, out);
        return true;
    }
    bool is_morning = false;
    size_t next = is_short ? at + 1 : skip_time_of_day(words, at + 1, &is_morning);
    size_t alone = next;
    unsigned wrong = ~(unsigned)(GAP_SPACE | GAP_COMMA | GAP_DOT | GAP_NEWLINE);
    bool is_near = (mail_gap_after(words, next - 1) & wrong) == 0;
    if (is_near && IS_IN(articles, text_at(words, next))) {
        next++;
    }
    if (is_near && read_without_weekday(words, next, out) && !out->is_plain &&
        (out->day != 0 || out->is_bare)) {
        out->weekday = weekday;
        out->is_morning = is_morning;
        return true;
    }
    *out = none();
    out->weekday = weekday;
    out->is_morning = is_morning;
    out->end = alone;
    return !is_short || is_governed(words, at);
}

enum mail_date_order mail_date_point_order(const struct mail_date_point *point)
{
    if (!point->is_slashed) {
        return ORDER_UNKNOWN;
    }
    if (point->day > 12) {
        return ORDER_DAY_FIRST;
    }
    return point->month > 12 ? ORDER_MONTH_FIRST : ORDER_UNKNOWN;
}
