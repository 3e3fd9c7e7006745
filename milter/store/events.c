/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * events.c - the audit log: events as chained records, and back.
 *
 * The chained fields hold commitments for contact, actor, Message-ID and note; the plain
 * values stand in subject and private, and can be deleted without breaking the chain.
 */
#include <assert.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "store_sqlite.h"

/* Columns of EVENT_SELECT. */
enum column {
    COL_ID,
    COL_LOG,
    COL_SEQ,
    COL_VERSION,
    COL_AT,
    COL_PREVIOUS,
    COL_HASH,
    COL_KIND,
    COL_WHAT,
    COL_PROCESS,
    COL_LEAD_ID,
    COL_CONTACT,
    COL_FROM,
    COL_TO,
    COL_END_REASON,
    COL_PAUSE_REASON,
    COL_RULE,
    COL_VERDICT,
    COL_DISPOSITION,
    COL_DECIDED_BY,
    COL_ACTOR,
    COL_ACTOR_UID,
    COL_MESSAGE_ID,
    COL_CLASS,
    COL_CLASS_RULE,
    COL_MATCH,
    COL_NOTE,
    COL_CYCLE,
    COL_UNANSWERED,
    COL_OVERRUN,
    COL_UNTIL_AT,
    COL_REPEATS,
    COL_CONTACT_VALUE,
    COL_CONTACT_SALT,
    COL_ACTOR_VALUE,
    COL_ACTOR_SALT,
    COL_PRIVATE_MESSAGE_ID,
    COL_PRIVATE_NOTE,
    COL_PRIVATE_SALT,
    COL_END,
};
_Static_assert(COL_END == EVENT_COLUMNS, "the columns behind an event are known");

/* The chained fields of version 1, in order; each column's name is the field's. */
static const struct {
    const char *name;
    enum column column;
} chained[] = {
    {"kind", COL_KIND},
    {"what", COL_WHAT},
    {"process", COL_PROCESS},
    {"lead_id", COL_LEAD_ID},
    {"contact", COL_CONTACT},
    {"from", COL_FROM},
    {"to", COL_TO},
    {"end_reason", COL_END_REASON},
    {"pause_reason", COL_PAUSE_REASON},
    {"rule", COL_RULE},
    {"verdict", COL_VERDICT},
    {"disposition", COL_DISPOSITION},
    {"decided_by", COL_DECIDED_BY},
    {"actor", COL_ACTOR},
    {"actor_uid", COL_ACTOR_UID},
    {"message_id", COL_MESSAGE_ID},
    {"class", COL_CLASS},
    {"class_rule", COL_CLASS_RULE},
    {"match", COL_MATCH},
    {"note", COL_NOTE},
    {"cycle", COL_CYCLE},
    {"unanswered", COL_UNANSWERED},
    {"overrun", COL_OVERRUN},
    {"until_at", COL_UNTIL_AT},
};
#define CHAINED_COUNT (sizeof(chained) / sizeof(chained[0]))
_Static_assert(CHAINED_COUNT <= FS_AUDIT_FIELDS_MAX, "the fields fit a record");

/* ---- writing ---- */

struct subject {
    int64_t id; /* 0: none */
    uint8_t salt[FS_HASH_SIZE_B];
};

/* The commitments of one event, as hex; empty where there is nothing to commit to. */
struct commitments {
    struct subject contact;
    struct subject actor;
    uint8_t salt[FS_HASH_SIZE_B]; /* of message_id and note */
    char contact_hex[FS_HASH_HEX_SIZE_B];
    char actor_hex[FS_HASH_HEX_SIZE_B];
    char message_id_hex[FS_HASH_HEX_SIZE_B];
    char note_hex[FS_HASH_HEX_SIZE_B];
};

static enum fs_status add_subject(struct fs_store_tx *tx, const char *kind, const char *value,
                                  struct subject *out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_SUBJECT_ADD, err);
    if (statement == NULL)
        return FS_AWAY;
    fs_random_bytes(out->salt, sizeof(out->salt));
    bind_text(statement, 1, kind);
    bind_text(statement, 2, value);
    bind_bytes(statement, 3, out->salt, FS_HASH_SIZE_B);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status == FS_OK)
        out->id = sqlite3_last_insert_rowid(tx->connection->db);
    return status;
}

static enum fs_status get_subject(struct fs_store_tx *tx, const char *kind, const char *value,
                                  struct subject *out, struct fs_error *err)
{
    if (value == NULL)
        return FS_OK;
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_SUBJECT_FIND, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, kind);
    bind_text(statement, 2, value);
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status == FS_NOT_FOUND)
        return add_subject(tx, kind, value, out, err);
    if (status != FS_OK)
        return status;
    out->id = column_int(statement, 0);
    bool whole = column_bytes(statement, 1, out->salt, FS_HASH_SIZE_B);
    sqlite3_reset(statement);
    return whole ? FS_OK : fs_error_set(err, FS_CORRUPT, "the store's table subject is damaged");
}

static void commit_to(const uint8_t *salt, const char *field, const char *value, char *out)
{
    if (value != NULL)
        fs_audit_commit(salt, field, value, out);
}

static enum fs_status make_commitments(struct fs_store_tx *tx, const struct fs_event *event,
                                       struct commitments *out, struct fs_error *err)
{
    *out = (struct commitments){.contact = {0}};
    enum fs_status status = get_subject(tx, "contact", event->contact, &out->contact, err);
    if (status == FS_OK)
        status = get_subject(tx, "actor", event->actor, &out->actor, err);
    if (status != FS_OK)
        return status;
    if (out->contact.id != 0)
        memcpy(out->salt, out->contact.salt, sizeof(out->salt));
    else
        fs_random_bytes(out->salt, sizeof(out->salt));
    commit_to(out->contact.salt, "contact", event->contact, out->contact_hex);
    commit_to(out->actor.salt, "actor", event->actor, out->actor_hex);
    commit_to(out->salt, "message_id", event->message_id, out->message_id_hex);
    commit_to(out->salt, "note", event->note, out->note_hex);
    return FS_OK;
}

static enum fs_status read_head(struct fs_store_tx *tx, int64_t *seq, struct fs_hash *hash,
                                struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENT_HEAD, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, tx->log);
    *seq = 0;
    *hash = (struct fs_hash){{0}};
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status == FS_NOT_FOUND)
        return FS_OK;
    if (status != FS_OK)
        return status;
    *seq = column_int(statement, 0);
    bool whole = column_bytes(statement, 1, hash->bytes, FS_HASH_SIZE_B);
    sqlite3_reset(statement);
    return whole ? FS_OK : fs_error_set(err, FS_CORRUPT, "the head of the audit log is damaged");
}

/* Text of each chained field of an event about to be written; numbers go to scratch. */
struct field_texts {
    struct fs_audit_field fields[CHAINED_COUNT];
    char scratch[CHAINED_COUNT][24];
};

static const char *text_of(const struct fs_event *event, const struct commitments *commitments,
                           enum column column)
{
    switch (column) {
    case COL_KIND:
        return fs_event_kind_name(event->kind);
    case COL_WHAT:
        return fs_happening_name(event->what);
    case COL_PROCESS:
        return event->process;
    case COL_CONTACT:
        return commitments->contact_hex;
    case COL_FROM:
        return fs_state_name(event->from);
    case COL_TO:
        return fs_state_name(event->to);
    case COL_END_REASON:
        return fs_end_reason_name(event->end_reason);
    case COL_PAUSE_REASON:
        return fs_pause_reason_name(event->pause_reason);
    case COL_RULE:
        return fs_rule_name(event->rule);
    case COL_VERDICT:
        return fs_verdict_name(event->verdict);
    case COL_DISPOSITION:
        return fs_disposition_name(event->disposition);
    case COL_DECIDED_BY:
        return fs_decider_name(event->decided_by);
    case COL_ACTOR:
        return commitments->actor_hex;
    case COL_MESSAGE_ID:
        return commitments->message_id_hex;
    case COL_CLASS:
        return event->class;
    case COL_CLASS_RULE:
        return event->class_rule;
    case COL_MATCH:
        return event->match;
    case COL_NOTE:
        return commitments->note_hex;
    default:
        return NULL;
    }
}

static bool number_of(const struct fs_event *event, enum column column, int64_t *out)
{
    switch (column) {
    case COL_LEAD_ID:
        *out = event->lead_id;
        return true;
    case COL_ACTOR_UID:
        *out = event->actor_uid;
        return true;
    case COL_CYCLE:
        *out = event->cycle;
        return true;
    case COL_UNANSWERED:
        *out = event->unanswered;
        return true;
    case COL_OVERRUN:
        *out = event->overrun;
        return true;
    case COL_UNTIL_AT:
        *out = event->until_at;
        return true;
    default:
        return false;
    }
}

static void fill_fields(struct field_texts *texts, const struct fs_event *event,
                        const struct commitments *commitments)
{
    for (size_t i = 0; i < CHAINED_COUNT; i++) {
        int64_t number;
        const char *value = text_of(event, commitments, chained[i].column);
        if (number_of(event, chained[i].column, &number)) {
            snprintf(texts->scratch[i], sizeof(texts->scratch[i]), "%" PRId64, number);
            value = texts->scratch[i];
        }
        texts->fields[i] = (struct fs_audit_field){chained[i].name, value != NULL ? value : ""};
    }
}

static void bind_subject(struct sqlite3_stmt *statement, int at, const struct subject *subject)
{
    if (subject->id != 0)
        bind_int(statement, at, subject->id);
}

/* The columns of INSERT are those of the chain, in the same order, from ?7 on. */
static enum fs_status insert(struct fs_store_tx *tx, const struct fs_audit_record *record,
                             const struct commitments *commitments, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENT_ADD, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, record->log);
    bind_int(statement, 2, record->seq);
    bind_int(statement, 3, record->version);
    bind_int(statement, 4, record->at);
    bind_bytes(statement, 5, record->previous.bytes, FS_HASH_SIZE_B);
    bind_bytes(statement, 6, record->hash.bytes, FS_HASH_SIZE_B);
    for (size_t i = 0; i < record->field_count; i++) {
        bool is_empty = record->fields[i].value[0] == '\0';
        bind_text(statement, 7 + (int)i, is_empty ? NULL : record->fields[i].value);
    }
    bind_subject(statement, 31, &commitments->contact);
    bind_subject(statement, 32, &commitments->actor);
    return statement_run(tx->connection, statement, err);
}

static enum fs_status insert_private(struct fs_store_tx *tx, const struct fs_event *event,
                                     const struct commitments *commitments, struct fs_error *err)
{
    if (event->message_id == NULL && event->note == NULL)
        return FS_OK;
    int64_t id = sqlite3_last_insert_rowid(tx->connection->db);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_PRIVATE_ADD, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, id);
    bind_text(statement, 2, event->message_id);
    bind_text(statement, 3, event->note);
    bind_bytes(statement, 4, commitments->salt, FS_HASH_SIZE_B);
    return statement_run(tx->connection, statement, err);
}

enum fs_status fs_tx_event_add(struct fs_store_tx *tx, struct fs_event *event, struct fs_error *err)
{
    assert(tx->writable);
    struct commitments commitments;
    struct field_texts texts;
    struct fs_audit_record record = {.version = FS_AUDIT_VERSION,
                                     .log = tx->log,
                                     .at = event->at,
                                     .fields = texts.fields,
                                     .field_count = CHAINED_COUNT};
    enum fs_status status = make_commitments(tx, event, &commitments, err);
    if (status == FS_OK)
        status = read_head(tx, &record.seq, &record.previous, err);
    if (status != FS_OK)
        return status;
    record.seq++;
    fill_fields(&texts, event, &commitments);
    record.hash = fs_audit_hash(&record.previous, &record);
    status = insert(tx, &record, &commitments, err);
    if (status == FS_OK)
        status = insert_private(tx, event, &commitments, err);
    if (status != FS_OK)
        return status;
    event->log = tx->log;
    event->seq = record.seq;
    return FS_OK;
}

enum fs_status fs_tx_event_log(struct fs_store_tx *tx, const char **out, struct fs_error *err)
{
    (void)err;
    *out = tx->log;
    return FS_OK;
}

enum fs_status fs_tx_event_repeat(struct fs_store_tx *tx, int64_t seq, struct fs_error *err)
{
    assert(tx->writable);
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENT_REPEAT, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, tx->log);
    bind_int(statement, 2, seq);
    return statement_run(tx->connection, statement, err);
}

/* ---- reading ---- */

static bool parse_words(struct sqlite3_stmt *row, struct fs_event *event)
{
    return fs_event_kind_parse(column_text(row, COL_KIND), &event->kind) &&
           fs_happening_parse(column_text(row, COL_WHAT), &event->what) &&
           fs_state_parse(column_text(row, COL_FROM), &event->from) &&
           fs_state_parse(column_text(row, COL_TO), &event->to) &&
           fs_end_reason_parse(column_text(row, COL_END_REASON), &event->end_reason) &&
           fs_pause_reason_parse(column_text(row, COL_PAUSE_REASON), &event->pause_reason) &&
           fs_rule_parse(column_text(row, COL_RULE), &event->rule) &&
           fs_verdict_parse(column_text(row, COL_VERDICT), &event->verdict) &&
           fs_disposition_parse(column_text(row, COL_DISPOSITION), &event->disposition) &&
           fs_decider_parse(column_text(row, COL_DECIDED_BY), &event->decided_by);
}

enum fs_status event_read(struct sqlite3_stmt *row, struct fs_event *out, struct fs_error *err)
{
    struct fs_event event = {.log = column_text(row, COL_LOG),
                             .seq = column_int(row, COL_SEQ),
                             .at = column_int(row, COL_AT),
                             .process = column_text(row, COL_PROCESS),
                             .lead_id = column_int(row, COL_LEAD_ID),
                             .contact = column_text(row, COL_CONTACT_VALUE),
                             .actor = column_text(row, COL_ACTOR_VALUE),
                             .actor_uid = column_int(row, COL_ACTOR_UID),
                             .message_id = column_text(row, COL_PRIVATE_MESSAGE_ID),
                             .class = column_text(row, COL_CLASS),
                             .class_rule = column_text(row, COL_CLASS_RULE),
                             .match = column_text(row, COL_MATCH),
                             .note = column_text(row, COL_PRIVATE_NOTE),
                             .cycle = (int)column_int(row, COL_CYCLE),
                             .unanswered = (int)column_int(row, COL_UNANSWERED),
                             .overrun = (int)column_int(row, COL_OVERRUN),
                             .until_at = column_int(row, COL_UNTIL_AT),
                             .repeats = column_int(row, COL_REPEATS)};
    if (!parse_words(row, &event))
        return unknown_word(err, "event", column_int(row, COL_ID), column_text(row, COL_KIND));
    *out = event;
    return FS_OK;
}

struct visitor {
    fs_event_visit *visit;
    void *context;
};

static enum fs_status visit_row(struct sqlite3_stmt *statement, void *context, struct fs_error *err)
{
    const struct visitor *visitor = context;
    struct fs_event event;
    enum fs_status status = event_read(statement, &event, err);
    return status == FS_OK ? visitor->visit(visitor->context, &event, err) : status;
}

enum fs_status fs_tx_events_of(struct fs_store_tx *tx, const char *contact, const char *process,
                               int64_t limit, fs_event_visit *visit, void *context,
                               struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENTS_OF, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, contact);
    bind_text(statement, 2, process);
    bind_int(statement, 3, limit > 0 ? limit : -1);
    struct visitor visitor = {visit, context};
    return statement_each(tx->connection, statement, visit_row, &visitor, err);
}

enum fs_status fs_tx_event_last(struct fs_store_tx *tx, struct fs_arena *arena,
                                enum fs_event_kind kind, struct fs_event *out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENT_LAST, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, fs_event_kind_name(kind));
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    struct fs_event event;
    status = event_read(statement, &event, err);
    if (status == FS_OK) {
        /* an event of the daemon: it has a log, a note and perhaps an actor */
        event.log = fs_arena_strdup(arena, event.log);
        event.note = fs_arena_strdup(arena, event.note);
        event.actor = fs_arena_strdup(arena, event.actor);
        event.process = event.contact = event.message_id = NULL;
        event.class = event.class_rule = event.match = NULL;
        if (event.log == NULL)
            status = fs_error_set(err, FS_NOMEM, "out of memory");
    }
    sqlite3_reset(statement);
    if (status == FS_OK)
        *out = event;
    return status;
}

/* ---- the audit scan ---- */

#define SCAN_PAGE 500

struct scan {
    fs_audit_visit *visit;
    void *context;
    char log[FS_AUDIT_LOG_MAX_B];
    int64_t seq;
    int64_t seen;
};

static void add_claim(struct fs_audit_claim *claims, size_t *count, struct sqlite3_stmt *row,
                      const char *field, enum column commitment, enum column value,
                      enum column salt)
{
    if (column_text(row, commitment) == NULL)
        return;
    struct fs_audit_claim *claim = &claims[(*count)++];
    claim->field = field;
    claim->value = column_text(row, value);
    if (!column_bytes(row, salt, claim->salt, FS_HASH_SIZE_B))
        claim->value = NULL;
}

static enum fs_status visit_record(struct sqlite3_stmt *row, void *context, struct fs_error *err)
{
    struct scan *scan = context;
    struct fs_audit_field fields[CHAINED_COUNT];
    struct fs_audit_claim claims[FS_AUDIT_CLAIMS_MAX];
    size_t claim_count = 0;
    for (size_t i = 0; i < CHAINED_COUNT; i++) {
        const char *value = column_text(row, chained[i].column);
        fields[i] = (struct fs_audit_field){chained[i].name, value != NULL ? value : ""};
    }
    add_claim(claims, &claim_count, row, "contact", COL_CONTACT, COL_CONTACT_VALUE,
              COL_CONTACT_SALT);
    add_claim(claims, &claim_count, row, "actor", COL_ACTOR, COL_ACTOR_VALUE, COL_ACTOR_SALT);
    add_claim(claims, &claim_count, row, "message_id", COL_MESSAGE_ID, COL_PRIVATE_MESSAGE_ID,
              COL_PRIVATE_SALT);
    add_claim(claims, &claim_count, row, "note", COL_NOTE, COL_PRIVATE_NOTE, COL_PRIVATE_SALT);
    struct fs_audit_record record = {.version = (int)column_int(row, COL_VERSION),
                                     .log = column_text(row, COL_LOG),
                                     .seq = column_int(row, COL_SEQ),
                                     .at = column_int(row, COL_AT),
                                     .fields = fields,
                                     .field_count = CHAINED_COUNT,
                                     .claims = claims,
                                     .claim_count = claim_count};
    column_bytes(row, COL_PREVIOUS, record.previous.bytes, FS_HASH_SIZE_B);
    column_bytes(row, COL_HASH, record.hash.bytes, FS_HASH_SIZE_B);
    snprintf(scan->log, sizeof(scan->log), "%s", record.log);
    scan->seq = record.seq;
    scan->seen++;
    return scan->visit(scan->context, &record, err);
}

static enum fs_status scan_page(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct scan *scan = context;
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_EVENT_SCAN, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, scan->log);
    bind_int(statement, 2, scan->seq);
    bind_int(statement, 3, SCAN_PAGE);
    scan->seen = 0;
    return statement_each(tx->connection, statement, visit_record, scan, err);
}

enum fs_status fs_store_audit_scan(struct fs_store *store, fs_audit_visit *visit, void *context,
                                   struct fs_error *err)
{
    struct scan scan = {.visit = visit, .context = context, .seen = SCAN_PAGE};
    enum fs_status status = FS_OK;
    while (status == FS_OK && scan.seen == SCAN_PAGE)
        status = fs_store_read(store, scan_page, &scan, err);
    return status;
}
