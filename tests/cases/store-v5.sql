-- SPDX-License-Identifier: ISC
-- Copyright (c) 2026 the fullstop authors
--
-- store-v5.sql - a store as schema version 5 left it, with an outbox in which row 1 failed and
-- row 3 of the same lead waits behind it; never edited, for such stores exist.
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO setting VALUES('suppression_key',
  '745447546ef3b4d83ba56c881e6fcc57172a15dd3e9a9e37691db18b9ba2bdcb');
INSERT INTO setting VALUES('user.silence.sales', '2 1795708124 0');
CREATE TABLE lead(id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT NOT NULL, contact TEXT NOT
  NULL, sender TEXT NOT NULL, account TEXT NOT NULL, state TEXT NOT NULL, end_reason TEXT NOT NULL,
  pause_reason TEXT NOT NULL, before_pause TEXT NOT NULL, decided_by TEXT NOT NULL, rule TEXT NOT
  NULL, cycle INTEGER NOT NULL, unanswered INTEGER NOT NULL, overrun INTEGER NOT NULL,
  not_now_pauses INTEGER NOT NULL, answered INTEGER NOT NULL, final_sent INTEGER NOT NULL,
  cycle_began_at INTEGER NOT NULL, open_at INTEGER NOT NULL, idle_at INTEGER NOT NULL, limit_at
  INTEGER NOT NULL, last_touch_at INTEGER NOT NULL, last_answer_at INTEGER NOT NULL, changed_at
  INTEGER NOT NULL, paused_at INTEGER NOT NULL, until_at INTEGER NOT NULL, ended_at INTEGER NOT
  NULL, UNIQUE(contact, process, sender));
INSERT INTO lead VALUES(1, 'sales', 'jane@kunde.example', '', 'kunde.example', 'ended', 'won',
  'none', 'none', 'person', 'said.end',1,1,0,0,0,0,1795708124,1795708124,0,0,1795708124,0,
  1795708124,0,0,1795708124);
INSERT INTO lead VALUES(2, 'sales', 'ben@kunde.example', '', 'kunde.example', 'active', 'none',
  'none', 'none', 'policy', 'touch.first',1,1,0,0,0,0,1795708124,1795708124,0,0,1795708124,0,
  1795708124,0,0,0);
CREATE TABLE touch(id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL, process TEXT NOT NULL, contact
  TEXT NOT NULL, sender TEXT NOT NULL, key TEXT NOT NULL, message_id TEXT, at INTEGER NOT NULL,
  kind TEXT NOT NULL, verdict TEXT NOT NULL, disposition TEXT NOT NULL, effect TEXT NOT NULL, cycle
  INTEGER NOT NULL, event_seq INTEGER NOT NULL, repeats INTEGER NOT NULL, UNIQUE(contact, process,
  sender, key));
INSERT INTO touch VALUES(1,1, 'sales', 'jane@kunde.example', '', 'id:t-1@example.com',
  't-1@example.com',1795708124, 'first', 'pass', 'passed', 'counted',1,2,0);
INSERT INTO touch VALUES(2,2, 'sales', 'ben@kunde.example', '', 'id:t-2@example.com',
  't-2@example.com',1795708124, 'first', 'pass', 'passed', 'counted',1,3,0);
CREATE TABLE heard(id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, contact TEXT NOT NULL, account
  TEXT NOT NULL, at INTEGER NOT NULL, consumed INTEGER NOT NULL, in_thread INTEGER NOT NULL DEFAULT
  0, authenticated INTEGER NOT NULL DEFAULT 0);
CREATE TABLE suppression(hash BLOB PRIMARY KEY, reason TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT
  ROWID;
INSERT INTO suppression VALUES(X'1d812c61f7150be6570ddd4e831b8d4e503936b09ae27c3021b949ce3d0c6760',
  'opted_out',1795708124);
CREATE TABLE subject(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, value TEXT NOT NULL,
  salt BLOB NOT NULL, UNIQUE(kind, value));
INSERT INTO subject VALUES(1, 'contact', 'x@y.example',
  X'cfdd0c1568118c0c9b7af2b965560cc8fca74f75a42da3a27d41bbd3737129e0');
INSERT INTO subject VALUES(2, 'actor', 'root',
  X'3b28f857537ccabc7b92d5bb763eb44ae2ddb3c63e397a5e11bcccb24ba197a9');
INSERT INTO subject VALUES(3, 'contact', 'jane@kunde.example',
  X'18968ef7d26dfc9bb03e79b0e81fd6f59817f1411f23895e00b58addf072b1f1');
INSERT INTO subject VALUES(4, 'contact', 'ben@kunde.example',
  X'9e4c3205c0e6c40b130b0fbd9ffaf53f0bfbef60c784b94ea85a2b196799b5bc');
CREATE TABLE event(id INTEGER PRIMARY KEY, log TEXT NOT NULL, seq INTEGER NOT NULL, version INTEGER
  NOT NULL, at INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL, kind TEXT NOT NULL,
  what TEXT NOT NULL, process TEXT, lead_id INTEGER NOT NULL, contact TEXT, from_state TEXT NOT
  NULL, to_state TEXT NOT NULL, end_reason TEXT NOT NULL, pause_reason TEXT NOT NULL, rule TEXT NOT
  NULL, verdict TEXT NOT NULL, disposition TEXT NOT NULL, decided_by TEXT NOT NULL, actor TEXT,
  actor_uid INTEGER NOT NULL, message_id TEXT, class TEXT, class_rule TEXT, match TEXT, note TEXT,
  cycle INTEGER NOT NULL, unanswered INTEGER NOT NULL, overrun INTEGER NOT NULL, until_at INTEGER
  NOT NULL, repeats INTEGER NOT NULL DEFAULT 0, contact_subject INTEGER, actor_subject INTEGER,
  UNIQUE(log, seq));
INSERT INTO event VALUES(1, 'vm',1,1,1795708124,
  X'0000000000000000000000000000000000000000000000000000000000000000',
  X'bb014880c8ce975a335ada7d9d81c8baa4deb038fc4d83b26ff72ceaf0c259b5', 'said', 'end',NULL,0,
  'a2e830cd6503 ac45bfa2abb64c56ddf8177e340c953c8deb7c5fa8ce12ec5432', 'none', 'none', 'none',
  'none', 'said.end', 'pass', 'none', 'crm',
  'b2ccea985cb682ce7b69e039f9e2f4fd7bcce12eca17b421797d9911ae285adf',0,NULL,NULL,NULL,NULL,NULL,0,
  0,0,0,0,1,2);
INSERT INTO event VALUES(2, 'vm',2,1,1795708124,
  X'bb014880c8ce975a335ada7d9d81c8baa4deb038fc4d83b26ff72ceaf0c259b5',
  X'a76a2c86a7cf31bd1aa17c5632c8579c318adaf70f4cb55ccea134ee55a037a0', 'touch', 'touch', 'sales',1,
  '4f11b5 c6d3dd9176be3f625ab6d874f931e8dc835d691bc79624d835fa2af167', 'none', 'active', 'none',
  'none', 'touch.first', 'pass', 'passed', 'policy',NULL,-1,
  '969818321730ec68cbfbe21e842990aa586f62460385e7732f8c48f2e8948b15',NULL,NULL,NULL,NULL,1,1,0,0,
  0,3,NULL);
INSERT INTO event VALUES(3, 'vm',3,1,1795708124,
  X'a76a2c86a7cf31bd1aa17c5632c8579c318adaf70f4cb55ccea134ee55a037a0',
  X'6d2c73ad99ac8fc0962a7c3cb63794fab595e93dec83cc529eeaea4e7ff6d4a2', 'touch', 'touch', 'sales',2,
  '0152f8 54ed5bb38119755afadda2d65cb288d7f208ade6d547883e7ba8ea3788', 'none', 'active', 'none',
  'none', 'touch.first', 'pass', 'passed', 'policy',NULL,-1,
  '7e84ee8464bdef3b092b65101280636d88a2c347793bf7c428b9a5071f501247',NULL,NULL,NULL,NULL,1,1,0,0,
  0,4,NULL);
INSERT INTO event VALUES(4, 'vm',4,1,1795708124,
  X'6d2c73ad99ac8fc0962a7c3cb63794fab595e93dec83cc529eeaea4e7ff6d4a2',
  X'0a30b8f1bcdcfa68099333042f065b39ad0dea7b8858bf8b0dab83c58c9c3343', 'said', 'end', 'sales',1,
  '4f11b5c6d 3dd9176be3f625ab6d874f931e8dc835d691bc79624d835fa2af167', 'active', 'ended', 'won',
  'none', 'said.end', 'pass', 'none', 'person',
  'b2ccea985cb682ce7b69e039f9e2f4fd7bcce12eca17b421797d9911ae285adf',0,NULL,NULL,NULL,NULL,NULL,1,
  1,0,0,0,3,2);
CREATE TABLE private(event_id INTEGER PRIMARY KEY, message_id TEXT, note TEXT, salt BLOB NOT NULL);
INSERT INTO private VALUES(2, 't-1@example.com',NULL,
  X'18968ef7d26dfc9bb03e79b0e81fd6f59817f1411f23895e00b58addf072b1f1');
INSERT INTO private VALUES(3, 't-2@example.com',NULL,
  X'9e4c3205c0e6c40b130b0fbd9ffaf53f0bfbef60c784b94ea85a2b196799b5bc');
CREATE TABLE touch_alias(message_id TEXT NOT NULL, touch_id INTEGER NOT NULL REFERENCES touch(id)
  ON DELETE CASCADE, PRIMARY KEY(message_id, touch_id)) WITHOUT ROWID;
CREATE TABLE outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, log TEXT NOT NULL,
  seq INTEGER NOT NULL, type TEXT NOT NULL, lead_id INTEGER NOT NULL, at INTEGER NOT NULL, attempts
  INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 0, last_error
  TEXT, recipient TEXT, events TEXT, repeats INTEGER NOT NULL DEFAULT 0);
INSERT INTO outbox VALUES(1, 'crm', 'vm',2, 'lead.started',1,1795708124,1,1795708130,0,
  'HTTP status 500',NULL,NULL,0);
INSERT INTO outbox VALUES(2, 'crm', 'vm',3, 'lead.started',2,1795708124,0,0,0,NULL,NULL,NULL,0);
INSERT INTO outbox VALUES(3, 'crm', 'vm',4,
  'lead.ended',1,1795708124,0,1795708130,0,NULL,NULL,NULL,0);
CREATE TABLE notice(lead_id INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, repeats
  INTEGER NOT NULL, PRIMARY KEY(lead_id, kind)) WITHOUT ROWID;
CREATE TABLE writer(lead_id INTEGER PRIMARY KEY, address TEXT NOT NULL);
INSERT INTO sqlite_sequence VALUES('subject',4);
INSERT INTO sqlite_sequence VALUES('lead',2);
INSERT INTO sqlite_sequence VALUES('outbox',3);
CREATE INDEX lead_account ON lead(account) WHERE account <> '';
CREATE INDEX touch_message_id ON touch(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX touch_at ON touch(at);
CREATE INDEX heard_message_id ON heard(message_id);
CREATE INDEX heard_contact ON heard(contact);
CREATE INDEX heard_at ON heard(at);
CREATE INDEX event_contact ON event(contact_subject) WHERE contact_subject IS NOT NULL;
CREATE INDEX event_kind ON event(kind) WHERE kind NOT IN ('touch', 'heard', 'time');
CREATE INDEX touch_alias_touch ON touch_alias(touch_id);
CREATE INDEX outbox_lead ON outbox(target, lead_id, id) WHERE dead = 0;
CREATE INDEX outbox_target ON outbox(target, id, next_at) WHERE dead = 0;
PRAGMA application_id = 1718842480;
PRAGMA user_version = 5;
