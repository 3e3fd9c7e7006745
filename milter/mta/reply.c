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

#include "fullstop/log.h"
#include "fullstop/words.h"

#define SENTENCE_REFUSED                                                                           \
    "This message was refused because a lead process has reached its end or does not allow a "     \
    "message now; ask your mail administrator for the reason."
#define SENTENCE_LATER                                                                             \
    "The lead record cannot be reached at the moment; your message has not been sent, please "     \
    "try again in a few minutes."

/* The refused ones, in order. NULL: out of memory. */
static struct fs_words_refused *list_refused(struct fs_arena *arena, const struct fs_ruling *ruling,
                                             size_t *out_count)
{
    struct fs_words_refused *refused =
        fs_arena_alloc(arena, ruling->recipient_count, sizeof *refused);
    if (refused == NULL)
        return NULL;
    size_t count = 0;
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        const struct fs_ruling_recipient *from = &ruling->recipients[i];
        if (!from->refused)
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
    *out_count = count;
    return refused;
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
    size_t count = 0;
    struct fs_words_refused *refused = list_refused(arena, ruling, &count);
    enum fs_status status = refused == NULL || count == 0
                                ? FS_NOMEM
                                : fs_words_refusal(arena, process, refused, count, &reply, &error);
    if (status == FS_OK && set_lines(ctx, &reply))
        return SMFIS_REJECT;
    fs_log_write(mta_service()->setup.log, FS_LOG_WARNING,
                 "the reply could not be worded (%s): a fixed sentence was given",
                 status == FS_OK ? "libmilter did not take the lines" : error.text);
    (void)smfi_setreply(ctx, "550", "5.7.1", SENTENCE_REFUSED);
    return SMFIS_REJECT;
}

int mta_reply_later(struct smfi_str *ctx)
{
    (void)smfi_setreply(ctx, "451", "4.7.1", SENTENCE_LATER);
    return SMFIS_TEMPFAIL;
}
