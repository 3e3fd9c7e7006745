/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_audit.c - fullstop audit verify and audit export.
 *
 * Decides where records come from (the store, or an export) and what is printed about
 * them. Must not judge the chain: the audit room does.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "cli_export.h"
#include "cli_json.h"
#include "fullstop/audit.h"

/* A line with its line feed and terminator. */
#define LINE_SIZE_B ((int)FS_CLI_EXPORT_LINE_MAX_B + 2)

/* ---- verify ---- */

/* Heads that an export claims to have: its own checkpoint lines. */
struct claimed {
    struct fs_audit_checkpoint points[64];
    size_t count;
};

static enum fs_status verify_record(void *context, const struct fs_audit_record *record,
                                    struct fs_error *err)
{
    return fs_audit_verify_next(context, record, err);
}

static enum fs_status verify_line(struct fs_audit_verifier *verifier, struct claimed *claimed,
                                  const char *line, size_t length_b, struct fs_error *err)
{
    struct fs_cli_export_line parsed;
    struct fs_arena *arena = fs_arena_new(0);
    enum fs_status status;

    if (arena == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    status = fs_cli_export_parse(arena, line, length_b, &parsed, err);
    if (status == FS_OK && !parsed.is_checkpoint && claimed->count > 0)
        status = fs_error_set(err, FS_INPUT, "is a record after the checkpoints");
    else if (status == FS_OK && !parsed.is_checkpoint)
        status = fs_audit_verify_next(verifier, &parsed.record, err);
    else if (status == FS_OK && claimed->count == 64)
        status = fs_error_set(err, FS_LIMIT, "is the 65th checkpoint; 64 are the most");
    else if (status == FS_OK)
        claimed->points[claimed->count++] = parsed.point;
    fs_arena_free(arena);
    return status;
}

/* One line of file. FS_NOT_FOUND at its end; FS_LIMIT. */
static enum fs_status next_line(FILE *file, char *line, struct fs_error *err)
{
    if (fgets(line, LINE_SIZE_B, file) == NULL) {
        if (ferror(file))
            return fs_error_set(err, FS_IO, "cannot be read: %s", strerror(errno));
        return FS_NOT_FOUND;
    }
    if (strlen(line) == LINE_SIZE_B - 1 && line[LINE_SIZE_B - 2] != '\n')
        return fs_error_set(err, FS_LIMIT, "is longer than %u bytes", FS_CLI_EXPORT_LINE_MAX_B);
    return FS_OK;
}

static enum fs_status verify_lines(struct fs_audit_verifier *verifier, FILE *file, const char *name,
                                   struct claimed *claimed, struct fs_error *err)
{
    char *line = malloc(LINE_SIZE_B);
    enum fs_status status = FS_OK;
    struct fs_error detail = {0};
    long number = 0;

    if (line == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    while (status == FS_OK) {
        number++;
        status = next_line(file, line, &detail);
        if (status == FS_OK && line[0] != '\n')
            status = verify_line(verifier, claimed, line, strlen(line), &detail);
    }
    free(line);
    if (status == FS_NOT_FOUND)
        return FS_OK;
    if (status == FS_CORRUPT) /* names log and record itself */
        return fs_error_set(err, status, "%s", detail.text);
    return fs_error_set(err, status, "%s:%ld: %s", name, number, detail.text);
}

static bool is_claimed(const struct claimed *claimed, const struct fs_audit_checkpoint *head)
{
    for (size_t i = 0; i < claimed->count; i++) {
        const struct fs_audit_checkpoint *point = &claimed->points[i];
        if (strcmp(point->log, head->log) == 0 && point->seq == head->seq &&
            fs_hash_equal(&point->hash, &head->hash))
            return true;
    }
    return false;
}

/* An export ends with one checkpoint per log, so that a cut one is known. */
static enum fs_status check_claimed(const struct claimed *claimed,
                                    const struct fs_audit_summary *summary, struct fs_error *err)
{
    for (size_t i = 0; i < summary->logs; i++)
        if (!is_claimed(claimed, &summary->heads[i]))
            return fs_error_set(err, FS_CORRUPT,
                                "log %s ends at record %" PRId64
                                " without the checkpoint that an export ends with: the file was "
                                "cut short or altered",
                                summary->heads[i].log, summary->heads[i].seq);
    if (claimed->count != summary->logs)
        return fs_error_set(err, FS_CORRUPT,
                            "the export has checkpoints of %zu logs, but records of %zu",
                            claimed->count, summary->logs);
    return FS_OK;
}

static enum fs_status verify_file(struct fs_audit_verifier *verifier, const char *name,
                                  struct fs_audit_summary *summary, struct fs_error *err)
{
    struct claimed claimed = {.count = 0};
    bool is_stdin = strcmp(name, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(name, "re");
    enum fs_status status;

    if (file == NULL)
        return fs_error_set(err, FS_IO, "cannot read %s: %s", name, strerror(errno));
    status = verify_lines(verifier, file, name, &claimed, err);
    if (!is_stdin)
        fclose(file);
    if (status == FS_OK)
        status = fs_audit_verify_end(verifier, summary, err);
    return status == FS_OK ? check_claimed(&claimed, summary, err) : status;
}

static enum fs_cli_exit tell_json(struct fs_cli *cli, const struct fs_audit_summary *summary,
                                  const char *broken)
{
    struct fs_json json = fs_json_object();
    struct fs_json checkpoints = fs_json_array();
    struct fs_error err = {0};

    fs_json_bool(&json, "ok", broken == NULL);
    fs_json_text(&json, "error", broken);
    if (broken == NULL)
        fs_json_int(&json, "records", summary->records);
    else
        fs_json_null(&json, "records");
    if (broken == NULL)
        fs_json_int(&json, "erased", summary->erased);
    else
        fs_json_null(&json, "erased");
    for (size_t i = 0; broken == NULL && i < summary->logs; i++) {
        char text[FS_AUDIT_CHECKPOINT_SIZE_B];
        fs_audit_checkpoint_print(&summary->heads[i], text, sizeof text);
        fs_json_text(&checkpoints, NULL, text);
    }
    fs_json_add(&json, "checkpoints", checkpoints);
    if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return broken == NULL ? FS_CLI_DONE : FS_CLI_NO;
}

static void tell(struct fs_cli *cli, const struct fs_audit_summary *summary)
{
    fs_cli_line(
        cli, "the audit log holds: %" PRId64 " record%s in %zu log%s, %" PRId64 " value%s erased",
        summary->records, summary->records == 1 ? "" : "s", summary->logs,
        summary->logs == 1 ? "" : "s", summary->erased, summary->erased == 1 ? "" : "s");
    if (summary->logs == 0)
        return;
    fs_cli_line(cli, "keep elsewhere, and check later with --checkpoint:");
    for (size_t i = 0; i < summary->logs; i++) {
        char text[FS_AUDIT_CHECKPOINT_SIZE_B];
        fs_audit_checkpoint_print(&summary->heads[i], text, sizeof text);
        fs_cli_line(cli, "%s", text);
    }
}

static const struct fs_cli_option verify_options[] = {
    {"checkpoint", 0, true, "C", "LOG:SEQ:HASH that the chain must run through; may be repeated"},
    {"file", 0, false, "EXPORT", "verify this export instead of the store; - is standard input"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit expect(struct fs_cli *cli, const struct fs_cli_args *args,
                               struct fs_audit_verifier *verifier)
{
    for (size_t i = 0; i < args->given_count; i++) {
        struct fs_audit_checkpoint point;
        const char *text = args->given[i].value;
        if (args->given[i].option != &verify_options[0])
            continue;
        if (!fs_audit_checkpoint_parse(text, &point))
            return fs_cli_misused(cli, &fs_cmd_audit_verify,
                                  "\"%s\" is no checkpoint: LOG:SEQ:HASH, as audit verify prints "
                                  "it",
                                  text);
        if (fs_audit_verifier_expect(verifier, &point) != FS_OK)
            return fs_cli_misused(cli, &fs_cmd_audit_verify, "more than 64 checkpoints are given");
    }
    return FS_CLI_DONE;
}

static enum fs_cli_exit verify(struct fs_cli *cli, const struct fs_cli_args *args,
                               struct fs_audit_verifier *verifier)
{
    const char *file = fs_cli_args_value(args, "file");
    struct fs_audit_summary summary = {0};
    struct fs_error err = {0};
    enum fs_status status;
    enum fs_cli_exit code = expect(cli, args, verifier);

    if (code == FS_CLI_DONE && file == NULL)
        code = fs_cli_open_store(cli, false);
    if (code != FS_CLI_DONE)
        return code;
    if (file != NULL) {
        status = verify_file(verifier, file, &summary, &err);
    } else {
        status = fs_engine_audit(cli->engine, verify_record, verifier, &err);
        if (status == FS_OK)
            status = fs_audit_verify_end(verifier, &summary, &err);
    }
    if (cli->json && (status == FS_OK || status == FS_CORRUPT)) {
        if (status == FS_CORRUPT)
            fs_cli_complain(cli, "%s", err.text);
        return tell_json(cli, &summary, status == FS_OK ? NULL : err.text);
    }
    if (status != FS_OK)
        return fs_cli_fail(cli, &err);
    tell(cli, &summary);
    return FS_CLI_DONE;
}

static enum fs_cli_exit run_verify(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct fs_audit_verifier *verifier = fs_audit_verifier_new();
    enum fs_cli_exit code;

    if (verifier == NULL)
        return fs_cli_no_memory(cli);
    code = verify(cli, args, verifier);
    fs_audit_verifier_free(verifier);
    return code;
}

/* ---- export ---- */

struct export_run {
    FILE *out;
    bool personal;
    struct fs_audit_checkpoint heads[64];
    size_t head_count;
};

static enum fs_status note_head(struct export_run *export, const struct fs_audit_record *record,
                                struct fs_error *err)
{
    struct fs_audit_checkpoint *head =
        export->head_count == 0 ? NULL : &export->heads[export->head_count - 1];

    if (strlen(record->log) >= FS_AUDIT_LOG_MAX_B)
        return fs_error_set(err, FS_CORRUPT, "a log's name is longer than %d bytes",
                            FS_AUDIT_LOG_MAX_B - 1);
    if (head == NULL || strcmp(head->log, record->log) != 0) {
        if (export->head_count == 64)
            return fs_error_set(err, FS_LIMIT, "more than 64 logs");
        head = &export->heads[export->head_count++];
        memcpy(head->log, record->log, strlen(record->log) + 1);
    }
    head->seq = record->seq;
    head->hash = record->hash;
    return FS_OK;
}

static enum fs_status export_record(void *context, const struct fs_audit_record *record,
                                    struct fs_error *err)
{
    struct export_run *export = context;
    enum fs_status status = note_head(export, record, err);

    if (status == FS_OK)
        status = fs_cli_export_record(export->out, record, export->personal, err);
    if (status == FS_OK && ferror(export->out))
        status = fs_error_set(err, FS_IO, "cannot write output: %s", strerror(errno));
    return status;
}

static enum fs_cli_exit run_export(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct export_run export = {.out = cli->out,
                                .personal = fs_cli_args_has(args, "with-personal")};
    struct fs_error err = {0};
    enum fs_cli_exit code = fs_cli_open_store(cli, false);

    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status = fs_engine_audit(cli->engine, export_record, &export, &err);
    for (size_t i = 0; i < export.head_count && status == FS_OK; i++)
        status = fs_cli_export_checkpoint(cli->out, &export.heads[i], &err);
    if (status != FS_OK && ferror(cli->out))
        return FS_CLI_NO; /* main() tells why */
    return status == FS_OK ? FS_CLI_DONE : fs_cli_fail(cli, &err);
}

static const struct fs_cli_option export_options[] = {
    {"with-personal", 0, false, NULL, "also addresses, Message-IDs, notes, names, with salts"},
    {NULL, 0, false, NULL, NULL},
};

const struct fs_cli_command fs_cmd_audit_verify = {
    .name = "audit verify",
    .operands = "[--checkpoint C]... [--file EXPORT]",
    .summary = "verify the audit log's hash chain",
    .help = "Recomputes every record and prints a checkpoint per log. A record that was changed,\n"
            "removed or moved is found by itself; a tail that was cut off, or a chain that was\n"
            "rewritten whole, only against a checkpoint that was kept elsewhere. The exit is 1\n"
            "when the chain is broken.",
    .options = verify_options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run_verify,
};

const struct fs_cli_command fs_cmd_audit_export = {
    .name = "audit export",
    .operands = "[--with-personal]",
    .summary = "print the audit log as JSON lines",
    .help = "A record a line, with all that is needed to verify it, then a checkpoint per log.\n"
            "Personal values stand in the records as commitments; --with-personal adds those that\n"
            "were not erased.\n\n"
            "  fullstop audit export > audit.jsonl && fullstop audit verify --file audit.jsonl",
    .options = export_options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run_export,
};
