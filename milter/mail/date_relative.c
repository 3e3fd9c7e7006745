/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_relative.c - dates that count from the day of the note, or that the calendar fixes.
 *
 * Decides: which day "Mitte Juni", "nach Ostern" or "next week" is: the table says it.
 * Must not know: whether anybody is away.
 */
#include <string.h>

#include "mail_date_point.h"

enum relative {
    REL_DAYS,         /* value days from sent */
    REL_TODAY,        /* an absence fills value days from today on */
    REL_WEEK,         /* the week value weeks from this one; a weekday may follow */
    REL_WEEK_MIDDLE,  /* its Wednesday */
    REL_WEEK_END,     /* through its Sunday */
    REL_MONTH,        /* the first of the month value months from this one */
    REL_MONTH_MIDDLE, /* its 15th */
    REL_MONTH_END,    /* its last day, until the first of the next */
    REL_NAMED_START,  /* Anfang Mai: 1 May */
    REL_NAMED_MIDDLE, /* Mitte Mai: 15 May */
    REL_NAMED_END,    /* Ende Mai: 31 May; until it: 1 June */
    REL_YEAR_END,     /* 31 December, until 1 January */
    REL_EASTER,       /* value days after Easter Sunday */
    REL_FIXED,        /* back on value = month * 100 + day */
    REL_FIXED_SPAN,   /* an absence until then */
    REL_IN,           /* a number and a unit follow: that long after sent */
    REL_FOR,          /* ... an absence that long */
    REL_ISO_WEEK,     /* a number follows: KW 21 */
    REL_NEXT,         /* a weekday follows: two readings when it is still to come this week */
    REL_COMING,       /* a weekday follows */
    REL_OPEN,         /* a return on a day that nobody can tell */
};

const struct mail_row mail_date_rows[] = {
    {"heute", REL_TODAY, 1},
    {"today", REL_TODAY, 1},
    {"heute und morgen", REL_TODAY, 2},
    {"today and tomorrow", REL_TODAY, 2},
    {"morgen", REL_DAYS, 1},
    {"tomorrow", REL_DAYS, 1},
    {"ubermorgen", REL_DAYS, 2},
    {"day after tomorrow", REL_DAYS, 2},
    {"diese woche", REL_WEEK, 0},
    {"dieser woche", REL_WEEK, 0},
    {"this week", REL_WEEK, 0},
    {"all week", REL_WEEK, 0},
    {"rest of the|this week", REL_WEEK_END, 0},
    {"rest der|dieser woche", REL_WEEK_END, 0},
    {"restliche woche", REL_WEEK_END, 0},
    {"nachste woche", REL_WEEK, 1},
    {"nachster woche", REL_WEEK, 1},
    {"kommende woche", REL_WEEK, 1},
    {"kommender woche", REL_WEEK, 1},
    {"next week", REL_WEEK, 1},
    {"beginning of next week", REL_WEEK, 1},
    {"early next week", REL_WEEK, 1},
    {"anfang nachster|kommender woche", REL_WEEK, 1},
    {"ubernachste woche", REL_WEEK, 2},
    {"ubernachster woche", REL_WEEK, 2},
    {"week after next", REL_WEEK, 2},
    {"mitte nachster|kommender woche", REL_WEEK_MIDDLE, 1},
    {"middle of next week", REL_WEEK_MIDDLE, 1},
    {"ende der|dieser woche", REL_WEEK_END, 0},
    {"wochenende", REL_WEEK_END, 0},
    {"weekend", REL_WEEK_END, 0},
    {"end of the|this week", REL_WEEK_END, 0},
    {"ende nachster|kommender woche", REL_WEEK_END, 1},
    {"ende der nachsten|kommenden woche", REL_WEEK_END, 1},
    {"end of next week", REL_WEEK_END, 1},
    {"nachsten monat", REL_MONTH, 1},
    {"nachstem monat", REL_MONTH, 1},
    {"kommenden monat", REL_MONTH, 1},
    {"next month", REL_MONTH, 1},
    {"mitte des monats", REL_MONTH_MIDDLE, 0},
    {"monatsmitte", REL_MONTH_MIDDLE, 0},
    {"middle of the|this month", REL_MONTH_MIDDLE, 0},
    {"ende des|dieses monats", REL_MONTH_END, 0},
    {"monatsende", REL_MONTH_END, 0},
    {"end of the|this month", REL_MONTH_END, 0},
    {"ende nachsten|kommenden monats", REL_MONTH_END, 1},
    {"end of next month", REL_MONTH_END, 1},
    {"anfang", REL_NAMED_START, 0},
    {"early", REL_NAMED_START, 0},
    {"beginning of", REL_NAMED_START, 0},
    {"start of", REL_NAMED_START, 0},
    {"mitte", REL_NAMED_MIDDLE, 0},
    {"mid", REL_NAMED_MIDDLE, 0},
    {"middle of", REL_NAMED_MIDDLE, 0},
    {"ende", REL_NAMED_END, 0},
    {"late", REL_NAMED_END, 0},
    {"end of", REL_NAMED_END, 0},
    {"jahresende", REL_YEAR_END, 0},
    {"ende des|dieses jahres", REL_YEAR_END, 0},
    {"end of the|this year", REL_YEAR_END, 0},
    {"ostern", REL_EASTER, 2}, /* the Tuesday */
    {"osterfeiertage*", REL_EASTER, 2},
    {"ostertage*", REL_EASTER, 2},
    {"ostermontag", REL_EASTER, 2},
    {"easter", REL_EASTER, 2},
    {"easter monday|weekend", REL_EASTER, 2},
    {"pfingsten", REL_EASTER, 51},
    {"pfingstmontag", REL_EASTER, 51},
    {"pfingstfeiertage*", REL_EASTER, 51},
    {"pentecost", REL_EASTER, 51},
    {"whitsun", REL_EASTER, 51},
    {"whit monday", REL_EASTER, 51},
    {"weihnachten", REL_FIXED, 1227},
    {"christmas", REL_FIXED, 1227},
    {"neuen jahr", REL_FIXED, 102},
    {"neues jahr", REL_FIXED, 102},
    {"neue jahr", REL_FIXED, 102},
    {"new year", REL_FIXED, 102},
    {"new year's", REL_FIXED, 102},
    {"neujahr", REL_FIXED, 102},
    {"jahreswechsel", REL_FIXED_SPAN, 102},
    {"zwischen den jahren", REL_FIXED_SPAN, 102},
    {"zwischen den feiertagen", REL_FIXED_SPAN, 102},
    {"zwischen weihnachten und neujahr", REL_FIXED_SPAN, 102},
    {"between christmas and new year|year's", REL_FIXED_SPAN, 102},
    {"in", REL_IN, 0},
    {"in etwa|ca|circa|ungefahr|rund|about|approximately", REL_IN, 0},
    {"fur", REL_FOR, 0},
    {"fur ca|etwa|rund|weitere", REL_FOR, 0},
    {"fur die nachsten|kommenden", REL_FOR, 0},
    {"in den nachsten|kommenden", REL_FOR, 0},
    {"die nachsten|kommenden", REL_FOR, 0},
    {"den nachsten|kommenden", REL_FOR, 0},
    {"for", REL_FOR, 0},
    {"for about|another|approximately", REL_FOR, 0},
    {"for the next", REL_FOR, 0},
    {"over the next", REL_FOR, 0},
    {"the next", REL_FOR, 0},
    {"kw", REL_ISO_WEEK, 0},
    {"cw", REL_ISO_WEEK, 0},
    {"kalenderwoche", REL_ISO_WEEK, 0},
    {"calendar week", REL_ISO_WEEK, 0},
    {"week", REL_ISO_WEEK, 0},
    {"nachsten", REL_NEXT, 0},
    {"nachster", REL_NEXT, 0},
    {"nachstem", REL_NEXT, 0},
    {"next", REL_NEXT, 0},
    {"kommenden", REL_COMING, 0},
    {"diesen", REL_COMING, 0},
    {"coming", REL_COMING, 0},
    {"this", REL_COMING, 0},
    {"this coming", REL_COMING, 0},
    {"nach den ferien", REL_OPEN, 0},
    {"nach den feiertagen", REL_OPEN, 0},
    {"nach den sommerferien|herbstferien|osterferien|weihnachtsferien", REL_OPEN, 0},
    {"after the holidays|break|holiday|vacation", REL_OPEN, 0},
    {"after the summer|easter|christmas|winter holidays|break", REL_OPEN, 0},
};
const size_t mail_date_row_count = sizeof mail_date_rows / sizeof mail_date_rows[0];

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
    int day = kind == REL_NAMED_START ? 1 : 15;
    struct fs_date date =
        has_year ? (struct fs_date){year, month, day} : mail_date_anchor(month, day, sent);
    out->end += has_year ? 2 : 1;
    set_all(out, date);
    if (kind == REL_NAMED_END) {
        out->over = out->through = mail_date_month_start(date, 1);
        out->on = mail_date_add(out->over, -1);
    }
    return true;
}

/* "nachsten Montag" is that of next week, or the next to come: often the same day. */
static bool read_next_weekday(const struct mail_words *words, bool is_next, struct fs_date sent,
                              struct mail_date_expr *out)
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
        if (is_next && is_this_week) {
            *out =
                (struct mail_date_expr){.start = out->start, .end = out->end, .is_ambiguous = true};
        }
    }
    return true;
}

static struct fs_date feast(int days, struct fs_date sent)
{
    struct fs_date date = {0};
    for (int i = 0; i < 2 && sent.year != 0; i++) {
        date = mail_date_add(mail_date_easter_sunday(sent.year + i), days);
        if (fs_date_to_days(date) >= fs_date_to_days(sent)) {
            break;
        }
    }
    return date;
}

/* Rows that stand for themselves. */
static void set_fixed(int kind, int value, struct fs_date sent, struct mail_date_expr *out)
{
    struct fs_date monday = mail_date_monday(sent);
    struct fs_date month = mail_date_month_start(sent, value);
    if (kind == REL_DAYS) {
        set_day(out, mail_date_add(sent, value));
    } else if (kind == REL_TODAY) {
        set_span(out, mail_date_add(sent, value));
        out->on = sent;
    } else if (kind == REL_WEEK) {
        set_week(out, mail_date_add(monday, 7 * value), false);
    } else if (kind == REL_WEEK_MIDDLE) {
        set_all(out, mail_date_add(monday, 7 * value + 2));
    } else if (kind == REL_WEEK_END) {
        set_all(out, mail_date_add(monday, 7 * value + 7));
        out->kind = MAIL_DATE_SPAN;
    } else if (kind == REL_MONTH) {
        set_all(out, month);
    } else if (kind == REL_MONTH_MIDDLE) {
        set_all(out, mail_date_add(month, 14));
    } else if (kind == REL_MONTH_END) {
        set_all(out, mail_date_month_start(month, 1));
        out->on = mail_date_add(out->on, -1);
    } else if (kind == REL_YEAR_END) {
        set_all(out, sent.year != 0 ? (struct fs_date){sent.year + 1, 1, 1} : sent);
        out->on = mail_date_add(out->on, -1);
    } else if (kind == REL_EASTER) {
        set_all(out, feast(value, sent));
    } else {
        set_all(out, mail_date_anchor(value / 100, value % 100, sent));
        out->kind = kind == REL_FIXED_SPAN ? MAIL_DATE_SPAN : MAIL_DATE_VAGUE;
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

/* "Montag nachster Woche", "Monday next week" */
static bool read_weekday_before_week(const struct mail_rows *index, const struct mail_words *words,
                                     size_t at, struct fs_date sent, struct mail_date_expr *out)
{
    bool is_short;
    int weekday = mail_date_weekday(words->items[at].text, &is_short);
    if (weekday < 0 || at + 1 >= words->count) {
        return false;
    }
    size_t next = at + 1;
    if (strcmp(text_at(words, next), "of") == 0 || strcmp(text_at(words, next), "der") == 0) {
        next++;
    }
    size_t end = 0;
    const struct mail_row *row =
        next < words->count ? mail_rows_longest(index, words, next, words->count, &end) : NULL;
    if (row == NULL || row->kind != REL_WEEK) {
        return false;
    }
    set_day(out, mail_date_add(mail_date_monday(sent), 7 * row->value + weekday));
    out->end = end;
    return true;
}

bool mail_date_relative_at(const struct mail_rows *index, const struct mail_words *words, size_t at,
                           struct fs_date sent, struct mail_date_expr *out)
{
    size_t end = 0;
    *out = (struct mail_date_expr){.start = at};
    if (read_joined_week(words, at, sent, out) ||
        read_weekday_before_week(index, words, at, sent, out)) {
        return true;
    }
    const struct mail_row *row = mail_rows_longest(index, words, at, words->count, &end);
    if (row == NULL || is_time_of_day(words, at)) {
        return false;
    }
    out->end = end;
    switch ((enum relative)row->kind) {
    case REL_NAMED_START:
    case REL_NAMED_MIDDLE:
    case REL_NAMED_END:
        return read_named_month(words, row->kind, sent, out);
    case REL_IN:
    case REL_FOR:
        return read_length(words, row->kind == REL_FOR, sent, out);
    case REL_ISO_WEEK:
        return read_iso_weeks(words, sent, out);
    case REL_NEXT:
    case REL_COMING:
        return read_next_weekday(words, row->kind == REL_NEXT, sent, out);
    case REL_WEEK:
        if (read_weekday_of_week(words, mail_date_add(mail_date_monday(sent), 7 * row->value),
                                 out)) {
            return true;
        }
        break;
    case REL_OPEN:
        out->kind = MAIL_DATE_VAGUE;
        return true;
    case REL_DAYS:
    case REL_TODAY:
    case REL_WEEK_MIDDLE:
    case REL_WEEK_END:
    case REL_MONTH:
    case REL_MONTH_MIDDLE:
    case REL_MONTH_END:
    case REL_YEAR_END:
    case REL_EASTER:
    case REL_FIXED:
    case REL_FIXED_SPAN:
        break;
    }
    set_fixed(row->kind, row->value, sent, out);
    return true;
}
