/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * direction.c - outbound, inbound or neither, from the signals of one message.
 *
 * Decides: whether the client is one of us (one predicate per signal), and from that, the
 * sender and the recipients the direction. Outbound needs both a signal and a sender in a
 * lead process; a forged sender from outside has no signal and is never outbound.
 * Must not know: libmilter, leads, verdicts. Pure.
 */
#include "mta_direction.h"

#include <stddef.h>

#include "fullstop/text.h"

static bool is_set(const char *text)
{
    return text != NULL && text[0] != '\0';
}

bool mta_is_postfix(const struct mta_signals *signals)
{
    return signals->mta_version != NULL && fs_text_has_prefix(signals->mta_version, "Postfix");
}

static bool has_login(const struct mta_signals *signals)
{
    return is_set(signals->login);
}

/* Postfix gives the common name only of a certificate that it verified, as {cert_subject},
 * and no {verify}; Sendmail gives any whole subject and says OK in {verify}. */
static bool has_certificate(const struct mta_signals *signals)
{
    if (!is_set(signals->cert_subject))
        return false;
    if (is_set(signals->cert_verify))
        return fs_text_equal(signals->cert_verify, "OK");
    return mta_is_postfix(signals);
}

/* milter_macro_daemon_name of a submission service in master.cf. */
static bool is_originating(const struct mta_signals *signals)
{
    return is_set(signals->daemon_name) && fs_text_equal(signals->daemon_name, "ORIGINATING");
}

/* sendmail(1). Postfix pretends a connection from localhost with port 0, Sendmail has no
 * client address then. */
static bool is_local_submission(const struct mta_signals *signals)
{
    if (!signals->is_connected)
        return false;
    if (!mta_is_postfix(signals))
        return !signals->has_client_address;
    return signals->has_client_address && signals->is_loopback && signals->client_port == 0 &&
           is_set(signals->client_name) && fs_text_equal(signals->client_name, "localhost");
}

static bool is_internal(const struct mta_signals *signals)
{
    return signals->has_client_address && signals->is_internal;
}

/* The first that holds is the one the log names; the most certain come first. */
static const struct own_signal {
    const char *word;
    bool (*holds)(const struct mta_signals *signals);
} OWN_SIGNALS[] = {
    {"login", has_login},
    {"certificate", has_certificate},
    {"originating", is_originating},
    {"local", is_local_submission},
    {"internal", is_internal},
};

const char *mta_own_signal(const struct mta_signals *signals)
{
    if (signals->is_inbound_relay)
        return NULL;
    for (size_t i = 0; i < sizeof OWN_SIGNALS / sizeof OWN_SIGNALS[0]; i++)
        if (OWN_SIGNALS[i].holds(signals))
            return OWN_SIGNALS[i].word;
    return NULL;
}

const char *mta_login(const struct mta_signals *signals)
{
    if (has_login(signals))
        return signals->login;
    if (!has_certificate(signals))
        return NULL;
    return is_set(signals->cert_name) ? signals->cert_name : signals->cert_subject;
}

/* -1: not a digit of xtext, which are upper case */
static int hex_of(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

void mta_login_decode(const struct mta_signals *signals, char *login)
{
    if (mta_is_postfix(signals))
        return;
    char *out = login;
    for (const char *in = login; *in != '\0';) {
        int high = *in == '+' ? hex_of(in[1]) : -1;
        int low = high >= 0 ? hex_of(in[2]) : -1;
        bool is_encoded = low >= 0 && high + low > 0;
        *out++ = is_encoded ? (char)(high * 16 + low) : *in;
        in += is_encoded ? 3 : 1;
    }
    *out = '\0';
}

static struct mta_course course(enum mta_direction direction, const char *signal,
                                const char *reason)
{
    return (struct mta_course){.direction = direction, .signal = signal, .reason = reason};
}

struct mta_course mta_course(const struct mta_signals *signals)
{
    const char *signal = mta_own_signal(signals);
    if (signal == NULL) {
        if (!signals->has_our_recipient)
            return course(MTA_NEITHER, "none", "not_ours");
        return course(MTA_INBOUND, "none", signals->is_inbound_relay ? "relay" : "outside");
    }
    /* A person who logged in is nobody's gateway. Any other signal may also be our own
     * MTA's bounce, a relay nobody listed, or another site's certificate. */
    bool may_relay = signals->has_our_recipient && !has_login(signals);
    if (may_relay && signals->has_null_sender)
        return course(MTA_INBOUND, signal, "null_sender");
    if (signals->has_process)
        return course(MTA_OUTBOUND, signal, "sender");
    if (may_relay && !signals->sender_is_ours)
        return course(MTA_INBOUND, signal, "outside_sender");
    return course(MTA_NEITHER, signal, "no_process");
}

const char *mta_direction_name(enum mta_direction direction)
{
    switch (direction) {
    case MTA_OUTBOUND:
        return "outbound";
    case MTA_INBOUND:
        return "inbound";
    case MTA_NEITHER:
        return "neither";
    }
    return "neither";
}
