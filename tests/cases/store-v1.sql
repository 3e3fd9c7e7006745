-- SPDX-License-Identifier: ISC
-- Copyright (c) 2026 the fullstop authors
--
-- store-v1.sql - a store as schema version 1 left it; never edited, for such stores exist.
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lead(id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT NOT NULL,
  contact TEXT NOT NULL, sender TEXT NOT NULL, account TEXT NOT NULL, state TEXT NOT NULL,
  end_reason TEXT NOT NULL, pause_reason TEXT NOT NULL, before_pause TEXT NOT NULL,
  decided_by TEXT NOT NULL, rule TEXT NOT NULL, cycle INTEGER NOT NULL,
  unanswered INTEGER NOT NULL, overrun INTEGER NOT NULL, not_now_pauses INTEGER NOT NULL,
  answered INTEGER NOT NULL, final_sent INTEGER NOT NULL, cycle_began_at INTEGER NOT NULL,
  open_at INTEGER NOT NULL, idle_at INTEGER NOT NULL, limit_at INTEGER NOT NULL,
  last_touch_at INTEGER NOT NULL, last_answer_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  paused_at INTEGER NOT NULL, until_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  UNIQUE(contact, process, sender));
CREATE INDEX lead_account ON lead(account) WHERE account <> '';
CREATE TABLE touch(id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL, process TEXT NOT NULL,
  contact TEXT NOT NULL, sender TEXT NOT NULL, key TEXT NOT NULL, message_id TEXT,
  at INTEGER NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, disposition TEXT NOT NULL,
  effect TEXT NOT NULL, cycle INTEGER NOT NULL, event_seq INTEGER NOT NULL,
  repeats INTEGER NOT NULL, UNIQUE(contact, process, sender, key));
CREATE INDEX touch_message_id ON touch(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX touch_at ON touch(at);
CREATE TABLE heard(id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, contact TEXT NOT NULL,
  account TEXT NOT NULL, at INTEGER NOT NULL, consumed INTEGER NOT NULL);
CREATE INDEX heard_message_id ON heard(message_id);
CREATE INDEX heard_contact ON heard(contact);
CREATE INDEX heard_at ON heard(at);
CREATE TABLE suppression(hash BLOB PRIMARY KEY, reason TEXT NOT NULL,
  at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE subject(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
  value TEXT NOT NULL, salt BLOB NOT NULL, UNIQUE(kind, value));
CREATE TABLE event(id INTEGER PRIMARY KEY, log TEXT NOT NULL, seq INTEGER NOT NULL,
  version INTEGER NOT NULL, at INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,
  kind TEXT NOT NULL, what TEXT NOT NULL, process TEXT, lead_id INTEGER NOT NULL, contact TEXT,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL, end_reason TEXT NOT NULL,
  pause_reason TEXT NOT NULL, rule TEXT NOT NULL, verdict TEXT NOT NULL,
  disposition TEXT NOT NULL, decided_by TEXT NOT NULL, actor TEXT, actor_uid INTEGER NOT NULL,
  message_id TEXT, class TEXT, class_rule TEXT, match TEXT, note TEXT, cycle INTEGER NOT NULL,
  unanswered INTEGER NOT NULL, overrun INTEGER NOT NULL, until_at INTEGER NOT NULL,
  repeats INTEGER NOT NULL DEFAULT 0, contact_subject INTEGER, actor_subject INTEGER, UNIQUE(log,
  seq));
CREATE INDEX event_contact ON event(contact_subject) WHERE contact_subject IS NOT NULL;
CREATE INDEX event_kind ON event(kind) WHERE kind NOT IN ('touch', 'heard', 'time');
CREATE TABLE private(event_id INTEGER PRIMARY KEY, message_id TEXT, note TEXT, salt BLOB NOT NULL);
INSERT INTO setting VALUES('suppression_key',
  '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO lead VALUES(1, 'sales', 'jane@kunde.example', '', 'kunde.example', 'active', 'none',
  'none', 'none', 'policy', 'touch.first', 1, 1, 0, 0, 0, 0, 1700000000, 1700000000, 0, 0,
  1700000000, 0, 1700000000, 0, 0, 0);
INSERT INTO touch VALUES(7, 1, 'sales', 'jane@kunde.example', '', 'id:a1@example.com',
  'a1@example.com', 1700000000, 'first', 'pass', 'passed', 'counted', 1, 1, 0);
INSERT INTO heard VALUES(1, 'j1@kunde.example', 'jane@kunde.example', 'kunde.example',
  1700000100, 1);
PRAGMA application_id = 1718842480;
PRAGMA user_version = 1;
