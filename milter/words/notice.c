/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - the mails to salespeople: subject, text and the same as simple HTML.
 *
 * Decides which sentences belong to which kind, and how many leads are named. Must not know:
 * headers, MIME, who gets it.
 */
#include <stdlib.h>
#include <string.h>

#include "words_letter.h"

/* A list names so many leads, and says how many more there are. */
#define NAMED_MAX 5
/* Also one that names all: MTAs take no more than 10 MB, and this stands there twice. */
#define NAMED_MAX_B (1536u * 1024)

static const struct {
    enum words_text subject;
    enum words_text happened;
    enum words_text next;
    bool has_reasons; /* a list, also of one, each with why its mail was not allowed */
    bool is_whole;    /* all are named: nothing else says who they are */
    bool is_of_message;
} kinds[FS_NOTICE_COUNT] = {
    [FS_NOTICE_LAST_TOUCH] = {WORDS_NOTICE_SUBJECT_LAST_TOUCH, WORDS_NOTICE_LAST_TOUCH,
                              WORDS_NOTICE_NEXT_LAST_TOUCH, false, false, true},
    [FS_NOTICE_REFUSED] = {WORDS_NOTICE_SUBJECT_REFUSED, WORDS_NOTICE_REFUSED,
                           WORDS_NOTICE_NEXT_REFUSED, true, false, true},
    [FS_NOTICE_HELD] = {WORDS_NOTICE_SUBJECT_HELD, WORDS_NOTICE_HELD, WORDS_NOTICE_NEXT_HELD, true,
                        false, true},
    [FS_NOTICE_DROPPED] = {WORDS_NOTICE_SUBJECT_DROPPED, WORDS_NOTICE_DROPPED,
                           WORDS_NOTICE_NEXT_DROPPED, true, true, true},
    [FS_NOTICE_REPLIED] = {WORDS_NOTICE_SUBJECT_REPLIED, WORDS_NOTICE_REPLIED,
                           WORDS_NOTICE_NEXT_REPLIED, false, false, false},
    [FS_NOTICE_BACK] = {WORDS_NOTICE_SUBJECT_BACK, WORDS_NOTICE_BACK, WORDS_NOTICE_NEXT_BACK, false,
                        false, false},
    [FS_NOTICE_REVIEW] = {WORDS_NOTICE_SUBJECT_REVIEW, WORDS_NOTICE_REVIEW,
                          WORDS_NOTICE_NEXT_REVIEW, false, false, false},
    [FS_NOTICE_FLAGGED] = {WORDS_NOTICE_SUBJECT_FLAGGED, WORDS_NOTICE_FLAGGED,
                           WORDS_NOTICE_NEXT_FLAGGED, true, true, true},
};

/* What is said of one kind. */
struct section {
    enum fs_notice kind;
    const struct fs_event **events; /* each contact once, and once a message where all are named */
    size_t count;
    int64_t repeats;
    bool is_of_several; /* messages */
};

/* ---- who ---- */

static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static bool is_same(enum fs_notice kind, const struct fs_event *a, const struct fs_event *b)
{
    if (a->contact == NULL || b->contact == NULL)
        return a->seq == b->seq;
    return compare_text(a->contact, b->contact) == 0 &&
           (!kinds[kind].is_whole || compare_text(a->message_id, b->message_id) == 0);
}

static int by_contact(const void *a, const void *b)
{
    const struct fs_event *left = *(const struct fs_event *const *)a;
    const struct fs_event *right = *(const struct fs_event *const *)b;
    int order = compare_text(left->contact, right->contact);
    if (order == 0 && left->contact == NULL && left->seq != right->seq)
        order = left->seq < right->seq ? -1 : 1;
    if (order == 0)
        order = compare_text(left->message_id, right->message_id);
    return order != 0 ? order : left < right ? -1 : left > right;
}

static int by_place(const void *a, const void *b)
{
    const struct fs_event *left = *(const struct fs_event *const *)a;
    const struct fs_event *right = *(const struct fs_event *const *)b;
    return left < right ? -1 : left > right;
}

/* What stands there twice is named once and counted. */
static bool read_section(struct fs_arena *arena, const struct fs_words_section *told,
                         struct section *out)
{
    const struct fs_event **events = fs_arena_alloc(arena, told->event_count, sizeof(*events));
    *out = (struct section){.kind = told->kind, .events = events, .repeats = told->repeats};
    if (events == NULL)
        return false;
    for (size_t i = 0; i < told->event_count; i++) {
        const char *mid = told->events[i].message_id;
        events[i] = &told->events[i];
        out->is_of_several =
            out->is_of_several || compare_text(mid, told->events[0].message_id) != 0;
    }
    qsort(events, told->event_count, sizeof(*events), by_contact);
    for (size_t i = 0; i < told->event_count; i++) {
        if (out->count > 0 && is_same(told->kind, events[out->count - 1], events[i]))
            out->repeats++;
        else
            events[out->count++] = events[i];
    }
    qsort(events, out->count, sizeof(*events), by_place);
    return true;
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

/* ---- the list ---- */

/* What is said of one of many; NULL: out of memory. */
static const char *said_of(struct letter *letter, const struct section *section,
                           const struct fs_event *event)
{
    struct words_values *values = &letter->values;
    struct fs_arena *arena = values->arena;
    set_event(letter, event);
    const char *line = words_say(values, WORDS_NOTICE_LINE);
    if (kinds[section->kind].has_reasons) {
        const char *why = words_bar(values, event);
        line = line != NULL && why != NULL ? fs_arena_printf(arena, "%s: %s", line, why) : NULL;
    }
    if (section->kind == FS_NOTICE_BACK)
        line = words_say(values, WORDS_NOTICE_LINE_BACK);
    if (section->kind == FS_NOTICE_REVIEW)
        line = words_say(values, WORDS_NOTICE_LINE_REVIEW);
    if (line != NULL && kinds[section->kind].has_reasons && section->is_of_several &&
        event->message_id != NULL)
        line = fs_arena_printf(arena, "%s (Message-ID <%s>)", line, event->message_id);
    return line;
}

static void add_list(struct letter *letter, const struct section *section)
{
    bool is_whole = kinds[section->kind].is_whole;
    size_t most = is_whole || section->count < NAMED_MAX ? section->count : NAMED_MAX;
    size_t named = 0;
    letter_text(letter, "\n");
    letter_tag(letter, "<ul>\n");
    while (named < most && letter->status == FS_OK && letter->text.length_b < NAMED_MAX_B) {
        const char *line = said_of(letter, section, section->events[named++]);
        letter_text(letter, "  - ");
        letter_line(letter, "<li>", line, "</li>\n");
    }
    if (named < section->count) {
        letter_text(letter, "  - ");
        letter_line(
            letter, "<li>",
            words_say_count(&letter->values, WORDS_REPLY_MORE, (int64_t)(section->count - named)),
            "</li>\n");
    }
    letter_tag(letter, "</ul>\n");
    set_event(letter, section->events[0]);
}

/* ---- what to do ---- */

static void add_next(struct letter *letter, const struct section *section,
                     const struct fs_process *process)
{
    struct words_values *values = &letter->values;
    int64_t count = (int64_t)section->count;
    letter_paragraph(letter, words_say_count(values, kinds[section->kind].next, count));
    if (section->kind == FS_NOTICE_LAST_TOUCH && process->rules.final_mail) {
        letter_paragraph(letter, words_say_count(values, WORDS_NOTICE_NEXT_FINAL, count));
        letter_draft(letter, words_text(values->language, WORDS_NOTICE_DRAFT));
    }
    if (count > 1)
        words_set(values, "operand", words_text(values->language, WORDS_REPLY_OPERAND));
    if (section->kind == FS_NOTICE_REVIEW) {
        letter_paragraph(letter, words_say(values, WORDS_ADVICE_GO_ON));
        letter_paragraph(letter, words_say(values, WORDS_ADVICE_DECLINED));
    }
    if (kinds[section->kind].has_reasons)
        letter_paragraph(letter, words_say(values, WORDS_ADVICE_ASK));
}

static enum words_text happened(const struct section *section)
{
    return section->kind == FS_NOTICE_DROPPED && section->is_of_several
               ? WORDS_NOTICE_DROPPED_SEVERAL
               : kinds[section->kind].happened;
}

static void add_section(struct letter *letter, const struct section *section,
                        const struct fs_process *process)
{
    const struct words_values *values = &letter->values;
    const struct fs_event *first = section->events[0];
    set_event(letter, first);
    letter_line(letter, "<p>", words_say_count(values, happened(section), (int64_t)section->count),
                "</p>\n");
    if (kinds[section->kind].has_reasons || section->count > 1)
        add_list(letter, section);
    if (kinds[section->kind].is_of_message && !section->is_of_several && first->message_id != NULL)
        letter_paragraph(letter, words_say(values, WORDS_NOTICE_MESSAGE_ID));
    if (section->repeats > 0)
        letter_paragraph(letter, words_say_count(values, WORDS_NOTICE_REPEATS, section->repeats));
    add_next(letter, section, process);
}

/* ---- the mail ---- */

static void write_letter(struct letter *letter, const struct fs_words_notice *notice,
                         const struct section *sections)
{
    const struct words_values *values = &letter->values;
    letter_tag(letter, "<!DOCTYPE html>\n<html lang=\"");
    letter_tag(letter, values->language == FS_LANGUAGE_DE ? "de" : "en");
    letter_tag(letter, "\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"color-scheme\" content=\"light dark\"></head><body>\n");
    if (notice->is_digest)
        letter_line(letter, "<p>", words_say(values, WORDS_NOTICE_DIGEST), "</p>\n");
    for (size_t i = 0; i < notice->section_count && letter->status == FS_OK; i++) {
        set_event(letter, sections[i].events[0]);
        if (notice->is_digest) {
            letter_heading(letter, words_say_count(values, kinds[sections[i].kind].subject,
                                                   (int64_t)sections[i].count));
            letter_text(letter, "\n");
        }
        add_section(letter, &sections[i], notice->process);
    }
    letter_text(letter, "\n-- ");
    letter_tag(letter, "<hr>");
    letter_paragraph(letter, words_say(values, WORDS_NOTICE_FOOT));
    letter_tag(letter, "</body></html>\n");
}

static struct section *read_sections(struct fs_arena *arena, const struct fs_words_notice *notice)
{
    struct section *sections = fs_arena_alloc(arena, notice->section_count, sizeof(*sections));
    for (size_t i = 0; sections != NULL && i < notice->section_count; i++) {
        if (!read_section(arena, &notice->sections[i], &sections[i]))
            return NULL;
    }
    return sections;
}

static void set_places(struct letter *letter, const struct fs_words_notice *notice)
{
    const struct fs_event *first = &notice->sections[0].events[0];
    struct words_values *values = &letter->values;
    set_event(letter, first);
    words_set(values, "process", notice->process->name);
    words_set_shell(values, "shell", notice->process->name);
    words_set(values, "sender",
              notice->sender != NULL && notice->sender[0] != '\0'
                  ? notice->sender
                  : words_text(values->language, WORDS_EVENT_SOMEBODY));
    words_set(values, "id",
              fs_arena_printf(values->arena, "%s-%lld", first->log, (long long)first->seq));
}

enum fs_status fs_words_notice(struct fs_arena *arena, const struct fs_words_notice *notice,
                               struct fs_words_letter *out, struct fs_error *err)
{
    struct letter letter = {.values = {.arena = arena, .language = notice->process->language}};
    const struct section *sections = read_sections(arena, notice);
    if (sections == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    letter_init(&letter);
    set_places(&letter, notice);
    struct fs_words_letter made = {
        .subject = notice->is_digest
                       ? words_say(&letter.values, WORDS_NOTICE_SUBJECT_DIGEST)
                       : words_say_count(&letter.values, kinds[sections[0].kind].subject,
                                         (int64_t)sections[0].count)};
    made.subject = letter_readable(arena, made.subject);
    write_letter(&letter, notice, sections);
    if (letter.status == FS_OK) {
        made.text = fs_arena_strdup(arena, letter.text.data);
        made.html = fs_arena_strdup(arena, letter.html.data);
    }
    letter_clear(&letter);
    if (letter.values.failed || made.subject == NULL || made.text == NULL || made.html == NULL)
        return fs_error_set(err, letter.status != FS_OK ? letter.status : FS_NOMEM,
                            "the notice cannot be written");
    *out = made;
    return FS_OK;
}
