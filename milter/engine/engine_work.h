/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_work.h - what the scripts of the engine share; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_WORK_H
#define FULLSTOP_ENGINE_WORK_H

#include <pthread.h>

#include "fullstop/engine.h"
#include "fullstop/store.h"

struct fs_engine {
    struct fs_store *store;
    struct fs_clock clock;
    pthread_mutex_t lock;           /* guards what follows */
    const struct fs_config *config; /* of works that bring none; a reference, or NULL */
};

/* The store's setting that is present while switched off. */
#define ENGINE_SETTING_OFF "off"

/* The contact never got it, and will not. */
static inline bool is_stopped(enum fs_disposition disposition)
{
    return disposition == FS_DISPOSITION_REFUSED || disposition == FS_DISPOSITION_DROPPED;
}

/* Nobody has to answer these. */
static inline bool is_uncounted(enum fs_verdict verdict)
{
    return verdict == FS_VERDICT_RESPONSE || verdict == FS_VERDICT_EXEMPT;
}

/* Everything a writing work touches lives in its own arena: when the wait for the commit
 * ends with FS_UNKNOWN, the caller's memory may be gone before the work is. */
struct work {
    struct fs_arena *arena;
    const struct fs_config *config; /* a reference, or NULL: nobody is told anything */
    int64_t now;
};

/* size_b: of the struct that begins with struct work. config NULL: the engine's. NULL: out of
 * memory. */
void *work_new(size_t size_b, struct fs_engine *engine, const struct fs_config *config);
void work_free(void *work);
/* Runs it; frees it unless the store keeps it (FS_UNKNOWN), so *kept says whether work may
 * still be read. On FS_OK it always may, and the caller frees it. */
enum fs_status work_run(struct fs_engine *engine, fs_store_work *run, void *work,
                        struct fs_error *err);

struct fs_facts work_copy_facts(struct fs_arena *arena, const struct fs_facts *facts, bool *ok);
const char *const *work_copy_strings(struct fs_arena *arena, const char *const *strings,
                                     size_t count, bool *ok);

/* The rules of a process by name; the defaults when the configuration lost it. */
struct fs_rules work_rules(const struct fs_config *config, const char *process);

/* What becomes of a refused touch. */
enum fs_disposition work_refusal(enum fs_mode mode);

/* A growing list of leads in an arena. */
struct lead_list {
    struct fs_arena *arena;
    struct fs_lead_row *rows;
    size_t count;
    size_t size;
};
enum fs_status lead_list_add(void *list, const struct fs_lead_row *row, struct fs_error *err);
bool lead_list_has(const struct lead_list *list, int64_t id);
/* Adds all leads of a contact, or of an account, that are not in it. */
enum fs_status lead_list_add_contact(struct fs_store_tx *tx, struct lead_list *list,
                                     const char *contact, struct fs_error *err);
enum fs_status lead_list_add_account(struct fs_store_tx *tx, struct lead_list *list,
                                     const char *account, struct fs_error *err);

/* Whether one of these (NULL: no address) objected. */
enum fs_status limit_has_suppressed(struct fs_store_tx *tx, const char *const *contacts,
                                    size_t count, bool *out, struct fs_error *err);
/* How far contact_limit is used up for a contact. */
enum fs_status limit_read(struct fs_store_tx *tx, const struct fs_config *config,
                          const char *contact, int64_t now, struct fs_contact_limit *out,
                          struct fs_error *err);
/* What the limit leaves of what the lead alone would allow. */
void limit_outlook(const struct fs_contact_limit *limit, struct fs_lead_outlook *outlook);

/* Fills process, contact, lead_id, state, counts of an event from a lead. */
void event_from_lead(struct fs_event *event, const struct fs_lead_row *row, enum fs_state from);
/* Writes an event, and to the outbox for each webhook of config that wants to be told. */
enum fs_status write_event(struct fs_store_tx *tx, const struct fs_config *config,
                           struct fs_event *event, struct fs_error *err);
/* Writes an event for each change that time brought. */
enum fs_status write_time(struct fs_store_tx *tx, const struct fs_config *config,
                          const struct fs_lead_row *row, const struct fs_lead_change *changes,
                          size_t count, struct fs_error *err);
/* ---- silence.c: the deaf guard ---- */

/* All zero when nothing is kept. */
enum fs_status silence_read(struct fs_store_tx *tx, struct fs_arena *arena, const char *process,
                            struct fs_silence *out, struct fs_error *err);
bool silence_is_deaf(const struct fs_silence *silence, int64_t now);
/* Before a decision: marks the begin of deafness, with its event; true in *out_begins. */
enum fs_status silence_check(struct fs_store_tx *tx, const struct work *work, const char *process,
                             struct fs_silence *silence, bool *out_begins, struct fs_error *err);
/* After it: so many touches of the process left. */
enum fs_status silence_count(struct fs_store_tx *tx, const char *process, int64_t touches,
                             int64_t now, struct fs_silence *silence, struct fs_error *err);
/* An incoming message matched a lead of the process. *out_ends: it was deaf. */
enum fs_status silence_end(struct fs_store_tx *tx, const struct work *work, const char *process,
                           bool *out_ends, struct fs_error *err);

/* ---- released.c: what was held and left all the same ---- */

/* Who says that a held message left. */
struct release_mark {
    const struct fs_config *config;
    enum fs_decider by;
    const char *actor; /* NULL: nobody */
    int64_t actor_uid;
    const char *note;
    int64_t at;
};
/* Held because it was refused, and not counted as overrun yet. */
bool release_is_due(const struct fs_touch_row *touch);
/* Counts it, once: writes lead, event and touch, and alters row and touch. */
enum fs_status release_count(struct fs_store_tx *tx, const struct release_mark *mark,
                             struct fs_lead_row *row, struct fs_touch_row *touch,
                             struct fs_event *event, struct fs_error *err);

/* "log-seq" in the arena; NULL: out of memory. */
const char *event_id(struct fs_arena *arena, const struct fs_event *event);

enum fs_status no_memory(struct fs_error *err);

#endif
