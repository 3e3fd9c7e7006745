/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_spelling.c - puts the usual spelling for slips and short forms of words that wishes use.
 *
 * Decides: which spellings are slips. Only what is no other word that matters here: who
 * writes "newletter" means one thing, and a dialect's "net" is a "not". Must not know: what
 * the words are looked for.
 */
#include <string.h>

#include "mail_wish_rows.h"

/* In the order of strcmp(): searched by halves. Folded, as words are. */
const struct wish_spelling wish_spellings[] = {
    {"abbestelen", "abbestellen"},
    {"abestellen", "abbestellen"},
    {"abmeden", "abmelden"},
    {"abmeldn", "abmelden"},
    {"abmeldne", "abmelden"},
    {"abmeldugn", "abmeldung"},
    {"abmeldun", "abmeldung"},
    {"abmelen", "abmelden"},
    {"abmleden", "abmelden"},
    {"adddress", "address"},
    {"addres", "address"},
    {"addresse", "adresse"},
    {"addy", "address"},
    {"adres", "address"},
    {"adrese", "adresse"},
    {"adresee", "adresse"},
    {"adress", "address"},
    {"adressse", "adresse"},
    {"adrress", "address"},
    {"adrresse", "adresse"},
    {"ambelden", "abmelden"},
    {"anymor", "anymore"},
    {"anymroe", "anymore"},
    {"austargen", "austragen"},
    {"austragn", "austragen"},
    {"austragne", "austragen"},
    {"bidde", "bitte"},
    {"biite", "bitte"},
    {"bite", "bitte"},
    {"bitet", "bitte"},
    {"bitt", "bitte"},
    {"bittschon", "bitte"},
    {"bittte", "bitte"},
    {"btte", "bitte"},
    {"conact", "contact"},
    {"conntact", "contact"},
    {"contac", "contact"},
    {"contaktieren", "kontaktieren"},
    {"contct", "contact"},
    {"cotact", "contact"},
    {"delate", "delete"},
    {"deleet", "delete"},
    {"delet", "delete"},
    {"delte", "delete"},
    {"desubscribe", "unsubscribe"},
    {"dlete", "delete"},
    {"dnt", "don't"},
    {"donot", "don't"},
    {"dont", "don't"},
    {"eamil", "email"},
    {"eamils", "emails"},
    {"eich", "euch"},
    {"emai", "email"},
    {"emailes", "emails"},
    {"emaill", "email"},
    {"emal", "email"},
    {"emals", "emails"},
    {"emial", "email"},
    {"emials", "emails"},
    {"endfernen", "entfernen"},
    {"enfernen", "entfernen"},
    {"entfehrne", "entferne"},
    {"entfehrnen", "entfernen"},
    {"entferen", "entfernen"},
    {"entferenen", "entfernen"},
    {"entfernn", "entfernen"},
    {"entfernne", "entfernen"},
    {"fertailer", "verteiler"},
    {"ferteiler", "verteiler"},
    {"horts", "hort"},
    {"interese", "interesse"},
    {"interesed", "interested"},
    {"interess", "interesse"},
    {"interresse", "interesse"},
    {"interrested", "interested"},
    {"intersted", "interested"},
    {"intresse", "interesse"},
    {"intrested", "interested"},
    {"keien", "keine"},
    {"keini", "keine"},
    {"keinne", "keine"},
    {"kiene", "keine"},
    {"koa", "kein"},
    {"koane", "keine"},
    {"koi", "kein"},
    {"koine", "keine"},
    {"kontaktieen", "kontaktieren"},
    {"kontaktiern", "kontaktieren"},
    {"kontaktiren", "kontaktieren"},
    {"kontaktirn", "kontaktieren"},
    {"kriagn", "kriegen"},
    {"kriegn", "kriegen"},
    {"listn", "liste"},
    {"litst", "list"},
    {"loechen", "loschen"},
    {"loeshen", "loschen"},
    {"loscehn", "loschen"},
    {"loschn", "loschen"},
    {"loschts", "loscht"},
    {"loshcen", "loschen"},
    {"loshen", "loschen"},
    {"losschen", "loschen"},
    {"lsit", "list"},
    {"mailes", "mails"},
    {"maill", "mail"},
    {"mechad", "mochte"},
    {"mecht", "mochte"},
    {"mechte", "mochte"},
    {"meher", "mehr"},
    {"mehrr", "mehr"},
    {"mer", "mehr"},
    {"merh", "mehr"},
    {"mesage", "message"},
    {"mesages", "messages"},
    {"messges", "messages"},
    {"mial", "mail"},
    {"mials", "mails"},
    {"moer", "more"},
    {"mog", "mochte"},
    {"mor", "more"},
    {"msg", "message"},
    {"msgs", "messages"},
    {"nciht", "nicht"},
    {"ned", "nicht"},
    {"nehmts", "nehmt"},
    {"net", "nicht"},
    {"newletter", "newsletter"},
    {"newletters", "newsletter"},
    {"newlsetter", "newsletter"},
    {"newsettler", "newsletter"},
    {"newslater", "newsletter"},
    {"newsleter", "newsletter"},
    {"newslettr", "newsletter"},
    {"newslettter", "newsletter"},
    {"nich", "nicht"},
    {"nichds", "nichts"},
    {"nichs", "nichts"},
    {"nicth", "nicht"},
    {"nicths", "nichts"},
    {"nihct", "nicht"},
    {"nisch", "nicht"},
    {"nischd", "nichts"},
    {"nischt", "nichts"},
    {"nit", "nicht"},
    {"nix", "nichts"},
    {"nixx", "nichts"},
    {"onsubscribe", "unsubscribe"},
    {"plaese", "please"},
    {"plase", "please"},
    {"pleas", "please"},
    {"pleaze", "please"},
    {"pleease", "please"},
    {"plese", "please"},
    {"pls", "please"},
    {"plse", "please"},
    {"plz", "please"},
    {"receve", "receive"},
    {"receving", "receiving"},
    {"recieve", "receive"},
    {"recieving", "receiving"},
    {"recive", "receive"},
    {"reciving", "receiving"},
    {"remoev", "remove"},
    {"remov", "remove"},
    {"remuve", "remove"},
    {"remvoe", "remove"},
    {"reomve", "remove"},
    {"reveive", "receive"},
    {"rm", "remove"},
    {"rmove", "remove"},
    {"romove", "remove"},
    {"schickn", "schicken"},
    {"schickts", "schickt"},
    {"schiecken", "schicken"},
    {"schiken", "schicken"},
    {"schraiben", "schreiben"},
    {"schreibn", "schreiben"},
    {"schreibts", "schreibt"},
    {"schriben", "schreiben"},
    {"screiben", "schreiben"},
    {"shicken", "schicken"},
    {"shreiben", "schreiben"},
    {"sistem", "system"},
    {"sotp", "stop"},
    {"stahp", "stop"},
    {"stpo", "stop"},
    {"systm", "system"},
    {"sytem", "system"},
    {"thanx", "thanks"},
    {"thnx", "thanks"},
    {"thx", "thanks"},
    {"tks", "thanks"},
    {"u", "you"},
    {"unscribe", "unsubscribe"},
    {"unsub", "unsubscribe"},
    {"unsubbing", "unsubscribe"},
    {"unsubcribe", "unsubscribe"},
    {"unsubribe", "unsubscribe"},
    {"unsubsbribe", "unsubscribe"},
    {"unsubscibe", "unsubscribe"},
    {"unsubscirbe", "unsubscribe"},
    {"unsubscrib", "unsubscribe"},
    {"unsubscriben", "unsubscribe"},
    {"unsubscride", "unsubscribe"},
    {"unsubscripe", "unsubscribe"},
    {"unsubscrive", "unsubscribe"},
    {"unsubsrcibe", "unsubscribe"},
    {"unsubsribe", "unsubscribe"},
    {"unsunscribe", "unsubscribe"},
    {"unsuscribe", "unsubscribe"},
    {"ur", "your"},
    {"usubscribe", "unsubscribe"},
    {"vertailer", "verteiler"},
    {"verteier", "verteiler"},
    {"verteiller", "verteiler"},
    {"verteilr", "verteiler"},
    {"verteler", "verteiler"},
    {"vertieler", "verteiler"},
    {"veteiler", "verteiler"},
    {"wan't", "want"},
    {"wanna", "want"},
    {"werbng", "werbung"},
    {"werbugn", "werbung"},
    {"werbun", "werbung"},
    {"werbunge", "werbung"},
    {"wnat", "want"},
    {"yor", "your"},
    {"youre", "your"},
    {"yuor", "your"},
};
const size_t wish_spelling_count = sizeof wish_spellings / sizeof wish_spellings[0];

static const char *meant_by(const char *seen)
{
    size_t from = 0;
    size_t to = wish_spelling_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const char *other = wish_spellings[middle].seen;
        int order = seen[0] != other[0] ? seen[0] - other[0] : strcmp(seen, other);
        if (order == 0) {
            return wish_spellings[middle].meant;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return NULL;
}

enum fs_status wish_spell(struct fs_arena *arena, const struct mail_words *seen,
                          struct mail_words *out)
{
    struct mail_word *items = NULL;
    *out = *seen;
    for (size_t i = 0; i < seen->count; i++) {
        const char *meant = meant_by(seen->items[i].text);
        if (meant == NULL) {
            continue;
        }
        if (items == NULL) {
            items = fs_arena_alloc(arena, seen->count, sizeof *items);
            if (items == NULL) {
                return FS_NOMEM;
            }
            memcpy(items, seen->items, seen->count * sizeof *items);
            out->items = items;
        }
        items[i].text = meant;
    }
    return FS_OK;
}
