/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * letter.c - a notice as a mail: header fields and two forms of the text (RFC 5322, 2045-2047).
 *
 * Decides: that no machine answers it (RFC 3834) and that its Message-ID is the same at every
 * attempt. Both forms are quoted-printable, so that every line is short and ASCII. Must not
 * know why it is sent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/text.h"
#include "outbox_room.h"

#define LETTER_MAX_B (16u * 1024 * 1024)
#define LINE_B 76
/* Bytes of a word of a coded header field, so that it stays within 75 (RFC 2047, section 2). */
#define WORD_B 18

static const char hex[] = "0123456789ABCDEF";

/* RFC 2045, 6.7. Lines end with LF in, CR LF out. */
static enum fs_status add_quoted(struct fs_buf *out, const char *text)
{
    enum fs_status status = FS_OK;
    size_t column = 0;
    for (const char *p = text; *p != '\0' && status == FS_OK; p++) {
        unsigned char byte = (unsigned char)*p;
        char coded[4] = {*p, '\0', '\0', '\0'};
        bool ends_line = p[1] == '\n' || p[1] == '\0';
        if (byte == '\n') {
            status = fs_buf_add(out, "\r\n", 2);
            column = 0;
            continue;
        }
        if (byte < ' ' || byte > '~' || byte == '=' || (byte == ' ' && ends_line) ||
            (column == 0 && byte == '.')) {
            coded[0] = '=';
            coded[1] = hex[byte >> 4];
            coded[2] = hex[byte & 15];
        }
        size_t length_b = strlen(coded);
        if (column + length_b > LINE_B - 1) {
            status = fs_buf_add(out, "=\r\n", 3);
            column = 0;
        }
        if (status == FS_OK)
            status = fs_buf_add(out, coded, length_b);
        column += length_b;
    }
    return status;
}

static size_t character_b(const char *text)
{
    size_t length_b = 1;
    while (((unsigned char)text[length_b] & 0xc0) == 0x80)
        length_b++;
    return length_b;
}

static enum fs_status add_coded_byte(struct fs_buf *out, unsigned char byte)
{
    return fs_buf_printf(out, "=%c%c", hex[byte >> 4], hex[byte & 15]);
}

/* Always coded, whatever stands in it: nothing of a value can then be taken for a field. */
static enum fs_status add_words(struct fs_buf *out, const char *text)
{
    enum fs_status status = FS_OK;
    bool is_first = true;
    while (*text != '\0' && status == FS_OK) {
        size_t word_b = 0;
        while (text[word_b] != '\0' && word_b + character_b(text + word_b) <= WORD_B)
            word_b += character_b(text + word_b);
        if (word_b == 0) /* no character of UTF-8 is so long */
            word_b = 1;
        status = fs_buf_printf(out, "%s=?utf-8?Q?", is_first ? "" : "\r\n ");
        for (size_t i = 0; i < word_b && status == FS_OK; i++)
            status = add_coded_byte(out, (unsigned char)text[i]);
        if (status == FS_OK)
            status = fs_buf_printf(out, "?=");
        text += word_b;
        is_first = false;
    }
    return status;
}

/* RFC 5322, 3.3; not by strftime(), which asks the locale. */
static void print_date(int64_t at, char out[40])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)at;
    struct tm tm = {0};
    (void)gmtime_r(&seconds, &tm);
    (void)snprintf(out, 40, "%s, %d %s %d %02d:%02d:%02d +0000", days[tm.tm_wday % 7], tm.tm_mday,
                   months[tm.tm_mon % 12], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static enum fs_status add_head(struct fs_buf *out, const struct letter_place *place,
                               const char *subject)
{
    char date[40];
    const char *at = strrchr(place->recipient, '@');
    const char *domain = at != NULL ? at + 1 : "localhost";
    print_date(place->at, date);
    enum fs_status status = fs_buf_printf(
        out, "Date: %s\r\nFrom: fullstop <no-reply@%s>\r\nTo: <%s>\r\nMessage-ID: <%s@%s>\r\n",
        date, domain, place->recipient, place->id, domain);
    if (status == FS_OK)
        status = fs_buf_printf(out, "Subject: ");
    if (status == FS_OK)
        status = add_words(out, subject);
    return status != FS_OK
               ? status
               : fs_buf_printf(out,
                               "\r\nAuto-Submitted: auto-generated\r\n"
                               "X-Auto-Response-Suppress: All\r\nMIME-Version: 1.0\r\n"
                               "Content-Language: %s\r\n"
                               "Content-Type: multipart/alternative; boundary=\"=_%s\"\r\n\r\n",
                               place->language, place->id);
}

static enum fs_status add_part(struct fs_buf *out, const char *boundary, const char *type,
                               const char *text)
{
    enum fs_status status = fs_buf_printf(out,
                                          "--=_%s\r\nContent-Type: %s; charset=utf-8\r\n"
                                          "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                                          boundary, type);
    if (status == FS_OK)
        status = add_quoted(out, text);
    return status == FS_OK ? fs_buf_printf(out, "\r\n") : status;
}

char *letter_print(const struct letter_place *place, const struct fs_words_letter *letter)
{
    struct fs_buf out;
    fs_buf_init(&out, LETTER_MAX_B);
    enum fs_status status = add_head(&out, place, letter->subject);
    if (status == FS_OK)
        status = add_part(&out, place->id, "text/plain", letter->text);
    if (status == FS_OK)
        status = add_part(&out, place->id, "text/html", letter->html);
    if (status == FS_OK)
        status = fs_buf_printf(&out, "--=_%s--\r\n", place->id);
    char *printed = status == FS_OK ? strdup(out.data) : NULL;
    fs_buf_clear(&out);
    return printed;
}
