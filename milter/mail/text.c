/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * text.c - the text parts of a message as one UTF-8 text.
 *
 * Decides: which parts are read, and what a charset means when it lies. Must not know:
 * what the text says. Sources: RFC 2046 sections 4.1 and 5.1.4, RFC 2045 section 5.2.
 */
#include "mail_text.h"

#include <gmime/gmime.h>
#include <iconv.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_charset.h"
#include "mail_message.h"

/* Decoded bytes of one part that are looked at. */
#define PART_MAX_B 131072u
/* HTML names its charset near its start (HTML Living Standard, 13.2.3.2). */
#define META_LOOK_B 1024u
#define CHARSET_MAX_B 32u

/* Charsets under the name of the superset that is really written. */
static const struct {
    const char *name;
    const char *superset;
} supersets[] = {
    {"iso-8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"us-ascii", "utf-8"},
    {"ascii", "utf-8"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"shift_jis", "cp932"},
    {"x-sjis", "cp932"},
    {"ks_c_5601-1987", "cp949"},
    {"euc-kr", "cp949"},
    {"iso-8859-9", "windows-1254"},
};

static const char *superset_of(const char *charset)
{
    for (size_t i = 0; i < G_N_ELEMENTS(supersets); i++) {
        if (fs_text_equal(charset, supersets[i].name)) {
            return supersets[i].superset;
        }
    }
    return charset;
}

/* Charsets in which every byte is below 0x80: valid UTF-8 proves nothing for them. */
static bool is_seven_bit(const char *charset)
{
    return fs_text_has_prefix(charset, "iso-2022-") || fs_text_equal(charset, "utf-7") ||
           fs_text_equal(charset, "hz-gb-2312");
}

static bool has_high_bytes(const char *bytes, size_t length_b)
{
    for (size_t i = 0; i < length_b; i++) {
        if ((unsigned char)bytes[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

/* Converts with iconv(3); bytes that mean nothing become "?". False: no such charset, or
 * no memory. */
static bool convert(const char *bytes, size_t length_b, const char *charset, struct fs_buf *out)
{
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        return false;
    }
    char *in = (char *)(uintptr_t)bytes; /* iconv(3) does not write to it */
    bool ok = true;
    while (length_b > 0 && ok) {
        char chunk[1024];
        char *end = chunk;
        size_t room_b = sizeof chunk;
        size_t left_b = length_b;
        size_t result = iconv(converter, &in, &left_b, &end, &room_b);
        bool stuck = result == (size_t)-1 && room_b == sizeof chunk && left_b == length_b;
        ok = fs_buf_add(out, chunk, (size_t)(end - chunk)) == FS_OK;
        length_b = left_b;
        if (stuck && ok) {
            ok = fs_buf_add(out, "?", 1) == FS_OK;
            in++;
            length_b--;
        }
    }
    iconv_close(converter);
    return ok;
}

static char *copy_without_nul(struct fs_arena *arena, const char *bytes, size_t length_b)
{
    char *copy = fs_arena_strndup(arena, bytes, length_b);
    char *nul = copy != NULL ? memchr(copy, '\0', length_b) : NULL;
    while (nul != NULL) {
        *nul = ' ';
        nul = memchr(nul, '\0', length_b - (size_t)(nul - copy));
    }
    return copy;
}

/* Whether the bytes can stay as they are: they are UTF-8, whatever the charset says. */
static bool is_utf8_already(const char *bytes, size_t length_b, const char *charset)
{
    if (is_seven_bit(charset) || !g_utf8_validate_len(bytes, length_b, NULL)) {
        return false;
    }
    return fs_text_equal(charset, "utf-8") || !fs_text_has_prefix(charset, "utf-") ||
           has_high_bytes(bytes, length_b);
}

char *mail_utf8(struct fs_arena *arena, const char *bytes, size_t length_b, const char *charset)
{
    const char *name = superset_of(charset != NULL ? charset : "utf-8");
    char *plain = copy_without_nul(arena, bytes, length_b);
    if (plain == NULL || is_utf8_already(plain, length_b, name)) {
        return plain;
    }
    struct fs_buf out;
    fs_buf_init(&out, 4 * PART_MAX_B);
    if (fs_text_equal(name, "utf-8") || !mail_charset_is_known(name, strlen(name)) ||
        !convert(bytes, length_b, name, &out)) {
        fs_buf_clear(&out);
        convert(plain, length_b, "windows-1252", &out);
    }
    char *valid = g_utf8_make_valid(out.length_b > 0 ? out.data : "", (gssize)out.length_b);
    char *copy = copy_without_nul(arena, valid, strlen(valid));
    g_free(valid);
    fs_buf_clear(&out);
    return copy;
}

/* The charset that HTML itself names, when its part does not. */
static const char *charset_in_html(const char *html, char out[CHARSET_MAX_B])
{
    char start[META_LOOK_B];
    fs_text_copy(start, sizeof start, html);
    const char *at = fs_text_find(start, "charset=");
    if (at == NULL) {
        return NULL;
    }
    at += strlen("charset=");
    at += strspn(at, "\"' ");
    size_t length_b = strcspn(at, "\"' />;");
    if (length_b == 0 || length_b >= CHARSET_MAX_B) {
        return NULL;
    }
    memcpy(out, at, length_b);
    out[length_b] = '\0';
    return out;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* One part as text; NULL: none. */
static const char *part_text(struct mail *mail, const struct mail_text_part *text)
{
    size_t length_b = 0;
    const char *bytes = mail_part_bytes(mail, text->part, PART_MAX_B, &length_b);
    if (bytes == NULL) {
        return NULL;
    }
    char named[CHARSET_MAX_B];
    const char *charset = g_mime_object_get_content_type_parameter(text->part, "charset");
    if (charset == NULL && text->is_html) {
        charset = charset_in_html(bytes, named);
    }
    char *plain = mail_utf8(mail->arena, bytes, length_b, charset);
    if (plain != NULL && text->is_html) {
        plain = mail_html_text(mail->arena, plain, strlen(plain));
    }
    mail->no_memory = mail->no_memory || plain == NULL;
    return plain;
}

/* Of the alternatives that begin with part `first`: the first plain one with text, else
 * the first HTML with text; NULL: none has any. */
static const char *best_alternative(struct mail *mail, size_t first)
{
    const struct mail_parts *parts = &mail->parts;
    for (int html = 0; html <= 1; html++) {
        for (size_t i = first; i < parts->text_count; i++) {
            if (parts->texts[i].choice != parts->texts[first].choice ||
                parts->texts[i].is_html != (html == 1)) {
                continue;
            }
            const char *text = part_text(mail, &parts->texts[i]);
            if (text != NULL && !is_blank(text)) {
                return text;
            }
        }
    }
    return NULL;
}

static void add_text(struct fs_buf *all, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        size_t run_b = strcspn(at, "\r");
        if (!fs_buf_add_some(all, at, run_b)) {
            return;
        }
        at += run_b + (at[run_b] == '\r');
    }
    if (all->length_b > 0 && all->data[all->length_b - 1] != '\n') {
        fs_buf_add_some(all, "\n", 1);
    }
}

void mail_text_read(struct mail *mail)
{
    if (mail->text.all != NULL) {
        return;
    }
    struct fs_buf all;
    int chosen = 0; /* alternatives are numbered in the order in which they are met */
    fs_buf_init(&all, MAIL_TEXT_MAX_B);
    for (size_t i = 0; i < mail->parts.text_count; i++) {
        const struct mail_text_part *part = &mail->parts.texts[i];
        const char *text = NULL;
        if (part->choice == 0) {
            text = part_text(mail, part);
        } else if (part->choice > chosen) {
            chosen = part->choice;
            text = best_alternative(mail, i);
        }
        if (text != NULL && !is_blank(text)) {
            add_text(&all, text);
        }
    }
    /* a cut may have gone through a letter */
    const char *valid_end = NULL;
    const char *bytes = all.length_b > 0 ? all.data : "";
    g_utf8_validate_len(bytes, all.length_b, &valid_end);
    char *copy = mail_strndup(mail, bytes, (size_t)(valid_end - bytes));
    mail->text.all = copy != NULL ? copy : "";
    fs_buf_clear(&all);
}

void mail_own_read(struct mail *mail)
{
    mail_text_read(mail);
    if (mail->text.own != NULL) {
        return;
    }
    char *own = mail_own_text(mail->arena, mail->text.all, &mail->text.seen);
    mail->no_memory = mail->no_memory || own == NULL;
    mail->text.own = own != NULL ? own : "";
}
