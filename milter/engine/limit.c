/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * limit.c - contact_limit: how much mail a contact has got from all processes together.
 *
 * Decides what counts: every touch that went out, passed, marked or observed, and the final
 * mail too; not what was refused, is held, was taken back by a bounce, or was never counted
 * (responses, exempt mail). Must not know: states; the lead room refuses.
 */
#include "engine_work.h"

enum fs_status limit_read(struct fs_store_tx *tx, const struct fs_config *config,
                          const char *contact, int64_t now, struct fs_contact_limit *out,
                          struct fs_error *err)
{
    int64_t oldest_at = 0;
    *out = (struct fs_contact_limit){.most = config->contact_limit,
                                     .within_s = config->contact_limit_s};
    if (out->most == 0)
        return FS_OK;
    enum fs_status status = fs_tx_touches_sent(tx, contact, now - out->within_s, out->most,
                                               &out->count, &oldest_at, err);
    if (status == FS_OK && out->count == out->most)
        out->until_at = oldest_at + out->within_s;
    return status;
}

void limit_outlook(const struct fs_contact_limit *limit, struct fs_lead_outlook *outlook)
{
    if (limit->until_at == 0 || outlook->next_allowed_at == 0)
        return;
    outlook->touch_now = false;
    if (outlook->next_allowed_at < limit->until_at)
        outlook->next_allowed_at = limit->until_at;
}

enum fs_status limit_has_suppressed(struct fs_store_tx *tx, const char *const *contacts,
                                    size_t count, bool *out, struct fs_error *err)
{
    *out = false;
    for (size_t i = 0; i < count && !*out; i++) {
        enum fs_end_reason reason;
        if (contacts[i] == NULL)
            continue;
        enum fs_status status = fs_tx_suppressed(tx, contacts[i], &reason, NULL, err);
        if (status != FS_OK && status != FS_NOT_FOUND)
            return status;
        *out = status == FS_OK;
    }
    return FS_OK;
}
