/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * play.h - plays a script through the real engine and the naive model, side by side.
 *
 * A stage is one engine on one store; each script played on it has names of its own (tag),
 * so that a store need not be made for each. Not thread-safe; one stage at a time.
 */
#ifndef FULLSTOP_TESTS_PLAY_H
#define FULLSTOP_TESTS_PLAY_H

#include "fullstop/engine.h"
#include "script.h"

#define STAGE_URL_B 128
#define PLAY_TEXT_B 1024
#define PLAY_BEGIN_AT ((int64_t)1700000000) /* Tuesday, 2023-11-14 22:13 UTC */

struct stage {
    char url[STAGE_URL_B];         /* "memory:" or "sqlite:PATH", which survives a restart */
    char config_path[STAGE_URL_B]; /* written anew for each script */
    struct fs_engine *engine;
    int64_t now;
};
/* False: out of order, with a line on stderr. */
bool stage_open(struct stage *stage, const char *url, const char *config_path);
void stage_close(struct stage *stage);

struct play {
    struct stage *stage;
    int tag;
    bool plain;             /* leave out sweeps and restarts */
    int limit_off_by;       /* the model is told a wrong limit: proves that it would be noticed */
    uint64_t transcript;    /* hash of what was seen, without the tag */
    int failed_step;        /* number, -1: after the last */
    char text[PLAY_TEXT_B]; /* what differed */
};
/* True: engine and model agreed after each step, and every invariant held. */
bool play_script(struct play *play, const struct script *script);
bool play_may_use(const struct model_rules *rules);

#endif
