/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_end.c - fullstop end: a person ends a lead process for a contact.
 *
 * Decides what --reason may be. Must not know which reason is stronger than which.
 */
#include "cli.h"
#include "cli_lead.h"

static const struct fs_cli_option options[] = {
    {"reason", 0, false, "R",
     "no_reply, no_urgency, not_qualified, bad_timing, not_interested,\n"
     "                          wrong_person, expired, bounced, opted_out, complained, won,\n"
     "                          other"},
    {"process", 0, false, "P", "the lead process, where several apply"},
    {"note", 0, false, "TEXT", "why, in your words"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *reason = fs_cli_args_value(args, "reason");
    struct fs_saying saying = {.what = FS_ON_END, .note = fs_cli_args_value(args, "note")};

    if (reason == NULL)
        return fs_cli_misused(cli, &fs_cmd_end, "end needs --reason R, one of %s",
                              fs_cli_end_reasons(cli->arena));
    if (!fs_end_reason_parse(reason, &saying.end_reason) || saying.end_reason == FS_END_NONE)
        return fs_cli_misused(cli, &fs_cmd_end, "\"%s\" is no reason for an end; give one of %s",
                              reason, fs_cli_end_reasons(cli->arena));
    return fs_cli_say(cli, args, &saying);
}

const struct fs_cli_command fs_cmd_end = {
    .name = "end",
    .operands = "ADDRESS --reason R",
    .summary = "end a lead process for a contact",
    .help =
        "The lead gets its end, with its reason. opted_out and complained also suppress the\n"
        "address for all processes. An end is replaced only by a stronger reason.\n\n"
        "  fullstop end jane@customer.example --reason no_urgency --note \"no project in 2027\"",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
