/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * html.c - the text that HTML shows.
 *
 * Decides: where lines end, what is not shown, and what mail programs mark as quoted: such
 * lines begin with "> ", as they would in plain text. Parsed by libxml2's SAX interface,
 * without a tree. Must not know: what the text says. Source: HTML Living Standard, 15.3.
 */
#include <glib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_text.h"

/* A longer tag is cut: libxml2 compares each attribute with all others. */
#define TAG_MAX_B 2048u

/* Before all else: where text stands in no element, libxml2 makes paragraphs of its own. */
#define FRAME "<div>"

struct page {
    struct fs_buf text;
    htmlParserCtxtPtr parser;
    int depth;
    int hidden_at; /* depth of the outermost element that is not shown, 0: none */
    int quoted_at; /* likewise of one that is quoted */
    bool rest_is_quoted;
    bool line_has_text;
    bool wants_space;
    int wants_lines; /* line ends before the next text: 0, 1, or 2 for a blank line */
    bool failed;
};

/* Elements that begin and end a line; those of `blank` are set apart by a blank line. */
static const struct {
    const char *name;
    bool blank;
} blocks[] = {
    {"address", false}, {"article", false}, {"blockquote", true}, {"br", false},    {"dd", false},
    {"div", false},     {"dl", true},       {"dt", false},        {"footer", true}, {"form", false},
    {"h1", true},       {"h2", true},       {"h3", true},         {"h4", true},     {"h5", true},
    {"h6", true},       {"header", true},   {"hr", true},         {"li", false},    {"ol", true},
    {"p", true},        {"pre", true},      {"section", true},    {"table", true},  {"td", false},
    {"tr", false},      {"ul", true},
};

static const char *const hidden_elements[] = {"head",     "script", "style", "template",
                                              "noscript", "title",  "object"};

/* Marks of quotes and signatures, as mail programs write them into class or id. */
static const char *const quoted_classes[] = {
    "gmail_quote",
    "gmail_signature",
    "gmail_extra",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-signature",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "OLK_SRC_BODY_SECTION",
    "ms-outlook-mobile-signature",
    "AppleMailSignature",
    "signature-container",
};

/* From here to the end the mail that is answered stands. */
static const char *const quoted_rests[] = {"divRplyFwdMsg", "stopSpelling", "appendonsend",
                                           "mail-editor-reference-message-container"};

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fs_text_equal(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* Anywhere in the value: programs that clean HTML put a prefix or a suffix to names. */
static bool has_mark(const char *value, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fs_text_find(value, marks[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static void wants_line(struct page *page, bool blank)
{
    int wanted = blank ? 2 : 1;
    page->wants_space = false;
    if (page->wants_lines < wanted) {
        page->wants_lines = wanted;
    }
}

static void put(struct page *page, const char *bytes, size_t length_b)
{
    if (!page->failed && fs_buf_add(&page->text, bytes, length_b) != FS_OK) {
        page->failed = true;
        xmlStopParser(page->parser);
    }
}

/* What has to stand before the next text: line ends, the mark of a quote, a space. */
static void open_text(struct page *page)
{
    bool is_quoted = page->quoted_at > 0 || page->rest_is_quoted;
    if (page->wants_lines > 0 && page->text.length_b > 0) {
        put(page, "\n\n", page->wants_lines > 1 ? 2 : 1);
    }
    if (page->wants_lines > 0 || page->text.length_b == 0) {
        put(page, "> ", is_quoted ? 2 : 0);
    } else if (page->wants_space) {
        put(page, " ", 1);
    }
    page->wants_lines = 0;
    page->wants_space = false;
}

/* White space in UTF-8: ASCII, and the no-break space that programs indent with. */
static size_t space_length(const char *at, size_t left_b)
{
    if (*at == ' ' || (*at >= '\t' && *at <= '\r')) {
        return 1;
    }
    return left_b >= 2 && (unsigned char)at[0] == 0xc2 && (unsigned char)at[1] == 0xa0 ? 2 : 0;
}

static void on_text(void *context, const xmlChar *bytes, int length)
{
    struct page *page = context;
    const char *at = (const char *)bytes;
    const char *end = at + length;
    if (page->hidden_at > 0) {
        return;
    }
    while (at < end && !page->failed) {
        size_t space_b = space_length(at, (size_t)(end - at));
        if (space_b > 0) {
            page->wants_space = page->text.length_b > 0;
            at += space_b;
            continue;
        }
        const char *start = at;
        while (at < end && space_length(at, (size_t)(end - at)) == 0) {
            at++;
        }
        open_text(page);
        put(page, start, (size_t)(at - start));
    }
}

static void read_attributes(struct page *page, const char *name, const xmlChar **attributes)
{
    for (size_t i = 0; attributes != NULL && attributes[i] != NULL; i += 2) {
        const char *key = (const char *)attributes[i];
        const char *value = (const char *)attributes[i + 1];
        if (value == NULL) {
            continue;
        }
        bool names_it = fs_text_equal(key, "class") || fs_text_equal(key, "id");
        if (names_it && has_mark(value, quoted_rests, sizeof quoted_rests / sizeof *quoted_rests)) {
            page->rest_is_quoted = true;
        }
        if (page->quoted_at == 0 && names_it &&
            has_mark(value, quoted_classes, sizeof quoted_classes / sizeof *quoted_classes)) {
            page->quoted_at = page->depth;
            wants_line(page, false);
        }
        bool hides = fs_text_equal(key, "style") && (fs_text_find(value, "display:none") != NULL ||
                                                     fs_text_find(value, "display: none") != NULL);
        if (page->hidden_at == 0 && hides && !fs_text_equal(name, "body")) {
            page->hidden_at = page->depth;
        }
    }
}

static void break_line(struct page *page, const char *name)
{
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (strcmp(blocks[i].name, name) == 0) {
            bool again = strcmp(name, "br") == 0 && page->wants_lines == 1;
            wants_line(page, blocks[i].blank || again);
            return;
        }
    }
}

static void on_start(void *context, const xmlChar *xml_name, const xmlChar **attributes)
{
    struct page *page = context;
    const char *name = (const char *)xml_name;
    if (++page->depth > MAIL_HTML_DEPTH_MAX) {
        xmlStopParser(page->parser);
        return;
    }
    break_line(page, name);
    if (page->hidden_at == 0 &&
        is_one_of(name, hidden_elements, sizeof hidden_elements / sizeof *hidden_elements)) {
        page->hidden_at = page->depth;
    }
    if (page->quoted_at == 0 && strcmp(name, "blockquote") == 0) {
        page->quoted_at = page->depth;
    }
    read_attributes(page, name, attributes);
}

static void on_end(void *context, const xmlChar *name)
{
    struct page *page = context;
    if (page->hidden_at >= page->depth) {
        page->hidden_at = 0;
    }
    if (page->quoted_at >= page->depth) {
        page->quoted_at = 0;
        wants_line(page, false);
    }
    if (strcmp((const char *)name, "br") != 0) {
        break_line(page, (const char *)name);
    }
    page->depth -= page->depth > 0;
}

/* Blanks what is too long in a tag (most often an image inside its address). */
static void shorten_tags(char *html, size_t length_b)
{
    char *end = html + length_b;
    for (char *at = memchr(html, '<', length_b); at != NULL && at < end;) {
        char *close = memchr(at, '>', (size_t)(end - at));
        size_t tag_b = (size_t)((close != NULL ? close : end) - at);
        if (tag_b > TAG_MAX_B) {
            memset(at + TAG_MAX_B, ' ', tag_b - TAG_MAX_B);
            /* what is cut may have stood in quotes, which now would never close */
            at[TAG_MAX_B] = '>';
        }
        at = close != NULL ? memchr(close, '<', (size_t)(end - close)) : NULL;
    }
}

/* libxml2 hands on bytes that are no UTF-8 where a broken document made it lose its place. */
static char *copy_valid(struct fs_arena *arena, const struct fs_buf *text)
{
    const char *bytes = text->length_b > 0 ? text->data : "";
    if (g_utf8_validate_len(bytes, text->length_b, NULL)) {
        return fs_arena_strndup(arena, bytes, text->length_b);
    }
    char *valid = g_utf8_make_valid(bytes, (gssize)text->length_b);
    size_t length_b = strlen(valid) < MAIL_TEXT_MAX_B ? strlen(valid) : MAIL_TEXT_MAX_B;
    while (length_b > 0 && (valid[length_b] & 0xc0) == 0x80) {
        length_b--; /* never inside a letter */
    }
    char *copy = fs_arena_strndup(arena, valid, length_b);
    g_free(valid);
    return copy;
}

char *mail_html_text(struct fs_arena *arena, const char *html, size_t length_b)
{
    struct page page = {.wants_lines = 0};
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    char *copy = fs_arena_printf(arena, "%s%.*s", FRAME, (int)length_b, html);
    char *text = NULL;
    fs_buf_init(&page.text, MAIL_TEXT_MAX_B);
    if (parser != NULL && copy != NULL) {
        length_b = strlen(copy);
        shorten_tags(copy, length_b);
        page.parser = parser;
        memset(parser->sax, 0, sizeof *parser->sax);
        parser->sax->startElement = on_start;
        parser->sax->endElement = on_end;
        parser->sax->characters = on_text;
        parser->sax->ignorableWhitespace = on_text;
        parser->userData = &page;
        htmlCtxtReadMemory(parser, copy, (int)length_b, NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                               HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED);
        text = copy_valid(arena, &page.text);
    }
    fs_buf_clear(&page.text);
    if (parser != NULL) {
        htmlFreeParserCtxt(parser);
    }
    return text;
}
