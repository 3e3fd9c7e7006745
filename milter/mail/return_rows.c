/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * return_rows.c - the words around dates in absence notes, German and English.
 *
 * Decides: nothing; it is the table, folded (mail_words.h) and grouped by meaning; the
 * longest phrase at a word counts. A zero ends each phrase of a list. A test checks that phrases
 * are folded and there once. Must not hold what one company's notes only would contain.
 */
#include "mail_return_rows.h"

/* Away: German. */
static const char away_de[] =
    "betriebsurlaub\0resturlaub\0jahresurlaub\0sommerurlaub\0winterurlaub\0erholungsurlaub\0"
    "bildungsurlaub\0sonderurlaub\0urlaubsbedingt\0betriebsferien\0werksferien\0"
    "in den|die ferien\0"
    "in den sommerferien|herbstferien|osterferien|pfingstferien|weihnachtsferien|winterferien\0"
    "auf montage\0in einer reha|kur\0in einer reha massnahme\0abwesend\0ausser "
    "haus|hause\0ausserhaus\0ausser dienst\0"
    "ausser landes\0unterwegs\0verreist\0auf reisen\0auf reise\0auf dienstreise\0"
    "auf einer dienstreise\0auf hochzeitsreise\0in den flitterwochen\0auf geschaftsreise\0auf "
    "einer geschaftsreise\0auf messe\0"
    "auf der|einer messe\0auf fortbildung\0auf einer fortbildung\0auf schulung\0"
    "auf einer schulung\0auf seminar\0auf einem seminar\0auf einem lehrgang\0"
    "auf einer tagung|konferenz\0auf kur\0bei einer schulung|fortbildung|tagung\0"
    "in einer schulung|fortbildung\0im ausland\0in kur\0in der kur\0in reha\0in der reha\0"
    "krank\0krankgeschrieben\0krankheitsbedingt\0krankheitshalber\0erkrankt\0habe frei\0"
    "frei habe\0habe ich frei\0freigestellt\0uberstundenabbau\0bin weg\0tage weg\0woche weg\0"
    "wochen weg\0nicht besetzt\0unbesetzt\0offline\0kein* zugriff\0ohne zugriff\0"
    "in terminen\0in meetings\0in besprechungen\0in einer besprechung\0mache ich urlaub\0"
    "dienstfrei\0ferienabwesend\0ferienhalber abwesend\0bleibt mein rechner|laptop|handy "
    "aus\0krankenstand\0im krankenstand\0im urlaub\0in urlaub\0in den urlaub\0"
    "im wohlverdienten|verdienten urlaub\0habe urlaub\0habe ich urlaub\0haben urlaub\0"
    "ist geschlossen\0bleibt geschlossen\0sind geschlossen\0haben geschlossen\0"
    "im mutterschutz\0in mutterschutz\0keinen zugang\0keine zugriffsmoglichkeit\0";

/* Of up to three years. */
static const char away_long_de[] =
    "elternzeit\0elternurlaub\0elternkarenz\0karenz\0mutterschutz\0babypause\0sabbatical\0"
    "sabbatjahr\0auszeit\0";

/* Names the writer's own absence, whoever the sentence is about. */
static const char away_self_de[] =
    "abwesenheitsnotiz\0abwesenheitsmeldung\0abwesenheitsnachricht\0abwesenheitsassistent\0"
    "abwesenheitsbenachrichtigung\0abwesenheitsinfo\0abwesenheit\0meiner abwesenheit\0"
    "meine abwesenheit\0unserer abwesenheit\0";

/* Away: English. */
static const char away_en[] =
    "away\0out of office\0out of the office\0out of my office\0out of our office\0"
    "out of town\0long service leave\0on long service leave\0on jury duty\0out of the country\0out "
    "on leave|vacation|business\0out sick\0oof\0ooo\0"
    "on vacation\0on my vacation\0on holiday*\0on leave\0on _ leave\0"
    "on annual|sick|personal|medical|bereavement|compassionate|extended leave\0on a leave\0"
    "on furlough\0on pto\0pto\0taking vacation\0taking leave\0taking time off\0my vacation\0"
    "vacationing\0annual leave\0travelling\0traveling\0on travel\0on a business trip\0"
    "on business trip\0on a trip\0on the road\0unavailable\0unreachable\0no access\0"
    "no email|e access\0without access\0limited access\0limited availability\0"
    "limited email|e access\0intermittent access\0restricted access\0sporadic access\0"
    "little access\0not monitored\0unmonitored\0"
    "unable to read|respond|reply|answer|access|check|take\0off work\0i'm off\0we're "
    "off\0offsite\0off site\0out of station\0day off\0days off\0be off\0"
    "am off\0off sick\0at a conference\0at a trade show\0in training\0on training\0"
    "attending a|the conference|meeting|training\0not checking\0be out\0am out\0"
    "been out\0is closed\0are closed\0be closed\0remains closed\0remain closed\0am sick\0"
    "slow to respond|reply|answer\0at the _ fair|show|expo\0"
    "i'm sick\0sick leave\0on sick leave\0am ill\0i'm ill\0off ill\0";

/* Away for long: English. */
static const char away_long_en[] =
    "maternity leave\0paternity leave\0parental leave\0family leave\0"
    "on maternity|paternity|parental|family leave\0on sabbatical\0career break\0";

/* Away, and it is the writer who is: English. */
static const char away_self_en[] =
    "my absence\0our absence\0absence notice\0notice of absence\0while i am away|out\0"
    "while i'm away|out\0i am out\0i'm out\0i'll be out\0i will be out\0we are out\0"
    "we are closed\0we're closed\0";

/* There: German. */
static const char here_de[] =
    "erreichbar\0im buro\0im hause\0im haus\0im dienst\0im unternehmen\0im betrieb\0"
    "im geschaft\0im einsatz\0im amt\0in der firma\0am platz\0am arbeitsplatz\0"
    "am schreibtisch\0anwesend\0da\0zu erreichen\0anzutreffen\0";

static const char here_self_de[] =
    "erreichen sie mich|uns\0erreichst du mich\0mich erreichen\0uns erreichen\0"
    "mich wieder erreichen\0uns wieder erreichen\0steh* ich\0stehen wir\0"
    "sind wir fur sie da\0bin ich fur sie da\0";

/* There: English. */
static const char here_en[] =
    "reachable\0in the office\0in office\0in my office\0at my desk\0at my office\0at work\0"
    "at the office\0";

static const char here_self_en[] = "reach me\0reach us\0contact me\0";

/* There again. */
static const char back[] =
    "zuruck\0zuruckkehren\0zuruckkehre\0zuruckkehrt\0zuruckerwarte*\0"
    "wiederkehr\0wir offnen wieder\0wieder offnen\0offnet wieder\0zuruck aus dem|meinem|unserem "
    "urlaub\0zuruck aus der|meiner elternzeit\0ruckkehr\0"
    "ruckkehrdatum\0wiederkommen\0wieder da\0wieder zuruck\0wieder erreichbar\0"
    "wieder im buro|haus|hause|dienst|einsatz|unternehmen|betrieb|amt\0wieder fur sie da\0"
    "wieder zur verfugung\0wieder verfugbar\0wieder ansprechbar\0"
    "wieder am platz|arbeitsplatz|schreibtisch\0wieder an bord\0wieder anwesend\0"
    "wieder vor ort\0wieder besetzt\0wieder geoffnet\0wieder online\0wieder zu erreichen\0"
    "wieder personlich erreichbar|da\0wieder telefonisch|wie erreichbar\0"
    "wieder gewohnt erreichbar|da\0erster arbeitstag\0nachster arbeitstag\0next working|business "
    "day\0ersten arbeitstag\0arbeitsbeginn\0"
    "wieder arbeiten\0wieder arbeite\0back\0back from vacation|holiday|leave\0"
    "back from my vacation|holiday|leave|trip\0back in the office\0back to work\0"
    "back to the office\0get back to the office\0be back\0return\0returning\0returns\0"
    "returned to the office\0return date\0return the week of|commencing|beginning\0return to the "
    "office\0return to work\0"
    "returning to the office\0returning to work\0resume\0resumes\0resuming\0reopen\0reopens\0"
    "reopening\0available again\0reachable again\0open again\0first day back\0"
    "in the office again\0at work again\0back online\0liest wieder\0lese wieder\0lese ich wieder\0"
    "wieder gelesen|bearbeitet|beantwortet|abgerufen\0will have returned\0have returned by\0";

static const char back_self[] = "erreichen sie mich|uns wieder\0geht's weiter\0geht es "
                                "weiter\0meiner ruckkehr\0meine ruckkehr\0my return\0"
                                "reach me|us again\0kehre ich\0kehre\0mich wieder\0";

/* Again. */
static const char again[] = "wieder\0erst wieder\0again\0";

/* Will write. */
static const char answer[] =
    "melde mich\0melde ich mich\0melden uns\0melden wir uns\0beantworte\0beantworte ich\0"
    "beantworten\0beantwortet\0bearbeite\0bearbeite ich\0bearbeiten\0bearbeitet\0gelesen\0"
    "antworte\0antworte ich\0antworten wir\0kummere mich\0"
    "kummere ich mich\0reply\0respond\0answer\0responding\0replying\0get back to you\0"
    "be in touch\0getting back\0get back\0come back\0back to you\0";

/* Reads mail. */
static const char reads[] =
    "read your e? mail*|email*|message*\0"
    "lese\0lese ich\0lese meine|die e? mail*|emails|nachrichten\0"
    "lese ich meine|die e? mail*|emails|nachrichten\0lesen wir\0"
    "read my e? mail*|email*|messages\0reading my e? mail*|email*|messages\0reading e? "
    "mail*|email*|messages\0"
    "check my e? mail*|email*|messages|inbox\0checking my e? mail*|email*|messages|inbox\0";

/* Whom to turn to meanwhile. */
static const char standin[] =
    "richten sie\0richten sie bitte\0bitte richten sie\0wenden sie sich\0wende dich\0wendet "
    "euch\0bitte wenden sie sich\0bitte wende dich\0"
    "vertritt\0vertreten\0vertretung\0hilft ihnen\0helfen ihnen\0in dringenden fallen\0"
    "in dringenden angelegenheiten\0in eiligen fallen\0bei dringenden\0in notfallen\0"
    "im notfall\0dringend*\0kontaktieren\0kontaktieren sie\0bitte kontaktieren sie\0"
    "ansprechpartner*\0zustandig\0ubernimmt\0an meiner stelle\0wird ihnen helfen\0"
    "werden weitergeleitet\0wird weitergeleitet\0please contact\0contact\0please reach out\0"
    "reach out\0reach out to\0in my absence\0in urgent\0if urgent\0if this is urgent\0"
    "if you need\0if you require\0if it is urgent\0if your\0for urgent\0for immediate\0"
    "urgent*\0emergency\0emergencies\0in case of\0covering for me\0cover for me\0"
    "is covering\0will cover\0filling in\0please email\0please call\0please direct\0"
    "direct your\0assist you\0can help\0";

/* Turns what follows round, wholly or nearly. */
static const char negations[] =
    "nicht\0nicht mehr\0kein\0keine\0keinen\0keiner\0weder\0nie\0nur eingeschrankt\0"
    "eingeschrankt\0bedingt\0nur bedingt\0schlecht\0nur schlecht\0schwer\0nur schwer\0"
    "sporadisch\0nur sporadisch\0begrenzt\0unregelmassig\0nur unregelmassig\0selten\0"
    "nur selten\0vereinzelt\0nur vereinzelt\0teilweise\0nur per\0nur telefonisch\0nur mobil\0"
    "nur uber\0nur via\0nur zeitweise\0nur teilweise\0nur begrenzt\0kaum\0ohne\0not\0no\0"
    "no longer\0never\0won't\0can't\0cannot\0don't\0isn't\0aren't\0not be\0hardly\0barely\0"
    "limited\0rarely\0only by\0only via\0only intermittently\0only occasionally\0partially\0"
    "less\0";

/* The writer. */
static const char self[] =
    "ich\0bin\0wir\0unser*\0mein\0meine\0meinem\0meinen\0meiner\0meines\0i\0i'm\0i'll\0i've\0i'd\0"
    "we\0we're\0we'll\0we've\0my\0our\0this is an automatic|automated|automatically\0"
    "automatische antwort\0automatic reply\0automatische ruckmeldung\0auto reply\0autoreply\0"
    "auto\0praxis ist|bleibt\0kanzlei ist|bleibt\0sekretariat ist|bleibt\0postfach\0mailbox\0"
    "inbox\0office is\0offices are\0ihre e mail wird\0ihre email wird\0ihre mail wird|kann\0ihre e "
    "mail kann\0"
    "ihre nachricht wird|kann\0your email will\0your e mail will\0your message will\0"
    "your mail will\0e mails werden\0emails werden\0nachrichten werden\0dieses konto\0"
    "buro ist|bleibt\0erreicht mich\0der empfanger\0die empfangerin\0der adressat\0"
    "the recipient\0the person you\0normal service|operations\0";

/* Other people. */
static const char other[] = "unser* frau|herr|herrn|hr|fr\0our "
                            "mr|mrs|ms\0frau\0herr\0herrn\0hr\0fr\0mr\0mrs\0ms\0he\0she\0he's\0she'"
                            "s\0they\0sie ist\0sie hat\0"
                            "er ist\0er hat\0er wird\0die ab\0der ab\0die bis\0who\0whom\0";

static const char colleague[] =
    "kolleg*\0mein kollege\0meine kolleg*\0meinen kolleg*\0meinem kollegen\0meiner kollegin\0"
    "unser kollege\0unsere kolleg*\0unseren kolleg*\0meine vertretung\0meiner vertretung\0"
    "stellvertret*\0mein stellvertreter\0meine stellvertret*\0nachfolg*\0mein nachfolger\0"
    "meinen nachfolger\0meine nachfolg*\0meiner nachfolg*\0vorganger*\0mein vorganger\0"
    "meine vorganger*\0meiner vorganger*\0mein chef\0meine chefin\0mein team\0unser team\0"
    "unserem team\0meine assistent*\0colleague*\0my colleague*\0our colleague*\0my deputy\0"
    "my assistant\0my successor\0my predecessor\0my manager\0my boss\0my team\0our team\0"
    "coworker*\0my coworker*\0successor\0predecessor\0";

/* Verbs of a third person. */
static const char third[] =
    "ist\0sind\0wird\0werden\0hat\0haben\0findet\0finden\0beginnt\0startet\0is\0are\0will\0"
    "has\0have\0starts\0begins\0takes\0";

/* Makes the clause no statement about the writer now: a condition, the reader, the past. */
static const char block[] =
    "wenn\0falls\0sollte\0sollten\0ob\0bevor\0if\0whether\0unless\0before i\0before we\0"
    "until you\0when you\0ihr urlaub\0ihrem urlaub\0ihren urlaub\0ihres urlaubs\0"
    "ihre abwesenheit*\0ihrer abwesenheit*\0ihren abwesenheit*\0ihre automatische antwort\0"
    "sind sie\0sie sind\0sie waren\0waren sie\0haben sie\0du bist\0bist du\0dein*\0"
    "schonen urlaub\0einen schonen urlaub\0guten urlaub\0erholsamen\0erholsamen urlaub\0"
    "viel spass\0you are\0you're\0are you\0will you\0you will\0you'll\0you be\0"
    "your vacation\0your holiday*\0your leave\0your absence\0your return\0your out\0"
    "your trip\0your automatic\0your time\0enjoy\0have a\0war\0waren\0gewesen\0hatte\0"
    "hatten\0was\0were\0had\0got back\0just got back\0just returned\0just back\0returned\0"
    "came back\0been back\0have returned\0zuruckgekehrt\0zuruckgekommen\0gerade zuruck\0"
    "gestern\0yesterday\0ihrer ruckkehr\0ihre ruckkehr\0";

/* Something that takes place, moves or is due. */
static const char event[] =
    "rufe\0rufen\0anrufen\0anruf\0ruckruf\0telefonieren\0telefonat\0treffen\0sprechen\0"
    "gesprach\0termin\0besprechung\0umzug\0umziehen\0ziehe\0ziehen\0adresse\0anschrift\0"
    "messe\0findet statt\0stattfinden\0veranstaltung\0webinar\0seminar\0workshop\0komme auf\0"
    "kommen auf\0angebot\0gultig\0frist\0rechnung\0lieferbar\0lieferung\0besuch\0nehme\0"
    "nehmen\0call\0meet\0meeting\0let's\0trade fair\0fair\0exhibition\0conference\0address\0"
    "moving\0move\0takes place\0launch\0offer\0valid\0deadline\0return the\0return this\0"
    "return your\0return it\0return a\0invoice\0talk\0discuss\0register\0delivery\0quote\0"
    "back office\0back end\0back up\0bieten\0rabatt\0aktion\0discount\0sale\0back to normal\0"
    "be back to normal\0";

/* Requests. */
static const char ask[] =
    "bitte\0please\0konnten sie\0konnen sie\0wurden sie\0could you\0can you\0would you\0"
    "sagen sie\0geben sie\0senden sie\0schicken sie\0antworten sie\0schreiben sie\0"
    "melden sie sich\0";

/* A clause begins here. */
static const char cut[] =
    "und\0aber\0sowie\0oder\0sondern\0wahrend\0weil\0danach\0anschliessend\0and\0but\0or\0"
    "while\0because\0then\0afterwards\0thereafter\0da ich\0da wir\0da der\0da die\0da das\0"
    "da sie\0dass\0sobald\0as soon as\0";

/* Before a date. */
static const char until[] =
    "bis\0bis zum\0bis zu\0bis zur\0bis nach\0bis in\0bis ins\0bis im\0bis uber\0bis auf\0"
    "until\0till\0til\0up to\0up until\0until after\0to\0over\0uber\0";

static const char from[] =
    "ab\0von\0from\0starting\0beginning\0effective\0as of\0as from\0from the\0";

static const char on[] = "am\0an\0im\0in\0on\0zum\0by\0zu\0at\0fur\0week of\0week commencing\0week "
                         "beginning\0w c\0w b\0";

static const char after[] = "nach\0after\0following\0";

static const char before[] = "vor\0before\0prior to\0ehe\0";

static const char of[] = "vom\0seit\0since\0of\0dated\0datiert\0";

/* Nothing. */
static const char fill[] =
    "dem\0den\0der\0die\0das\0the\0zur\0vsl\0voraussichtlich\0vorauss\0vermutlich\0"
    "wahrscheinlich\0ca\0circa\0etwa\0ungefahr\0mindestens\0spatestens\0fruhestens\0erst\0"
    "nur\0noch\0schon\0early\0approximately\0approx\0about\0around\0probably\0"
    "presumably\0at least\0latest\0kommenden\0mit\0date\0datum\0kurz\0gegen\0"
    "mindestens noch\0derzeit\0momentan\0aktuell\0zurzeit\0zur zeit\0gerade\0leider\0"
    "befinde\0mich\0hallo\0hello\0hi\0currently\0presently\0unfortunately\0be\0now\0jetzt\0"
    "also\0und zwar\0dann\0then on\0business\0close of business\0cob\0eob\0eod\0close of play\0end "
    "of day\0also von\0"
    "in der zeit\0in the period\0zeit\0zeitraum\0for work\0day\0tag\0da sein\0right away\0"
    "straight away\0aus dem|meinem|unserem urlaub\0aus den|meinen ferien\0from vacation\0"
    "from my vacation\0from holiday\0from leave\0from my leave\0";

static const char through[] =
    "einschliesslich\0einschl\0einschliessl\0inkl\0inklusive\0incl\0including\0inclusive\0"
    "und mit\0and including\0to and including\0einschliesslich zum\0zum einschliesslich\0";

/* Gone for good: German. */
static const char left_de[] =
    "nicht mehr im unternehmen\0nicht mehr in unserem|diesem unternehmen\0"
    "nicht mehr in der firma\0nicht mehr im hause|haus tatig|beschaftigt\0"
    "nicht mehr bei uns\0nicht mehr bei ... tatig|beschaftigt|angestellt\0"
    "nicht mehr fur ... tatig\0nicht mehr fur uns\0nicht mehr hier tatig|beschaftigt\0"
    "nicht mehr tatig\0nicht mehr beschaftigt\0"
    "gmbh ... verlassen\0ag ... verlassen\0kg ... verlassen\0se ... verlassen\0"
    "nicht mehr teil des|unseres teams|unternehmens\0nicht mehr mitarbeiter*\0"
    "kein mitarbeiter mehr\0keine mitarbeiterin mehr\0nicht mehr angestellt\0"
    "unternehmen verlassen\0unternehmen ... verlassen\0firma verlassen\0firma ... verlassen\0"
    "betrieb verlassen\0haus verlassen\0ausgeschieden\0im ruhestand\0in den ruhestand\0"
    "in rente\0in rente gegangen\0in pension\0im wohlverdienten ruhestand\0pensioniert\0"
    "verstorben\0von uns gegangen\0arbeitet nicht mehr bei|fur\0arbeite nicht mehr bei|fur\0"
    "arbeite ich nicht mehr bei|fur\0arbeite nicht mehr hier\0arbeitet nicht mehr hier\0"
    "postfach wird nicht mehr genutzt|verwendet|gelesen|betreut|abgerufen\0"
    "e mail adresse wird nicht mehr genutzt|verwendet|gelesen\0"
    "adresse ist nicht mehr gultig|aktiv|in\0arbeitgeber gewechselt\0letzter arbeitstag war|ist\0"
    "scheide ich? ... aus\0scheidet ... aus dem|der unternehmen|firma\0"
    "verlasse ... unternehmen|firma|betrieb|gmbh|ag|kg|se\0"
    "verlasst ... unternehmen|firma|betrieb|gmbh|ag|kg|se\0"
    "diese e? mail? adresse|mailadresse wird|ist ... nicht mehr\0"
    "diese e? mail? adresse|mailadresse wird|wurde|ist ... abgeschaltet|deaktiviert|stillgelegt\0"
    "meine e? mail? adresse|mailadresse wird|ist ... nicht mehr\0"
    "dieses postfach wird|ist ... nicht mehr\0"
    "dieses postfach wird|wurde|ist ... abgeschaltet|deaktiviert|stillgelegt|geschlossen\0";

/* Gone for good: English. */
static const char left_en[] =
    "no longer checking|monitoring|using this\0no longer with\0no longer at\0no longer "
    "employed\0no longer an employee\0"
    "no longer part of\0not employed by|with|at\0no longer in this|the role|position\0"
    "not with the company\0left the company|firm|organization|organisation|business|team\0"
    "left our company|organization|organisation\0left employment\0has departed the\0"
    "i'm retired\0am retired\0is retired\0now retired\0retired from\0passed away\0deceased\0"
    "moved on from\0last day at|with ... was|is|will\0last day was\0my last day is|will\0"
    "leaving the|our company|firm|organization|organisation|business\0"
    "leave the|our company|firm|organization|organisation\0mailbox is no longer\0"
    "mailbox will|has be|been closed|deactivated|disabled|discontinued|retired|deleted\0"
    "mailbox is closed|deactivated|disabled|discontinued\0"
    "email address will|has be|been closed|deactivated|disabled|discontinued|retired\0"
    "mail address will|has be|been closed|deactivated|disabled|discontinued|retired\0"
    "mail address is no longer\0"
    "this address will|has be|been closed|deactivated|disabled|discontinued|retired\0"
    "this account will|has be|been closed|deactivated|disabled|discontinued|retired\0"
    "email address is no longer\0account is no longer\0"
    "address is no longer in|valid|active|monitored\0has since left\0has retired\0"
    "have retired\0no longer works|work|working at|for|here\0"
    "has left the|our company|firm|organization|organisation|business\0"
    "have left the|our company|firm|organization|organisation|business\0";

/* Away only where a date stands beside it: alone it may be anything. */
static const char away_dated[] =
    "urlaub\0ferien\0geschlossen\0verhindert\0nicht lesen\0nicht bearbeiten\0"
    "nicht beantworten\0nicht abrufen\0nicht gelesen\0nicht bearbeitet\0"
    "nicht weitergeleitet\0nicht abgerufen\0nicht beantwortet\0out\0closed\0vacation\0"
    "holiday\0travel\0not read\0not reading\0absent\0";

/* There, and the lack of it an absence only where a date stands beside it. */
static const char here_dated[] =
    "hier\0verfugbar\0zur verfugung\0fur sie da\0fur dich da\0fur euch da\0online\0geoffnet\0"
    "besetzt\0personlich\0arbeiten\0arbeite\0arbeitsfahig\0gesund\0vor ort\0an bord\0"
    "ansprechbar\0available\0accessible\0open\0contactable\0on duty\0";

/* Away through all of it. */
static const char until_end[] = "through\0thru\0up through\0bis und mit\0";

/* Gone for good, when the sentence ends there. */
static const char left_at_end[] = "has left\0have left\0i have left _\0i've left _\0";

const struct mail_row mail_return_rows[] = {
    {away_de, CUE_AWAY, 0},
    {away_dated, CUE_AWAY, CUE_NEEDS_DATE},
    {away_long_de, CUE_AWAY, CUE_IS_LONG},
    {away_self_de, CUE_AWAY, CUE_IS_SELF},
    {away_long_en, CUE_AWAY, CUE_IS_LONG}, /* before "on _ leave" */
    {away_en, CUE_AWAY, 0},
    {away_self_en, CUE_AWAY, CUE_IS_SELF},
    {here_de, CUE_HERE, 0},
    {here_dated, CUE_HERE, CUE_NEEDS_DATE},
    {here_self_de, CUE_HERE, CUE_IS_SELF | CUE_NEEDS_DATE},
    {here_en, CUE_HERE, 0},
    {here_self_en, CUE_HERE, CUE_IS_SELF | CUE_NEEDS_DATE},
    {back, CUE_BACK, 0},
    {back_self, CUE_BACK, CUE_IS_SELF},
    {again, CUE_AGAIN, 0},
    {answer, CUE_ANSWER, 0},
    {reads, CUE_READ, 0},
    {standin, CUE_STANDIN, 0},
    {negations, CUE_NOT, 0},
    {self, CUE_SELF, 0},
    {other, CUE_OTHER, 0},
    {colleague, CUE_COLLEAGUE, 0},
    {third, CUE_THIRD, 0},
    {block, CUE_BLOCK, 0},
    {event, CUE_EVENT, 0},
    {ask, CUE_ASK, 0},
    {cut, CUE_CUT, 0},
    {until, CUE_PREP, PREP_UNTIL},
    {until_end, CUE_PREP, PREP_THROUGH},
    {from, CUE_PREP, PREP_FROM},
    {on, CUE_PREP, PREP_ON},
    {after, CUE_PREP, PREP_AFTER},
    {before, CUE_PREP, PREP_BEFORE},
    {of, CUE_PREP, PREP_OF},
    {fill, CUE_FILL, 0},
    {through, CUE_FILL, CUE_IS_THROUGH},
    {left_de, CUE_LEFT, 0},
    {left_at_end, CUE_LEFT, CUE_ENDS_SENTENCE},
    {left_en, CUE_LEFT, 0},
};
const size_t mail_return_row_count = sizeof mail_return_rows / sizeof mail_return_rows[0];
