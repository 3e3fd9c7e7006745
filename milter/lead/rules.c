/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * rules.c - the settings of a process: defaults, and whether time alone ends every lead.
 *
 * Decides whether a set of rules can leave a lead open for ever. Knows no file format.
 */
#include "fullstop/lead.h"

#include <string.h>

#define DAY_S ((int64_t)86400)

void fs_rules_defaults(struct fs_rules *out)
{
    *out = (struct fs_rules){
        .unanswered = 4,
        .pauses = 3,
        .cycles = 2,
        .kinds = (1u << FS_TOUCH_KIND_COUNT) - 1,
        .final_mail = true,
        .resume_reply = true,
        .min_gap_s = 0,
        .grace_s = 5 * DAY_S,
        .open_for_s = 180 * DAY_S,
        .idle_s = 60 * DAY_S,
        .out_of_office_s = 7 * DAY_S,
        .longest_s = 90 * DAY_S,
        .account_reply_s = 3 * DAY_S,
        .review_for_s = 14 * DAY_S,
        .resume_after_s = 0,
    };
}

/* What ends each state by time alone. grace needs the limit to be reached first, a pause by a
 * person or for a colleague has a date of its own; a date in somebody's absence note may be
 * as far away as they like. */
static const struct {
    const char *setting;
    const char *state;
} endings[] = {
    {"end.open_for", "an active lead that nobody answers"},
    {"end.idle", "a conversation that nobody goes on with"},
    {"pause.review_for", "a pause for review"},
    {"pause.longest", "a pause for an absence note with a date far away"},
};

const char *fs_rules_endless(const struct fs_rules *rules)
{
    const int64_t lengths_s[] = {rules->open_for_s, rules->idle_s, rules->review_for_s,
                                 rules->longest_s};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (lengths_s[i] == 0)
            return endings[i].setting;
    }
    return NULL;
}

const char *fs_rules_endless_state(const char *setting)
{
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (strcmp(endings[i].setting, setting) == 0)
            return endings[i].state;
    }
    return NULL;
}

bool fs_verdict_passes(enum fs_verdict verdict)
{
    switch (verdict) {
    case FS_VERDICT_PASS:
    case FS_VERDICT_RESPONSE:
    case FS_VERDICT_EXEMPT:
    case FS_VERDICT_DUPLICATE:
    case FS_VERDICT_FINAL:
        return true;
    case FS_VERDICT_EARLY:
    case FS_VERDICT_KIND:
    case FS_VERDICT_OVER:
    case FS_VERDICT_PAUSED:
    case FS_VERDICT_ENDED:
    case FS_VERDICT_SUPPRESSED:
    case FS_VERDICT_LIMIT:
        return false;
    }
    return false;
}
