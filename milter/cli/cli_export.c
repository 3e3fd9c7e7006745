/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_export.c - the lines of an audit export, written and read by jansson.
 *
 * Decides the format of a line and refuses what is no such line. Must not judge the
 * chain: the audit room does.
 */
#include "cli_export.h"

#include <jansson.h>
#include <string.h>

#include "cli_json.h"
#include "fullstop/text.h"

static struct fs_json fields_json(const struct fs_audit_record *record)
{
    struct fs_json fields = fs_json_array();

    for (size_t i = 0; i < record->field_count; i++) {
        struct fs_json field = fs_json_array();
        fs_json_text(&field, NULL, record->fields[i].name);
        fs_json_text(&field, NULL, record->fields[i].value);
        fs_json_add(&fields, NULL, field);
    }
    return fields;
}

static struct fs_json claims_json(const struct fs_audit_record *record)
{
    struct fs_json claims = fs_json_array();

    for (size_t i = 0; i < record->claim_count; i++) {
        const struct fs_audit_claim *claim = &record->claims[i];
        struct fs_json one = fs_json_object();
        struct fs_hash salt;
        char hex[FS_HASH_HEX_SIZE_B];
        memcpy(salt.bytes, claim->salt, sizeof salt.bytes);
        fs_hash_hex(&salt, hex);
        fs_json_text(&one, "field", claim->field);
        fs_json_text(&one, "value", claim->value);
        fs_json_text(&one, "salt", claim->value == NULL ? NULL : hex);
        fs_json_add(&claims, NULL, one);
    }
    return claims;
}

/* Text that JSON cannot carry unchanged would make a true record look forged. */
static bool is_carried(const struct fs_audit_record *record)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (!fs_text_is_utf8(record->fields[i].name) || !fs_text_is_utf8(record->fields[i].value))
            return false;
    return fs_text_is_utf8(record->log);
}

enum fs_status fs_cli_export_record(FILE *out, const struct fs_audit_record *record, bool personal,
                                    struct fs_error *err)
{
    struct fs_json json;
    char previous[FS_HASH_HEX_SIZE_B];
    char hash[FS_HASH_HEX_SIZE_B];

    if (!is_carried(record))
        return fs_error_set(err, FS_CORRUPT, "record %lld of log %s is not UTF-8",
                            (long long)record->seq, record->log);
    fs_hash_hex(&record->previous, previous);
    fs_hash_hex(&record->hash, hash);
    json = fs_json_object();
    fs_json_int(&json, "version", record->version);
    fs_json_text(&json, "log", record->log);
    fs_json_int(&json, "seq", record->seq);
    fs_json_int(&json, "at", record->at);
    fs_json_add(&json, "fields", fields_json(record));
    fs_json_text(&json, "previous", previous);
    fs_json_text(&json, "hash", hash);
    if (personal)
        fs_json_add(&json, "personal", claims_json(record));
    return fs_json_print(&json, out, false, err);
}

enum fs_status fs_cli_export_checkpoint(FILE *out, const struct fs_audit_checkpoint *point,
                                        struct fs_error *err)
{
    struct fs_json json = fs_json_object();
    char text[FS_AUDIT_CHECKPOINT_SIZE_B];

    fs_audit_checkpoint_print(point, text, sizeof text);
    fs_json_text(&json, "checkpoint", text);
    return fs_json_print(&json, out, false, err);
}

/* ---- reading ---- */

static const char *text_of(struct fs_arena *arena, const json_t *value)
{
    return json_is_string(value) ? fs_arena_strdup(arena, json_string_value(value)) : NULL;
}

static bool parse_fields(struct fs_arena *arena, const json_t *list, struct fs_audit_record *out)
{
    size_t count = json_array_size(list);
    struct fs_audit_field *fields;

    if (!json_is_array(list) || count > FS_AUDIT_FIELDS_MAX)
        return false;
    fields = fs_arena_alloc(arena, count + 1, sizeof *fields);
    if (fields == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(list, i);
        if (json_array_size(pair) != 2)
            return false;
        fields[i].name = text_of(arena, json_array_get(pair, 0));
        fields[i].value = text_of(arena, json_array_get(pair, 1));
        if (fields[i].name == NULL || fields[i].value == NULL)
            return false;
    }
    out->fields = fields;
    out->field_count = count;
    return true;
}

static bool parse_claims(struct fs_arena *arena, const json_t *list, struct fs_audit_record *out)
{
    size_t count = json_array_size(list);
    struct fs_audit_claim *claims;

    if (list == NULL)
        return true;
    if (!json_is_array(list) || count > FS_AUDIT_CLAIMS_MAX)
        return false;
    claims = fs_arena_alloc(arena, count + 1, sizeof *claims);
    if (claims == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        const json_t *salt = json_object_get(one, "salt");
        struct fs_hash parsed;
        claims[i].field = text_of(arena, json_object_get(one, "field"));
        claims[i].value = text_of(arena, json_object_get(one, "value"));
        if (claims[i].field == NULL)
            return false;
        if (claims[i].value == NULL)
            continue; /* erased */
        if (!json_is_string(salt) || !fs_hash_parse(json_string_value(salt), &parsed))
            return false;
        memcpy(claims[i].salt, parsed.bytes, sizeof claims[i].salt);
    }
    out->claims = claims;
    out->claim_count = count;
    return true;
}

static bool parse_hash(const json_t *value, struct fs_hash *out)
{
    return json_is_string(value) && fs_hash_parse(json_string_value(value), out);
}

static bool parse_record(struct fs_arena *arena, const json_t *root, struct fs_audit_record *out)
{
    const json_t *version = json_object_get(root, "version");
    const json_t *seq = json_object_get(root, "seq");
    const json_t *at = json_object_get(root, "at");

    memset(out, 0, sizeof *out);
    out->log = text_of(arena, json_object_get(root, "log"));
    if (out->log == NULL || out->log[0] == '\0' || strlen(out->log) >= FS_AUDIT_LOG_MAX_B ||
        !json_is_integer(version) || !json_is_integer(seq) || !json_is_integer(at))
        return false;
    if (json_integer_value(version) < 0 || json_integer_value(version) > INT32_MAX)
        return false;
    out->version = (int)json_integer_value(version);
    out->seq = json_integer_value(seq);
    out->at = json_integer_value(at);
    return parse_hash(json_object_get(root, "previous"), &out->previous) &&
           parse_hash(json_object_get(root, "hash"), &out->hash) &&
           parse_fields(arena, json_object_get(root, "fields"), out) &&
           parse_claims(arena, json_object_get(root, "personal"), out);
}

enum fs_status fs_cli_export_parse(struct fs_arena *arena, const char *line, size_t length_b,
                                   struct fs_cli_export_line *out, struct fs_error *err)
{
    json_error_t where;
    json_t *root = json_loadb(line, length_b, JSON_REJECT_DUPLICATES, &where);
    const json_t *point;
    bool is_good;

    if (root == NULL)
        return fs_error_set(err, FS_INPUT, "is no JSON: %s", where.text);
    point = json_object_get(root, "checkpoint");
    out->is_checkpoint = point != NULL;
    if (point != NULL)
        is_good = json_is_string(point) &&
                  fs_audit_checkpoint_parse(json_string_value(point), &out->point);
    else
        is_good = parse_record(arena, root, &out->record);
    json_decref(root);
    if (!is_good)
        return fs_error_set(err, FS_INPUT, "is neither an audit record nor a checkpoint");
    return FS_OK;
}
