/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fullstop_webhook.c - the program that fullstop(1) runs for "webhook test".
 *
 * A program of its own, for libcurl and what it brings take longer to load than most commands
 * take to run. Reads its call as fullstop does. Must not know HTTP.
 */
#include "cli.h"

static const struct fs_cli_command *const commands[] = {&fs_cmd_webhook_send};

int main(int argc, char **argv)
{
    return fs_cli_main(commands, sizeof commands / sizeof *commands, argc, argv);
}
