/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_import.h - a CRM's file as the command line names it.
 */
#ifndef FULLSTOP_CLI_IMPORT_H
#define FULLSTOP_CLI_IMPORT_H

#include "cli.h"
#include "fullstop/import.h"

struct fs_cli_import {
    const char *path; /* "-": standard input */
    const char *name; /* as it is told */
    bool dry_run;
    char *data; /* owned */
    size_t length_b;
    struct fs_import file; /* in the call's arena */
};

/* Reads path whole. Complains on failure. */
enum fs_cli_exit fs_cli_import_read(struct fs_cli *cli, struct fs_cli_import *import);
void fs_cli_import_clear(struct fs_cli_import *import);
/* "csv", "jsonl"; NULL: by content. False: neither. */
bool fs_cli_crm_format(const char *name, enum fs_crm_format *out);

#endif
