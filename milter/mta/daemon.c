/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * daemon.c - the process of fullstopd: limits, user, lock, background.
 *
 * Decides: nothing. The lock is advisory (flock), lies beside the store and is taken as the
 * user that writes the store.
 * Must not know: libmilter, the configuration, the store.
 */
#include "fullstop/mta.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_MAX_B 4096

void fs_daemon_raise_limits(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static enum fs_status drop_to(const struct passwd *user, struct fs_error *err)
{
    if (initgroups(user->pw_name, user->pw_gid) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0)
        return fs_error_set(err, FS_IO, "user: cannot become \"%s\": %s", user->pw_name,
                            strerror(errno));
    if (user->pw_uid != 0 && setuid(0) == 0)
        return fs_error_set(err, FS_IO, "user: root's rights could be taken back as \"%s\"",
                            user->pw_name);
    return FS_OK;
}

enum fs_status fs_daemon_become(const char *user, struct fs_error *err)
{
    errno = 0;
    const struct passwd *entry = getpwnam(user);
    if (entry == NULL)
        return fs_error_set(err, FS_INPUT,
                            "user: there is no user \"%s\" on this system; create it "
                            "(useradd --system %s) or name another",
                            user, user);
    if (entry->pw_uid == geteuid())
        return FS_OK;
    if (geteuid() != 0)
        return fs_error_set(err, FS_REFUSED,
                            "user: only root can become \"%s\"; start as root or as that user",
                            user);
    return drop_to(entry, err);
}

static void read_pid(int fd, char *out, size_t size_b)
{
    ssize_t got_b = pread(fd, out, size_b - 1, 0);
    out[got_b > 0 ? got_b : 0] = '\0';
    out[strcspn(out, "\n")] = '\0';
}

static enum fs_status lock(const char *path, struct fs_error *err)
{
    /* stays open: the lock is the process's for life */
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return fs_error_set(err, FS_IO,
                            "%s: cannot be written: %s; the directory must exist and belong to "
                            "the daemon's user",
                            path, strerror(errno));
    char pid[32];
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int why = errno;
        read_pid(fd, pid, sizeof pid);
        (void)close(fd);
        if (why != EWOULDBLOCK)
            return fs_error_set(err, FS_IO, "%s: cannot be locked: %s", path, strerror(why));
        return fs_error_set(err, FS_REFUSED,
                            "%s: fullstopd (process %s) already runs on this store; stop it first",
                            path, pid[0] == '\0' ? "unknown" : pid);
    }
    int length_b = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)length_b, 0) != length_b) {
        enum fs_status status =
            fs_error_set(err, FS_IO, "%s: cannot be written: %s", path, strerror(errno));
        (void)close(fd);
        return status;
    }
    return FS_OK;
}

enum fs_status fs_daemon_lock(const char *store_path, struct fs_error *err)
{
    const char *slash = strrchr(store_path, '/');
    int directory_b = slash == NULL ? 0 : (int)(slash - store_path) + 1;
    char path[PATH_MAX_B];
    if (snprintf(path, sizeof path, "%.*sfullstopd.pid", directory_b, store_path) >= PATH_MAX_B)
        return fs_error_set(err, FS_INPUT, "store: the path is too long");
    return lock(path, err);
}

/* Ends the parent: 0 when the child is ready, else with the child's own status. */
static _Noreturn void wait_for_child(pid_t child, int fd)
{
    char byte;
    ssize_t got_b;
    do
        got_b = read(fd, &byte, 1);
    while (got_b < 0 && errno == EINTR);
    if (got_b == 1)
        _exit(0);
    int status = 0;
    if (waitpid(child, &status, 0) == child && WIFEXITED(status))
        _exit(WEXITSTATUS(status));
    _exit(1);
}

enum fs_status fs_daemon_detach(int *out_fd, struct fs_error *err)
{
    int ends[2];
    if (pipe(ends) != 0)
        return fs_error_set(err, FS_IO, "cannot go to the background: %s", strerror(errno));
    pid_t child = fork();
    if (child < 0) {
        enum fs_status status =
            fs_error_set(err, FS_IO, "cannot go to the background: %s", strerror(errno));
        (void)close(ends[0]);
        (void)close(ends[1]);
        return status;
    }
    if (child > 0) {
        (void)close(ends[1]);
        wait_for_child(child, ends[0]);
    }
    (void)close(ends[0]);
    (void)setsid();
    *out_fd = ends[1];
    return FS_OK;
}

void fs_daemon_ready(int fd)
{
    (void)!chdir("/");
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        (void)dup2(null, STDIN_FILENO);
        (void)dup2(null, STDOUT_FILENO);
        (void)dup2(null, STDERR_FILENO);
        (void)close(null);
    }
    (void)!write(fd, "R", 1);
    (void)close(fd);
}
