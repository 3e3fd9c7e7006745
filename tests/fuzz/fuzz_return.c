/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_return.c - return dates in a text: days that exist, none where it is ambiguous, and
 * none before the mail was sent or years after.
 */
#include "../../milter/mail/mail_date_expr.h"
#include "../../milter/mail/mail_return.h"
#include "fuzz.h"

#define LONGEST_DAYS (3 * 366 + 31)

static void require_day(struct fs_date date)
{
    fuzz_require(date.year == 0 || fs_date_is_valid(date));
}

static void require_expressions(const struct mail_words *words, struct fs_date sent)
{
    struct mail_date_expr found[MAIL_DATES_MAX];
    size_t count = mail_date_exprs_find(words, sent, found);
    fuzz_require(count <= MAIL_DATES_MAX);
    for (size_t i = 0; i < count; i++) {
        fuzz_require(found[i].start < found[i].end && found[i].end <= words->count);
        fuzz_require(i == 0 || found[i - 1].end <= found[i].start);
        require_day(found[i].begin);
        require_day(found[i].on);
        require_day(found[i].over);
        require_day(found[i].through);
        fuzz_require(!found[i].is_ambiguous || found[i].on.year == 0);
    }
}

static void require_return(const struct mail_words *words, struct fs_date sent)
{
    struct mail_return back = {0};
    mail_return_find(words, sent, &back);
    require_day(back.date);
    fuzz_require(!back.is_ambiguous || back.date.year == 0);
    fuzz_require(!back.has_left || (back.date.year == 0 && !back.is_absence));
    if (back.date.year != 0 && sent.year != 0) {
        int64_t days = fs_date_to_days(back.date) - fs_date_to_days(sent);
        fuzz_require(days >= 0 && days <= LONGEST_DAYS);
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    static const struct fs_date sent[] = {{2026, 11, 23}, {2028, 2, 29}, {0, 0, 0}};
    struct mail_words words = {0};
    struct fs_date end = {0};
    fuzz_require(mail_words_read(input->arena, input->utf8, &words) == FS_OK);
    for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
        require_expressions(&words, sent[i]);
        require_return(&words, sent[i]);
    }
    if (mail_return_apple(input->text, &end)) {
        fuzz_require(fs_date_is_valid(end));
    }
}
