/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_json.h - JSON output that scripts may rely on.
 *
 * Keys come out in the order they were set. A failure (memory) sticks to the value and is
 * told when it is printed, so that callers need not ask after each key. Text that is no
 * UTF-8 is made so: each wrong byte becomes U+FFFD.
 */
#ifndef FULLSTOP_CLI_JSON_H
#define FULLSTOP_CLI_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "fullstop/clock.h"
#include "fullstop/status.h"

struct json_t;

struct fs_json {
    struct json_t *value; /* owned */
    bool failed;
};

struct fs_json fs_json_object(void);
struct fs_json fs_json_array(void);
void fs_json_clear(struct fs_json *json);

/* Into an object under key, or onto the end of an array when key is NULL. */
void fs_json_text(struct fs_json *json, const char *key, const char *text); /* NULL: null */
void fs_json_int(struct fs_json *json, const char *key, int64_t number);
void fs_json_bool(struct fs_json *json, const char *key, bool truth);
void fs_json_null(struct fs_json *json, const char *key);
void fs_json_time(struct fs_json *json, const char *key, int64_t at);         /* 0: null */
void fs_json_day(struct fs_json *json, const char *key, struct fs_date date); /* year 0: null */
/* Takes child over. */
void fs_json_add(struct fs_json *json, const char *key, struct fs_json child);

/* One line, or without line feed when inline_only; clears json. FS_NOMEM; what the stream
 * could not take shows in ferror(). */
enum fs_status fs_json_print(struct fs_json *json, FILE *out, bool inline_only,
                             struct fs_error *err);

#endif
