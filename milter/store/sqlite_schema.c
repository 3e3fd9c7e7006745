/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * sqlite_schema.c - the tables and every statement, as constant text.
 *
 * Personal data stands in lead, touch, touch_alias, heard, writer, outbox, subject and private,
 * which can be deleted; event is the audit log and holds commitments only. A step that was released
 * is never edited: stores of that version exist.
 */
#include "store_sqlite.h"

const char *const fs_store_schema_steps[] = {
    /* 1 */
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE lead(id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT NOT NULL,"
    " contact TEXT NOT NULL, sender TEXT NOT NULL, account TEXT NOT NULL, state TEXT NOT NULL,"
    " end_reason TEXT NOT NULL, pause_reason TEXT NOT NULL, before_pause TEXT NOT NULL,"
    " decided_by TEXT NOT NULL, rule TEXT NOT NULL, cycle INTEGER NOT NULL,"
    " unanswered INTEGER NOT NULL, overrun INTEGER NOT NULL, not_now_pauses INTEGER NOT NULL,"
    " answered INTEGER NOT NULL, final_sent INTEGER NOT NULL, cycle_began_at INTEGER NOT NULL,"
    " open_at INTEGER NOT NULL, idle_at INTEGER NOT NULL, limit_at INTEGER NOT NULL,"
    " last_touch_at INTEGER NOT NULL, last_answer_at INTEGER NOT NULL,"
    " changed_at INTEGER NOT NULL, paused_at INTEGER NOT NULL, until_at INTEGER NOT NULL,"
    " ended_at INTEGER NOT NULL, UNIQUE(contact, process, sender));"
    "CREATE INDEX lead_account ON lead(account) WHERE account <> '';"
    "CREATE TABLE touch(id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL, process TEXT NOT NULL,"
    " contact TEXT NOT NULL, sender TEXT NOT NULL, key TEXT NOT NULL, message_id TEXT,"
    " at INTEGER NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, disposition TEXT NOT NULL,"
    " effect TEXT NOT NULL, cycle INTEGER NOT NULL, event_seq INTEGER NOT NULL,"
    " repeats INTEGER NOT NULL, UNIQUE(contact, process, sender, key));"
    "CREATE INDEX touch_message_id ON touch(message_id) WHERE message_id IS NOT NULL;"
    "CREATE INDEX touch_at ON touch(at);"
    "CREATE TABLE heard(id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, contact TEXT NOT NULL,"
    " account TEXT NOT NULL, at INTEGER NOT NULL, consumed INTEGER NOT NULL);"
    "CREATE INDEX heard_message_id ON heard(message_id);"
    "CREATE INDEX heard_contact ON heard(contact);"
    "CREATE INDEX heard_at ON heard(at);"
    "CREATE TABLE suppression(hash BLOB PRIMARY KEY, reason TEXT NOT NULL, at INTEGER NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE subject(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " value TEXT NOT NULL, salt BLOB NOT NULL, UNIQUE(kind, value));"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, log TEXT NOT NULL, seq INTEGER NOT NULL,"
    " version INTEGER NOT NULL, at INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,"
    " kind TEXT NOT NULL, what TEXT NOT NULL, process TEXT, lead_id INTEGER NOT NULL,"
    " contact TEXT, from_state TEXT NOT NULL, to_state TEXT NOT NULL, end_reason TEXT NOT NULL,"
    " pause_reason TEXT NOT NULL, rule TEXT NOT NULL, verdict TEXT NOT NULL,"
    " disposition TEXT NOT NULL, decided_by TEXT NOT NULL, actor TEXT,"
    " actor_uid INTEGER NOT NULL, message_id TEXT, class TEXT, class_rule TEXT, match TEXT,"
    " note TEXT, cycle INTEGER NOT NULL, unanswered INTEGER NOT NULL, overrun INTEGER NOT NULL,"
    " until_at INTEGER NOT NULL, repeats INTEGER NOT NULL DEFAULT 0,"
    " contact_subject INTEGER, actor_subject INTEGER, UNIQUE(log, seq));"
    "CREATE INDEX event_contact ON event(contact_subject) WHERE contact_subject IS NOT NULL;"
    "CREATE INDEX event_kind ON event(kind) WHERE kind NOT IN ('touch', 'heard', 'time');"
    "CREATE TABLE private(event_id INTEGER PRIMARY KEY, message_id TEXT, note TEXT,"
    " salt BLOB NOT NULL);",
    /* 2: ids that relays gave to our messages; they go with their touch, also when a younger
     * one of the same key replaces it */
    "CREATE TABLE touch_alias(message_id TEXT NOT NULL, touch_id INTEGER NOT NULL"
    " REFERENCES touch(id) ON DELETE CASCADE, PRIMARY KEY(message_id, touch_id)) WITHOUT ROWID;"
    "CREATE INDEX touch_alias_touch ON touch_alias(touch_id);",
    /* 3: what is known of who sent a heard message; nothing of older ones */
    "ALTER TABLE heard ADD COLUMN in_thread INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE heard ADD COLUMN authenticated INTEGER NOT NULL DEFAULT 0;",
    /* 4: what the world is still to be told; the event says what, so that an erased address is
     * not told any more */
    "CREATE TABLE outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL,"
    " log TEXT NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, lead_id INTEGER NOT NULL,"
    " at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL,"
    " dead INTEGER NOT NULL DEFAULT 0, last_error TEXT);"
    "CREATE INDEX outbox_lead ON outbox(target, lead_id, id) WHERE dead = 0;"
    "CREATE INDEX outbox_target ON outbox(target, id, next_at) WHERE dead = 0;",
    /* 5: notices: to whom, about which events, how often already; who wrote to a lead last */
    "ALTER TABLE outbox ADD COLUMN recipient TEXT;"
    "ALTER TABLE outbox ADD COLUMN events TEXT;"
    "ALTER TABLE outbox ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE notice(lead_id INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,"
    " repeats INTEGER NOT NULL, PRIMARY KEY(lead_id, kind)) WITHOUT ROWID;"
    "CREATE TABLE writer(lead_id INTEGER PRIMARY KEY, address TEXT NOT NULL);",
    /* 6: a new row of the outbox is in no index, so that mail does not pay for it; only what
     * was put aside is found by lead and by when it is due. Notices that still wait for more
     * of their kind; whose mail a flagged one is about */
    "DROP INDEX outbox_lead; DROP INDEX outbox_target;"
    "CREATE INDEX outbox_aside ON outbox(target, lead_id, id) WHERE dead = 0 AND next_at <> 0;"
    "CREATE INDEX outbox_due ON outbox(target, next_at) WHERE dead = 0 AND next_at <> 0;"
    "ALTER TABLE outbox ADD COLUMN gathers INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE outbox ADD COLUMN sender TEXT;"
    "CREATE INDEX outbox_gathers ON outbox(target, recipient, type) WHERE gathers = 1;"
    "CREATE INDEX outbox_recipient ON outbox(target, recipient, type) WHERE recipient IS NOT NULL;",
};
const int fs_store_schema_version =
    sizeof(fs_store_schema_steps) / sizeof(fs_store_schema_steps[0]);

#define LEAD_COLUMNS                                                                               \
    "id, process, contact, sender, account, state, end_reason, pause_reason, before_pause,"        \
    " decided_by, rule, cycle, unanswered, overrun, not_now_pauses, answered, final_sent,"         \
    " cycle_began_at, open_at, idle_at, limit_at, last_touch_at, last_answer_at, changed_at,"      \
    " paused_at, until_at, ended_at"
#define TOUCH_COLUMNS                                                                              \
    "id, lead_id, process, contact, sender, key, message_id, at, kind, verdict, disposition,"      \
    " effect, cycle, event_seq, repeats"
/* An event with its plain values, as far as they have not been erased. */
#define EVENT_COLUMNS_OF                                                                           \
    "e.id, e.log, e.seq, e.version, e.at, e.previous, e.hash, e.kind, e.what, e.process,"          \
    " e.lead_id, e.contact, e.from_state, e.to_state, e.end_reason, e.pause_reason, e.rule,"       \
    " e.verdict, e.disposition, e.decided_by, e.actor, e.actor_uid, e.message_id, e.class,"        \
    " e.class_rule, e.match, e.note, e.cycle, e.unanswered, e.overrun, e.until_at, e.repeats,"     \
    " c.value, c.salt, a.value, a.salt, p.message_id, p.note, p.salt"
#define EVENT_PRIVATE                                                                              \
    " LEFT JOIN subject c ON c.id = e.contact_subject"                                             \
    " LEFT JOIN subject a ON a.id = e.actor_subject LEFT JOIN private p ON p.event_id = e.id"
#define EVENT_SELECT "SELECT " EVENT_COLUMNS_OF " FROM event e" EVENT_PRIVATE
/* Rows of the outbox with their events; next_at and is_behind are expressions. */
#define OUTBOX_SELECT(next_at, is_behind)                                                          \
    "SELECT " EVENT_COLUMNS_OF ", o.id, o.target, o.type, o.lead_id, o.at, o.attempts, " next_at   \
    ", o.dead, o.last_error, o.recipient, o.events, o.repeats, o.gathers,"                         \
    " o.sender, " is_behind                                                                        \
    " FROM outbox o CROSS JOIN event e ON e.log = o.log AND e.seq = o.seq" EVENT_PRIVATE
/* What was put aside of the lead of o, in front of it. What gathers has a time of its own. */
#define OUTBOX_IN_FRONT                                                                            \
    " FROM outbox f WHERE f.dead = 0 AND f.next_at <> 0 AND f.gathers = 0 AND f.target = o.target" \
    " AND f.lead_id = o.lead_id AND f.recipient IS o.recipient AND f.id < o.id"
/* What was put aside of the lead of row ?1; of notices, that for the same person. */
#define OUTBOX_OF_LEAD                                                                             \
    " WHERE dead = 0 AND next_at <> 0 AND gathers = 0 AND target = (SELECT target FROM outbox "    \
    "WHERE id = ?1)"                                                                               \
    " AND lead_id = (SELECT lead_id FROM outbox WHERE id = ?1)"                                    \
    " AND recipient IS (SELECT recipient FROM outbox WHERE id = ?1)"
/* Notices of a target that are due; ?3 is enum due. They wait as long as one of their kind
 * cannot be delivered, so that the host's return brings one mail and not many. */
#define NOTICES_DUE                                                                                \
    " WHERE gathers = 1 AND target = ?1 AND next_at <= ?2"                                         \
    " AND (?3 = 0 OR (sender IS NULL) = (?3 = 1))"                                                 \
    " AND NOT EXISTS(SELECT 1 FROM outbox f WHERE f.target = ?1 AND f.gathers = 0 AND f.dead = 0"  \
    " AND f.attempts > 0 AND f.recipient = outbox.recipient AND f.sender IS outbox.sender"         \
    " AND f.type = CASE ?3 WHEN 1 THEN 'digest' ELSE outbox.type END)"
/* What a digest takes with it; x is the row that becomes the digest. */
#define DIGEST_HOLDS                                                                               \
    "o.gathers = 1 AND o.target = x.target AND o.recipient = x.recipient AND o.log = x.log"        \
    " AND o.sender IS NULL AND o.next_at <= ?2"
/* Of a row ?1..?4: target, recipient, type and sender. */
#define NOTICE_GATHERS                                                                             \
    " WHERE gathers = 1 AND target = ?1 AND recipient = ?2 AND type = ?3 AND sender IS ?4"

/* A kind stands there with whom it was told to. */
#define NOTICE_TOLD " WHERE lead_id = ?1 AND kind = ?2 || ' ' || ?3"

const char *const fs_store_sql[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_BEGIN_READ] = "BEGIN",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_SAVEPOINT] = "SAVEPOINT work",
    [SQL_RELEASE] = "RELEASE work",
    [SQL_UNDO] = "ROLLBACK TO work",
    [SQL_LEAD_FIND] =
        "SELECT " LEAD_COLUMNS " FROM lead WHERE contact = ?1 AND process = ?2 AND sender = ?3",
    [SQL_LEAD_GET] = "SELECT " LEAD_COLUMNS " FROM lead WHERE id = ?1",
    [SQL_LEAD_INSERT] =
        "INSERT INTO lead(process, contact, sender, account, state, end_reason, pause_reason,"
        " before_pause, decided_by, rule, cycle, unanswered, overrun, not_now_pauses, answered,"
        " final_sent, cycle_began_at, open_at, idle_at, limit_at, last_touch_at, last_answer_at,"
        " changed_at, paused_at, until_at, ended_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
        " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)",
    [SQL_LEAD_UPDATE] =
        "UPDATE lead SET state = ?5, end_reason = ?6, pause_reason = ?7, before_pause = ?8,"
        " decided_by = ?9, rule = ?10, cycle = ?11, unanswered = ?12, overrun = ?13,"
        " not_now_pauses = ?14, answered = ?15, final_sent = ?16, cycle_began_at = ?17,"
        " open_at = ?18, idle_at = ?19, limit_at = ?20, last_touch_at = ?21,"
        " last_answer_at = ?22, changed_at = ?23, paused_at = ?24, until_at = ?25,"
        " ended_at = ?26 WHERE id = ?27",
    [SQL_LEADS_ALL] =
        "SELECT " LEAD_COLUMNS " FROM lead WHERE id > ?1 AND (?2 IS NULL OR process = ?2)"
        " AND (?3 = 0 OR state <> 'ended') ORDER BY id LIMIT ?4",
    [SQL_LEADS_CONTACT] = "SELECT " LEAD_COLUMNS " FROM lead WHERE contact = ?5 AND id > ?1"
                          " AND (?2 IS NULL OR process = ?2)"
                          " AND (?3 = 0 OR state <> 'ended') ORDER BY id LIMIT ?4",
    [SQL_LEADS_ACCOUNT] =
        "SELECT " LEAD_COLUMNS " FROM lead WHERE account = ?5 AND account <> '' AND id > ?1"
        " AND (?2 IS NULL OR process = ?2)"
        " AND (?3 = 0 OR state <> 'ended') ORDER BY id LIMIT ?4",
    [SQL_TOUCH_FIND] = "SELECT " TOUCH_COLUMNS " FROM touch WHERE contact = ?1 AND process = ?2"
                       " AND sender = ?3 AND key = ?4 AND at >= ?5",
    [SQL_TOUCH_PUT] = "INSERT OR REPLACE INTO touch(lead_id, process, contact, sender, key,"
                      " message_id, at, kind, verdict, disposition, effect, cycle, event_seq,"
                      " repeats) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                      " ?14)",
    [SQL_TOUCH_UPDATE] = "UPDATE touch SET lead_id = ?1, process = ?2, contact = ?3, sender = ?4,"
                         " key = ?5, message_id = ?6, at = ?7, kind = ?8, verdict = ?9,"
                         " disposition = ?10, effect = ?11, cycle = ?12, event_seq = ?13,"
                         " repeats = ?14 WHERE id = ?15",
    /* an alias stands for the whole message, so for its touches to the other recipients too */
    [SQL_TOUCHES_BY_ID] =
        "SELECT " TOUCH_COLUMNS " FROM touch WHERE message_id = ?1"
        " OR id IN (SELECT touch_id FROM touch_alias WHERE message_id = ?1)"
        " OR message_id IN (SELECT t.message_id FROM touch_alias a JOIN touch t"
        " ON t.id = a.touch_id WHERE a.message_id = ?1) ORDER BY at DESC, id DESC",
    [SQL_TOUCHES_OF] = "SELECT " TOUCH_COLUMNS
                       " FROM touch WHERE contact = ?1 AND at >= ?2 ORDER BY at DESC, id DESC",
    [SQL_TOUCHES_SENT] = "SELECT at FROM touch WHERE contact = ?1 AND at > ?2"
                         " AND effect IN ('counted', 'overrun', 'final')"
                         " AND disposition NOT IN ('refused', 'dropped') ORDER BY at DESC LIMIT ?3",
    [SQL_ALIAS_ADD] = "INSERT OR IGNORE INTO touch_alias(message_id, touch_id) SELECT ?1, ?2"
                      " WHERE (SELECT count(*) FROM touch_alias WHERE touch_id = ?2) < ?3",
    [SQL_HEARD_ADD] = "INSERT INTO heard(message_id, contact, account, at, consumed, in_thread,"
                      " authenticated) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_HEARD_FIND] = "SELECT id, message_id, contact, account, at, consumed, in_thread,"
                       " authenticated FROM heard"
                       " WHERE message_id = ?1 AND consumed = 0 AND at >= ?2 ORDER BY id LIMIT 1",
    [SQL_HEARD_KNOWN] = "SELECT 1 FROM heard WHERE message_id = ?1 LIMIT 1",
    [SQL_HEARD_REPEATS] = "SELECT 1 FROM heard WHERE message_id = ?1 AND contact = ?2"
                          " AND in_thread >= ?3 AND authenticated >= ?4 LIMIT 1",
    [SQL_HEARD_CONSUME] = "UPDATE heard SET consumed = 1 WHERE contact = ?1 AND at <= ?2",
    [SQL_SUPPRESS] = "INSERT INTO suppression(hash, reason, at) VALUES(?1, ?2, ?3)"
                     " ON CONFLICT(hash) DO UPDATE SET reason = excluded.reason"
                     " WHERE excluded.reason = 'complained'",
    [SQL_UNSUPPRESS] = "DELETE FROM suppression WHERE hash = ?1",
    [SQL_SUPPRESSED] = "SELECT reason, at FROM suppression WHERE hash = ?1",
    [SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
    [SQL_SETTING_PUT] = "INSERT OR REPLACE INTO setting(name, value) VALUES(?1, ?2)",
    [SQL_SETTING_DELETE] = "DELETE FROM setting WHERE name = ?1",
    [SQL_SUBJECT_FIND] = "SELECT id, salt FROM subject WHERE kind = ?1 AND value = ?2",
    [SQL_SUBJECT_ADD] = "INSERT INTO subject(kind, value, salt) VALUES(?1, ?2, ?3)",
    [SQL_EVENT_HEAD] = "SELECT seq, hash FROM event WHERE log = ?1 ORDER BY seq DESC LIMIT 1",
    [SQL_EVENT_ADD] =
        "INSERT INTO event(log, seq, version, at, previous, hash, kind, what, process, lead_id,"
        " contact, from_state, to_state, end_reason, pause_reason, rule, verdict, disposition,"
        " decided_by, actor, actor_uid, message_id, class, class_rule, match, note, cycle,"
        " unanswered, overrun, until_at, contact_subject, actor_subject) VALUES(?1, ?2, ?3, ?4,"
        " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,"
        " ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
    [SQL_PRIVATE_ADD] =
        "INSERT INTO private(event_id, message_id, note, salt) VALUES(?1, ?2, ?3, ?4)",
    [SQL_EVENT_REPEAT] = "UPDATE event SET repeats = repeats + 1 WHERE log = ?1 AND seq = ?2",
    [SQL_EVENTS_OF] =
        EVENT_SELECT " WHERE e.id IN (SELECT id FROM event WHERE contact_subject ="
                     " (SELECT id FROM subject WHERE kind = 'contact' AND value = ?1)"
                     " AND (?2 IS NULL OR process = ?2) ORDER BY id DESC LIMIT ?3) ORDER BY e.id",
    [SQL_EVENT_LAST] = EVENT_SELECT " WHERE e.kind = ?1 ORDER BY e.id DESC LIMIT 1",
    [SQL_EVENT_SCAN] =
        EVENT_SELECT " WHERE (e.log, e.seq) > (?1, ?2) ORDER BY e.log, e.seq LIMIT ?3",
    [SQL_PRUNE_TOUCHES] = "DELETE FROM touch WHERE at < ?1",
    [SQL_PRUNE_HEARD] = "DELETE FROM heard WHERE at < ?1",
    [SQL_OUTBOX_ADD] = "INSERT INTO outbox(target, log, seq, type, lead_id, at, recipient, events,"
                       " repeats, next_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
    [SQL_OUTBOX_REMOVE] = "DELETE FROM outbox WHERE id = ?1",
    [SQL_OUTBOX_REMOVE_OF] = "DELETE FROM outbox WHERE id IN"
                             " (SELECT id FROM outbox WHERE target = ?1 LIMIT ?2)",
    [SQL_OUTBOX_FAILED] = "UPDATE outbox SET attempts = attempts + 1, next_at = ?2, dead = ?3,"
                          " last_error = ?4 WHERE id = ?1",
    /* next_at 1: put aside, and due */
    [SQL_OUTBOX_PUSH] = "UPDATE outbox SET next_at = ?2" OUTBOX_OF_LEAD " AND id > ?1",
    [SQL_OUTBOX_ASIDE] =
        "UPDATE outbox AS o SET next_at = coalesce((SELECT max(f.next_at + 0)" OUTBOX_IN_FRONT
        "), 1) WHERE o.id = ?1 AND o.dead = 0 AND o.next_at = 0",
    [SQL_OUTBOX_RETRY] = "UPDATE outbox SET attempts = 0, dead = 0,"
                         " next_at = CASE WHEN dead = 0 AND next_at = 0 THEN 0 ELSE 1 END"
                         " WHERE id = ?1",
    /* what stood behind a row that goes, unless others stand in front of it */
    [SQL_OUTBOX_RELEASE] = "UPDATE outbox SET next_at = 1" OUTBOX_OF_LEAD
                           " AND id > ?1 AND NOT EXISTS(SELECT 1 FROM outbox o WHERE o.id = ?1 AND "
                           "(o.dead + o.gathers <> 0"
                           " OR EXISTS(SELECT 1" OUTBOX_IN_FRONT ")))",
    [SQL_OUTBOX_RETRY_LEAD] = "UPDATE outbox SET next_at = 1" OUTBOX_OF_LEAD,
    [SQL_OUTBOX_RETRY_ALL] = "UPDATE outbox SET attempts = 0, next_at = 1, dead = 0"
                             " WHERE gathers = 0 AND (dead <> 0 OR next_at <> 0)",
    [SQL_OUTBOX_ROWS] = OUTBOX_SELECT(
        "CASE WHEN o.next_at = 0 THEN coalesce((SELECT max(f.next_at + 0)" OUTBOX_IN_FRONT "), 0)"
        " ELSE o.next_at END",
        "0") " WHERE (?1 IS NULL OR o.target = ?1) AND (?2 = 0 OR o.id = ?2)"
             " AND o.id > ?3 AND (?4 = 0 OR o.dead = 1) ORDER BY o.id LIMIT ?5",
    [SQL_OUTBOX_DUE] =
        OUTBOX_SELECT("o.next_at", "0") " WHERE o.target = ?1 AND o.dead = 0 AND o.next_at <> 0 "
                                        "AND o.gathers = 0 AND o.next_at BETWEEN ?2 AND ?3"
                                        " ORDER BY o.next_at, o.id LIMIT ?4",
    [SQL_OUTBOX_NEW] = OUTBOX_SELECT(
        "o.next_at", "EXISTS(SELECT 1" OUTBOX_IN_FRONT
                     ")") " WHERE o.target = ?1 AND o.dead = 0 AND o.next_at = 0 AND o.id > ?2"
                          " ORDER BY o.id LIMIT ?3",
    [SQL_OUTBOX_LAST] = "SELECT coalesce(max(id), 0) FROM outbox",
    [SQL_OUTBOX_COUNTS] = "SELECT target, sum(dead = 0), sum(dead), coalesce(min(CASE dead + "
                          "gathers WHEN 0 THEN at END), 0)"
                          " FROM outbox GROUP BY target ORDER BY target",
    [SQL_EVENT_GET] = EVENT_SELECT " WHERE e.log = ?1 AND e.seq = ?2",
    [SQL_NOTICE_BEGIN] = "INSERT INTO outbox(target, recipient, type, sender, log, seq, events,"
                         " repeats, next_at, at, lead_id, gathers)"
                         " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)",
    /* one that is due already leaves as it is */
    [SQL_NOTICE_JOIN] =
        "UPDATE outbox SET events = coalesce(events, '') || ' ' || ?6 || ' ' || coalesce(?7, ''),"
        " repeats = repeats + ?8, next_at = CASE WHEN next_at <= ?10 THEN next_at"
        " ELSE min(?9, at + ?11) END" NOTICE_GATHERS
        " AND log = ?5 AND length(coalesce(events, '')) < ?12",
    [SQL_NOTICE_COUNT] = "UPDATE outbox SET repeats = repeats + 1" NOTICE_GATHERS,
    [SQL_NOTICE_HOLD] = "UPDATE notice SET repeats = repeats + 1" NOTICE_TOLD,
    [SQL_NOTICES_DUE] = "SELECT id FROM outbox" NOTICES_DUE " ORDER BY id LIMIT 1",
    [SQL_NOTICES_CLOSE] = "UPDATE outbox SET gathers = 0, next_at = ?2, at = ?2" NOTICES_DUE,
    [SQL_DIGEST_FILL] =
        "UPDATE outbox AS x SET type = 'digest', repeats = 0, next_at = ?2,"
        " events = (SELECT group_concat(words, ' ') FROM (SELECT o.type || '+' || o.repeats || ' '"
        " || o.seq || coalesce(' ' || o.events, '') AS words FROM outbox o WHERE " DIGEST_HOLDS
        " ORDER BY o.id)) WHERE x.id = ?1",
    [SQL_DIGEST_TAKE] = "DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o JOIN outbox x"
                        " ON x.id = ?1 WHERE " DIGEST_HOLDS " AND o.id <> x.id)",
    [SQL_DIGEST_CLOSE] = "UPDATE outbox SET gathers = 0, at = ?2 WHERE id = ?1",
    [SQL_NOTICE_GET] = "SELECT at, repeats FROM notice" NOTICE_TOLD,
    [SQL_NOTICE_PUT] = "INSERT OR REPLACE INTO notice(lead_id, kind, at, repeats)"
                       " VALUES(?1, ?2 || ' ' || ?3, ?4, 0)",
    [SQL_WRITER_PUT] = "INSERT OR REPLACE INTO writer(lead_id, address) VALUES(?1, ?2)",
    [SQL_WRITER_GET] = "SELECT address FROM writer WHERE lead_id = ?1",
};
