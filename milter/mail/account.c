/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * account.c - from an address to its account, the organisational domain.
 *
 * Decides: which contacts belong to one organisation: those under one registrable domain
 * of the Public Suffix List, unless it is a provider of mailboxes for everybody. The list
 * is the one built into libpsl: immutable, so any thread may read it. Must not know: leads.
 */
#include <libpsl.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/address.h"

/* conf/freemail-domains, sorted bytewise by the build. */
static const char *const freemail_domains[] = {
#include "freemail.inc"
};

static int compare_domain(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

static bool is_freemail(const char *domain)
{
    return bsearch(domain, freemail_domains, sizeof freemail_domains / sizeof freemail_domains[0],
                   sizeof freemail_domains[0], compare_domain) != NULL;
}

const char *fs_address_account(struct fs_arena *arena, const char *address)
{
    const char *domain = fs_address_domain(address);
    if (domain[0] == '\0' || domain[0] == '[' || is_freemail(domain)) {
        return NULL;
    }
    const char *account = psl_registrable_domain(psl_builtin(), domain);
    if (account == NULL || is_freemail(account)) {
        return NULL;
    }
    return fs_arena_strdup(arena, account);
}
