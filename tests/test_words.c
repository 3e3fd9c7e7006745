/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_words.c - what people read: both languages whole, replies within SMTP's bounds, and
 * sentences that name what they must.
 *
 * Reads the catalogue from FS_LOCALEDIR, else from that of the build under test.
 */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../milter/words/words_ascii.h"
#include "../milter/words/words_text.h"
#include "fullstop/clock.h"
#include "fullstop/words.h"

#define DAY_S ((int64_t)86400)
#define NOW ((int64_t)1795500000) /* 2026-11-24 06:00 UTC */
#define RECIPIENTS_MAX 60

static const enum fs_language languages[] = {FS_LANGUAGE_EN, FS_LANGUAGE_DE};
#define LANGUAGE_COUNT 2

static struct fs_arena *arena;
static struct fs_process process;
static struct fs_lead leads[RECIPIENTS_MAX];
static struct fs_words_refused refused[RECIPIENTS_MAX];
static char addresses[RECIPIENTS_MAX][64];

static void set_up_language(void)
{
    char path[512];
    struct fs_error err = {0};
    const char *build = getenv("FS_BUILD");
    const char *named = getenv("FS_LOCALEDIR");
    snprintf(path, sizeof path, "%s/locale", build != NULL ? build : "build/default");
    ck_assert_int_eq(fs_words_setup(named != NULL ? named : path, &err), FS_OK);
}

/* Fifty leads that ended without an answer, as many refused recipients. */
static void set_up(void)
{
    set_up_language();
    arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(arena);
    memset(&process, 0, sizeof process);
    process.name = "sales";
    fs_rules_defaults(&process.rules);
    for (size_t i = 0; i < RECIPIENTS_MAX; i++) {
        leads[i] = (struct fs_lead){.state = FS_STATE_ENDED,
                                    .end_reason = FS_END_NO_REPLY,
                                    .decided_by = FS_BY_POLICY,
                                    .rule = FS_RULE_TIME_GRACE,
                                    .cycle = 1,
                                    .unanswered = 4,
                                    .cycle_began_at = NOW - 30 * DAY_S,
                                    .last_touch_at = NOW - 9 * DAY_S,
                                    .changed_at = NOW - 4 * DAY_S,
                                    .ended_at = NOW - 4 * DAY_S};
        snprintf(addresses[i], sizeof addresses[i], "jane%zu@kunde.example", i);
        refused[i] = (struct fs_words_refused){.address = addresses[i],
                                               .verdict = FS_VERDICT_ENDED,
                                               .lead = &leads[i],
                                               .limit = 4,
                                               .final_mail = true,
                                               .event_id = "mx1-42"};
    }
}

static void tear_down(void)
{
    fs_arena_free(arena);
}

/* ---- both languages ---- */

START_TEST(every_text_is_translated)
{
    for (int i = 0; i < WORDS_COUNT; i++) {
        enum words_text id = (enum words_text)i;
        const char *english = words_text(FS_LANGUAGE_EN, id);
        const char *german = words_text(FS_LANGUAGE_DE, id);
        ck_assert_msg(english[0] != '\0' && german[0] != '\0', "text %d is empty", i);
        ck_assert_msg(strcmp(english, german) != 0, "not translated: %s", english);
        ck_assert_msg(strstr(german, "Abschluss") == NULL, "an end is no won deal: %s", german);
    }
}
END_TEST

/* Every %{place} of one is in the other. */
static void has_places_of(const char *text, const char *other)
{
    for (const char *place = strstr(text, "%{"); place != NULL; place = strstr(place + 2, "%{")) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(place, "}") + 1, place);
        ck_assert_msg(strstr(other, name) != NULL, "%s is missing in: %s", name, other);
    }
}

START_TEST(translations_have_the_same_places)
{
    for (int i = 0; i < WORDS_COUNT; i++) {
        enum words_text id = (enum words_text)i;
        for (int count = 1; count <= 2; count++) {
            const char *english = words_plural(FS_LANGUAGE_EN, id, count);
            const char *german = words_plural(FS_LANGUAGE_DE, id, count);
            has_places_of(english, german);
            has_places_of(german, english);
        }
    }
}
END_TEST

START_TEST(every_value_has_a_name)
{
    for (size_t l = 0; l < LANGUAGE_COUNT; l++) {
        enum fs_language language = languages[l];
        for (unsigned i = 0; i < FS_STATE_COUNT; i++)
            ck_assert_str_ne(fs_words_state(language, (enum fs_state)i), "");
        for (unsigned i = 0; i < FS_END_REASON_COUNT; i++)
            ck_assert_str_ne(fs_words_end_reason(language, (enum fs_end_reason)i), "");
        for (unsigned i = 0; i < FS_PAUSE_REASON_COUNT; i++)
            ck_assert_str_ne(fs_words_pause_reason(language, (enum fs_pause_reason)i), "");
        for (unsigned i = 0; i < FS_VERDICT_COUNT; i++)
            ck_assert_str_ne(fs_words_verdict(language, (enum fs_verdict)i), "");
        for (unsigned i = 0; i < FS_RULE_COUNT; i++)
            ck_assert_str_ne(fs_words_rule(language, (enum fs_rule)i), "");
        for (unsigned i = 0; i < FS_DECIDER_COUNT; i++)
            ck_assert_str_ne(fs_words_decider(language, (enum fs_decider)i), "");
        for (unsigned i = 0; i < FS_DISPOSITION_COUNT; i++)
            ck_assert_str_ne(fs_words_disposition(language, (enum fs_disposition)i), "");
    }
}
END_TEST

START_TEST(names_are_those_of_their_values)
{
    ck_assert_str_eq(fs_words_state(FS_LANGUAGE_DE, FS_STATE_PAUSED), "Wiedervorlage");
    ck_assert_str_eq(fs_words_state(FS_LANGUAGE_EN, FS_STATE_REPLIED), "in conversation");
    ck_assert_str_eq(fs_words_end_reason(FS_LANGUAGE_DE, FS_END_NO_URGENCY), "kein Handlungsdruck");
    ck_assert_str_eq(fs_words_end_reason(FS_LANGUAGE_DE, FS_END_OPTED_OUT), "Werbewiderspruch");
    ck_assert_str_eq(fs_words_pause_reason(FS_LANGUAGE_EN, FS_PAUSE_NOT_NOW), "not now");
    ck_assert_str_eq(fs_words_verdict(FS_LANGUAGE_EN, FS_VERDICT_EARLY), "too early");
    ck_assert_str_eq(fs_words_rule(FS_LANGUAGE_EN, FS_RULE_ANSWER), "the contact answered");
    ck_assert_str_eq(fs_words_disposition(FS_LANGUAGE_DE, FS_DISPOSITION_REFUSED), "abgewiesen");
    ck_assert_str_eq(words_class(FS_LANGUAGE_EN, "receipt"), "read or delivery receipt");
    ck_assert_ptr_null(words_match(FS_LANGUAGE_EN, NULL));
}
END_TEST

START_TEST(without_a_catalogue_everything_is_english)
{
    struct fs_error err = {0};
    ck_assert_int_eq(fs_words_setup("/nonexistent", &err), FS_OK);
    ck_assert_str_eq(fs_words_state(FS_LANGUAGE_DE, FS_STATE_PAUSED), "paused");
    ck_assert_str_eq(words_plural(FS_LANGUAGE_DE, WORDS_REPLY_MORE, 3), "and %{count} more");
}
END_TEST

START_TEST(setup_leaves_environment_and_locale_alone)
{
    setenv("LANGUAGE", "fr:it", 1);
    set_up_language();
    ck_assert_str_eq(getenv("LANGUAGE"), "fr:it");
    ck_assert_str_eq(setlocale(LC_ALL, NULL), "C");
    unsetenv("LANGUAGE");
    set_up_language();
    ck_assert_ptr_null(getenv("LANGUAGE"));
    ck_assert_str_eq(fs_words_state(FS_LANGUAGE_DE, FS_STATE_PAUSED), "Wiedervorlage");
}
END_TEST

/* ---- the SMTP reply ---- */

static struct fs_words_reply reply_to(enum fs_language language, size_t count)
{
    struct fs_words_reply reply = {0};
    struct fs_error err = {0};
    process.language = language;
    ck_assert_int_eq(fs_words_refusal(arena, &process, refused, count, &reply, &err), FS_OK);
    ck_assert_uint_ge(reply.count, 1);
    ck_assert_uint_le(reply.count, FS_WORDS_LINES_MAX);
    for (size_t i = 0; i < reply.count; i++) {
        const char *line = reply.lines[i];
        ck_assert_uint_le(strlen(line), FS_WORDS_LINE_MAX_B);
        ck_assert_str_ne(line, "");
        ck_assert_msg(words_is_ascii(line), "no SMTP text: %s", line);
        ck_assert_msg(strstr(line, "%{") == NULL, "a place is left: %s", line);
        for (const char *p = strchr(line, '%'); p != NULL; p = strchr(p + 2, '%'))
            ck_assert_msg(p[1] == '%', "a single percent sign: %s", line);
    }
    return reply;
}

static bool says(const struct fs_words_reply *reply, const char *words)
{
    for (size_t i = 0; i < reply->count; i++) {
        if (strstr(reply->lines[i], words) != NULL)
            return true;
    }
    return false;
}

static void says_all(const struct fs_words_reply *reply, const char *words)
{
    ck_assert_msg(says(reply, words), "\"%s\" is not said after: %s", words, reply->lines[0]);
}

START_TEST(line_1_is_enough_alone)
{
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 1);
    ck_assert_str_eq(reply.lines[0], "Not sent: lead jane0@kunde.example (process sales) ended on "
                                     "2026-11-20: 4 messages without an answer.");
    reply = reply_to(FS_LANGUAGE_DE, 1);
    ck_assert_str_eq(reply.lines[0], "Nicht gesendet: Lead jane0@kunde.example (Prozess sales) ist "
                                     "seit 2026-11-20 beendet: 4 Nachrichten ohne Antwort.");
}
END_TEST

static const struct {
    enum fs_verdict verdict;
    struct fs_lead lead;
    int64_t next_allowed_at;
    const char *says[4]; /* line 1, in English, beside the lead */
    const char *advice;
} cases[] = {
    {FS_VERDICT_OVER,
     {.state = FS_STATE_ENDED, .end_reason = FS_END_NO_REPLY, .unanswered = 1, .ended_at = NOW},
     0,
     {"ended on 2026-11-24", "1 message without an answer."},
     "[final]"},
    {FS_VERDICT_ENDED,
     {.state = FS_STATE_ENDED, .end_reason = FS_END_NO_URGENCY, .ended_at = NOW - DAY_S},
     0,
     {"ended on 2026-11-23", "no need to act"},
     "fullstop resume jane0@kunde.example --reason"},
    {FS_VERDICT_ENDED,
     {.state = FS_STATE_ENDED, .end_reason = FS_END_BOUNCED, .ended_at = NOW - DAY_S},
     0,
     {"ended on 2026-11-23", "cannot be reached"},
     "Check the address"},
    {FS_VERDICT_ENDED,
     {.state = FS_STATE_ENDED, .end_reason = FS_END_NO_REPLY, .ended_at = NOW - DAY_S},
     NOW + 90 * DAY_S,
     {"ended on 2026-11-23", "no reply"},
     "new cycle may begin with a message from 2027-02-22"},
    {FS_VERDICT_PAUSED,
     {.state = FS_STATE_PAUSED,
      .pause_reason = FS_PAUSE_OUT_OF_OFFICE,
      .paused_at = NOW - DAY_S,
      .until_at = 1796083200},
     1796083200,
     {"paused since 2026-11-23", "until 2026-12-01;", "out of office"},
     "Send it again from 2026-12-01 on."},
    {FS_VERDICT_PAUSED,
     {.state = FS_STATE_PAUSED,
      .pause_reason = FS_PAUSE_REVIEW,
      .changed_at = NOW - DAY_S,
      .until_at = NOW + DAY_S},
     0,
     {"since 2026-11-23", "declined"},
     "--reason not_interested"},
    {FS_VERDICT_EARLY,
     {.state = FS_STATE_ACTIVE, .unanswered = 1, .last_touch_at = NOW - 3600},
     NOW + DAY_S,
     {"too early", "2026-11-24 05:00", "from 2026-11-25 06:00 on"},
     "Send it again from 2026-11-25 06:00 on."},
    {FS_VERDICT_KIND,
     {.state = FS_STATE_ACTIVE, .changed_at = NOW - DAY_S},
     0,
     {"kind of message", "2026-11-23"},
     "This process allows: first message, follow-up, invitation, newsletter."},
    {FS_VERDICT_KIND, {.state = FS_STATE_NONE}, 0, {"kind of message"}, "fullstop why"},
    {FS_VERDICT_SUPPRESSED,
     {.state = FS_STATE_ENDED, .end_reason = FS_END_OPTED_OUT, .changed_at = NOW - DAY_S},
     0,
     {"since 2026-11-23", "objection to advertising"},
     "--evidence"},
    {FS_VERDICT_SUPPRESSED, {.state = FS_STATE_NONE}, 0, {"objected to sales mail"}, "--evidence"},
    {FS_VERDICT_LIMIT,
     {.state = FS_STATE_ACTIVE, .last_touch_at = NOW - DAY_S},
     NOW + DAY_S,
     {"all processes", "2026-11-23", "2026-11-25"},
     "Send it again from"},
    {FS_VERDICT_LIMIT, {.state = FS_STATE_NONE}, NOW + DAY_S, {"all processes"}, "Send it again"},
    /* a repeated message gets its first verdict: the lead has moved on since */
    {FS_VERDICT_EARLY,
     {.state = FS_STATE_ENDED, .end_reason = FS_END_WRONG_PERSON, .ended_at = NOW - DAY_S},
     0,
     {"ended on 2026-11-23", "wrong person"},
     "fullstop resume"},
    {FS_VERDICT_OVER, {.state = FS_STATE_ACTIVE}, 0, {"no message at present"}, "fullstop why"},
};

START_TEST(each_refusal_names_lead_reason_and_since_when)
{
    leads[0] = cases[_i].lead;
    refused[0].verdict = cases[_i].verdict;
    refused[0].next_allowed_at = cases[_i].next_allowed_at;
    refused[0].suppressed = cases[_i].verdict == FS_VERDICT_SUPPRESSED;
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 1);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "jane0@kunde.example"));
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "sales"));
    for (size_t i = 0; i < 4 && cases[_i].says[i] != NULL; i++)
        ck_assert_msg(strstr(reply.lines[0], cases[_i].says[i]) != NULL, "\"%s\" is not in: %s",
                      cases[_i].says[i], reply.lines[0]);
    says_all(&reply, cases[_i].advice);
    says_all(&reply, "Reference: id=mx1-42");
    reply = reply_to(FS_LANGUAGE_DE, 1);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "jane0@kunde.example"));
    ck_assert_ptr_null(strstr(reply.lines[0], "Not sent"));
    says_all(&reply, "Kennung: id=mx1-42");
}
END_TEST

START_TEST(an_end_without_objection_offers_answer_final_mail_and_resume)
{
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 1);
    says_all(&reply, "An answer from the contact reopens the lead");
    says_all(&reply, "[final]");
    says_all(&reply, "fullstop resume jane0@kunde.example --reason");
    ck_assert(!says(&reply, "Nobody got"));
    reply = reply_to(FS_LANGUAGE_DE, 1);
    says_all(&reply, "[schluss]");
    says_all(&reply, "woran er ist");
    refused[0].final_mail = false;
    process.rules.resume_reply = false;
    reply = reply_to(FS_LANGUAGE_EN, 1);
    ck_assert(!says(&reply, "[final]"));
    ck_assert(!says(&reply, "reopens"));
}
END_TEST

START_TEST(an_objection_offers_no_final_mail)
{
    leads[0].end_reason = FS_END_COMPLAINED;
    refused[0].suppressed = true;
    refused[0].final_mail = false;
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 1);
    ck_assert(!says(&reply, "[final]"));
    ck_assert(!says(&reply, "reopens"));
    says_all(&reply, "--evidence");
}
END_TEST

START_TEST(at_most_five_addresses_are_named)
{
    static const size_t counts[] = {1, 2, 5, 6, 50};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        for (size_t l = 0; l < LANGUAGE_COUNT; l++) {
            struct fs_words_reply reply = reply_to(languages[l], counts[c]);
            for (size_t i = 0; i < counts[c]; i++)
                ck_assert_int_eq(says(&reply, addresses[i]), i < FS_WORDS_ADDRESSES_MAX);
            ck_assert_int_eq(says(&reply, l == 0 ? "and 1 more" : "und 1 weitere"), counts[c] == 6);
            ck_assert_int_eq(says(&reply, l == 0 ? "and 45 more" : "und 45 weitere"),
                             counts[c] == 50);
            ck_assert(says(&reply, "fullstop resume"));
            ck_assert(says(&reply, "id=mx1-42"));
        }
    }
}
END_TEST

START_TEST(who_else_was_to_get_it_is_told_that_nobody_did)
{
    refused[0].other_recipients = 3;
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 2);
    says_all(&reply, "Nobody got this message; remove the addresses named and send it again.");
    reply = reply_to(FS_LANGUAGE_EN, 50);
    says_all(&reply, "the next reply then names the others");
    says_all(&reply, "Reference: id=mx1-42");
    reply = reply_to(FS_LANGUAGE_DE, 2);
    says_all(&reply, "Niemand hat diese Nachricht erhalten");
}
END_TEST

START_TEST(percent_signs_are_doubled_and_controls_are_gone)
{
    refused[0].address = "50%\r\n550 x@kunde.example";
    process.name = "100%\tnow";
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 1);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "50%%??550 x@kunde.example"));
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "(process 100%% now)"));
}
END_TEST

START_TEST(letters_beyond_ascii_are_spelled_out)
{
    refused[0].address = "j\xc3\xbcrgen@kunde.example";
    process.name = "Vertrieb S\xc3\xbc"
                   "d \xe2\x82\xac";
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_DE, 1);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "j\\x{FC}rgen@kunde.example"));
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "Vertrieb Sued ?"));
    says_all(&reply, "fullstop resume ADRESSE --reason");
    says_all(&reply, "darf noch hinaus, damit der Ansprechpartner weiss");
}
END_TEST

START_TEST(a_command_is_safe_to_paste)
{
    refused[0].address = "o'neil;x@kunde.example";
    struct fs_words_reply reply = reply_to(FS_LANGUAGE_EN, 1);
    says_all(&reply, "fullstop resume 'o'\\''neil;x@kunde.example' --reason");
}
END_TEST

static char *long_address(size_t length_b, char filler)
{
    static const char domain[] = "@kunde.example";
    char *text = fs_arena_alloc(arena, length_b + 1, 1);
    ck_assert_ptr_nonnull(text);
    memset(text, filler, length_b);
    memcpy(text + length_b - strlen(domain), domain, strlen(domain));
    return text;
}

START_TEST(long_addresses_leave_room_for_the_reason)
{
    static const size_t lengths[] = {250, 280, 300, 320, 512};
    static const char fillers[] = {'a', '%'};
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        for (size_t f = 0; f < sizeof fillers; f++) {
            for (size_t i = 0; i < RECIPIENTS_MAX; i++) {
                refused[i].address = long_address(lengths[l], fillers[f]);
                refused[i].other_recipients = 1;
            }
            for (size_t count = 1; count <= 50; count += 7) {
                struct fs_words_reply reply = reply_to(FS_LANGUAGE_DE, count);
                ck_assert_ptr_nonnull(strstr(reply.lines[0], "@kunde.example"));
                ck_assert_ptr_nonnull(strstr(reply.lines[0], "4 Nachrichten ohne Antwort."));
                says_all(&reply, "Niemand hat diese Nachricht erhalten");
                says_all(&reply, "Kennung: id=mx1-42");
            }
        }
    }
}
END_TEST

START_TEST(a_line_is_cut_at_its_cap_and_not_before)
{
    char text[FS_WORDS_LINE_MAX_B + 2] = {0};
    bool cut = true;
    memset(text, 'x', FS_WORDS_LINE_MAX_B);
    ck_assert_str_eq(words_ascii_line(arena, text, &cut), text);
    ck_assert(!cut);
    text[FS_WORDS_LINE_MAX_B] = 'x';
    const char *line = words_ascii_line(arena, text, &cut);
    ck_assert(cut);
    ck_assert_uint_eq(strlen(line), FS_WORDS_LINE_MAX_B);
    ck_assert_str_eq(line + FS_WORDS_LINE_MAX_B - 3, "...");
    memset(text, '%', sizeof text - 1);
    line = words_ascii_line(arena, text, &cut);
    ck_assert(cut);
    ck_assert_uint_eq(strspn(line, "%") % 2, 0);
    ck_assert_uint_le(strlen(line), FS_WORDS_LINE_MAX_B);
}
END_TEST

START_TEST(a_text_of_the_process_stands_in_place_of_line_1)
{
    process.texts[FS_VERDICT_ENDED] =
        "%{process}: %{lead} ist seit %{since} zu, %{count} ohne Antwort, %{id}, %{unknown} "
        "100% f\xc3\xbcr immer";
    struct fs_words_reply reply;
    struct fs_error err = {0};
    ck_assert_int_eq(fs_words_refusal(arena, &process, refused, 1, &reply, &err), FS_OK);
    ck_assert_str_eq(reply.lines[0], "sales: jane0@kunde.example ist seit 2026-11-20 zu, 4 ohne "
                                     "Antwort, mx1-42, %%{unknown} 100%% fuer immer");
    process.texts[FS_VERDICT_ENDED] = "";
    reply = reply_to(FS_LANGUAGE_EN, 1);
    ck_assert_ptr_nonnull(strstr(reply.lines[0], "ended on 2026-11-20"));
}
END_TEST

START_TEST(nobody_refused_is_an_error)
{
    struct fs_words_reply reply = {.count = 77};
    struct fs_error err = {0};
    ck_assert_int_eq(fs_words_refusal(arena, &process, refused, 0, &reply, &err), FS_INPUT);
    ck_assert_uint_eq(reply.count, 77);
}
END_TEST

START_TEST(lack_of_memory_is_reported)
{
    struct fs_error err = {0};
    process.language = FS_LANGUAGE_DE;
    for (size_t cap_b = 1; cap_b < 4096; cap_b += 37) {
        struct fs_arena *small = fs_arena_new(cap_b);
        struct fs_words_reply reply = {.count = 77};
        ck_assert_ptr_nonnull(small);
        ck_assert_int_eq(fs_words_refusal(small, &process, refused, 6, &reply, &err), FS_NOMEM);
        ck_assert_uint_eq(reply.count, 77);
        fs_arena_free(small);
    }
}
END_TEST

/* ---- why ---- */

static const char *why(enum fs_language language, const struct fs_words_lead *lead)
{
    const char *const *lines = NULL;
    size_t count = 0;
    struct fs_error err = {0};
    const char *text = "";
    ck_assert_int_eq(fs_words_why(arena, language, lead, &lines, &count, &err), FS_OK);
    for (size_t i = 0; i < count; i++)
        text = fs_arena_printf(arena, "%s%s\n", text, lines[i]);
    ck_assert_msg(strstr(text, "%{") == NULL, "a place is left: %s", text);
    return text;
}

static void contains(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "\"%s\" is not in:\n%s", words, text);
}

static struct fs_event answer_event(void)
{
    return (struct fs_event){.log = "mx1",
                             .seq = 7,
                             .at = NOW - DAY_S,
                             .kind = FS_EVENT_HEARD,
                             .what = FS_ON_ABSENCE,
                             .contact = "jane@kunde.example",
                             .process = "sales",
                             .from = FS_STATE_ACTIVE,
                             .to = FS_STATE_PAUSED,
                             .pause_reason = FS_PAUSE_OUT_OF_OFFICE,
                             .rule = FS_RULE_ABSENCE,
                             .decided_by = FS_BY_MAIL,
                             .actor_uid = -1,
                             .message_id = "abc@kunde.example",
                             .class = "out_of_office",
                             .class_rule = "auto-submitted",
                             .match = "thread",
                             .until_at = 1796083200};
}

START_TEST(why_tells_state_rule_evidence_count_and_next_step)
{
    struct fs_event change = answer_event();
    struct fs_event refusal = {.log = "mx1",
                               .seq = 9,
                               .at = NOW,
                               .kind = FS_EVENT_TOUCH,
                               .verdict = FS_VERDICT_PAUSED,
                               .disposition = FS_DISPOSITION_REFUSED,
                               .repeats = 2,
                               .until_at = 1796083200};
    struct fs_lead lead = {.state = FS_STATE_PAUSED,
                           .pause_reason = FS_PAUSE_OUT_OF_OFFICE,
                           .decided_by = FS_BY_MAIL,
                           .rule = FS_RULE_ABSENCE,
                           .cycle = 2,
                           .unanswered = 3,
                           .overrun = 1,
                           .cycle_began_at = NOW - 9 * DAY_S,
                           .last_touch_at = NOW - 2 * DAY_S,
                           .changed_at = NOW - DAY_S,
                           .paused_at = NOW - DAY_S,
                           .until_at = 1796083200};
    struct fs_lead_outlook outlook = {.next_allowed_at = 1796083200};
    struct fs_words_lead told = {
        "sales", "jane@kunde.example", &lead, 4, false, false, &outlook, &change, &refusal, NOW};
    const char *text = why(FS_LANGUAGE_EN, &told);
    contains(text, "jane@kunde.example in process sales: paused since 2026-11-23 06:00 until "
                   "2026-12-01 (out of office).");
    contains(text, "(absence)");
    contains(text, "<abc@kunde.example>");
    contains(text, "absence note");
    contains(text, "auto-submitted");
    contains(text, "it answers one of our messages");
    contains(text, "mx1-7");
    contains(text, "message refused: lead is paused until 2026-12-01; tried 2 more times");
    contains(text, "3 of 4 messages without an answer.");
    contains(text, "1 further message went out although the rules refuse it.");
    contains(text, "This is cycle 2");
    contains(text, "not relevant");
    contains(text, "from 2026-12-01 on");
    contains(text, "fullstop resume jane@kunde.example --process sales --reason");
    text = why(FS_LANGUAGE_DE, &told);
    contains(text, "Wiedervorlage seit 2026-11-23 06:00 bis 2026-12-01 (abwesend).");
    contains(text, "3 von 4 Nachrichten ohne Antwort.");
    contains(text, "nicht relevant");
}
END_TEST

START_TEST(why_names_the_person_who_decided)
{
    struct fs_event change = {.log = "mx1",
                              .seq = 8,
                              .kind = FS_EVENT_SAID,
                              .what = FS_ON_END,
                              .actor = "Anna",
                              .actor_uid = 1000,
                              .note = "no project in 2027"};
    struct fs_lead_outlook outlook = {.final_mail = true};
    leads[0].end_reason = FS_END_NO_URGENCY;
    leads[0].decided_by = FS_BY_PERSON;
    leads[0].rule = FS_RULE_SAID_END;
    struct fs_words_lead told = {
        "sales", "jane@kunde.example", &leads[0], 4, false, false, &outlook, &change, NULL, NOW};
    const char *text = why(FS_LANGUAGE_EN, &told);
    contains(text, "ended since 2026-11-20 06:00 (no need to act)");
    contains(text, "by Anna (uid 1000)");
    contains(text, "no project in 2027");
    contains(text, "[final]");
    contains(text, "however long you wait");
    told.suppressed = true;
    outlook.needs_evidence = true;
    contains(why(FS_LANGUAGE_EN, &told), "--evidence");
    told.change = NULL;
    contains(why(FS_LANGUAGE_EN, &told), "no longer kept");
}
END_TEST

START_TEST(why_has_words_for_every_state_reason_and_rule)
{
    struct fs_lead_outlook outlook = {.touch_now = true};
    struct fs_lead lead = {0};
    struct fs_words_lead told = {
        "sales", "jane@kunde.example", &lead, 1, true, false, &outlook, NULL, NULL, NOW};
    for (size_t l = 0; l < LANGUAGE_COUNT; l++) {
        for (unsigned state = 0; state < FS_STATE_COUNT; state++) {
            for (unsigned rule = 0; rule < FS_RULE_COUNT; rule++) {
                lead.state = (enum fs_state)state;
                lead.rule = (enum fs_rule)rule;
                lead.end_reason = (enum fs_end_reason)(rule % FS_END_REASON_COUNT);
                lead.pause_reason = (enum fs_pause_reason)(rule % FS_PAUSE_REASON_COUNT);
                contains(why(languages[l], &told), "jane@kunde.example");
            }
        }
    }
}
END_TEST

/* ---- history ---- */

static const char *line_of(enum fs_language language, const struct fs_event *event)
{
    const char *line = NULL;
    struct fs_error err = {0};
    ck_assert_int_eq(fs_words_event(arena, language, event, &line, &err), FS_OK);
    ck_assert_str_ne(line, "");
    ck_assert_msg(strstr(line, "%{") == NULL, "a place is left: %s", line);
    return line;
}

START_TEST(every_event_has_a_line_in_both_languages)
{
    struct fs_event event = answer_event();
    for (unsigned kind = 0; kind < FS_EVENT_KIND_COUNT; kind++) {
        for (unsigned rule = 0; rule < FS_RULE_COUNT; rule++) {
            for (unsigned verdict = 0; verdict < FS_VERDICT_COUNT; verdict++) {
                event.kind = (enum fs_event_kind)kind;
                event.rule = (enum fs_rule)rule;
                event.verdict = (enum fs_verdict)verdict;
                event.disposition = (enum fs_disposition)(rule % FS_DISPOSITION_COUNT);
                event.what = (enum fs_happening)(rule % FS_HAPPENING_COUNT);
                const char *english = line_of(FS_LANGUAGE_EN, &event);
                ck_assert_str_ne(english, line_of(FS_LANGUAGE_DE, &event));
            }
        }
    }
}
END_TEST

static const struct {
    struct fs_event event;
    const char *english;
    const char *german;
} told[] = {
    {{.kind = FS_EVENT_TOUCH, .rule = FS_RULE_TOUCH_COUNTED, .unanswered = 3},
     "message sent, 3rd without an answer",
     "Nachricht gesendet, 3. ohne Antwort"},
    {{.kind = FS_EVENT_TOUCH, .rule = FS_RULE_TOUCH_COUNTED, .unanswered = 12},
     "message sent, 12th without an answer",
     "Nachricht gesendet, 12. ohne Antwort"},
    {{.kind = FS_EVENT_TOUCH,
      .rule = FS_RULE_TOUCH_LAST,
      .unanswered = 2,
      .from = FS_STATE_ACTIVE,
      .to = FS_STATE_ENDED},
     "message sent, 2nd without an answer and the last one allowed; lead ended",
     "Nachricht gesendet, 2. ohne Antwort und die letzte erlaubte; Lead beendet"},
    {{.kind = FS_EVENT_TOUCH,
      .verdict = FS_VERDICT_OVER,
      .disposition = FS_DISPOSITION_REFUSED,
      .unanswered = 4},
     "message refused: 4 without an answer are the limit; lead ended",
     "Nachricht abgewiesen: 4 ohne Antwort sind die Grenze; Lead beendet"},
    {{.kind = FS_EVENT_TOUCH,
      .verdict = FS_VERDICT_ENDED,
      .disposition = FS_DISPOSITION_WOULD_REFUSE,
      .end_reason = FS_END_NO_REPLY,
      .repeats = 1},
     "message sent, would be refused: lead has ended (no reply); tried 1 more time",
     "Nachricht gesendet, wäre abgewiesen worden: Lead ist beendet (wiederholt keine Reaktion); "
     "noch 1 Mal versucht"},
    {{.kind = FS_EVENT_HEARD, .what = FS_ON_ANSWER, .rule = FS_RULE_ANSWER, .match = "thread"},
     "answer received: in conversation (thread match)",
     "Antwort eingegangen: im Gespräch (am Verlauf erkannt)"},
    {{.kind = FS_EVENT_HEARD,
      .what = FS_ON_ABSENCE,
      .rule = FS_RULE_ABSENCE,
      .until_at = 1796083200},
     "absence note: paused until 2026-12-01",
     "Abwesenheitsnotiz: Wiedervorlage bis 2026-12-01"},
    {{.kind = FS_EVENT_HEARD, .what = FS_ON_BOUNCE, .rule = FS_RULE_BOUNCE_DEAD, .note = "5.1.1"},
     "delivery failed for good (5.1.1): lead ended",
     "endgültig unzustellbar (5.1.1): Lead beendet"},
    {{.kind = FS_EVENT_HEARD,
      .what = FS_ON_NOTICE,
      .rule = FS_RULE_NOTICE_RECORDED,
      .class = "receipt"},
     "read or delivery receipt: recorded only",
     "Lese- oder Empfangsbestätigung: nur vermerkt"},
    {{.kind = FS_EVENT_SAID,
      .what = FS_ON_PAUSE,
      .rule = FS_RULE_SAID_PAUSE,
      .actor = "Anna",
      .pause_reason = FS_PAUSE_NOT_NOW,
      .until_at = 1796083200,
      .note = "budget in December"},
     "Anna said: pause until 2026-12-01 (not now), because: budget in December",
     "Anna entschied: Wiedervorlage bis 2026-12-01 (jetzt nicht), Begründung: budget in December"},
    {{.kind = FS_EVENT_SAID,
      .what = FS_ON_ANSWERED,
      .rule = FS_RULE_SAID_ANSWERED,
      .actor = "Anna",
      .note = "phone: wants a date"},
     "Anna said: the contact answered (by phone: wants a date)",
     "Anna vermerkte: Der Ansprechpartner hat geantwortet (per Telefon: wants a date)"},
    {{.kind = FS_EVENT_TIME,
      .rule = FS_RULE_TIME_PAUSE_OVER,
      .from = FS_STATE_PAUSED,
      .to = FS_STATE_REPLIED},
     "pause over: lead is in conversation again",
     "Wiedervorlage erreicht: Lead ist wieder im Gespräch"},
    {{.kind = FS_EVENT_OFF, .actor = "root", .note = "wrong list"},
     "root switched refusing off: every process only observes, because: wrong list",
     "root hat das Abweisen ausgeschaltet: Jeder Prozess beobachtet nur, Begründung: wrong list"},
    {{.kind = FS_EVENT_START, .note = "0.1.0"},
     "fullstopd started (0.1.0)",
     "fullstopd wurde gestartet (0.1.0)"},
};

START_TEST(an_event_is_told_in_one_line)
{
    ck_assert_str_eq(line_of(FS_LANGUAGE_EN, &told[_i].event), told[_i].english);
    ck_assert_str_eq(line_of(FS_LANGUAGE_DE, &told[_i].event), told[_i].german);
}
END_TEST

static Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *names = tcase_create("names");
    tcase_add_checked_fixture(names, set_up, tear_down);
    tcase_add_test(names, every_text_is_translated);
    tcase_add_test(names, translations_have_the_same_places);
    tcase_add_test(names, every_value_has_a_name);
    tcase_add_test(names, names_are_those_of_their_values);
    tcase_add_test(names, without_a_catalogue_everything_is_english);
    tcase_add_test(names, setup_leaves_environment_and_locale_alone);
    suite_add_tcase(suite, names);
    TCase *reply = tcase_create("reply");
    tcase_add_checked_fixture(reply, set_up, tear_down);
    tcase_add_test(reply, line_1_is_enough_alone);
    tcase_add_loop_test(reply, each_refusal_names_lead_reason_and_since_when, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_test(reply, an_end_without_objection_offers_answer_final_mail_and_resume);
    tcase_add_test(reply, an_objection_offers_no_final_mail);
    tcase_add_test(reply, at_most_five_addresses_are_named);
    tcase_add_test(reply, who_else_was_to_get_it_is_told_that_nobody_did);
    tcase_add_test(reply, percent_signs_are_doubled_and_controls_are_gone);
    tcase_add_test(reply, letters_beyond_ascii_are_spelled_out);
    tcase_add_test(reply, a_command_is_safe_to_paste);
    tcase_add_test(reply, long_addresses_leave_room_for_the_reason);
    tcase_add_test(reply, a_line_is_cut_at_its_cap_and_not_before);
    tcase_add_test(reply, a_text_of_the_process_stands_in_place_of_line_1);
    tcase_add_test(reply, nobody_refused_is_an_error);
    tcase_add_test(reply, lack_of_memory_is_reported);
    suite_add_tcase(suite, reply);
    TCase *lines = tcase_create("why and history");
    tcase_add_checked_fixture(lines, set_up, tear_down);
    tcase_add_test(lines, why_tells_state_rule_evidence_count_and_next_step);
    tcase_add_test(lines, why_names_the_person_who_decided);
    tcase_add_test(lines, why_has_words_for_every_state_reason_and_rule);
    tcase_add_test(lines, every_event_has_a_line_in_both_languages);
    tcase_add_loop_test(lines, an_event_is_told_in_one_line, 0, (int)(sizeof told / sizeof *told));
    suite_add_tcase(suite, lines);
    return suite;
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    SRunner *runner = srunner_create(words_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
