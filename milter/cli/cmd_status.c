/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_status.c - fullstop status: the daemon, the switch and the counts.
 *
 * Decides what an administrator sees at a glance; open and relevant are kept apart. Must
 * not change anything.
 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "cli_crm.h"
#include "cli_json.h"
#include "cli_table.h"
#include "fullstop/outbox.h"
#include "fullstop/text.h"
#include "fullstop/words.h"

struct picture {
    enum fs_cli_daemon daemon;
    pid_t pid;
    const char *pid_path;
    bool off;
    int64_t off_since_at;
    struct fs_process_status *processes;
    size_t process_count;
    struct fs_outbox_backlog *webhooks;
    size_t webhook_count;
    const struct fs_fetch_state *crms; /* as in the configuration */
};

static struct fs_json process_json(const struct fs_config *config,
                                   const struct fs_process_status *status)
{
    const struct fs_process *process = fs_config_process_named(config, status->process);
    struct fs_json json = fs_json_object();
    struct fs_json ends = fs_json_object();
    struct fs_json pauses = fs_json_object();

    fs_json_text(&json, "process", status->process);
    fs_json_bool(&json, "configured", process != NULL);
    fs_json_text(&json, "mode", process == NULL ? NULL : fs_mode_name(process->mode));
    fs_json_int(&json, "leads", status->leads);
    fs_json_int(&json, "open", status->open);
    fs_json_int(&json, "relevant", status->relevant);
    fs_json_int(&json, "overrun", status->overrun);
    for (int i = FS_STATE_NONE + 1; i < FS_STATE_COUNT; i++)
        fs_json_int(&json, fs_state_name((enum fs_state)i), status->by_state[i]);
    for (int i = FS_END_NONE + 1; i < FS_END_REASON_COUNT; i++)
        fs_json_int(&ends, fs_end_reason_name((enum fs_end_reason)i), status->by_end_reason[i]);
    for (int i = FS_PAUSE_NONE + 1; i < FS_PAUSE_REASON_COUNT; i++)
        fs_json_int(&pauses, fs_pause_reason_name((enum fs_pause_reason)i),
                    status->by_pause_reason[i]);
    fs_json_add(&json, "end_reasons", ends);
    fs_json_add(&json, "pause_reasons", pauses);
    fs_json_bool(&json, "deaf", status->deaf);
    fs_json_time(&json, "silent_since", status->silence.since_at);
    return json;
}

static struct fs_json webhook_json(const struct fs_outbox_backlog *backlog)
{
    struct fs_json json = fs_json_object();
    fs_json_text(&json, "webhook", backlog->target);
    fs_json_bool(&json, "configured", backlog->configured);
    fs_json_int(&json, "waiting", backlog->waiting);
    fs_json_int(&json, "dead", backlog->dead);
    fs_json_time(&json, "oldest", backlog->oldest_at);
    return json;
}

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct picture *picture)
{
    struct fs_json json = fs_json_object();
    struct fs_json processes = fs_json_array();
    struct fs_json webhooks = fs_json_array();
    struct fs_error err = {0};

    fs_json_text(&json, "daemon", fs_cli_daemon_name(picture->daemon));
    if (picture->pid > 0)
        fs_json_int(&json, "pid", picture->pid);
    else
        fs_json_null(&json, "pid");
    fs_json_bool(&json, "off", picture->off);
    fs_json_time(&json, "off_since", picture->off ? picture->off_since_at : 0);
    fs_json_text(&json, "config", cli->config->path);
    fs_json_text(&json, "store", cli->config->store);
    for (size_t i = 0; i < picture->process_count; i++)
        fs_json_add(&processes, NULL, process_json(cli->config, &picture->processes[i]));
    fs_json_add(&json, "processes", processes);
    for (size_t i = 0; i < picture->webhook_count; i++)
        fs_json_add(&webhooks, NULL, webhook_json(&picture->webhooks[i]));
    fs_json_add(&json, "webhooks", webhooks);
    fs_json_add(&json, "crm", fs_cli_crm_json(cli, picture->crms));
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static void print_head(struct fs_cli *cli, const struct picture *picture)
{
    switch (picture->daemon) {
    case FS_CLI_DAEMON_RUNNING:
        fs_cli_line(cli, "fullstopd  running, pid %ld", (long)picture->pid);
        break;
    case FS_CLI_DAEMON_STOPPED:
        fs_cli_line(cli, "fullstopd  not running (%s is not locked)", picture->pid_path);
        break;
    case FS_CLI_DAEMON_UNKNOWN:
        fs_cli_line(cli, "fullstopd  unknown: this user may not read %s", picture->pid_path);
        break;
    }
    if (picture->off) {
        const char *since = fs_cli_minute(cli, picture->off_since_at);
        fs_cli_line(cli, "switch     OFF since %s: every process only observes (fullstop on)",
                    since == NULL ? "" : since);
    } else {
        fs_cli_line(cli, "switch     on");
    }
    fs_cli_line(cli, "store      %s", cli->config->store);
}

static const char *number(struct fs_cli *cli, int64_t value)
{
    return fs_arena_printf(cli->arena, "%" PRId64, value);
}

/* After an empty line; NULL: out of memory. */
static enum fs_cli_exit print_table(struct fs_cli *cli, const struct fs_cli_table *table)
{
    if (table == NULL)
        return fs_cli_no_memory(cli);
    fputc('\n', cli->out);
    fs_cli_table_print(table, cli->out, cli->columns);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_counts(struct fs_cli *cli, const struct picture *picture)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("PROCESS"), FS_CLI_FIT_CUT},     {FS_CLI_WORDS("MODE"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("LEADS"), FS_CLI_FIT_NUMBER},    {FS_CLI_WORDS("OPEN"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("RELEVANT"), FS_CLI_FIT_NUMBER}, {FS_CLI_WORDS("ACTIVE"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("REPLIED"), FS_CLI_FIT_NUMBER},  {FS_CLI_WORDS("PAUSED"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("ENDED"), FS_CLI_FIT_NUMBER},    {FS_CLI_WORDS("OVERRUN"), FS_CLI_FIT_NUMBER},
    };
    const size_t column_count = sizeof columns / sizeof *columns;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count), column_count);

    for (size_t i = 0; table != NULL && i < picture->process_count; i++) {
        const struct fs_process_status *status = &picture->processes[i];
        const struct fs_process *process = fs_config_process_named(cli->config, status->process);
        const char *cells[] = {
            status->process,
            process == NULL ? fs_cli_words(cli, "removed") : fs_mode_name(process->mode),
            number(cli, status->leads),
            number(cli, status->open),
            number(cli, status->relevant),
            number(cli, status->by_state[FS_STATE_ACTIVE]),
            number(cli, status->by_state[FS_STATE_REPLIED]),
            number(cli, status->by_state[FS_STATE_PAUSED]),
            number(cli, status->by_state[FS_STATE_ENDED]),
            number(cli, status->overrun),
        };
        if (fs_cli_table_add(table, cells) != FS_OK)
            return fs_cli_no_memory(cli);
    }
    return print_table(cli, table);
}

/* What the deaf guard found; what it does depends on the mode. */
static void print_deaf(struct fs_cli *cli, const struct picture *picture)
{
    for (size_t i = 0; i < picture->process_count; i++) {
        const struct fs_process_status *status = &picture->processes[i];
        const struct fs_process *process = fs_config_process_named(cli->config, status->process);
        if (!status->deaf || process == NULL)
            continue;
        bool is_strict = process->mode == FS_MODE_ENFORCE || process->mode == FS_MODE_HOLD;
        const char *since = fs_cli_minute(cli, status->silence.since_at);
        since = since != NULL ? since : "";
        if (is_strict)
            fs_cli_line(cli,
                        "DEAF       process %s: %d messages or more since %s and not one answer "
                        "heard: do replies pass this MTA? Until one does it only flags",
                        status->process, FS_DEAF_TOUCHES, since);
        else
            fs_cli_line(cli,
                        "DEAF       process %s: %d messages or more since %s and not one answer "
                        "heard: do replies pass this MTA?",
                        status->process, FS_DEAF_TOUCHES, since);
    }
}

static const char *age(struct fs_cli *cli, int64_t oldest_at)
{
    char text[24];
    int64_t age_s = oldest_at == 0 ? 0 : fs_clock_now(&cli->clock) - oldest_at;
    /* to the minute, once it is that old */
    fs_text_duration_print(age_s >= 60 ? age_s - age_s % 60 : age_s, text, sizeof text);
    return oldest_at == 0 ? "" : fs_arena_strdup(cli->arena, text);
}

static enum fs_cli_exit print_webhooks(struct fs_cli *cli, const struct picture *picture)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("WEBHOOK"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("WAITING"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("OLDEST"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("GIVEN UP"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("CONFIGURED"), FS_CLI_FIT_WHOLE},
    };
    const size_t column_count = sizeof columns / sizeof *columns;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count), column_count);

    if (picture->webhook_count == 0)
        return FS_CLI_DONE;
    for (size_t i = 0; table != NULL && i < picture->webhook_count; i++) {
        const struct fs_outbox_backlog *row = &picture->webhooks[i];
        const char *cells[] = {
            row->target,
            number(cli, row->waiting),
            age(cli, row->oldest_at),
            number(cli, row->dead),
            fs_cli_words(cli, row->configured ? FS_CLI_WORDS("yes") : FS_CLI_WORDS("removed")),
        };
        if (fs_cli_table_add(table, cells) != FS_OK)
            return fs_cli_no_memory(cli);
    }
    return print_table(cli, table);
}

static enum fs_status add_reason(struct fs_cli *cli, struct fs_cli_table *table,
                                 const char *process, enum fs_state state, const char *reason,
                                 int64_t count)
{
    const char *cells[] = {process, fs_words_state(cli->language, state), reason,
                           number(cli, count)};

    return count == 0 ? FS_OK : fs_cli_table_add(table, cells);
}

static enum fs_cli_exit print_reasons(struct fs_cli *cli, const struct picture *picture)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("PROCESS"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("STATE"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("REASON"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("LEADS"), FS_CLI_FIT_NUMBER},
    };
    enum fs_language language = cli->language;
    const size_t column_count = sizeof columns / sizeof *columns;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count), column_count);
    bool any = false;

    if (table == NULL)
        return fs_cli_no_memory(cli);
    for (size_t i = 0; i < picture->process_count; i++) {
        const struct fs_process_status *status = &picture->processes[i];
        enum fs_status added = FS_OK;
        for (int r = FS_PAUSE_NONE + 1; r < FS_PAUSE_REASON_COUNT && added == FS_OK; r++)
            added = add_reason(cli, table, status->process, FS_STATE_PAUSED,
                               fs_words_pause_reason(language, (enum fs_pause_reason)r),
                               status->by_pause_reason[r]);
        for (int r = FS_END_NONE + 1; r < FS_END_REASON_COUNT && added == FS_OK; r++)
            added = add_reason(cli, table, status->process, FS_STATE_ENDED,
                               fs_words_end_reason(language, (enum fs_end_reason)r),
                               status->by_end_reason[r]);
        if (added != FS_OK)
            return fs_cli_no_memory(cli);
        any = any || status->by_state[FS_STATE_PAUSED] > 0 || status->by_state[FS_STATE_ENDED] > 0;
    }
    if (any) {
        fputc('\n', cli->out);
        fs_cli_table_print(table, cli->out, cli->columns);
    }
    return FS_CLI_DONE;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct picture picture = {0};
    struct fs_error err = {0};
    enum fs_cli_exit code = fs_cli_open_store(cli, false);

    (void)args;
    if (code != FS_CLI_DONE)
        return code;
    picture.daemon = fs_cli_daemon_find(cli, &picture.pid, &picture.pid_path);
    if (fs_engine_is_off(cli->engine, &picture.off, &picture.off_since_at, &err) != FS_OK ||
        fs_engine_status(cli->engine, cli->arena, cli->config, &picture.processes,
                         &picture.process_count, &err) != FS_OK ||
        fs_outbox_backlog(fs_engine_store(cli->engine), cli->arena, cli->config, &picture.webhooks,
                          &picture.webhook_count, &err) != FS_OK ||
        fs_fetch_states(fs_engine_store(cli->engine), cli->arena, cli->config, &picture.crms,
                        &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    if (cli->json)
        return print_json(cli, &picture);
    print_head(cli, &picture);
    print_deaf(cli, &picture);
    code = print_counts(cli, &picture);
    if (code == FS_CLI_DONE)
        code = print_reasons(cli, &picture);
    if (code == FS_CLI_DONE)
        code = print_webhooks(cli, &picture);
    return code == FS_CLI_DONE ? fs_cli_crm_print(cli, picture.crms) : code;
}

static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_status = {
    .name = "status",
    .operands = "",
    .summary = "show the daemon, the switch and the counts per process",
    .help =
        "Open counts active, replied and paused leads; relevant those with a recent answer or\n"
        "paused as not_now. OVERRUN counts messages that passed although they would be\n"
        "refused (observe, flag, released from hold). For each webhook: what waits to be told,\n"
        "how long the oldest of it has waited, and what was given up. For each crm: whether its\n"
        "file could be fetched, when last, and what came of it.",
    .options = no_options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
