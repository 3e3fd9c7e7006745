/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * store.h - what is remembered, behind one contract: sqlite and memory today.
 *
 * All writing happens in work functions that the store runs inside a transaction: the
 * caller of fs_store_write() returns FS_OK only after COMMIT. One writer thread takes all
 * waiting works, runs each in a savepoint and commits once (group commit). Every write
 * transaction begins IMMEDIATE; other processes (the CLI) may write to the same store.
 *
 * A work returns FS_OK to keep what it wrote; any other status undoes this work alone and
 * is what fs_store_write() returns. It must not block, sleep or call the store outside tx.
 * Thread-safe: fs_store_*; a tx belongs to its work.
 *
 * Failures of fs_store_*: FS_AWAY (locked too long, disk full, I/O error, closed: nothing
 * was written), FS_UNKNOWN (the wait ended while the commit was under way), FS_NOMEM,
 * FS_CORRUPT. Rows that are read live in the arena given.
 */
#ifndef FULLSTOP_STORE_H
#define FULLSTOP_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/event.h"
#include "fullstop/lead.h"
#include "fullstop/status.h"

struct fs_store;
struct fs_store_tx;
struct fs_audit_record;

struct fs_store_setup {
    const char *url;      /* "sqlite:PATH" or "memory:" */
    const char *log_name; /* this host's audit log: 1 to 63 of [a-z0-9.-]; no ':' */
    bool create;          /* make the store when there is none; else FS_NOT_FOUND */
};

/* Opens, and migrates an older schema forward. A newer schema: FS_INPUT, with what to do. */
enum fs_status fs_store_open(const struct fs_store_setup *setup, struct fs_store **out,
                             struct fs_error *err);
/* Finishes what waits, then closes. NULL is a no-op. */
void fs_store_close(struct fs_store *store);

typedef enum fs_status fs_store_work(struct fs_store_tx *tx, void *context, struct fs_error *err);

struct fs_store_job {
    fs_store_work *work;
    void *context;
    /* Called by the store, when it is done with context, only if fs_store_write() returned
     * FS_UNKNOWN: from then on context is the store's. Otherwise it stays the caller's. */
    void (*release)(void *context);
};

/* Called on the writer's thread after each commit that added rows to the outbox; it must not
 * block, nor call the store. NULL: nobody. What other processes add is not seen. */
void fs_store_watch_outbox(struct fs_store *store, void (*watch)(void *context), void *context);

/* Waits at most timeout_ms for the commit. */
enum fs_status fs_store_write(struct fs_store *store, const struct fs_store_job *job,
                              int timeout_ms, struct fs_error *err);
/* Runs work on the calling thread on a consistent snapshot; writing calls fail an assert. */
enum fs_status fs_store_read(struct fs_store *store, fs_store_work *work, void *context,
                             struct fs_error *err);

/* ---- rows ---- */

/* A lead and who it is. (process, contact, sender) is unique; sender is "" unless the
 * process counts per sender. */
struct fs_lead_row {
    int64_t id; /* 0: not stored yet */
    const char *process;
    const char *contact;
    const char *sender;
    const char *account; /* "" none */
    struct fs_lead lead;
};

/* One message to one contact in one process. (process, contact, sender, key) is unique. */
struct fs_touch_row {
    int64_t id; /* 0: not stored yet */
    int64_t lead_id;
    const char *process;
    const char *contact;
    const char *sender;
    const char *key;        /* fs_facts.key */
    const char *message_id; /* NULL: none */
    int64_t at;
    enum fs_touch_kind kind;
    enum fs_verdict verdict;
    enum fs_disposition disposition;
    enum fs_touch_effect effect;
    int cycle;
    int64_t event_seq; /* in this store's log */
    int64_t repeats;
};

/* A human message of a contact's, for as long as a response to it may come. */
struct fs_heard_row {
    int64_t id;
    const char *message_id;
    const char *contact;
    const char *account;
    int64_t at;
    bool consumed;
    bool in_thread;     /* it named a message of ours by the id that we gave it */
    bool authenticated; /* a verifier of ours vouched for the contact's domain */
};

/* ---- reading and writing inside a work ---- */

/* FS_NOT_FOUND: no such lead. */
enum fs_status fs_tx_lead_find(struct fs_store_tx *tx, struct fs_arena *arena, const char *process,
                               const char *contact, const char *sender, struct fs_lead_row *out,
                               struct fs_error *err);
enum fs_status fs_tx_lead_get(struct fs_store_tx *tx, struct fs_arena *arena, int64_t id,
                              struct fs_lead_row *out, struct fs_error *err);
/* Inserts (row->id 0: it is set) or updates the lead's memory. */
enum fs_status fs_tx_lead_put(struct fs_store_tx *tx, struct fs_lead_row *row,
                              struct fs_error *err);

typedef enum fs_status fs_lead_visit(void *context, const struct fs_lead_row *row,
                                     struct fs_error *err);
/* Visits in id order; a visit that returns other than FS_OK ends the scan with it. The row
 * is borrowed for the call. Any filter may be NULL; after_id 0 and limit 0: all. */
struct fs_lead_filter {
    const char *process;
    const char *contact;
    const char *account;
    bool open_only; /* leave out ended leads */
    int64_t after_id;
    int64_t limit;
};
enum fs_status fs_tx_leads(struct fs_store_tx *tx, const struct fs_lead_filter *filter,
                           fs_lead_visit *visit, void *context, struct fs_error *err);

/* The touch of this key at or after since_at. FS_NOT_FOUND. */
enum fs_status fs_tx_touch_find(struct fs_store_tx *tx, struct fs_arena *arena, const char *process,
                                const char *contact, const char *sender, const char *key,
                                int64_t since_at, struct fs_touch_row *out, struct fs_error *err);
/* Inserts (row->id 0; an older row of the same key is replaced) or updates. */
enum fs_status fs_tx_touch_put(struct fs_store_tx *tx, struct fs_touch_row *row,
                               struct fs_error *err);
typedef enum fs_status fs_touch_visit(void *context, const struct fs_touch_row *row,
                                      struct fs_error *err);
/* All touches that carried this Message-ID, or have it as an alias, newest first. Where it is
 * an alias, row->message_id is another; an alias of one touch finds all touches of the same
 * message. */
enum fs_status fs_tx_touches_by_message_id(struct fs_store_tx *tx, const char *message_id,
                                           fs_touch_visit *visit, void *context,
                                           struct fs_error *err);
/* The touches of a contact at or after since_at, newest first. */
enum fs_status fs_tx_touches_of(struct fs_store_tx *tx, const char *contact, int64_t since_at,
                                fs_touch_visit *visit, void *context, struct fs_error *err);

/* The youngest touches that went out to a contact after since_at, in all processes, at most
 * so many (taken back, refused and uncounted ones left out; one that was allowed counts also
 * where its message is held for another): how many they are, and the instant of the oldest of
 * them, 0 when there is none. */
enum fs_status fs_tx_touches_sent(struct fs_store_tx *tx, const char *contact, int64_t since_at,
                                  int most, int *out_count, int64_t *out_oldest_at,
                                  struct fs_error *err);

/* Remembers a Message-ID that a relay gave to the message of a touch that is stored. It is
 * forgotten with its touch. Added once; what a touch has beyond the cap is not added, and
 * that is FS_OK too: an alias is a help, not a duty. */
#define FS_TOUCH_ALIASES_MAX 8
enum fs_status fs_tx_touch_alias_add(struct fs_store_tx *tx, int64_t touch_id,
                                     const char *message_id, struct fs_error *err);

enum fs_status fs_tx_heard_add(struct fs_store_tx *tx, const struct fs_heard_row *row,
                               struct fs_error *err);
/* By Message-ID, not consumed, at or after since_at. FS_NOT_FOUND. */
enum fs_status fs_tx_heard_find(struct fs_store_tx *tx, struct fs_arena *arena,
                                const char *message_id, int64_t since_at, struct fs_heard_row *out,
                                struct fs_error *err);
/* Whether a message of this id is remembered, consumed or not. */
enum fs_status fs_tx_heard_known(struct fs_store_tx *tx, const char *message_id, bool *out,
                                 struct fs_error *err);
/* Whether the contact's message of this id was heard before, with at least row's proofs. */
enum fs_status fs_tx_heard_repeats(struct fs_store_tx *tx, const struct fs_heard_row *row,
                                   bool *out, struct fs_error *err);
/* Marks as consumed what this contact sent at or before until_at. */
enum fs_status fs_tx_heard_consume(struct fs_store_tx *tx, const char *contact, int64_t until_at,
                                   struct fs_error *err);

/* Suppression keeps keyed hashes only. reason: opted_out or complained. */
enum fs_status fs_tx_suppress(struct fs_store_tx *tx, const char *contact,
                              enum fs_end_reason reason, int64_t at, struct fs_error *err);
enum fs_status fs_tx_unsuppress(struct fs_store_tx *tx, const char *contact, struct fs_error *err);
/* FS_OK and the reason, or FS_NOT_FOUND. since_at may be NULL. */
enum fs_status fs_tx_suppressed(struct fs_store_tx *tx, const char *contact,
                                enum fs_end_reason *reason, int64_t *since_at,
                                struct fs_error *err);

/* Appends to this host's log and chain; sets event->log (the store's own string) and
 * event->seq. */
enum fs_status fs_tx_event_add(struct fs_store_tx *tx, struct fs_event *event,
                               struct fs_error *err);
/* The name of this host's log: the store's own string. */
enum fs_status fs_tx_event_log(struct fs_store_tx *tx, const char **out, struct fs_error *err);
/* Counts one more attempt on an event. */
enum fs_status fs_tx_event_repeat(struct fs_store_tx *tx, int64_t seq, struct fs_error *err);
typedef enum fs_status fs_event_visit(void *context, const struct fs_event *event,
                                      struct fs_error *err);
/* Events of a contact (of one process, when not NULL), oldest first. limit 0: all, else the
 * newest so many, still oldest first. */
enum fs_status fs_tx_events_of(struct fs_store_tx *tx, const char *contact, const char *process,
                               int64_t limit, fs_event_visit *visit, void *context,
                               struct fs_error *err);
/* The newest event of a kind in any log. FS_NOT_FOUND. */
enum fs_status fs_tx_event_last(struct fs_store_tx *tx, struct fs_arena *arena,
                                enum fs_event_kind kind, struct fs_event *out,
                                struct fs_error *err);

/* Small named values ("off", ...). FS_NOT_FOUND. value NULL deletes. */
/* Of the file: another number where another file was put in its place since; memory: 0. */
uint64_t fs_tx_file(const struct fs_store_tx *tx);
enum fs_status fs_tx_setting_get(struct fs_store_tx *tx, struct fs_arena *arena, const char *name,
                                 const char **out, struct fs_error *err);
enum fs_status fs_tx_setting_put(struct fs_store_tx *tx, const char *name, const char *value,
                                 struct fs_error *err);

/* Forgets touches with their aliases, and heard messages, older than these instants. */
enum fs_status fs_tx_prune(struct fs_store_tx *tx, int64_t touches_before_at,
                           int64_t heard_before_at, int64_t *out_rows, struct fs_error *err);

/* ---- the outbox: what the world is still to be told ----
 *
 * A row is one event of one type for one target. Rows of one target and lead (lead_id 0: all
 * that concern no lead) are told in the order of their ids: none is due before those in front
 * of it are gone or dead. A row is new until it is put aside, because it failed or stands
 * behind one that did; of a lead, what was put aside is in front of what is new, and due
 * together. Whoever delivers holds on to how far it has come with the new ones. */
/* The target of a process's notices is this and the name of the process; type is then
 * fs_notice_name(). */
#define FS_NOTICES_TARGET "notices:"
struct fs_outbox_row {
    int64_t id; /* ascending; set by the store */
    const char *target;
    const char *log; /* the event */
    int64_t seq;
    const char *type; /* fs_news_name() */
    int64_t lead_id;
    int64_t at;
    int64_t attempts; /* that failed */
    int64_t next_at;  /* 0: at once; of a new row, when what is in front of it is due */
    bool is_new;
    bool is_behind; /* of what fs_tx_outbox_new() gives: others were put aside in front of it */
    bool dead;      /* given up, kept for a person */
    const char *last_error; /* NULL: none */
    const char *recipient;  /* of a notice; NULL: a webhook's */
    const char *events;     /* further events of the same log: seqs parted by spaces; NULL: none.
                               Of a digest: all of them, those of a kind behind "KIND+REPEATS" */
    int64_t repeats;        /* of a notice: what was counted since the one before it */
    bool gathers;           /* a notice that waits for more of its kind: not due yet */
    const char *sender;     /* whose mail was flagged; NULL: another kind */
};
enum fs_status fs_tx_outbox_add(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                struct fs_error *err);
/* Delivered: the row goes. One that is gone: FS_OK. */
enum fs_status fs_tx_outbox_delivered(struct fs_store_tx *tx, int64_t id, struct fs_error *err);
/* A person gives it up; those behind it go on. FS_NOT_FOUND. */
enum fs_status fs_tx_outbox_drop(struct fs_store_tx *tx, int64_t id, struct fs_error *err);
/* limit rows of a target, whichever. */
enum fs_status fs_tx_outbox_drop_some(struct fs_store_tx *tx, const char *target, int64_t limit,
                                      int64_t *out_rows, struct fs_error *err);
/* An attempt failed: the row, and those behind it, wait until next_at; or it is dead, and
 * those behind it go on. A row that is gone: FS_OK. */
enum fs_status fs_tx_outbox_failed(struct fs_store_tx *tx, int64_t id, int64_t next_at, bool dead,
                                   const char *error, struct fs_error *err);
/* A new row waits as long as those that were put aside in front of it; when they are gone by
 * now, it is due at once. Other rows: FS_OK, and nothing changes. */
enum fs_status fs_tx_outbox_put_aside(struct fs_store_tx *tx, int64_t id, struct fs_error *err);
/* A person wants it tried now, with all its attempts before it, and what was put aside of the
 * same lead too. id 0: all that were put aside or are dead, not what gathers. *out_rows is how
 * many of them were named. FS_NOT_FOUND: no such row. */
enum fs_status fs_tx_outbox_retry(struct fs_store_tx *tx, int64_t id, int64_t *out_rows,
                                  struct fs_error *err);
typedef enum fs_status fs_outbox_visit(void *context, const struct fs_outbox_row *row,
                                       const struct fs_event *event, struct fs_error *err);
/* Rows with their events, in id order; event is as fs_tx_events_of() gives it. */
struct fs_outbox_filter {
    const char *target; /* NULL: any */
    int64_t id;         /* 0: any */
    int64_t after_id;
    bool dead_only;
    int64_t limit; /* 0: all */
};
enum fs_status fs_tx_outbox(struct fs_store_tx *tx, const struct fs_outbox_filter *filter,
                            fs_outbox_visit *visit, void *context, struct fs_error *err);
/* What was put aside and is due, of each lead in id order; limit of those that are due by now,
 * and of those that are only because the clock was set back. */
enum fs_status fs_tx_outbox_due(struct fs_store_tx *tx, const char *target, int64_t now,
                                int64_t limit, fs_outbox_visit *visit, void *context,
                                struct fs_error *err);
/* New rows behind after_id, in id order. */
enum fs_status fs_tx_outbox_new(struct fs_store_tx *tx, const char *target, int64_t after_id,
                                int64_t limit, fs_outbox_visit *visit, void *context,
                                struct fs_error *err);
/* The id of the youngest row of all, 0 when there is none. */
enum fs_status fs_tx_outbox_last(struct fs_store_tx *tx, int64_t *out_id, struct fs_error *err);
/* One event; its strings live in the arena. FS_NOT_FOUND. */
enum fs_status fs_tx_event_get(struct fs_store_tx *tx, struct fs_arena *arena, const char *log,
                               int64_t seq, struct fs_event *out, struct fs_error *err);

/* ---- notices ----
 *
 * A row of notices gathers: what is of the same target, recipient, type, sender and log joins
 * it, until it is due and closed. One that is closed is one mail, which stays as it is. */

/* The type of a row that holds all kinds of a recipient. */
#define FS_NOTICES_DIGEST "digest"
/* Joins the row that gathers, or begins one. It is due at row->next_at, and at most longest_s
 * after the row began. */
enum fs_status fs_tx_notice_add(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                int64_t longest_s, struct fs_error *err);
/* The same again: counted in the row that gathers, else for the lead's next notice. */
enum fs_status fs_tx_notice_repeat(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                   struct fs_error *err);
/* Whether fs_tx_notices_close() would close one; reads only. */
enum fs_status fs_tx_notices_due(struct fs_store_tx *tx, const char *target, int64_t now,
                                 bool as_digest, bool *out, struct fs_error *err);
/* Closes what is due. as_digest: all that is due for a recipient becomes one row, except what
 * has a sender. */
enum fs_status fs_tx_notices_close(struct fs_store_tx *tx, const char *target, int64_t now,
                                   bool as_digest, struct fs_error *err);
/* Whether a notice of row's type about its lead may go out to its recipient: none did in the
 * time before row->at. Then it is remembered as gone, and *out_repeats is how many were counted
 * since the one before it. */
enum fs_status fs_tx_notice_take(struct fs_store_tx *tx, const struct fs_outbox_row *row,
                                 int64_t within_s, bool *out_due, int64_t *out_repeats,
                                 struct fs_error *err);
/* Who of us wrote to a lead last. get: FS_NOT_FOUND. */
enum fs_status fs_tx_writer_put(struct fs_store_tx *tx, int64_t lead_id, const char *address,
                                struct fs_error *err);
enum fs_status fs_tx_writer_get(struct fs_store_tx *tx, struct fs_arena *arena, int64_t lead_id,
                                const char **out, struct fs_error *err);
struct fs_outbox_count {
    const char *target;
    int64_t waiting;
    int64_t dead;
    int64_t oldest_at; /* of those that wait and do not gather; 0: none does */
};
typedef enum fs_status fs_outbox_count_visit(void *context, const struct fs_outbox_count *count,
                                             struct fs_error *err);
enum fs_status fs_tx_outbox_counts(struct fs_store_tx *tx, fs_outbox_count_visit *visit,
                                   void *context, struct fs_error *err);

/* Visits every audit record, log by log, seq ascending, in short read transactions. */
typedef enum fs_status fs_audit_visit(void *context, const struct fs_audit_record *record,
                                      struct fs_error *err);
enum fs_status fs_store_audit_scan(struct fs_store *store, fs_audit_visit *visit, void *context,
                                   struct fs_error *err);

#endif
