/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mta_daemon.c - lock, user and background of the daemon's process.
 */
#include <check.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fullstop/mta.h"
#include "suite.h"

static char directory[64];
static char store[96];
static char lock_path[96];

static void make_directory(void)
{
    (void)snprintf(directory, sizeof directory, "/tmp/fullstop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    (void)snprintf(store, sizeof store, "%s/fullstop.db", directory);
    (void)snprintf(lock_path, sizeof lock_path, "%s/fullstopd.pid", directory);
}

static void remove_directory(void)
{
    (void)unlink(lock_path);
    ck_assert_int_eq(rmdir(directory), 0);
}

/* A child that holds the lock until its end of the pipe closes. */
static pid_t hold_lock(int *out_release_fd)
{
    int ready[2];
    int release[2];
    char byte;
    ck_assert_int_eq(pipe(ready), 0);
    ck_assert_int_eq(pipe(release), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        (void)close(release[1]);
        byte = fs_daemon_lock(store, NULL) == FS_OK ? 'y' : 'n';
        if (write(ready[1], &byte, 1) != 1)
            _exit(1);
        (void)!read(release[0], &byte, 1);
        _exit(0);
    }
    (void)close(ready[1]);
    (void)close(release[0]);
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    ck_assert_int_eq(byte, 'y');
    (void)close(ready[0]);
    *out_release_fd = release[1];
    return child;
}

START_TEST(a_second_daemon_is_refused_and_told_the_first_ones_pid)
{
    int release_fd = -1;
    pid_t child = hold_lock(&release_fd);
    struct fs_error error = {0};
    char pid[32];
    (void)snprintf(pid, sizeof pid, "process %ld", (long)child);
    ck_assert_int_eq(fs_daemon_lock(store, &error), FS_REFUSED);
    ck_assert_ptr_nonnull(strstr(error.text, pid));
    ck_assert_ptr_nonnull(strstr(error.text, lock_path));
    (void)close(release_fd);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(a_dead_daemons_lock_is_free_and_the_pid_is_replaced)
{
    int release_fd = -1;
    pid_t child = hold_lock(&release_fd);
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    (void)close(release_fd);
    struct fs_error error = {0};
    ck_assert_msg(fs_daemon_lock(store, &error) == FS_OK, "%s", error.text);
    FILE *file = fopen(lock_path, "r");
    ck_assert_ptr_nonnull(file);
    long pid = 0;
    ck_assert_int_eq(fscanf(file, "%ld", &pid), 1);
    (void)fclose(file);
    ck_assert_int_eq(pid, getpid());
}
END_TEST

START_TEST(a_missing_directory_of_the_store_is_named)
{
    struct fs_error error = {0};
    ck_assert_int_eq(fs_daemon_lock("/nonexistent/fullstop.db", &error), FS_IO);
    ck_assert_ptr_nonnull(strstr(error.text, "/nonexistent/fullstopd.pid"));
}
END_TEST

START_TEST(a_link_in_the_locks_place_is_not_followed)
{
    ck_assert_int_eq(symlink("/dev/null", lock_path), 0);
    ck_assert_int_eq(fs_daemon_lock(store, NULL), FS_IO);
}
END_TEST

START_TEST(the_current_user_is_no_change_and_an_unknown_one_is_named)
{
    const struct passwd *self = getpwuid(geteuid());
    ck_assert_ptr_nonnull(self);
    struct fs_error error = {0};
    ck_assert_int_eq(fs_daemon_become(self->pw_name, &error), FS_OK);
    ck_assert_int_eq(fs_daemon_become("no-such-user", &error), FS_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "\"no-such-user\""));
}
END_TEST

/* How fs_daemon_detach() ends the parent when its child does this. */
static int parents_status(void (*work)(int fd))
{
    pid_t parent = fork();
    ck_assert_int_ge(parent, 0);
    if (parent == 0) {
        int fd = -1;
        if (fs_daemon_detach(&fd, NULL) != FS_OK)
            _exit(99);
        work(fd);
        _exit(7);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(parent, &status, 0), parent);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void become_ready(int fd)
{
    fs_daemon_ready(fd);
}

static void fail_to_start(int fd)
{
    (void)fd;
}

static void crash(int fd)
{
    (void)fd;
    (void)raise(SIGKILL);
}

START_TEST(the_parent_ends_well_when_the_child_is_ready)
{
    ck_assert_int_eq(parents_status(become_ready), 0);
}
END_TEST

START_TEST(the_parent_ends_as_the_child_that_could_not_start)
{
    ck_assert_int_eq(parents_status(fail_to_start), 7);
    ck_assert_int_eq(parents_status(crash), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mta daemon");
    TCase *tcase = tcase_create("process");
    tcase_add_checked_fixture(tcase, make_directory, remove_directory);
    tcase_add_test(tcase, a_second_daemon_is_refused_and_told_the_first_ones_pid);
    tcase_add_test(tcase, a_dead_daemons_lock_is_free_and_the_pid_is_replaced);
    tcase_add_test(tcase, a_missing_directory_of_the_store_is_named);
    tcase_add_test(tcase, a_link_in_the_locks_place_is_not_followed);
    tcase_add_test(tcase, the_current_user_is_no_change_and_an_unknown_one_is_named);
    tcase_add_test(tcase, the_parent_ends_well_when_the_child_is_ready);
    tcase_add_test(tcase, the_parent_ends_as_the_child_that_could_not_start);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}
