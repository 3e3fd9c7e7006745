/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_export_leads.c - fullstop export-leads: all leads in the form that import takes.
 *
 * Decides which fields a lead has there, so that importing it changes nothing. Must not
 * change anything.
 */
#include "cli.h"
#include "cli_import.h"
#include "cli_lead.h"

static const struct fs_cli_option options[] = {
    {"format", 0, false, "F", "csv (the default) or jsonl"},
    {"process", 0, false, "P", "only leads of this process"},
    {NULL, 0, false, NULL, NULL},
};

static const char *or_none(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static enum fs_status write_lead(struct fs_cli *cli, enum fs_crm_format format,
                                 const struct fs_lead_view *view)
{
    const struct fs_lead *lead = &view->lead;
    char until[FS_TIME_SIZE_B];
    char changed[FS_TIME_SIZE_B];
    const char *values[FS_CRM_FIELD_COUNT] = {
        [FS_CRM_ADDRESS] = view->contact,
        [FS_CRM_PROCESS] = view->process,
        [FS_CRM_SENDER] = or_none(view->sender),
        [FS_CRM_STATE] = fs_state_name(lead->state),
        [FS_CRM_REASON] = fs_cli_reason_name(lead),
        [FS_CRM_UNTIL] = until,
        [FS_CRM_CHANGED] = changed,
    };

    fs_time_rfc3339(lead->state == FS_STATE_PAUSED ? lead->until_at : 0, until, sizeof until);
    fs_time_rfc3339(lead->changed_at, changed, sizeof changed);
    values[FS_CRM_UNTIL] = or_none(until);
    values[FS_CRM_CHANGED] = or_none(changed);
    if (format == FS_CRM_JSONL)
        return fs_crm_write_json(cli->out, values);
    fs_crm_write_csv(cli->out, values);
    return FS_OK;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *name = fs_cli_args_value(args, "format");
    struct fs_lead_query query = {.process = fs_cli_args_value(args, "process")};
    enum fs_crm_format format;
    struct fs_lead_view *views = NULL;
    size_t count = 0;

    if (!fs_cli_crm_format(name, &format))
        return fs_cli_misused(cli, &fs_cmd_export_leads, "\"%s\" is no format; give csv or jsonl",
                              name);
    if (format == FS_CRM_BY_CONTENT)
        format = cli->json ? FS_CRM_JSONL : FS_CRM_CSV;
    enum fs_cli_exit code = fs_cli_leads(cli, &query, &views, &count);
    if (code != FS_CLI_DONE)
        return code;
    if (format == FS_CRM_CSV)
        fs_crm_write_header(cli->out);
    for (size_t i = 0; i < count && !ferror(cli->out); i++)
        if (write_lead(cli, format, &views[i]) != FS_OK)
            return fs_cli_no_memory(cli);
    return FS_CLI_DONE;
}

const struct fs_cli_command fs_cmd_export_leads = {
    .name = "export-leads",
    .operands = "[--format csv|jsonl] [--process P]",
    .summary = "all leads in the form that import takes",
    .help = "address, process, sender (where leads are counted per sender), state, reason, until,\n"
            "note (empty) and changed, the instant of the last change. Importing it changes\n"
            "nothing; change a line, and it says what the CRM decided. A line whose lead has\n"
            "changed after `changed` is bad then. Suppressed addresses without a lead are not\n"
            "in it: of them a hash alone is kept.\n\n"
            "  fullstop export-leads --format csv > leads.csv",
    .options = options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
