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

#include "mail_index.h"
#include "mail_wish_grammar.h"

/* Places that are judged; who writes more of them says nothing new. */
#define WISH_MATCHES_MAX 64u
/* How far a place is looked around at, in words to either side. */
#define WISH_LOOK_WORDS 40u

static bool is_opt_out(enum wish_kind kind)
{
    return kind == WISH_OUT || kind == WISH_OUT_MAYBE;
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

static void find_at(const struct mail_words *words, size_t at, bool is_gated,
                    struct mail_wish *wish, size_t *matches)
{
    size_t key = wish_key(words->items[at].text);
    size_t to = wish_first[key + (is_gated ? 2 : 1)]; /* opt-outs stand behind */
    for (size_t i = wish_first[key]; i < to; i++) {
        const struct mail_index_entry *entry = &wish_entries[i];
        const struct wish_row *row = &wish_tables[entry->table][entry->row];
        size_t end = 0;
        if (*matches >= WISH_MATCHES_MAX ||
            !may_be(row->phrase + entry->at_b, words->items[at].text) ||
            !could_add(wish, row->kind) || !mail_phrase_at(words, at, row->phrase, &end) ||
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
    size_t matches = 0;
    bool gated[MAIL_WORDS_MAX];
    wish_gate_read(&words, gated);
    if (wish_lone_in_text(&words, &kind)) {
        add(out, kind, clear_or_not(kind));
    }
    for (size_t at = 0; at < words.count && matches < WISH_MATCHES_MAX; at++) {
        find_at(&words, at, gated[at], out, &matches);
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
