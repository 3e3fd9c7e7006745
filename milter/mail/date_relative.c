/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_relative.c - dates that count from the day of the note, or that the calendar fixes.
 *
 * Decides: which day "in two weeks", "next week" or "Ostermontag" is, and in which use an
 * expression names none: "bis Ende April" is exact, "Ende April" is not. Must not know:
 * whether anybody is away.
 */
#include <string.h>

#include "mail_date_point.h"
#include "mail_date_rows.h"

static const struct mail_rows rows = {mail_date_rows, mail_date_first, mail_date_entries};

static const char *text_at(const struct mail_words *words, size_t at)
{
    return at < words->count ? words->items[at].text : "";
}

static void set_day(struct mail_date_expr *out, struct fs_date date)
{
    out->on = date;
    out->over = mail_date_add(date, 1);
    out->through = out->over;
}

static void set_all(struct mail_date_expr *out, struct fs_date date)
{
    out->kind = MAIL_DATE_VAGUE;
    out->is_rough = true;
    out->on = out->over = out->through = date;
}

/* An absence of that many days from sent on. */
static void set_span(struct mail_date_expr *out, struct fs_date end)
{
    out->kind = MAIL_DATE_SPAN;
    out->is_rough = true;
    out->over = out->through = end;
}

/* No day in any use. */
static void set_open(struct mail_date_expr *out, enum mail_date_kind kind)
{
    out->kind = kind;
    out->is_rough = true;
    out->vague = MAIL_DATE_USES;
}

/* Until the end of something is exact: away until `next`, the day after it. */
static void set_end_of(struct mail_date_expr *out, struct fs_date next)
{
    set_all(out, next);
    out->vague = MAIL_DATE_IN | MAIL_DATE_FROM;
}

/* A week as a whole; "bis KW 21" is through it, "until next week" is until its Monday. */
static void set_week(struct mail_date_expr *out, struct fs_date monday, bool until_is_through)
{
    struct fs_date next = mail_date_add(monday, 7);
    set_span(out, next);
    out->on = monday;
    out->over = until_is_through ? next : monday;
}

/* "nachste Woche Montag"; the words go on. */
static bool read_weekday_of_week(const struct mail_words *words, struct fs_date monday,
                                 struct mail_date_expr *out)
{
    bool is_short;
    static const char *const between[] = {"am", "on", "der"};
    size_t at = out->end;
    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
        at += at == out->end && strcmp(text_at(words, at), between[i]) == 0;
    }
    int weekday = mail_date_weekday(text_at(words, at), &is_short);
    if (weekday < 0 || is_short) {
        return false;
    }
    set_day(out, mail_date_add(monday, weekday));
    out->end = at + 1;
    return true;
}

/* A number and a unit: "zwei Wochen". */
static bool read_length(const struct mail_words *words, bool is_span, struct fs_date sent,
                        struct mail_date_expr *out)
{
    int count = mail_date_count(text_at(words, out->end));
    int unit = mail_date_unit(text_at(words, out->end + 1));
    if (count < 1 || count > 400 || unit == 0) {
        return false;
    }
    struct fs_date date = {0};
    if (sent.year != 0 && unit < 30) {
        date = mail_date_add(sent, count * unit);
    } else if (sent.year != 0) {
        date = mail_date_month_start(sent, count);
        date = mail_date_add(date, sent.day - 1);
    }
    out->end += 2;
    if (is_span) {
        set_span(out, date);
        out->length_days = unit < 30 ? count * unit : 0;
    } else {
        set_day(out, date);
    }
    return true;
}

static bool is_near(const struct mail_words *words, size_t at)
{
    unsigned wrong = ~(unsigned)(GAP_SPACE | GAP_DOT | GAP_NEWLINE | GAP_DASH | GAP_SLASH);
    return (mail_gap_after(words, at) & wrong) == 0;
}

/* The last week of "KW 11-12", "KW 11 und 12"; the year of "KW 2/2027". */
static bool read_iso_weeks(const struct mail_words *words, struct fs_date sent,
                           struct mail_date_expr *out)
{
    int week = mail_date_number(text_at(words, out->end), 2);
    int year = 0;
    if (week < 1 || week > 53 || !is_near(words, out->end - 1)) {
        return false;
    }
    out->end++;
    const char *next = text_at(words, out->end);
    bool is_joined = strcmp(next, "und") == 0 || strcmp(next, "bis") == 0 ||
                     strcmp(next, "and") == 0 || strcmp(next, "to") == 0;
    int last = mail_date_number(text_at(words, out->end + is_joined), 2);
    unsigned sign = mail_gap_after(words, out->end - 1) & (GAP_DASH | GAP_SLASH);
    struct fs_date monday = mail_date_iso_week(week, 0, sent);
    if (last > week && last <= 53 && (is_joined || sign != 0)) {
        out->end += (size_t)is_joined + 1;
        set_week(out, mail_date_iso_week(last, 0, sent), true);
        out->on = monday;
        return true;
    }
    int number = mail_date_number(next, 4);
    if (number >= 2000 && number <= 2100 && is_near(words, out->end - 1)) {
        year = number;
        out->end++;
        monday = mail_date_iso_week(week, year, sent);
    }
    set_week(out, monday, true);
    return true;
}

static bool read_named_month(const struct mail_words *words, int kind, struct fs_date sent,
                             struct mail_date_expr *out)
{
    int month = mail_date_month(text_at(words, out->end));
    int year = mail_date_number(text_at(words, out->end + 1), 4);
    if (month == 0) {
        return false;
    }
    bool has_year = year >= 2000 && year <= 2100;
    struct fs_date date =
        has_year ? (struct fs_date){year, month, 1} : mail_date_anchor(month, 28, sent);
    out->end += has_year ? 2 : 1;
    if (kind == REL_NAMED_END) {
        set_end_of(out, mail_date_month_start(date, 1));
    } else {
        set_open(out, MAIL_DATE_VAGUE);
    }
    return true;
}

/* "nachsten Montag" is that of next week, or the next to come: often the same day. */
static bool read_next_weekday(const struct mail_words *words, enum mail_relative kind,
                              struct fs_date sent, struct mail_date_expr *out)
{
    struct mail_date_point point;
    bool is_short;
    if (mail_date_weekday(text_at(words, out->end), &is_short) < 0 ||
        !mail_date_point_at(words, out->end, &point)) {
        return false;
    }
    out->end = point.end;
    mail_date_resolve_point(&point, sent, ORDER_UNKNOWN, out);
    bool is_alone = point.day == 0 && point.month == 0;
    if (is_alone && out->on.year != 0) {
        set_day(out, out->on);
        bool is_this_week = fs_date_to_days(out->on) < fs_date_to_days(mail_date_monday(sent)) + 7;
        if (kind == REL_FOLLOWING || (kind == REL_NEXT && is_this_week)) {
            *out =
                (struct mail_date_expr){.start = out->start,
                                        .end = out->end,
                                        .is_ambiguous = true,
                                        .follows = kind == REL_FOLLOWING ? point.weekday + 1 : 0};
        }
    }
    return true;
}

/* A feast of this or the next year, as with dates that leave out their year. */
static struct fs_date feast(int days, struct fs_date sent)
{
    struct fs_date date = {0};
    for (int i = 0; i < 2 && sent.year != 0; i++) {
        date = mail_date_add(mail_date_easter_sunday(sent.year + i), days);
        if (fs_date_to_days(date) >= fs_date_to_days(sent) - MAIL_DATE_PAST_DAYS) {
            break;
        }
    }
    return date;
}

/* Rows that stand for themselves. */
static void set_fixed(enum mail_relative kind, int value, struct fs_date sent,
                      struct mail_date_expr *out)
{
    struct fs_date monday = mail_date_monday(sent);
    struct fs_date month = mail_date_month_start(sent, value);
    if (kind == REL_DAYS) {
        set_day(out, mail_date_add(sent, value));
    } else if (kind == REL_TODAY) {
        set_span(out, mail_date_add(sent, value));
        out->is_now = true;
    } else if (kind == REL_WEEK) {
        set_week(out, mail_date_add(monday, 7 * value), false);
    } else if (kind == REL_WEEK_END) {
        set_end_of(out, mail_date_add(monday, 7 * value + 7));
        out->kind = MAIL_DATE_SPAN;
    } else if (kind == REL_MONTH) {
        set_all(out, month);
        out->vague = MAIL_DATE_IN | MAIL_DATE_UNTIL | MAIL_DATE_THROUGH;
    } else if (kind == REL_MONTH_END) {
        set_end_of(out, mail_date_month_start(month, 1));
    } else if (kind == REL_YEAR_END) {
        set_end_of(out, sent.year != 0 ? (struct fs_date){sent.year + 1, 1, 1} : sent);
    } else if (kind == REL_EASTER) {
        set_day(out, feast(value, sent));
    } else if (kind == REL_FIXED || kind == REL_FIXED_SPAN) {
        set_day(out, mail_date_anchor(value / 100, value % 100, sent));
        out->kind = kind == REL_FIXED_SPAN ? MAIL_DATE_SPAN : MAIL_DATE_DAY;
    } else {
        set_open(out, kind == REL_OPEN_SPAN ? MAIL_DATE_SPAN : MAIL_DATE_VAGUE);
    }
}

/* "guten Morgen", "Montag Morgen": a time of day. */
static bool is_time_of_day(const struct mail_words *words, size_t at)
{
    static const char *const before[] = {"guten", "am", "jeden", "heute", "gestern", "schonen"};
    bool is_short;
    if (at == 0 || strcmp(words->items[at].text, "morgen") != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        if (strcmp(words->items[at - 1].text, before[i]) == 0) {
            return true;
        }
    }
    return mail_date_weekday(words->items[at - 1].text, &is_short) >= 0 && !is_short;
}

/* "21. KW", "KW21" */
static bool read_joined_week(const struct mail_words *words, size_t at, struct fs_date sent,
                             struct mail_date_expr *out)
{
    const char *text = words->items[at].text;
    const char *next = text_at(words, at + 1);
    int week = -1;
    if (strncmp(text, "kw", 2) == 0 && text[2] != '\0') {
        week = mail_date_number(text + 2, 2);
        out->end = at + 1;
    } else if (strcmp(next, "kw") == 0 || strcmp(next, "kalenderwoche") == 0) {
        week = mail_date_number(text, 2);
        out->end = at + 2;
    }
    if (week < 1 || week > 53) {
        return false;
    }
    set_week(out, mail_date_iso_week(week, 0, sent), true);
    return true;
}

/* "Montag nachster Woche", "Monday next week", "Montag darauf" */
static bool read_weekday_before_week(const struct mail_words *words, size_t at, struct fs_date sent,
                                     struct mail_date_expr *out)
{
    bool is_short;
    int weekday = mail_date_weekday(words->items[at].text, &is_short);
    if (weekday < 0 || at + 1 >= words->count) {
        return false;
    }
    size_t next = at + 1;
    if (!is_short && strcmp(text_at(words, next), "darauf") == 0) {
        *out = (struct mail_date_expr){
            .start = at, .end = next + 1, .is_ambiguous = true, .follows = weekday + 1};
        return true;
    }
    if (strcmp(text_at(words, next), "of") == 0 || strcmp(text_at(words, next), "der") == 0) {
        next++;
    }
    size_t end = 0;
    const struct mail_row *row =
        next < words->count ? mail_rows_longest(&rows, words, next, words->count, &end) : NULL;
    if (row == NULL || row->kind != REL_WEEK) {
        return false;
    }
    set_day(out, mail_date_add(mail_date_monday(sent), 7 * row->value + weekday));
    out->end = end;
    return true;
}

/* "in den Ferien" tells where somebody is; "nach den Ferien" is a day that nobody knows. */
static bool is_within_holidays(const struct mail_words *words, size_t at, size_t end)
{
    const char *last = words->items[end - 1].text;
    size_t last_b = strlen(last);
    size_t before =
        end - at > 1 || at == 0 || strcmp(words->items[at - 1].text, "den") != 0 ? at : at - 1;
    return last_b >= 6 && strcmp(last + last_b - 6, "ferien") == 0 && before > 0 &&
           strcmp(words->items[before - 1].text, "in") == 0;
}

bool mail_date_relative_at(const struct mail_words *words, size_t at, struct fs_date sent,
                           struct mail_date_expr *out)
{
    size_t end = 0;
    *out = (struct mail_date_expr){.start = at};
    if (read_joined_week(words, at, sent, out) || read_weekday_before_week(words, at, sent, out)) {
        return true;
    }
    const struct mail_row *row = mail_rows_longest(&rows, words, at, words->count, &end);
    if (row == NULL || is_time_of_day(words, at) || is_within_holidays(words, at, end)) {
        return false;
    }
    out->end = end;
    enum mail_relative kind = (enum mail_relative)row->kind;
    switch (kind) {
    case REL_NAMED_PART:
    case REL_NAMED_END:
        return read_named_month(words, kind, sent, out);
    case REL_IN:
    case REL_FOR:
        return read_length(words, kind == REL_FOR, sent, out);
    case REL_ISO_WEEK:
        return read_iso_weeks(words, sent, out);
    case REL_NEXT:
    case REL_FOLLOWING:
    case REL_COMING:
        return read_next_weekday(words, kind, sent, out);
    case REL_WEEK:
        if (read_weekday_of_week(words, mail_date_add(mail_date_monday(sent), 7 * row->value),
                                 out)) {
            return true;
        }
        break;
    case REL_DAYS:
    case REL_TODAY:
    case REL_WEEK_END:
    case REL_MONTH:
    case REL_MONTH_END:
    case REL_YEAR_END:
    case REL_EASTER:
    case REL_FIXED:
    case REL_FIXED_SPAN:
    case REL_OPEN:
    case REL_OPEN_SPAN:
        break;
    }
    set_fixed(kind, row->value, sent, out);
    return true;
}
