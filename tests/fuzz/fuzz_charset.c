/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_charset.c - made-up names of charsets replaced in place: where fields end stays as it is,
 * and what is done is done once.
 */
#include <string.h>

#include "../../milter/mail/mail_charset.h"
#include "fuzz.h"

/* Ends of lines that are not folded. */
static void require_line_ends(const char *before, const char *after, size_t length_b)
{
    for (size_t i = 0; i < length_b; i++) {
        bool folded = i + 1 < length_b && (before[i + 1] == ' ' || before[i + 1] == '\t');
        fuzz_require(before[i] != '\n' || folded || after[i] == '\n');
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    char *once = fs_arena_strndup(input->arena, input->bytes, input->length_b);
    char *twice = fs_arena_strndup(input->arena, input->bytes, input->length_b);
    mail_charset_guard(once, input->length_b);
    fuzz_require(once[input->length_b] == '\0');
    require_line_ends(input->bytes, once, input->length_b);
    mail_charset_guard_words(twice, input->length_b);
    memcpy(once, twice, input->length_b);
    mail_charset_guard_words(twice, input->length_b);
    fuzz_require(memcmp(once, twice, input->length_b) == 0);
}
