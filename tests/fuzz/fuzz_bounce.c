/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_bounce.c - what mail systems write in plain text: folding, signs and statuses, and the
 * whole of it as the text of a bounce that is no report.
 */
#include <string.h>

#include "../../milter/mail/mail_bounce.h"
#include "fuzz.h"

#define SMALL_B 40

static const char before[] = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n"
                             "Subject: failure notice\nMessage-ID: <n@mx.example>\n\n";

static void require_folded(const struct fuzz_input *input)
{
    struct mail_bounce_index index;
    struct mail_bounce_signs signs = {0};
    char small[SMALL_B];
    char status[MAIL_STATUS_SIZE_B] = "";
    size_t size_b = 8 * input->length_b + MAIL_BOUNCE_FOLD_END_B + 1;
    char *folded = fs_arena_alloc(input->arena, size_b, 1);
    index.is_filled = false;
    mail_bounce_fold(input->text, strlen(input->text), folded, size_b);
    fuzz_require(fuzz_is_utf8(folded) && strstr(folded, "  ") == NULL);
    mail_bounce_signs(&index, folded, &signs);
    mail_bounce_fold(input->text, strlen(input->text), small, sizeof small);
    fuzz_require(fuzz_is_utf8(small) && strlen(small) + MAIL_BOUNCE_FOLD_END_B <= sizeof small);
    if (mail_bounce_status(&index, input->text, strlen(input->text), 550, "", status)) {
        fuzz_require(strspn(status, "0123456789.") == strlen(status) && status[1] == '.');
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    size_t before_b = sizeof before - 1;
    char *message = fs_arena_alloc(input->arena, before_b + input->length_b + 1, 1);
    require_folded(input);
    memcpy(message, before, before_b);
    memcpy(message + before_b, input->bytes, input->length_b);
    struct fs_facts facts = fuzz_parse(input->arena, message, before_b + input->length_b, NULL);
    fuzz_require(!facts.permanent || facts.status == NULL || facts.status[0] == '5');
}
