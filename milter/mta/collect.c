/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * collect.c - gathers envelope, header fields and body of one message into bounded memory.
 *
 * Decides: what is beyond the caps and not looked at. A failure is kept in the message and
 * answered once, at its end.
 * Must not know: libmilter, what the message means.
 */
#include "mta_message.h"

#include <stdlib.h>
#include <string.h>

#include "fullstop/address.h"

#define RECIPIENTS_FIRST 8

/* Keeps the first failure. */
static void fail(struct mta_message *message, enum fs_status status)
{
    if (message->failure == FS_OK)
        message->failure = status;
}

static bool is_our_name(const char *name)
{
    return fs_text_has_prefix(name, MTA_OUR_PREFIX);
}

static struct mta_our_header *find_ours(struct mta_message *message, const char *name)
{
    for (size_t i = 0; i < message->our_count; i++)
        if (fs_text_equal(message->ours[i].name, name))
            return &message->ours[i];
    return NULL;
}

/* NULL: more names than we keep, or out of memory. */
static struct mta_our_header *add_ours(struct mta_message *message, const char *name)
{
    if (message->our_count == MTA_OUR_HEADERS_MAX) {
        message->has_ours_left = true;
        return NULL;
    }
    const char *copy = fs_arena_strdup(message->arena, name);
    if (copy == NULL) {
        fail(message, FS_NOMEM);
        return NULL;
    }
    message->ours[message->our_count] = (struct mta_our_header){.name = copy};
    return &message->ours[message->our_count++];
}

/* The configured flag names come first, so that no flood of others displaces them. A name
 * outside X- is only ever added, never removed: it could be anybody's. */
static void expect_flags(struct mta_message *message)
{
    const struct fs_config *config = message->config;
    for (size_t i = 0; i < config->process_count; i++) {
        const char *flag = config->processes[i].flag_header;
        if (flag != NULL && fs_text_has_prefix(flag, "X-") && find_ours(message, flag) == NULL)
            (void)add_ours(message, flag);
    }
}

struct mta_message *mta_message_new(const struct fs_config *config, const char *sender)
{
    struct mta_message *message = calloc(1, sizeof *message);
    if (message == NULL) {
        fs_config_unref(config);
        return NULL;
    }
    message->config = config;
    fs_buf_init(&message->raw, FS_MAIL_HEADER_MAX_B + FS_MAIL_BODY_MAX_B + 2);
    message->arena = fs_arena_new(MTA_MESSAGE_MAX_B);
    message->sender = message->arena == NULL ? NULL : fs_arena_strdup(message->arena, sender);
    if (message->sender == NULL) {
        mta_message_free(message);
        return NULL;
    }
    message->is_body_wanted = true;
    expect_flags(message);
    return message;
}

void mta_message_free(struct mta_message *message)
{
    if (message == NULL)
        return;
    fs_config_unref(message->config);
    fs_buf_clear(&message->raw);
    fs_arena_free(message->arena);
    free(message->rcpt_args);
    free(message->recipients);
    free(message);
}

static bool grow_recipients(struct mta_message *message)
{
    if (message->recipient_count < message->recipient_size)
        return true;
    size_t size = message->recipient_size == 0 ? RECIPIENTS_FIRST : 2 * message->recipient_size;
    const char **args = realloc(message->rcpt_args, size * sizeof *args);
    if (args == NULL)
        return false;
    message->rcpt_args = args;
    const char **recipients = realloc(message->recipients, size * sizeof *recipients);
    if (recipients == NULL)
        return false;
    message->recipients = recipients;
    message->recipient_size = size;
    return true;
}

/* An MTA makes an address also of what is none, and of a source route the one behind it. */
static enum fs_status read_recipient(struct mta_message *message, const char *arg,
                                     const char *address, const char **out)
{
    enum fs_status status = fs_address_canonical(message->arena, arg, out, NULL);
    bool is_plain = arg[strspn(arg, " <")] != '@' && strchr(arg, '\\') == NULL;
    if (status == FS_INPUT && address != NULL) {
        status = fs_address_canonical(message->arena, address, out, NULL);
        is_plain = false;
    }
    if (status == FS_OK && !is_plain)
        message->has_odd_recipient = true;
    return status;
}

void mta_message_add_recipient(struct mta_message *message, const char *arg, const char *address)
{
    if (message->recipient_count >= FS_RECIPIENTS_MAX) {
        message->has_too_many_recipients = true;
        return;
    }
    const char *copy = fs_arena_strdup(message->arena, arg);
    if (copy == NULL || !grow_recipients(message)) {
        fail(message, FS_NOMEM);
        return;
    }
    const char *canonical = NULL;
    if (read_recipient(message, copy, address, &canonical) == FS_NOMEM) {
        fail(message, FS_NOMEM);
        return;
    }
    message->rcpt_args[message->recipient_count] = copy;
    message->recipients[message->recipient_count] = canonical;
    message->recipient_count++;
    if (canonical != NULL && fs_config_is_ours(message->config, canonical))
        message->has_our_recipient = true;
}

static void count_ours(struct mta_message *message, const char *name)
{
    struct mta_our_header *ours = find_ours(message, name);
    if (ours == NULL && is_our_name(name))
        ours = add_ours(message, name);
    if (ours != NULL)
        ours->count++;
}

/* Outlook repeats the subject in Thread-Topic, and with it the mark. */
static const char *const MARKABLE[] = {"Subject", "Thread-Topic"};

/* Kept also beyond the caps: what is not looked at must not carry the mark outside. */
static void keep_markable(struct mta_message *message, const char *name, const char *value)
{
    const char *known = NULL;
    for (size_t i = 0; i < sizeof MARKABLE / sizeof MARKABLE[0]; i++)
        if (fs_text_equal(name, MARKABLE[i]))
            known = MARKABLE[i];
    if (known == NULL || message->markable_count == MTA_MARKABLE_MAX ||
        strlen(value) > FS_MAIL_HEADER_MAX_B)
        return;
    int index = 1;
    for (size_t i = 0; i < message->markable_count; i++)
        index += message->markable[i].name == known;
    const char *copy = fs_arena_strdup(message->arena, value);
    if (copy == NULL) {
        fail(message, FS_NOMEM);
        return;
    }
    message->markable[message->markable_count++] =
        (struct mta_markable){.name = known, .index = index, .value = copy};
}

void mta_message_add_header(struct mta_message *message, const char *name, const char *value,
                            bool has_leading_space)
{
    count_ours(message, name);
    if (!message->is_in_body)
        keep_markable(message, name, value);
    size_t before_b = message->raw.length_b;
    if (message->is_in_body || message->header_count == FS_MAIL_HEADERS_MAX)
        return;
    size_t need_b = strlen(name) + strlen(value) + 4; /* colon, space, CR, LF */
    if (need_b > FS_MAIL_HEADER_MAX_B - before_b)
        return;
    enum fs_status status = fs_buf_add(&message->raw, name, strlen(name));
    if (status == FS_OK)
        status = fs_buf_add(&message->raw, ": ", has_leading_space ? 1 : 2);
    if (status == FS_OK)
        status = fs_buf_add(&message->raw, value, strlen(value));
    if (status == FS_OK)
        status = fs_buf_add(&message->raw, "\r\n", 2);
    if (status != FS_OK)
        fail(message, status);
    message->header_count++;
    message->header_b = message->raw.length_b;
}

void mta_message_end_headers(struct mta_message *message, bool is_body_wanted)
{
    if (message->is_in_body)
        return;
    message->is_in_body = true;
    message->is_body_wanted = is_body_wanted;
    enum fs_status status = fs_buf_add(&message->raw, "\r\n", 2);
    if (status != FS_OK)
        fail(message, status);
}

bool mta_message_add_body(struct mta_message *message, const unsigned char *bytes, size_t length_b)
{
    if (!message->is_body_wanted || message->failure != FS_OK)
        return false;
    size_t room_b = FS_MAIL_BODY_MAX_B - message->body_b;
    size_t taken_b = length_b < room_b ? length_b : room_b;
    enum fs_status status = fs_buf_add(&message->raw, bytes, taken_b);
    if (status != FS_OK) {
        fail(message, status);
        return false;
    }
    message->body_b += taken_b;
    return message->body_b < FS_MAIL_BODY_MAX_B;
}
