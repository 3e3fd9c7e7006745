/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_json.c - JSON output that scripts may rely on, by jansson.
 *
 * Decides how instants, days and text that is no UTF-8 look in JSON. Must not know any
 * command's keys.
 */
#include "cli_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/text.h"

#define REPLACEMENT "\xef\xbf\xbd"
#define REPLACEMENT_SIZE_B 3

struct fs_json fs_json_object(void)
{
    struct fs_json json = {.value = json_object(), .failed = false};

    json.failed = json.value == NULL;
    return json;
}

struct fs_json fs_json_array(void)
{
    struct fs_json json = {.value = json_array(), .failed = false};

    json.failed = json.value == NULL;
    return json;
}

void fs_json_clear(struct fs_json *json)
{
    json_decref(json->value);
    json->value = NULL;
}

/* Takes value over; NULL means that memory was short. */
static void put(struct fs_json *json, const char *key, json_t *value)
{
    int result = key == NULL ? json_array_append_new(json->value, value)
                             : json_object_set_new(json->value, key, value);
    if (result != 0)
        json->failed = true;
}

static json_t *mended(const char *text)
{
    char *copy = malloc(strlen(text) * REPLACEMENT_SIZE_B + 1);
    char *end = copy;
    json_t *value;

    if (copy == NULL)
        return NULL;
    while (*text != '\0') {
        uint32_t code;
        size_t length_b = fs_text_utf8_next(text, &code);
        if (length_b == 0) {
            memcpy(end, REPLACEMENT, REPLACEMENT_SIZE_B);
            end += REPLACEMENT_SIZE_B;
            text++;
        } else {
            memcpy(end, text, length_b);
            end += length_b;
            text += length_b;
        }
    }
    *end = '\0';
    value = json_string(copy);
    free(copy);
    return value;
}

void fs_json_text(struct fs_json *json, const char *key, const char *text)
{
    if (text == NULL)
        put(json, key, json_null());
    else
        put(json, key, fs_text_is_utf8(text) ? json_string(text) : mended(text));
}

void fs_json_int(struct fs_json *json, const char *key, int64_t number)
{
    put(json, key, json_integer(number));
}

void fs_json_bool(struct fs_json *json, const char *key, bool truth)
{
    put(json, key, json_boolean(truth));
}

void fs_json_null(struct fs_json *json, const char *key)
{
    put(json, key, json_null());
}

void fs_json_time(struct fs_json *json, const char *key, int64_t at)
{
    char text[FS_TIME_SIZE_B];

    fs_time_rfc3339(at, text, sizeof text);
    fs_json_text(json, key, at == 0 ? NULL : text);
}

void fs_json_day(struct fs_json *json, const char *key, struct fs_date date)
{
    char text[40];

    snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    fs_json_text(json, key, date.year == 0 ? NULL : text);
}

void fs_json_add(struct fs_json *json, const char *key, struct fs_json child)
{
    json->failed = json->failed || child.failed;
    put(json, key, child.value);
}

enum fs_status fs_json_print(struct fs_json *json, FILE *out, bool inline_only,
                             struct fs_error *err)
{
    enum fs_status status = FS_OK;

    /* into memory first: json_dumpf() writes each token by itself */
    char *text = json->failed ? NULL : json_dumps(json->value, JSON_COMPACT);
    if (text == NULL) {
        status = fs_error_set(err, FS_NOMEM, "out of memory");
    } else {
        fputs(text, out);
        if (!inline_only)
            fputc('\n', out);
    }
    free(text);
    fs_json_clear(json);
    return status;
}
