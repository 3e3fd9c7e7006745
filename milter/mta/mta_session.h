/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mta_session.h - what the callbacks share: the service, one connection, one message's end.
 *
 * Private to milter/mta. A session hangs on its libmilter context (smfi_setpriv) and is
 * used by one thread at a time, though not always the same. libmilter's context type is
 * named by its struct tag, so that this header does not need mfapi.h.
 */
#ifndef MTA_SESSION_H
#define MTA_SESSION_H

#include <netinet/in.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "fullstop/engine.h"
#include "fullstop/log.h"
#include "fullstop/mta.h"
#include "mta_direction.h"
#include "mta_message.h"

struct smfi_str; /* SMFICTX */

/* One per process, for libmilter hands no context to its callbacks. */
struct mta_service {
    struct fs_mta_setup setup;
    atomic_uint running; /* callbacks */
    atomic_uint open_messages;
    sem_t ended; /* posted when there is a reason to stop serving */
    enum fs_status served;
    atomic_bool has_ended; /* smfi_main() returned served */
    atomic_bool is_closing;
    atomic_bool is_store_away;
    atomic_ulong undecided;
    atomic_ulong undecided_while_away;
    atomic_ulong sessions; /* for session ids */
};
struct mta_service *mta_service(void);
/* False: we are closing, the callback must touch nothing. Else pair with mta_leave(). */
bool mta_enter(void);
void mta_leave(void);

#define MTA_HOST_MAX_B 256
#define MTA_ID_MAX_B 64
struct mta_session {
    char id[MTA_ID_MAX_B];  /* stands in for the queue id until there is one */
    bool can_skip;          /* SMFIS_SKIP was negotiated */
    bool can_drop;          /* SMFIF_DELRCPT was */
    bool has_leading_space; /* header values come and go with their leading space */
    bool is_connected;
    char host[MTA_HOST_MAX_B];
    struct sockaddr_in6 client6; /* sin6_family or sin_family 0: no address */
    struct sockaddr_in client4;
    struct mta_message *message; /* NULL: outside a message */
};

/* NULL: out of memory. */
struct mta_session *mta_session_new(struct mta_service *service);
void mta_session_free(struct mta_session *session); /* NULL is a no-op */
/* address: NULL or any family. */
void mta_session_connect(struct mta_session *session, const char *host,
                         const struct sockaddr *address);
/* NULL: the MTA gave no IPv4 or IPv6 address. */
const struct sockaddr *mta_session_client(const struct mta_session *session);
/* Begins a message; ends the one that is open, if any. */
void mta_session_begin(struct mta_session *session, const char *sender);
void mta_session_reset(struct mta_session *session);

/* negotiate.c: the callback, in libmilter's own terms. */
int mta_on_negotiate(struct smfi_str *ctx, unsigned long actions, unsigned long steps,
                     unsigned long unused2, unsigned long unused3, unsigned long *out_actions,
                     unsigned long *out_steps, unsigned long *out2, unsigned long *out3);

/* macros.c */
bool mta_macros_ask(struct smfi_str *ctx);
/* A macro's value, NULL when it is not set or empty. Borrowed from ctx. */
const char *mta_macro(struct smfi_str *ctx, const char *name);
/* Everything that connection, macros, envelope and facts (may be NULL) say. */
struct mta_signals mta_signals_read(struct smfi_str *ctx, const struct mta_session *session,
                                    const struct fs_facts *facts);

/* verdict.c: the end of a message. Returns an SMFIS_ code. session may be NULL. */
int mta_verdict(struct smfi_str *ctx, struct mta_session *session);
/* The same when we are closing and may not touch the engine. */
int mta_verdict_closing(struct smfi_str *ctx, struct mta_session *session);

/* condition.c: one log line for each change of the store's condition. */
void mta_store_is_away(struct mta_service *service, const struct fs_config *config,
                       const struct fs_error *error);
void mta_store_is_back(struct mta_service *service);

/* reply.c: each sets the reply and returns the SMFIS_ code to give. */
int mta_reply_refuse(struct smfi_str *ctx, struct fs_arena *arena, const struct fs_process *process,
                     const struct fs_ruling *ruling);
int mta_reply_later(struct smfi_str *ctx, enum fs_language language);
/* headers.c: removes every X-Fullstop-* field; takes the mark of a final mail off the subject;
 * adds the flag. False: not wholly done. */
bool mta_headers_clean(struct smfi_str *ctx, const struct mta_message *message);
bool mta_headers_unmark(struct smfi_str *ctx, const struct mta_session *session);
bool mta_headers_flag(struct smfi_str *ctx, const struct mta_session *session,
                      const struct fs_process *process, const struct fs_ruling *ruling);

#endif
