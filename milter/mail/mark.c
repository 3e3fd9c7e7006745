/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mark.c - takes the mark of a final mail off a subject, and leaves the rest as it was.
 *
 * The mark is for us and never leaves the house. Decides where it ends: written plainly it is
 * cut from the raw value, whose other bytes stay; inside encoded words the rest of the
 * subject is encoded anew, as UTF-8. Must not know: what a final mail is.
 * Source: RFC 2047 (encoded words), RFC 5322 section 2.2.3 (folding).
 */
#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_fold.h"
#include "mail_headers.h"
#include "mail_message.h"

/* Folded, as in the table of subjects. */
static const char *const marks[] = {"[final]", "[schluss]"};

/* What one encoded word of at most 75 characters holds (RFC 2047 section 2). */
#define WORD_START "=?UTF-8?b?"
#define WORD_END "?="
#define WORD_BYTES_MAX 45
/* A plain line beyond this is encoded too: encoded words can be folded (RFC 5322: 998). */
#define PLAIN_MAX_B 900

/* The letter at `at`, folded, and how many bytes it has; 0: no valid letter. */
static size_t read_letter(const char *at, char folded[MAIL_FOLD_LETTER_MAX_B])
{
    gunichar letter = g_utf8_get_char_validated(at, -1);
    if (*at == '\0' || letter == (gunichar)-1 || letter == (gunichar)-2) {
        return 0;
    }
    (void)mail_fold_letter(letter, folded);
    return (size_t)(g_utf8_next_char(at) - at);
}

static const char *skip_space(const char *at)
{
    char folded[MAIL_FOLD_LETTER_MAX_B];
    size_t length_b;
    while ((length_b = read_letter(at, folded)) > 0 &&
           (folded[0] == '\0' || strcmp(folded, " ") == 0)) {
        at += length_b;
    }
    return at;
}

/* What follows the mark that the text begins with; NULL: it begins with another word. */
static const char *after_mark(const char *text, const char *mark)
{
    const char *at = skip_space(text);
    while (*mark != '\0') {
        char folded[MAIL_FOLD_LETTER_MAX_B];
        size_t length_b = read_letter(at, folded);
        size_t folded_b = strlen(folded);
        if (length_b == 0 || strncmp(mark, folded, folded_b) != 0) {
            return NULL;
        }
        mark += folded_b;
        at += length_b;
    }
    return skip_space(at);
}

/* What follows all marks; the text itself when there is none. */
static const char *after_marks(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(marks);) {
        const char *rest = after_mark(text, marks[i]);
        if (rest != NULL) {
            text = rest;
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

static bool is_plain(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < 0x20 || *at == 0x7f) { /* also what is not ASCII */
            return false;
        }
    }
    return strstr(text, "=?") == NULL && strlen(text) <= PLAIN_MAX_B;
}

/* As many whole letters as a word holds. */
static size_t word_bytes(const char *text)
{
    size_t length_b = strlen(text);
    if (length_b <= WORD_BYTES_MAX) {
        return length_b;
    }
    length_b = WORD_BYTES_MAX;
    while (length_b > 1 && ((unsigned char)text[length_b] & 0xc0) == 0x80) {
        length_b--;
    }
    return length_b;
}

static void encode(struct fs_buf *out, const char *text)
{
    if (is_plain(text)) {
        fs_buf_add_some(out, text, strlen(text));
        return;
    }
    for (bool is_first = true; *text != '\0'; is_first = false) {
        size_t length_b = word_bytes(text);
        char *encoded = g_base64_encode((const guchar *)text, length_b);
        (void)fs_buf_printf(out, "%s" WORD_START "%s" WORD_END, is_first ? "" : "\n ", encoded);
        g_free(encoded);
        text += length_b;
    }
}

/* NULL: the decoded text begins with no mark either, or there is no memory. */
static const char *encode_rest(struct mail *mail, const char *raw)
{
    const char *unfolded = mail_header_unfold(mail, raw, strlen(raw));
    const char *text = unfolded != NULL ? mail_header_decode(mail, unfolded) : NULL;
    const char *rest = text != NULL ? after_marks(text) : NULL;
    if (rest == NULL || rest == text) {
        return NULL;
    }
    struct fs_buf out;
    fs_buf_init(&out, 3 * FS_MAIL_HEADER_MAX_B);
    encode(&out, rest);
    const char *copy = mail_strndup(mail, out.length_b > 0 ? out.data : "", out.length_b);
    fs_buf_clear(&out);
    return copy;
}

enum fs_status fs_mail_unmark(struct fs_arena *arena, const char *raw, const char **out,
                              struct fs_error *err)
{
    struct mail mail = {.arena = arena};
    const char *rest = after_marks(raw);
    bool is_cut = rest != raw;
    /* behind a plain mark there may be another one that is encoded */
    const char *encoded = encode_rest(&mail, rest);
    if (mail.no_memory) {
        return fs_error_set(err, FS_NOMEM, "out of memory while reading a subject");
    }
    *out = NULL;
    if (encoded != NULL) {
        *out = encoded;
    } else if (is_cut) {
        *out = mail_strndup(&mail, rest, strlen(rest));
        if (*out == NULL) {
            return fs_error_set(err, FS_NOMEM, "out of memory while reading a subject");
        }
    }
    return FS_OK;
}
