/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_resume.c - fullstop resume: a person starts the next cycle.
 *
 * Decides that a reason is said. Must not know which ends need evidence.
 */
#include "cli.h"

static const struct fs_cli_option options[] = {
    {"reason", 0, false, "TEXT", "why the process may go on, in your words"},
    {"evidence", 0, false, "TEXT",
     "what proves the consent: needed after opted_out and complained"},
    {"process", 0, false, "P", "the lead process, where several apply"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *reason = fs_cli_args_value(args, "reason");
    const char *evidence = fs_cli_args_value(args, "evidence");
    struct fs_saying saying = {.what = FS_ON_RESUME, .note = reason, .evidence = evidence};
    struct fs_error err = {0};

    if (reason == NULL || reason[0] == '\0')
        return fs_cli_misused(cli, &fs_cmd_resume, "resume needs --reason TEXT, why it goes on");
    if (evidence != NULL && evidence[0] == '\0')
        return fs_cli_misused(cli, &fs_cmd_resume, "--evidence is empty; say what proves it");
    const char *checked; /* the same bounds as the reason's */
    if (fs_cli_note(cli, evidence, &checked, &err) == FS_INPUT)
        return fs_cli_misused(cli, &fs_cmd_resume, "--evidence: %s", err.text);
    return fs_cli_say(cli, args, &saying);
}

const struct fs_cli_command fs_cmd_resume = {
    .name = "resume",
    .operands = "ADDRESS --reason TEXT [--evidence TEXT]",
    .summary = "let a paused or ended lead go on",
    .help =
        "An ended lead starts its next cycle; a paused one goes on where it was. After\n"
        "opted_out and complained it needs --evidence and lifts the suppression.\n\n"
        "  fullstop resume jane@customer.example --reason \"met at the fair, asked for an offer\"",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
