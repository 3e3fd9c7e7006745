/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_notice.c - who is told of what by mail, and when recipients are left out.
 */
#include "engine_notices.h"

static bool is_active(const char *contact)
{
    return state_of(contact) == FS_STATE_ACTIVE;
}

START_TEST(who_is_refused_is_left_out_and_told_of)
{
    mail_to("a", JANE);
    ck_assert_uint_eq(notices("last_touch"), 1);
    struct fs_ruling ruling = mail_to("b", JANE "," EVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_DROPPED);
    ck_assert(ruling.recipients[0].refused && !ruling.recipients[1].refused);
    ck_assert(is_active(EVE) && !is_active(JANE));
    ck_assert_uint_eq(notices("dropped"), 1);
    ck_assert_uint_eq(notices("refused"), 0);
}
END_TEST

START_TEST(with_nobody_left_the_message_is_refused)
{
    mail_to("a", JANE);
    ck_assert_int_eq(mail_to("b", JANE).disposition, FS_DISPOSITION_REFUSED);
    ck_assert_uint_eq(notices("dropped"), 0);
    ck_assert_uint_eq(notices("refused"), 1);
}
END_TEST

START_TEST(nobody_is_left_out_where_nobody_can_be_told)
{
    mail_to("a", JANE);
    struct fs_ruling ruling = mail_of("anna@outside.example", true, "b", JANE "," EVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_REFUSED);
    ck_assert(!is_active(EVE));
    ck_assert_uint_eq(notices("dropped"), 0);
}
END_TEST

START_TEST(nobody_is_left_out_where_the_mta_takes_no_recipient_off)
{
    mail_to("a", JANE);
    struct fs_ruling ruling = mail_of(ANNA, false, "b", JANE "," EVE);
    ck_assert_int_eq(ruling.disposition, FS_DISPOSITION_REFUSED);
    ck_assert(!is_active(EVE));
}
END_TEST

START_TEST(each_message_that_leaves_somebody_out_is_told_of)
{
    mail_to("a", JANE);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(mail_to("same", JANE "," EVE).disposition, FS_DISPOSITION_DROPPED);
    ck_assert_int_eq(mail_to("other", JANE ",new@third.example").disposition,
                     FS_DISPOSITION_DROPPED);
    ck_assert_uint_eq(notices("dropped"), 1);
    ck_assert_uint_eq(seen_of("dropped").told, 4);
}
END_TEST

START_TEST(who_objected_since_is_left_out_of_a_repeated_message_and_told_of)
{
    struct fs_hearing hearing;
    struct fs_error err = {FS_OK, ""};
    struct fs_facts objection = {.class = FS_CLASS_HUMAN,
                                 .rule = "test",
                                 .from = JANE,
                                 .message_id = "j1",
                                 .opt_out = FS_ANSWER_YES};
    struct fs_inbound in = {.config = config, .facts = &objection};
    ck_assert_int_eq(mail_to("same", JANE "," EVE).disposition, FS_DISPOSITION_PASSED);
    ck_assert_msg(fs_engine_inbound(engine, arena, &in, &hearing, &err) == FS_OK, "%s", err.text);
    struct fs_ruling again = mail_to("same", JANE "," EVE);
    ck_assert_int_eq(again.disposition, FS_DISPOSITION_DROPPED);
    ck_assert(again.recipients[0].refused && !again.recipients[1].refused);
    ck_assert_uint_eq(notices("dropped"), 1);
}
END_TEST

START_TEST(of_one_lead_and_kind_there_is_one_notice_a_day)
{
    mail_to("a", JANE);
    mail_to("b", JANE);
    mail_to("c", JANE);
    mail_to("c", JANE);
    ck_assert_uint_eq(notices("refused"), 1);
    ck_assert_uint_eq(seen_of("refused").told, 1);
    ck_assert_int_eq(seen_of("refused").row.repeats, 2); /* told with it: it has not left yet */
    now += 60;
    gather();
    mail_to("e", JANE);
    ck_assert_uint_eq(notices("refused"), 1);
    now += DAY_S;
    mail_to("d", JANE);
    ck_assert_uint_eq(notices("refused"), 2);
}
END_TEST

START_TEST(without_kinds_nobody_is_told)
{
    load("");
    mail_to("a", JANE);
    mail_to("b", JANE);
    ck_assert_uint_eq(notices("refused") + notices("last_touch"), 0);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, who_is_refused_is_left_out_and_told_of);
    tcase_add_test(tcase, with_nobody_left_the_message_is_refused);
    tcase_add_test(tcase, nobody_is_left_out_where_nobody_can_be_told);
    tcase_add_test(tcase, nobody_is_left_out_where_the_mta_takes_no_recipient_off);
    tcase_add_test(tcase, each_message_that_leaves_somebody_out_is_told_of);
    tcase_add_test(tcase, who_objected_since_is_left_out_of_a_repeated_message_and_told_of);
    tcase_add_test(tcase, of_one_lead_and_kind_there_is_one_notice_a_day);
    tcase_add_test(tcase, without_kinds_nobody_is_told);
}

int main(void)
{
    return run_suite("engine notices", begin_notices, add_tests);
}
