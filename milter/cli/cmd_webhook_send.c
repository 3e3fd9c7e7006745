/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_webhook_send.c - fullstop webhook test: one signed sample, and what came back.
 *
 * Decides what is shown of the answer. Must not know HTTP, and shows no secret. In a program of
 * its own, that fullstop runs (cmd_webhook.c): it needs libcurl.
 */
#include "cli.h"
#include "cli_json.h"
#include "fullstop/outbox.h"

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct fs_webhook *webhook,
                                   const struct fs_outbox_answer *answer)
{
    struct fs_json json = fs_json_object();
    struct fs_error err = {0};

    fs_json_text(&json, "webhook", webhook->name);
    fs_json_text(&json, "webhook_id", answer->webhook_id);
    fs_json_bool(&json, "delivered", answer->fault == NULL);
    if (answer->status > 0)
        fs_json_int(&json, "status", answer->status);
    else
        fs_json_null(&json, "status");
    fs_json_text(&json, "fault", answer->fault);
    fs_json_int(&json, "took_ms", answer->took_ms);
    fs_json_text(&json, "request", answer->request);
    fs_json_text(&json, "answer", answer->body);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct fs_outbox_answer answer = {0};
    struct fs_error err = {0};
    enum fs_cli_exit code = fs_cli_open_config(cli);

    if (code != FS_CLI_DONE)
        return code;
    const struct fs_webhook *webhook = fs_config_webhook_named(cli->config, args->operands[0]);
    if (webhook == NULL) {
        fs_cli_complain(cli, "there is no webhook \"%s\" in %s", args->operands[0],
                        cli->config->path);
        return FS_CLI_NO;
    }
    if (fs_outbox_set_up(&err) != FS_OK ||
        fs_outbox_test(webhook, &cli->clock, cli->arena, &answer, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    if (cli->json) {
        code = print_json(cli, webhook, &answer);
    } else {
        fs_cli_line(cli, "sent    %s", answer.request);
        if (answer.status > 0)
            fs_cli_line(cli, "answer  HTTP status %ld after %lld ms: %s", answer.status,
                        (long long)answer.took_ms, answer.body);
    }
    if (code == FS_CLI_DONE && answer.fault != NULL) {
        fs_cli_complain(cli, "the webhook did not take it: %s", answer.fault);
        return FS_CLI_NO;
    }
    if (code == FS_CLI_DONE && !cli->json)
        fs_cli_line(cli, "the webhook took it");
    return code;
}

static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_webhook_send = {
    .name = "webhook test",
    .operands = "NAME",
    .summary = "what fullstop webhook test runs",
    .help = "",
    .options = no_options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
