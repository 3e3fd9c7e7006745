/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * lead_touch.h - the cells of the table's touch column; private to the lead room.
 */
#ifndef FULLSTOP_LEAD_TOUCH_H
#define FULLSTOP_LEAD_TOUCH_H

#include "fullstop/lead.h"

/* Everything a cell of the table works with. */
struct step {
    const struct fs_rules *rules;
    struct fs_lead *lead;
    const struct fs_lead_event *event;
    struct fs_lead_outcome *out;
};
typedef void step_cell(struct step *step);

void touch_when_none(struct step *step);
void touch_when_active(struct step *step);
void touch_when_replied(struct step *step);
void touch_when_paused(struct step *step);
void touch_when_ended(struct step *step);

/* True when a check that comes before every state refused the touch: suppressed address,
 * kind not allowed. */
bool touch_is_barred(struct step *step);
/* After the state's own cell: what that lets pass is refused while contact_limit is used up,
 * and the lead is as before. */
void touch_hold_to_limit(struct step *step, const struct fs_lead *before);

/* When a touch would pass by time alone, from now on; now itself when it passes already, 0
 * when time alone lets none pass. Time has been applied. */
int64_t touch_allowed_at(const struct fs_rules *rules, const struct fs_lead *lead, int64_t now);
/* The one final mail may still be sent. */
bool touch_final_is_free(const struct fs_rules *rules, const struct fs_lead *lead);

#endif
