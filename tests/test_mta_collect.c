/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mta_collect.c - messages gathered from the MTA under caps, and their log lines.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../milter/mta/mta_line.h"
#include "../milter/mta/mta_message.h"
#include "fullstop/mail.h"
#include "suite.h"

static const char CONFIG[] = "our_domains = { \"example.com\", \"@.example.com\" }\n"
                             "process \"sales\" {\n"
                             "    senders = { \"@sales.example.com\" }\n"
                             "    flag { header = \"X-Sales-Flag\" }\n"
                             "}\n";

static const struct fs_config *config;

static void load_config(void)
{
    char directory[] = "/tmp/fullstop-test-XXXXXX";
    char path[64];
    struct fs_error error = {0};
    ck_assert_ptr_nonnull(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/fullstop.conf", directory);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(CONFIG, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    enum fs_status status = fs_config_load(path, &config, &error);
    (void)unlink(path);
    (void)rmdir(directory);
    ck_assert_msg(status == FS_OK, "%s", error.text);
}

static void drop_config(void)
{
    fs_config_unref(config);
}

static struct mta_message *message_new(void)
{
    struct mta_message *message = mta_message_new(fs_config_ref(config), "<anna@example.com>");
    ck_assert_ptr_nonnull(message);
    return message;
}

static int count_of(const struct mta_message *message, const char *name)
{
    for (size_t i = 0; i < message->our_count; i++)
        if (fs_text_equal(message->ours[i].name, name))
            return message->ours[i].count;
    return 0;
}

START_TEST(header_values_keep_the_space_that_the_mta_gave)
{
    struct mta_message *message = message_new();
    mta_message_add_header(message, "Subject", " one\n\ttwo", true);
    mta_message_add_header(message, "X-Empty", "", true);
    mta_message_end_headers(message, true);
    ck_assert(mta_message_add_body(message, (const unsigned char *)"Hi\r\n", 4));
    ck_assert_str_eq(message->raw.data, "Subject: one\n\ttwo\r\nX-Empty:\r\n\r\nHi\r\n");
    ck_assert_uint_eq(message->header_b, strlen("Subject: one\n\ttwo\r\nX-Empty:\r\n"));
    mta_message_free(message);
}
END_TEST

START_TEST(a_space_is_put_where_the_mta_took_it_away)
{
    struct mta_message *message = message_new();
    mta_message_add_header(message, "Subject", "one", false);
    ck_assert_str_eq(message->raw.data, "Subject: one\r\n");
    mta_message_free(message);
}
END_TEST

START_TEST(our_headers_are_counted_in_any_case_and_still_read)
{
    struct mta_message *message = message_new();
    mta_message_add_header(message, "X-Fullstop-Final", " yes", true);
    mta_message_add_header(message, "x-fullstop-FINAL", " yes", true);
    mta_message_add_header(message, "X-FULLSTOP-Anything", " 1", true);
    mta_message_add_header(message, "x-sales-flag", " over; id=1", true);
    mta_message_add_header(message, "X-Fullstopper", " not ours", true);
    ck_assert_int_eq(count_of(message, "X-Fullstop-Final"), 2);
    ck_assert_int_eq(count_of(message, "X-Fullstop-Anything"), 1);
    ck_assert_int_eq(count_of(message, "X-Sales-Flag"), 1);
    ck_assert_int_eq(count_of(message, "X-Fullstopper"), 0);
    ck_assert_ptr_nonnull(strstr(message->raw.data, "X-Fullstop-Final: yes"));
    mta_message_free(message);
}
END_TEST

START_TEST(our_headers_are_counted_beyond_the_header_cap)
{
    struct mta_message *message = message_new();
    for (int i = 0; i < FS_MAIL_HEADERS_MAX; i++)
        mta_message_add_header(message, "X-Filler", " 1", true);
    size_t before_b = message->raw.length_b;
    mta_message_add_header(message, "X-Fullstop-Flag", " pass", true);
    ck_assert_int_eq(count_of(message, "X-Fullstop-Flag"), 1);
    ck_assert_uint_eq(message->raw.length_b, before_b);
    ck_assert_uint_eq(message->header_count, FS_MAIL_HEADERS_MAX);
    mta_message_free(message);
}
END_TEST

START_TEST(a_flood_of_our_names_is_no_failure_and_is_noticed)
{
    struct mta_message *message = message_new();
    size_t room = MTA_OUR_HEADERS_MAX - message->our_count;
    char name[64];
    for (size_t i = 0; i < room; i++) {
        (void)snprintf(name, sizeof name, "X-Fullstop-%zu", i);
        mta_message_add_header(message, name, " 1", true);
    }
    ck_assert(!message->has_ours_left);
    mta_message_add_header(message, "X-Fullstop-one-more", " 1", true);
    ck_assert(message->has_ours_left);
    mta_message_add_header(message, "X-Sales-Flag", " 1", true);
    ck_assert_int_eq(count_of(message, "X-Sales-Flag"), 1);
    ck_assert_int_eq(message->failure, FS_OK);
    mta_message_free(message);
}
END_TEST

START_TEST(header_bytes_end_at_their_cap)
{
    struct mta_message *message = message_new();
    char *value = malloc(FS_MAIL_HEADER_MAX_B + 1);
    ck_assert_ptr_nonnull(value);
    memset(value, 'x', FS_MAIL_HEADER_MAX_B);
    value[FS_MAIL_HEADER_MAX_B] = '\0';
    mta_message_add_header(message, "A", value, true);
    ck_assert_uint_eq(message->raw.length_b, 0);
    value[FS_MAIL_HEADER_MAX_B - 5] = '\0'; /* "A", colon and line end are four, one spare */
    mta_message_add_header(message, "A", value, true);
    ck_assert_uint_eq(message->raw.length_b, FS_MAIL_HEADER_MAX_B - 1);
    mta_message_add_header(message, "B", "", true);
    ck_assert_uint_eq(message->raw.length_b, FS_MAIL_HEADER_MAX_B - 1);
    ck_assert_int_eq(message->failure, FS_OK);
    mta_message_end_headers(message, true);
    ck_assert(mta_message_add_body(message, (const unsigned char *)"b", 1));
    free(value);
    mta_message_free(message);
}
END_TEST

START_TEST(the_body_ends_at_its_cap)
{
    struct mta_message *message = message_new();
    unsigned char *bytes = calloc(1, FS_MAIL_BODY_MAX_B + 1);
    ck_assert_ptr_nonnull(bytes);
    mta_message_end_headers(message, true);
    ck_assert(mta_message_add_body(message, bytes, FS_MAIL_BODY_MAX_B - 1));
    ck_assert(!mta_message_add_body(message, bytes, 1));
    ck_assert(!mta_message_add_body(message, bytes, FS_MAIL_BODY_MAX_B + 1));
    ck_assert_uint_eq(message->body_b, FS_MAIL_BODY_MAX_B);
    ck_assert_uint_eq(message->raw.length_b, FS_MAIL_BODY_MAX_B + 2);
    ck_assert_int_eq(message->failure, FS_OK);
    free(bytes);
    mta_message_free(message);
}
END_TEST

START_TEST(a_body_that_is_not_needed_is_not_kept)
{
    struct mta_message *message = message_new();
    mta_message_add_header(message, "A", " 1", true);
    mta_message_end_headers(message, false);
    ck_assert(!mta_message_add_body(message, (const unsigned char *)"body", 4));
    ck_assert_str_eq(message->raw.data, "A: 1\r\n\r\n");
    mta_message_free(message);
}
END_TEST

START_TEST(recipients_keep_their_bytes_beside_the_canonical_form)
{
    struct mta_message *message = message_new();
    mta_message_add_recipient(message, "<Jane+News@X.DE>", "other@x.de");
    mta_message_add_recipient(message, "<\"no address>", NULL);
    ck_assert(!message->has_our_recipient);
    mta_message_add_recipient(message, "<anna@Mail.Example.com>", NULL);
    ck_assert(message->has_our_recipient);
    ck_assert_uint_eq(message->recipient_count, 3);
    ck_assert_str_eq(message->rcpt_args[0], "<Jane+News@X.DE>");
    ck_assert_str_eq(message->recipients[0], "jane@x.de");
    ck_assert_str_eq(message->rcpt_args[1], "<\"no address>");
    ck_assert_ptr_null(message->recipients[1]);
    ck_assert(!message->has_odd_recipient);
    ck_assert_int_eq(message->failure, FS_OK);
    mta_message_free(message);
}
END_TEST

/* An MTA makes an address of more than RFC 5321 allows. */
static const struct {
    const char *arg;
    const char *read;
} odd[] = {
    {"<@relay.test:jane@x.de>", "jane@x.de"}, {"< jane@x.de >", "jane@x.de"},
    {"<\\jane@x.de>", "\\jane@x.de."},        {"<jane(c)@x.de>", "jane@x.de"},
    {"<jane@x.de>,", "Jane@x.de."},           {"<@relay.test:jane@x.de>", NULL},
};

START_TEST(recipients_in_odd_forms_are_who_the_mta_takes_them_for)
{
    struct mta_message *message = message_new();
    mta_message_add_recipient(message, "<anna@x.de>", "anna@x.de");
    ck_assert(!message->has_odd_recipient);
    mta_message_add_recipient(message, odd[_i].arg, odd[_i].read);
    ck_assert_ptr_nonnull(message->recipients[1]);
    ck_assert_str_eq(message->recipients[1], "jane@x.de");
    ck_assert_str_eq(message->rcpt_args[1], odd[_i].arg);
    ck_assert(message->has_odd_recipient);
    mta_message_free(message);
}
END_TEST

START_TEST(one_recipient_too_many_is_noticed)
{
    struct mta_message *message = message_new();
    for (int i = 0; i < FS_RECIPIENTS_MAX; i++)
        mta_message_add_recipient(message, "<a@x.de>", NULL);
    ck_assert(!message->has_too_many_recipients);
    mta_message_add_recipient(message, "<b@x.de>", NULL);
    ck_assert(message->has_too_many_recipients);
    ck_assert_uint_eq(message->recipient_count, FS_RECIPIENTS_MAX);
    mta_message_free(message);
}
END_TEST

static void expect_markable(const struct mta_message *message, size_t at, const char *name,
                            int index, const char *value)
{
    ck_assert_str_eq(message->markable[at].name, name);
    ck_assert_int_eq(message->markable[at].index, index);
    ck_assert_str_eq(message->markable[at].value, value);
}

START_TEST(fields_that_may_carry_the_mark_are_kept_beyond_the_header_cap)
{
    struct mta_message *message = message_new();
    mta_message_add_header(message, "subject", " [final] one", true);
    for (int i = 0; i < FS_MAIL_HEADERS_MAX; i++)
        mta_message_add_header(message, "X-Filler", " 1", true);
    mta_message_add_header(message, "Thread-Topic", " [final] one", true);
    mta_message_add_header(message, "Subject", " [final] two", true);
    ck_assert_uint_eq(message->markable_count, 3);
    expect_markable(message, 0, "Subject", 1, " [final] one");
    expect_markable(message, 1, "Thread-Topic", 1, " [final] one");
    expect_markable(message, 2, "Subject", 2, " [final] two");
    for (int i = 0; i < MTA_MARKABLE_MAX; i++)
        mta_message_add_header(message, "Subject", " more", true);
    ck_assert_uint_eq(message->markable_count, MTA_MARKABLE_MAX);
    mta_message_free(message);
}
END_TEST

/* ---- the log line ---- */

static const struct fs_process PROCESS = {.name = "sales"};
static const struct mta_course OUTBOUND = {MTA_OUTBOUND, "login", "sender"};

START_TEST(the_line_of_one_recipient_says_direction_count_and_verdict)
{
    struct fs_ruling_recipient recipient = {
        .address = "jane@x.de",
        .verdict = FS_VERDICT_PASS,
        .rule = FS_RULE_TOUCH_COUNTED,
        .lead = {.state = FS_STATE_ACTIVE, .unanswered = 3, .rule = FS_RULE_TOUCH_FIRST},
        .limit = 4,
        .event_id = "mx1-17"};
    struct fs_ruling ruling = {.mode = FS_MODE_ENFORCE,
                               .disposition = FS_DISPOSITION_PASSED,
                               .verdict = FS_VERDICT_PASS,
                               .recipients = &recipient,
                               .recipient_count = 1};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_outbound(&line, &OUTBOUND, &PROCESS, &ruling);
    ck_assert_str_eq(line.data, "direction=outbound signal=login process=sales lead=jane@x.de "
                                "unanswered=3/4 state=active verdict=pass disposition=passed "
                                "mode=enforce rule=touch.counted id=mx1-17");
    fs_buf_clear(&line);
}
END_TEST

START_TEST(the_line_says_why_the_mode_is_another)
{
    struct fs_ruling ruling = {.mode = FS_MODE_FLAG, .off = true, .deaf = true};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_outbound(&line, &OUTBOUND, &PROCESS, &ruling);
    ck_assert_ptr_nonnull(strstr(line.data, " mode=flag"));
    ck_assert_ptr_nonnull(strstr(line.data, " off=yes deaf=yes"));
    fs_buf_clear(&line);
}
END_TEST

START_TEST(the_line_of_many_recipients_names_five_refused_ones_and_the_total)
{
    static const char *const NAMES[] = {"a@x.de", "b@x.de", "c@x.de", "d@x.de",
                                        "e@x.de", "f@x.de", "g@x.de", NULL};
    struct fs_ruling_recipient recipients[8] = {0};
    for (size_t i = 0; i < 8; i++) {
        recipients[i].address = NAMES[i];
        recipients[i].refused = i > 0;
        recipients[i].event_id = "mx1-1";
        recipients[i].limit = (int)i;
    }
    struct fs_ruling ruling = {.recipients = recipients, .recipient_count = 8, .refused_count = 7};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_outbound(&line, &OUTBOUND, &PROCESS, &ruling);
    ck_assert_ptr_nonnull(strstr(line.data, " lead=b@x.de,c@x.de,d@x.de,e@x.de,f@x.de,+1 "));
    ck_assert_ptr_nonnull(strstr(line.data, " unanswered=0/1 "));
    ck_assert_ptr_nonnull(strstr(line.data, " recipients=8 refused=7"));
    fs_buf_clear(&line);
}
END_TEST

START_TEST(two_recipients_that_are_one_contact_are_named_once)
{
    struct fs_ruling_recipient recipients[3] = {
        {.address = "a@x.de"}, {.address = "b@x.de"}, {.address = "a@x.de"}};
    struct fs_ruling ruling = {.recipients = recipients, .recipient_count = 3};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_outbound(&line, &OUTBOUND, &PROCESS, &ruling);
    ck_assert_ptr_nonnull(strstr(line.data, " lead=a@x.de,b@x.de "));
    ck_assert_ptr_nonnull(strstr(line.data, " recipients=3 "));
    fs_buf_clear(&line);
}
END_TEST

START_TEST(an_address_cannot_forge_a_key_of_the_line)
{
    struct fs_ruling_recipient recipient = {.address = "\"x verdict=pass\"@x.de"};
    struct fs_ruling ruling = {
        .verdict = FS_VERDICT_OVER, .recipients = &recipient, .recipient_count = 1};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_outbound(&line, &OUTBOUND, &PROCESS, &ruling);
    ck_assert_ptr_null(strstr(line.data, " verdict=pass"));
    ck_assert_ptr_nonnull(strstr(line.data, " verdict=over"));
    ck_assert_ptr_nonnull(strstr(line.data, " id=none"));
    fs_buf_clear(&line);
}
END_TEST

START_TEST(the_line_of_an_answer_says_what_it_did)
{
    struct fs_facts facts = {.class = FS_CLASS_HUMAN, .rule = "human"};
    struct fs_hearing_lead lead = {.process = "sales",
                                   .contact = "jane@x.de",
                                   .from = FS_STATE_ACTIVE,
                                   .to = FS_STATE_REPLIED,
                                   .rule = FS_RULE_ANSWER};
    struct fs_hearing hearing = {
        .what = FS_ON_ANSWER, .match = "thread", .leads = &lead, .lead_count = 1};
    struct mta_course course = {MTA_INBOUND, "none", "outside"};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_inbound(&line, &course, &facts, &hearing);
    ck_assert_str_eq(line.data,
                     "direction=inbound signal=none reason=outside class=human class-rule=human "
                     "match=thread leads=1 process=sales lead=jane@x.de from=active to=replied "
                     "rule=answer unanswered=0");
    fs_buf_clear(&line);
}
END_TEST

START_TEST(the_line_of_an_objection_says_whose_it_is_lead_or_not)
{
    struct fs_facts facts = {.class = FS_CLASS_HUMAN, .rule = "human", .opt_out = FS_ANSWER_YES};
    struct fs_hearing hearing = {.what = FS_ON_OPT_OUT, .suppressed = "\"e v=e\"@x.de"};
    struct mta_course course = {MTA_INBOUND, "none", "outside"};
    struct fs_buf line;
    fs_buf_init(&line, MTA_LINE_MAX_B);
    mta_line_inbound(&line, &course, &facts, &hearing);
    ck_assert_str_eq(line.data,
                     "direction=inbound signal=none reason=outside class=human class-rule=human "
                     "match=none leads=0 suppressed=\"e?v=e\"@x.de");
    fs_buf_clear(&line);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("mta collect");
    TCase *caps = tcase_create("collect");
    tcase_add_checked_fixture(caps, load_config, drop_config);
    tcase_add_test(caps, header_values_keep_the_space_that_the_mta_gave);
    tcase_add_test(caps, a_space_is_put_where_the_mta_took_it_away);
    tcase_add_test(caps, our_headers_are_counted_in_any_case_and_still_read);
    tcase_add_test(caps, our_headers_are_counted_beyond_the_header_cap);
    tcase_add_test(caps, a_flood_of_our_names_is_no_failure_and_is_noticed);
    tcase_add_test(caps, header_bytes_end_at_their_cap);
    tcase_add_test(caps, the_body_ends_at_its_cap);
    tcase_add_test(caps, a_body_that_is_not_needed_is_not_kept);
    tcase_add_test(caps, recipients_keep_their_bytes_beside_the_canonical_form);
    tcase_add_loop_test(caps, recipients_in_odd_forms_are_who_the_mta_takes_them_for, 0,
                        sizeof(odd) / sizeof(odd[0]));
    tcase_add_test(caps, one_recipient_too_many_is_noticed);
    tcase_add_test(caps, fields_that_may_carry_the_mark_are_kept_beyond_the_header_cap);
    suite_add_tcase(made, caps);
    TCase *lines = tcase_create("line");
    tcase_add_test(lines, the_line_of_one_recipient_says_direction_count_and_verdict);
    tcase_add_test(lines, the_line_says_why_the_mode_is_another);
    tcase_add_test(lines, the_line_of_many_recipients_names_five_refused_ones_and_the_total);
    tcase_add_test(lines, two_recipients_that_are_one_contact_are_named_once);
    tcase_add_test(lines, an_address_cannot_forge_a_key_of_the_line);
    tcase_add_test(lines, the_line_of_an_answer_says_what_it_did);
    tcase_add_test(lines, the_line_of_an_objection_says_whose_it_is_lead_or_not);
    suite_add_tcase(made, lines);
    return made;
}

int main(void)
{
    return run_all(suite());
}
