/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * run.c - opens the milter socket, serves, stops.
 *
 * Decides: that no second daemon takes over a socket somebody answers on, and how long a
 * stop waits for callbacks and open messages. libmilter itself stops at SIGTERM and SIGINT
 * too; its threads may still be in a callback when smfi_main() returns.
 * Must not know: what the callbacks do.
 */
#include "fullstop/mta.h"

#include <errno.h>
#include <grp.h>
#include <libmilter/mfapi.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "mta_callbacks.h"
#include "mta_session.h"

#define DRAIN_MAX_MS 10000
#define IDLE_MAX_MS 4000
#define DRAIN_STEP_MS 10
/* Connections that wait while all threads are busy. */
#define BACKLOG 200

/* libmilter's callbacks carry no context, so this one object is the process's. Set before
 * threads start; only its atomics change after. */
static struct mta_service service;

struct mta_service *mta_service(void)
{
    return &service;
}

bool mta_enter(void)
{
    (void)atomic_fetch_add(&service.running, 1);
    if (!atomic_load(&service.is_closing))
        return true;
    (void)atomic_fetch_sub(&service.running, 1);
    return false;
}

void mta_leave(void)
{
    (void)atomic_fetch_sub(&service.running, 1);
}

/* The path of "unix:PATH" or "local:PATH", NULL for other addresses. */
static const char *unix_path(const char *listen_at)
{
    if (fs_text_has_prefix(listen_at, "unix:"))
        return listen_at + strlen("unix:");
    if (fs_text_has_prefix(listen_at, "local:"))
        return listen_at + strlen("local:");
    return listen_at[0] == '/' ? listen_at : NULL;
}

/* smfi_opensocket(true) would remove a socket that another daemon serves. */
static bool is_answered(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return false;
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    bool is_connected = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
    (void)close(fd);
    return is_connected;
}

static enum fs_status give_socket(const char *path, const struct fs_config *config,
                                  struct fs_error *err)
{
    if (config->socket_group[0] != '\0') {
        const struct group *group = getgrnam(config->socket_group);
        if (group == NULL)
            return fs_error_set(err, FS_INPUT,
                                "socket_group: there is no group \"%s\" on this system",
                                config->socket_group);
        if (chown(path, (uid_t)-1, group->gr_gid) != 0)
            return fs_error_set(err, FS_IO, "%s: cannot be given to group \"%s\": %s", path,
                                config->socket_group, strerror(errno));
    }
    if (chmod(path, config->socket_mode) != 0)
        return fs_error_set(err, FS_IO, "%s: cannot be given mode %04o: %s", path,
                            (unsigned)config->socket_mode, strerror(errno));
    return FS_OK;
}

static enum fs_status open_socket(const struct fs_config *config, struct fs_error *err)
{
    const char *path = unix_path(config->listen);
    if (path != NULL && is_answered(path))
        return fs_error_set(err, FS_REFUSED, "listen: another program answers on %s; stop it first",
                            path);
    if (smfi_setconn((char *)config->listen) != MI_SUCCESS)
        return fs_error_set(err, FS_INPUT, "listen: libmilter does not take \"%s\"",
                            config->listen);
    mode_t old = umask(0777 & ~config->socket_mode);
    errno = 0;
    int result = smfi_opensocket(true);
    int why = errno;
    (void)umask(old);
    if (result != MI_SUCCESS)
        return fs_error_set(err, FS_IO, "listen: \"%s\" cannot be opened: %s", config->listen,
                            why == 0 ? "see the mail log" : strerror(why));
    return path == NULL ? FS_OK : give_socket(path, config, err);
}

enum fs_status fs_mta_open(const struct fs_mta_setup *setup, struct fs_error *err)
{
    struct smfiDesc callbacks;
    service.setup = *setup;
    if (sem_init(&service.ended, 0, 0) != 0)
        return fs_error_set(err, FS_IO, "semaphore: %s", strerror(errno));
    mta_callbacks(&callbacks);
    if (smfi_register(callbacks) != MI_SUCCESS)
        return fs_error_set(err, FS_NOMEM, "libmilter does not register the filter");
    (void)smfi_setbacklog(BACKLOG);
    const struct fs_config *config = fs_config_cell_get(setup->config);
    enum fs_status status = open_socket(config, err);
    fs_config_unref(config);
    return status;
}

void fs_mta_attach(struct fs_engine *engine)
{
    service.setup.engine = engine;
}

static bool is_idle(void)
{
    return atomic_load(&service.running) == 0 && atomic_load(&service.open_messages) == 0;
}

static bool has_no_callback(void)
{
    return atomic_load(&service.running) == 0;
}

/* Waits until it holds; false when it did not in time. Takes its time from *left_ms. */
static bool wait_until(bool (*holds)(void), int *left_ms)
{
    const struct timespec step = {.tv_nsec = DRAIN_STEP_MS * 1000000L};
    for (; !holds(); *left_ms -= DRAIN_STEP_MS) {
        if (*left_ms <= 0)
            return false;
        (void)nanosleep(&step, NULL);
    }
    return true;
}

/* libmilter serves on while we wait for a moment without open messages, unless it stopped
 * by itself; then no callback touches what we are about to close. */
static bool drain(bool is_serving)
{
    int idle_ms = IDLE_MAX_MS;
    int callbacks_ms = DRAIN_MAX_MS - IDLE_MAX_MS;
    if (is_serving)
        (void)wait_until(is_idle, &idle_ms);
    atomic_store(&service.is_closing, true);
    return wait_until(has_no_callback, &callbacks_ms);
}

static void *listen_and_serve(void *unused)
{
    (void)unused;
    service.served = smfi_main() == MI_SUCCESS ? FS_OK : FS_IO;
    atomic_store(&service.has_ended, true);
    (void)sem_post(&service.ended);
    return NULL;
}

/* smfi_main() runs on a thread that nobody waits for: smfi_stop() would block for seconds
 * and leave messages that are open without their end. */
enum fs_status fs_mta_run(struct fs_error *err)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, listen_and_serve, NULL) != 0)
        return fs_error_set(err, FS_NOMEM, "no thread can be started");
    (void)pthread_detach(thread);
    while (sem_wait(&service.ended) != 0)
        ; /* EINTR */
    bool has_ended = atomic_load(&service.has_ended);
    if (!drain(!has_ended))
        return fs_error_set(err, FS_LIMIT, "callbacks were still running %d s after the stop",
                            DRAIN_MAX_MS / 1000);
    if (has_ended && service.served != FS_OK)
        return fs_error_set(err, FS_IO, "libmilter failed; the mail log says why");
    return FS_OK;
}

void fs_mta_stop(void)
{
    (void)sem_post(&service.ended);
}

unsigned long fs_mta_take_undecided(void)
{
    return atomic_exchange(&service.undecided, 0);
}
