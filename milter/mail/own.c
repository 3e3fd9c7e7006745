/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * own.c - the lines that the writer of a message wrote.
 *
 * Decides: where a quote, a signature, a disclaimer or a program's footer begins and ends.
 * Works line by line on folded starts of lines; what introduces them is in own_marks.c.
 * Must not know: what the words mean. Sources: RFC 3676 section 4.3 (signatures) and 4.5
 * (quotes); the rest is custom.
 */
#include <string.h>

#include "fullstop/text.h"
#include "mail_fold.h"
#include "mail_own.h"
#include "mail_text.h"

/* Lines that a wrapped "On ... wrote:" may take, and a header block's look-ahead. */
#define ATTRIBUTION_LINES 3u
#define HEADER_LINES 6u
/* "Best regards from sunny Hamburg, Anna" */
#define CLOSING_MAX_B 60u
#define LINE_LOOK_B 400u
#define LINE_LOOK 160u
#define LINES_MAX 3000u

struct line {
    const char *text;
    size_t length_b;
    const char *folded; /* its start; "" where it is blank */
    bool is_quoted;     /* begins with a quote's sign */
};

struct page {
    struct fs_arena *arena;
    struct line *lines;
    size_t count;
    struct mail_own_seen seen;
};

static bool starts(const char *folded, const char *const *marks)
{
    for (size_t i = 0; marks[i] != NULL; i++) {
        if (marks[i][0] == folded[0] && strncmp(folded, marks[i], strlen(marks[i])) == 0) {
            return true;
        }
    }
    return false;
}

static bool contains(const char *folded, const char *const *marks)
{
    for (size_t i = 0; marks[i] != NULL; i++) {
        if (strstr(folded, marks[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* The whole line, a sign at its end aside. */
static bool is_one_of(const char *folded, const char *const *marks)
{
    size_t length_b = strlen(folded);
    while (length_b > 0 && strchr(" ,.!;:*_-", folded[length_b - 1]) != NULL) {
        length_b--;
    }
    for (size_t i = 0; marks[i] != NULL; i++) {
        if (marks[i][0] == folded[0] && strlen(marks[i]) == length_b &&
            strncmp(folded, marks[i], length_b) == 0) {
            return true;
        }
    }
    return false;
}

/* Bold and list signs before what is compared: "*Von:* Anna". */
static const char *skip_signs(const char *folded)
{
    return folded + strspn(folded, "*_ \t|");
}

static bool fill_line(struct page *page, struct line *line)
{
    char start[LINE_LOOK_B];
    char folded[LINE_LOOK_B];
    size_t take_b = line->length_b < sizeof start - 1 ? line->length_b : sizeof start - 1;
    while (take_b > 0 && take_b < line->length_b && (line->text[take_b] & 0xc0) == 0x80) {
        take_b--; /* never inside a letter */
    }
    memcpy(start, line->text, take_b);
    start[take_b] = '\0';
    mail_fold(start, LINE_LOOK, folded, sizeof folded);
    line->folded = fs_arena_strdup(page->arena, folded);
    line->is_quoted = folded[0] == '>' || (folded[0] == '|' && folded[1] == ' ');
    return line->folded != NULL;
}

static bool read_lines(struct page *page, const char *text)
{
    size_t count = 1;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++) {
        count++;
    }
    count = count < LINES_MAX ? count : LINES_MAX;
    page->lines = fs_arena_alloc(page->arena, count, sizeof *page->lines);
    if (page->lines == NULL) {
        return false;
    }
    for (const char *at = text; *at != '\0' && page->count < count;) {
        size_t length_b = strcspn(at, "\n");
        struct line *line = &page->lines[page->count++];
        *line = (struct line){.text = at, .length_b = length_b};
        if (!fill_line(page, line)) {
            return false;
        }
        at += length_b + (at[length_b] == '\n');
    }
    return true;
}

/* "On Monday Anna wrote:", over up to three lines: the lines it takes, 0: none begins
 * here. It has to name a time or an address, for a person may write so too. */
static size_t attribution_length(const struct page *page, size_t at)
{
    bool has_verb = false;
    bool has_sign = false;
    for (size_t i = 0; i < ATTRIBUTION_LINES && at + i < page->count; i++) {
        const struct line *line = &page->lines[at + i];
        const char *folded = line->folded;
        size_t length_b = strlen(folded);
        if (length_b == 0 || line->is_quoted) {
            return 0;
        }
        has_verb = has_verb || contains(folded, mail_own_verbs);
        has_sign = has_sign || strchr(folded, '@') != NULL || strpbrk(folded, "0123456789") != NULL;
        bool ends = folded[length_b - 1] == ':' ||
                    (length_b > 1 && strcmp(folded + length_b - 2, ":*") == 0);
        if (ends) {
            return has_verb && has_sign ? i + 1 : 0;
        }
        if (i == 0 && !starts(folded, mail_own_attributions) && strchr(folded, '@') == NULL) {
            return 0;
        }
    }
    return 0;
}

/* Another mail's header: "Von: ..." with at least two of its fellows close behind. */
static bool begins_header(const struct page *page, size_t at)
{
    if (!starts(skip_signs(page->lines[at].folded), mail_own_first_fields)) {
        return false;
    }
    int fellows = 0;
    for (size_t i = at + 1; i < page->count && i <= at + HEADER_LINES; i++) {
        fellows += starts(skip_signs(page->lines[i].folded), mail_own_fields);
    }
    return fellows >= 2;
}

static bool is_rule_line(const char *folded)
{
    size_t length_b = strspn(folded, "_-=*");
    return length_b >= 10 && folded[length_b] == '\0';
}

/* Everything from here on is another mail. */
static bool cuts_off(const struct page *page, size_t at)
{
    const char *folded = page->lines[at].folded;
    if (folded[0] == '-' && contains(folded, mail_own_separators)) {
        return true;
    }
    if (starts(folded, mail_own_forwards) && folded[strlen(folded) - 1] == ':') {
        return true;
    }
    if (is_rule_line(folded) && at + 1 < page->count) {
        size_t next = at + 1;
        next += page->lines[next].folded[0] == '\0' && next + 1 < page->count;
        return begins_header(page, next);
    }
    return begins_header(page, at);
}

/* Whether what follows an attribution is marked line by line; else it is the rest. */
static bool quote_follows(const struct page *page, size_t at)
{
    while (at < page->count && page->lines[at].folded[0] == '\0') {
        at++;
    }
    return at < page->count && page->lines[at].is_quoted;
}

/* A closing formula stands alone, or before a name: the signature begins with it. */
static bool closes(const char *folded)
{
    if (is_one_of(folded, mail_own_closings)) {
        return true;
    }
    if (strlen(folded) > CLOSING_MAX_B) {
        return false;
    }
    for (size_t i = 0; mail_own_closings[i] != NULL; i++) {
        if (mail_own_closings[i][0] != folded[0]) {
            continue;
        }
        size_t length_b = strlen(mail_own_closings[i]);
        if (strncmp(folded, mail_own_closings[i], length_b) == 0 &&
            starts(folded + length_b, mail_own_closing_signs)) {
            return true;
        }
    }
    return false;
}

/* Where the writer speaks again after a signature: a postscript, a version in another
 * language. */
static bool speaks_again(const char *folded)
{
    return starts(skip_signs(folded), mail_own_resumptions);
}

/* The line after a paragraph that begins at `at`. */
static size_t after_paragraph(const struct page *page, size_t at)
{
    while (at < page->count && page->lines[at].folded[0] != '\0') {
        at++;
    }
    return at;
}

/* A signature follows its sign at once; a rule with a blank line below it parts the
 * languages of an absence note. */
static bool is_delimiter(const struct page *page, size_t at)
{
    const char *folded = page->lines[at].folded;
    bool has_gap = at + 1 < page->count && page->lines[at + 1].folded[0] == '\0';
    return strcmp(folded, "--") == 0 || (strcmp(folded, "---") == 0 && !has_gap);
}

/* "Von meinem iPhone gesendet", but not the line "von meinem Kollegen vertreten". */
static bool is_device_line(const char *folded)
{
    static const char *const things[] = {"gesendet", "phone", "handy", "ipad", "tablet", "galaxy"};
    if (!starts(folded, mail_own_devices)) {
        return false;
    }
    bool is_named = strncmp(folded, "von ", 4) != 0;
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++) {
        is_named = is_named || strstr(folded, things[i]) != NULL;
    }
    return is_named;
}

/* Reads from `at`: adds own lines to out; where to go on. */
static size_t read_at(struct page *page, size_t at, bool *in_signature, struct fs_buf *out)
{
    const struct line *line = &page->lines[at];
    size_t attribution = attribution_length(page, at);
    if (attribution > 0 || cuts_off(page, at)) {
        page->seen.has_quote = true;
        bool goes_on = attribution > 0 && quote_follows(page, at + attribution);
        return goes_on ? at + attribution : page->count;
    }
    if (line->is_quoted) {
        page->seen.has_quote = true;
        return at + 1;
    }
    bool is_device = is_device_line(line->folded);
    page->seen.has_device |= is_device;
    if (starts(skip_signs(line->folded), mail_own_footers)) {
        return after_paragraph(page, at);
    }
    if (*in_signature && !speaks_again(line->folded)) {
        return at + 1;
    }
    *in_signature = is_delimiter(page, at) || closes(skip_signs(line->folded));
    if (!*in_signature && !is_device) {
        fs_buf_add_some(out, line->text, line->length_b);
        fs_buf_add_some(out, "\n", 1);
    }
    return at + 1;
}

char *mail_own_text(struct fs_arena *arena, const char *text, struct mail_own_seen *seen)
{
    struct page page = {.arena = arena};
    struct fs_buf out;
    bool in_signature = false;
    if (!read_lines(&page, text)) {
        return NULL;
    }
    fs_buf_init(&out, MAIL_TEXT_MAX_B);
    for (size_t at = 0; at < page.count;) {
        at = read_at(&page, at, &in_signature, &out);
    }
    char *own = fs_arena_strndup(arena, out.length_b > 0 ? out.data : "", out.length_b);
    fs_buf_clear(&out);
    *seen = page.seen;
    return own;
}
