/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_auth.h - whether a verifier of ours vouches for the From of a message.
 */
#ifndef FULLSTOP_MAIL_AUTH_H
#define FULLSTOP_MAIL_AUTH_H

#include <stdbool.h>
#include <stddef.h>

struct fs_arena;
struct mail;

/* Results of one message that are looked at; what lies beyond proves nothing. */
#define MAIL_AUTH_RESULTS_MAX 100

/* Fills facts.auth; the people of the message have been read. */
void mail_auth_read(struct mail *mail);

/* ---- the words of the field, RFC 8601 section 2.2; for auth.c ---- */

/* Walks the unfolded value of one field. broken is sticky: a comment or a quoted string that
 * never ends, or no memory. */
struct mail_auth_reader {
    struct fs_arena *arena;
    const char *at;
    bool broken;
};

/* One result: method, what it says, and whom for. */
struct mail_auth_result {
    const char *method;
    const char *result;
    const char *header_d; /* NULL: not said */
    const char *header_i;
    const char *header_from;
    bool is_unclear; /* a property twice, or a version of the method that nobody knows */
};

/* The authserv-id; false: there is none, or its version of the field is not known. */
bool mail_auth_read_id(struct mail_auth_reader *reader, const char **out_id);
/* The next result, false: no more. Parts that are no result are skipped. */
bool mail_auth_next(struct mail_auth_reader *reader, struct mail_auth_result *out);
/* The host in the by clause of a Received field, NULL: none. RFC 5321 section 4.4. */
const char *mail_auth_received_by(struct mail_auth_reader *reader);

#endif
