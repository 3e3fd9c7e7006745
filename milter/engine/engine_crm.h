/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_crm.h - one line of a CRM and what it meets; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_CRM_H
#define FULLSTOP_ENGINE_CRM_H

#include "engine_say.h"

/* Lives in the arena of the frame it was begun with. */
struct crm_work {
    struct say_work say;
    const struct fs_crm_line *line;
    enum fs_end_reason suppressed; /* FS_END_NONE: it is not */
    bool *means;                   /* for each of say.leads: the line speaks of it */
    struct fs_lead *leads;         /* the same leads, with time applied */
};

void crm_begin(struct crm_work *work, const struct work *frame, const struct fs_crm_line *line,
               const struct fs_actor *actor);
/* Reads; FS_OK whatever the verdict. */
enum fs_status crm_judge(struct fs_store_tx *tx, struct crm_work *work, struct fs_crm_verdict *out,
                         struct fs_error *err);
/* Writes what was judged FS_CRM_CHANGES, in the same transaction. */
enum fs_status crm_apply(struct fs_store_tx *tx, struct crm_work *work, struct fs_error *err);

#endif
