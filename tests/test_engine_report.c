/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_report.c - whose a delivery report is: by the ids it returns, else by the
 * recipient it names.
 */
#include "engine_support.h"

static const char *const returned_forms[] = {
    /* a report as it should be */
    "From: MAILER-DAEMON@mx.kunde.example\nMIME-Version: 1.0\nMessage-ID: <b1@mx>\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
    "Final-Recipient: rfc822; " JANE "\nAction: failed\nStatus: 5.1.1\n\n--b\n"
    "Content-Type: message/rfc822\n\nFrom: anna@example.com\nTo: " JANE "\n"
    "Message-ID: <a1>\nSubject: Our offer\n\nHello\n\n--b--\n",
    /* made on our side, as for a next hop that refused */
    "From: MAILER-DAEMON@example.com\nMIME-Version: 1.0\nMessage-ID: <b1@mx>\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
    "Final-Recipient: rfc822; " JANE "\nAction: failed\nStatus: 5.1.1\n\n--b\n"
    "Content-Type: message/rfc822\n\nFrom: anna@example.com\nTo: " JANE "\n"
    "Message-ID: <a1>\nSubject: Our offer\n\nHello\n\n--b--\n",
    /* one that has no returned mail, and took our id for its own */
    "From: MAILER-DAEMON@mx.kunde.example\nMIME-Version: 1.0\nMessage-ID: <a1>\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
    "Final-Recipient: rfc822; " JANE "\nAction: failed\nStatus: 5.1.1\n\n--b--\n",
};

START_TEST(our_own_mail_in_a_bounce_is_a_bounce)
{
    send_to("a1", JANE);
    struct fs_facts facts = parse(returned_forms[_i]);
    ck_assert_int_eq(facts.class, FS_CLASS_BOUNCE);
    struct fs_hearing hearing = hear(facts);
    ck_assert(!hearing.own_mail);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_BOUNCED);
}
END_TEST

START_TEST(a_report_that_returns_nothing_may_name_our_mail_as_a_reply_does)
{
    const char *const references[] = {"thread@x.example", "a1"};
    struct fs_facts facts = report(FS_CLASS_BOUNCE, NULL, NULL, NULL);
    send_to("a1", JANE);
    facts.references = references;
    facts.reference_count = 2;
    expect_match(facts, "thread", 1);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_BOUNCED);
}
END_TEST

/* ---- whose bounce is it ---- */

static const struct {
    const char *recipient;
    const char *bounced; /* NULL: nobody */
} several[] = {
    {JOHN, JOHN},
    {EVE, EVE},
    {"e.meyer@other.example", EVE}, /* an alias: one of her account is left */
    {"hosting@elsewhere.example", NULL},
    {"info@kunde.example", NULL}, /* two of that account */
    {NULL, NULL},
};

START_TEST(a_bounce_of_a_mail_to_several_is_of_the_one_it_names)
{
    static const char *const contacts[] = {JANE, JOHN, EVE};
    send_to("m1", JANE "," JOHN "," EVE);
    hear(report(FS_CLASS_BOUNCE, several[_i].recipient, "m1", NULL));
    for (size_t i = 0; i < 3; i++) {
        bool hit = several[_i].bounced != NULL && strcmp(several[_i].bounced, contacts[i]) == 0;
        struct fs_lead lead = lead_in("sales", contacts[i]);
        ck_assert_int_eq(lead.end_reason, hit ? FS_END_BOUNCED : FS_END_NONE);
        ck_assert_int_eq(lead.unanswered, hit ? 0 : 1);
    }
}
END_TEST

START_TEST(the_id_is_believed_before_the_recipient)
{
    send_to("a1", JANE);
    send_to("a2", EVE);
    struct fs_facts facts = report(FS_CLASS_BOUNCE, EVE, "a1", NULL);
    expect_match(facts, "returned-id", 1);
    ck_assert_int_eq(lead_in("sales", JANE).end_reason, FS_END_BOUNCED);
    ck_assert_int_eq(state_of(EVE), FS_STATE_ACTIVE);
}
END_TEST

START_TEST(a_receipt_that_names_nothing_is_its_authors_and_a_bounce_nobodys)
{
    send_to("a1", JANE);
    expect_match((struct fs_facts){.class = FS_CLASS_RECEIPT, .from = JANE}, "address", 1);
    expect_match((struct fs_facts){.class = FS_CLASS_BOUNCE, .from = JANE}, "none", 0);
    ck_assert_int_eq(state_of(JANE), FS_STATE_ACTIVE);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, our_own_mail_in_a_bounce_is_a_bounce, 0, COUNT(returned_forms));
    tcase_add_test(tcase, a_report_that_returns_nothing_may_name_our_mail_as_a_reply_does);
    tcase_add_loop_test(tcase, a_bounce_of_a_mail_to_several_is_of_the_one_it_names, 0,
                        COUNT(several));
    tcase_add_test(tcase, a_receipt_that_names_nothing_is_its_authors_and_a_bounce_nobodys);
    tcase_add_test(tcase, the_id_is_believed_before_the_recipient);
}

int main(void)
{
    return run_suite("engine_report", begin, add_tests);
}
