/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fill.c - puts values into the places of a sentence.
 *
 * Decides how dates, numbers and words of a command line look. Used for built-in sentences
 * and for those of the configuration alike. Knows no particular sentence.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "fullstop/clock.h"
#include "words_text.h"

void words_set(struct words_values *values, const char *name, const char *value)
{
    size_t i = 0;
    while (i < values->count && strcmp(values->items[i].name, name) != 0)
        i++;
    assert(i < WORDS_VALUES_MAX);
    values->items[i].name = name;
    values->items[i].value = value == NULL ? "" : value;
    if (i == values->count)
        values->count++;
}

static void set_made(struct words_values *values, const char *name, const char *made)
{
    values->failed = values->failed || made == NULL;
    words_set(values, name, made);
}

void words_set_number(struct words_values *values, const char *name, int64_t number)
{
    set_made(values, name, fs_arena_printf(values->arena, "%" PRId64, number));
}

/* In German the day comes first: 2026-03-14 is 14.03.2026. text: "" or it begins so. */
static void put_day_first(char *text)
{
    char year[4];
    if (text[0] == '\0')
        return;
    memcpy(year, text, sizeof(year));
    char day[6] = {text[8], text[9], '.', text[5], text[6], '.'};
    memcpy(text, day, sizeof(day));
    memcpy(text + sizeof(day), year, sizeof(year));
}

void fs_words_day(enum fs_language language, int64_t at, char *out, size_t size_b)
{
    assert(size_b >= FS_TIME_SIZE_B);
    out[0] = '\0';
    if (at != 0)
        fs_time_local_day(at, out, size_b);
    if (language == FS_LANGUAGE_DE)
        put_day_first(out);
}

void fs_words_minute(enum fs_language language, int64_t at, char *out, size_t size_b)
{
    assert(size_b >= FS_TIME_SIZE_B);
    out[0] = '\0';
    if (at != 0)
        fs_time_local_minute(at, out, size_b);
    if (language == FS_LANGUAGE_DE)
        put_day_first(out);
}

void words_set_day(struct words_values *values, const char *name, int64_t at)
{
    char text[FS_TIME_SIZE_B];
    fs_words_day(values->language, at, text, sizeof(text));
    set_made(values, name, fs_arena_strdup(values->arena, text));
}

void words_set_minute(struct words_values *values, const char *name, int64_t at)
{
    char text[FS_TIME_SIZE_B];
    fs_words_minute(values->language, at, text, sizeof(text));
    set_made(values, name, fs_arena_strdup(values->arena, text));
}

void words_set_until(struct words_values *values, const char *name, int64_t at)
{
    if (at != 0 && fs_date_local_start(fs_date_local(at)) != at)
        words_set_minute(values, name, at);
    else
        words_set_day(values, name, at);
}

static const char *ordinal_ending(int number)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    int tens = number / 10 % 10;
    int ones = number % 10;
    return tens == 1 || ones > 3 ? endings[0] : endings[ones];
}

void words_set_nth(struct words_values *values, const char *name, int number)
{
    const char *ending = ".";
    if (values->language == FS_LANGUAGE_EN)
        ending = ordinal_ending(number);
    set_made(values, name, fs_arena_printf(values->arena, "%d%s", number, ending));
}

static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "@._+=:,-";
    return word[0] != '\0' && word[strspn(word, plain)] == '\0';
}

/* 'it'\''s': POSIX shell command language, section 2.2.2. */
void words_set_shell(struct words_values *values, const char *name, const char *word)
{
    if (is_plain(word)) {
        words_set(values, name, word);
        return;
    }
    char *quoted = fs_arena_alloc(values->arena, strlen(word) * 4 + 3, 1);
    set_made(values, name, quoted);
    if (quoted == NULL)
        return;
    *quoted++ = '\'';
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            memcpy(quoted, "'\\''", 4);
            quoted += 4;
        } else {
            *quoted++ = *word;
        }
    }
    *quoted = '\'';
}

/* The value of the place that text begins with, and its length there. NULL: no place. */
static const char *place(const struct words_values *values, const char *text, size_t *out_length_b)
{
    if (text[0] != '%' || text[1] != '{')
        return NULL;
    const char *name = text + 2;
    size_t length_b = strcspn(name, "}");
    if (name[length_b] == '\0')
        return NULL;
    for (size_t i = 0; i < values->count; i++) {
        const char *known = values->items[i].name;
        if (strlen(known) == length_b && memcmp(known, name, length_b) == 0) {
            *out_length_b = length_b + 3;
            return values->items[i].value;
        }
    }
    return NULL;
}

/* Writes to out, when it is not NULL; returns the length. */
static size_t fill(const struct words_values *values, const char *text, char *out)
{
    size_t total_b = 0;
    while (*text != '\0') {
        size_t taken_b = 1;
        const char *value = place(values, text, &taken_b);
        const char *from = value != NULL ? value : text;
        size_t length_b = value != NULL ? strlen(value) : 1;
        if (out != NULL && length_b > 0)
            memcpy(out + total_b, from, length_b);
        total_b += length_b;
        text += taken_b;
    }
    return total_b;
}

const char *words_fill(const struct words_values *values, const char *text)
{
    if (values->failed)
        return NULL;
    char *out = fs_arena_alloc(values->arena, fill(values, text, NULL) + 1, 1);
    if (out != NULL)
        (void)fill(values, text, out); /* the arena's memory is zeroed: terminated */
    return out;
}

const char *words_say(const struct words_values *values, enum words_text id)
{
    return words_fill(values, words_text(values->language, id));
}

const char *words_say_count(const struct words_values *values, enum words_text id, int64_t count)
{
    struct words_values with = *values;
    words_set_number(&with, "count", count);
    return words_fill(&with, words_plural(values->language, id, count));
}
