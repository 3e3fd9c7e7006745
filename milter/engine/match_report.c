/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * match_report.c - which leads a report about mail of ours concerns.
 *
 * Tiers: the ids of the mail that is returned, then the ids that it answers, then the recipient
 * named, who must have had a touch a short while ago. Decides whose a report about a mail to
 * several contacts is. Must not know what a report does to a lead.
 */
#include "engine_match.h"
#include "fullstop/address.h"

static bool is_same_account(struct fs_arena *arena, const char *a, const char *b)
{
    return match_equal(fs_address_account(arena, a), fs_address_account(arena, b));
}

/* The only contact among the touches that left, or the only one of the recipient's account,
 * when that is given; NULL: none, or more than one. */
static const char *only_contact(const struct inbound_work *work, const char *recipient)
{
    const char *only = NULL;
    for (size_t i = 0; i < work->touches.count; i++) {
        const struct fs_touch_row *touch = &work->touches.rows[i];
        if (!match_has_left(touch) || match_equal(only, touch->contact) ||
            (recipient != NULL && !is_same_account(work->work.arena, recipient, touch->contact)))
            continue;
        if (only != NULL)
            return NULL;
        only = touch->contact;
    }
    return only;
}

static bool has_contact(const struct inbound_work *work, const char *contact)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        if (match_equal(work->touches.rows[i].contact, contact))
            return true;
    }
    return false;
}

static void keep_touches_of(struct inbound_work *work, const char *contact)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->touches.count; i++) {
        if (match_equal(work->touches.rows[i].contact, contact))
            work->touches.rows[kept++] = work->touches.rows[i];
    }
    work->touches.count = kept;
}

/* Whose report is it, of all who got the mail that is returned? The recipient's; where it
 * names another address (an alias, a forward) the id is believed if it leaves one contact.
 * Else a failure is recorded and does nothing: it would end leads that are alive. */
static void find_subject(struct inbound_work *work)
{
    const char *recipient = work->facts.original_recipient;
    if (recipient != NULL && has_contact(work, recipient)) {
        keep_touches_of(work, recipient);
        return;
    }
    const char *contact = only_contact(work, NULL);
    if (contact == NULL && recipient != NULL)
        contact = only_contact(work, recipient);
    if (contact != NULL)
        keep_touches_of(work, contact);
    else if (work->what == FS_ON_BOUNCE)
        work->what = FS_ON_NOTICE;
}

/* What was refused here never left: a report about it comes from our own MTA and says
 * nothing of the contact. */
static bool all_refused(const struct inbound_work *work)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        if (!is_stopped(work->touches.rows[i].disposition))
            return false;
    }
    return work->touches.count > 0;
}

static enum fs_status add_returned(struct fs_store_tx *tx, struct inbound_work *work,
                                   struct fs_error *err)
{
    enum fs_status status = FS_OK;
    work->tier = "returned-id";
    for (size_t i = 0; i < work->facts.returned_id_count && status == FS_OK; i++)
        status = match_add_touches(tx, work, work->facts.returned_ids[i], err);
    return status;
}

/* Reports that return nothing name our message as a reply would. */
static enum fs_status add_answered(struct fs_store_tx *tx, struct inbound_work *work,
                                   struct fs_error *err)
{
    const struct fs_facts *facts = &work->facts;
    work->tier = "thread";
    enum fs_status status = match_add_touches(tx, work, facts->in_reply_to, err);
    for (size_t i = facts->reference_count; i > 0 && status == FS_OK; i--) {
        if (work->touches.count == 0)
            status = match_add_touches(tx, work, facts->references[i - 1], err);
    }
    return status;
}

static enum fs_status add_touches_of_recipient(struct fs_store_tx *tx, struct inbound_work *work,
                                               struct fs_error *err)
{
    const char *recipient = work->facts.original_recipient;
    work->tier = "recipient";
    return recipient != NULL
               ? fs_tx_touches_of(tx, recipient, work->work.now - FS_BOUNCE_TOUCH_KEPT_S,
                                  match_add_touch, work, err)
               : FS_OK;
}

/* A report that returns no id is about one message: the youngest that went there. The others
 * are not taken back for it. */
static void keep_youngest(struct inbound_work *work)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        if (!match_has_left(&work->touches.rows[i]))
            continue;
        work->touches.rows[0] = work->touches.rows[i];
        work->touches.count = 1;
        return;
    }
}

static enum fs_status add_targets(struct fs_store_tx *tx, struct inbound_work *work,
                                  struct fs_error *err)
{
    for (size_t i = 0; i < work->touches.count; i++) {
        const struct fs_touch_row *touch = &work->touches.rows[i];
        if (!match_has_left(touch))
            continue;
        enum fs_status status = lead_list_add_contact(tx, &work->targets, touch->contact, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

enum fs_status match_report(struct fs_store_tx *tx, struct inbound_work *work, struct fs_error *err)
{
    enum fs_status status = add_returned(tx, work, err);
    if (status == FS_OK && work->touches.count == 0)
        status = add_answered(tx, work, err);
    if (status != FS_OK || all_refused(work))
        return status;
    if (work->touches.count > 0)
        find_subject(work);
    else
        status = add_touches_of_recipient(tx, work, err);
    if (match_equal(work->tier, "recipient"))
        keep_youngest(work);
    if (status == FS_OK)
        status = add_targets(tx, work, err);
    if (status == FS_OK && work->what == FS_ON_COMPLAINT && work->facts.original_recipient != NULL)
        status = lead_list_add_contact(tx, &work->targets, work->facts.original_recipient, err);
    return status == FS_OK ? learn_from_report(tx, work, err) : status;
}
