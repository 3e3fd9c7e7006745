/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_webhook.c - fullstop webhook test: hands the call to the program that can send.
 *
 * Decides where that program is: beside this one (as built), or in libexec (as installed).
 * libcurl and what it brings take longer to load than most commands take to run, so only
 * fullstop-webhook links it. Must not know what is sent.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "fullstop/text.h"

#define PROGRAM "fullstop-webhook"

/* Relative to the directory of this program. */
static const char *const places[] = {PROGRAM, "../libexec/fullstop/" PROGRAM};

/* The directory of this program; NULL: /proc does not tell, or no memory. */
static const char *own_directory(struct fs_cli *cli)
{
    char path[4096];
    ssize_t length_b = readlink("/proc/self/exe", path, sizeof path - 1);

    if (length_b <= 0)
        return NULL;
    path[length_b] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return NULL;
    *slash = '\0';
    return fs_arena_strdup(cli->arena, path);
}

/* Returns only when the program cannot be run. */
static void hand_over(struct fs_cli *cli, const char *directory, const char *name)
{
    char *const words[] = {(char *)PROGRAM,
                           (char *)"-c",
                           (char *)cli->config_path,
                           (char *)"webhook",
                           (char *)"test",
                           (char *)(cli->json ? "--json" : "--"),
                           (char *)(cli->json ? "--" : name),
                           (char *)(cli->json ? name : NULL),
                           NULL};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *path = fs_arena_printf(cli->arena, "%s/%s", directory, places[i]);
        if (path != NULL)
            (void)execv(path, words);
    }
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *directory = own_directory(cli);

    if (directory != NULL)
        hand_over(cli, directory, args->operands[0]);
    fs_cli_complain(cli,
                    "the program %s cannot be run: %s; \"make install\" puts it into "
                    "libexec/fullstop/ beside bin/",
                    PROGRAM, strerror(errno));
    return FS_CLI_NO;
}

static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_webhook_test = {
    .name = "webhook test",
    .operands = "NAME",
    .summary = "send a signed sample and print the answer",
    .help = "The sample is of type policy.changed with the change \"test\". Nothing is stored.",
    .options = no_options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
