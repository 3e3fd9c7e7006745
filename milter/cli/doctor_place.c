/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_place.c - where fullstop belongs in a list of milters.
 *
 * Decides what other milters do, from their names, sockets and usual ports, and in which
 * order they and fullstop should stand: refusing ones, fullstop, signing ones. The others
 * keep their order and their side. Must not know Postfix or Sendmail.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/text.h"

#define LIST_MAX_B (size_t)16384

/* A mark is looked for in filter name and address; a port only at the end of an inet
 * address. The first row that fits counts: openarc before arc. */
static const struct {
    const char *mark;
    const char *port;
    const char *name;
    enum fs_doctor_trade trade;
    bool may_verify; /* DMARC or DKIM of incoming mail */
} milters_known[] = {
    {"rspamd", ":11332", "rspamd", FS_DOCTOR_TRADE_REFUSES_OR_SIGNS, true},
    {"opendmarc", ":8893", "opendmarc", FS_DOCTOR_TRADE_REFUSES, true},
    {"dmarc", NULL, "a DMARC filter", FS_DOCTOR_TRADE_REFUSES, true},
    {"spamass", NULL, "spamass-milter", FS_DOCTOR_TRADE_REFUSES, false},
    {"clamav", ":7357", "clamav-milter", FS_DOCTOR_TRADE_REFUSES, false},
    {"clmilter", NULL, "clamav-milter", FS_DOCTOR_TRADE_REFUSES, false},
    {"greylist", NULL, "milter-greylist", FS_DOCTOR_TRADE_REFUSES, false},
    {"milter-regex", NULL, "milter-regex", FS_DOCTOR_TRADE_REFUSES, false},
    {"mimedefang", NULL, "mimedefang", FS_DOCTOR_TRADE_REFUSES, true},
    {"amavis", NULL, "amavisd-milter", FS_DOCTOR_TRADE_REFUSES, true},
    {"mailfromd", NULL, "mailfromd", FS_DOCTOR_TRADE_REFUSES, true},
    {"j-chkmail", NULL, "j-chkmail", FS_DOCTOR_TRADE_REFUSES, false},
    {"pyzor", NULL, "pyzor", FS_DOCTOR_TRADE_REFUSES, false},
    {"fuglu", NULL, "fuglu", FS_DOCTOR_TRADE_REFUSES, false},
    {"dccm", NULL, "dccm", FS_DOCTOR_TRADE_REFUSES, false},
    {"spf", NULL, "an SPF filter", FS_DOCTOR_TRADE_REFUSES, false},
    {"opendkim", ":8891", "opendkim", FS_DOCTOR_TRADE_SIGNS, true},
    {"dkimpy", ":8892", "dkimpy-milter", FS_DOCTOR_TRADE_SIGNS, true},
    {"openarc", NULL, "openarc", FS_DOCTOR_TRADE_SIGNS, false},
    {"dkim", NULL, "a DKIM signer", FS_DOCTOR_TRADE_SIGNS, true},
    {"signing", NULL, "a signer", FS_DOCTOR_TRADE_SIGNS, false},
};

/* The row of milters_known; -1: it is unknown. */
static int known(const struct fs_doctor_milter *milter)
{
    for (size_t i = 0; i < sizeof milters_known / sizeof milters_known[0]; i++) {
        const char *mark = milters_known[i].mark;
        const char *port = milters_known[i].port;
        if (fs_text_find(milter->address, mark) != NULL ||
            (milter->name != NULL && fs_text_find(milter->name, mark) != NULL) ||
            (port != NULL && fs_text_has_prefix(milter->address, "inet:") &&
             fs_text_has_suffix(milter->address, port)))
            return (int)i;
    }
    return -1;
}

enum fs_doctor_trade fs_doctor_trade(const struct fs_doctor_milter *milter, const char **out_name)
{
    int row = known(milter);

    if (row < 0) {
        *out_name = milter->name == NULL ? milter->address : milter->name;
        return FS_DOCTOR_TRADE_UNKNOWN;
    }
    *out_name = milters_known[row].name;
    return milters_known[row].trade;
}

bool fs_doctor_may_verify(const struct fs_doctor_milter *milter)
{
    int row = known(milter);

    return row >= 0 && milters_known[row].may_verify;
}

/* 0 before fullstop, 1 after it. */
static int side(const struct fs_doctor_milters *milters, size_t at, bool is_after)
{
    const struct fs_doctor_milter *milter = &milters->list[at];
    const char *name;

    if (milters->must_verify && fs_doctor_may_verify(milter))
        return 0;
    switch (fs_doctor_trade(milter, &name)) {
    case FS_DOCTOR_TRADE_REFUSES:
    case FS_DOCTOR_TRADE_REFUSES_OR_SIGNS:
        return 0;
    case FS_DOCTOR_TRADE_SIGNS:
        return 1;
    case FS_DOCTOR_TRADE_UNKNOWN:
        break;
    }
    return is_after ? 1 : 0;
}

static void add(struct fs_buf *list, const char *text, bool *is_whole)
{
    if (list->length_b > 0)
        *is_whole = fs_buf_add_some(list, ", ", 2) && *is_whole;
    *is_whole = fs_buf_add_some(list, text, strlen(text)) && *is_whole;
}

const char *fs_doctor_ordered(struct fs_arena *arena, const struct fs_doctor_milters *milters,
                              size_t ours_at, const char *entry, bool by_name)
{
    struct fs_buf list;
    bool is_whole = true;

    fs_buf_init(&list, LIST_MAX_B);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < milters->count; i++)
            if (i != ours_at && side(milters, i, i > ours_at) == turn)
                add(&list, by_name ? milters->list[i].name : milters->list[i].entry, &is_whole);
        if (turn == 0)
            add(&list, entry, &is_whole);
    }
    const char *ordered = is_whole ? fs_arena_strdup(arena, list.data) : NULL;
    fs_buf_clear(&list);
    return ordered;
}
