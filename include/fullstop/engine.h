/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine.h - one script for everything that happens: load, decide, write, commit.
 *
 * The engine turns facts into events, asks the lead room for the decision and writes lead,
 * audit record and outbox in one transaction. It knows no MTA, no SMTP and no sentence.
 * Thread-safe. Failures are those of the store (FS_AWAY, FS_UNKNOWN, ...) unless said.
 * Results live in the arena given.
 */
#ifndef FULLSTOP_ENGINE_H
#define FULLSTOP_ENGINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/config.h"
#include "fullstop/crm.h"
#include "fullstop/event.h"
#include "fullstop/lead.h"
#include "fullstop/mail.h"
#include "fullstop/status.h"

/* Caps: recipients of one message that are decided on; more are FS_LIMIT. */
#define FS_RECIPIENTS_MAX 10000
/* A key counts once within this time; one made from content within the second. */
#define FS_KEY_KEPT_S (5 * 86400)
#define FS_KEY_DIGEST_KEPT_S (1 * 86400)
#define FS_RESPONSE_KEPT_S (30 * 86400)
#define FS_BOUNCE_TOUCH_KEPT_S (14 * 86400)
/* An answer that names an id we do not know may be to a touch as old as this. */
#define FS_ALIAS_TOUCH_KEPT_S (90 * 86400)
#define FS_TOUCH_KEPT_S (400 * 86400)
/* The deaf guard: after so many touches, over at least this time, without one incoming message
 * that matched a lead of the process, it refuses and holds no more, but flags. */
#define FS_DEAF_TOUCHES 50
#define FS_DEAF_AFTER_S (14 * 86400)
/* No verdict takes longer than this. */
#define FS_ENGINE_TIMEOUT_MS 5000

struct fs_engine;
struct fs_store;
struct fs_audit_record;

struct fs_engine_setup {
    const char *store_url;
    const char *log_name; /* NULL: this host's name */
    bool create;
    struct fs_clock clock;
};

enum fs_status fs_engine_open(const struct fs_engine_setup *setup, struct fs_engine **out,
                              struct fs_error *err);
void fs_engine_close(struct fs_engine *engine);
/* The configuration of what brings none: notes, switches, releases. It says who is told. Takes
 * a reference of its own. */
void fs_engine_use(struct fs_engine *engine, const struct fs_config *config);
/* The engine's store, for the outbox; borrowed. */
struct fs_store *fs_engine_store(struct fs_engine *engine);

/* ---- outgoing mail ---- */

struct fs_outbound {
    const struct fs_config *config;
    const struct fs_process *process;
    const struct fs_facts *facts;
    const char *login;             /* SASL login or certificate subject, NULL: none */
    const char *const *recipients; /* canonical; NULL items are not addresses: they pass */
    size_t recipient_count;
    const char *headers; /* raw header bytes, for exempt {}; NULL: not known */
    size_t headers_b;
    bool can_drop;     /* single recipients can be taken off the message */
    bool already_sent; /* it went out elsewhere (ingest --sent): recorded as observe would */
};

/* One per recipient of fs_outbound, in order. */
struct fs_ruling_recipient {
    const char *address; /* canonical, as given */
    enum fs_verdict verdict;
    enum fs_rule rule;   /* of this touch; lead.rule is that of the lead's last change */
    bool refused;        /* by the machine; the mode says what comes of it */
    struct fs_lead lead; /* after the event */
    int limit;           /* of the process */
    bool suppressed;
    int64_t next_allowed_at;
    bool final_mail;       /* a final mail would pass */
    const char *exempt_by; /* "auto", "sender", "login", "header", "recipient", "ours",
                              "no_address": a static string, NULL: it is not exempt */
    const char *event_id;  /* "log-seq", "" when nothing was recorded */
};

/* How long a process has heard nothing. */
struct fs_silence {
    int64_t touches;  /* that left since the last match; FS_DEAF_TOUCHES at most */
    int64_t since_at; /* the first of them, 0: none */
    int64_t deaf_at;  /* when the guard stepped in, 0: it has not */
};

struct fs_ruling {
    enum fs_mode mode; /* in force: observe while switched off, flag instead of more while deaf */
    bool off;
    bool deaf;        /* silence is long enough, whatever the mode */
    bool deaf_begins; /* with this message */
    struct fs_silence silence;
    enum fs_disposition disposition; /* of the whole message */
    enum fs_verdict verdict;         /* the first refused one, else the first */
    const struct fs_ruling_recipient *recipients;
    size_t recipient_count;
    size_t refused_count;
};

enum fs_status fs_engine_outbound(struct fs_engine *engine, struct fs_arena *arena,
                                  const struct fs_outbound *in, struct fs_ruling *out,
                                  struct fs_error *err);

/* ---- incoming mail ---- */

struct fs_inbound {
    const struct fs_config *config;
    const struct fs_facts *facts;
};

struct fs_hearing_lead {
    const char *process;
    const char *contact;
    const char *match; /* tier, a static string */
    enum fs_state from;
    enum fs_state to;
    enum fs_rule rule;
    int unanswered;
    bool hears_again; /* with this message the process is deaf no longer */
};

struct fs_hearing {
    enum fs_happening what;
    const char *match;      /* tier of the first lead, NULL: nobody's lead */
    bool own_mail;          /* our own mail coming back */
    const char *suppressed; /* who objects or complains, lead or not; NULL: nobody */
    const struct fs_hearing_lead *leads;
    size_t lead_count;
};

enum fs_status fs_engine_inbound(struct fs_engine *engine, struct fs_arena *arena,
                                 const struct fs_inbound *in, struct fs_hearing *out,
                                 struct fs_error *err);

/* ---- people ---- */

struct fs_actor {
    const char *name; /* --actor, or the login name */
    int64_t uid;
};

struct fs_saying {
    const struct fs_config *config;
    enum fs_happening what; /* FS_ON_PAUSE, FS_ON_END, FS_ON_RESUME, FS_ON_ANSWERED */
    const char *address;    /* canonical */
    const char *process;    /* NULL: the only one that has a lead */
    enum fs_pause_reason pause_reason;
    enum fs_end_reason end_reason;
    int64_t until_at;
    const char *note;     /* NULL: none */
    const char *evidence; /* NULL: none given */
    struct fs_actor actor;
};

/* FS_NOT_FOUND: no lead; FS_REFUSED: not possible in its state, or several processes apply;
 * err is a whole sentence. *out_event_id is the event. */
enum fs_status fs_engine_say(struct fs_engine *engine, struct fs_arena *arena,
                             const struct fs_saying *saying, struct fs_hearing_lead *out,
                             const char **out_event_id, struct fs_error *err);

/* ---- the CRM ---- */

/* Judges each line against the store as it is now; writes nothing. */
enum fs_status fs_engine_crm_check(struct fs_engine *engine, const struct fs_config *config,
                                   const struct fs_crm_line *lines, size_t count,
                                   struct fs_crm_verdict *verdicts, struct fs_error *err);
/* Applies the lines that were judged FS_CRM_CHANGES, in their order, as decided_by crm; each is
 * judged anew, and its verdict says what came of it. In transactions that hold the lock for 50 ms
 * at most, with room for others between them. On failure the verdicts of what was committed are
 * FS_CRM_APPLIED; the rest is as it was (FS_UNKNOWN: but for the next lines, perhaps). No
 * transaction begins once *stopping is true (NULL: never); the rest stays FS_CRM_CHANGES. */
enum fs_status fs_engine_crm_apply(struct fs_engine *engine, const struct fs_config *config,
                                   const struct fs_actor *actor, const struct fs_crm_line *lines,
                                   size_t count, struct fs_crm_verdict *verdicts,
                                   const atomic_bool *stopping, struct fs_error *err);

/* A held message was released from the MTA's queue: it passed although it was refused, an
 * overrun. FS_NOT_FOUND: no message to the contact is held and not counted yet. FS_REFUSED:
 * there are several, message_id must say which; err names them. */
struct fs_release {
    const char *address;    /* canonical */
    const char *process;    /* NULL: any */
    const char *message_id; /* without <>, NULL: the only one */
    const char *note;       /* NULL: none */
    struct fs_actor actor;
};
struct fs_released {
    const char *process;
    const char *message_id; /* "" none */
    int overrun;            /* of the lead, with this one */
    const char *event_id;
};
enum fs_status fs_engine_released(struct fs_engine *engine, struct fs_arena *arena,
                                  const struct fs_release *release, struct fs_released *out,
                                  struct fs_error *err);

/* The panic switch. *out_changed: false when it was so already. */
enum fs_status fs_engine_switch(struct fs_engine *engine, bool off, const struct fs_actor *actor,
                                const char *note, bool *out_changed, struct fs_error *err);
enum fs_status fs_engine_is_off(struct fs_engine *engine, bool *out_off, int64_t *out_since_at,
                                struct fs_error *err);

/* Start, stop, configuration, gap: events without a lead. */
enum fs_status fs_engine_note(struct fs_engine *engine, enum fs_event_kind kind, const char *note,
                              struct fs_error *err);

/* The newest event of a kind. FS_NOT_FOUND. */
enum fs_status fs_engine_last(struct fs_engine *engine, struct fs_arena *arena,
                              enum fs_event_kind kind, struct fs_event *out, struct fs_error *err);

/* ---- time ---- */

/* Makes visible what time brought; *out_changes leads changed. Decides nothing. Also forgets
 * what is older than its retention. */
enum fs_status fs_engine_sweep(struct fs_engine *engine, const struct fs_config *config,
                               int64_t *out_changes, struct fs_error *err);

/* ---- reading ---- */

/* contact_limit and one contact: touches of all processes that went out to it. */
struct fs_contact_limit {
    int most; /* 0: no limit is configured */
    int64_t within_s;
    int count;        /* most at most */
    int64_t until_at; /* used up until then; 0: it is not */
};

struct fs_lead_view {
    const char *process;
    const char *contact;
    const char *sender;
    const char *account;
    struct fs_lead lead; /* with time applied, whether or not the sweep ran */
    int limit;
    bool relevant;
    bool suppressed;
    struct fs_lead_outlook outlook;
    struct fs_contact_limit contact_limit; /* outlook knows it already */
    bool process_known;                    /* the configuration still has this process */
};

struct fs_lead_query {
    const char *process; /* each may be NULL: any */
    const char *contact;
    enum fs_state state; /* FS_STATE_NONE: any */
    const char *reason;  /* name of an end or pause reason */
    int64_t limit;       /* 0: all */
};
/* Most recently changed first. */
enum fs_status fs_engine_leads(struct fs_engine *engine, struct fs_arena *arena,
                               const struct fs_config *config, const struct fs_lead_query *query,
                               struct fs_lead_view **out, size_t *out_count, struct fs_error *err);

/* One per lead of the contact, with the events that explain it. */
struct fs_explanation {
    struct fs_lead_view view;
    struct fs_event change;   /* the last event that changed state or date; seq 0: none kept */
    struct fs_event refusal;  /* the last refused touch since then; seq 0: none */
    struct fs_event unproven; /* the last answer since then that was not taken for one */
};
/* *out_suppressed is also set when there is no lead. FS_NOT_FOUND: neither lead nor
 * suppression. */
enum fs_status fs_engine_why(struct fs_engine *engine, struct fs_arena *arena,
                             const struct fs_config *config, const char *address,
                             const char *process, struct fs_explanation **out, size_t *out_count,
                             enum fs_end_reason *out_suppressed, int64_t *out_suppressed_at,
                             struct fs_error *err);

/* Oldest first; limit 0: all. */
enum fs_status fs_engine_history(struct fs_engine *engine, struct fs_arena *arena,
                                 const char *address, const char *process, int64_t limit,
                                 struct fs_event **out, size_t *out_count, struct fs_error *err);

struct fs_process_status {
    const char *process;
    bool process_known;
    int64_t leads;
    int64_t by_state[FS_STATE_COUNT];
    int64_t open;     /* active, replied, paused */
    int64_t relevant; /* kept apart from open on purpose */
    int64_t overrun;
    int64_t by_end_reason[FS_END_REASON_COUNT];
    int64_t by_pause_reason[FS_PAUSE_REASON_COUNT];
    bool deaf;
    struct fs_silence silence;
};
enum fs_status fs_engine_status(struct fs_engine *engine, struct fs_arena *arena,
                                const struct fs_config *config, struct fs_process_status **out,
                                size_t *out_count, struct fs_error *err);

typedef enum fs_status fs_engine_audit_visit(void *context, const struct fs_audit_record *record,
                                             struct fs_error *err);
enum fs_status fs_engine_audit(struct fs_engine *engine, fs_engine_audit_visit *visit,
                               void *context, struct fs_error *err);

#endif
