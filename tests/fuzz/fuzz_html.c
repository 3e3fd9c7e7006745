/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_html.c - HTML as text: valid, bounded, and never markup that steers.
 */
#include <string.h>

#include "../../milter/mail/mail_text.h"
#include "fuzz.h"

void fuzz_one(const struct fuzz_input *input)
{
    const char *text = mail_html_text(input->arena, input->utf8, strlen(input->utf8));
    fuzz_require(text != NULL && fuzz_is_utf8(text));
    fuzz_require(strlen(text) <= MAIL_TEXT_MAX_B);
    fuzz_require(strchr(text, '\r') == NULL);
}
