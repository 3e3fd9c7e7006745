/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_import.h - a CRM's file on its way into the store.
 */
#ifndef FULLSTOP_CLI_IMPORT_H
#define FULLSTOP_CLI_IMPORT_H

#include "cli.h"
#include "fullstop/crm_file.h"

struct fs_cli_import {
    const char *path; /* "-": standard input */
    const char *name; /* as it is told */
    enum fs_crm_format format;
    bool dry_run;
    char *data; /* owned, as all below */
    size_t length_b;
    struct fs_crm_reader *reader;
    struct fs_crm_line *lines; /* well-formed ones; their strings in the call's arena */
    struct fs_crm_verdict *verdicts;
    size_t count;
    struct fs_crm_finding *findings; /* of the others */
    size_t finding_count;
    const char *const *ignored; /* the reader's */
    size_t ignored_count;
};

/* Reads path whole. Complains on failure. */
enum fs_cli_exit fs_cli_import_read(struct fs_cli *cli, struct fs_cli_import *import);
void fs_cli_import_clear(struct fs_cli_import *import);
/* What a judged line is told as. */
void fs_cli_import_finding(const struct fs_crm_line *line, const struct fs_crm_verdict *verdict,
                           struct fs_crm_finding *out);
/* "csv", "jsonl"; NULL: by content. False: neither. */
bool fs_cli_crm_format(const char *name, enum fs_crm_format *out);

#endif
