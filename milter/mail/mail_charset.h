/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_charset.h - keeps names of charsets that mail makes up away from GMime.
 *
 * GMime 3.2 remembers every name of a charset it ever meets, for as long as the process
 * lives: mail with a new name in each message would make the daemon grow without end.
 */
#ifndef FULLSTOP_MAIL_CHARSET_H
#define FULLSTOP_MAIL_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the name is one of the finitely many that GMime may see. */
bool mail_charset_is_known(const char *name, size_t length_b);

/* In place and of the same length: unknown names become one that stands for "unknown", in
 * encoded words anywhere (RFC 2047), and in the parameters of Content-Type and
 * Content-Disposition fields (RFC 2045, RFC 2231), also those of parts. Linear. */
void mail_charset_guard(char *bytes, size_t length_b);

/* The same for encoded words alone: for a value that is no message. */
void mail_charset_guard_words(char *bytes, size_t length_b);

#endif
