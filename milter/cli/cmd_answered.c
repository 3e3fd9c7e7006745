/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_answered.c - fullstop answered: an answer that came by another way than mail.
 *
 * Decides what --by may be. Must not know what an answer does to a lead.
 */
#include <string.h>

#include "cli.h"

static const struct fs_cli_option options[] = {
    {"by", 0, false, "WAY", "phone, meeting or other"},
    {"process", 0, false, "P", "the lead process, where several apply"},
    {"note", 0, false, "TEXT", "what was said, in your words"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

static bool is_way(const char *by)
{
    return strcmp(by, "phone") == 0 || strcmp(by, "meeting") == 0 || strcmp(by, "other") == 0;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *by = fs_cli_args_value(args, "by");
    const char *note = fs_cli_args_value(args, "note");
    struct fs_saying saying = {.what = FS_ON_ANSWERED};

    if (by == NULL)
        return fs_cli_misused(cli, &fs_cmd_answered,
                              "answered needs --by WAY: phone, meeting or other");
    if (!is_way(by))
        return fs_cli_misused(cli, &fs_cmd_answered,
                              "\"%s\" is no way of answering; give phone, meeting or other", by);
    saying.note = note == NULL ? by : fs_arena_printf(cli->arena, "%s: %s", by, note);
    if (saying.note == NULL)
        return fs_cli_no_memory(cli);
    return fs_cli_say(cli, args, &saying);
}

const struct fs_cli_command fs_cmd_answered = {
    .name = "answered",
    .operands = "ADDRESS --by phone|meeting|other",
    .summary = "record an answer that came by another way than mail",
    .help = "Counts like an answer by mail: the run of unanswered messages starts anew.\n\n"
            "  fullstop answered jane@customer.example --by phone --note \"wants a date in May\"",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
