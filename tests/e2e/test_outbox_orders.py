# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_outbox_orders.py - what a person says about rows of the outbox counts for the daemon that
# runs: it has some of them in memory, and endpoints that asked it to wait. Without an MTA.
"""fullstop outbox retry and drop beside a running fullstopd."""

import json
import os
import sqlite3
import time

from harness import main
from postfix import wait_until
from test_webhooks import Webhooks

STARTED = '{ "lead.started" }'


class Orders(Webhooks):
    def tap(self, status, **headers):
        self.http.server.tap = (status, headers)

    def told(self, path):
        """Addresses of what was taken."""
        return [json.loads(r.body)["data"]["address"] for r in self.http.requests(path)
                if r.status == 200]

    def test_what_was_dropped_is_not_told_though_the_daemon_had_it_in_memory(self):
        path = "tap/drop"
        self.tap(500)
        self.start(self.hook("crm", self.http.url(path), events=STARTED))
        for number in range(30):
            self.mail(f"p{number}@prospect.test")
        self.row("crm")
        time.sleep(1.5)  # it only fails, and rests with the others in memory
        untried = [row for row in self.daemon.ask("outbox", "list") if row["attempts"] == 0]
        self.assertGreater(len(untried), 5)
        dropped = untried[-3:]
        for row in dropped:
            self.assertEqual(self.daemon.cli("outbox", "drop", str(row["id"])).returncode, 0)
        time.sleep(1.5)  # the daemon sees it within a second
        self.tap(200)
        self.assertEqual(self.daemon.cli("outbox", "retry", "--all").returncode, 0)
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 40, "an empty outbox")
        self.assertEqual(set(self.told(path)) & {row["address"] for row in dropped}, set())
        self.assertEqual(len(set(self.told(path))), 27)

    def test_a_retry_does_not_wait_until_the_endpoint_wants_it(self):
        path = "tap/retry"
        self.tap(503, Retry_After="3600")
        self.start(self.hook("crm", self.http.url(path), events=STARTED))
        self.mail("jane@prospect.test")
        row = self.row("crm")
        self.mail("ben@prospect.test")
        time.sleep(1.5)
        self.assertEqual(len(self.http.requests(path)), 1)
        self.tap(200)
        self.assertEqual(self.daemon.cli("outbox", "retry", str(row["id"])).returncode, 0)
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 10, "an empty outbox")
        self.assertEqual(sorted(self.told(path)), ["ben@prospect.test", "jane@prospect.test"])

    def test_what_is_due_has_no_time_of_a_next_attempt(self):
        self.tap(503, Retry_After="3600")
        self.start(self.hook("crm", self.http.url("tap/due"), events=STARTED))
        self.mail("jane@prospect.test")
        self.row("crm")
        self.daemon.stop()
        self.assertEqual(self.daemon.ask("outbox", "retry", "--all"), {"retried": 1})
        (row,) = self.daemon.ask("outbox", "list")
        self.assertEqual((row["attempts"], row["next_attempt"]), (0, None))
        self.tap(200)
        self.daemon.start()
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 10, "an empty outbox")

    def test_a_clock_that_was_wrong_does_not_keep_rows_for_years(self):
        path = "tap/clock"
        self.tap(500)
        self.start(self.hook("crm", self.http.url(path), events=STARTED))
        self.mail("jane@prospect.test")
        self.row("crm")
        self.daemon.stop()
        with sqlite3.connect(f"{self.home}/store/fullstop.db") as db:
            db.execute("UPDATE outbox SET next_at = next_at + 10 * 365 * 86400")
        db.close()
        self.tap(200)
        self.daemon.start()
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 10, "an empty outbox")
        self.assertEqual(self.told(path), ["jane@prospect.test"])

    def test_the_largest_body_is_shown_whole(self):
        self.tap(500)
        self.start(self.hook("crm", self.http.url("tap/large"), events='{ "lead.paused" }'))
        self.mail("jane@prospect.test")
        note = "\x02" * 990 + "the end"
        self.assertEqual(self.daemon.cli("pause", "jane@prospect.test", "--until", "2099-01-01",
                                         "--reason", "not_now", "--note", note).returncode, 0)
        row = self.row("crm")
        shown = self.daemon.cli("outbox", "show", str(row["id"])).stdout
        self.assertEqual(json.loads(shown[shown.index("{"):])["data"]["note"], note)
        self.assertEqual(self.http.requests("tap/large")[0].body.decode(),
                         self.daemon.ask("outbox", "show", str(row["id"]))["body"])

    def test_what_a_webhook_that_is_gone_leaves_behind_can_be_dropped_at_once(self):
        self.tap(500)
        old = self.hook("old", self.http.url("tap/old"), events=STARTED)
        new = self.hook("new", self.http.url("tap/new"), events=STARTED)
        self.start(old, new)
        for number in range(5):
            self.mail(f"p{number}@prospect.test")
        self.row("old")
        self.row("new")
        done = self.daemon.cli("outbox", "list", "--dead")
        self.assertEqual((done.returncode, done.stdout.strip()), (0, "no such row is in the outbox"))
        for limit, says in (("9", True), ("10", False), ("0", False)):
            said = self.daemon.cli("outbox", "list", "--limit", limit).stdout
            self.assertEqual("there are more" in said, says, said)
            self.assertEqual(len([line for line in said.splitlines() if STARTED[3:15] in line]),
                             9 if says else 10)
        self.assertEqual(len(self.daemon.ask("outbox", "list", "--limit", "9")), 9)
        self.daemon.reload(top=new)
        row = self.waiting("old")
        self.assertEqual((row["configured"], row["waiting"]), (False, 5))
        with sqlite3.connect(f"{self.home}/store/fullstop.db") as db:
            db.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                       " INSERT INTO outbox(target, log, seq, type, lead_id, at, next_at)"
                       " SELECT 'old', log, seq, type, 1000 + i, at, 0 FROM n, outbox WHERE id = 1")
        db.close()
        for words in (["outbox", "drop"], ["outbox", "drop", "1", "--webhook", "old"]):
            self.assertEqual(self.daemon.cli(*words).returncode, 2, words)
        self.assertEqual(self.daemon.ask("outbox", "drop", "--webhook", "old"), {"dropped": 2505})
        done = self.daemon.cli("outbox", "drop", "--webhook", "old")
        self.assertEqual(done.returncode, 1)
        self.assertIn('nothing in the outbox is for "old"', done.stderr)
        self.assertEqual(self.waiting("new")["waiting"], 5)
        self.assertEqual([r["webhook"] for r in self.daemon.ask("status")["webhooks"]], ["new"])

    def back_up(self):
        with sqlite3.connect(f"{self.home}/store/fullstop.db") as db, \
                sqlite3.connect(f"{self.home}/store/backup.db") as backup:
            db.backup(backup)
        db.close()
        backup.close()

    def restore(self):
        os.replace(f"{self.home}/store/backup.db", f"{self.home}/store/fullstop.db")
        for name in ("wal", "shm"):
            os.remove(f"{self.home}/store/fullstop.db-{name}")

    def test_a_backup_put_back_under_the_running_daemon_is_told_from_where_it_stands(self):
        path = "tap/backup"
        self.start(self.hook("crm", self.http.url(path), events=STARTED))
        self.mail("first@prospect.test")
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 10, "an empty outbox")
        self.back_up()
        for number in range(5):
            self.mail(f"p{number}@prospect.test")
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 10, "an empty outbox")
        self.restore()
        self.mail("new@prospect.test")  # its row has an id that there was
        wait_until(lambda: "new@prospect.test" in self.told(path), 5, "what is new")
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 10, "an empty outbox")

    def test_what_arrives_of_a_store_that_is_gone_takes_nothing_from_its_successor(self):
        self.start(self.hook("crm", self.http.url("slow"), events=STARTED))
        self.back_up()
        self.mail("old@prospect.test")
        wait_until(lambda: self.daemon.ask("outbox", "list"), 2, "a row")
        with sqlite3.connect(f"{self.home}/store/backup.db") as db:  # the same id, another event
            db.execute("INSERT INTO outbox(target, log, seq, type, lead_id, at, next_at)"
                       " SELECT 'crm', log, seq, 'policy.changed', 0, at, 0 FROM event LIMIT 1")
        db.close()
        self.restore()  # while the old one is on its way for half a second
        def types():
            return [json.loads(r.body)["type"] for r in self.http.requests("slow")]
        wait_until(lambda: "lead.started" in types(), 5, "the old one")
        wait_until(lambda: "policy.changed" in types(), 5, "the one of the backup")


if __name__ == "__main__":
    main()
