/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * headers.c - takes our header fields out of every message, our mark off the subject of our
 * own, and puts the flag in.
 *
 * Decides: nothing. X-Fullstop-Final is a fact of the message; collect.c kept it before it
 * is removed here.
 * Must not know: why a message is flagged.
 */
#include "mta_session.h"

#include <libmilter/mfapi.h>
#include <stddef.h>

#include "fullstop/log.h"

bool mta_headers_clean(struct smfi_str *ctx, const struct mta_message *message)
{
    bool is_done = !message->has_ours_left;
    for (size_t i = 0; i < message->our_count; i++) {
        const struct mta_our_header *ours = &message->ours[i];
        /* From the highest index down: a removed field may or may not renumber the rest. */
        for (int index = ours->count; index >= 1; index--)
            if (smfi_chgheader(ctx, (char *)ours->name, index, NULL) != MI_SUCCESS)
                is_done = false;
    }
    return is_done;
}

bool mta_headers_unmark(struct smfi_str *ctx, const struct mta_session *session)
{
    const struct mta_message *message = session->message;
    struct fs_arena *arena = message->arena;
    const struct fs_mail_field *fields = NULL;
    size_t count = 0;
    int index = 0;
    if (message->raw.data == NULL ||
        fs_mail_fields(arena, message->raw.data, message->header_b, &fields, &count, NULL) != FS_OK)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *rest = NULL;
        if (!fs_text_equal(fields[i].name, "Subject"))
            continue;
        index++;
        if (fs_mail_unmark_subject(arena, fields[i].value, &rest, NULL) != FS_OK)
            return false;
        if (rest == NULL)
            continue;
        char *value = fs_arena_printf(arena, "%s%s", session->has_leading_space ? " " : "", rest);
        if (value == NULL || smfi_chgheader(ctx, "Subject", index, value) != MI_SUCCESS)
            return false;
    }
    return true;
}

bool mta_headers_flag(struct smfi_str *ctx, const struct mta_session *session,
                      const struct fs_process *process, const struct fs_ruling *ruling)
{
    const char *event_id = "";
    for (size_t i = 0; i < ruling->recipient_count && event_id[0] == '\0'; i++)
        if (ruling->recipients[i].refused && ruling->recipients[i].event_id != NULL)
            event_id = ruling->recipients[i].event_id;
    char *value = fs_arena_printf(session->message->arena, "%s%s; id=%s",
                                  session->has_leading_space ? " " : "",
                                  fs_verdict_name(ruling->verdict), event_id);
    return value != NULL && smfi_addheader(ctx, (char *)process->flag_header, value) == MI_SUCCESS;
}
