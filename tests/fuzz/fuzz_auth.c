/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_auth.c - Authentication-Results: what a verifier only quotes is never its word, and
 * what stands below a Received field is nobody's.
 */
#include <string.h>

#include "fuzz.h"

static enum fs_auth auth_of(const struct fuzz_input *input, const char *fields, bool is_delivered)
{
    static const char *const trusted[] = {"mx.example.com"};
    struct fs_envelope envelope = {.sender = "jane@kunde.example",
                                   .authserv_ids = trusted,
                                   .authserv_id_count = 1,
                                   .is_delivered = is_delivered};
    char *message =
        fs_arena_printf(input->arena, "%sFrom: jane@kunde.example\nTo: a@b.example\n\nx\n", fields);
    fuzz_require(message != NULL);
    return fuzz_parse(input->arena, message, strlen(message), &envelope).auth;
}

/* On one line, and with the signs that end a quoted string or a comment behind a backslash. */
static char *quote(const struct fuzz_input *input, const char *text)
{
    char *quoted = fs_arena_alloc(input->arena, 2 * strlen(text) + 1, 1);
    fuzz_require(quoted != NULL);
    char *out = quoted;
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr("\"\\()", *at) != NULL) {
            *out++ = '\\';
        }
        *out++ = *at == '\n' || *at == '\r' ? ' ' : *at;
    }
    *out = '\0';
    return quoted;
}

void fuzz_one(const struct fuzz_input *input)
{
    struct fs_arena *arena = input->arena;
    const char *field = fs_arena_printf(arena, "Authentication-Results: %s\n", input->text);
    enum fs_auth auth = auth_of(input, field, false);
    fuzz_require(auth != FS_AUTH_UNASKED);
    fuzz_require(strstr(fs_auth_name(auth), "invalid") == NULL);
    const char *below = fs_arena_printf(arena, "Received: from a by b\n%s", field);
    fuzz_require(!fs_auth_passes(auth_of(input, below, false)));
    (void)auth_of(input, fs_arena_printf(arena, "Received: %s\n%s", input->text, field), true);
    const char *quoted = quote(input, input->text);
    fuzz_require(!fs_auth_passes(auth_of(
        input,
        fs_arena_printf(
            arena, "Authentication-Results: mx.example.com; spf=pass (%s) smtp.mailfrom=\"%s\"\n",
            quoted, quoted),
        false)));
}
