/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * people.c - reads From, Reply-To, To, Cc and the envelope sender.
 *
 * Decides: which address stands for the author: the first that is one. Where a field is
 * too broken for GMime, the first word with an @ counts. Must not know: whose they are.
 * Sources: RFC 5322 section 3.4, RFC 5321 section 4.4 (Return-Path).
 */
#include "mail_people.h"

#include <gmime/gmime.h>
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/text.h"
#include "mail_message.h"

/* Groups in groups are not looked into further. */
#define GROUP_DEPTH_MAX 3

/* Addresses gathered, each once. */
struct collection {
    const char **items;
    size_t count;
    size_t max;
    size_t looked_at; /* valid or not: bounds the work */
};

static const char *canonical(struct mail *mail, const char *text)
{
    const char *address = NULL;
    if (text != NULL && fs_address_canonical(mail->arena, text, &address, NULL) == FS_NOMEM) {
        mail->no_memory = true;
    }
    return address;
}

static void collect(struct mail *mail, struct collection *into, const char *text)
{
    const char *address = canonical(mail, text);
    for (size_t i = 0; address != NULL && i < into->count; i++) {
        if (strcmp(into->items[i], address) == 0) {
            return;
        }
    }
    if (address != NULL && into->count < into->max) {
        into->items[into->count++] = address;
    }
}

static void collect_list(struct mail *mail, struct collection *into, InternetAddressList *list,
                         int depth)
{
    int length = list != NULL && depth < GROUP_DEPTH_MAX ? internet_address_list_length(list) : 0;
    for (int i = 0; i < length && into->count < into->max; i++) {
        InternetAddress *address = internet_address_list_get_address(list, i);
        if (into->looked_at++ >= FS_MAIL_ADDRESSES_MAX) {
            return;
        }
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            InternetAddressGroup *group = INTERNET_ADDRESS_GROUP(address);
            collect_list(mail, into, internet_address_group_get_members(group), depth + 1);
        } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            InternetAddressMailbox *mailbox = INTERNET_ADDRESS_MAILBOX(address);
            collect(mail, into, internet_address_mailbox_get_addr(mailbox));
        }
    }
}

/* The first word with an @ in a field that is no address list. */
static const char *salvage(struct mail *mail, const char *value)
{
    static const char separators[] = " \t<>()[],;:\"'";
    const char *sign = value != NULL ? strchr(value, '@') : NULL;
    if (sign == NULL) {
        return NULL;
    }
    const char *start = sign;
    while (start > value && strchr(separators, start[-1]) == NULL) {
        start--;
    }
    return canonical(mail,
                     mail_strndup(mail, start, (size_t)(sign - start) + strcspn(sign, separators)));
}

static const char *first_of(struct mail *mail, InternetAddressList *list, const char *raw)
{
    const char *item = NULL;
    struct collection one = {.items = &item, .max = 1};
    collect_list(mail, &one, list, 0);
    return item != NULL ? item : salvage(mail, raw);
}

/* The envelope's word counts; without it Return-Path, which the last MTA wrote. Qmail
 * and old mailboxes write the null sender as MAILER-DAEMON. */
static const char *envelope_sender(struct mail *mail)
{
    const char *text = mail->envelope->sender;
    if (text == NULL) {
        text = mail_header(mail, FIELD_RETURN_PATH);
    }
    if (text == NULL) {
        return NULL;
    }
    size_t skip = strspn(text, "< ");
    const char *inner = text + skip;
    size_t length_b = strcspn(inner, "> ");
    if (length_b == 0 ||
        (length_b == strlen("MAILER-DAEMON") && fs_text_has_prefix(inner, "MAILER-DAEMON"))) {
        return "";
    }
    return canonical(mail, text);
}

static void read_recipients(struct mail *mail)
{
    struct collection all = {.max = FS_MAIL_ADDRESSES_MAX};
    all.items = mail_alloc(mail, all.max, sizeof *all.items);
    if (all.items == NULL) {
        return;
    }
    collect_list(mail, &all, g_mime_message_get_to(mail->message), 0);
    collect_list(mail, &all, g_mime_message_get_cc(mail->message), 0);
    mail->facts.to = all.items;
    mail->facts.to_count = all.count;
}

void mail_people_read(struct mail *mail)
{
    GMimeMessage *message = mail->message;
    mail->facts.from =
        first_of(mail, g_mime_message_get_from(message), mail_header(mail, FIELD_FROM));
    mail->facts.reply_to = first_of(mail, g_mime_message_get_reply_to(message), NULL);
    mail->facts.sender = envelope_sender(mail);
    read_recipients(mail);
}
