/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_pause.c - fullstop pause: a person puts a lead aside until a date.
 *
 * Decides what --until and --reason may be. Must not know which states can be paused.
 */
#include "cli.h"
#include "cli_lead.h"
#include "cli_text.h"

static const struct fs_cli_option options[] = {
    {"until", 0, false, "DATE", "a day (2026-12-01: from its start) or a time from now (14d, 6w)"},
    {"reason", 0, false, "R", "out_of_office, not_now, account_reply, review, other"},
    {"process", 0, false, "P", "the lead process, where several apply"},
    {"note", 0, false, "TEXT", "why, in your words"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *until = fs_cli_args_value(args, "until");
    const char *reason = fs_cli_args_value(args, "reason");
    struct fs_saying saying = {.what = FS_ON_PAUSE, .note = fs_cli_args_value(args, "note")};
    struct fs_error err = {0};

    if (until == NULL)
        return fs_cli_misused(cli, &fs_cmd_pause, "pause needs --until DATE");
    if (reason == NULL)
        return fs_cli_misused(cli, &fs_cmd_pause, "pause needs --reason R, one of %s",
                              fs_cli_pause_reasons(cli->arena));
    if (!fs_pause_reason_parse(reason, &saying.pause_reason) ||
        saying.pause_reason == FS_PAUSE_NONE)
        return fs_cli_misused(cli, &fs_cmd_pause, "\"%s\" is no reason for a pause; give one of %s",
                              reason, fs_cli_pause_reasons(cli->arena));
    /* the day begins where the configuration says */
    enum fs_cli_exit code = fs_cli_open_config(cli);
    if (code != FS_CLI_DONE)
        return code;
    switch (fs_cli_until(until, fs_clock_now(&cli->clock), &saying.until_at, &err)) {
    case FS_OK:
        return fs_cli_say(cli, args, &saying);
    case FS_REFUSED:
        fs_cli_complain(cli, "--until \"%s\" is not in the future; give a later date", until);
        return FS_CLI_NO;
    case FS_INPUT:
    case FS_NOT_FOUND:
    case FS_LIMIT:
    case FS_NOMEM:
    case FS_IO:
    case FS_AWAY:
    case FS_UNKNOWN:
    case FS_CORRUPT:
        break;
    }
    return fs_cli_misused(cli, &fs_cmd_pause,
                          "--until \"%s\" is no date; give a day like 2026-12-01, or a time from "
                          "now like 14d or 6w",
                          until);
}

const struct fs_cli_command fs_cmd_pause = {
    .name = "pause",
    .operands = "ADDRESS --until DATE --reason R",
    .summary = "put a lead aside until a date",
    .help = "Nothing is sent to ADDRESS until the date comes; an answer ends the pause at once.\n"
            "Absence notes never shorten a pause that a person made.\n\n"
            "  fullstop pause jane@customer.example --until 2026-12-01 --reason not_now",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
