/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * model.h - a second, naive lead process, written from the state machine's rows in the design
 * alone, for the property test to hold against the engine.
 *
 * It shares nothing with milter/: words are strings, clocks are counted seconds, one function
 * is one row. It must never include a header of fullstop, or both would make one mistake.
 * A new rule (a limit over all processes, days off, exemptions) is a field of struct
 * model_rules or struct model and a line in model_touch_verdict().
 */
#ifndef FULLSTOP_TESTS_MODEL_H
#define FULLSTOP_TESTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_PROCESSES 2
#define MODEL_CONTACTS 4 /* 0 and 1 are of one account, 2 and 3 of none */
#define MODEL_SENDERS 2
#define MODEL_RECORDS_MAX 256
#define MODEL_DAY_S ((int64_t)86400)

enum { KIND_FIRST, KIND_FOLLOW_UP, KIND_INVITATION, KIND_CONTENT, MODEL_KINDS };

struct model_rules {
    const char *mode;
    bool per_sender;
    int unanswered;
    int pauses;
    int cycles;
    bool kinds[MODEL_KINDS];
    bool final_mail;
    bool resume_reply;
    int64_t min_gap_s;
    int64_t grace_s;
    int64_t open_for_s;
    int64_t idle_s;
    int64_t out_of_office_s;
    int64_t longest_s;
    int64_t account_reply_s;
    int64_t review_for_s;
    int64_t resume_after_s;
};

struct model_lead {
    const char *state;  /* none active replied paused ended */
    const char *reason; /* of the end or the pause, else "none" */
    const char *before; /* the state before the pause */
    int cycle;
    int unanswered;
    int overrun;
    int not_now; /* pauses of this reason in the cycle */
    int run;     /* which run of unanswered touches this is */
    bool answered;
    bool final_sent;
    int64_t seen_at; /* time was applied up to here */
    int64_t open_s;  /* how long each clock ran */
    int64_t idle_s;
    int64_t grace_s;
    int64_t until_at;
    int64_t ended_at;
    int64_t touched_at;
};

/* One message to one contact, as far as it went out or was refused. */
struct model_touch {
    int message;
    int process;
    int contact;
    int sender;
    int64_t at;
    const char *verdict;
    const char *disposition;
    const char *effect; /* none counted overrun final */
    bool has_lead;
    int run;
    int cycle;
};

struct model_heard {
    int message;
    int contact;
    int64_t at;
    bool consumed;
};

struct model {
    struct model_rules rules[MODEL_PROCESSES];
    struct model_lead leads[MODEL_PROCESSES][MODEL_CONTACTS][MODEL_SENDERS];
    bool suppressed[MODEL_CONTACTS];
    bool off;
    bool counts_released; /* held mail is an overrun once a sign says that it was released */
    int64_t now;
    struct model_touch touches[MODEL_RECORDS_MAX];
    int touch_count;
    struct model_heard heard[MODEL_RECORDS_MAX];
    int heard_count;
};

/* ---- one lead: each function is a row or a few of one event ---- */

bool model_is(const char *word, const char *other);
void model_lead_time(const struct model_rules *rules, struct model_lead *lead, int64_t now);
/* The lead becomes what the verdict says; *next_at is when one would pass, where the row says. */
const char *model_lead_touch(const struct model_rules *rules, struct model_lead *lead, int kind,
                             bool final_mark, int64_t now, int64_t *next_at);
bool model_verdict_refuses(const char *verdict);
void model_lead_answer(const struct model_rules *rules, struct model_lead *lead);
void model_lead_absence(const struct model_rules *rules, struct model_lead *lead,
                        int64_t return_day, int64_t now);
void model_lead_doubt(const struct model_rules *rules, struct model_lead *lead, int64_t now);
void model_lead_colleague(const struct model_rules *rules, struct model_lead *lead, int64_t now);
void model_lead_end(struct model_lead *lead, const char *reason, int64_t at);
/* Only if the reason is stronger than the one that stands. */
void model_lead_end_stronger(struct model_lead *lead, const char *reason, int64_t at);
int model_strength(const char *reason);
void model_lead_begin_run(struct model_lead *lead, const char *state, int unanswered);
void model_lead_begin_cycle(struct model_lead *lead, const char *state, int unanswered);
void model_lead_pause(struct model_lead *lead, const char *reason, int64_t until_at);

/* People; false: impossible. */
bool model_lead_said_pause(struct model_lead *lead, const char *reason, int64_t until_at);
bool model_lead_said_end(struct model_lead *lead, const char *reason, int64_t now);
bool model_lead_said_resume(struct model_lead *lead, bool evidence);
bool model_lead_said_answered(struct model_lead *lead);

/* ---- the world: who is meant, counted once, modes ---- */

struct model_sending {
    int message; /* the key */
    bool digest; /* the key is kept for a day only */
    int process;
    int sender;
    unsigned recipients; /* bit per contact */
    int kind;            /* as the headers say: follow_up is in a thread */
    bool final_mark;
    bool our_auto;
    int answers; /* the heard message it answers, -1 none */
    int thread;  /* a message of ours that it names, -1 none */
};
struct model_ruling {
    const char *verdict[MODEL_CONTACTS];
    bool refused[MODEL_CONTACTS];
    int64_t next_at[MODEL_CONTACTS]; /* 0: the rows do not say */
    const char *disposition;
};
void model_send(struct model *model, const struct model_sending *in, struct model_ruling *out);
/* Whether it left the house, or waits in the hold queue. */
bool model_has_left(const struct model_touch *touch);
/* ... to anybody. */
bool model_went_out(const struct model *model, int message);
/* What was held and is named, or comes by again, has left. */
void model_release(struct model *model, struct model_touch *touch);
bool model_has_lead(const struct model *model, int contact);

struct model_hearing {
    int message;
    int contact; /* who wrote */
    int thread;  /* the message of ours it answers, -1 none */
};
void model_hear_answer(struct model *model, const struct model_hearing *in);
void model_hear_doubt(struct model *model, const struct model_hearing *in, bool opt_out);
void model_hear_opt_out(struct model *model, const struct model_hearing *in);
/* return_day: days since 1970, 0 none. */
void model_hear_absence(struct model *model, int contact, int64_t return_day);
/* message -1: the report returns no id. */
void model_hear_complaint(struct model *model, int contact, int message);
void model_hear_delay(struct model *model, int contact, int message);
void model_hear_bounce(struct model *model, int contact, int message, bool dead);

struct model_saying {
    const char *what; /* pause end resume answered */
    int contact;
    int process; /* -1: the only one */
    const char *reason;
    int64_t until_at;
    bool evidence;
};
/* "ok", "refused" or "not_found". */
const char *model_say(struct model *model, const struct model_saying *in);
void model_init(struct model *model, const struct model_rules rules[MODEL_PROCESSES], int64_t now);
void model_time(struct model *model, int64_t now);

#endif
