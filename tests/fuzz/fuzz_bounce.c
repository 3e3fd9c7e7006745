/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_bounce.c - what a mail system wrote: as a diagnostic, and as the text of a bounce.
 */
#include <string.h>

#include "../../milter/mail/mail_bounce.h"
#include "fuzz.h"

static const char before[] = "Return-Path: <>\nFrom: mailer-daemon@mx.example\n"
                             "Subject: failure notice\n\n";

/* Words with one space between, in lower case, and room for the look at four bytes. */
static void require_folded(const char *folded)
{
    fuzz_require(folded[0] != ' ' && strstr(folded, "  ") == NULL);
    for (const char *at = folded; *at != '\0'; at++) {
        fuzz_require(*at == ' ' || (*at >= 'a' && *at <= 'z') || (unsigned char)*at >= 0x80);
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    char status[MAIL_STATUS_SIZE_B];
    size_t folded_b = 64;
    char *folded = fs_arena_alloc(input->arena, folded_b, 1);
    mail_bounce_fold(input->bytes, input->length_b, folded, folded_b);
    fuzz_require(strlen(folded) <= folded_b - MAIL_BOUNCE_FOLD_END_B);
    require_folded(folded);
    if (mail_bounce_status(true, input->bytes, input->length_b, 550, "", status)) {
        fuzz_require(strchr("45", status[0]) != NULL && status[1] == '.');
    }
    if (mail_bounce_status(true, input->bytes, input->length_b, 0, "4.0.0", status)) {
        fuzz_require(status[0] == '4');
    }
    size_t length_b = sizeof before - 1 + input->length_b;
    char *message = fs_arena_alloc(input->arena, length_b, 1);
    memcpy(message, before, sizeof before - 1);
    memcpy(message + sizeof before - 1, input->bytes, input->length_b);
    struct fs_facts facts = fuzz_parse(input->arena, message, length_b, NULL);
    fuzz_require(!facts.permanent || facts.status == NULL || facts.status[0] == '5');
    fuzz_require(facts.class != FS_CLASS_HUMAN);
}
