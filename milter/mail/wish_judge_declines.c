/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_judge_declines.c - what the words around a decline make of it.
 *
 * Decides: whether "no interest" is the writer's, of the whole, and for good. Must not know:
 * the rows' phrases.
 */
#include "mail_wish_place.h"

/* Words after a decline in which "perhaps next year" belongs to it. */
#define WISH_LATER_WORDS 20u

static const char *const not_now[] = {
    "noch|gerade|jetzt nicht|kein|keine|keinen|keinerlei|yet",
    "right|just now",
    "yet|presently|heuer",
    "spater|later",
    "vielleicht|eventuell|evtl|gegebenenfalls|ggf|maybe|perhaps|possibly",
    "nachstes|kommendes|nachsten|kommenden|next "
    "jahr|quartal|monat|halbjahr|year|quarter|spring|month",
    "q1|q2|q3|q4",
    "wieder|nochmal|nochmals|erneut melden",
    "melden|meld|check|circle|reach|touch|fragen ... wieder|erneut|back|again|base|nach",
    NULL,
};
static const char *const contrasts[] = {
    "aber|jedoch|allerdings|sondern|dafur|but|however|though|although|daran|nur|only|except|ausser|"
    "solange|unless|until|rather|lieber|stattdessen|instead|let's|start",
    NULL,
};
/* What follows a "but" that takes nothing back. */
static const char *const farewells[] = {
    "aber|but|however|jedoch ... "
    "danke|trotzdem|alles|viel|erfolg|thank|thanks|good|best|wish|wunsche|"
    "wunschen|appreciate|luck|keep|dennoch|nett",
    NULL,
};
static const char *const doubts[] = {
    "nicht|not dass|weil|that|because|so",
    "nicht|not so|heissen|bedeuten|like dass|that|we|i",
    "nie|nicht|never|not|haven't|kann|konnen ... gesagt|behauptet|said|say dass|that|we|i",
    "mangelnd*|fehlend*",
    NULL,
};
/* "I assume that there is no interest on your side." */
static const char *const other_side[] = {
    "ihrerseits|eurerseits|deinerseits",
    "bei ihnen|euch|dir",
    "on|from your side|part|end",
    "von|seitens ihrer|eurer|deiner seite?",
    NULL,
};
/* "No interest in a webinar, but a demo would be great": it is wanted, in another form. */
static const char *const wants_other[] = {
    "would|might|could be great|nice|good|interesting|perfect|better|helpful|of",
    "ware|waren interessant|toll|gut|besser|super|schon|hilfreich|spannend|prima",
    "what|how|was|wie does|do|much|kostet|viel|teuer",
    "aber|doch|jetzt|nun|inzwischen|mittlerweile jetzt|nun|inzwischen|mittlerweile|aber "
    "schon|doch|sehr|wieder",
    "but now|we|i we|i|do do?",
    NULL,
};
/* "Not interested in discounts, I want a demo." */
static const char *const wants_some[] = {
    "i|we want|need|prefer",
    "i'd|we'd like|love|prefer",
    "ich|wir will|wollen|brauche|brauchen|suche|suchen",
    "hatte|hatten ich|wir? gern|gerne",
    NULL,
};
static const char *const relatives[] = {"die|den|das|der|which|that", NULL};
/* What one may not want without declining the whole, and how the rest is asked for. */
static const char *const parts[] = {
    "an|fur|auf|von|in|for|a|der|die der? einer? eine? "
    "vorfuhrung|demo|prasentation|testphase|testzugang|schulung|newsletter|webinar|telefonat|"
    "anruf|messe|trial|call|demonstration|termin",
    NULL,
};
static const char *const wants_rest[] = {
    "brauche|brauchen|benotige|benotigen|interessiert|interessieren|schicken|senden|mailen|"
    "need|want|send|interested|price|preis|quote|angebot",
    NULL,
};
/* "No, thanks to your help it works", "no interest in that it fails". */
static const char *const thanks_for_help[] = {"to|der", "for asking", "daran dass", NULL};
static const char *const denials[] = {"nie|nicht|never|not ... gesagt|behauptet|said|say", NULL};
static const char *const asked_back[] = {
    "sie|you|du|ihr|euch|ihrerseits|ihnen|warum|wieso|weshalb|why",
    NULL,
};

enum fs_answer wish_judge_decline(const struct wish_row *row, const struct wish_place *place)
{
    enum fs_answer answer = row->kind == WISH_DECLINE ? FS_ANSWER_YES : FS_ANSWER_UNCLEAR;
    size_t count = place->words->count;
    size_t condition = 0;
    if (wish_has_condition(place, &condition) || wish_is_footer(place) ||
        wish_stands_in(place, place->end, place->end + 1, thanks_for_help)) {
        return FS_ANSWER_NO;
    }
    if (wish_stands_in(place, place->end, place->sentence_to, denials) ||
        wish_stands_in(place, place->sentence_from, place->at, doubts)) {
        return FS_ANSWER_NO;
    }
    if ((row->flags & WISH_TIME) != 0 && wish_in_clause(place, wish_meeting_times)) {
        return FS_ANSWER_NO;
    }
    if (((row->flags & WISH_COMMAND) != 0 && wish_has_subject(place)) ||
        wish_in_clause(place, other_side)) {
        return FS_ANSWER_NO;
    }
    size_t clause = place->clause_from;
    if (row->kind == WISH_DECLINE_MAYBE && clause > place->sentence_from &&
        wish_stands_in(place, clause, clause + 1, relatives)) {
        return FS_ANSWER_NO; /* "the training, which we don't need" */
    }
    if (wish_stands_in(place, place->end, place->sentence_to, wants_other)) {
        return FS_ANSWER_NO;
    }
    if (place->is_question) {
        /* "Kein Interesse?": nobody asks that of himself */
        if (place->at == place->sentence_from) {
            return FS_ANSWER_NO;
        }
        return wish_stands_in(place, place->clause_from, place->at, asked_back) ? FS_ANSWER_NO
                                                                                : FS_ANSWER_UNCLEAR;
    }
    size_t near = place->end + WISH_LATER_WORDS < count ? place->end + WISH_LATER_WORDS : count;
    if (wish_in_clause(place, parts)) {
        return wish_stands_in(place, place->end, near, wants_rest) ? FS_ANSWER_NO
                                                                   : FS_ANSWER_UNCLEAR;
    }
    if (wish_stands_in(place, place->sentence_from, near, not_now) ||
        wish_in_sentence(place, wish_for_a_while)) {
        return FS_ANSWER_UNCLEAR;
    }
    if (wish_stands_in(place, place->end, place->sentence_to, wants_some)) {
        return FS_ANSWER_UNCLEAR;
    }
    if (wish_stands_in(place, place->end, place->sentence_to, contrasts) &&
        !wish_stands_in(place, place->end, place->sentence_to, farewells)) {
        return FS_ANSWER_UNCLEAR;
    }
    return answer;
}
