/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fold.c - lower case, no accents, plain signs.
 *
 * Decides: when two spellings are one. Must not know: what the text is.
 */
#include "mail_fold.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* Letters that Unicode does not decompose, and typography. */
static const struct {
    gunichar from;
    const char *to;
} plain_letters[] = {
    {0x00df, "ss"}, {0x00e6, "ae"}, {0x00f8, "o"}, {0x0111, "d"},  {0x0131, "i"},  {0x0142, "l"},
    {0x0153, "oe"}, {0x2018, "'"},  {0x2019, "'"}, {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""},
    {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"}, {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},
};

/* Kana and Hangul carry meaning in what decomposition takes apart. */
static bool stays_whole(gunichar letter)
{
    return (letter >= 0x3040 && letter <= 0x30ff) || (letter >= 0xac00 && letter <= 0xd7a3);
}

/* One letter that is decomposed already; at most six bytes. */
static size_t fold_part(gunichar letter, char *out)
{
    if (g_unichar_isspace(letter) || letter < 0x20) {
        out[0] = ' ';
        return 1;
    }
    if (g_unichar_ismark(letter) || g_unichar_type(letter) == G_UNICODE_FORMAT) {
        return 0;
    }
    gunichar lower = g_unichar_tolower(letter);
    for (size_t i = 0; i < G_N_ELEMENTS(plain_letters); i++) {
        if (plain_letters[i].from == lower) {
            size_t length_b = strlen(plain_letters[i].to);
            memcpy(out, plain_letters[i].to, length_b);
            return length_b;
        }
    }
    return (size_t)g_unichar_to_utf8(lower, out);
}

size_t mail_fold_letter(uint32_t letter, char out[MAIL_FOLD_LETTER_MAX_B])
{
    size_t used = 0;
    if (letter > 0x20 && letter < 0x7f) {
        out[used++] = (char)g_ascii_tolower((gchar)letter);
        out[used] = '\0';
        return used;
    }
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize count = 1;
    parts[0] = letter;
    if (letter >= 0x80 && !stays_whole(letter)) {
        count = g_unichar_fully_decompose(letter, TRUE, parts, G_N_ELEMENTS(parts));
    }
    for (gsize i = 0; i < count && i < G_N_ELEMENTS(parts); i++) {
        if (used + 7 > MAIL_FOLD_LETTER_MAX_B) {
            break;
        }
        used += fold_part(parts[i], out + used);
    }
    out[used] = '\0';
    return used;
}

void mail_fold(const char *text, size_t letters_max, char *out, size_t size_b)
{
    size_t used = 0;
    size_t letters = 0;
    for (const char *at = text; *at != '\0' && letters < letters_max;
         at = g_utf8_next_char(at), letters++) {
        if (*at > 0x20 && *at < 0x7f && used + 1 < size_b) { /* most of all mail */
            out[used++] = g_ascii_tolower(*at);
            continue;
        }
        char folded[MAIL_FOLD_LETTER_MAX_B];
        size_t length_b = mail_fold_letter(g_utf8_get_char(at), folded);
        bool is_space = length_b == 1 && folded[0] == ' ';
        if (is_space && (used == 0 || out[used - 1] == ' ')) {
            continue;
        }
        if (used + length_b >= size_b) {
            break;
        }
        memcpy(out + used, folded, length_b);
        used += length_b;
    }
    if (used > 0 && out[used - 1] == ' ') {
        used--;
    }
    out[used] = '\0';
}
