/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_match.h - which leads an incoming message concerns; private to the engine room.
 */
#ifndef FULLSTOP_ENGINE_MATCH_H
#define FULLSTOP_ENGINE_MATCH_H

#include "engine_work.h"

/* Touches looked at for one message; all recipients of two messages of the greatest size. */
#define MATCH_TOUCHES_MAX (2 * FS_RECIPIENTS_MAX)

/* Touches of ours that a message named, those of the youngest id first. */
struct touch_list {
    struct fs_touch_row *rows;
    size_t count;
    size_t size;
};

struct inbound_work {
    struct work work;
    struct fs_facts facts; /* from is the author, also behind a list of ours */
    enum fs_happening what;
    const char *account;    /* the author's, "" none */
    const char *writer;     /* the address in From where that is the author, NULL: it is not */
    const char *unknown_id; /* the youngest id it named that is none of ours, NULL: none */
    bool own_mail;          /* one of our own messages came back: nothing else is set */
    bool is_in_thread;      /* the writer, or a colleague, got a message that this one names */
    bool is_authenticated;  /* a verifier of ours vouches for the writer's domain */
    bool is_repeat;         /* the same message was heard before, with no less proof */
    const char *suppressed; /* whose objection or complaint it was, NULL: nobody's */
    struct touch_list touches;
    struct lead_list targets;
    const char *tier;    /* of the first tier_count targets */
    size_t tier_count;   /* those after it, up to author_count: found by address */
    size_t author_count; /* those after it: colleagues, found by account */
    struct fs_hearing_lead *heard;
    size_t heard_count;
};

static inline bool match_is_report(enum fs_mail_class class)
{
    return class == FS_CLASS_BOUNCE || class == FS_CLASS_DELAYED || class == FS_CLASS_COMPLAINT ||
           class == FS_CLASS_RECEIPT;
}

/* Fills own_mail, tier, touches and targets; learns ids that relays gave to our messages. A
 * bounce of which nobody can tell whose it is becomes a notice. */
enum fs_status match_leads(struct fs_store_tx *tx, struct inbound_work *work, struct fs_error *err);
/* How a target was found; words of fs_event.match. */
const char *match_tier_of(const struct inbound_work *work, size_t target);
/* The matched touch of a lead, NULL: none. */
struct fs_touch_row *match_touch_of(struct inbound_work *work, int64_t lead_id);

/* ---- what is proven: proof.c ---- */

enum fs_answers_require proof_required(const struct fs_config *config, const char *process);
/* After matching: sets is_in_thread and is_authenticated. */
void proof_read(struct inbound_work *work);
/* What an answer lacks to be one for a target: the rule it is recorded by, FS_RULE_NONE:
 * nothing. */
enum fs_rule proof_missing(const struct inbound_work *work, size_t target);
/* Whether a report that a touch failed is believed so far that the touch counts no more. */
bool proof_takes_back(const struct inbound_work *work, size_t target);
/* Whether a message of ours may respond to it uncounted. */
bool proof_allows_response(enum fs_answers_require require, const struct fs_heard_row *heard);

/* ---- between the files of matching ---- */

/* For reports; match_leads() calls it. */
enum fs_status match_report(struct fs_store_tx *tx, struct inbound_work *work,
                            struct fs_error *err);
/* Adds the touches of an id, which may be NULL; one of none of ours is kept in unknown_id. */
enum fs_status match_add_touches(struct fs_store_tx *tx, struct inbound_work *work, const char *id,
                                 struct fs_error *err);
/* An fs_touch_visit whose context is the inbound_work. */
enum fs_status match_add_touch(void *context, const struct fs_touch_row *row, struct fs_error *err);
bool match_equal(const char *a, const char *b); /* NULL equals nothing */
/* A touch that left, so that something may come back for it. */
bool match_has_left(const struct fs_touch_row *touch);

/* learn.c: after a match by address, or by the recipient of a report. */
enum fs_status learn_from_mail(struct fs_store_tx *tx, struct inbound_work *work,
                               struct fs_error *err);
enum fs_status learn_from_report(struct fs_store_tx *tx, struct inbound_work *work,
                                 struct fs_error *err);

#endif
