/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fetch_room.h - what the files of the fetch share; private to the room.
 */
#ifndef FULLSTOP_FETCH_ROOM_H
#define FULLSTOP_FETCH_ROOM_H

#include "fullstop/fetch.h"
#include "fullstop/store.h"
#include "fullstop/text.h"
#include "outbox_room.h"

/* ---- fetch_state.c ---- */

/* What the store knows of a source; all zero where it knows nothing, or of another URL. */
enum fs_status fetch_state_load(struct fs_store *store, const struct fs_crm_source *source,
                                struct fs_fetch_state *out, struct fs_error *err);
enum fs_status fetch_state_save(struct fs_store *store, const struct fs_crm_source *source,
                                const struct fs_fetch_state *state, struct fs_error *err);

/* ---- pull.c: one GET and what its answer means ---- */

struct pull;
/* Ready to be sent; etag and modified may be "". NULL: out of memory. */
struct pull *pull_new(const struct fs_crm_source *source, const char *etag, const char *modified);
void pull_free(struct pull *pull, bool in_haste);
void *pull_handle(struct pull *pull); /* libcurl's */

enum pull_outcome {
    PULL_FILE,
    PULL_UNCHANGED, /* 304 */
    PULL_FAILED,
};
struct pulled {
    enum pull_outcome outcome;
    const struct fs_buf *file; /* the pull's */
    const char *content_type;  /* "" none; libcurl's, until the next transfer */
    char etag[FS_FETCH_ETAG_SIZE_B];
    char modified[FS_FETCH_DATE_SIZE_B];
    int64_t retry_after_s;
    char fault[OUTBOX_FAULT_SIZE_B]; /* holds no URL and nothing of the answer */
};
/* code is libcurl's of the transfer. */
void pull_judge(struct pull *pull, int code, int64_t now, struct pulled *out);

/* ---- source.c: the thread of a source ---- */

struct source;
/* Takes a reference of config, which source belongs to. NULL: no thread can be started. */
struct source *source_start(const struct fs_fetch_setup *setup, const struct fs_config *config,
                            const struct fs_crm_source *source);
/* Whether it goes on as it is under another configuration. */
bool source_is(const struct source *source, const struct fs_crm_source *other);
void source_tell_to_stop(struct source *source);
void source_join(struct source *source); /* frees it */

#endif
