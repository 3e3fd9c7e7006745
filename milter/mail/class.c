/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * class.c - runs the table of rules and names the classes.
 *
 * Decides: the class from the hits. The first hit decides; where it only says that a
 * machine answered, a later hit may say that it was an absence note, and the class is that,
 * unless the text says that they will not be back.
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

static bool is_report(enum fs_mail_class class)
{
    return class == FS_CLASS_BOUNCE || class == FS_CLASS_DELAYED || class == FS_CLASS_RECEIPT ||
           class == FS_CLASS_COMPLAINT;
}

/* The report's findings belong to the facts only where the message is a report. */
static void take_report(struct mail *mail)
{
    struct fs_facts *facts = &mail->facts;
    const struct mail_report *report = &mail->report;
    if (!is_report(facts->class)) {
        return;
    }
    facts->original_recipient = report->original_recipient;
    facts->status = report->status;
    facts->permanent = facts->class == FS_CLASS_BOUNCE && report->permanent;
    facts->nobody_complained = report->feedback == FEEDBACK_NOTICE;
    const char **ids = report->returned_id_count > 0
                           ? mail_alloc(mail, report->returned_id_count, sizeof *ids)
                           : NULL;
    if (ids != NULL) {
        memcpy(ids, report->returned_ids, report->returned_id_count * sizeof *ids);
        facts->returned_ids = ids;
        facts->returned_id_count = report->returned_id_count;
    }
}

/* What the text adds to the facts. Reports tell of mail, not of their writer. */
static void take_signs(struct mail *mail, const char **hits, bool is_absence)
{
    struct fs_facts *facts = &mail->facts;
    if (is_report(facts->class)) {
        return;
    }
    const struct mail_signs *signs = &mail->signs;
    if (facts->class == FS_CLASS_AUTO_REPLY && is_absence) {
        facts->class = FS_CLASS_OUT_OF_OFFICE;
    }
    facts->has_left = signs->back.has_left && facts->class != FS_CLASS_BULK;
    if (facts->has_left && facts->class == FS_CLASS_OUT_OF_OFFICE) {
        facts->class = FS_CLASS_AUTO_REPLY; /* they will not be back: no absence */
    }
    if (signs->wish.rule != NULL && facts->hit_count < FS_MAIL_HITS_MAX) {
        hits[facts->hit_count++] = signs->wish.rule;
    }
    facts->opt_out = signs->wish.opt_out;
    facts->decline = signs->wish.decline;
    /* A newsletter's absence is an example, a ticket system's date a promise. */
    if (facts->class == FS_CLASS_HUMAN || facts->class == FS_CLASS_OUT_OF_OFFICE) {
        facts->return_date = signs->back.date;
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
        bool decided = facts->hit_count > 0 && is_report(facts->class);
        if (rule->reads_text && !decided) {
            mail_signs_read(mail);
        }
        if (facts->hit_count >= FS_MAIL_HITS_MAX || (rule->reads_text && decided) ||
            !rule->matches(mail, rule)) {
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
    }
    facts->hits = hits;
    facts->rule = hits[0];
    take_signs(mail, hits, is_absence);
    bool asks_to_stop =
        mail->report.feedback == FEEDBACK_OPT_OUT || mail->subject.kind == PHRASE_OPT_OUT;
    if (asks_to_stop) {
        facts->opt_out = FS_ANSWER_YES;
    }
    take_report(mail);
}
