/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_off.c - fullstop off and on: the panic switch.
 *
 * Decides what is told about the switch. Must not know what observing means.
 */
#include "cli.h"
#include "cli_json.h"

static const struct fs_cli_option options[] = {
    {"reason", 0, false, "TEXT", "why, in your words; kept with the event"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit told(struct fs_cli *cli, bool off, bool changed, int64_t since_at)
{
    struct fs_error err = {0};

    if (cli->json) {
        struct fs_json json = fs_json_object();
        fs_json_bool(&json, "off", off);
        fs_json_bool(&json, "changed", changed);
        fs_json_time(&json, "off_since", off ? since_at : 0);
        if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
        return FS_CLI_DONE;
    }
    const char *since = fs_cli_minute(cli, since_at);
    if (off && changed)
        fs_cli_line(cli, "off: every process only observes from now on, also after a restart; "
                         "\"fullstop on\" ends that");
    else if (off)
        fs_cli_line(cli, "it was off already, since %s", since == NULL ? "" : since);
    else if (changed)
        fs_cli_line(cli, "on: every process works in its own mode again");
    else
        fs_cli_line(cli, "it was on already");
    return FS_CLI_DONE;
}

static enum fs_cli_exit turn(struct fs_cli *cli, const struct fs_cli_args *args, bool off)
{
    const struct fs_cli_command *command = off ? &fs_cmd_off : &fs_cmd_on;
    struct fs_actor actor = {0};
    struct fs_error err = {0};
    const char *note = NULL;
    bool changed = false;
    bool is_off = false;
    int64_t since_at = 0;

    if (fs_cli_actor(cli, args, &actor, &err) != FS_OK ||
        fs_cli_note(cli, fs_cli_args_value(args, "reason"), &note, &err) != FS_OK)
        return fs_cli_misused(cli, command, "%s", err.text);
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    if (fs_engine_switch(cli->engine, off, &actor, note, &changed, &err) != FS_OK ||
        fs_engine_is_off(cli->engine, &is_off, &since_at, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return told(cli, is_off, changed, since_at);
}

static enum fs_cli_exit run_off(struct fs_cli *cli, const struct fs_cli_args *args)
{
    return turn(cli, args, true);
}

static enum fs_cli_exit run_on(struct fs_cli *cli, const struct fs_cli_args *args)
{
    return turn(cli, args, false);
}

const struct fs_cli_command fs_cmd_off = {
    .name = "off",
    .operands = "[--reason TEXT]",
    .summary = "panic switch: every process only observes",
    .help = "No message is refused, held or flagged any more; all go on being counted. It takes\n"
            "effect with the next message, survives a restart, and is in the audit log.",
    .options = options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run_off,
};

const struct fs_cli_command fs_cmd_on = {
    .name = "on",
    .operands = "[--reason TEXT]",
    .summary = "end what off began",
    .help = "Every process works in its configured mode again.",
    .options = options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run_on,
};
