/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * gather.c - notices that have gathered long enough become mails.
 *
 * Decides nothing but that nothing is written where nothing is due. Must not know what a
 * notice says.
 */
#include <stdlib.h>

#include "fullstop/text.h"
#include "outbox_room.h"

#define WRITE_TIMEOUT_MS 3000

struct gathering {
    char target[sizeof(FS_NOTICES_TARGET) + FS_PROCESS_NAME_MAX_B];
    int64_t now;
    bool as_digest;
    bool is_due;
};

static enum fs_status ask(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct gathering *gathering = context;
    return fs_tx_notices_due(tx, gathering->target, gathering->now, gathering->as_digest,
                             &gathering->is_due, err);
}

static enum fs_status close_due(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct gathering *gathering = context;
    return fs_tx_notices_close(tx, gathering->target, gathering->now, gathering->as_digest, err);
}

enum fs_status gather_close(struct fs_store *store, const struct fs_process *process,
                            const char *target, int64_t now, struct fs_error *err)
{
    struct gathering *gathering = calloc(1, sizeof(*gathering));
    if (gathering == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    fs_text_copy(gathering->target, sizeof(gathering->target), target);
    gathering->now = now;
    gathering->as_digest = process->notices.digest_minute >= 0;
    struct fs_store_job job = {close_due, gathering, free};
    enum fs_status status = fs_store_read(store, ask, gathering, err);
    if (status == FS_OK && gathering->is_due)
        status = fs_store_write(store, &job, WRITE_TIMEOUT_MS, err);
    if (status != FS_UNKNOWN)
        free(gathering);
    return status;
}
