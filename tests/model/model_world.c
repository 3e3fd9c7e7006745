/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * model_world.c - the naive model of one outgoing message: keys, responses, modes.
 *
 * Decides who is counted once, what a response is and what a refusal does in each mode, from
 * the paragraphs below the design's table. Must not know milter/, or rows of one lead.
 */
#include "model.h"

#define KEY_S (5 * MODEL_DAY_S)
#define KEY_DIGEST_S (1 * MODEL_DAY_S)
#define RESPONSE_S (30 * MODEL_DAY_S)

static bool same_account(int one, int other)
{
    return one < 2 && other < 2;
}

static int sender_of(const struct model *model, int process, int sender)
{
    return model->rules[process].per_sender ? sender : 0;
}

static const struct model_touch *first_of_key(const struct model *model,
                                              const struct model_sending *in, int contact)
{
    int64_t kept_s = in->digest ? KEY_DIGEST_S : KEY_S;
    int sender = sender_of(model, in->process, in->sender);
    for (int i = model->touch_count - 1; i >= 0; i--) {
        const struct model_touch *touch = &model->touches[i];
        if (touch->message == in->message && touch->process == in->process &&
            touch->contact == contact && touch->sender == sender &&
            touch->at >= model->now - kept_s)
            return touch;
    }
    return NULL;
}

static const struct model_heard *answered_by(const struct model *model,
                                             const struct model_sending *in)
{
    for (int i = 0; i < model->heard_count; i++) {
        const struct model_heard *heard = &model->heard[i];
        if (heard->message == in->answers && !heard->consumed &&
            heard->at >= model->now - RESPONSE_S)
            return heard;
    }
    return NULL;
}

static bool was_sent_to(const struct model *model, int message, int contact)
{
    for (int i = 0; i < model->touch_count; i++) {
        if (model->touches[i].message == message && model->touches[i].contact == contact)
            return true;
    }
    return false;
}

static bool is_response(const struct model *model, const struct model_sending *in,
                        const struct model_heard *heard, int contact)
{
    if (heard == NULL)
        return false;
    if (contact == heard->contact || same_account(contact, heard->contact))
        return true;
    return in->thread >= 0 && was_sent_to(model, in->thread, contact);
}

static void consume(struct model *model, int contact)
{
    for (int i = 0; i < model->heard_count; i++) {
        if (model->heard[i].contact == contact)
            model->heard[i].consumed = true;
    }
}

static const char *verdict_for(const struct model *model, const struct model_sending *in,
                               const struct model_heard *heard, int contact,
                               struct model_lead *lead, int64_t *next_at)
{
    if (in->our_auto)
        return "exempt";
    const struct model_touch *first = first_of_key(model, in, contact);
    if (first != NULL && model_verdict_refuses(first->verdict))
        return first->verdict;
    if (first != NULL)
        return "duplicate";
    if (is_response(model, in, heard, contact))
        return "response";
    if (model->suppressed[contact])
        return "suppressed";
    int kind = in->kind;
    if (kind == KIND_FIRST && !model_is(lead->state, "none"))
        kind = KIND_FOLLOW_UP;
    return model_lead_touch(&model->rules[in->process], lead, kind, in->final_mark, model->now,
                            next_at);
}

static void record(struct model *model, const struct model_sending *in, int contact,
                   const char *verdict, const char *effect)
{
    int sender = sender_of(model, in->process, in->sender);
    const struct model_lead *lead = &model->leads[in->process][contact][sender];
    model->touches[model->touch_count++] = (struct model_touch){.message = in->message,
                                                                .process = in->process,
                                                                .contact = contact,
                                                                .sender = sender,
                                                                .at = model->now,
                                                                .verdict = verdict,
                                                                .effect = effect,
                                                                .run = lead->run,
                                                                .cycle = lead->cycle};
}

static const char *disposition(const char *mode, bool refused)
{
    if (!refused)
        return "passed";
    if (model_is(mode, "observe"))
        return "would_refuse";
    if (model_is(mode, "flag"))
        return "flagged";
    return model_is(mode, "hold") ? "held" : "refused";
}

/* What one recipient's verdict leaves behind, once it is known what becomes of the message. */
static void settle(struct model *model, const struct model_sending *in, int contact,
                   struct model_lead *after, const char *verdict, const char *mode)
{
    int sender = sender_of(model, in->process, in->sender);
    struct model_lead *lead = &model->leads[in->process][contact][sender];
    const char *effect = "none";
    if (model_is(verdict, "exempt") && in->our_auto)
        return;
    if (first_of_key(model, in, contact) != NULL)
        return;
    *lead = *after;
    if (model_is(verdict, "pass"))
        effect = "counted";
    if (model_is(verdict, "final"))
        effect = "final";
    if (model_is(verdict, "response"))
        consume(model, contact);
    if (model_verdict_refuses(verdict) && !model_is(lead->state, "none") &&
        (model_is(mode, "observe") || model_is(mode, "flag"))) {
        lead->overrun++;
        effect = "overrun";
    }
    record(model, in, contact, verdict, effect);
}

void model_send(struct model *model, const struct model_sending *in, struct model_ruling *out)
{
    struct model_lead after[MODEL_CONTACTS];
    const char *mode = model->off ? "observe" : model->rules[in->process].mode;
    int sender = sender_of(model, in->process, in->sender);
    const struct model_heard *heard = answered_by(model, in);
    bool any_refused = false, any_response = false;
    *out = (struct model_ruling){.disposition = "passed"};
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        if ((in->recipients & (1u << i)) == 0)
            continue;
        after[i] = model->leads[in->process][i][sender];
        out->verdict[i] = verdict_for(model, in, heard, i, &after[i], &out->next_at[i]);
        out->refused[i] = model_verdict_refuses(out->verdict[i]);
        any_refused = any_refused || out->refused[i];
        any_response = any_response || model_is(out->verdict[i], "response");
    }
    out->disposition = disposition(mode, any_refused);
    bool sent = !any_refused || !model_is(mode, "enforce");
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        if (out->verdict[i] != NULL && (sent || out->refused[i]))
            settle(model, in, i, &after[i], out->verdict[i], mode);
    }
    if (sent && any_response)
        consume(model, heard->contact);
}

bool model_went_out(const struct model *model, int message)
{
    bool out = false;
    for (int i = 0; i < model->touch_count; i++) {
        const struct model_touch *touch = &model->touches[i];
        if (touch->message == message &&
            (!model_verdict_refuses(touch->verdict) || model_is(touch->effect, "overrun")))
            out = true;
    }
    return out;
}

bool model_has_lead(const struct model *model, int contact)
{
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int sender = 0; sender < MODEL_SENDERS; sender++) {
            if (!model_is(model->leads[process][contact][sender].state, "none"))
                return true;
        }
    }
    return false;
}

void model_init(struct model *model, const struct model_rules rules[MODEL_PROCESSES], int64_t now)
{
    *model = (struct model){.now = now};
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        model->rules[process] = rules[process];
        for (int contact = 0; contact < MODEL_CONTACTS; contact++) {
            for (int sender = 0; sender < MODEL_SENDERS; sender++)
                model->leads[process][contact][sender] =
                    (struct model_lead){.state = "none", .reason = "none", .before = "none"};
        }
    }
}

void model_time(struct model *model, int64_t now)
{
    model->now = now;
    for (int process = 0; process < MODEL_PROCESSES; process++) {
        for (int contact = 0; contact < MODEL_CONTACTS; contact++) {
            for (int sender = 0; sender < MODEL_SENDERS; sender++)
                model_lead_time(&model->rules[process], &model->leads[process][contact][sender],
                                now);
        }
    }
}
