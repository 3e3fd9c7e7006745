/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_facts.c - ids, people, keys, kinds; caps at cap and cap + 1; hostile bytes.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/hash.h"
#include "fullstop/mail.h"
#include "fullstop/text.h"
#include "suite.h"

static struct fs_arena *arena;
static struct fs_buf text;

static void set_up(void)
{
    arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(arena);
    fs_buf_init(&text, 8u << 20);
}

static void tear_down(void)
{
    fs_buf_clear(&text);
    fs_arena_free(arena);
}

static struct fs_facts parse_as(const char *bytes, size_t length_b, const char *queue_id)
{
    struct fs_envelope envelope = {.queue_id = queue_id};
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, bytes, length_b, &envelope, &facts, NULL), FS_OK);
    return facts;
}

static struct fs_facts parse(const char *bytes)
{
    return parse_as(bytes, strlen(bytes), NULL);
}

static struct fs_facts parse_text(void)
{
    return parse_as(text.data, text.length_b, NULL);
}

static void add(const char *bytes)
{
    ck_assert_int_eq(fs_buf_add(&text, bytes, strlen(bytes)), FS_OK);
}

/* ids */

START_TEST(ids_are_read_however_they_are_written)
{
    static const struct {
        const char *field;
        const char *id; /* NULL: none */
    } cases[] = {
        {"<a@x>", "a@x"},
        {"  <A.b@X>  ", "A.b@X"},
        {"a@x", "a@x"},
        {"<a@x> (comment)", "a@x"},
        {"(<no@x>) <a@x>", "a@x"},
        {"(never closed <a@x>", "a@x"},
        {"<a@x", "a@x"},
        {"<a\n b@x>", "ab@x"},
        {"\n <a@x>", "a@x"},
        {"<<a@x>>", "a@x"},
        {"<> <a@x>", "a@x"},
        {"<\"a\\\"b\"@x>", "\"a\"b\"@x"},
        {"=?utf-8?q?=3Ca=40x=3E?=", "a@x"},
        {"no-at-sign", "no-at-sign"},
        {"<no-at-sign>", "no-at-sign"},
        {"", NULL},
        {"<>", NULL},
        {"<> ", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char mail[256];
        snprintf(mail, sizeof mail, "From: a@x.de\nMessage-ID: %s\n\nx\n", cases[i].field);
        const char *id = parse(mail).message_id;
        if (cases[i].id == NULL) {
            ck_assert_msg(id == NULL, "%s: %s", cases[i].field, id);
        } else {
            ck_assert_msg(id != NULL && strcmp(id, cases[i].id) == 0, "%s: %s", cases[i].field,
                          id != NULL ? id : "none");
        }
    }
}
END_TEST

START_TEST(in_reply_to_is_its_first_id_and_no_address_in_a_phrase)
{
    ck_assert_str_eq(parse("In-Reply-To: Mail of jane@x.de of Monday <b@x> <c@x>\n\n").in_reply_to,
                     "b@x");
    ck_assert_str_eq(parse("In-Reply-To: b@x\n\n").in_reply_to, "b@x");
    ck_assert_ptr_null(parse("In-Reply-To: your mail\n\n").in_reply_to);
    ck_assert(!parse("In-Reply-To: your mail\n\n").in_thread);
}
END_TEST

START_TEST(references_come_oldest_first_also_when_broken)
{
    static const char *const forms[] = {
        "References: <a@x> <b@x> <c@x>\n\n",
        "References: <a@x><b@x><c@x>\n\n",
        "References: <a@x>,<b@x>,\n <c@x>\n\n",
        "References: a@x, b@x, c@x\n\n",
        "References: a@x b@x\n\tc@x\n\n",
        "References: <a@x\n <b@x\n <c@x\n\n",
        "References: <a@x>\nReferences: <b@x> <c@x>\n\n",
        "References: <a@x> (x <y@z>) <b@x> <c@x>\n\n",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct fs_facts facts = parse(forms[i]);
        ck_assert_msg(facts.reference_count == 3, "%s: %zu", forms[i], facts.reference_count);
        ck_assert_str_eq(facts.references[0], "a@x");
        ck_assert_str_eq(facts.references[1], "b@x");
        ck_assert_str_eq(facts.references[2], "c@x");
        ck_assert(facts.in_thread);
    }
}
END_TEST

START_TEST(of_many_references_the_last_are_kept)
{
    for (int extra = 0; extra <= 1; extra++) {
        fs_buf_clear(&text);
        add("References:");
        for (int i = 0; i < FS_MAIL_REFERENCES_MAX + extra; i++) {
            ck_assert_int_eq(fs_buf_printf(&text, "\n <%d@x>", i), FS_OK);
        }
        add("\n\nx\n");
        struct fs_facts facts = parse_text();
        ck_assert_uint_eq(facts.reference_count, FS_MAIL_REFERENCES_MAX);
        ck_assert_str_eq(facts.references[0], extra == 0 ? "0@x" : "1@x");
    }
}
END_TEST

START_TEST(a_long_id_is_cut_at_its_cap)
{
    for (size_t extra = 0; extra <= 1; extra++) {
        char id[FS_MAIL_MESSAGE_ID_MAX_B + 2];
        memset(id, 'i', sizeof id);
        id[FS_MAIL_MESSAGE_ID_MAX_B + extra] = '\0';
        fs_buf_clear(&text);
        ck_assert_int_eq(fs_buf_printf(&text, "Message-ID: <%s>\n\nx\n", id), FS_OK);
        ck_assert_uint_eq(strlen(parse_text().message_id), FS_MAIL_MESSAGE_ID_MAX_B);
    }
}
END_TEST

/* people */

START_TEST(the_author_is_found_in_broken_fields)
{
    static const struct {
        const char *field;
        const char *from;
    } cases[] = {
        {"Jane Doe <Jane+x@X.de>", "jane@x.de"},
        {"\"Doe, Jane\" <jane@x.de>, john@x.de", "jane@x.de"},
        {"jane@x.de (Jane Doe)", "jane@x.de"},
        {"=?utf-8?q?J=C3=BCrgen?= <juergen@x.de>", "juergen@x.de"},
        {"J\xfcrgen <juergen@x.de>", "juergen@x.de"},
        {"Jane jane@x.de", "jane@x.de"},
        {"<jane@x.de", "jane@x.de"},
        {"Team: jane@x.de, john@x.de;", "jane@x.de"},
        {"jane@b\xc3\xbc"
         "cher.de",
         "jane@xn--bcher-kva.de"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char mail[256];
        snprintf(mail, sizeof mail, "From: %s\n\nx\n", cases[i].field);
        const char *from = parse(mail).from;
        ck_assert_msg(from != NULL && strcmp(from, cases[i].from) == 0, "%s: %s", cases[i].field,
                      from != NULL ? from : "none");
    }
    ck_assert_ptr_null(parse("From: nobody\n\nx\n").from);
    ck_assert_ptr_null(parse("To: a@x.de\n\nx\n").from);
}
END_TEST

START_TEST(to_and_cc_are_gathered_each_once)
{
    struct fs_facts facts = parse("To: A <a@x.de>, b+1@x.de\nCc: B@x.de, c@x.de\nBcc: d@x.de\n"
                                  "Reply-To: r@x.de\n\nx\n");
    ck_assert_uint_eq(facts.to_count, 3);
    ck_assert_str_eq(facts.to[0], "a@x.de");
    ck_assert_str_eq(facts.to[1], "b@x.de");
    ck_assert_str_eq(facts.to[2], "c@x.de");
    ck_assert_str_eq(facts.reply_to, "r@x.de");
}
END_TEST

START_TEST(addresses_are_taken_to_the_cap)
{
    for (int extra = 0; extra <= 1; extra++) {
        fs_buf_clear(&text);
        add("To: z@x.de");
        for (int i = 1; i < FS_MAIL_ADDRESSES_MAX + extra; i++) {
            ck_assert_int_eq(fs_buf_printf(&text, ",\n a%d@x.de", i), FS_OK);
        }
        add("\n\nx\n");
        ck_assert_uint_eq(parse_text().to_count, FS_MAIL_ADDRESSES_MAX);
    }
    fs_buf_clear(&text);
    add("To: z@x.de");
    for (int i = 1; i < FS_MAIL_ADDRESSES_MAX - 1; i++) {
        ck_assert_int_eq(fs_buf_printf(&text, ",\n a%d@x.de", i), FS_OK);
    }
    add("\n\nx\n");
    ck_assert_uint_eq(parse_text().to_count, FS_MAIL_ADDRESSES_MAX - 1);
}
END_TEST

START_TEST(return_path_says_the_sender_where_no_envelope_does)
{
    ck_assert_str_eq(parse("Return-Path: <Jane@X.de>\n\nx\n").sender, "jane@x.de");
    ck_assert_str_eq(parse("Return-Path: <>\n\nx\n").sender, "");
    ck_assert_str_eq(parse("Return-Path: MAILER-DAEMON\n\nx\n").sender, "");
    ck_assert_ptr_null(parse("From: a@x.de\n\nx\n").sender);
}
END_TEST

START_TEST(the_date_is_read_with_its_zone)
{
    ck_assert_int_eq(parse("Date: Mon, 23 Nov 2026 09:12:00 +0100\n\nx\n").date_at, 1795421520);
    ck_assert_int_eq(parse("Date: yesterday\n\nx\n").date_at, 0);
    ck_assert_int_eq(parse("From: a@x.de\n\nx\n").date_at, 0);
}
END_TEST

/* what an outgoing message is */

START_TEST(kinds_are_read_from_headers_and_parts)
{
    ck_assert(parse("Content-Type: text/calendar; method=REQUEST\n\nx\n").is_invitation);
    ck_assert(!parse("Content-Type: text/calendar; method=CANCEL\n\nx\n").is_invitation);
    ck_assert(parse("List-Unsubscribe: <mailto:u@x.de>\n\nx\n").is_content);
    ck_assert(parse("Precedence: Bulk\n\nx\n").is_content);
    ck_assert(!parse("Precedence: list\n\nx\n").is_content);
    ck_assert(parse("Auto-Submitted: auto-replied; x=y\n\nx\n").is_our_auto);
    ck_assert(!parse("Auto-Submitted: auto-generated\n\nx\n").is_our_auto);
    ck_assert(parse("Content-Type: multipart/report; boundary=b\n\n--b--\n").is_our_auto);
    ck_assert(parse("Content-Type: text/calendar; method=CANCEL\n\nx\n").is_our_auto);
    ck_assert(parse("X-Fullstop-Final: Yes\n\nx\n").final_mark);
    ck_assert(!parse("X-Fullstop-Final: no\n\nx\n").final_mark);
    ck_assert(parse("Subject: [schluss] Danke\n\nx\n").final_mark);
    ck_assert(!parse("Subject: Re: [schluss] Danke\n\nx\n").final_mark);
}
END_TEST

/* keys */

static const char *key_of(const char *mail, const char *queue_id)
{
    return parse_as(mail, strlen(mail), queue_id).key;
}

START_TEST(the_key_is_the_id_unless_the_mta_made_it)
{
    static const char mail[] = "From: a@x.de\nMessage-ID: <20261123.4AbCdE1234@mx.x.de>\n\nx\n";
    ck_assert_str_eq(key_of(mail, NULL), "id:20261123.4AbCdE1234@mx.x.de");
    ck_assert_str_eq(key_of(mail, "4AbCdE9999"), "id:20261123.4AbCdE1234@mx.x.de");
    const char *hashed = key_of(mail, "4AbCdE1234");
    ck_assert_int_eq(strncmp(hashed, "sha256:", 7), 0);
    ck_assert_uint_eq(strlen(hashed), 7 + 64);
}
END_TEST

START_TEST(a_hashed_key_survives_a_retry_and_tells_messages_apart)
{
#define HEAD "From: a@x.de\nTo: b@x.de\nSubject: s\n"
    const char *key = key_of(HEAD "\nhello\n", NULL);
    ck_assert_str_eq(key_of(HEAD "Date: Mon, 23 Nov 2026 09:12:00 +0100\n\nhello\n", NULL), key);
    ck_assert_str_eq(key_of("From: a@x.de\r\nTo: b@x.de\r\nSubject: s\r\n\r\nhello\r\n", NULL),
                     key);
    ck_assert_str_ne(key_of(HEAD "\nhullo\n", NULL), key);
    ck_assert_str_ne(key_of("From: a@x.de\nTo: c@x.de\nSubject: s\n\nhello\n", NULL), key);
    ck_assert_str_ne(key_of("From: a@x.de\nTo: b@x.de\nSubject: t\n\nhello\n", NULL), key);
    ck_assert_str_ne(key_of("From: c@x.de\nTo: b@x.de\nSubject: s\n\nhello\n", NULL), key);
#define PARTS(b)                                                                                   \
    HEAD "Content-Type: multipart/mixed; boundary=" b "\n\n--" b "\n\nhello\n--" b "--\n"
    ck_assert_str_eq(key_of(PARTS("one"), NULL), key_of(PARTS("two"), NULL));
}
END_TEST

START_TEST(the_body_is_asked_for_only_where_it_is_needed)
{
    static const struct {
        const char *headers;
        bool needed;
    } cases[] = {
        {"Message-ID: <a@x>\r\nContent-Type: text/plain\r\n\r\n", false},
        {"Message-ID: <a@x>\r\n", false},
        {"Message-ID:\r\n <a@x>\r\n", false},
        {"message-id : <a@x>\n", false},
        {"From: a@x.de\r\n", true},
        {"Message-ID:\r\nFrom: a@x.de\r\n", true},
        {"Message-ID: <1.4AbCdE1234@x>\r\n", true},
        {"Message-ID: <a@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n", true},
        {"Message-ID: <a@x>\r\nContent-Type:\r\n\tMultipart/Mixed;\r\n boundary=b\r\n", true},
        {"Message-ID: <a@x>\r\ncontent-type: text/calendar\r\n", true},
        {"Message-ID: <a@x>\r\nX-Content-Type: multipart/mixed\r\n", false},
        {"Subject: a\r\n Content-Type: multipart/mixed\r\nMessage-ID: <a@x>\r\n", false},
        {"Message-ID: <>\r\n", true},
        {"Message-ID: <\x01>\r\n", true},
        {"Message-ID: =?utf-8?Q?4AbCdE=31234?=\r\n", true},
        {"Message-ID: <4AbCdE 1234@x>\r\n", true},
        {"Message-ID: <a@x>\r\nContent-Type: (c) multipart/mixed; boundary=b\r\n", true},
        {"", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool needed = fs_mail_needs_body(cases[i].headers, strlen(cases[i].headers), "4AbCdE1234");
        ck_assert_msg(needed == cases[i].needed, "%s", cases[i].headers);
    }
    static const char nul_first[] = "Message-ID: \0<a@x>\r\n"; /* read as no id at all */
    ck_assert(fs_mail_needs_body(nul_first, sizeof nul_first - 1, "4AbCdE1234"));
}
END_TEST

/* caps */

START_TEST(fields_are_read_to_the_cap_and_the_body_stays)
{
    for (int extra = 0; extra <= 1; extra++) {
        fs_buf_clear(&text);
        for (int i = 0; i < FS_MAIL_HEADERS_MAX - 1 + extra; i++) {
            add("X-Filler: y\n");
        }
        add("Subject: unsubscribe\n\nbody\n");
        ck_assert_int_eq(parse_text().opt_out, extra == 0 ? FS_ANSWER_YES : FS_ANSWER_NO);
    }
}
END_TEST

START_TEST(header_bytes_are_read_to_the_cap)
{
    static const char last[] = "Auto-Submitted: auto-replied\n";
    for (size_t extra = 0; extra <= 1; extra++) {
        fs_buf_clear(&text);
        add("From: a@x.de\nX-Filler: ");
        while (text.length_b < FS_MAIL_HEADER_MAX_B - strlen(last) - 1 + extra) {
            add("y");
        }
        add("\n");
        add(last);
        add("\nbody\n");
        ck_assert_int_eq(parse_text().class, extra == 0 ? FS_CLASS_AUTO_REPLY : FS_CLASS_HUMAN);
    }
}
END_TEST

START_TEST(body_bytes_are_read_to_the_cap)
{
    static const char last[] = "--q\nContent-Type: text/calendar; method=REPLY\n\nx\n--q--\n";
    for (size_t extra = 0; extra <= 1; extra++) {
        fs_buf_clear(&text);
        add("From: a@x.de\nContent-Type: multipart/mixed; boundary=q\n\n");
        size_t body_at = text.length_b;
        add("--q\n\n");
        size_t want_b = body_at + FS_MAIL_BODY_MAX_B - strlen(last) - 1;
        while (text.length_b < want_b) {
            add("y");
        }
        add("\n");
        if (extra == 1) { /* the whole last part lies beyond */
            for (size_t i = 0; i < sizeof last; i++) {
                add("y");
            }
            add("\n");
        }
        add(last);
        ck_assert_int_eq(parse_text().class, extra == 0 ? FS_CLASS_CALENDAR : FS_CLASS_HUMAN);
    }
}
END_TEST

START_TEST(parts_are_walked_to_the_cap)
{
    for (int extra = 0; extra <= 1; extra++) {
        fs_buf_clear(&text);
        add("From: a@x.de\nContent-Type: multipart/mixed; boundary=q\n\n");
        for (int i = 0; i < FS_MAIL_PARTS_MAX - 2 + extra; i++) { /* the multipart counts too */
            add("--q\nContent-Type: text/plain\n\ny\n");
        }
        add("--q\nContent-Type: text/calendar; method=REPLY\n\nx\n--q--\n");
        ck_assert_int_eq(parse_text().class, extra == 0 ? FS_CLASS_CALENDAR : FS_CLASS_HUMAN);
    }
}
END_TEST

static void nest(int levels)
{
    fs_buf_clear(&text);
    add("From: a@x.de\n");
    for (int i = 0; i < levels; i++) {
        ck_assert_int_eq(
            fs_buf_printf(&text, "Content-Type: multipart/mixed; boundary=q%d\n\n--q%d\n", i, i),
            FS_OK);
    }
    add("Content-Type: text/calendar; method=REPLY\n\nx\n");
}

START_TEST(nesting_is_followed_to_the_cap)
{
    nest(FS_MAIL_DEPTH_MAX - 1);
    ck_assert_int_eq(parse_text().class, FS_CLASS_CALENDAR);
    nest(FS_MAIL_DEPTH_MAX);
    ck_assert_int_eq(parse_text().class, FS_CLASS_HUMAN);
}
END_TEST

START_TEST(absurd_nesting_is_survived)
{
    nest(5000);
    ck_assert_int_eq(parse_text().class, FS_CLASS_HUMAN);
    fs_buf_clear(&text);
    add("From: a@x.de\n");
    for (int i = 0; i < 5000; i++) {
        add("Content-Type: message/rfc822\n\n");
    }
    ck_assert_int_eq(parse_text().class, FS_CLASS_HUMAN);
}
END_TEST

START_TEST(stray_parentheses_cost_no_more_than_their_length)
{
    add("In-Reply-To: ");
    while (text.length_b < FS_MAIL_HEADER_MAX_B - 100) {
        add("((((((((((((((((");
    }
    add(" <a@x>\n\nx\n");
    ck_assert_str_eq(parse_text().in_reply_to, "a@x");
}
END_TEST

/* hostile bytes */

START_TEST(saved_files_may_begin_with_blank_lines_and_a_separator)
{
    ck_assert_str_eq(parse("From jane@x.de Mon Nov 23\nFrom: jane@x.de\n\nx\n").from, "jane@x.de");
    ck_assert_str_eq(parse("   \r\n\nFrom: jane@x.de\n\nx\n").from, "jane@x.de");
}
END_TEST

START_TEST(nul_bytes_and_any_bytes_are_survived)
{
    static const char nul[] = "From: a@x.de\0evil\nSubject: x\0y\nMessage-ID: <a\0b@x>\n\n\0\0\n";
    parse_as(nul, sizeof nul - 1, NULL);
    parse_as("", 0, NULL);
    parse_as("\n", 1, NULL);
    parse_as("\0", 1, NULL);
    parse_as("From ", 5, NULL);
    parse_as(":\n:\n:", 5, NULL);
    char all[4096];
    for (size_t i = 0; i < sizeof all; i++) {
        all[i] = (char)(i % 256);
    }
    parse_as(all, sizeof all, NULL);
}
END_TEST

static const char seed_mail[] =
    "Return-Path: <>\nFrom: =?utf-8?q?J=C3=BC?= <j@x.de>\nTo: a@x.de, G: b@x.de;\n"
    "Subject: =?gb2312?B?19S2r7vYuLQ=?=\nMessage-ID: <a@x>\nReferences: <a@x> (c) <b@x>\n"
    "Date: Mon, 23 Nov 2026 09:12:00 +0100\nX-Failed-Recipients: c@x.de\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"q\"\n\n"
    "--q\nContent-Type: text/plain; charset=utf-7\n\nHi\n"
    "--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
    "Original-Recipient: rfc822;a@x.de\nFinal-Recipient: rfc822; b@x.de\nAction: failed\n"
    "Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 <b@x.de>\n no\n\n"
    "--q\nContent-Type: text/calendar\nContent-Transfer-Encoding: base64\n\nTUVUSE9EOlJFUExZ\n"
    "--q\nContent-Type: message/rfc822\n\nMessage-ID: <r@x>\n\nx\n"
    "--q\nContent-Type: text/rfc822-headers\n\nMessage-ID: <s@x>\n--q--\n";

START_TEST(damaged_mail_gives_facts_and_no_failure)
{
    uint32_t state = 20261124;
    char bytes[sizeof seed_mail];
    for (int round = 0; round < 3000; round++) {
        size_t length_b = sizeof seed_mail - 1;
        memcpy(bytes, seed_mail, sizeof bytes);
        for (int i = 0; i < 8; i++) {
            state = state * 1664525u + 1013904223u;
            bytes[(state >> 8) % length_b] = (char)(state >> 24);
        }
        if (round % 3 == 0) {
            length_b = (state >> 4) % length_b;
        }
        struct fs_facts facts = parse_as(bytes, length_b, "ABCDEF");
        ck_assert_ptr_nonnull(facts.rule);
        ck_assert_ptr_nonnull(facts.key);
    }
}
END_TEST

START_TEST(memory_that_runs_out_is_said_and_the_output_untouched)
{
    for (size_t cap_b = 1; cap_b < 20000; cap_b += 97) {
        struct fs_arena *small = fs_arena_new(cap_b);
        struct fs_facts facts = {.message_id = "untouched"};
        struct fs_error err;
        enum fs_status status =
            fs_mail_parse(small, seed_mail, sizeof seed_mail - 1, NULL, &facts, &err);
        if (status == FS_OK) {
            ck_assert_str_eq(facts.message_id, "a@x");
        } else {
            ck_assert_int_eq(status, FS_NOMEM);
            ck_assert_str_eq(facts.message_id, "untouched");
        }
        fs_arena_free(small);
    }
}
END_TEST

static Suite *facts_suite(void)
{
    Suite *suite = suite_create("mail facts");
    TCase *tcase = tcase_create("facts");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, ids_are_read_however_they_are_written);
    tcase_add_test(tcase, in_reply_to_is_its_first_id_and_no_address_in_a_phrase);
    tcase_add_test(tcase, references_come_oldest_first_also_when_broken);
    tcase_add_test(tcase, of_many_references_the_last_are_kept);
    tcase_add_test(tcase, a_long_id_is_cut_at_its_cap);
    tcase_add_test(tcase, the_author_is_found_in_broken_fields);
    tcase_add_test(tcase, to_and_cc_are_gathered_each_once);
    tcase_add_test(tcase, addresses_are_taken_to_the_cap);
    tcase_add_test(tcase, return_path_says_the_sender_where_no_envelope_does);
    tcase_add_test(tcase, the_date_is_read_with_its_zone);
    tcase_add_test(tcase, kinds_are_read_from_headers_and_parts);
    tcase_add_test(tcase, the_key_is_the_id_unless_the_mta_made_it);
    tcase_add_test(tcase, a_hashed_key_survives_a_retry_and_tells_messages_apart);
    tcase_add_test(tcase, the_body_is_asked_for_only_where_it_is_needed);
    tcase_add_test(tcase, fields_are_read_to_the_cap_and_the_body_stays);
    tcase_add_test(tcase, header_bytes_are_read_to_the_cap);
    tcase_add_test(tcase, body_bytes_are_read_to_the_cap);
    tcase_add_test(tcase, parts_are_walked_to_the_cap);
    tcase_add_test(tcase, nesting_is_followed_to_the_cap);
    tcase_add_test(tcase, absurd_nesting_is_survived);
    tcase_add_test(tcase, stray_parentheses_cost_no_more_than_their_length);
    tcase_add_test(tcase, saved_files_may_begin_with_blank_lines_and_a_separator);
    tcase_add_test(tcase, nul_bytes_and_any_bytes_are_survived);
    tcase_add_test(tcase, damaged_mail_gives_facts_and_no_failure);
    tcase_add_test(tcase, memory_that_runs_out_is_said_and_the_output_untouched);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK) {
        return 1;
    }
    int status = run_all(facts_suite());
    fs_mail_teardown();
    return status;
}
