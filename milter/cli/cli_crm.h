/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_crm.h - what became of the sources of crm {}, as status shows it.
 */
#ifndef FULLSTOP_CLI_CRM_H
#define FULLSTOP_CLI_CRM_H

#include "cli.h"
#include "cli_json.h"
#include "fullstop/fetch.h"

/* states: one for each crm {} of the configuration. */
struct fs_json fs_cli_crm_json(const struct fs_cli *cli, const struct fs_fetch_state *states);
enum fs_cli_exit fs_cli_crm_print(struct fs_cli *cli, const struct fs_fetch_state *states);

#endif
