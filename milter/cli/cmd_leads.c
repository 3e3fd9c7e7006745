/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_leads.c - fullstop leads: the leads, most recently changed first.
 *
 * Decides which filters there are and what the table shows. Must not change anything.
 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "cli_json.h"
#include "cli_lead.h"
#include "cli_table.h"
#include "fullstop/text.h"
#include "fullstop/words.h"

/* A narrower terminal shows addresses rather than the last two columns, which why has. */
#define WIDE_COLUMNS 110
#define LAST_COLUMNS 2

static const struct fs_cli_option options[] = {
    {"process", 0, false, "P", "only leads of this process"},
    {"state", 0, false, "S", "only active, replied, paused or ended ones"},
    {"reason", 0, false, "R", "only those with this end or pause reason"},
    {"limit", 0, false, "N", "at most N, the most recently changed"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit read_query(struct fs_cli *cli, const struct fs_cli_args *args,
                                   struct fs_lead_query *query)
{
    const char *state = fs_cli_args_value(args, "state");
    const char *limit = fs_cli_args_value(args, "limit");
    enum fs_end_reason end;
    enum fs_pause_reason pause;

    query->process = fs_cli_args_value(args, "process");
    query->reason = fs_cli_args_value(args, "reason");
    if (state != NULL && (!fs_state_parse(state, &query->state) || query->state == FS_STATE_NONE))
        return fs_cli_misused(cli, &fs_cmd_leads, "\"%s\" is no state; give one of %s", state,
                              fs_cli_states(cli->arena));
    bool is_end =
        query->reason != NULL && fs_end_reason_parse(query->reason, &end) && end != FS_END_NONE;
    bool is_pause = query->reason != NULL && fs_pause_reason_parse(query->reason, &pause) &&
                    pause != FS_PAUSE_NONE;
    if (query->reason != NULL && !is_end && !is_pause)
        return fs_cli_misused(cli, &fs_cmd_leads,
                              "\"%s\" is no reason; ends have %s; pauses have %s", query->reason,
                              fs_cli_end_reasons(cli->arena), fs_cli_pause_reasons(cli->arena));
    if (limit != NULL &&
        (fs_text_int(limit, INT32_MAX, &query->limit) != FS_OK || query->limit < 1))
        return fs_cli_misused(cli, &fs_cmd_leads, "--limit \"%s\" is no number from 1", limit);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct fs_lead_view *views,
                                   size_t count)
{
    struct fs_error err = {0};

    fputc('[', cli->out);
    for (size_t i = 0; i < count && !ferror(cli->out); i++) {
        struct fs_json json = fs_cli_lead_json(&views[i]);
        fputs(i == 0 ? "\n" : ",\n", cli->out);
        if (fs_json_print(&json, cli->out, true, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
    }
    fputs(count == 0 ? "]\n" : "\n]\n", cli->out);
    return FS_CLI_DONE;
}

static const char *day(struct fs_cli *cli, int64_t at)
{
    return at == 0 ? "" : fs_cli_day(cli, at);
}

static const char *reason_words(enum fs_language language, const struct fs_lead *lead)
{
    if (fs_cli_reason_name(lead) == NULL)
        return "";
    return lead->state == FS_STATE_ENDED ? fs_words_end_reason(language, lead->end_reason)
                                         : fs_words_pause_reason(language, lead->pause_reason);
}

static const char *unanswered(struct fs_cli *cli, const struct fs_lead_view *view)
{
    if (!view->process_known)
        return fs_arena_printf(cli->arena, "%d", view->lead.unanswered);
    return fs_arena_printf(cli->arena, "%d/%d", view->lead.unanswered, view->limit);
}

static enum fs_status add_row(struct fs_cli *cli, struct fs_cli_table *table,
                              const struct fs_lead_view *view)
{
    const struct fs_lead *lead = &view->lead;
    enum fs_language language = cli->language;
    const char *address = view->contact;

    if (view->sender != NULL && view->sender[0] != '\0')
        address = fs_arena_printf(cli->arena, "%s (%s)", view->contact, view->sender);
    const char *cells[] = {
        address,
        view->process,
        fs_words_state(language, lead->state),
        reason_words(language, lead),
        unanswered(cli, view),
        day(cli, lead->state == FS_STATE_PAUSED ? lead->until_at : 0),
        fs_cli_words(cli, view->relevant ? FS_CLI_WORDS("yes") : FS_CLI_WORDS("no")),
        day(cli, lead->last_touch_at),
        day(cli, lead->last_answer_at),
    };
    return fs_cli_table_add(table, cells);
}

/* Open is not the same as relevant. */
static void print_sum(struct fs_cli *cli, const struct fs_lead_view *views, size_t count)
{
    size_t open = 0;
    size_t relevant = 0;

    for (size_t i = 0; i < count; i++) {
        open += views[i].lead.state != FS_STATE_ENDED ? 1 : 0;
        relevant += views[i].relevant ? 1 : 0;
    }
    fputc('\n', cli->out);
    fs_cli_line(cli,
                fs_cli_plural(cli, "%zu lead: %zu open, %zu relevant",
                              "%zu leads: %zu open, %zu relevant", count),
                count, open, relevant);
}

static enum fs_cli_exit print_table(struct fs_cli *cli, const struct fs_lead_view *views,
                                    size_t count)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("ADDRESS"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("PROCESS"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("STATE"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("REASON"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("COUNT"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("UNTIL"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("RELEVANT"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("LAST TOUCH"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("LAST ANSWER"), FS_CLI_FIT_WHOLE},
    };
    const size_t column_count = sizeof columns / sizeof *columns;
    bool is_narrow = cli->columns != 0 && cli->columns < WIDE_COLUMNS;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count),
                         is_narrow ? column_count - LAST_COLUMNS : column_count);

    if (table == NULL)
        return fs_cli_no_memory(cli);
    for (size_t i = 0; i < count; i++)
        if (add_row(cli, table, &views[i]) != FS_OK)
            return fs_cli_no_memory(cli);
    fs_cli_table_print(table, cli->out, cli->columns);
    print_sum(cli, views, count);
    return FS_CLI_DONE;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct fs_lead_query query = {0};
    struct fs_lead_view *views = NULL;
    size_t count = 0;
    enum fs_cli_exit code = read_query(cli, args, &query);

    if (code == FS_CLI_DONE)
        code = fs_cli_leads(cli, &query, &views, &count);
    if (code != FS_CLI_DONE)
        return code;
    if (cli->json)
        return print_json(cli, views, count);
    if (count == 0)
        fs_cli_line(cli, "no leads");
    else
        return print_table(cli, views, count);
    return FS_CLI_DONE;
}

const struct fs_cli_command fs_cmd_leads = {
    .name = "leads",
    .operands = "[--process P] [--state S] [--reason R] [--limit N]",
    .summary = "list leads, most recently changed first",
    .help = "A table, or with --json an array of objects; COUNT is unanswered messages of those\n"
            "allowed. Open is not the same as relevant: a lead is relevant while an answer\n"
            "is recent or it is paused as not_now.\n\n"
            "  fullstop leads --state paused --reason review",
    .options = options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
