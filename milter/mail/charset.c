/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * charset.c - replaces the names of charsets that are none.
 *
 * Decides: which names of charsets are let through. An unknown one becomes "x", which is
 * none either: text in it is then read by the fallbacks of message.c, as it would have been
 * under its own name. A name in parameters becomes UTF-8 where that fits. Where the grammar
 * has corners (comments, quoted pairs), what can hide a name is itself replaced. Must not
 * know: what any text says. Sources: RFC 2045 section 5.1, RFC 2047 section 2, RFC 2231
 * sections 4 and 5.
 */
#include "mail_charset.h"

#include <glib.h>
#include <string.h>

/* No charset has a longer name. */
#define NAME_MAX_B 32u

/* Names that are a word and a number, in one range each. */
static const struct {
    const char *prefix;
    int first;
    int last;
} numbered[] = {
    {"iso-8859-", 1, 16},     {"iso8859-", 1, 16},
    {"iso_8859-", 1, 16},     {"iso-ir-", 100, 200},
    {"windows-", 1250, 1258}, {"windows-", 932, 950},
    {"windows-", 874, 874},   {"windows-cp", 1250, 1258},
    {"cp-", 1250, 1258},      {"cp", 1250, 1258},
    {"cp", 850, 869},         {"cp", 932, 950},
    {"cp", 437, 437},         {"cp", 737, 775},
    {"cp", 874, 874},         {"ibm", 850, 869},
    {"ibm", 437, 437},        {"x-cp", 1250, 1258},
    {"latin", 1, 10},         {"l", 1, 10},
    {"tis-", 620, 620},       {"ms", 936, 936},
};

static const char *const names[] = {
    "utf-8",
    "utf8",
    "utf-7",
    "utf7",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "utf-32le",
    "utf-32be",
    "ucs-2",
    "ucs-4",
    "us-ascii",
    "ascii",
    "646",
    "iso646-us",
    "iso-8859-8-i",
    "iso-8859-8-e",
    "iso-8859-6-i",
    "iso-8859-6-e",
    "iso-10646",
    "iso-10646-1",
    "iso-10646-ucs-2",
    "ansi_x3.4-1968",
    "koi8-r",
    "koi8-u",
    "koi8-t",
    "koi8-ru",
    "koi8r",
    "gb2312",
    "gb_2312-80",
    "gb2312-80",
    "gbk",
    "gb18030",
    "hz-gb-2312",
    "big5",
    "big5-hkscs",
    "big5hkscs",
    "euc-jp",
    "eucjp",
    "x-euc-jp",
    "euc-kr",
    "euckr",
    "euc-cn",
    "euc-tw",
    "ks_c_5601-1987",
    "ks_c_5601",
    "ksc5601",
    "ksc_5601",
    "cp949",
    "uhc",
    "johab",
    "iso-2022-jp",
    "iso-2022-jp-1",
    "iso-2022-jp-2",
    "iso-2022-jp-3",
    "iso-2022-jp-ms",
    "iso-2022-kr",
    "iso-2022-cn",
    "iso-2022-cn-ext",
    "shift_jis",
    "shift-jis",
    "sjis",
    "x-sjis",
    "windows-31j",
    "ms_kanji",
    "macintosh",
    "mac",
    "x-mac-roman",
    "x-mac-cyrillic",
    "viscii",
    "tcvn",
    "armscii-8",
    "georgian-ps",
    "tis620",
    "hp-roman8",
    "x-unknown",
    "unknown",
    "unknown-8bit",
    "x-user-defined",
    "default",
    "binary",
    "x",
};

/* Whether text is the number of a row, written without zeros in front. */
static bool in_range(const char *text, int first, int last)
{
    int number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 4 || text[digits] != '\0' || text[0] == '0') {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        number = number * 10 + (text[i] - '0');
    }
    return number >= first && number <= last;
}

bool mail_charset_is_known(const char *name, size_t length_b)
{
    char lower[NAME_MAX_B + 1];
    if (length_b == 0 || length_b > NAME_MAX_B) {
        return length_b == 0;
    }
    for (size_t i = 0; i < length_b; i++) {
        lower[i] = g_ascii_tolower(name[i]);
    }
    lower[length_b] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(numbered); i++) {
        if (numbered[i].prefix[0] != lower[0]) {
            continue;
        }
        size_t prefix_b = strlen(numbered[i].prefix);
        if (strncmp(lower, numbered[i].prefix, prefix_b) == 0 &&
            in_range(lower + prefix_b, numbered[i].first, numbered[i].last)) {
            return true;
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (names[i][0] == lower[0] && strcmp(lower, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- encoded words ---- */

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* "x", and the rest as a language, which is not looked at (RFC 2231 section 5). Folding
 * stays, so that the value does not depend on line ends; right behind "=?", whose '?' is
 * mark, there is no room for that: then it is no encoded word. The '?' stays in any case, for
 * without it the one before would pair with another. */
static void blot_word(char *mark, size_t name_b)
{
    char *name = mark + 1;
    if (is_space(name[0]) || is_space(name[1])) {
        char *equals = mark[-1] == '=' ? mark - 1 : mark - 2;
        *equals = '_';
        return;
    }
    for (size_t i = 0; i < name_b; i++) {
        if (i == 1) {
            name[i] = '*';
        } else if (!is_space(name[i])) {
            name[i] = 'x';
        }
    }
}

/* Whether this '?' begins an encoded word, also where a quoted pair hides that. */
static bool opens_word(const char *bytes, const char *mark)
{
    size_t before_b = (size_t)(mark - bytes);
    return (before_b >= 1 && mark[-1] == '=') ||
           (before_b >= 2 && mark[-1] == '\\' && mark[-2] == '=');
}

/* Whether "?B?" or "?Q?" stands here. With a backslash in it, it may become that. */
static bool is_encoding(const char *mark, const char *end)
{
    const char *at = mark + 1;
    at += at < end && *at == '\\';
    if (at >= end || strchr("BbQq", *at) == NULL || *at == '\0') {
        return false;
    }
    at++;
    at += at < end && *at == '\\';
    return at < end && *at == '?';
}

/* Whether a line ends here that is not folded: then a field ends, and a word in it. */
static bool has_line_end(const char *at, const char *end)
{
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        at++;
        if (at == end || (*at != ' ' && *at != '\t')) {
            return true;
        }
    }
    return false;
}

void mail_charset_guard_words(char *bytes, size_t length_b)
{
    char *end = bytes + length_b;
    char *mark = memchr(bytes, '?', length_b);
    while (mark != NULL) {
        char *name = mark + 1;
        char *next = memchr(name, '?', (size_t)(end - name));
        if (next != NULL && opens_word(bytes, mark) && is_encoding(next, end) &&
            !has_line_end(name, next)) {
            size_t name_b = (size_t)(next - name);
            char *language = memchr(name, '*', name_b);
            size_t known_b = language != NULL ? (size_t)(language - name) : name_b;
            if (!mail_charset_is_known(name, known_b)) {
                blot_word(mark, name_b);
            }
        }
        mark = next;
    }
}

/* ---- parameters ---- */

/* One field, and the next of two signs, each looked for once only: that keeps it linear. */
struct field {
    char *end;
    char *semicolon;  /* end: no more */
    char *apostrophe; /* end: no more */
};

static char *next_of(char sign, char *known, char *at, char *end)
{
    if (known != NULL && known >= at) {
        return known;
    }
    char *found = memchr(at, sign, (size_t)(end - at));
    return found != NULL ? found : end;
}

/* Writes the name over [value, value + name_b). Spaces come in front, for they are passed
 * over; a quote moves behind them. */
static void blot_parameter(char *value, size_t name_b, bool quoted, const char *name)
{
    size_t put_b = strlen(name) <= name_b ? strlen(name) : 1;
    char *put = value + name_b - put_b;
    if (quoted) {
        value--;
    }
    memset(value, ' ', (size_t)(put - value));
    if (quoted) {
        put[-1] = '"';
    }
    memcpy(put, put_b > 1 ? name : "x", put_b);
}

/* Where the value behind '=' begins, past spaces and a quote. */
static char *value_begin(char *at, const char *end, bool *quoted)
{
    while (at < end && is_space(*at)) {
        at++;
    }
    *quoted = at < end && *at == '"';
    return at + *quoted;
}

/* name*=charset'language'text and name*0*=charset'language'text. Returns where to go on. */
static char *guard_extended(struct field *field, char *star)
{
    bool quoted = false;
    char last = '*'; /* the sign before '=': without it the value has no charset */
    char *at = star + 1;
    for (; at < field->end && (g_ascii_isdigit(*at) || *at == '*' || is_space(*at)); at++) {
        last = is_space(*at) ? last : *at;
    }
    if (at >= field->end || (*at != '(' && (*at != '=' || last != '*'))) {
        return at;
    }
    char *value = *at == '=' ? value_begin(at + 1, field->end, &quoted) : at;
    if (value >= field->end || *value == '(') {
        memset(star, '_', (size_t)(at - star)); /* a comment here is nobody's habit */
        return at;
    }
    field->apostrophe = next_of('\'', field->apostrophe, value, field->end);
    field->semicolon = next_of(';', field->semicolon, value, field->end);
    char *stop = field->apostrophe;
    if (stop == field->end || (!quoted && field->semicolon < stop)) {
        return value;
    }
    const char *quote = quoted ? memchr(value, '"', (size_t)(stop - value)) : NULL;
    bool closed = quote != NULL && quote[-1] != '\\';
    if (!closed && !mail_charset_is_known(value, (size_t)(stop - value))) {
        blot_parameter(value, (size_t)(stop - value), quoted, "utf-8");
        return stop;
    }
    return value;
}

/* charset=name; at is behind "charset". Returns where to go on. */
static char *guard_plain(struct field *field, char *at)
{
    bool quoted = false;
    while (at < field->end && is_space(*at)) {
        at++;
    }
    if (at >= field->end || *at != '=') {
        if (at < field->end && (*at == '*' || *at == '(')) {
            *at = '_'; /* a charset for a charset's name, or a comment: nobody's habit */
        }
        return at;
    }
    char *value = value_begin(at + 1, field->end, &quoted);
    char *stop = value;
    if (quoted) {
        while (stop < field->end && *stop != '"') {
            stop += *stop == '\\' && stop + 1 < field->end ? 2 : 1;
        }
    } else {
        field->semicolon = next_of(';', field->semicolon, value, field->end);
        stop = field->semicolon;
        while (stop > value && is_space(stop[-1])) {
            stop--;
        }
    }
    if (!mail_charset_is_known(value, (size_t)(stop - value))) {
        blot_parameter(value, (size_t)(stop - value), quoted, "x");
    }
    return stop;
}

/* The parameters of one field, folded lines and all. */
static void guard_field(char *at, char *end)
{
    static const char charset[] = "charset";
    size_t charset_b = sizeof charset - 1;
    struct field field = {.end = end};
    while (at < end) {
        if ((*at | 0x20) == 'c' && (size_t)(end - at) > charset_b &&
            g_ascii_strncasecmp(at, charset, charset_b) == 0) {
            at = guard_plain(&field, at + charset_b);
        } else if (*at == '*') {
            at = guard_extended(&field, at);
        } else {
            at++;
        }
    }
}

static char *after_line(char *at, char *end)
{
    char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline != NULL ? newline + 1 : end;
}

/* What ends the field stays, even where a quote in it is never closed. */
static char *before_line_end(const char *line, char *end)
{
    while (end > line && (end[-1] == '\n' || end[-1] == '\r')) {
        end--;
    }
    return end;
}

void mail_charset_guard(char *bytes, size_t length_b)
{
    static const char prefix[] = "content-";
    char *end = bytes + length_b;
    mail_charset_guard_words(bytes, length_b);
    for (char *line = bytes; line < end;) {
        char *next = after_line(line, end);
        if ((*line | 0x20) == 'c' && (size_t)(end - line) >= sizeof prefix &&
            g_ascii_strncasecmp(line, prefix, sizeof prefix - 1) == 0) {
            while (next < end && (*next == ' ' || *next == '\t')) {
                next = after_line(next, end);
            }
            guard_field(line, before_line_end(line, next));
        }
        line = next;
    }
}
