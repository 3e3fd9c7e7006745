/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_words_notice.c - the mails to salespeople, whole, in both languages; what is escaped.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/text.h"
#include "fullstop/words.h"
#include "suite.h"
#include "words_golden.h"

/* The start of a day. */
#define LATER 1775260800

static const char *const golden_names[] = {"notices.en.txt", "notices.de.txt"};
static const char *const gathered_names[] = {"gathered.en.txt", "gathered.de.txt"};
static const char *const digest_names[] = {"digest.en.txt", "digest.de.txt"};

static struct fs_process process(enum fs_language language)
{
    struct fs_process made = {.name = "sales", .language = language};
    fs_rules_defaults(&made.rules);
    return made;
}

static struct fs_event event(const char *contact, enum fs_verdict verdict)
{
    return (struct fs_event){.log = "mx",
                             .seq = 7,
                             .kind = FS_EVENT_TOUCH,
                             .contact = contact,
                             .verdict = verdict,
                             .to = FS_STATE_ACTIVE,
                             .end_reason = FS_END_NO_REPLY,
                             .unanswered = 4,
                             .until_at = LATER,
                             .message_id = "a@mail.example.com"};
}

static struct fs_words_letter letter_of(struct fs_arena *arena, const struct fs_process *of,
                                        enum fs_notice kind, const struct fs_event *events,
                                        size_t count, int64_t repeats)
{
    struct fs_words_section section = {kind, events, count, repeats};
    struct fs_words_notice notice = {of, &section, 1, false, "anna@example.com"};
    struct fs_words_letter letter;
    struct fs_error err = {FS_OK, ""};
    ck_assert_msg(fs_words_notice(arena, &notice, &letter, &err) == FS_OK, "%s", err.text);
    return letter;
}

START_TEST(every_notice_reads_as_a_person_wrote_it)
{
    struct golden *golden = golden_new();
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process((enum fs_language)_i);
    for (int kind = 0; kind < FS_NOTICE_COUNT; kind++) {
        struct fs_event events[] = {event("jane@prospect.test", FS_VERDICT_OVER),
                                    event("eve@other.test", FS_VERDICT_SUPPRESSED)};
        size_t count = kind == FS_NOTICE_DROPPED ? 2 : 1;
        struct fs_words_letter letter =
            letter_of(arena, &sales, (enum fs_notice)kind, events, count, kind == 1 ? 3 : 0);
        fprintf(golden->out, "== %s\n%s\n\n%s\n", fs_notice_name((enum fs_notice)kind),
                letter.subject, letter.text);
        if (kind == FS_NOTICE_DROPPED || kind == FS_NOTICE_LAST_TOUCH)
            fprintf(golden->out, "%s\n", letter.html);
        ck_assert_ptr_null(strstr(letter.text, "%{"));
        ck_assert_ptr_null(strstr(letter.html, "%{"));
    }
    fs_arena_free(arena);
    golden_check(golden, golden_names[_i]);
}
END_TEST

static const char *const many[] = {"a@x.test", "b@x.test", "c@x.test", "d@x.test",
                                   "e@x.test", "f@x.test", "g@x.test"};
#define MANY (sizeof(many) / sizeof(many[0]))

static void fill_many(struct fs_event events[MANY])
{
    for (size_t i = 0; i < MANY; i++) {
        events[i] = event(many[i], FS_VERDICT_OVER);
        events[i].seq = (int64_t)i;
        events[i].message_id = i % 2 == 0 ? "even@mail.example.com" : "odd@mail.example.com";
    }
}

START_TEST(what_was_gathered_reads_as_one_mail)
{
    struct golden *golden = golden_new();
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process((enum fs_language)_i);
    for (int kind = 0; kind < FS_NOTICE_COUNT; kind++) {
        struct fs_event events[MANY];
        fill_many(events);
        struct fs_words_letter letter =
            letter_of(arena, &sales, (enum fs_notice)kind, events, MANY, 0);
        fprintf(golden->out, "== %s\n%s\n\n%s\n", fs_notice_name((enum fs_notice)kind),
                letter.subject, letter.text);
        ck_assert_ptr_null(strstr(letter.text, "%{"));
        bool is_whole = kind == FS_NOTICE_DROPPED || kind == FS_NOTICE_FLAGGED;
        ck_assert_int_eq(strstr(letter.html, "<li>g@x.test") != NULL, is_whole);
        ck_assert_ptr_nonnull(strstr(letter.html, "<li>e@x.test"));
    }
    fs_arena_free(arena);
    golden_check(golden, gathered_names[_i]);
}
END_TEST

START_TEST(a_digest_has_a_heading_for_each_kind)
{
    struct golden *golden = golden_new();
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process((enum fs_language)_i);
    struct fs_event events[MANY];
    fill_many(events);
    struct fs_words_section sections[] = {{FS_NOTICE_LAST_TOUCH, events, 1, 0},
                                          {FS_NOTICE_REFUSED, events, MANY, 2},
                                          {FS_NOTICE_REPLIED, events, 2, 0}};
    struct fs_words_notice notice = {&sales, sections, 3, true, NULL};
    struct fs_words_letter letter;
    ck_assert_int_eq(fs_words_notice(arena, &notice, &letter, NULL), FS_OK);
    fprintf(golden->out, "%s\n\n%s\n%s", letter.subject, letter.text, letter.html);
    fs_arena_free(arena);
    golden_check(golden, digest_names[_i]);
}
END_TEST

START_TEST(what_comes_twice_is_named_once_and_counted)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process(FS_LANGUAGE_EN);
    struct fs_event events[MANY];
    fill_many(events);
    events[2].contact = events[4].contact = events[0].contact;
    events[3].contact = events[1].contact;
    struct fs_words_letter letter = letter_of(arena, &sales, FS_NOTICE_REFUSED, events, MANY, 1);
    ck_assert_str_eq(letter.subject, "Not sent: your mail to 4 recipients");
    ck_assert_ptr_nonnull(strstr(letter.text, "happened 4 more times"));
    ck_assert_ptr_null(strstr(letter.text, "and "
                                           "1 more"));
    /* who was left out is told of each message */
    letter = letter_of(arena, &sales, FS_NOTICE_DROPPED, events, MANY, 0);
    ck_assert_ptr_nonnull(strstr(letter.text, "a@x.test: "));
    ck_assert_ptr_nonnull(strstr(letter.text, "(Message-ID <odd@mail.example.com>)"));
    ck_assert_ptr_nonnull(strstr(letter.text, "happened 3 more times"));
    fs_arena_free(arena);
}
END_TEST

START_TEST(what_comes_from_outside_is_escaped_in_html)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process(FS_LANGUAGE_EN);
    struct fs_event evil = event("\"<b>&'\"@x.test", FS_VERDICT_OVER);
    struct fs_words_letter letter = letter_of(arena, &sales, FS_NOTICE_REFUSED, &evil, 1, 0);
    ck_assert_ptr_null(strstr(letter.html, "<b>"));
    ck_assert_ptr_nonnull(strstr(letter.html, "&quot;&lt;b&gt;&amp;&#39;&quot;@x.test"));
    ck_assert_ptr_nonnull(strstr(letter.text, "\"<b>&'\"@x.test"));
    fs_arena_free(arena);
}
END_TEST

START_TEST(what_is_no_character_to_be_seen_is_shown_as_one)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process(FS_LANGUAGE_EN);
    struct fs_event evil = event("jane\xe2\x80\xae@x.test", FS_VERDICT_OVER);
    evil.message_id = "caf\xe9\x01\xc2\x85@a.test";
    for (int kind = 0; kind < FS_NOTICE_COUNT; kind++) {
        struct fs_words_letter letter = letter_of(arena, &sales, (enum fs_notice)kind, &evil, 1, 0);
        const char *const all[] = {letter.subject, letter.text, letter.html};
        for (size_t i = 0; i < 3; i++) {
            ck_assert_msg(fs_text_is_utf8(all[i]), "%s: %s", fs_notice_name(kind), all[i]);
            ck_assert_ptr_null(strstr(all[i], "\xe2\x80\xae"));
            ck_assert_ptr_null(strstr(all[i], "\xc2\x85"));
            ck_assert_ptr_null(strchr(all[i], 1));
        }
    }
    struct fs_words_letter refused = letter_of(arena, &sales, FS_NOTICE_REFUSED, &evil, 1, 0);
    ck_assert_ptr_nonnull(strstr(refused.text, "<caf\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd@a.test>"));
    fs_arena_free(arena);
}
END_TEST

/* More than a mail can hold: ids as long as they may be. */
START_TEST(a_list_that_no_mail_holds_ends_with_how_many_more)
{
    enum { COUNT = 9000 };
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process(FS_LANGUAGE_EN);
    struct fs_event *events = fs_arena_alloc(arena, COUNT, sizeof(*events));
    char long_name[900];
    memset(long_name, '\'', sizeof(long_name));
    for (int i = 0; i < COUNT; i++) {
        events[i] = event(fs_arena_printf(arena, "jane%d@x.test", i), FS_VERDICT_OVER);
        events[i].message_id = fs_arena_printf(arena, "%.*s%d@a.test", 900, long_name, i);
    }
    struct fs_words_letter letter = letter_of(arena, &sales, FS_NOTICE_DROPPED, events, COUNT, 0);
    ck_assert_uint_lt(strlen(letter.text), 2 * 1024 * 1024);
    ck_assert_ptr_nonnull(strstr(letter.text, "jane1000@x.test: "));
    ck_assert_ptr_null(strstr(letter.text, "jane8999@x.test: "));
    ck_assert_ptr_nonnull(strstr(letter.text, " more\n"));
    /* what a message has at most is named */
    for (int i = 0; i < COUNT; i++)
        events[i].message_id = "one@a.test";
    letter = letter_of(arena, &sales, FS_NOTICE_DROPPED, events, COUNT, 0);
    ck_assert_ptr_nonnull(strstr(letter.text, "jane8999@x.test: "));
    fs_arena_free(arena);
}
END_TEST

START_TEST(a_final_mail_is_suggested_only_where_one_may_follow)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process(FS_LANGUAGE_EN);
    struct fs_event last = event("jane@prospect.test", FS_VERDICT_PASS);
    struct fs_words_letter with = letter_of(arena, &sales, FS_NOTICE_LAST_TOUCH, &last, 1, 0);
    sales.rules.final_mail = false;
    struct fs_words_letter without = letter_of(arena, &sales, FS_NOTICE_LAST_TOUCH, &last, 1, 0);
    ck_assert_ptr_nonnull(strstr(with.text, "[final]"));
    ck_assert_ptr_null(strstr(without.text, "[final]"));
    fs_arena_free(arena);
}
END_TEST

START_TEST(an_erased_contact_is_not_told)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process sales = process(FS_LANGUAGE_EN);
    struct fs_event erased = event(NULL, FS_VERDICT_OVER);
    erased.message_id = NULL;
    struct fs_words_letter letter = letter_of(arena, &sales, FS_NOTICE_REFUSED, &erased, 1, 0);
    ck_assert_ptr_nonnull(strstr(letter.text, "  - somebody: "));
    ck_assert_ptr_null(strstr(letter.text, "Message-ID"));
    fs_arena_free(arena);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    Suite *suite = suite_create("words notice");
    TCase *tcase = tcase_create("notices");
    tcase_add_loop_test(tcase, every_notice_reads_as_a_person_wrote_it, 0, 2);
    tcase_add_loop_test(tcase, what_was_gathered_reads_as_one_mail, 0, 2);
    tcase_add_loop_test(tcase, a_digest_has_a_heading_for_each_kind, 0, 2);
    tcase_add_test(tcase, what_comes_twice_is_named_once_and_counted);
    tcase_add_test(tcase, what_comes_from_outside_is_escaped_in_html);
    tcase_add_test(tcase, what_is_no_character_to_be_seen_is_shown_as_one);
    tcase_add_test(tcase, a_list_that_no_mail_holds_ends_with_how_many_more);
    tcase_add_test(tcase, a_final_mail_is_suggested_only_where_one_may_follow);
    tcase_add_test(tcase, an_erased_contact_is_not_told);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
