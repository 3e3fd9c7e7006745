/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * arena.h - memory that lives exactly as long as one message or one call.
 *
 * Everything allocated from an arena is freed with it, at once. An arena belongs to
 * one thread at a time. All allocations return NULL when memory or the arena's cap is
 * exhausted; callers check.
 */
#ifndef FULLSTOP_ARENA_H
#define FULLSTOP_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct fs_arena;

/* cap_b: the most bytes this arena will hand out, 0 for no cap. NULL: out of memory. */
struct fs_arena *fs_arena_new(size_t cap_b);
void fs_arena_free(struct fs_arena *arena);

/* Zeroed, aligned for any type. count * size_b is checked for overflow. */
void *fs_arena_alloc(struct fs_arena *arena, size_t count, size_t size_b);
/* For lists that grow: rows of row_b bytes with room for one behind the first count. Moved, and
 * *size doubled, where all *size are taken; what was there before stays with the arena. rows is
 * NULL while *size is 0. NULL: out of memory, and rows as they were. */
void *fs_arena_grow(struct fs_arena *arena, void *rows, size_t count, size_t *size, size_t row_b);
/* Terminated copies; text may be NULL for fs_arena_strdup, which then returns NULL. */
char *fs_arena_strdup(struct fs_arena *arena, const char *text);
char *fs_arena_strndup(struct fs_arena *arena, const char *text, size_t length_b);
char *fs_arena_printf(struct fs_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *fs_arena_vprintf(struct fs_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
