/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * text.h - bounded text: growing buffers with a cap, ASCII-only comparison and the
 * strict parsers for numbers and durations that configuration and commands share.
 *
 * Nothing here depends on the locale. Thread-safe: no state but the arguments.
 */
#ifndef FULLSTOP_TEXT_H
#define FULLSTOP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/status.h"

/* A growing byte buffer that never exceeds cap_b. data is always terminated. */
struct fs_buf {
    char *data; /* owned; never NULL after fs_buf_init succeeded and something was added */
    size_t length_b;
    size_t size_b;
    size_t cap_b;
};

void fs_buf_init(struct fs_buf *buf, size_t cap_b);
void fs_buf_clear(struct fs_buf *buf); /* frees; the buffer can be used again */
/* FS_LIMIT when cap_b would be exceeded (nothing is added), FS_NOMEM. */
enum fs_status fs_buf_add(struct fs_buf *buf, const void *bytes, size_t length_b);
enum fs_status fs_buf_printf(struct fs_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds as much of bytes as fits; returns false when something was left out. */
bool fs_buf_add_some(struct fs_buf *buf, const void *bytes, size_t length_b);

/* ASCII case-insensitive. fs_text_has_prefix("Re: x", "re:") is true. */
bool fs_text_equal(const char *a, const char *b);
bool fs_text_has_prefix(const char *text, const char *prefix);
bool fs_text_has_suffix(const char *text, const char *suffix);
/* First occurrence of needle in text, ASCII case-insensitive, or NULL. */
const char *fs_text_find(const char *text, const char *needle);
/* Lower-cases A-Z in place. */
void fs_text_lower(char *text);
/* Copies and cuts at a UTF-8 boundary; the result is always terminated. size_b > 0. */
void fs_text_copy(char *out, size_t size_b, const char *text);
/* Bytes of the UTF-8 character at text (1 to 4), or 0 when it is none; *out_code is its
 * code point. RFC 3629: no overlong forms, no surrogates. */
size_t fs_text_utf8_next(const char *text, uint32_t *out_code);
bool fs_text_is_utf8(const char *text);
/* Number of terminal columns of UTF-8 text; invalid bytes count one each. */
size_t fs_text_width(const char *text);

/* Decimal digits only, no sign, no space; FS_INPUT otherwise or above max. */
enum fs_status fs_text_int(const char *text, int64_t max, int64_t *out);
/* ^(0|[1-9][0-9]*[smhdw])$ to seconds; at most 100 years. FS_INPUT otherwise. */
enum fs_status fs_text_duration(const char *text, int64_t *out_s, struct fs_error *err);
/* The shortest exact form of a duration: 5d, 36h, 0. out holds at least 24 bytes. */
void fs_text_duration_print(int64_t duration_s, char *out, size_t size_b);

#endif
