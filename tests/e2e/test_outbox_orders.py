# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_outbox_orders.py - what a person says about rows of the outbox counts for the daemon that
# runs: it has some of them in memory, and endpoints that asked it to wait. Without an MTA.
"""fullstop outbox retry and drop beside a running fullstopd."""

import json
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


if __name__ == "__main__":
    main()
