/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_judge.c - what the words around a row make of it.
 *
 * Decides: whether "no more mails" is said for good, for now, on one channel, about others,
 * by a footer ("if you want no more mails, click here") or not at all. Each table below is
 * one reason. Must not know: the rows' phrases.
 */
#include <string.h>

#include "mail_wish_place.h"

/* Words before a row in which a "not" counts. */
#define NEGATION_REACH_WORDS 4u

bool wish_stands_in(const struct wish_place *place, size_t from, size_t to,
                    const char *const *phrases)
{
    for (size_t i = 0; phrases[i] != NULL; i++) {
        if (mail_phrase_find(place->words, from, to, phrases[i], NULL, NULL)) {
            return true;
        }
    }
    return false;
}

bool wish_in_clause(const struct wish_place *place, const char *const *phrases)
{
    return wish_stands_in(place, place->clause_from, place->clause_to, phrases);
}

bool wish_in_sentence(const struct wish_place *place, const char *const *phrases)
{
    return wish_stands_in(place, place->sentence_from, place->sentence_to, phrases);
}

/* ---- footers ---- */

/* How footers go on. */
static const char *const footer[] = {
    "klicken|klicke|klick sie|du|ihr|bitte|hier|auf|unten",
    "click here|below|the|this|on|unsubscribe",
    "antworten|antworte|reply|respond sie|du|ihr|with bitte? mit|unsubscribe|stop|remove|abmelden",
    NULL,
};
static const char *const about_writer[] = {
    "mich|uns|mir|mein*|unser*|me|us|my|our|i|ich|wir|we",
    NULL,
};

/* ---- conditions: "if you want no more mails" ---- */

static const char *const conditions[] = {"wenn|falls|sofern|if|whenever", NULL};
/* These are conditions only where a clause begins. */
static const char *const leading_conditions[] = {
    "sollten|sollte|should|mochten|wollen|wunschen sie|ihr|you|du|jemand",
    "sollten|sollte|should ich|wir|i|we",
    "sie|you mochten|wollen|wunschen|want|prefer|wish",
    NULL,
};
/* "Don't want such mails? Unsubscribe." */
static const char *const footer_asks[] = {
    "don't|dont|no|not|tired|kein|keine want|longer|of|interested|lust|mails|newsletter",
    NULL,
};
static const char *const reader_is_asked[] = {
    "wenn|falls|sofern|if|should|sollten|whenever|mochten|wollen|wunschen "
    "sie|ihr|du|you|you'd|you're|you've|your|man|jemand",
    "sie|you mochten|wollen|wunschen|want|prefer|wish",
    NULL,
};
static const char *const reader_wishes[] = {
    "mochten|mochtest|wunschen|wollen|willst|want|wish|prefer|intend|decide",
    "would|you'd like|rather|prefer",
    NULL,
};
static const char *const polite[] = {
    "dankbar|verbunden|freuen|freue|froh|glucklich|schon|bitte|bitten|lieb|nett|begrussen|"
    "appreciate|grateful|great|"
    "nice|"
    "good|thankful|kind|please|obliged|toll|super|angebracht|helfen|wonder|wondering|best|ask",
    NULL,
};

/* Whether the row stands in a condition; *at is the word that makes it one. */
bool wish_has_condition(const struct wish_place *place, size_t *at)
{
    size_t from = place->clause_from;
    bool is_leading = wish_stands_in(place, from, from + 1, leading_conditions);
    while (!is_leading && from < place->at && !wish_stands_in(place, from, from + 1, conditions)) {
        from++;
    }
    *at = from;
    return is_leading || from < place->at;
}

/* "Vom Newsletter abmelden: https://...": a way out for readers, unless it speaks of me. */
static bool is_link_text(const struct wish_place *place)
{
    size_t behind = place->end;
    if (behind >= place->words->count || wish_in_clause(place, about_writer)) {
        return false;
    }
    const char *next = place->words->items[behind].text;
    return strcmp(next, "http") == 0 || strcmp(next, "https") == 0 || strcmp(next, "www") == 0;
}

bool wish_is_footer(const struct wish_place *place)
{
    size_t from = place->clause_from;
    if (is_link_text(place) || wish_in_sentence(place, footer) ||
        (place->is_question && wish_stands_in(place, from, from + 1, footer_asks))) {
        return true;
    }
    /* "If you want no more mails, please unsubscribe": not about the writer. */
    size_t first = place->sentence_from;
    return first < from && wish_stands_in(place, first, first + 1, reader_is_asked) &&
           wish_stands_in(place, first, from, reader_wishes) &&
           !wish_in_clause(place, about_writer);
}

static enum fs_answer judge_condition(const struct wish_place *place)
{
    size_t at = 0;
    if (!wish_has_condition(place, &at)) {
        return FS_ANSWER_YES;
    }
    if (wish_stands_in(place, at, at + 1, reader_is_asked) &&
        wish_stands_in(place, at, place->clause_to, reader_wishes)) {
        return FS_ANSWER_NO;
    }
    return wish_in_sentence(place, polite) ? FS_ANSWER_YES : FS_ANSWER_UNCLEAR;
}

/* ---- what cancels ---- */

static const char *const others[] = {
    "kunden|kundinnen|empfanger*|nutzer*|anwender*|abonnenten|interessenten|leads|user|users|"
    "customer|"
    "customers|recipient|recipients|subscribers|prospects|clients|people|leute|viele|many|they|"
    "vendor|vendors|supplier|suppliers|provider|competitor|competitors|agency|anbieter|"
    "lieferant*|dienstleister*",
    NULL,
};
static const char *const writer[] = {
    "ich|wir|bitte|mich|uns|mir|i|we|i'd|we'd|please|me|us|i'm|we're|i've|we've|i'll|we'll",
    NULL,
};
static const char *const asks_why[] = {"warum|wieso|weshalb|woran|why", NULL};
static const char *const asks_how[] = {"wie|wo|wohin|how|where", NULL};

/* What tells facts instead of wishes. */
static const char *const facts[] = {
    "habe|haben|hab|hatte|hatten|hat ... bekommen|erhalten|gesehen|gefunden|gekriegt|gelesen|"
    "empfangen|verschickt|geschickt|gesendet|versendet|geschrieben|vorliegen",
    "bekomme|bekommen|erhalte|erhalten|empfange|empfangen|kriege|kamen|kam|kommen|ankommen|ankamen|"
    "eingehen|eingingen|gibt|gab|liegen|lagen|finde|sehe|lese|gingen|erreichen|erreichten|"
    "funktionieren",
    "wir|ich versende*|verschick*|schick*|schreib*|sende*|bieten|machen|nutzen|verwenden",
    "versenden|verschicken|schicken|schreiben|senden|bieten|machen|nutzen|verwenden wir",
    "brauche|brauchen|benotige|benotigen|erforderlich",
    "were|was|are|is|there|got|received|haven't|have|havent|see|find|found|getting|seen|arrived|"
    "came|come|need|needed",
    "did|didn't|didnt|do not? get|receive|see|find|have",
    NULL,
};
static const char *const wishes[] = {
    "veranlass*|bitte|mochte|mochten|will|wollen|wunsche|wunschen|fordere|fordern|verlange|please|"
    "want|wish|"
    "asked|"
    "stop",
    "sorg*|stell* ... dafur|sicher",
    "make|ensure|see sure|that|to",
    NULL,
};
/* What wants something, for rows that may also be a mere statement. */
static const char *const asks[] = {
    "bitte|bitten|mochte|mochten|will|wollen|wunsche|wunschen|fordere|fordern|verlange|gebeten|"
    "please|"
    "ask|asked|rather|prefer|appreciate|told|request|demand|insist|grateful|expect|want|wish|would|"
    "nett|lieb|erwarte|erwarten|froh|dankbar|verbunden|verlangen|kindly|"
    "konnten|konnen|wurden|wurde|bat|bitter|konntet|konnt|kannst",
    "hort|hor|stell*|sorg* ... auf|ein|dafur|sicher",
    NULL,
};
static const char *const that[] = {"dass|damit|that|so", NULL};

static bool tells_fact(const struct wish_place *place)
{
    if (wish_in_clause(place, asks_why)) {
        return true;
    }
    if (!wish_in_clause(place, facts) || wish_in_clause(place, wishes)) {
        return false;
    }
    size_t condition = 0;
    if (wish_has_condition(place, &condition) && wish_in_sentence(place, polite)) {
        return false; /* "I'd be glad if I got no more" */
    }
    bool is_that = wish_stands_in(place, place->clause_from, place->clause_from + 1, that);
    return !(is_that && wish_in_sentence(place, wishes));
}

static const char *const subjects[] = {
    "i|we|they|he|she|it|who|ich|wir|er|customers|users|people|just|that",
    NULL,
};
static const char *const events[] = {
    "seminar*|webinar*|termin|termine|schulung*|workshop*|veranstaltung*|kurs|kurses|messe|"
    "konferenz*|"
    "treffen|meeting|meetings|invite|invitation|einladung|kalender*|attendee*|attendees|"
    "teilnehmer*|event|"
    "participants|guest|party|feier|lehrgang|training|agenda",
    NULL,
};
const char *const wish_meeting_times[] = {
    "termin*|uhr|montag*|dienstag*|mittwoch*|donnerstag*|freitag*|samstag*|sonntag*|datum|uhrzeit|"
    "vormittag*|nachmittag*|meeting|call|treffen|monday|tuesday|wednesday|thursday|friday|slot|"
    "morgen|ubermorgen|heute|verschieben|zeit|tag|today|tomorrow|time",
    NULL,
};

/* ---- what turns round ---- */

static const char *const negations[] = {
    "nicht|not|don't|dont|never|nie|kein|keine|keinen|didn't|didnt|doesn't|won't|wouldn't|cannot|"
    "can't|haven't|hasn't|no|without|ohne|niemals",
    NULL,
};
/* Negations of their own: "not interested stop mailing". */
static const char *const closed[] = {
    "not|no|kein|keine|nein|never interested|thanks|interesse|bedarf|danke",
    NULL,
};
static const char *const complains[] = {
    "still|yet|again|why|warum|wieso|noch|immer|trotz*|obwohl|mehrfach|already|schon|bereits|"
    "weiterhin",
    NULL,
};
static const char *const says_own_will[] = {
    "bitte|please|mochte|mochten|will|wollen|wollte|want|wanted|wish|like|ask|asked|need|let|meant|"
    "intend|intended|gebeten|keinesfalls|auf|did|never",
    NULL,
};

static const char *const dont[] = {"don't|dont|never", NULL};

static enum fs_answer judge_negation(const struct wish_place *place)
{
    size_t from = place->at > NEGATION_REACH_WORDS ? place->at - NEGATION_REACH_WORDS : 0;
    from = from < place->clause_from ? place->clause_from : from;
    if (!wish_stands_in(place, from, place->end, negations)) {
        return FS_ANSWER_YES;
    }
    /* "Don't stop, they are great", but not "if you don't stop" */
    size_t first = place->clause_from;
    first += first + 1 < place->at && wish_stands_in(place, first, first + 1, polite);
    if (first + 1 == place->at && wish_stands_in(place, first, place->at, dont)) {
        return FS_ANSWER_NO;
    }
    if (wish_in_sentence(place, complains) || wish_stands_in(place, from, place->at, closed)) {
        return FS_ANSWER_YES;
    }
    return wish_in_clause(place, says_own_will) ? FS_ANSWER_NO : FS_ANSWER_UNCLEAR;
}

/* ---- what makes unclear ---- */

const char *const wish_for_a_while[] = {
    "vorerst|derzeit|momentan|zurzeit|erstmal|vorlaufig|vorubergehend|einstweilen|aktuell|"
    "fursorglich",
    "zur zeit",
    "erst einmal|mal",
    "im moment|augenblick|urlaub|august|dezember",
    "furs erste",
    "fur den|das moment|erste",
    "diese|dieser woche|tage",
    "diesen|diesem|dieses|dieses monat|jahr|quartal|sommer|winter|halbjahr",
    "in|wahrend|innerhalb den|der nachsten|kommenden tagen|wochen|monaten|zeit|woche",
    "bis auf weiteres|widerruf",
    "bis zum|ende|anfang|mitte|nachste*|#|januar|februar|marz|april|mai|juni|juli|august|september|"
    "oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|ich|wir|sich|herbst|"
    "ostern|weihnachten|sommer",
    "nicht|keine|kein vor",
    "am wochenende",
    "for the|a moment|time|while|bit|next|rest",
    "for # week|weeks|month|months|days",
    "for now|today",
    "currently|temporarily",
    "at the|this moment|time|point",
    "until|till|unless|except|ausser|solange|before|bevor",
    "this|next week|month|quarter|year|summer|spring|fall|winter",
    "on|over weekends|the weekend|holidays|weekends|summer?",
    "jetzt|heute kein|keine|nicht",
    "vorher|zwischenzeitlich|inzwischen",
    "vor|ab|nach|bis "
    "januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|"
    "montag|dienstag|mittwoch|donnerstag|freitag|weihnachten|ostern|messe",
    "bis dahin",
    "until then",
    "kein|keine ... heute|morgen",
    NULL,
};
static const char *const goes_on_with_condition[] = {
    "bis|until|till|solange|unless|ausser|except|before|bevor",
    "sondern|stattdessen|instead|lieber",
    "rufen|ruf sie|mich|lieber|gern*",
    "call|phone me|us|instead",
    "we'll|i'll contact|call|reach|email you",
    "we|i will|shall contact|call|reach|email you",
    "wir melden|kommen uns|auf schon|dann|bei|sie ihnen|bedarf|zu?",
    "ich melde|komme mich|auf schon|dann|bei|sie ihnen|bedarf|zu?",
    NULL,
};
static const char *const not_a_while[] = {"bis|until heute|jetzt|dato|dahin|dann|now|today", NULL};
static const char *const other_channel[] = {
    "sondern|stattdessen|statt|anstatt|instead|telefonisch|telefonischen|linkedin|whatsapp|sms|"
    "postalisch|phone|telephone|anrufe|private|privaten|privat|geschaftlich|geschaftliche|"
    "dienstlich|dienstliche",
    "lieber per|telefonisch|anrufen|am|auf|uber|rufen",
    "rufen|ruf sie|mich|doch|bitte|lieber|gern*",
    "per|am|ubers|uber|via|by|on telefon|phone|handy|post|fax|brief|whatsapp|linkedin|the phone?",
    "call me|us instead|rather|please?",
    NULL,
};
static const char *const no_channel[] = {"weder|neither ... noch|nor", NULL};
static const char *const old_things[] = {
    "alte|alten|alter|falsche|falschen|zweite|zweiten|doppelte|doppelten|veraltete|veralteten|"
    "vorherige|vorherigen|bisherige|bisherigen|letzte|letzten|"
    "old|previous|second|wrong|duplicate|outdated|former|last|earlier",
    NULL,
};
static const char *const copies[] = {"cc|bcc|thread|chain|loop|kopie|mailverlauf|konversation",
                                     NULL};
static const char *const new_address[] = {
    "neue|neuen|neuer|andere|anderen|new|other "
    "adresse|mailadresse|address|email|lautet|mail|ist|is",
    NULL,
};
/* The writer's own list is no concern of ours. */
static const char *const own_list[] = {
    "aus|von|from|off unserem|unserer|unseren|meinem|meiner|our|my|their",
    "out of our|my|their",
    NULL,
};
/* "Don't hesitate to contact me." */
static const char *const harmless[] = {
    "hesitate|fail|worry|afraid|zogern|scheuen|scheu",
    "don't|dont|not|never|nicht forget|vergessen|mind",
    "forget|vergessen to|zu",
    "werbung|newsletter|mails machen|schalten|buchen|betreiben",
    "unsubscribe from your|the campaigns|templates",
    "unsubscribe|opt|cancel ... plan|trial|premium|tier|service|feature|beta|support",
    "aus|by versehen|mistake|accident",
    "do|can|could people|users|customers|recipients|subscribers|clients",
    "my|our|mein|meinen test|trial|testzugang|testkonto|demo",
    "list of open|questions|things|items|requirements|tasks|topics|vendors|suppliers|issues",
    "mails|mail|emails mit|with anhang|anhangen|attachment|attachments",

    "stop|quit reading|checking|using|getting|working|responding|answering|monitoring",
    "widerspreche|widersprechen ihnen|dir|euch|sich|ungern",
    "not|don't sure|able|know",
    NULL,
};
static const char *const third_person[] = {"herrn|frau|kollegen|kollegin|mr|ms|mrs", NULL};
static const char *const in_vain[] = {"mussen|brauchen ... nicht|keine|nichts", "need not", NULL};

static bool softens(const struct wish_place *place)
{
    size_t from = place->clause_from;
    size_t to = place->clause_to;
    if (wish_stands_in(place, from, to, wish_for_a_while) &&
        !wish_stands_in(place, from, to, not_a_while)) {
        return true;
    }
    bool has_next = to < place->sentence_to;
    if (has_next && wish_stands_in(place, to, to + 1, goes_on_with_condition) &&
        !wish_stands_in(place, to, to + 1, not_a_while)) {
        return true;
    }
    return (wish_stands_in(place, from, place->sentence_to, other_channel) &&
            !wish_stands_in(place, from, place->sentence_to, no_channel)) ||
           wish_stands_in(place, place->at, place->end, copies) ||
           wish_in_sentence(place, new_address) ||
           wish_stands_in(place, place->at, place->end, third_person) ||
           wish_in_clause(place, in_vain) ||
           wish_stands_in(place, place->at, place->end + 1, old_things) ||
           place->words->items[place->at].before == '"';
}

static enum fs_answer weaker(enum fs_answer a, enum fs_answer b)
{
    if (a == FS_ANSWER_NO || b == FS_ANSWER_NO) {
        return FS_ANSWER_NO;
    }
    return a == FS_ANSWER_UNCLEAR ? a : b;
}

static bool stands_before(const struct wish_place *place, const char *const *phrases)
{
    return place->at > place->clause_from &&
           wish_stands_in(place, place->at - 1, place->at, phrases);
}

bool wish_has_subject(const struct wish_place *place)
{
    return stands_before(place, subjects);
}

static bool has_address(const struct wish_place *place)
{
    for (size_t i = place->at; i < place->end; i++) {
        if (place->words->items[i].after == '@') {
            return true;
        }
    }
    return false;
}

/* What the writer or somebody else sends, or was told by the writer. */
static const char *const not_ours[] = {
    "our|their _? _? emails|mails|newsletter|newsletters|reminders|mailings|campaign|campaigns",
    "want|like|need me|us to",
    "his|her|unsere|unseren|unserer|deren _? emails|mails|newsletter|newsletters|mailings",
    "asked|told|ask|tell|gebeten|gesagt "
    "our|my|their|the|other|others|another|them|him|her|die|den|anderen|"
    "andere|allen|everyone|everybody",
    NULL,
};
/* "Do you stop the reminders for people who answered?" */
static const char *const for_others[] = {
    "for|to|by|from|von|fur|an people|users|customers|recipients|leads|contacts|empfanger*|kunden|"
    "kontakte*|nutzer*|personen|leute",
    NULL,
};
static const char *const asks_product[] = {
    "konnen|kann|mussen|muss|sollen|soll|werden|wird|durfen|gibt|was|wann|can|could|do|does|how|"
    "what|is|are|will|must|should|when|wie|wo|where|would",
    NULL,
};
static const char *const about_us[] = {
    "unsere|unser adresse|mailadresse|daten|firma|haus",
    "mich|mir|uns|mein*|me|us|my|bitte|please|endlich|sie|ihr|du|you|ya|u|pls",
    NULL,
};
static const char *const may_one[] = {"konnen|kann|can|could|how|wie|wo|where ... ich|wir|i|we",
                                      NULL};

/* A question about what the product does, not about the writer. */
static bool asks_about_product(const struct wish_place *place)
{
    size_t from = place->sentence_from;
    if (!place->is_question) {
        return false;
    }
    if (wish_stands_in(place, place->at, place->sentence_to, for_others)) {
        return true;
    }
    size_t clause = place->clause_from;
    return (wish_stands_in(place, from, from + 1, asks_product) ||
            wish_stands_in(place, clause, clause + 1, asks_product)) &&
           !wish_in_sentence(place, about_us) && !wish_in_sentence(place, may_one);
}

/* "No more mails to this address, but to jana@example.com": they are wanted. */
static const char *const redirects[] = {
    "sondern|stattdessen ... an|unter|nur|ausschliesslich|bitte",
    "instead|rather",
    "but|use|now to|at|the|my",
    NULL,
};
static const char *const mailboxes[] = {
    "adresse|mailadresse|emailadresse|postfach|mailbox|inbox|account|konto|address|mich|mir|me",
    NULL,
};

static bool moves_address(const struct wish_place *place)
{
    bool has_new = false;
    for (size_t i = place->at; i < place->sentence_to; i++) {
        has_new = has_new || place->words->items[i].after == '@';
    }
    return has_new && wish_in_sentence(place, redirects) && wish_in_sentence(place, mailboxes);
}

static const char *const accidents[] = {"aus|by versehen|mistake|accident",
                                        "versehentlich|irrtumlich|accidentally", NULL};
static const char *const agrees[] = {"nichts|nothing|no dagegen|against|objection|objections",
                                     NULL};

/* Whether the place is about something else altogether. */
static bool is_beside(const struct wish_row *row, const struct wish_place *place)
{
    size_t before = place->clause_from;
    bool about_others = wish_stands_in(place, before, place->at, others) &&
                        !wish_stands_in(place, before, place->at, writer);
    return wish_is_footer(place) || about_others ||
           wish_stands_in(place, place->at, place->end, own_list) ||
           wish_stands_in(place, place->at, place->end, harmless) ||
           wish_stands_in(place, before, place->end, not_ours) || moves_address(place) ||
           wish_in_sentence(place, agrees) ||
           ((row->flags & WISH_FACT) != 0 && tells_fact(place)) ||
           (row->kind == WISH_OUT_MAYBE && wish_in_sentence(place, accidents)) ||
           (row->kind == WISH_OUT && asks_about_product(place));
}

static enum fs_answer judge_opt_out(const struct wish_row *row, const struct wish_place *place)
{
    static const char *const second_person[] = {"you|sie", NULL};
    enum fs_answer answer = row->kind == WISH_OUT ? FS_ANSWER_YES : FS_ANSWER_UNCLEAR;
    size_t before = place->clause_from;
    if (is_beside(row, place) ||
        ((row->flags & WISH_ASKED) != 0 && !wish_in_sentence(place, asks)) ||
        ((row->flags & WISH_ADDRESS) != 0 && !has_address(place))) {
        return FS_ANSWER_NO;
    }
    if ((row->flags & WISH_COMMAND) != 0) {
        if (wish_has_subject(place) || (place->is_question && wish_in_clause(place, asks_why))) {
            return FS_ANSWER_NO;
        }
        if (stands_before(place, second_person) && !wish_in_sentence(place, asks)) {
            answer = FS_ANSWER_UNCLEAR;
        }
    }
    if ((row->flags & WISH_NEGATED) != 0) {
        answer = weaker(answer, judge_negation(place));
    }
    if ((row->flags & WISH_EVENT) != 0 &&
        (wish_in_clause(place, events) || wish_in_clause(place, wish_meeting_times))) {
        return FS_ANSWER_NO;
    }
    if ((row->flags & WISH_THREAT) == 0) {
        answer = weaker(answer, judge_condition(place));
    }
    bool is_how = place->is_question && wish_stands_in(place, before, place->at, asks_how);
    if (answer == FS_ANSWER_YES && (is_how || softens(place) || wish_in_clause(place, events))) {
        answer = FS_ANSWER_UNCLEAR;
    }
    return answer;
}

enum fs_answer wish_judge(const struct wish_row *row, const struct wish_place *place)
{
    switch (row->kind) {
    case WISH_OUT:
    case WISH_OUT_MAYBE:
        return judge_opt_out(row, place);
    case WISH_DECLINE:
    case WISH_DECLINE_MAYBE:
        return wish_judge_decline(row, place);
    }
    return FS_ANSWER_NO;
}
