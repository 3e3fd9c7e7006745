/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_charset.c - made-up names of charsets replaced in place: what is done is done once.
 */
#include <string.h>

#include "../../milter/mail/mail_charset.h"
#include "fuzz.h"

void fuzz_one(const struct fuzz_input *input)
{
    char *guarded = fs_arena_strndup(input->arena, input->bytes, input->length_b);
    char *again = fs_arena_strndup(input->arena, input->bytes, input->length_b);
    mail_charset_guard(guarded, input->length_b);
    fuzz_require(guarded[input->length_b] == '\0');
    memcpy(again, guarded, input->length_b);
    mail_charset_guard(again, input->length_b);
    fuzz_require(memcmp(guarded, again, input->length_b) == 0);
    mail_charset_guard_words(again, input->length_b);
    fuzz_require(memcmp(guarded, again, input->length_b) == 0);
}
