/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * lead_change.h - the few ways in which a lead's memory changes; private to the lead room.
 */
#ifndef FULLSTOP_LEAD_CHANGE_H
#define FULLSTOP_LEAD_CHANGE_H

#include "fullstop/lead.h"

/* Who and by which rule, for the lead's own record of its last change. */
struct change_mark {
    enum fs_rule rule;
    enum fs_decider by;
    int64_t at;
};

void change_to_active(struct fs_lead *lead, struct change_mark mark);
void change_to_replied(struct fs_lead *lead, struct change_mark mark);
void change_to_ended(struct fs_lead *lead, enum fs_end_reason reason, struct change_mark mark);
/* Pauses, or changes the pause that is there. */
void change_to_paused(struct fs_lead *lead, enum fs_pause_reason reason, int64_t until_at,
                      struct change_mark mark);
/* Back to the state before the pause; the clocks have stood still since it began. */
void change_pause_over(struct fs_lead *lead, struct change_mark mark);
/* The next cycle (the first for a new lead) begins; the state is the caller's to set. */
void change_next_cycle(struct fs_lead *lead, int64_t at);

/* complained > opted_out > bounced > the rest. */
bool change_is_stronger(enum fs_end_reason reason, enum fs_end_reason than);

#endif
