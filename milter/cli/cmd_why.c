/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_why.c - fullstop why: why a lead is what it is, and what is allowed next.
 *
 * Decides the order of what is told; the words room has the sentences. Must not change
 * anything.
 */
#include <string.h>

#include "cli.h"
#include "cli_json.h"
#include "cli_lead.h"
#include "cli_text.h"
#include "fullstop/text.h"
#include "fullstop/words.h"

static const struct fs_cli_option options[] = {
    {"process", 0, false, "P", "only the lead of this process"},
    {NULL, 0, false, NULL, NULL},
};

struct answer {
    const char *address;
    const char *process;
    struct fs_explanation *items;
    size_t count;
    enum fs_end_reason suppressed;
    int64_t suppressed_at;
};

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct answer *answer)
{
    struct fs_json list = fs_json_array();
    struct fs_error err = {0};

    for (size_t i = 0; i < answer->count; i++)
        fs_json_add(&list, NULL, fs_cli_lead_json(&answer->items[i].view));
    if (fs_json_print(&list, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

/* Wrapped at words; what a line begins with is kept for its continuation. */
static void print_wrapped(struct fs_cli *cli, const char *line)
{
    size_t indent = strspn(line, " ");
    size_t width = cli->columns == 0 ? SIZE_MAX : cli->columns;
    const char *rest = line + indent;
    bool first = true;

    if (width < indent + 20)
        width = SIZE_MAX;
    do {
        size_t margin = first ? indent : indent + 2;
        size_t length_b = fs_cli_fit_words(rest, width == SIZE_MAX ? width : width - margin);
        fs_cli_line(cli, "%*s%.*s", (int)margin, "", (int)length_b, rest);
        rest += length_b;
        rest += strspn(rest, " ");
        first = false;
    } while (*rest != '\0');
}

static void print_limit(struct fs_cli *cli, const struct fs_contact_limit *limit)
{
    char within[32];
    char until[FS_TIME_SIZE_B];

    if (limit->most == 0)
        return;
    fs_text_duration_print(limit->within_s, within, sizeof within);
    fs_time_local_minute(limit->until_at, until, sizeof until);
    fs_cli_line(cli, "Contact limit: %d of %d messages within %s, over all processes%s%s.",
                limit->count, limit->most, within, limit->until_at == 0 ? "" : "; used up until ",
                limit->until_at == 0 ? "" : until);
}

static enum fs_status print_lead(struct fs_cli *cli, const struct fs_explanation *item,
                                 struct fs_error *err)
{
    const struct fs_process *process = fs_config_process_named(cli->config, item->view.process);
    struct fs_words_lead told = {
        .process = item->view.process,
        .contact = item->view.contact,
        .lead = &item->view.lead,
        .limit = item->view.limit,
        .relevant = item->view.relevant,
        .suppressed = item->view.suppressed,
        .outlook = &item->view.outlook,
        .change = item->change.seq == 0 ? NULL : &item->change,
        .refusal = item->refusal.seq == 0 ? NULL : &item->refusal,
        .now = fs_clock_now(&cli->clock),
    };
    const char *const *lines = NULL;
    size_t count = 0;
    enum fs_status status =
        fs_words_why(cli->arena, cli->config->language, &told, &lines, &count, err);

    if (status != FS_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        print_wrapped(cli, lines[i]);
    print_limit(cli, &item->view.contact_limit);
    if (item->view.sender != NULL && item->view.sender[0] != '\0')
        fs_cli_line(cli, "Counted for the sender %s.", item->view.sender);
    if (process == NULL)
        fs_cli_line(cli,
                    "%s no longer has the process \"%s\": nothing more is counted in it, and time "
                    "ends its leads as with default settings.",
                    cli->config->path, item->view.process);
    return FS_OK;
}

static enum fs_cli_exit print_words(struct fs_cli *cli, const struct answer *answer)
{
    struct fs_error err = {0};
    char day[FS_TIME_SIZE_B];

    for (size_t i = 0; i < answer->count; i++) {
        if (i > 0)
            fputc('\n', cli->out);
        if (print_lead(cli, &answer->items[i], &err) != FS_OK)
            return fs_cli_fail(cli, &err);
    }
    if (answer->count == 0) {
        fs_time_local_day(answer->suppressed_at, day, sizeof day);
        fs_cli_line(
            cli, "%s has no lead, but is suppressed since %s (%s): no process may write to it.",
            answer->address, day, fs_words_end_reason(cli->config->language, answer->suppressed));
    }
    return FS_CLI_DONE;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct answer answer = {.process = fs_cli_args_value(args, "process")};
    struct fs_error err = {0};

    answer.address = fs_cli_address(cli, args->operands[0]);
    if (answer.address == NULL)
        return FS_CLI_USAGE;
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status = fs_engine_why(cli->engine, cli->arena, cli->config, answer.address,
                                          answer.process, &answer.items, &answer.count,
                                          &answer.suppressed, &answer.suppressed_at, &err);
    if (status == FS_NOT_FOUND) {
        if (cli->json)
            fputs("[]\n", cli->out);
        if (!fs_cli_knows_process(cli, answer.process))
            return FS_CLI_NO;
        fs_cli_complain(cli, "%s has no lead%s%s: nothing was sent to it that a process counts",
                        answer.address, answer.process == NULL ? "" : " in ",
                        answer.process == NULL ? "" : answer.process);
        return FS_CLI_NO;
    }
    if (status != FS_OK)
        return fs_cli_fail(cli, &err);
    return cli->json ? print_json(cli, &answer) : print_words(cli, &answer);
}

const struct fs_cli_command fs_cmd_why = {
    .name = "why",
    .operands = "ADDRESS [--process P]",
    .summary = "explain a lead: state, rule, evidence, what is allowed next",
    .help = "Says for each lead of ADDRESS what state it is in, which rule and which message or\n"
            "person brought it there, what may be sent next and when, and what a person can do.\n"
            "The exit is 1 when there is nothing to explain.\n\n"
            "  fullstop why jane@customer.example",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
