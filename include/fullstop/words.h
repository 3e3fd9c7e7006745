/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words.h - every sentence that a person reads about a lead, in English and German.
 *
 * SMTP replies, the CLI and notices say the same things with the same words. Translations
 * come from the gettext catalogue po/de.po, which is compiled in: nothing is to be set up,
 * no locale is asked, no file can be missing, all calls are thread-safe. Results live in the
 * arena given, or are static.
 */
#ifndef FULLSTOP_WORDS_H
#define FULLSTOP_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/config.h"
#include "fullstop/event.h"
#include "fullstop/lead.h"
#include "fullstop/status.h"

/* The same line in another language; English where there is no translation. Formats stay
 * formats with the same conversions: msgfmt compares them. */
const char *fs_words_line(enum fs_language language, const char *english)
    __attribute__((format_arg(2)));
/* The form for that many. */
const char *fs_words_plural(enum fs_language language, const char *one, const char *many,
                            int64_t count) __attribute__((format_arg(2), format_arg(3)));

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

/* SMTP reply text in the language of the process: ASCII, no CR or LF, a '%' is doubled for
 * smfi_setmlreply, each line at most FS_WORDS_LINE_MAX_B bytes. Line 1 names lead, reason and
 * since when and is enough alone; then further addresses (five at most, then "and 45 more"),
 * then what to do. A text of texts {} stands in for line 1 and what to do; one that does not
 * fit, or says nothing, is left aside. refused: distinct contacts, of which only the first
 * FS_WORDS_ADDRESSES_MAX are looked at. some_pass: others are not refused, but lost the
 * message too. */
#define FS_WORDS_LINES_MAX 8
#define FS_WORDS_LINE_MAX_B 400
#define FS_WORDS_ADDRESSES_MAX 5
struct fs_words_reply {
    const char *lines[FS_WORDS_LINES_MAX];
    size_t count; /* at least 1 */
};
enum fs_status fs_words_refusal(struct fs_arena *arena, const struct fs_process *process,
                                const struct fs_words_refused *refused, size_t refused_count,
                                bool some_pass, struct fs_words_reply *out, struct fs_error *err);
/* One whole sentence each, ASCII, for when no other can be made: a refusal, a deferral. */
const char *fs_words_refusal_fixed(enum fs_language language);
const char *fs_words_try_later(enum fs_language language);

/* Everything `fullstop why` says about one lead, as lines of plain text. */
struct fs_words_lead {
    const char *process;
    const char *contact;
    const char *sender;  /* NULL or "": counted for all senders */
    bool process_known;  /* the configuration still has it */
    bool answer_reopens; /* resume.reply */
    const struct fs_lead *lead;
    int limit;
    bool relevant;
    bool suppressed;
    const struct fs_lead_outlook *outlook;
    const struct fs_event *change;   /* NULL: not kept */
    const struct fs_event *refusal;  /* NULL: none */
    const struct fs_event *unproven; /* an answer not taken for one, NULL: none */
};
enum fs_status fs_words_why(struct fs_arena *arena, enum fs_language language,
                            const struct fs_words_lead *lead, const char *const **out_lines,
                            size_t *out_count, struct fs_error *err);

/* "2026-03-14", "14.03.2026"; with the time of day. "" for 0. Both hold FS_TIME_SIZE_B. */
void fs_words_day(enum fs_language language, int64_t at, char *out, size_t size_b);
void fs_words_minute(enum fs_language language, int64_t at, char *out, size_t size_b);

/* One line for an event: what happened, in the past tense, without its time. */
enum fs_status fs_words_event(struct fs_arena *arena, enum fs_language language,
                              const struct fs_event *event, const char **out, struct fs_error *err);

/* A mail to a salesperson: what happened and what to do next, in the language of the process.
 * It holds nothing of what was written to the contact or by it. */
struct fs_words_section {
    enum fs_notice kind;
    const struct fs_event *events; /* of one kind; the same contact may come again */
    size_t event_count;            /* at least 1 */
    int64_t repeats;               /* further ones since the notice before */
};
struct fs_words_notice {
    const struct fs_process *process;
    const struct fs_words_section *sections;
    size_t section_count; /* 1, or more in a digest */
    bool is_digest;       /* all kinds of a day, each with its heading */
    const char *sender;   /* of flagged mail; "" or NULL: not known */
};
struct fs_words_letter {
    const char *subject; /* UTF-8, one line */
    const char *text;    /* UTF-8, lines ended by LF */
    const char *html;    /* the same, as a whole document */
};
enum fs_status fs_words_notice(struct fs_arena *arena, const struct fs_words_notice *notice,
                               struct fs_words_letter *out, struct fs_error *err);

#endif
