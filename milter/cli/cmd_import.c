/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_import.c - fullstop import: a CRM's file is applied to the leads.
 *
 * Decides that one bad line keeps all from being applied, unless --partial is said, and how
 * the result is told. Must not decide what a line means nor whether it is possible: the crm
 * room reads it and the engine judges it.
 */

#include "cli.h"
#include "cli_import.h"
#include "cli_json.h"

static const struct fs_cli_option options[] = {
    {"format", 0, false, "F", "csv or jsonl; by the content else"},
    {"dry-run", 0, false, NULL, "say what would be applied, and write nothing"},
    {"partial", 0, false, NULL, "apply the good lines although others are bad"},
    {"actor", 0, false, "NAME", "who decided; your login name, and always your uid, are kept"},
    {NULL, 0, false, NULL, NULL},
};

/* ---- telling ---- */

static void complain_bad(struct fs_cli *cli, const struct fs_cli_import *import)
{
    struct fs_crm_finding finding;
    struct fs_import_place place = {0};

    while (fs_import_next_bad(&import->file, &place, &finding)) {
        const char *sentence = fs_cli_words(cli, fs_crm_fault_text(finding.fault));
        const char *field = fs_crm_field_name(finding.field);
        if (finding.value[0] == '\0')
            fs_cli_complain(cli, "%s, line %zu, %s: %s", import->name, finding.number, field,
                            sentence);
        else
            fs_cli_complain(cli, "%s, line %zu, %s \"%s\": %s", import->name, finding.number, field,
                            finding.value, sentence);
    }
}

static enum fs_cli_exit print_json(struct fs_cli *cli, const struct fs_cli_import *import)
{
    struct fs_json json = fs_json_object();
    struct fs_json lines = fs_json_array();
    struct fs_json ignored = fs_json_array();
    struct fs_crm_finding finding;
    struct fs_error err = {0};
    struct fs_import_place place = {0};

    fs_json_int(&json, "applied", (int64_t)fs_import_count(&import->file, FS_CRM_APPLIED));
    fs_json_int(&json, "unchanged", (int64_t)fs_import_count(&import->file, FS_CRM_UNCHANGED));
    fs_json_int(&json, "bad", (int64_t)fs_import_bad_count(&import->file));
    fs_json_int(&json, "pending", (int64_t)fs_import_count(&import->file, FS_CRM_CHANGES));
    fs_json_bool(&json, "dry_run", import->dry_run);
    while (fs_import_next_bad(&import->file, &place, &finding)) {
        struct fs_json one = fs_json_object();
        fs_json_int(&one, "line", (int64_t)finding.number);
        fs_json_text(&one, "field", fs_crm_field_name(finding.field));
        fs_json_text(&one, "value", finding.value[0] == '\0' ? NULL : finding.value);
        fs_json_text(&one, "text", fs_crm_fault_text(finding.fault));
        fs_json_add(&lines, NULL, one);
    }
    for (size_t i = 0; i < import->file.ignored_count; i++)
        fs_json_text(&ignored, NULL, import->file.ignored[i]);
    fs_json_add(&json, "bad_lines", lines);
    fs_json_add(&json, "ignored", ignored);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static void print_counts(struct fs_cli *cli, const struct fs_cli_import *import)
{
    size_t unchanged = fs_import_count(&import->file, FS_CRM_UNCHANGED);
    size_t bad = fs_import_bad_count(&import->file);

    for (size_t i = 0; i < import->file.ignored_count; i++)
        fs_cli_line(cli, "the column \"%s\" is not looked at", import->file.ignored[i]);
    if (import->dry_run)
        fs_cli_line(cli, "%zu would be applied, %zu unchanged, %zu bad; nothing was written",
                    fs_import_count(&import->file, FS_CRM_CHANGES), unchanged, bad);
    else
        fs_cli_line(cli, "%zu applied, %zu unchanged, %zu bad",
                    fs_import_count(&import->file, FS_CRM_APPLIED), unchanged, bad);
}

static enum fs_cli_exit tell(struct fs_cli *cli, const struct fs_cli_import *import)
{
    size_t pending = fs_import_count(&import->file, FS_CRM_CHANGES);
    size_t bad = fs_import_bad_count(&import->file);

    complain_bad(cli, import); /* also where the object has them: a script's log shows them */
    if (cli->json && print_json(cli, import) != FS_CLI_DONE)
        return FS_CLI_NO;
    if (!cli->json)
        print_counts(cli, import);
    if (bad > 0 && pending > 0 && !import->dry_run)
        fs_cli_complain(cli, "nothing was applied, because lines are bad; mend them, or apply the "
                             "others with --partial");
    return bad == 0 ? FS_CLI_DONE : FS_CLI_NO;
}

/* ---- doing ---- */

/* The note says who stands behind sudo, as it does for people's decisions; only now, for a note
 * of their own is what resuming asks for. */
static enum fs_cli_exit add_sudo(struct fs_cli *cli, struct fs_cli_import *import)
{
    struct fs_error err = {0};

    for (size_t i = 0; i < import->file.count && cli->sudo != NULL; i++)
        if (import->file.verdicts[i].outcome == FS_CRM_CHANGES &&
            fs_cli_note(cli, import->file.lines[i].note, &import->file.lines[i].note, &err) !=
                FS_OK)
            return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit stopped(struct fs_cli *cli, const struct fs_cli_import *import,
                                const struct fs_error *err)
{
    size_t applied = fs_import_count(&import->file, FS_CRM_APPLIED);

    fs_cli_complain(cli,
                    fs_cli_plural(cli,
                                  "%zu line was applied, then it stopped; import the file once "
                                  "more: what is so already changes nothing",
                                  "%zu lines were applied, then it stopped; import the file once "
                                  "more: what is so already changes nothing",
                                  applied),
                    applied);
    return fs_cli_fail(cli, err);
}

static enum fs_cli_exit apply(struct fs_cli *cli, const struct fs_actor *actor,
                              struct fs_cli_import *import)
{
    struct fs_error err = {0};
    enum fs_cli_exit code = add_sudo(cli, import);

    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status = fs_import_apply(&import->file, cli->engine, cli->config, actor, &err);
    return status == FS_OK ? FS_CLI_DONE : stopped(cli, import, &err);
}

static enum fs_cli_exit judge(struct fs_cli *cli, struct fs_cli_import *import)
{
    struct fs_error err = {0};

    if (fs_import_judge(&import->file, cli->engine, cli->config, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return FS_CLI_DONE;
}

static enum fs_cli_exit import_file(struct fs_cli *cli, const struct fs_cli_args *args,
                                    struct fs_cli_import *import)
{
    struct fs_actor actor;
    struct fs_error err = {0};
    enum fs_cli_exit code;

    if (fs_cli_actor(cli, args, &actor, &err) != FS_OK)
        return fs_cli_misused(cli, &fs_cmd_import, "%s", err.text);
    /* before the change of user: the caller may read it, the daemon's user may not */
    code = fs_cli_import_read(cli, import);
    if (code == FS_CLI_DONE)
        code = fs_cli_open_store(cli, !import->dry_run);
    if (code == FS_CLI_DONE)
        code = judge(cli, import);
    if (code != FS_CLI_DONE)
        return code;
    if (!import->dry_run &&
        (fs_import_bad_count(&import->file) == 0 || fs_cli_args_has(args, "partial")))
        code = apply(cli, &actor, import);
    return code == FS_CLI_DONE ? tell(cli, import) : code;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct fs_cli_import import = {.path = args->operands[0],
                                   .dry_run = fs_cli_args_has(args, "dry-run")};
    const char *format = fs_cli_args_value(args, "format");
    enum fs_cli_exit code;

    if (!fs_cli_crm_format(format, &import.file.format))
        return fs_cli_misused(cli, &fs_cmd_import, "\"%s\" is no format; give csv or jsonl",
                              format);
    code = fs_cli_open_config(cli); /* a day begins where it says */
    if (code == FS_CLI_DONE)
        code = import_file(cli, args, &import);
    fs_cli_import_clear(&import);
    return code;
}

const struct fs_cli_command fs_cmd_import = {
    .name = "import",
    .operands = "FILE [--dry-run] [--partial]",
    .summary = "apply what a CRM says of leads",
    .help =
        "FILE (- is standard input) is CSV with a header, or JSON lines: address, process, state,\n"
        "reason, until, note. state is paused (until, with a reason), ended (with a reason),\n"
        "replied (they answered, by whatever way) or active (resume: the note says why). ended\n"
        "with opted_out or complained suppresses the address, a lead or not. What is so already\n"
        "changes nothing. Each bad line is named; one keeps all from being applied, unless\n"
        "--partial is said. The exit is 1 when a line is bad.\n\n"
        "  fullstop import --dry-run leads.csv",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
