/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * report.c - reads the fields of delivery status, receipts and feedback reports.
 *
 * Decides: which of several recipients a report is about (the gravest action, then the
 * first), which address is the one that was written to, how permanent a failure is. Must
 * not know: the class; class_rules.c does. Sources: RFC 3463, 3464, 5965, 6591, 8098.
 */
#include "mail_report.h"

#include <gmime/gmime.h>
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/text.h"
#include "mail_bounce.h"
#include "mail_ids.h"
#include "mail_message.h"

/* One field of a report, terminated in place. */
struct field {
    const char *name;
    char *value;
};

/* The fields of one recipient (RFC 3464 section 2.3). */
struct recipient {
    const char *original;
    const char *final;
    const char *status;
    const char *diagnostic;
    enum mail_action action;
};

static const struct {
    const char *word;
    enum mail_action action;
} actions[] = {
    {"failed", ACTION_FAILED},       {"failure", ACTION_FAILED},    {"delayed", ACTION_DELAYED},
    {"delivered", ACTION_DELIVERED}, {"relayed", ACTION_DELIVERED}, {"expanded", ACTION_DELIVERED},
};

static const struct {
    const char *word;
    enum mail_feedback feedback;
} feedbacks[] = {
    {"abuse", FEEDBACK_ABUSE},          {"opt-out", FEEDBACK_OPT_OUT},
    {"opt-out-list", FEEDBACK_OPT_OUT}, {"not-spam", FEEDBACK_NOTICE},
    {"virus", FEEDBACK_NOTICE},         {"auth-failure", FEEDBACK_NOTICE},
    {"dmarc", FEEDBACK_NOTICE},
};

/* Cuts the next field out of *at, joining folded lines. False: no more. blank tells
 * whether an empty line came before it: a new group begins. */
static bool next_field(char **at, struct field *out, bool *blank)
{
    *blank = false;
    while (**at != '\0') {
        char *line = *at;
        size_t length_b = strcspn(line, "\n");
        char *next = line + length_b + (line[length_b] == '\n');
        while (*next == ' ' || *next == '\t') {
            line[length_b] = ' ';
            length_b = strcspn(line, "\n");
            next = line + length_b + (line[length_b] == '\n');
        }
        line[length_b] = '\0';
        *at = next;
        g_strstrip(line);
        if (*line == '\0') {
            *blank = true;
            continue;
        }
        char *colon = strchr(line, ':');
        if (colon == NULL) {
            continue;
        }
        *colon = '\0';
        g_strchomp(line);
        out->name = line;
        out->value = g_strstrip(colon + 1);
        return true;
    }
    return false;
}

static enum mail_action action_named(const char *value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        size_t word_b = strlen(actions[i].word);
        if (fs_text_has_prefix(value, actions[i].word) && !g_ascii_isalpha(value[word_b])) {
            return actions[i].action;
        }
    }
    return ACTION_NONE;
}

/* Reads up to three digits; the number of digits, 0 when there are none or more. */
static size_t digits(const char *text)
{
    size_t count = strspn(text, "0123456789");
    return count <= 3 ? count : 0;
}

/* The length of "5.1.1" at text; 0: there is none here. */
static size_t status_length(const char *text)
{
    if (strchr("245", text[0]) == NULL || text[0] == '\0' || text[1] != '.') {
        return 0;
    }
    size_t subject = digits(text + 2);
    if (subject == 0 || text[2 + subject] != '.') {
        return 0;
    }
    size_t detail = digits(text + 3 + subject);
    size_t length_b = 3 + subject + detail;
    bool ends = text[length_b] != '.' || !g_ascii_isdigit(text[length_b + 1]);
    return detail > 0 && ends ? length_b : 0;
}

bool mail_status_find(const char *text, char out[MAIL_STATUS_SIZE_B])
{
    for (const char *at = text; *at != '\0'; at++) {
        bool begins = at == text || (!g_ascii_isalnum(at[-1]) && at[-1] != '.');
        size_t length_b = begins ? status_length(at) : 0;
        if (length_b > 0) {
            memcpy(out, at, length_b);
            out[length_b] = '\0';
            return true;
        }
    }
    return false;
}

/* The SMTP reply code at the start or after "smtp;" (RFC 3464 section 2.3.6); 0: none. */
static int reply_code_of(const char *diagnostic)
{
    const char *semicolon = strchr(diagnostic, ';');
    const char *at = semicolon != NULL ? semicolon + 1 : diagnostic;
    at += strspn(at, " <");
    if ((*at != '4' && *at != '5') || digits(at) != 3) {
        return 0;
    }
    return (at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0');
}

/* A failure of class 2 is none that anybody stated. */
static void read_status(struct mail *mail, const struct recipient *recipient)
{
    char status[MAIL_STATUS_SIZE_B] = "";
    char found[MAIL_STATUS_SIZE_B] = "";
    const char *diagnostic = recipient->diagnostic != NULL ? recipient->diagnostic : "";
    if (recipient->status != NULL) {
        mail_status_find(recipient->status, status);
    }
    if (recipient->action == ACTION_FAILED && status[0] == '2') {
        status[0] = '\0';
    }
    mail->report.has_diagnostic = reply_code_of(diagnostic) > 0;
    if (mail_bounce_status(mail->reads_words, diagnostic, strlen(diagnostic),
                           reply_code_of(diagnostic), status, found)) {
        memcpy(status, found, sizeof status);
    }
    if (status[0] != '\0') {
        mail->report.status = mail_strndup(mail, status, strlen(status));
    }
    mail->report.permanent =
        recipient->action == ACTION_FAILED && (status[0] == '\0' || status[0] == '5');
}

const char *mail_report_address(struct mail *mail, const char *value)
{
    if (value == NULL) {
        return NULL;
    }
    const char *semicolon = strchr(value, ';');
    const char *text = semicolon != NULL ? semicolon + 1 : value;
    const char *open = strchr(text, '<');
    text = open != NULL ? open + 1 : text;
    text += strspn(text, " \t\"");
    if (strncmp(text, "=?", 2) == 0) {
        text = mail_header_decode(mail, text);
    }
    char *plain = mail_strndup(mail, text, strcspn(text, "> \t\"(,;"));
    const char *address = NULL;
    if (plain != NULL && fs_address_canonical(mail->arena, plain, &address, NULL) == FS_NOMEM) {
        mail->no_memory = true;
    }
    return address;
}

/* The recipient as written to, before aliases and forwards took it elsewhere. */
static const char *recipient_address(struct mail *mail, const struct recipient *recipient)
{
    const char *address = mail_report_address(mail, recipient->original);
    mail->report.is_original = address != NULL;
    return address != NULL ? address : mail_report_address(mail, recipient->final);
}

static void take_field(struct recipient *recipient, const struct field *field)
{
    if (fs_text_equal(field->name, "Final-Recipient")) {
        recipient->final = field->value;
    } else if (fs_text_equal(field->name, "Original-Recipient")) {
        recipient->original = field->value;
    } else if (fs_text_equal(field->name, "Action")) {
        recipient->action = action_named(field->value);
    } else if (fs_text_equal(field->name, "Status")) {
        recipient->status = field->value;
    } else if (fs_text_equal(field->name, "Diagnostic-Code")) {
        recipient->diagnostic = field->value;
    }
}

/* Whether a group says anything about a recipient; the first one is about the message. */
static bool is_recipient(const struct recipient *recipient)
{
    return recipient->final != NULL || recipient->original != NULL || recipient->status != NULL ||
           recipient->action != ACTION_NONE;
}

/* Mail systems that leave the action out still state a status. */
static void derive_action(struct recipient *recipient)
{
    if (recipient->action != ACTION_NONE || recipient->status == NULL) {
        return;
    }
    switch (recipient->status[0]) {
    case '2':
        recipient->action = ACTION_DELIVERED;
        break;
    case '4':
        recipient->action = ACTION_DELAYED;
        break;
    case '5':
        recipient->action = ACTION_FAILED;
        break;
    }
}

static void keep_gravest(struct recipient *best, struct recipient *recipient)
{
    derive_action(recipient);
    bool first = !is_recipient(best) && is_recipient(recipient);
    if (first || recipient->action < best->action) {
        *best = *recipient;
    }
    *recipient = (struct recipient){.action = ACTION_NONE};
}

void mail_report_fields(struct mail *mail, char *text)
{
    char *at = text;
    struct recipient best = {.action = ACTION_NONE};
    struct recipient current = {.action = ACTION_NONE};
    struct field field;
    bool blank;
    while (at != NULL && next_field(&at, &field, &blank)) {
        bool repeated = current.final != NULL && fs_text_equal(field.name, "Final-Recipient");
        if (blank || repeated) {
            keep_gravest(&best, &current);
        }
        take_field(&current, &field);
        if (fs_text_equal(field.name, "Message-ID") ||
            fs_text_equal(field.name, "Original-Message-ID") ||
            fs_text_equal(field.name, "X-Original-Message-ID")) {
            mail_report_add_id(mail, mail_id_first(mail, field.value));
        }
    }
    keep_gravest(&best, &current);
    mail->report.action = best.action;
    mail->report.original_recipient = recipient_address(mail, &best);
    read_status(mail, &best);
}

/* Where the boundaries of a report are broken, its fields still stand in the body. */
static void read_delivery_status(struct mail *mail)
{
    size_t length_b = 0;
    const char *bytes =
        mail_part_bytes(mail, mail->parts.delivery_status, MAIL_REPORT_MAX_B, &length_b);
    if (bytes != NULL) {
        mail_report_fields(mail, mail_strndup(mail, bytes, length_b));
    } else {
        length_b = mail->body_b < MAIL_REPORT_MAX_B ? mail->body_b : MAIL_REPORT_MAX_B;
        mail_report_fields(mail, mail_strndup(mail, mail->body, length_b));
    }
}

void mail_report_add_id(struct mail *mail, const char *id)
{
    struct mail_report *report = &mail->report;
    for (size_t i = 0; id != NULL && i < report->returned_id_count; i++) {
        if (strcmp(report->returned_ids[i], id) == 0) {
            return;
        }
    }
    if (id != NULL && report->returned_id_count < G_N_ELEMENTS(report->returned_ids)) {
        report->returned_ids[report->returned_id_count++] = id;
    }
}

static enum mail_feedback feedback_named(const char *value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(feedbacks); i++) {
        if (fs_text_equal(value, feedbacks[i].word)) {
            return feedbacks[i].feedback;
        }
    }
    return FEEDBACK_ABUSE;
}

static void read_feedback(struct mail *mail)
{
    size_t length_b = 0;
    const char *bytes = mail_part_bytes(mail, mail->parts.feedback, MAIL_REPORT_MAX_B, &length_b);
    char *at = bytes != NULL ? mail_strndup(mail, bytes, length_b) : NULL;
    struct field field;
    bool blank;
    mail->report.feedback = FEEDBACK_ABUSE;
    while (at != NULL && next_field(&at, &field, &blank)) {
        if (fs_text_equal(field.name, "Feedback-Type")) {
            mail->report.feedback = feedback_named(field.value);
        } else if (fs_text_equal(field.name, "Original-Rcpt-To") ||
                   fs_text_equal(field.name, "Removal-Recipient")) {
            const char *address = mail_report_address(mail, field.value);
            if (mail->report.original_recipient == NULL) {
                mail->report.original_recipient = address;
            }
        }
    }
}

/* The mail that a receipt is about (RFC 8098 section 3.2.5). */
static void read_disposition(struct mail *mail)
{
    size_t length_b = 0;
    const char *bytes =
        mail_part_bytes(mail, mail->parts.disposition, MAIL_REPORT_MAX_B, &length_b);
    char *at = bytes != NULL ? mail_strndup(mail, bytes, length_b) : NULL;
    struct field field;
    bool blank;
    while (at != NULL && next_field(&at, &field, &blank)) {
        if (fs_text_equal(field.name, "Original-Message-ID")) {
            mail_report_add_id(mail, mail_id_first(mail, field.value));
        } else if (fs_text_equal(field.name, "Final-Recipient")) {
            mail->report.original_recipient = mail_report_address(mail, field.value);
        } else if (fs_text_equal(field.name, "Disposition")) {
            mail->report.is_deleted = fs_text_find(field.value, "deleted") != NULL ||
                                      fs_text_find(field.value, "denied") != NULL;
        }
    }
}

/* Exim and Gmail name the recipients in the header (comma-separated). */
static void read_failed_recipients(struct mail *mail)
{
    const char *value = mail_header(mail, FIELD_X_FAILED_RECIPIENTS);
    if (value == NULL || mail->report.original_recipient != NULL) {
        return;
    }
    char *first = mail_strndup(mail, value, strcspn(value, ", "));
    mail->report.original_recipient = mail_report_address(mail, first);
}

static void read_report(struct mail *mail)
{
    mail->report.action = ACTION_NONE;
    if (mail->parts.report_type == REPORT_DELIVERY_STATUS) {
        read_delivery_status(mail);
    }
    if (mail->parts.feedback != NULL) {
        read_feedback(mail);
    }
    if (mail->parts.disposition != NULL) {
        read_disposition(mail);
    }
    mail_report_returned(mail);
    read_failed_recipients(mail);
}

void mail_report_read(struct mail *mail)
{
    mail->reads_words = mail_bounce_may_be(mail);
    read_report(mail);
    if (mail->reads_words) {
        mail_bounce_read(mail);
    }
}
