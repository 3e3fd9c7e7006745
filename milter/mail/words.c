/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words.c - cuts a text into folded words and sentences, and looks for phrases in them.
 *
 * Decides: where a word and a sentence end. "Am 14. März" is one sentence, for a
 * short number's dot and an abbreviation's end nothing. Must not know: any phrase.
 */
#include "mail_words.h"

#include <glib.h>
#include <string.h>

#include "mail_fold.h"

/* Words that a gap "..." may pass over. */
#define GAP_WORDS 5u

/* Words whose dot ends no sentence; single letters and numbers need no row. */
static const char *const abbreviations[] = {
    "abs",  "abt", "approx", "apr",     "art",          "aug",          "bzw",   "ca",
    "dec",  "dez", "di",     "dr",      "einschl",      "einschliessl", "etc",   "evtl",
    "feb",  "fr",  "fri",    "ggf",     "hr",           "incl",         "inkl",  "jan",
    "jul",  "jun", "mi",     "mo",      "mon",          "mr",           "mrs",   "mrz",
    "ms",   "nov", "nr",     "oct",     "okt",          "prof",         "sa",    "sep",
    "sept", "st",  "str",    "tel",     "thu",          "thur",         "thurs", "tue",
    "tues", "usw", "vgl",    "vorauss", "voraussichtl", "vs",           "vsl",   "wed",
};

struct reader {
    struct fs_arena *arena;
    struct mail_word *items;
    size_t count;
    size_t max;
    uint32_t sentence;
    uint32_t line;
    bool sentence_has_words;
    bool line_has_words;
};

static bool is_number(const char *word)
{
    return strspn(word, "0123456789") == strlen(word);
}

/* "am 14. März" goes on; no day or month has more than two digits. "Do. 14.3." is Thursday
 * in German, "I do." the end of a sentence. */
static bool ends_no_sentence(const struct mail_word *word)
{
    if (word->before == '/' && word[-1].after == '/') {
        return false; /* "Back 3/16. Call Jo": no ordinal, as the two of "12./13. Mai" are */
    }
    bool is_day = word->source_b == 2 &&
                  (strncmp(word->source, "Do", 2) == 0 || strncmp(word->source, "So", 2) == 0);
    if (word->text[1] == '\0' || is_day || (is_number(word->text) && strlen(word->text) == 2)) {
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(abbreviations); i++) {
        if (strcmp(word->text, abbreviations[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void end_sentence(struct reader *reader)
{
    reader->sentence += reader->sentence_has_words;
    reader->sentence_has_words = false;
}

static bool is_white(gunichar letter)
{
    return letter == '\0' || letter == '\n' || g_unichar_isspace(letter);
}

/* A sign between words: where lines and sentences end. next: what follows it. */
static void read_sign(struct reader *reader, gunichar sign, gunichar next)
{
    const struct mail_word *last = reader->count > 0 ? &reader->items[reader->count - 1] : NULL;
    switch (sign) {
    case '\n':
        if (!reader->line_has_words) {
            end_sentence(reader);
        }
        reader->line++;
        reader->line_has_words = false;
        break;
    case '.':
        if (is_white(next) && last != NULL && (last->after != '.' || !ends_no_sentence(last))) {
            end_sentence(reader);
        }
        break;
    case '!':
    case '?':
    case 0x3002: /* ideographic full stop */
        end_sentence(reader);
        break;
    default:
        break;
    }
}

static bool is_word_letter(gunichar letter)
{
    return letter < 0x80 ? g_ascii_isalnum((gchar)letter)
                         : g_unichar_isalnum(letter) || g_unichar_ismark(letter);
}

/* Belongs to the word it stands in: an apostrophe, a soft hyphen, a joiner. */
static bool joins(gunichar letter, gunichar next)
{
    bool is_joiner = letter == '\'' || letter == 0x2019 || letter == 0xad || letter == 0x200d;
    return is_joiner && is_word_letter(next);
}

/* A sign as the one ASCII character that it folds to; 0: white space or none such. */
static char plain_sign(gunichar sign)
{
    char folded[MAIL_FOLD_LETTER_MAX_B];
    if (is_white(sign)) {
        return 0;
    }
    size_t length_b = mail_fold_letter(sign, folded);
    return length_b == 1 && (unsigned char)folded[0] < 0x80 ? folded[0] : 0;
}

/* Reads the word at `start`; where it ends. */
static const char *read_word(struct reader *reader, const char *start, char before)
{
    char folded[MAIL_WORD_MAX_B];
    size_t used = 0;
    const char *at = start;
    while (*at != '\0') {
        gunichar letter = g_utf8_get_char(at);
        const char *next = g_utf8_next_char(at);
        if (!is_word_letter(letter) && !joins(letter, g_utf8_get_char(next))) {
            break;
        }
        char part[MAIL_FOLD_LETTER_MAX_B];
        size_t part_b = mail_fold_letter(letter, part);
        /* a spacing mark folds to a space: it is no part of a word, nor its end */
        bool has_space = memchr(part, ' ', part_b) != NULL;
        if (!has_space && used + part_b < sizeof folded) {
            memcpy(folded + used, part, part_b);
            used += part_b;
        }
        at = next;
    }
    if (used == 0 || reader->count >= reader->max) {
        return at;
    }
    char *text = fs_arena_strndup(reader->arena, folded, used);
    if (text == NULL) {
        return NULL;
    }
    reader->items[reader->count++] = (struct mail_word){
        .text = text,
        .source = start,
        .source_b = (uint32_t)(at - start),
        .sentence = reader->sentence,
        .line = reader->line,
        .before = before,
        .after = plain_sign(g_utf8_get_char(at)),
    };
    reader->sentence_has_words = true;
    reader->line_has_words = true;
    return at;
}

enum fs_status mail_words_read(struct fs_arena *arena, const char *text, struct mail_words *out)
{
    size_t max = strlen(text) / 2 + 1;
    struct reader reader = {.arena = arena, .max = max < MAIL_WORDS_MAX ? max : MAIL_WORDS_MAX};
    reader.items = fs_arena_alloc(arena, reader.max, sizeof *reader.items);
    if (reader.items == NULL) {
        return FS_NOMEM;
    }
    char before = 0;
    const char *at = text;
    while (*at != '\0' && reader.count < reader.max) {
        gunichar letter = g_utf8_get_char(at);
        if (is_word_letter(letter)) {
            at = read_word(&reader, at, before);
            if (at == NULL) {
                return FS_NOMEM;
            }
            before = 0;
        } else {
            const char *next = g_utf8_next_char(at);
            read_sign(&reader, letter, g_utf8_get_char(next));
            before = plain_sign(letter);
            at = next;
        }
    }
    *out = (struct mail_words){.items = reader.items, .count = reader.count};
    return FS_OK;
}

/* ---- phrases ---- */

/* Whether a word is one of the alternatives in [piece, end): compared letter by letter, for
 * most are wrong in their first. */
static bool word_is(const char *piece, const char *end, const char *word)
{
    while (piece < end) {
        const char *at = word;
        const char *start = piece;
        for (; piece < end && *piece != '|'; at++) {
            if (*piece == *at) {
                piece++;
            } else if (*piece == '*' && piece > start) {
                return true;
            } else if (*at != 'e' || at == word || strchr("aou", at[-1]) == NULL) {
                break;
            }
        }
        bool is_over = piece == end || *piece == '|';
        if (is_over && piece > start && *at == '\0') {
            return true;
        }
        bool is_alone = piece == start && (piece + 1 == end || piece[1] == '|');
        if (is_alone && (*piece == '_' || (*piece == '#' && is_number(word)))) {
            return true;
        }
        while (piece < end && *piece != '|') {
            piece++;
        }
        piece++;
    }
    return false;
}

/* One word of a phrase, with what may follow it. */
struct token {
    const char *text;
    const char *end;
    bool is_gap;
    bool is_optional;
};

/* Cuts the next token off; false: the phrase is over. */
static bool next_token(const char **phrase, struct token *out)
{
    const char *at = *phrase;
    out->text = at;
    while (*at != '\0' && *at != ' ') {
        at++;
    }
    if (at == out->text) {
        return false;
    }
    out->is_gap = out->text[0] == '.';
    out->is_optional = at[-1] == '?';
    out->end = at - out->is_optional;
    *phrase = at + (*at == ' ');
    return true;
}

/* Matches the rest of a phrase; words of another sentence are out of reach. */
static bool match_rest(const struct mail_words *words, size_t at, uint32_t sentence,
                       const char *phrase, size_t *end)
{
    struct token token;
    while (next_token(&phrase, &token)) {
        bool in_reach = at < words->count && words->items[at].sentence == sentence;
        if (token.is_gap) {
            for (size_t skip = 0; skip <= GAP_WORDS && at + skip < words->count; skip++) {
                if (match_rest(words, at + skip, sentence, phrase, end)) {
                    return true;
                }
            }
            return false;
        }
        bool matches = in_reach && word_is(token.text, token.end, words->items[at].text);
        if (token.is_optional && matches && match_rest(words, at + 1, sentence, phrase, end)) {
            return true;
        }
        if (token.is_optional) {
            continue;
        }
        if (!matches) {
            return false;
        }
        at++;
    }
    *end = at;
    return true;
}

/* Whether an alternative of the phrase's first word has that first letter, or the phrase can
 * begin otherwise: most comparisons end here. */
static bool may_begin(const char *phrase, char letter)
{
    bool at_start = true;
    const char *at = phrase;
    for (; *at != '\0' && *at != ' '; at++) {
        if (at_start && (*at == letter || *at == '_' || *at == '#' || *at == '.')) {
            return true;
        }
        at_start = *at == '|';
    }
    return at > phrase && at[-1] == '?';
}

bool mail_phrase_at(const struct mail_words *words, size_t at, const char *phrase, size_t *end)
{
    size_t found = 0;
    if (at >= words->count || !may_begin(phrase, words->items[at].text[0]) ||
        !match_rest(words, at, words->items[at].sentence, phrase, &found)) {
        return false;
    }
    if (end != NULL) {
        *end = found;
    }
    return true;
}

bool mail_phrase_find(const struct mail_words *words, size_t from, size_t to, const char *phrase,
                      size_t *at, size_t *end)
{
    for (size_t i = from; i < to && i < words->count; i++) {
        if (mail_phrase_at(words, i, phrase, end)) {
            if (at != NULL) {
                *at = i;
            }
            return true;
        }
    }
    return false;
}
