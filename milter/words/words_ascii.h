/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words_ascii.h - text as an SMTP reply can carry it: printable ASCII (RFC 5321 section
 * 4.2), '%' doubled for smfi_setmlreply.
 *
 * Results live in the arena; NULL is out of memory. Thread-safe.
 */
#ifndef FULLSTOP_WORDS_ASCII_H
#define FULLSTOP_WORDS_ASCII_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"

/* Other characters become \x{FC} (RFC 6533 section 3, utf-8-addr-xtext). Beyond max_b bytes
 * the middle is left out, so that the domain's end stays. max_b >= 16; 0: no bound. */
const char *words_ascii_address(struct fs_arena *arena, const char *address, size_t max_b);

/* Umlauts are spelled out, control characters become spaces, all else unknown '?'. At most
 * FS_WORDS_LINE_MAX_B bytes; *out_cut (may be NULL) says that the end is missing. */
const char *words_ascii_line(struct fs_arena *arena, const char *text, bool *out_cut);

bool words_is_ascii(const char *text);

#endif
