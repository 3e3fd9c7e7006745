/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish.c - finds opt-outs and declines in a person's own text.
 *
 * Decides: which rows stand where, and what the findings add up to. Must not know: what a place
 * does to a row (wish_judge.c), and what follows from a wish (the lead's rules do).
 */
#include "mail_wish.h"

#include <assert.h>
#include <string.h>

#include "mail_wish_grammar.h"

/* Places that are judged; who writes more of them says nothing new. */
#define WISH_MATCHES_MAX 64u
/* How far a place is looked around at, in words to either side. */
#define WISH_LOOK_WORDS 40u

/* Rows by the first two letters of what they begin with: a list for each. Built for each
 * mail, which costs less than to ask each row at each word. */
#define KEYS 1024u
#define NO_WORD UINT16_MAX
struct row_entry {
    const struct wish_row *row;
    uint16_t piece_b; /* where in its phrase the alternative of its first word begins */
    uint16_t next;    /* the entry after this one, from 1; 0: none */
};
struct row_index {
    uint16_t first[KEYS];
    bool gated[KEYS]; /* in a sentence that may hold an opt-out (wish_gate.c) */
    uint16_t count;
    struct row_entry entries[WISH_ENTRIES_MAX + 1];
};

static const struct wish_row *const tables[] = {
    wish_rows_german, wish_rows_english, wish_rows_declines, wish_rows_others, wish_rows_idioms};
#define TABLES (sizeof tables / sizeof tables[0])

static size_t key_of(const char *text)
{
    return ((size_t)(text[0] & 31) << 5) | (size_t)(text[0] != '\0' ? text[1] & 31 : 0);
}

static bool is_opt_out(enum wish_kind kind)
{
    return kind == WISH_OUT || kind == WISH_OUT_MAYBE;
}

static void index_row(struct row_index *index, const struct wish_row *row)
{
    bool needs_gate = is_opt_out(row->kind);
    const char *at = row->phrase;
    while (true) {
        size_t key = key_of(at);
        uint16_t *first = &index->first[key];
        if (*first != NO_WORD && (!needs_gate || index->gated[key])) {
            assert(index->count < WISH_ENTRIES_MAX);
            index->entries[++index->count] =
                (struct row_entry){row, (uint16_t)(at - row->phrase), *first};
            *first = index->count;
        }
        while ((unsigned char)*at > ' ' && *at != '|') {
            at++;
        }
        if (*at != '|') {
            return;
        }
        at++;
    }
}

/* Only what the text has words for. */
static void index_rows(struct row_index *index, const struct mail_words *words, const bool *gated)
{
    bool any = false;
    memset(index->gated, 0, sizeof index->gated);
    memset(index->first, 0xff, sizeof index->first);
    index->count = 0;
    for (size_t i = 0; i < words->count; i++) {
        size_t key = key_of(words->items[i].text);
        index->first[key] = 0;
        index->gated[key] = index->gated[key] || gated[i];
        any = any || gated[i];
    }
    for (size_t t = 0; t < TABLES; t++) {
        if (!any && tables[t] != wish_rows_declines && tables[t] != wish_rows_others) {
            continue;
        }
        for (const struct wish_row *row = tables[t]; row->phrase != NULL; row++) {
            index_row(index, row);
        }
    }
}

/* Whether the word may be the piece: what mail_phrase_at() asks more exactly. */
static bool may_be(const char *piece, const char *word)
{
    size_t i = 0;
    while (piece[i] == word[i] && word[i] != '\0') {
        i++;
    }
    return word[i] == 'e' || piece[i] == '*' || word[i] == '\0';
}

/* ---- places ---- */

static bool ends_clause(const struct mail_word *word)
{
    return word->after != 0 && strchr(",;:()", word->after) != NULL;
}

struct wish_place wish_place_of(const struct mail_words *words, size_t at, size_t end)
{
    const struct mail_word *items = words->items;
    uint32_t sentence = items[at].sentence;
    struct wish_place place = {.words = words, .at = at, .end = end};
    size_t from = at;
    while (from > 0 && at - from < WISH_LOOK_WORDS && items[from - 1].sentence == sentence) {
        from--;
    }
    place.sentence_from = from;
    size_t to = end;
    while (to < words->count && to - end < WISH_LOOK_WORDS && items[to].sentence == sentence) {
        to++;
    }
    place.sentence_to = to;
    place.is_question = items[to - 1].after == '?';
    for (from = at; from > place.sentence_from && !ends_clause(&items[from - 1]);) {
        from--;
    }
    place.clause_from = from;
    for (to = end; to < place.sentence_to && !ends_clause(&items[to - 1]);) {
        to++;
    }
    place.clause_to = to;
    return place;
}

/* Words that may stand before or after what is a clause of its own. */
static const char openers[] =
    "bitte|please|pls|plz|kindly|und|and|also|danke|thanks|hi|hallo|hello|ok|okay|so|but|aber|just|"
    "nochmals|nochmal|again|daher|deshalb|therefore|really";
static const char closers[] =
    "bitte|please|pls|plz|kindly|danke|thanks|thank|now|jetzt|sofort|asap|"
    "immediately|umgehend|mfg|gruss|lg|vg|aus|for|right|at|today|endlich|because|da|denn|weil|"
    "anymore|already|vielen|ok|as";

static bool starts_clause(const struct wish_place *place)
{
    const struct mail_words *words = place->words;
    return place->at == place->clause_from ||
           words->items[place->at - 1].line != words->items[place->at].line ||
           mail_phrase_at(words, place->at - 1, openers, NULL);
}

static bool stops_clause(const struct wish_place *place)
{
    const struct mail_words *words = place->words;
    return place->end == place->clause_to ||
           words->items[place->end].line != words->items[place->end - 1].line ||
           mail_phrase_at(words, place->end, closers, NULL);
}

static bool crosses_comma(const struct mail_words *words, size_t at, size_t end)
{
    for (size_t i = at; i + 1 < end; i++) {
        if (ends_clause(&words->items[i])) {
            return true;
        }
    }
    return false;
}

/* ---- what the findings add up to ---- */

static const char *const rule_ids[] = {
    [WISH_OUT] = "text.opt-out",
    [WISH_OUT_MAYBE] = "text.opt-out.unclear",
    [WISH_DECLINE] = "text.decline",
    [WISH_DECLINE_MAYBE] = "text.decline.unclear",
};

static enum fs_answer *answer_of(struct mail_wish *wish, enum wish_kind kind)
{
    return is_opt_out(kind) ? &wish->opt_out : &wish->decline;
}

/* Whether such a row could still change the answer. */
static bool could_add(const struct mail_wish *wish, enum wish_kind kind)
{
    enum fs_answer known = is_opt_out(kind) ? wish->opt_out : wish->decline;
    bool is_clear = kind == WISH_OUT || kind == WISH_DECLINE;
    return known == FS_ANSWER_NO || (known == FS_ANSWER_UNCLEAR && is_clear);
}

static void add(struct mail_wish *wish, enum wish_kind kind, enum fs_answer answer)
{
    enum fs_answer *known = answer_of(wish, kind);
    if (answer == FS_ANSWER_NO || *known == FS_ANSWER_YES) {
        return;
    }
    *known = answer;
    if (is_opt_out(kind) || wish->opt_out == FS_ANSWER_NO) {
        bool is_yes = answer == FS_ANSWER_YES;
        wish->rule = is_opt_out(kind) ? rule_ids[is_yes ? WISH_OUT : WISH_OUT_MAYBE]
                                      : rule_ids[is_yes ? WISH_DECLINE : WISH_DECLINE_MAYBE];
    }
}

static enum fs_answer clear_or_not(enum wish_kind kind)
{
    return kind == WISH_OUT || kind == WISH_DECLINE ? FS_ANSWER_YES : FS_ANSWER_UNCLEAR;
}

static void find_at(const struct row_index *index, const struct mail_words *words, size_t at,
                    bool is_gated, struct mail_wish *wish, size_t *matches)
{
    size_t key = key_of(words->items[at].text);
    for (size_t i = index->first[key]; i != 0; i = index->entries[i].next) {
        const struct wish_row *row = index->entries[i].row;
        size_t end = 0;
        if (*matches >= WISH_MATCHES_MAX ||
            !may_be(row->phrase + index->entries[i].piece_b, words->items[at].text) ||
            (is_opt_out(row->kind) && !is_gated) || !could_add(wish, row->kind) ||
            !mail_phrase_at(words, at, row->phrase, &end) ||
            ((row->flags & WISH_CROSSES) == 0 && crosses_comma(words, at, end))) {
            continue;
        }
        struct wish_place place = wish_place_of(words, at, end);
        if (((row->flags & WISH_START) != 0 && !starts_clause(&place)) ||
            ((row->flags & WISH_END) != 0 && !stops_clause(&place))) {
            continue;
        }
        add(wish, row->kind, wish_judge(row, &place));
        ++*matches;
    }
}

/* ---- contract ---- */

enum fs_status mail_wish_find(struct fs_arena *arena, const struct mail_words *own,
                              struct mail_wish *out)
{
    struct mail_words words;
    *out = (struct mail_wish){FS_ANSWER_NO, FS_ANSWER_NO, NULL};
    if (own->count == 0) {
        return FS_OK;
    }
    assert(own->count <= MAIL_WORDS_MAX);
    if (wish_spell(arena, own, &words) != FS_OK) {
        return FS_NOMEM;
    }
    enum wish_kind kind;
    struct row_index index;
    size_t matches = 0;
    bool gated[MAIL_WORDS_MAX];
    wish_gate_read(&words, gated);
    index_rows(&index, &words, gated);
    if (wish_lone_in_text(&words, &kind)) {
        add(out, kind, clear_or_not(kind));
    }
    for (size_t at = 0; at < words.count && matches < WISH_MATCHES_MAX; at++) {
        find_at(&index, &words, at, gated[at], out, &matches);
    }
    if (out->opt_out != FS_ANSWER_YES) {
        enum fs_answer answer = wish_by_grammar(&words, gated);
        bool adds = out->opt_out == FS_ANSWER_NO || answer == FS_ANSWER_YES;
        add(out, WISH_OUT, adds ? answer : FS_ANSWER_NO);
    }
    if (out->opt_out == FS_ANSWER_UNCLEAR && wish_ends_in_stop(&words)) {
        add(out, WISH_OUT, FS_ANSWER_YES);
    }
    return FS_OK;
}
