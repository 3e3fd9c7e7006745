/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_message.c - whole messages, with and without an envelope, with both line ends.
 */
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
    fuzz_require(fuzz_same(a->key, b->key));
    fuzz_require(a->opt_out == b->opt_out && a->decline == b->decline);
    fuzz_require(fs_date_to_days(a->return_date) == fs_date_to_days(b->return_date));
}

void fuzz_one(const struct fuzz_input *input)
{
    static const struct fs_envelope envelope = {.sender = "<>", .queue_id = "4XyZ12abcd"};
    size_t length_b = 0;
    (void)fuzz_parse(input->arena, input->bytes, input->length_b, &envelope);
    const char *lf = fuzz_line_ends(input, false, &length_b);
    struct fs_facts with_lf = fuzz_parse(input->arena, lf, length_b, NULL);
    const char *crlf = fuzz_line_ends(input, true, &length_b);
    struct fs_facts with_crlf = fuzz_parse(input->arena, crlf, length_b, NULL);
    require_same(&with_lf, &with_crlf);
}
