/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * match.c - which leads an incoming message concerns.
 *
 * Tiers: the thread (ids it answers among our Message-IDs, the youngest first), then the
 * author's addresses; reports are match_report.c's. Decides also whether it is a message of
 * ours that came back. Must not know what the message does to a lead.
 */
#include <string.h>

#include "engine_match.h"
#include "fullstop/address.h"

bool match_equal(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

bool match_has_left(const struct fs_touch_row *touch)
{
    return touch->lead_id != 0 && !is_stopped(touch->disposition);
}

struct fs_touch_row *match_touch_of(struct inbound_work *work, int64_t lead_id)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        if (work->touches.rows[i].lead_id == lead_id && match_has_left(&work->touches.rows[i]))
            return &work->touches.rows[i];
    }
    return NULL;
}

const char *match_tier_of(const struct inbound_work *work, size_t target)
{
    if (target < work->tier_count)
        return work->tier;
    return target < work->author_count ? "address" : "account";
}

/* ---- touches ---- */

enum fs_status match_add_touch(void *context, const struct fs_touch_row *row, struct fs_error *err)
{
    struct inbound_work *work = context;
    struct touch_list *list = &work->touches;
    struct fs_arena *arena = work->work.arena;
    if (list->count == MATCH_TOUCHES_MAX)
        return FS_OK;
    struct fs_touch_row *rows =
        fs_arena_grow(arena, list->rows, list->count, &list->size, sizeof(*rows));
    if (rows == NULL)
        return no_memory(err);
    list->rows = rows;
    struct fs_touch_row *added = &list->rows[list->count++];
    *added = *row;
    added->process = fs_arena_strdup(arena, row->process);
    added->contact = fs_arena_strdup(arena, row->contact);
    added->sender = fs_arena_strdup(arena, row->sender);
    added->key = fs_arena_strdup(arena, row->key);
    added->message_id = fs_arena_strdup(arena, row->message_id);
    bool ok = added->process != NULL && added->contact != NULL && added->sender != NULL &&
              added->key != NULL && (row->message_id == NULL || added->message_id != NULL);
    return ok ? FS_OK : no_memory(err);
}

enum fs_status match_add_touches(struct fs_store_tx *tx, struct inbound_work *work, const char *id,
                                 struct fs_error *err)
{
    size_t before = work->touches.count;
    if (id == NULL)
        return FS_OK;
    enum fs_status status = fs_tx_touches_by_message_id(tx, id, match_add_touch, work, err);
    if (status == FS_OK && work->touches.count == before && work->unknown_id == NULL)
        work->unknown_id = id;
    return status;
}

/* An id that is written a hundred times is looked up once. */
static bool is_repeated(const struct fs_facts *facts, size_t index)
{
    const char *id = facts->references[index];
    for (size_t i = index + 1; i < facts->reference_count; i++) {
        if (strcmp(facts->references[i], id) == 0)
            return true;
    }
    return match_equal(facts->in_reply_to, id);
}

/* The youngest first: In-Reply-To, then References from its end. */
static enum fs_status add_thread_touches(struct fs_store_tx *tx, struct inbound_work *work,
                                         struct fs_error *err)
{
    const struct fs_facts *facts = &work->facts;
    enum fs_status status = match_add_touches(tx, work, facts->in_reply_to, err);
    for (size_t i = facts->reference_count; i > 0 && status == FS_OK; i--) {
        if (!is_repeated(facts, i - 1))
            status = match_add_touches(tx, work, facts->references[i - 1], err);
    }
    return status;
}

/* ---- the thread ---- */

static bool is_author(const struct inbound_work *work, const char *contact)
{
    return match_equal(work->facts.from, contact) ||
           match_equal(work->facts.original_from, contact) ||
           match_equal(work->facts.reply_to, contact) || match_equal(work->facts.sender, contact);
}

static bool is_of_account(const struct inbound_work *work, const char *contact)
{
    const char *account = fs_address_account(work->work.arena, contact);
    return work->account[0] != '\0' && match_equal(account, work->account);
}

/* One mail to several contacts is one thread with several leads: an answer is its author's,
 * else its account's, else everybody's. */
enum rank { RANK_AUTHOR, RANK_ACCOUNT, RANK_EVERYBODY };

static bool belongs(const struct inbound_work *work, const struct fs_touch_row *touch,
                    enum rank rank)
{
    if (!match_has_left(touch))
        return false;
    switch (rank) {
    case RANK_AUTHOR:
        return is_author(work, touch->contact);
    case RANK_ACCOUNT:
        return is_of_account(work, touch->contact);
    case RANK_EVERYBODY:
        break;
    }
    return true;
}

static enum fs_status add_lead(struct fs_store_tx *tx, struct inbound_work *work, int64_t id,
                               struct fs_error *err)
{
    if (lead_list_has(&work->targets, id))
        return FS_OK;
    struct fs_lead_row row;
    enum fs_status status = fs_tx_lead_get(tx, work->work.arena, id, &row, err);
    if (status == FS_NOT_FOUND)
        return FS_OK;
    return status == FS_OK ? lead_list_add(&work->targets, &row, err) : status;
}

/* Absences, opt-outs, unclear ones too, and that somebody has left, hit all leads of the
 * contact, whatever led to it. */
static bool hits_all_leads(const struct inbound_work *work)
{
    return work->what == FS_ON_ABSENCE || work->what == FS_ON_OPT_OUT ||
           (work->what == FS_ON_DOUBT &&
            (work->facts.has_left || work->facts.opt_out == FS_ANSWER_UNCLEAR));
}

static bool is_same_message(const struct fs_touch_row *a, const struct fs_touch_row *b)
{
    return a->id == b->id || match_equal(a->message_id, b->message_id);
}

/* Adds the leads of the youngest message in the thread that has some of this rank. */
static enum fs_status add_rank(struct fs_store_tx *tx, struct inbound_work *work, enum rank rank,
                               struct fs_error *err)
{
    const struct fs_touch_row *youngest = NULL;
    for (size_t i = 0; i < work->touches.count; i++) {
        const struct fs_touch_row *touch = &work->touches.rows[i];
        if (youngest != NULL && !is_same_message(youngest, touch))
            continue;
        if (!belongs(work, touch, rank))
            continue;
        enum fs_status status = hits_all_leads(work)
                                    ? lead_list_add_contact(tx, &work->targets, touch->contact, err)
                                    : add_lead(tx, work, touch->lead_id, err);
        if (status != FS_OK)
            return status;
        if (work->targets.count > 0 && youngest == NULL)
            youngest = touch;
    }
    return FS_OK;
}

static enum fs_status add_addresses(struct fs_store_tx *tx, struct inbound_work *work,
                                    struct fs_error *err)
{
    const struct fs_facts *facts = &work->facts;
    const char *const addresses[] = {facts->from, facts->original_from, facts->reply_to,
                                     facts->sender};
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        if (addresses[i] == NULL || addresses[i][0] == '\0')
            continue;
        enum fs_status status = lead_list_add_contact(tx, &work->targets, addresses[i], err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

/* Who answers in another contact's thread has answered for themselves as well. */
static enum fs_status match_mail(struct fs_store_tx *tx, struct inbound_work *work,
                                 struct fs_error *err)
{
    enum rank rank = RANK_AUTHOR;
    enum fs_status status = add_thread_touches(tx, work, err);
    if (status == FS_OK)
        status = add_rank(tx, work, rank, err);
    while (status == FS_OK && work->targets.count == 0 && rank != RANK_EVERYBODY)
        status = add_rank(tx, work, ++rank, err);
    if (status != FS_OK)
        return status;
    work->tier = "thread";
    work->tier_count = work->targets.count;
    if (work->targets.count > 0 && rank == RANK_AUTHOR && !hits_all_leads(work))
        return FS_OK;
    status = add_addresses(tx, work, err);
    return status == FS_OK ? learn_from_mail(tx, work, err) : status;
}

/* ---- our own mail ---- */

static enum fs_status is_ours(void *context, const struct fs_touch_row *row, struct fs_error *err)
{
    (void)err;
    struct inbound_work *work = context;
    /* an alias is no proof: the writer's program may have made that id */
    if (match_equal(row->message_id, work->facts.message_id))
        work->own_mail = true;
    return FS_OK;
}

/* A loop, a copy from a list, a journal. A note whose program took our id over is a note. */
static enum fs_status find_own(struct fs_store_tx *tx, struct inbound_work *work,
                               struct fs_error *err)
{
    bool is_note =
        work->facts.class == FS_CLASS_OUT_OF_OFFICE || work->facts.class == FS_CLASS_AUTO_REPLY;
    if (work->facts.message_id == NULL || is_note)
        return FS_OK;
    return fs_tx_touches_by_message_id(tx, work->facts.message_id, is_ours, work, err);
}

enum fs_status match_leads(struct fs_store_tx *tx, struct inbound_work *work, struct fs_error *err)
{
    enum fs_status status = FS_OK;
    if (match_is_report(work->facts.class)) {
        status = match_report(tx, work, err);
        work->tier_count = work->targets.count;
        /* a receipt is from the contact's own program, so the author counts as well */
        if (status == FS_OK && work->targets.count == 0 && work->facts.class == FS_CLASS_RECEIPT)
            status = add_addresses(tx, work, err);
    } else {
        status = find_own(tx, work, err);
        if (status == FS_OK && !work->own_mail)
            status = match_mail(tx, work, err);
    }
    work->author_count = work->targets.count;
    return status;
}
