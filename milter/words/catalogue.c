/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * catalogue.c - what an English text is called in German.
 *
 * gettext() chooses the language by environment and locale, which belong to the whole
 * process; fullstop answers in the language of each lead process, from many threads, and
 * must do so where no catalogue is installed. So the catalogue that msgfmt makes of
 * po/de.po is compiled in, and only read ("The Format of GNU MO Files", gettext manual).
 * Must not know: any sentence.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "words_text.h"

#define MO_MAGIC 0x950412deu
/* The head of the file: magic, revision, count, then where the two tables begin. */
#define COUNT_AT 8
#define ENGLISH_AT 12
#define OTHER_AT 16
/* A row of a table: the length of a text and where it begins; a zero ends it. */
#define ROW_B 8

static const unsigned char german[] = {
#include "catalogue_de.inc"
};

/* msgfmt was told to write little-endian numbers. */
static uint32_t number_at(const unsigned char *file, size_t at)
{
    return file[at] | (uint32_t)file[at + 1] << 8 | (uint32_t)file[at + 2] << 16 |
           (uint32_t)file[at + 3] << 24;
}

static const char *text_at(const unsigned char *file, uint32_t table_at, uint32_t row)
{
    return (const char *)file + number_at(file, table_at + row * ROW_B + 4);
}

/* The rows are sorted by strcmp(); of a text with a plural, by its singular. */
static const char *find(const unsigned char *file, const char *english)
{
    assert(number_at(file, 0) == MO_MAGIC);
    uint32_t low = 0;
    uint32_t high = number_at(file, COUNT_AT);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(english, text_at(file, number_at(file, ENGLISH_AT), middle));
        if (order == 0)
            return text_at(file, number_at(file, OTHER_AT), middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *words_translated(enum fs_language language, const char *english)
{
    const char *found = NULL;
    switch (language) {
    case FS_LANGUAGE_EN:
        break;
    case FS_LANGUAGE_DE:
        found = english[0] == '\0' ? NULL : find(german, english); /* "" is the catalogue's head */
        break;
    }
    return found == NULL ? english : found;
}

const char *words_translated_plural(enum fs_language language, const char *one, const char *many,
                                    int64_t count)
{
    const char *found = words_translated(language, one);
    if (count == 1)
        return found;
    /* the forms follow each other, each ended by a zero; German and English have two */
    return found == one ? many : found + strlen(found) + 1;
}

const char *fs_words_line(enum fs_language language, const char *english)
{
    return words_translated(language, english);
}

const char *fs_words_plural(enum fs_language language, const char *one, const char *many,
                            int64_t count)
{
    return words_translated_plural(language, one, many, count);
}
