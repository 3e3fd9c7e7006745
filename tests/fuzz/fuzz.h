/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz.h - what every fuzz harness shares: one input in the forms that parsers take.
 *
 * A harness is tests/fuzz/fuzz_NAME.c: it defines fuzz_one() and says with fuzz_require()
 * what must hold of every result, not only that nothing crashes. Its seeds are in
 * tests/fuzz/seeds/NAME/, its words in tests/fuzz/NAME.dict, both optional; tests/fuzz/run
 * finds them by name.
 */
#ifndef FULLSTOP_FUZZ_H
#define FULLSTOP_FUZZ_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"
#include "fullstop/mail.h"

/* Each form is a heap block of its own, so that a read past its end is seen. */
struct fuzz_input {
    struct fs_arena *arena;
    const char *bytes; /* as given, not terminated */
    size_t length_b;
    const char *text; /* terminated; ends at the first NUL byte of the input */
    const char *utf8; /* text with what is no UTF-8 replaced */
};

/* Defined by each harness. */
void fuzz_one(const struct fuzz_input *input);

/* Tells which demand failed, and aborts: libFuzzer then keeps the input. */
#define fuzz_require(holds) fuzz_check((holds), #holds, __FILE__, __LINE__)
void fuzz_check(bool holds, const char *demand, const char *file, int line);

/* NULL is equal to NULL only. */
bool fuzz_same(const char *a, const char *b);
bool fuzz_is_utf8(const char *text);
/* No space and no control character. */
bool fuzz_is_one_word(const char *text);

/* Parses a message and demands of its facts what mail.h promises. */
struct fs_facts fuzz_parse(struct fs_arena *arena, const char *bytes, size_t length_b,
                           const struct fs_envelope *envelope);

/* The bytes with CRLF at all line ends, or with LF; in the arena. */
const char *fuzz_line_ends(const struct fuzz_input *input, bool crlf, size_t *out_length_b);

#endif
