/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_words.c - every word has a text, and the SMTP reply keeps to its caps.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/words.h"

#define MANY 50

START_TEST(every_word_has_a_text)
{
    for (int i = 0; i < FS_RULE_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_rule(FS_LANGUAGE_EN, (enum fs_rule)i)), 0);
    for (int i = 0; i < FS_VERDICT_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_verdict(FS_LANGUAGE_EN, (enum fs_verdict)i)), 0);
    for (int i = 0; i < FS_STATE_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_state(FS_LANGUAGE_EN, (enum fs_state)i)), 0);
    for (int i = 1; i < FS_END_REASON_COUNT; i++)
        ck_assert_int_gt((int)strlen(fs_words_end_reason(FS_LANGUAGE_EN, (enum fs_end_reason)i)),
                         0);
}
END_TEST

/* Sizes of the list of refused recipients, and every refusing verdict with each. */
static const size_t sizes[] = {1, 5, 6, MANY};
static const enum fs_verdict refusing[] = {
    FS_VERDICT_EARLY, FS_VERDICT_KIND,       FS_VERDICT_OVER, FS_VERDICT_PAUSED,
    FS_VERDICT_ENDED, FS_VERDICT_SUPPRESSED, FS_VERDICT_LIMIT};

static void check_reply(const struct fs_words_reply *reply)
{
    ck_assert(reply->count >= 1 && reply->count <= FS_WORDS_LINES_MAX);
    for (size_t i = 0; i < reply->count; i++) {
        const char *line = reply->lines[i];
        ck_assert_int_le((int)strlen(line), FS_WORDS_LINE_MAX_B);
        for (const char *p = line; *p != '\0'; p++) {
            ck_assert_msg(*p >= 0x20 && *p < 0x7f, "not ASCII: %s", line);
            if (*p == '%') {
                ck_assert_msg(p[1] == '%', "single %%: %s", line);
                p++;
            }
        }
    }
}

START_TEST(the_reply_keeps_to_its_caps_and_names_the_lead)
{
    static char longest[600];
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process process = {.name = "sales"};
    struct fs_lead lead = {.state = FS_STATE_ENDED,
                           .end_reason = FS_END_NO_REPLY,
                           .unanswered = 4,
                           .until_at = 1700000000,
                           .ended_at = 1700000000};
    memset(longest, 'x', sizeof(longest) - 1);
    memcpy(longest, "100%jane\xc3\xa4", 10);
    for (size_t v = 0; v < sizeof(refusing) / sizeof(refusing[0]); v++) {
        struct fs_words_refused refused[MANY];
        struct fs_words_reply reply;
        for (size_t i = 0; i < MANY; i++)
            refused[i] =
                (struct fs_words_refused){.address = i == 1 ? longest : "jane@kunde.example",
                                          .verdict = refusing[v],
                                          .lead = &lead,
                                          .limit = 4,
                                          .next_allowed_at = 1700000000,
                                          .final_mail = true,
                                          .event_id = "mx1-17"};
        ck_assert_int_eq(fs_words_refusal(arena, &process, refused, sizes[_i], &reply, NULL),
                         FS_OK);
        check_reply(&reply);
        ck_assert_ptr_nonnull(strstr(reply.lines[0], "jane@kunde.example"));
        ck_assert_ptr_nonnull(strstr(reply.lines[reply.count - 1], "mx1-17"));
        refused[0].address = longest;
        ck_assert_int_eq(fs_words_refusal(arena, &process, refused, sizes[_i], &reply, NULL),
                         FS_OK);
        check_reply(&reply);
    }
    fs_arena_free(arena);
}
END_TEST

START_TEST(line_one_says_reason_and_since_when)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_process process = {.name = "sales"};
    struct fs_lead lead = {.state = FS_STATE_ENDED,
                           .end_reason = FS_END_NO_REPLY,
                           .unanswered = 4,
                           .ended_at = 1700000000};
    struct fs_words_refused refused = {.address = "jane@kunde.example",
                                       .verdict = FS_VERDICT_ENDED,
                                       .lead = &lead,
                                       .limit = 4,
                                       .event_id = "mx1-17"};
    struct fs_words_reply reply;
    ck_assert_int_eq(fs_words_refusal(arena, &process, &refused, 1, &reply, NULL), FS_OK);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "2023-11-1"));
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "sales"));
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "4"));
    fs_arena_free(arena);
}
END_TEST

/* The tiers of fs_event.match, and what a person reads of each. */
static const struct {
    const char *match;
    const char *words;
} tiers[] = {
    {"thread", "answers one of our messages"}, {"address", "from the contact's address"},
    {"account", "from the same company"},      {"returned-id", "returns one of our messages"},
    {"recipient", "names the contact"},
};

START_TEST(why_and_history_say_in_words_how_a_message_was_matched)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_lead lead = {.state = FS_STATE_REPLIED};
    struct fs_lead_outlook outlook = {.touch_now = true};
    struct fs_event event = {.log = "mx1",
                             .seq = 1,
                             .kind = FS_EVENT_HEARD,
                             .what = FS_ON_ANSWER,
                             .message_id = "j1",
                             .class = "human",
                             .match = tiers[_i].match};
    struct fs_words_lead in = {.process = "sales",
                               .contact = "jane@kunde.example",
                               .lead = &lead,
                               .outlook = &outlook,
                               .change = &event};
    const char *const *lines = NULL;
    const char *line = NULL;
    size_t count = 0;
    bool found = false;
    ck_assert_int_eq(fs_words_event(arena, FS_LANGUAGE_EN, &event, &line, NULL), FS_OK);
    ck_assert_msg(strstr(line, tiers[_i].words) != NULL, "%s", line);
    ck_assert_int_eq(fs_words_why(arena, FS_LANGUAGE_EN, &in, &lines, &count, NULL), FS_OK);
    for (size_t i = 0; i < count; i++)
        found = found || strstr(lines[i], tiers[_i].words) != NULL;
    ck_assert(found);
    fs_arena_free(arena);
}
END_TEST

int main(void)
{
    if (fs_words_setup(NULL, NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("words");
    TCase *tcase = tcase_create("words");
    tcase_add_test(tcase, every_word_has_a_text);
    tcase_add_loop_test(tcase, the_reply_keeps_to_its_caps_and_names_the_lead, 0,
                        (int)(sizeof(sizes) / sizeof(sizes[0])));
    tcase_add_loop_test(tcase, why_and_history_say_in_words_how_a_message_was_matched, 0,
                        (int)(sizeof(tiers) / sizeof(tiers[0])));
    tcase_add_test(tcase, line_one_says_reason_and_since_when);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
