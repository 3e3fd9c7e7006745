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

static struct model_touch *first_of_key(struct model *model, const struct model_sending *in,
                                        int contact)
{
    int64_t kept_s = in->digest ? KEY_DIGEST_S : KEY_S;
    int sender = sender_of(model, in->process, in->sender);
    for (int i = model->touch_count - 1; i >= 0; i--) {
        struct model_touch *touch = &model->touches[i];
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

bool model_has_left(const struct model_touch *touch)
{
    return !model_is(touch->disposition, "refused");
}

static bool was_sent_to(const struct model *model, int message, int contact)
{
    for (int i = 0; i < model->touch_count; i++) {
        const struct model_touch *touch = &model->touches[i];
        if (touch->message == message && touch->contact == contact && model_has_left(touch))
            return true;
    }
    return false;
}

static bool left_in_lead(const struct model *model, const struct model_sending *in, int contact)
{
    int sender = sender_of(model, in->process, in->sender);
    for (int i = 0; i < model->touch_count; i++) {
        const struct model_touch *touch = &model->touches[i];
        if (touch->message == in->message && touch->process == in->process &&
            touch->contact == contact && touch->sender == sender && model_has_left(touch))
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

/* The message that is answered, and what the contact wrote before it. */
static void consume(struct model *model, const struct model_heard *answered)
{
    int contact = answered->contact;
    int64_t at = answered->at;
    for (int i = 0; i < model->heard_count; i++) {
        if (model->heard[i].contact == contact && model->heard[i].at <= at)
            model->heard[i].consumed = true;
    }
}

static bool same_change(const struct model_lead *one, const struct model_lead *other)
{
    return model_is(one->state, other->state) && one->unanswered == other->unanswered &&
           one->cycle == other->cycle && one->final_sent == other->final_sent;
}

static const char *verdict_for(struct model *model, const struct model_sending *in,
                               const struct model_heard *heard, int contact,
                               struct model_lead *lead, const char *mode, int64_t *next_at)
{
    if (in->our_auto)
        return "exempt";
    const struct model_touch *first = first_of_key(model, in, contact);
    bool left = first != NULL && model_has_left(first);
    bool response = is_response(model, in, heard, contact);
    if (left && model_verdict_refuses(first->verdict))
        return first->verdict;
    if (left && (!model->suppressed[contact] || model_is(first->verdict, "response")))
        return "duplicate";
    if (!left && response)
        return "response";
    if (model->suppressed[contact] && first == NULL)
        return "suppressed";
    if (model->suppressed[contact])
        return left || !model_is(mode, "enforce") ? "suppressed" : first->verdict;
    int kind = in->kind;
    if (kind == KIND_FIRST && !model_is(lead->state, "none"))
        kind = KIND_FOLLOW_UP;
    struct model_lead before = *lead;
    const char *verdict = model_lead_touch(&model->rules[in->process], lead, kind, in->final_mark,
                                           model->now, next_at);
    /* What was refused here gets its first verdict again, as long as it is still refused:
     * "early" names a time, and at that time the same message must pass. */
    if (first != NULL && model_is(mode, "enforce") && model_verdict_refuses(verdict) &&
        same_change(&before, lead)) {
        *next_at = 0;
        return first->verdict;
    }
    return verdict;
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

/* A key has one touch in a lead: that of a later copy takes the place of the first. */
static void forget_older(struct model *model, const struct model_sending *in, int contact)
{
    int sender = sender_of(model, in->process, in->sender);
    for (int i = 0; i < model->touch_count; i++) {
        struct model_touch *touch = &model->touches[i];
        if (touch->message == in->message && touch->process == in->process &&
            touch->contact == contact && touch->sender == sender) {
            touch->message = -1;
            touch->contact = -1;
        }
    }
}

static void record(struct model *model, const struct model_sending *in, int contact,
                   const char *verdict, const char *effect, const char *disposition_of)
{
    forget_older(model, in, contact);
    int sender = sender_of(model, in->process, in->sender);
    const struct model_lead *lead = &model->leads[in->process][contact][sender];
    model->touches[model->touch_count++] =
        (struct model_touch){.message = in->message,
                             .process = in->process,
                             .contact = contact,
                             .sender = sender,
                             .at = model->now,
                             .verdict = verdict,
                             .disposition = disposition_of,
                             .has_lead = !model_is(lead->state, "none"),
                             .effect = effect,
                             .run = lead->run,
                             .cycle = lead->cycle};
}

void model_release(struct model *model, struct model_touch *touch)
{
    struct model_lead *lead = &model->leads[touch->process][touch->contact][touch->sender];
    if (!model->counts_released || !model_is(touch->disposition, "held") ||
        !model_verdict_refuses(touch->verdict))
        return;
    touch->disposition = "passed";
    touch->effect = "overrun";
    if (touch->has_lead && touch->cycle == lead->cycle)
        lead->overrun++;
}

/* What one recipient's verdict leaves behind, once it is known what becomes of the message. */
static void settle(struct model *model, const struct model_sending *in, int contact,
                   const struct model_lead *after, const char *verdict, const char *mode)
{
    int sender = sender_of(model, in->process, in->sender);
    struct model_lead *lead = &model->leads[in->process][contact][sender];
    struct model_touch *first = first_of_key(model, in, contact);
    bool refused = model_verdict_refuses(verdict);
    bool passes = model_is(mode, "observe") || model_is(mode, "flag");
    const char *effect = "none";
    if (in->our_auto)
        return;
    if (first != NULL && model_has_left(first)) { /* counted once */
        if (!model_is(mode, "enforce"))
            model_release(model, first);
        return;
    }
    if (first != NULL && refused && !passes && !model_is(mode, "hold") &&
        model_is(first->verdict, verdict))
        return;
    *lead = *after;
    if (model_is(verdict, "pass"))
        effect = "counted";
    if (model_is(verdict, "final"))
        effect = "final";
    if (refused && !model_is(lead->state, "none") && passes) {
        lead->overrun++;
        effect = "overrun";
    }
    /* A copy, refused here, of what left more than the key's time ago: answers and bounces are to
     * the one that left, so that stays the touch of this key, and each copy is judged anew. */
    bool barred = refused && model_is(mode, "enforce");
    if (barred && first == NULL && left_in_lead(model, in, contact))
        return;
    record(model, in, contact, verdict, effect, disposition(mode, refused));
}

static bool bars_all(const struct model_ruling *ruling, const char *mode)
{
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        if (ruling->refused[i] && model_is(mode, "enforce"))
            return true;
    }
    return false;
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
        out->verdict[i] = verdict_for(model, in, heard, i, &after[i], mode, &out->next_at[i]);
        out->refused[i] = model_verdict_refuses(out->verdict[i]);
        any_refused = any_refused || out->refused[i];
        any_response = any_response || model_is(out->verdict[i], "response");
    }
    out->disposition = disposition(mode, any_refused);
    bool barred = bars_all(out, mode);
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        if (out->verdict[i] != NULL && (!barred || out->refused[i]))
            settle(model, in, i, &after[i], out->verdict[i], mode);
    }
    if (!barred && any_response)
        consume(model, heard);
}

bool model_went_out(const struct model *model, int message)
{
    for (int i = 0; i < model->touch_count; i++) {
        if (model->touches[i].message == message && model_has_left(&model->touches[i]))
            return true;
    }
    return false;
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
