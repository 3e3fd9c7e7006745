/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * names.c - what a person calls states, reasons, verdicts and rules.
 *
 * One table each. English today; the language argument is where translations come in.
 */
#include "fullstop/words.h"

static const char *const states[FS_STATE_COUNT] = {"no lead", "active", "in conversation", "paused",
                                                   "ended"};

static const char *const end_reasons[FS_END_REASON_COUNT] = {
    "no reason",
    "no reply",
    "no urgency",
    "not qualified",
    "bad timing",
    "not interested",
    "wrong person",
    "open too long",
    "the address does not exist",
    "objection to advertising",
    "abuse complaint",
    "won",
    "other reason",
};

static const char *const pause_reasons[FS_PAUSE_REASON_COUNT] = {
    "no reason",   "out of office", "not now", "a colleague answered", "to be reviewed by a person",
    "other reason"};

static const char *const deciders[FS_DECIDER_COUNT] = {"nobody", "a message", "the lead process",
                                                       "the CRM", "a person"};

static const char *const verdicts[FS_VERDICT_COUNT] = {
    "passed",
    "response to a message of theirs",
    "exempt",
    "same message again",
    "final mail",
    "too early",
    "kind of mail not allowed",
    "over the limit",
    "paused",
    "ended",
    "objection to advertising",
    "contact limit reached",
};

static const char *const dispositions[FS_DISPOSITION_COUNT] = {
    "recorded", "sent", "sent, though it would be refused", "sent with a flag", "held", "refused"};

static const char *const rules[FS_RULE_COUNT] = {
    [FS_RULE_NONE] = "no rule",
    [FS_RULE_TOUCH_FIRST] = "the first message started the lead",
    [FS_RULE_TOUCH_COUNTED] = "the message was counted",
    [FS_RULE_TOUCH_LAST] = "the last message that the process allows without an answer",
    [FS_RULE_TOUCH_AFTER_REPLY] = "a new message after their answer",
    [FS_RULE_TOUCH_NEXT_CYCLE] = "a new message after a conversation that had run out",
    [FS_RULE_TOUCH_RESUMED] = "the waiting time after the end was over",
    [FS_RULE_TOUCH_FINAL] = "the one final mail",
    [FS_RULE_TOUCH_AFTER_WON] = "the deal is won: mail is free",
    [FS_RULE_TOUCH_EARLY] = "the gap between two messages was not over",
    [FS_RULE_TOUCH_OVER] = "the limit of messages without an answer was reached",
    [FS_RULE_TOUCH_PAUSED] = "the lead is paused",
    [FS_RULE_TOUCH_ENDED] = "the lead has ended",
    [FS_RULE_TOUCH_SUPPRESSED] = "the address objected to advertising",
    [FS_RULE_TOUCH_KIND] = "this kind of mail is not part of the process",
    [FS_RULE_TOUCH_LIMIT] = "the contact has had enough mail from all processes",
    [FS_RULE_TOUCH_RESPONSE] = "a response to a message of theirs is not counted",
    [FS_RULE_TOUCH_EXEMPT] = "this mail is exempt",
    [FS_RULE_TOUCH_DUPLICATE] = "the same message again is not counted",
    [FS_RULE_TIME_GRACE] = "the limit was reached and the grace time passed without an answer",
    [FS_RULE_TIME_OPEN_FOR] = "the lead was open for as long as the process allows",
    [FS_RULE_TIME_IDLE] = "the conversation was idle for as long as the process allows",
    [FS_RULE_TIME_PAUSE_OVER] = "the pause is over",
    [FS_RULE_TIME_PAUSES] = "it was put off more often than the process allows",
    [FS_RULE_TIME_REVIEW] = "nobody reviewed it in time",
    [FS_RULE_ANSWER] = "they answered",
    [FS_RULE_ANSWER_AGAIN] = "they answered again",
    [FS_RULE_ANSWER_REOPENS] = "they answered after the end: the lead is open again",
    [FS_RULE_ANSWER_RECORDED] = "their answer was recorded and changed nothing",
    [FS_RULE_ABSENCE] = "they are away",
    [FS_RULE_ABSENCE_RECORDED] = "their absence note was recorded and changed nothing",
    [FS_RULE_OPT_OUT] = "they objected to advertising",
    [FS_RULE_DOUBT_REVIEW] = "they may have declined: a person must look",
    [FS_RULE_DOUBT_RECORDED] = "a message that may decline was recorded",
    [FS_RULE_COMPLAINT] = "they reported our mail as abuse",
    [FS_RULE_BOUNCE_DEAD] = "the address does not exist",
    [FS_RULE_BOUNCE_TAKEN_BACK] = "the message was not delivered and is not counted",
    [FS_RULE_COLLEAGUE_PAUSES] = "a colleague of theirs answered",
    [FS_RULE_COLLEAGUE_RECORDED] = "a colleague's answer was recorded and changed nothing",
    [FS_RULE_NOTICE_RECORDED] = "an automatic message was recorded and changed nothing",
    [FS_RULE_SAID_PAUSE] = "a person paused it",
    [FS_RULE_SAID_END] = "a person ended it",
    [FS_RULE_SAID_RESUME] = "a person resumed it",
    [FS_RULE_SAID_ANSWERED] = "a person noted an answer",
    [FS_RULE_IMPOSSIBLE] = "not possible in this state",
};

enum fs_status fs_words_setup(const char *localedir, struct fs_error *err)
{
    (void)localedir;
    (void)err;
    return FS_OK;
}

const char *fs_words_state(enum fs_language language, enum fs_state state)
{
    (void)language;
    return states[state];
}

const char *fs_words_end_reason(enum fs_language language, enum fs_end_reason reason)
{
    (void)language;
    return end_reasons[reason];
}

const char *fs_words_pause_reason(enum fs_language language, enum fs_pause_reason reason)
{
    (void)language;
    return pause_reasons[reason];
}

const char *fs_words_verdict(enum fs_language language, enum fs_verdict verdict)
{
    (void)language;
    return verdicts[verdict];
}

const char *fs_words_rule(enum fs_language language, enum fs_rule rule)
{
    (void)language;
    return rules[rule];
}

const char *fs_words_decider(enum fs_language language, enum fs_decider decider)
{
    (void)language;
    return deciders[decider];
}

const char *fs_words_disposition(enum fs_language language, enum fs_disposition disposition)
{
    (void)language;
    return dispositions[disposition];
}
