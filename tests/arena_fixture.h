/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * arena_fixture.h - an arena of each test's own; set_up() and tear_down() are its fixture.
 */
#ifndef FULLSTOP_TESTS_ARENA_FIXTURE_H
#define FULLSTOP_TESTS_ARENA_FIXTURE_H

#include "fullstop/arena.h"
#include "suite.h"

static struct fs_arena *arena;

static inline void set_up(void)
{
    arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(arena);
}

static inline void tear_down(void)
{
    fs_arena_free(arena);
}

#endif
