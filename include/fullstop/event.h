/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * event.h - one thing that happened, as it is stored, chained, shown and explained.
 *
 * A value: strings are borrowed from the arena or caller that made it; a string that is
 * not known is NULL. Belongs to the lead room, for it speaks its words; holds no logic.
 */
#ifndef FULLSTOP_EVENT_H
#define FULLSTOP_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "fullstop/lead.h"

enum fs_event_kind {
    FS_EVENT_TOUCH,  /* an outgoing message to one contact */
    FS_EVENT_HEARD,  /* an incoming message that concerns a lead */
    FS_EVENT_TIME,   /* what time brought */
    FS_EVENT_SAID,   /* a person's or the CRM's decision */
    FS_EVENT_START,  /* fullstopd started */
    FS_EVENT_STOP,   /* fullstopd stopped in order */
    FS_EVENT_CONFIG, /* a configuration took effect; note is its hash, see below */
    FS_EVENT_OFF,
    FS_EVENT_ON,
    FS_EVENT_GAP,   /* messages passed or were deferred undecided; note says how many */
    FS_EVENT_DEAF,  /* a process hears no answers: it only flags; note says since when */
    FS_EVENT_HEARS, /* it hears them again */
};
#define FS_EVENT_KIND_COUNT 12
/* In the note of FS_EVENT_CONFIG, between the hash and the names, comma-separated, of keys that
 * take effect after a restart only. */
#define FS_EVENT_AFTER_RESTART "; after a restart: "
const char *fs_event_kind_name(enum fs_event_kind kind);
bool fs_event_kind_parse(const char *name, enum fs_event_kind *out);

/* What became of the message of a touch. */
enum fs_disposition {
    FS_DISPOSITION_NONE,
    FS_DISPOSITION_PASSED,
    FS_DISPOSITION_WOULD_REFUSE, /* observe: passed, would be refused */
    FS_DISPOSITION_FLAGGED,
    FS_DISPOSITION_HELD,
    FS_DISPOSITION_REFUSED,
    FS_DISPOSITION_DROPPED, /* the others got the message, this contact was left out */
};
#define FS_DISPOSITION_COUNT 7
const char *fs_disposition_name(enum fs_disposition disposition);
bool fs_disposition_parse(const char *name, enum fs_disposition *out);

struct fs_event {
    const char *log; /* "log-seq" is the event's id in texts and headers */
    int64_t seq;     /* from 1 in its log; 0: not yet written */
    int64_t at;
    enum fs_event_kind kind;
    enum fs_happening what; /* kinds touch, heard, said */
    const char *process;
    int64_t lead_id; /* 0: no lead */
    const char *contact;
    enum fs_state from; /* from and to are the same where nothing changed */
    enum fs_state to;
    enum fs_end_reason end_reason;
    enum fs_pause_reason pause_reason;
    enum fs_rule rule;
    enum fs_verdict verdict; /* kind touch */
    enum fs_disposition disposition;
    enum fs_decider decided_by;
    const char *actor; /* the name given, or the login name */
    int64_t actor_uid; /* -1: nobody's */
    const char *message_id;
    const char *class;      /* fs_mail_class_name() */
    const char *class_rule; /* ids of the classifier's rules that matched, comma-separated, the
                               deciding one first */
    const char *match;      /* the tier that matched: thread, address, account, returned-id,
                               recipient */
    const char *note;       /* a person's words, or a detail */
    int cycle;
    int unanswered;
    int overrun;
    int64_t until_at;
    int64_t repeats; /* further attempts with the same key; not part of the chain */
};

/* ---- what the world is told ---- */

/* The types of webhooks. One event can be several: a first touch that is the last one too. */
enum fs_news {
    FS_NEWS_LEAD_STARTED,
    FS_NEWS_LEAD_REPLIED,
    FS_NEWS_LEAD_PAUSED,
    FS_NEWS_LEAD_RESUMED,
    FS_NEWS_LEAD_ENDED,
    FS_NEWS_LEAD_OPTED_OUT,
    FS_NEWS_LEAD_BOUNCED,
    FS_NEWS_TOUCH_LAST,
    FS_NEWS_TOUCH_FLAGGED,
    FS_NEWS_TOUCH_HELD,
    FS_NEWS_TOUCH_REFUSED,
    FS_NEWS_POLICY_CHANGED,
};
#define FS_NEWS_COUNT 12
#define FS_NEWS_ALL ((1u << FS_NEWS_COUNT) - 1)
const char *fs_news_name(enum fs_news news); /* "lead.started" */
bool fs_news_parse(const char *name, enum fs_news *out);
/* Bit (1u << enum fs_news) set: the event is that. */
unsigned fs_event_news(const struct fs_event *event);

/* ---- what salespeople are told by mail ---- */

enum fs_notice {
    FS_NOTICE_LAST_TOUCH, /* the last message that is allowed without an answer went out */
    FS_NOTICE_REFUSED,
    FS_NOTICE_HELD,
    FS_NOTICE_DROPPED, /* the message went out, without this recipient */
    FS_NOTICE_REPLIED,
    FS_NOTICE_BACK,    /* a pause is over */
    FS_NOTICE_REVIEW,  /* a person must decide */
    FS_NOTICE_FLAGGED, /* passed with a flag; told to flag { copy_to }, not to who sent it */
};
#define FS_NOTICE_COUNT 8
const char *fs_notice_name(enum fs_notice notice); /* "last_touch" */
bool fs_notice_parse(const char *name, enum fs_notice *out);
/* Bit (1u << enum fs_notice) set: the event is that. */
unsigned fs_event_notices(const struct fs_event *event);

#endif
