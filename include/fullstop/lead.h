/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * lead.h - the lead process: states, reasons, verdicts and the one step function.
 *
 * Pure: values in, values out. No I/O, no clock, no allocation, no globals; instants are
 * handed in (clock.h says their unit). The state machine is a table,
 * milter/lead/table.c. Thread-safe.
 */
#ifndef FULLSTOP_LEAD_H
#define FULLSTOP_LEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* FS_STATE_NONE: there is no lead yet (or not any more). */
enum fs_state { FS_STATE_NONE, FS_STATE_ACTIVE, FS_STATE_REPLIED, FS_STATE_PAUSED, FS_STATE_ENDED };
#define FS_STATE_COUNT 5

enum fs_end_reason {
    FS_END_NONE,
    FS_END_NO_REPLY,
    FS_END_NO_URGENCY,
    FS_END_NOT_QUALIFIED,
    FS_END_BAD_TIMING,
    FS_END_NOT_INTERESTED,
    FS_END_WRONG_PERSON,
    FS_END_EXPIRED,
    FS_END_BOUNCED,
    FS_END_OPTED_OUT,
    FS_END_COMPLAINED,
    FS_END_WON,
    FS_END_OTHER,
};
#define FS_END_REASON_COUNT 13

enum fs_pause_reason {
    FS_PAUSE_NONE,
    FS_PAUSE_OUT_OF_OFFICE,
    FS_PAUSE_NOT_NOW,
    FS_PAUSE_ACCOUNT_REPLY,
    FS_PAUSE_REVIEW,
    FS_PAUSE_OTHER,
};
#define FS_PAUSE_REASON_COUNT 6

/* Who decided a change. */
enum fs_decider { FS_BY_NONE, FS_BY_MAIL, FS_BY_POLICY, FS_BY_CRM, FS_BY_PERSON };
#define FS_DECIDER_COUNT 5

enum fs_touch_kind { FS_KIND_FIRST, FS_KIND_FOLLOW_UP, FS_KIND_INVITATION, FS_KIND_CONTENT };
#define FS_TOUCH_KIND_COUNT 4

enum fs_verdict {
    FS_VERDICT_PASS,
    FS_VERDICT_RESPONSE,
    FS_VERDICT_EXEMPT,
    FS_VERDICT_DUPLICATE,
    FS_VERDICT_FINAL,
    FS_VERDICT_EARLY,
    FS_VERDICT_KIND,
    FS_VERDICT_OVER,
    FS_VERDICT_PAUSED,
    FS_VERDICT_ENDED,
    FS_VERDICT_SUPPRESSED,
    FS_VERDICT_LIMIT,
};
#define FS_VERDICT_COUNT 12

/* What happens to a lead; the columns of the table. */
enum fs_happening {
    FS_ON_TOUCH,
    FS_ON_ANSWER,
    FS_ON_ABSENCE,   /* absence note */
    FS_ON_OPT_OUT,   /* clear opt-out */
    FS_ON_DOUBT,     /* unclear opt-out, or a decline */
    FS_ON_COMPLAINT, /* ARF, RFC 5965 */
    FS_ON_BOUNCE,    /* delivery failed for good */
    FS_ON_COLLEAGUE, /* answer of a colleague of the account, outside the thread */
    FS_ON_NOTICE,    /* delayed, relayed, receipt, auto-reply, challenge, bulk: recorded only */
    FS_ON_PAUSE,     /* a person or the CRM says: pause */
    FS_ON_END,
    FS_ON_RESUME,
    FS_ON_ANSWERED,
};
#define FS_HAPPENING_COUNT 13

/* The rule that decided; its name (fs_rule_name) is what logs, events and why show. */
enum fs_rule {
    FS_RULE_NONE,
    FS_RULE_TOUCH_FIRST,       /* none -> active */
    FS_RULE_TOUCH_COUNTED,     /* active -> active */
    FS_RULE_TOUCH_LAST,        /* active -> active or ended: the limit is reached */
    FS_RULE_TOUCH_AFTER_REPLY, /* replied -> active */
    FS_RULE_TOUCH_NEXT_CYCLE,  /* ended/expired with an answer -> active */
    FS_RULE_TOUCH_RESUMED,     /* ended -> active, resume.after is over */
    FS_RULE_TOUCH_FINAL,
    FS_RULE_TOUCH_AFTER_WON,
    FS_RULE_TOUCH_EARLY,
    FS_RULE_TOUCH_OVER,
    FS_RULE_TOUCH_PAUSED,
    FS_RULE_TOUCH_ENDED,
    FS_RULE_TOUCH_SUPPRESSED,
    FS_RULE_TOUCH_KIND,
    FS_RULE_TOUCH_LIMIT,
    FS_RULE_TOUCH_RESPONSE,
    FS_RULE_TOUCH_EXEMPT,
    FS_RULE_TOUCH_DUPLICATE,
    FS_RULE_TOUCH_RELEASED, /* out of hold: it passed although it was refused */
    FS_RULE_TIME_GRACE,
    FS_RULE_TIME_OPEN_FOR,
    FS_RULE_TIME_IDLE,
    FS_RULE_TIME_PAUSE_OVER,
    FS_RULE_TIME_PAUSES,
    FS_RULE_TIME_REVIEW,
    FS_RULE_ANSWER,
    FS_RULE_ANSWER_AGAIN,
    FS_RULE_ANSWER_REOPENS,
    FS_RULE_ANSWER_RECORDED,
    FS_RULE_ANSWER_UNTHREADED, /* answers { require = "thread" } is not met */
    FS_RULE_ANSWER_UNPROVEN,   /* answers { require = "authenticated" } is not met */
    FS_RULE_HEARD_DUPLICATE,   /* the same message once more */
    FS_RULE_ABSENCE,
    FS_RULE_ABSENCE_RECORDED,
    FS_RULE_OPT_OUT,
    FS_RULE_DOUBT_REVIEW,
    FS_RULE_DOUBT_RECORDED,
    FS_RULE_COMPLAINT,
    FS_RULE_BOUNCE_DEAD,
    FS_RULE_BOUNCE_TAKEN_BACK,
    FS_RULE_COLLEAGUE_PAUSES,
    FS_RULE_COLLEAGUE_RECORDED,
    FS_RULE_NOTICE_RECORDED,
    FS_RULE_SAID_PAUSE,
    FS_RULE_SAID_END,
    FS_RULE_SAID_RESUME,
    FS_RULE_SAID_ANSWERED,
    FS_RULE_IMPOSSIBLE, /* a person's wish that this state does not allow */
};
#define FS_RULE_COUNT 49

/* Names as they stand in logs, the store and --json: "active", "no_reply", "touch.over".
 * The parsers are exact; false when the word is none of them. */
const char *fs_state_name(enum fs_state state);
const char *fs_end_reason_name(enum fs_end_reason reason);
const char *fs_pause_reason_name(enum fs_pause_reason reason);
const char *fs_decider_name(enum fs_decider decider);
const char *fs_touch_kind_name(enum fs_touch_kind kind);
const char *fs_verdict_name(enum fs_verdict verdict);
const char *fs_happening_name(enum fs_happening happening);
const char *fs_rule_name(enum fs_rule rule);
bool fs_state_parse(const char *name, enum fs_state *out);
bool fs_end_reason_parse(const char *name, enum fs_end_reason *out);
bool fs_pause_reason_parse(const char *name, enum fs_pause_reason *out);
bool fs_decider_parse(const char *name, enum fs_decider *out);
bool fs_touch_kind_parse(const char *name, enum fs_touch_kind *out);
bool fs_verdict_parse(const char *name, enum fs_verdict *out);
bool fs_happening_parse(const char *name, enum fs_happening *out);
bool fs_rule_parse(const char *name, enum fs_rule *out);

/* True for verdicts that let the message pass in every mode. */
bool fs_verdict_passes(enum fs_verdict verdict);

/* The settings of one process, as far as decisions need them. */
struct fs_rules {
    int unanswered; /* >= 1 */
    int pauses;
    int cycles;
    unsigned kinds; /* bit (1u << enum fs_touch_kind) set: allowed */
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

/* The documented default of each setting, fullstop.conf(5). */
void fs_rules_defaults(struct fs_rules *out);
/* The name of the first setting that leaves a state without an end by time alone, or
 * NULL when time ends every lead. */
const char *fs_rules_endless(const struct fs_rules *rules);
/* What has no end without that setting, for people. */
const char *fs_rules_endless_state(const char *setting);

/* One lead's memory. All zero is FS_STATE_NONE. *_at fields are 0 when it has not been.
 * open_at, idle_at and limit_at are where the clocks of open_for, idle and grace started;
 * a pause that is over has moved them forward by its length. */
struct fs_lead {
    enum fs_state state;
    enum fs_end_reason end_reason;     /* set while ended */
    enum fs_pause_reason pause_reason; /* set while paused */
    enum fs_state before_pause;        /* active or replied, set while paused */
    enum fs_decider decided_by;        /* of the last change of state or date */
    enum fs_rule rule;                 /* of that change */
    int cycle;                         /* from 1 */
    int unanswered;
    int overrun;        /* in this cycle */
    int not_now_pauses; /* in this cycle */
    bool answered;      /* an answer came in this cycle */
    bool final_sent;    /* in this cycle */
    int64_t cycle_began_at;
    int64_t open_at;
    int64_t idle_at;
    int64_t limit_at; /* when unanswered reached the limit */
    int64_t last_touch_at;
    int64_t last_answer_at;
    int64_t changed_at;
    int64_t paused_at;
    int64_t until_at; /* the pause's date */
    int64_t ended_at;
};

/* What a touch did to the count, kept with it so that a bounce can take it back. */
enum fs_touch_effect {
    FS_EFFECT_NONE,
    FS_EFFECT_COUNTED,
    FS_EFFECT_OVERRUN,
    FS_EFFECT_FINAL,
    FS_EFFECT_TAKEN_BACK,
};
#define FS_TOUCH_EFFECT_COUNT 5
const char *fs_touch_effect_name(enum fs_touch_effect effect);
bool fs_touch_effect_parse(const char *name, enum fs_touch_effect *out);

struct fs_lead_event {
    enum fs_happening what;
    int64_t now;
    enum fs_decider decided_by; /* mail, or person/crm for what they say */
    /* FS_ON_TOUCH */
    enum fs_touch_kind kind;
    bool final_mark;        /* the sender marked it as final mail */
    bool suppressed;        /* the address is suppressed */
    int64_t limit_until_at; /* contact_limit is used up until then; 0: it is not */
    /* FS_ON_ANSWER, FS_ON_COLLEAGUE: it is not taken for an answer, and this rule says why;
     * FS_RULE_NONE: it is one */
    enum fs_rule recorded_by;
    /* FS_ON_ABSENCE: start of the first working day on or after the return date, 0: none
     * stated. FS_ON_PAUSE: until when. */
    int64_t until_at;
    /* FS_ON_BOUNCE: the touch that failed */
    bool dead; /* the address itself is dead */
    enum fs_touch_effect touch_effect;
    int touch_cycle;
    int64_t touch_at;
    /* FS_ON_PAUSE, FS_ON_END, FS_ON_RESUME */
    enum fs_pause_reason pause_reason;
    enum fs_end_reason end_reason;
    bool evidence;
};

/* A change that time brought: at is when it was due, not when it was seen. */
struct fs_lead_change {
    enum fs_rule rule;
    enum fs_state from;
    enum fs_state to;
    int64_t at;
    struct fs_lead after;
};
/* Time can end a pause and then the lead. */
#define FS_LEAD_TIME_MAX 2

struct fs_lead_outcome {
    struct fs_lead_change time[FS_LEAD_TIME_MAX]; /* applied before the event */
    size_t time_count;
    enum fs_state from; /* after time, before the event */
    enum fs_rule rule;
    enum fs_verdict verdict; /* FS_ON_TOUCH only */
    enum fs_touch_effect effect;
    bool changed;            /* the event altered the lead */
    bool suppress;           /* the address is to be suppressed */
    bool lift;               /* the suppression is to be lifted */
    bool impossible;         /* a person's wish that is refused: rule FS_RULE_IMPOSSIBLE */
    int64_t next_allowed_at; /* refused touch: when time alone lets one pass, 0: it won't */
};

/* Time, then the event. lead is altered; out is filled whole. */
void fs_lead_step(const struct fs_rules *rules, struct fs_lead *lead,
                  const struct fs_lead_event *event, struct fs_lead_outcome *out);

/* Time alone: alters lead, writes up to FS_LEAD_TIME_MAX changes, returns how many. */
size_t fs_lead_apply_time(const struct fs_rules *rules, struct fs_lead *lead, int64_t now,
                          struct fs_lead_change changes[FS_LEAD_TIME_MAX]);
/* When time will next change the lead; 0 for none and ended. */
int64_t fs_lead_due_at(const struct fs_rules *rules, const struct fs_lead *lead);

/* A refused touch passed all the same (observe, flag, released from hold). */
void fs_lead_overrun(struct fs_lead *lead);

/* What is allowed next, for people. Time must have been applied. */
struct fs_lead_outlook {
    bool touch_now;          /* a follow-up passes now */
    int64_t next_allowed_at; /* now, a later instant, or 0 when time alone allows none */
    bool final_mail;         /* the one final mail may still be sent */
    bool needs_evidence;     /* resume needs --evidence */
};
struct fs_lead_outlook fs_lead_outlook(const struct fs_rules *rules, const struct fs_lead *lead,
                                       bool suppressed, int64_t now);

#endif
