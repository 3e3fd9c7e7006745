/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_gather.c - what is told together: notices of a kind, a day's digest, flagged mail.
 */
#include <time.h>

#include "engine_notices.h"

#define MERGE 300
#define HOUR_S ((int64_t)3600)

static enum fs_status fail_row(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    const int64_t *id = context;
    return fs_tx_outbox_failed(tx, *id, now + DAY_S, false, "no host", err);
}

/* ---- gathering ---- */

static void merge(int from, int to, int every_s)
{
    for (int i = from; i < to; i++) {
        mail_to(fs_arena_printf(arena, "m%d", i), fs_arena_printf(arena, "jane@kunde%d.test", i));
        mail_to(fs_arena_printf(arena, "n%d", i), fs_arena_printf(arena, "jane@kunde%d.test", i));
        now += every_s;
    }
}

START_TEST(a_mail_merge_to_ended_leads_is_one_notice)
{
    int64_t began_at = now;
    merge(0, MERGE, 1);
    ck_assert_uint_eq(notices("refused"), 1);
    ck_assert_uint_eq(seen_of("refused").told, MERGE);
    ck_assert_int_eq(seen_of("refused").row.next_at, began_at + MERGE - 1 + 60);
    gather();
    ck_assert(seen_of("refused").row.gathers);
    now += 59;
    gather();
    ck_assert(!seen_of("refused").row.gathers);
    ck_assert_uint_eq(notices("refused"), 1);
}
END_TEST

START_TEST(a_notice_gathers_ten_times_as_long_at_most)
{
    int64_t began_at = now;
    merge(0, 30, 30);
    ck_assert_int_eq(seen_of("refused").row.next_at, began_at + 600);
    gather();
    ck_assert(!seen_of("refused").row.gathers);
    merge(30, 31, 0);
    ck_assert_uint_eq(notices("refused"), 2); /* what is closed stays as it is */
    ck_assert_uint_eq(seen_of("refused").told, 30);
}
END_TEST

START_TEST(of_another_writer_there_is_another_notice)
{
    merge(0, 2, 1);
    mail_of("ben@example.com", true, "o", "jane@kunde0.test");
    now += DAY_S;
    mail_of("ben@example.com", true, "p", "jane@kunde1.test");
    ck_assert_uint_eq(notices("refused"), 2);
}
END_TEST

/* In mode hold nobody else says so to them. */
START_TEST(each_who_wrote_to_a_lead_is_told_of_their_own_mail)
{
    load("mode = \"hold\" notices { kinds = { held } }");
    merge(0, 1, 1);
    mail_of("ben@example.com", true, "o", "jane@kunde0.test");
    mail_of("ben@example.com", true, "p", "jane@kunde0.test");
    ck_assert_uint_eq(notices("held"), 2);
    ck_assert_str_eq(seen_of("held").recipient, ANNA);
    ck_assert_int_eq(seen_of("held").row.repeats, 0);
    now += HOUR_S;
    gather();
    mail_of("ben@example.com", true, "q", "jane@kunde0.test");
    ck_assert_uint_eq(notices("held"), 2); /* one a day */
}
END_TEST

START_TEST(while_one_cannot_be_delivered_the_others_gather)
{
    merge(0, 2, 1);
    now += 60;
    gather();
    int64_t id = seen_of("refused").row.id;
    struct fs_store_job job = {fail_row, &id, NULL};
    ck_assert_int_eq(fs_store_write(fs_engine_store(engine), &job, 5000, NULL), FS_OK);
    for (int i = 0; i < 5; i++) {
        merge(10 + i, 11 + i, 0);
        now += 3600;
        gather();
    }
    ck_assert_uint_eq(notices("refused"), 2);
    ck_assert_int_eq(fs_outbox_drop(fs_engine_store(engine), id, NULL), FS_OK);
    ck_assert_uint_eq(seen_of("refused").told, 5);
    gather();
    ck_assert(!seen_of("refused").row.gathers);
}
END_TEST

START_TEST(with_gather_0_each_leaves_at_once)
{
    load("notices { kinds = { refused } gather = \"0\" }");
    merge(0, 1, 0);
    gather();
    ck_assert(!seen_of("refused").row.gathers);
    merge(1, 2, 0);
    ck_assert_uint_eq(notices("refused"), 2);
}
END_TEST

/* ---- digest ---- */

#define DIGEST "notices { kinds = { refused, last_touch } digest = \"17:00\" }"
#define FRIDAY_9 ((int64_t)1700211600) /* 2023-11-17 09:00 UTC */

START_TEST(a_digest_holds_all_kinds_and_says_how_often)
{
    load(DIGEST);
    now = FRIDAY_9;
    merge(0, 3, 60);
    mail_to("again", "jane@kunde1.test");
    now += HOUR_S;
    mail_to("again", "jane@kunde1.test");
    struct fs_outbox_backlog *backlog = NULL;
    size_t count = 0;
    ck_assert_int_eq(
        fs_outbox_backlog(fs_engine_store(engine), arena, config, &backlog, &count, NULL), FS_OK);
    ck_assert(count == 1 && backlog[0].waiting == 2 && backlog[0].oldest_at == 0);
    ck_assert_int_eq(seen_of("refused").row.next_at, FRIDAY_9 + 8 * HOUR_S);
    ck_assert_int_eq(seen_of("last_touch").row.next_at, FRIDAY_9 + 8 * HOUR_S);
    now = FRIDAY_9 + 8 * HOUR_S - 1;
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 0);
    now++;
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 1);
    ck_assert_uint_eq(notices("refused") + notices("last_touch"), 0);
    struct seen digest = seen_of(FS_NOTICES_DIGEST);
    ck_assert_uint_eq(digest.told, 3 + 5);
    ck_assert_ptr_nonnull(strstr(digest.events, "last_touch+0 "));
    ck_assert_ptr_nonnull(strstr(digest.events, "refused+0 "));
    ck_assert_str_eq(digest.recipient, ANNA);
    ck_assert(!digest.row.gathers && digest.row.next_at == now);
    now += DAY_S;
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 1); /* nothing waits: no other one */
}
END_TEST

START_TEST(each_writer_has_a_digest)
{
    load(DIGEST);
    now = FRIDAY_9;
    merge(0, 2, 1);
    mail_of("ben@example.com", true, "x", "jane@kunde0.test");
    now = FRIDAY_9 + 8 * HOUR_S;
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 2);
    ck_assert_uint_eq(notices("refused") + notices("last_touch"), 0);
}
END_TEST

START_TEST(trying_all_again_sends_no_digest_early)
{
    int64_t rows = 0;
    load(DIGEST);
    now = FRIDAY_9;
    merge(0, 1, 0);
    ck_assert_int_eq(fs_outbox_retry(fs_engine_store(engine), 0, &rows, NULL), FS_OK);
    ck_assert_int_eq(rows, 0);
    gather();
    ck_assert(seen_of("refused").row.gathers);
    /* one that is named goes out now */
    int64_t id = seen_of("refused").row.id;
    ck_assert_int_eq(fs_outbox_retry(fs_engine_store(engine), id, &rows, NULL), FS_OK);
    ck_assert_int_eq(rows, 1);
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 1);
    ck_assert(seen_of("last_touch").row.gathers);
}
END_TEST

START_TEST(after_its_hour_a_digest_waits_for_the_next_working_day)
{
    load(DIGEST);
    now = FRIDAY_9 + 8 * HOUR_S;
    merge(0, 1, 0);
    ck_assert_int_eq(seen_of("refused").row.next_at, FRIDAY_9 + 8 * HOUR_S + 3 * DAY_S);
    merge(1, 2, 0);
    ck_assert_uint_eq(notices("refused"), 1);
}
END_TEST

/* Whatever the clock does in the night between. */
START_TEST(a_digest_keeps_its_local_hour_over_the_end_of_summer_time)
{
    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    load(DIGEST);
    now = 1698418800 - 60; /* Friday 2023-10-27 17:00 CEST */
    merge(0, 1, 0);
    ck_assert_int_eq(seen_of("refused").row.next_at, 1698418800);
    now = 1698418800;
    gather();
    merge(1, 2, 0);
    ck_assert_int_eq(seen_of("refused").row.next_at, 1698681600); /* Monday 17:00 CET */
}
END_TEST

START_TEST(what_is_due_is_not_put_off_by_what_comes_then)
{
    load(DIGEST);
    now = FRIDAY_9;
    merge(0, 1, 0);
    now = FRIDAY_9 + 8 * HOUR_S;
    merge(1, 2, 0);
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 1);
}
END_TEST

START_TEST(a_digest_that_cannot_be_delivered_takes_nothing_of_the_next_one)
{
    load(DIGEST);
    now = FRIDAY_9;
    merge(0, 1, 0);
    now = FRIDAY_9 + 8 * HOUR_S;
    gather();
    int64_t id = seen_of(FS_NOTICES_DIGEST).row.id;
    struct fs_store_job job = {fail_row, &id, NULL};
    ck_assert_int_eq(fs_store_write(fs_engine_store(engine), &job, 5000, NULL), FS_OK);
    merge(1, 2, 0);
    now += 4 * DAY_S;
    gather();
    ck_assert_uint_eq(notices("refused"), 1);
    ck_assert_int_eq(fs_outbox_drop(fs_engine_store(engine), id, NULL), FS_OK);
    gather();
    ck_assert_uint_eq(notices(FS_NOTICES_DIGEST), 1);
    ck_assert_uint_eq(seen_of(FS_NOTICES_DIGEST).told, 2);
}
END_TEST

/* ---- flagged mail ---- */

START_TEST(flagged_mail_is_told_to_copy_to_by_whom_it_is)
{
    load("mode = \"flag\" flag { copy_to = \"boss@example.com\" }");
    merge(0, 3, 1);
    mail_of("ben@example.com", true, "x", "jane@kunde0.test");
    ck_assert_uint_eq(notices("flagged"), 2);
    struct seen flagged = seen_of("flagged");
    ck_assert_str_eq(flagged.recipient, "boss@example.com");
    ck_assert_str_eq(flagged.sender, ANNA);
    ck_assert_uint_eq(flagged.told, 3);
    ck_assert_uint_eq(notices("last_touch"), 0);
}
END_TEST

START_TEST(flagged_mail_does_not_wait_for_a_digest)
{
    load("mode = \"flag\" flag { copy_to = \"boss@example.com\" } " DIGEST);
    now = FRIDAY_9;
    merge(0, 1, 0);
    now += 60;
    gather();
    ck_assert(!seen_of("flagged").row.gathers);
    ck_assert(seen_of("last_touch").row.gathers);
}
END_TEST

START_TEST(in_other_modes_nothing_is_flagged)
{
    load("flag { copy_to = \"boss@example.com\" }");
    merge(0, 1, 0);
    ck_assert_uint_eq(notices("flagged"), 0);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_mail_merge_to_ended_leads_is_one_notice);
    tcase_add_test(tcase, a_notice_gathers_ten_times_as_long_at_most);
    tcase_add_test(tcase, of_another_writer_there_is_another_notice);
    tcase_add_test(tcase, each_who_wrote_to_a_lead_is_told_of_their_own_mail);
    tcase_add_test(tcase, while_one_cannot_be_delivered_the_others_gather);
    tcase_add_test(tcase, with_gather_0_each_leaves_at_once);
    tcase_add_test(tcase, a_digest_holds_all_kinds_and_says_how_often);
    tcase_add_test(tcase, each_writer_has_a_digest);
    tcase_add_test(tcase, trying_all_again_sends_no_digest_early);
    tcase_add_test(tcase, after_its_hour_a_digest_waits_for_the_next_working_day);
    tcase_add_test(tcase, a_digest_keeps_its_local_hour_over_the_end_of_summer_time);
    tcase_add_test(tcase, what_is_due_is_not_put_off_by_what_comes_then);
    tcase_add_test(tcase, a_digest_that_cannot_be_delivered_takes_nothing_of_the_next_one);
    tcase_add_test(tcase, flagged_mail_is_told_to_copy_to_by_whom_it_is);
    tcase_add_test(tcase, flagged_mail_does_not_wait_for_a_digest);
    tcase_add_test(tcase, in_other_modes_nothing_is_flagged);
}

int main(void)
{
    return run_suite("engine gather", begin_notices, add_tests);
}
