/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_words_refusal.c - the SMTP reply: what it says, and that it keeps to its caps.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/words.h"
#include "suite.h"
#include "words_golden.h"

/* 2026-03-14T09:15:00Z, a day before, and the start of a day three weeks later */
#define NOW 1773479700
#define YESTERDAY (NOW - 86400)
#define LATER 1775260800
#define MANY 50

#define ALL_KINDS                                                                                  \
    (1u << FS_KIND_FIRST | 1u << FS_KIND_FOLLOW_UP | 1u << FS_KIND_INVITATION |                    \
     1u << FS_KIND_CONTENT)

static const enum fs_language languages[] = {FS_LANGUAGE_EN, FS_LANGUAGE_DE};
static const char *const golden_names[] = {"refusals.en.txt", "refusals.de.txt"};

static const struct shape {
    const char *heading;
    enum fs_verdict verdict;
    enum fs_state state;
    enum fs_end_reason end;
    enum fs_pause_reason pause;
    int unanswered;
    int64_t next_at;
    bool final_mail;
    bool answer_reopens;
} shapes[] = {
    {"over", FS_VERDICT_OVER, FS_STATE_ENDED, FS_END_NO_REPLY, 0, 4, 0, true, true},
    {"over, the first was the last", FS_VERDICT_OVER, FS_STATE_ENDED, FS_END_NO_REPLY, 0, 1, 0,
     true, true},
    {"ended, no reply, the next cycle by time", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_NO_REPLY,
     0, 4, LATER, false, true},
    {"ended, no reply, an answer changes nothing", FS_VERDICT_ENDED, FS_STATE_ENDED,
     FS_END_NO_REPLY, 0, 4, 0, true, false},
    {"ended, no urgency", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_NO_URGENCY, 0, 2, 0, true, true},
    {"ended, not qualified", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_NOT_QUALIFIED, 0, 2, 0, true,
     true},
    {"ended, bad timing", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_BAD_TIMING, 0, 2, 0, true, true},
    {"ended, not interested", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_NOT_INTERESTED, 0, 2, 0,
     false, true},
    {"ended, wrong person", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_WRONG_PERSON, 0, 2, 0, false,
     true},
    {"ended, expired", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_EXPIRED, 0, 2, 0, true, true},
    {"ended, bounced", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_BOUNCED, 0, 1, 0, false, true},
    {"ended, opted out", FS_VERDICT_SUPPRESSED, FS_STATE_ENDED, FS_END_OPTED_OUT, 0, 2, 0, false,
     true},
    {"ended, complained", FS_VERDICT_SUPPRESSED, FS_STATE_ENDED, FS_END_COMPLAINED, 0, 2, 0, false,
     true},
    {"ended, other", FS_VERDICT_ENDED, FS_STATE_ENDED, FS_END_OTHER, 0, 2, 0, false, true},
    {"suppressed, no lead", FS_VERDICT_SUPPRESSED, FS_STATE_NONE, 0, 0, 0, 0, false, true},
    {"paused, out of office", FS_VERDICT_PAUSED, FS_STATE_PAUSED, 0, FS_PAUSE_OUT_OF_OFFICE, 2,
     LATER, false, true},
    {"paused, not now", FS_VERDICT_PAUSED, FS_STATE_PAUSED, 0, FS_PAUSE_NOT_NOW, 2, LATER, false,
     true},
    {"paused, account reply", FS_VERDICT_PAUSED, FS_STATE_PAUSED, 0, FS_PAUSE_ACCOUNT_REPLY, 2,
     LATER, false, true},
    {"paused, other, and the count is used up", FS_VERDICT_PAUSED, FS_STATE_PAUSED, 0,
     FS_PAUSE_OTHER, 4, 0, false, true},
    {"paused, review", FS_VERDICT_PAUSED, FS_STATE_PAUSED, 0, FS_PAUSE_REVIEW, 2, 0, false, true},
    {"early", FS_VERDICT_EARLY, FS_STATE_ACTIVE, 0, 0, 1, NOW + 3 * 3600, false, true},
    {"kind", FS_VERDICT_KIND, FS_STATE_NONE, 0, 0, 0, 0, false, true},
    {"limit", FS_VERDICT_LIMIT, FS_STATE_ACTIVE, 0, 0, 1, LATER, false, true},
};
#define SHAPE_COUNT (sizeof(shapes) / sizeof(shapes[0]))

static struct fs_lead lead_of(const struct shape *shape)
{
    bool is_none = shape->state == FS_STATE_NONE;
    bool is_paused = shape->state == FS_STATE_PAUSED;
    return (struct fs_lead){.state = shape->state,
                            .end_reason = shape->end,
                            .pause_reason = shape->pause,
                            .unanswered = shape->unanswered,
                            .changed_at = is_none ? 0 : YESTERDAY,
                            .last_touch_at = is_none ? 0 : YESTERDAY,
                            .paused_at = is_paused ? YESTERDAY : 0,
                            .until_at = is_paused ? LATER : 0,
                            .ended_at = shape->state == FS_STATE_ENDED ? YESTERDAY : 0};
}

static struct fs_words_refused refused_of(const struct shape *shape, const struct fs_lead *lead,
                                          const char *address)
{
    return (struct fs_words_refused){.address = address,
                                     .verdict = shape->verdict,
                                     .lead = lead,
                                     .limit = 4,
                                     .suppressed = shape->verdict == FS_VERDICT_SUPPRESSED,
                                     .next_allowed_at = shape->next_at,
                                     .final_mail = shape->final_mail,
                                     .event_id = "mx1-17"};
}

static struct fs_process process_of(const struct shape *shape, enum fs_language language)
{
    unsigned kinds = shape->verdict == FS_VERDICT_KIND
                         ? 1u << FS_KIND_FIRST | 1u << FS_KIND_FOLLOW_UP
                         : ALL_KINDS;
    return (struct fs_process){
        .name = "sales",
        .language = language,
        .rules = {.unanswered = 4, .kinds = kinds, .resume_reply = shape->answer_reopens}};
}

static void print_reply(struct golden *golden, const char *heading,
                        const struct fs_words_reply *reply)
{
    fprintf(golden->out, "== %s\n", heading);
    for (size_t i = 0; i < reply->count; i++)
        fprintf(golden->out, "%s\n", reply->lines[i]);
    fputc('\n', golden->out);
}

static void reply_to(struct fs_arena *arena, const struct fs_process *process,
                     const struct fs_words_refused *refused, size_t count, bool some_pass,
                     struct fs_words_reply *out)
{
    ck_assert_int_eq(fs_words_refusal(arena, process, refused, count, some_pass, out, NULL), FS_OK);
}

/* Several recipients: two, six with others who would have got the mail, fifty. */
static void print_several(struct golden *golden, struct fs_arena *arena, enum fs_language language)
{
    static const char *const headings[] = {"two refused", "two refused, others lost it too",
                                           "one refused, others lost it too", "fifty refused"};
    static const size_t counts[] = {2, 2, 1, MANY};
    static const size_t picks[] = {0, 15, 20, 11, 5};
    struct fs_process process = process_of(&shapes[0], language);
    struct fs_lead leads[MANY];
    struct fs_words_refused refused[MANY];
    for (size_t i = 0; i < MANY; i++) {
        const struct shape *shape = &shapes[picks[i % 5]];
        leads[i] = lead_of(shape);
        refused[i] = refused_of(
            shape, &leads[i], fs_arena_printf(arena, "jane%zu@customer%zu.example", i + 1, i + 1));
    }
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        struct fs_words_reply reply;
        reply_to(arena, &process, refused, counts[i], i == 1 || i == 2, &reply);
        print_reply(golden, headings[i], &reply);
    }
}

START_TEST(each_refusal_says_what_a_person_has_read_and_found_good)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct golden *golden = golden_new();
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        struct fs_lead lead = lead_of(&shapes[i]);
        struct fs_words_refused refused = refused_of(&shapes[i], &lead, "jane@customer.example");
        struct fs_process process = process_of(&shapes[i], languages[_i]);
        struct fs_words_reply reply;
        reply_to(arena, &process, &refused, 1, false, &reply);
        print_reply(golden, shapes[i].heading, &reply);
    }
    print_several(golden, arena, languages[_i]);
    golden_check(golden, golden_names[_i]);
    fs_arena_free(arena);
}
END_TEST

/* ---- caps ---- */

static void check_reply(const struct fs_words_reply *reply)
{
    ck_assert(reply->count >= 1 && reply->count <= FS_WORDS_LINES_MAX);
    for (size_t i = 0; i < reply->count; i++) {
        const char *line = reply->lines[i];
        ck_assert_int_gt((int)strlen(line), 0);
        ck_assert_int_le((int)strlen(line), FS_WORDS_LINE_MAX_B);
        for (const char *p = line; *p != '\0'; p++) {
            ck_assert_msg(*p >= 0x20 && *p < 0x7f, "not ASCII: %s", line);
            if (*p == '%') {
                ck_assert_msg(p[1] == '%', "single %%: %s", line);
                p++;
            }
        }
        ck_assert_msg(strstr(line, "%%{") == NULL, "a place is not filled: %s", line);
    }
}

/* The longest address, of percent signs, with an umlaut, with a quote. */
static const char *hostile_address(size_t which)
{
    static char longest[321];
    static char percents[201];
    static const char *const others[] = {"j\xc3\xbcrgen@k\xc3\xa4ufer.example",
                                         "o'neill@customer.example", "jane@customer.example",
                                         "\"a b\r\n250 ok\"@customer.example"};
    memset(longest, 'x', sizeof(longest) - 1);
    memcpy(longest + 290, "@customer.example", 17);
    memset(percents, '%', sizeof(percents) - 1);
    return which == 0 ? longest : which == 1 ? percents : others[(which - 2) % 4];
}
#define ADDRESS_COUNT 6

static const size_t sizes[] = {1, 2, 5, 6, MANY};

START_TEST(the_reply_keeps_to_its_caps_whoever_is_refused)
{
    struct fs_arena *arena = fs_arena_new(0);
    const struct shape *shape = &shapes[_i];
    struct fs_lead lead = lead_of(shape);
    for (size_t n = 0; n < ADDRESS_COUNT * 2 * sizeof(sizes) / sizeof(sizes[0]) * 2; n++) {
        size_t first = n % ADDRESS_COUNT;
        size_t count = sizes[n / ADDRESS_COUNT / 2 % 5];
        struct fs_process process = process_of(shape, languages[n / ADDRESS_COUNT % 2]);
        struct fs_words_refused refused[MANY];
        struct fs_words_reply reply;
        char name[FS_PROCESS_NAME_MAX_B + 1] = "";
        memset(name, 'p', FS_PROCESS_NAME_MAX_B);
        process.name = name;
        for (size_t i = 0; i < count; i++)
            refused[i] = refused_of(shape, &lead, hostile_address(i + first));
        reply_to(arena, &process, refused, count, n >= ADDRESS_COUNT * 10, &reply);
        check_reply(&reply);
        ck_assert_ptr_nonnull(strstr(reply.lines[reply.count - 1], "id=mx1-17"));
        char last = reply.lines[0][strlen(reply.lines[0]) - 1];
        ck_assert_msg((last == '.' && strstr(reply.lines[0], "...") == NULL) || first < 2,
                      "no whole sentence: %s", reply.lines[0]);
    }
    fs_arena_free(arena);
}
END_TEST

START_TEST(what_needs_quoting_is_quoted_and_what_is_shortened_is_no_command)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_lead lead = lead_of(&shapes[0]);
    struct fs_process process = process_of(&shapes[0], FS_LANGUAGE_EN);
    struct fs_words_reply reply;
    struct fs_words_refused refused = refused_of(&shapes[0], &lead, "o'neill@customer.example");
    reply_to(arena, &process, &refused, 1, false, &reply);
    ck_assert_ptr_nonnull(
        strstr(reply.lines[3], "fullstop resume 'o'\\''neill@customer.example' --process sales"));
    refused.address = hostile_address(0);
    reply_to(arena, &process, &refused, 1, false, &reply);
    ck_assert_ptr_nonnull(strstr(reply.lines[3], "fullstop resume ADDRESS --process sales"));
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "...")); /* but its end is there */
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "@customer.example"));
    fs_arena_free(arena);
}
END_TEST

/* ---- texts {} ---- */

static const struct {
    const char *text;
    size_t count;      /* refused */
    const char *first; /* NULL: the built-in sentence */
    size_t lines;
} own[] = {
    {"Schluss f\xc3\xbcr %{lead}: %{count} seit %{since}, %{process}, %{id}, '%{until}'", 1,
     "Schluss fuer jane@customer.example: 4 seit 13.03.2026, sales, mx1-17, ''", 2},
    {"eins\nzwei\n\ndrei", 1, "eins", 4},
    {"100 %", 1, "100 %%", 2},
    {"eins\nzwei", 2, "eins", 5}, /* and whom else, that nobody got it, the reference */
    {"1\n2\n3\n4\n5\n6\n7", 1, "1", 8},
    {"1\n2\n3\n4\n5\n6\n7\n8", 1, NULL, 0},
    {"1\n2\n3\n4\n5", 2, "1", 8},
    {"1\n2\n3\n4\n5\n6", 2, NULL, 0},
    {" \n ", 1, NULL, 0},
    {"", 1, NULL, 0},
};

START_TEST(a_text_of_the_configuration_stands_in_where_it_fits)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_lead lead = lead_of(&shapes[0]);
    struct fs_process process = process_of(&shapes[0], FS_LANGUAGE_DE);
    struct fs_words_reply reply;
    struct fs_words_refused refused[] = {refused_of(&shapes[0], &lead, "jane@customer.example"),
                                         refused_of(&shapes[0], &lead, "joe@other.example")};
    process.texts[FS_VERDICT_OVER] = own[_i].text;
    process.texts[FS_VERDICT_PAUSED] = "nicht dieser";
    reply_to(arena, &process, refused, own[_i].count, false, &reply);
    check_reply(&reply);
    if (own[_i].first != NULL) {
        ck_assert_str_eq(reply.lines[0], own[_i].first);
        ck_assert_uint_eq(reply.count, own[_i].lines);
    } else {
        ck_assert_ptr_nonnull(strstr(reply.lines[0], "Nicht gesendet: Lead jane@customer.example"));
    }
    if (own[_i].count > 1) {
        bool is_named = false;
        for (size_t i = 0; i < reply.count; i++)
            is_named = is_named || strstr(reply.lines[i], "joe@other.example") != NULL;
        ck_assert(is_named);
    }
    fs_arena_free(arena);
}
END_TEST

START_TEST(a_text_with_a_line_too_long_is_left_aside)
{
    struct fs_arena *arena = fs_arena_new(0);
    char text[FS_WORDS_LINE_MAX_B + 2] = "";
    struct fs_lead lead = lead_of(&shapes[0]);
    struct fs_process process = process_of(&shapes[0], FS_LANGUAGE_EN);
    struct fs_words_refused refused = refused_of(&shapes[0], &lead, "jane@customer.example");
    struct fs_words_reply reply;
    memset(text, 'x', FS_WORDS_LINE_MAX_B);
    process.texts[FS_VERDICT_OVER] = text;
    reply_to(arena, &process, &refused, 1, false, &reply);
    ck_assert_str_eq(reply.lines[0], text);
    text[FS_WORDS_LINE_MAX_B] = 'x';
    reply_to(arena, &process, &refused, 1, false, &reply);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "Not sent: lead jane@customer.example"));
    fs_arena_free(arena);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    Suite *suite = suite_create("words_refusal");
    TCase *tcase = tcase_create("words_refusal");
    tcase_add_loop_test(tcase, each_refusal_says_what_a_person_has_read_and_found_good, 0, 2);
    tcase_add_loop_test(tcase, the_reply_keeps_to_its_caps_whoever_is_refused, 0, (int)SHAPE_COUNT);
    tcase_add_test(tcase, what_needs_quoting_is_quoted_and_what_is_shortened_is_no_command);
    tcase_add_loop_test(tcase, a_text_of_the_configuration_stands_in_where_it_fits, 0,
                        (int)(sizeof(own) / sizeof(own[0])));
    tcase_add_test(tcase, a_text_with_a_line_too_long_is_left_aside);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
