/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * leads.c - leads in their table.
 *
 * Decides nothing; an unknown word in a row is damage, not a default.
 */
#include <assert.h>
#include <sqlite3.h>

#include "store_sqlite.h"

static bool parse_words(struct sqlite3_stmt *row, struct fs_lead *lead)
{
    return fs_state_parse(column_text(row, 5), &lead->state) &&
           fs_end_reason_parse(column_text(row, 6), &lead->end_reason) &&
           fs_pause_reason_parse(column_text(row, 7), &lead->pause_reason) &&
           fs_state_parse(column_text(row, 8), &lead->before_pause) &&
           fs_decider_parse(column_text(row, 9), &lead->decided_by) &&
           fs_rule_parse(column_text(row, 10), &lead->rule);
}

/* Strings are borrowed from the statement until it moves on. */
static enum fs_status read_row(struct sqlite3_stmt *row, struct fs_lead_row *out,
                               struct fs_error *err)
{
    struct fs_lead_row lead = {.id = column_int(row, 0),
                               .process = column_text(row, 1),
                               .contact = column_text(row, 2),
                               .sender = column_text(row, 3),
                               .account = column_text(row, 4)};
    if (!parse_words(row, &lead.lead))
        return unknown_word(err, "lead", lead.id, column_text(row, 5));
    lead.lead.cycle = (int)column_int(row, 11);
    lead.lead.unanswered = (int)column_int(row, 12);
    lead.lead.overrun = (int)column_int(row, 13);
    lead.lead.not_now_pauses = (int)column_int(row, 14);
    lead.lead.answered = column_int(row, 15) != 0;
    lead.lead.final_sent = column_int(row, 16) != 0;
    lead.lead.cycle_began_at = column_int(row, 17);
    lead.lead.open_at = column_int(row, 18);
    lead.lead.idle_at = column_int(row, 19);
    lead.lead.limit_at = column_int(row, 20);
    lead.lead.last_touch_at = column_int(row, 21);
    lead.lead.last_answer_at = column_int(row, 22);
    lead.lead.changed_at = column_int(row, 23);
    lead.lead.paused_at = column_int(row, 24);
    lead.lead.until_at = column_int(row, 25);
    lead.lead.ended_at = column_int(row, 26);
    *out = lead;
    return FS_OK;
}

static enum fs_status read_one(struct fs_store_tx *tx, struct fs_arena *arena,
                               struct sqlite3_stmt *statement, struct fs_lead_row *out,
                               struct fs_error *err)
{
    struct fs_lead_row row;
    enum fs_status status = statement_step(tx->connection, statement, err);
    if (status != FS_OK)
        return status;
    status = read_row(statement, &row, err);
    if (status == FS_OK) {
        row.process = fs_arena_strdup(arena, row.process);
        row.contact = fs_arena_strdup(arena, row.contact);
        row.sender = fs_arena_strdup(arena, row.sender);
        row.account = fs_arena_strdup(arena, row.account);
        if (row.process == NULL || row.contact == NULL || row.sender == NULL || row.account == NULL)
            status = fs_error_set(err, FS_NOMEM, "out of memory");
    }
    sqlite3_reset(statement);
    if (status == FS_OK)
        *out = row;
    return status;
}

enum fs_status fs_tx_lead_find(struct fs_store_tx *tx, struct fs_arena *arena, const char *process,
                               const char *contact, const char *sender, struct fs_lead_row *out,
                               struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_LEAD_FIND, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_text(statement, 1, contact);
    bind_text(statement, 2, process);
    bind_text(statement, 3, sender);
    return read_one(tx, arena, statement, out, err);
}

enum fs_status fs_tx_lead_get(struct fs_store_tx *tx, struct fs_arena *arena, int64_t id,
                              struct fs_lead_row *out, struct fs_error *err)
{
    struct sqlite3_stmt *statement = statement_get(tx->connection, SQL_LEAD_GET, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, id);
    return read_one(tx, arena, statement, out, err);
}

static void bind_lead(struct sqlite3_stmt *statement, const struct fs_lead *lead)
{
    const int64_t numbers[] = {
        lead->cycle,      lead->unanswered, lead->overrun,        lead->not_now_pauses,
        lead->answered,   lead->final_sent, lead->cycle_began_at, lead->open_at,
        lead->idle_at,    lead->limit_at,   lead->last_touch_at,  lead->last_answer_at,
        lead->changed_at, lead->paused_at,  lead->until_at,       lead->ended_at};
    bind_text(statement, 5, fs_state_name(lead->state));
    bind_text(statement, 6, fs_end_reason_name(lead->end_reason));
    bind_text(statement, 7, fs_pause_reason_name(lead->pause_reason));
    bind_text(statement, 8, fs_state_name(lead->before_pause));
    bind_text(statement, 9, fs_decider_name(lead->decided_by));
    bind_text(statement, 10, fs_rule_name(lead->rule));
    for (int i = 0; i < (int)(sizeof(numbers) / sizeof(numbers[0])); i++)
        bind_int(statement, 11 + i, numbers[i]);
}

enum fs_status fs_tx_lead_put(struct fs_store_tx *tx, struct fs_lead_row *row, struct fs_error *err)
{
    assert(tx->writable);
    enum statement which = row->id == 0 ? SQL_LEAD_INSERT : SQL_LEAD_UPDATE;
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return FS_AWAY;
    if (row->id == 0) {
        bind_text(statement, 1, row->process);
        bind_text(statement, 2, row->contact);
        bind_text(statement, 3, row->sender);
        bind_text(statement, 4, row->account);
    } else {
        bind_int(statement, 27, row->id);
    }
    bind_lead(statement, &row->lead);
    enum fs_status status = statement_run(tx->connection, statement, err);
    if (status == FS_OK && row->id == 0)
        row->id = sqlite3_last_insert_rowid(tx->connection->db);
    return status;
}

struct visitor {
    fs_lead_visit *visit;
    void *context;
};

static enum fs_status visit_row(struct sqlite3_stmt *statement, void *context, struct fs_error *err)
{
    const struct visitor *visitor = context;
    struct fs_lead_row row;
    enum fs_status status = read_row(statement, &row, err);
    return status == FS_OK ? visitor->visit(visitor->context, &row, err) : status;
}

enum fs_status fs_tx_leads(struct fs_store_tx *tx, const struct fs_lead_filter *filter,
                           fs_lead_visit *visit, void *context, struct fs_error *err)
{
    enum statement which = filter->contact != NULL   ? SQL_LEADS_CONTACT
                           : filter->account != NULL ? SQL_LEADS_ACCOUNT
                                                     : SQL_LEADS_ALL;
    struct sqlite3_stmt *statement = statement_get(tx->connection, which, err);
    if (statement == NULL)
        return FS_AWAY;
    bind_int(statement, 1, filter->after_id);
    bind_text(statement, 2, filter->process);
    bind_int(statement, 3, filter->open_only);
    bind_int(statement, 4, filter->limit > 0 ? filter->limit : -1);
    if (which != SQL_LEADS_ALL)
        bind_text(statement, 5, filter->contact != NULL ? filter->contact : filter->account);
    struct visitor visitor = {visit, context};
    return statement_each(tx->connection, statement, visit_row, &visitor, err);
}
