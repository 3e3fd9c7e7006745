/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mta_direction.h - whether a message goes out, comes in, or is none of our business.
 *
 * Private to milter/mta. Pure: values in, a value out; thread-safe. The words are those of
 * the log line (signal=, reason=).
 */
#ifndef MTA_DIRECTION_H
#define MTA_DIRECTION_H

#include <stdbool.h>

enum mta_direction { MTA_OUTBOUND, MTA_INBOUND, MTA_NEITHER };

/* What is known of one message and its client. Strings may be NULL: not known. */
struct mta_signals {
    const char *mta_version;  /* macro v */
    const char *daemon_name;  /* macro {daemon_name} */
    const char *login;        /* macro {auth_authen} */
    const char *cert_subject; /* macro {cert_subject} */
    const char *cert_name;    /* macro {cn_subject}, Sendmail only */
    const char *cert_verify;  /* macro {verify}, Sendmail only */
    const char *client_name;  /* as the MTA said at connect */
    bool is_connected;        /* the MTA did say who connected */
    bool has_client_address;  /* an IPv4 or IPv6 address was among it */
    bool is_loopback;
    unsigned client_port;
    bool is_internal;      /* the client is in internal_networks */
    bool is_inbound_relay; /* the client is in inbound_relays */
    bool has_null_sender;
    bool has_process;    /* the sender belongs to a lead process */
    bool sender_is_ours; /* envelope sender or From in our_domains */
    bool has_our_recipient;
};

struct mta_course {
    enum mta_direction direction;
    const char *signal; /* login, certificate, originating, local, internal; "none" */
    const char *reason; /* why in or neither; "sender" when outbound */
};

bool mta_is_postfix(const struct mta_signals *signals);
/* The signal that says: this client is one of us. NULL: none does. */
const char *mta_own_signal(const struct mta_signals *signals);
/* Login, or common name of a verified certificate, as the MTA wrote it; NULL: neither. */
const char *mta_login(const struct mta_signals *signals);
/* Takes back, in place, what Sendmail writes as +HH (xtext, RFC 3461 section 4). */
void mta_login_decode(const struct mta_signals *signals, char *login);
struct mta_course mta_course(const struct mta_signals *signals);
const char *mta_direction_name(enum mta_direction direction);

#endif
