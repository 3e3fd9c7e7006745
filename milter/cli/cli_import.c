/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_import.c - a CRM's file read into lines and faults.
 *
 * Decides how much of a file is read, and which value a fault is told with. Must not know what
 * is done with the lines.
 */
#include "cli_import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/text.h"

#define FIRST_SIZE_B ((size_t)64 * 1024)
#define FIRST_COUNT ((size_t)256)

bool fs_cli_crm_format(const char *name, enum fs_crm_format *out)
{
    *out = FS_CRM_BY_CONTENT;
    if (name == NULL)
        return true;
    *out = strcmp(name, "csv") == 0 ? FS_CRM_CSV : FS_CRM_JSONL;
    return *out == FS_CRM_CSV || strcmp(name, "jsonl") == 0;
}

void fs_cli_import_clear(struct fs_cli_import *import)
{
    fs_crm_reader_free(import->reader);
    free(import->data);
    free(import->lines);
    free(import->verdicts);
    free(import->findings);
}

/* ---- bytes ---- */

static enum fs_status read_all(struct fs_cli_import *import, int fd, struct fs_error *err)
{
    size_t size_b = 0;

    for (;;) {
        if (import->length_b == size_b) {
            size_b = size_b == 0 ? FIRST_SIZE_B : 2 * size_b;
            char *data = realloc(import->data, size_b);
            if (data == NULL)
                return fs_error_set(err, FS_NOMEM, "out of memory");
            import->data = data;
        }
        ssize_t got = read(fd, import->data + import->length_b, size_b - import->length_b);
        if (got == 0)
            return FS_OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fs_error_set(err, FS_IO, "%s", strerror(errno));
        import->length_b += (size_t)got;
        if (import->length_b > FS_CRM_FILE_MAX_B)
            return fs_error_set(err, FS_LIMIT, "it has more than %zu MiB; split it",
                                FS_CRM_FILE_MAX_B / (1024 * 1024));
    }
}

static enum fs_cli_exit read_file(struct fs_cli *cli, struct fs_cli_import *import)
{
    bool is_stdin = strcmp(import->path, "-") == 0;
    struct fs_error err = {0};
    enum fs_status status;
    int fd = is_stdin ? STDIN_FILENO : open(import->path, O_RDONLY | O_CLOEXEC);

    import->name = is_stdin ? fs_cli_words(cli, FS_CLI_WORDS("standard input")) : import->path;
    if (fd < 0)
        status = fs_error_set(&err, FS_IO, "%s", strerror(errno));
    else
        status = read_all(import, fd, &err);
    if (fd >= 0 && !is_stdin)
        close(fd);
    if (status == FS_OK)
        return FS_CLI_DONE;
    fs_cli_complain(cli, "cannot read %s: %s", import->name, err.text);
    return FS_CLI_NO;
}

/* ---- lines ---- */

/* Room for one more in a list of count items; NULL: out of memory, the list is as it was. */
static void *grown(void *list, size_t count, size_t item_b)
{
    bool is_full = count == 0 || (count >= FIRST_COUNT && (count & (count - 1)) == 0);

    if (!is_full)
        return list;
    return realloc(list, (count == 0 ? FIRST_COUNT : 2 * count) * item_b);
}

static bool add_line(struct fs_cli_import *import, const struct fs_crm_line *line)
{
    struct fs_crm_line *lines = grown(import->lines, import->count, sizeof *lines);

    if (lines == NULL)
        return false;
    import->lines = lines;
    import->lines[import->count++] = *line;
    return true;
}

static bool add_finding(struct fs_cli_import *import, const struct fs_crm_finding *finding)
{
    struct fs_crm_finding *findings =
        grown(import->findings, import->finding_count, sizeof *findings);

    if (findings == NULL)
        return false;
    import->findings = findings;
    import->findings[import->finding_count++] = *finding;
    return true;
}

static enum fs_cli_exit fault_of_file(struct fs_cli *cli, const struct fs_cli_import *import,
                                      const struct fs_crm_finding *finding)
{
    const char *sentence = fs_cli_words(cli, fs_crm_fault_text(finding->fault));

    if (finding->field == FS_CRM_LINE)
        fs_cli_complain(cli, "%s: %s", import->name, sentence);
    else
        fs_cli_complain(cli, "%s, %s: %s", import->name, fs_crm_field_name(finding->field),
                        sentence);
    return FS_CLI_NO;
}

static enum fs_cli_exit read_lines(struct fs_cli *cli, struct fs_cli_import *import)
{
    struct fs_crm_finding finding;
    struct fs_crm_line line;

    for (;;) {
        enum fs_status status = fs_crm_reader_next(import->reader, cli->arena, &line, &finding);
        if (status == FS_NOT_FOUND)
            return FS_CLI_DONE;
        if (status == FS_LIMIT)
            return fault_of_file(cli, import, &finding);
        if ((status == FS_OK && add_line(import, &line)) ||
            (status == FS_INPUT && add_finding(import, &finding)))
            continue;
        return fs_cli_no_memory(cli);
    }
}

enum fs_cli_exit fs_cli_import_read(struct fs_cli *cli, struct fs_cli_import *import)
{
    struct fs_crm_finding finding;
    enum fs_cli_exit code = read_file(cli, import);

    if (code != FS_CLI_DONE)
        return code;
    enum fs_status status = fs_crm_reader_new(import->data, import->length_b, import->format,
                                              &import->reader, &finding);
    if (status == FS_INPUT)
        return fault_of_file(cli, import, &finding);
    if (status != FS_OK)
        return fs_cli_no_memory(cli);
    code = read_lines(cli, import);
    import->ignored_count = fs_crm_reader_ignored(import->reader, &import->ignored);
    import->verdicts = calloc(import->count + 1, sizeof *import->verdicts);
    return code == FS_CLI_DONE && import->verdicts == NULL ? fs_cli_no_memory(cli) : code;
}

void fs_cli_import_finding(const struct fs_crm_line *line, const struct fs_crm_verdict *verdict,
                           struct fs_crm_finding *out)
{
    char at[FS_TIME_SIZE_B];
    const char *value = line->address;

    switch (verdict->field) {
    case FS_CRM_ADDRESS:
    case FS_CRM_LINE:
    case FS_CRM_NOTE:
        break;
    case FS_CRM_PROCESS:
        value = line->process == NULL ? "" : line->process;
        break;
    case FS_CRM_SENDER:
        value = line->sender == NULL ? "" : line->sender;
        break;
    case FS_CRM_STATE:
        value = fs_state_name(line->state);
        break;
    case FS_CRM_REASON:
        value = fs_end_reason_name(line->end_reason);
        break;
    case FS_CRM_UNTIL:
    case FS_CRM_CHANGED:
        fs_time_rfc3339(verdict->field == FS_CRM_UNTIL ? line->until_at : line->changed_at, at,
                        sizeof at);
        value = at;
        break;
    }
    *out = (struct fs_crm_finding){
        .number = line->number, .field = verdict->field, .fault = verdict->fault};
    if (verdict->field != FS_CRM_NOTE)
        fs_text_copy(out->value, sizeof out->value, value);
}
