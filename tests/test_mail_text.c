/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_text.c - charsets that lie, HTML as text, and what the writer wrote
 * (tests/cases/own-text.txt).
 */
#include <check.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_fold.h"
#include "../milter/mail/mail_own.h"
#include "../milter/mail/mail_text.h"
#include "suite.h"

static struct fs_arena *arena;

static void begin(void)
{
    arena = fs_arena_new(0);
}

static void end(void)
{
    fs_arena_free(arena);
}

static const struct {
    const char *bytes;
    size_t length_b;
    const char *charset;
    const char *want;
} charsets[] = {
    {"Gr\xc3\xbc\xc3\x9f"
     "e",
     7, "utf-8", "Grüße"},
    {"Gr\xfc\xdf"
     "e",
     5, "iso-8859-1", "Grüße"},
    {"Gr\xfc\xdf"
     "e",
     5, "utf-8", "Grüße"}, /* lies: it is Latin 1 */
    {"Gr\xc3\xbc\xc3\x9f"
     "e",
     7, "iso-8859-1", "Grüße"}, /* lies: it is UTF-8 */
    {"Gr\xfc\xdf"
     "e",
     5, NULL, "Grüße"},
    {"Gr\xfc\xdf"
     "e",
     5, "x-no-such-charset", "Grüße"},
    {"\x80 5", 3, "iso-8859-1", "€ 5"},
    {"\xa4 5", 3, "iso-8859-15", "€ 5"},
    {"\xc4\xe3\xba\xc3", 4, "gb2312", "你好"},
    {"\x1b$B$3\x1b(B", 8, "iso-2022-jp", "こ"},
    {"+APw-", 5, "utf-7", "ü"},
    {"\xcf\xf0\xe8", 3, "windows-1251", "При"},
    {"a\0b", 3, "us-ascii", "a b"},
    {"h\0i\0", 4, "utf-16le", "hi"},
    {"", 0, "utf-8", ""},
};

START_TEST(bytes_become_what_they_mean)
{
    char *text = mail_utf8(arena, charsets[_i].bytes, charsets[_i].length_b, charsets[_i].charset);
    ck_assert_str_eq(text, charsets[_i].want);
}
END_TEST

static const struct {
    const char *html;
    const char *want;
} pages[] = {
    {"<p>Hallo</p><p>Welt</p>", "Hallo\n\nWelt"},
    {"<div>a<br>b</div><div>c</div>", "a\nb\nc"},
    {"<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
    {"a<br><br>b", "a\n\nb"},
    {"<b>Gr&uuml;&szlig;e</b> aus&nbsp;&nbsp;K&#246;ln", "Grüße aus Köln"},
    {"  <html><head><title>T</title><style>p {color:red}</style></head>\n<body>x</body></html>",
     "x"},
    {"<script>var a = '<p>no</p>';</script>yes", "yes"},
    {"<div style=\"display:none\">preheader</div>text", "text"},
    {"ja<blockquote type=cite><div>nein<br>nie</div></blockquote>doch",
     "ja\n\n> nein\n> nie\n\ndoch"},
    {"ja<div class=\"gmail_quote\">Am Montag<blockquote>nein</blockquote></div>",
     "ja\n> Am Montag\n\n> nein"},
    {"<div>ja</div><div id=\"x_divRplyFwdMsg\">Von: A</div><p>nein</p>", "ja\n> Von: A\n\n> nein"},
    {"<div>ja</div><div class=\"gmail_signature\">Tel. 1</div>", "ja\n> Tel. 1"},
    {"no tags < at > all", "no tags < at > all"},
    {"<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"},
    {"unclosed <b>bold", "unclosed bold"},
    {"", ""},
};

START_TEST(html_is_read_as_it_is_shown)
{
    ck_assert_str_eq(mail_html_text(arena, pages[_i].html, strlen(pages[_i].html)), pages[_i].want);
}
END_TEST

START_TEST(html_has_caps)
{
    size_t size_b = 300000;
    char *html = malloc(size_b + 1);
    ck_assert_ptr_nonnull(html);
    for (size_t i = 0; i + 3 <= size_b; i += 3) {
        memcpy(html + i, "<b>", 3); /* deeper than any page */
    }
    html[size_b] = '\0';
    memcpy(html, "top", 3);
    ck_assert_str_eq(mail_html_text(arena, html, size_b), "top");
    for (size_t i = 0; i + 3 <= size_b; i += 3) {
        memcpy(html + i, "a b", 3); /* one tag without an end, full of attributes */
    }
    memcpy(html, "x<b", 3);
    ck_assert_int_eq(strncmp(mail_html_text(arena, html, size_b), "x", 1), 0);
    memset(html, 'y', size_b);
    ck_assert_uint_le(strlen(mail_html_text(arena, html, size_b)), MAIL_TEXT_MAX_B);
    free(html);
}
END_TEST

/* Cases of a file: "=== name", the text, "---", what is the writer's own. */
START_TEST(own_words_are_told_from_quotes_and_signatures)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/cases/own-text.txt", directory != NULL ? directory : "tests");
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    char *bytes = fs_arena_alloc(arena, 1, 262144);
    ck_assert_uint_lt(fread(bytes, 1, 262143, file), 262143);
    fclose(file);
    int cases = 0;
    for (char *at = strstr(bytes, "\n=== "); at != NULL; cases++) {
        char *name = at + 5;
        char *text = strchr(name, '\n') + 1;
        char *middle = strstr(text, "\n-=-\n");
        ck_assert_msg(middle != NULL, "%.30s: no line -=-", name);
        char *want = middle + 5;
        char *next = strstr(middle, "\n=== ");
        text[-1] = '\0';
        middle[1] = '\0';
        if (next != NULL) {
            next[0] = '\0';
        }
        struct mail_own_seen seen;
        char *own = mail_own_text(arena, text, &seen);
        ck_assert_msg(strcmp(own, want) == 0, "%s: got\n%s\nwant\n%s", name, own, want);
        at = next;
        if (next != NULL) {
            next[0] = '\n';
        }
    }
    ck_assert_int_ge(cases, 20);
}
END_TEST

START_TEST(marks_are_folded)
{
    const char *const *const tables[] = {
        mail_own_verbs,    mail_own_attributions, mail_own_first_fields,
        mail_own_fields,   mail_own_separators,   mail_own_forwards,
        mail_own_closings, mail_own_resumptions,  mail_own_footers};
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (size_t i = 0; tables[t][i] != NULL; i++) {
            char folded[200];
            size_t length_b = strlen(tables[t][i]);
            mail_fold(tables[t][i], 100, folded, sizeof folded);
            length_b -= tables[t][i][length_b - 1] == ' ';
            ck_assert_msg(strncmp(folded, tables[t][i], length_b) == 0, "%s", tables[t][i]);
        }
    }
}
END_TEST

int main(void)
{
    xmlInitParser();
    Suite *suite = suite_create("mail text");
    TCase *tcase = tcase_create("text");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_loop_test(tcase, bytes_become_what_they_mean, 0,
                        (int)(sizeof charsets / sizeof charsets[0]));
    tcase_add_loop_test(tcase, html_is_read_as_it_is_shown, 0,
                        (int)(sizeof pages / sizeof pages[0]));
    tcase_add_test(tcase, html_has_caps);
    tcase_add_test(tcase, own_words_are_told_from_quotes_and_signatures);
    tcase_add_test(tcase, marks_are_folded);
    suite_add_tcase(suite, tcase);
    int status = run_all(suite);
    xmlCleanupParser();
    return status;
}
