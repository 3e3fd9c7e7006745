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

/* Calls do_it for each lead of the contact. */
typedef void lead_row(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                      const void *context);

static void each_lead_of(struct model *model, int contact, lead_row *row, const void *context)
{
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int sender = 0; sender < MODEL_SENDERS; sender++)
            row(model, &model->rules[process], &model->leads[process][contact][sender], context);
    }
}

/* The leads whose message is answered: the writer's own among its recipients, else all of
 * them, for a stranger's answer in a thread is an answer of whoever it was sent to. False:
 * nobody was sent this message. */
static bool each_lead_in_thread(struct model *model, const struct model_hearing *in, lead_row *row,
                                const void *context)
{
    bool own = false, found = false;
    for (int i = 0; i < model->touch_count; i++) {
        const struct model_touch *touch = &model->touches[i];
        own = own || (touch->message == in->thread && touch->contact == in->contact);
    }
    bool done[MODEL_PROCESSES][MODEL_CONTACTS][MODEL_SENDERS] = {0};
    for (int i = 0; i < model->touch_count && in->thread >= 0; i++) {
        const struct model_touch *touch = &model->touches[i];
        if (touch->message != in->thread || (own && touch->contact != in->contact))
            continue;
        bool *once = &done[touch->process][touch->contact][touch->sender];
        struct model_lead *lead = &model->leads[touch->process][touch->contact][touch->sender];
        found = found || !model_is(lead->state, "none");
        if (!*once)
            row(model, &model->rules[touch->process], lead, context);
        *once = true;
    }
    return found;
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

static void remember(struct model *model, const struct model_hearing *in)
{
    if (!in->calendar)
        model->heard[model->heard_count++] =
            (struct model_heard){.message = in->message, .contact = in->contact, .at = model->now};
}

/* True when the account knows the writer: a colleague has a lead. */
static bool each_colleague(struct model *model, int writer)
{
    if (writer >= 2 || !model_has_lead(model, 1 - writer))
        return false;
    each_lead_of(model, 1 - writer, colleague, NULL);
    return true;
}

void model_hear_answer(struct model *model, const struct model_hearing *in)
{
    if (each_lead_in_thread(model, in, answer, NULL)) {
        remember(model, in);
    } else if (model_has_lead(model, in->contact)) {
        each_lead_of(model, in->contact, answer, NULL);
        remember(model, in);
    } else if (each_colleague(model, in->contact)) {
        remember(model, in);
    }
}

/* A decline in a thread is meant for that lead; an opt-out, unclear too, for all of the
 * contact's. */
void model_hear_doubt(struct model *model, const struct model_hearing *in, bool opt_out)
{
    if (!opt_out && each_lead_in_thread(model, in, doubt, NULL)) {
        remember(model, in);
    } else if (model_has_lead(model, in->contact)) {
        each_lead_of(model, in->contact, doubt, NULL);
        remember(model, in);
    } else if (each_lead_in_thread(model, in, doubt, NULL)) {
        remember(model, in);
    } else if (each_colleague(model, in->contact)) {
        remember(model, in);
    }
}

static void end_stronger(struct model *model, const struct model_rules *rules,
                         struct model_lead *lead, const void *context)
{
    (void)rules;
    if (!model_is(lead->state, "none"))
        model_lead_end_stronger(lead, context, model->now);
}

void model_hear_opt_out(struct model *model, const struct model_hearing *in)
{
    if (model_has_lead(model, in->contact))
        remember(model, in);
    each_lead_of(model, in->contact, end_stronger, "opted_out");
    model->suppressed[in->contact] = true;
}

void model_hear_complaint(struct model *model, int contact)
{
    each_lead_of(model, contact, end_stronger, "complained");
    model->suppressed[contact] = true;
}

static void absence(struct model *model, const struct model_rules *rules, struct model_lead *lead,
                    const void *context)
{
    model_lead_absence(rules, lead, *(const int64_t *)context, model->now);
}

void model_hear_absence(struct model *model, int contact, int64_t return_day)
{
    each_lead_of(model, contact, absence, &return_day);
}

/* ---- bounces ---- */

static struct model_touch *touch_that_failed(struct model *model, int contact, int message)
{
    for (int i = model->touch_count - 1; i >= 0; i--) {
        struct model_touch *touch = &model->touches[i];
        bool passed = !model_verdict_refuses(touch->verdict) || model_is(touch->effect, "overrun");
        if (touch->contact == contact && passed &&
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
    take_back(model, touch);
    if (dead)
        each_lead_of(model, contact, end_stronger, "bounced");
}

/* ---- people ---- */

static bool said(struct model *model, const struct model_saying *in, struct model_lead *lead)
{
    if (model_is(in->what, "pause"))
        return model_lead_said_pause(lead, in->reason, in->until_at);
    if (model_is(in->what, "end")) {
        bool ok = model_lead_said_end(lead, in->reason, model->now);
        if (ok && model_strength(in->reason) >= 2)
            model->suppressed[in->contact] = true;
        return ok;
    }
    if (model_is(in->what, "answered"))
        return model_lead_said_answered(lead);
    bool lifts = model_is(lead->state, "ended") && model_strength(lead->reason) >= 2;
    bool ok = model_lead_said_resume(lead, in->evidence);
    if (ok && lifts)
        model->suppressed[in->contact] = false;
    return ok;
}

const char *model_say(struct model *model, const struct model_saying *in)
{
    struct model_lead *one = NULL;
    int found = 0;
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int sender = 0; sender < MODEL_SENDERS; sender++) {
            struct model_lead *lead = &model->leads[process][in->contact][sender];
            if (model_is(lead->state, "none") || (in->process >= 0 && in->process != process))
                continue;
            one = lead;
            found++;
        }
    }
    if (found == 0)
        return "not_found";
    return found == 1 && said(model, in, one) ? "ok" : "refused";
}
