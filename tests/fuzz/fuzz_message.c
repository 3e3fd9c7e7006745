/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_message.c - whole messages, with and without an envelope, with both line ends.
 */
#include <string.h>

#include "../../milter/mail/mail_charset.h"
#include "fuzz.h"

/* Which line ends a message came with makes no difference. */
static void require_same(const struct fs_facts *a, const struct fs_facts *b)
{
    fuzz_require(a->class == b->class);
    fuzz_require(fuzz_same(a->rule, b->rule));
    fuzz_require(fuzz_same(a->message_id, b->message_id));
    fuzz_require(fuzz_same(a->in_reply_to, b->in_reply_to));
    fuzz_require(a->reference_count == b->reference_count);
    fuzz_require(fuzz_same(a->from, b->from));
    fuzz_require(fuzz_same(a->original_recipient, b->original_recipient));
    fuzz_require(fuzz_same(a->status, b->status));
    fuzz_require(a->opt_out == b->opt_out && a->decline == b->decline);
    fuzz_require(fs_date_to_days(a->return_date) == fs_date_to_days(b->return_date));
}

/* Over a made-up charset's name that is folded, spaces are written, as many as it had bytes:
 * a key that hashes them is then another with other line ends. */
static bool has_made_up_charset(const struct fuzz_input *input, const char *bytes, size_t length_b)
{
    char *guarded = fs_arena_strndup(input->arena, bytes, length_b);
    mail_charset_guard(guarded, length_b);
    return memcmp(guarded, bytes, length_b) != 0;
}

void fuzz_one(const struct fuzz_input *input)
{
    static const struct fs_envelope envelope = {.sender = "<>", .queue_id = "4XyZ12abcd"};
    size_t length_b = 0;
    (void)fuzz_parse(input->arena, input->bytes, input->length_b, &envelope);
    const char *lf = fuzz_line_ends(input, false, &length_b);
    struct fs_facts with_lf = fuzz_parse(input->arena, lf, length_b, NULL);
    bool made_up = has_made_up_charset(input, lf, length_b);
    const char *crlf = fuzz_line_ends(input, true, &length_b);
    struct fs_facts with_crlf = fuzz_parse(input->arena, crlf, length_b, NULL);
    require_same(&with_lf, &with_crlf);
    fuzz_require(made_up || fuzz_same(with_lf.key, with_crlf.key));
}
