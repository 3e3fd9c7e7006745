/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_subject.c - subjects folded and compared; folded once is folded for ever.
 */
#include <string.h>

#include "../../milter/mail/mail_fold.h"
#include "../../milter/mail/mail_subject.h"
#include "fuzz.h"

void fuzz_one(const struct fuzz_input *input)
{
    char folded[MAIL_SUBJECT_FOLDED_SIZE_B];
    char again[MAIL_SUBJECT_FOLDED_SIZE_B];
    char small[7];
    mail_fold(input->utf8, MAIL_SUBJECT_LOOK, folded, sizeof folded);
    fuzz_require(fuzz_is_utf8(folded));
    fuzz_require(strpbrk(folded, "\t\r\n") == NULL && strstr(folded, "  ") == NULL);
    fuzz_require(mail_subject_kind(folded) <= PHRASE_NONE);
    mail_fold(input->utf8, MAIL_SUBJECT_LOOK, small, sizeof small);
    fuzz_require(fuzz_is_utf8(small) && strncmp(small, folded, strlen(small)) == 0);
    if (strlen(folded) < MAIL_SUBJECT_LOOK) {
        mail_fold(folded, MAIL_SUBJECT_LOOK, again, sizeof again);
        fuzz_require(strcmp(folded, again) == 0);
    }
}
