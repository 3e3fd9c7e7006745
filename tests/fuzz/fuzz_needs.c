/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_needs.c - whether an outgoing message needs its body: a "no" must be true, the facts
 * of the header alone are then those of the whole message.
 */
#include <string.h>

#include "fuzz.h"

/* A body that would change the facts if it were read as MIME. */
static const char body[] = "\n\n--b\nContent-Type: text/calendar; method=REQUEST\n\n"
                           "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n--b--\n";

/* Without its blank line: the header is all there is. */
static size_t header_length(const char *bytes, size_t length_b)
{
    size_t at = 0;
    while (at < length_b) {
        const char *end = memchr(bytes + at, '\n', length_b - at);
        size_t line_b = end != NULL ? (size_t)(end - bytes) + 1 - at : length_b - at;
        if (bytes[at] == '\n' || (line_b >= 2 && bytes[at] == '\r' && bytes[at + 1] == '\n')) {
            break;
        }
        at += line_b;
    }
    return at;
}

/* Fields are words of one line; a subject without its mark has none. */
static void try_fields(const struct fuzz_input *input, size_t header_b)
{
    const struct fs_mail_field *fields;
    size_t count;
    fuzz_require(fs_mail_fields(input->arena, input->bytes, header_b, &fields, &count, NULL) ==
                 FS_OK);
    for (size_t i = 0; i < count; i++) {
        const char *rest = NULL;
        const char *again = NULL;
        fuzz_require(strpbrk(fields[i].name, " :\r\n") == NULL);
        fuzz_require(strpbrk(fields[i].value, "\t\r\n") == NULL);
        fuzz_require(fs_mail_unmark_subject(input->arena, fields[i].value, &rest, NULL) == FS_OK);
        if (rest != NULL)
            fuzz_require(fs_mail_unmark_subject(input->arena, rest, &again, NULL) == FS_OK);
        fuzz_require(again == NULL);
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    static const struct fs_envelope envelope = {.sender = "a@b.example", .queue_id = "4XyZ12abcd"};
    size_t header_b = header_length(input->bytes, input->length_b);
    try_fields(input, header_b);
    if (fs_mail_needs_body(input->bytes, header_b, envelope.queue_id)) {
        return;
    }
    char *whole = fs_arena_alloc(input->arena, header_b + sizeof body, 1);
    memcpy(whole, input->bytes, header_b);
    memcpy(whole + header_b, body, sizeof body - 1);
    struct fs_facts all = fuzz_parse(input->arena, whole, header_b + sizeof body - 1, &envelope);
    struct fs_facts some = fuzz_parse(input->arena, input->bytes, header_b, &envelope);
    fuzz_require(fuzz_same(all.key, some.key));
    fuzz_require(all.is_invitation == some.is_invitation);
    fuzz_require(all.is_content == some.is_content);
    fuzz_require(all.is_our_auto == some.is_our_auto);
    fuzz_require(all.final_mark == some.final_mark);
}
