/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_table.h - tables that fit the terminal.
 *
 * Cells are cleaned copies in the arena. When the table is wider than the terminal, the
 * columns that may be cut or wrapped give way, widest first; numbers and dates never do.
 */
#ifndef FULLSTOP_CLI_TABLE_H
#define FULLSTOP_CLI_TABLE_H

#include <stddef.h>
#include <stdio.h>

#include "fullstop/arena.h"
#include "fullstop/status.h"

enum fs_cli_fit {
    FS_CLI_FIT_WHOLE,  /* never shortened */
    FS_CLI_FIT_NUMBER, /* never shortened, right-aligned */
    FS_CLI_FIT_CUT,    /* ends in an ellipsis */
    FS_CLI_FIT_WRAP,   /* goes on in the next line */
};

struct fs_cli_column {
    const char *title;
    enum fs_cli_fit fit;
};

#define FS_CLI_COLUMNS_MAX 16

struct fs_cli_table;

/* columns (may be NULL: out of memory before) is borrowed. NULL: out of memory. */
struct fs_cli_table *fs_cli_table_new(struct fs_arena *arena, const struct fs_cli_column *columns,
                                      size_t count);
/* One cell a column; NULL is an empty cell. FS_NOMEM. */
enum fs_status fs_cli_table_add(struct fs_cli_table *table, const char *const *cells);
/* width 0: no limit. */
void fs_cli_table_print(const struct fs_cli_table *table, FILE *out, size_t width);
/* The terminal's width: COLUMNS, else what the terminal says, else 0. */
size_t fs_cli_terminal_columns(FILE *out);

#endif
