/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_english.c - how people ask in English for no more mail.
 *
 * Decides: nothing; it is the table. Rows are folded, see mail_wish_rows.h. A row is clear
 * (WISH_OUT) when nobody who reads the bare words doubts; what stands around them is
 * wish_judge.c's to weigh.
 */
#include "mail_wish_rows.h"

#define SENT                                                                                       \
    "promotional|unsolicited|cold|sales|marketing|spam|junk|unwanted|automated? e? "               \
    "mail|mails|email|emails|message|messages|newsletter|newsletters|spam|correspondence|"         \
    "communication|communications|contact|solicitation|solicitations|advertising|adverts|ads|"     \
    "marketing|promotions|mailings|outreach|junk|reminders|follow|pitches|followups|nonsense"
#define LIST                                                                                       \
    "e? mail|mailing|email|contact|distribution|marketing|sales|call? "                            \
    "list|lists|database|databases|db|system|systems|mailing|mailings|crm|distribution|records|"   \
    "contacts|sequence|sequences|cadence|campaign|campaigns|newsletter|newsletters|emails|email|"  \
    "mails|mail|files|outreach|maillist|mailinglist|subscription|subscriptions|drip"
#define EVER "again|anymore|further|ever|any|more|nor"
#define MORE "more|further|additional|other|future|of|longer"
#define REMOVE "remove|delete|take|strike|drop|scrub|pull|get|purge|exclude|erase"
/* Not to do: three spellings of each row. */
#define DONT(rest, kind, flags)                                                                    \
    {"don't|dont|never|donot ever? " rest, kind, (flags) | WISH_COMMAND},                          \
        {"do|must|should|may not|never ever? " rest, kind, (flags) | WISH_COMMAND},                \
        {"to not|never ever? " rest, kind, (flags)},                                               \
    {                                                                                              \
        "not to ever? " rest, kind, (flags)                                                        \
    }

const struct wish_row wish_rows_english[] = {
    /* Off the list */
    {"remove|delete|take|strike|drop|scrub|pull|get|purge|exclude|erase me|us|my|our|this ... "
     "from|off|out ... " LIST,
     WISH_OUT, WISH_NEGATED},
    {"take|get|pull me|us off", WISH_OUT, WISH_NEGATED | WISH_END},
    {"remove|delete|take|drop me|us from|off it|them|there|these|yours", WISH_OUT, WISH_NEGATED},
    {"removing|deleting|taking me|us|my ... from|off ... " LIST, WISH_OUT, WISH_NEGATED},
    {"removed|deleted me|us|my ... from|off ... " LIST, WISH_OUT, WISH_NEGATED},
    {"take|remove|get me|us off|from your|this|ur|the|all|any ... " LIST, WISH_OUT, WISH_NEGATED},
    {"remove|delete me|us|myself", WISH_OUT, WISH_NEGATED | WISH_END},
    {"like|want|wish|wishes|need|prefer|ask|asked|asking|request|requested|requesting|demand ... "
     "to be "
     "removed|taken|unsubscribed|deleted|excluded|dropped|off",
     WISH_OUT, WISH_NEGATED},
    {"be|get|being|been removed|taken|unsubscribed|deleted from|off ... " LIST, WISH_OUT,
     WISH_NEGATED},
    {"unsubscribe|unsubcribe|unsuscribe|desubscribe me|us|my|our", WISH_OUT, WISH_NEGATED},
    {"please|pls|plz|kindly unsubscribe|unsubcribe", WISH_OUT, WISH_NEGATED | WISH_END},
    {"please|pls|kindly unsubscribe|remove this|my|our e? email|mail|address|mailbox",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"please|pls|kindly unsubscribe|remove|delete this|my|our e? mail|email? address", WISH_OUT,
     WISH_NEGATED},
    {"want|like|wish|need|love|trying|tried|try to unsubscribe|unsubcribe", WISH_OUT, WISH_NEGATED},
    {"want|like|wish|need|love|choose to opt out", WISH_OUT, WISH_NEGATED | WISH_END},
    {"want|like|wish|need|love|choose to opt out of ... "
     "emails|email|list|mailing|mailings|communication|communications|marketing|messages|receiving|"
     "all|this|any",
     WISH_OUT, WISH_NEGATED},
    {"opt me|us out", WISH_OUT, WISH_NEGATED},
    {"i'm|am|are|hereby opting|opt out", WISH_OUT, WISH_NEGATED},
    {"how|where do|can|could|to i|we? unsubscribe|opt|cancel", WISH_OUT_MAYBE, 0},
    {"have|i've|already unsubscribed", WISH_OUT_MAYBE, WISH_NEGATED},
    {"add|put|place|keep me|us|my|our|this ... do|don't not? contact|email|mail|e|solicit",
     WISH_OUT, 0},
    {"add|put|place me|us|my|our|this ... "
     "suppression|blacklist|blocklist|block|exclusion|dnc|unsubscribe|opt",
     WISH_OUT, WISH_NEGATED},
    {"consider|treat|take|accept this|it ... opt|unsubscribe|removal|objection|optout", WISH_OUT,
     WISH_NEGATED},
    {"way|possible|possibility|option ... to opt|unsubscribe", WISH_OUT_MAYBE, WISH_COMMAND},
    /* Stop */
    {"stop|quit|cease "
     "emailing|mailing|contacting|messaging|spamming|bothering|harassing|bombarding|"
     "soliciting|pestering|hounding|annoying|writing",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"stop|quit|cease sending "
     "me|us|these|this|any|your|e|mails|emails|messages|out|so|such|unsolicited",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"stop with ... " SENT, WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"stop the|these|this|your|all|with e? "
     "emails|spam|messages|mails|mail|email|spamming|harassment|"
     "mailings|newsletters|nonsense",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"please|just|must|to stop e? mailing|mails", WISH_OUT, WISH_NEGATED},
    {"please stop", WISH_OUT_MAYBE, WISH_END | WISH_NEGATED},
    {"emails|messages|mails must|need|have|should to? stop|end|cease", WISH_OUT, WISH_NEGATED},
    {"cease|discontinue|end|terminate all|any|your|these|further|sending ... " SENT, WISH_OUT,
     WISH_NEGATED | WISH_COMMAND},
    {"cease and desist", WISH_OUT, WISH_NEGATED},
    {"refrain from ... emailing|contacting|sending|writing|mailing|messaging|contact|communication|"
     "communications|emails",
     WISH_OUT, WISH_NEGATED},
    {"refrain from further|any|future ... " SENT, WISH_OUT, WISH_NEGATED},
    {"leave me|us|my ... alone", WISH_OUT, WISH_NEGATED},
    {"lose my|our ... email|mail|number|address|contact", WISH_OUT, WISH_NEGATED},
    {"forget my|our ... email|mail|address", WISH_OUT_MAYBE, WISH_NEGATED},
    /* Don't */
    DONT("contact|email|e|mail|message|write|bother|solicit|spam|approach|disturb mail? to? me|us "
         "... " EVER,
         WISH_OUT, 0),
    DONT("contact|email|e|message|bother|solicit|spam|mail|disturb mail? me|us", WISH_OUT,
         WISH_END),
    DONT("write to? me|us", WISH_OUT, WISH_END),
    DONT("contact|email|e|message|mail mail? me|us", WISH_OUT_MAYBE, 0),
    DONT("contact|email|message|mail this|anyone|any|our ... " EVER, WISH_OUT, 0),
    DONT("send me|us any? " MORE " ... " SENT, WISH_OUT, 0),
    DONT("send me|us any? " SENT, WISH_OUT, 0),
    DONT("send me|us anything|stuff|things|something ... " EVER "|like|else", WISH_OUT, 0),
    DONT("send me|us anything|any|another|this|these|more|such ... " SENT, WISH_OUT, 0),
    DONT("send any|more|another|further ... " SENT, WISH_OUT, 0),
    DONT("send any? e? emails|mails|messages|mail|email to me|us|this|my", WISH_OUT, 0),
    DONT("reach|follow|get|write|come out|up|in|back|to? ... " EVER, WISH_OUT, 0),
    DONT("contact|email again|anymore", WISH_OUT, 0),
    DONT("keep|continue|go on? to? emailing|sending|contacting|email|contact|send|writing",
         WISH_OUT, 0),
    DONT("want|wish|like|care|need|consent|agree to? be ... "
         "contacted|emailed|solicited|approached|added",
         WISH_OUT, 0),
    {"no|not|don't|do|please more|further|want? e? emails|email|mails please", WISH_OUT, WISH_FACT},
    {"please|pls|plz|want|with|send|receive|get|and|but no more|further|additional|other? " SENT,
     WISH_OUT, WISH_FACT},
    {"no more|further|additional|other " SENT, WISH_OUT, WISH_START | WISH_FACT},
    {"no more|further|additional " SENT, WISH_OUT_MAYBE, WISH_FACT},
    {"not interested in ... receiving|getting|hearing|further|more ... " SENT, WISH_OUT, 0},
    {"would|you|please|kindly|must not|never ever? contact|email|e|mail|message|write|bother mail? "
     "to? me|us ... " EVER,
     WISH_OUT, 0},
    {"would|please|kindly not|never contact|email|message|bother me|us", WISH_OUT, WISH_END},
    {"not|don't|dont|never|no ... any? more|further|additional|future ... " SENT, WISH_OUT_MAYBE,
     WISH_FACT},
    {"don't|dont|do not? do it|this|that again", WISH_OUT_MAYBE, 0},
    {"stop|cease|quit ... your|these|this|all|sending ... "
     "emails|emailing|contact|mails|messages|e|email",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"any|all|further further|future|more|contact|emails|communication ... "
     "contact|emails|communication|messages|communications? ... "
     "considered|treated|regarded|reported|"
     "harassment",
     WISH_OUT, 0},
    {"you|you'd|one|anyone didn't|didnt|don't|dont|not|never|wouldn't|won't ever? "
     "contact|email|message|write|mail|bother to? me|us",
     WISH_OUT, WISH_ASKED},
    {"make|ensure|sure ... not|don't|never|no ... receive|get|receiving|getting ... " SENT,
     WISH_OUT, WISH_FACT},
    {"make|ensure|sure ... not|don't|never|no ... contacted|emailed", WISH_OUT, 0},
    {"make|ensure|sure ... not|don't|never|no ... receive|get|receiving|getting ... "
     "these|those|them|your",
     WISH_OUT, 0},
    {"fewer|less e? emails|email|mails|mail|messages", WISH_OUT_MAYBE, 0},
    {"slow|tone|cut|ease down|back ... emails|email|mails|outreach|messages", WISH_OUT_MAYBE, 0},
    {"too|so many e? emails|messages|mails|newsletters", WISH_OUT_MAYBE, 0},
    {"only ... contact|reach|write ... by|via|on|through phone|post|mail|letter|linkedin",
     WISH_OUT_MAYBE, 0},
    {"not|don't|dont|never ... contact|email|emailing|contacting|mailing ... me|us", WISH_OUT_MAYBE,
     WISH_ASKED | WISH_COMMAND},
    DONT("contact|email|message|bother|write|approach|solicit|spam|call to? my|our ... " EVER,
         WISH_OUT, 0),
    {"stop|quit|cease reaching|following|chasing|pestering|pushing|with ... "
     "out|up|me|us|these|your|emails",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"stop reaching|following out|up", WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"never|ever write|email|message|mail|contact to? me|us again", WISH_OUT, WISH_NEGATED},
    {"not by|via e? mail|email", WISH_OUT_MAYBE, WISH_START},
    {"want|like|need off|out of? your|this|the|all|these ... " LIST, WISH_OUT, WISH_NEGATED},
    {"i'm|am|is|are|we're|gets|be removed|deleted|taken off? from|of? ... " LIST, WISH_OUT_MAYBE,
     WISH_NEGATED},
    {"ensure|sure ... removed|deleted|unsubscribed|taken ... from|off? ... " LIST, WISH_OUT,
     WISH_NEGATED},
    {"hold|stop|pause your|the e? emails|mails|messages until|till|for", WISH_OUT_MAYBE, 0},
    {"messages|emails|mails|email ... is|are just|pure? spam|unsolicited|harassment|unwanted",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"stop|cease|quit|enough ... your|these|me|us ... " SENT, WISH_OUT_MAYBE,
     WISH_ASKED | WISH_NEGATED | WISH_COMMAND},
    {"like|want|wish|prefer|rather to? no|not longer? receive|get|be|hear ... "
     "emails|mails|newsletters|newsletter|messages|contacted|from|emailed",
     WISH_OUT, 0},
    {"not|don't|never ... consent|agree to ... "
     "holding|using|storing|processing|emailing|contacting|sending",
     WISH_OUT, 0},
    DONT("send me|us any? more|further of", WISH_OUT, 0),
    /* Don't want */
    {"don't|dont|not|never|neither want|wish|like|care|desire to? ... any|your|these|such|more "
     "... " SENT,
     WISH_OUT, WISH_FACT},
    {"don't|dont|not|never want|wish|like|care|desire ... "
     "receive|receiving|get|getting|hear|"
     "see ... " SENT,
     WISH_OUT, 0},
    {"don't|dont|not|never want|wish|like|care|need ... hear|hearing from|back ... "
     "you|your|yourselves|anyone|again",
     WISH_OUT, 0},
    {"don't|dont|not|never want|wish|like|agree ... "
     "contacted|emailed|solicited|bothered|spammed|"
     "approached",
     WISH_OUT, 0},
    {"don't|dont|not want|wish ... on|in your|this|any|the ... " LIST, WISH_OUT, 0},
    {"no longer want|wish|like to? be ... contacted|emailed|on", WISH_OUT, 0},
    {"no longer wish|want|wants|interested|like|care ... receive|receiving|get|hear ... "
     "emails|email|mails|from|newsletters|newsletter|communications|these|your|messages|contacted|"
     "emailed",
     WISH_OUT, 0},
    {"rather|prefer not ... receive|get|be|contacted ... " SENT, WISH_OUT, 0},
    {"rather|prefer not ... be ... contacted|emailed", WISH_OUT, 0},
    {"your|these|such|further|more|future e? emails|messages|mails|contact|communications ... "
     "unwanted|unwelcome|not welcome|wanted|desired|appreciated?",
     WISH_OUT, 0},
    {"any|all further|future ... communication|contact|emails ... "
     "unwanted|unwelcome|harassment|not",
     WISH_OUT, 0},
    /* Erasure, objection, consent */
    {"delete|erase|remove|destroy|purge ... my|our|all|any personal? ... "
     "data|details|information|info|address|contact|records|record|entry",
     WISH_OUT, WISH_NEGATED},
    {"my|our personal? data|details|information|email ... deleted|erased|removed", WISH_OUT,
     WISH_NEGATED},
    {"delete|erase|remove my|our e? email|mail|account|profile", WISH_OUT_MAYBE, WISH_NEGATED},
    {"erasure|deletion of ... my|our|data|information|details", WISH_OUT, WISH_NEGATED},
    {"right to erasure|be|object forgotten?", WISH_OUT_MAYBE, WISH_NEGATED},
    {"object|objecting to ... processing|marketing|use|using|receiving|emails|direct|contact",
     WISH_OUT, WISH_NEGATED},
    {"withdraw|revoke|withdrawing|revoking|rescind ... consent|permission", WISH_OUT, WISH_NEGATED},
    {"never|not|didn't|didnt|don't ... signed|sign|opted|opt up|in", WISH_OUT_MAYBE, 0},
    {"never|not|didn't|didnt|don't ... subscribed|subscribe|consented|consent", WISH_OUT_MAYBE, 0},
    {"never|not|didn't|didnt|don't ... agreed|agree|requested to|this|these|your|any ... "
     "emails|email|contacted|receive|marketing|messages|newsletter",
     WISH_OUT_MAYBE, 0},
    {"never asked for|to ... emails|email|this|these|be|receive|contacted", WISH_OUT_MAYBE, 0},
    /* Threats */
    {"next|another|one|further|any|more ... " SENT
     " ... lawyer*|attorney*|solicitor*|authorities|ftc|ico|police|counsel|sue|harassment",
     WISH_OUT, WISH_CROSSES | WISH_THREAT},
    {"report|reporting|reported you|this|your|it ... "
     "spam|ico|ftc|authorities|abuse|harassment|gdpr",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"block|blocking|blocked you|your", WISH_OUT_MAYBE, WISH_NEGATED},
    {"legal action", WISH_OUT_MAYBE, WISH_NEGATED},
    {"how|where ... stop|unsubscribe|opt ... me|emails|these|your|out|mails", WISH_OUT_MAYBE,
     WISH_COMMAND},
    {"where ... unsubscribe|opt", WISH_OUT_MAYBE, 0},
    {"instead of emailing|emails|more|mails", WISH_OUT_MAYBE, 0},
    {"remove|delete|take|strike|drop ... from|off your|ur ... " LIST, WISH_OUT,
     WISH_NEGATED | WISH_ADDRESS},
    {"remove|delete|take|strike|drop ... from|off your|ur ... " LIST, WISH_OUT_MAYBE, WISH_NEGATED},
    {"unsubscribe ... from your|ur|this|these|all", WISH_OUT, WISH_NEGATED | WISH_ADDRESS},
    /* What only talks of it */
    {"hold|lay|ease off|on ... "
     "emailing|emails|contacting|reaching|sending|messages|contact|outreach|mails",
     WISH_OUT_MAYBE, 0},
    {"pause|suspend ... emails|messages|outreach|communication|mailings", WISH_OUT_MAYBE,
     WISH_COMMAND},
    {"stop|quit calling|phoning|texting|ringing", WISH_OUT_MAYBE, WISH_NEGATED},
    {"stop the calls", WISH_OUT_MAYBE, WISH_NEGATED},
    DONT("call|phone|ring|text|telephone me|us|my|our", WISH_OUT_MAYBE, 0),
    DONT("call|phone|ring|text again|anymore", WISH_OUT_MAYBE, 0),
    DONT("email|mail|contact|write until|before|this|next|for|till|unless", WISH_OUT_MAYBE, 0),
    {"no more|further calls|call|offers|proposals|quotes|invitations|demos", WISH_OUT_MAYBE,
     WISH_FACT},
    {"take|remove|drop|leave me|us ... off|from|out|of ... "
     "cc|bcc|thread|chain|loop|copy|conversation",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"instead|rather of|than me|us", WISH_OUT_MAYBE, 0},
    {"this|your|that is|are|looks just|pure|clearly|like|plain? "
     "spam|harassment|unsolicited|spamming",
     WISH_OUT_MAYBE, WISH_NEGATED},
    {"unsolicited|unwanted e? email|emails|mail|mails|messages|marketing|contact", WISH_OUT_MAYBE,
     0},
    {"opt out of|from ... "
     "emails|email|list|mailing|mailings|communications|marketing|messages|this",
     WISH_OUT_MAYBE, WISH_COMMAND},
    /* Off it, in other words */
    {REMOVE " ... me|us|my|our|it|this ... from|off|of the|your|ur|any|all ... " LIST, WISH_OUT,
     WISH_NEGATED},
    {REMOVE " from the|your|this? distribution|mailing|list|newsletter list?", WISH_OUT,
     WISH_NEGATED | WISH_ASKED},
    {"delete|erase|remove my|our e? email|mail address ... from ... " LIST, WISH_OUT, WISH_NEGATED},
    {"delete|erase|remove|forget|lose|trash my|our e? email|mail address|addresses", WISH_OUT,
     WISH_NEGATED},
    {"my|our name|address|email|details|contact taken|removed|deleted|off off|from|of? ... " LIST,
     WISH_OUT, WISH_NEGATED},
    {"want|like|wish|need ... my|our name|address|email|details|data removed|taken|deleted|off|"
     "erased",
     WISH_OUT, WISH_NEGATED},
    {"stop|block|delete|remove me ... no more", WISH_OUT, WISH_CROSSES},
    {"wish|want|please|request ... opt me|us? out", WISH_OUT, WISH_NEGATED | WISH_END},
    /* Stop it, in other words */
    {"knock|cut it off|out ... " SENT, WISH_OUT, WISH_NEGATED},
    {"knock|cut it off|out", WISH_OUT_MAYBE, WISH_END},
    {"please|can|could|will|would you? stop|cease|end|quit this|these|it|that|them", WISH_OUT,
     WISH_END | WISH_NEGATED},
    {"cease|discontinue|stop|end ... all|any|further communication|communications|contact|"
     "correspondence|outreach|messages|emails|solicitation|solicitations ... with|to|me|us?",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"discontinue|cease|end|stop these|those|your|such ... " SENT, WISH_OUT,
     WISH_NEGATED | WISH_COMMAND},
    {"stop|quit|cease with|sending|the|all these|this|the? follow|nagging|badgering|pestering|"
     "spamming|followups ... ups?",
     WISH_OUT, WISH_NEGATED | WISH_COMMAND},
    {"if|great|nice|lovely|could|appreciate ... you'd|you|would|could stop|quit "
     "with|sending|writing|emailing|contacting|mailing|messaging",
     WISH_OUT, WISH_CROSSES},
    {"appreciate|prefer|grateful|like ... not receiving|getting|being|hearing ... "
     "further|more|any|these|your|contacted|emailed|from|emails",
     WISH_OUT, 0},
    {"grateful|appreciate|thankful|obliged if you ... didn't|not|stop|stopped|don't|cease|refrain "
     "... emailing|contacting|contact|email|writing|send|sending|message|messages|write",
     WISH_OUT, WISH_CROSSES},
    {"rather|prefer not ... hear|receive|get|be|have ... "
     "from|you|emails|contacted|mails|emailed|these",
     WISH_OUT, 0},
    {"don't|do|not|never not? bother|try|dare ... writing|emailing|contacting|replying|write|email|"
     "messaging ... again|anymore|me|us|further",
     WISH_OUT, 0},
    {"don't|do not? bother|dare writing|emailing|contacting", WISH_OUT, WISH_END},
    {"don't|do|no|never|haven't not? have|given|got|my? ... permission|consent ... "
     "email|contact|write|message|use",
     WISH_OUT, 0},
    {"don't|dont|not|never want|wish|like|care ... be contacted|emailed|approached|bothered|"
     "messaged|solicited",
     WISH_OUT, 0},
    {"don't|dont|not|no|never want|wish|need|like to? receive|get|see|have? any|more|anything ... "
     "else|more|anymore|from",
     WISH_OUT_MAYBE, WISH_FACT},
    {"no more of this|these|that|your", WISH_OUT, WISH_FACT},
    {"don't|never|not send me|us anything|things|stuff? else|more|again|anymore", WISH_OUT, 0},
    {"further|future|additional|more|another ... " SENT " ... treated|reported|considered|regarded|"
     "blocked|flagged|marked",
     WISH_OUT, WISH_THREAT | WISH_CROSSES},
    {"delete|erase|forget|purge|scrub ... my|our ... data|information|details|records", WISH_OUT,
     WISH_NEGATED},
    {"never|ever contact|email|write|message ... me|us|here|again|this ... again", WISH_OUT,
     WISH_NEGATED},
    {"please forget it|me|us|my|our", WISH_OUT_MAYBE, WISH_END},
    {"got|get|found|have my|our e? email|address|mail|contact ... forget|lose|delete it|me|that",
     WISH_OUT, WISH_CROSSES},
    {"i'm|am unsubscribing|unsubscribe", WISH_OUT, WISH_END | WISH_NEGATED},
    {"be|get unsubscribed", WISH_OUT_MAYBE, WISH_NEGATED},
    {"please|pls|kindly|would|could ... unsubscribe ... our|the|my|this team|company|office|whole|"
     "entire|address|firm|inbox|mailbox|email",
     WISH_OUT, WISH_NEGATED},
    {"not|don't|never|no|without give|gave|granted|grant|have|given? you|my|our|any? you? "
     "permission|consent|authorisation|authorization ... "
     "keep|use|store|email|contact|process|hold|write|message",
     WISH_OUT, 0},
    /* Less of it */
    {"will|have|going|about to? unsubscribe", WISH_OUT_MAYBE, 0},
    {"wait|hold|pause with|off|on ... emails|messages|mails|email", WISH_OUT_MAYBE, 0},
    {"email|mail|write|contact|message|send me|us|emails less|fewer|rarely often|frequently?",
     WISH_OUT_MAYBE, 0},
    {"you|please|to email|mail|write|contact|message|send less|fewer|rarely often|frequently?",
     WISH_OUT_MAYBE, 0},
    {"email|mail|write|contact|message|send less|fewer|rarely often|frequently?", WISH_OUT_MAYBE,
     WISH_START},
    {"sure|know|think|convinced if|that|whether? i|we ... keep|continue|want ... "
     "getting|receiving|these|emails",
     WISH_OUT_MAYBE, 0},
    {"don't|do not? call|phone|ring|text ... anymore|again|any", WISH_OUT_MAYBE, 0},
    /* Found by a second reader */
    {"not|don't|never consent|agree to ... data|details|email|information ... "
     "used|processed|held|stored|shared",
     WISH_OUT, 0},
    {"ensure|sure ... not|don't|never ... receive|get|hear anything|further|more|again", WISH_OUT,
     0},
    {"please|kindly remove|delete it", WISH_OUT_MAYBE, WISH_END | WISH_NEGATED},
    {"appreciate|grateful|love|like it if you stopped|quit|ceased ... "
     "writing|emailing|contacting|sending|mailing|messaging|write|email|contact|send",
     WISH_OUT, WISH_CROSSES},
    {"mind not sending|writing|emailing|contacting", WISH_OUT, 0},
    {"enough already", WISH_OUT_MAYBE, WISH_START | WISH_END},
    {"enough with|of the|your|these|this? "
     "emails|email|mails|mail|e|messages|follow|followups|spam|outreach",
     WISH_OUT_MAYBE, WISH_START},
    {NULL, WISH_OUT, 0},
};
