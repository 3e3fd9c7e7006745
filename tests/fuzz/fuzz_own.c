/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_own.c - what of a text the writer wrote: its lines stand in the text, in its order.
 */
#include <string.h>

#include "../../milter/mail/mail_text.h"
#include "fuzz.h"

/* The rest of text behind the first line that is [line, line + line_b); NULL: none. */
static const char *after_line(const char *text, const char *line, size_t line_b)
{
    while (*text != '\0') {
        size_t length_b = strcspn(text, "\n");
        bool same = length_b == line_b && memcmp(text, line, line_b) == 0;
        text += length_b + (text[length_b] == '\n');
        if (same) {
            return text;
        }
    }
    return NULL;
}

void fuzz_one(const struct fuzz_input *input)
{
    struct mail_own_seen seen;
    const char *own = mail_own_text(input->arena, input->utf8, &seen);
    const char *rest = input->utf8;
    fuzz_require(own != NULL && fuzz_is_utf8(own));
    fuzz_require(strlen(own) <= strlen(input->utf8) + 1);
    while (*own != '\0' && rest != NULL) {
        size_t length_b = strcspn(own, "\n");
        rest = length_b > 0 ? after_line(rest, own, length_b) : rest;
        own += length_b + (own[length_b] == '\n');
    }
    fuzz_require(rest != NULL);
}
