/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words_letter.h - a mail that grows as text and as HTML side by side; private to the room.
 */
#ifndef FULLSTOP_WORDS_LETTER_H
#define FULLSTOP_WORDS_LETTER_H

#include "fullstop/text.h"
#include "words_text.h"

/* The first failure stays in status. */
struct letter {
    struct words_values values;
    struct fs_buf text;
    struct fs_buf html;
    enum fs_status status;
};
void letter_init(struct letter *letter);
void letter_clear(struct letter *letter);
/* As they are: into the text, into the HTML. */
void letter_text(struct letter *letter, const char *text);
void letter_tag(struct letter *letter, const char *tag);
/* What comes from outside as text: valid UTF-8 of one line. NULL: out of memory, or text is. */
const char *letter_readable(struct fs_arena *arena, const char *text);
/* A line of both, made readable, and escaped in the HTML between two tags. text NULL: it could
 * not be made. */
void letter_line(struct letter *letter, const char *before, const char *text, const char *after);
/* With an empty line in front. */
void letter_paragraph(struct letter *letter, const char *text);
void letter_heading(struct letter *letter, const char *text);
/* Words that the reader may take over, indented. */
void letter_draft(struct letter *letter, const char *draft);

#endif
