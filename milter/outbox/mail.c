/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail.c - one notice handed to a submission host with libcurl, by SMTP.
 *
 * Decides: the sender is the null sender, so that nothing comes back; no proxy; to another
 * host, and with a password to any, only with TLS and a certificate that holds. Must not know
 * the store, nor when to try again.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outbox_room.h"

#define TIMEOUT_MS 30000L

struct mail {
    CURL *easy;
    const struct fs_notices *notices;
    const atomic_bool *stopping;
    struct curl_slist *recipients;
    const char *rest; /* of the message */
    size_t rest_b;
};

static size_t on_read(char *bytes, size_t size, size_t count, void *context)
{
    struct mail *mail = context;
    size_t room_b = size * count;
    size_t take_b = mail->rest_b < room_b ? mail->rest_b : room_b;
    memcpy(bytes, mail->rest, take_b);
    mail->rest += take_b;
    mail->rest_b -= take_b;
    return take_b;
}

/* What a server says is not kept: it may repeat addresses. */
static size_t on_answer(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

/* libcurl waits for the answer to the end of a message without giving the thread back, but asks
 * here every second. */
static int on_progress(void *context, curl_off_t down, curl_off_t down_now, curl_off_t up,
                       curl_off_t up_now)
{
    const struct mail *mail = context;
    (void)down;
    (void)down_now;
    (void)up;
    (void)up_now;
    return atomic_load(mail->stopping) ? 1 : 0;
}

/* The password is given apart from the URL, which is shown in places. */
static bool set_login(CURL *easy, const struct fs_notices *notices)
{
    bool ok = true;
    if (notices->ca_file[0] != '\0')
        ok = curl_easy_setopt(easy, CURLOPT_CAINFO, notices->ca_file) == CURLE_OK;
    if (notices->user[0] == '\0')
        return ok;
    ok = ok && curl_easy_setopt(easy, CURLOPT_USERNAME, notices->user) == CURLE_OK;
    return ok && curl_easy_setopt(easy, CURLOPT_PASSWORD, notices->password) == CURLE_OK;
}

static bool set_up(struct mail *mail)
{
    CURL *easy = mail->easy;
    long tls = mail->notices->must_be_coded ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE;
    bool ok = curl_easy_setopt(easy, CURLOPT_URL, mail->notices->via) == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
    ok = ok && curl_easy_setopt(easy, CURLOPT_USE_SSL, tls) == CURLE_OK;
    ok = ok && set_login(easy, mail->notices);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* a connection that is kept is ended later, without asking on_progress(); and one that timed
     * out still owes an answer */
    (void)curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, TIMEOUT_MS / 1000);
    (void)curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    (void)curl_easy_setopt(easy, CURLOPT_XFERINFODATA, mail);
    (void)curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, TIMEOUT_MS);
    (void)curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    (void)curl_easy_setopt(easy, CURLOPT_READDATA, mail);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_answer);
    return ok; /* without CURLOPT_MAIL_FROM the sender is <> */
}

struct mail *mail_new(const struct fs_notices *notices, const atomic_bool *stopping)
{
    struct mail *mail = calloc(1, sizeof(*mail));
    if (mail == NULL)
        return NULL;
    mail->notices = notices;
    mail->stopping = stopping;
    mail->easy = curl_easy_init();
    if (mail->easy == NULL || !set_up(mail)) {
        mail_free(mail, false);
        return NULL;
    }
    return mail;
}

void mail_free(struct mail *mail, bool in_haste)
{
    if (mail == NULL)
        return;
    if (mail->easy != NULL && in_haste)
        (void)curl_easy_setopt(mail->easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_cleanup(mail->easy);
    curl_slist_free_all(mail->recipients);
    free(mail);
}

void *mail_prepare(struct mail *mail, const char *recipient, const char *message, void *owner)
{
    curl_slist_free_all(mail->recipients);
    mail->recipients = curl_slist_append(NULL, recipient);
    if (mail->recipients == NULL)
        return NULL;
    mail->rest = message;
    mail->rest_b = strlen(message);
    (void)curl_easy_setopt(mail->easy, CURLOPT_MAIL_RCPT, mail->recipients);
    (void)curl_easy_setopt(mail->easy, CURLOPT_INFILESIZE, (long)mail->rest_b);
    (void)curl_easy_setopt(mail->easy, CURLOPT_PRIVATE, owner);
    (void)curl_easy_setopt(mail->easy, CURLOPT_TIMEOUT_MS, TIMEOUT_MS);
    return mail->easy;
}

/* A handle that is taken out while it is at work would end the message where it is, as if it
 * were whole, and wait for the answer. One whose time is up does neither. */
void mail_give_up(struct mail *mail)
{
    (void)curl_easy_setopt(mail->easy, CURLOPT_TIMEOUT_MS, 1L);
}

void mail_judge(struct mail *mail, int code, struct result *out)
{
    *out = (struct result){.outcome = OUTCOME_FAILED};
    (void)curl_easy_getinfo(mail->easy, CURLINFO_RESPONSE_CODE, &out->status);
    if (code == CURLE_OK) {
        out->outcome = OUTCOME_DELIVERED;
        return;
    }
    bool is_refusal = out->status >= 400 && out->status <= 599;
    if (is_refusal)
        (void)snprintf(out->fault, sizeof(out->fault), "SMTP status %ld", out->status);
    else
        (void)snprintf(out->fault, sizeof(out->fault), "%s", curl_easy_strerror((CURLcode)code));
}
