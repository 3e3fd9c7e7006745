/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_utf8.c - bytes in a charset that may lie, as UTF-8. The input's first line names the
 * charset.
 */
#include <string.h>

#include "../../milter/mail/mail_text.h"
#include "fuzz.h"

void fuzz_one(const struct fuzz_input *input)
{
    size_t name_b = strcspn(input->text, "\n");
    const char *name = fs_arena_strndup(input->arena, input->text, name_b);
    size_t skip_b = name_b < input->length_b ? name_b + 1 : name_b;
    const char *text = mail_utf8(input->arena, input->bytes + skip_b, input->length_b - skip_b,
                                 name[0] != '\0' ? name : NULL);
    fuzz_require(text != NULL && fuzz_is_utf8(text));
    const char *again = mail_utf8(input->arena, text, strlen(text), "utf-8");
    fuzz_require(again != NULL && strcmp(text, again) == 0);
}
