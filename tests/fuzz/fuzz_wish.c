/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_wish.c - opt-outs and declines in a text: what is found names its rule.
 */
#include "../../milter/mail/mail_wish.h"
#include "fuzz.h"

static void find(const struct fuzz_input *input, const char *text)
{
    struct mail_words words = {0};
    struct mail_wish wish = {0};
    struct mail_wish subject = {0};
    fuzz_require(mail_words_read(input->arena, text, &words) == FS_OK);
    fuzz_require(mail_wish_find(input->arena, &words, &wish) == FS_OK);
    bool wants = wish.opt_out != FS_ANSWER_NO || wish.decline != FS_ANSWER_NO;
    fuzz_require(wants == (wish.rule != NULL));
    struct mail_words none = {0};
    fuzz_require(mail_wish_find_subject(input->arena, &words, &none, &subject) == FS_OK);
    fuzz_require(subject.opt_out == FS_ANSWER_NO || subject.rule != NULL);
}

void fuzz_one(const struct fuzz_input *input)
{
    find(input, input->utf8);
}
