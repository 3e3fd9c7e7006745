/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_ids.c - Message-ID, In-Reply-To and References: an id reads back as itself.
 */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

static struct fs_facts parse_ids(const struct fuzz_input *input, const char *value)
{
    char *message = fs_arena_printf(input->arena,
                                    "From: a@b.example\nMessage-ID: %s\nIn-Reply-To: %s\n"
                                    "References: %s\n\nx\n",
                                    value, value, value);
    fuzz_require(message != NULL);
    return fuzz_parse(input->arena, message, strlen(message), NULL);
}

void fuzz_one(const struct fuzz_input *input)
{
    char *value = fs_arena_strdup(input->arena, input->text);
    for (char *at = value; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\r') {
            *at = ' ';
        }
    }
    struct fs_facts facts = parse_ids(input, value);
    const char *id = facts.in_reply_to;
    if (id == NULL || strpbrk(id, "<>\\()\"") != NULL || strstr(id, "=?") != NULL) {
        return;
    }
    facts = parse_ids(input, fs_arena_printf(input->arena, "<%s>", id));
    fuzz_require(fuzz_same(facts.message_id, id));
    fuzz_require(fuzz_same(facts.in_reply_to, id));
    fuzz_require(facts.reference_count == 1 && fuzz_same(facts.references[0], id));
}
