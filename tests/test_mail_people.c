/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_people.c - who wrote a message that a list or a gateway sends in its own name,
 * and the ids that a returned mail had before a relay gave it another.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena_fixture.h"
#include "fullstop/hash.h"
#include "fullstop/mail.h"

static struct fs_facts parse(const char *bytes)
{
    struct fs_facts facts;
    ck_assert_int_eq(fs_mail_parse(arena, bytes, strlen(bytes), NULL, &facts, NULL), FS_OK);
    return facts;
}

#define LIST "List-Id: <sales.example.com>\nList-Post: <mailto:sales@example.com>\n"

static const struct {
    const char *header;
    const char *author; /* NULL: From is as written */
} originals[] = {
    /* the field that keeps the first From, with and without a name, encoded, the surest first */
    {"From: \"'Jana' via Sales\" <sales@example.com>\nX-Original-From: Jana <Jana@Kunde.example>\n",
     "jana@kunde.example"},
    {"From: sales@example.com\nX-Original-Sender: jana@kunde.example\n", "jana@kunde.example"},
    {"From: sales@example.com\nX-Google-Original-From: =?utf-8?q?J=C3=B6rg?= <j@kunde.example>\n",
     "j@kunde.example"},
    {"From: sales@example.com\nX-Original-Sender: s@list.example\n"
     "X-Original-From: jana@kunde.example\n",
     "jana@kunde.example"},
    {"From: sales@example.com\nX-Original-From: Jana (no at sign)\n", NULL},
    {"From: sales@example.com\nX-Original-From:\n", NULL},
    /* lists name the author there also when they left From alone */
    {"From: jana@kunde.example\nX-Original-Sender: jana@kunde.example\n" LIST, NULL},
    {"From: jana@kunde.example\nReply-To: sales@example.com\n" LIST, NULL},
    /* lists that keep the author in Reply-To only */
    {"From: Jana via Sales <sales@example.com>\nReply-To: Jana <jana@kunde.example>\n" LIST,
     "jana@kunde.example"},
    {"From: Jana via Sales <sales@example.com>\n"
     "Reply-To: sales@example.com, jana@kunde.example\n" LIST,
     "jana@kunde.example"},
    {"From: \"Jana (via sales Mailing List)\" <sales@example.com>\nReply-To: jana@kunde.example\n"
     "Mailing-List: contact sales-help@example.com\n",
     "jana@kunde.example"},
    {"From: =?utf-8?q?J=C3=B6rg_via_Sales?= <sales@example.com>\nReply-To: j@kunde.example\n"
     "List-Id: <sales.example.com>\n",
     "j@kunde.example"},
    {"From: Jana <sales@example.com>\nReply-To: jana@kunde.example\n" LIST, "jana@kunde.example"},
    {"From: Jana <sales@example.com>\nReply-To: sales@example.com\nX-MailFrom: "
     "j@kunde.example\n" LIST,
     "j@kunde.example"},
    {"From: Jana <sales@example.com>\n" LIST, NULL},
    /* no list: a Reply-To is where the writer wants answers */
    {"From: Anna via Phone <anna@example.com>\nReply-To: anna@private.example\n", NULL},
    {"From: anna@example.com\nReply-To: sales@example.com\n", NULL},
    /* a list that is not the From; "via" inside a word, or as the first one */
    {"From: news@shop.example\nReply-To: help@shop.example\n" LIST, NULL},
    {"From: Olivia Via <olivia@shop.example>\nReply-To: help@shop.example\n" LIST, NULL},
    {"From: Octavia Meyer <o@shop.example>\nReply-To: help@shop.example\n" LIST, NULL},
    {"From: Via Verde <v@shop.example>\nReply-To: help@shop.example\n" LIST, NULL},
    {"X-Original-From: jana@kunde.example\n", "jana@kunde.example"},
};

START_TEST(the_author_behind_a_list_is_found)
{
    char bytes[1024];
    snprintf(bytes, sizeof bytes, "%sSubject: x\n\nx\n", originals[_i].header);
    const char *author = parse(bytes).original_from;
    const char *want = originals[_i].author;
    ck_assert_msg((author == NULL) == (want == NULL), "%s: %s", originals[_i].header,
                  author != NULL ? author : "none");
    if (want != NULL) {
        ck_assert_str_eq(author, want);
    }
}
END_TEST

START_TEST(a_group_of_ours_does_not_make_bulk_of_a_persons_mail)
{
    static const char group[] = "From: Jana via Sales <sales@example.com>\nPrecedence: list\n"
                                "X-Original-From: jana@kunde.example\nSubject: A question\n" LIST;
    char bytes[1024];
    snprintf(bytes, sizeof bytes, "%s\nx\n", group);
    ck_assert_int_eq(parse(bytes).class, FS_CLASS_HUMAN);
    snprintf(bytes, sizeof bytes, "%sFeedback-ID: 1:mailer\n\nx\n", group);
    ck_assert_int_eq(parse(bytes).class, FS_CLASS_BULK);
    ck_assert_int_eq(parse("From: news@shop.example\nSubject: x\n" LIST "\nx\n").class,
                     FS_CLASS_BULK);
}
END_TEST

#define REPORT                                                                                     \
    "From: MAILER-DAEMON@mx.kunde.example\nMIME-Version: 1.0\nContent-Type: multipart/report;"     \
    " report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"   \
    "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; jana@kunde.example\nAction: failed\n"      \
    "Status: 5.1.1\n\n--b\nContent-Type: "

static const char *const returned_types[] = {"message/rfc822", "text/rfc822-headers"};

START_TEST(a_returned_mail_also_names_the_id_that_a_relay_replaced)
{
    char bytes[2048];
    snprintf(bytes, sizeof bytes,
             REPORT "%s\n\nFrom: anna@example.com\nX-Google-Original-Message-ID: <a1@example.com>\n"
                    "Message-ID: <new@relay.example>\nSubject: x\n\n--b--\n",
             returned_types[_i]);
    struct fs_facts facts = parse(bytes);
    ck_assert_int_eq(facts.class, FS_CLASS_BOUNCE);
    ck_assert_uint_eq(facts.returned_id_count, 2);
    for (size_t i = 0; i < 2; i++) {
        ck_assert(strcmp(facts.returned_ids[i], "a1@example.com") == 0 ||
                  strcmp(facts.returned_ids[i], "new@relay.example") == 0);
    }
    ck_assert_str_ne(facts.returned_ids[0], facts.returned_ids[1]);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK) {
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create("mail_people");
    TCase *tcase = tcase_create("people");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, the_author_behind_a_list_is_found, 0,
                        (int)(sizeof originals / sizeof originals[0]));
    tcase_add_test(tcase, a_group_of_ours_does_not_make_bulk_of_a_persons_mail);
    tcase_add_loop_test(tcase, a_returned_mail_also_names_the_id_that_a_relay_replaced, 0, 2);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
