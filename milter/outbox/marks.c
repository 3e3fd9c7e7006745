/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * marks.c - what became of rows, until it is written down: many in one transaction.
 *
 * Must not know why a row failed, nor when it is tried again.
 */
#include <stdlib.h>

#include "outbox_room.h"

static enum fs_status write_all(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct marks *marks = context;
    enum fs_status status = FS_OK;
    for (size_t i = 0; i < marks->count && status == FS_OK; i++) {
        const struct mark *mark = &marks->rows[i];
        if (mark->file != fs_tx_file(tx))
            continue;
        status = mark->delivered ? fs_tx_outbox_delivered(tx, mark->id, err)
                                 : fs_tx_outbox_failed(tx, mark->id, mark->next_at, mark->dead,
                                                       mark->fault, err);
    }
    return status;
}

/* The store gets a copy, which is its own when the outcome is unknown; then the same is
 * written again, which only counts an attempt twice. */
enum fs_status marks_write(struct marks *marks, struct fs_store *store, struct fs_error *err)
{
    struct marks *copy = malloc(sizeof(*copy));
    if (copy == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *copy = *marks;
    struct fs_store_job job = {write_all, copy, free};
    enum fs_status status = fs_store_write(store, &job, MARKS_TIMEOUT_MS, err);
    if (status != FS_UNKNOWN)
        free(copy);
    if (status == FS_OK)
        marks->count = 0;
    return status;
}
