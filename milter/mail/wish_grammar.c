/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_grammar.c - opt-outs by the kinds of words that stand together in a clause.
 *
 * Decides: which kinds together ask for no more mail, in whatever order and words: somebody
 * wants + not + more + to write. It is asked only where no row finds a clear opt-out. Must
 * not know: single words (wish_lexicon.c), nor what the surroundings do (wish_judge.c).
 */
#include "mail_wish_grammar.h"

/* Longer clauses say too many things at once. */
#define CLAUSE_WORDS_MAX 16u

struct grammar {
    unsigned clause;     /* all of these in the clause */
    unsigned clause_one; /* and one of these */
    unsigned sentence;   /* one of these in its sentence */
    unsigned without;    /* none of these in the clause */
    unsigned flags;      /* of enum wish_flag, for the judge */
};

static const struct grammar grammars[] = {
    /* I want no more mails; never write to me again */
    {NEG | MORE, CONTACT | WRITE, WANT, BLOCK, WISH_FACT},
    /* We don't want to get these mails */
    {NEG | CONTACT | GET | WANT, CONTACT, WANT, BLOCK, WISH_FACT},
    /* Please refrain from mailing */
    {STOP, CONTACT | WRITE, WANT, BLOCK | NEG, 0},
    /* Please drop us from your list */
    {OFF | LIST | ME, OFF, WANT, BLOCK | NEG, WISH_COMMAND},
    {OFF | LIST | WANT, OFF, WANT, BLOCK | NEG, WISH_COMMAND},
    {TAKE | FROM | LIST | YOU, LIST, ~0u, BLOCK | NEG | INTO, WISH_COMMAND},
    /* Delete my address; bitte Kontakt löschen */
    {OFF | DATA | ME | WANT, OFF, WANT, BLOCK | NEG | INTO, WISH_COMMAND},
    {OFF | DATA | WANT, OFF, WANT, BLOCK | NEG | INTO | FROM | GET, WISH_COMMAND},
    /* What must I do for you to stop writing to me? */
    {STOP | ME | YOU, WRITE, ~0u, BLOCK | NEG, WISH_COMMAND},
    /* Your mails are unwelcome */
    {UNWANTED | YOU, CONTACT | WRITE, YOU, BLOCK | NEG, 0},
};
#define GRAMMARS (sizeof grammars / sizeof grammars[0])

/* Each grammar has one of them. */
#define KEY (NEG | STOP | OFF | TAKE | UNWANTED)
/* A sentence's words that are looked at. */
#define SENTENCE_WORDS_MAX 40u

static bool ends_clause(const struct mail_word *word)
{
    return word->after == ',' || word->after == ';' || word->after == ':';
}

static bool holds(const struct grammar *grammar, unsigned clause, unsigned sentence)
{
    return (clause & grammar->clause) == grammar->clause && (clause & grammar->clause_one) != 0 &&
           (sentence & grammar->sentence) != 0 && (clause & grammar->without) == 0;
}

/* at: the word of the clause that does it, the rest of it is what stands before. */
static enum fs_answer judge_clause(const struct mail_words *words, size_t at, size_t to,
                                   unsigned clause, unsigned sentence)
{
    enum fs_answer best = FS_ANSWER_NO;
    for (size_t i = 0; i < GRAMMARS && best != FS_ANSWER_YES; i++) {
        if (!holds(&grammars[i], clause, sentence)) {
            continue;
        }
        const struct wish_row row = {"", WISH_OUT, grammars[i].flags};
        struct wish_place place = wish_place_of(words, at, to);
        enum fs_answer answer = wish_judge(&row, &place);
        best = answer != FS_ANSWER_NO ? answer : best;
    }
    return best;
}

/* The sentence [from, to). */
static enum fs_answer read_sentence(const struct mail_words *words, size_t from, size_t to)
{
    unsigned kinds[SENTENCE_WORDS_MAX];
    unsigned sentence = 0;
    enum fs_answer best = FS_ANSWER_NO;
    to = to - from > SENTENCE_WORDS_MAX ? from + SENTENCE_WORDS_MAX : to;
    for (size_t i = from; i < to; i++) {
        kinds[i - from] = wish_kinds_of(words->items[i].text);
        sentence |= kinds[i - from];
    }
    if ((sentence & KEY) == 0) {
        return FS_ANSWER_NO;
    }
    size_t start = from;
    size_t key = to;
    unsigned clause = 0;
    for (size_t i = from; i < to && best != FS_ANSWER_YES; i++) {
        clause |= kinds[i - from];
        key = key == to && (kinds[i - from] & KEY) != 0 ? i : key;
        if (!ends_clause(&words->items[i]) && i + 1 < to) {
            continue;
        }
        enum fs_answer answer = key < to && i + 1 - start <= CLAUSE_WORDS_MAX
                                    ? judge_clause(words, key, i + 1, clause, sentence)
                                    : FS_ANSWER_NO;
        best = answer != FS_ANSWER_NO ? answer : best;
        start = i + 1;
        key = to;
        clause = 0;
    }
    return best;
}

enum fs_answer wish_by_grammar(const struct mail_words *words, const bool *gated)
{
    enum fs_answer best = FS_ANSWER_NO;
    for (size_t from = 0; from < words->count && best != FS_ANSWER_YES;) {
        size_t to = from + 1;
        while (to < words->count && words->items[to].sentence == words->items[from].sentence) {
            to++;
        }
        enum fs_answer answer = gated[from] ? read_sentence(words, from, to) : FS_ANSWER_NO;
        best = answer != FS_ANSWER_NO ? answer : best;
        from = to;
    }
    return best;
}
