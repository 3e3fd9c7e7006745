/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * verdict.c - the end of a message: facts, direction, the engine's answer, the reply.
 *
 * Decides: nothing about leads. It decides what happens to mail the engine could not
 * decide on: outgoing mail as on_store_error says, incoming mail always passes. A failure
 * that a retry cannot mend (FS_LIMIT, ...) never defers mail.
 * Must not know: the words of a reply, the protocol before the end.
 */
#include "mta_session.h"

#include <libmilter/mfapi.h>
#include <stddef.h>
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/log.h"
#include "mta_line.h"

/* One message at its end. */
struct ending {
    struct mta_service *service;
    struct smfi_str *ctx;
    struct mta_session *session;
    struct mta_message *message;
    const char *id; /* queue id, else the session's */
    struct fs_facts facts;
    const char *login; /* as the configuration spells it, NULL: none */
    const struct fs_process *process;
    struct mta_course course;
};

static void write_line(const struct ending *ending, enum fs_log_level level,
                       const struct fs_buf *line)
{
    fs_log_write(ending->service->setup.log, level, "%s: %s", ending->id,
                 line->data == NULL ? "" : line->data);
}

/* ---- no decision ---- */

/* What is away now may be back when the message is sent again. */
static bool may_pass_later(enum fs_status status)
{
    switch (status) {
    case FS_AWAY:
    case FS_UNKNOWN:
    case FS_NOMEM:
    case FS_IO:
    case FS_CORRUPT:
        return true;
    case FS_OK:
    case FS_NOT_FOUND:
    case FS_REFUSED:
    case FS_INPUT:
    case FS_LIMIT:
        return false;
    }
    return false;
}

static int undecided(const struct ending *ending, enum fs_status status, const char *why)
{
    const struct fs_config *config = ending->message->config;
    bool is_deferred = ending->course.direction == MTA_OUTBOUND && may_pass_later(status) &&
                       config->on_store_error == FS_STORE_ERROR_TEMPFAIL;
    (void)atomic_fetch_add(&ending->service->undecided, 1);
    (void)atomic_fetch_add(&ending->service->undecided_while_away, 1);
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_undecided(&line, &ending->course, is_deferred ? "tempfail" : "accept", why);
    write_line(ending, FS_LOG_WARNING, &line);
    fs_buf_clear(&line);
    if (!is_deferred)
        return SMFIS_CONTINUE;
    return mta_reply_later(ending->ctx,
                           ending->process == NULL ? config->language : ending->process->language);
}

/* The engine failed: a failure of the store is announced once. */
static int engine_failed(const struct ending *ending, enum fs_status status,
                         const struct fs_error *error)
{
    if (may_pass_later(status))
        mta_store_is_away(ending->service, ending->message->config, error);
    return undecided(ending, status, error->text);
}

/* Neither session nor message could be kept: only the login can tell an outgoing mail. */
static int undecided_blind(struct smfi_str *ctx)
{
    struct mta_service *service = mta_service();
    (void)atomic_fetch_add(&service->undecided, 1);
    const struct fs_config *config = fs_config_cell_get(service->setup.config);
    bool is_deferred = config->on_store_error == FS_STORE_ERROR_TEMPFAIL &&
                       mta_macro(ctx, "{auth_authen}") != NULL;
    enum fs_language language = config->language;
    fs_config_unref(config);
    const char *id = mta_macro(ctx, "i");
    fs_log_write(service->setup.log, FS_LOG_ERROR, "%s: verdict=undecided action=%s: out of memory",
                 id == NULL ? "NOQUEUE" : id, is_deferred ? "tempfail" : "accept");
    return is_deferred ? mta_reply_later(ctx, language) : SMFIS_CONTINUE;
}

/* ---- facts and direction ---- */

static void parse(struct ending *ending)
{
    struct mta_message *message = ending->message;
    mta_message_end_headers(message, false); /* there may have been no end of headers */
    if (message->failure != FS_OK)
        return;
    struct fs_envelope envelope = {.sender = message->sender,
                                   .queue_id = mta_macro(ending->ctx, "i"),
                                   .authserv_ids = message->config->authserv_ids.items,
                                   .authserv_id_count = message->config->authserv_ids.count};
    message->failure = fs_mail_parse(message->arena, message->raw.data, message->raw.length_b,
                                     &envelope, &ending->facts, NULL);
}

/* A login that is an address matches like one. */
static const char *login_of(struct fs_arena *arena, const struct mta_signals *signals)
{
    const char *canonical = NULL;
    char *login = fs_arena_strdup(arena, mta_login(signals));
    if (login == NULL)
        return NULL;
    mta_login_decode(signals, login);
    if (strchr(login, '@') != NULL && fs_address_canonical(arena, login, &canonical, NULL) == FS_OK)
        return canonical;
    return login;
}

static const char *or_null(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static void find_course(struct ending *ending)
{
    struct mta_message *message = ending->message;
    struct mta_signals signals = mta_signals_read(ending->ctx, ending->session, &ending->facts);
    const char *sender = ending->facts.sender;
    if (sender == NULL) /* not parsed, or no address; the process may still be known by it */
        (void)fs_address_canonical(message->arena, message->sender, &sender, NULL);
    ending->login = login_of(message->arena, &signals);
    ending->process =
        fs_config_process_for(message->config, or_null(sender), ending->facts.from, ending->login);
    signals.has_process = ending->process != NULL;
    ending->course = mta_course(&signals);
}

/* ---- the three directions ---- */

static void warn(const struct ending *ending, const char *what)
{
    fs_log_write(ending->service->setup.log, FS_LOG_WARNING, "%s: %s", ending->id, what);
}

/* Byte for byte as they came: an MTA that knows no such recipient says yes all the same. Where
 * one is not taken off, nobody may get the message now: sent again by who has it, it is known,
 * counts nobody twice, and leaves out the same ones, of whom the sender is told again. */
static int drop_recipients(const struct ending *ending, const struct fs_ruling *ruling)
{
    const struct mta_message *message = ending->message;
    for (size_t i = 0; i < message->recipient_count; i++) {
        if (!ruling->recipients[i].refused ||
            smfi_delrcpt(ending->ctx, (char *)message->rcpt_args[i]) == MI_SUCCESS)
            continue;
        warn(ending, "the MTA did not take a recipient off: the whole message is deferred; it is "
                     "counted already, and once only when it comes again");
        return mta_reply_later(ending->ctx, ending->process->language);
    }
    return SMFIS_CONTINUE;
}

static int give_verdict(const struct ending *ending, const struct fs_ruling *ruling)
{
    struct mta_message *message = ending->message;
    switch (ruling->disposition) {
    case FS_DISPOSITION_REFUSED:
        return mta_reply_refuse(ending->ctx, message->arena, ending->process, ruling);
    case FS_DISPOSITION_FLAGGED:
        if (!mta_headers_flag(ending->ctx, ending->session, ending->process, ruling))
            warn(ending, "the MTA did not take the flag header");
        return SMFIS_CONTINUE;
    case FS_DISPOSITION_HELD:
        if (smfi_quarantine(ending->ctx, "held by a lead process") != MI_SUCCESS)
            warn(ending, "the MTA did not hold the message");
        return SMFIS_CONTINUE;
    case FS_DISPOSITION_DROPPED:
        return drop_recipients(ending, ruling);
    case FS_DISPOSITION_NONE:
    case FS_DISPOSITION_PASSED:
    case FS_DISPOSITION_WOULD_REFUSE:
        return SMFIS_CONTINUE;
    }
    return SMFIS_CONTINUE;
}

/* The deaf guard's own lines, at its turns only. */
static void say_deaf(const struct ending *ending, const struct fs_ruling *ruling)
{
    char since[FS_TIME_SIZE_B];
    fs_time_rfc3339(ruling->silence.since_at, since, sizeof since);
    fs_log_write(ending->service->setup.log, FS_LOG_WARNING,
                 "process %s: deaf guard: %d messages or more since %s and no incoming message "
                 "that belongs to a lead; it refuses and holds nothing until one comes. Do replies "
                 "pass this MTA?",
                 ending->process->name, FS_DEAF_TOUCHES, since);
}

static void say_hears(const struct ending *ending, const struct fs_hearing *hearing)
{
    for (size_t i = 0; i < hearing->lead_count; i++)
        if (hearing->leads[i].hears_again)
            fs_log_write(ending->service->setup.log, FS_LOG_INFO,
                         "process %s: deaf guard: an incoming message was heard; the process "
                         "works in its own mode again",
                         hearing->leads[i].process);
}

/* What was only read does not prove that the store can be written again. */
static bool has_written(const struct fs_ruling *ruling)
{
    for (size_t i = 0; i < ruling->recipient_count; i++)
        if (or_null(ruling->recipients[i].event_id) != NULL)
            return true;
    return false;
}

static int end_outbound(const struct ending *ending)
{
    struct mta_message *message = ending->message;
    if (message->has_too_many_recipients)
        return undecided(ending, FS_LIMIT, "more recipients than one message is decided on");
    struct fs_outbound in = {
        .config = message->config,
        .process = ending->process,
        .facts = &ending->facts,
        .login = ending->login,
        .recipients = message->recipients,
        .recipient_count = message->recipient_count,
        .headers = message->raw.data,
        .headers_b = message->header_b,
        .can_drop = ending->session->can_drop && !message->has_odd_recipient,
    };
    struct fs_ruling ruling = {0};
    struct fs_error error = {0};
    enum fs_status status =
        fs_engine_outbound(ending->service->setup.engine, message->arena, &in, &ruling, &error);
    if (status != FS_OK)
        return engine_failed(ending, status, &error);
    if (has_written(&ruling))
        mta_store_is_back(ending->service);
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_outbound(&line, &ending->course, ending->process, &ruling);
    write_line(ending, FS_LOG_INFO, &line);
    fs_buf_clear(&line);
    if (ruling.deaf_begins)
        say_deaf(ending, &ruling);
    return give_verdict(ending, &ruling);
}

static int end_inbound(const struct ending *ending)
{
    struct mta_message *message = ending->message;
    struct fs_inbound in = {.config = message->config, .facts = &ending->facts};
    struct fs_hearing hearing = {0};
    struct fs_error error = {0};
    enum fs_status status =
        fs_engine_inbound(ending->service->setup.engine, message->arena, &in, &hearing, &error);
    if (status != FS_OK)
        return engine_failed(ending, status, &error);
    if (hearing.lead_count > 0 || hearing.suppressed != NULL)
        mta_store_is_back(ending->service);
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_inbound(&line, &ending->course, &ending->facts, &hearing);
    write_line(ending, FS_LOG_INFO, &line);
    fs_buf_clear(&line);
    say_hears(ending, &hearing);
    return SMFIS_CONTINUE;
}

static int end_neither(const struct ending *ending)
{
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_neither(&line, &ending->course);
    write_line(ending, FS_LOG_INFO, &line);
    fs_buf_clear(&line);
    return SMFIS_CONTINUE;
}

int mta_verdict(struct smfi_str *ctx, struct mta_session *session)
{
    if (session == NULL || session->message == NULL)
        return undecided_blind(ctx);
    struct ending ending = {
        .service = mta_service(), .ctx = ctx, .session = session, .message = session->message};
    const char *queue_id = mta_macro(ctx, "i");
    ending.id = queue_id == NULL ? session->id : queue_id;
    if (!mta_headers_clean(ctx, ending.message))
        fs_log_write(ending.service->setup.log, FS_LOG_WARNING,
                     "%s: not every %s* header could be removed", ending.id, MTA_OUR_PREFIX);
    parse(&ending);
    find_course(&ending);
    if (ending.course.direction == MTA_OUTBOUND && !mta_headers_unmark(ctx, session))
        warn(&ending, "the mark of the final mail could not be taken off the subject");
    if (ending.course.direction == MTA_NEITHER)
        return end_neither(&ending);
    if (ending.message->failure != FS_OK)
        return undecided(&ending, ending.message->failure, "out of memory");
    return ending.course.direction == MTA_OUTBOUND ? end_outbound(&ending) : end_inbound(&ending);
}

int mta_verdict_closing(struct smfi_str *ctx, struct mta_session *session)
{
    (void)atomic_fetch_add(&mta_service()->undecided, 1);
    if (session == NULL || session->message == NULL)
        return SMFIS_CONTINUE;
    (void)mta_headers_clean(ctx, session->message); /* what is ours leaves undecided mail too */
    if (session->message->config->on_store_error == FS_STORE_ERROR_ACCEPT)
        return SMFIS_CONTINUE;
    struct mta_signals signals = mta_signals_read(ctx, session, NULL);
    return mta_own_signal(&signals) == NULL
               ? SMFIS_CONTINUE
               : mta_reply_later(ctx, session->message->config->language);
}
