/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_crm.c - what became of the sources of crm {}, as status shows it.
 *
 * Decides how a source that fails is told: below the table, with its fault and the first lines
 * that are bad. Must not know when a source is stale: fetch.h says so.
 */
#include "cli_crm.h"

#include <inttypes.h>

#include "cli_table.h"

static enum fs_fetch_condition condition_of(const struct fs_cli *cli,
                                            const struct fs_fetch_state *states, size_t i)
{
    return fs_fetch_condition(&states[i], cli->config->crms[i].every_s, fs_clock_now(&cli->clock));
}

static struct fs_json bad_json(const struct fs_fetch_state *state)
{
    struct fs_json lines = fs_json_array();

    for (size_t i = 0; i < state->first_count; i++) {
        struct fs_json one = fs_json_object();
        fs_json_int(&one, "line", state->first[i].number);
        fs_json_text(&one, "field", state->first[i].field);
        fs_json_text(&one, "text", state->first[i].text);
        fs_json_add(&lines, NULL, one);
    }
    return lines;
}

struct fs_json fs_cli_crm_json(const struct fs_cli *cli, const struct fs_fetch_state *states)
{
    struct fs_json sources = fs_json_array();

    for (size_t i = 0; i < cli->config->crm_count; i++) {
        const struct fs_fetch_state *state = &states[i];
        struct fs_json one = fs_json_object();
        fs_json_text(&one, "crm", cli->config->crms[i].name);
        fs_json_text(&one, "condition", fs_fetch_condition_name(condition_of(cli, states, i)));
        fs_json_time(&one, "last_success", state->succeeded_at);
        fs_json_time(&one, "last_try", state->tried_at);
        fs_json_time(&one, "last_change", state->changed_at);
        fs_json_int(&one, "failures", state->failures);
        fs_json_text(&one, "fault", state->fault[0] == '\0' ? NULL : state->fault);
        fs_json_int(&one, "applied", state->applied);
        fs_json_int(&one, "unchanged", state->unchanged);
        fs_json_int(&one, "bad", state->bad);
        fs_json_add(&one, "bad_lines", bad_json(state));
        fs_json_text(&one, "etag", state->etag[0] == '\0' ? NULL : state->etag);
        fs_json_add(&sources, NULL, one);
    }
    return sources;
}

static const char *number(struct fs_cli *cli, int64_t value)
{
    return fs_arena_printf(cli->arena, "%" PRId64, value);
}

static const char *condition_words(struct fs_cli *cli, enum fs_fetch_condition condition)
{
    static const char *const words[] = {FS_CLI_WORDS("not fetched yet"), FS_CLI_WORDS("in order"),
                                        FS_CLI_WORDS("FAILING"), FS_CLI_WORDS("STALE")};

    return fs_cli_words(cli, words[condition]);
}

static const char *minute(struct fs_cli *cli, int64_t at)
{
    return at == 0 ? fs_cli_words(cli, FS_CLI_WORDS("never")) : fs_cli_minute(cli, at);
}

static enum fs_cli_exit print_table(struct fs_cli *cli, const struct fs_fetch_state *states)
{
    static const struct fs_cli_column columns[] = {
        {FS_CLI_WORDS("CRM"), FS_CLI_FIT_CUT},
        {FS_CLI_WORDS("CONDITION"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("LAST SUCCESS"), FS_CLI_FIT_WHOLE},
        {FS_CLI_WORDS("APPLIED"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("UNCHANGED"), FS_CLI_FIT_NUMBER},
        {FS_CLI_WORDS("BAD"), FS_CLI_FIT_NUMBER},
    };
    const size_t column_count = sizeof columns / sizeof *columns;
    struct fs_cli_table *table =
        fs_cli_table_new(cli->arena, fs_cli_columns(cli, columns, column_count), column_count);

    for (size_t i = 0; table != NULL && i < cli->config->crm_count; i++) {
        const struct fs_fetch_state *state = &states[i];
        const char *cells[] = {
            cli->config->crms[i].name,        condition_words(cli, condition_of(cli, states, i)),
            minute(cli, state->succeeded_at), number(cli, state->applied),
            number(cli, state->unchanged),    number(cli, state->bad),
        };
        if (fs_cli_table_add(table, cells) != FS_OK)
            return fs_cli_no_memory(cli);
    }
    if (table == NULL)
        return fs_cli_no_memory(cli);
    fputc('\n', cli->out);
    fs_cli_table_print(table, cli->out, cli->columns);
    return FS_CLI_DONE;
}

/* The store has English sentences; a fault of libcurl has no other. */
static void print_faults(struct fs_cli *cli, const char *name, const struct fs_fetch_state *state)
{
    if (state->fault[0] != '\0')
        fs_cli_line(cli, "crm %s: %s", name, fs_cli_words(cli, state->fault));
    for (size_t i = 0; i < state->first_count; i++) {
        const struct fs_fetch_bad *bad = &state->first[i];
        const char *sentence = fs_cli_words(cli, bad->text);
        if (bad->number > 0)
            fs_cli_line(cli, "crm %s, line %lld, %s: %s", name, (long long)bad->number, bad->field,
                        sentence);
        else
            fs_cli_line(cli, "crm %s: %s", name, sentence);
    }
}

enum fs_cli_exit fs_cli_crm_print(struct fs_cli *cli, const struct fs_fetch_state *states)
{
    enum fs_cli_exit code;

    if (cli->config->crm_count == 0)
        return FS_CLI_DONE;
    code = print_table(cli, states);
    for (size_t i = 0; code == FS_CLI_DONE && i < cli->config->crm_count; i++)
        print_faults(cli, cli->config->crms[i].name, &states[i]);
    return code;
}
