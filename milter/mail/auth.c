/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * auth.c - whether a verifier of ours vouches for the From of a message.
 *
 * Decides: which Authentication-Results fields are believed: those of our verifiers that
 * stand above everything the sender can have written, and of those, for each method, the
 * topmost field that names it. A verifier removes such fields in its own name from what
 * comes in (RFC 8601 section 5); where one does not, a field that the sender put at the very
 * top is still below the verifier's own. And what they prove: dmarc=pass for the domain of
 * From, or dkim=pass of a domain of the same organisation (RFC 7489 section 3.1.1).
 * Must not know: what follows for a lead.
 */
#include "mail_auth.h"

#include <gmime/gmime.h>
#include <libpsl.h>
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/text.h"
#include "mail_message.h"

/* What is known while the fields are walked. */
struct auth {
    struct mail *mail;
    const char *domain; /* of From, canonical */
    size_t results;     /* looked at */
    bool has_dmarc;     /* a field above has said so: those below are not heard on it */
    bool has_dkim;
    bool dmarc_passed;
    bool dmarc_failed;
    bool dkim_passed;
    bool other_passed; /* a pass for another domain */
};

/* Fields with which what the sender wrote begins; a name that ends with '-' is a prefix. What
 * filters of ours add above them (X-..., Received-SPF, ARC-...) is passed over. */
static const char *const sender_fields[] = {
    "Received",
    "Return-Path",
    "Delivered-To",
    "DKIM-Signature",
    "DomainKey-Signature",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "Comments",
    "Keywords",
    "References",
    "MIME-Version",
    "Content-",
    "Resent-",
    "List-",
};

/* Fields that delivery puts above all others. */
static const char *const delivery_fields[] = {"Return-Path", "Delivered-To", "X-Original-To",
                                              "Envelope-To", "Delivery-Date"};

static bool is_named(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length_b = strlen(names[i]);
        bool is_prefix = names[i][length_b - 1] == '-';
        if (is_prefix ? fs_text_has_prefix(name, names[i]) : fs_text_equal(name, names[i])) {
            return true;
        }
    }
    return false;
}

static const char *canonical_domain(struct mail *mail, const char *text)
{
    const char *domain = NULL;
    if (fs_domain_canonical(mail->arena, text, &domain, NULL) == FS_NOMEM) {
        mail->no_memory = true;
    }
    return domain;
}

/* Ids are compared as domain names where they are some, else as they are. */
static bool is_trusted(struct mail *mail, const char *id)
{
    const char *domain = canonical_domain(mail, id);
    for (size_t i = 0; i < mail->envelope->authserv_id_count; i++) {
        const char *known = mail->envelope->authserv_ids[i];
        const char *known_domain = domain != NULL ? canonical_domain(mail, known) : NULL;
        if (fs_text_equal(id, known) ||
            (known_domain != NULL && strcmp(domain, known_domain) == 0)) {
            return true;
        }
    }
    return false;
}

/* The domain itself, or one of the same organisation. */
static bool is_aligned(const struct auth *auth, const char *text)
{
    const char *at = text != NULL ? strrchr(text, '@') : NULL;
    const char *domain =
        text != NULL ? canonical_domain(auth->mail, at != NULL ? at + 1 : text) : NULL;
    if (domain == NULL) {
        return false;
    }
    if (strcmp(domain, auth->domain) == 0) {
        return true;
    }
    const char *theirs = psl_registrable_domain(psl_builtin(), domain);
    const char *ours = psl_registrable_domain(psl_builtin(), auth->domain);
    return theirs != NULL && ours != NULL && strcmp(theirs, ours) == 0;
}

static void take_dmarc(struct auth *auth, const struct mail_auth_result *result)
{
    bool is_for_from = !result->is_unclear && is_aligned(auth, result->header_from);
    if (fs_text_equal(result->result, "pass")) {
        auth->dmarc_passed = auth->dmarc_passed || is_for_from;
        auth->other_passed = auth->other_passed || !is_for_from;
    } else if (fs_text_equal(result->result, "fail")) {
        auth->dmarc_failed = true;
    }
}

static void take_dkim(struct auth *auth, const struct mail_auth_result *result)
{
    const char *signer = result->header_d != NULL ? result->header_d : result->header_i;
    if (!fs_text_equal(result->result, "pass")) {
        return;
    }
    bool is_for_from = !result->is_unclear && is_aligned(auth, signer);
    auth->dkim_passed = auth->dkim_passed || is_for_from;
    auth->other_passed = auth->other_passed || !is_for_from;
}

/* One field of a verifier of ours. One that cannot be read says nothing, and those below it
 * are not heard either. */
static void take_field(struct auth *auth, const char *value)
{
    struct mail_auth_reader reader = {.arena = auth->mail->arena, .at = value};
    const char *id = NULL;
    bool is_known = mail_auth_read_id(&reader, &id);
    if (!is_trusted(auth->mail, id)) {
        return;
    }
    struct auth before = *auth;
    struct mail_auth_result result;
    bool has_dmarc = false;
    bool has_dkim = false;
    while (is_known && auth->results < MAIL_AUTH_RESULTS_MAX && mail_auth_next(&reader, &result)) {
        auth->results++;
        if (!before.has_dmarc && fs_text_equal(result.method, "dmarc")) {
            has_dmarc = true;
            take_dmarc(auth, &result);
        } else if (!before.has_dkim && fs_text_equal(result.method, "dkim")) {
            has_dkim = true;
            take_dkim(auth, &result);
        }
    }
    bool is_readable = is_known && !reader.broken;
    if (!is_readable) {
        *auth = before;
    }
    auth->has_dmarc = before.has_dmarc || has_dmarc || !is_readable;
    auth->has_dkim = before.has_dkim || has_dkim || !is_readable;
}

/* In stored mail the fields of our own delivery, and of our own hosts, come first. */
static bool is_of_our_delivery(const struct auth *auth, const char *name, const char *value)
{
    if (!auth->mail->envelope->is_delivered) {
        return false;
    }
    if (is_named(name, delivery_fields, G_N_ELEMENTS(delivery_fields))) {
        return true;
    }
    struct mail_auth_reader reader = {.arena = auth->mail->arena, .at = value};
    const char *host = fs_text_equal(name, "Received") ? mail_auth_received_by(&reader) : NULL;
    return host != NULL && is_trusted(auth->mail, host);
}

static void walk(struct auth *auth)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(auth->mail->message));
    int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count && i < FS_MAIL_HEADERS_MAX; i++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
        const char *name = g_mime_header_get_name(header);
        const char *raw = g_mime_header_get_raw_value(header);
        bool is_results = fs_text_equal(name, "Authentication-Results");
        bool is_senders = is_named(name, sender_fields, G_N_ELEMENTS(sender_fields));
        const char *value = raw != NULL && (is_results || is_senders)
                                ? mail_header_unfold(auth->mail, raw, strlen(raw))
                                : NULL;
        if (is_senders && (value == NULL || !is_of_our_delivery(auth, name, value))) {
            return;
        }
        if (is_results && value != NULL) {
            take_field(auth, value);
        }
    }
}

/* A verifier speaks of one author; a From of several, or none, is nobody's. */
static bool has_one_author(const struct mail *mail)
{
    const struct mail_header *from = mail->headers.first[FIELD_FROM];
    InternetAddressList *list = g_mime_message_get_from(mail->message);
    return from != NULL && from->next == NULL && list != NULL && mail->facts.from != NULL &&
           internet_address_list_length(list) == 1 &&
           INTERNET_ADDRESS_IS_MAILBOX(internet_address_list_get_address(list, 0));
}

static enum fs_auth judge(const struct auth *auth)
{
    if (auth->dmarc_failed) {
        return FS_AUTH_REFUTED;
    }
    if (auth->dmarc_passed) {
        return FS_AUTH_DMARC;
    }
    if (auth->dkim_passed) {
        return FS_AUTH_DKIM;
    }
    return auth->other_passed ? FS_AUTH_OTHER : FS_AUTH_NONE;
}

void mail_auth_read(struct mail *mail)
{
    if (mail->envelope->authserv_id_count == 0) {
        return; /* FS_AUTH_UNASKED */
    }
    if (!has_one_author(mail)) {
        mail->facts.auth = FS_AUTH_AUTHORS;
        return;
    }
    struct auth auth = {.mail = mail, .domain = fs_address_domain(mail->facts.from)};
    walk(&auth);
    mail->facts.auth = judge(&auth);
}

static const char *const auth_names[FS_AUTH_COUNT] = {
    [FS_AUTH_UNASKED] = "unasked", [FS_AUTH_NONE] = "none",       [FS_AUTH_DMARC] = "dmarc",
    [FS_AUTH_DKIM] = "dkim",       [FS_AUTH_REFUTED] = "refuted", [FS_AUTH_OTHER] = "other-domain",
    [FS_AUTH_AUTHORS] = "authors",
};

const char *fs_auth_name(enum fs_auth auth)
{
    return (unsigned)auth < FS_AUTH_COUNT ? auth_names[auth] : "invalid";
}

bool fs_auth_passes(enum fs_auth auth)
{
    return auth == FS_AUTH_DMARC || auth == FS_AUTH_DKIM;
}
