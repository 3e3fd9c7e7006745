/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * address.h - canonical addresses, domains and accounts.
 *
 * Canonical: local part NFC and lower-cased, "+tag" removed, domain
 * as lower-case A-label (IDNA2008 by libidn2), no trailing dot. Sources: RFC 5321 section
 * 4.1.2, RFC 6531 (SMTPUTF8), RFC 5890. Results live in the given arena. Thread-safe.
 */
#ifndef FULLSTOP_ADDRESS_H
#define FULLSTOP_ADDRESS_H

#include <stdbool.h>

#include "fullstop/arena.h"
#include "fullstop/status.h"

/* The longest address taken, in bytes, before and after (RFC 5321 4.5.3.1.3 with room). */
#define FS_ADDRESS_MAX_B 512

/* "jane@x.de", "<jane@x.de>", "Jane+news@BÜCHER.de." -> canonical form. Quoted local parts
 * keep their quotes only where they need them. FS_INPUT when it is no address. */
enum fs_status fs_address_canonical(struct fs_arena *arena, const char *text, const char **out,
                                    struct fs_error *err);
/* A domain name alone, as lower-case A-label. */
enum fs_status fs_domain_canonical(struct fs_arena *arena, const char *text, const char **out,
                                   struct fs_error *err);

/* The part after the last '@' of a canonical address ("" when there is none). */
const char *fs_address_domain(const char *address);

/* A pattern of the configuration, already canonical: "anna@example.com" (the address),
 * "@example.com" or "example.com" (that domain), "@.example.com" (that domain and all
 * below it). */
bool fs_address_matches(const char *address, const char *pattern);
/* Checks a pattern and makes it canonical. FS_INPUT says what is wrong. */
enum fs_status fs_address_pattern(struct fs_arena *arena, const char *text, const char **out,
                                  struct fs_error *err);

/* The account: organisational domain by the Public Suffix List, NULL for free-mail domains
 * (conf/freemail-domains) and for names without a registrable domain. */
const char *fs_address_account(struct fs_arena *arena, const char *address);

#endif
