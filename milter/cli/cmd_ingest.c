/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_ingest.c - fullstop ingest: a message that did not pass this MTA.
 *
 * Decides which direction a message is taken for (the caller says it) and, for sent mail,
 * that it went out already: it is counted, and never refused. Must not decide what it
 * means for a lead.
 */
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "cli_json.h"
#include "fullstop/mail.h"
#include "fullstop/words.h"

static const struct fs_cli_option options[] = {
    {"sent", 0, false, NULL, "the message is ours and went out already"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit print_heard_json(struct fs_cli *cli, const struct fs_facts *facts,
                                         const struct fs_hearing *hearing)
{
    struct fs_json json = fs_json_object();
    struct fs_json leads = fs_json_array();
    struct fs_error err = {0};

    fs_json_text(&json, "direction", "in");
    fs_json_text(&json, "message_id", facts->message_id);
    fs_json_text(&json, "class", fs_mail_class_name(facts->class));
    fs_json_bool(&json, "own_mail", hearing->own_mail);
    fs_json_text(&json, "match", hearing->match);
    for (size_t i = 0; i < hearing->lead_count; i++) {
        const struct fs_hearing_lead *lead = &hearing->leads[i];
        struct fs_json one = fs_json_object();
        fs_json_text(&one, "process", lead->process);
        fs_json_text(&one, "address", lead->contact);
        fs_json_text(&one, "from", lead->from == FS_STATE_NONE ? NULL : fs_state_name(lead->from));
        fs_json_text(&one, "to", lead->to == FS_STATE_NONE ? NULL : fs_state_name(lead->to));
        fs_json_text(&one, "rule", fs_rule_name(lead->rule));
        fs_json_int(&one, "unanswered", lead->unanswered);
        fs_json_add(&leads, NULL, one);
    }
    fs_json_add(&json, "leads", leads);
    fs_json_text(&json, "suppressed", hearing->suppressed);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_heard(struct fs_cli *cli, const struct fs_facts *facts,
                                    const struct fs_hearing *hearing)
{
    enum fs_language language = cli->language;
    const char *class = fs_mail_class_name(facts->class);

    if (cli->json)
        return print_heard_json(cli, facts, hearing);
    if (hearing->own_mail)
        fs_cli_line(cli, "%s: our own mail coming back, no answer", class);
    else if (hearing->lead_count == 0)
        fs_cli_line(cli, "%s: concerns no lead", class);
    if (hearing->suppressed != NULL)
        fs_cli_line(cli, "%s: %s is suppressed for all processes now", class, hearing->suppressed);
    for (size_t i = 0; i < hearing->lead_count; i++) {
        const struct fs_hearing_lead *lead = &hearing->leads[i];
        fs_cli_line(cli, "%s, found by %s: %s (%s): %s -> %s, %d unanswered (%s)", class,
                    lead->match, lead->contact, lead->process, fs_words_state(language, lead->from),
                    fs_words_state(language, lead->to), lead->unanswered,
                    fs_words_rule(language, lead->rule));
    }
    return FS_CLI_DONE;
}

static enum fs_cli_exit hear(struct fs_cli *cli, const struct fs_facts *facts)
{
    const struct fs_inbound in = {.config = cli->config, .facts = facts};
    struct fs_hearing hearing = {0};
    struct fs_error err = {0};

    if (fs_engine_inbound(cli->engine, cli->arena, &in, &hearing, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return print_heard(cli, facts, &hearing);
}

static enum fs_cli_exit print_sent_json(struct fs_cli *cli, const struct fs_facts *facts,
                                        const struct fs_process *process,
                                        const struct fs_ruling *ruling)
{
    struct fs_json json = fs_json_object();
    struct fs_json recipients = fs_json_array();
    struct fs_error err = {0};

    fs_json_text(&json, "direction", "out");
    fs_json_text(&json, "message_id", facts->message_id);
    fs_json_text(&json, "process", process == NULL ? NULL : process->name);
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        const struct fs_ruling_recipient *recipient = &ruling->recipients[i];
        struct fs_json one = fs_json_object();
        fs_json_text(&one, "address", recipient->address);
        fs_json_text(&one, "verdict", fs_verdict_name(recipient->verdict));
        fs_json_bool(&one, "would_refuse", recipient->refused);
        fs_json_text(&one, "state",
                     recipient->lead.state == FS_STATE_NONE ? NULL
                                                            : fs_state_name(recipient->lead.state));
        fs_json_int(&one, "unanswered", recipient->lead.unanswered);
        fs_json_int(&one, "limit", recipient->limit);
        fs_json_int(&one, "overrun", recipient->lead.overrun);
        fs_json_add(&recipients, NULL, one);
    }
    fs_json_add(&json, "recipients", recipients);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_sent(struct fs_cli *cli, const struct fs_facts *facts,
                                   const struct fs_process *process, const struct fs_ruling *ruling)
{
    if (cli->json)
        return print_sent_json(cli, facts, process, ruling);
    if (process == NULL)
        fs_cli_line(cli, "not counted: %s is a sender of no process",
                    facts->from == NULL ? "From" : facts->from);
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        const struct fs_ruling_recipient *recipient = &ruling->recipients[i];
        const char *address = recipient->address == NULL ? "?" : recipient->address;
        const char *verdict = fs_words_verdict(cli->language, recipient->verdict);
        if (recipient->refused)
            fs_cli_line(cli, "%s (%s): %s, would have been refused, %d of %d unanswered", address,
                        process->name, verdict, recipient->lead.unanswered, recipient->limit);
        else
            fs_cli_line(cli, "%s (%s): %s, %d of %d unanswered", address, process->name, verdict,
                        recipient->lead.unanswered, recipient->limit);
    }
    return FS_CLI_DONE;
}

/* A message as it was read: facts, and the raw header for exempt {}. */
struct message {
    struct fs_facts facts;
    const char *headers;
    size_t headers_b;
};

static enum fs_cli_exit count_sent(struct fs_cli *cli, const struct message *message)
{
    const struct fs_facts *facts = &message->facts;
    /* "" is the null sender, which is in no process */
    const char *sender = facts->sender != NULL && facts->sender[0] != '\0' ? facts->sender : NULL;
    struct fs_outbound out = {
        .config = cli->config,
        .process = fs_config_process_for(cli->config, sender, facts->from, NULL),
        .facts = facts,
        .recipients = facts->to,
        .recipient_count = facts->to_count,
        .headers = message->headers,
        .headers_b = message->headers_b,
        .already_sent = true,
    };
    struct fs_ruling ruling = {0};
    struct fs_error err = {0};

    if (out.process == NULL)
        return print_sent(cli, facts, NULL, &ruling);
    if (facts->to_count == 0) {
        fs_cli_complain(cli, "the message has no recipient in To or Cc: nobody can be counted");
        return FS_CLI_NO;
    }
    if (fs_engine_outbound(cli->engine, cli->arena, &out, &ruling, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return print_sent(cli, facts, out.process, &ruling);
}

static enum fs_status keep_header(struct fs_cli *cli, const struct fs_cli_message *message,
                                  struct message *out, struct fs_error *err)
{
    size_t length_b =
        message->length_b < FS_MAIL_HEADER_MAX_B ? message->length_b : FS_MAIL_HEADER_MAX_B;
    char *copy = fs_arena_alloc(cli->arena, length_b, 1);

    if (copy == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    memcpy(copy, message->data, length_b);
    out->headers = copy;
    out->headers_b = length_b;
    return FS_OK;
}

static enum fs_cli_exit read_message(struct fs_cli *cli, struct message *out)
{
    struct fs_cli_message message = {0};
    const struct fs_envelope envelope = {.authserv_ids = cli->config->authserv_ids.items,
                                         .authserv_id_count = cli->config->authserv_ids.count,
                                         .is_delivered = true};
    struct fs_error err = {0};
    enum fs_status status = fs_cli_message_read(&message, STDIN_FILENO, "standard input", &err);

    if (status == FS_OK && message.length_b == 0)
        status = fs_error_set(&err, FS_INPUT, "there is no message on standard input");
    if (status == FS_OK)
        status =
            fs_mail_parse(cli->arena, message.data, message.length_b, &envelope, &out->facts, &err);
    if (status == FS_OK)
        status = keep_header(cli, &message, out, &err);
    fs_cli_message_clear(&message);
    return status == FS_OK ? FS_CLI_DONE : fs_cli_fail(cli, &err);
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct message message = {.headers = NULL};
    enum fs_cli_exit code = fs_cli_open_config(cli);

    if (code == FS_CLI_DONE)
        code = read_message(cli, &message);
    if (code == FS_CLI_DONE)
        code = fs_cli_open_store(cli, true);
    if (code != FS_CLI_DONE)
        return code;
    return fs_cli_args_has(args, "sent") ? count_sent(cli, &message) : hear(cli, &message.facts);
}

const struct fs_cli_command fs_cmd_ingest = {
    .name = "ingest",
    .operands = "[--sent]",
    .summary = "take one message from standard input",
    .help = "For sites whose replies, or sent mail, do not pass this MTA. The message is taken as\n"
            "incoming mail, or with --sent as mail of ours that went out already: its process is\n"
            "chosen by From, its recipients are those in To and Cc, and it is counted as observe\n"
            "would. The same message twice counts once. A message that concerns no lead and no\n"
            "process is no failure: the exit is 0.\n\n"
            "  fullstop ingest < reply.eml",
    .options = options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
