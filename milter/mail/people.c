/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * people.c - reads From, Reply-To, To, Cc and the envelope sender.
 *
 * Decides: which address stands for the author: the first that is one; and who wrote it
 * where a list or gateway put itself into From (so that DMARC passes: RFC 7960 section
 * 4.1.3.3). Where a field is too broken for GMime, the first word with an @ counts. Must not
 * know: whose they are. Sources: RFC 5322 section 3.4, RFC 5321 section 4.4 (Return-Path),
 * RFC 2369 (List-Post).
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

/* ---- who wrote what a list sends in its own name ---- */

static const enum mail_field list_marks[] = {FIELD_LIST_ID, FIELD_LIST_POST, FIELD_MAILING_LIST};

/* Fields that keep the From that was there, the surest first. */
static const enum mail_field original_fields[] = {FIELD_X_ORIGINAL_FROM, FIELD_X_ORIGINAL_SENDER,
                                                  FIELD_X_GOOGLE_ORIGINAL_FROM};

static bool is_other(const struct mail *mail, const char *address)
{
    return address != NULL && (mail->facts.from == NULL || strcmp(mail->facts.from, address) != 0);
}

static bool has_list_mark(const struct mail *mail)
{
    for (size_t i = 0; i < G_N_ELEMENTS(list_marks); i++) {
        if (mail_header(mail, list_marks[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* "Jana via Sales", "Jana (via sales Mailing List)" */
static bool is_via(const char *name)
{
    const char *via = name != NULL ? fs_text_find(name, "via ") : NULL;
    return via != NULL && via > name && (via[-1] == ' ' || via[-1] == '(');
}

static bool posts_to_from(struct mail *mail)
{
    const char *value = mail_header(mail, FIELD_LIST_POST);
    const char *start = value != NULL ? fs_text_find(value, "mailto:") : NULL;
    if (start == NULL || mail->facts.from == NULL) {
        return false;
    }
    start += strlen("mailto:");
    const char *post = canonical(mail, mail_strndup(mail, start, strcspn(start, ">?, ")));
    return post != NULL && strcmp(post, mail->facts.from) == 0;
}

/* The From of a list that speaks for its members. */
static bool is_from_list(struct mail *mail)
{
    InternetAddressList *list = g_mime_message_get_from(mail->message);
    InternetAddress *first = list != NULL && internet_address_list_length(list) > 0
                                 ? internet_address_list_get_address(list, 0)
                                 : NULL;
    return has_list_mark(mail) &&
           ((first != NULL && is_via(internet_address_get_name(first))) || posts_to_from(mail));
}

/* The list itself may stand in Reply-To as well, before or after the author. */
static const char *other_in_reply_to(struct mail *mail)
{
    const char *items[2] = {NULL, NULL};
    struct collection two = {.items = items, .max = 2};
    collect_list(mail, &two, g_mime_message_get_reply_to(mail->message), 0);
    for (size_t i = 0; i < two.count; i++) {
        if (is_other(mail, items[i])) {
            return items[i];
        }
    }
    return NULL;
}

static const char *field_address(struct mail *mail, enum mail_field field)
{
    const char *value = mail_header(mail, field);
    InternetAddressList *list =
        value != NULL ? internet_address_list_parse(mail->options, value) : NULL;
    const char *address = value != NULL ? first_of(mail, list, value) : NULL;
    if (list != NULL) {
        g_object_unref(list);
    }
    return is_other(mail, address) ? address : NULL;
}

static const char *original_author(struct mail *mail)
{
    for (size_t i = 0; i < G_N_ELEMENTS(original_fields); i++) {
        const char *address = field_address(mail, original_fields[i]);
        if (address != NULL) {
            return address;
        }
    }
    if (!is_from_list(mail)) {
        return NULL;
    }
    const char *address = other_in_reply_to(mail);
    return address != NULL ? address : field_address(mail, FIELD_X_MAILFROM);
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
    mail->facts.original_from = original_author(mail);
    mail->facts.sender = envelope_sender(mail);
    read_recipients(mail);
}
