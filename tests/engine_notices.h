/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * engine_notices.h - an engine whose sales process ends a lead after one message, and what of
 * its notices stands in the outbox.
 */
#ifndef FULLSTOP_TESTS_ENGINE_NOTICES_H
#define FULLSTOP_TESTS_ENGINE_NOTICES_H

#include "engine_support.h"
#include "fullstop/outbox.h"
#include "fullstop/store.h"

#define ANNA "anna@example.com"

#define DROP "mixed = \"drop\" notices { kinds = { dropped, refused, last_touch } }"

/* Of the sales process; in mode enforce when it names none. */
static inline void load(const char *process)
{
    load_config("our_domains = { \"example.com\" }\n"
                "process \"sales\" { %s senders = { \"@example.com\" }\n"
                "end { unanswered = 1 } %s }\n",
                strstr(process, "mode = ") != NULL ? "" : "mode = \"enforce\"", process);
}

static inline void begin_notices(void)
{
    open_engine(BEGAN_AT);
    load(DROP);
}

static inline struct fs_ruling mail_of(const char *from, bool can_drop, const char *id,
                                       const char *to)
{
    struct fs_ruling ruling;
    struct fs_error err = {FS_OK, ""};
    const char *recipients[8];
    size_t count = 0;
    char *list = fs_arena_strdup(arena, to);
    for (char *one; (one = strsep(&list, ",")) != NULL;)
        recipients[count++] = one;
    struct fs_facts facts = {.class = FS_CLASS_HUMAN, .message_id = id, .from = from};
    facts.key = fs_arena_printf(arena, "id:%s", id);
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[0],
                             .facts = &facts,
                             .recipients = recipients,
                             .recipient_count = count,
                             .can_drop = can_drop};
    ck_assert_msg(fs_engine_outbound(engine, arena, &in, &ruling, &err) == FS_OK, "%s", err.text);
    return ruling;
}

static inline struct fs_ruling mail_to(const char *id, const char *to)
{
    return mail_of(ANNA, true, id, to);
}

/* How many notices of a kind wait. */
static inline size_t notices(const char *kind)
{
    struct fs_outbox_item *items = NULL;
    size_t count = 0;
    size_t found = 0;
    ck_assert_int_eq(fs_outbox_list(fs_engine_store(engine), arena, "notices:sales", 0, false, 0,
                                    &items, &count, NULL),
                     FS_OK);
    for (size_t i = 0; i < count; i++)
        found += strcmp(items[i].type, kind) == 0 ? 1 : 0;
    return found;
}

/* The first row of a kind: as it is stored, and how many events it names. */
struct seen {
    const char *type;
    struct fs_outbox_row row;
    char recipient[64];
    char sender[64];
    char events[4096];
    size_t told;
    size_t rows;
};

static inline enum fs_status see(void *context, const struct fs_outbox_row *row,
                                 const struct fs_event *event, struct fs_error *err)
{
    struct seen *seen = context;
    (void)event;
    (void)err;
    if (strcmp(row->type, seen->type) != 0 || seen->rows++ > 0)
        return FS_OK;
    seen->row = *row;
    seen->told = strcmp(row->type, FS_NOTICES_DIGEST) != 0 ? 1 : 0;
    snprintf(seen->recipient, sizeof(seen->recipient), "%s", row->recipient);
    snprintf(seen->sender, sizeof(seen->sender), "%s", row->sender != NULL ? row->sender : "-");
    snprintf(seen->events, sizeof(seen->events), "%s", row->events != NULL ? row->events : "");
    for (const char *p = seen->events; *p != '\0'; p += strcspn(p, " ")) {
        p += strspn(p, " ");
        seen->told += *p >= '0' && *p <= '9' ? 1 : 0;
    }
    return FS_OK;
}

static inline enum fs_status see_all(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct fs_outbox_filter filter = {.target = "notices:sales"};
    return fs_tx_outbox(tx, &filter, see, context, err);
}

static inline struct seen seen_of(const char *type)
{
    struct seen seen = {.type = type};
    ck_assert_int_eq(fs_store_read(fs_engine_store(engine), see_all, &seen, NULL), FS_OK);
    return seen;
}

static inline enum fs_status close_due(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    bool is_due = false;
    bool as_digest = config->processes[0].notices.digest_minute >= 0;
    (void)context;
    ck_assert_int_eq(fs_tx_notices_due(tx, "notices:sales", now, as_digest, &is_due, err), FS_OK);
    return is_due ? fs_tx_notices_close(tx, "notices:sales", now, as_digest, err) : FS_OK;
}

/* What fullstopd does at this instant. */
static inline void gather(void)
{
    struct fs_store_job job = {close_due, NULL, NULL};
    ck_assert_int_eq(fs_store_write(fs_engine_store(engine), &job, 5000, NULL), FS_OK);
}

#endif
