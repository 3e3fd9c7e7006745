/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * session.c - the state of one connection of the MTA, and of the message open in it.
 *
 * Decides: nothing.
 * Must not know: libmilter's protocol; callbacks.c does.
 */
#include "mta_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mta_session *mta_session_new(struct mta_service *service)
{
    struct mta_session *session = calloc(1, sizeof *session);
    if (session == NULL)
        return NULL;
    unsigned long serial = atomic_fetch_add(&service->sessions, 1) + 1;
    (void)snprintf(session->id, sizeof session->id, "session-%lu", serial);
    return session;
}

void mta_session_free(struct mta_session *session)
{
    if (session == NULL)
        return;
    mta_session_reset(session);
    free(session);
}

void mta_session_connect(struct mta_session *session, const char *host,
                         const struct sockaddr *address)
{
    session->is_connected = true;
    fs_text_copy(session->host, sizeof session->host, host == NULL ? "" : host);
    memset(&session->client4, 0, sizeof session->client4);
    memset(&session->client6, 0, sizeof session->client6);
    if (address != NULL && address->sa_family == AF_INET)
        memcpy(&session->client4, address, sizeof session->client4);
    else if (address != NULL && address->sa_family == AF_INET6)
        memcpy(&session->client6, address, sizeof session->client6);
}

const struct sockaddr *mta_session_client(const struct mta_session *session)
{
    if (session->client4.sin_family == AF_INET)
        return (const struct sockaddr *)&session->client4;
    if (session->client6.sin6_family == AF_INET6)
        return (const struct sockaddr *)&session->client6;
    return NULL;
}

void mta_session_begin(struct mta_session *session, const char *sender)
{
    mta_session_reset(session);
    session->message = mta_message_new(fs_config_cell_get(mta_service()->setup.config), sender);
    if (session->message != NULL)
        (void)atomic_fetch_add(&mta_service()->open_messages, 1);
}

void mta_session_reset(struct mta_session *session)
{
    if (session->message == NULL)
        return;
    mta_message_free(session->message);
    session->message = NULL;
    (void)atomic_fetch_sub(&mta_service()->open_messages, 1);
}
