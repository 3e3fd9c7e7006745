/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * play_steps.c - one step of a script as facts for the engine and as a call of the model.
 *
 * Decides how a step looks as mail. Must not know what is right: it only compares what both
 * said.
 */
#include <stdio.h>
#include <string.h>

#include "stage.h"

const char *const scene_senders[MODEL_SENDERS] = {"anna@us.example", "arno@us.example"};

const char *scene_id(struct scene *scene, char letter, int number)
{
    return fs_arena_printf(scene->arena, "%c%d.%d@ids.example", letter, number, scene->play->tag);
}

int scene_sent(const struct scene *scene, int number)
{
    return number >= 0 && model_went_out(&scene->model, number) ? number : -1;
}

/* A message made without a Message-ID has none that a reply could name. */
static const struct step *step_numbered(const struct scene *scene, int number)
{
    for (int i = 0; i < scene->script->step_count; i++) {
        if (scene->script->steps[i].number == number)
            return &scene->script->steps[i];
    }
    return NULL;
}

/* The message of ours that step->ref names, if it went out and has an id. */
static int thread_of(const struct scene *scene, const struct step *step)
{
    int sent = scene_sent(scene, step->ref);
    const struct step *origin = step_numbered(scene, sent);
    if (origin != NULL && origin->repeat >= 0) { /* sent again: the key of the first */
        sent = scene_sent(scene, origin->repeat);
        origin = step_numbered(scene, sent);
    }
    return origin != NULL && !origin->digest ? sent : -1;
}

/* ---- sending ---- */

static struct model_sending sending_of(const struct scene *scene, const struct step *step)
{
    struct model_sending sending = {.message = step->number,
                                    .digest = step->digest,
                                    .process = step->process,
                                    .sender = step->sender,
                                    .recipients = step->recipients,
                                    .kind = step->kind,
                                    .final_mark = step->final_mark,
                                    .our_auto = step->our_auto,
                                    .answers = step->ref,
                                    .thread = -1};
    const struct step *again = step_numbered(scene, step->repeat);
    if (again != NULL && again->repeat < 0) { /* the same message once more */
        sending.message = again->number;
        sending.process = again->process;
        sending.sender = again->sender;
        sending.digest = again->digest;
        sending.kind = again->kind;
        sending.final_mark = again->final_mark;
        sending.our_auto = again->our_auto;
        sending.answers = again->ref;
    }
    const struct step *answered = step_numbered(scene, sending.answers);
    if (answered == NULL)
        sending.answers = -1;
    else
        sending.thread = thread_of(scene, answered);
    if (sending.answers >= 0 && sending.kind == KIND_FIRST)
        sending.kind = KIND_FOLLOW_UP;
    return sending;
}

static struct fs_facts facts_of_sending(struct scene *scene, const struct model_sending *sending)
{
    const char *id = scene_id(scene, 'm', sending->message);
    struct fs_facts facts = {.class = FS_CLASS_HUMAN,
                             .rule = "model",
                             .from = scene_senders[sending->sender],
                             .sender = scene_senders[sending->sender],
                             .in_thread = sending->kind == KIND_FOLLOW_UP,
                             .is_invitation = sending->kind == KIND_INVITATION,
                             .is_content = sending->kind == KIND_CONTENT,
                             .is_our_auto = sending->our_auto,
                             .final_mark = sending->final_mark};
    facts.message_id = sending->digest ? NULL : id;
    facts.key = fs_arena_printf(scene->arena, "%s%s", sending->digest ? "sha256:" : "id:", id);
    if (sending->answers >= 0) {
        const char **references = fs_arena_alloc(scene->arena, 2, sizeof(*references));
        if (sending->thread >= 0)
            references[facts.reference_count++] = scene_id(scene, 'm', sending->thread);
        references[facts.reference_count++] = scene_id(scene, 'h', sending->answers);
        facts.references = references;
        facts.in_reply_to = scene_id(scene, 'h', sending->answers);
        facts.in_thread = true;
    }
    return facts;
}

/* A suppressed address gets nothing in enforce mode, but responses and our own notes. Only
 * "pass" may count, and no message that is refused. */
static bool judge_ruling(struct scene *scene, const struct fs_ruling *ruling, const int *contacts,
                         const bool *suppressed, bool may_respond)
{
    memset(scene->sent, 0, sizeof(scene->sent));
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        const struct fs_ruling_recipient *one = &ruling->recipients[i];
        bool left = ruling->disposition != FS_DISPOSITION_REFUSED;
        bool counts = left && one->verdict == FS_VERDICT_PASS;
        scene->sent[contacts[i]] = counts ? SENT_COUNTS : left ? SENT_UNCOUNTED : SENT_NOT;
        if (ruling->mode == FS_MODE_ENFORCE && suppressed[contacts[i]] && left && !may_respond)
            return scene_fail(scene, "%s is suppressed and gets a touch (%s)",
                              script_contacts[contacts[i]], fs_verdict_name(one->verdict));
    }
    return true;
}

static bool compare_ruling(struct scene *scene, const struct fs_ruling *ruling, const int *contacts,
                           const struct model_ruling *expected)
{
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        const struct fs_ruling_recipient *one = &ruling->recipients[i];
        int contact = contacts[i];
        const char *verdict = fs_verdict_name(one->verdict);
        scene_note(scene, verdict);
        if (!model_is(verdict, expected->verdict[contact]))
            return scene_fail(scene, "verdict for %s: engine %s, model %s",
                              script_contacts[contact], verdict, expected->verdict[contact]);
        if (one->refused != expected->refused[contact])
            return scene_fail(scene, "refused for %s: engine %d, model %d",
                              script_contacts[contact], one->refused, expected->refused[contact]);
        if (expected->next_at[contact] != 0 && one->next_allowed_at != expected->next_at[contact])
            return scene_fail(scene, "next allowed for %s: engine %lld, model %lld",
                              script_contacts[contact],
                              (long long)(one->next_allowed_at - PLAY_BEGIN_AT),
                              (long long)(expected->next_at[contact] - PLAY_BEGIN_AT));
    }
    const char *disposition = fs_disposition_name(ruling->disposition);
    scene_note(scene, disposition);
    return model_is(disposition, expected->disposition) ||
           scene_fail(scene, "disposition: engine %s, model %s", disposition,
                      expected->disposition);
}

bool scene_send(struct scene *scene, const struct step *step)
{
    struct model_sending sending = sending_of(scene, step);
    struct fs_facts facts = facts_of_sending(scene, &sending);
    const char *recipients[MODEL_CONTACTS + 1];
    int contacts[MODEL_CONTACTS + 1];
    size_t count = 0;
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        for (int times = step->twice && count == 0 ? 2 : 1;
             times > 0 && (sending.recipients & (1u << i)) != 0; times--) {
            contacts[count] = i;
            recipients[count++] = scene->contacts[i];
        }
    }
    struct fs_outbound in = {.config = scene->config,
                             .process = &scene->config->processes[sending.process],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = count};
    struct fs_ruling ruling;
    struct fs_error err = {FS_OK, ""};
    if (fs_engine_outbound(scene->play->stage->engine, scene->arena, &in, &ruling, &err) != FS_OK)
        return scene_fail(scene, "outbound: %s", err.text);
    struct model_ruling expected;
    bool suppressed[MODEL_CONTACTS];
    memcpy(suppressed, scene->model.suppressed, sizeof(suppressed));
    scene->sent_process = sending.process;
    model_send(&scene->model, &sending, &expected);
    return judge_ruling(scene, &ruling, contacts, suppressed,
                        sending.answers >= 0 || sending.our_auto) &&
           compare_ruling(scene, &ruling, contacts, &expected);
}

/* ---- hearing ---- */

/* What a person's message and a machine's report have in common: who, and which of ours. */
static void fill_person(struct scene *scene, const struct step *step, int thread,
                        struct fs_facts *facts)
{
    facts->class = step->calendar ? FS_CLASS_CALENDAR : FS_CLASS_HUMAN;
    facts->from = facts->sender = scene->contacts[step->contact];
    if (thread >= 0) {
        facts->in_reply_to = scene_id(scene, 'm', thread);
        facts->in_thread = true;
    }
}

static void fill_report(struct scene *scene, const struct step *step, int returned,
                        struct fs_facts *facts)
{
    facts->from = "mailer-daemon@mx.example";
    facts->sender = "";
    facts->original_recipient = scene->contacts[step->contact];
    if (returned >= 0) {
        const char **ids = fs_arena_alloc(scene->arena, 1, sizeof(*ids));
        ids[0] = scene_id(scene, 'm', returned);
        facts->returned_ids = ids;
        facts->returned_id_count = 1;
    }
}

/* Whether this message went to this contact: a report that names another is no report. */
static bool went_to(const struct scene *scene, int message, int contact)
{
    for (int i = 0; i < scene->model.touch_count; i++) {
        const struct model_touch *touch = &scene->model.touches[i];
        if (touch->message == message && touch->contact == contact && model_has_left(touch))
            return true;
    }
    return false;
}

static void hear_person(struct scene *scene, const struct step *step, struct fs_facts *facts)
{
    struct model_hearing hearing = {
        .message = step->number, .contact = step->contact, .thread = thread_of(scene, step)};
    fill_person(scene, step, hearing.thread, facts);
    if (step->what != STEP_ANSWER)
        facts->class = FS_CLASS_HUMAN;
    switch (step->what) {
    case STEP_DECLINE:
        facts->decline = FS_ANSWER_YES;
        model_hear_doubt(&scene->model, &hearing, false);
        break;
    case STEP_UNCLEAR:
        facts->opt_out = FS_ANSWER_UNCLEAR;
        model_hear_doubt(&scene->model, &hearing, true);
        break;
    case STEP_OPT_OUT:
        facts->opt_out = FS_ANSWER_YES;
        model_hear_opt_out(&scene->model, &hearing);
        break;
    default:
        model_hear_answer(&scene->model, &hearing);
        break;
    }
}

static void hear_machine(struct scene *scene, const struct step *step, struct fs_facts *facts)
{
    int64_t today = scene->model.now / MODEL_DAY_S;
    int returned = thread_of(scene, step);
    if (!went_to(scene, returned, step->contact))
        returned = -1;
    switch (step->what) {
    case STEP_COMPLAINT:
        facts->class = FS_CLASS_COMPLAINT;
        fill_report(scene, step, returned, facts);
        model_hear_complaint(&scene->model, step->contact);
        break;
    case STEP_BOUNCE:
        facts->class = FS_CLASS_BOUNCE;
        facts->permanent = true;
        facts->status = step->dead ? "5.1.1" : "5.7.1";
        fill_report(scene, step, returned, facts);
        model_hear_bounce(&scene->model, step->contact, returned, step->dead);
        break;
    case STEP_ABSENCE:
        facts->class = FS_CLASS_OUT_OF_OFFICE;
        facts->from = facts->sender = scene->contacts[step->contact];
        if (step->has_date)
            facts->return_date = fs_date_from_days(today + step->days);
        model_hear_absence(&scene->model, step->contact, step->has_date ? today + step->days : 0);
        break;
    default: {
        static const enum fs_mail_class classes[] = {FS_CLASS_AUTO_REPLY, FS_CLASS_DELAYED,
                                                     FS_CLASS_RECEIPT, FS_CLASS_CHALLENGE,
                                                     FS_CLASS_BULK};
        facts->class = classes[step->number % 5];
        facts->from = facts->sender = scene->contacts[step->contact];
        if (facts->class == FS_CLASS_DELAYED)
            fill_report(scene, step, returned, facts);
        break;
    }
    }
}

/* An answer is never lost by a pause. */
static bool pause_listens(struct scene *scene, const struct fs_hearing *hearing)
{
    for (size_t i = 0; i < hearing->lead_count; i++) {
        const struct fs_hearing_lead *lead = &hearing->leads[i];
        if (hearing->what == FS_ON_ANSWER && !model_is(lead->match, "account") &&
            lead->from == FS_STATE_PAUSED && lead->to != FS_STATE_REPLIED)
            return scene_fail(scene, "an answer to a paused lead left it %s",
                              fs_state_name(lead->to));
    }
    return true;
}

bool scene_hear(struct scene *scene, const struct step *step)
{
    struct fs_facts facts = {.rule = "model", .message_id = scene_id(scene, 'h', step->number)};
    if (step->what == STEP_ANSWER || step->what == STEP_DECLINE || step->what == STEP_UNCLEAR ||
        step->what == STEP_OPT_OUT)
        hear_person(scene, step, &facts);
    else
        hear_machine(scene, step, &facts);
    struct fs_inbound in = {.config = scene->config, .facts = &facts};
    struct fs_hearing hearing;
    struct fs_error err = {FS_OK, ""};
    if (fs_engine_inbound(scene->play->stage->engine, scene->arena, &in, &hearing, &err) != FS_OK)
        return scene_fail(scene, "inbound: %s", err.text);
    return pause_listens(scene, &hearing);
}

/* ---- saying ---- */

bool scene_say(struct scene *scene, const struct step *step)
{
    struct model_saying saying = {.contact = step->contact,
                                  .process = step->process,
                                  .evidence = step->evidence,
                                  .until_at = scene->model.now + step->days * MODEL_DAY_S};
    struct fs_saying in = {.config = scene->config,
                           .address = scene->contacts[step->contact],
                           .process =
                               step->process < 0 ? NULL : scene->process_names[step->process],
                           .evidence = step->evidence ? "a letter" : NULL,
                           .note = "model",
                           .actor = {.name = "paula", .uid = 1000}};
    saying.reason = "none";
    switch (step->what) {
    case STEP_PAUSE:
        saying.what = "pause";
        saying.reason = script_pause_reasons[step->reason];
        in.what = FS_ON_PAUSE;
        in.until_at = saying.until_at;
        fs_pause_reason_parse(saying.reason, &in.pause_reason);
        break;
    case STEP_END:
        saying.what = "end";
        saying.reason = script_end_reasons[step->reason];
        in.what = FS_ON_END;
        fs_end_reason_parse(saying.reason, &in.end_reason);
        break;
    case STEP_RESUME:
        saying.what = "resume";
        in.what = FS_ON_RESUME;
        break;
    default:
        saying.what = "answered";
        in.what = FS_ON_ANSWERED;
        break;
    }
    struct fs_hearing_lead out;
    const char *event_id = NULL;
    struct fs_error err = {FS_OK, ""};
    enum fs_status status =
        fs_engine_say(scene->play->stage->engine, scene->arena, &in, &out, &event_id, &err);
    const char *said = status == FS_OK          ? "ok"
                       : status == FS_REFUSED   ? "refused"
                       : status == FS_NOT_FOUND ? "not_found"
                                                : err.text;
    const char *expected = model_say(&scene->model, &saying);
    scene_note(scene, said);
    return model_is(said, expected) ||
           scene_fail(scene, "%s: engine %s, model %s", saying.what, said, expected);
}
