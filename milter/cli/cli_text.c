/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_text.c - text as a terminal may see it, and the dates that people type.
 *
 * Decides which characters a terminal gets and where a line may be cut. Must not know
 * what the text is about, nor print it.
 */
#include "cli_text.h"

#include <string.h>

#include "fullstop/clock.h"
#include "fullstop/text.h"

/* What moves the cursor, rings or reorders what was printed before. */
static bool is_unprintable(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x200e || code == 0x200f ||
           code == 0x061c || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

void fs_cli_clean(char *text)
{
    while (*text != '\0') {
        uint32_t code = 0;
        size_t length_b = fs_text_utf8_next(text, &code);
        if (length_b == 0) {
            *text++ = '?';
            continue;
        }
        if (is_unprintable(code))
            memset(text, '?', length_b);
        text += length_b;
    }
}

/* Columns of the first character of text. */
static size_t columns_of(const char *text, size_t length_b)
{
    char one[5];

    memcpy(one, text, length_b);
    one[length_b] = '\0';
    return fs_text_width(one);
}

size_t fs_cli_fit(const char *text, size_t columns, size_t *out_columns)
{
    size_t length_b = 0;
    size_t used = 0;

    while (text[length_b] != '\0') {
        uint32_t code;
        size_t step_b = fs_text_utf8_next(text + length_b, &code);
        if (step_b == 0)
            step_b = 1;
        size_t wide = columns_of(text + length_b, step_b);
        if (used + wide > columns)
            break;
        used += wide;
        length_b += step_b;
    }
    *out_columns = used;
    return length_b;
}

size_t fs_cli_width(const char *text, size_t length_b)
{
    size_t used = 0;

    for (size_t at_b = 0; at_b < length_b && text[at_b] != '\0';) {
        uint32_t code;
        size_t step_b = fs_text_utf8_next(text + at_b, &code);
        if (step_b == 0)
            step_b = 1;
        used += columns_of(text + at_b, step_b);
        at_b += step_b;
    }
    return used;
}

size_t fs_cli_fit_words(const char *text, size_t columns)
{
    size_t used;
    size_t length_b = fs_cli_fit(text, columns, &used);
    size_t end_b = length_b;

    if (text[length_b] == '\0')
        return length_b;
    while (end_b > 0 && text[end_b] != ' ')
        end_b--;
    if (end_b > 0)
        return end_b;
    if (length_b > 0)
        return length_b;
    /* not even one character fits: take it all the same, for progress */
    uint32_t code;
    size_t step_b = fs_text_utf8_next(text, &code);
    return step_b == 0 ? 1 : step_b;
}

enum fs_status fs_cli_until(const char *text, int64_t now, int64_t *out_at, struct fs_error *err)
{
    struct fs_date date;
    int64_t length_s;
    int64_t at;

    if (fs_date_parse(text, &date) && fs_date_is_valid(date))
        at = fs_date_local_start(date);
    else if (fs_text_duration(text, &length_s, NULL) == FS_OK)
        at = now + length_s;
    else
        return fs_error_set(err, FS_INPUT,
                            "\"%s\" is no date; give a day like 2026-12-01, or a time from now "
                            "like 14d or 6w",
                            text);
    if (at <= now)
        return fs_error_set(err, FS_REFUSED, "\"%s\" is not in the future; give a later date",
                            text);
    *out_at = at;
    return FS_OK;
}
