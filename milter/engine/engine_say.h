/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_say.h - what a person's and the CRM's decisions share, and the sentences for what
 * cannot be said; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_SAY_H
#define FULLSTOP_ENGINE_SAY_H

#include "engine_work.h"

/* One decision on its way into the store. */
struct say_work {
    struct work work;
    struct fs_saying saying; /* strings in the work's arena; config is the work's */
    struct lead_list leads;
    enum fs_decider decided_by;
    bool suppressed;
    struct fs_lead_row row; /* the first lead that changed */
    struct fs_lead_outcome outcome;
    const char *event_id;
};

/* An objection concerns the address, whatever process it was said in. */
bool say_concerns_address(const struct fs_saying *saying);
struct fs_lead_event say_event(const struct say_work *work);
/* Sets work->suppressed; *reason is FS_END_NONE when it is not. */
enum fs_status say_suppressed(struct fs_store_tx *tx, struct say_work *work,
                              enum fs_end_reason *reason, struct fs_error *err);
/* To one lead; FS_REFUSED with the sentence, and nothing is written. */
enum fs_status say_to(struct fs_store_tx *tx, struct say_work *work, struct fs_lead_row *row,
                      struct fs_error *err);
/* To an address that is nobody's lead. */
enum fs_status say_without_lead(struct fs_store_tx *tx, struct say_work *work,
                                struct fs_error *err);
/* To leads that have ended by an objection already: the address is suppressed once more. */
enum fs_status say_again(struct fs_store_tx *tx, struct say_work *work, struct fs_error *err);

/* FS_REFUSED: why this lead does not allow it, and what is possible instead. */
enum fs_status say_impossible(const struct fs_saying *saying, const struct fs_lead_row *row,
                              bool suppressed, int64_t now, struct fs_error *err);
/* FS_NOT_FOUND or FS_REFUSED: the address is nobody's lead. */
enum fs_status say_nobody(const struct fs_saying *saying, bool suppressed, struct fs_error *err);

#endif
