/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_german.c - how people ask in German for no more mail.
 *
 * Decides: nothing; it is the table. Rows are folded, see mail_wish_rows.h. A row is clear
 * (WISH_OUT) when nobody who reads the bare words doubts; what stands around them is
 * wish_judge.c's to weigh.
 */
#include "mail_wish_rows.h"

/* What is sent, with what is put before it: "E-Mails", "Werbe-Mails". */
#define SENT                                                                                       \
    "werbe|info|spam|verkaufs? e? "                                                                \
    "mail|mails|mailing|mailings|email|emails|nachricht|nachrichten|newsletter|newslettern|"       \
    "newsletters|rundmail*|werbemail*|werbeemail*|werbenachricht*|werbung|werbungen|werbepost|"    \
    "werbebrief*|werbeschreiben|werbematerial|reklame|spam|spammails|spams|massenmail*|kontakt|"   \
    "kontakte|kontaktaufnahme*|kontaktversuch*|kontaktanfrage*|kontaktierung*|zusendung*|"         \
    "zuschrift*|anschreiben|akquise*|kaltakquise*|verkaufsmail*|akquisemail*|followup*|reminder*|" \
    "belastigung*|marketingmail*|infomail*|serienmail*|korrespondenz|erinnerungsmail*|"            \
    "nachfassmail*|mailverkehr|werbezusendung*|schreiben|erinnerungen|spamnachricht*|mailerei|"    \
    "anmache"
#define SENT_ALONE                                                                                 \
    "mail|mails|mailings|email|emails|nachrichten|newsletter|newsletters|werbung|werbemail*|"      \
    "rundmail*|infomail*|zusendungen|angebote"
#define WRITING                                                                                    \
    "anschreiben|anzuschreiben|kontaktieren|belastigen|melden|anmailen|zusenden|zuzusenden|"       \
    "zuschicken|zuzuschicken|schreiben|mailen"
#define KIND_OF_NO "kein|keine|keinen|keiner|keines|keinerlei"
#define LIST                                                                                       \
    "e? mail? "                                                                                    \
    "verteiler|verteilern|verteilerliste*|mailverteiler*|emailverteiler*|newsletter*|liste|"       \
    "listen|mailingliste*|mailing|mailings|adressliste*|adressdatenbank|datenbank*|datenbestand|"  \
    "datenbestanden|system|systemen|kartei|kundenkartei|crm|adressbuch|kontaktliste*|kontakten|"   \
    "empfangerliste*|empfangerkreis|verzeichnis|datei|adresspool|presseverteiler|unterlagen|"      \
    "adressverteiler*|mailingverteiler*|newsletterverteiler*|aussendung*|"                         \
    "werbeverteiler*|werbeliste*|bestand|kampagne*|sequenz"
#define LIST_OF_MAIL                                                                               \
    "e? mail? "                                                                                    \
    "verteiler|verteilern|verteilerliste*|mailverteiler*|emailverteiler*|newsletter*|"             \
    "mailingliste*|newsletterverteiler*|adressverteiler*|werbeverteiler*"
#define PERSONAL                                                                                   \
    "e? mail? "                                                                                    \
    "daten|adresse|adressen|address|mailadresse*|emailadresse*|kontaktdaten|datensatz|"            \
    "datensatze|eintrag|"                                                                          \
    "kontakt|profil|angaben|adressdaten|kontaktinformationen"
#define TO_ERASE                                                                                   \
    "loschen|losche|loscht|losch|geloscht|entfernen|entfernt|entferne|tilgen|gesperrt|sperren|"    \
    "vernichten|rausloschen|herausloschen"
#define TO_TAKE_OFF                                                                                \
    "nehmen|nehme|nimm|nehmt|genommen|streichen|streiche|gestrichen|streicht|loschen|losche|"      \
    "geloscht|entfernen|entfernt|entferne|austragen|auszutragen|ausgetragen|herausnehmen|"         \
    "herauszunehmen|rausnehmen|rauszunehmen|rausgenommen|herausgenommen|raus|heraus|"              \
    "rausstreichen|"                                                                               \
    "rauswerfen|rausschmeissen|rausloschen|abmelden|abzumelden|entlassen|tilgen|raushauen|"        \
    "rauskicken"
#define EVER "mehr|mer|wieder|weiter|weiterhin|langer|erneut|nochmal|nochmals"

#define WANT "mochte|mochten|will|wollen|wunsche|wunschen|mag|wollte"
#define SENDING "schicken|senden|zusenden|zuschicken|schreiben|mailen|zumailen|zukommen|kommen"
#define WRITING_NOUN                                                                               \
    "mails|mail|emails|email|werbung|zusenden|schreiben|anschreiben|mailen|nachfassen|spam|"       \
    "newsletter"
#define TAKE_OFF                                                                                   \
    "nehmen|nehme|nimm|nehmt|streichen|streiche|streich|streicht|losch|loschen|losche|loscht|"     \
    "entfernen|entferne|entfernt|tragen|tragt|trag|werfen|werft|holen"
#define HOUSE                                                                                      \
    "haus|unternehmen|buro|team|institut|firma|verein|amt|hotel|betrieb|buero|sekretariat|"        \
    "verband|museum|theater|krankenhaus|postfach|konto|kontakt|name|geschaft"

const struct wish_row wish_rows_german[] = {
    /* No more of what is sent */
    {KIND_OF_NO " weitere|weiteren|weiterer|weiteres|zusatzlichen " SENT, WISH_OUT, WISH_FACT},
    {KIND_OF_NO " weitere|weiteren|weiterer|weiteres _ " SENT, WISH_OUT, WISH_FACT},
    {KIND_OF_NO " _? " SENT " mehr|mer", WISH_OUT, WISH_FACT},
    {KIND_OF_NO " " SENT " an|von|auf|unter ... mehr|mer", WISH_OUT, WISH_FACT},
    {KIND_OF_NO " " SENT " mir|uns|mich ... mehr|mer", WISH_OUT, WISH_FACT},
    {KIND_OF_NO " _? " SENT " gewunscht|erwunscht|gewollt", WISH_OUT, 0},
    {"bitte ... " KIND_OF_NO
     " werbung|werbemails|werbemail|spam|newsletter|kaltakquise|akquise|werbe",
     WISH_OUT, WISH_FACT},
    {"bitte " KIND_OF_NO " " SENT, WISH_OUT, WISH_END | WISH_FACT},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... " KIND_OF_NO " " SENT
     " ... erhalten|bekommen|kriegen|empfangen|zugeschickt|zugesandt|haben",
     WISH_OUT, WISH_FACT},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... " KIND_OF_NO
     " werbung|newsletter|spam|kontakt|kontaktaufnahme|kontaktierung|werbemails|zusendung|"
     "zusendungen",
     WISH_OUT, WISH_END},
    {"kontakt|kontaktaufnahme|kontaktierung|werbung|zusendung|zusendungen ... "
     "nicht|unerwunscht erwunscht|gewunscht|gewollt?",
     WISH_OUT, 0},
    {"weitere|weiteren " SENT " ... nicht|unerwunscht mehr|langer? erwunscht|gewunscht|gewollt?",
     WISH_OUT_MAYBE, 0},
    {"weitere|weiteren " SENT " ... nicht mehr|langer? erwunscht|gewunscht|gewollt", WISH_OUT, 0},
    {"weitere|weiteren " SENT " ... unerwunscht|unterlassen|unterlasst|einstellen|einzustellen|"
     "verbitten|verbitte|untersage|untersagen|verbiete|verzichten|unterbinden|ersparen|sparen",
     WISH_OUT, WISH_NEGATED},
    {"verbitte|verbitten|untersage|untersagen|verbiete|verbieten ... " SENT, WISH_OUT,
     WISH_NEGATED},
    {"verbitte|verbitten mir|uns", WISH_OUT_MAYBE, WISH_NEGATED},
    {"unterlassen|unterlasst|unterlasse|unterlass ... " SENT, WISH_OUT,
     WISH_NEGATED | WISH_CROSSES},
    {"unterlassen|unterlasst|unterlasse|unterlass ... "
     "anzuschreiben|kontaktieren|belastigen|zuzusenden|zuzuschicken|schreiben|schicken|senden",
     WISH_OUT, WISH_NEGATED | WISH_CROSSES},
    {"unterlassen sie|das|dies|es", WISH_OUT_MAYBE, WISH_NEGATED},
    {"unterlassen sie das|dies", WISH_OUT, WISH_NEGATED},
    {"zu unterlassen", WISH_OUT_MAYBE, WISH_NEGATED},
    {"fordere|fordern|auf ... zur|unterlassung unterlassung?", WISH_OUT_MAYBE, 0},
    {"fordere|fordern|verlange|verlangen ... unterlassung", WISH_OUT, 0},
    {"unterlassungserklarung|unterlassungsanspruch", WISH_OUT_MAYBE, 0},
    {"sehen|seht|sieh sie|ihr|bitte? ... von ... " SENT " ... ab|abstand", WISH_OUT, WISH_NEGATED},
    {"von ... " SENT " ... abzusehen|absehen|verschont|verschonen", WISH_OUT, WISH_NEGATED},
    {"verzichten|verzichte|verzichtet sie|ihr|bitte? ... auf ... " SENT, WISH_OUT, WISH_NEGATED},
    {"auf ... " SENT " ... zu verzichten", WISH_OUT, WISH_NEGATED},
    {"auf weitere|weiteren ... " SENT " ... verzichten|verzichte", WISH_OUT, WISH_NEGATED},
    {"nehmen sie ... abstand ... " SENT, WISH_OUT, WISH_NEGATED},
    {"sparen|spar|spart sie|dir|euch ... " SENT, WISH_OUT, WISH_NEGATED},
    {"ersparen|erspart|verschonen|verschont|verschone sie|ihr|mich|uns|mir ... " SENT, WISH_OUT,
     WISH_NEGATED},
    {"verschonen|verschont|verschone sie|ihr? mich|uns", WISH_OUT, WISH_NEGATED},
    {"stellen|stellt|stell sie|ihr|bitte|den|die|das ... "
     "versand|zusendung|zusendungen|mailings|mails|emails|mail|werbung|kontaktaufnahme|"
     "kontaktversuche|"
     "belastigung|belastigungen ... ein",
     WISH_OUT, WISH_NEGATED | WISH_END},
    {"versand|zusendung|mails|emails|werbung|kontaktversuche ... einzustellen|einstellen", WISH_OUT,
     WISH_NEGATED},
    {KIND_OF_NO " ... " SENT " ... mehr|mer", WISH_OUT, WISH_FACT | WISH_ASKED},
    {KIND_OF_NO " " SENT " bitte", WISH_OUT, WISH_END | WISH_FACT},
    {KIND_OF_NO " werbung|werbemails|newsletter|spam|werbemail", WISH_OUT, WISH_START | WISH_END},
    {KIND_OF_NO " ... " SENT " ... zusenden|zuzusenden|zuschicken|zuzuschicken|schicken|senden",
     WISH_OUT_MAYBE, WISH_FACT | WISH_ASKED},
    {KIND_OF_NO " ... " SENT, WISH_OUT_MAYBE, WISH_FACT | WISH_ASKED | WISH_END},
    {SENT_ALONE
     " ... nicht|nie mehr|langer|weiter|wieder ... "
     "erhalten|bekommen|haben|lesen|sehen|empfangen|zugesandt|zugeschickt|zusenden|schicken|senden|"
     "zuschicken|versenden",
     WISH_OUT, WISH_FACT | WISH_ASKED},
    {"schreiben|schreib|schicken|senden|mailen sie|ihr|bitte? ... nicht|nie|nichts " EVER
     " an diese|dieses|diesen|mich|meine|uns|unsere",
     WISH_OUT, WISH_COMMAND},
    {"untersage|untersagen|verbiete|verbieten ... nutzung|verwendung|verarbeitung|kontaktaufnahme|"
     "speicherung|weitergabe",
     WISH_OUT, WISH_NEGATED},
    {"nicht|nie|niemals " EVER " ... " WRITING, WISH_OUT_MAYBE, WISH_FACT | WISH_ASKED},
    {"weitere|weiteren " SENT " ... ignorier*|blockier*|spam|ungelesen|geloscht", WISH_OUT_MAYBE,
     0},
    {"melden|kontaktieren|schreiben|mailen sie|ihr|mich|mir|sich ... erst wieder|dann|nach|ab",
     WISH_OUT_MAYBE, WISH_COMMAND},
    {"horen|hort sie|ihr ... auf ... anzurufen|anrufen", WISH_OUT_MAYBE, WISH_CROSSES},
    {"wo|wie|kein|keinen ... "
     "abmeldelink|abmeldebutton|abmeldung|abmeldemoglichkeit|abmeldefunktion",
     WISH_OUT_MAYBE, 0},
    {KIND_OF_NO " ... " SENT " ... wunsche|wunschen|mochte|mochten|will|wollen|dulde|dulden",
     WISH_OUT, WISH_END},
    {KIND_OF_NO " wert|lust|bock|interesse|bedarf auf|an ... "
                "weitere|weiteren|weiterer|ihre|ihren|eure|euren " SENT,
     WISH_OUT, 0},
    {"von ... " SENT " ... abstand", WISH_OUT, WISH_NEGATED},
    {"abstand von ... " SENT, WISH_OUT, WISH_NEGATED},
    {"adresse|mailadresse|emailadresse ... nicht|nie mehr|langer|weiter|weiterhin|wieder "
     "verwenden|nutzen|benutzen|anschreiben|kontaktieren|zu",
     WISH_OUT, WISH_ASKED},
    {"nicht|nie mehr|langer|weiter ... adresse|mailadresse|emailadresse ... "
     "verwenden|nutzen|benutzen",
     WISH_OUT, WISH_ASKED},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... nicht ... dass sie|ihr|du mir|mich|uns ... "
     "schreiben|schreibt|kontaktieren|kontaktiert|schicken|schickt|senden|anschreiben|belastigen",
     WISH_OUT, WISH_CROSSES},
    {"nicht|nicht's so viele|viel|oft " SENT, WISH_OUT_MAYBE, WISH_FACT},
    {"weniger|seltener " SENT, WISH_OUT_MAYBE, WISH_ASKED},
    {"zu viele|viel|oft " SENT, WISH_OUT_MAYBE, 0},
    {"nur noch|mehr telefonisch|per|postalisch telefon|post|brief?", WISH_OUT_MAYBE, WISH_ASKED},
    {"genug|schluss mit|von ... " SENT, WISH_OUT_MAYBE, 0},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... " KIND_OF_NO
     " informationen|infos|angebote|prospekte mehr",
     WISH_OUT, WISH_FACT},
    {"schluss jetzt|endlich|bitte? mit ... " SENT, WISH_OUT, 0},
    {"mich|uns nicht|nie|niemals " EVER
     " anschreibt|kontaktiert|schreibt|kontaktieren|anschreiben|belastigt",
     WISH_OUT, WISH_ASKED},
    {"noch|nochmal|nochmals|wieder ... anschreiben|schreiben|kontaktieren|mailen|belastigen ... "
     "anwalt*|rechtsanwalt*|anzeige|polizei|abmahn*",
     WISH_OUT, WISH_CROSSES | WISH_THREAT},
    {"wenn|sollten|falls ... noch|nochmal|nochmals|weiter|weiterhin|wieder ... "
     "anschreiben|schreiben|kontaktieren|mailen|schicken|belastigen|mail|emails|mails",
     WISH_OUT_MAYBE, WISH_COMMAND},
    {"moglichkeit ... abzumelden|auszutragen|abmelden", WISH_OUT_MAYBE, WISH_CROSSES},
    {"nicht per|via ... mail|email|mails|emails", WISH_OUT_MAYBE, WISH_START},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... " KIND_OF_NO " _? " SENT
     " von|dieser|solcher|aus|ihrer|ihrerseits|eurer|uber|zu",
     WISH_OUT, WISH_FACT},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... " KIND_OF_NO " _? " SENT, WISH_OUT,
     WISH_END | WISH_FACT},
    {"mochte|mochten|will|wollen|wunsche|wunschen ... " KIND_OF_NO " ... " SENT, WISH_OUT_MAYBE,
     WISH_FACT},
    {"mochte|mochten|will|wollen ... das|dies|diese|dieses|sowas|solche|solches ... nicht|nie "
     "mehr|wieder|langer ... bekommen|erhalten|lesen|sehen",
     WISH_OUT, 0},
    {"mochte|mochten|will|wollen|bitte ... nix|nichts mehr ... horen|lesen|bekommen|erhalten",
     WISH_OUT, 0},
    {"lass|lassen|lasst das|es|sie|bitte ... mit ... " SENT, WISH_OUT, WISH_NEGATED},
    {"untersagt|untersagen|untersage|verbietet|verbieten ihnen|euch|hiermit ... "
     "ansprache|kontaktaufnahme|nutzung|verwendung|zusendung|anschreiben|mails|werbung|kontakt|"
     "kontaktierung|verarbeitung",
     WISH_OUT, WISH_NEGATED},
    {SENT_ALONE " ... nicht|nie mehr", WISH_OUT_MAYBE, WISH_FACT | WISH_ASKED},
    {"nicht|nie|nichts|nix mehr ... " SENT, WISH_OUT_MAYBE, WISH_FACT | WISH_ASKED},
    {"das|dies|alles ... ist|sind ja|doch|nur|reiner|eindeutig|alles|einfach? spam|belastigung",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {SENT_ALONE " ... nicht|nie mehr|langer? erwunscht|gewunscht|willkommen|gewollt", WISH_OUT, 0},
    {"mails|mail|emails|werbung|newsletter|nachrichten|zusendungen ... stellen|stellt "
     "sie|ihr|bitte ... ein",
     WISH_OUT, WISH_CROSSES | WISH_END},
    {SENT_ALONE " ... interessieren|interessiert mich|uns nicht", WISH_OUT_MAYBE, 0},
    {"kontaktieren|kontaktiere|kontaktiert|schreiben|schreibt|schreib|melden "
     "sie|ihr|sich|mich|uns|mir|bitte? "
     "... umstanden " EVER,
     WISH_OUT, WISH_COMMAND},
    /* Out of the list */
    {"nehmen|nehme|nimm|nehmt|streichen|streiche|streich|streicht|losch|loschen|losche|loscht|"
     "entfernen|"
     "entferne|entfernt|tragen|tragt|trag|werfen|werft|schmeissen|schmeiss|holen|melden|meldet ... "
     "mich|uns|mein|meine|meinen|unsere|unseren ... aus|von|vom ... " LIST,
     WISH_OUT, WISH_NEGATED},
    {"mich|uns|meine|meinen|unsere|mein|unser ... aus|von|vom ... " LIST " ... " TO_TAKE_OFF,
     WISH_OUT, WISH_NEGATED},
    {"bitte mich|uns ... aus|von|vom ... " LIST, WISH_OUT, WISH_NEGATED},
    {"bitte ... aus|von|vom ihrem|eurem|dem|der|ihrer|eurer|allen|diesem|dieser ... " LIST
     " " TO_TAKE_OFF,
     WISH_OUT, WISH_NEGATED},
    {"raus|heraus aus|mit ... verteiler|liste|newsletter|datenbank", WISH_OUT, WISH_NEGATED},
    {"tragen|tragt|trag sie|ihr|bitte? mich|uns|meine ... aus", WISH_OUT, WISH_NEGATED | WISH_END},
    {"mich|uns|mail|adresse|mailadresse ... austragen|auszutragen", WISH_OUT, WISH_NEGATED},
    {"melden|meldet|meld sie|ihr|bitte? mich|uns ... ab", WISH_OUT,
     WISH_NEGATED | WISH_END | WISH_EVENT},
    {"mochte|mochten|will|wollen|wunsche ... mich|uns ... abmelden|austragen|abzumelden", WISH_OUT,
     WISH_NEGATED | WISH_EVENT},
    {"mich|uns ... abmelden|abzumelden", WISH_OUT_MAYBE, WISH_NEGATED | WISH_EVENT},
    {"melde|melden mich|uns|wir ... ab", WISH_OUT_MAYBE, WISH_NEGATED | WISH_END | WISH_EVENT},
    {"melde|melden mich|uns ... newsletter|verteiler|mailing ... ab", WISH_OUT, WISH_NEGATED},
    {"abmeldung|austragung|abbestellung vom|von|aus|des|ihrem ... "
     "newsletter*|verteiler|mailing*|liste",
     WISH_OUT, WISH_NEGATED},
    {"bestelle|bestellen|bestell ... newsletter|mails|mailing|werbung ... ab", WISH_OUT,
     WISH_NEGATED},
    {"kundige|kundigen|storniere ... newsletter|newsletterabo|mailing", WISH_OUT, WISH_NEGATED},
    {"mochte|mochten|will|wollen|bitte|hiermit ... newsletter|mailing|mails ... "
     "abbestellen|kundigen|stornieren|abzubestellen|abmelden",
     WISH_OUT, WISH_NEGATED},
    {"setzen|setzt|setz|nehmen ... mich|uns|meine|unsere|adresse ... auf ... "
     "sperrliste|blacklist|sperrvermerk|blockliste|robinsonliste|blackliste",
     WISH_OUT, WISH_NEGATED},
    {"sperren|sperrt|sperre sie|ihr|bitte? ... mich|uns|mein|meine|unsere|unseren", WISH_OUT,
     WISH_NEGATED},
    {"werbesperre|sperrvermerk", WISH_OUT_MAYBE, WISH_NEGATED},
    {"vermerken ... " KIND_OF_NO " ... werbung|kontakt|mails|emails", WISH_OUT, 0},
    {"aus|von|vom ... " LIST_OF_MAIL " ... " TO_TAKE_OFF, WISH_OUT, WISH_NEGATED},
    {TO_TAKE_OFF " ... aus|von|vom ... " LIST_OF_MAIL, WISH_OUT, WISH_NEGATED},
    {"loschung|streichung|austragung|entfernung|herausnahme ... aus|von|vom ... " LIST, WISH_OUT,
     WISH_NEGATED},
    {"um loschung|streichung|austragung|abmeldung", WISH_OUT, WISH_NEGATED | WISH_END},
    {"nehmen|nimm|nehmt|streichen|streicht ... mich|uns|meine|unsere|adresse ... raus|heraus",
     WISH_OUT, WISH_NEGATED | WISH_END},
    {"aus|von|vom ihrem|eurem|ihrer|eurer|deiner|deinem ... " LIST " ... " TO_TAKE_OFF " werden?",
     WISH_OUT, WISH_NEGATED},
    {"streichen|streicht|streiche|streich|entfernen|entfernt|entferne|loscht|austragen "
     "sie|ihr|bitte? mich|uns",
     WISH_OUT, WISH_NEGATED | WISH_END},
    {"will|mochte|wollen|mochten ... aus|von|vom ... " LIST " ... raus|heraus|weg|verschwinden",
     WISH_OUT, WISH_NEGATED},
    /* Erasure, objection, consent: GDPR Art. 17, 21, 7(3) */
    {"loschen|losche|loscht|losch|entfernen|entfernt|tilgen|vernichten ... "
     "mein|meine|meinen|meiner|unsere|unser|unseren|diese ... " PERSONAL,
     WISH_OUT, WISH_NEGATED},
    {"mein|meine|meinen|unsere|unser|unseren|personenbezogenen ... " PERSONAL " ... " TO_ERASE,
     WISH_OUT, WISH_NEGATED},
    {"losche|loschen|loscht ... alle|samtliche ... daten ... mir|mich|uns|meiner", WISH_OUT,
     WISH_NEGATED | WISH_CROSSES},
    {"alle|samtliche|samtlicher ... mich|mir|uns|meiner ... daten ... " TO_ERASE, WISH_OUT,
     WISH_NEGATED},
    {"loschen|loscht|losch|losche sie|ihr|bitte? mich|uns", WISH_OUT, WISH_NEGATED},
    {"mich|uns zu? loschen", WISH_OUT, WISH_NEGATED},
    {"loschung ... mein*|unser*|daten|adresse|mailadresse|kontaktdaten", WISH_OUT, WISH_NEGATED},
    {"entfernung|streichung|sperrung|tilgung mein*|unser*", WISH_OUT, WISH_NEGATED},
    {"widerspruchsrecht|loschungsrecht ... gebrauch|nutze|nutzen|ausuben|wahrnehmen|wahr", WISH_OUT,
     WISH_NEGATED},
    {"widerspruchsrecht|loschungsrecht ... art|artikel|dsgvo ... gebrauch|nutze|nutzen|ausuben",
     WISH_OUT, WISH_NEGATED},
    {"widerspruchsrecht|loschungsrecht", WISH_OUT_MAYBE, WISH_NEGATED},
    {"recht auf loschung|vergessenwerden|widerspruch", WISH_OUT_MAYBE, WISH_NEGATED},
    {"widerspreche|widersprechen ich|wir|hiermit? ... "
     "nutzung|verwendung|verarbeitung|werbung|speicherung|"
     "weitergabe|datenverarbeitung|zusendung*|ansprache|kontaktaufnahme*|direktwerbung|"
     "direktmarketing|"
     "werblich*|werbezweck*|art|artikel|weiteren|datennutzung|werbenutzung|kontaktierung",
     WISH_OUT, WISH_NEGATED},
    {"widersprechen|widerspreche", WISH_OUT_MAYBE, WISH_NEGATED},
    {"hiermit widerspreche|widersprechen", WISH_OUT, WISH_NEGATED},
    {"widerspruch ... gegen|nach|gemass|gem|zur ... "
     "werbung|art|artikel|verarbeitung|nutzung|direktwerbung|"
     "verwendung|werbliche|werbezwecken|datenverarbeitung",
     WISH_OUT, WISH_NEGATED},
    {"lege|legen ... widerspruch", WISH_OUT_MAYBE, WISH_NEGATED},
    {"werbewiderspruch", WISH_OUT, WISH_NEGATED | WISH_START},
    {"mein|meinen|unseren|hiermit|diesen|als werbewiderspruch", WISH_OUT, WISH_NEGATED},
    {"widerrufe|widerrufen|ziehe|ziehen|nehme ... einwilligung|zustimmung|einverstandnis|erlaubnis|"
     "werbeeinwilligung|einwilligungen",
     WISH_OUT, WISH_NEGATED},
    {"nie|niemals|nirgends|keine|nicht ... "
     "eingewilligt|zugestimmt|einwilligung|zustimmung|angemeldet|"
     "abonniert|angefordert|einverstanden ... werbung|mail|mails|emails|newsletter|verteiler",
     WISH_OUT_MAYBE, WISH_CROSSES},
    {"nie|niemals|nirgends ... "
     "eingewilligt|zugestimmt|einwilligung|zustimmung|angemeldet|abonniert|"
     "angefordert",
     WISH_OUT_MAYBE, WISH_CROSSES},
    {"daten|werbung|adresse ... nicht|nie zugestimmt|eingewilligt", WISH_OUT_MAYBE, 0},
    {"zugestimmt|eingewilligt ... loschen|losche|loscht", WISH_OUT, WISH_CROSSES},
    {"ohne meine|unsere|jede|jegliche einwilligung|zustimmung|erlaubnis", WISH_OUT_MAYBE, 0},
    {"auskunft ... art|artikel|dsgvo|gespeichert*", WISH_OUT_MAYBE, 0},
    {"verstosst|verstossen|verstoss ... gegen|uwg|dsgvo ... uwg|dsgvo|datenschutz?", WISH_OUT_MAYBE,
     0},
    /* No more contact */
    {"melden sie sich|bitte ... nicht|nie|niemals|nimmer " EVER, WISH_OUT, WISH_COMMAND},
    {"melde|meld|meldet dich|euch ... nicht|nie|niemals " EVER, WISH_OUT, WISH_COMMAND},
    {"bitte ... nicht|nie|niemals " EVER " ... "
     "melden|kontaktieren|anschreiben|schreiben|belastigen|"
     "anmailen|mailen|zuschicken|schicken|senden|"
     "zusenden|behelligen|nachfassen|nachhaken|stammen",
     WISH_OUT, WISH_COMMAND},
    {"bitte ... nicht|nie|niemals anschreiben|kontaktieren|belastigen|anmailen", WISH_OUT,
     WISH_END},
    {"nicht|nie|niemals " EVER
     " melden|kontaktieren|anschreiben|schreiben|belastigen|anmailen|anmailen",
     WISH_OUT, WISH_START},
    {"bitte nicht|nie mehr|wieder", WISH_OUT_MAYBE, WISH_END},
    {"kontaktieren|kontaktiere|kontaktiert|anschreiben|belastigen|belastigt|behelligen|"
     "bombardieren sie|"
     "ihr|bitte? mich|uns ... nicht|nie|niemals " EVER,
     WISH_OUT, WISH_COMMAND},
    {"kontaktieren|kontaktiere|kontaktiert|belastigen|belastigt sie|ihr|bitte? mich|uns bitte? "
     "nicht|nie|niemals",
     WISH_OUT, WISH_COMMAND | WISH_END},
    {"kontaktieren|kontaktiere|kontaktiert sie|ihr|bitte? mich|uns bitte? nicht|nie|niemals",
     WISH_OUT_MAYBE, WISH_COMMAND},
    {"schreiben|schreib|schreibt|schreibe|mailen|maile|mailt sie|ihr|bitte? mir|mich|uns ... "
     "nicht|nie|niemals|nimmer|nichts " EVER,
     WISH_OUT, WISH_COMMAND},
    {"schreiben|schreib|schreibt|mailen sie|ihr|bitte? mir|uns bitte? nicht|nie|niemals", WISH_OUT,
     WISH_COMMAND | WISH_END},
    {"schicken|schick|schickt|senden|sende|sendet|mailen|ubersenden sie|ihr|bitte? mir|uns ... "
     "nichts|nicht|nie " EVER,
     WISH_OUT, WISH_COMMAND},
    {"mich|uns|mir ... nicht|nie|niemals " EVER " ... zu|per|mit|von|unter? ... "
     "kontaktieren|schreiben|anzuschreiben|anschreiben|mailen|anmailen|schicken|senden|belastigen|"
     "behelligen|"
     "zuzusenden",
     WISH_OUT, WISH_COMMAND},
    {"mich|uns|mir nicht|nie|niemals zu kontaktieren|schreiben|belastigen", WISH_OUT, 0},
    {"nicht|nie|niemals " EVER
     " ... kontaktiert|angeschrieben|belastigt|behelligt|angemailt|angesprochen|beworben "
     "werden|wird|werde",
     WISH_OUT, 0},
    {"mochte|mochten|will|wollen|wunsche ... nicht|nie|niemals ... "
     "kontaktiert|angeschrieben|belastigt|behelligt|angemailt|angesprochen|beworben werden",
     WISH_OUT, 0},
    {"mochte|mochten|will|wollen|bitte ... nichts mehr|weiter|weiteres|wieder ... "
     "horen|lesen|bekommen|erhalten|schicken|senden",
     WISH_OUT, 0},
    {"mochte|mochten|will|wollen ... nie wieder ... horen|lesen|bekommen|erhalten", WISH_OUT, 0},
    {"horen|hort|hor|hore sie|ihr|bitte|endlich? ... auf ... "
     "schreiben|schicken|senden|mails|mail|emails|spammen|nerven|belastigen|kontaktieren|"
     "anzuschreiben|"
     "werbung|damit|bombardieren|zuzumullen|spam|nachrichten",
     WISH_OUT, WISH_CROSSES | WISH_NEGATED},
    {"horen|hort|hor sie|ihr|bitte|endlich? ... auf", WISH_OUT_MAYBE, WISH_END | WISH_NEGATED},
    {"aufhoren ... mir|mich|uns|mails|emails|werbung|damit", WISH_OUT, WISH_CROSSES | WISH_NEGATED},
    {"mit ... mails|mail|emails|werbung|spam|nachrichten ... aufhoren|aufzuhoren", WISH_OUT,
     WISH_NEGATED},
    {"lassen|lass|lasst sie|ihr|bitte? mich|uns ... in ruhe|frieden", WISH_OUT,
     WISH_END | WISH_NEGATED},
    {"mich|uns ... in ruhe|frieden ... lassen", WISH_OUT, WISH_NEGATED},
    /* Threats */
    {"nachste|nachsten|weitere|weiteren|weiterer|jede|jeder|noch ... " SENT
     " ... anwalt*|rechtsanwalt*|anzeige|anzeigen|abmahn*|datenschutzbehorde*|bundesnetzagentur|"
     "aufsichtsbehorde*|verbraucherzentrale|rechtliche|anwalte|juristisch*",
     WISH_OUT, WISH_CROSSES | WISH_THREAT},
    {"melde|melden|anzeigen|beschwere ... bundesnetzagentur|datenschutzbehorde*|aufsichtsbehorde*|"
     "landesdatenschutz*|wettbewerbszentrale|datenschutzbeauftragte*",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"abmahnung|abmahnen|strafanzeige|bundesnetzagentur", WISH_OUT_MAYBE, WISH_NEGATED},
    {"sonst|ansonsten|andernfalls ... anwalt*|rechtsanwalt*|anzeige|rechtliche*", WISH_OUT_MAYBE,
     0},
    /* What only talks of it */
    {"nicht|nie mehr|wieder ... anrufen|anzurufen|telefonisch", WISH_OUT_MAYBE, 0},
    {"rufen|ruf|ruft sie|ihr|bitte? mich|uns ... nicht|nie ... an", WISH_OUT_MAYBE, WISH_END},
    {KIND_OF_NO " weitere|weiteren? anrufe|anruf|telefonate|werbeanrufe", WISH_OUT_MAYBE,
     WISH_FACT | WISH_EVENT},
    {"nicht mehr per|via|uber ... mail|mails|email|emails", WISH_OUT_MAYBE, WISH_FACT},
    {"wie|wo ... ich|wir|man mich|uns|sich ... ab|abmelden|austragen|abbestellen", WISH_OUT_MAYBE,
     0},
    {"wie|wo ... ich|wir ... newsletter|mails ... ab|los|abbestellen|abmelden", WISH_OUT_MAYBE, 0},
    {KIND_OF_NO
     " weitere|weiteren angebote|angebot|unterlagen|anfragen|prospekte|kataloge|einladungen|"
     "informationen|infos|nachfragen|terminanfragen",
     WISH_OUT_MAYBE, WISH_FACT},
    {KIND_OF_NO " angebote|anfragen|prospekte|kataloge|einladungen|informationen|infos mehr",
     WISH_OUT_MAYBE, WISH_FACT},
    {"sehen ... von|ab ... weiteren ... angeboten|anfragen|anrufen|nachfragen|terminvorschlagen",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"von|auf weitere|weiteren angeboten|anfragen|anrufen|angebote|anfragen|nachfragen ... "
     "abzusehen|absehen|verzichten",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"statt|anstatt|nicht an mich|uns", WISH_OUT_MAYBE, 0},
    {"nehmen|nehmt|nimm|lassen ... mich|uns ... cc|bcc|kopie|verteiler", WISH_OUT_MAYBE,
     WISH_NEGATED},
    {"weitere|weiteren ... " SENT " ... nicht notig|notwendig|erforderlich", WISH_OUT_MAYBE, 0},
    {"das|dies|ihre|eure|ihr ... ist|sind spam|belastigung|belastigend|unerwunscht|werbung",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"unerwunschte|unerwunschten|unverlangte|unverlangten|ungefragte " SENT, WISH_OUT_MAYBE, 0},
    {"nervt|nerven|belastigen sie|ihr|mich|uns|langsam|nur|total", WISH_OUT_MAYBE, WISH_NEGATED},
    {"das nervt", WISH_OUT_MAYBE, WISH_NEGATED},
    /* Leave it, in other words */
    {"nicht|nichts|nie|niemals mehr|wieder|weiter|nochmal|erneut "
     "schicken|senden|zusenden|zuschicken|schreiben|mailen|zumailen|anschreiben",
     WISH_OUT, WISH_START},
    {"bitte ... nichts mehr|weiter|weiteres ... " SENDING, WISH_OUT, WISH_COMMAND},
    {"bitte ... nichts|nicht schicken|zusenden|schreiben|senden|zuschicken", WISH_OUT_MAYBE,
     WISH_COMMAND},
    {"sehen|seht|sieh sie|ihr|bitte? ... von "
     "solchen|solcherlei|derartigen|derlei|diesen|dieser|jeglichen|jeglicher ... ab",
     WISH_OUT, WISH_NEGATED | WISH_END},
    {"von solchen|derartigen|jeglichen|jeglicher|weiteren|weiterem ... abzusehen|absehen",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"lassen|lasst|lass|unterlassen sie|ihr|das|es|bitte? ... " WRITING_NOUN " ... sein|bleiben",
     WISH_OUT, WISH_NEGATED},
    {"lassen|lasst|lass sie|ihr? das|es|dies ... sein|bleiben", WISH_OUT_MAYBE, WISH_END},
    {"lassen|lasst|lass sie|ihr|bitte? ... das|diese|dieses|den "
     "zusenden|anschreiben|mailen|schreiben|nachfassen|gespamme|spammen|spam|mails|emails|werbung",
     WISH_OUT_MAYBE, WISH_END},
    {"kontakt|kontaktaufnahme|ansprache|zusendung|werbung ... untersagt|verboten|unerwunscht",
     WISH_OUT, WISH_NEGATED},
    {"kein|keine|keinen|keinerlei erlaubnis|einwilligung|zustimmung|genehmigung|einverstandnis ... "
     "anzuschreiben|kontaktieren|schreiben|mails|emails|werbung|zusenden|mailen",
     WISH_OUT, WISH_CROSSES},
    {"ich|wir keine weiteren mehr? " WANT, WISH_OUT, 0},
    {WANT " ... von ihnen|euch|ihrer|eurer|ihrem ... nichts|nicht|nie|niemals|keine|nie ... "
          "horen|lesen|bekommen|erhalten|kriegen|haben|wissen|sehen|empfangen",
     WISH_OUT, 0},
    {WANT " ... nichts|nichts|nie|nie mehr|wieder|weiter|weiteres ... "
          "horen|lesen|bekommen|erhalten|kriegen|empfangen|zugeschickt|zugesandt|sehen|wissen",
     WISH_OUT, 0},
    {WANT " ... nicht mehr|weiter|langer|wieder ... "
          "angeschrieben|kontaktiert|belastigt|zugemullt|zugespamt|zugespammt|angemailt|beworben|"
          "genervt|umworben|informiert|gestort|angesprochen",
     WISH_OUT, 0},
    {"nicht|nichts|kein|keine|nie will|mochte|mochten|wollen mehr ... " SENT
     "|horen|lesen|bekommen|kriegen",
     WISH_OUT, 0},
    {"will|mochte|wollen nicht|keine|kein|nichts mehr ... " SENT, WISH_OUT, WISH_FACT},
    {KIND_OF_NO " " SENT " dieser|solcher|der art ... mehr", WISH_OUT, WISH_FACT},
    {KIND_OF_NO " solche|solchen|derartige|derartigen|solcher|dieser ... " SENT, WISH_OUT_MAYBE,
     WISH_FACT | WISH_ASKED},
    {KIND_OF_NO " solche|solchen|derartige|derartigen|dieser|ihre|ihrer|eure|eurer ... mehr",
     WISH_OUT_MAYBE, WISH_FACT | WISH_ASKED},
    {"unterlassen|unterlasst|unterlasse es|dies|das ... mir|uns|mich ... "
     "schreiben|schicken|senden|kontaktieren|belastigen|anzuschreiben|zuzusenden",
     WISH_OUT, WISH_NEGATED | WISH_CROSSES},
    {"schluss|genug|ende damit|jetzt|mit", WISH_OUT_MAYBE, WISH_START | WISH_END},
    {"bitte stop|stopp|stoppen|aufhoren", WISH_OUT, WISH_END | WISH_NEGATED},
    {"stoppen|stoppt|stopp|stop|beenden|beendet sie|ihr|bitte? "
     "das|die|den|diese|ihre|eure|diesen|sofort? ... " SENT,
     WISH_OUT, WISH_NEGATED},
    {"aufhoren aufzuhoren|mir|uns|mich|damit|mit", WISH_OUT_MAYBE, WISH_NEGATED},
    {"von ihnen|euch|ihrer|eurer ... " KIND_OF_NO " ... mehr ... "
     "bekommen|erhalten|kriegen|sehen|horen|lesen|haben|bekame|bekamen|kame",
     WISH_OUT, WISH_ASKED},
    {"mein|meine|unsere|diese ... adresse|mailadresse|emailadresse ... nicht ... "
     "verwenden|nutzen|benutzen|anschreiben",
     WISH_OUT, WISH_ASKED | WISH_END},
    /* Out, in other words */
    {"mich|uns ... rausnehmen|herausnehmen|rauszunehmen|herauszunehmen|rausschmeissen|rauswerfen|"
     "rausloschen|rausstreichen|ausklinken",
     WISH_OUT, WISH_NEGATED | WISH_EVENT},
    {TAKE_OFF " ... unser|unserem " HOUSE " ... aus|von|vom ... " LIST, WISH_OUT, WISH_NEGATED},
    {TAKE_OFF
     " ... die|diese|dieses|den|folgende|o|obige|obengenannte|genannte g? "
     "adresse|mailadresse|emailadresse|namen|daten|kontaktdaten|email|mail|kontakt|postfach ... "
     "aus|von|vom ihrem|ihrer|ihren|eurem|eurer|euren|dem|der ... " LIST,
     WISH_OUT, WISH_NEGATED},
    {"adresse|mailadresse|emailadresse|email|mail ... aus|von|vom ... " LIST " ... " TO_TAKE_OFF,
     WISH_OUT, WISH_NEGATED | WISH_ASKED},
    {"bitte adresse|mailadresse|emailadresse|kontaktdaten|email|mailadressen " TO_ERASE, WISH_OUT,
     WISH_NEGATED | WISH_END},
    {"adresse|mailadresse|emailadresse raus|loschen|weg", WISH_OUT, WISH_START | WISH_NEGATED},
    {"mein|meine|meinen|unsere|unseren ... adresse|mailadresse|namen|daten ... raus|weg", WISH_OUT,
     WISH_NEGATED},
    {"raus|heraus|weg aus|von|mit ... " LIST_OF_MAIL, WISH_OUT, WISH_NEGATED},
    {"bitte abmelden|austragen|abbestellen|abbestellung|abmeldung|austragung", WISH_OUT,
     WISH_END | WISH_EVENT | WISH_NEGATED},
    {"hiermit ... abmelden|abbestellen|kundige ich|wir|mich? ... newsletter|mails|mailing|infos?",
     WISH_OUT_MAYBE, WISH_EVENT},
    {"loschen|losche|loscht|losch|entfernen|entfernt sie|ihr|bitte? ... "
     "alles|samtliches|samtliche|alle ... mir|mich|uns",
     WISH_OUT, WISH_NEGATED | WISH_CROSSES},
    {"empfanger|adressat|inhaber|adressaten ... wunscht|wunschen|mochte keine|nicht ... "
     "angeschrieben|kontaktiert|" SENT,
     WISH_OUT, 0},
    {WANT " ... nicht ... dass|das sie|ihr|du mein|meine|unsere ... "
          "verwenden|nutzen|speichern|behalten|weitergeben|verwendet|nutzt|speichert",
     WISH_OUT, WISH_CROSSES},
    /* Less of it */
    {WANT " das|dies|diese|die|sowas|so|solche|den nicht|nie|nimmer "
          "mehr|wieder ... kriegen|bekommen|erhalten|lesen|sehen|haben",
     WISH_OUT, WISH_FACT},
    {"melde|melden ich|wir? mich|uns ... aus|von|vom ... " LIST " ... ab", WISH_OUT, WISH_NEGATED},
    {"loschen|losche|loscht sie|ihr|es sie|es|diese bitte?", WISH_OUT_MAYBE,
     WISH_END | WISH_NEGATED},
    {"nerven|nervt|belastigend|unerwunscht ... horen|hort sie|ihr auf", WISH_OUT, WISH_CROSSES},
    {"erst nach|ab|wenn|im|in|danach ... wieder schreiben|melden|kontaktieren|mailen",
     WISH_OUT_MAYBE, WISH_CROSSES},
    {"melde ich|wir mich|uns ab", WISH_OUT_MAYBE, WISH_EVENT},
    {"einmal|ein mal? im|pro|in|je der? monat|quartal|jahr|woche|halbjahr ... "
     "reicht|reichen|genugt|genugen|genug",
     WISH_OUT_MAYBE, 0},
    {"sonst|ansonsten bestelle|melde|kundige|bestell|trage ... ab|aus", WISH_OUT_MAYBE, 0},
    {"nur noch|dann schreiben|melden|mailen|kontaktieren ... wenn|falls", WISH_OUT_MAYBE,
     WISH_CROSSES},
    {"bitte nur noch|dann schreiben|melden|mailen", WISH_OUT_MAYBE, 0},
    {"erinnerungen|mails|emails|nachrichten|newsletter ... nerven|nervt|storen|stort|lastig",
     WISH_OUT_MAYBE, 0},
    /* Found by a second reader */
    {"schon|bereits|mehrfach|mehrmals|zweimal ... widersprochen", WISH_OUT, WISH_NEGATED},
    {"wird|werden hiermit|ausdrucklich? widersprochen", WISH_OUT, WISH_NEGATED},
    {"hatte|hatten|fande|ware ... dass sie|ihr|du mir|mich|uns ... nicht|nie|nichts|keine mehr|"
     "weiter ... schreiben|schreibt|schicken|schickt|senden|kontaktieren|anschreiben|melden",
     WISH_OUT, WISH_CROSSES},
    {KIND_OF_NO " bock|lust|nerv|nerven mehr? auf ... " SENT, WISH_OUT, 0},
    {"losche|loscht|losch|loschen sie|ihr|bitte? meine e? mail|email", WISH_OUT_MAYBE,
     WISH_END | WISH_NEGATED},
    {"wunscht|wunschen|wunsche " KIND_OF_NO
     " werbung|kaltakquise|akquise|werbemails|werbeansprache|kontaktaufnahme per|via|von|durch",
     WISH_OUT, 0},
    {WANT " ... " KIND_OF_NO " weitere|weiteren angebote|anfragen|informationen|unterlagen ... "
          "erhalten|bekommen|zugeschickt|zugesandt",
     WISH_OUT, 0},
    {"tragen|tragt|trag|setzen|setzt|nehmen ... in|auf ... "
     "sperrliste|sperrdatei|blacklist|robinsonliste|werbesperre",
     WISH_OUT, WISH_NEGATED},
    {"auskunft ... dsgvo ... loschung|loschen", WISH_OUT, WISH_NEGATED | WISH_CROSSES},
    {"interesse|bedarf bitte? loschen|austragen|streichen|entfernen|abmelden", WISH_OUT,
     WISH_CROSSES | WISH_END},
    {NULL, WISH_OUT, 0},
};
