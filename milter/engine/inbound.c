/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * inbound.c - one incoming message: what it is to which leads.
 *
 * Turns facts into a happening, finds the leads it concerns (match.c) and walks each of
 * them through the table. Refuses nothing, ever.
 */
#include <string.h>

#include "engine_match.h"
#include "fullstop/address.h"

/* Dead address: what RFC 3463 codes say that nobody is there. */
static const char *const dead_codes[] = {"5.1.0", "5.1.1",  "5.1.2", "5.1.3",
                                         "5.1.6", "5.1.10", "5.2.1"};

static bool is_dead(const struct fs_facts *facts)
{
    for (size_t i = 0; facts->status != NULL && i < sizeof(dead_codes) / sizeof(dead_codes[0]);
         i++) {
        if (strcmp(facts->status, dead_codes[i]) == 0)
            return facts->permanent;
    }
    return false;
}

static enum fs_happening human_happening(const struct fs_facts *facts)
{
    if (facts->opt_out == FS_ANSWER_YES)
        return FS_ON_OPT_OUT;
    if (facts->opt_out == FS_ANSWER_UNCLEAR || facts->decline != FS_ANSWER_NO || facts->has_left)
        return FS_ON_DOUBT;
    return FS_ON_ANSWER;
}

/* A machine's mail: what it is for, unless it says that nobody will come back. */
static enum fs_happening machine_happening(const struct fs_facts *facts, enum fs_happening what)
{
    if (facts->opt_out == FS_ANSWER_YES)
        return FS_ON_OPT_OUT;
    return facts->has_left ? FS_ON_DOUBT : what;
}

/* A clear opt-out counts whatever the class; what is uncertain goes to review. */
static enum fs_happening happening_of(const struct fs_facts *facts)
{
    switch (facts->class) {
    case FS_CLASS_HUMAN:
    case FS_CLASS_CALENDAR:
        return human_happening(facts);
    case FS_CLASS_OUT_OF_OFFICE:
        return machine_happening(facts, FS_ON_ABSENCE);
    case FS_CLASS_BOUNCE:
        return FS_ON_BOUNCE;
    case FS_CLASS_COMPLAINT:
        return facts->nobody_complained ? FS_ON_NOTICE : FS_ON_COMPLAINT;
    case FS_CLASS_UNKNOWN:
        return facts->opt_out == FS_ANSWER_YES ? FS_ON_OPT_OUT : FS_ON_DOUBT;
    case FS_CLASS_AUTO_REPLY:
        return machine_happening(facts, FS_ON_NOTICE);
    case FS_CLASS_CHALLENGE:
    case FS_CLASS_BULK:
        return facts->opt_out == FS_ANSWER_YES ? FS_ON_OPT_OUT : FS_ON_NOTICE;
    case FS_CLASS_DELAYED:
    case FS_CLASS_RECEIPT:
        break;
    }
    return FS_ON_NOTICE;
}

static bool is_ours(const struct fs_config *config, const char *address)
{
    return address != NULL && (fs_config_is_ours(config, address) ||
                               fs_config_process_for(config, NULL, address, NULL) != NULL);
}

/* Our own mail coming back: from us, and no report about a delivery. What a group of ours
 * hands on for somebody else is theirs; what a list elsewhere hands on for us is ours. */
static bool is_own(const struct fs_config *config, const struct fs_facts *facts)
{
    if (match_is_report(facts->class) && facts->class != FS_CLASS_RECEIPT)
        return false;
    if (facts->original_from != NULL)
        return is_ours(config, facts->original_from);
    return is_ours(config, facts->from);
}

/* Who wrote it: behind a group of ours the address that From had before. */
static const char *author_of(const struct fs_config *config, const struct fs_facts *facts)
{
    bool behind_group = facts->original_from != NULL && is_ours(config, facts->from);
    return behind_group ? facts->original_from : facts->from;
}

/* The first working day on or after the return date, as an instant: its start here. A date
 * that is over says that they are back: nothing to wait for. */
static int64_t absent_until(const struct inbound_work *work)
{
    struct fs_date date = work->facts.return_date;
    if (date.year == 0)
        return 0;
    while (fs_config_is_day_off(work->work.config, date))
        date = fs_date_from_days(fs_date_to_days(date) + 1);
    return fs_date_local_start(date);
}

static struct fs_lead_event event_for(const struct inbound_work *work, enum fs_happening what,
                                      size_t target, const struct fs_touch_row *touch)
{
    struct fs_lead_event event = {.what = what, .now = work->work.now, .decided_by = FS_BY_MAIL};
    if (what == FS_ON_ABSENCE)
        event.until_at = absent_until(work);
    if (what == FS_ON_ANSWER || what == FS_ON_COLLEAGUE)
        event.recorded_by = proof_missing(work, target);
    if (work->is_repeat)
        event.recorded_by = FS_RULE_HEARD_DUPLICATE;
    if (what == FS_ON_BOUNCE) {
        bool takes_back = touch != NULL && proof_takes_back(work, target);
        event.dead = is_dead(&work->facts);
        event.touch_effect = takes_back ? touch->effect : FS_EFFECT_NONE;
        event.touch_cycle = touch != NULL ? touch->cycle : 0;
        event.touch_at = touch != NULL ? touch->at : 0;
    }
    return event;
}

/* Every rule of the classifier that matched, the deciding one first. */
static const char *all_rules(const struct inbound_work *work)
{
    const struct fs_facts *facts = &work->facts;
    const char *rules = facts->rule;
    for (size_t i = 1; i < facts->hit_count && rules != NULL; i++)
        rules = fs_arena_printf(work->work.arena, "%s,%s", rules, facts->hits[i]);
    return rules != NULL ? rules : facts->rule;
}

/* A detail: the status of a bounce, or what our verifiers said of an unproven answer. */
static const char *note_of(const struct inbound_work *work, enum fs_rule rule)
{
    if (rule == FS_RULE_ANSWER_UNPROVEN)
        return fs_arena_printf(work->work.arena, "auth=%s", fs_auth_name(work->facts.auth));
    return work->facts.status;
}

static enum fs_status write_heard_event(struct fs_store_tx *tx, const struct inbound_work *work,
                                        size_t target, enum fs_happening what,
                                        const struct fs_lead_outcome *outcome, struct fs_error *err)
{
    struct fs_event event = {.at = work->work.now,
                             .kind = FS_EVENT_HEARD,
                             .what = what,
                             .rule = outcome->rule,
                             .decided_by = FS_BY_MAIL,
                             .actor_uid = -1,
                             .message_id = work->facts.message_id,
                             .class = fs_mail_class_name(work->facts.class),
                             .class_rule = all_rules(work),
                             .match = match_tier_of(work, target),
                             .note = note_of(work, outcome->rule)};
    event_from_lead(&event, &work->targets.rows[target], outcome->from);
    return write_event(tx, work->work.config, &event, err);
}

/* What was held and is answered, or comes back, has left. */
static enum fs_status count_released(struct fs_store_tx *tx, struct inbound_work *work,
                                     size_t target, struct fs_error *err)
{
    struct fs_lead_row *row = &work->targets.rows[target];
    struct release_mark mark = {
        .config = work->work.config, .by = FS_BY_MAIL, .actor_uid = -1, .at = work->work.now};
    bool is_named = target < work->tier_count &&
                    (match_equal(work->tier, "thread") || match_equal(work->tier, "returned-id"));
    for (size_t i = 0; is_named && i < work->touches.count; i++) {
        struct fs_touch_row *touch = &work->touches.rows[i];
        struct fs_event event;
        if (touch->lead_id != row->id || !release_is_due(touch))
            continue;
        enum fs_status status = release_count(tx, &mark, row, touch, &event, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

static enum fs_status tell_hearing(struct inbound_work *work, size_t target,
                                   const struct fs_lead_outcome *outcome, struct fs_error *err)
{
    const struct fs_lead_row *row = &work->targets.rows[target];
    if (work->heard_count == work->targets.count) /* each lead is told of once at most */
        return fs_error_set(err, FS_CORRUPT, "a lead was matched twice");
    work->heard[work->heard_count++] =
        (struct fs_hearing_lead){.process = row->process,
                                 .contact = row->contact,
                                 .match = match_tier_of(work, target),
                                 .from = outcome->from,
                                 .to = row->lead.state,
                                 .rule = outcome->rule,
                                 .unanswered = row->lead.unanswered};
    return FS_OK;
}

static enum fs_status apply_suppression(struct fs_store_tx *tx, const struct inbound_work *work,
                                        const char *contact, enum fs_happening what,
                                        struct fs_error *err)
{
    enum fs_end_reason reason = what == FS_ON_COMPLAINT ? FS_END_COMPLAINED : FS_END_OPTED_OUT;
    return fs_tx_suppress(tx, contact, reason, work->work.now, err);
}

static enum fs_status hear(struct fs_store_tx *tx, struct inbound_work *work, size_t target,
                           struct fs_error *err)
{
    struct fs_lead_row *row = &work->targets.rows[target];
    enum fs_happening what = target < work->author_count ? work->what : FS_ON_COLLEAGUE;
    struct fs_rules rules = work_rules(work->work.config, row->process);
    enum fs_status status = count_released(tx, work, target, err);
    if (status != FS_OK)
        return status;
    struct fs_touch_row *touch = what == FS_ON_BOUNCE ? match_touch_of(work, row->id) : NULL;
    struct fs_lead_event event = event_for(work, what, target, touch);
    struct fs_lead_outcome outcome;
    fs_lead_step(&rules, &row->lead, &event, &outcome);
    if (outcome.changed || outcome.time_count > 0)
        status = fs_tx_lead_put(tx, row, err);
    if (status == FS_OK)
        status = write_time(tx, work->work.config, row, outcome.time, outcome.time_count, err);
    if (status == FS_OK)
        status = write_heard_event(tx, work, target, what, &outcome, err);
    if (status == FS_OK && outcome.effect == FS_EFFECT_TAKEN_BACK) {
        touch->effect = FS_EFFECT_TAKEN_BACK;
        status = fs_tx_touch_put(tx, touch, err);
    }
    if (status == FS_OK && outcome.suppress)
        status = apply_suppression(tx, work, row->contact, what, err);
    return status == FS_OK ? tell_hearing(work, target, &outcome, err) : status;
}

static bool is_from_person(const struct inbound_work *work)
{
    return work->facts.class == FS_CLASS_HUMAN || work->facts.class == FS_CLASS_CALENDAR;
}

/* Found by the account alone, but the author's own: nobody is their own colleague. A thread
 * match hits the lead of that thread and no other of the same contact. */
static bool is_authors_other_lead(const struct inbound_work *work, size_t target)
{
    return target >= work->author_count &&
           match_equal(work->targets.rows[target].contact, work->facts.from);
}

/* Colleagues are all leads of the account beside those that the message itself reached. What
 * a person writes is an answer to them, a decline or an opt-out of the writer's own as well. */
static enum fs_status hear_all(struct fs_store_tx *tx, struct inbound_work *work,
                               struct fs_error *err)
{
    if (is_from_person(work) && work->account[0] != '\0') {
        enum fs_status status = lead_list_add_account(tx, &work->targets, work->account, err);
        if (status != FS_OK)
            return status;
    }
    work->heard = fs_arena_alloc(work->work.arena, work->targets.count, sizeof(*work->heard));
    if (work->heard == NULL)
        return no_memory(err);
    for (size_t i = 0; i < work->targets.count; i++) {
        if (is_authors_other_lead(work, i))
            continue;
        enum fs_status status = hear(tx, work, i, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

/* What our own MTA says about a delivery proves nothing about the way that replies take. */
static bool is_from_outside(const struct inbound_work *work)
{
    return work->facts.from == NULL || !fs_config_is_ours(work->work.config, work->facts.from);
}

/* Each process that had a lead among those matched hears. */
static enum fs_status end_silence(struct fs_store_tx *tx, struct inbound_work *work,
                                  struct fs_error *err)
{
    const char *seen[FS_CONFIG_PROCESSES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < work->heard_count && is_from_outside(work); i++) {
        const char *process = work->heard[i].process;
        size_t at = 0;
        while (at < count && strcmp(seen[at], process) != 0)
            at++;
        if (at < count || count == FS_CONFIG_PROCESSES_MAX)
            continue;
        seen[count++] = process;
        enum fs_status status =
            silence_end(tx, &work->work, process, &work->heard[i].hears_again, err);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

static enum fs_status write_objection(struct fs_store_tx *tx, const struct inbound_work *work,
                                      const char *address, struct fs_error *err)
{
    struct fs_event event = {.at = work->work.now,
                             .kind = FS_EVENT_HEARD,
                             .what = work->what,
                             .process = "",
                             .contact = address,
                             .rule = work->what == FS_ON_COMPLAINT ? FS_RULE_COMPLAINT
                                                                   : FS_RULE_OPT_OUT,
                             .decided_by = FS_BY_MAIL,
                             .actor_uid = -1,
                             .message_id = work->facts.message_id,
                             .class = fs_mail_class_name(work->facts.class),
                             .class_rule = all_rules(work)};
    return write_event(tx, work->work.config, &event, err);
}

/* Opt-outs and complaints of people without a lead are remembered all the same, and shown by
 * an event of the address; once, however often they are said. */
static enum fs_status suppress_author(struct fs_store_tx *tx, struct inbound_work *work,
                                      struct fs_error *err)
{
    const char *address =
        work->what == FS_ON_COMPLAINT ? work->facts.original_recipient : work->facts.from;
    bool suppresses = work->what == FS_ON_OPT_OUT || work->what == FS_ON_COMPLAINT;
    if (!suppresses || address == NULL || fs_config_is_ours(work->work.config, address))
        return FS_OK;
    enum fs_end_reason reason;
    enum fs_status status = fs_tx_suppressed(tx, address, &reason, NULL, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    bool is_new = status == FS_NOT_FOUND;
    work->suppressed = address;
    status = apply_suppression(tx, work, address, work->what, err);
    return status == FS_OK && is_new ? write_objection(tx, work, address, err) : status;
}

/* False: nothing that is remembered. */
static bool is_remembered(const struct inbound_work *work, struct fs_heard_row *out)
{
    if (!is_from_person(work) || work->facts.message_id == NULL || work->facts.from == NULL ||
        work->targets.count == 0)
        return false;
    *out = (struct fs_heard_row){.message_id = work->facts.message_id,
                                 .contact = work->facts.from,
                                 .account = work->account,
                                 .at = work->work.now,
                                 .in_thread = work->is_in_thread,
                                 .authenticated = work->is_authenticated};
    return true;
}

/* A message that comes again (a second way in, a retry, a mailbox read twice) says nothing
 * new, unless it brings a proof that it lacked before. An objection is heard however often. */
static enum fs_status find_repeat(struct fs_store_tx *tx, struct inbound_work *work,
                                  struct fs_error *err)
{
    struct fs_heard_row row;
    if (work->what == FS_ON_OPT_OUT || !is_remembered(work, &row))
        return FS_OK;
    return fs_tx_heard_repeats(tx, &row, &work->is_repeat, err);
}

static enum fs_status remember_heard(struct fs_store_tx *tx, const struct inbound_work *work,
                                     struct fs_error *err)
{
    struct fs_heard_row row;
    return is_remembered(work, &row) && !work->is_repeat ? fs_tx_heard_add(tx, &row, err) : FS_OK;
}

static enum fs_status run_inbound(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct inbound_work *work = context;
    enum fs_status status = match_leads(tx, work, err);
    if (status != FS_OK || work->own_mail)
        return status;
    proof_read(work);
    status = find_repeat(tx, work, err);
    if (status == FS_OK)
        status = hear_all(tx, work, err);
    if (status == FS_OK)
        status = end_silence(tx, work, err);
    if (status == FS_OK)
        status = suppress_author(tx, work, err);
    return status == FS_OK ? remember_heard(tx, work, err) : status;
}

static enum fs_status fill_hearing(struct fs_arena *arena, const struct inbound_work *work,
                                   struct fs_hearing *out, struct fs_error *err)
{
    struct fs_hearing_lead *leads = fs_arena_alloc(arena, work->heard_count, sizeof(*leads));
    if (leads == NULL)
        return no_memory(err);
    const char *suppressed = NULL;
    if (work->suppressed != NULL && (suppressed = fs_arena_strdup(arena, work->suppressed)) == NULL)
        return no_memory(err);
    for (size_t i = 0; i < work->heard_count; i++) {
        leads[i] = work->heard[i];
        leads[i].process = fs_arena_strdup(arena, work->heard[i].process);
        leads[i].contact = fs_arena_strdup(arena, work->heard[i].contact);
        if (leads[i].process == NULL || leads[i].contact == NULL)
            return no_memory(err);
    }
    *out = (struct fs_hearing){.what = work->own_mail ? FS_ON_NOTICE : work->what,
                               .match = work->heard_count > 0 ? work->heard[0].match : NULL,
                               .own_mail = work->own_mail,
                               .suppressed = suppressed,
                               .leads = leads,
                               .lead_count = work->heard_count};
    return FS_OK;
}

enum fs_status fs_engine_inbound(struct fs_engine *engine, struct fs_arena *arena,
                                 const struct fs_inbound *in, struct fs_hearing *out,
                                 struct fs_error *err)
{
    if (is_own(in->config, in->facts)) {
        *out = (struct fs_hearing){.what = FS_ON_NOTICE, .own_mail = true};
        return FS_OK;
    }
    struct inbound_work *work = work_new(sizeof(*work), engine, in->config);
    if (work == NULL)
        return no_memory(err);
    bool ok = true;
    work->facts = work_copy_facts(work->work.arena, in->facts, &ok);
    work->facts.from = fs_arena_strdup(work->work.arena, author_of(in->config, in->facts));
    ok = ok && (in->facts->from == NULL || work->facts.from != NULL);
    if (author_of(in->config, in->facts) == in->facts->from)
        work->writer = work->facts.from;
    work->what = happening_of(in->facts);
    work->targets.arena = work->work.arena;
    const char *account =
        work->facts.from != NULL ? fs_address_account(work->work.arena, work->facts.from) : NULL;
    work->account = account != NULL ? account : "";
    if (!ok) {
        work_free(work);
        return no_memory(err);
    }
    enum fs_status status = work_run(engine, run_inbound, work, err);
    if (status != FS_OK)
        return status;
    status = fill_hearing(arena, work, out, err);
    work_free(work);
    return status;
}
