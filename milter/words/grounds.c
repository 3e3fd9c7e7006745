/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * grounds.c - on which grounds a message was refused, and which texts that has.
 *
 * Decides what is true of a refused lead and worth saying to whoever wrote: one row of the
 * table each. Must not know: the texts themselves, the lines they end up in.
 */
#include "words_grounds.h"

static const struct grounds_row rows[] = {
    [GROUNDS_OTHER] = {WORDS_REPLY_OTHER, WORDS_CLAUSE_OTHER, {WORDS_ADVICE_ASK, WORDS_COUNT}},
    [GROUNDS_NO_REPLY] = {WORDS_REPLY_NO_REPLY,
                          WORDS_CLAUSE_NO_REPLY,
                          {WORDS_ADVICE_BY_TIME, WORDS_ADVICE_ANSWER, WORDS_ADVICE_FINAL,
                           WORDS_ADVICE_RESUME, WORDS_COUNT}},
    [GROUNDS_ENDED] = {WORDS_REPLY_ENDED,
                       WORDS_CLAUSE_ENDED,
                       {WORDS_ADVICE_BOUNCED, WORDS_ADVICE_BY_TIME, WORDS_ADVICE_ANSWER,
                        WORDS_ADVICE_FINAL, WORDS_ADVICE_RESUME, WORDS_COUNT}},
    [GROUNDS_OPTED_OUT] = {WORDS_REPLY_OPTED_OUT,
                           WORDS_CLAUSE_OPTED_OUT,
                           {WORDS_ADVICE_NO_MAIL, WORDS_ADVICE_EVIDENCE, WORDS_COUNT}},
    [GROUNDS_COMPLAINED] = {WORDS_REPLY_COMPLAINED,
                            WORDS_CLAUSE_COMPLAINED,
                            {WORDS_ADVICE_NO_MAIL, WORDS_ADVICE_EVIDENCE, WORDS_COUNT}},
    [GROUNDS_SUPPRESSED] = {WORDS_REPLY_SUPPRESSED,
                            WORDS_CLAUSE_OPTED_OUT,
                            {WORDS_ADVICE_NO_MAIL, WORDS_ADVICE_EVIDENCE, WORDS_COUNT}},
    [GROUNDS_PAUSED] = {WORDS_REPLY_PAUSED,
                        WORDS_CLAUSE_PAUSED,
                        {WORDS_ADVICE_LATER, WORDS_ADVICE_ANSWER_PAUSE, WORDS_ADVICE_UNPAUSE,
                         WORDS_COUNT}},
    [GROUNDS_REVIEW] = {WORDS_REPLY_REVIEW,
                        WORDS_CLAUSE_REVIEW,
                        {WORDS_ADVICE_REVIEW, WORDS_ADVICE_GO_ON, WORDS_ADVICE_DECLINED,
                         WORDS_COUNT}},
    [GROUNDS_EARLY] = {WORDS_REPLY_EARLY, WORDS_CLAUSE_EARLY, {WORDS_ADVICE_LATER, WORDS_COUNT}},
    [GROUNDS_KIND] = {WORDS_REPLY_KIND,
                      WORDS_CLAUSE_KIND,
                      {WORDS_ADVICE_KIND, WORDS_ADVICE_ASK, WORDS_COUNT}},
    [GROUNDS_LIMIT] = {WORDS_REPLY_LIMIT, WORDS_CLAUSE_LIMIT, {WORDS_ADVICE_LATER, WORDS_COUNT}},
};

static enum grounds ended_grounds(const struct fs_lead *lead)
{
    if (lead->end_reason == FS_END_OPTED_OUT)
        return GROUNDS_OPTED_OUT;
    if (lead->end_reason == FS_END_COMPLAINED)
        return GROUNDS_COMPLAINED;
    return lead->end_reason == FS_END_NO_REPLY && lead->unanswered > 0 ? GROUNDS_NO_REPLY
                                                                       : GROUNDS_ENDED;
}

static enum grounds suppressed_grounds(const struct fs_lead *lead)
{
    enum grounds grounds = lead->state == FS_STATE_ENDED ? ended_grounds(lead) : GROUNDS_OTHER;
    return grounds == GROUNDS_OPTED_OUT || grounds == GROUNDS_COMPLAINED ? grounds
                                                                         : GROUNDS_SUPPRESSED;
}

enum grounds grounds_of(const struct fs_words_refused *refused)
{
    switch (refused->verdict) {
    case FS_VERDICT_EARLY:
        return GROUNDS_EARLY;
    case FS_VERDICT_KIND:
        return GROUNDS_KIND;
    case FS_VERDICT_OVER:
    case FS_VERDICT_ENDED:
        return ended_grounds(refused->lead);
    case FS_VERDICT_PAUSED:
        return refused->lead->pause_reason == FS_PAUSE_REVIEW ? GROUNDS_REVIEW : GROUNDS_PAUSED;
    case FS_VERDICT_SUPPRESSED:
        return suppressed_grounds(refused->lead);
    case FS_VERDICT_LIMIT:
        return GROUNDS_LIMIT;
    case FS_VERDICT_PASS:
    case FS_VERDICT_RESPONSE:
    case FS_VERDICT_EXEMPT:
    case FS_VERDICT_DUPLICATE:
    case FS_VERDICT_FINAL:
        break;
    }
    return GROUNDS_OTHER;
}

bool grounds_advise(enum words_text advice, const struct fs_words_refused *refused,
                    const struct fs_process *process)
{
    if (advice == WORDS_ADVICE_LATER || advice == WORDS_ADVICE_BY_TIME)
        return refused->next_allowed_at != 0;
    if (advice == WORDS_ADVICE_ANSWER)
        return process->rules.resume_reply;
    if (advice == WORDS_ADVICE_FINAL)
        return refused->final_mail;
    if (advice == WORDS_ADVICE_BOUNCED)
        return refused->lead->end_reason == FS_END_BOUNCED;
    return true;
}

const struct grounds_row *grounds_row(enum grounds grounds)
{
    return &rows[grounds];
}

static int64_t first_known(int64_t a, int64_t b, int64_t c)
{
    return a != 0 ? a : b != 0 ? b : c;
}

int64_t grounds_since(const struct fs_words_refused *refused)
{
    const struct fs_lead *lead = refused->lead;
    switch (grounds_of(refused)) {
    case GROUNDS_NO_REPLY:
    case GROUNDS_ENDED:
    case GROUNDS_OPTED_OUT:
    case GROUNDS_COMPLAINED:
    case GROUNDS_REVIEW: /* a stronger reason may have come after the end */
        return first_known(lead->changed_at, lead->ended_at, lead->last_touch_at);
    case GROUNDS_PAUSED:
        return first_known(lead->paused_at, lead->changed_at, lead->last_touch_at);
    case GROUNDS_SUPPRESSED:
    case GROUNDS_EARLY:
    case GROUNDS_KIND:
    case GROUNDS_LIMIT:
    case GROUNDS_OTHER:
        break;
    }
    return first_known(lead->last_touch_at, lead->changed_at, lead->ended_at);
}
