/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_released.c - fullstop released: a held message was let out of the MTA's queue.
 *
 * Decides what is told about it. Must not know the queue: the MTA tells nobody what becomes
 * of it, so a person does.
 */
#include <string.h>

#include "cli.h"
#include "cli_json.h"

static const struct fs_cli_option options[] = {
    {"message-id", 0, false, "ID", "which message, where several are held"},
    {"process", 0, false, "P", "the lead process, where several apply"},
    {"note", 0, false, "TEXT", "why, in your words"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

/* An id as people copy it, with or without <>. */
static const char *bare_id(struct fs_cli *cli, const char *id)
{
    size_t length = id == NULL ? 0 : strlen(id);

    if (length < 2 || id[0] != '<' || id[length - 1] != '>')
        return id;
    return fs_arena_strndup(cli->arena, id + 1, length - 2);
}

static enum fs_cli_exit told(struct fs_cli *cli, const struct fs_release *release,
                             const struct fs_released *released)
{
    struct fs_error err = {0};

    if (cli->json) {
        struct fs_json json = fs_json_object();
        fs_json_text(&json, "event", released->event_id);
        fs_json_text(&json, "process", released->process);
        fs_json_text(&json, "address", release->address);
        fs_json_text(&json, "message_id",
                     released->message_id[0] == '\0' ? NULL : released->message_id);
        fs_json_int(&json, "overrun", released->overrun);
        if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
        return FS_CLI_DONE;
    }
    fs_cli_line(cli, "%s (%s): released message counted, overrun %d; recorded as %s",
                release->address, released->process, released->overrun, released->event_id);
    return FS_CLI_DONE;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *id = fs_cli_args_value(args, "message-id");
    struct fs_release release = {.process = fs_cli_args_value(args, "process")};
    struct fs_released released = {0};
    struct fs_error err = {0};

    release.address = fs_cli_address(cli, args->operands[0]);
    if (release.address == NULL)
        return FS_CLI_USAGE;
    release.message_id = bare_id(cli, id);
    if (id != NULL && release.message_id == NULL)
        return fs_cli_no_memory(cli);
    if (fs_cli_actor(cli, args, &release.actor, &err) != FS_OK ||
        fs_cli_note(cli, fs_cli_args_value(args, "note"), &release.note, &err) != FS_OK)
        return fs_cli_misused(cli, &fs_cmd_released, "%s", err.text);
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    if (!fs_cli_knows_process(cli, release.process))
        return FS_CLI_NO;
    if (fs_engine_released(cli->engine, cli->arena, &release, &released, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return told(cli, &release, &released);
}

const struct fs_cli_command fs_cmd_released = {
    .name = "released",
    .operands = "ADDRESS [--message-id ID]",
    .summary = "record that a held message was released",
    .help = "Mode hold puts mail into the MTA's hold queue; who releases it there (postsuper -H)\n"
            "says so here. It then counts as overrun, once, and not as unanswered.\n\n"
            "  fullstop released jane@customer.example --note \"agreed with the team\"",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
