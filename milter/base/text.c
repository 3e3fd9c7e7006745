/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * text.c - bounded text and the strict parsers for numbers and durations.
 *
 * Decides nothing about mail. Nothing here depends on the locale.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/text.h"

#define FIRST_SIZE_B ((size_t)256)
#define DURATION_MAX_S ((int64_t)100 * 365 * 86400)

void fs_buf_init(struct fs_buf *buf, size_t cap_b)
{
    *buf = (struct fs_buf){.cap_b = cap_b};
}

void fs_buf_clear(struct fs_buf *buf)
{
    free(buf->data);
    fs_buf_init(buf, buf->cap_b);
}

static enum fs_status make_room(struct fs_buf *buf, size_t more_b)
{
    if (more_b > buf->cap_b - buf->length_b)
        return FS_LIMIT;
    size_t need_b = buf->length_b + more_b + 1;
    if (need_b <= buf->size_b)
        return FS_OK;
    size_t size_b = buf->size_b == 0 ? FIRST_SIZE_B : buf->size_b;
    while (size_b < need_b)
        size_b *= 2;
    char *data = realloc(buf->data, size_b);
    if (data == NULL)
        return FS_NOMEM;
    buf->data = data;
    buf->size_b = size_b;
    return FS_OK;
}

enum fs_status fs_buf_add(struct fs_buf *buf, const void *bytes, size_t length_b)
{
    enum fs_status status = make_room(buf, length_b);
    if (status != FS_OK)
        return status;
    if (length_b > 0)
        memcpy(buf->data + buf->length_b, bytes, length_b);
    buf->length_b += length_b;
    buf->data[buf->length_b] = '\0';
    return FS_OK;
}

bool fs_buf_add_some(struct fs_buf *buf, const void *bytes, size_t length_b)
{
    size_t room_b = buf->cap_b - buf->length_b;
    size_t take_b = length_b < room_b ? length_b : room_b;
    return fs_buf_add(buf, bytes, take_b) == FS_OK && take_b == length_b;
}

enum fs_status fs_buf_printf(struct fs_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        return FS_INPUT;
    enum fs_status status = make_room(buf, (size_t)length);
    if (status != FS_OK)
        return status;
    va_start(args, format);
    vsnprintf(buf->data + buf->length_b, (size_t)length + 1, format, args);
    va_end(args);
    buf->length_b += (size_t)length;
    return FS_OK;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool fs_text_equal(const char *a, const char *b)
{
    for (; *a != '\0' && lower(*a) == lower(*b); a++)
        b++;
    return lower(*a) == lower(*b);
}

bool fs_text_has_prefix(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; prefix++, text++) {
        if (lower(*text) != lower(*prefix))
            return false;
    }
    return true;
}

bool fs_text_has_suffix(const char *text, const char *suffix)
{
    size_t text_b = strlen(text);
    size_t suffix_b = strlen(suffix);
    return suffix_b <= text_b && fs_text_equal(text + text_b - suffix_b, suffix);
}

const char *fs_text_find(const char *text, const char *needle)
{
    for (;; text++) {
        if (fs_text_has_prefix(text, needle))
            return text;
        if (*text == '\0')
            return NULL;
    }
}

void fs_text_lower(char *text)
{
    for (; *text != '\0'; text++)
        *text = (char)lower(*text);
}

void fs_text_copy(char *out, size_t size_b, const char *text)
{
    size_t length_b = strlen(text);
    if (length_b >= size_b) {
        length_b = size_b - 1;
        while (length_b > 0 && ((unsigned char)text[length_b] & 0xc0) == 0x80)
            length_b--;
    }
    memcpy(out, text, length_b);
    out[length_b] = '\0';
}

/* Length of the UTF-8 sequence at text, and its code point; 1 and the byte when invalid. */
static size_t decode(const char *text, uint32_t *out)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] > 0xf4)
        length = 0;
    *out = p[0];
    if (length <= 1)
        return 1;
    uint32_t code = p[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 1;
        code = code << 6 | (p[i] & 0x3fu);
    }
    *out = code;
    return length;
}

static size_t columns(uint32_t code)
{
    if ((code >= 0x300 && code <= 0x36f) || code == 0x200b || code == 0x200d || code == 0xfeff)
        return 0;
    bool wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
                (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
                (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
                (code >= 0x1f300 && code <= 0x1faff) || (code >= 0x20000 && code <= 0x3fffd);
    return wide ? 2 : 1;
}

size_t fs_text_width(const char *text)
{
    size_t width = 0;
    while (*text != '\0') {
        uint32_t code;
        text += decode(text, &code);
        width += columns(code);
    }
    return width;
}

enum fs_status fs_text_int(const char *text, int64_t max, int64_t *out)
{
    int64_t value = 0;
    if (*text == '\0')
        return FS_INPUT;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return FS_INPUT;
        int digit = *text - '0';
        if (value > (max - digit) / 10)
            return FS_INPUT;
        value = value * 10 + digit;
    }
    *out = value;
    return FS_OK;
}

static int64_t unit_seconds(char unit)
{
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    case 'w':
        return 7 * 86400;
    default:
        return 0;
    }
}

enum fs_status fs_text_duration(const char *text, int64_t *out_s, struct fs_error *err)
{
    char digits[16];
    size_t length_b = strlen(text);
    if (strcmp(text, "0") == 0) {
        *out_s = 0;
        return FS_OK;
    }
    int64_t count = 0;
    int64_t unit_s = length_b > 1 ? unit_seconds(text[length_b - 1]) : 0;
    if (unit_s != 0 && text[0] != '0' && length_b <= sizeof(digits)) {
        memcpy(digits, text, length_b - 1);
        digits[length_b - 1] = '\0';
        if (fs_text_int(digits, DURATION_MAX_S / unit_s, &count) == FS_OK) {
            *out_s = count * unit_s;
            return FS_OK;
        }
    }
    return fs_error_set(err, FS_INPUT,
                        "\"%s\" is no duration; write a number and one of s, m, h, d, w, like "
                        "\"5d\", or \"0\" (at most 100 years)",
                        text);
}

void fs_text_duration_print(int64_t duration_s, char *out, size_t size_b)
{
    static const struct {
        int64_t seconds;
        char unit;
    } units[] = {{7 * 86400, 'w'}, {86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    if (duration_s == 0) {
        snprintf(out, size_b, "0");
        return;
    }
    for (size_t i = 1; i < sizeof(units) / sizeof(units[0]); i++) {
        if (duration_s % units[i].seconds == 0) {
            snprintf(out, size_b, "%" PRId64 "%c", duration_s / units[i].seconds, units[i].unit);
            return;
        }
    }
}

size_t fs_text_utf8_next(const char *text, uint32_t *out_code)
{
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length_b;
    uint32_t code;

    if (bytes[0] < 0x80) {
        length_b = 1;
        code = bytes[0];
    } else if ((bytes[0] & 0xe0) == 0xc0) {
        length_b = 2;
        code = bytes[0] & 0x1fu;
    } else if ((bytes[0] & 0xf0) == 0xe0) {
        length_b = 3;
        code = bytes[0] & 0x0fu;
    } else if ((bytes[0] & 0xf8) == 0xf0) {
        length_b = 4;
        code = bytes[0] & 0x07u;
    } else {
        return 0;
    }
    for (size_t i = 1; i < length_b; i++) {
        if ((bytes[i] & 0xc0) != 0x80) /* also the terminator */
            return 0;
        code = code << 6 | (bytes[i] & 0x3fu);
    }
    if (code < smallest[length_b] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return 0;
    *out_code = code;
    return length_b;
}

bool fs_text_is_utf8(const char *text)
{
    while (*text != '\0') {
        uint32_t code;
        size_t length_b = fs_text_utf8_next(text, &code);
        if (length_b == 0)
            return false;
        text += length_b;
    }
    return true;
}
