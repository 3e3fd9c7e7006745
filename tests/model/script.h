/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * script.h - a random sequence of events as a value: made from a seed, printed, shrunk.
 *
 * A step names others by their number, which it keeps when steps around it are taken out;
 * a number whose step is gone means none. Knows neither engine nor expectations.
 */
#ifndef FULLSTOP_TESTS_SCRIPT_H
#define FULLSTOP_TESTS_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model.h"

#define SCRIPT_STEPS_MIN 10
#define SCRIPT_STEPS_MAX 18
/* Below what a sweep forgets (400 days), so that forgetting is no difference. */
#define SCRIPT_SPAN_S (380 * MODEL_DAY_S)
/* Less than 50 touches in one process: a process that hears nothing in return is another
 * test's matter. */
#define SCRIPT_SENDS_MAX 12

enum step_what {
    STEP_SEND,
    STEP_ANSWER,
    STEP_DECLINE,
    STEP_UNCLEAR, /* an unclear opt-out */
    STEP_OPT_OUT,
    STEP_COMPLAINT,
    STEP_BOUNCE,
    STEP_ABSENCE,
    STEP_NOTICE, /* what is recorded only */
    STEP_PAUSE,
    STEP_END,
    STEP_RESUME,
    STEP_ANSWERED,
    STEP_SWEEP,
    STEP_RESTART,
    STEP_OFF,
    STEP_ON,
    STEP_WAIT,
    STEP_WHATS
};

struct step {
    enum step_what what;
    int number;
    int64_t gap_s; /* time since the step before */
    int process;   /* -1: not said */
    int sender;
    unsigned recipients; /* bit per contact */
    bool twice;          /* the first recipient stands there twice */
    int contact;
    int kind;
    bool final_mark;
    bool our_auto;
    bool digest; /* no Message-ID: the key is made from content */
    bool calendar;
    int ref;    /* the message it answers or returns, -1 none */
    int repeat; /* the message it is sent again of, -1 none */
    bool has_date;
    int days; /* return date, end of a pause */
    bool dead;
    bool evidence;
    int reason;
};

struct script {
    struct model_rules rules[MODEL_PROCESSES];
    struct step steps[SCRIPT_STEPS_MAX];
    int step_count;
};

#define SCRIPT_PAUSE_REASONS 3
#define SCRIPT_END_REASONS 9
extern const char *const script_contacts[MODEL_CONTACTS];
extern const char *const script_pause_reasons[SCRIPT_PAUSE_REASONS];
extern const char *const script_end_reasons[SCRIPT_END_REASONS];

/* The same seed makes the same script everywhere. may_use says whether rules may stand in a
 * configuration; others are drawn until it does. */
typedef bool script_may_use(const struct model_rules *rules);
void script_make(uint64_t seed, script_may_use *may_use, struct script *out);
void script_print(const struct script *script, FILE *out);

/* Makes the script smaller while fails() still says true. Returns how many were tried. */
typedef bool script_fails(const struct script *script, void *context);
int script_shrink(struct script *script, script_may_use *may_use, script_fails *fails,
                  void *context);

#endif
