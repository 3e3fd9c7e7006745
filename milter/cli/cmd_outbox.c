/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_outbox.c - fullstop outbox list, show, retry, drop: what is still to be told.
 *
 * Decides how a row is shown. Must not know how it is delivered; fullstopd does that, and
 * sees within a second what was changed here.
 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "cli_json.h"
#include "cli_table.h"
#include "fullstop/outbox.h"
#include "fullstop/text.h"

#define LIST_LIMIT 100

static const char *number(struct fs_cli *cli, int64_t value)
{
    return fs_arena_printf(cli->arena, "%" PRId64, value);
}

/* An id of the outbox; complains and returns false when it is none. */
static bool read_id(struct fs_cli *cli, const struct fs_cli_command *command, const char *text,
                    int64_t *out)
{
    if (fs_text_int(text, INT64_MAX / 2, out) == FS_OK && *out > 0)
        return true;
    (void)fs_cli_misused(cli, command, "\"%s\" is no id; fullstop outbox list shows them", text);
    return false;
}

static enum fs_cli_exit failed(struct fs_cli *cli, enum fs_status status, int64_t id,
                               const struct fs_error *err)
{
    if (status != FS_NOT_FOUND)
        return fs_cli_fail(cli, err);
    fs_cli_complain(cli, "nothing in the outbox has the id %lld", (long long)id);
    return FS_CLI_NO;
}

static struct fs_json item_json(const struct fs_outbox_item *item, bool with_body)
{
    struct fs_json json = fs_json_object();
    fs_json_int(&json, "id", item->id);
    fs_json_text(&json, "webhook", item->target);
    fs_json_text(&json, "webhook_id", item->webhook_id);
    fs_json_text(&json, "type", item->type);
    fs_json_text(&json, "event", item->event_id);
    fs_json_text(&json, "process", item->process);
    fs_json_text(&json, "address", item->address);
    fs_json_time(&json, "at", item->at);
    fs_json_int(&json, "attempts", item->attempts);
    fs_json_time(&json, "next_attempt", item->dead ? 0 : item->next_at);
    fs_json_bool(&json, "dead", item->dead);
    fs_json_text(&json, "last_error", item->last_error);
    if (with_body)
        fs_json_text(&json, "body", item->body);
    return json;
}

static const char *when(struct fs_cli *cli, const struct fs_outbox_item *item)
{
    if (item->dead)
        return fs_cli_words(cli, FS_CLI_WORDS("given up"));
    if (item->next_at <= fs_clock_now(&cli->clock))
        return fs_cli_words(cli, FS_CLI_WORDS("now"));
    return fs_cli_minute(cli, item->next_at);
}

/* ---- list ---- */

static enum fs_cli_exit list_table(struct fs_cli *cli, const struct fs_outbox_item *items,
                                   size_t count)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("ID"), FS_CLI_FIT_NUMBER},      {FS_CLI_WORDS("WEBHOOK"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("TYPE"), FS_CLI_FIT_WHOLE},     {FS_CLI_WORDS("ADDRESS"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("FAILED"), FS_CLI_FIT_NUMBER},  {FS_CLI_WORDS("NEXT TRY"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("LAST ERROR"), FS_CLI_FIT_CUT},
    };
    const size_t column_count = sizeof columns / sizeof *columns;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count), column_count);

    for (size_t i = 0; table != NULL && i < count; i++) {
        const char *cells[] = {
            number(cli, items[i].id),
            items[i].target,
            items[i].type,
            items[i].address == NULL ? "" : items[i].address,
            number(cli, items[i].attempts),
            when(cli, &items[i]),
            items[i].last_error == NULL ? "" : items[i].last_error,
        };
        if (fs_cli_table_add(table, cells) != FS_OK)
            return fs_cli_no_memory(cli);
    }
    if (table == NULL)
        return fs_cli_no_memory(cli);
    fs_cli_table_print(table, cli->out, cli->columns);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_items(struct fs_cli *cli, const struct fs_outbox_item *items,
                                    size_t count)
{
    struct fs_json json = fs_json_array();
    struct fs_error err = {0};

    for (size_t i = 0; i < count; i++)
        fs_json_add(&json, NULL, item_json(&items[i], false));
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit print_list(struct fs_cli *cli, const struct fs_outbox_item *items,
                                   size_t count, bool is_part, bool has_more)
{
    if (count == 0) {
        fs_cli_line(cli, is_part ? FS_CLI_WORDS("no such row is in the outbox")
                                 : FS_CLI_WORDS("the outbox is empty"));
        return FS_CLI_DONE;
    }
    enum fs_cli_exit code = list_table(cli, items, count);
    if (code == FS_CLI_DONE && has_more)
        fs_cli_line(cli, "there are more; --limit 0 shows all");
    return code;
}

static enum fs_cli_exit run_list(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *limit_text = fs_cli_args_value(args, "limit");
    const char *webhook = fs_cli_args_value(args, "webhook");
    bool dead_only = fs_cli_args_has(args, "dead");
    struct fs_outbox_item *items = NULL;
    struct fs_error err = {0};
    int64_t limit = LIST_LIMIT;
    size_t count = 0;

    if (limit_text != NULL && fs_text_int(limit_text, INT64_MAX / 2, &limit) != FS_OK)
        return fs_cli_misused(cli, &fs_cmd_outbox_list, "--limit \"%s\": write a number, 0 for all",
                              limit_text);
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    int64_t one_more = limit > 0 ? limit + 1 : 0;
    if (fs_outbox_list(fs_engine_store(cli->engine), cli->arena, webhook, 0, dead_only, one_more,
                       &items, &count, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    bool has_more = limit > 0 && count > (size_t)limit;
    if (has_more)
        count--;
    return cli->json ? print_items(cli, items, count)
                     : print_list(cli, items, count, dead_only || webhook != NULL, has_more);
}

/* ---- show ---- */

static enum fs_cli_exit run_show(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct fs_outbox_item *item = NULL;
    struct fs_error err = {0};
    size_t count = 0;
    int64_t id = 0;

    if (!read_id(cli, &fs_cmd_outbox_show, args->operands[0], &id))
        return FS_CLI_USAGE;
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status = fs_outbox_list(fs_engine_store(cli->engine), cli->arena, NULL, id,
                                           false, 1, &item, &count, &err);
    if (status != FS_OK)
        return failed(cli, status, id, &err);
    if (cli->json) {
        struct fs_json json = item_json(item, true);
        if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
        return FS_CLI_DONE;
    }
    const char *at = fs_cli_minute(cli, item->at);
    const char *next = when(cli, item);
    fs_cli_line(cli, "webhook     %s, %s", item->target, item->webhook_id);
    fs_cli_line(cli, "type        %s", item->type);
    fs_cli_line(cli, "event       %s, %s", item->event_id, at == NULL ? "" : at);
    fs_cli_line(cli, "attempts    %lld failed", (long long)item->attempts);
    if (item->last_error != NULL)
        fs_cli_line(cli, "last error  %s", item->last_error);
    fs_cli_line(cli, "next try    %s", next == NULL ? "" : next);
    fs_cli_line(cli, "body        %s", item->body);
    return FS_CLI_DONE;
}

/* ---- retry and drop ---- */

static enum fs_cli_exit changed(struct fs_cli *cli, const char *what, int64_t rows)
{
    struct fs_json json = fs_json_object();
    struct fs_error err = {0};

    fs_json_int(&json, what, rows);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit run_retry(struct fs_cli *cli, const struct fs_cli_args *args)
{
    bool all = fs_cli_args_has(args, "all");
    struct fs_error err = {0};
    int64_t id = 0;
    int64_t rows = 0;

    if (all == (args->operand_count == 1))
        return fs_cli_misused(cli, &fs_cmd_outbox_retry, "name one id, or say --all");
    if (!all && !read_id(cli, &fs_cmd_outbox_retry, args->operands[0], &id))
        return FS_CLI_USAGE;
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status = fs_outbox_retry(fs_engine_store(cli->engine), id, &rows, &err);
    if (status != FS_OK)
        return failed(cli, status, id, &err);
    if (cli->json)
        return changed(cli, "retried", rows);
    fs_cli_line(cli, "%lld in the outbox: fullstopd tries again at once", (long long)rows);
    return FS_CLI_DONE;
}

static enum fs_cli_exit drop_all(struct fs_cli *cli, const char *webhook)
{
    struct fs_error err = {0};
    int64_t rows = 0;
    enum fs_status status = fs_outbox_drop_all(fs_engine_store(cli->engine), webhook, &rows, &err);

    if (status == FS_NOT_FOUND) {
        fs_cli_complain(cli, "nothing in the outbox is for \"%s\"", webhook);
        return FS_CLI_NO;
    }
    if (status != FS_OK)
        return fs_cli_fail(cli, &err);
    if (cli->json)
        return changed(cli, "dropped", rows);
    fs_cli_line(cli, "%lld dropped, nobody will be told", (long long)rows);
    return FS_CLI_DONE;
}

static enum fs_cli_exit run_drop(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *webhook = fs_cli_args_value(args, "webhook");
    struct fs_error err = {0};
    int64_t id = 0;

    if ((webhook != NULL) == (args->operand_count == 1))
        return fs_cli_misused(cli, &fs_cmd_outbox_drop, "name one id, or a webhook with --webhook");
    if (webhook == NULL && !read_id(cli, &fs_cmd_outbox_drop, args->operands[0], &id))
        return FS_CLI_USAGE;
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    if (webhook != NULL)
        return drop_all(cli, webhook);
    enum fs_status status = fs_outbox_drop(fs_engine_store(cli->engine), id, &err);
    if (status != FS_OK)
        return failed(cli, status, id, &err);
    if (cli->json)
        return changed(cli, "dropped", 1);
    fs_cli_line(cli, "%lld: dropped, nobody will be told", (long long)id);
    return FS_CLI_DONE;
}

static const struct fs_cli_option list_options[] = {
    {"webhook", 0, false, "NAME", "only what this webhook is to be told"},
    {"dead", 0, false, NULL, "only what was given up"},
    {"limit", 0, false, "N", "at most so many (100; 0: all)"},
    {NULL, 0, false, NULL, NULL},
};
static const struct fs_cli_option retry_options[] = {
    {"all", 0, false, NULL, "everything that waits for another attempt or was given up"},
    {NULL, 0, false, NULL, NULL},
};
static const struct fs_cli_option drop_options[] = {
    {"webhook", 0, false, "NAME", "everything that this webhook is to be told"},
    {NULL, 0, false, NULL, NULL},
};
static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_outbox_list = {
    .name = "outbox list",
    .operands = "[--webhook NAME] [--dead] [--limit N]",
    .summary = "what webhooks are still to be told",
    .help = "In the order in which it was decided. What failed is tried again for more than three\n"
            "days, in ever longer steps; then it is given up and kept here.",
    .options = list_options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run_list,
};
const struct fs_cli_command fs_cmd_outbox_show = {
    .name = "outbox show",
    .operands = "ID",
    .summary = "one of them, with its body",
    .help = "ID is that of \"fullstop outbox list\".",
    .options = no_options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_show,
};
const struct fs_cli_command fs_cmd_outbox_retry = {
    .name = "outbox retry",
    .operands = "ID | --all",
    .summary = "try again at once",
    .help = "With all its attempts before it, also when it was given up.",
    .options = retry_options,
    .operands_min = 0,
    .operands_max = 1,
    .run = run_retry,
};
const struct fs_cli_command fs_cmd_outbox_drop = {
    .name = "outbox drop",
    .operands = "ID | --webhook NAME",
    .summary = "never tell it; what stands behind it goes on",
    .help = "The event itself stays in the audit log and in \"fullstop history\". --webhook is for "
            "what\n"
            "one leaves behind that was renamed or taken out of the configuration.",
    .options = drop_options,
    .operands_min = 0,
    .operands_max = 1,
    .run = run_drop,
};
