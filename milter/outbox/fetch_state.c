/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fetch_state.c - what became of a source, kept in the store as a setting.
 *
 * Decides that nothing secret and nothing of the file is kept: of the URL only its hash, of bad
 * lines their number, field and fault. What is kept of one URL says nothing of another. Must not
 * know when the next fetch is.
 */
#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch_room.h"

#define WRITE_TIMEOUT_MS 3000
#define NAME_SIZE_B (FS_PROCESS_NAME_MAX_B + 8)

const char *fs_fetch_condition_name(enum fs_fetch_condition condition)
{
    static const char *const names[] = {"new", "ok", "failing", "stale"};
    return names[condition];
}

enum fs_fetch_condition fs_fetch_condition(const struct fs_fetch_state *state, int64_t every_s,
                                           int64_t now)
{
    int64_t last_at = state->succeeded_at != 0 ? state->succeeded_at : state->since_at;
    if (last_at != 0 && now - last_at > FS_FETCH_STALE_TIMES * every_s)
        return FS_FETCH_STALE;
    if (state->failures > 0)
        return FS_FETCH_FAILING;
    return state->succeeded_at != 0 ? FS_FETCH_OK : FS_FETCH_NEW;
}

static void hash_url(const struct fs_crm_source *source, char out[FS_HASH_HEX_SIZE_B])
{
    struct fs_hash hash = fs_hash_sha256(source->url, strlen(source->url));
    fs_hash_hex(&hash, out);
}

static void name_setting(const struct fs_crm_source *source, char out[NAME_SIZE_B])
{
    (void)snprintf(out, NAME_SIZE_B, "crm.%s", source->name);
}

/* ---- as text ---- */

/* One table for reading and writing. */
#define AT(member) offsetof(struct fs_fetch_state, member)
static const struct {
    const char *name;
    size_t at;
    size_t size_b; /* 0: a number */
} members[] = {
    {"url", AT(url_hash), FS_HASH_HEX_SIZE_B},
    {"digest", AT(digest), FS_HASH_HEX_SIZE_B},
    {"etag", AT(etag), FS_FETCH_ETAG_SIZE_B},
    {"modified", AT(modified), FS_FETCH_DATE_SIZE_B},
    {"fault", AT(fault), FS_FETCH_FAULT_SIZE_B},
    {"since", AT(since_at), 0},
    {"tried", AT(tried_at), 0},
    {"succeeded", AT(succeeded_at), 0},
    {"changed", AT(changed_at), 0},
    {"not_before", AT(not_before_at), 0},
    {"refused", AT(refused_at), 0},
    {"failures", AT(failures), 0},
    {"applied", AT(applied), 0},
    {"unchanged", AT(unchanged), 0},
    {"bad", AT(bad), 0},
};
#define MEMBER_COUNT (sizeof(members) / sizeof(members[0]))

/* NULL: out of memory. */
static char *print(const struct fs_fetch_state *state)
{
    json_t *root = json_object();
    json_t *first = json_array();
    bool ok = root != NULL && first != NULL;
    for (size_t i = 0; ok && i < MEMBER_COUNT; i++) {
        const char *at = (const char *)state + members[i].at;
        json_t *value = members[i].size_b != 0 ? json_string(fs_text_is_utf8(at) ? at : "?")
                                               : json_integer(*(const int64_t *)(const void *)at);
        ok = json_object_set_new(root, members[i].name, value) == 0;
    }
    for (size_t i = 0; ok && i < state->first_count; i++) {
        const struct fs_fetch_bad *bad = &state->first[i];
        ok = json_array_append_new(first,
                                   json_pack("{s:I, s:s, s:s}", "line", (json_int_t)bad->number,
                                             "field", bad->field, "text", bad->text)) == 0;
    }
    ok = ok && json_object_set(root, "first", first) == 0;
    char *text = ok ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(first);
    json_decref(root);
    return text;
}

static void read_text(const json_t *value, char *out, size_t size_b)
{
    const char *text = json_string_value(value);
    fs_text_copy(out, size_b, text != NULL ? text : "");
}

/* What a later version wrote otherwise is as if it were not there: then all is fetched anew. */
static void read(const char *text, struct fs_fetch_state *out)
{
    json_t *root = json_loads(text, 0, NULL);
    const json_t *first = json_object_get(root, "first");
    *out = (struct fs_fetch_state){0};
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const json_t *value = json_object_get(root, members[i].name);
        char *at = (char *)out + members[i].at;
        if (members[i].size_b != 0)
            read_text(value, at, members[i].size_b);
        else
            *(int64_t *)(void *)at = json_integer_value(value);
    }
    for (size_t i = 0; i < json_array_size(first) && i < FS_CRM_TOLD_MAX; i++) {
        const json_t *one = json_array_get(first, i);
        struct fs_fetch_bad *bad = &out->first[out->first_count++];
        bad->number = json_integer_value(json_object_get(one, "line"));
        read_text(json_object_get(one, "field"), bad->field, sizeof(bad->field));
        read_text(json_object_get(one, "text"), bad->text, sizeof(bad->text));
    }
    json_decref(root);
}

/* ---- in the store ---- */

struct reading {
    struct fs_arena *arena;
    const struct fs_crm_source *sources;
    size_t count;
    struct fs_fetch_state *states;
};

static enum fs_status read_states(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct reading *reading = context;
    for (size_t i = 0; i < reading->count; i++) {
        const struct fs_crm_source *source = &reading->sources[i];
        char name[NAME_SIZE_B];
        char url_hash[FS_HASH_HEX_SIZE_B];
        const char *text = "";
        name_setting(source, name);
        hash_url(source, url_hash);
        enum fs_status status = fs_tx_setting_get(tx, reading->arena, name, &text, err);
        if (status != FS_OK && status != FS_NOT_FOUND)
            return status;
        read(text, &reading->states[i]);
        if (strcmp(reading->states[i].url_hash, url_hash) != 0)
            reading->states[i] = (struct fs_fetch_state){0};
    }
    return FS_OK;
}

enum fs_status fs_fetch_states(struct fs_store *store, struct fs_arena *arena,
                               const struct fs_config *config, const struct fs_fetch_state **out,
                               struct fs_error *err)
{
    struct reading reading = {.arena = arena, .sources = config->crms, .count = config->crm_count};
    reading.states = fs_arena_alloc(arena, config->crm_count + 1, sizeof(*reading.states));
    if (reading.states == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = fs_store_read(store, read_states, &reading, err);
    if (status == FS_OK)
        *out = reading.states;
    return status;
}

enum fs_status fetch_state_load(struct fs_store *store, const struct fs_crm_source *source,
                                struct fs_fetch_state *out, struct fs_error *err)
{
    struct fs_fetch_state state = {0};
    struct reading reading = {
        .arena = fs_arena_new(0), .sources = source, .count = 1, .states = &state};
    if (reading.arena == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = fs_store_read(store, read_states, &reading, err);
    fs_arena_free(reading.arena);
    if (status == FS_OK)
        *out = state;
    return status;
}

struct writing {
    char name[NAME_SIZE_B];
    char *text;
};

static void free_writing(void *context)
{
    struct writing *writing = context;
    free(writing->text);
    free(writing);
}

static enum fs_status write_state(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const struct writing *writing = context;
    return fs_tx_setting_put(tx, writing->name, writing->text, err);
}

enum fs_status fetch_state_save(struct fs_store *store, const struct fs_crm_source *source,
                                const struct fs_fetch_state *state, struct fs_error *err)
{
    struct fs_fetch_state own = *state;
    struct writing *writing = calloc(1, sizeof(*writing));
    if (writing == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    hash_url(source, own.url_hash);
    name_setting(source, writing->name);
    writing->text = print(&own);
    enum fs_status status = FS_NOMEM;
    if (writing->text != NULL) {
        struct fs_store_job job = {write_state, writing, free_writing};
        status = fs_store_write(store, &job, WRITE_TIMEOUT_MS, err);
    } else {
        (void)fs_error_set(err, FS_NOMEM, "out of memory");
    }
    if (status != FS_UNKNOWN)
        free_writing(writing);
    return status;
}
