/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * encoded.c - header text with encoded words as UTF-8.
 *
 * Decides: what is an encoded word. Words side by side in one charset are joined as bytes
 * before they are converted, for programs cut them inside a letter, and pad each of them
 * (GMime's decoder drops what follows a padded one). Must not know: what the field is.
 * Source: RFC 2047, RFC 2231 section 5 (a language after the charset).
 */
#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_headers.h"
#include "mail_message.h"
#include "mail_text.h"

#define CHARSET_MAX_B 40u
/* RFC 2047 says 75; programs write whole subjects into one. */
#define WORD_MAX_B 2048

struct word {
    char charset[CHARSET_MAX_B];
    char encoding; /* 'b' or 'q' */
    const char *text;
    size_t text_b;
    const char *end; /* after "?=" */
};

struct decoder {
    struct mail *mail;
    struct fs_buf out;
    struct fs_buf pending; /* bytes of the words read last, not converted yet */
    char charset[CHARSET_MAX_B];
};

/* Reads the encoded word at `at`; false: there is none. */
static bool read_word(const char *at, struct word *out)
{
    if (at[0] != '=' || at[1] != '?') {
        return false;
    }
    const char *charset = at + 2;
    size_t charset_b = strcspn(charset, "?* ");
    size_t whole_b = strcspn(charset, "? ");
    const char *encoding = charset + whole_b + 1;
    if (charset_b == 0 || charset_b >= CHARSET_MAX_B || charset[whole_b] != '?' ||
        encoding[0] == '\0' || encoding[1] != '?') {
        return false;
    }
    out->encoding = g_ascii_tolower(encoding[0]);
    out->text = encoding + 2;
    const char *end = g_strstr_len(out->text, WORD_MAX_B, "?=");
    if (end == NULL || (out->encoding != 'b' && out->encoding != 'q')) {
        return false;
    }
    memcpy(out->charset, charset, charset_b);
    out->charset[charset_b] = '\0';
    out->text_b = (size_t)(end - out->text);
    out->end = end + 2;
    return true;
}

static void flush(struct decoder *decoder)
{
    if (decoder->pending.length_b == 0) {
        return;
    }
    const char *charset = decoder->charset[0] != '\0' ? decoder->charset : NULL;
    char *text =
        mail_utf8(decoder->mail->arena, decoder->pending.data, decoder->pending.length_b, charset);
    decoder->mail->no_memory = decoder->mail->no_memory || text == NULL;
    if (text != NULL) {
        fs_buf_add_some(&decoder->out, text, strlen(text));
    }
    decoder->pending.length_b = 0;
}

static void add_base64(struct fs_buf *out, const struct word *word)
{
    char *copy = g_strndup(word->text, word->text_b);
    gsize length_b = 0;
    guchar *bytes = g_base64_decode(copy, &length_b);
    fs_buf_add_some(out, bytes, length_b);
    g_free(bytes);
    g_free(copy);
}

static void add_quoted(struct fs_buf *out, const struct word *word)
{
    char bytes[WORD_MAX_B];
    size_t used = 0;
    for (size_t i = 0; i < word->text_b; i++) {
        char byte = word->text[i];
        if (byte == '_') {
            byte = ' ';
        } else if (byte == '=' && i + 2 < word->text_b && g_ascii_isxdigit(word->text[i + 1]) &&
                   g_ascii_isxdigit(word->text[i + 2])) {
            byte = (char)(g_ascii_xdigit_value(word->text[i + 1]) * 16 +
                          g_ascii_xdigit_value(word->text[i + 2]));
            i += 2;
        }
        bytes[used++] = byte; /* never more than the word's text, which WORD_MAX_B bounds */
    }
    fs_buf_add_some(out, bytes, used);
}

/* Charset "" is that of raw text: none is named. */
static void set_charset(struct decoder *decoder, const char *charset)
{
    if (!fs_text_equal(decoder->charset, charset)) {
        flush(decoder);
        fs_text_copy(decoder->charset, sizeof decoder->charset, charset);
    }
}

/* White space between two encoded words is no text (RFC 2047 section 6.2). */
static const char *skip_between(const char *at)
{
    const char *next = at + strspn(at, " \t\r\n");
    struct word word;
    return next > at && read_word(next, &word) ? next : at;
}

static void decode(struct decoder *decoder, const char *value)
{
    for (const char *at = value; *at != '\0';) {
        struct word word;
        if (read_word(at, &word)) {
            set_charset(decoder, word.charset);
            if (word.encoding == 'b') {
                add_base64(&decoder->pending, &word);
            } else {
                add_quoted(&decoder->pending, &word);
            }
            at = skip_between(word.end);
        } else {
            const char *next = strstr(at + 1, "=?");
            size_t raw_b = next != NULL ? (size_t)(next - at) : strlen(at);
            set_charset(decoder, "");
            fs_buf_add_some(&decoder->pending, at, raw_b);
            at += raw_b;
        }
    }
    flush(decoder);
}

const char *mail_header_decode(struct mail *mail, const char *value)
{
    if (value == NULL || (strstr(value, "=?") == NULL && g_str_is_ascii(value))) {
        return value;
    }
    struct decoder decoder = {.mail = mail};
    fs_buf_init(&decoder.out, FS_MAIL_HEADER_MAX_B);
    fs_buf_init(&decoder.pending, FS_MAIL_HEADER_MAX_B);
    decode(&decoder, value);
    const char *copy =
        mail_strndup(mail, decoder.out.length_b > 0 ? decoder.out.data : "", decoder.out.length_b);
    fs_buf_clear(&decoder.out);
    fs_buf_clear(&decoder.pending);
    return copy;
}
