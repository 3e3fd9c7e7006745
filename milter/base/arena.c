/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * arena.c - memory that lives exactly as long as one message or one call.
 *
 * Blocks in a list, each allocation cut from the newest. Decides nothing.
 */
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/arena.h"

#define BLOCK_SIZE_B ((size_t)8192)
#define LIST_FIRST 16
#define ALIGNMENT alignof(max_align_t)

struct block {
    struct block *older;
    size_t size_b;
    size_t used_b;
    alignas(max_align_t) unsigned char bytes[];
};

struct fs_arena {
    struct block *newest;
    size_t cap_b;
    size_t used_b;
};

struct fs_arena *fs_arena_new(size_t cap_b)
{
    struct fs_arena *arena = calloc(1, sizeof(*arena));
    if (arena != NULL)
        arena->cap_b = cap_b;
    return arena;
}

void fs_arena_free(struct fs_arena *arena)
{
    if (arena == NULL)
        return;
    struct block *block = arena->newest;
    while (block != NULL) {
        struct block *older = block->older;
        free(block);
        block = older;
    }
    free(arena);
}

static struct block *add_block(struct fs_arena *arena, size_t need_b)
{
    size_t size_b = need_b > BLOCK_SIZE_B ? need_b : BLOCK_SIZE_B;
    struct block *block = calloc(1, sizeof(*block) + size_b);
    if (block == NULL)
        return NULL;
    block->size_b = size_b;
    block->older = arena->newest;
    arena->newest = block;
    return block;
}

void *fs_arena_alloc(struct fs_arena *arena, size_t count, size_t size_b)
{
    if (size_b != 0 && count > (SIZE_MAX / 2) / size_b)
        return NULL;
    size_t need_b = count * size_b;
    need_b = (need_b + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (need_b == 0)
        need_b = ALIGNMENT;
    if (arena->cap_b != 0 && need_b > arena->cap_b - arena->used_b)
        return NULL;
    struct block *block = arena->newest;
    if (block == NULL || need_b > block->size_b - block->used_b)
        block = add_block(arena, need_b);
    if (block == NULL)
        return NULL;
    void *result = block->bytes + block->used_b;
    block->used_b += need_b;
    arena->used_b += need_b;
    return result;
}

void *fs_arena_grow(struct fs_arena *arena, void *rows, size_t count, size_t *size, size_t row_b)
{
    if (count < *size)
        return rows;
    size_t larger = *size == 0 ? LIST_FIRST : *size * 2;
    void *moved = fs_arena_alloc(arena, larger, row_b);
    if (moved == NULL)
        return NULL;
    if (count > 0)
        memcpy(moved, rows, count * row_b);
    *size = larger;
    return moved;
}

char *fs_arena_strndup(struct fs_arena *arena, const char *text, size_t length_b)
{
    char *copy = fs_arena_alloc(arena, length_b + 1, 1);
    if (copy != NULL && length_b > 0)
        memcpy(copy, text, length_b);
    return copy;
}

char *fs_arena_strdup(struct fs_arena *arena, const char *text)
{
    return text == NULL ? NULL : fs_arena_strndup(arena, text, strlen(text));
}

char *fs_arena_vprintf(struct fs_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return NULL;
    char *text = fs_arena_alloc(arena, (size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *fs_arena_printf(struct fs_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = fs_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
