/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * import.h - a CRM's file on its way into the store: read, judged, applied.
 *
 * What fullstop import and the fetches of crm {} have in common: bytes go to the reader
 * (crm_file.h), lines to the engine. A struct fs_import belongs to one thread. Bytes and arena
 * are the caller's and must outlive it; fs_import_clear() frees the rest. Failures of judging
 * and applying are those of the engine.
 */
#ifndef FULLSTOP_IMPORT_H
#define FULLSTOP_IMPORT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"
#include "fullstop/config.h"
#include "fullstop/crm_file.h"
#include "fullstop/engine.h"
#include "fullstop/status.h"

struct fs_import {
    struct fs_arena *arena; /* borrowed; the lines' strings live in it */
    enum fs_crm_format format;
    const atomic_bool *stopping; /* NULL: never */
    struct fs_crm_reader *reader;
    struct fs_crm_line *lines; /* well-formed ones */
    struct fs_crm_verdict *verdicts;
    size_t count;
    struct fs_crm_finding *findings; /* of the others */
    size_t finding_count;
    const char *const *ignored; /* the reader's */
    size_t ignored_count;
};

/* FS_INPUT, FS_LIMIT: nothing of the file can be taken, fault says why; FS_NOMEM; FS_REFUSED:
 * stopping became true. */
enum fs_status fs_import_read(struct fs_import *import, const char *data, size_t length_b,
                              struct fs_crm_finding *fault);
void fs_import_clear(struct fs_import *import);
/* Fills verdicts; writes nothing. FS_REFUSED: as above. */
enum fs_status fs_import_judge(struct fs_import *import, struct fs_engine *engine,
                               const struct fs_config *config, struct fs_error *err);
/* Applies what was judged FS_CRM_CHANGES. FS_REFUSED: as above; what was applied stays. */
enum fs_status fs_import_apply(struct fs_import *import, struct fs_engine *engine,
                               const struct fs_config *config, const struct fs_actor *actor,
                               struct fs_error *err);

size_t fs_import_count(const struct fs_import *import, enum fs_crm_outcome outcome);
/* Lines that could not be read, and those judged bad. */
size_t fs_import_bad_count(const struct fs_import *import);
/* Bad lines in the order of the file; *place begins as {0}. False: there is no more. */
struct fs_import_place {
    size_t read;
    size_t judged;
};
bool fs_import_next_bad(const struct fs_import *import, struct fs_import_place *place,
                        struct fs_crm_finding *out);

/* ---- what was fetched ---- */

struct fs_import_taker {
    struct fs_engine *engine;
    struct fs_config_cell *config;
};
/* What a fetch does with what it got: one bad line keeps all from being applied, unless
 * load->partial. Recorded as decided by the CRM, load->source being the actor. taker is a
 * struct fs_import_taker; thread-safe. */
fs_crm_take fs_import_take;

#endif
