/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_lead.h - a lead and its events as the commands show them.
 */
#ifndef FULLSTOP_CLI_LEAD_H
#define FULLSTOP_CLI_LEAD_H

#include "cli.h"
#include "cli_json.h"
#include "fullstop/engine.h"

/* The object of `leads --json` and `why --json`. */
struct fs_json fs_cli_lead_json(const struct fs_lead_view *view);
/* The object of `history --json`. */
struct fs_json fs_cli_event_json(const struct fs_event *event);
/* Name of the end or pause reason that holds, NULL when none does. */
const char *fs_cli_reason_name(const struct fs_lead *lead);
/* The reasons that can be given, comma-separated. */
const char *fs_cli_end_reasons(struct fs_arena *arena);
const char *fs_cli_pause_reasons(struct fs_arena *arena);
const char *fs_cli_states(struct fs_arena *arena);
/* "log-seq", as texts and headers name an event. */
#define FS_CLI_EVENT_ID_SIZE_B 128
void fs_cli_event_id(const struct fs_event *event, char *out, size_t size_b);

/* Opens the store and finds the leads of a query, whose process may be gone but must be known
 * when it has none. */
enum fs_cli_exit fs_cli_leads(struct fs_cli *cli, const struct fs_lead_query *query,
                              struct fs_lead_view **out, size_t *out_count);

#endif
