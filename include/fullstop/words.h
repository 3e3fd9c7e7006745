/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words.h - every sentence that a person reads about a lead, in English and German.
 *
 * SMTP replies, the CLI and notices say the same things with the same words. Translations
 * come from gettext catalogues that fs_words_setup() resolves once, before threads start;
 * after that all calls are thread-safe. Results live in the arena given, or are static.
 */
#ifndef FULLSTOP_WORDS_H
#define FULLSTOP_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/config.h"
#include "fullstop/event.h"
#include "fullstop/lead.h"
#include "fullstop/status.h"

/* localedir: where LANG/LC_MESSAGES/fullstop.mo are; NULL: the installed place. A missing
 * catalogue is no failure: English remains. */
enum fs_status fs_words_setup(const char *localedir, struct fs_error *err);

/* What a person calls it: "in conversation", "Wiedervorlage". Static strings. */
const char *fs_words_state(enum fs_language language, enum fs_state state);
const char *fs_words_end_reason(enum fs_language language, enum fs_end_reason reason);
const char *fs_words_pause_reason(enum fs_language language, enum fs_pause_reason reason);
const char *fs_words_verdict(enum fs_language language, enum fs_verdict verdict);
const char *fs_words_rule(enum fs_language language, enum fs_rule rule); /* one clause each */
const char *fs_words_decider(enum fs_language language, enum fs_decider decider);
/* "refused", "abgewiesen"; a disposition. */
const char *fs_words_disposition(enum fs_language language, enum fs_disposition disposition);

/* One refused recipient, for the reply to the sender's mail program. */
struct fs_words_refused {
    const char *address;
    enum fs_verdict verdict;
    const struct fs_lead *lead;
    int limit;
    bool suppressed;
    int64_t next_allowed_at; /* 0: time alone allows none */
    bool final_mail;
    const char *event_id;
};

/* SMTP reply text: ASCII, no CR or LF, a '%' is doubled for smfi_setmlreply, each line at
 * most FS_WORDS_LINE_MAX_B bytes. Line 1 names lead, reason and since when and is enough
 * alone; then further addresses (five at most, then "and 45 more"), then what to do. */
#define FS_WORDS_LINES_MAX 8
#define FS_WORDS_LINE_MAX_B 400
#define FS_WORDS_ADDRESSES_MAX 5
struct fs_words_reply {
    const char *lines[FS_WORDS_LINES_MAX];
    size_t count; /* at least 1 */
};
enum fs_status fs_words_refusal(struct fs_arena *arena, const struct fs_process *process,
                                const struct fs_words_refused *refused, size_t refused_count,
                                struct fs_words_reply *out, struct fs_error *err);

/* Everything `fullstop why` says about one lead, as lines of plain text. */
struct fs_words_lead {
    const char *process;
    const char *contact;
    const struct fs_lead *lead;
    int limit;
    bool relevant;
    bool suppressed;
    const struct fs_lead_outlook *outlook;
    const struct fs_event *change;   /* NULL: not kept */
    const struct fs_event *refusal;  /* NULL: none */
    const struct fs_event *unproven; /* an answer not taken for one, NULL: none */
    int64_t now;
};
enum fs_status fs_words_why(struct fs_arena *arena, enum fs_language language,
                            const struct fs_words_lead *lead, const char *const **out_lines,
                            size_t *out_count, struct fs_error *err);

/* One line for an event: what happened, in the past tense, without its time. */
enum fs_status fs_words_event(struct fs_arena *arena, enum fs_language language,
                              const struct fs_event *event, const char **out, struct fs_error *err);

#endif
