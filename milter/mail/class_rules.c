/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * class_rules.c - the table of rules, in the order in which they decide.
 *
 * Decides: what each sign proves. Reports first, then bounces that are none, calendar,
 * Auto-Submitted (RFC 3834), vendors' marks, the null sender, subjects, robots, what the
 * text says, bulk mail.
 * X-Auto-Response-Suppress proves nothing and is no rule; bulk marks do not make a
 * machine's mail of an answer in a thread. Must not know: what follows from a class.
 */
#include <glib.h>
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/text.h"
#include "mail_class.h"

/* Senders of challenges; their mail dresses as a report at times. */
static const char *const challenge_domains[] = {
    "@.boxbe.com",      "@.spamarrest.com", "@.bluebottle.com", "@.sendio.com",
    "@.mailblocks.com", "@.vanquish.com",   "@.cleanmail.ch",
};

/* Local parts of the mail system itself (RFC 2142 and custom). */
static const char *const daemon_locals[] = {
    "mailer-daemon", "mailerdaemon", "mail-daemon",
    "maildaemon",    "mdaemon",      "mailerror",
    "mail-system",   "mailsystem",   "mail_delivery_subsystem",
};

/* Local parts behind which no person reads. */
static const char *const robot_locals[] = {
    "noreply",       "no-reply",        "no_reply",       "no.reply",
    "donotreply",    "do-not-reply",    "do_not_reply",   "do.not.reply",
    "dontreply",     "dont-reply",      "autoreply",      "auto-reply",
    "autoresponder", "auto-responder",  "autoresponse",   "autoantwort",
    "automailer",    "antwortnicht",    "keineantwort",   "keine-antwort",
    "keine_antwort", "nicht-antworten", "nichtantworten", "bitte-nicht-antworten",
    "nepasrepondre", "ne-pas-repondre", "noresponder",    "no-responder",
    "notifications", "notification",    "nao-responda",   "vacation",
    "bounce",        "bounces",         "listserv",       "majordomo",
};

static bool local_is(const char *address, const char *const *locals, size_t count)
{
    const char *at = address != NULL ? strrchr(address, '@') : NULL;
    for (size_t i = 0; at != NULL && i < count; i++) {
        size_t local_b = strlen(locals[i]);
        if ((size_t)(at - address) == local_b && memcmp(address, locals[i], local_b) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_null_sender(const struct mail *mail)
{
    return mail->facts.sender != NULL && mail->facts.sender[0] == '\0';
}

static bool is_daemon(const struct mail *mail)
{
    return local_is(mail->facts.from, daemon_locals,
                    sizeof daemon_locals / sizeof daemon_locals[0]);
}

static bool is_postmaster(const struct mail *mail)
{
    static const char *const locals[] = {"postmaster", "post_master"};
    return local_is(mail->facts.from, locals, sizeof locals / sizeof locals[0]);
}

/* "messages-noreply@", "noreply.orders@" */
static bool says_no_reply(const char *from)
{
    static const char *const words[] = {"noreply", "no-reply", "no_reply", "donotreply"};
    const char *at = from != NULL ? strrchr(from, '@') : NULL;
    for (size_t i = 0; at != NULL && i < sizeof words / sizeof words[0]; i++) {
        size_t word_b = strlen(words[i]);
        if ((size_t)(at - from) <= word_b) {
            continue;
        }
        bool begins = strncmp(from, words[i], word_b) == 0 && !g_ascii_isalnum(from[word_b]);
        bool ends =
            memcmp(at - word_b, words[i], word_b) == 0 && !g_ascii_isalnum(at[-1L - (long)word_b]);
        if (begins || ends) {
            return true;
        }
    }
    return false;
}

static bool is_robot(const struct mail *mail)
{
    return local_is(mail->facts.from, robot_locals, sizeof robot_locals / sizeof robot_locals[0]) ||
           says_no_reply(mail->facts.from);
}

/* The program that runs a mailing list: list-admin, owner-list. */
static bool is_list_owner(const struct mail *mail)
{
    static const char *const endings[] = {"-admin",  "-owner",   "-request",
                                          "-bounce", "-bounces", "-errors"};
    const char *from = mail->facts.from;
    const char *at = from != NULL ? strrchr(from, '@') : NULL;
    for (size_t i = 0; at != NULL && i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending_b = strlen(endings[i]);
        if ((size_t)(at - from) > ending_b && memcmp(at - ending_b, endings[i], ending_b) == 0) {
            return true;
        }
    }
    return at != NULL && strncmp(from, "owner-", 6) == 0;
}

bool mail_is_from_machine(const struct mail *mail)
{
    return mail->facts.from == NULL || is_null_sender(mail) || is_daemon(mail) ||
           is_postmaster(mail) || is_robot(mail) || is_list_owner(mail);
}

bool mail_may_be_receipt(const struct mail *mail)
{
    static const char *const begins[] = {"read:",
                                         "lu:",
                                         "lu :",
                                         "leido:",
                                         "letto:",
                                         "letta:",
                                         "lido:",
                                         "lida:",
                                         "gelezen:",
                                         "last:",
                                         "lest:",
                                         "luettu:",
                                         "okundu:",
                                         "elolvasva",
                                         "przeczyt",
                                         "precten",
                                         "отметка о прочтении"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        if (strncmp(mail->subject.folded, begins[i], strlen(begins[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Predicates: one per kind of sign. */

static bool from_challenge_service(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    size_t count = sizeof challenge_domains / sizeof challenge_domains[0];
    for (size_t i = 0; mail->facts.from != NULL && i < count; i++) {
        if (fs_address_matches(mail->facts.from, challenge_domains[i])) {
            return true;
        }
    }
    return false;
}

/* A sieve "reject" comes as a receipt: Auto-Submitted says so (RFC 5429), or its text. */
static bool receipt_that_rejects(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    const char *value = mail_header(mail, FIELD_AUTO_SUBMITTED);
    return mail->parts.report_type == REPORT_DISPOSITION &&
           ((value != NULL && fs_text_find(value, "rejected") != NULL) ||
            (mail->report.is_deleted && mail->report.says_refused && !mail->report.says_read));
}

/* Services ask for a click in what looks like a report, or in a robot's name. A refusal
 * that a mail server spoke is none of theirs. */
static bool text_challenges(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->report.says_challenge && !mail->report.has_code && !mail->report.says_late &&
           (mail->parts.report_type == REPORT_DELIVERY_STATUS || mail_is_from_machine(mail));
}

/* A bounce in looks, but the mail system says that it goes on trying. */
static bool text_is_late(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return (mail->report.says_late || mail->report.action == ACTION_DELAYED) &&
           mail->report.action != ACTION_FAILED && mail->subject.kind != PHRASE_ABSENCE &&
           (mail->report.status == NULL || mail->report.status[0] == '4') &&
           (is_daemon(mail) || is_postmaster(mail) ||
            mail_header(mail, FIELD_X_FAILED_RECIPIENTS) != NULL ||
            (is_null_sender(mail) && mail->subject.kind == PHRASE_BOUNCE));
}

/* Postmasters and robots whose text says that a mail failed, and for whom or which. */
static bool text_bounces(const struct mail *mail, const struct mail_rule *rule)
{
    const struct mail_report *report = &mail->report;
    (void)rule;
    return (report->says_failed || report->has_code) && report->status != NULL &&
           (report->original_recipient != NULL || report->returned_id_count > 0) &&
           (is_postmaster(mail) || is_robot(mail) || mail->facts.from == NULL);
}

/* A list that takes mail of its members only. */
static bool list_refuses(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->report.says_refused && is_list_owner(mail);
}

/* "Read: ..." of a person's Outlook, without a report. */
static bool text_is_receipt(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->report.says_read && mail_may_be_receipt(mail);
}

static bool status_says(const struct mail *mail, const struct mail_rule *rule)
{
    return mail->parts.report_type == REPORT_DELIVERY_STATUS &&
           (int)mail->report.action == rule->value;
}

/* A delivery report that states no action: subject or text say if it is only late. */
static bool status_says_nothing(const struct mail *mail, const struct mail_rule *rule)
{
    bool late = mail->subject.kind == PHRASE_DELAY || mail->report.says_late;
    return mail->parts.report_type == REPORT_DELIVERY_STATUS &&
           mail->report.action == ACTION_NONE && late == (rule->value == PHRASE_DELAY);
}

static bool report_is(const struct mail *mail, const struct mail_rule *rule)
{
    return (int)mail->parts.report_type == rule->value;
}

static bool subject_is(const struct mail *mail, const struct mail_rule *rule)
{
    return (int)mail->subject.kind == rule->value;
}

/* "Returned mail policy": what opens the subjects of machines may open a person's, whose
 * own address is that of the envelope. A machine says whose mail it returns, or why. */
static bool subject_bounces(const struct mail *mail, const struct mail_rule *rule)
{
    const struct fs_facts *facts = &mail->facts;
    const struct mail_report *report = &mail->report;
    if (!subject_is(mail, rule)) {
        return false;
    }
    bool may_be_person = facts->from != NULL && facts->sender != NULL &&
                         strcmp(facts->from, facts->sender) == 0 && !mail_is_from_machine(mail);
    return !may_be_person || report->has_code || report->original_recipient != NULL ||
           report->returned_id_count > 0 || report->status != NULL;
}

/* A newsletter that can be left by a click, about absence notes or cars. */
static bool is_newsletter(const struct mail *mail)
{
    const char *way_out = mail_header(mail, FIELD_LIST_UNSUBSCRIBE);
    return !mail->facts.in_thread && way_out != NULL && fs_text_find(way_out, "http") != NULL;
}

static bool subject_is_absence(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->subject.kind == PHRASE_ABSENCE && !is_newsletter(mail);
}

/* "Delayed" opens a person's subject as well; the mail system says it as itself. */
static bool is_system_and_late(const struct mail *mail, const struct mail_rule *rule)
{
    return subject_is(mail, rule) &&
           (is_daemon(mail) || is_null_sender(mail) || is_postmaster(mail));
}

/* A postmaster is a person too; without a return path it is the mail system. */
static bool from_null_postmaster(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return is_postmaster(mail) && is_null_sender(mail) && mail->subject.kind == PHRASE_NONE;
}

/* The complaint of outlook.com is no RFC 5965 report: it marks the mail it returns. */
static bool from_outlook_complaints(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->report.is_outlook_complaint && mail->facts.from != NULL &&
           (fs_address_matches(mail->facts.from, "@hotmail.com") ||
            fs_address_matches(mail->facts.from, "@outlook.com"));
}

static bool from_daemon(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return is_daemon(mail);
}

static bool calendar_is(const struct mail *mail, const struct mail_rule *rule)
{
    return (int)mail->parts.calendar == rule->value;
}

/* RFC 3834 section 5: every value but "no" says that no person wrote it. */
static bool auto_submitted(const struct mail *mail, const struct mail_rule *rule)
{
    for (const struct mail_header *at = mail->headers.first[rule->field]; at != NULL;
         at = at->next) {
        if (at->value[0] != '\0' && !(fs_text_has_prefix(at->value, "no") &&
                                      (at->value[2] == '\0' || strchr(" ;(", at->value[2])))) {
            return true;
        }
    }
    return false;
}

static bool field_is_there(const struct mail *mail, const struct mail_rule *rule)
{
    const char *value = mail_header(mail, rule->field);
    return value != NULL && !fs_text_equal(value, "no") && !fs_text_equal(value, "false");
}

static bool field_has_word(const struct mail *mail, const struct mail_rule *rule)
{
    return mail_header_has_word(mail, rule->field, rule->word);
}

static bool field_contains(const struct mail *mail, const struct mail_rule *rule)
{
    const char *value = mail_header(mail, rule->field);
    return value != NULL && fs_text_find(value, rule->word) != NULL;
}

static bool null_sender(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return is_null_sender(mail);
}

/* Lotus Notes: "AUTO: Jane Doe is out of the office (returning 05/01/2015)". The word is
 * German for a car, so the rest of the subject has to agree. */
static bool notes_absence(const struct mail *mail, const struct mail_rule *rule)
{
    static const char *const signs[] = {
        "out of the office", "out of office",  "is away",         "on vacation",    "on leave",
        "on holiday",        "returning",      "ausser haus",     "abwesend",       "nicht im buro",
        "nicht im hause",    "nicht im haus ", "ist im urlaub",   "urlaub bis",     "(zuruck",
        "ruckkehr",          "kehrt zuruck",   "absent",          "fuera de la of", "assente",
        "fuori ufficio",     "afwezig",        "niet op kantoor",
    };
    (void)rule;
    if (strncmp(mail->subject.folded, "auto:", 5) != 0 || is_newsletter(mail)) {
        return false;
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strstr(mail->subject.folded + 5, signs[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool from_robot(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return is_robot(mail);
}

static bool text_is_absence_note(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->signs.is_absence_note && !mail->signs.back.has_left;
}

/* An absence note by its text, where another sign says already that it is a machine's. */
static bool text_tells_absence(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->facts.hit_count > 0 && mail->facts.class == FS_CLASS_AUTO_REPLY &&
           (mail->signs.back.is_absence || mail->signs.is_away);
}

static bool text_is_automatic(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->signs.is_automatic;
}

/* Of somebody who left; a colleague who writes so in person is a person. */
static bool text_tells_leaving(const struct mail *mail, const struct mail_rule *rule)
{
    (void)rule;
    return mail->signs.back.has_left &&
           (mail->signs.is_absence_note ||
            (mail->facts.hit_count > 0 && (mail->facts.class == FS_CLASS_AUTO_REPLY ||
                                           mail->facts.class == FS_CLASS_OUT_OF_OFFICE)));
}

/* A person's answer on a list, or through one, carries the same marks. */
static bool bulk_field(const struct mail *mail, const struct mail_rule *rule)
{
    return !mail->facts.in_thread && mail_header(mail, rule->field) != NULL;
}

static bool bulk_word(const struct mail *mail, const struct mail_rule *rule)
{
    return !mail->facts.in_thread && field_has_word(mail, rule);
}

/* A group that hands a person's mail on with itself in From marks it as a list's. */
static bool list_field(const struct mail *mail, const struct mail_rule *rule)
{
    return mail->facts.original_from == NULL && bulk_field(mail, rule);
}

static bool list_word(const struct mail *mail, const struct mail_rule *rule)
{
    return mail->facts.original_from == NULL && bulk_word(mail, rule);
}

#define BY(function) .matches = function
#define TEXT(function) .matches = function, .reads_text = true
#define VALUE(function, expected) .matches = function, .value = expected
#define THERE(name) .matches = field_is_there, .field = name
#define WORD(name, text) .matches = field_has_word, .field = name, .word = text
#define CONTAINS(name, text) .matches = field_contains, .field = name, .word = text

/* clang-format off */
const struct mail_rule mail_rules[] = {
    /* 1 reports, and what dresses as one */
    {"challenge.service", FS_CLASS_CHALLENGE, BY(from_challenge_service)},
    {"challenge.text", FS_CLASS_CHALLENGE, BY(text_challenges)},
    {"report.rejected", FS_CLASS_BOUNCE, BY(receipt_that_rejects)},
    {"report.delivery-failed", FS_CLASS_BOUNCE, VALUE(status_says, ACTION_FAILED)},
    {"report.delivery-delayed", FS_CLASS_DELAYED, VALUE(status_says, ACTION_DELAYED)},
    {"report.delivery-done", FS_CLASS_DELAYED, VALUE(status_says, ACTION_DELIVERED)},
    {"report.delivery-late", FS_CLASS_DELAYED, VALUE(status_says_nothing, PHRASE_DELAY)},
    {"report.delivery-unstated", FS_CLASS_BOUNCE, VALUE(status_says_nothing, PHRASE_NONE)},
    {"report.disposition", FS_CLASS_RECEIPT, VALUE(report_is, REPORT_DISPOSITION)},
    {"report.feedback", FS_CLASS_COMPLAINT, VALUE(report_is, REPORT_FEEDBACK)},
    {"complaint.outlook", FS_CLASS_COMPLAINT, BY(from_outlook_complaints)},
    {"bounce.delayed", FS_CLASS_DELAYED, VALUE(is_system_and_late, PHRASE_DELAY)},
    {"bounce.text-delayed", FS_CLASS_DELAYED, BY(text_is_late)},
    {"bounce.failed-recipients", FS_CLASS_BOUNCE, THERE(FIELD_X_FAILED_RECIPIENTS)},
    {"bounce.subject", FS_CLASS_BOUNCE, VALUE(subject_bounces, PHRASE_BOUNCE)},
    {"bounce.daemon", FS_CLASS_BOUNCE, BY(from_daemon)},
    {"bounce.postmaster", FS_CLASS_BOUNCE, BY(from_null_postmaster)},
    {"bounce.text", FS_CLASS_BOUNCE, BY(text_bounces)},
    {"bounce.list", FS_CLASS_BOUNCE, BY(list_refuses)},
    {"report.other", FS_CLASS_AUTO_REPLY, VALUE(report_is, REPORT_OTHER)},
    /* 2 calendar */
    {"calendar.request", FS_CLASS_CALENDAR, VALUE(calendar_is, CALENDAR_REQUEST)},
    {"calendar.reply", FS_CLASS_CALENDAR, VALUE(calendar_is, CALENDAR_REPLY)},
    {"calendar.counter", FS_CLASS_CALENDAR, VALUE(calendar_is, CALENDAR_COUNTER)},
    /* 3 */
    {"auto-submitted", FS_CLASS_AUTO_REPLY, BY(auto_submitted), .field = FIELD_AUTO_SUBMITTED},
    /* 4 vendors' marks */
    {"vendor.x-apple-action", FS_CLASS_OUT_OF_OFFICE, WORD(FIELD_X_APPLE_ACTION, "VACATION")},
    {"vendor.x-vacation", FS_CLASS_OUT_OF_OFFICE, THERE(FIELD_X_VACATION)},
    {"vendor.x-autoreply", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_AUTOREPLY)},
    {"vendor.x-auto-reply", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_AUTO_REPLY)},
    {"vendor.x-autoreply-from", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_AUTOREPLY_FROM)},
    {"vendor.x-auto-reply-from", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_AUTO_REPLY_FROM)},
    {"vendor.x-autorespond", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_AUTORESPOND)},
    {"vendor.x-autoresponder", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_AUTORESPONDER)},
    {"vendor.x-mail-autoreply", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_MAIL_AUTOREPLY)},
    {"vendor.x-autogenerated", FS_CLASS_AUTO_REPLY, WORD(FIELD_X_AUTOGENERATED, "Reply")},
    {"vendor.x-fc-machinegenerated", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_FC_MACHINEGENERATED)},
    {"vendor.x-post-messageclass", FS_CLASS_AUTO_REPLY,
     CONTAINS(FIELD_X_POST_MESSAGECLASS, "Autoresponder")},
    {"vendor.delivered-to", FS_CLASS_AUTO_REPLY, WORD(FIELD_DELIVERED_TO, "Autoresponder")},
    {"vendor.precedence", FS_CLASS_AUTO_REPLY, WORD(FIELD_PRECEDENCE, "auto_reply")},
    {"vendor.x-precedence", FS_CLASS_AUTO_REPLY, WORD(FIELD_X_PRECEDENCE, "auto_reply")},
    {"vendor.preference", FS_CLASS_AUTO_REPLY, WORD(FIELD_PREFERENCE, "auto_reply")},
    {"vendor.x-otrs-loop", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_OTRS_LOOP)},
    {"vendor.x-cron-env", FS_CLASS_AUTO_REPLY, THERE(FIELD_X_CRON_ENV)},
    {"vendor.x-mailer-autoreply", FS_CLASS_AUTO_REPLY, CONTAINS(FIELD_X_MAILER, "autoresponder")},
    {"vendor.x-mailer-vacation", FS_CLASS_OUT_OF_OFFICE, CONTAINS(FIELD_X_MAILER, "vacation")},
    /* 5 */
    {"null-sender", FS_CLASS_AUTO_REPLY, BY(null_sender)},
    /* 6 subjects */
    {"subject.absence", FS_CLASS_OUT_OF_OFFICE, BY(subject_is_absence)},
    {"subject.absence-notes", FS_CLASS_OUT_OF_OFFICE, BY(notes_absence)},
    {"subject.auto-reply", FS_CLASS_AUTO_REPLY, VALUE(subject_is, PHRASE_AUTO_REPLY)},
    {"subject.receipt", FS_CLASS_RECEIPT, VALUE(subject_is, PHRASE_RECEIPT)},
    {"text.receipt", FS_CLASS_RECEIPT, BY(text_is_receipt)},
    /* 7 robots, tickets, challenges */
    {"robot.local-part", FS_CLASS_AUTO_REPLY, BY(from_robot)},
    {"subject.ticket", FS_CLASS_AUTO_REPLY, VALUE(subject_is, PHRASE_TICKET)},
    {"subject.challenge", FS_CLASS_CHALLENGE, VALUE(subject_is, PHRASE_CHALLENGE)},
    /* what the text alone says, or says more exactly */
    {"text.has-left", FS_CLASS_AUTO_REPLY, TEXT(text_tells_leaving)},
    {"text.absence-note", FS_CLASS_OUT_OF_OFFICE, TEXT(text_is_absence_note)},
    {"text.automatic", FS_CLASS_AUTO_REPLY, TEXT(text_is_automatic)},
    {"text.absence", FS_CLASS_OUT_OF_OFFICE, TEXT(text_tells_absence)},
    /* 8 bulk */
    {"bulk.list-unsubscribe", FS_CLASS_BULK, BY(list_field), .field = FIELD_LIST_UNSUBSCRIBE},
    {"bulk.list-id", FS_CLASS_BULK, BY(list_field), .field = FIELD_LIST_ID},
    {"bulk.list-post", FS_CLASS_BULK, BY(list_field), .field = FIELD_LIST_POST},
    {"bulk.feedback-id", FS_CLASS_BULK, BY(bulk_field), .field = FIELD_FEEDBACK_ID},
    {"bulk.x-campaign", FS_CLASS_BULK, BY(bulk_field), .field = FIELD_X_CAMPAIGN},
    {"bulk.precedence", FS_CLASS_BULK, BY(bulk_word), .field = FIELD_PRECEDENCE, .word = "bulk"},
    {"bulk.precedence-list", FS_CLASS_BULK, BY(list_word), .field = FIELD_PRECEDENCE, .word = "list"},
    {"bulk.precedence-junk", FS_CLASS_BULK, BY(bulk_word), .field = FIELD_PRECEDENCE, .word = "junk"},
    {.id = NULL},
};
/* clang-format on */
