/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * macros.c - the macros we ask for, and what they say about client and sender.
 *
 * Decides: which macros at which stage. TLS can start after connect, so the certificate is
 * asked for again at MAIL. The queue id comes with DATA at the latest; it is asked for at
 * every later stage.
 * Must not know: what a signal means; direction.c does.
 */
#include "mta_session.h"

#include <arpa/inet.h>
#include <libmilter/mfapi.h>
#include <stddef.h>
#include <string.h>

#include "fullstop/address.h"

/* libmilter's parameters are char *, but it does not write to them. */
static const struct macro_list {
    int stage;
    const char *macros;
} MACROS[] = {
    {SMFIM_CONNECT, "j v _ {daemon_name} {daemon_addr} {daemon_port} {client_addr} {client_port} "
                    "{cert_subject} {cert_issuer} {cn_subject} {verify}"},
    {SMFIM_ENVFROM, "i {auth_type} {auth_authen} {mail_addr} {cert_subject} {cert_issuer} "
                    "{cn_subject} {verify}"},
    {SMFIM_ENVRCPT, "i {rcpt_addr}"},
    {SMFIM_EOH, "i"},
    {SMFIM_EOM, "i {auth_authen}"},
};

bool mta_macros_ask(struct smfi_str *ctx)
{
    bool is_asked = true;
    for (size_t i = 0; i < sizeof MACROS / sizeof MACROS[0]; i++)
        if (smfi_setsymlist(ctx, MACROS[i].stage, (char *)MACROS[i].macros) != MI_SUCCESS)
            is_asked = false;
    return is_asked;
}

const char *mta_macro(struct smfi_str *ctx, const char *name)
{
    const char *value = smfi_getsymval(ctx, (char *)name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static void read_client(const struct mta_session *session, struct mta_signals *out)
{
    const struct sockaddr *client = mta_session_client(session);
    out->is_connected = session->is_connected;
    out->client_name = session->host;
    out->has_client_address = client != NULL;
    if (client == NULL)
        return;
    const struct fs_config *config = session->message->config;
    out->is_internal = fs_config_is_internal(config, client);
    out->is_inbound_relay = fs_config_is_inbound_relay(config, client);
    if (client->sa_family == AF_INET) {
        out->is_loopback = ntohl(session->client4.sin_addr.s_addr) >> 24 == 127;
        out->client_port = ntohs(session->client4.sin_port);
    } else {
        out->is_loopback = IN6_IS_ADDR_LOOPBACK(&session->client6.sin6_addr) != 0;
        out->client_port = ntohs(session->client6.sin6_port);
    }
}

static bool is_ours(const struct fs_config *config, const char *address)
{
    return address != NULL && address[0] != '\0' && fs_config_is_ours(config, address);
}

struct mta_signals mta_signals_read(struct smfi_str *ctx, const struct mta_session *session,
                                    const struct fs_facts *facts)
{
    const struct mta_message *message = session->message;
    struct mta_signals out = {
        .mta_version = mta_macro(ctx, "v"),
        .daemon_name = mta_macro(ctx, "{daemon_name}"),
        .login = mta_macro(ctx, "{auth_authen}"),
        .cert_subject = mta_macro(ctx, "{cert_subject}"),
        .cert_name = mta_macro(ctx, "{cn_subject}"),
        .cert_verify = mta_macro(ctx, "{verify}"),
        .has_null_sender = message->sender[0] == '\0' || strcmp(message->sender, "<>") == 0,
        .has_our_recipient = message->has_our_recipient,
    };
    read_client(session, &out);
    if (facts != NULL)
        out.sender_is_ours =
            is_ours(message->config, facts->sender) || is_ours(message->config, facts->from);
    return out;
}
