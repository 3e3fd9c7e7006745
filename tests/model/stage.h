/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * stage.h - what the files that play a script share: one scene and its steps.
 */
#ifndef FULLSTOP_TESTS_STAGE_H
#define FULLSTOP_TESTS_STAGE_H

#include "play.h"

#define SCENE_LEADS (MODEL_PROCESSES * MODEL_CONTACTS * MODEL_SENDERS)
#define SCENE_NAME_B 64

/* A lead as the engine shows it; state FS_STATE_NONE: there is none. */
struct seen {
    struct fs_lead lead;
    bool suppressed;
};

/* A message that the engine counted for a contact. */
struct counted {
    int message;
    int contact;
    int64_t at;
};

struct scene {
    struct play *play;
    const struct script *script;
    struct model model;
    const struct fs_config *config;
    char process_names[MODEL_PROCESSES][SCENE_NAME_B];
    char contacts[MODEL_CONTACTS][SCENE_NAME_B];
    struct fs_arena *arena;         /* of one step */
    int sent_process;               /* of the step's message */
    bool may_count[MODEL_CONTACTS]; /* by what the engine said of it */
    struct counted counted[MODEL_RECORDS_MAX];
    int counted_count;
    struct seen before[MODEL_PROCESSES][MODEL_CONTACTS][MODEL_SENDERS]; /* after the last step */
    struct seen after[MODEL_PROCESSES][MODEL_CONTACTS][MODEL_SENDERS];
};

extern const char *const scene_senders[MODEL_SENDERS];

/* Keeps the first difference. Always false. */
bool scene_fail(struct scene *scene, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Mixes a word into the transcript. */
void scene_note(struct scene *scene, const char *word);
const char *scene_id(struct scene *scene, char letter, int number);
/* The step of this number, NULL: it was taken out. */
const struct step *scene_step(const struct scene *scene, int number);
/* The message of ours that step->ref names, if it went out and has an id; -1 none. */
int scene_thread_of(const struct scene *scene, const struct step *step);

/* One step through engine and model; false: what they said differs. */
bool scene_send(struct scene *scene, const struct step *step);
bool scene_hear(struct scene *scene, const struct step *step);
bool scene_say(struct scene *scene, const struct step *step);

/* Looks at the leads of a contact, at the stage's time, and compares them with the model's. */
bool scene_look(struct scene *scene, int contact);
bool scene_compare(struct scene *scene, int contact);
bool scene_invariants(struct scene *scene, const struct step *step);

#endif
