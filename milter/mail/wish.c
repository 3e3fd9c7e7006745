/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish.c - finds opt-outs and declines in a person's own text.
 *
 * Decides: which rows stand where, what a mail says that is one word only, and what the
 * findings add up to. Must not know: what a place does to a row (wish_judge.c), and what
 * follows from a wish (the lead's rules do).
 */
#include "mail_wish.h"

#include <assert.h>
#include <string.h>

#include "mail_wish_rows.h"

/* Places that are judged; who writes more of them says nothing new. */
#define WISH_MATCHES_MAX 64u
/* How far a place is looked around at, in words to either side. */
#define WISH_LOOK_WORDS 40u

/* Rows by the first two letters of what they begin with: a list for each. Built for each
 * mail, which costs less than to ask each row at each word. */
#define KEYS 1024u
#define ENTRIES_MAX 2048u
#define NO_WORD UINT16_MAX
struct row_entry {
    const struct wish_row *row;
    const char *piece; /* the alternative of its first word */
    uint16_t next;     /* the entry after this one, from 1; 0: none */
};
struct row_index {
    uint16_t first[KEYS];
    uint16_t count;
    struct row_entry entries[ENTRIES_MAX + 1];
};

static const struct wish_row *const tables[] = {wish_rows_german, wish_rows_english,
                                                wish_rows_declines};
#define TABLES (sizeof tables / sizeof tables[0])

static size_t key_of(const char *text)
{
    return ((size_t)(text[0] & 31) << 5) | (size_t)(text[0] != '\0' ? text[1] & 31 : 0);
}

static void index_row(struct row_index *index, const struct wish_row *row)
{
    const char *piece = row->phrase;
    const char *end = strchr(piece, ' ');
    end = end != NULL ? end : piece + strlen(piece);
    while (piece != NULL) {
        const char *bar = memchr(piece, '|', (size_t)(end - piece));
        uint16_t *first = &index->first[key_of(piece)];
        if (*first != NO_WORD) {
            assert(index->count < ENTRIES_MAX);
            index->entries[++index->count] = (struct row_entry){row, piece, *first};
            *first = index->count;
        }
        piece = bar != NULL ? bar + 1 : NULL;
    }
}

/* Only what the text has words for. */
static void index_rows(struct row_index *index, const struct mail_words *words)
{
    memset(index->first, 0xff, sizeof index->first);
    index->count = 0;
    for (size_t i = 0; i < words->count; i++) {
        index->first[key_of(words->items[i].text)] = 0;
    }
    for (size_t t = 0; t < TABLES; t++) {
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

static struct wish_place place_of(const struct mail_words *words, size_t at, size_t end)
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

static bool is_opt_out(enum wish_kind kind)
{
    return kind == WISH_OUT || kind == WISH_OUT_MAYBE;
}

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

static void find_at(const struct row_index *index, const struct mail_words *words, size_t at,
                    struct mail_wish *wish, size_t *matches)
{
    size_t key = key_of(words->items[at].text);
    for (size_t i = index->first[key]; i != 0; i = index->entries[i].next) {
        const struct wish_row *row = index->entries[i].row;
        size_t end = 0;
        if (*matches >= WISH_MATCHES_MAX ||
            !may_be(index->entries[i].piece, words->items[at].text) ||
            !could_add(wish, row->kind) || !mail_phrase_at(words, at, row->phrase, &end) ||
            ((row->flags & WISH_CROSSES) == 0 && crosses_comma(words, at, end))) {
            continue;
        }
        struct wish_place place = place_of(words, at, end);
        if (((row->flags & WISH_START) != 0 && !starts_clause(&place)) ||
            ((row->flags & WISH_END) != 0 && !stops_clause(&place))) {
            continue;
        }
        add(wish, row->kind, wish_judge(row, &place));
        ++*matches;
    }
}

/* ---- a mail that is one word ---- */

/* All that the first sentence or line says, fillers aside. */
static const struct wish_row lone_rows[] = {
    {"unsubscribe|unsubscribed|unsubcribe|unsuscribe me|us?", WISH_OUT, 0},
    {"unsubscribe me|us? from this|the|your|all? list|emails|newsletter?", WISH_OUT, 0},
    {"stop|stopp|stopt", WISH_OUT, 0},
    {"stop it|this|that", WISH_OUT, 0},
    {"remove me|us|my?", WISH_OUT, 0},
    {"remove from list", WISH_OUT, 0},
    {"opt out", WISH_OUT, 0},
    {"optout", WISH_OUT, 0},
    {"abmelden|abmeldung|austragen|austragung|abbestellen|abbestellung|loschen", WISH_OUT, 0},
    {"mich|uns abmelden|austragen|loschen|entfernen", WISH_OUT, 0},
    {"newsletter abbestellen|abmelden|kundigen|abbestellung|abmeldung", WISH_OUT, 0},
    {"newsletterabmeldung", WISH_OUT, 0},
    {"abmeldung|abmelden|abbestellung newsletter|verteiler|mailing", WISH_OUT, 0},
    {"raus aus|mit dem|der|mir? verteiler|liste?", WISH_OUT, 0},
    {"verteiler bitte? raus", WISH_OUT, 0},
    {"abmeldung|abbestellung vom|von|des newsletter|newsletters|verteiler", WISH_OUT, 0},
    {"werbewiderspruch", WISH_OUT, 0},
    {"spam", WISH_OUT_MAYBE, 0},
    {"nicht mehr", WISH_OUT_MAYBE, 0},
    {"no|nope|nein|ne|nee", WISH_DECLINE_MAYBE, 0},
    {"no thanks|thank you?", WISH_DECLINE, 0},
    {NULL, WISH_OUT, 0},
};
static const char lone_fillers[] =
    "bitte|please|pls|plz|danke|thanks|thank|thx|sofort|now|immediately|asap|jetzt|hiermit|just|"
    "endlich|einfach|umgehend|mich|vielen|dank|you|and|und|already|today";
static const char greetings[] =
    "hallo|hi|hello|dear|guten|good|sehr|moin|liebe|lieber|hey|servus|gruss|gruezi|greetings|to";
static const char closings[] =
    "mit|mfg|vg|lg|bg|viele|beste|best|bester|freundliche|freundlichen|herzliche|gruss|grusse|"
    "danke|vielen|thanks|thank|regards|kind|kindly|cheers|sincerely|yours|sent|gesendet|von|from|"
    "br";
/* A greeting's words, and a name's. */
#define GREETING_WORDS_MAX 6u
#define NAME_WORDS_MAX 3u
#define LONE_WORDS_MAX 9u

/* Where the sentence or line that begins at `from` ends. */
static size_t unit_end(const struct mail_words *words, size_t from)
{
    size_t to = from + 1;
    while (to < words->count && words->items[to].sentence == words->items[from].sentence &&
           words->items[to].line == words->items[from].line) {
        to++;
    }
    return to;
}

/* Whether [from, to) is the row and fillers, nothing else. */
static bool is_nothing_but(const struct mail_words *words, size_t from, size_t to,
                           const char *phrase)
{
    size_t end = 0;
    while (from < to && !mail_phrase_at(words, from, phrase, &end)) {
        if (!mail_phrase_at(words, from, lone_fillers, NULL)) {
            return false;
        }
        from++;
    }
    while (from < to && end < to && mail_phrase_at(words, end, lone_fillers, NULL)) {
        end++;
    }
    return from < to && end == to;
}

static const struct wish_row *find_lone(const struct mail_words *words, size_t from, size_t to)
{
    if (to - from > LONE_WORDS_MAX) {
        return NULL;
    }
    for (const struct wish_row *row = lone_rows; row->phrase != NULL; row++) {
        if (is_nothing_but(words, from, to, row->phrase)) {
            return row;
        }
    }
    return NULL;
}

static enum fs_answer clear_or_not(enum wish_kind kind)
{
    return kind == WISH_OUT || kind == WISH_DECLINE ? FS_ANSWER_YES : FS_ANSWER_UNCLEAR;
}

/* "Stop" alone is an opt-out; "Stop! I have one more question" is not. */
static void find_lone_word(const struct mail_words *words, struct mail_wish *wish)
{
    size_t from = 0;
    size_t to = unit_end(words, 0);
    if (to < words->count && to <= GREETING_WORDS_MAX &&
        mail_phrase_at(words, 0, greetings, NULL)) {
        from = to;
        to = unit_end(words, from);
    }
    const struct wish_row *row = find_lone(words, from, to);
    bool is_question = row != NULL && words->items[to - 1].after == '?';
    if (row == NULL || is_question) {
        return;
    }
    bool is_all = words->count - to <= NAME_WORDS_MAX || mail_phrase_at(words, to, closings, NULL);
    if (is_all) {
        add(wish, row->kind, clear_or_not(row->kind));
    } else if (row->kind == WISH_OUT && strncmp(row->phrase, "stop", 4) != 0) {
        add(wish, row->kind, FS_ANSWER_UNCLEAR);
    }
}

/* ---- contract ---- */

void mail_wish_find(const struct mail_words *own, struct mail_wish *out)
{
    *out = (struct mail_wish){FS_ANSWER_NO, FS_ANSWER_NO, NULL};
    if (own->count == 0) {
        return;
    }
    struct row_index index;
    size_t matches = 0;
    index_rows(&index, own);
    find_lone_word(own, out);
    for (size_t at = 0; at < own->count && matches < WISH_MATCHES_MAX; at++) {
        find_at(&index, own, at, out, &matches);
    }
}

void mail_wish_find_subject(const struct mail_words *subject, struct mail_wish *out)
{
    size_t from = 0;
    *out = (struct mail_wish){FS_ANSWER_NO, FS_ANSWER_NO, NULL};
    while (from < subject->count && subject->items[from].after == ':' &&
           mail_phrase_at(subject, from, "re|aw|antw|antwort|fw|fwd|wg", NULL)) {
        from++;
    }
    const struct wish_row *row =
        from < subject->count ? find_lone(subject, from, subject->count) : NULL;
    if (row != NULL && row->kind == WISH_OUT && subject->items[subject->count - 1].after != '?') {
        out->opt_out = FS_ANSWER_YES;
        out->rule = "subject.opt-out";
    }
}
