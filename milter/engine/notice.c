/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - what salespeople are told by mail, written in the decision's transaction.
 *
 * Decides: who is told (only ever one of ours), that of one lead and kind each of them gets one
 * notice a day, while who was left out of a message is always told, and how long a notice waits for
 * more of its kind. Must not know the words, nor how a notice is sent.
 */
#include "engine_notice.h"

#include <inttypes.h>
#include <stdio.h>

/* Seqs of the recipients of one message, 20 digits each. */
#define LIST_MAX_B (FS_RECIPIENTS_MAX * 21u)
/* No house is closed for longer; a list of holidays that says so is not believed. */
#define DAYS_OFF_MAX ((int64_t)400)

const char *notice_recipient(const struct fs_config *config, const struct fs_process *process,
                             const struct fs_facts *facts)
{
    if (process->notices.kinds == 0)
        return NULL;
    if (process->notices.to[0] != '\0')
        return process->notices.to;
    if (facts->from != NULL && fs_config_is_ours(config, facts->from))
        return facts->from;
    bool is_ours = facts->sender != NULL && facts->sender[0] != '\0' &&
                   fs_config_is_ours(config, facts->sender);
    return is_ours ? facts->sender : NULL;
}

bool notice_is_wanted(const struct fs_process *process, enum fs_notice kind)
{
    return (process->notices.kinds & 1u << kind) != 0;
}

int64_t notice_digest_at(const struct fs_config *config, const struct fs_notices *notices,
                         int64_t now)
{
    int64_t day = fs_date_to_days(fs_date_local(now));
    for (int i = 0; i < DAYS_OFF_MAX; i++, day++) {
        struct fs_date date = fs_date_from_days(day);
        int64_t at = fs_date_local_minute(date, notices->digest_minute);
        if (at > now && !fs_config_is_day_off(config, date))
            return at;
    }
    return now;
}

/* Where a notice goes, and what is told of there. */
struct place {
    const struct fs_config *config;
    const struct fs_process *process;
    enum fs_notice kind;
    const char *to;
    char target[sizeof(FS_NOTICES_TARGET) + FS_PROCESS_NAME_MAX_B];
};

static struct place place_of(const struct fs_config *config, const struct fs_process *process,
                             enum fs_notice kind, const char *to)
{
    struct place place = {.config = config, .process = process, .kind = kind, .to = to};
    (void)snprintf(place.target, sizeof(place.target), FS_NOTICES_TARGET "%s", process->name);
    return place;
}

/* Flagged mail is told as it comes: who looks at it may want to stop it. */
static bool is_in_digest(const struct place *place)
{
    return place->process->notices.digest_minute >= 0 && place->kind != FS_NOTICE_FLAGGED;
}

static void fill(const struct place *place, struct fs_outbox_row *row)
{
    const struct fs_notices *notices = &place->process->notices;
    row->target = place->target;
    row->type = fs_notice_name(place->kind);
    row->recipient = place->to;
    row->next_at = is_in_digest(place) ? notice_digest_at(place->config, notices, row->at)
                                       : row->at + notices->gather_s;
}

static enum fs_status queue(struct fs_store_tx *tx, const struct place *place,
                            struct fs_outbox_row *row, struct fs_error *err)
{
    fill(place, row);
    int64_t longest_s = is_in_digest(place)
                            ? DAYS_OFF_MAX * NOTICE_EVERY_S
                            : NOTICE_GATHER_TIMES * place->process->notices.gather_s;
    return fs_tx_notice_add(tx, row, longest_s, err);
}

/* A digest lists each, so that it can say how often; its reader counts. */
static enum fs_status tell(struct fs_store_tx *tx, const struct place *place,
                           const struct fs_event *event, struct fs_error *err)
{
    bool is_due = true;
    struct fs_outbox_row row = {
        .log = event->log, .seq = event->seq, .lead_id = event->lead_id, .at = event->at};
    enum fs_status status = FS_OK;
    fill(place, &row);
    if (event->lead_id != 0 && !is_in_digest(place))
        status = fs_tx_notice_take(tx, &row, NOTICE_EVERY_S, &is_due, &row.repeats, err);
    if (status != FS_OK || is_due)
        return status == FS_OK ? queue(tx, place, &row, err) : status;
    return fs_tx_notice_repeat(tx, &row, err);
}

/* NULL in *out: nobody is known. */
static enum fs_status find_writer(struct fs_store_tx *tx, struct fs_arena *arena,
                                  const struct fs_config *config, const struct fs_process *process,
                                  int64_t lead_id, const char **out, struct fs_error *err)
{
    *out = process->notices.to[0] != '\0' ? process->notices.to : NULL;
    if (*out != NULL || lead_id == 0)
        return FS_OK;
    enum fs_status status = fs_tx_writer_get(tx, arena, lead_id, out, err);
    if (status == FS_OK && !fs_config_is_ours(config, *out))
        *out = NULL;
    return status == FS_NOT_FOUND ? FS_OK : status;
}

enum fs_status notice_event(struct fs_store_tx *tx, const struct fs_config *config,
                            const struct fs_event *event, const char *to, struct fs_error *err)
{
    const struct fs_process *process =
        event->process != NULL ? fs_config_process_named(config, event->process) : NULL;
    unsigned kinds = process != NULL ? process->notices.kinds & fs_event_notices(event) : 0;
    kinds &= ~(1u << FS_NOTICE_DROPPED | 1u << FS_NOTICE_FLAGGED);
    if (kinds == 0)
        return FS_OK;
    struct fs_arena *arena = fs_arena_new(0);
    if (arena == NULL)
        return no_memory(err);
    enum fs_status status = FS_OK;
    if (to == NULL)
        status = find_writer(tx, arena, config, process, event->lead_id, &to, err);
    for (unsigned kind = 0; kind < FS_NOTICE_COUNT && to != NULL && status == FS_OK; kind++) {
        struct place place = place_of(config, process, (enum fs_notice)kind, to);
        if ((kinds & 1u << kind) != 0)
            status = tell(tx, &place, event, err);
    }
    fs_arena_free(arena);
    return status;
}

enum fs_status notice_flagged(struct fs_store_tx *tx, const struct fs_config *config,
                              const struct fs_process *process, const struct fs_event *event,
                              const char *from, struct fs_error *err)
{
    bool is_flagged = (fs_event_notices(event) & 1u << FS_NOTICE_FLAGGED) != 0;
    if (process->flag_copy_to[0] == '\0' || !is_flagged)
        return FS_OK;
    struct place place = place_of(config, process, FS_NOTICE_FLAGGED, process->flag_copy_to);
    struct fs_outbox_row row = {.log = event->log,
                                .seq = event->seq,
                                .lead_id = event->lead_id,
                                .at = event->at,
                                .sender = from != NULL ? from : ""};
    return queue(tx, &place, &row, err);
}

enum fs_status notice_writer(struct fs_store_tx *tx, const struct fs_process *process,
                             int64_t lead_id, const char *to, struct fs_error *err)
{
    unsigned later = 1u << FS_NOTICE_REPLIED | 1u << FS_NOTICE_BACK | 1u << FS_NOTICE_REVIEW;
    if (to == NULL || lead_id == 0 || (process->notices.kinds & later) == 0)
        return FS_OK;
    return fs_tx_writer_put(tx, lead_id, to, err);
}

void notice_list_init(struct notice_list *list)
{
    *list = (struct notice_list){.log = NULL};
    fs_buf_init(&list->more, LIST_MAX_B);
}

void notice_list_clear(struct notice_list *list)
{
    fs_buf_clear(&list->more);
}

enum fs_status notice_list_add(struct notice_list *list, const char *log, int64_t seq,
                               int64_t lead_id, struct fs_error *err)
{
    if (list->log == NULL) {
        list->log = log;
        list->first_seq = seq;
        list->lead_id = lead_id;
        return FS_OK;
    }
    enum fs_status status = fs_buf_printf(&list->more, "%" PRId64 " ", seq);
    return status == FS_OK ? FS_OK : fs_error_set(err, status, "too many were left out");
}

enum fs_status notice_dropped(struct fs_store_tx *tx, const struct fs_config *config,
                              const struct fs_process *process, const struct notice_list *list,
                              const char *to, int64_t now, struct fs_error *err)
{
    if (list->log == NULL)
        return FS_OK;
    struct fs_outbox_row row = {.log = list->log,
                                .seq = list->first_seq,
                                .lead_id = list->lead_id,
                                .at = now,
                                .events = list->more.data};
    struct place place = place_of(config, process, FS_NOTICE_DROPPED, to);
    return queue(tx, &place, &row, err);
}
