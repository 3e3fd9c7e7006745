/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * endpoint.c - an HTTP endpoint that does nothing but say 200, as fast as it can.
 *
 * Prints its port, then the requests per second between the first and the last of COUNT, and
 * ends. Knows just enough HTTP: requests with Content-Length, connections that are kept.
 * Usage: endpoint COUNT
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 64
#define REQUEST_MAX_B 65536

struct client {
    size_t length_b;
    char data[REQUEST_MAX_B];
};

static double now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Takes whole requests off the front and answers them; how many. */
static long answer(struct client *client, int fd)
{
    static const char REPLY[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    long count = 0;
    for (;;) {
        client->data[client->length_b] = '\0';
        const char *end = strstr(client->data, "\r\n\r\n");
        const char *length = strcasestr(client->data, "\nContent-Length:");
        if (end == NULL || length == NULL)
            return count;
        size_t whole_b = (size_t)(end - client->data) + 4 + strtoul(length + 16, NULL, 10);
        if (client->length_b < whole_b)
            return count;
        memmove(client->data, client->data + whole_b, client->length_b - whole_b);
        client->length_b -= whole_b;
        if (write(fd, REPLY, sizeof REPLY - 1) < 0)
            return count;
        count++;
    }
}

static int open_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length_b = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, (struct sockaddr *)&address, length_b) != 0 || listen(fd, CLIENTS_MAX) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length_b) != 0)
        exit(1);
    (void)printf("%d\n", ntohs(address.sin_port));
    (void)fflush(stdout);
    return fd;
}

int main(int argc, char **argv)
{
    static struct client clients[CLIENTS_MAX];
    struct pollfd fds[CLIENTS_MAX + 1] = {{.fd = open_port(), .events = POLLIN}};
    long wanted = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    long count = 0;
    double began_s = 0;
    nfds_t used = 1;
    while (count < wanted && poll(fds, used, -1) > 0) {
        for (nfds_t i = 1; i < used; i++) {
            struct client *client = &clients[i - 1];
            if (fds[i].fd < 0 || fds[i].revents == 0)
                continue;
            ssize_t got = read(fds[i].fd, client->data + client->length_b,
                               REQUEST_MAX_B - 1 - client->length_b);
            began_s = count == 0 ? now_s() : began_s;
            client->length_b += got > 0 ? (size_t)got : 0;
            count += got > 0 ? answer(client, fds[i].fd) : 0;
            if (got <= 0) {
                (void)close(fds[i].fd);
                fds[i].fd = -1;
            }
        }
        if (fds[0].revents != 0 && used <= CLIENTS_MAX) {
            int one = 1;
            int fd = accept(fds[0].fd, NULL, NULL);
            (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            fds[used++] = (struct pollfd){.fd = fd, .events = POLLIN};
        }
    }
    (void)printf("%.1f\n", (double)count / (now_s() - began_s));
    return 0;
}
