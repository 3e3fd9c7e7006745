/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_match.h - which leads an incoming message concerns; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_MATCH_H
#define FULLSTOP_ENGINE_MATCH_H

#include "engine_work.h"

/* Touches of ours that a message named. */
struct touch_list {
    struct fs_touch_row *rows;
    size_t count;
    size_t size;
};

struct inbound_work {
    struct work work;
    struct fs_facts facts;
    enum fs_happening what;
    const char *account; /* the author's, "" none */
    const char *match;   /* tier */
    struct touch_list touches;
    struct lead_list targets;
    struct fs_hearing_lead *heard;
    size_t heard_count;
};

/* Fills match, touches and targets. */
enum fs_status match_leads(struct fs_store_tx *tx, struct inbound_work *work, struct fs_error *err);
/* The matched touch of a lead, NULL: none. */
struct fs_touch_row *match_touch_of(struct inbound_work *work, int64_t lead_id);

#endif
