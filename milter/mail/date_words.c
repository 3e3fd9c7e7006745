/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * date_words.c - the words that dates are made of, German and English, and the signs
 * between them.
 *
 * Decides: nothing; it is the tables. Words are folded (mail_words.h). Must not know: how
 * words make a date.
 */
#include <limits.h>
#include <string.h>

#include "mail_date_point.h"

struct named {
    const char *text;
    int value;
};

static const struct named months[] = {
    {"januar", 1},   {"januars", 1},   {"janner", 1},    {"jaenner", 1}, {"january", 1},
    {"jan", 1},      {"februar", 2},   {"february", 2},  {"feber", 2},   {"feb", 2},
    {"marz", 3},     {"maerz", 3},     {"mrz", 3},       {"march", 3},   {"mar", 3},
    {"april", 4},    {"apr", 4},       {"mai", 5},       {"may", 5},     {"juni", 6},
    {"june", 6},     {"jun", 6},       {"juli", 7},      {"july", 7},    {"jul", 7},
    {"august", 8},   {"aug", 8},       {"september", 9}, {"sept", 9},    {"sep", 9},
    {"oktober", 10}, {"october", 10},  {"okt", 10},      {"oct", 10},    {"november", 11},
    {"nov", 11},     {"dezember", 12}, {"december", 12}, {"dez", 12},    {"dec", 12},
};

/* Short forms are words of their own ("so", "do", "sun"), so they need a date beside them. */
static const struct {
    const char *text;
    int day;
    bool is_short;
} weekdays[] = {
    {"montag", 0, false},    {"monday", 0, false},     {"mo", 0, true},
    {"mon", 0, true},        {"dienstag", 1, false},   {"tuesday", 1, false},
    {"di", 1, true},         {"tue", 1, true},         {"tues", 1, true},
    {"mittwoch", 2, false},  {"wednesday", 2, false},  {"mi", 2, true},
    {"wed", 2, true},        {"donnerstag", 3, false}, {"thursday", 3, false},
    {"do", 3, true},         {"thu", 3, true},         {"thur", 3, true},
    {"thurs", 3, true},      {"freitag", 4, false},    {"friday", 4, false},
    {"fr", 4, true},         {"fri", 4, true},         {"samstag", 5, false},
    {"sonnabend", 5, false}, {"saturday", 5, false},   {"sa", 5, true},
    {"sat", 5, true},        {"sonntag", 6, false},    {"sunday", 6, false},
    {"so", 6, true},         {"sun", 6, true},
};

static const struct named numbers[] = {
    {"ein", 1},     {"eine", 1},    {"einer", 1}, {"einem", 1}, {"einen", 1},   {"a", 1},
    {"an", 1},      {"one", 1},     {"zwei", 2},  {"two", 2},   {"drei", 3},    {"three", 3},
    {"vier", 4},    {"four", 4},    {"funf", 5},  {"fuenf", 5}, {"five", 5},    {"sechs", 6},
    {"six", 6},     {"sieben", 7},  {"seven", 7}, {"acht", 8},  {"eight", 8},   {"neun", 9},
    {"nine", 9},    {"zehn", 10},   {"ten", 10},  {"elf", 11},  {"eleven", 11}, {"zwolf", 12},
    {"zwoelf", 12}, {"twelve", 12},
};

static const struct named units[] = {
    {"tag", 1},        {"tage", 1},        {"tagen", 1},   {"day", 1},    {"days", 1},
    {"woche", 7},      {"wochen", 7},      {"week", 7},    {"weeks", 7},  {"monat", 30},
    {"monate", 30},    {"monaten", 30},    {"monats", 30}, {"month", 30}, {"months", 30},
    {"fortnight", 14}, {"fortnights", 14},
};

/* Second letters of months and weekdays, by the first: most words have none such. */
static const char *const starts[26] = {
    ['a' - 'a'] = "pu",   ['d' - 'a'] = "eio", ['f' - 'a'] = "er", ['j' - 'a'] = "au",
    ['m' - 'a'] = "aior", ['n' - 'a'] = "o",   ['o' - 'a'] = "ck", ['s' - 'a'] = "aeou",
    ['t' - 'a'] = "hu",   ['w' - 'a'] = "e",
};

static bool may_name_a_day(const char *text)
{
    const char *seconds = text[0] >= 'a' && text[0] <= 'z' ? starts[text[0] - 'a'] : NULL;
    return seconds != NULL && text[1] != '\0' && strchr(seconds, text[1]) != NULL;
}

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static int named_value(const struct named *table, size_t count, const char *text, int none)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i].text[0] == text[0] && strcmp(table[i].text, text) == 0) {
            return table[i].value;
        }
    }
    return none;
}

int mail_date_number(const char *text, size_t digits_max)
{
    size_t length_b = strspn(text, "0123456789");
    int value = 0;
    if (length_b == 0 || length_b > digits_max || text[length_b] != '\0') {
        return -1;
    }
    for (size_t i = 0; i < length_b && value < INT_MAX / 10; i++) { /* long ones: any large value */
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int mail_date_count(const char *text)
{
    int number = mail_date_number(text, 3);
    return number >= 0 ? number : named_value(numbers, COUNT(numbers), text, -1);
}

int mail_date_month(const char *text)
{
    return may_name_a_day(text) ? named_value(months, COUNT(months), text, 0) : 0;
}

int mail_date_weekday(const char *text, bool *is_short)
{
    if (!may_name_a_day(text)) {
        return -1;
    }
    for (size_t i = 0; i < COUNT(weekdays); i++) {
        if (weekdays[i].text[0] == text[0] && strcmp(weekdays[i].text, text) == 0) {
            *is_short = weekdays[i].is_short;
            return weekdays[i].day;
        }
    }
    return -1;
}

int mail_date_unit(const char *text)
{
    return named_value(units, COUNT(units), text, 0);
}

/* Signs of more than one byte that count like the ASCII one. */
static const struct {
    const char *bytes;
    unsigned gap;
} signs[] = {
    {"\xe2\x80\x90", GAP_DASH},  {"\xe2\x80\x91", GAP_DASH},  {"\xe2\x80\x92", GAP_DASH},
    {"\xe2\x80\x93", GAP_DASH},  {"\xe2\x80\x94", GAP_DASH},  {"\xe2\x80\x95", GAP_DASH},
    {"\xe2\x88\x92", GAP_DASH},  {"\xc2\xa0", GAP_SPACE},     {"\xe2\x80\xaf", GAP_SPACE},
    {"\xe2\x80\x89", GAP_SPACE}, {"\xe2\x80\x8b", GAP_SPACE},
};

static unsigned sign_gap(char sign)
{
    switch (sign) {
    case ' ':
    case '\t':
    case '\r':
        return GAP_SPACE;
    case '\n':
        return GAP_NEWLINE | GAP_SPACE;
    case '.':
        return GAP_DOT;
    case '-':
        return GAP_DASH;
    case '/':
        return GAP_SLASH;
    case ',':
        return GAP_COMMA;
    case ':':
    case ';':
        return GAP_COLON;
    case '(':
    case '[':
        return GAP_OPEN;
    case ')':
    case ']':
        return GAP_CLOSE;
    case '*':
    case '_':
    case '"':
    case '\'':
        return 0; /* emphasis */
    default:
        return GAP_OTHER;
    }
}

unsigned mail_gap_after(const struct mail_words *words, size_t at)
{
    if (at + 1 >= words->count) {
        return GAP_FAR;
    }
    const char *from = words->items[at].source + words->items[at].source_b;
    const char *to = words->items[at + 1].source;
    unsigned gap = 0;
    if (to < from || to > from + MAIL_GAP_LOOK_B) {
        return GAP_FAR;
    }
    while (from < to) {
        size_t step = 1;
        unsigned found = sign_gap(*from);
        for (size_t i = 0; i < COUNT(signs) && (unsigned char)*from >= 0x80; i++) {
            size_t length_b = strlen(signs[i].bytes);
            if (strncmp(from, signs[i].bytes, length_b) == 0) {
                found = signs[i].gap;
                step = length_b;
                break;
            }
        }
        gap |= found;
        from += step;
    }
    return gap;
}
