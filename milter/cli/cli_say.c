/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_say.c - what pause, end, resume and answered have in common.
 *
 * Decides how a person's decision is completed and what is printed about it. Must not
 * decide whether it is possible: the engine says so.
 */
#include <string.h>

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
    const char *address = saying->address;
    const char *from = fs_words_state(cli->language, lead->from);
    const char *to = fs_words_state(cli->language, lead->to);
    const char *until = fs_cli_minute(cli, saying->until_at);

    if (lead->process[0] != '\0' && lead->to == FS_STATE_ENDED)
        fs_cli_line(cli, "%s (%s): %s -> %s (%s); recorded as %s", address, lead->process, from, to,
                    fs_words_end_reason(cli->language, saying->end_reason), event_id);
    else if (lead->process[0] != '\0' && lead->to == FS_STATE_PAUSED)
        fs_cli_line(cli, "%s (%s): %s -> %s until %s (%s); recorded as %s", address, lead->process,
                    from, to, until == NULL ? "" : until,
                    fs_words_pause_reason(cli->language, saying->pause_reason), event_id);
    else if (lead->process[0] != '\0')
        fs_cli_line(cli, "%s (%s): %s -> %s; recorded as %s", address, lead->process, from, to,
                    event_id);
    /* an objection of somebody who is nobody's lead */
    else if (saying->what == FS_ON_END)
        fs_cli_line(cli, "%s, nobody's lead, is suppressed for all processes now; recorded as %s",
                    address, event_id);
    else
        fs_cli_line(cli, "%s, nobody's lead, is suppressed no longer; recorded as %s", address,
                    event_id);
}

/* ---- what is not possible ---- */

static void complain_no_lead(struct fs_cli *cli, const struct fs_saying *saying, bool suppressed)
{
    if (suppressed)
        fs_cli_complain(cli,
                        "%s is no lead, but is suppressed; resuming needs --evidence TEXT: where "
                        "and when they agreed again",
                        saying->address);
    else if (saying->process == NULL)
        fs_cli_complain(cli, "%s is no lead", saying->address);
    else
        fs_cli_complain(cli, "%s is no lead in process %s", saying->address, saying->process);
}

static void complain_of_state(struct fs_cli *cli, const struct fs_saying *saying,
                              const struct fs_lead *lead)
{
    const char *who = saying->address;
    const char *reason = fs_words_end_reason(cli->language, lead->end_reason);

    if (saying->what == FS_ON_PAUSE)
        fs_cli_complain(cli, "%s has ended (%s) and cannot be paused; resume it first", who,
                        reason);
    else if (saying->what == FS_ON_END)
        fs_cli_complain(cli,
                        "%s has already ended (%s); resume it first to end it for another reason",
                        who, reason);
    else if (saying->what == FS_ON_ANSWERED)
        fs_cli_complain(cli, "%s has ended (%s): an answer does not reopen that; use resume", who,
                        reason);
    else if (lead->state == FS_STATE_ENDED)
        fs_cli_complain(cli,
                        "%s has objected to sales mail; resuming needs --evidence TEXT: where and "
                        "when they agreed again",
                        who);
    else
        fs_cli_complain(cli, "%s is neither paused nor ended (%s): there is nothing to resume", who,
                        fs_words_state(cli->language, lead->state));
}

/* The engine's refusal in the language of the call; false when its reason is no longer seen,
 * and the engine's own sentence must do. */
static bool complain_in_words(struct fs_cli *cli, const struct fs_saying *saying,
                              enum fs_status why_not)
{
    struct fs_explanation *items = NULL;
    size_t count = 0;
    enum fs_end_reason suppressed = FS_END_NONE;
    int64_t suppressed_at = 0;
    struct fs_error err = {0};
    enum fs_status status =
        fs_engine_why(cli->engine, cli->arena, cli->config, saying->address, saying->process,
                      &items, &count, &suppressed, &suppressed_at, &err);

    if (why_not == FS_NOT_FOUND && (status == FS_NOT_FOUND || (status == FS_OK && count == 0))) {
        complain_no_lead(cli, saying, suppressed != FS_END_NONE);
        return true;
    }
    if (why_not != FS_REFUSED || status != FS_OK || count == 0)
        return false;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(items[i].view.process, items[0].view.process) == 0)
            continue;
        fs_cli_complain(cli,
                        "%s is a lead in several processes (%s, %s, ...); say which one with "
                        "--process NAME",
                        saying->address, items[0].view.process, items[i].view.process);
        return true;
    }
    complain_of_state(cli, saying, &items[0].view.lead);
    return true;
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
    if (status != FS_OK && complain_in_words(cli, saying, status))
        return FS_CLI_NO;
    if (status != FS_OK)
        return fs_cli_fail(cli, &err);
    if (cli->json)
        return print_json(cli, &lead, saying, event_id);
    print_line(cli, &lead, saying, event_id);
    return FS_CLI_DONE;
}
