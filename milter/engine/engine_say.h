/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_say.h - the sentences for what a person cannot say; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_SAY_H
#define FULLSTOP_ENGINE_SAY_H

#include "fullstop/engine.h"
#include "fullstop/store.h"

/* FS_REFUSED: why this lead does not allow it, and what is possible instead. */
enum fs_status say_impossible(const struct fs_saying *saying, const struct fs_lead_row *row,
                              bool suppressed, int64_t now, struct fs_error *err);
/* FS_NOT_FOUND or FS_REFUSED: the address is nobody's lead. */
enum fs_status say_nobody(const struct fs_saying *saying, bool suppressed, struct fs_error *err);

#endif
