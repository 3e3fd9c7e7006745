/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * drive.c - speaks the milter protocol to a milter as fast as it answers, and times it.
 *
 * Decides: only what a message looks like: a sales mail of 2 KiB from an internal client to
 * a recipient of its own. Follows the steps the milter asked for. Prints messages per
 * second. Source: mfdef.h of libmilter (protocol version 6).
 * Usage: drive SOCKET CONNECTIONS MESSAGES RUN      RUN makes the addresses of a run unique
 */
#include <errno.h>
#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define OUT_MAX_B 16384
#define IN_MAX_B 65536
#define CONNECTIONS_MAX 64
#define MESSAGES_A_SESSION 20

struct connection {
    pthread_t thread;
    const char *path;
    const char *run;
    int number;
    int messages;
    int failed;
    int fd;
    uint32_t steps;
    size_t out_b;
    char out[OUT_MAX_B];
    char in[IN_MAX_B];
};

static void put(struct connection *c, char command, const void *data, size_t length_b)
{
    uint32_t size = htonl((uint32_t)length_b + 1);
    if (c->out_b + 5 + length_b > OUT_MAX_B)
        abort();
    memcpy(c->out + c->out_b, &size, 4);
    c->out[c->out_b + 4] = command;
    if (length_b > 0)
        memcpy(c->out + c->out_b + 5, data, length_b);
    c->out_b += 5 + length_b;
}

static bool flush(struct connection *c)
{
    size_t sent_b = 0;
    while (sent_b < c->out_b) {
        ssize_t wrote_b = write(c->fd, c->out + sent_b, c->out_b - sent_b);
        if (wrote_b <= 0)
            return false;
        sent_b += (size_t)wrote_b;
    }
    c->out_b = 0;
    return true;
}

static bool take(struct connection *c, void *out, size_t length_b)
{
    return recv(c->fd, out, length_b, MSG_WAITALL) == (ssize_t)length_b;
}

/* The next packet's command, or 0. Its data is in c->in. */
static char packet(struct connection *c)
{
    uint32_t size;
    if (!take(c, &size, 4))
        return 0;
    size = ntohl(size);
    if (size == 0 || size > IN_MAX_B || !take(c, c->in, size))
        return 0;
    return c->in[0];
}

/* The verdict on a step: modifications and progress are passed over. */
static char answer(struct connection *c)
{
    if (!flush(c))
        return 0;
    for (;;) {
        char reply = packet(c);
        if (reply == 0 || reply == SMFIR_CONTINUE || reply == SMFIR_ACCEPT ||
            reply == SMFIR_REJECT || reply == SMFIR_TEMPFAIL || reply == SMFIR_REPLYCODE ||
            reply == SMFIR_SKIP || reply == SMFIR_DISCARD)
            return reply;
    }
}

/* Sends a step unless the milter does not want it; waits unless it does not answer. */
static bool step(struct connection *c, char command, const char *data, size_t length_b,
                 uint32_t unwanted, uint32_t no_reply)
{
    if ((c->steps & unwanted) != 0)
        return true;
    put(c, command, data, length_b);
    return (c->steps & no_reply) != 0 || answer(c) == SMFIR_CONTINUE;
}

static bool negotiate(struct connection *c)
{
    uint32_t offer[3] = {htonl(6), htonl(SMFI_CURR_ACTS), htonl(SMFI_CURR_PROT)};
    put(c, SMFIC_OPTNEG, offer, sizeof offer);
    if (!flush(c) || packet(c) != SMFIC_OPTNEG)
        return false;
    memcpy(&c->steps, c->in + 9, 4);
    c->steps = ntohl(c->steps);
    return true;
}

static bool open_session(struct connection *c)
{
    static const char MACROS[] = "Cj\0mail.example.com\0v\0Postfix 3.7\0{daemon_name}\0ORIGINATING";
    static const char CLIENT[] = "client.example.com\0004\x12\x34"
                                 "127.0.0.1";
    static const char HELO[] = "client.example.com";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", c->path);
    c->out_b = 0;
    c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        !negotiate(c))
        return false;
    put(c, SMFIC_MACRO, MACROS, sizeof MACROS);
    return step(c, SMFIC_CONNECT, CLIENT, sizeof CLIENT, SMFIP_NOCONNECT, SMFIP_NR_CONN) &&
           step(c, SMFIC_HELO, HELO, sizeof HELO, SMFIP_NOHELO, SMFIP_NR_HELO);
}

static bool header(struct connection *c, const char *name, const char *value)
{
    char data[512];
    const char *space = (c->steps & SMFIP_HDR_LEADSPC) != 0 ? " " : "";
    int length_b = snprintf(data, sizeof data, "%s%c%s%s", name, 0, space, value) + 1;
    return step(c, SMFIC_HEADER, data, (size_t)length_b, SMFIP_NOHDRS, SMFIP_NR_HDR);
}

static bool headers(struct connection *c, const char *to, const char *id)
{
    char received[256];
    (void)snprintf(received, sizeof received, "from client by mail.example.com with ESMTPSA id %s",
                   id);
    return header(c, "Received", received) && header(c, "Message-ID", id) &&
           header(c, "Date", "Tue, 24 Nov 2026 10:00:00 +0100") &&
           header(c, "From", "Anna Berger <anna@sales.example.com>") && header(c, "To", to) &&
           header(c, "Subject", "Our offer of last week") && header(c, "MIME-Version", "1.0") &&
           header(c, "User-Agent", "Mozilla Thunderbird") &&
           header(c, "Content-Type", "text/plain; charset=UTF-8; format=flowed") &&
           header(c, "Content-Transfer-Encoding", "8bit") && header(c, "Content-Language", "de-DE");
}

static bool message(struct connection *c, int number)
{
    static const char SENDER[] = "<anna@sales.example.com>";
    char body[2048];
    char macro[128];
    char to[128];
    char id[128];
    int macro_b = snprintf(macro, sizeof macro, "Mi%c4XyZ%02d%06d", 0, c->number, number) + 1;
    int to_b =
        snprintf(to, sizeof to, "<p%s.%d.%d@prospect%d.test>", c->run, c->number, number, number) +
        1;
    (void)snprintf(id, sizeof id, "<%s.%d.%d@mail.example.com>", c->run, c->number, number);
    memset(body, 'x', sizeof body);
    put(c, SMFIC_MACRO, macro, (size_t)macro_b);
    if (!step(c, SMFIC_MAIL, SENDER, sizeof SENDER, SMFIP_NOMAIL, SMFIP_NR_MAIL) ||
        !step(c, SMFIC_RCPT, to, (size_t)to_b, SMFIP_NORCPT, SMFIP_NR_RCPT) ||
        !step(c, SMFIC_DATA, NULL, 0, SMFIP_NODATA, SMFIP_NR_DATA) || !headers(c, to, id) ||
        !step(c, SMFIC_EOH, NULL, 0, SMFIP_NOEOH, SMFIP_NR_EOH))
        return false;
    if ((c->steps & SMFIP_NOBODY) == 0) {
        put(c, SMFIC_BODY, body, sizeof body);
        char reply = answer(c);
        if (reply != SMFIR_CONTINUE && reply != SMFIR_SKIP)
            return false;
    }
    macro[0] = SMFIC_BODYEOB;
    put(c, SMFIC_MACRO, macro, (size_t)macro_b);
    put(c, SMFIC_BODYEOB, NULL, 0);
    char verdict = answer(c);
    return verdict == SMFIR_CONTINUE || verdict == SMFIR_ACCEPT;
}

static void *drive(void *context)
{
    struct connection *c = context;
    for (int sent = 0; sent < c->messages;) {
        bool is_good = open_session(c);
        for (int i = 0; i < MESSAGES_A_SESSION && sent < c->messages; i++, sent++) {
            is_good = is_good && message(c, sent);
            if (!is_good)
                c->failed++;
        }
        put(c, SMFIC_QUIT, NULL, 0);
        (void)flush(c);
        (void)close(c->fd);
    }
    return NULL;
}

static double now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    long connections = argc == 5 ? strtol(argv[2], NULL, 10) : 0;
    long messages = argc == 5 ? strtol(argv[3], NULL, 10) : 0;
    if (connections < 1 || connections > CONNECTIONS_MAX || messages < connections ||
        messages > 10000000) {
        (void)fprintf(stderr, "usage: drive SOCKET CONNECTIONS MESSAGES RUN\n");
        return 2;
    }
    struct connection *all = calloc((size_t)connections, sizeof *all);
    if (all == NULL)
        return 1;
    double began_s = now_s();
    for (int i = 0; i < connections; i++) {
        all[i].path = argv[1];
        all[i].run = argv[4];
        all[i].number = i;
        all[i].messages = (int)(messages / connections);
        if (pthread_create(&all[i].thread, NULL, drive, &all[i]) != 0)
            return 1;
    }
    int failed = 0;
    int sent = 0;
    for (int i = 0; i < connections; i++) {
        (void)pthread_join(all[i].thread, NULL);
        failed += all[i].failed;
        sent += all[i].messages;
    }
    (void)printf("%.1f %d\n", (double)sent / (now_s() - began_s), failed);
    free(all);
    return failed == 0 ? 0 : 1;
}
