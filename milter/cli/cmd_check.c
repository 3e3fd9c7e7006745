/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_check.c - fullstop check: reads the configuration and says what it will do.
 *
 * Decides nothing: the config room finds what is wrong. Must not open the store.
 */
#include "cli.h"
#include "cli_json.h"
#include "cli_table.h"
#include "fullstop/text.h"

#define DURATION_SIZE_B 32

static enum fs_cli_exit print_json(struct fs_cli *cli)
{
    struct fs_json json = fs_json_object();
    struct fs_json processes = fs_json_array();
    struct fs_error err = {0};
    char hash[FS_HASH_HEX_SIZE_B];

    fs_hash_hex(&cli->config->hash, hash);
    fs_json_text(&json, "config", cli->config->path);
    fs_json_text(&json, "sha256", hash);
    fs_json_text(&json, "store", cli->config->store);
    for (size_t i = 0; i < cli->config->process_count; i++) {
        const struct fs_process *process = &cli->config->processes[i];
        struct fs_json one = fs_json_object();
        fs_json_text(&one, "process", process->name);
        fs_json_text(&one, "mode", fs_mode_name(process->mode));
        fs_json_int(&one, "limit", process->rules.unanswered);
        fs_json_add(&processes, NULL, one);
    }
    fs_json_add(&json, "processes", processes);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static const char *duration(struct fs_cli *cli, int64_t length_s)
{
    char *text = fs_arena_alloc(cli->arena, 1, DURATION_SIZE_B);

    if (length_s == 0)
        return "off";
    if (text != NULL)
        fs_text_duration_print(length_s, text, DURATION_SIZE_B);
    return text;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    static const struct fs_cli_column columns[] = {
        {"PROCESS", FS_CLI_FIT_CUT},       {"MODE", FS_CLI_FIT_WHOLE},
        {"UNANSWERED", FS_CLI_FIT_NUMBER}, {"GRACE", FS_CLI_FIT_NUMBER},
        {"OPEN FOR", FS_CLI_FIT_NUMBER},   {"IDLE", FS_CLI_FIT_NUMBER},
        {"SENDERS", FS_CLI_FIT_NUMBER},
    };
    enum fs_cli_exit code = fs_cli_open_config(cli);

    (void)args;
    if (code != FS_CLI_DONE)
        return code;
    if (cli->json)
        return print_json(cli);
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; table != NULL && i < cli->config->process_count; i++) {
        const struct fs_process *process = &cli->config->processes[i];
        const char *cells[] = {
            process->name,
            fs_mode_name(process->mode),
            fs_arena_printf(cli->arena, "%d", process->rules.unanswered),
            duration(cli, process->rules.grace_s),
            duration(cli, process->rules.open_for_s),
            duration(cli, process->rules.idle_s),
            fs_arena_printf(cli->arena, "%zu", process->senders.count),
        };
        if (fs_cli_table_add(table, cells) != FS_OK)
            return fs_cli_no_memory(cli);
    }
    if (table == NULL)
        return fs_cli_no_memory(cli);
    fs_cli_line(cli, "%s is in order", cli->config->path);
    fputc('\n', cli->out);
    fs_cli_table_print(table, cli->out, cli->columns);
    return FS_CLI_DONE;
}

static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_check = {
    .name = "check",
    .operands = "",
    .summary = "check the configuration file",
    .help = "Reads the configuration as fullstopd would (as fullstopd -n does) and shows its\n"
            "lead processes. What is wrong is told with file and line, and the exit is 2.\n"
            "Neither daemon nor store is needed.",
    .options = no_options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
