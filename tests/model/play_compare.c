/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * play_compare.c - the engine's leads beside the model's, and what must hold whatever happens.
 *
 * Decides whether two leads are the same, and the invariants. Must not know why one is right.
 */
#include <string.h>

#include "stage.h"

static int sender_index(const char *sender)
{
    return model_is(sender, scene_senders[1]) ? 1 : 0;
}

static int process_index(const struct scene *scene, const char *process)
{
    return model_is(process, scene->process_names[1]) ? 1 : 0;
}

bool scene_look(struct scene *scene, int contact)
{
    struct fs_lead_query query = {.contact = scene->contacts[contact]};
    struct fs_lead_view *views = NULL;
    struct fs_error err = {FS_OK, ""};
    size_t count = 0;
    for (int p = 0; p < MODEL_PROCESSES; p++)
        memset(scene->after[p][contact], 0, sizeof(scene->after[p][contact]));
    if (fs_engine_leads(scene->play->stage->engine, scene->arena, scene->config, &query, &views,
                        &count, &err) != FS_OK)
        return scene_fail(scene, "leads: %s", err.text);
    for (size_t i = 0; i < count; i++)
        scene->after[process_index(scene, views[i].process)][contact]
                    [sender_index(views[i].sender)] =
            (struct seen){views[i].lead, views[i].suppressed};
    return true;
}

/* ---- the same? ---- */

static const char *reason_of(const struct fs_lead *lead)
{
    if (lead->state == FS_STATE_ENDED)
        return fs_end_reason_name(lead->end_reason);
    if (lead->state == FS_STATE_PAUSED)
        return fs_pause_reason_name(lead->pause_reason);
    return "none";
}

struct names {
    int process;
    int contact;
    int sender;
};

static bool same_word(struct scene *scene, struct names at, const char *what, const char *engine,
                      const char *model)
{
    scene_note(scene, engine);
    return model_is(engine, model) ||
           scene_fail(scene, "p%d %s s%d %s: engine %s, model %s", at.process,
                      script_contacts[at.contact], at.sender, what, engine, model);
}

static bool same_number(struct scene *scene, struct names at, const char *what, int64_t engine,
                        int64_t model)
{
    char word[32];
    snprintf(word, sizeof(word), "%lld", (long long)engine);
    scene_note(scene, word);
    return engine == model || scene_fail(scene, "p%d %s s%d %s: engine %lld, model %lld",
                                         at.process, script_contacts[at.contact], at.sender, what,
                                         (long long)engine, (long long)model);
}

static bool same_lead(struct scene *scene, struct names at)
{
    const struct seen *seen = &scene->after[at.process][at.contact][at.sender];
    const struct fs_lead *lead = &seen->lead;
    const struct model_lead *model = &scene->model.leads[at.process][at.contact][at.sender];
    if (!same_word(scene, at, "state", fs_state_name(lead->state), model->state))
        return false;
    if (lead->state == FS_STATE_NONE)
        return true;
    if (lead->state == FS_STATE_PAUSED &&
        !same_number(scene, at, "until", lead->until_at - PLAY_BEGIN_AT,
                     model->until_at - PLAY_BEGIN_AT))
        return false;
    return same_word(scene, at, "reason", reason_of(lead), model->reason) &&
           same_number(scene, at, "unanswered", lead->unanswered, model->unanswered) &&
           same_number(scene, at, "overrun", lead->overrun, model->overrun) &&
           same_number(scene, at, "cycle", lead->cycle, model->cycle) &&
           same_number(scene, at, "suppressed", seen->suppressed,
                       scene->model.suppressed[at.contact]);
}

bool scene_compare(struct scene *scene, int contact)
{
    for (int p = 0; p < MODEL_PROCESSES; p++) {
        for (int s = 0; s < MODEL_SENDERS; s++) {
            if (!same_lead(scene, (struct names){p, contact, s}))
                return false;
        }
    }
    return true;
}

/* ---- invariants ---- */

/* They look at the engine alone: a mistake that the model shares is no excuse. */
static bool lead_invariants(struct scene *scene, const struct step *step, struct names at)
{
    const struct fs_lead *before = &scene->before[at.process][at.contact][at.sender].lead;
    const struct fs_lead *after = &scene->after[at.process][at.contact][at.sender].lead;
    const char *contact = script_contacts[at.contact];
    if (after->unanswered < 0 || after->unanswered > scene->script->rules[at.process].unanswered)
        return scene_fail(scene, "p%d %s: unanswered is %d", at.process, contact,
                          after->unanswered);
    if (after->overrun < 0)
        return scene_fail(scene, "p%d %s: overrun is %d", at.process, contact, after->overrun);
    if (before->state == FS_STATE_ENDED && after->state == FS_STATE_ENDED &&
        before->cycle == after->cycle && before->end_reason != after->end_reason &&
        model_strength(fs_end_reason_name(after->end_reason)) <=
            model_strength(fs_end_reason_name(before->end_reason)))
        return scene_fail(scene, "p%d %s: ended/%s was replaced by the weaker %s", at.process,
                          contact, fs_end_reason_name(before->end_reason),
                          fs_end_reason_name(after->end_reason));
    bool may_count = step->what == STEP_SEND && scene->sent_process == at.process &&
                     scene->may_count[at.contact];
    if (!may_count && after->unanswered > before->unanswered)
        return scene_fail(scene, "p%d %s: unanswered rose to %d by what does not count", at.process,
                          contact, after->unanswered);
    return true;
}

bool scene_invariants(struct scene *scene, const struct step *step)
{
    for (int p = 0; p < MODEL_PROCESSES; p++) {
        for (int c = 0; c < MODEL_CONTACTS; c++) {
            for (int s = 0; s < MODEL_SENDERS; s++) {
                if (!lead_invariants(scene, step, (struct names){p, c, s}))
                    return false;
            }
        }
    }
    return true;
}
