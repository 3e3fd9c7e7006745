/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - the mails to salespeople: subject, text and the same as simple HTML.
 *
 * Decides which sentences belong to which kind. Whatever comes from outside (addresses) is
 * escaped in the HTML. Must not know: headers, MIME, who gets it.
 */
#include <string.h>

#include "fullstop/text.h"
#include "words_text.h"

#define LETTER_MAX_B (4u * 1024 * 1024)

static const struct {
    enum words_text subject;
    enum words_text happened;
    enum words_text next;
    bool is_listed; /* the contacts follow, each with the reason */
    bool is_of_message;
} kinds[FS_NOTICE_COUNT] = {
    [FS_NOTICE_LAST_TOUCH] = {WORDS_NOTICE_SUBJECT_LAST_TOUCH, WORDS_NOTICE_LAST_TOUCH,
                              WORDS_NOTICE_NEXT_LAST_TOUCH, false, true},
    [FS_NOTICE_REFUSED] = {WORDS_NOTICE_SUBJECT_REFUSED, WORDS_NOTICE_REFUSED,
                           WORDS_NOTICE_NEXT_REFUSED, true, true},
    [FS_NOTICE_HELD] = {WORDS_NOTICE_SUBJECT_HELD, WORDS_NOTICE_HELD, WORDS_NOTICE_NEXT_HELD, true,
                        true},
    [FS_NOTICE_DROPPED] = {WORDS_NOTICE_SUBJECT_DROPPED, WORDS_NOTICE_DROPPED,
                           WORDS_NOTICE_NEXT_DROPPED, true, true},
    [FS_NOTICE_REPLIED] = {WORDS_NOTICE_SUBJECT_REPLIED, WORDS_NOTICE_REPLIED,
                           WORDS_NOTICE_NEXT_REPLIED, false, false},
    [FS_NOTICE_BACK] = {WORDS_NOTICE_SUBJECT_BACK, WORDS_NOTICE_BACK, WORDS_NOTICE_NEXT_BACK, false,
                        false},
    [FS_NOTICE_REVIEW] = {WORDS_NOTICE_SUBJECT_REVIEW, WORDS_NOTICE_REVIEW,
                          WORDS_NOTICE_NEXT_REVIEW, false, false},
};

/* Both forms grow side by side; the first failure stays. */
struct letter {
    struct words_values values;
    struct fs_buf text;
    struct fs_buf html;
    enum fs_status status;
};

static void add(struct letter *letter, struct fs_buf *buf, const char *bytes, size_t length_b)
{
    if (letter->status == FS_OK)
        letter->status = fs_buf_add(buf, bytes, length_b);
}

static void add_text(struct letter *letter, const char *text)
{
    add(letter, &letter->text, text, strlen(text));
}

static void add_tag(struct letter *letter, const char *tag)
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
            add_tag(letter, entity);
        else
            add(letter, &letter->html, text, 1);
    }
}

/* text NULL: it could not be made. */
static void add_block(struct letter *letter, const char *before, const char *text,
                      const char *after)
{
    if (text == NULL) {
        letter->status = FS_NOMEM;
        return;
    }
    add_text(letter, text);
    add_text(letter, "\n");
    add_tag(letter, before);
    add_escaped(letter, text);
    add_tag(letter, after);
}

static void add_paragraph(struct letter *letter, const char *text)
{
    add_text(letter, "\n");
    add_block(letter, "<p>", text, "</p>\n");
}

static void set_event(struct letter *letter, const struct fs_event *event)
{
    struct words_values *values = &letter->values;
    const char *contact = event->contact;
    /* an erased address is told no more */
    words_set(values, "lead",
              contact != NULL ? contact : words_text(values->language, WORDS_EVENT_SOMEBODY));
    words_set(values, "operand", contact != NULL ? contact : "");
    if (contact != NULL)
        words_set_shell(values, "operand", contact);
    words_set_until(values, "until", event->until_at);
    words_set(values, "state", fs_words_state(values->language, event->to));
    words_set(values, "mid", event->message_id);
}

static void add_list(struct letter *letter, const struct fs_words_notice *notice)
{
    add_text(letter, "\n");
    add_tag(letter, "<ul>\n");
    for (size_t i = 0; i < notice->event_count && letter->status == FS_OK; i++) {
        set_event(letter, &notice->events[i]);
        const char *why = words_bar(&letter->values, &notice->events[i]);
        const char *line = NULL;
        if (why != NULL)
            line =
                fs_arena_printf(letter->values.arena, "%s: %s", letter->values.items[0].value, why);
        add_text(letter, "  - ");
        add_block(letter, "<li>", line, "</li>\n");
    }
    add_tag(letter, "</ul>\n");
    set_event(letter, &notice->events[0]);
}

static void add_draft(struct letter *letter, enum fs_language language)
{
    const char *draft = words_text(language, WORDS_NOTICE_DRAFT);
    add_text(letter, "\n");
    for (const char *line = draft; *line != '\0';) {
        size_t length_b = strcspn(line, "\n");
        add_text(letter, length_b > 0 ? "    " : "");
        add(letter, &letter->text, line, length_b);
        add_text(letter, "\n");
        line += length_b + (line[length_b] == '\n' ? 1 : 0);
    }
    add_tag(letter, "<pre style=\"white-space: pre-wrap\">");
    add_escaped(letter, draft);
    add_tag(letter, "</pre>\n");
}

static void add_next(struct letter *letter, const struct fs_words_notice *notice)
{
    const struct words_values *values = &letter->values;
    add_paragraph(letter,
                  words_say_count(values, kinds[notice->kind].next, (int64_t)notice->event_count));
    if (notice->kind == FS_NOTICE_LAST_TOUCH && notice->process->rules.final_mail) {
        add_paragraph(letter, words_say(values, WORDS_NOTICE_NEXT_FINAL));
        add_draft(letter, values->language);
    }
    if (notice->kind == FS_NOTICE_REVIEW) {
        add_paragraph(letter, words_say(values, WORDS_ADVICE_GO_ON));
        add_paragraph(letter, words_say(values, WORDS_ADVICE_DECLINED));
    }
    if (kinds[notice->kind].is_listed)
        add_paragraph(letter, words_say(values, WORDS_ADVICE_ASK));
}

static void write_letter(struct letter *letter, const struct fs_words_notice *notice)
{
    const struct words_values *values = &letter->values;
    const struct fs_event *first = &notice->events[0];
    add_tag(letter, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
    add_block(letter, "<p>",
              words_say_count(values, kinds[notice->kind].happened, (int64_t)notice->event_count),
              "</p>\n");
    if (kinds[notice->kind].is_listed)
        add_list(letter, notice);
    if (kinds[notice->kind].is_of_message && first->message_id != NULL)
        add_paragraph(letter, words_say(values, WORDS_NOTICE_MESSAGE_ID));
    if (notice->repeats > 0)
        add_paragraph(letter, words_say_count(values, WORDS_NOTICE_REPEATS, notice->repeats));
    add_next(letter, notice);
    add_text(letter, "\n-- ");
    add_tag(letter, "<hr>");
    add_paragraph(letter, words_say(values, WORDS_NOTICE_FOOT));
    add_tag(letter, "</body></html>\n");
}

enum fs_status fs_words_notice(struct fs_arena *arena, const struct fs_words_notice *notice,
                               struct fs_words_letter *out, struct fs_error *err)
{
    struct letter letter = {.values = {.arena = arena, .language = notice->process->language}};
    const struct fs_event *first = &notice->events[0];
    fs_buf_init(&letter.text, LETTER_MAX_B);
    fs_buf_init(&letter.html, LETTER_MAX_B);
    set_event(&letter, first); /* "lead" is the first place */
    words_set(&letter.values, "process", notice->process->name);
    words_set_shell(&letter.values, "shell", notice->process->name);
    words_set(&letter.values, "id",
              fs_arena_printf(arena, "%s-%lld", first->log, (long long)first->seq));
    const char *subject =
        words_say_count(&letter.values, kinds[notice->kind].subject, (int64_t)notice->event_count);
    write_letter(&letter, notice);
    struct fs_words_letter made = {.subject = subject};
    if (letter.status == FS_OK) {
        made.text = fs_arena_strdup(arena, letter.text.data);
        made.html = fs_arena_strdup(arena, letter.html.data);
    }
    fs_buf_clear(&letter.text);
    fs_buf_clear(&letter.html);
    if (letter.values.failed || subject == NULL || made.text == NULL || made.html == NULL)
        return fs_error_set(err, letter.status != FS_OK ? letter.status : FS_NOMEM,
                            "the notice cannot be written");
    *out = made;
    return FS_OK;
}
