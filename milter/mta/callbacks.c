/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * callbacks.c - libmilter's callbacks: each hands its arguments to the session's message.
 *
 * Decides: that nothing is decided before the end of a message. The return codes fit what
 * negotiate.c asked for: SMFIS_NOREPLY for every step before the body. A session may be
 * missing in any callback (out of memory, a bare probe of the socket), and Sendmail can
 * begin a second connection without negotiating again (SMFIC_QUIT_NC).
 * Must not know: directions, leads, verdicts.
 */
#include "mta_callbacks.h"

#include <libmilter/mfapi.h>

#include "fullstop/address.h"
#include "fullstop/log.h"
#include "mta_session.h"

static struct mta_session *session_of(SMFICTX *ctx)
{
    return smfi_getpriv(ctx);
}

static sfsistat on_connect(SMFICTX *ctx, char *host, struct sockaddr *address)
{
    if (!mta_enter())
        return SMFIS_NOREPLY;
    struct mta_session *session = session_of(ctx);
    if (session == NULL) {
        session = mta_session_new(mta_service());
        if (session != NULL)
            session->has_leading_space = true;
        (void)smfi_setpriv(ctx, session);
    }
    if (session != NULL)
        mta_session_connect(session, host, address);
    mta_leave();
    return SMFIS_NOREPLY;
}

static sfsistat on_mail(SMFICTX *ctx, char **args)
{
    if (!mta_enter())
        return SMFIS_NOREPLY;
    struct mta_session *session = session_of(ctx);
    if (session != NULL)
        mta_session_begin(session, args[0]);
    mta_leave();
    return SMFIS_NOREPLY;
}

static struct mta_message *message_of(SMFICTX *ctx)
{
    struct mta_session *session = session_of(ctx);
    return session == NULL ? NULL : session->message;
}

static sfsistat on_recipient(SMFICTX *ctx, char **args)
{
    struct mta_message *message = message_of(ctx);
    if (message != NULL)
        mta_message_add_recipient(message, args[0], mta_macro(ctx, "{rcpt_addr}"));
    return SMFIS_NOREPLY;
}

static sfsistat on_header(SMFICTX *ctx, char *name, char *value)
{
    struct mta_session *session = session_of(ctx);
    if (session != NULL && session->message != NULL)
        mta_message_add_header(session->message, name, value, session->has_leading_space);
    return SMFIS_NOREPLY;
}

/* Only of a message that is surely outgoing can the body be left out; From, which may
 * name a process too, is read at the end. */
static bool is_body_needed(SMFICTX *ctx, const struct mta_session *session)
{
    const struct mta_message *message = session->message;
    struct mta_signals signals = mta_signals_read(ctx, session, NULL);
    const char *sender = NULL;
    if (signals.has_null_sender || mta_own_signal(&signals) == NULL ||
        fs_address_canonical(message->arena, message->sender, &sender, NULL) != FS_OK ||
        fs_config_process_for(message->config, sender, NULL, mta_login(&signals)) == NULL)
        return true;
    return fs_mail_needs_body(message->raw.data, message->header_b, mta_macro(ctx, "i"));
}

static sfsistat on_end_of_headers(SMFICTX *ctx)
{
    struct mta_session *session = session_of(ctx);
    if (session != NULL && session->message != NULL) {
        bool is_needed = session->message->header_b == 0 || is_body_needed(ctx, session);
        mta_message_end_headers(session->message, is_needed);
    }
    return SMFIS_NOREPLY;
}

static sfsistat on_body(SMFICTX *ctx, unsigned char *bytes, size_t length_b)
{
    struct mta_session *session = session_of(ctx);
    if (session == NULL)
        return SMFIS_CONTINUE;
    bool wants_more =
        session->message != NULL && mta_message_add_body(session->message, bytes, length_b);
    return !wants_more && session->can_skip ? SMFIS_SKIP : SMFIS_CONTINUE;
}

static sfsistat on_end_of_message(SMFICTX *ctx)
{
    struct mta_session *session = session_of(ctx);
    sfsistat reply;
    if (mta_enter()) {
        reply = mta_verdict(ctx, session);
        mta_leave();
    } else {
        reply = mta_verdict_closing(ctx, session);
    }
    if (session != NULL)
        mta_session_reset(session);
    return reply;
}

/* Also after a refusal of another filter: what is aborted counts nothing. */
static sfsistat on_abort(SMFICTX *ctx)
{
    struct mta_session *session = session_of(ctx);
    if (session == NULL || session->message == NULL)
        return SMFIS_CONTINUE;
    if (mta_enter()) {
        const char *id = mta_macro(ctx, "i");
        fs_log_write(mta_service()->setup.log, FS_LOG_DEBUG, "%s: aborted before its end",
                     id == NULL ? session->id : id);
        mta_leave();
    }
    mta_session_reset(session);
    return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *ctx)
{
    mta_session_free(session_of(ctx));
    (void)smfi_setpriv(ctx, NULL);
    return SMFIS_CONTINUE;
}

void mta_callbacks(struct smfiDesc *out)
{
    *out = (struct smfiDesc){
        .xxfi_name = "fullstop",
        .xxfi_version = SMFI_VERSION,
        .xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS,
        .xxfi_connect = on_connect,
        .xxfi_envfrom = on_mail,
        .xxfi_envrcpt = on_recipient,
        .xxfi_header = on_header,
        .xxfi_eoh = on_end_of_headers,
        .xxfi_body = on_body,
        .xxfi_eom = on_end_of_message,
        .xxfi_abort = on_abort,
        .xxfi_close = on_close,
        .xxfi_negotiate = mta_on_negotiate,
    };
}
