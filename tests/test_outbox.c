/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_outbox.c - the store's outbox on each backend, who is told of what, and when again.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/hash.h"
#include "fullstop/outbox.h"
#include "fullstop/store.h"

#define TIMEOUT_MS 5000
#define NOW 1700000000

static char folder[64];
static char urls[2][128];
static struct fs_store *store;

static void begin(void)
{
    snprintf(folder, sizeof(folder), "/tmp/fullstop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(urls[0], sizeof(urls[0]), "memory:");
    snprintf(urls[1], sizeof(urls[1]), "sqlite:%s/fullstop.db", folder);
}

static void end(void)
{
    char command[128];
    fs_store_close(store);
    store = NULL;
    snprintf(command, sizeof(command), "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static void open_store(int which)
{
    struct fs_store_setup setup = {.url = urls[which], .log_name = "mx1", .create = true};
    ck_assert_int_eq(fs_store_open(&setup, &store, NULL), FS_OK);
}

/* ---- what a test does in one transaction ---- */

struct step {
    enum { ADD, DELIVERED, FAILED, DEAD, DROP, RETRY, ASIDE } what;
    int64_t id; /* or the lead, for ADD */
    int64_t next_at;
    int64_t rows;
};

static enum fs_status take_step(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct step *step = context;
    struct fs_event event = {.at = NOW, .kind = FS_EVENT_TOUCH, .contact = "jane@kunde.example"};
    struct fs_outbox_row row = {
        .target = "crm", .type = "lead.started", .lead_id = step->id, .at = NOW};
    switch (step->what) {
    case ADD:
        ck_assert_int_eq(fs_tx_event_add(tx, &event, err), FS_OK);
        row.log = event.log;
        row.seq = event.seq;
        return fs_tx_outbox_add(tx, &row, err);
    case DELIVERED:
        return fs_tx_outbox_delivered(tx, step->id, err);
    case FAILED:
        return fs_tx_outbox_failed(tx, step->id, step->next_at, false, "HTTP status 500", err);
    case DEAD:
        return fs_tx_outbox_failed(tx, step->id, step->next_at, true, "HTTP status 410", err);
    case DROP:
        return fs_tx_outbox_drop(tx, step->id, err);
    case RETRY:
        return fs_tx_outbox_retry(tx, step->id, &step->rows, err);
    case ASIDE:
        return fs_tx_outbox_put_aside(tx, step->id, err);
    }
    return FS_REFUSED;
}

static enum fs_status act(struct step step)
{
    struct fs_store_job job = {take_step, &step, NULL};
    return fs_store_write(store, &job, TIMEOUT_MS, NULL);
}

struct due {
    int64_t at;
    char ids[64];
};

/* "3 " is due; "3! " is new and behind what was put aside. */
static enum fs_status print_id(void *context, const struct fs_outbox_row *row,
                               const struct fs_event *event, struct fs_error *err)
{
    (void)err;
    struct due *due = context;
    size_t used = strlen(due->ids);
    ck_assert_str_eq(event->contact, "jane@kunde.example");
    snprintf(due->ids + used, sizeof(due->ids) - used, "%lld%s ", (long long)row->id,
             row->is_behind ? "!" : "");
    return FS_OK;
}

static enum fs_status read_due(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct due *due = context;
    enum fs_status status = fs_tx_outbox_due(tx, "crm", due->at, 99, print_id, due, err);
    snprintf(due->ids + strlen(due->ids), 4, "| ");
    return status == FS_OK ? fs_tx_outbox_new(tx, "crm", 0, 99, print_id, due, err) : status;
}

/* What was put aside and is due, then what is new. */
static void assert_due(int64_t at, const char *ids)
{
    struct due due = {.at = at};
    ck_assert_int_eq(fs_store_read(store, read_due, &due, NULL), FS_OK);
    ck_assert_str_eq(due.ids, ids);
}

/* Rows 1, 3 of lead 7; rows 2, 4 of lead 8. */
static void fill(int which)
{
    open_store(which);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(act((struct step){.what = ADD, .id = 7 + i % 2}), FS_OK);
    assert_due(NOW, "| 1 2 3 4 ");
}

START_TEST(what_failed_waits_and_what_is_behind_it_waits_as_long)
{
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 5}), FS_OK);
    assert_due(NOW, "| 2 3! 4 ");
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 3}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ADD, .id = 7}), FS_OK);
    assert_due(NOW + 4, "| 2 4 5! ");
    assert_due(NOW + 5, "1 3 | 2 4 5! ");
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 9}), FS_OK);
    assert_due(NOW + 8, "| 2 4 5! ");
    ck_assert_int_eq(act((struct step){.what = DELIVERED, .id = 1}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = DELIVERED, .id = 1}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 5}), FS_OK);
    assert_due(NOW + 9, "3 5 | 2 4 ");
}
END_TEST

START_TEST(what_stood_behind_a_row_that_is_gone_by_now_is_due_at_once)
{
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 5}), FS_OK);
    assert_due(NOW, "| 2 3! 4 ");
    ck_assert_int_eq(act((struct step){.what = DROP, .id = 1}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 3}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 99}), FS_OK);
    assert_due(NOW, "3 | 2 4 ");
}
END_TEST

START_TEST(what_is_dead_is_kept_and_lets_the_others_go)
{
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 2, .next_at = NOW + 9}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 4}), FS_OK);
    assert_due(NOW, "| 1 3 ");
    ck_assert_int_eq(act((struct step){.what = DEAD, .id = 2}), FS_OK);
    assert_due(NOW, "4 | 1 3 ");
    ck_assert_int_eq(act((struct step){.what = RETRY, .id = 2}), FS_OK);
    assert_due(NOW, "2 4 | 1 3 ");
    ck_assert_int_eq(act((struct step){.what = RETRY, .id = 99}), FS_NOT_FOUND);
}
END_TEST

START_TEST(what_is_tried_again_takes_those_in_front_of_it_along)
{
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = RETRY, .id = 3}), FS_OK);
    assert_due(NOW, "| 1 2 3 4 "); /* it is due as it is, behind 1 */
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 9}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 3}), FS_OK);
    assert_due(NOW, "| 2 4 ");
    ck_assert_int_eq(act((struct step){.what = RETRY, .id = 3}), FS_OK);
    assert_due(NOW, "1 3 | 2 4 ");
}
END_TEST

START_TEST(a_drop_lets_go_what_stood_behind_it_unless_more_is_in_front)
{
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = ADD, .id = 7}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = ADD, .id = 7}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 9}), FS_OK);
    for (int64_t id = 3; id <= 6; id++)
        ck_assert_int_eq(act((struct step){.what = ASIDE, .id = id}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = DROP, .id = 3}), FS_OK);
    assert_due(NOW, "4 | 2 ");
    ck_assert_int_eq(act((struct step){.what = DROP, .id = 1}), FS_OK);
    assert_due(NOW, "4 5 6 | 2 ");
    ck_assert_int_eq(act((struct step){.what = DROP, .id = 1}), FS_NOT_FOUND);
}
END_TEST

START_TEST(the_desk_shows_rows_and_what_waits)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_outbox_item *items = NULL;
    struct fs_outbox_backlog *rows = NULL;
    struct fs_config config = {.webhook_count = 0};
    size_t count = 0;
    int64_t retried = 0;
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 9}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = DEAD, .id = 2}), FS_OK);
    ck_assert_int_eq(fs_outbox_list(store, arena, NULL, 2, false, 0, &items, &count, NULL), FS_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert(items[0].dead && items[0].attempts == 1);
    ck_assert_str_eq(items[0].last_error, "HTTP status 410");
    ck_assert_int_eq(fs_outbox_list(store, arena, NULL, 3, false, 0, &items, &count, NULL), FS_OK);
    ck_assert_int_eq(items[0].next_at, NOW + 9); /* behind 1 */
    ck_assert_int_eq(fs_outbox_list(store, arena, NULL, 2, false, 0, &items, &count, NULL), FS_OK);
    ck_assert_ptr_nonnull(strstr(items[0].body, "\"address\":\"jane@kunde.example\""));
    ck_assert_int_eq(fs_outbox_list(store, arena, NULL, 9, false, 0, &items, &count, NULL),
                     FS_NOT_FOUND);
    ck_assert_int_eq(fs_outbox_backlog(store, arena, &config, &rows, &count, NULL), FS_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert(rows[0].waiting == 3 && rows[0].dead == 1 && !rows[0].configured);
    ck_assert_int_eq(rows[0].oldest_at, NOW);
    ck_assert_int_eq(fs_outbox_retry(store, 0, &retried, NULL), FS_OK);
    ck_assert_int_eq(retried, 2);
    ck_assert_int_eq(fs_outbox_list(store, arena, NULL, 1, false, 0, &items, &count, NULL), FS_OK);
    ck_assert_int_eq(items[0].next_at, 0); /* at once, and no date of 1970 */
    assert_due(NOW, "1 2 | 3! 4! ");
    fs_arena_free(arena);
}
END_TEST

/* ---- when to try again ---- */

START_TEST(waits_grow_from_seconds_to_a_day_and_then_end)
{
    static const int64_t waits_s[] = {5,         5 * 60,    30 * 60,   2 * 3600, 5 * 3600,
                                      10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600};
    for (int64_t i = 0; i < 9; i++) {
        ck_assert_int_eq(fs_outbox_delay_s(i + 1, 0), waits_s[i]);
        ck_assert_int_eq(fs_outbox_delay_s(i + 1, 1000), waits_s[i] + waits_s[i] / 10);
        ck_assert_int_eq(fs_outbox_delay_s(i + 1, 9999), waits_s[i] + waits_s[i] / 10);
    }
    ck_assert_int_eq(fs_outbox_delay_s(10, 0), -1);
    ck_assert_int_eq(fs_outbox_delay_s(0, 0), -1);
}
END_TEST

static const struct {
    const char *value;
    int64_t wait_s;
} retry_afters[] = {
    {"", 0},
    {"0", 0},
    {"120", 120},
    {"120 \t", 120},
    {"86401", 86400},
    {"99999999999999999999999", 86400},
    {"-5", 0},
    {"soon", 0},
    {"Tue, 14 Nov 2023 22:15:20 GMT", 120},
    {"Tue, 14 Nov 2023 22:13:00 GMT", 0}, /* past */
    {"Fri, 14 Nov 2053 22:13:00 GMT", 86400},
};

START_TEST(retry_after_is_seconds_or_a_date_and_a_day_at_most)
{
    ck_assert_int_eq(fs_outbox_retry_after_s(retry_afters[_i].value, NOW), retry_afters[_i].wait_s);
}
END_TEST

static enum fs_status add_none(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct fs_event event = {.at = NOW,
                             .kind = FS_EVENT_SAID,
                             .contact = "jane@kunde.example",
                             .process = "none",
                             .actor = "none",
                             .note = "none"};
    struct fs_outbox_row row = {.target = "crm", .type = "lead.paused", .lead_id = 7, .at = NOW};
    (void)context;
    ck_assert_int_eq(fs_tx_event_add(tx, &event, err), FS_OK);
    row.log = event.log;
    row.seq = event.seq;
    return fs_tx_outbox_add(tx, &row, err);
}

START_TEST(what_people_call_none_is_told_as_they_call_it)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_outbox_item *items = NULL;
    size_t count = 0;
    struct fs_store_job job = {add_none, NULL, NULL};
    open_store(_i);
    ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), FS_OK);
    ck_assert_int_eq(fs_outbox_list(store, arena, NULL, 0, false, 0, &items, &count, NULL), FS_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_ptr_nonnull(strstr(items[0].body, "\"process\":\"none\""));
    ck_assert_ptr_nonnull(strstr(items[0].body, "\"actor\":\"none\""));
    ck_assert_ptr_nonnull(strstr(items[0].body, "\"note\":\"none\""));
    ck_assert_ptr_nonnull(strstr(items[0].body, "\"reason\":null"));
    fs_arena_free(arena);
}
END_TEST

/* The clock was years ahead when it failed: no wait is longer than a day and a tenth. */
START_TEST(what_waits_longer_than_anything_does_is_due)
{
    fill(_i);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 1, .next_at = NOW + 99999999}), FS_OK);
    ck_assert_int_eq(act((struct step){.what = FAILED, .id = 2, .next_at = NOW + 95040}), FS_OK);
    assert_due(NOW, "1 | 3! 4! ");
    ck_assert_int_eq(act((struct step){.what = ASIDE, .id = 3}), FS_OK);
    assert_due(NOW, "1 3 | 4! ");
    assert_due(NOW + 95040, "2 1 3 | 4! ");
}
END_TEST

/* ---- who is told of what ---- */

#define BIT(news) (1u << FS_NEWS_##news)

static const struct {
    struct fs_event event;
    unsigned news;
} told[] = {
    {{.kind = FS_EVENT_TOUCH, .to = FS_STATE_ACTIVE, .rule = FS_RULE_TOUCH_FIRST},
     BIT(LEAD_STARTED)},
    {{.kind = FS_EVENT_TOUCH, .to = FS_STATE_ACTIVE, .rule = FS_RULE_TOUCH_LAST},
     BIT(LEAD_STARTED) | BIT(TOUCH_LAST)},
    {{.kind = FS_EVENT_TOUCH,
      .from = FS_STATE_ACTIVE,
      .to = FS_STATE_ENDED,
      .rule = FS_RULE_TOUCH_LAST},
     BIT(TOUCH_LAST) | BIT(LEAD_ENDED)},
    {{.kind = FS_EVENT_TOUCH,
      .from = FS_STATE_ACTIVE,
      .to = FS_STATE_ACTIVE,
      .rule = FS_RULE_TOUCH_COUNTED},
     0},
    {{.kind = FS_EVENT_TOUCH,
      .from = FS_STATE_ENDED,
      .to = FS_STATE_ENDED,
      .verdict = FS_VERDICT_ENDED,
      .disposition = FS_DISPOSITION_REFUSED},
     BIT(TOUCH_REFUSED)},
    {{.kind = FS_EVENT_TOUCH,
      .from = FS_STATE_ENDED,
      .to = FS_STATE_ENDED,
      .verdict = FS_VERDICT_ENDED,
      .disposition = FS_DISPOSITION_WOULD_REFUSE},
     0},
    /* in a held message, but allowed */
    {{.kind = FS_EVENT_TOUCH,
      .from = FS_STATE_ACTIVE,
      .to = FS_STATE_ACTIVE,
      .disposition = FS_DISPOSITION_HELD},
     0},
    {{.kind = FS_EVENT_HEARD,
      .from = FS_STATE_ENDED,
      .to = FS_STATE_REPLIED,
      .rule = FS_RULE_ANSWER_REOPENS},
     BIT(LEAD_REPLIED) | BIT(LEAD_RESUMED)},
    {{.kind = FS_EVENT_HEARD,
      .from = FS_STATE_PAUSED,
      .to = FS_STATE_REPLIED,
      .rule = FS_RULE_ANSWER},
     BIT(LEAD_REPLIED)},
    {{.kind = FS_EVENT_TIME,
      .from = FS_STATE_PAUSED,
      .to = FS_STATE_ACTIVE,
      .rule = FS_RULE_TIME_PAUSE_OVER},
     BIT(LEAD_RESUMED)},
    {{.kind = FS_EVENT_HEARD,
      .from = FS_STATE_PAUSED,
      .to = FS_STATE_PAUSED,
      .rule = FS_RULE_NOTICE_RECORDED},
     0},
    {{.kind = FS_EVENT_HEARD,
      .from = FS_STATE_PAUSED,
      .to = FS_STATE_PAUSED,
      .rule = FS_RULE_ABSENCE},
     BIT(LEAD_PAUSED)},
    {{.kind = FS_EVENT_HEARD, .rule = FS_RULE_OPT_OUT}, BIT(LEAD_OPTED_OUT)}, /* nobody's lead */
    {{.kind = FS_EVENT_HEARD,
      .from = FS_STATE_ENDED,
      .to = FS_STATE_ENDED,
      .rule = FS_RULE_COMPLAINT},
     BIT(LEAD_OPTED_OUT)},
    {{.kind = FS_EVENT_HEARD,
      .from = FS_STATE_ACTIVE,
      .to = FS_STATE_ENDED,
      .rule = FS_RULE_BOUNCE_DEAD},
     BIT(LEAD_ENDED) | BIT(LEAD_BOUNCED)},
    {{.kind = FS_EVENT_SAID,
      .from = FS_STATE_ACTIVE,
      .to = FS_STATE_ENDED,
      .rule = FS_RULE_SAID_END,
      .end_reason = FS_END_WON},
     BIT(LEAD_ENDED)},
    {{.kind = FS_EVENT_OFF}, BIT(POLICY_CHANGED)},
    {{.kind = FS_EVENT_START}, 0},
    {{.kind = FS_EVENT_GAP}, 0},
};

START_TEST(each_event_is_the_news_that_it_is)
{
    ck_assert_uint_eq(fs_event_news(&told[_i].event), told[_i].news);
}
END_TEST

START_TEST(names_of_news_are_read_back)
{
    enum fs_news news = FS_NEWS_LEAD_STARTED;
    for (int i = 0; i < FS_NEWS_COUNT; i++) {
        ck_assert(fs_news_parse(fs_news_name((enum fs_news)i), &news));
        ck_assert_int_eq((int)news, i);
    }
    ck_assert(!fs_news_parse("lead.won", &news));
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("outbox");
    TCase *rows = tcase_create("rows");
    tcase_set_timeout(rows, 60);
    tcase_add_checked_fixture(rows, begin, end);
    tcase_add_loop_test(rows, what_failed_waits_and_what_is_behind_it_waits_as_long, 0, 2);
    tcase_add_loop_test(rows, what_stood_behind_a_row_that_is_gone_by_now_is_due_at_once, 0, 2);
    tcase_add_loop_test(rows, what_is_dead_is_kept_and_lets_the_others_go, 0, 2);
    tcase_add_loop_test(rows, what_is_tried_again_takes_those_in_front_of_it_along, 0, 2);
    tcase_add_loop_test(rows, what_people_call_none_is_told_as_they_call_it, 0, 2);
    tcase_add_loop_test(rows, what_waits_longer_than_anything_does_is_due, 0, 2);
    tcase_add_loop_test(rows, a_drop_lets_go_what_stood_behind_it_unless_more_is_in_front, 0, 2);
    tcase_add_loop_test(rows, the_desk_shows_rows_and_what_waits, 0, 2);
    suite_add_tcase(suite, rows);
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, waits_grow_from_seconds_to_a_day_and_then_end);
    tcase_add_loop_test(rules, retry_after_is_seconds_or_a_date_and_a_day_at_most, 0,
                        sizeof(retry_afters) / sizeof(retry_afters[0]));
    tcase_add_loop_test(rules, each_event_is_the_news_that_it_is, 0,
                        sizeof(told) / sizeof(told[0]));
    tcase_add_test(rules, names_of_news_are_read_back);
    suite_add_tcase(suite, rules);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
