/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_mark.c - any bytes as a subject: what comes off comes off at once, and the rest is no
 * line of its own.
 */
#include <string.h>

#include "fullstop/mail.h"
#include "fuzz.h"

/* A line end that nothing folds would begin another field. */
static bool has_bare_line_end(const char *text)
{
    for (const char *at = strpbrk(text, "\r\n"); at != NULL; at = strpbrk(at + 1, "\r\n")) {
        if (*at == '\n' && at[1] != ' ' && at[1] != '\t')
            return true;
    }
    return false;
}

void fuzz_one(const struct fuzz_input *input)
{
    const char *raw = fs_arena_strndup(input->arena, input->bytes, input->length_b);
    const char *rest = NULL;
    const char *none = NULL;
    fuzz_require(fs_mail_unmark(input->arena, raw, &rest, NULL) == FS_OK);
    if (rest == NULL)
        return;
    fuzz_require(has_bare_line_end(raw) || !has_bare_line_end(rest));
    fuzz_require(fs_mail_unmark(input->arena, rest, &none, NULL) == FS_OK);
    fuzz_require(none == NULL);
}
