/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * letter.c - lines, paragraphs and headings of a mail, as text and as simple HTML.
 *
 * Decides that everything is escaped in the HTML but its own tags, and that what is no character
 * to be seen is shown as one that stands for it. Must not know what is said.
 */
#include <string.h>

#include "words_letter.h"

#define LETTER_MAX_B (16u * 1024 * 1024)

void letter_init(struct letter *letter)
{
    fs_buf_init(&letter->text, LETTER_MAX_B);
    fs_buf_init(&letter->html, LETTER_MAX_B);
}

void letter_clear(struct letter *letter)
{
    fs_buf_clear(&letter->text);
    fs_buf_clear(&letter->html);
}

static void add(struct letter *letter, struct fs_buf *buf, const char *bytes, size_t length_b)
{
    if (letter->status == FS_OK)
        letter->status = fs_buf_add(buf, bytes, length_b);
}

void letter_text(struct letter *letter, const char *text)
{
    add(letter, &letter->text, text, strlen(text));
}

void letter_tag(struct letter *letter, const char *tag)
{
    add(letter, &letter->html, tag, strlen(tag));
}

static void add_escaped(struct letter *letter, const char *text)
{
    static const struct {
        char byte;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (; *text != '\0'; text++) {
        const char *entity = NULL;
        for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
            entity = entities[i].byte == *text ? entities[i].entity : entity;
        if (entity != NULL)
            letter_tag(letter, entity);
        else
            add(letter, &letter->html, text, 1);
    }
}

/* Neither control characters nor those that turn the direction of what follows. */
static bool is_seen(uint32_t code)
{
    bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    bool turns = code == 0x61c || code == 0x200e || code == 0x200f ||
                 (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return !is_control && !turns;
}

const char *letter_readable(struct fs_arena *arena, const char *text)
{
    static const char instead[] = "\xef\xbf\xbd"; /* U+FFFD */
    char *out = text != NULL ? fs_arena_alloc(arena, strlen(text) * 3 + 1, 1) : NULL;
    const char *made = out;
    while (out != NULL && *text != '\0') {
        uint32_t code = 0;
        size_t length_b = fs_text_utf8_next(text, &code);
        bool is_fine = length_b > 0 && is_seen(code);
        size_t out_b = is_fine ? length_b : sizeof(instead) - 1;
        memcpy(out, is_fine ? text : instead, out_b);
        out += out_b;
        text += length_b > 0 ? length_b : 1;
    }
    return made; /* the arena's memory is zeroed: terminated */
}

void letter_line(struct letter *letter, const char *before, const char *text, const char *after)
{
    text = letter_readable(letter->values.arena, text);
    if (text == NULL) {
        letter->status = FS_NOMEM;
        return;
    }
    letter_text(letter, text);
    letter_text(letter, "\n");
    letter_tag(letter, before);
    add_escaped(letter, text);
    letter_tag(letter, after);
}

void letter_paragraph(struct letter *letter, const char *text)
{
    letter_text(letter, "\n");
    letter_line(letter, "<p>", text, "</p>\n");
}

void letter_heading(struct letter *letter, const char *text)
{
    letter_text(letter, "\n\n== ");
    letter_line(letter, "<h3>", text, "</h3>\n");
}

void letter_draft(struct letter *letter, const char *draft)
{
    letter_text(letter, "\n");
    for (const char *line = draft; *line != '\0';) {
        size_t length_b = strcspn(line, "\n");
        letter_text(letter, length_b > 0 ? "    " : "");
        add(letter, &letter->text, line, length_b);
        letter_text(letter, "\n");
        line += length_b + (line[length_b] == '\n' ? 1 : 0);
    }
    letter_tag(letter, "<pre style=\"white-space: pre-wrap\">");
    add_escaped(letter, draft);
    letter_tag(letter, "</pre>\n");
}
