/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * play_hear.c - what comes in and what people say, as facts for the engine and a call of the
 * model.
 *
 * Decides how a step looks as mail. Must not know what is right: it compares what both said.
 */
#include <string.h>

#include "stage.h"

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
        .message = step->number, .contact = step->contact, .thread = scene_thread_of(scene, step)};
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
    int returned = scene_thread_of(scene, step);
    if (!went_to(scene, returned, step->contact))
        returned = -1;
    switch (step->what) {
    case STEP_COMPLAINT:
        facts->class = FS_CLASS_COMPLAINT;
        fill_report(scene, step, returned, facts);
        model_hear_complaint(&scene->model, step->contact, returned);
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
        if (facts->class == FS_CLASS_DELAYED) {
            fill_report(scene, step, returned, facts);
            model_hear_delay(&scene->model, step->contact, returned);
        }
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
