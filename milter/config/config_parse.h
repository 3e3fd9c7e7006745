/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * config_parse.h - libconfuse's tree and the frozen form; private to the config room.
 */
#ifndef FULLSTOP_CONFIG_PARSE_H
#define FULLSTOP_CONFIG_PARSE_H

#include <stdatomic.h>

#include "fullstop/arena.h"
#include "fullstop/config.h"

struct cfg_t;

/* What fs_config_load() owns; the public part is first, so that a pointer to it is one to
 * the whole. */
struct config_whole {
    struct fs_config config;
    struct fs_arena *arena;
    atomic_int references;
};

/* text is the file, terminated. *out is freed with config_tree_free(). */
enum fs_status config_tree_parse(const char *path, const char *text, struct cfg_t **out,
                                 struct fs_error *err);
void config_tree_free(struct cfg_t *tree);
/* Copies everything into the arena. */
enum fs_status config_freeze(struct cfg_t *tree, const char *path, struct config_whole *whole,
                             struct fs_error *err);

bool config_network_parse(const char *text, struct fs_network *out);
/* Whether the text is one of words, separated by '|'. */
bool config_is_word(const char *text, const char *words);

#endif
