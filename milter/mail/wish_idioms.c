/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_idioms.c - "give it a rest", "lassen Sie es gut sein": opt-outs that name no mail.
 *
 * Decides: nothing; it is the table. Rows are folded, see mail_wish_rows.h. What might as well
 * be said in a good mood is WISH_OUT_MAYBE.
 */
#include "mail_wish_rows.h"

const struct wish_row wish_rows_idioms[] = {
    /* German */
    {"kontaktverbot|kontaktsperre", WISH_OUT, WISH_NEGATED},
    {"finger weg", WISH_OUT_MAYBE, 0},
    {"finger weg von meiner|meinen|unserer|unseren e? adresse|mail|mailadresse|daten|email",
     WISH_OUT, 0},
    {"lassen|lass|lasst sie|ihr|es? es gut sein", WISH_OUT_MAYBE, WISH_END},
    {"will|mochte|wollen meine|unsere ruhe", WISH_OUT, 0},
    {"meine|unsere ruhe haben", WISH_OUT, 0},
    {"gebt|geben|gib sie? endlich? ruhe", WISH_OUT, WISH_END},
    {"um unterlassung", WISH_OUT, 0},
    {"bitte|bitten|fordere|fordern ... das|dies|es ... zu unterlassen", WISH_OUT, WISH_CROSSES},
    {"bitte|fordere ... "
     "unterlassen sie das|dies|es",
     WISH_OUT, WISH_CROSSES},
    {"kein|keinen|keinerlei ... kontakt ... mehr|weiter aufnehmen|aufzunehmen|suchen", WISH_OUT, 0},
    {"kein|keinen kontakt|kontaktaufnahme ... aufnehmen|aufzunehmen", WISH_OUT_MAYBE, WISH_ASKED},
    {"kommen|kommt sie|ihr|bitte? ... nicht|nie mehr|wieder auf mich|uns ... zu", WISH_OUT,
     WISH_COMMAND},
    {"nicht weiter|mehr nachfassen|nachhaken|belastigen|behelligen|storen|nerven", WISH_OUT,
     WISH_FACT},
    {"belastigen|belastigt sie|ihr andere|jemand|wen", WISH_OUT, 0},
    {"jemand|jemanden|jemandem|andere anderen|anderem|anders? belastigen|nerven", WISH_OUT, 0},
    {"nicht einverstanden ... dass|mit ... "
     "kontaktieren|anschreiben|schreiben|werbung|mails|schicken|nutzen|verwenden",
     WISH_OUT, WISH_CROSSES},
    {"blockiere|sperre|blockieren sie|euch|dich|ihre|eure|diese", WISH_OUT_MAYBE, WISH_NEGATED},
    {"weg mit mir|uns|meiner", WISH_OUT, 0},
    {"verzieht|verschwinden|verpisst|verpiss euch|sie|dich", WISH_OUT_MAYBE, 0},
    {"letzte|letztes|letztmalig warnung|mal|aufforderung ... mails|emails|werbung|schreiben|"
     "kontakt",
     WISH_OUT_MAYBE, WISH_CROSSES},
    {"jede|jeden woche|tag|monat ... so|eine|solche einer? mail|mails|nachricht", WISH_OUT_MAYBE,
     0},
    {"auf weitere|eure|ihre ... mails|emails|nachrichten|kontakte ... verzichten|verzichte",
     WISH_OUT, 0},
    {"wir|ich akzeptieren|akzeptiere|dulden|dulde keine|keinerlei|nicht ... "
     "werbung|mails|werbemails|spam|akquise",
     WISH_OUT_MAYBE, 0},
    {"keine|kein akquise|kaltakquise|werbeansprache|vertreterbesuche", WISH_OUT_MAYBE, WISH_START},
    {"das war's|wars mit ... mails|uns", WISH_OUT_MAYBE, 0},
    {"sag|sage|sagen ihren|euren|ihrem|deinen kollegen ... nicht mehr", WISH_OUT_MAYBE, 0},
    {"noch|nochmal so|eine|einmal|mal ... mail|nachricht|email und|dann ich|es|gibt|melde|geht",
     WISH_OUT, WISH_THREAT | WISH_CROSSES},
    {"horen|hort|hor sie|ihr|bitte|endlich? ... auf ... "
     "vollzuspammen|zuzuspammen|spammen|zuzumullen|anzuschreiben|belastigen|storen|nerven",
     WISH_OUT, WISH_CROSSES | WISH_NEGATED},
    {"schicken|senden|mailen|schickt|schick sie|ihr|mir|uns mir|uns? bitte? auch? nichts", WISH_OUT,
     WISH_END | WISH_COMMAND},
    {"nicht vor ... wieder? melden|schreiben|mailen|kontaktieren", WISH_OUT_MAYBE, 0},
    {"schreiben|schreibt|mailen|mailt sie|ihr|mir|uns ... viel|oft|haufig", WISH_OUT_MAYBE,
     WISH_COMMAND},
    {"um nichtbeachtung|unterlass|streichung|herausnahme|entfernung ... "
     "adresse|daten|kontakt|verteiler",
     WISH_OUT, WISH_NEGATED},
    {"erneuter|weiterer|jeder|nochmaliger|wiederholter|weiteren "
     "kontaktaufnahme|zusendung|mail|email|werbung|belastigung|kontaktierung|ansprache ... "
     "rechtliche|anwalt*|abmahn*|anzeige|juristisch*|rechtsanwalt*|strafanzeige",
     WISH_OUT, WISH_THREAT},
    {"nie|niemals|nicht ... angemeldet|abonniert|bestellt|zugestimmt|eingewilligt|angefordert ... "
     "loschen|abmelden|austragen|entfernen|loscht|streichen",
     WISH_OUT, WISH_CROSSES},
    {"woher haben|habt sie|ihr ... meine|unsere|mein adresse|mailadresse|daten|email|kontakt",
     WISH_OUT_MAYBE, 0},
    {"lassen|lasst|lass ... mich|uns ... in ruhe|frieden mit", WISH_OUT, WISH_NEGATED},
    {"nicht jede|jeden|standig|dauernd|immer ... "
     "nachfragen|schreiben|mailen|melden|erinnern|nachhaken|nachfassen|anschreiben",
     WISH_OUT_MAYBE, WISH_ASKED},
    {"nehmen|nehmt|streichen|streicht|loschen|loscht|entfernen|entfernt|werfen|tragen ... "
     "aus|von ihrer|eurer|ihrem|eurem|ihren|euren _? "
     "liste|listen|datei|verzeichnis|datenbank|verteiler|kartei|crm",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"sparen|spart|spar sie|euch|ihr|dir sich|euch|dir? die|diese|eure|ihre muhe|arbeit|zeit",
     WISH_OUT_MAYBE, WISH_START | WISH_COMMAND},
    {"ungelesen in den|ins papierkorb|mull|spam|spamordner", WISH_OUT_MAYBE, 0},
    /* English */
    {"save yourself|yourselves the trouble|effort|time|bother", WISH_OUT_MAYBE, WISH_START},
    {"if|when you ... keep|continue ... emailing|mailing|contacting|writing|sending|spamming ... "
     "report|block|lawyer*|legal|ico|authorities",
     WISH_OUT, WISH_THREAT | WISH_CROSSES},
    {"how|where|who ... get|got|gave|find|found you? my|our email|address|details|contact",
     WISH_OUT_MAYBE, 0},
    {"mind taking|removing|deleting|stopping me|us|my|our", WISH_OUT, 0},
    {"mark|flag|tag me|us|my|our|this ... do|no|not|opt|unsubscribed|unsubscribe", WISH_OUT,
     WISH_NEGATED},
    {"if you email|contact|write|message|mail to? me|us again", WISH_OUT_MAYBE, WISH_THREAT},
    {"remove|delete|erase|suppress this address|mailbox|inbox|contact", WISH_OUT,
     WISH_START | WISH_NEGATED | WISH_COMMAND},
    {"don't|not write|email|contact|message me|us|quite? ... so|that|as often|frequently|much",
     WISH_OUT_MAYBE, 0},
    {"fewer|less of these|those|your", WISH_OUT_MAYBE, 0},
    {"give it|us|me a? rest|break", WISH_OUT_MAYBE, WISH_END},
    {"pack it in", WISH_OUT_MAYBE, WISH_END},
    {"take the|a hint", WISH_OUT_MAYBE, WISH_NEGATED},
    {"go|please away", WISH_OUT_MAYBE, WISH_START | WISH_END},
    {"buzz|piss|bugger off", WISH_OUT, WISH_NEGATED},
    {"get lost", WISH_OUT_MAYBE, WISH_START},
    {"do|does not contact|email|solicit", WISH_OUT, WISH_START | WISH_END},
    {"don't contact|email", WISH_OUT, WISH_START | WISH_END},
    {"don't|do not? send any more|further", WISH_OUT, WISH_END | WISH_COMMAND},
    {"no|any further|more contact|communication|correspondence please|required|needed|wanted|"
     "desired?",
     WISH_OUT, WISH_START | WISH_END},
    {"no contact please", WISH_OUT, WISH_START},
    {"not to be contacted|emailed|approached", WISH_OUT, 0},
    {"want|wish|like|care to? be on your|this|any|the ... list|lists|database|mailing",
     WISH_OUT_MAYBE, 0},
    {"don't|not|never want|wish|like|care to? be on|in your|this|any|the ... "
     "list|lists|database|mailing|system",
     WISH_OUT, 0},
    {"want|need|like me|us|out out|off? of? this|your|the|these ... "
     "mailing|list|mailings|emails|loop|database",
     WISH_OUT, WISH_NEGATED},
    {"any|one|another|further more|email|mail|message? of? this|these|those|that? ... "
     "lawyer*|attorney*|solicitor*|police|ico|authorities|ftc|legal",
     WISH_OUT, WISH_CROSSES | WISH_THREAT},
    {"cancel|terminate|end ... whatever|newsletter|mailings|emails", WISH_OUT, WISH_NEGATED},
    {"cancel my|this|our|the|whatever ... subscription", WISH_OUT_MAYBE, WISH_NEGATED},
    {"mailbox|inbox|address|account ... not accept|for|want|wish ... "
     "marketing|solicitation*|sales|spam|advertising|pitches|unsolicited",
     WISH_OUT_MAYBE, 0},
    {"no|not solicitation|soliciting|cold ... policy|please|emails?", WISH_OUT_MAYBE, 0},
    {"bother|pester|annoy|spam someone|somebody|anyone else", WISH_OUT, 0},
    {"keep|continue getting|receiving these|those|your|emails|this", WISH_OUT_MAYBE, 0},
    {"one|once|single e? email|mail|message? a|per|every month|week|quarter|year ... "
     "plenty|enough|fine|sufficient|ok",
     WISH_OUT_MAYBE, 0},
    {"you're|you|your|this are|address|domain|sender? is|been? blocked", WISH_OUT_MAYBE,
     WISH_NEGATED},
    {"spamming me|us|my|our|a|this", WISH_OUT_MAYBE, WISH_NEGATED},
    {"respect|honour|honor my|our|this ... wish|wishes|request|right|privacy|objection",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"make it|this|them|these stop", WISH_OUT, WISH_END},
    {"tired|sick|fed of|up ... your|these|this|getting|receiving ... "
     "emails|mails|messages|spam|pitches",
     WISH_OUT_MAYBE, 0},
    {NULL, WISH_OUT, 0},
};
