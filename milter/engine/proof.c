/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * proof.c - whether an incoming message is what answers { require } asks for.
 *
 * Whoever knows the id of one of our messages can write an "answer" to it, and who sent it
 * knows it best. Under thread and authenticated an answer is therefore the writer's who
 * stands in From, and nobody else's: Reply-To, the envelope sender and what lists keep of an
 * earlier From are free words. Decides which answers count for which process, which of them
 * our own mail may respond to uncounted, and which report takes a touch back. What only
 * restricts (opt-outs, declines, complaints, absences) asks for no proof.
 */
#include <string.h>

#include "engine_match.h"
#include "fullstop/address.h"

enum fs_answers_require proof_required(const struct fs_config *config, const char *process)
{
    const struct fs_process *known = fs_config_process_named(config, process);
    return known != NULL ? known->require : FS_REQUIRE_ANY;
}

/* By the id it was sent with: ids that were learned from mail prove nothing. */
static bool is_named(const struct fs_facts *facts, const char *id)
{
    for (size_t i = 0; i < facts->reference_count; i++) {
        if (match_equal(facts->references[i], id))
            return true;
    }
    return match_equal(facts->in_reply_to, id);
}

static bool is_writers(const struct inbound_work *work, const char *contact)
{
    if (match_equal(work->writer, contact))
        return true;
    return work->account[0] != '\0' &&
           match_equal(fs_address_account(work->work.arena, contact), work->account);
}

void proof_read(struct inbound_work *work)
{
    if (work->writer == NULL)
        return;
    work->is_authenticated = fs_auth_passes(work->facts.auth);
    if (work->facts.auth == FS_AUTH_REFUTED)
        return;
    for (size_t i = 0; i < work->touches.count && !work->is_in_thread; i++) {
        const struct fs_touch_row *touch = &work->touches.rows[i];
        work->is_in_thread = match_has_left(touch) && is_named(&work->facts, touch->message_id) &&
                             is_writers(work, touch->contact);
    }
}

/* The contact, or somebody of its account. */
static bool is_from(const struct inbound_work *work, const struct fs_lead_row *row, bool *colleague)
{
    if (work->writer == NULL)
        return false;
    *colleague = !match_equal(work->writer, row->contact);
    return !*colleague || (work->account[0] != '\0' && match_equal(row->account, work->account));
}

enum fs_rule proof_missing(const struct inbound_work *work, size_t target)
{
    const struct fs_lead_row *row = &work->targets.rows[target];
    bool colleague = false;
    bool right_writer = is_from(work, row, &colleague);
    switch (proof_required(work->work.config, row->process)) {
    case FS_REQUIRE_ANY:
        break;
    case FS_REQUIRE_THREAD:
        return right_writer && work->is_in_thread ? FS_RULE_NONE : FS_RULE_ANSWER_UNTHREADED;
    case FS_REQUIRE_AUTHENTICATED:
        /* a colleague answers for the contact in the thread only; outside it they pause */
        right_writer =
            right_writer && (!colleague || work->is_in_thread || target >= work->author_count);
        return right_writer && work->is_authenticated ? FS_RULE_NONE : FS_RULE_ANSWER_UNPROVEN;
    }
    return FS_RULE_NONE;
}

bool proof_takes_back(const struct inbound_work *work, size_t target)
{
    const struct fs_lead_row *row = &work->targets.rows[target];
    if (proof_required(work->work.config, row->process) != FS_REQUIRE_AUTHENTICATED)
        return true;
    return work->is_authenticated && work->account[0] != '\0' &&
           match_equal(row->account, work->account);
}

bool proof_allows_response(enum fs_answers_require require, const struct fs_heard_row *heard)
{
    switch (require) {
    case FS_REQUIRE_ANY:
        break;
    case FS_REQUIRE_THREAD:
        return heard->in_thread;
    case FS_REQUIRE_AUTHENTICATED:
        return heard->authenticated;
    }
    return true;
}
