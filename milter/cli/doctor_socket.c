/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_socket.c - fullstop's socket: its rights, and whether a milter answers on it.
 *
 * Decides whether the MTA's user can connect, and speaks the first words of the milter
 * protocol to see that fullstopd answers. The talk ends before any message. Must not know
 * how the MTA is configured.
 */
#include "doctor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "fullstop/text.h"

#define ANSWER_MS 3000
/* The milter protocol: length, command, then for the negotiation three numbers. */
#define COMMAND_NEGOTIATE 'O'
#define COMMAND_QUIT 'Q'
#define PROTOCOL_VERSION 6u
#define ALL_ACTIONS 0x1ffu
#define ALL_STEPS 0x1fffffu
#define NEGOTIATE_SIZE_B 17
#define ANSWER_SIZE_B 5

/* Sendmail's rule for the way to a socket: nobody else may write there, nor a group (tried
 * with 8.17). */
static void check_folders(struct fs_doctor *doctor, const char *path)
{
    const char *folder = path;

    do {
        struct stat found;
        folder = fs_doctor_folder(doctor->arena, folder);
        if (folder == NULL || stat(folder, &found) != 0)
            return;
        if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0)
            fs_doctor_find(doctor, FS_DOCTOR_SOCKET_FOLDER_UNSAFE, folder,
                           fs_doctor_text(doctor,
                                          "sudo chmod go-w %s    # or another folder, "
                                          "where this one is shared",
                                          fs_doctor_quoted(doctor, folder)),
                           NULL, NULL);
    } while (strcmp(folder, "/") != 0 && strcmp(folder, ".") != 0);
}

static void denied(struct fs_doctor *doctor, const struct fs_doctor_who *who, const char *path,
                   mode_t mode)
{
    const struct fs_config *config = doctor->config;
    bool has_group_bit = (config->socket_mode & S_IWGRP) != 0;
    const char *line =
        has_group_bit ? fs_doctor_text(doctor,
                                       "socket_group = \"%s\"    # in %s; then: sudo systemctl "
                                       "restart fullstop",
                                       who->name, config->path)
                      : fs_doctor_text(doctor,
                                       "socket_mode = \"0660\"    # in %s; then: sudo systemctl "
                                       "restart fullstop",
                                       config->path);

    fs_doctor_find(doctor, FS_DOCTOR_SOCKET_DENIED, who->name, path,
                   fs_doctor_text(doctor, "%04o", (unsigned)mode & 07777u), line);
}

void fs_doctor_socket(struct fs_doctor *doctor, const char *mta_user, bool is_careful)
{
    const char *path = fs_doctor_unix_path(doctor->listen_at);
    struct fs_doctor_who who;
    struct stat found;

    if (path == NULL)
        return;
    if (is_careful)
        check_folders(doctor, path);
    if (stat(path, &found) != 0) {
        if (errno != EACCES)
            fs_doctor_find(doctor, FS_DOCTOR_SOCKET_MISSING, path, NULL, NULL, NULL);
        return;
    }
    if (!S_ISSOCK(found.st_mode)) {
        fs_doctor_find(doctor, FS_DOCTOR_SOCKET_NO_SOCKET, path, fs_doctor_quoted(doctor, path),
                       NULL, NULL);
        return;
    }
    if (!fs_doctor_who(mta_user, &who))
        return;
    const char *closed = fs_doctor_closed_folder(doctor->arena, &who, path);
    if (closed != NULL)
        fs_doctor_find(doctor, FS_DOCTOR_SOCKET_FOLDER_DENIED, mta_user, closed,
                       fs_doctor_text(doctor, "sudo chgrp %s %s && sudo chmod g+x %s", mta_user,
                                      fs_doctor_quoted(doctor, closed),
                                      fs_doctor_quoted(doctor, closed)),
                       NULL);
    else if (!fs_doctor_may(&who, path, W_OK))
        denied(doctor, &who, path, found.st_mode);
    else
        fs_doctor_find(doctor, FS_DOCTOR_SOCKET, mta_user, path, NULL, NULL);
    if ((found.st_mode & S_IWOTH) != 0)
        fs_doctor_find(doctor, FS_DOCTOR_SOCKET_OPEN, path, doctor->config->path, NULL, NULL);
}

/* ---- the first words of the protocol ---- */

static int connect_unix(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

static int connect_one(const struct addrinfo *one)
{
    int fd = socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int why = 0;
    socklen_t size_b = sizeof why;

    if (fd < 0)
        return -1;
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    if (connect(fd, one->ai_addr, one->ai_addrlen) == 0)
        return fd;
    if (errno == EINPROGRESS && poll(&ready, 1, ANSWER_MS) == 1 &&
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &size_b) == 0 && why == 0)
        return fd;
    why = why == 0 ? ETIMEDOUT : why;
    close(fd);
    errno = why;
    return -1;
}

/* "inet:HOST:PORT". */
static int connect_inet(const char *address)
{
    const struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char host[256];
    const char *colon = strrchr(address, ':');
    const char *start = address + strlen("inet:");
    int fd = -1;

    if (colon == NULL || colon <= start || (size_t)(colon - start) >= sizeof host)
        return -1;
    memcpy(host, start, (size_t)(colon - start));
    host[colon - start] = '\0';
    if (getaddrinfo(host, colon + 1, &wanted, &found) != 0) {
        errno = EHOSTUNREACH;
        return -1;
    }
    for (const struct addrinfo *one = found; one != NULL && fd < 0; one = one->ai_next)
        fd = connect_one(one);
    freeaddrinfo(found);
    return fd;
}

static void put_number(unsigned char *at, uint32_t number)
{
    uint32_t wire = htonl(number);

    memcpy(at, &wire, sizeof wire);
}

/* Whether it answers a negotiation with one. */
static bool is_answering(int fd)
{
    unsigned char question[NEGOTIATE_SIZE_B];
    unsigned char answer[ANSWER_SIZE_B];
    const unsigned char quit[] = {0, 0, 0, 1, COMMAND_QUIT};
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    size_t got_b = 0;

    put_number(question, NEGOTIATE_SIZE_B - 4);
    question[4] = COMMAND_NEGOTIATE;
    put_number(question + 5, PROTOCOL_VERSION);
    put_number(question + 9, ALL_ACTIONS);
    put_number(question + 13, ALL_STEPS);
    if (send(fd, question, sizeof question, MSG_NOSIGNAL) != (ssize_t)sizeof question)
        return false;
    while (got_b < sizeof answer) {
        if (poll(&ready, 1, ANSWER_MS) != 1)
            return false;
        ssize_t more = recv(fd, answer + got_b, sizeof answer - got_b, 0);
        if (more <= 0)
            return false;
        got_b += (size_t)more;
    }
    (void)send(fd, quit, sizeof quit, MSG_NOSIGNAL);
    return answer[4] == COMMAND_NEGOTIATE;
}

enum fs_status fs_doctor_negotiate(const char *listen_at, struct fs_error *err)
{
    const char *path = fs_doctor_unix_path(listen_at);
    int fd = path != NULL ? connect_unix(path) : connect_inet(listen_at);

    if (fd < 0)
        return fs_error_set(err, errno == EACCES || errno == EPERM ? FS_REFUSED : FS_IO, "%s",
                            strerror(errno));
    bool answers = is_answering(fd);
    close(fd);
    return answers ? FS_OK : fs_error_set(err, FS_IO, "it does not speak the milter protocol");
}
