/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_work.h - what the scripts of the engine share; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_WORK_H
#define FULLSTOP_ENGINE_WORK_H

#include "fullstop/engine.h"
#include "fullstop/store.h"

struct fs_engine {
    struct fs_store *store;
    struct fs_clock clock;
};

/* The store's setting that is present while switched off. */
#define ENGINE_SETTING_OFF "off"

/* Everything a writing work touches lives in its own arena: when the wait for the commit
 * ends with FS_UNKNOWN, the caller's memory may be gone before the work is. */
struct work {
    struct fs_arena *arena;
    const struct fs_config *config; /* a reference, or NULL */
    int64_t now;
};

/* size_b: of the struct that begins with struct work. NULL: out of memory. */
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

/* How far contact_limit is used up for a contact. */
enum fs_status limit_read(struct fs_store_tx *tx, const struct fs_config *config,
                          const char *contact, int64_t now, struct fs_contact_limit *out,
                          struct fs_error *err);
/* What the limit leaves of what the lead alone would allow. */
void limit_outlook(const struct fs_contact_limit *limit, struct fs_lead_outlook *outlook);

/* Fills process, contact, lead_id, state, counts of an event from a lead. */
void event_from_lead(struct fs_event *event, const struct fs_lead_row *row, enum fs_state from);
/* Writes an event for each change that time brought. */
enum fs_status write_time(struct fs_store_tx *tx, const struct fs_lead_row *row,
                          const struct fs_lead_change *changes, size_t count, struct fs_error *err);
/* "log-seq" in the arena; NULL: out of memory. */
const char *event_id(struct fs_arena *arena, const struct fs_event *event);

enum fs_status no_memory(struct fs_error *err);

#endif
