/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * exempt.c - what is no touch, whatever the lead's state.
 *
 * Decides by what a message, or one recipient of it, is exempt. Exempt mail passes and is
 * not recorded; the word it is exempt by goes into the log line. Must not know: leads.
 */
#include "engine_exempt.h"

static enum fs_status by_header(struct fs_arena *arena, const struct fs_outbound *in,
                                const char **out, struct fs_error *err)
{
    const struct fs_mail_field *fields = NULL;
    size_t count = 0;
    if (in->process->exempt_headers.count == 0 || in->headers == NULL)
        return FS_OK;
    enum fs_status status = fs_mail_fields(arena, in->headers, in->headers_b, &fields, &count, err);
    for (size_t i = 0; i < count && status == FS_OK && *out == NULL; i++) {
        if (fs_config_is_exempt_header(in->process, fields[i].name, fields[i].value))
            *out = "header";
    }
    return status;
}

enum fs_status exempt_message(struct fs_arena *arena, const struct fs_outbound *in,
                              const char **out, struct fs_error *err)
{
    const struct fs_facts *facts = in->facts;
    *out = NULL;
    if (facts->is_our_auto)
        *out = "auto";
    else if (fs_config_is_exempt_sender(in->process, facts->sender, facts->from, NULL))
        *out = "sender";
    else if (fs_config_is_exempt_sender(in->process, NULL, NULL, in->login))
        *out = "login";
    return *out != NULL ? FS_OK : by_header(arena, in, out, err);
}

const char *exempt_recipient(const struct fs_config *config, const struct fs_process *process,
                             const char *recipient)
{
    if (recipient == NULL)
        return "no_address";
    if (fs_config_is_ours(config, recipient))
        return "ours";
    return fs_config_is_exempt_recipient(process, recipient) ? "recipient" : NULL;
}
