/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_export.h - the lines of an audit export, written and read.
 *
 * A record a line, then a checkpoint line per log. The format is described in
 * fullstop(1) and stable: an export must stay verifiable by others.
 */
#ifndef FULLSTOP_CLI_EXPORT_H
#define FULLSTOP_CLI_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "fullstop/arena.h"
#include "fullstop/audit.h"
#include "fullstop/status.h"

/* Longest line that is read. */
#define FS_CLI_EXPORT_LINE_MAX_B (1024u * 1024)

/* personal: with the values that commitments stand for, and their salts. FS_CORRUPT: a
 * field is no UTF-8. */
enum fs_status fs_cli_export_record(FILE *out, const struct fs_audit_record *record, bool personal,
                                    struct fs_error *err);
enum fs_status fs_cli_export_checkpoint(FILE *out, const struct fs_audit_checkpoint *point,
                                        struct fs_error *err);

struct fs_cli_export_line {
    bool is_checkpoint;
    struct fs_audit_record record; /* lives in the arena */
    struct fs_audit_checkpoint point;
};
/* FS_INPUT: the line is neither. */
enum fs_status fs_cli_export_parse(struct fs_arena *arena, const char *line, size_t length_b,
                                   struct fs_cli_export_line *out, struct fs_error *err);

#endif
