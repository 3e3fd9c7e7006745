/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_bounce.h - what a mail system says in its own words, where no report field says it.
 *
 * Half of all bounces are no multipart/report (RFC 3464), and many that are say in the
 * text what their fields leave out. All work is linear in the text that is looked at.
 */
#ifndef FULLSTOP_MAIL_BOUNCE_H
#define FULLSTOP_MAIL_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mail_report.h"

struct mail;

/* Of the text, so much is looked at; of what the mail system wrote itself, so much. */
#define MAIL_BOUNCE_TEXT_MAX_B 65536u
#define MAIL_BOUNCE_NOTICE_MAX_B 16384u
#define MAIL_BOUNCE_CANDIDATES_MAX 16

/* What a phrase says. */
enum mail_bounce_sign {
    SIGN_CLEAR,     /* the status in the row, and nothing else */
    SIGN_HINT,      /* the status in the row, where nothing clearer is said */
    SIGN_FAILED,    /* something was not delivered */
    SIGN_LATE,      /* delivery is tried again: nobody has to do anything yet */
    SIGN_REFUSED,   /* a person's filter or a list refused it */
    SIGN_CHALLENGE, /* the sender is asked to prove to be a person */
    SIGN_READ,      /* somebody has read it */
};
#define MAIL_BOUNCE_SIGN_COUNT 7

/* A phrase as mail_bounce_fold writes text; a word "*" stands for up to three words of any
 * kind, "~" at the end lets the last word go on. */
struct mail_bounce_phrase {
    const char *text;
    enum mail_bounce_sign sign;
    const char *status; /* RFC 3463; NULL where the sign is no status */
};

/* Each ended by a NULL text. */
extern const struct mail_bounce_phrase mail_bounce_phrases_en[];
extern const struct mail_bounce_phrase mail_bounce_phrases_other[];
extern const struct mail_bounce_phrase mail_bounce_phrases_signs[];
/* All of them: the numbers of tables in the index are places here. */
#define MAIL_BOUNCE_TABLES 3u
extern const struct mail_bounce_phrase *const mail_bounce_tables[MAIL_BOUNCE_TABLES];

/* What a text says: of each sign the first. */
struct mail_bounce_signs {
    bool has[MAIL_BOUNCE_SIGN_COUNT];
    const char *status[MAIL_BOUNCE_SIGN_COUNT];
};

/* Folds text into words with one space between: lower case, no accents, no digits, signs,
 * addresses or links, "doesn't" as "doesnt". out: at most size_b with its end of so many
 * NULs, cut at a letter. Invalid UTF-8 is passed over. */
#define MAIL_BOUNCE_FOLD_END_B 4u
void mail_bounce_fold(const char *text, size_t length_b, char *out, size_t size_b);
/* Which phrases stand in a folded text. */
void mail_bounce_signs(const char *folded, struct mail_bounce_signs *out);

/* The status that a diagnostic means: its enhanced code, else by its words (reads_words) and
 * the SMTP reply code that it begins with (0: none). stated: what was said elsewhere ("": nothing),
 * kept unless it is x.0.0. False: nothing is known; out: 12 bytes. */
bool mail_bounce_status(bool reads_words, const char *diagnostic, size_t length_b, int reply_code,
                        const char *stated, char out[MAIL_STATUS_SIZE_B]);

/* How a place in the text names an address, the surest first. */
enum mail_bounce_rank {
    RANK_ORIGIN,   /* "expanded from": what was written to, before a forward */
    RANK_LINE,     /* it opens a line, or is all of it */
    RANK_SAID,     /* "RCPT TO:", "could not be delivered to" */
    RANK_RETURNED, /* To of the returned mail */
    RANK_LOOSE,    /* somewhere */
    RANK_DOUBTFUL, /* the sender's own, or a mail system's */
    RANK_NONE,
};

struct mail_bounce_candidate {
    const char *address; /* canonical */
    enum mail_bounce_rank rank;
};

/* What was found in the texts of one message. Pointers into the texts. */
struct mail_bounce {
    struct mail_bounce_candidate candidates[MAIL_BOUNCE_CANDIDATES_MAX];
    size_t candidate_count;
    size_t looked_at;       /* places with an @, wherever: bounds the work */
    const char *diagnostic; /* the first with a 5xx code, else with a 4xx code; NULL: none */
    size_t diagnostic_b;
    int reply_code;  /* it begins with, 0: with an enhanced code alone */
    bool has_fields; /* fields of a report stand in the text */
    char *notice;    /* what the mail system wrote, terminated */
    size_t notice_b;
};

/* Collects the addresses in a line of a notice; before: the line above that is not blank. */
void mail_bounce_addresses(struct mail *mail, struct mail_bounce *bounce, const char *line,
                           size_t line_b, const char *before, size_t before_b);
/* The address in a field's value; NULL: none, or several. */
const char *mail_bounce_single(struct mail *mail, const char *value, size_t value_b);
/* Whether an address is a mail system's, or of those who run one. */
bool mail_bounce_is_system(const char *address);
/* The candidate that is the likeliest; returned_to may be NULL. *rank tells how likely. */
const char *mail_bounce_best(const struct mail *mail, const struct mail_bounce *bounce,
                             const char *returned_to, enum mail_bounce_rank *rank);

/* A field of a header block in text: the length of its name, 0: no field begins here. */
size_t mail_bounce_field(const char *line, size_t line_b);
/* Whether the block of a returned mail begins here. */
bool mail_bounce_opens_header(const char *line, size_t line_b, const char *end);
/* Reads that block up to its blank line: id, To and From go to mail->report. Where it
 * ends. */
const char *mail_bounce_header(struct mail *mail, const char *at, const char *end);
/* Takes one field of a returned mail; field: its name. */
void mail_bounce_take_field(struct mail *mail, const char *field, size_t name_b, const char *value,
                            size_t value_b);

/* Whether a mail system may have written it; a person's mail is not searched. */
bool mail_bounce_may_be(const struct mail *mail);
/* Reads the texts of mail that may come from a mail system and completes mail->report. */
void mail_bounce_read(struct mail *mail);

#endif
