/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * play_send.c - an outgoing message of a script, as facts for the engine and a call of the model.
 *
 * Decides how it looks as mail, and what must hold of every ruling. Must not know what is
 * right beyond that: it compares what both said.
 */
#include <string.h>

#include "stage.h"

const char *const scene_senders[MODEL_SENDERS] = {"anna@us.example", "arno@us.example"};

const char *scene_id(struct scene *scene, char letter, int number)
{
    return fs_arena_printf(scene->arena, "%c%d.%d@ids.example", letter, number, scene->play->tag);
}

static int went_out(const struct scene *scene, int number)
{
    return number >= 0 && model_went_out(&scene->model, number) ? number : -1;
}

const struct step *scene_step(const struct scene *scene, int number)
{
    for (int i = 0; i < scene->script->step_count; i++) {
        if (scene->script->steps[i].number == number)
            return &scene->script->steps[i];
    }
    return NULL;
}

/* A message without a Message-ID has none that a reply could name. */
int scene_thread_of(const struct scene *scene, const struct step *step)
{
    int sent = went_out(scene, step->ref);
    const struct step *origin = scene_step(scene, sent);
    if (origin != NULL && origin->repeat >= 0) { /* sent again: the key of the first */
        sent = went_out(scene, origin->repeat);
        origin = scene_step(scene, sent);
    }
    return origin != NULL && !origin->digest ? sent : -1;
}

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
    const struct step *again = scene_step(scene, step->repeat);
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
    const struct step *answered = scene_step(scene, sending.answers);
    if (answered == NULL)
        sending.answers = -1;
    else
        sending.thread = scene_thread_of(scene, answered);
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

/* A key counts once within its time, whatever the model thinks. */
static bool count_key(struct scene *scene, const struct model_sending *sending, int contact)
{
    int64_t kept_s = (sending->digest ? 1 : 5) * MODEL_DAY_S;
    for (int i = 0; i < scene->counted_count; i++) {
        const struct counted *one = &scene->counted[i];
        if (one->message == sending->message && one->contact == contact &&
            one->at > scene->model.now - kept_s)
            return scene_fail(scene, "message %d counts twice for %s", sending->message,
                              script_contacts[contact]);
    }
    scene->counted[scene->counted_count++] =
        (struct counted){sending->message, contact, scene->model.now};
    return true;
}

/* A suppressed address gets nothing in enforce mode, but responses and our own notes. Only
 * "pass" may count, and no message that is refused. */
static bool judge_ruling(struct scene *scene, const struct fs_ruling *ruling, const int *contacts,
                         const bool *suppressed, const struct model_sending *sending)
{
    memset(scene->may_count, 0, sizeof(scene->may_count));
    for (size_t i = 0; i < ruling->recipient_count; i++) {
        const struct fs_ruling_recipient *one = &ruling->recipients[i];
        bool left = ruling->disposition != FS_DISPOSITION_REFUSED;
        bool *may_count = &scene->may_count[contacts[i]];
        if (left && one->verdict == FS_VERDICT_PASS && !*may_count) {
            *may_count = true;
            if (!count_key(scene, sending, contacts[i]))
                return false;
        }
        if (ruling->mode == FS_MODE_ENFORCE && suppressed[contacts[i]] && left &&
            sending->answers < 0 && !sending->our_auto)
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
    return judge_ruling(scene, &ruling, contacts, suppressed, &sending) &&
           compare_ruling(scene, &ruling, contacts, &expected);
}
