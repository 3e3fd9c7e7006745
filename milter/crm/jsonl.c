/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * jsonl.c - a line of JSON lines as text fields, by jansson; and such a line written.
 *
 * Decides which JSON is taken: an object of texts, null being the same as no such key. Must
 * not know what a field means.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "crm_raw.h"

static enum fs_status take_value(struct jsonl_line *line, enum fs_crm_field field,
                                 const json_t *value, size_t *used_b,
                                 struct fs_crm_finding *finding)
{
    size_t length_b;

    if (json_is_null(value))
        return FS_OK;
    if (!json_is_string(value))
        return raw_fault(&line->raw, field, FS_CRM_FAULT_NO_TEXT, finding);
    length_b = json_string_length(value);
    /* escapes only ever make the text shorter than the line was */
    if (length_b + 1 > sizeof line->text - *used_b)
        return raw_fault(&line->raw, FS_CRM_LINE, FS_CRM_FAULT_TOO_LONG, finding);
    line->raw.values[field] = memcpy(line->text + *used_b, json_string_value(value), length_b + 1);
    *used_b += length_b + 1;
    return FS_OK;
}

static enum fs_status take_object(struct jsonl_line *line, json_t *object, struct ignored *ignored,
                                  struct fs_crm_finding *finding)
{
    const char *key;
    json_t *value;
    size_t used_b = 0;

    json_object_foreach(object, key, value)
    {
        enum fs_crm_field field = raw_field(key);
        enum fs_status status = FS_OK;
        if (field == FS_CRM_LINE)
            ignored_add(ignored, key);
        else if (line->raw.values[field] != NULL)
            return raw_fault(&line->raw, field, FS_CRM_FAULT_COLUMN_TWICE, finding);
        else
            status = take_value(line, field, value, &used_b, finding);
        if (status != FS_OK)
            return status;
    }
    return FS_OK;
}

enum fs_status jsonl_read(struct jsonl_line *line, const char *data, size_t length_b,
                          struct ignored *ignored, struct fs_crm_finding *finding)
{
    enum fs_status status;
    json_error_t error;
    json_t *object;

    memset(line->raw.values, 0, sizeof line->raw.values);
    if (length_b > FS_CRM_LINE_MAX_B)
        return raw_fault(&line->raw, FS_CRM_LINE, FS_CRM_FAULT_TOO_LONG, finding);
    object = json_loadb(data, length_b, JSON_REJECT_DUPLICATES, &error);
    if (object == NULL && json_error_code(&error) == json_error_out_of_memory)
        return FS_NOMEM;
    if (object == NULL && json_error_code(&error) == json_error_invalid_utf8)
        return raw_fault(&line->raw, FS_CRM_LINE, FS_CRM_FAULT_UTF8, finding);
    if (!json_is_object(object))
        status = raw_fault(&line->raw, FS_CRM_LINE, FS_CRM_FAULT_JSON, finding);
    else
        status = take_object(line, object, ignored, finding);
    json_decref(object);
    return status;
}

enum fs_status fs_crm_write_json(FILE *out, const char *const values[FS_CRM_FIELD_COUNT])
{
    json_t *object = json_object();
    char *text = NULL;
    bool ok = object != NULL;

    for (int i = 0; i < FS_CRM_FIELD_COUNT && ok; i++) {
        const char *name = fs_crm_field_name((enum fs_crm_field)i);
        json_t *value = values[i] == NULL ? json_null() : json_string(values[i]);
        ok = json_object_set_new(object, name, value) == 0;
    }
    if (ok)
        text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    if (text == NULL)
        return FS_NOMEM;
    fputs(text, out);
    fputc('\n', out);
    free(text);
    return FS_OK;
}
