/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_exempt.h - what is no touch; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_EXEMPT_H
#define FULLSTOP_ENGINE_EXEMPT_H

#include "fullstop/engine.h"

/* *out: the word that the whole message is exempt by, a static string, NULL: none. */
enum fs_status exempt_message(struct fs_arena *arena, const struct fs_outbound *in,
                              const char **out, struct fs_error *err);
/* The same for one recipient; NULL as recipient is no address. */
const char *exempt_recipient(const struct fs_config *config, const struct fs_process *process,
                             const char *recipient);

#endif
