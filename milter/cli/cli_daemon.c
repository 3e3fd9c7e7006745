/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_daemon.c - whether fullstopd runs, by the lock it holds on its pid file.
 *
 * Decides running, stopped or unknown. The number in the file counts only while the lock
 * is held: after a crash it may be another program's. Must not signal anybody.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli.h"
#include "fullstop/text.h"

#define PID_FILE "fullstopd.pid"

const char *fs_cli_daemon_name(enum fs_cli_daemon daemon)
{
    switch (daemon) {
    case FS_CLI_DAEMON_STOPPED:
        return "stopped";
    case FS_CLI_DAEMON_RUNNING:
        return "running";
    case FS_CLI_DAEMON_UNKNOWN:
        return "unknown";
    }
    return "unknown";
}

static const char *pid_path(struct fs_cli *cli)
{
    const char *store = fs_config_store_path(cli->config);
    const char *slash;

    if (store == NULL)
        return NULL;
    slash = strrchr(store, '/');
    if (slash == NULL)
        return PID_FILE;
    return fs_arena_printf(cli->arena, "%.*s/" PID_FILE, (int)(slash - store), store);
}

static pid_t read_pid(int fd)
{
    char text[24];
    int64_t pid;
    ssize_t got = pread(fd, text, sizeof text - 1, 0);

    if (got <= 0)
        return 0;
    text[got] = '\0';
    text[strcspn(text, "\r\n ")] = '\0';
    if (fs_text_int(text, INT_MAX, &pid) != FS_OK || pid <= 1)
        return 0;
    return (pid_t)pid;
}

enum fs_cli_daemon fs_cli_daemon_find(struct fs_cli *cli, pid_t *out_pid, const char **out_path)
{
    enum fs_cli_daemon found = FS_CLI_DAEMON_UNKNOWN;
    const char *path = pid_path(cli);

    *out_pid = 0;
    *out_path = path;
    if (path == NULL)
        return FS_CLI_DAEMON_UNKNOWN;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? FS_CLI_DAEMON_STOPPED : FS_CLI_DAEMON_UNKNOWN;
    if (flock(fd, LOCK_SH | LOCK_NB) == 0) {
        found = FS_CLI_DAEMON_STOPPED;
    } else if (errno == EWOULDBLOCK) {
        found = FS_CLI_DAEMON_RUNNING;
        *out_pid = read_pid(fd);
    }
    close(fd); /* also unlocks */
    return found;
}
