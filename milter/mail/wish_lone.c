/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_lone.c - opt-outs that are a word or two and nothing else, in a text or a subject.
 *
 * Decides: what is left of a mail whose only word is "Stop", and when a subject speaks for
 * its writer: "Re: unsubscribe" may be an answer to us. Must not know: what a sentence with
 * more words in it means (wish.c).
 */
#include <string.h>

#include "mail_wish.h"
#include "mail_wish_rows.h"

/* All that a sentence or line says, fillers aside. WISH_ALONE: clear among other sentences,
 * too; WISH_EVENT: an "Abmeldung" behind somebody's subject may be the seminar's. */
static const struct wish_row lone_rows[] = {
    {"unsubscribe|unsubscribed me|us|now|this|it?", WISH_OUT, WISH_ALONE},
    {"unsubscribing", WISH_OUT, WISH_ALONE},
    {"unsubscribe me|us? from|this|the|your|all? list|emails|newsletter|mailing|mails?", WISH_OUT,
     WISH_ALONE},
    {"unsubscribe my|this? email|mail|address", WISH_OUT, WISH_ALONE},
    {"stop|stopp|stopt stop|stopp? stop|stopp?", WISH_OUT, 0},
    {"stop it|this|that|these", WISH_OUT, 0},
    {"nie wieder", WISH_OUT_MAYBE, 0},
    {"do not contact|email|mail|solicit", WISH_OUT, WISH_ALONE},
    {"cease|desist and? desist?", WISH_OUT, 0},
    {"remove|delete me|us", WISH_OUT, WISH_ALONE},
    {"remove|delete my?", WISH_OUT, 0},
    {"remove|take|get|delete me|us|this|my off|from|address|email? the|your|list|this? list?",
     WISH_OUT, WISH_ALONE},
    {"remove from list|mailing|database|distribution list?", WISH_OUT, WISH_ALONE},
    {"opt me|us? out", WISH_OUT, WISH_ALONE},
    {"opting out", WISH_OUT, WISH_ALONE},
    {"optout|signoff", WISH_OUT, WISH_ALONE},
    {"list unsubscribe", WISH_OUT, 0},
    {"no more mails|emails|email|mail|spam", WISH_OUT, WISH_ALONE},
    {"austragen|austragung|abbestellen|abbestellung", WISH_OUT, WISH_ALONE},
    {"abmelden|abmeldung", WISH_OUT, WISH_EVENT},
    {"loschen|rausnehmen|sperren", WISH_OUT, 0},
    {"mich|uns|adresse|mailadresse|email|daten austragen|loschen|entfernen|rausnehmen|sperren",
     WISH_OUT, WISH_ALONE},
    {"mich|uns abmelden", WISH_OUT, WISH_EVENT},
    {"newsletter abbestellen|abmelden|kundigen|abbestellung|abmeldung", WISH_OUT, WISH_ALONE},
    {"newsletterabmeldung", WISH_OUT, WISH_ALONE},
    {"abmeldung|abmelden|abbestellung newsletter|verteiler|mailing|mails", WISH_OUT, WISH_ALONE},
    {"raus aus|mit dem|der|mir? verteiler|liste?", WISH_OUT, WISH_ALONE},
    {"verteiler bitte? raus", WISH_OUT, WISH_ALONE},
    {"abmeldung|abbestellung vom|von|des newsletter|newsletters|verteiler", WISH_OUT, WISH_ALONE},
    {"werbewiderspruch|widerspruch", WISH_OUT, 0},
    {"aufhoren|schluss|unterlassen damit|das|jetzt?", WISH_OUT, 0},
    {"keine mails|mail|emails|werbung|newsletter mehr", WISH_OUT, WISH_ALONE},
    {"spam", WISH_OUT_MAYBE, 0},
    {"nicht mehr", WISH_OUT_MAYBE, 0},
    {"no|nope|nein|ne|nee", WISH_DECLINE_MAYBE, 0},
    {"no thanks|thank you?", WISH_DECLINE, 0},
    {NULL, WISH_OUT, 0},
};
static const char lone_fillers[] =
    "bitte|please|pls|plz|danke|thanks|thank|thx|sofort|now|immediately|asap|jetzt|hiermit|just|"
    "endlich|einfach|umgehend|mich|mit|sofortiger|wirkung|vielen|dank|you|and|mich|sehr|the|right|"
    "now|ok|hallo|hi|und|"
    "already|today";
static const char greetings[] =
    "hallo|hi|hello|dear|guten|good|sehr|moin|liebe|lieber|hey|servus|gruss|gruezi|greetings|to";
static const char closings[] =
    "mit|mfg|vg|lg|bg|viele|beste|best|bester|freundliche|freundlichen|herzliche|gruss|grusse|"
    "danke|vielen|thanks|thank|regards|kind|kindly|cheers|sincerely|yours|sent|gesendet|von|from|"
    "br";
static const char footer_asks[] =
    "don't|no|not|longer|want|kein|keine|interesse|interest|interested|genug|tired|enough";
/* A greeting's words, and a name's. */
#define GREETING_WORDS_MAX 6u
#define NAME_WORDS_MAX 3u
#define LONE_WORDS_MAX 9u
/* In a longer text a line that is one word may be a button's or a footer's. */
#define SHORT_TEXT_WORDS 40u
/* Own text that is hardly any. */
#define NO_TEXT_WORDS 2u
#define LITTLE_TEXT_WORDS 6u
#define PROGRAM_WORDS 14u

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

/* A sentence or line, and which of its words are fillers: found out where it matters. */
struct unit {
    const struct mail_words *words;
    size_t from;
    size_t to;
    enum { UNKNOWN, FILLER, OTHER } kinds[LONE_WORDS_MAX];
};

/* to - from is at most LONE_WORDS_MAX. */
static struct unit unit_of(const struct mail_words *words, size_t from, size_t to)
{
    return (struct unit){.words = words, .from = from, .to = to};
}

static bool is_filler(struct unit *unit, size_t at)
{
    if (unit->kinds[at - unit->from] == UNKNOWN) {
        bool is_found = mail_phrase_at(unit->words, at, lone_fillers, NULL);
        unit->kinds[at - unit->from] = is_found ? FILLER : OTHER;
    }
    return unit->kinds[at - unit->from] == FILLER;
}

/* Whether the unit is the row and fillers, nothing else. */
static bool is_nothing_but(struct unit *unit, const char *phrase)
{
    size_t end = 0;
    size_t at = unit->from;
    while (at < unit->to && !mail_phrase_at(unit->words, at, phrase, &end)) {
        if (!is_filler(unit, at)) {
            return false;
        }
        at++;
    }
    while (at < unit->to && end < unit->to && is_filler(unit, end)) {
        end++;
    }
    return at < unit->to && end == unit->to;
}

static const struct wish_row *find_lone(const struct mail_words *words, size_t from, size_t to)
{
    if (to - from > LONE_WORDS_MAX) {
        return NULL;
    }
    struct unit unit = unit_of(words, from, to);
    for (const struct wish_row *row = lone_rows; row->phrase != NULL; row++) {
        if (is_nothing_but(&unit, row->phrase)) {
            return row;
        }
    }
    return NULL;
}

static bool is_asked(const struct mail_words *words, size_t to)
{
    return words->items[to - 1].after == '?';
}

/* The first sentence or line, a greeting aside. */
static void first_unit(const struct mail_words *words, size_t *from, size_t *to)
{
    *from = 0;
    *to = unit_end(words, 0);
    if (*to < words->count && *to <= GREETING_WORDS_MAX &&
        mail_phrase_at(words, 0, greetings, NULL)) {
        *from = *to;
        *to = unit_end(words, *from);
    }
}

/* A sentence of a short text, told as one, and no answer to "Don't want these mails?". */
static bool is_sentence_alone(const struct mail_words *words, const struct wish_row *row,
                              size_t from, size_t to)
{
    char sign = words->items[to - 1].after;
    return (row->flags & WISH_ALONE) != 0 && words->count <= SHORT_TEXT_WORDS &&
           (sign == '.' || sign == '!') &&
           (from == 0 || !is_asked(words, from) ||
            !mail_phrase_find(words, from > LONE_WORDS_MAX ? from - LONE_WORDS_MAX : 0, from,
                              footer_asks, NULL, NULL));
}

/* "Stop" alone is an opt-out; "Stop! I have one more question" is not. */
bool wish_lone_in_text(const struct mail_words *words, enum wish_kind *kind)
{
    size_t from = 0;
    size_t to = 0;
    first_unit(words, &from, &to);
    const struct wish_row *row = find_lone(words, from, to);
    if (row != NULL && !is_asked(words, to)) {
        bool is_all =
            words->count - to <= NAME_WORDS_MAX || mail_phrase_at(words, to, closings, NULL);
        bool is_stop = strncmp(row->phrase, "stop", 4) == 0;
        char sign = words->items[to - 1].after;
        bool begs = is_stop && (sign == '.' || sign == '!') && words->count <= SHORT_TEXT_WORDS &&
                    mail_phrase_find(words, from, to, "bitte|please", NULL, NULL);
        *kind =
            is_all || begs || is_sentence_alone(words, row, from, to) ? row->kind : WISH_OUT_MAYBE;
        return *kind == row->kind || (row->kind == WISH_OUT && !is_stop);
    }
    while (to < words->count && words->count <= SHORT_TEXT_WORDS) {
        from = to;
        to = unit_end(words, from);
        row = find_lone(words, from, to);
        if (row != NULL && !is_asked(words, to) && is_sentence_alone(words, row, from, to)) {
            *kind = row->kind;
            return true;
        }
    }
    return false;
}

/* "You spam a hospital. Stop it!" */
bool wish_ends_in_stop(const struct mail_words *words)
{
    static const char *const stops[] = {
        "stop it|this|that|now?",
        "remove|delete|forget|lose it|me|us|this",
        "nie wieder",
        "aufhoren damit?",
        "lassen sie|das das|bleiben?",
        "einstellen|unterlassen das?",
        "never again",
        "enough is? enough?",
        "loschen|austragen|abmelden",
        "loschen|loscht sie|ihr|es sie|es|das|diese bitte?",
        "horen|hort sie|ihr? auf damit?",
        NULL,
    };
    for (size_t from = 0, to = 0; from < words->count && words->count <= SHORT_TEXT_WORDS;
         from = to) {
        to = unit_end(words, from);
        if (to - from > LONE_WORDS_MAX || is_asked(words, to)) {
            continue;
        }
        struct unit unit = unit_of(words, from, to);
        for (size_t i = 0; stops[i] != NULL; i++) {
            if (is_nothing_but(&unit, stops[i])) {
                return true;
            }
        }
    }
    return false;
}

/* ---- subjects ---- */

/* Whether a space, or a space and a sign, stands before the word. */
static bool has_before(const struct mail_words *words, size_t at, bool *has_sign)
{
    const struct mail_word *last = &words->items[at - 1];
    bool has_space = false;
    for (const char *sign = last->source + last->source_b; sign < words->items[at].source; sign++) {
        has_space = has_space || *sign == ' ';
        *has_sign = *has_sign || *sign != ' ';
    }
    return has_space;
}

/* "unsubscribe t8-44f0c1", "unsubscribe list-name": one run without a space. */
static bool is_one_click(const struct mail_words *subject)
{
    if (subject->count < 2 || is_asked(subject, subject->count) ||
        !mail_phrase_at(subject, 0, "unsubscribe|signoff|optout", NULL)) {
        return false;
    }
    for (size_t i = 2; i < subject->count; i++) {
        bool has_sign = false;
        if (has_before(subject, i, &has_sign)) {
            return false;
        }
    }
    return true;
}

/* "Your offer - please unsubscribe": what somebody put behind a subject. */
static enum fs_answer read_appended(const struct mail_words *subject, size_t from)
{
    for (size_t at = from + 1; at < subject->count; at++) {
        bool has_sign = false;
        if (!has_before(subject, at, &has_sign) || !has_sign) {
            continue;
        }
        const struct wish_row *row = find_lone(subject, at, subject->count);
        if (row != NULL && row->kind == WISH_OUT && !is_asked(subject, subject->count)) {
            bool begs = mail_phrase_find(subject, at, subject->count, "bitte|please", NULL, NULL);
            return begs || (row->flags & WISH_ALONE) != 0 ? FS_ANSWER_YES : FS_ANSWER_UNCLEAR;
        }
    }
    return FS_ANSWER_NO;
}

/* What mail programs put into the body for the one who clicks. */
static bool is_of_program(const struct mail_words *own)
{
    return own->count <= PROGRAM_WORDS &&
           mail_phrase_at(own, 0, "this message|email|mail was|is automatically", NULL);
}

static enum fs_answer read_subject(const struct mail_words *subject, const struct mail_words *own)
{
    size_t own_words = is_of_program(own) ? 0 : own->count;
    size_t from = 0;
    while (from < subject->count && subject->items[from].after == ':' &&
           mail_phrase_at(subject, from, "re|aw|antw|antwort|fw|fwd|wg", NULL)) {
        from++;
    }
    const struct wish_row *row =
        from < subject->count ? find_lone(subject, from, subject->count) : NULL;
    if (row != NULL && row->kind == WISH_OUT && !is_asked(subject, subject->count)) {
        if (from == 0 || own_words <= NO_TEXT_WORDS) {
            return FS_ANSWER_YES;
        }
        return own_words <= LITTLE_TEXT_WORDS ? FS_ANSWER_UNCLEAR : FS_ANSWER_NO;
    }
    if (own_words > NO_TEXT_WORDS) {
        return FS_ANSWER_NO;
    }
    return is_one_click(subject) ? FS_ANSWER_YES : read_appended(subject, from);
}

enum fs_status mail_wish_find_subject(struct fs_arena *arena, const struct mail_words *subject,
                                      const struct mail_words *own, struct mail_wish *out)
{
    struct mail_words words;
    *out = (struct mail_wish){FS_ANSWER_NO, FS_ANSWER_NO, NULL};
    if (subject->count == 0) {
        return FS_OK;
    }
    if (wish_spell(arena, subject, &words) != FS_OK) {
        return FS_NOMEM;
    }
    out->opt_out = read_subject(&words, own);
    if (out->opt_out == FS_ANSWER_NO && own->count <= NO_TEXT_WORDS) {
        /* a sentence there, where there is no other; a decline there may be our own hook */
        struct mail_wish sentence;
        if (mail_wish_find(arena, subject, &sentence) != FS_OK) {
            return FS_NOMEM;
        }
        bool is_clear = sentence.opt_out == FS_ANSWER_YES;
        out->opt_out = is_clear ? FS_ANSWER_YES : FS_ANSWER_NO;
    }
    if (out->opt_out != FS_ANSWER_NO) {
        bool is_yes = out->opt_out == FS_ANSWER_YES;
        out->rule = is_yes ? "subject.opt-out" : "subject.opt-out.unclear";
    }
    return FS_OK;
}
