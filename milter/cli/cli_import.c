/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_import.c - a CRM's file from disk or standard input.
 *
 * Decides how much of it is read, and how a file that cannot be taken is told. Must not know
 * what is done with the lines.
 */
#include "cli_import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_SIZE_B ((size_t)64 * 1024)

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
    fs_import_clear(&import->file);
    free(import->data);
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

enum fs_cli_exit fs_cli_import_read(struct fs_cli *cli, struct fs_cli_import *import)
{
    struct fs_crm_finding finding;
    enum fs_cli_exit code = read_file(cli, import);

    if (code != FS_CLI_DONE)
        return code;
    import->file.arena = cli->arena;
    enum fs_status status = fs_import_read(&import->file, import->data, import->length_b, &finding);
    if (status == FS_INPUT || status == FS_LIMIT)
        return fault_of_file(cli, import, &finding);
    return status == FS_OK ? FS_CLI_DONE : fs_cli_no_memory(cli);
}
