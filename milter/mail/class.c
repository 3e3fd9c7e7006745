/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * class.c - runs the table of rules and names the classes.
 *
 * Decides: the class from the hits. The first hit decides; where it only says that a
 * machine answered, a later hit may say that it was an absence note, and the class is that.
 * Must not know: any rule.
 */
#include "mail_class.h"

#include <string.h>

#include "fullstop/text.h"

static const char *const class_names[FS_MAIL_CLASS_COUNT] = {
    [FS_CLASS_HUMAN] = "human",
    [FS_CLASS_CALENDAR] = "calendar",
    [FS_CLASS_OUT_OF_OFFICE] = "out_of_office",
    [FS_CLASS_AUTO_REPLY] = "auto_reply",
    [FS_CLASS_BOUNCE] = "bounce",
    [FS_CLASS_DELAYED] = "delayed",
    [FS_CLASS_RECEIPT] = "receipt",
    [FS_CLASS_COMPLAINT] = "complaint",
    [FS_CLASS_CHALLENGE] = "challenge",
    [FS_CLASS_BULK] = "bulk",
    [FS_CLASS_UNKNOWN] = "unknown",
};

const char *fs_mail_class_name(enum fs_mail_class class)
{
    return class_names[class];
}

bool fs_mail_class_parse(const char *name, enum fs_mail_class *out)
{
    for (int i = 0; i < FS_MAIL_CLASS_COUNT; i++) {
        if (strcmp(name, class_names[i]) == 0) {
            *out = (enum fs_mail_class)i;
            return true;
        }
    }
    return false;
}

const char *fs_answer_name(enum fs_answer answer)
{
    switch (answer) {
    case FS_ANSWER_NO:
        return "no";
    case FS_ANSWER_YES:
        return "yes";
    case FS_ANSWER_UNCLEAR:
        return "unclear";
    }
    return "no";
}

/* What no rule claims: a person's, if anything shows that somebody wrote it. */
static void classify_rest(struct mail *mail, const char **hits)
{
    bool nobody = mail_header(mail, FIELD_FROM) == NULL && mail->facts.sender == NULL &&
                  mail_header(mail, FIELD_SUBJECT) == NULL && mail->facts.message_id == NULL &&
                  !mail->facts.in_thread;
    mail->facts.class = nobody ? FS_CLASS_UNKNOWN : FS_CLASS_HUMAN;
    hits[0] = nobody ? "unknown" : "human";
    mail->facts.hit_count = 1;
}

/* The report's findings belong to the facts only where the message is a report. */
static void take_report(struct mail *mail)
{
    struct fs_facts *facts = &mail->facts;
    const struct mail_report *report = &mail->report;
    switch (facts->class) {
    case FS_CLASS_BOUNCE:
    case FS_CLASS_DELAYED:
    case FS_CLASS_COMPLAINT:
    case FS_CLASS_RECEIPT:
        break;
    case FS_CLASS_HUMAN:
    case FS_CLASS_CALENDAR:
    case FS_CLASS_OUT_OF_OFFICE:
    case FS_CLASS_AUTO_REPLY:
    case FS_CLASS_CHALLENGE:
    case FS_CLASS_BULK:
    case FS_CLASS_UNKNOWN:
        return;
    }
    facts->original_recipient = report->original_recipient;
    facts->status = report->status;
    facts->permanent = facts->class == FS_CLASS_BOUNCE && report->permanent;
    const char **ids = report->returned_id_count > 0
                           ? mail_alloc(mail, report->returned_id_count, sizeof *ids)
                           : NULL;
    if (ids != NULL) {
        memcpy(ids, report->returned_ids, report->returned_id_count * sizeof *ids);
        facts->returned_ids = ids;
        facts->returned_id_count = report->returned_id_count;
    }
}

void mail_classify(struct mail *mail)
{
    struct fs_facts *facts = &mail->facts;
    const char **hits = mail_alloc(mail, FS_MAIL_HITS_MAX, sizeof *hits);
    if (hits == NULL) {
        return;
    }
    bool is_absence = false;
    for (const struct mail_rule *rule = mail_rules; rule->id != NULL; rule++) {
        if (facts->hit_count >= FS_MAIL_HITS_MAX || !rule->matches(mail, rule)) {
            continue;
        }
        if (facts->hit_count == 0) {
            facts->class = rule->class;
        }
        is_absence = is_absence || rule->class == FS_CLASS_OUT_OF_OFFICE;
        hits[facts->hit_count++] = rule->id;
    }
    if (facts->hit_count == 0) {
        classify_rest(mail, hits);
    } else if (facts->class == FS_CLASS_AUTO_REPLY && is_absence) {
        facts->class = FS_CLASS_OUT_OF_OFFICE;
    }
    facts->hits = hits;
    facts->rule = hits[0];
    bool asks_to_stop =
        mail->report.feedback == FEEDBACK_OPT_OUT || mail->subject.kind == PHRASE_OPT_OUT;
    facts->opt_out = asks_to_stop ? FS_ANSWER_YES : FS_ANSWER_NO;
    facts->decline = FS_ANSWER_NO;
    take_report(mail);
}
