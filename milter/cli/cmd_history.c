/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_history.c - fullstop history: every event of a contact, oldest first.
 *
 * Decides what the table shows; the words room has the sentences. Must not change
 * anything.
 */
#include <string.h>

#include "cli.h"
#include "cli_json.h"
#include "cli_lead.h"
#include "cli_table.h"
#include "fullstop/text.h"
#include "fullstop/words.h"

static const struct fs_cli_option options[] = {
    {"process", 0, false, "P", "only events of this process"},
    {"limit", 0, false, "N", "only the newest N"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct fs_event *events, size_t count)
{
    struct fs_error err = {0};

    fputc('[', cli->out);
    for (size_t i = 0; i < count && !ferror(cli->out); i++) {
        struct fs_json json = fs_cli_event_json(&events[i]);
        fputs(i == 0 ? "\n" : ",\n", cli->out);
        if (fs_json_print(&json, cli->out, true, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
    }
    fputs(count == 0 ? "]\n" : "\n]\n", cli->out);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_table(struct fs_cli *cli, const struct fs_event *events, size_t count)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("WHEN"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("PROCESS"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("WHAT"), FS_CLI_FIT_WRAP},
        {FS_CLI_WORDS("EVENT"), FS_CLI_FIT_CUT},
    };
    const size_t column_count = sizeof columns / sizeof *columns;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count), column_count);
    struct fs_error err = {0};

    if (table == NULL)
        return fs_cli_no_memory(cli);
    for (size_t i = 0; i < count; i++) {
        const char *when = fs_cli_minute(cli, events[i].at);
        char id[FS_CLI_EVENT_ID_SIZE_B];
        const char *what = NULL;
        fs_cli_event_id(&events[i], id, sizeof id);
        if (fs_words_event(cli->arena, cli->language, &events[i], &what, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
        const char *cells[] = {when, events[i].process, what, id};
        if (fs_cli_table_add(table, cells) != FS_OK)
            return fs_cli_no_memory(cli);
    }
    fs_cli_table_print(table, cli->out, cli->columns);
    return FS_CLI_DONE;
}

static enum fs_cli_exit nothing(struct fs_cli *cli, const char *address, const char *process)
{
    if (cli->json)
        fputs("[]\n", cli->out);
    if (process == NULL)
        fs_cli_complain(cli, "%s has no events", address);
    else if (fs_cli_knows_process(cli, process))
        fs_cli_complain(cli, "%s has no events in %s", address, process);
    return FS_CLI_NO;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *process = fs_cli_args_value(args, "process");
    const char *limit_text = fs_cli_args_value(args, "limit");
    struct fs_event *events = NULL;
    struct fs_error err = {0};
    int64_t limit = 0;
    size_t count = 0;

    if (limit_text != NULL && (fs_text_int(limit_text, INT32_MAX, &limit) != FS_OK || limit < 1))
        return fs_cli_misused(cli, &fs_cmd_history, "--limit \"%s\" is no number from 1",
                              limit_text);
    const char *address = fs_cli_address(cli, args->operands[0]);
    if (address == NULL)
        return FS_CLI_USAGE;
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status =
        fs_engine_history(cli->engine, cli->arena, address, process, limit, &events, &count, &err);
    if (status == FS_NOT_FOUND || (status == FS_OK && count == 0))
        return nothing(cli, address, process);
    if (status != FS_OK)
        return fs_cli_fail(cli, &err);
    return cli->json ? print_json(cli, events, count) : print_table(cli, events, count);
}

const struct fs_cli_command fs_cmd_history = {
    .name = "history",
    .operands = "ADDRESS [--process P] [--limit N]",
    .summary = "list every event of a contact, oldest first",
    .help = "Each message sent, each message heard, what time brought and what people decided.\n"
            "The exit is 1 when there is no event.",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
