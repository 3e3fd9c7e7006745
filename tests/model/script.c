/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * script.c - draws a random script from a seed.
 *
 * Decides what is likely: mostly touches and answers, days rather than seconds, settings that
 * let a sequence reach their rows. Must not know what is right.
 */
#include "script.h"

#include <string.h>

const char *const script_contacts[MODEL_CONTACTS] = {"jane", "john", "fred", "gina"};
const char *const script_pause_reasons[SCRIPT_PAUSE_REASONS] = {"not_now", "other",
                                                                "out_of_office"};
const char *const script_end_reasons[SCRIPT_END_REASONS] = {
    "no_reply", "no_urgency", "not_qualified", "bad_timing", "not_interested",
    "won",      "other",      "opted_out",     "complained"};

/* splitmix64, by Sebastiano Vigna's published constants */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int below(uint64_t *state, int count)
{
    return (int)(draw(state) % (uint64_t)count);
}

static bool one_in(uint64_t *state, int count)
{
    return below(state, count) == 0;
}

static int64_t days_of(uint64_t *state, const int *days, int count)
{
    return days[below(state, count)] * MODEL_DAY_S;
}
#define DAYS_OF(state, ...)                                                                        \
    days_of(state, (const int[]){__VA_ARGS__},                                                     \
            (int)(sizeof((const int[]){__VA_ARGS__}) / sizeof(int)))

static void make_rules(uint64_t *state, script_may_use *may_use, struct model_rules *out)
{
    static const char *const modes[] = {"enforce", "enforce", "enforce", "observe", "flag", "hold"};
    do {
        *out = (struct model_rules){
            .mode = modes[below(state, 6)],
            .per_sender = one_in(state, 4),
            .unanswered = 1 + below(state, one_in(state, 2) ? 2 : 5),
            .pauses = below(state, 4),
            .cycles = 1 + below(state, 3),
            .final_mail = !one_in(state, 4),
            .resume_reply = !one_in(state, 4),
            .min_gap_s = DAYS_OF(state, 0, 0, 0, 1, 3),
            .grace_s = DAYS_OF(state, 0, 1, 5, 5),
            .open_for_s = DAYS_OF(state, 0, 10, 30, 180, 180),
            .idle_s = DAYS_OF(state, 0, 5, 20, 60, 60),
            .out_of_office_s = DAYS_OF(state, 0, 2, 7, 7),
            .longest_s = DAYS_OF(state, 5, 30, 90, 90),
            .account_reply_s = DAYS_OF(state, 0, 3, 3, 20),
            .review_for_s = DAYS_OF(state, 1, 14, 14),
            .resume_after_s = DAYS_OF(state, 0, 0, 10, 60),
        };
        bool all = !one_in(state, 4);
        for (int i = 0; i < MODEL_KINDS; i++)
            out->kinds[i] = all || i == KIND_FOLLOW_UP || one_in(state, 2);
    } while (!may_use(out));
}

static int64_t make_gap(uint64_t *state)
{
    switch (below(state, 8)) {
    case 0: /* what happens within one second has no order */
        return 1;
    case 1:
        return 1 + below(state, 90);
    case 2:
        return 60 * (1 + below(state, 600));
    case 3:
        return MODEL_DAY_S * (5 + below(state, 60)) + below(state, 2);
    default:
        return MODEL_DAY_S * below(state, 6) + 3600 * below(state, 24);
    }
}

/* How likely each step is, of the sum. */
static const int weights[STEP_WHATS] = {
    [STEP_SEND] = 40,    [STEP_ANSWER] = 14,   [STEP_DECLINE] = 3, [STEP_UNCLEAR] = 2,
    [STEP_OPT_OUT] = 2,  [STEP_COMPLAINT] = 1, [STEP_BOUNCE] = 6,  [STEP_ABSENCE] = 7,
    [STEP_NOTICE] = 1,   [STEP_PAUSE] = 5,     [STEP_END] = 3,     [STEP_RESUME] = 4,
    [STEP_ANSWERED] = 2, [STEP_SWEEP] = 5,     [STEP_RESTART] = 2, [STEP_OFF] = 1,
    [STEP_ON] = 1,       [STEP_WAIT] = 1,
};

static enum step_what make_what(uint64_t *state, int *sends)
{
    int sum = 0;
    for (int i = 0; i < STEP_WHATS; i++)
        sum += weights[i];
    int at = below(state, sum), what = 0;
    while (at >= weights[what])
        at -= weights[what++];
    if (what == STEP_SEND && ++*sends > SCRIPT_SENDS_MAX)
        return STEP_WAIT;
    return (enum step_what)what;
}

/* A step before this one that sent (or was heard), the later the likelier. */
static int make_ref(uint64_t *state, const struct script *script, bool heard)
{
    for (int i = script->step_count - 1; i >= 0; i--) {
        enum step_what what = script->steps[i].what;
        bool fits = heard ? what == STEP_ANSWER || what == STEP_DECLINE || what == STEP_UNCLEAR
                          : what == STEP_SEND;
        if (fits && !one_in(state, 3))
            return script->steps[i].number;
    }
    return -1;
}

static void make_send(uint64_t *state, const struct script *script, int focus, struct step *step)
{
    step->recipients = 1u << (one_in(state, 3) ? below(state, MODEL_CONTACTS) : focus);
    if (one_in(state, 4))
        step->recipients |= 1u << below(state, MODEL_CONTACTS);
    if (one_in(state, 8))
        step->recipients |= 1u << below(state, MODEL_CONTACTS);
    step->twice = one_in(state, 10);
    step->kind = one_in(state, 3) ? below(state, MODEL_KINDS) : KIND_FIRST;
    step->final_mark = one_in(state, 5);
    step->our_auto = one_in(state, 25);
    step->digest = one_in(state, 10);
    if (one_in(state, 6))
        step->ref = make_ref(state, script, true);
    if (one_in(state, 7))
        step->repeat = make_ref(state, script, false);
}

static void make_step(uint64_t *state, struct script *script, int focus, int *sends)
{
    struct step *step = &script->steps[script->step_count];
    *step = (struct step){
        .what = make_what(state, sends),
        .number = script->step_count,
        .gap_s = make_gap(state),
        .process = one_in(state, 4) ? 1 : 0,
        .sender = one_in(state, 4) ? 1 : 0,
        .contact = one_in(state, 3) ? below(state, MODEL_CONTACTS) : focus,
        .ref = -1,
        .repeat = -1,
        .has_date = one_in(state, 2),
        .days = below(state, 10) == 0 ? below(state, 250) : below(state, 18) - 3,
        .dead = one_in(state, 3),
        .evidence = one_in(state, 2),
        .calendar = one_in(state, 8),
    };
    if (step->what == STEP_SEND) {
        make_send(state, script, focus, step);
    } else if (step->what == STEP_PAUSE) {
        step->reason = below(state, SCRIPT_PAUSE_REASONS);
        step->days = 1 + below(state, one_in(state, 5) ? 120 : 12);
    } else if (step->what == STEP_END) {
        step->reason = below(state, SCRIPT_END_REASONS);
    } else if (one_in(state, 2) || step->what == STEP_BOUNCE) {
        step->ref = make_ref(state, script, false);
    }
    script->step_count++;
}

void script_make(uint64_t seed, script_may_use *may_use, struct script *out)
{
    uint64_t state = seed;
    memset(out, 0, sizeof(*out));
    for (int i = 0; i < MODEL_PROCESSES; i++)
        make_rules(&state, may_use, &out->rules[i]);
    int focus = below(&state, MODEL_CONTACTS), sends = 0;
    int count = SCRIPT_STEPS_MIN + below(&state, SCRIPT_STEPS_MAX - SCRIPT_STEPS_MIN + 1);
    int64_t span_s = 0;
    while (out->step_count < count) {
        make_step(&state, out, focus, &sends);
        struct step *step = &out->steps[out->step_count - 1];
        if (span_s + step->gap_s > SCRIPT_SPAN_S)
            step->gap_s = 60;
        span_s += step->gap_s;
    }
}
