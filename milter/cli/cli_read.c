/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_read.c - one message from a file or standard input into a buffer that is reused.
 *
 * Decides how much is read: what the parser's caps let it look at. Must not know what a
 * message says.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "fullstop/mail.h"

/* An mbox "From " line and the blank line lie outside the parser's caps. */
#define MESSAGE_MAX_B ((size_t)FS_MAIL_HEADER_MAX_B + FS_MAIL_BODY_MAX_B + 4096)
#define FIRST_SIZE_B ((size_t)64 * 1024)

static enum fs_status grow(struct fs_cli_message *message, struct fs_error *err)
{
    size_t size_b = message->size_b == 0 ? FIRST_SIZE_B : 2 * message->size_b;

    if (size_b > MESSAGE_MAX_B)
        size_b = MESSAGE_MAX_B;
    char *data = realloc(message->data, size_b);
    if (data == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    message->data = data;
    message->size_b = size_b;
    return FS_OK;
}

enum fs_status fs_cli_message_read(struct fs_cli_message *message, int fd, const char *name,
                                   struct fs_error *err)
{
    message->length_b = 0;
    while (message->length_b < MESSAGE_MAX_B) {
        if (message->length_b == message->size_b && grow(message, err) != FS_OK)
            return FS_NOMEM;
        ssize_t got =
            read(fd, message->data + message->length_b, message->size_b - message->length_b);
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fs_error_set(err, FS_IO, "cannot read %s: %s", name, strerror(errno));
        message->length_b += (size_t)got;
    }
    return FS_OK;
}

void fs_cli_message_clear(struct fs_cli_message *message)
{
    free(message->data);
    memset(message, 0, sizeof *message);
}
