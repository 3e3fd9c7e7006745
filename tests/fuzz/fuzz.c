/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz.c - the entry that libFuzzer calls, and the demands that hold for every message.
 */
#include "fuzz.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/hash.h"

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_b);

void fuzz_check(bool holds, const char *demand, const char *file, int line)
{
    if (!holds) {
        fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, demand);
        abort();
    }
}

bool fuzz_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool fuzz_is_utf8(const char *text)
{
    return g_utf8_validate(text, -1, NULL);
}

bool fuzz_is_one_word(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at <= 0x20 || *at == 0x7f) {
            return false;
        }
    }
    return text[0] != '\0';
}

static void require_id(const char *id)
{
    fuzz_require(fuzz_is_one_word(id));
    fuzz_require(strlen(id) <= FS_MAIL_MESSAGE_ID_MAX_B);
}

/* A canonical address stays what it is. */
static void require_address(struct fs_arena *arena, const char *address)
{
    const char *again = NULL;
    fuzz_require(fuzz_is_utf8(address));
    fuzz_require(fs_address_canonical(arena, address, &again, NULL) == FS_OK);
    fuzz_require(strcmp(address, again) == 0);
}

static void require_people(struct fs_arena *arena, const struct fs_facts *facts)
{
    const char *const one[] = {facts->from, facts->reply_to, facts->original_recipient};
    for (size_t i = 0; i < sizeof one / sizeof one[0]; i++) {
        if (one[i] != NULL) {
            require_address(arena, one[i]);
        }
    }
    if (facts->sender != NULL && facts->sender[0] != '\0') {
        require_address(arena, facts->sender);
    }
    fuzz_require(facts->to_count <= FS_MAIL_ADDRESSES_MAX);
    for (size_t i = 0; i < facts->to_count; i++) {
        require_address(arena, facts->to[i]);
    }
}

static void require_ids(const struct fs_facts *facts)
{
    if (facts->message_id != NULL) {
        require_id(facts->message_id);
    }
    if (facts->in_reply_to != NULL) {
        require_id(facts->in_reply_to);
    }
    fuzz_require(facts->reference_count <= FS_MAIL_REFERENCES_MAX);
    for (size_t i = 0; i < facts->reference_count; i++) {
        require_id(facts->references[i]);
    }
    for (size_t i = 0; i < facts->returned_id_count; i++) {
        require_id(facts->returned_ids[i]);
    }
    fuzz_require(facts->in_thread == (facts->in_reply_to != NULL || facts->reference_count > 0));
}

static void require_class(const struct fs_facts *facts)
{
    fuzz_require(facts->rule != NULL);
    fuzz_require(facts->hit_count >= 1 && facts->hit_count <= FS_MAIL_HITS_MAX);
    fuzz_require(strcmp(facts->hits[0], facts->rule) == 0);
    fuzz_require(fs_mail_class_name(facts->class)[0] != '\0');
    fuzz_require(facts->key != NULL && fuzz_is_one_word(facts->key));
    fuzz_require(facts->return_date.year == 0 || fs_date_is_valid(facts->return_date));
    if (facts->status != NULL) {
        size_t length_b = strlen(facts->status);
        fuzz_require(strspn(facts->status, "0123456789.") == length_b);
        fuzz_require(length_b >= 5 && length_b <= 9 && facts->status[1] == '.');
    }
}

struct fs_facts fuzz_parse(struct fs_arena *arena, const char *bytes, size_t length_b,
                           const struct fs_envelope *envelope)
{
    struct fs_facts facts = {0};
    fuzz_require(fs_mail_parse(arena, bytes, length_b, envelope, &facts, NULL) == FS_OK);
    require_people(arena, &facts);
    require_ids(&facts);
    require_class(&facts);
    return facts;
}

const char *fuzz_line_ends(const struct fuzz_input *input, bool crlf, size_t *out_length_b)
{
    char *out = fs_arena_alloc(input->arena, 2 * input->length_b + 1, 1);
    size_t used = 0;
    for (size_t i = 0; i < input->length_b; i++) {
        char byte = input->bytes[i];
        if (byte == '\r' && i + 1 < input->length_b && input->bytes[i + 1] == '\n') {
            continue;
        }
        if (byte == '\n' && crlf) {
            out[used++] = '\r';
        }
        out[used++] = byte;
    }
    *out_length_b = used;
    return out;
}

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    fuzz_require(fs_hash_setup(NULL) == FS_OK);
    fuzz_require(fs_mail_setup(NULL) == FS_OK);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_b)
{
    char *text = malloc(size_b + 1);
    fuzz_require(text != NULL);
    memcpy(text, data, size_b);
    text[size_b] = '\0';
    char *utf8 = g_utf8_make_valid(text, -1);
    struct fuzz_input input = {.arena = fs_arena_new(0),
                               .bytes = (const char *)data,
                               .length_b = size_b,
                               .text = text,
                               .utf8 = utf8};
    fuzz_one(&input);
    fs_arena_free(input.arena);
    g_free(utf8);
    free(text);
    return 0;
}
