/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fullstop.c - fullstop(1): the table of commands.
 *
 * Decides which commands there are, and their order in the help. Must not know what one does.
 */
#include "cli.h"

static const struct fs_cli_command *const commands[] = {
    &fs_cmd_status,       &fs_cmd_leads,       &fs_cmd_why,          &fs_cmd_history,
    &fs_cmd_pause,        &fs_cmd_end,         &fs_cmd_resume,       &fs_cmd_answered,
    &fs_cmd_released,     &fs_cmd_classify,    &fs_cmd_ingest,       &fs_cmd_import,
    &fs_cmd_export_leads, &fs_cmd_check,       &fs_cmd_doctor,       &fs_cmd_reload,
    &fs_cmd_off,          &fs_cmd_on,          &fs_cmd_audit_verify, &fs_cmd_audit_export,
    &fs_cmd_outbox_list,  &fs_cmd_outbox_show, &fs_cmd_outbox_retry, &fs_cmd_outbox_drop,
    &fs_cmd_webhook_test,
};

int main(int argc, char **argv)
{
    return fs_cli_main(commands, sizeof commands / sizeof *commands, argc, argv);
}
