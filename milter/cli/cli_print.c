/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_print.c - lines for people: results, complaints, help.
 *
 * Decides what a line looks like and which exit a failure stands for. Must not know any
 * command.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "cli_text.h"
#include "fullstop/text.h"

/* Lines longer than this are cut; what is shown has caps well below, the body of a webhook too. */
#define LINE_MAX_B 16384
#define HELP_COLUMN 22

static void print_line(FILE *out, const char *prefix, const char *format, va_list args)
{
    char line[LINE_MAX_B];

    vsnprintf(line, sizeof line, format, args);
    fs_cli_clean(line);
    fprintf(out, "%s%s\n", prefix, line);
}

void fs_cli_line(struct fs_cli *cli, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_line(cli->out, "", fs_cli_words(cli, format), args);
    va_end(args);
}

void fs_cli_complain(struct fs_cli *cli, const char *format, ...)
{
    va_list args;

    fflush(cli->out); /* in order where both streams are one terminal or file */
    fs_cli_learn_language(cli);
    va_start(args, format);
    print_line(cli->complaints, "fullstop: ", fs_cli_words(cli, format), args);
    va_end(args);
}

enum fs_cli_exit fs_cli_fail(struct fs_cli *cli, const struct fs_error *err)
{
    fs_cli_complain(cli, "%s", err->text);
    return FS_CLI_NO;
}

enum fs_cli_exit fs_cli_misused(struct fs_cli *cli, const struct fs_cli_command *command,
                                const char *format, ...)
{
    char what[LINE_MAX_B];
    va_list args;

    fs_cli_learn_language(cli);
    va_start(args, format);
    vsnprintf(what, sizeof what, fs_cli_words(cli, format), args);
    va_end(args);
    fs_cli_complain(cli, "%s (see: fullstop %s --help)", what, command->name);
    return FS_CLI_USAGE;
}

enum fs_cli_exit fs_cli_no_memory(struct fs_cli *cli)
{
    fs_cli_complain(cli, "out of memory");
    return FS_CLI_NO;
}

static void print_options(FILE *out, const struct fs_cli_option *options)
{
    for (; options != NULL && options->name != NULL; options++) {
        char left[80];
        char letter[8] = "";
        if (options->letter != 0)
            snprintf(letter, sizeof letter, "-%c, ", options->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, options->name,
                 options->argument == NULL ? "" : " ",
                 options->argument == NULL ? "" : options->argument);
        if (strlen(left) > HELP_COLUMN)
            fprintf(out, "  %s\n  %*s  %s\n", left, HELP_COLUMN, "", options->help);
        else
            fprintf(out, "  %-*s  %s\n", HELP_COLUMN, left, options->help);
    }
}

void fs_cli_print_help(struct fs_cli *cli, const struct fs_cli_command *command)
{
    fprintf(cli->out, "usage: fullstop [-c FILE] [--json] %s%s%s\n\n%s\n", command->name,
            command->operands[0] == '\0' ? "" : " ", command->operands, command->help);
    if (command->options != NULL && command->options->name != NULL) {
        fputs("\nOptions:\n", cli->out);
        print_options(cli->out, command->options);
    }
    fputs("\nOptions of every command:\n", cli->out);
    print_options(cli->out, fs_cli_common_options);
}
