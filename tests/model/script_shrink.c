/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * script_shrink.c - makes a failing script as short and plain as it goes while it still fails.
 *
 * Decides what is simpler: fewer steps, one recipient, whole days, settings off or usual.
 * Must not know why it fails.
 */
#include "script.h"

#include <string.h>

struct shrinking {
    struct script *best;
    script_may_use *may_use;
    script_fails *fails;
    void *context;
    int tried;
};

static bool try_it(struct shrinking *shrinking, const struct script *script)
{
    if (memcmp(script, shrinking->best, sizeof(*script)) == 0)
        return false;
    for (int i = 0; i < MODEL_PROCESSES; i++) {
        if (!shrinking->may_use(&script->rules[i]))
            return false;
    }
    shrinking->tried++;
    if (!shrinking->fails(script, shrinking->context))
        return false;
    *shrinking->best = *script;
    return true;
}

static void cut(struct script *script, int from, int count)
{
    for (int i = 0; i < script->step_count; i++) {
        for (int gone = from; gone < from + count; gone++) {
            if (script->steps[i].ref == script->steps[gone].number)
                script->steps[i].ref = -1;
            if (script->steps[i].repeat == script->steps[gone].number)
                script->steps[i].repeat = -1;
        }
    }
    int after = from + count;
    if (after < script->step_count)
        script->steps[after].gap_s += script->steps[from].gap_s; /* keep the day where it was */
    memmove(&script->steps[from], &script->steps[after],
            (size_t)(script->step_count - after) * sizeof(script->steps[0]));
    script->step_count -= count;
    memset(&script->steps[script->step_count], 0, (size_t)count * sizeof(script->steps[0]));
}

static bool cut_steps(struct shrinking *shrinking)
{
    bool better = false;
    for (int count = shrinking->best->step_count / 2; count > 0; count /= 2) {
        for (int from = shrinking->best->step_count - count; from >= 0; from--) {
            if (from + count > shrinking->best->step_count)
                continue;
            struct script script = *shrinking->best;
            cut(&script, from, count);
            better = try_it(shrinking, &script) || better;
        }
    }
    return better;
}

#define SIMPLER(field, value)                                                                      \
    do {                                                                                           \
        struct script script = *shrinking->best;                                                   \
        script.field = (value);                                                                    \
        better = try_it(shrinking, &script) || better;                                             \
    } while (0)

static bool simplify_step(struct shrinking *shrinking, int i)
{
    bool better = false;
    for (unsigned bit = 0; bit < MODEL_CONTACTS; bit++) {
        unsigned fewer = shrinking->best->steps[i].recipients & ~(1u << bit);
        if (fewer != 0)
            SIMPLER(steps[i].recipients, fewer);
    }
    SIMPLER(steps[i].gap_s, 1);
    if (shrinking->best->steps[i].gap_s > 60)
        SIMPLER(steps[i].gap_s, 60);
    if (shrinking->best->steps[i].gap_s > MODEL_DAY_S)
        SIMPLER(steps[i].gap_s, MODEL_DAY_S);
    int64_t gap_s = shrinking->best->steps[i].gap_s;
    if (gap_s > MODEL_DAY_S)
        SIMPLER(steps[i].gap_s, gap_s - gap_s % MODEL_DAY_S);
    SIMPLER(steps[i].process, 0);
    SIMPLER(steps[i].sender, 0);
    SIMPLER(steps[i].twice, false);
    SIMPLER(steps[i].contact, 0);
    SIMPLER(steps[i].kind, 0);
    SIMPLER(steps[i].final_mark, false);
    SIMPLER(steps[i].our_auto, false);
    SIMPLER(steps[i].digest, false);
    SIMPLER(steps[i].calendar, false);
    SIMPLER(steps[i].ref, -1);
    SIMPLER(steps[i].repeat, -1);
    SIMPLER(steps[i].has_date, false);
    SIMPLER(steps[i].dead, false);
    SIMPLER(steps[i].evidence, false);
    return better;
}

static bool simplify_rules(struct shrinking *shrinking, int i)
{
    bool better = false;
    SIMPLER(rules[i].mode, "enforce");
    SIMPLER(rules[i].per_sender, false);
    SIMPLER(rules[i].unanswered, 1);
    SIMPLER(rules[i].pauses, 3);
    SIMPLER(rules[i].cycles, 2);
    SIMPLER(rules[i].final_mail, true);
    SIMPLER(rules[i].resume_reply, true);
    SIMPLER(rules[i].min_gap_s, 0);
    SIMPLER(rules[i].grace_s, 5 * MODEL_DAY_S);
    SIMPLER(rules[i].open_for_s, 180 * MODEL_DAY_S);
    SIMPLER(rules[i].idle_s, 60 * MODEL_DAY_S);
    SIMPLER(rules[i].out_of_office_s, 7 * MODEL_DAY_S);
    SIMPLER(rules[i].longest_s, 90 * MODEL_DAY_S);
    SIMPLER(rules[i].account_reply_s, 3 * MODEL_DAY_S);
    SIMPLER(rules[i].review_for_s, 14 * MODEL_DAY_S);
    SIMPLER(rules[i].resume_after_s, 0);
    for (int kind = 0; kind < MODEL_KINDS; kind++)
        SIMPLER(rules[i].kinds[kind], true);
    return better;
}

int script_shrink(struct script *script, script_may_use *may_use, script_fails *fails,
                  void *context)
{
    struct shrinking shrinking = {script, may_use, fails, context, 0};
    bool better = true;
    while (better && shrinking.tried < 4000) {
        better = cut_steps(&shrinking);
        for (int i = 0; i < script->step_count; i++)
            better = simplify_step(&shrinking, i) || better;
        for (int i = 0; i < MODEL_PROCESSES; i++)
            better = simplify_rules(&shrinking, i) || better;
    }
    return shrinking.tried;
}
