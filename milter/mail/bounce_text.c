/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * bounce_text.c - reads what a mail system wrote, line by line, once.
 *
 * Decides: which mail is read so at all, what is notice and what the returned mail, which
 * diagnostic counts, and how the text completes the report: fields first, then
 * X-Failed-Recipients, the text, To of the returned mail; only "expanded from" says better
 * than a field what was written to. Must not know: the class.
 */
#include <glib.h>
#include <string.h>

#include "fullstop/text.h"
#include "mail_bounce.h"
#include "mail_class.h"
#include "mail_message.h"

/* A diagnostic ends with its paragraph, or here. */
#define DIAGNOSTIC_MAX_B 700u
/* Of one line so much is searched for a code. */
#define CODE_LOOK_B 400u

/* Words right before a reply code within a line. */
static const char *const code_words[] = {
    "said",    "error",  "code",     "returned",  "response", "status",     "reason",
    "reply",   "answer", "answered", "responded", "fehler",   "antwortete", "meldet",
    "meldung", "dsn",    "smtp",     "erreur",    "failed",   "diagnostic",
};

/* Names of report fields that stand in the text where there is no report part. */
static const char *const report_fields[] = {"Final-Recipient", "Original-Recipient",
                                            "Diagnostic-Code"};

static bool is_punctuation_before_code(char byte)
{
    return strchr(":>'\"(<=,#;[*|", byte) != NULL || (unsigned char)byte >= 0x80;
}

/* Whether a code may stand at `at`: after punctuation, or a word that announces one. */
static bool may_begin_code(const char *line, const char *at)
{
    const char *end = at;
    while (end > line && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    if (end == line) {
        return true;
    }
    if (end[-1] == '-') {
        return end == at ? end - 1 == line : true;
    }
    if (!g_ascii_isalpha(end[-1])) {
        return is_punctuation_before_code(end[-1]);
    }
    const char *word = end;
    while (word > line && g_ascii_isalpha(word[-1])) {
        word--;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(code_words); i++) {
        size_t word_b = strlen(code_words[i]);
        if (end < at && (size_t)(end - word) == word_b &&
            g_ascii_strncasecmp(word, code_words[i], word_b) == 0) {
            return true;
        }
    }
    return false;
}

/* The reply code of refusal at `at` (RFC 5321 section 4.2); 0: none. */
static int reply_code_at(const char *at, const char *end)
{
    if (end - at < 3 || (at[0] != '4' && at[0] != '5') || at[1] < '0' || at[1] > '7' ||
        !g_ascii_isdigit(at[2])) {
        return 0;
    }
    const char *next = at + 3;
    if (next < end && *next != ' ' && *next != '-' && *next != ';' && *next != ':') {
        return 0;
    }
    next += strspn(next, " -");
    if (next < end && *next != '\r' && !g_ascii_isalpha(*next) &&
        strchr("<#\"'([:;.45*", *next) == NULL && (unsigned char)*next < 0x80) {
        return 0;
    }
    return (at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0');
}

/* Whether an enhanced code (RFC 3463) stands at `at`. */
static bool enhanced_code_at(const char *at, const char *end)
{
    char head[16];
    char found[MAIL_STATUS_SIZE_B];
    size_t length_b = (size_t)(end - at) < sizeof head - 1 ? (size_t)(end - at) : sizeof head - 1;
    if (length_b < 5 || at[1] != '.') {
        return false;
    }
    memcpy(head, at, length_b);
    head[length_b] = '\0';
    return mail_status_find(head, found) && found[0] != '2' &&
           strncmp(found, head, strlen(found)) == 0;
}

static size_t paragraph_length(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && (size_t)(at - start) < DIAGNOSTIC_MAX_B) {
        if (at[0] == '\n' && at + 1 < end && (at[1] == '\n' || at[1] == '\r')) {
            break;
        }
        at++;
    }
    return (size_t)(at - start);
}

/* Keeps the diagnostic that begins in this line if it is graver than the one before. */
static void look_for_code(struct mail_bounce *bounce, const char *line, size_t line_b,
                          const char *end)
{
    const char *line_end = line + (line_b < CODE_LOOK_B ? line_b : CODE_LOOK_B);
    if (bounce->diagnostic != NULL && bounce->diagnostic[0] == '5') {
        return;
    }
    for (const char *at = line; at < line_end; at++) {
        if ((*at != '4' && *at != '5') ||
            (at > line && (g_ascii_isalnum(at[-1]) || at[-1] == '.'))) {
            continue;
        }
        int code = reply_code_at(at, line_end);
        bool found = (code > 0 || enhanced_code_at(at, line_end)) && may_begin_code(line, at);
        if (found && (bounce->diagnostic == NULL || *at == '5')) {
            bounce->diagnostic = at;
            bounce->diagnostic_b = paragraph_length(at, end);
            bounce->reply_code = code;
            return;
        }
    }
}

static void look_for_fields(struct mail_bounce *bounce, const char *line, size_t line_b)
{
    size_t name_b = mail_bounce_field(line, line_b);
    for (size_t i = 0; name_b > 0 && i < G_N_ELEMENTS(report_fields); i++) {
        if (strlen(report_fields[i]) == name_b &&
            g_ascii_strncasecmp(line, report_fields[i], name_b) == 0) {
            bounce->has_fields = true;
        }
    }
}

/* The last line of a notice that was not blank. */
struct above {
    const char *line;
    size_t line_b;
};

static void read_notice_line(struct mail *mail, struct mail_bounce *bounce, const char *line,
                             size_t line_b, const char *end, struct above *above)
{
    if (line_b == 0) {
        return;
    }
    look_for_code(bounce, line, line_b, end);
    look_for_fields(bounce, line, line_b);
    mail_bounce_addresses(mail, bounce, line, line_b, above->line, above->line_b);
    above->line = line;
    above->line_b = line_b;
}

/* Whether the header that was read ends the notice. Where nothing was said above it, it
 * was no returned mail's; and a bounce may come wrapped in another. */
static bool is_done(struct mail *mail, const struct mail_bounce *bounce)
{
    struct mail_report *report = &mail->report;
    if (report->returned_from != NULL && mail_bounce_is_system(report->returned_from)) {
        report->returned_from = NULL;
        report->returned_to = NULL;
        return false;
    }
    return bounce->candidate_count > 0 || bounce->diagnostic != NULL;
}

/* One pass over the lines: the notice, then the header of the returned mail. */
static void read_lines(struct mail *mail, struct mail_bounce *bounce, const char *text,
                       size_t length_b)
{
    const char *end = text + length_b;
    const char *at = text;
    struct above above = {"", 0};
    while (at < end && (size_t)(at - text) < MAIL_BOUNCE_NOTICE_MAX_B) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t line_b = newline != NULL ? (size_t)(newline - at) : (size_t)(end - at);
        if (mail_bounce_opens_header(at, line_b, end)) {
            const char *after = mail_bounce_header(mail, at, end);
            if (is_done(mail, bounce)) {
                break;
            }
            at = after;
            continue;
        }
        size_t text_b = line_b;
        while (text_b > 0 && g_ascii_isspace(at[text_b - 1])) {
            text_b--;
        }
        read_notice_line(mail, bounce, at, text_b, end, &above);
        at += line_b + (newline != NULL);
    }
    bounce->notice_b = (size_t)(at - text);
    bounce->notice = mail_strndup(mail, text, bounce->notice_b);
}

static void take_fields(struct mail *mail, const struct mail_bounce *bounce)
{
    char *copy = bounce->has_fields && mail->parts.report_type != REPORT_DELIVERY_STATUS
                     ? mail_strndup(mail, bounce->notice, bounce->notice_b)
                     : NULL;
    if (copy != NULL) {
        mail_report_fields(mail, copy);
    }
}

static void take_recipient(struct mail *mail, const struct mail_bounce *bounce)
{
    struct mail_report *report = &mail->report;
    enum mail_bounce_rank rank;
    const char *best = mail_bounce_best(mail, bounce, report->returned_to, &rank);
    if (mail->parts.report_type == REPORT_FEEDBACK && rank != RANK_RETURNED) {
        return; /* its text names who passes the complaint on */
    }
    if (best != NULL &&
        (report->original_recipient == NULL || (rank == RANK_ORIGIN && !report->is_original))) {
        report->original_recipient = best;
    }
}

static void take_signs(struct mail_report *report, const struct mail_bounce_signs *signs)
{
    report->says_failed = signs->has[SIGN_FAILED];
    report->says_late = signs->has[SIGN_LATE];
    report->says_refused = signs->has[SIGN_REFUSED];
    report->says_challenge = signs->has[SIGN_CHALLENGE];
    report->says_read = signs->has[SIGN_READ];
}

static bool is_vague(const char *status)
{
    return status == NULL || strcmp(status + 1, ".0.0") == 0;
}

/* The status by the diagnostic in the text, else by the words of all of the notice. */
static void take_status(struct mail *mail, const struct mail_bounce *bounce,
                        const struct mail_bounce_signs *signs)
{
    struct mail_report *report = &mail->report;
    char status[MAIL_STATUS_SIZE_B] = "";
    if (!is_vague(report->status) || mail->parts.report_type == REPORT_FEEDBACK) {
        return;
    }
    if (report->status != NULL) {
        memcpy(status, report->status, strlen(report->status) + 1);
    }
    if (bounce->diagnostic != NULL) {
        char found[MAIL_STATUS_SIZE_B];
        if (mail_bounce_status(mail->reads_words, bounce->diagnostic, bounce->diagnostic_b,
                               bounce->reply_code, status, found)) {
            memcpy(status, found, sizeof found);
        }
    }
    const char *words = signs->has[SIGN_CLEAR] ? signs->status[SIGN_CLEAR]
                        : status[0] == '\0'    ? signs->status[SIGN_HINT]
                                               : NULL;
    if (words != NULL && is_vague(status[0] != '\0' ? status : NULL)) {
        char class = status[0];
        memcpy(status, words, strlen(words) + 1);
        status[0] = class != '\0' ? class : status[0];
    }
    if (status[0] != '\0') {
        report->status = mail_strndup(mail, status, strlen(status));
    }
}

bool mail_bounce_may_be(const struct mail *mail)
{
    switch (mail->subject.kind) {
    case PHRASE_BOUNCE:
    case PHRASE_DELAY:
    case PHRASE_RECEIPT:
    case PHRASE_CHALLENGE:
        return true;
    case PHRASE_ABSENCE:
    case PHRASE_AUTO_REPLY:
    case PHRASE_TICKET:
    case PHRASE_OPT_OUT:
    case PHRASE_FINAL:
    case PHRASE_NONE:
        break;
    }
    return mail->parts.is_report || mail->parts.report_type != REPORT_NONE ||
           mail_header(mail, FIELD_X_FAILED_RECIPIENTS) != NULL || mail_is_from_machine(mail) ||
           mail_may_be_receipt(mail);
}

/* A mail server's own report with all that is wanted leaves nothing for the text to say. */
static bool says_it_all(const struct mail *mail)
{
    const struct mail_report *report = &mail->report;
    return mail->parts.report_type == REPORT_DELIVERY_STATUS && report->action == ACTION_FAILED &&
           report->has_diagnostic && report->is_original && !is_vague(report->status) &&
           report->returned_id_count > 0;
}

/* The text as far as it is read; NULL: out of memory. */
static const char *text_of(struct mail *mail)
{
    mail_text_read(mail);
    if (mail->text.all[0] != '\0') {
        return mail->text.all;
    }
    /* broken boundaries: the text stands in the body all the same */
    size_t body_b = mail->body_b < MAIL_BOUNCE_TEXT_MAX_B ? mail->body_b : MAIL_BOUNCE_TEXT_MAX_B;
    return mail_utf8(mail->arena, mail->body, body_b, NULL);
}

static void read_notice(struct mail *mail)
{
    struct mail_bounce bounce = {.notice = NULL};
    struct mail_bounce_signs signs;
    const char *text = text_of(mail);
    if (text != NULL) {
        read_lines(mail, &bounce, text, strlen(text));
    }
    size_t folded_b = bounce.notice_b * 2 + 16;
    char *folded = bounce.notice != NULL ? mail_alloc(mail, folded_b, 1) : NULL;
    if (folded == NULL) {
        mail->no_memory = true;
        return;
    }
    mail_bounce_fold(bounce.notice, bounce.notice_b, folded, folded_b);
    mail_bounce_signs(folded, &signs);
    take_signs(&mail->report, &signs);
    take_fields(mail, &bounce);
    take_recipient(mail, &bounce);
    take_status(mail, &bounce, &signs);
    mail->report.has_code = bounce.diagnostic != NULL;
}

void mail_bounce_read(struct mail *mail)
{
    struct mail_report *report = &mail->report;
    if (says_it_all(mail)) {
        report->has_code = true;
    } else {
        read_notice(mail);
    }
    if (report->says_refused && report->status == NULL) {
        report->status = "5.7.1";
    }
    report->permanent = report->status != NULL ? report->status[0] == '5' : !report->says_late;
}
