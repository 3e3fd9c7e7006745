/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_declines.c - how people say, German and English, that they want nothing of it.
 *
 * Decides: nothing; it is the table. Rows are folded, see mail_wish_rows.h. "Not now" and
 * "only this part" are WISH_DECLINE_MAYBE.
 */
#include "mail_wish_rows.h"

#define NO_GERMAN "kein|keine|keinen|keinerlei|keins"
#define OTHER_SELLER                                                                               \
    "anderen|anderes|andere|anderer|anderem|mitbewerber*|wettbewerber*|konkurrenz|konkurrenten|"   \
    "konkurrenzprodukt|alternative|alternativen"

const struct wish_row wish_rows_declines[] = {
    /* German */
    {NO_GERMAN " _? interesse|intresse|interresse|interess", WISH_DECLINE, 0},
    {"interesse besteht ... nicht|keines|keins|keinesfalls", WISH_DECLINE, 0},
    {"nicht weiter|mehr|daran|wirklich|sonderlich|im? geringsten? interessiert", WISH_DECLINE, 0},
    {"nicht|un interessant fur|genug uns|mich?", WISH_DECLINE, 0},
    {"uninteressant", WISH_DECLINE, 0},
    {"nicht relevant|geeignet|passend|zielfuhrend|attraktiv|das|von|interessant "
     "richtige|interesse|relevanz|belang|fur? uns|mich?",
     WISH_DECLINE, WISH_TIME},
    {"fur uns|mich ... nicht relevant|interessant|geeignet|passend|sinnvoll", WISH_DECLINE,
     WISH_TIME},
    {NO_GERMAN " _? bedarf|verwendung|anwendungsfall|einsatzzweck|bedarfs", WISH_DECLINE, 0},
    {"bedarf ... nicht vorhanden|gegeben|gesehen", WISH_DECLINE, 0},
    {"bedarf besteht ... nicht|keiner", WISH_DECLINE, 0},
    {"brauchen|benotigen|brauche|benotige wir|das|ich ... nicht", WISH_DECLINE_MAYBE, WISH_TIME},
    {"das|es|dies|sowas brauchen|benotigen wir ... nicht", WISH_DECLINE, WISH_TIME},
    {"uns|mich|sich ... anders|dagegen|anderweitig entschieden|entschlossen|orientiert",
     WISH_DECLINE, 0},
    {"haben|habe|hat ... gegen ... entschieden|ausgesprochen", WISH_DECLINE, 0},
    {"fur|zugunsten|bei ... " OTHER_SELLER " ... entschieden|entschlossen|ausgesprochen|gewahlt",
     WISH_DECLINE, 0},
    {"entschieden ... fur ... " OTHER_SELLER, WISH_DECLINE, WISH_CROSSES},
    {"zuschlag|auftrag ... " OTHER_SELLER
     "|anderweitig ... erteilt|vergeben|gegeben|bekommen|erhalten",
     WISH_DECLINE, 0},
    {"anderweitig|bereits|schon vergeben|beauftragt", WISH_DECLINE, 0},
    {"passt|passen fur|bei|zu|in uns|mich|mir|unser ... nicht", WISH_DECLINE, WISH_TIME},
    {"passt|passen ... nicht fur|zu|bei|in|ins uns|mich|unser*|konzept|portfolio|strategie",
     WISH_DECLINE, WISH_TIME},
    {"kommt|kommen|kame ... nicht|ausser in? frage|infrage|betracht", WISH_DECLINE, WISH_TIME},
    {"nichts|nix fur uns|mich", WISH_DECLINE, 0},
    {"nein|ne danke|vielen|besten|herzlichen|lieber dank|nicht?", WISH_DECLINE,
     WISH_START | WISH_CROSSES},
    {"danke aber? nein|ohne|verzichte", WISH_DECLINE, 0},
    {"nicht weiter|langer verfolgen|weiterverfolgen|bearbeiten|prufen", WISH_DECLINE, 0},
    {"nicht weiterverfolgen|weiterzuverfolgen|fortfuhren|fortsetzen|vertiefen", WISH_DECLINE, 0},
    {"lehnen|lehne ... angebot|vorschlag|anfrage|dankend|einladung ... ab", WISH_DECLINE,
     WISH_TIME},
    {"dankend ab|ablehnen|abgelehnt", WISH_DECLINE, WISH_TIME},
    {"angebot|offerte|vorschlag ... ablehnen|abzulehnen|ausschlagen|absagen|abgelehnt",
     WISH_DECLINE, 0},
    {"angebot|offerte|vorschlag ... nicht|keinen annehmen|wahrnehmen|gebrauch|nutzen|eingehen",
     WISH_DECLINE, 0},
    {"absage erteilen|geben|mitteilen", WISH_DECLINE, WISH_TIME},
    {"mussen|muss ... ihnen|euch|dir ... absagen", WISH_DECLINE, WISH_TIME},
    {"nehmen|nehme ... davon|vom|von ... abstand", WISH_DECLINE, 0},
    {"verzichten|verzichte dankend|gerne|lieber", WISH_DECLINE, 0},
    {"sind|bin|ist ... versorgt|eingedeckt|bedient", WISH_DECLINE, 0},
    {"sind|bin ... gut|bestens|bereits|schon|hervorragend|ausreichend "
     "aufgestellt|ausgestattet|abgedeckt",
     WISH_DECLINE, 0},
    {"mit|bei unser*|dem "
     "jetzigen|aktuellen|derzeitigen|bisherigen|bestehenden|vorhandenen|momentanen ... "
     "zufrieden|glucklich|bleiben",
     WISH_DECLINE, 0},
    {"bleiben ... bei|beim unser*|jetzigen|bisherigen|aktuellen|bestehenden", WISH_DECLINE, 0},
    {"sehen|seh|bitte ... von|keine ... weiteren angeboten|angebote|anfragen|offerten",
     WISH_DECLINE, 0},
    {"keine weiteren angebote|offerten", WISH_DECLINE, 0},
    {"haben|habe|nutzen|arbeiten bereits|schon ... "
     "dienstleister*|anbieter*|partner*|lieferant*|losung|agentur|berater|vertrag|zusammen",
     WISH_DECLINE_MAYBE, 0},
    {NO_GERMAN " _? budget|mittel|kapazitat*|ressourcen|prioritat|spielraum", WISH_DECLINE_MAYBE,
     0},
    {"budget ... "
     "aufgebraucht|ausgeschopft|verplant|gestrichen|eingefroren|erschopft|verbraucht|gesperrt",
     WISH_DECLINE_MAYBE, 0},
    {"auf|liegt eis", WISH_DECLINE_MAYBE, 0},
    {"auf eis|unbestimmte", WISH_DECLINE_MAYBE, 0},
    {"projekt|thema|vorhaben|planung ... "
     "gestoppt|zuruckgestellt|verschoben|eingestellt|pausiert|gestorben|vertagt|gestrichen",
     WISH_DECLINE_MAYBE, WISH_TIME},
    {NO_GERMAN " thema|option|prioritat fur|bei uns", WISH_DECLINE, 0},
    {"fur|bei uns ... " NO_GERMAN " thema|option|prioritat", WISH_DECLINE, 0},
    {"nicht der|den|die|ein richtige|passende|guter|gunstige|richtigen zeitpunkt|moment|zeit",
     WISH_DECLINE_MAYBE, 0},
    {"nicht|erst dieses|diesem|nachstes jahr|quartal|halbjahr|monat", WISH_DECLINE_MAYBE,
     WISH_TIME},
    {"derzeit|momentan|vorerst|aktuell|zurzeit|moment leider|eher|wirklich? nicht",
     WISH_DECLINE_MAYBE, WISH_END | WISH_TIME},
    {"jetzt|gerade|momentan|derzeit|aktuell|zurzeit passt ... nicht", WISH_DECLINE_MAYBE,
     WISH_TIME},
    {"passt es ... nicht", WISH_DECLINE_MAYBE, WISH_TIME},
    {"passt ... gerade|derzeit|momentan|aktuell nicht", WISH_DECLINE_MAYBE, WISH_TIME},
    {"noch nicht so weit|soweit", WISH_DECLINE_MAYBE, 0},
    {"noch|viel zu fruh", WISH_DECLINE_MAYBE, WISH_TIME},
    {"melden|meld|meldet|kommen|kontaktieren|fragen|sprechen|schreiben ... "
     "im|in|nachstes|nachsten|ab|anfang|ende|mitte|kommendes|zum|nach "
     "q1|q2|q3|q4|der|dem|den|jahr|quartal|"
     "herbst|fruhjahr|fruhling|sommer|winter|halbjahr|januar|februar|marz|april|mai|juni|juli|"
     "august|"
     "september|oktober|november|dezember|sommerpause|nachstes ... "
     "wieder|noch|nochmal|nochmals|erneut|an",
     WISH_DECLINE_MAYBE, 0},
    {"melden|meld|meldet|kommen|kontaktieren|fragen|sprechen ... "
     "q1|q2|q3|q4|quartal|herbst|fruhjahr|fruhling|sommer|winter|halbjahr",
     WISH_DECLINE_MAYBE, 0},
    {"leider nein|nicht", WISH_DECLINE_MAYBE, WISH_START | WISH_END | WISH_TIME},
    {"leider nein", WISH_DECLINE, WISH_START | WISH_END},
    {"brauchen|benotigen das|es|sowas nicht", WISH_DECLINE, WISH_TIME},
    {"wir|ich verzichten|verzichte", WISH_DECLINE, WISH_END},
    {NO_GERMAN " _? einsatzbereich|einsatzmoglichkeit*|mehrwert|nutzen|anwendung fur?",
     WISH_DECLINE, 0},
    {"projekt|angebot|vorschlag|antrag|idee|investition ... abgelehnt", WISH_DECLINE, 0},
    {"andere|anderen prioritaten|themen|baustellen|sorgen", WISH_DECLINE_MAYBE, 0},
    {"erst nachstes|kommendes jahr|quartal", WISH_DECLINE_MAYBE, WISH_TIME},
    {"sind damit|da|leider|hier? raus", WISH_DECLINE, WISH_END | WISH_TIME},
    {"bin da|leider|hier raus", WISH_DECLINE, WISH_END | WISH_TIME},
    {NO_GERMAN " moglichkeit|grundlage|chance|synergien|ansatzpunkte ... "
               "zusammenarbeit|kooperation|zusammen?",
     WISH_DECLINE_MAYBE, 0},
    {"keine moglichkeit|grundlage|basis ... zusammenarbeit|kooperation", WISH_DECLINE, 0},
    {"nicht wechseln|umsteigen", WISH_DECLINE, 0},
    {"zu beschaftigt|ausgelastet|eingespannt", WISH_DECLINE_MAYBE, 0},
    {"bedarf ... gedeckt|abgedeckt|gestillt", WISH_DECLINE, 0},
    {"interessiert uns|mich nicht|uberhaupt nicht?", WISH_DECLINE, 0},
    /* English */
    {"no thanks|thank|thankyou you?", WISH_DECLINE, WISH_START | WISH_CROSSES},
    {"not|never|hardly really|particularly|currently|at|all|very|presently|that|overly|further? "
     "all? "
     "interested",
     WISH_DECLINE, 0},
    {"not|no longer|more? interested", WISH_DECLINE, 0},
    {"don't|dont|do|does|doesn't not? have? any|interest interest|us|me", WISH_DECLINE, 0},
    {"uninterested", WISH_DECLINE, 0},
    {"no _? interest in|from|at|on|here|whatsoever", WISH_DECLINE, 0},
    {"no interest", WISH_DECLINE, 0},
    {"no _? need for|of|here|at", WISH_DECLINE, 0},
    {"have|see no need", WISH_DECLINE, 0},
    {"don't|dont|not need|require this|it|that|any|your|these|anything", WISH_DECLINE, 0},
    {"we'll|i'll|gonna|gotta pass", WISH_DECLINE, WISH_END},
    {"we will|must|should|shall pass", WISH_DECLINE, WISH_END},
    {"have|going|need|like|want to pass", WISH_DECLINE, WISH_END},
    {"we'll|i'll|will|gonna|to|must have? to? pass on this|it|that", WISH_DECLINE_MAYBE, 0},
    {"pass on this one|time|opportunity|offer", WISH_DECLINE, 0},
    {"pass for now|today", WISH_DECLINE_MAYBE, 0},
    {"hard pass", WISH_DECLINE, 0},
    {"not|isn't|isnt really|quite|currently|necessarily? a|the|an good|great|right|ideal|strong? "
     "fit|match",
     WISH_DECLINE, 0},
    {"not|isn't|isnt|aren't for|something us|me|we|we're", WISH_DECLINE, 0},
    {"not|isn't something we|we're|i ... looking|interested|need|for|interest", WISH_DECLINE, 0},
    {"went|going|go|gone|chosen|chose|selected|choose|signed with|for? "
     "another|different|other|competitor|someone|a different|competitor|else?",
     WISH_DECLINE, 0},
    {"went|going|go|gone in|with|another a? different|another "
     "direction|route|way|vendor|provider|supplier|"
     "solution",
     WISH_DECLINE, 0},
    {"decided|chosen|opted|elected|choose ... not to ... "
     "move|proceed|continue|pursue|go|engage|buy|purchase|renew|take|do|work|participate|change|"
     "switch",
     WISH_DECLINE, 0},
    {"decided against", WISH_DECLINE, 0},
    {"not|won't be? moving|proceeding|going|pursuing|continuing|move|proceed|pursue|continue "
     "forward|ahead|"
     "with|this|further|any",
     WISH_DECLINE, 0},
    {"don't|do not? wish|want|plan|intend to proceed|continue|pursue|move|go", WISH_DECLINE, 0},
    {"we're|i'm|we|are|all all set|good|covered", WISH_DECLINE, WISH_END | WISH_TIME},
    {"all set thanks|thank|here|with", WISH_DECLINE, WISH_TIME},
    {"happy|satisfied|pleased|sticking|stick|staying|stay with our|the|my|what "
     "current|existing|present|we|"
     "incumbent",
     WISH_DECLINE, 0},
    {"decline|declining|reject|rejecting|rejected|declined your|the|this|respectfully ... "
     "offer|proposal|quote|opportunity|pitch|invitation",
     WISH_DECLINE, WISH_TIME},
    {"must|will|have|respectfully|politely to? decline", WISH_DECLINE, WISH_TIME},
    {"not|isn't|isnt really|currently? relevant|applicable|suitable|useful|appropriate to|for "
     "us|me|our|my",
     WISH_DECLINE, 0},
    {"not|no at this|the time|moment|stage|point", WISH_DECLINE_MAYBE, 0},
    {"not right? now", WISH_DECLINE_MAYBE, WISH_END},
    {"not this year|quarter|time", WISH_DECLINE_MAYBE, 0},
    {"maybe|perhaps|possibly next|later|in|sometime "
     "year|quarter|spring|summer|fall|autumn|this|the|future?",
     WISH_DECLINE_MAYBE, WISH_TIME},
    {"no budget|bandwidth|capacity|resources|funds|appetite", WISH_DECLINE_MAYBE, 0},
    {"budget|budgets ... frozen|spent|exhausted|cut|gone|used|allocated|tight", WISH_DECLINE_MAYBE,
     0},
    {"don't|not have ... budget|bandwidth|capacity", WISH_DECLINE_MAYBE, 0},
    {"on hold|ice", WISH_DECLINE_MAYBE, WISH_TIME},
    {"already have|use|work|using|working|got|partnered ... "
     "vendor|provider|supplier|solution|partner|agency|someone|place|with|contract",
     WISH_DECLINE_MAYBE, 0},
    {"timing|time isn't|is|not|wrong|bad not|off|wrong|bad|right?", WISH_DECLINE_MAYBE, 0},
    {"not the|a right|good|best time|moment|timing", WISH_DECLINE_MAYBE, 0},
    {"not|isn't a priority|focus", WISH_DECLINE_MAYBE, 0},
    {"circle|check|reach|follow|touch|get back|in|out|base|up ... "
     "q1|q2|q3|q4|year|spring|summer|fall|autumn|winter|months|quarter",
     WISH_DECLINE_MAYBE, 0},
    {"not|won't be? moving|proceeding|pursuing|continuing", WISH_DECLINE, WISH_END},
    {"don't|dont|not|can't|cannot see a|any|the|how|much ... fit|need|use|value|benefit|interest",
     WISH_DECLINE, 0},
    {"to pass on this|it", WISH_DECLINE, WISH_END},
    {"look|revisit|consider|reconsider|discuss|think|talk ... next|later "
     "year|quarter|spring|fall|in",
     WISH_DECLINE_MAYBE, 0},
    {"say no", WISH_DECLINE, WISH_END},
    {"it's|its a no from|for", WISH_DECLINE, 0},
    {"no use|appetite for", WISH_DECLINE, 0},
    {"swamped|overloaded", WISH_DECLINE_MAYBE, 0},
    {"revisit|reconnect|talk|speak|touch|try ... in the|a|#|early|late new|few|couple|months|# "
     "year|months|"
     "quarter|of",
     WISH_DECLINE_MAYBE, 0},
    {"try|ask|contact ... again in|next ... months|year|quarter|spring|summer|fall|autumn|winter",
     WISH_DECLINE_MAYBE, 0},
    {"don't|dont|not have any|a? need|use|interest|requirement for|of", WISH_DECLINE, 0},
    {"we're|i'm good thanks|thank|here", WISH_DECLINE, WISH_CROSSES},
    {"not|aren't|isn't|never looking|shopping for|to|at", WISH_DECLINE_MAYBE, 0},
    {"not looking for ... "
     "new|solution|solutions|vendor|provider|supplier|agency|partner|tool|software|"
     "services|service|anything",
     WISH_DECLINE, 0},
    {"doesn't|doesnt|not fit|meet|suit our|my needs|requirements|strategy|plans|business",
     WISH_DECLINE, WISH_TIME},
    {"doesn't|doesnt|not fit|meet|suit our|my _ needs|requirements|strategy|plans|business",
     WISH_DECLINE, WISH_TIME},
    {"entscheidung ... gegen sie|ihr|euch|ihre|das|den|die", WISH_DECLINE, 0},
    {"trifft|deckt ... nicht ... bedarf|bedurfnisse|anforderungen", WISH_DECLINE, 0},
    /* German and English, found by a second reader */
    {NO_GERMAN " _? verwendung|bedarf|interesse|nutzen|einsatz dafur|hierfur", WISH_DECLINE, 0},
    {"sehen|sehe ... von ... zusammenarbeit|kooperation|beauftragung|kauf ... ab", WISH_DECLINE,
     WISH_CROSSES | WISH_END},
    {"nicht|keine die|eure|ihre? richtige? zielgruppe", WISH_DECLINE, 0},
    {"entscheidung|wahl ... auf|fur einen|anderen|ein|das|den ... "
     "mitbewerber|wettbewerber|anbieter|konkurrenten",
     WISH_DECLINE, 0},
    {"brauchen|benotigen|brauche|benotige so etwas nicht", WISH_DECLINE, 0},
    {"bei bedarf ... auf sie|euch zu", WISH_DECLINE_MAYBE, 0},
    {"bei bedarf melden wir", WISH_DECLINE_MAYBE, 0},
    {"keinen gebrauch machen", WISH_DECLINE, 0},
    {"have|see no requirement|requirements|call", WISH_DECLINE, 0},
    {"bad|wrong|poor timing|time for", WISH_DECLINE_MAYBE, WISH_TIME},
    {"won't|not be? changing|switching provider|vendor|supplier|system?", WISH_DECLINE, WISH_END},
    {NULL, WISH_OUT, 0},
};
