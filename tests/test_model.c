/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_model.c - random sequences of events through the engine and through a naive model.
 *
 * FS_MODEL_SEQUENCES says how many (100000), FS_MODEL_SEED which (1). What fails is shrunk
 * and printed with its seed. Two worker processes share them; each few sequences share one
 * store, in memory or, one time in thirty-two, in a file that survives restarts.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/play.h"
#include "suite.h"

#define WORKERS 2
#define BATCH 64        /* sequences that share a store */
#define FILE_BATCHES 32 /* one in so many is in a file */
#define PLAIN_ONES 32   /* one in so many is played again without sweeps */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SEQUENCES 5000
#else
#define SEQUENCES 100000
#endif

struct place {
    char directory[64];
    char path[96];
    char config_path[96];
    char url[STAGE_URL_B];
};

/* In memory where the system has such a place: a commit to disk takes longer than a test. */
static void place_make(struct place *place)
{
    struct stat there;
    bool shm = stat("/dev/shm", &there) == 0 && access("/dev/shm", W_OK) == 0;
    snprintf(place->directory, sizeof(place->directory), "%s/fullstop-model-XXXXXX",
             shm ? "/dev/shm" : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(place->directory));
    snprintf(place->path, sizeof(place->path), "%s/model.db", place->directory);
    snprintf(place->config_path, sizeof(place->config_path), "%s/fullstop.conf", place->directory);
    snprintf(place->url, sizeof(place->url), "sqlite:%s", place->path);
}

static void place_clear(const struct place *place)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-lock"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", place->path, endings[i]);
        unlink(path);
    }
}

static void place_remove(const struct place *place)
{
    place_clear(place);
    unlink(place->config_path);
    rmdir(place->directory);
}

static uint64_t number_from(const char *name, uint64_t usual)
{
    const char *text = getenv(name);
    return text == NULL || *text == '\0' ? usual : strtoull(text, NULL, 10);
}

static uint64_t seed_of(uint64_t seed, uint64_t sequence)
{
    return (seed * 0x9e3779b97f4a7c15u) ^ (sequence * 0xd1342543de82ef95u);
}

/* ---- alone, in a store of its own ---- */

struct alone {
    const struct place *place;
    int limit_off_by;
    struct play play;
    uint64_t with, without; /* transcripts, with sweeps and restarts and without */
};

static bool play_alone(struct alone *alone, const struct script *script, bool plain)
{
    struct stage stage;
    place_clear(alone->place);
    if (!stage_open(&stage, plain ? "memory:" : alone->place->url, alone->place->config_path))
        return false;
    alone->play = (struct play){
        .stage = &stage, .tag = 8, .plain = plain, .limit_off_by = alone->limit_off_by};
    bool ok = play_script(&alone->play, script);
    stage_close(&stage);
    return ok;
}

static bool fails_alone(const struct script *script, void *context)
{
    struct alone *alone = context;
    if (!play_alone(alone, script, false))
        return true;
    uint64_t with = alone->play.transcript;
    if (!play_alone(alone, script, true))
        return true;
    return alone->play.transcript != with;
}

/* Prints the shortest script that still fails; returns its number of steps. */
static int explain(const struct place *place, uint64_t seed, struct script *script,
                   const char *text, int limit_off_by)
{
    struct alone alone = {.place = place, .limit_off_by = limit_off_by};
    printf("sequence of seed %llu: %s\n", (unsigned long long)seed, text);
    if (!fails_alone(script, &alone)) {
        printf("it does not fail alone, only after the others of its store:\n");
        script_print(script, stdout);
        return script->step_count;
    }
    int tried = script_shrink(script, play_may_use, fails_alone, &alone);
    fails_alone(script, &alone);
    printf("shrunk in %d tries; at step %d: %s\n", tried, alone.play.failed_step,
           alone.play.text[0] != '\0' ? alone.play.text : "sweeps or restarts change what is seen");
    script_print(script, stdout);
    fflush(stdout);
    return script->step_count;
}

/* ---- all of them ---- */

static bool play_one(struct stage *stage, struct script *script, uint64_t seed, int tag,
                     char text[PLAY_TEXT_B])
{
    script_make(seed, play_may_use, script);
    struct play play = {.stage = stage, .tag = tag};
    bool ok = play_script(&play, script);
    if (ok && tag % PLAIN_ONES == 0) {
        uint64_t with = play.transcript;
        play = (struct play){.stage = stage, .tag = tag + 1000001, .plain = true};
        ok = play_script(&play, script);
        if (ok && play.transcript != with) {
            snprintf(play.text, sizeof(play.text), "sweeps or restarts change what is seen");
            ok = false;
        }
    }
    memcpy(text, play.text, PLAY_TEXT_B);
    return ok;
}

static bool play_batch(const struct place *place, uint64_t seed, uint64_t batch, uint64_t end)
{
    struct script script;
    struct stage stage;
    char text[PLAY_TEXT_B];
    place_clear(place);
    if (!stage_open(&stage, batch % FILE_BATCHES == 0 ? place->url : "memory:", place->config_path))
        return false;
    bool ok = true;
    for (uint64_t i = batch * BATCH; ok && i < (batch + 1) * BATCH && i < end; i++) {
        ok = play_one(&stage, &script, seed_of(seed, i), (int)i, text);
        if (!ok) {
            stage_close(&stage);
            explain(place, seed_of(seed, i), &script, text, 0);
            return false;
        }
    }
    stage_close(&stage);
    return ok;
}

/* The first failure is enough. */
static void work(uint64_t worker, uint64_t seed, uint64_t sequences)
{
    struct place place;
    bool ok = true;
    place_make(&place);
    for (uint64_t batch = worker; ok && batch * BATCH < sequences; batch += WORKERS)
        ok = play_batch(&place, seed, batch, sequences);
    place_remove(&place);
    fflush(stdout);
    _exit(ok ? 0 : 1);
}

START_TEST(engine_and_model_agree_after_every_step)
{
    uint64_t sequences = number_from("FS_MODEL_SEQUENCES", SEQUENCES);
    uint64_t seed = number_from("FS_MODEL_SEED", 1);
    pid_t workers[WORKERS];
    int failed = 0;
    fflush(stdout);
    for (uint64_t i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        ck_assert_int_ge(workers[i], 0);
        if (workers[i] == 0)
            work(i, seed, sequences);
    }
    for (int i = 0; i < WORKERS; i++) {
        int status = 0;
        ck_assert_int_eq(waitpid(workers[i], &status, 0), workers[i]);
        failed += status != 0;
    }
    ck_assert_msg(failed == 0, "of %llu sequences from seed %llu some fail, as printed above",
                  (unsigned long long)sequences, (unsigned long long)seed);
}
END_TEST

START_TEST(a_model_of_another_limit_is_noticed_and_shrunk)
{
    struct place place;
    struct script script;
    struct stage stage;
    bool ok = true;
    place_make(&place);
    for (uint64_t i = 0; ok && i < 100; i++) {
        ck_assert(stage_open(&stage, "memory:", place.config_path));
        script_make(seed_of(2, i), play_may_use, &script);
        struct play play = {.stage = &stage, .tag = 1, .limit_off_by = 1};
        ok = play_script(&play, &script);
        stage_close(&stage);
    }
    ck_assert(!ok);
    struct alone alone = {.place = &place, .limit_off_by = 1};
    script_shrink(&script, play_may_use, fails_alone, &alone);
    place_remove(&place);
    ck_assert_int_le(script.step_count, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *tcase = tcase_create("model");
    setenv("TZ", "UTC", 1);
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, a_model_of_another_limit_is_noticed_and_shrunk);
    tcase_add_test(tcase, engine_and_model_agree_after_every_step);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
