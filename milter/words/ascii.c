/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * ascii.c - text as an SMTP reply can carry it.
 *
 * Decides how a character outside ASCII is spelled and where a line is cut. Knows no
 * sentence.
 */
#include "words_ascii.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "fullstop/words.h"

#define NO_CHARACTER UINT32_MAX
#define LEFT_OUT "..."

static const struct {
    uint32_t character;
    const char *spelled;
} spellings[] = {{0x00A0, " "},  {0x00C4, "Ae"}, {0x00D6, "Oe"}, {0x00DC, "Ue"}, {0x00DF, "ss"},
                 {0x00E4, "ae"}, {0x00F6, "oe"}, {0x00FC, "ue"}, {0x2013, "-"},  {0x2014, "-"},
                 {0x2018, "'"},  {0x2019, "'"},  {0x201A, "'"},  {0x201C, "\""}, {0x201D, "\""},
                 {0x201E, "\""}, {0x2026, "..."}};

/* One character of UTF-8 (RFC 3629) and its length; what is none is NO_CHARACTER, 1. */
static uint32_t next_character(const unsigned char *text, size_t *out_length_b)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length_b = text[0] < 0x80             ? 1
                      : (text[0] & 0xE0) == 0xC0 ? 2
                      : (text[0] & 0xF0) == 0xE0 ? 3
                      : (text[0] & 0xF8) == 0xF0 ? 4
                                                 : 0;
    *out_length_b = 1;
    if (length_b == 0)
        return NO_CHARACTER;
    uint32_t character = length_b == 1 ? text[0] : text[0] & (0x7Fu >> length_b);
    for (size_t i = 1; i < length_b; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return NO_CHARACTER;
        character = character << 6 | (text[i] & 0x3Fu);
    }
    if (character < least[length_b] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF))
        return NO_CHARACTER;
    *out_length_b = length_b;
    return character;
}

bool words_is_ascii(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7E)
            return false;
    }
    return true;
}

/* out holds 11 bytes. */
static void spell_escaped(uint32_t character, char *out, size_t size_b)
{
    if (character == NO_CHARACTER || character < 0x20 || character == 0x7F)
        snprintf(out, size_b, "?");
    else if (character < 0x7F)
        snprintf(out, size_b, "%c", (char)character);
    else
        snprintf(out, size_b, "\\x{%X}", (unsigned)character);
}

static void leave_out_middle(char *text, size_t max_b)
{
    size_t length_b = strlen(text);
    if (max_b == 0 || length_b <= max_b)
        return;
    size_t tail_b = (max_b - strlen(LEFT_OUT)) / 2;
    size_t head_b = max_b - strlen(LEFT_OUT) - tail_b;
    memcpy(text + head_b, LEFT_OUT, strlen(LEFT_OUT));
    memmove(text + head_b + strlen(LEFT_OUT), text + length_b - tail_b, tail_b + 1);
}

const char *words_ascii_address(struct fs_arena *arena, const char *address, size_t max_b)
{
    char one[16];
    char *out = fs_arena_alloc(arena, strlen(address) * sizeof(one) + 1, 1);
    if (out == NULL)
        return NULL;
    char *end = out;
    for (const unsigned char *p = (const unsigned char *)address; *p != '\0';) {
        size_t length_b;
        spell_escaped(next_character(p, &length_b), one, sizeof(one));
        p += length_b;
        memcpy(end, one, strlen(one));
        end += strlen(one);
    }
    leave_out_middle(out, max_b);
    return out;
}

static const char *spell(uint32_t character, char one[2])
{
    one[0] = character == NO_CHARACTER || character > 0x7E ? '?' : (char)character;
    if (character < 0x20 || character == 0x7F)
        one[0] = ' ';
    if (character == '%')
        return "%%";
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        if (spellings[i].character == character)
            return spellings[i].spelled;
    }
    return one;
}

const char *words_ascii_line(struct fs_arena *arena, const char *text, bool *out_cut)
{
    char line[FS_WORDS_LINE_MAX_B + 1];
    size_t used_b = 0;
    size_t safe_b = 0; /* here the mark of what is left out still fits */
    bool cut = false;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0';) {
        char one[2] = {0};
        size_t length_b;
        const char *spelled = spell(next_character(p, &length_b), one);
        if (used_b + strlen(spelled) > FS_WORDS_LINE_MAX_B) {
            cut = true;
            break;
        }
        p += length_b;
        memcpy(line + used_b, spelled, strlen(spelled));
        used_b += strlen(spelled);
        if (used_b + strlen(LEFT_OUT) <= FS_WORDS_LINE_MAX_B)
            safe_b = used_b;
    }
    if (cut) {
        memcpy(line + safe_b, LEFT_OUT, strlen(LEFT_OUT));
        used_b = safe_b + strlen(LEFT_OUT);
    }
    if (out_cut != NULL)
        *out_cut = cut;
    return fs_arena_strndup(arena, line, used_b);
}
