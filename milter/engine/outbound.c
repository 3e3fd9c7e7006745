/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * outbound.c - one outgoing message: decide for each recipient, then count, in one work.
 *
 * Two passes over the recipients: decide() asks without writing, for a message that is
 * refused counts nobody; record() writes what the mode makes of it. Knows no SMTP.
 */
#include <string.h>

#include "engine_exempt.h"
#include "engine_match.h"
#include "engine_notice.h"
#include "engine_work.h"
#include "fullstop/address.h"

/* One recipient's way through both passes. */
struct decision {
    const char *contact;
    size_t same_as; /* index of an earlier recipient that is the same contact */
    struct fs_lead_row row;
    struct fs_touch_row known; /* the touch of this key, id 0: none */
    bool left_before;          /* a touch of this key left so long ago that it is no repeat */
    struct fs_lead_outcome outcome;
    struct fs_contact_limit limit;
    enum fs_touch_kind kind;
    const char *exempt_by; /* a static string, NULL: it is not exempt */
    bool has_lead;         /* in the store */
    bool suppressed;       /* the address */
    bool repeated;         /* known decides again; nothing new is counted */
    bool refused;
    const char *event_id;
};

struct outbound_work {
    struct work work;
    const struct fs_process *process; /* of work.config */
    struct fs_facts facts;
    const char *const *recipients;
    size_t count;
    const char *exempt_by; /* the whole message; a static string, NULL: it is not exempt */
    bool already_sent;
    bool can_drop;
    const char *notice_to; /* NULL: nobody is told */
    struct notice_list left_out;
    bool off;
    enum fs_mode mode;
    enum fs_disposition refusal; /* what becomes of a refused touch */
    struct fs_heard_row heard;   /* what this message responds to; id 0: nothing */
    struct decision *decisions;
    size_t refused_count;
    struct fs_silence silence; /* before this message is counted */
    bool deaf;
    bool deaf_begins;
    int64_t left_count; /* touches that leave with this message */
};

/* ---- is it a response? ---- */

static enum fs_status find_heard(struct fs_store_tx *tx, struct outbound_work *work,
                                 const char *message_id, struct fs_error *err)
{
    if (message_id == NULL || work->heard.id != 0)
        return FS_OK;
    enum fs_status status = fs_tx_heard_find(
        tx, work->work.arena, message_id, work->work.now - FS_RESPONSE_KEPT_S, &work->heard, err);
    return status == FS_NOT_FOUND ? FS_OK : status;
}

struct thread_search {
    const char *contact;
    bool found;
};

static enum fs_status is_in_thread(void *context, const struct fs_touch_row *row,
                                   struct fs_error *err)
{
    (void)err;
    struct thread_search *search = context;
    if (strcmp(row->contact, search->contact) == 0 && !is_stopped(row->disposition))
        search->found = true;
    return FS_OK;
}

/* The contact itself, a colleague of the same account, or a recipient in the thread. */
static enum fs_status is_response(struct fs_store_tx *tx, const struct outbound_work *work,
                                  const struct decision *decision, bool *out, struct fs_error *err)
{
    *out = false;
    enum fs_answers_require require = work->process->require;
    if (work->heard.id == 0 || !proof_allows_response(require, &work->heard))
        return FS_OK;
    bool same_account =
        work->heard.account[0] != '\0' && strcmp(work->heard.account, decision->row.account) == 0;
    if (same_account || strcmp(work->heard.contact, decision->contact) == 0) {
        *out = true;
        return FS_OK;
    }
    if (require != FS_REQUIRE_ANY)
        return FS_OK; /* a thread is no proof of who else wrote in it */
    struct thread_search search = {decision->contact, false};
    for (size_t i = 0; i < work->facts.reference_count && !search.found; i++) {
        enum fs_status status =
            fs_tx_touches_by_message_id(tx, work->facts.references[i], is_in_thread, &search, err);
        if (status != FS_OK)
            return status;
    }
    *out = search.found;
    return FS_OK;
}

/* ---- first pass: decide ---- */

static enum fs_touch_kind kind_of(const struct fs_facts *facts, bool has_lead)
{
    if (facts->is_invitation)
        return FS_KIND_INVITATION;
    if (facts->is_content)
        return FS_KIND_CONTENT;
    return facts->in_thread || has_lead ? FS_KIND_FOLLOW_UP : FS_KIND_FIRST;
}

static bool was_sent(const struct fs_touch_row *touch)
{
    return touch->id != 0 && !is_stopped(touch->disposition);
}

static enum fs_status load(struct fs_store_tx *tx, struct outbound_work *work,
                           struct decision *decision, struct fs_error *err)
{
    struct fs_arena *arena = work->work.arena;
    const char *process = work->process->name;
    const char *sender =
        work->process->lead_per_sender && work->facts.from != NULL ? work->facts.from : "";
    const char *account = fs_address_account(arena, decision->contact);
    decision->row = (struct fs_lead_row){.process = process,
                                         .contact = decision->contact,
                                         .sender = sender,
                                         .account = account != NULL ? account : ""};
    enum fs_status status =
        fs_tx_lead_find(tx, arena, process, decision->contact, sender, &decision->row, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    decision->has_lead = status == FS_OK;
    enum fs_end_reason reason;
    status = fs_tx_suppressed(tx, decision->contact, &reason, NULL, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    decision->suppressed = status == FS_OK;
    bool digest = strncmp(work->facts.key, "sha256:", 7) == 0;
    int64_t since = work->work.now - (digest ? FS_KEY_DIGEST_KEPT_S : FS_KEY_KEPT_S);
    struct fs_touch_row touch;
    status = fs_tx_touch_find(tx, arena, process, decision->contact, sender, work->facts.key, 0,
                              &touch, err);
    if (status == FS_OK && touch.at >= since)
        decision->known = touch;
    else if (status == FS_OK)
        decision->left_before = was_sent(&touch);
    return status == FS_NOT_FOUND ? FS_OK : status;
}

/* A key that went out before is not counted again: a pass is a duplicate, a flagged or
 * would-be refusal stays what it was. An objection since then comes first: that mail may have
 * left once, it does not leave twice. */
static bool decide_known(struct decision *decision)
{
    const struct fs_touch_row *known = &decision->known;
    if (!was_sent(known))
        return false;
    bool passed = fs_verdict_passes(known->verdict);
    decision->outcome.from = decision->row.lead.state;
    decision->refused = !passed;
    decision->repeated = true;
    decision->outcome.rule = FS_RULE_TOUCH_DUPLICATE;
    decision->outcome.verdict = passed ? FS_VERDICT_DUPLICATE : known->verdict;
    if (passed && decision->suppressed && known->verdict != FS_VERDICT_RESPONSE) {
        decision->refused = true;
        decision->repeated = false;
        decision->outcome.rule = FS_RULE_TOUCH_SUPPRESSED;
        decision->outcome.verdict = FS_VERDICT_SUPPRESSED;
    }
    return true;
}

static void decide_plainly(struct decision *decision, enum fs_verdict verdict, enum fs_rule rule)
{
    decision->outcome = (struct fs_lead_outcome){
        .from = decision->row.lead.state, .rule = rule, .verdict = verdict};
}

static enum fs_status decide(struct fs_store_tx *tx, struct outbound_work *work,
                             struct decision *decision, struct fs_error *err)
{
    decision->exempt_by = work->exempt_by;
    if (decision->exempt_by == NULL)
        decision->exempt_by = exempt_recipient(work->work.config, work->process, decision->contact);
    if (decision->exempt_by != NULL) {
        decide_plainly(decision, FS_VERDICT_EXEMPT, FS_RULE_TOUCH_EXEMPT);
        return FS_OK;
    }
    enum fs_status status = load(tx, work, decision, err);
    if (status != FS_OK || decide_known(decision))
        return status;
    decision->kind = kind_of(&work->facts, decision->has_lead);
    bool response;
    status = is_response(tx, work, decision, &response, err);
    if (status != FS_OK)
        return status;
    if (response) {
        decide_plainly(decision, FS_VERDICT_RESPONSE, FS_RULE_TOUCH_RESPONSE);
        return FS_OK;
    }
    status =
        limit_read(tx, work->work.config, decision->contact, work->work.now, &decision->limit, err);
    if (status != FS_OK)
        return status;
    struct fs_lead_event event = {.what = FS_ON_TOUCH,
                                  .now = work->work.now,
                                  .decided_by = FS_BY_POLICY,
                                  .kind = decision->kind,
                                  .final_mark = work->facts.final_mark,
                                  .suppressed = decision->suppressed,
                                  .limit_until_at = decision->limit.until_at};
    fs_lead_step(&work->process->rules, &decision->row.lead, &event, &decision->outcome);
    decision->refused = !fs_verdict_passes(decision->outcome.verdict);
    if (decision->known.id != 0 && decision->refused && !decision->outcome.changed &&
        work->refusal == FS_DISPOSITION_REFUSED) {
        decision->repeated = true; /* the same message once more: its first verdict again */
        decision->outcome.verdict = decision->known.verdict;
        decision->outcome.rule = FS_RULE_TOUCH_DUPLICATE;
    }
    return FS_OK;
}

static enum fs_status decide_all(struct fs_store_tx *tx, struct outbound_work *work,
                                 struct fs_error *err)
{
    for (size_t i = 0; i < work->count; i++) {
        struct decision *decision = &work->decisions[i];
        decision->contact = work->recipients[i];
        decision->event_id = "";
        decision->same_as = i;
        for (size_t j = 0; j < i && decision->contact != NULL; j++) {
            if (work->recipients[j] != NULL &&
                strcmp(work->recipients[j], decision->contact) == 0) {
                decision->same_as = j;
                break;
            }
        }
        if (decision->same_as != i)
            continue;
        enum fs_status status = decide(tx, work, decision, err);
        if (status != FS_OK)
            return status;
        if (decision->refused)
            work->refused_count++;
    }
    return FS_OK;
}

/* ---- second pass: record ---- */

/* A held message is held for all its recipients, also for those that it was allowed to. */
static enum fs_disposition disposition_of(const struct outbound_work *work,
                                          const struct decision *decision)
{
    bool message_held = work->refused_count > 0 && work->refusal == FS_DISPOSITION_HELD;
    return decision->refused || message_held ? work->refusal : FS_DISPOSITION_PASSED;
}

static bool has_left(enum fs_disposition disposition)
{
    return !is_stopped(disposition) && disposition != FS_DISPOSITION_HELD;
}

/* mixed = "drop": the others get the message, if there are any, and if the sender can be told. */
static void choose_drop(struct outbound_work *work)
{
    bool is_wanted = work->process->mixed == FS_MIXED_DROP && work->can_drop &&
                     notice_is_wanted(work->process, FS_NOTICE_DROPPED) && work->notice_to != NULL;
    bool some_pass = false;
    for (size_t i = 0; i < work->count; i++)
        some_pass = some_pass || !work->decisions[work->decisions[i].same_as].refused;
    if (is_wanted && some_pass && work->refused_count > 0 &&
        work->refusal == FS_DISPOSITION_REFUSED)
        work->refusal = FS_DISPOSITION_DROPPED;
}

/* What is known only now of a touch of this message. */
static enum fs_status tell_of(struct fs_store_tx *tx, struct outbound_work *work,
                              const struct decision *decision, const struct fs_event *event,
                              struct fs_error *err)
{
    const char *from = work->facts.from != NULL ? work->facts.from : work->facts.sender;
    enum fs_status status = notice_flagged(tx, work->work.config, work->process, event, from, err);
    if (status != FS_OK || work->notice_to == NULL)
        return status;
    if (decision->refused && work->refusal == FS_DISPOSITION_DROPPED)
        return notice_list_add(&work->left_out, event->log, event->seq, decision->row.id, err);
    status = notice_writer(tx, work->process, decision->row.id, work->notice_to, err);
    return status == FS_OK ? notice_event(tx, work->work.config, event, work->notice_to, err)
                           : status;
}

static enum fs_status write_decision(struct fs_store_tx *tx, struct outbound_work *work,
                                     struct decision *decision, enum fs_disposition disposition,
                                     struct fs_event *event, struct fs_error *err)
{
    const struct fs_lead_outcome *outcome = &decision->outcome;
    *event = (struct fs_event){.at = work->work.now,
                               .kind = FS_EVENT_TOUCH,
                               .what = FS_ON_TOUCH,
                               .rule = outcome->rule,
                               .verdict = outcome->verdict,
                               .disposition = disposition,
                               .decided_by = FS_BY_POLICY,
                               .actor_uid = -1,
                               .message_id = work->facts.message_id};
    event_from_lead(event, &decision->row, outcome->from);
    enum fs_status status = write_event(tx, work->work.config, event, err);
    if (status == FS_OK)
        decision->event_id = event_id(work->work.arena, event);
    return decision->event_id == NULL ? no_memory(err) : status;
}

static enum fs_status write_touch(struct fs_store_tx *tx, const struct outbound_work *work,
                                  const struct decision *decision, enum fs_disposition disposition,
                                  int64_t event_seq, struct fs_error *err)
{
    bool overrun = decision->refused && has_left(disposition);
    if (is_stopped(disposition) && decision->left_before)
        return FS_OK; /* answers and bounces are to the one that left */
    struct fs_touch_row touch = {.id = decision->known.id,
                                 .lead_id = decision->row.id,
                                 .process = decision->row.process,
                                 .contact = decision->row.contact,
                                 .sender = decision->row.sender,
                                 .key = work->facts.key,
                                 .message_id = work->facts.message_id,
                                 .at = work->work.now,
                                 .kind = decision->kind,
                                 .verdict = decision->outcome.verdict,
                                 .disposition = disposition,
                                 .effect = overrun ? FS_EFFECT_OVERRUN : decision->outcome.effect,
                                 .cycle = decision->row.lead.cycle,
                                 .event_seq = event_seq};
    return fs_tx_touch_put(tx, &touch, err);
}

/* Its key comes by again: what was held has left the queue. */
static enum fs_status write_released(struct fs_store_tx *tx, const struct outbound_work *work,
                                     struct decision *decision, struct fs_touch_row *touch,
                                     struct fs_error *err)
{
    struct release_mark mark = {
        .config = work->work.config, .by = FS_BY_POLICY, .actor_uid = -1, .at = work->work.now};
    struct fs_event event;
    return release_count(tx, &mark, &decision->row, touch, &event, err);
}

/* The same refused message once more: its event gets a counter. */
static enum fs_status write_repeat(struct fs_store_tx *tx, struct outbound_work *work,
                                   struct decision *decision, struct fs_error *err)
{
    if (!decision->refused)
        return FS_OK;
    struct fs_touch_row touch = decision->known;
    struct fs_event event = {.at = work->work.now,
                             .kind = FS_EVENT_TOUCH,
                             .seq = touch.event_seq,
                             .process = decision->row.process,
                             .lead_id = decision->row.id,
                             .verdict = touch.verdict,
                             .disposition = work->refusal};
    touch.repeats++;
    enum fs_status status = fs_tx_event_repeat(tx, touch.event_seq, err);
    if (status == FS_OK && release_is_due(&touch) && !is_stopped(work->refusal))
        status = write_released(tx, work, decision, &touch, err);
    else if (status == FS_OK)
        status = fs_tx_touch_put(tx, &touch, err);
    if (status == FS_OK)
        status = fs_tx_event_log(tx, &event.log, err);
    if (status == FS_OK)
        status = tell_of(tx, work, decision, &event, err);
    if (status != FS_OK)
        return status;
    decision->event_id = event_id(work->work.arena, &event);
    return decision->event_id == NULL ? no_memory(err) : FS_OK;
}

static enum fs_status write_lead(struct fs_store_tx *tx, const struct outbound_work *work,
                                 struct decision *decision, struct fs_error *err)
{
    bool is_new = !decision->has_lead && decision->row.lead.state != FS_STATE_NONE;
    if (!decision->has_lead && !is_new)
        return FS_OK;
    enum fs_status status = fs_tx_lead_put(tx, &decision->row, err);
    if (status != FS_OK)
        return status;
    return write_time(tx, work->work.config, &decision->row, decision->outcome.time,
                      decision->outcome.time_count, err);
}

static enum fs_status write_and_tell(struct fs_store_tx *tx, struct outbound_work *work,
                                     struct decision *decision, enum fs_disposition disposition,
                                     struct fs_error *err)
{
    struct fs_event event;
    enum fs_status status = write_decision(tx, work, decision, disposition, &event, err);
    return status == FS_OK ? tell_of(tx, work, decision, &event, err) : status;
}

static enum fs_status record(struct fs_store_tx *tx, struct outbound_work *work,
                             struct decision *decision, struct fs_error *err)
{
    if (decision->repeated)
        return write_repeat(tx, work, decision, err);
    enum fs_disposition disposition = disposition_of(work, decision);
    struct fs_event event;
    if (was_sent(&decision->known)) /* an objection came in between; its touch stays as it was */
        return write_and_tell(tx, work, decision, disposition, err);
    bool leaves = has_left(disposition);
    if (decision->refused && leaves && decision->row.lead.state != FS_STATE_NONE)
        fs_lead_overrun(&decision->row.lead);
    if (leaves && !is_uncounted(decision->outcome.verdict))
        work->left_count++;
    enum fs_status status = write_lead(tx, work, decision, err);
    if (status == FS_OK)
        status = write_decision(tx, work, decision, disposition, &event, err);
    if (status == FS_OK)
        status = write_touch(tx, work, decision, disposition, event.seq, err);
    if (status == FS_OK && decision->outcome.verdict == FS_VERDICT_RESPONSE)
        status = fs_tx_heard_consume(tx, work->heard.contact, work->heard.at, err);
    return status == FS_OK ? tell_of(tx, work, decision, &event, err) : status;
}

static enum fs_status record_all(struct fs_store_tx *tx, struct outbound_work *work,
                                 struct fs_error *err)
{
    bool message_refused = work->refused_count > 0 && work->refusal == FS_DISPOSITION_REFUSED;
    for (size_t i = 0; i < work->count; i++) {
        struct decision *decision = &work->decisions[i];
        bool first = decision->same_as == i;
        bool exempt = decision->outcome.rule == FS_RULE_TOUCH_EXEMPT;
        if (!first || exempt || (message_refused && !decision->refused))
            continue;
        enum fs_status status = record(tx, work, decision, err);
        if (status != FS_OK)
            return status;
    }
    return notice_dropped(tx, work->work.config, work->process, &work->left_out, work->notice_to,
                          work->work.now, err);
}

/* A deaf process is not trusted to stop mail: its leads may have answered. Who objected did
 * not do so in silence: that mail is stopped all the same. */
static enum fs_status choose_mode(struct fs_store_tx *tx, struct outbound_work *work,
                                  struct fs_error *err)
{
    const char *process = work->process->name;
    enum fs_status status = silence_read(tx, work->work.arena, process, &work->silence, err);
    if (status == FS_OK)
        status = silence_check(tx, &work->work, process, &work->silence, &work->deaf_begins, err);
    if (status != FS_OK)
        return status;
    work->deaf = silence_is_deaf(&work->silence, work->work.now);
    work->mode = work->process->mode;
    bool is_strict = work->mode == FS_MODE_HOLD || work->mode == FS_MODE_ENFORCE;
    bool objected = false;
    if (work->deaf && is_strict)
        status = limit_has_suppressed(tx, work->recipients, work->count, &objected, err);
    if (status != FS_OK)
        return status;
    if (work->deaf && is_strict && !objected)
        work->mode = FS_MODE_FLAG;
    if (work->off || work->already_sent)
        work->mode = FS_MODE_OBSERVE;
    work->refusal = work_refusal(work->mode);
    return FS_OK;
}

static enum fs_status run_outbound(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct outbound_work *work = context;
    const char *off = NULL;
    enum fs_status status = fs_tx_setting_get(tx, work->work.arena, ENGINE_SETTING_OFF, &off, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    work->off = status == FS_OK;
    status = choose_mode(tx, work, err);
    if (status == FS_OK)
        status = find_heard(tx, work, work->facts.in_reply_to, err);
    if (status == FS_OK && work->facts.reference_count > 0)
        status = find_heard(tx, work, work->facts.references[work->facts.reference_count - 1], err);
    if (status == FS_OK)
        status = decide_all(tx, work, err);
    if (status == FS_OK) {
        choose_drop(work);
        notice_list_init(&work->left_out);
        status = record_all(tx, work, err);
        notice_list_clear(&work->left_out);
    }
    return status == FS_OK ? silence_count(tx, work->process->name, work->left_count,
                                           work->work.now, &work->silence, err)
                           : status;
}

/* ---- the answer ---- */

static void rule_recipient(const struct outbound_work *work, const struct decision *decision,
                           struct fs_ruling_recipient *out)
{
    struct fs_lead_outlook outlook = fs_lead_outlook(&work->process->rules, &decision->row.lead,
                                                     decision->suppressed, work->work.now);
    limit_outlook(&decision->limit, &outlook);
    out->verdict = decision->outcome.verdict;
    out->rule = decision->outcome.rule;
    out->refused = decision->refused;
    out->lead = decision->row.lead;
    out->limit = work->process->rules.unanswered;
    out->suppressed = decision->suppressed;
    out->exempt_by = decision->exempt_by;
    out->next_allowed_at =
        decision->refused ? decision->outcome.next_allowed_at : outlook.next_allowed_at;
    out->final_mail = outlook.final_mail;
}

static enum fs_status fill_ruling(struct fs_arena *arena, const struct outbound_work *work,
                                  const struct fs_outbound *in, struct fs_ruling *out,
                                  struct fs_error *err)
{
    struct fs_ruling_recipient *recipients =
        fs_arena_alloc(arena, work->count, sizeof(*recipients));
    if (recipients == NULL)
        return no_memory(err);
    *out = (struct fs_ruling){.mode = work->mode,
                              .off = work->off,
                              .deaf = work->deaf,
                              .deaf_begins = work->deaf_begins,
                              .silence = work->silence,
                              .disposition =
                                  work->refused_count > 0 ? work->refusal : FS_DISPOSITION_PASSED,
                              .recipients = recipients,
                              .recipient_count = work->count,
                              .refused_count = work->refused_count};
    bool verdict_set = false;
    for (size_t i = 0; i < work->count; i++) {
        const struct decision *decision = &work->decisions[work->decisions[i].same_as];
        rule_recipient(work, decision, &recipients[i]);
        recipients[i].address = in->recipients[i];
        recipients[i].event_id = fs_arena_strdup(arena, decision->event_id);
        if (recipients[i].event_id == NULL)
            return no_memory(err);
        if (i == 0 || (decision->refused && !verdict_set))
            out->verdict = decision->outcome.verdict;
        verdict_set = verdict_set || decision->refused;
    }
    return FS_OK;
}

enum fs_status fs_engine_outbound(struct fs_engine *engine, struct fs_arena *arena,
                                  const struct fs_outbound *in, struct fs_ruling *out,
                                  struct fs_error *err)
{
    if (in->recipient_count > FS_RECIPIENTS_MAX)
        return fs_error_set(err, FS_LIMIT, "more than %d recipients in one message",
                            FS_RECIPIENTS_MAX);
    struct outbound_work *work = work_new(sizeof(*work), engine, in->config);
    if (work == NULL)
        return no_memory(err);
    enum fs_status status = exempt_message(work->work.arena, in, &work->exempt_by, err);
    if (status != FS_OK) {
        work_free(work);
        return status;
    }
    bool ok = true;
    work->process = in->process;
    work->facts = work_copy_facts(work->work.arena, in->facts, &ok);
    work->recipients =
        work_copy_strings(work->work.arena, in->recipients, in->recipient_count, &ok);
    work->count = in->recipient_count;
    work->already_sent = in->already_sent;
    work->can_drop = in->can_drop;
    work->notice_to = notice_recipient(work->work.config, work->process, &work->facts);
    work->decisions = fs_arena_alloc(work->work.arena, work->count, sizeof(*work->decisions));
    if (!ok || work->decisions == NULL) {
        work_free(work);
        return no_memory(err);
    }
    status = work_run(engine, run_outbound, work, err);
    if (status != FS_OK)
        return status;
    status = fill_ruling(arena, work, in, out, err);
    work_free(work);
    return status;
}
