/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * model_hear.c - the naive model of which leads an incoming message or a person means.
 *
 * Decides by the design's matching order: the thread's lead, else all leads of the writer,
 * else the active leads of the account. Must not know milter/, or rows of one lead.
 */
#include "model.h"

#define BOUNCE_TOUCH_S (14 * MODEL_DAY_S)

/* Which leads a message concerns. */
struct hits {
    bool lead[MODEL_PROCESSES][MODEL_CONTACTS][MODEL_SENDERS];
    bool any;
};

static void hit(const struct model *model, struct hits *hits, int process, int contact, int sender)
{
    if (model_is(model->leads[process][contact][sender].state, "none"))
        return;
    hits->lead[process][contact][sender] = true;
    hits->any = true;
}

static void hit_contact(const struct model *model, struct hits *hits, int contact)
{
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int sender = 0; sender < MODEL_SENDERS; sender++)
            hit(model, hits, process, contact, sender);
    }
}

static bool same_account(int one, int other)
{
    return one == other || (one < 2 && other < 2);
}

enum whose { WRITERS, ACCOUNTS, ANYBODYS };

static void hit_thread(const struct model *model, struct hits *hits, const struct model_hearing *in,
                       enum whose whose, bool whole_contact)
{
    for (int i = 0; i < model->touch_count && in->thread >= 0; i++) {
        const struct model_touch *touch = &model->touches[i];
        if (touch->message != in->thread || !touch->has_lead || !model_has_left(touch) ||
            (whose == WRITERS && touch->contact != in->contact) ||
            (whose == ACCOUNTS && !same_account(touch->contact, in->contact)))
            continue;
        if (whole_contact)
            hit_contact(model, hits, touch->contact);
        else
            hit(model, hits, touch->process, touch->contact, touch->sender);
    }
}

/* In a thread: the writer's lead there; else those of the writer's account, else everybody's
 * who got that message, and then the writer's own leads as well, for it is a message from the
 * contact too. Without a thread: all leads of the writer. */
static struct hits find_leads(const struct model *model, const struct model_hearing *in,
                              bool whole_contact)
{
    struct hits hits = {0};
    hit_thread(model, &hits, in, WRITERS, whole_contact);
    if (hits.any)
        return hits;
    hit_thread(model, &hits, in, ACCOUNTS, whole_contact);
    if (!hits.any)
        hit_thread(model, &hits, in, ANYBODYS, whole_contact);
    hit_contact(model, &hits, in->contact);
    return hits;
}

static void release(struct model *model, int message, const struct hits *hits)
{
    for (int i = 0; i < model->touch_count && message >= 0; i++) {
        struct model_touch *touch = &model->touches[i];
        if (touch->message == message && hits->lead[touch->process][touch->contact][touch->sender])
            model_release(model, touch);
    }
}

typedef void lead_row(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                      const void *context);

static void apply(struct model *model, const struct hits *hits, lead_row *row, const void *context)
{
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int contact = 0; contact < MODEL_CONTACTS; contact++) {
            for (int sender = 0; sender < MODEL_SENDERS; sender++) {
                if (hits->lead[process][contact][sender])
                    row(model, &model->rules[process], &model->leads[process][contact][sender],
                        context);
            }
        }
    }
}

static void apply_to_contact(struct model *model, int contact, lead_row *row, const void *context)
{
    struct hits hits = {0};
    hit_contact(model, &hits, contact);
    apply(model, &hits, row, context);
}

static void answer(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                   const void *context)
{
    (void)model;
    (void)context;
    model_lead_answer(rules, lead);
}

static void doubt(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                  const void *context)
{
    (void)context;
    model_lead_doubt(rules, lead, model->now);
}

static void colleague(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                      const void *context)
{
    (void)context;
    model_lead_colleague(rules, lead, model->now);
}

static void end_stronger(struct model *model, const struct model_rules *rules,
                         struct model_lead *lead, const void *context)
{
    (void)rules;
    model_lead_end_stronger(lead, context, model->now);
}

/* Whatever a person writes is to the leads of their colleagues an answer of a colleague,
 * outside the thread: a decline or an opt-out as well, for it is a human message. */
static void hear_human(struct model *model, const struct model_hearing *in, struct hits *hits,
                       lead_row *row, const void *context)
{
    struct hits colleagues = {0};
    release(model, in->thread, hits);
    apply(model, hits, row, context);
    for (int other = 0; other < 2; other++) {
        if (in->contact < 2 && other != in->contact)
            hit_contact(model, &colleagues, other);
    }
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int sender = 0; sender < MODEL_SENDERS; sender++) {
            for (int contact = 0; contact < MODEL_CONTACTS; contact++)
                colleagues.lead[process][contact][sender] &= !hits->lead[process][contact][sender];
        }
    }
    apply(model, &colleagues, colleague, NULL);
    if (hits->any || colleagues.any)
        model->heard[model->heard_count++] =
            (struct model_heard){.message = in->message, .contact = in->contact, .at = model->now};
}

void model_hear_answer(struct model *model, const struct model_hearing *in)
{
    struct hits hits = find_leads(model, in, false);
    hear_human(model, in, &hits, answer, NULL);
}

/* A decline in a thread is meant for that lead; an opt-out, unclear too, for all of the
 * contact's. */
void model_hear_doubt(struct model *model, const struct model_hearing *in, bool opt_out)
{
    struct hits hits = find_leads(model, in, opt_out);
    hear_human(model, in, &hits, doubt, NULL);
}

/* Everybody whose leads it ends is suppressed, and who wrote it, lead or not. */
void model_hear_opt_out(struct model *model, const struct model_hearing *in)
{
    struct hits hits = find_leads(model, in, true);
    hear_human(model, in, &hits, end_stronger, "opted_out");
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int contact = 0; contact < MODEL_CONTACTS; contact++) {
            for (int sender = 0; sender < MODEL_SENDERS; sender++) {
                if (hits.lead[process][contact][sender])
                    model->suppressed[contact] = true;
            }
        }
    }
    model->suppressed[in->contact] = true;
}

/* A report that returns a message of ours says that it left. */
void model_hear_delay(struct model *model, int contact, int message)
{
    struct hits hits = {0};
    hit_contact(model, &hits, contact);
    release(model, message, &hits);
}

void model_hear_complaint(struct model *model, int contact, int message)
{
    model_hear_delay(model, contact, message);
    apply_to_contact(model, contact, end_stronger, "complained");
    model->suppressed[contact] = true;
}

static void absence(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                    const void *context)
{
    model_lead_absence(rules, lead, *(const int64_t *)context, model->now);
}

void model_hear_absence(struct model *model, int contact, int64_t return_day)
{
    apply_to_contact(model, contact, absence, &return_day);
}

/* ---- bounces ---- */

/* Without an id: the youngest that went to the contact, for one message failed. */
static struct model_touch *touch_that_failed(struct model *model, int contact, int message)
{
    for (int i = model->touch_count - 1; i >= 0; i--) {
        struct model_touch *touch = &model->touches[i];
        if (touch->contact == contact && touch->has_lead && model_has_left(touch) &&
            (message >= 0 ? touch->message == message : touch->at >= model->now - BOUNCE_TOUCH_S))
            return touch;
    }
    return NULL;
}

/* Only what is still in the count can be taken out of it. */
static void take_back(struct model *model, struct model_touch *touch)
{
    struct model_lead *lead = &model->leads[touch->process][touch->contact][touch->sender];
    if (model_is(touch->effect, "counted") && touch->run == lead->run)
        lead->unanswered--;
    if (model_is(touch->effect, "overrun") && touch->cycle == lead->cycle)
        lead->overrun--;
    if (model_is(touch->effect, "final") && touch->cycle == lead->cycle)
        lead->final_sent = false;
    touch->effect = "none";
}

void model_hear_bounce(struct model *model, int contact, int message, bool dead)
{
    struct model_touch *touch = touch_that_failed(model, contact, message);
    if (touch == NULL)
        return;
    model_hear_delay(model, contact, message);
    take_back(model, touch);
    if (dead)
        apply_to_contact(model, contact, end_stronger, "bounced");
}

/* ---- people ---- */

static bool said(struct model *model, const struct model_saying *in, struct model_lead *lead)
{
    if (model_is(in->what, "pause"))
        return model_lead_said_pause(lead, in->reason, in->until_at);
    if (model_is(in->what, "end"))
        return model_lead_said_end(lead, in->reason, model->now);
    if (model_is(in->what, "answered"))
        return model_lead_said_answered(lead);
    bool lifts = model_is(lead->state, "ended") && model_strength(lead->reason) >= 2;
    bool ok = model_lead_said_resume(lead, in->evidence);
    if (ok && lifts)
        model->suppressed[in->contact] = false;
    return ok;
}

/* Said of a contact it is said of each of its leads in one process; what is impossible for
 * one does not undo the others. An objection is said of the address: all processes, lead or
 * not. Evidence lifts it, lead or not. */
const char *model_say(struct model *model, const struct model_saying *in)
{
    bool objection = model_is(in->what, "end") && model_strength(in->reason) >= 2;
    bool lifted = model_is(in->what, "resume") && in->evidence;
    bool in_process[MODEL_PROCESSES] = {0};
    struct model_lead *leads[MODEL_PROCESSES * MODEL_SENDERS];
    int found = 0, processes = 0, done = 0;
    bool was_suppressed = model->suppressed[in->contact];
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int sender = 0; sender < MODEL_SENDERS; sender++) {
            struct model_lead *lead = &model->leads[process][in->contact][sender];
            if (model_is(lead->state, "none") ||
                (!objection && in->process >= 0 && in->process != process))
                continue;
            leads[found++] = lead;
            processes += !in_process[process];
            in_process[process] = true;
        }
    }
    if (processes > 1 && !objection)
        return "refused";
    for (int i = 0; i < found; i++)
        done += said(model, in, leads[i]);
    if (objection) {
        model->suppressed[in->contact] = true;
        return done > 0 || !was_suppressed || found == 0 ? "ok" : "refused";
    }
    if (found == 0 && was_suppressed && lifted) {
        model->suppressed[in->contact] = false;
        return "ok";
    }
    if (found == 0)
        return was_suppressed && model_is(in->what, "resume") ? "refused" : "not_found";
    return done > 0 ? "ok" : "refused";
}
