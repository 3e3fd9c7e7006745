/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_notice.h - what salespeople are told by mail; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_NOTICE_H
#define FULLSTOP_ENGINE_NOTICE_H

#include "engine_work.h"
#include "fullstop/text.h"

/* One notice of a kind about a lead within this time; more are counted in the next. */
#define NOTICE_EVERY_S 86400
/* A notice gathers so many times notices { gather } at most. */
#define NOTICE_GATHER_TIMES 10

/* Who is told about a message: one of ours, borrowed. NULL: nobody. */
const char *notice_recipient(const struct fs_config *config, const struct fs_process *process,
                             const struct fs_facts *facts);
bool notice_is_wanted(const struct fs_process *process, enum fs_notice kind);
/* When the next digest goes out: at its minute of a working day, after now. */
int64_t notice_digest_at(const struct fs_config *config, const struct fs_notices *notices,
                         int64_t now);
/* About one event. to NULL: whoever wrote to the lead last. Not for kinds dropped, flagged. */
enum fs_status notice_event(struct fs_store_tx *tx, const struct fs_config *config,
                            const struct fs_event *event, const char *to, struct fs_error *err);
/* About mail of from (NULL: unknown) that was flagged, to flag { copy_to }. */
enum fs_status notice_flagged(struct fs_store_tx *tx, const struct fs_config *config,
                              const struct fs_process *process, const struct fs_event *event,
                              const char *from, struct fs_error *err);
/* Remembers who wrote to a lead, for news that come later. */
enum fs_status notice_writer(struct fs_store_tx *tx, const struct fs_process *process,
                             int64_t lead_id, const char *to, struct fs_error *err);

/* The contacts that were left out of one message: one notice, always. */
struct notice_list {
    const char *log;    /* NULL: nobody was */
    int64_t first_seq;  /* of the events */
    int64_t lead_id;    /* of the first */
    struct fs_buf more; /* the seqs behind it */
};
void notice_list_init(struct notice_list *list);
void notice_list_clear(struct notice_list *list);
enum fs_status notice_list_add(struct notice_list *list, const char *log, int64_t seq,
                               int64_t lead_id, struct fs_error *err);
enum fs_status notice_dropped(struct fs_store_tx *tx, const struct fs_config *config,
                              const struct fs_process *process, const struct notice_list *list,
                              const char *to, int64_t now, struct fs_error *err);

#endif
