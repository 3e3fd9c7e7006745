/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * play.c - one script from its first step to the end of time.
 *
 * Decides the order: time, step, look, compare, invariants; and at last that time alone ended
 * everything. Must not know what is right: the model says it.
 */
#include "play.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stage.h"

/* Nothing is open longer than the sum of all clocks. */
#define FOREVER_S ((int64_t)20 * 365 * 86400)

static int64_t stage_now(void *context)
{
    return *(const int64_t *)context;
}

bool stage_open(struct stage *stage, const char *url, const char *config_path)
{
    struct fs_error err = {FS_OK, ""};
    snprintf(stage->config_path, sizeof(stage->config_path), "%s", config_path);
    snprintf(stage->url, sizeof(stage->url), "%s", url);
    struct fs_engine_setup setup = {.store_url = stage->url,
                                    .log_name = "mx1",
                                    .create = true,
                                    .clock = {stage_now, &stage->now}};
    if (fs_engine_open(&setup, &stage->engine, &err) == FS_OK)
        return true;
    fprintf(stderr, "%s: %s\n", url, err.text);
    return false;
}

void stage_close(struct stage *stage)
{
    fs_engine_close(stage->engine);
    stage->engine = NULL;
}

bool scene_fail(struct scene *scene, const char *format, ...)
{
    if (scene->play->text[0] != '\0')
        return false;
    va_list args;
    va_start(args, format);
    vsnprintf(scene->play->text, sizeof(scene->play->text), format, args);
    va_end(args);
    return false;
}

/* FNV-1a */
void scene_note(struct scene *scene, const char *word)
{
    for (; *word != '\0'; word++)
        scene->play->transcript = (scene->play->transcript ^ (unsigned char)*word) * 0x100000001b3u;
}

/* ---- the scene ---- */

static struct fs_rules rules_of(const struct model_rules *from)
{
    struct fs_rules rules;
    fs_rules_defaults(&rules);
    rules.unanswered = from->unanswered;
    rules.pauses = from->pauses;
    rules.cycles = from->cycles;
    rules.kinds = 0;
    for (unsigned kind = 0; kind < MODEL_KINDS; kind++)
        rules.kinds |= from->kinds[kind] ? 1u << kind : 0;
    rules.final_mail = from->final_mail;
    rules.resume_reply = from->resume_reply;
    rules.min_gap_s = from->min_gap_s;
    rules.grace_s = from->grace_s;
    rules.open_for_s = from->open_for_s;
    rules.idle_s = from->idle_s;
    rules.out_of_office_s = from->out_of_office_s;
    rules.longest_s = from->longest_s;
    rules.account_reply_s = from->account_reply_s;
    rules.review_for_s = from->review_for_s;
    rules.resume_after_s = from->resume_after_s;
    return rules;
}

bool play_may_use(const struct model_rules *rules)
{
    struct fs_rules checked = rules_of(rules);
    return fs_rules_endless(&checked) == NULL;
}

/* What is as documented by default is left out: reading the file is a good part of the time
 * a script takes. */
static void write_duration(FILE *file, const char *key, int64_t length_s, int64_t usual_s)
{
    if (length_s != usual_s)
        fprintf(file, " %s = \"%lld%s\"", key, (long long)(length_s / MODEL_DAY_S),
                length_s == 0 ? "" : "d");
}

static void write_count(FILE *file, const char *key, int count, int usual)
{
    if (count != usual)
        fprintf(file, " %s = %d", key, count);
}

static void write_kinds(FILE *file, const bool kinds[MODEL_KINDS])
{
    static const char *const names[] = {"first", "follow_up", "invitation", "content"};
    int written = 0;
    if (kinds[0] && kinds[1] && kinds[2] && kinds[3])
        return;
    fputs(" kinds = {", file);
    for (int i = 0; i < MODEL_KINDS; i++) {
        if (kinds[i])
            fprintf(file, "%s\"%s\"", written++ > 0 ? ", " : "", names[i]);
    }
    fputs("}", file);
}

static void write_process(FILE *file, const char *name, const struct model_rules *rules)
{
    struct fs_rules usual;
    fs_rules_defaults(&usual);
    fprintf(file, "process \"%s\" { mode = \"%s\" senders = { \"@%s.us.example\" }", name,
            rules->mode, name);
    if (rules->per_sender)
        fputs(" lead = \"sender\"", file);
    write_kinds(file, rules->kinds);
    fputs(" continue {", file);
    write_duration(file, "min_gap", rules->min_gap_s, usual.min_gap_s);
    fputs(" } pause {", file);
    write_duration(file, "out_of_office", rules->out_of_office_s, usual.out_of_office_s);
    write_duration(file, "longest", rules->longest_s, usual.longest_s);
    write_duration(file, "account_reply", rules->account_reply_s, usual.account_reply_s);
    write_duration(file, "review_for", rules->review_for_s, usual.review_for_s);
    fputs(" } end {", file);
    write_count(file, "unanswered", rules->unanswered, usual.unanswered);
    write_count(file, "pauses", rules->pauses, usual.pauses);
    fputs(rules->final_mail ? "" : " final_mail = false", file);
    write_duration(file, "grace", rules->grace_s, usual.grace_s);
    write_duration(file, "open_for", rules->open_for_s, usual.open_for_s);
    write_duration(file, "idle", rules->idle_s, usual.idle_s);
    fputs(" } resume {", file);
    fputs(rules->resume_reply ? "" : " reply = false", file);
    write_count(file, "cycles", rules->cycles, usual.cycles);
    write_duration(file, "after", rules->resume_after_s, usual.resume_after_s);
    fputs(" } }\n", file);
}

/* By the front door, so that the model's settings are what an operator would write. */
static bool configure(struct scene *scene)
{
    struct stage *stage = scene->play->stage;
    struct fs_error err = {FS_OK, ""};
    FILE *file = fopen(stage->config_path, "w");
    if (file == NULL)
        return scene_fail(scene, "%s cannot be written", stage->config_path);
    fputs("our_domains = { \"us.example\", \"@.us.example\" }\ntimezone = \"UTC\"\n", file);
    for (int i = 0; i < MODEL_PROCESSES; i++)
        write_process(file, scene->process_names[i], &scene->script->rules[i]);
    fclose(file);
    if (fs_config_load(stage->config_path, &scene->config, &err) == FS_OK)
        return true;
    return scene_fail(scene, "%s", err.text);
}

static bool set_scene(struct scene *scene, struct play *play, const struct script *script)
{
    struct model_rules rules[MODEL_PROCESSES];
    memcpy(rules, script->rules, sizeof(rules));
    scene->play = play;
    scene->script = script;
    for (int i = 0; i < MODEL_PROCESSES; i++) {
        snprintf(scene->process_names[i], SCENE_NAME_B, "p%d-%d", i, play->tag);
        rules[i].unanswered += play->limit_off_by;
    }
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        if (i < 2)
            snprintf(scene->contacts[i], SCENE_NAME_B, "%s@firm%d.example", script_contacts[i],
                     play->tag);
        else
            snprintf(scene->contacts[i], SCENE_NAME_B, "%s%d@gmail.com", script_contacts[i],
                     play->tag);
    }
    model_init(&scene->model, rules, PLAY_BEGIN_AT);
    enum fs_rule released; /* an engine that has no word for it does not count it */
    scene->model.counts_released = fs_rule_parse("touch.released", &released);
    return configure(scene);
}

/* ---- steps that are no mail ---- */

static bool sweep(struct scene *scene)
{
    struct fs_error err = {FS_OK, ""};
    int64_t changes = 0;
    if (scene->play->plain ||
        fs_engine_sweep(scene->play->stage->engine, scene->config, &changes, &err) == FS_OK)
        return true;
    return scene_fail(scene, "sweep: %s", err.text);
}

static bool restart(struct scene *scene)
{
    struct stage *stage = scene->play->stage;
    char url[STAGE_URL_B], config_path[STAGE_URL_B];
    if (scene->play->plain || strncmp(stage->url, "sqlite:", 7) != 0)
        return true;
    memcpy(url, stage->url, sizeof(url));
    memcpy(config_path, stage->config_path, sizeof(config_path));
    stage_close(stage);
    return stage_open(stage, url, config_path) || scene_fail(scene, "the store did not open again");
}

static bool switch_off(struct scene *scene, bool off)
{
    struct fs_actor actor = {.name = "paula", .uid = 1000};
    struct fs_error err = {FS_OK, ""};
    bool changed = false;
    scene->model.off = off;
    if (fs_engine_switch(scene->play->stage->engine, off, &actor, NULL, &changed, &err) == FS_OK)
        return true;
    return scene_fail(scene, "switch: %s", err.text);
}

static bool take_step(struct scene *scene, const struct step *step)
{
    switch (step->what) {
    case STEP_SEND:
        return scene_send(scene, step);
    case STEP_PAUSE:
    case STEP_END:
    case STEP_RESUME:
    case STEP_ANSWERED:
        return scene_say(scene, step);
    case STEP_SWEEP:
        return sweep(scene);
    case STEP_RESTART:
        return restart(scene);
    case STEP_OFF:
    case STEP_ON:
        return switch_off(scene, step->what == STEP_OFF);
    case STEP_WAIT:
    case STEP_WHATS:
        return true;
    case STEP_ANSWER:
    case STEP_DECLINE:
    case STEP_UNCLEAR:
    case STEP_OPT_OUT:
    case STEP_COMPLAINT:
    case STEP_BOUNCE:
    case STEP_ABSENCE:
    case STEP_NOTICE:
        return scene_hear(scene, step);
    }
    return false;
}

static bool look_and_compare(struct scene *scene, int contact)
{
    return scene_look(scene, contact) && scene_compare(scene, contact);
}

static bool names(const struct step *step, int contact)
{
    return step->what == STEP_SEND ? (step->recipients & (1u << contact)) != 0
                                   : step->contact == contact;
}

/* Looking takes its time: what is sent to others, and who has no lead and is not named, is
 * looked at with the next step that is no mail of ours, or when all is over. */
static bool run_step(struct scene *scene, const struct step *step)
{
    struct stage *stage = scene->play->stage;
    scene->play->failed_step = step->number;
    scene->arena = fs_arena_new(0);
    stage->now += step->gap_s;
    model_time(&scene->model, stage->now);
    bool ok = take_step(scene, step);
    memcpy(scene->before, scene->after, sizeof(scene->before));
    for (int i = 0; ok && i < MODEL_CONTACTS; i++) {
        if (names(step, i) || (step->what != STEP_SEND && model_has_lead(&scene->model, i)))
            ok = look_and_compare(scene, i);
    }
    ok = ok && scene_invariants(scene, step);
    fs_arena_free(scene->arena);
    return ok;
}

/* Whatever happened: without any event everything ends, swept or not. */
static bool everything_ends(struct scene *scene)
{
    struct stage *stage = scene->play->stage;
    bool ok = true;
    scene->play->failed_step = -1;
    stage->now += FOREVER_S;
    scene->arena = fs_arena_new(0);
    model_time(&scene->model, stage->now);
    if (scene->play->tag % 8 == 0)
        ok = sweep(scene);
    for (int c = 0; ok && c < MODEL_CONTACTS; c++) {
        ok = look_and_compare(scene, c);
        for (int i = 0; ok && i < MODEL_PROCESSES * MODEL_SENDERS; i++) {
            enum fs_state state = scene->after[i / MODEL_SENDERS][c][i % MODEL_SENDERS].lead.state;
            if (state != FS_STATE_NONE && state != FS_STATE_ENDED)
                ok = scene_fail(scene, "p%d %s is still %s after 20 years", i / MODEL_SENDERS,
                                script_contacts[c], fs_state_name(state));
        }
    }
    fs_arena_free(scene->arena);
    return ok;
}

bool play_script(struct play *play, const struct script *script)
{
    static struct scene scene; /* too large for a stack of some systems */
    memset(&scene, 0, sizeof(scene));
    play->text[0] = '\0';
    play->transcript = 0xcbf29ce484222325u;
    play->stage->now = PLAY_BEGIN_AT;
    bool ok = set_scene(&scene, play, script);
    for (int i = 0; ok && i < script->step_count; i++)
        ok = run_step(&scene, &script->steps[i]);
    ok = ok && everything_ends(&scene);
    if (scene.model.off && play->stage->engine != NULL)
        ok = switch_off(&scene, false) && ok;
    fs_config_unref(scene.config);
    return ok;
}
