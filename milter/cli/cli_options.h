/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_options.h - options and operands of a call, by table.
 *
 * "--name VALUE", "--name=VALUE", "-n VALUE", "-nVALUE"; "--" ends the options and "-"
 * alone is an operand. Names are exact: no abbreviation, so that a new option never
 * changes what an old script means. Pure: values in, values out.
 */
#ifndef FULLSTOP_CLI_OPTIONS_H
#define FULLSTOP_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"
#include "fullstop/status.h"

struct fs_cli_option {
    const char *name;     /* without dashes; NULL ends a table */
    char letter;          /* 0: no short form */
    bool repeats;         /* may be given more than once */
    const char *argument; /* what the help calls its value; NULL: takes none */
    const char *help;
};

/* The options that every command takes, also before the command's name. */
extern const struct fs_cli_option fs_cli_common_options[];

/* Most options one call may have. */
#define FS_CLI_GIVEN_MAX 80

struct fs_cli_given {
    const struct fs_cli_option *option;
    const char *value; /* NULL when the option takes none */
};

/* Strings are borrowed from argv; zero it before the first parse. */
struct fs_cli_args {
    struct fs_cli_given given[FS_CLI_GIVEN_MAX];
    size_t given_count;
    const char *const *operands;
    size_t operand_count;
};

/* Adds to out what words holds. own may be NULL: the common options alone. When first_only
 * is set it stops before the first operand; *out_used is the number of words read.
 * FS_INPUT: err is the sentence, with the option that was probably meant. */
enum fs_status fs_cli_args_parse(struct fs_arena *arena, const struct fs_cli_option *own,
                                 bool first_only, int count, char *const *words,
                                 struct fs_cli_args *out, int *out_used, struct fs_error *err);
bool fs_cli_args_has(const struct fs_cli_args *args, const char *name);
/* NULL when it was not given. */
const char *fs_cli_args_value(const struct fs_cli_args *args, const char *name);

/* The name nearest to word, or NULL when none is near enough to be meant. */
const char *fs_cli_nearest(const char *word, const char *const *names, size_t count);

#endif
