/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_store.c - the store's contract, the same tests on each backend, and what only a file
 * can do: be opened again, be locked, be shared by two processes, be tampered with.
 */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fullstop/audit.h"
#include "fullstop/store.h"
#include "suite.h"

#define TIMEOUT_MS 5000
#define THREADS 8
#define PER_THREAD 50

static char folder[64];
static char urls[2][128];

static struct fs_store *open_url(const char *url)
{
    struct fs_store *store = NULL;
    struct fs_error err = {FS_OK, ""};
    struct fs_store_setup setup = {.url = url, .log_name = "mx1", .create = true};
    ck_assert_msg(fs_store_open(&setup, &store, &err) == FS_OK, "%s", err.text);
    return store;
}

static void make_folder(void)
{
    snprintf(folder, sizeof(folder), "/tmp/fullstop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(urls[0], sizeof(urls[0]), "memory:");
    snprintf(urls[1], sizeof(urls[1]), "sqlite:%s/fullstop.db", folder);
}

static void remove_folder(void)
{
    static const char *const names[] = {"fullstop.db", "fullstop.db-wal", "fullstop.db-shm"};
    char path[128];
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* One work: count a touch on a lead and record it; fail says to refuse after writing. */
struct touch_work {
    const char *contact;
    bool fail;
    int unanswered;
};

static enum fs_status count_touch(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct touch_work *work = context;
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_lead_row row = {
        .process = "sales", .contact = work->contact, .sender = "", .account = "kunde.example"};
    enum fs_status status = fs_tx_lead_find(tx, arena, "sales", work->contact, "", &row, err);
    if (status == FS_OK || status == FS_NOT_FOUND) {
        row.lead.state = FS_STATE_ACTIVE;
        work->unanswered = ++row.lead.unanswered;
        status = fs_tx_lead_put(tx, &row, err);
    }
    struct fs_event event = {.at = 1700000000,
                             .kind = FS_EVENT_TOUCH,
                             .process = "sales",
                             .contact = work->contact,
                             .lead_id = row.id,
                             .message_id = "m@example.com",
                             .note = "a note",
                             .actor = "anna",
                             .unanswered = row.lead.unanswered};
    if (status == FS_OK)
        status = fs_tx_event_add(tx, &event, err);
    fs_arena_free(arena);
    if (status == FS_OK && work->fail)
        return fs_error_set(err, FS_REFUSED, "as asked");
    return status;
}

static enum fs_status write_touch(struct fs_store *store, struct touch_work *work)
{
    struct fs_store_job job = {count_touch, work, NULL};
    return fs_store_write(store, &job, TIMEOUT_MS, NULL);
}

static enum fs_status read_count(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct touch_work *work = context;
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_lead_row row;
    enum fs_status status = fs_tx_lead_find(tx, arena, "sales", work->contact, "", &row, err);
    if (status == FS_OK)
        work->unanswered = row.lead.unanswered;
    fs_arena_free(arena);
    return status;
}

static int count_of(struct fs_store *store, const char *contact)
{
    struct touch_work work = {.contact = contact};
    struct fs_error err;
    return fs_store_read(store, read_count, &work, &err) == FS_OK ? work.unanswered : -1;
}

static enum fs_status verify_record(void *context, const struct fs_audit_record *record,
                                    struct fs_error *err)
{
    return fs_audit_verify_next(context, record, err);
}

static enum fs_status verify(struct fs_store *store, struct fs_audit_summary *summary)
{
    struct fs_error err = {FS_OK, ""};
    struct fs_audit_verifier *verifier = fs_audit_verifier_new();
    enum fs_status status = fs_store_audit_scan(store, verify_record, verifier, &err);
    if (status == FS_OK)
        status = fs_audit_verify_end(verifier, summary, &err);
    fs_audit_verifier_free(verifier);
    return status;
}

START_TEST(what_was_written_is_read_back)
{
    struct fs_store *store = open_url(urls[_i]);
    struct touch_work work = {.contact = "jane@kunde.example"};
    ck_assert_int_eq(write_touch(store, &work), FS_OK);
    ck_assert_int_eq(write_touch(store, &work), FS_OK);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), 2);
    ck_assert_int_eq(count_of(store, "john@kunde.example"), -1);
    fs_store_close(store);
}
END_TEST

START_TEST(a_work_that_fails_leaves_no_trace)
{
    struct fs_store *store = open_url(urls[_i]);
    struct fs_audit_summary summary;
    struct touch_work good = {.contact = "jane@kunde.example"};
    struct touch_work bad = {.contact = "jane@kunde.example", .fail = true};
    ck_assert_int_eq(write_touch(store, &good), FS_OK);
    ck_assert_int_eq(write_touch(store, &bad), FS_REFUSED);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), 1);
    ck_assert_int_eq(verify(store, &summary), FS_OK);
    ck_assert_int_eq(summary.records, 1);
    fs_store_close(store);
}
END_TEST

static void *write_many(void *context)
{
    for (int i = 0; i < PER_THREAD; i++) {
        struct touch_work work = {.contact = "jane@kunde.example", .fail = i % 10 == 9};
        if (write_touch(context, &work) != (work.fail ? FS_REFUSED : FS_OK))
            return context;
    }
    return NULL;
}

START_TEST(many_threads_lose_nothing)
{
    struct fs_store *store = open_url(urls[_i]);
    struct fs_audit_summary summary;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_many, store), 0);
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), THREADS * PER_THREAD * 9 / 10);
    ck_assert_int_eq(verify(store, &summary), FS_OK);
    ck_assert_int_eq(summary.records, THREADS * PER_THREAD * 9 / 10);
    fs_store_close(store);
}
END_TEST

static enum fs_status suppress_twice(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)context;
    enum fs_end_reason reason = FS_END_NONE;
    enum fs_status status = fs_tx_suppress(tx, "a@b.example", FS_END_COMPLAINED, 5, err);
    if (status == FS_OK)
        status = fs_tx_suppress(tx, "a@b.example", FS_END_OPTED_OUT, 6, err);
    if (status == FS_OK)
        status = fs_tx_suppressed(tx, "a@b.example", &reason, NULL, err);
    ck_assert_int_eq(reason, FS_END_COMPLAINED);
    ck_assert_int_eq(fs_tx_suppressed(tx, "other@b.example", &reason, NULL, err), FS_NOT_FOUND);
    if (status == FS_OK)
        status = fs_tx_unsuppress(tx, "a@b.example", err);
    ck_assert_int_eq(fs_tx_suppressed(tx, "a@b.example", &reason, NULL, err), FS_NOT_FOUND);
    return status;
}

START_TEST(a_suppression_keeps_the_stronger_reason_until_lifted)
{
    struct fs_store *store = open_url(urls[_i]);
    struct fs_store_job job = {suppress_twice, NULL, NULL};
    ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), FS_OK);
    fs_store_close(store);
}
END_TEST

/* ---- ids that relays gave ---- */

#define RELAY_ID "0100abc@relay.example"

static struct fs_touch_row touch_of(const char *contact, const char *message_id, int64_t at)
{
    return (struct fs_touch_row){.lead_id = 1,
                                 .process = "sales",
                                 .contact = contact,
                                 .sender = "",
                                 .key = message_id != NULL ? message_id : "sha256:1",
                                 .message_id = message_id,
                                 .at = at,
                                 .effect = FS_EFFECT_COUNTED,
                                 .disposition = FS_DISPOSITION_PASSED,
                                 .cycle = 1};
}

static enum fs_status count_row(void *context, const struct fs_touch_row *row, struct fs_error *err)
{
    (void)row;
    (void)err;
    (*(int *)context)++;
    return FS_OK;
}

static int found_by(struct fs_store_tx *tx, const char *message_id)
{
    int count = 0;
    ck_assert_int_eq(fs_tx_touches_by_message_id(tx, message_id, count_row, &count, NULL), FS_OK);
    return count;
}

static void put(struct fs_store_tx *tx, struct fs_touch_row *row)
{
    ck_assert_int_eq(fs_tx_touch_put(tx, row, NULL), FS_OK);
}

static void add_alias(struct fs_store_tx *tx, const struct fs_touch_row *row, const char *id)
{
    ck_assert_int_eq(fs_tx_touch_alias_add(tx, row->id, id, NULL), FS_OK);
}

static enum fs_status use_aliases(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)context;
    int64_t rows = 0;
    char id[32];
    struct fs_touch_row jane = touch_of("jane@kunde.example", "m1@example.com", 100);
    struct fs_touch_row john = touch_of("john@kunde.example", "m1@example.com", 100);
    struct fs_touch_row nameless = touch_of("eve@other.example", NULL, 200);
    put(tx, &jane);
    put(tx, &john);
    put(tx, &nameless);
    ck_assert_int_eq(found_by(tx, RELAY_ID), 0);
    add_alias(tx, &jane, RELAY_ID);
    add_alias(tx, &jane, RELAY_ID);
    ck_assert_int_eq(found_by(tx, RELAY_ID), 2); /* the message has two recipients */
    add_alias(tx, &nameless, "other@relay.example");
    ck_assert_int_eq(found_by(tx, "other@relay.example"), 1);
    for (int i = 1; i <= FS_TOUCH_ALIASES_MAX; i++) {
        snprintf(id, sizeof(id), "more%d@relay.example", i);
        add_alias(tx, &jane, id);
        ck_assert_int_eq(found_by(tx, id), i < FS_TOUCH_ALIASES_MAX ? 2 : 0);
    }
    jane.id = 0; /* the same key once more, later: a new row in place of the old one */
    jane.at = 300;
    put(tx, &jane);
    ck_assert_int_eq(found_by(tx, RELAY_ID), 0);
    ck_assert_int_eq(found_by(tx, "m1@example.com"), 2);
    ck_assert_int_eq(fs_tx_prune(tx, 250, 0, &rows, err), FS_OK);
    ck_assert_int_eq(rows, 2);
    ck_assert_int_eq(fs_tx_prune(tx, 400, 0, &rows, err), FS_OK);
    struct fs_touch_row fresh = touch_of("ann@third.example", "m2@example.com", 500);
    put(tx, &fresh); /* may get the row number of one that is gone */
    ck_assert_int_eq(found_by(tx, RELAY_ID), 0);
    return FS_OK;
}

START_TEST(an_alias_finds_its_message_and_goes_with_its_touch)
{
    struct fs_store *store = open_url(urls[_i]);
    struct fs_store_job job = {use_aliases, NULL, NULL};
    ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), FS_OK);
    fs_store_close(store);
}
END_TEST

static enum fs_status count_sent(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)context;
    static const struct {
        const char *contact;
        const char *process;
        int64_t at;
        enum fs_touch_effect effect;
        enum fs_disposition disposition;
    } sent[] = {
        {"jane@a.example", "sales", 1000, FS_EFFECT_COUNTED, FS_DISPOSITION_PASSED},
        {"jane@a.example", "events", 1001, FS_EFFECT_FINAL, FS_DISPOSITION_PASSED},
        {"jane@a.example", "sales", 1002, FS_EFFECT_OVERRUN, FS_DISPOSITION_WOULD_REFUSE},
        {"jane@a.example", "sales", 1003, FS_EFFECT_OVERRUN, FS_DISPOSITION_FLAGGED},
        {"jane@a.example", "sales", 1004, FS_EFFECT_NONE, FS_DISPOSITION_HELD},
        {"jane@a.example", "sales", 1005, FS_EFFECT_NONE, FS_DISPOSITION_REFUSED},
        {"jane@a.example", "sales", 1006, FS_EFFECT_TAKEN_BACK, FS_DISPOSITION_PASSED},
        {"jane@a.example", "sales", 1007, FS_EFFECT_NONE, FS_DISPOSITION_PASSED},
        {"john@a.example", "sales", 1008, FS_EFFECT_COUNTED, FS_DISPOSITION_PASSED},
        {"john@a.example", "sales", 1009, FS_EFFECT_COUNTED, FS_DISPOSITION_HELD},
    };
    char id[16];
    int count = 0;
    int64_t oldest_at = -1;
    for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++) {
        snprintf(id, sizeof(id), "m%zu", i);
        struct fs_touch_row row = touch_of(sent[i].contact, id, sent[i].at);
        row.process = sent[i].process;
        row.effect = sent[i].effect;
        row.disposition = sent[i].disposition;
        put(tx, &row);
    }
    ck_assert_int_eq(fs_tx_touches_sent(tx, "jane@a.example", 999, 9, &count, &oldest_at, err),
                     FS_OK);
    ck_assert_int_eq(count, 4);
    ck_assert_int_eq(oldest_at, 1000);
    fs_tx_touches_sent(tx, "jane@a.example", 999, 2, &count, &oldest_at, err);
    ck_assert_int_eq(count, 2);
    ck_assert_int_eq(oldest_at, 1002);
    fs_tx_touches_sent(tx, "jane@a.example", 1000, 9, &count, &oldest_at, err);
    ck_assert_int_eq(count, 3); /* what is exactly as old is out */
    fs_tx_touches_sent(tx, "john@a.example", 999, 9, &count, &oldest_at, err);
    ck_assert_int_eq(count, 2); /* allowed in a message that was held for another */
    fs_tx_touches_sent(tx, "eve@a.example", 0, 9, &count, &oldest_at, err);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(oldest_at, 0);
    return FS_OK;
}

START_TEST(what_went_out_to_a_contact_is_counted_over_all_processes)
{
    struct fs_store *store = open_url(urls[_i]);
    struct fs_store_job job = {count_sent, NULL, NULL};
    ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), FS_OK);
    fs_store_close(store);
}
END_TEST

static enum fs_status hear_and_consume(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)context;
    bool known = true;
    struct fs_heard_row row = {.message_id = "j1@kunde.example",
                               .contact = "jane@kunde.example",
                               .account = "kunde.example",
                               .at = 100};
    ck_assert_int_eq(fs_tx_heard_known(tx, row.message_id, &known, err), FS_OK);
    ck_assert(!known);
    ck_assert_int_eq(fs_tx_heard_add(tx, &row, err), FS_OK);
    ck_assert_int_eq(fs_tx_heard_consume(tx, row.contact, 100, err), FS_OK);
    ck_assert_int_eq(fs_tx_heard_known(tx, row.message_id, &known, err), FS_OK);
    ck_assert(known);
    return FS_OK;
}

START_TEST(a_heard_message_is_known_also_when_consumed)
{
    struct fs_store *store = open_url(urls[_i]);
    struct fs_store_job job = {hear_and_consume, NULL, NULL};
    ck_assert_int_eq(fs_store_write(store, &job, TIMEOUT_MS, NULL), FS_OK);
    fs_store_close(store);
}
END_TEST

static pthread_barrier_t barrier;

static enum fs_status wait_inside(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    (void)tx;
    (void)context;
    (void)err;
    pthread_barrier_wait(&barrier);
    return FS_OK;
}

static void note_release(void *context)
{
    (*(int *)context)++;
}

START_TEST(a_wait_that_ends_inside_the_work_is_unknown_and_releases_once)
{
    struct fs_store *store = open_url(urls[_i]);
    int released = 0;
    struct fs_store_job job = {wait_inside, &released, note_release};
    pthread_barrier_init(&barrier, NULL, 2);
    ck_assert_int_eq(fs_store_write(store, &job, 200, NULL), FS_UNKNOWN);
    pthread_barrier_wait(&barrier);
    fs_store_close(store);
    ck_assert_int_eq(released, 1);
    pthread_barrier_destroy(&barrier);
}
END_TEST

START_TEST(a_file_keeps_what_was_committed)
{
    struct fs_audit_summary summary;
    struct touch_work work = {.contact = "jane@kunde.example"};
    struct fs_store *store = open_url(urls[1]);
    ck_assert_int_eq(write_touch(store, &work), FS_OK);
    fs_store_close(store);
    store = open_url(urls[1]);
    ck_assert_int_eq(write_touch(store, &work), FS_OK);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), 2);
    ck_assert_int_eq(verify(store, &summary), FS_OK);
    fs_store_close(store);
}
END_TEST

START_TEST(two_processes_write_one_chain)
{
    struct fs_audit_summary summary;
    fs_store_close(open_url(urls[1]));
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct fs_store *store = open_url(urls[1]);
            void *failed = write_many(store);
            fs_store_close(store);
            _exit(failed == NULL ? 0 : 1);
        }
    }
    for (int i = 0; i < 2; i++) {
        int status = 1;
        waitpid(children[i], &status, 0);
        ck_assert_int_eq(status, 0);
    }
    struct fs_store *store = open_url(urls[1]);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), 2 * PER_THREAD * 9 / 10);
    ck_assert_int_eq(verify(store, &summary), FS_OK);
    fs_store_close(store);
}
END_TEST

START_TEST(a_missing_store_is_not_made_unless_asked)
{
    struct fs_store *store = NULL;
    struct fs_error err;
    struct fs_store_setup setup = {.url = urls[1], .log_name = "mx1", .create = false};
    ck_assert_int_eq(fs_store_open(&setup, &store, &err), FS_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.text, folder));
}
END_TEST

/* The files of the store get another name, or their own again. */
static void rename_store(const char *from, const char *to)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char old_path[160];
    char new_path[160];
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        snprintf(old_path, sizeof(old_path), "%s/%s%s", folder, from, ends[i]);
        snprintf(new_path, sizeof(new_path), "%s/%s%s", folder, to, ends[i]);
        rename(old_path, new_path);
    }
}

START_TEST(a_removed_store_takes_nothing_until_it_is_back)
{
    struct fs_audit_summary summary;
    struct touch_work work = {.contact = "jane@kunde.example"};
    struct fs_store *store = open_url(urls[1]);
    ck_assert_int_eq(write_touch(store, &work), FS_OK);
    rename_store("fullstop.db", "away.db");
    ck_assert_int_eq(write_touch(store, &work), FS_AWAY);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), -1);
    rename_store("away.db", "fullstop.db");
    ck_assert_int_eq(write_touch(store, &work), FS_OK);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), 2);
    fs_store_close(store);
    store = open_url(urls[1]);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), 2);
    ck_assert_int_eq(verify(store, &summary), FS_OK);
    fs_store_close(store);
}
END_TEST

START_TEST(another_store_in_its_place_is_opened)
{
    struct fs_audit_summary summary;
    struct touch_work jane = {.contact = "jane@kunde.example"};
    struct touch_work john = {.contact = "john@kunde.example"};
    struct fs_store *store = open_url(urls[1]);
    ck_assert_int_eq(write_touch(store, &jane), FS_OK);
    rename_store("fullstop.db", "old.db");
    struct fs_store *restored = open_url(urls[1]); /* by another program: its log is in use */
    ck_assert_int_eq(write_touch(restored, &john), FS_OK);
    ck_assert_int_eq(write_touch(store, &john), FS_OK);
    ck_assert_int_eq(count_of(store, "john@kunde.example"), 2);
    ck_assert_int_eq(count_of(store, "jane@kunde.example"), -1);
    char log[160];
    snprintf(log, sizeof(log), "%s/fullstop.db-wal", folder);
    ck_assert_int_eq(access(log, F_OK), 0); /* not taken away with the old file */
    fs_store_close(store);
    ck_assert_int_eq(write_touch(restored, &john), FS_OK);
    fs_store_close(restored);
    store = open_url(urls[1]);
    ck_assert_int_eq(count_of(store, "john@kunde.example"), 3);
    ck_assert_int_eq(verify(store, &summary), FS_OK);
    fs_store_close(store);
    rename_store("old.db", "fullstop.db");
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("store");
    TCase *tcase = tcase_create("contract");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_loop_test(tcase, what_was_written_is_read_back, 0, 2);
    tcase_add_loop_test(tcase, a_work_that_fails_leaves_no_trace, 0, 2);
    tcase_add_loop_test(tcase, many_threads_lose_nothing, 0, 2);
    tcase_add_loop_test(tcase, a_suppression_keeps_the_stronger_reason_until_lifted, 0, 2);
    tcase_add_loop_test(tcase, an_alias_finds_its_message_and_goes_with_its_touch, 0, 2);
    tcase_add_loop_test(tcase, what_went_out_to_a_contact_is_counted_over_all_processes, 0, 2);
    tcase_add_loop_test(tcase, a_heard_message_is_known_also_when_consumed, 0, 2);
    tcase_add_loop_test(tcase, a_wait_that_ends_inside_the_work_is_unknown_and_releases_once, 0, 2);
    tcase_add_test(tcase, a_file_keeps_what_was_committed);
    tcase_add_test(tcase, two_processes_write_one_chain);
    tcase_add_test(tcase, a_missing_store_is_not_made_unless_asked);
    tcase_add_test(tcase, a_removed_store_takes_nothing_until_it_is_back);
    tcase_add_test(tcase, another_store_in_its_place_is_opened);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
