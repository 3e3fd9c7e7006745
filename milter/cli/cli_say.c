/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_say.c - what pause, end, resume and answered have in common.
 *
 * Decides how a person's decision is completed and what is printed about it. Must not
 * decide whether it is possible: the engine says so.
 */
#include "cli.h"
#include "cli_json.h"
#include "cli_lead.h"
#include "fullstop/words.h"

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct fs_hearing_lead *lead,
                                   const struct fs_saying *saying, const char *event_id)
{
    struct fs_json json = fs_json_object();
    struct fs_error err = {0};

    fs_json_text(&json, "event", event_id);
    fs_json_text(&json, "process", lead->process[0] == '\0' ? NULL : lead->process);
    fs_json_text(&json, "address", saying->address);
    fs_json_text(&json, "from", lead->from == FS_STATE_NONE ? NULL : fs_state_name(lead->from));
    fs_json_text(&json, "to", lead->to == FS_STATE_NONE ? NULL : fs_state_name(lead->to));
    fs_json_text(&json, "rule", lead->rule == FS_RULE_NONE ? NULL : fs_rule_name(lead->rule));
    fs_json_int(&json, "unanswered", lead->unanswered);
    fs_json_time(&json, "until", lead->to == FS_STATE_PAUSED ? saying->until_at : 0);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static void print_line(struct fs_cli *cli, const struct fs_hearing_lead *lead,
                       const struct fs_saying *saying, const char *event_id)
{
    enum fs_language language = cli->config->language;
    const char *reason = NULL;
    char until[FS_TIME_SIZE_B] = "";

    if (lead->process[0] == '\0') { /* an objection of somebody who is nobody's lead */
        fs_cli_line(cli, "%s, nobody's lead, %s; recorded as %s", saying->address,
                    saying->what == FS_ON_END ? "is suppressed for all processes now"
                                              : "is suppressed no longer",
                    event_id);
        return;
    }
    if (lead->to == FS_STATE_ENDED)
        reason = fs_words_end_reason(language, saying->end_reason);
    if (lead->to == FS_STATE_PAUSED) {
        reason = fs_words_pause_reason(language, saying->pause_reason);
        fs_time_local_minute(saying->until_at, until, sizeof until);
    }
    fs_cli_line(cli, "%s (%s): %s -> %s%s%s%s%s%s; recorded as %s", saying->address, lead->process,
                fs_words_state(language, lead->from), fs_words_state(language, lead->to),
                until[0] == '\0' ? "" : " until ", until, reason == NULL ? "" : " (",
                reason == NULL ? "" : reason, reason == NULL ? "" : ")", event_id);
}

/* The parts of a decision that the call says. */
static enum fs_cli_exit complete(struct fs_cli *cli, const struct fs_cli_args *args,
                                 struct fs_saying *saying)
{
    struct fs_error err = {0};
    enum fs_status status;

    saying->address = fs_cli_address(cli, args->operands[0]);
    if (saying->address == NULL)
        return FS_CLI_USAGE;
    status = fs_cli_actor(cli, args, &saying->actor, &err);
    if (status == FS_OK)
        status = fs_cli_note(cli, saying->note, &saying->note, &err);
    if (status != FS_OK) {
        fs_cli_complain(cli, "%s", err.text);
        return status == FS_INPUT ? FS_CLI_USAGE : FS_CLI_NO;
    }
    saying->process = fs_cli_args_value(args, "process");
    return FS_CLI_DONE;
}

/* A process that was taken out of the configuration may still have the lead. */
static enum fs_cli_exit check_process(struct fs_cli *cli, const struct fs_saying *saying)
{
    const struct fs_lead_query query = {.process = saying->process, .contact = saying->address};
    struct fs_lead_view *views = NULL;
    struct fs_error err = {0};
    size_t count = 0;

    if (saying->process == NULL || fs_config_process_named(cli->config, saying->process) != NULL)
        return FS_CLI_DONE;
    if (fs_engine_leads(cli->engine, cli->arena, cli->config, &query, &views, &count, &err) !=
        FS_OK)
        return fs_cli_fail(cli, &err);
    return count > 0 || fs_cli_knows_process(cli, saying->process) ? FS_CLI_DONE : FS_CLI_NO;
}

enum fs_cli_exit fs_cli_say(struct fs_cli *cli, const struct fs_cli_args *args,
                            struct fs_saying *saying)
{
    struct fs_hearing_lead lead = {0};
    const char *event_id = "";
    struct fs_error err = {0};
    enum fs_cli_exit code = complete(cli, args, saying);

    if (code == FS_CLI_DONE)
        code = fs_cli_open_store(cli, false);
    if (code == FS_CLI_DONE)
        code = check_process(cli, saying);
    if (code != FS_CLI_DONE)
        return code;
    saying->config = cli->config;
    enum fs_status status = fs_engine_say(cli->engine, cli->arena, saying, &lead, &event_id, &err);
    if (status == FS_UNKNOWN)
        fs_cli_complain(cli, "look whether it was recorded: fullstop history %s", saying->address);
    if (status != FS_OK)
        return fs_cli_fail(cli, &err);
    if (cli->json)
        return print_json(cli, &lead, saying, event_id);
    print_line(cli, &lead, saying, event_id);
    return FS_CLI_DONE;
}
