# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_survival.py - restarts, kill -9 under load, and a store that is away.
"""Nothing accepted is forgotten, and nothing uncounted goes unsaid."""

import os
import smtplib
import sqlite3
import threading
import time

from harness import ANNA, EndToEnd, Session, main, message, message_id, wait_until


class Restart(EndToEnd):
    def test_a_restart_in_the_middle_of_a_sequence_forgets_nothing(self):
        jane, mid = self.contact(), message_id()
        self.send_ok(jane)
        self.send_ok(jane, mid=mid)
        self.daemon.restart()
        self.assertLead(jane, state="active", unanswered=2)
        self.send_ok(jane, mid=mid)
        self.assertLead(jane, unanswered=2)
        self.send_ok(jane)
        self.daemon.kill()
        self.daemon.start()
        self.refused(jane)
        self.assertLead(jane, state="ended", unanswered=3)

    def test_a_killed_daemon_defers_mail_when_postfix_is_told_so(self):
        jane = self.contact()
        self.daemon.kill()
        try:
            self.assertEqual(self.send(jane).code // 100, 4)
        except (AssertionError, smtplib.SMTPException) as refusal:
            self.assertIn("45", str(refusal))  # already at MAIL
        self.daemon.start()
        self.assertNoLead(jane)
        self.send_ok(jane)


class KillUnderLoad(EndToEnd):
    settings = {"unanswered": 1000}
    ROUNDS, CONTACTS = 4, 6

    def pour(self, contact, done):
        """Sends until told to stop, each message again until it is accepted."""
        accepted, mid = [], message_id()
        while not done.is_set() or mid not in accepted:
            try:
                with Session(self.postfix.submission) as session:
                    while not done.is_set() or mid not in accepted:
                        if mid in accepted:
                            mid = message_id()
                        reply = session.deliver(ANNA, contact, message(ANNA, contact, mid=mid))
                        if reply.code == 250:
                            accepted.append(mid)
                        else:
                            break
            except (AssertionError, OSError, smtplib.SMTPException):
                time.sleep(0.05)
        self.accepted[contact] = accepted

    def test_every_accepted_message_is_counted_and_the_chain_holds(self):
        self.accepted, done = {}, threading.Event()
        contacts = [self.contact() for _ in range(self.CONTACTS)]
        threads = [threading.Thread(target=self.pour, args=(c, done)) for c in contacts]
        for thread in threads:
            thread.start()
        for number in range(self.ROUNDS):
            time.sleep(0.7 + 0.3 * number)
            self.daemon.kill()
            time.sleep(0.2)
            self.daemon.start()
            verified = self.daemon.cli("audit", "verify")
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        done.set()
        for thread in threads:
            thread.join(60)
        self.assertEqual(sorted(self.accepted), sorted(contacts))
        for contact in contacts:
            accepted = self.accepted[contact]
            self.assertGreater(len(accepted), 5)
            counted = [e["message_id"] for e in self.daemon.history(contact)
                       if e["kind"] == "touch" and e["disposition"] == "passed"]
            self.assertEqual(sorted(m.strip("<>") for m in counted),
                             sorted(m.strip("<>") for m in accepted))
            self.assertLead(contact, unanswered=len(accepted))


class StoreAway(EndToEnd):
    """Another program holds the database's write lock."""

    def hold(self):
        held = sqlite3.connect(f"{self.postfix.dir}/store/fullstop.db", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        self.addCleanup(held.close)
        return held

    def release(self, held):
        held.execute("ROLLBACK")
        held.close()

    def test_tempfail_defers_outgoing_mail_and_counts_it_when_it_comes_again(self):
        self.daemon.reload(on_store_error="tempfail")
        jane, mid, held = self.contact(), message_id(), self.hold()
        began = time.monotonic()
        reply = self.send(jane, mid=mid)
        took = time.monotonic() - began
        self.assertEqual(reply.code, 451, reply)
        self.assertLess(took, 8)
        self.hear("stranger@nowhere.test")  # incoming mail passes
        self.release(held)
        wait_until(lambda: self.send(jane, mid=mid).code == 250, what="the store coming back")
        self.assertLead(jane, unanswered=1)
        self.assertIn("store away", self.daemon.log())

    def test_accept_lets_outgoing_mail_pass_and_says_so_once(self):
        self.daemon.reload(on_store_error="accept")
        jane, ben = self.contact(), self.contact()
        before = len(self.daemon.log())
        held = self.hold()
        self.send_ok(jane)
        self.send_ok(ben)
        self.release(held)
        said = self.daemon.log()[before:]
        self.assertEqual(said.count("store away"), 1, said)
        self.assertEqual(said.count("verdict=undecided action=accept"), 2, said)
        wait_until(lambda: self.send_ok(self.contact()) and
                   "store is back" in self.daemon.log()[before:], what="the store coming back")

    def test_a_removed_store_counts_nothing_in_secret(self):
        self.daemon.reload(on_store_error="tempfail")
        jane, mid, store = self.contact(), message_id(), f"{self.postfix.dir}/store/fullstop.db"
        before = len(self.daemon.log())
        for end in ("", "-wal", "-shm"):
            os.rename(store + end, f"{store}.away{end}")
        self.assertEqual(self.send(jane, mid=mid).code, 451)
        self.hear("stranger@nowhere.test")  # incoming mail passes
        self.assertIn("was removed: put it back", self.daemon.log()[before:])
        for end in ("", "-wal", "-shm"):
            os.rename(f"{store}.away{end}", store + end)
        self.send_ok(jane, mid=mid)
        self.assertLead(jane, unanswered=1)
        self.daemon.wait_for_log("store is back", before)

    def test_the_gap_becomes_a_record_of_the_audit_log(self):
        self.daemon.reload(on_store_error="accept")
        held = self.hold()
        self.send_ok(self.contact())
        self.release(held)
        self.daemon.restart()
        export = self.daemon.cli("audit", "export")
        self.assertEqual(export.returncode, 0, export.stderr)
        self.assertIn('"gap"', export.stdout)


if __name__ == "__main__":
    main()
