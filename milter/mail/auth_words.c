/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * auth_words.c - reads the words of Authentication-Results fields and of Received.
 *
 * Decides: where an id, a result and a property begin and end, whatever comments and quoted
 * strings hold; so that what a verifier quotes from a message is never read as its word.
 * Must not know: whom to believe. Sources: RFC 8601 section 2.2, RFC 2045 section 5.1.
 */
#include <string.h>

#include "fullstop/arena.h"
#include "fullstop/text.h"
#include "mail_auth.h"

/* Where the words of a key and those of a value end. */
#define KEY_ENDS " \t;(=./"
#define VALUE_ENDS " \t;("

/* The property of each kind that a result may have once. */
struct property {
    const char *name;
    size_t offset_b;
};

static const struct property properties[] = {
    {"d", offsetof(struct mail_auth_result, header_d)},
    {"i", offsetof(struct mail_auth_result, header_i)},
    {"from", offsetof(struct mail_auth_result, header_from)},
};

/* Blanks, and comments in comments. */
static void skip_blanks(struct mail_auth_reader *reader)
{
    size_t depth = 0;
    for (; *reader->at != '\0'; reader->at++) {
        char byte = *reader->at;
        if (byte == '(') {
            depth++;
        } else if (depth > 0 && byte == ')') {
            depth--;
        } else if (depth > 0 && byte == '\\' && reader->at[1] != '\0') {
            reader->at++;
        } else if (depth == 0 && byte != ' ' && byte != '\t') {
            return;
        }
    }
    reader->broken = reader->broken || depth > 0;
}

/* Copies a quoted string without its quotes; returns the end of what was written. */
static char *read_quoted(struct mail_auth_reader *reader, char *out)
{
    for (reader->at++; *reader->at != '"'; reader->at++) {
        if (reader->at[0] == '\\' && reader->at[1] != '\0') {
            reader->at++;
        }
        if (*reader->at == '\0') {
            reader->broken = true;
            return out;
        }
        *out++ = *reader->at;
    }
    reader->at++;
    return out;
}

/* How long the word could be at most: copies of one field are as long as the field. */
static size_t word_length(const char *at, const char *ends)
{
    const char *start = at;
    bool is_quoted = false;
    for (; *at != '\0' && (is_quoted || strchr(ends, *at) == NULL); at++) {
        if (is_quoted && at[0] == '\\' && at[1] != '\0') {
            at++;
        } else if (*at == '"') {
            is_quoted = !is_quoted;
        }
    }
    return (size_t)(at - start);
}

/* One word, which may be quoted in part ("o'neil x"@kunde.example); "" when none is here. */
static const char *read_word(struct mail_auth_reader *reader, const char *ends)
{
    char *word = fs_arena_alloc(reader->arena, word_length(reader->at, ends) + 1, 1);
    if (word == NULL) {
        reader->broken = true;
        return "";
    }
    char *out = word;
    while (*reader->at != '\0' && strchr(ends, *reader->at) == NULL) {
        if (*reader->at == '"') {
            out = read_quoted(reader, out);
        } else {
            *out++ = *reader->at++;
        }
    }
    *out = '\0';
    return word;
}

/* Steps over a sign, with the blanks around it. */
static bool take(struct mail_auth_reader *reader, char sign)
{
    skip_blanks(reader);
    if (*reader->at != sign) {
        return false;
    }
    reader->at++;
    skip_blanks(reader);
    return true;
}

bool mail_auth_read_id(struct mail_auth_reader *reader, const char **out_id)
{
    skip_blanks(reader);
    const char *id = read_word(reader, VALUE_ENDS);
    skip_blanks(reader);
    const char *version = read_word(reader, VALUE_ENDS);
    *out_id = id;
    return id[0] != '\0' && (version[0] == '\0' || strcmp(version, "1") == 0);
}

static void set_property(struct mail_auth_result *result, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        if (!fs_text_equal(name, properties[i].name)) {
            continue;
        }
        const char **at = (const char **)(void *)((char *)result + properties[i].offset_b);
        result->is_unclear = result->is_unclear || *at != NULL;
        *at = value;
    }
}

/* "header.d=x", "reason=x" and what is neither: at least one byte, unless the result ends. */
static bool read_pair(struct mail_auth_reader *reader, struct mail_auth_result *result)
{
    skip_blanks(reader);
    if (*reader->at == '\0' || *reader->at == ';') {
        return false;
    }
    const char *start = reader->at;
    const char *type = read_word(reader, KEY_ENDS);
    const char *name = take(reader, '.') ? read_word(reader, KEY_ENDS) : "";
    if (take(reader, '=')) {
        const char *value = read_word(reader, VALUE_ENDS);
        if (fs_text_equal(type, "header")) {
            set_property(result, name, value);
        }
    }
    reader->at += reader->at == start;
    return true;
}

/* "dkim=pass", "dkim/1 = pass" */
static bool read_method(struct mail_auth_reader *reader, struct mail_auth_result *out)
{
    out->method = read_word(reader, KEY_ENDS);
    if (take(reader, '/')) {
        out->is_unclear = strcmp(read_word(reader, KEY_ENDS), "1") != 0;
    }
    if (!take(reader, '=')) {
        return false;
    }
    out->result = read_word(reader, VALUE_ENDS);
    return out->method[0] != '\0' && out->result[0] != '\0';
}

bool mail_auth_next(struct mail_auth_reader *reader, struct mail_auth_result *out)
{
    struct mail_auth_result skipped = {.method = NULL};
    while (!reader->broken) {
        while (read_pair(reader, &skipped)) { /* the rest of what was no result */
        }
        if (!take(reader, ';')) {
            return false;
        }
        *out = (struct mail_auth_result){.method = NULL};
        if (read_method(reader, out)) {
            while (read_pair(reader, out)) {
            }
            return !reader->broken;
        }
    }
    return false;
}

const char *mail_auth_received_by(struct mail_auth_reader *reader)
{
    skip_blanks(reader);
    while (*reader->at != '\0' && *reader->at != ';') {
        const char *word = read_word(reader, VALUE_ENDS);
        skip_blanks(reader);
        if (fs_text_equal(word, "by")) {
            const char *host = read_word(reader, VALUE_ENDS);
            return host[0] != '\0' && !reader->broken ? host : NULL;
        }
    }
    return NULL;
}
