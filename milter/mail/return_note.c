/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * return_note.c - whether a text is about an absence and about nothing else,
 * and whether the absence is still to come.
 *
 * Decides: what each sentence of it is about. A person who is away and writes all the same
 * has a reason to, and says it; a note tells the absence, and what is to be done meanwhile.
 * Must not know: the phrases, and who wrote.
 */
#include <glib.h>
#include <string.h>

#include "mail_return_text.h"

/* A name below the text: "Jana Vogt", "Ihr Team". */
#define SIGN_OFF_WORDS 4u
/* Words of an absence that are none of a note's: what it is about. */
#define TOPIC_WORDS_MAX 9u

enum sentence_kind {
    SENTENCE_OTHER,
    SENTENCE_COURTESY, /* greets, thanks, signs */
    SENTENCE_ABSENCE,
    SENTENCE_MEANWHILE, /* the return, the stand-in, when mail is read */
};

static bool is_courtesy(const struct return_text *text, struct return_span sentence)
{
    static const char *const phrases[] = {
        "danke|dank|thanks|thank|hallo|hello|hi|dear|liebe|lieber|guten|sehr|moin|servus|hey",
        "gruss|grusse|gruessen|grussen|regards|cheers|best|lg|vg|mfg",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++) {
        if (mail_phrase_at(text->words, sentence.from, phrases[i], NULL)) {
            return return_unknown_in(text, sentence) <= TOPIC_WORDS_MAX;
        }
    }
    if (sentence.to != text->words->count || sentence.to - sentence.from > SIGN_OFF_WORDS) {
        return false;
    }
    for (size_t at = sentence.from; at < sentence.to; at++) {
        if (!g_unichar_isupper(g_utf8_get_char(text->words->items[at].source))) {
            return false;
        }
    }
    return true;
}

static enum sentence_kind kind_of(const struct return_text *text, struct return_span sentence)
{
    unsigned kinds = return_cues_in(text, sentence);
    unsigned foreign = CUE_BIT(CUE_EVENT) | CUE_BIT(CUE_BLOCK) | CUE_BIT(CUE_LEFT);
    unsigned meanwhile =
        CUE_BIT(CUE_BACK) | CUE_BIT(CUE_ANSWER) | CUE_BIT(CUE_READ) | CUE_BIT(CUE_HERE);
    bool has_standin = (kinds & CUE_BIT(CUE_STANDIN)) != 0;
    bool is_asked = (kinds & CUE_BIT(CUE_ASK)) != 0 && !has_standin;
    if (return_is_question(text, sentence.from) || (kinds & foreign) != 0 || is_asked ||
        return_unknown_in(text, sentence) > TOPIC_WORDS_MAX) {
        return SENTENCE_OTHER;
    }
    if ((kinds & CUE_BIT(CUE_AWAY)) != 0) {
        return SENTENCE_ABSENCE;
    }
    if (has_standin || (kinds & meanwhile) != 0) {
        return SENTENCE_MEANWHILE;
    }
    return is_courtesy(text, sentence) ? SENTENCE_COURTESY : SENTENCE_OTHER;
}

static bool is_after(struct fs_date date, struct fs_date sent)
{
    return date.year != 0 && fs_date_to_days(date) > fs_date_to_days(sent);
}

/* "next week" where it is not "until next week". */
static bool is_filled(const struct mail_date_expr *date, const struct return_claim *claim)
{
    int64_t back = fs_date_to_days(claim->back);
    return date->kind == MAIL_DATE_SPAN && date->length_days == 0 && date->over.year != 0 &&
           back == fs_date_to_days(date->through) && back != fs_date_to_days(date->over);
}

/* Programs answer during an absence; "from Thursday on" people announce one. */
bool return_is_ahead(const struct return_text *text, const struct return_claim *claims,
                     struct fs_date sent)
{
    for (size_t i = 0; i < text->date_count && sent.year != 0; i++) {
        const struct mail_date_expr *date = &text->dates[i];
        const struct return_claim *claim = &claims[i];
        unsigned kinds = return_cues_in(text, return_clause_at(text, date->start));
        bool is_away = claim->role == ROLE_AWAY;
        if ((is_away && is_after(claim->begin, sent)) ||
            (is_away && is_after(date->on, sent) && is_filled(date, claim)) ||
            (claim->role == ROLE_NONE && is_after(date->on, sent) &&
             (kinds & CUE_BIT(CUE_AWAY)) != 0)) {
            return true;
        }
    }
    return false;
}

bool return_is_note(const struct return_text *text)
{
    size_t absences = 0;
    size_t meanwhile = 0;
    struct return_span sentence = {0, 0};
    for (size_t at = 0; at < text->words->count; at = sentence.to) {
        sentence = return_sentence_at(text, at);
        enum sentence_kind kind = kind_of(text, sentence);
        if (kind == SENTENCE_OTHER) {
            return false;
        }
        absences += kind == SENTENCE_ABSENCE;
        meanwhile += kind == SENTENCE_MEANWHILE;
    }
    return absences > 0 && meanwhile > 0;
}
