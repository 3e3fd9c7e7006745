/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * match.c - which leads an incoming message concerns.
 *
 * Tiers: the thread (ids it answers among our Message-IDs), then the author's addresses;
 * for reports the ids of the returned mail, then its recipient. Decides nothing else.
 */
#include <string.h>

#include "engine_match.h"
#include "fullstop/address.h"

struct fs_touch_row *match_touch_of(struct inbound_work *work, int64_t lead_id)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        if (work->touches.rows[i].lead_id == lead_id &&
            work->touches.rows[i].disposition != FS_DISPOSITION_REFUSED)
            return &work->touches.rows[i];
    }
    return NULL;
}

static enum fs_status add_touch(void *context, const struct fs_touch_row *row, struct fs_error *err)
{
    struct inbound_work *work = context;
    struct touch_list *list = &work->touches;
    struct fs_arena *arena = work->work.arena;
    if (list->count == list->size) {
        size_t size = list->size == 0 ? 8 : list->size * 2;
        struct fs_touch_row *rows = fs_arena_alloc(arena, size, sizeof(*rows));
        if (rows == NULL)
            return no_memory(err);
        if (list->count > 0)
            memcpy(rows, list->rows, list->count * sizeof(*rows));
        list->rows = rows;
        list->size = size;
    }
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

static enum fs_status add_touches(struct fs_store_tx *tx, struct inbound_work *work,
                                  const char *const *ids, size_t count, struct fs_error *err)
{
    for (size_t i = 0; i < count; i++) {
        enum fs_status status = fs_tx_touches_by_message_id(tx, ids[i], add_touch, work, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

static bool equal(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool is_author(const struct inbound_work *work, const char *contact)
{
    return equal(work->facts.from, contact) || equal(work->facts.reply_to, contact) ||
           equal(work->facts.sender, contact);
}

static bool is_of_account(const struct inbound_work *work, const char *contact)
{
    const char *account = fs_address_account(work->work.arena, contact);
    return work->account[0] != '\0' && equal(account, work->account);
}

/* One mail to several contacts is one thread with several leads: an answer is its author's,
 * else its account's, else everybody's. */
static bool belongs(const struct inbound_work *work, const struct fs_touch_row *touch, int rank)
{
    if (touch->lead_id == 0 || touch->disposition == FS_DISPOSITION_REFUSED)
        return false;
    if (rank == 0)
        return is_author(work, touch->contact);
    return rank == 1 ? is_of_account(work, touch->contact) : true;
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

/* An absence and an opt-out hit all leads of the contact, whatever led to it. */
static bool hits_all_leads(enum fs_happening what)
{
    return what == FS_ON_ABSENCE || what == FS_ON_OPT_OUT || what == FS_ON_COMPLAINT ||
           what == FS_ON_BOUNCE;
}

static enum fs_status add_thread(struct fs_store_tx *tx, struct inbound_work *work,
                                 struct fs_error *err)
{
    for (int rank = 0; rank <= 2 && work->targets.count == 0; rank++) {
        for (size_t i = 0; i < work->touches.count; i++) {
            const struct fs_touch_row *touch = &work->touches.rows[i];
            if (!belongs(work, touch, rank))
                continue;
            enum fs_status status =
                hits_all_leads(work->what)
                    ? lead_list_add_contact(tx, &work->targets, touch->contact, err)
                    : add_lead(tx, work, touch->lead_id, err);
            if (status != FS_OK)
                return status;
        }
    }
    return FS_OK;
}

static enum fs_status add_addresses(struct fs_store_tx *tx, struct inbound_work *work,
                                    struct fs_error *err)
{
    const char *const addresses[] = {work->facts.from, work->facts.reply_to, work->facts.sender};
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        if (addresses[i] == NULL || addresses[i][0] == '\0')
            continue;
        enum fs_status status = lead_list_add_contact(tx, &work->targets, addresses[i], err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

static enum fs_status match_mail(struct fs_store_tx *tx, struct inbound_work *work,
                                 struct fs_error *err)
{
    const char *const first[] = {work->facts.in_reply_to};
    enum fs_status status =
        add_touches(tx, work, first, work->facts.in_reply_to != NULL ? 1 : 0, err);
    if (status == FS_OK)
        status = add_touches(tx, work, work->facts.references, work->facts.reference_count, err);
    if (status == FS_OK)
        status = add_thread(tx, work, err);
    if (status != FS_OK)
        return status;
    work->match = work->targets.count > 0 ? "thread" : "address";
    return work->targets.count > 0 && !hits_all_leads(work->what) ? FS_OK
                                                                  : add_addresses(tx, work, err);
}

/* ---- reports about mail of ours ---- */

static void keep_touches_of(struct inbound_work *work, const char *contact)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->touches.count; i++) {
        if (equal(work->touches.rows[i].contact, contact))
            work->touches.rows[kept++] = work->touches.rows[i];
    }
    if (kept > 0)
        work->touches.count = kept;
}

/* What was refused here never left: a report about it comes from our own MTA and says
 * nothing of the contact. */
static bool all_refused(const struct inbound_work *work)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        if (work->touches.rows[i].disposition != FS_DISPOSITION_REFUSED)
            return false;
    }
    return work->touches.count > 0;
}

static enum fs_status match_report(struct fs_store_tx *tx, struct inbound_work *work,
                                   struct fs_error *err)
{
    enum fs_status status =
        add_touches(tx, work, work->facts.returned_ids, work->facts.returned_id_count, err);
    if (status != FS_OK || all_refused(work))
        return status;
    work->match = "returned-id";
    if (work->touches.count == 0 && work->facts.original_recipient != NULL) {
        work->match = "recipient";
        status = fs_tx_touches_of(tx, work->facts.original_recipient,
                                  work->work.now - FS_BOUNCE_TOUCH_KEPT_S, add_touch, work, err);
    } else if (work->facts.original_recipient != NULL) {
        keep_touches_of(work, work->facts.original_recipient);
    }
    for (size_t i = 0; status == FS_OK && i < work->touches.count; i++) {
        if (work->touches.rows[i].disposition != FS_DISPOSITION_REFUSED)
            status = lead_list_add_contact(tx, &work->targets, work->touches.rows[i].contact, err);
    }
    return status;
}

enum fs_status match_leads(struct fs_store_tx *tx, struct inbound_work *work, struct fs_error *err)
{
    switch (work->facts.class) {
    case FS_CLASS_BOUNCE:
    case FS_CLASS_DELAYED:
    case FS_CLASS_COMPLAINT:
    case FS_CLASS_RECEIPT:
        return match_report(tx, work, err);
    case FS_CLASS_HUMAN:
    case FS_CLASS_CALENDAR:
    case FS_CLASS_OUT_OF_OFFICE:
    case FS_CLASS_AUTO_REPLY:
    case FS_CLASS_CHALLENGE:
    case FS_CLASS_BULK:
    case FS_CLASS_UNKNOWN:
        break;
    }
    return match_mail(tx, work, err);
}
