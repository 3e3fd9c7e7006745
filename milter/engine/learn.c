/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * learn.c - which Message-IDs relays gave to our messages.
 *
 * A relay behind this MTA, or a gateway before the contact's mailbox, may replace the id
 * that a touch was counted with; answers then name one that we never saw. It is learned once
 * from who can know it, the contact or a delivery report, and then finds the thread for
 * everybody else in it. Decides which touch an unknown id stands for. An id learned wrongly
 * only widens a thread of a contact who is writing to us: it never counts or ends anything.
 */
#include "engine_match.h"

/* The clocks of two mail systems may differ by this. */
#define CLOCK_SKEW_S 3600

struct search {
    const struct fs_config *config;
    int64_t before_at;
    int64_t touch_id; /* 0: none yet */
    bool may_teach;   /* its process takes any answer */
};

static enum fs_status take_youngest(void *context, const struct fs_touch_row *row,
                                    struct fs_error *err)
{
    (void)err;
    struct search *search = context;
    if (search->touch_id != 0 || !match_has_left(row) || row->at > search->before_at)
        return FS_OK;
    search->touch_id = row->id;
    search->may_teach = proof_required(search->config, row->process) == FS_REQUIRE_ANY;
    return FS_OK;
}

/* When it was written; a date that cannot be says nothing. */
static int64_t written_at(const struct inbound_work *work)
{
    int64_t date_at = work->facts.date_at;
    bool possible = date_at > 0 && date_at + CLOCK_SKEW_S < work->work.now;
    return possible ? date_at + CLOCK_SKEW_S : work->work.now;
}

/* Ids may be learned from people and from absence notes; for a process that wants its answers
 * proven from nobody: the touch says whose process it is. */
static bool may_teach(const struct inbound_work *work)
{
    bool right_class =
        work->facts.class == FS_CLASS_HUMAN || work->facts.class == FS_CLASS_OUT_OF_OFFICE;
    return right_class && work->facts.from != NULL && work->unknown_id != NULL &&
           work->touches.count == 0 && !match_equal(work->unknown_id, work->facts.message_id);
}

/* unknown_id is then In-Reply-To, or without it the last of References. What the contact
 * wrote before is not ours: who answers their own mail names that. */
enum fs_status learn_from_mail(struct fs_store_tx *tx, struct inbound_work *work,
                               struct fs_error *err)
{
    bool theirs = false;
    struct search search = {.config = work->work.config, .before_at = written_at(work)};
    if (!may_teach(work))
        return FS_OK;
    enum fs_status status = fs_tx_heard_known(tx, work->unknown_id, &theirs, err);
    if (status != FS_OK || theirs)
        return status;
    status = fs_tx_touches_of(tx, work->facts.from, work->work.now - FS_ALIAS_TOUCH_KEPT_S,
                              take_youngest, &search, err);
    if (status != FS_OK || search.touch_id == 0 || !search.may_teach)
        return status;
    return fs_tx_touch_alias_add(tx, search.touch_id, work->unknown_id, err);
}

static bool is_returned(const struct fs_facts *facts, const char *id)
{
    for (size_t i = 0; i < facts->returned_id_count; i++) {
        if (match_equal(facts->returned_ids[i], id))
            return true;
    }
    return false;
}

/* By recipient: the id that the report names is that of the contact's youngest touch. By id:
 * the mail returned had two, one from before the relay and one from after it. Where it names
 * more, there were more mails. */
static bool may_report_teach(const struct inbound_work *work)
{
    const struct fs_facts *facts = &work->facts;
    bool is_delivery = facts->class == FS_CLASS_BOUNCE || facts->class == FS_CLASS_DELAYED;
    if (!is_delivery || work->unknown_id == NULL)
        return false;
    return match_equal(work->tier, "recipient") ||
           (facts->returned_id_count <= 2 && is_returned(facts, work->unknown_id));
}

enum fs_status learn_from_report(struct fs_store_tx *tx, struct inbound_work *work,
                                 struct fs_error *err)
{
    if (!may_report_teach(work))
        return FS_OK;
    for (size_t i = 0; i < work->touches.count; i++) {
        if (match_has_left(&work->touches.rows[i]))
            return fs_tx_touch_alias_add(tx, work->touches.rows[i].id, work->unknown_id, err);
    }
    return FS_OK;
}
