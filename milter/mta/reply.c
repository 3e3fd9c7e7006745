/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * reply.c - the SMTP reply of a message that does not pass.
 *
 * Decides: the codes. 550 5.7.1 (RFC 3463: delivery not authorized) for a decision; 451
 * 4.7.1 only for the lack of one. The words come from the words room; where libmilter does
 * not take them, a fixed sentence stands in, for a bare 550 tells nobody anything.
 * Must not know: why a touch was refused.
 */
#include "mta_session.h"

#include <assert.h>
#include <libmilter/mfapi.h>
#include <stddef.h>
#include <string.h>

#include "fullstop/log.h"
#include "fullstop/words.h"

/* Two recipients that are one contact are named once. */
static bool is_listed(const struct fs_words_refused *refused, size_t count, const char *address)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(refused[i].address, address) == 0)
            return true;
    return false;
}

/* Those refused ones that are named, in order; returns how many. */
static size_t list_refused(const struct fs_ruling *ruling,
                           struct fs_words_refused refused[FS_WORDS_ADDRESSES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < ruling->recipient_count && count < FS_WORDS_ADDRESSES_MAX; i++) {
        const struct fs_ruling_recipient *from = &ruling->recipients[i];
        if (!from->refused || is_listed(refused, count, from->address))
            continue;
        refused[count++] = (struct fs_words_refused){
            .address = from->address,
            .verdict = from->verdict,
            .lead = &from->lead,
            .limit = from->limit,
            .suppressed = from->suppressed,
            .next_allowed_at = from->next_allowed_at,
            .final_mail = from->final_mail,
            .event_id = from->event_id == NULL ? "" : from->event_id,
        };
    }
    return count;
}

static bool is_any_passing(const struct fs_ruling *ruling)
{
    for (size_t i = 0; i < ruling->recipient_count; i++)
        if (!ruling->recipients[i].refused)
            return true;
    return false;
}

static bool set_lines(struct smfi_str *ctx, const struct fs_words_reply *reply)
{
    const char *line[FS_WORDS_LINES_MAX] = {0};
    for (size_t i = 0; i < reply->count && i < FS_WORDS_LINES_MAX; i++)
        line[i] = reply->lines[i];
    static_assert(FS_WORDS_LINES_MAX == 8, "as many arguments as lines");
    /* the first NULL ends the list */
    return smfi_setmlreply(ctx, "550", "5.7.1", line[0], line[1], line[2], line[3], line[4],
                           line[5], line[6], line[7], (char *)NULL) == MI_SUCCESS;
}

int mta_reply_refuse(struct smfi_str *ctx, struct fs_arena *arena, const struct fs_process *process,
                     const struct fs_ruling *ruling)
{
    struct fs_words_reply reply = {0};
    struct fs_error error = {0};
    struct fs_words_refused refused[FS_WORDS_ADDRESSES_MAX];
    size_t named = list_refused(ruling, refused);
    size_t count = ruling->refused_count > named ? ruling->refused_count : named;
    enum fs_status status =
        fs_words_refusal(arena, process, refused, count, is_any_passing(ruling), &reply, &error);
    if (status == FS_OK && set_lines(ctx, &reply))
        return SMFIS_REJECT;
    fs_log_write(mta_service()->setup.log, FS_LOG_WARNING,
                 "the reply could not be worded (%s): a fixed sentence was given",
                 status == FS_OK ? "libmilter did not take the lines" : error.text);
    (void)smfi_setreply(ctx, "550", "5.7.1", (char *)fs_words_refusal_fixed(process->language));
    return SMFIS_REJECT;
}

int mta_reply_later(struct smfi_str *ctx, enum fs_language language)
{
    (void)smfi_setreply(ctx, "451", "4.7.1", (char *)fs_words_try_later(language));
    return SMFIS_TEMPFAIL;
}
