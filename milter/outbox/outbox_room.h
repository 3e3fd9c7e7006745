/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * outbox_room.h - what the files of the outbox share; private to the room.
 */
#ifndef FULLSTOP_OUTBOX_ROOM_H
#define FULLSTOP_OUTBOX_ROOM_H

#include <stdatomic.h>

#include "fullstop/outbox.h"
#include "fullstop/store.h"
#include "fullstop/words.h"

/* "msg_" and 32 hex digits, the same for every attempt; no full stop in it, as the
 * specification wants. */
#define OUTBOX_ID_SIZE_B 40
#define OUTBOX_FAULT_SIZE_B 160

/* ---- body.c ---- */

/* {type, timestamp, data}; freed with free(). NULL: out of memory. */
char *body_of_event(const char *type, const struct fs_event *event);
char *body_of_test(const char *webhook, int64_t now);

/* ---- sign.c ---- */

/* at: of the event, so that a new store of the same host begins no old ids anew. */
void outbox_id(const char *log, int64_t seq, int64_t at, const char *type,
               char out[OUTBOX_ID_SIZE_B]);
/* The same for a row whose event is of this time. Two notices of one event are two mails: a
 * mailbox that knows Message-IDs must not take the second for the first. */
void outbox_row_id(const struct fs_outbox_row *row, int64_t at, char out[OUTBOX_ID_SIZE_B]);
/* The value of webhook-signature, one "v1," a secret. NULL: out of memory. */
char *outbox_signature(const struct fs_webhook *webhook, const char *id, int64_t at,
                       const char *body);

/* ---- secure.c: what every request over HTTP has in common ---- */

struct request_place {
    const char *url;
    const char *proxy;
    const char *ca_file;
    int64_t timeout_s;
};
/* handle is libcurl's; place must outlive the call only. False: out of memory, or libcurl
 * lacks something. */
bool request_secure(void *handle, const struct request_place *place);

/* ---- request.c: one request and what came of it ---- */

struct request;
/* A handle that is used request after request, so that connections are kept. webhook is
 * borrowed. NULL: out of memory. */
struct request *request_new(const struct fs_webhook *webhook, size_t keep_b);
void request_free(struct request *request, bool in_haste);
/* Everything but the sending; id and body are borrowed until the end. The handle is libcurl's,
 * with CURLOPT_PRIVATE set to owner. NULL: out of memory. */
void *request_prepare(struct request *request, const char *id, int64_t now, const char *body,
                      void *owner);

enum outcome {
    OUTCOME_DELIVERED,
    OUTCOME_FAILED,
    OUTCOME_GONE, /* 410: it says that it is gone for good */
};
struct result {
    enum outcome outcome;
    long status; /* of HTTP; 0: none */
    int64_t retry_after_s;
    char fault[OUTBOX_FAULT_SIZE_B]; /* holds no URL and nothing of the answer */
};
/* code is libcurl's of the transfer. */
void request_judge(struct request *request, int code, int64_t now, struct result *out);
/* What came back, as much as was kept. */
const char *request_answer(const struct request *request);

/* ---- mail.c: the same for a notice, by SMTP ---- */

struct mail;
/* Both are borrowed; once stopping is true, it waits for nobody. */
struct mail *mail_new(const struct fs_notices *notices, const atomic_bool *stopping);
void mail_free(struct mail *mail, bool in_haste);
/* recipient and message are borrowed until the end. */
void *mail_prepare(struct mail *mail, const char *recipient, const char *message, void *owner);
void mail_judge(struct mail *mail, int code, struct result *out);
/* It is over at the next curl_multi_perform(), for a handle that was there before some ms. */
void mail_give_up(struct mail *mail);

/* ---- letter.c ---- */

struct letter_place {
    const char *recipient;
    const char *id; /* for Message-ID and boundary */
    const char *language;
    int64_t at;
};
/* The whole message with CR LF; freed with free(). NULL: out of memory. */
char *letter_print(const struct letter_place *place, const struct fs_words_letter *letter);

/* ---- gather.c ---- */

/* Closes the notices of a process that have gathered long enough: only such ones are loaded. */
enum fs_status gather_close(struct fs_store *store, const struct fs_process *process,
                            const char *target, int64_t now, struct fs_error *err);

/* ---- notice.c ---- */

/* The message of a row of notices; *out is freed with free(). */
enum fs_status notice_body(struct fs_store_tx *tx, const struct fs_process *process,
                           const struct fs_outbox_row *row, const struct fs_event *event,
                           const char *id, char **out, struct fs_error *err);

/* ---- marks.c ---- */

#define MARKS_TIMEOUT_MS 2000
#define MARKS_MAX 512

struct mark {
    int64_t id;
    uint64_t file; /* that the row is of: ids are not the same in another */
    bool delivered;
    bool dead;
    int64_t next_at;
    char fault[OUTBOX_FAULT_SIZE_B];
};
struct marks {
    size_t count;
    struct mark rows[MARKS_MAX];
};
/* All of them or none; then there are none any more. */
enum fs_status marks_write(struct marks *marks, struct fs_store *store, struct fs_error *err);

/* ---- orders.c ---- */

#define ORDERS_SIGN_SIZE_B 24

/* In the transaction of what a person orders. */
enum fs_status orders_sign(struct fs_store_tx *tx, struct fs_error *err);
/* Whether there was an order since sign, which becomes that of the last one. */
bool orders_look(struct fs_store *store, char sign[ORDERS_SIGN_SIZE_B]);

/* ---- queue.c: the rows of one target that are in memory ---- */

#define QUEUE_MAX 512

enum item_state { ITEM_WAITING, ITEM_SENDING, ITEM_DONE };
struct item {
    int64_t id;
    uint64_t file; /* of the store */
    int64_t lead_id;
    int64_t attempts;
    char webhook_id[OUTBOX_ID_SIZE_B];
    char *body;
    char *recipient; /* of a notice */
    void *easy;      /* while it is sent: its libcurl handle */
    bool is_new;     /* of the store's words */
    enum item_state state;
};
struct queue {
    struct item *items[QUEUE_MAX]; /* ids ascending within a lead */
    size_t count;
    size_t waiting;
    uint64_t file;    /* of the store, when it was loaded last */
    int64_t after_id; /* new rows up to this one were loaded or put aside */
    bool has_all;     /* there were no more when it was loaded */
};
void queue_clear(struct queue *queue);
/* Loads what is due and not in it, and puts aside what stands behind others; only when what
 * became of others is written down. notices_of NULL: a webhook's. */
enum fs_status queue_load(struct queue *queue, struct fs_store *store, const char *target,
                          const struct fs_process *notices_of, int64_t now, struct fs_error *err);
/* The first that no other of its lead stands in front of, marked as on its way; NULL: none. */
struct item *queue_next(struct queue *queue);
/* What waits leaves memory, and is loaded anew. */
void queue_forget(struct queue *queue);
/* It is over. failed: what stands behind it leaves memory, and waits in the store. */
void queue_finish(struct queue *queue, struct item *item, bool failed);

#endif
