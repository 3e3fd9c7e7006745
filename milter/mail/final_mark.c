/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * final_mark.c - takes our own mark off the subject of a final mail, before it leaves.
 *
 * Decides: where the mark ends, and how what is left is written: as its writer wrote it, or
 * encoded anew where the mark was part of an encoded word (RFC 2047). What a mark is, the
 * table of subjects says. Must not know: whether the mail passes as final mail.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_fold.h"
#include "mail_message.h"

/* RFC 5322 section 2.1.1, with room for the name of the field. */
#define LINE_B 66

static bool has_mark(const char *text)
{
    char folded[MAIL_SUBJECT_FOLDED_SIZE_B];
    mail_fold(text, MAIL_SUBJECT_LOOK, folded, sizeof folded);
    return mail_subject_kind(folded) == PHRASE_FINAL;
}

/* Past the bracket that closes a mark, whatever its width. */
static const char *after_bracket(const char *text)
{
    char folded[MAIL_FOLD_LETTER_MAX_B] = "";
    while (*text != '\0' && strchr(folded, ']') == NULL) {
        mail_fold_letter(g_utf8_get_char(text), folded);
        text = g_utf8_next_char(text);
    }
    return text;
}

/* Valid UTF-8 without the marks it begins with. */
static const char *without_marks(const char *text)
{
    while (has_mark(text)) {
        text = after_bracket(text);
        text += strspn(text, " \t\r\n");
    }
    return text;
}

/* Breaks before a blank where a line would become too long. */
static const char *fold_lines(struct mail *mail, const char *text)
{
    size_t length_b = strlen(text);
    char *folded = mail_alloc(mail, 2 * length_b + 1, 1);
    size_t used_b = 0;
    size_t line_b = 0;
    for (const char *at = text; folded != NULL && *at != '\0'; at++) {
        if (*at == ' ' && line_b + 1 + strcspn(at + 1, " ") > LINE_B && line_b > 0) {
            folded[used_b++] = '\n';
            line_b = 0;
        }
        folded[used_b++] = *at;
        line_b++;
    }
    return folded;
}

/* What is left of the value of the field. */
static const char *rewrite(struct mail *mail, const char *value, const char *rest)
{
    if (g_utf8_validate(value, -1, NULL)) {
        const char *plain = without_marks(value);
        const char *read = mail_header_decode(mail, plain);
        if (plain != value && read != NULL && !has_mark(read)) {
            return fold_lines(mail, plain);
        }
    }
    char *encoded = g_mime_utils_header_encode_text(NULL, rest, "utf-8");
    const char *written = fold_lines(mail, encoded);
    g_free(encoded);
    return written;
}

enum fs_status fs_mail_unmark_subject(struct fs_arena *arena, const char *value, const char **out,
                                      struct fs_error *err)
{
    struct mail mail = {.arena = arena};
    const char *text = mail_header_decode(&mail, value);
    const char *written = NULL;
    if (text != NULL) {
        const char *rest = without_marks(text);
        written = rest != text ? rewrite(&mail, value, rest) : NULL;
    }
    if (mail.no_memory) {
        return fs_error_set(err, FS_NOMEM, "out of memory while reading a subject");
    }
    *out = written;
    return FS_OK;
}
