# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_notices_many.py - many notices are one mail, a digest is one a day, and neither a kill
# nor a host that does not answer loses one.
#
# Times that would take hours are made short in the store, while fullstopd is down.
"""Notices that are gathered, and what survives."""

import sqlite3
import time

from harness import ANNA, EndToEnd, main, message_id, wait_until
from sink import Sink
from test_notices import notices, parts

LEADS = 300
BEN = "ben@sales.example.com"


class Many(EndToEnd):
    settings = {"mode": "enforce", "unanswered": 1}

    def setUp(self):
        self.sink.messages.clear()

    def use(self, **words):
        """Notices by this process's own words from now on; to Postfix unless a port is named."""
        port = words.pop("port", self.postfix.submission)
        self.daemon.reload(process=notices(port, **words))

    def rows(self, kind):
        return [row for row in self.daemon.ask("outbox", "list") if row["type"] == kind]

    def store(self, words, *values):
        with sqlite3.connect(f"{self.daemon.dir}/store/fullstop.db", timeout=20) as store:
            changed = store.execute(words, values).rowcount
        store.close()
        return changed

    def is_told(self):
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")

    # ---- many are one ----

    def test_a_mail_merge_to_ended_leads_is_one_notice(self):
        self.use(kinds="last_touch, refused", gather="20s")
        contacts = [self.contact("merge.test") for _ in range(LEADS)]
        self.send_ok(contacts, mid="first@sales.example.com")
        for number, contact in enumerate(contacts):
            self.refused(contact, mid=f"merge{number}@sales.example.com")
        for contact in contacts[:20]:
            self.refused(contact)
        got = self.sink.wait_for(ANNA, timeout=60, Subject="Not sent")[0]
        self.is_told()
        self.assertEqual([m.message["Subject"] for m in self.sink.find(ANNA)].count(
            f"Not sent: your mail to {LEADS} recipients"), 1)
        self.assertEqual(len(self.sink.find(ANNA)), 2)
        text, html = parts(got)
        self.assertEqual(sum(contact in text for contact in contacts), 5)
        self.assertIn(f"  - and {LEADS - 5} more\n", text)
        self.assertIn(f"<li>and {LEADS - 5} more</li>", html)
        self.assertIn("(Message-ID <merge0@sales.example.com>)", text)
        self.assertIn("the same happened 20 more times", text)
        last = self.sink.find(ANNA, Subject=f"{LEADS} leads: that was the last message")[0]
        self.assertIn("To each it was the last one", parts(last)[0])
        self.assertEqual(parts(last)[0].count("[final] My last message"), 1)

    def test_those_who_write_and_kinds_are_told_apart(self):
        self.use(kinds="last_touch, refused", gather="5s")
        contacts = [self.contact() for _ in range(4)]
        for sender, mine in ((ANNA, contacts[:2]), (BEN, contacts[2:])):
            for contact in mine:
                self.send_ok(contact, sender=sender)
                self.refused(contact, sender=sender)
        for sender in (ANNA, BEN):
            self.sink.wait_for(sender, Subject="Not sent: your mail to 2 recipients")
            self.sink.wait_for(sender, Subject="2 leads: that was the last message")
        self.is_told()
        self.assertEqual([len(self.sink.find(who)) for who in (ANNA, BEN)], [2, 2])

    def test_what_comes_while_a_host_is_away_is_one_notice(self):
        away = Sink()
        port = away.port
        away.close()
        self.use(kinds="refused", port=port)
        contacts = [self.contact() for _ in range(6)]
        self.send_ok(contacts)
        self.refused(contacts[0])
        self.daemon.wait_for_log("outbox=notices:sales failing")
        for contact in contacts[1:]:
            self.refused(contact)
        time.sleep(2.5)
        back = Sink(port)
        self.addCleanup(back.close)
        self.daemon.cli("outbox", "retry", "--all")
        back.wait_for(ANNA, Subject=f"Not sent: your message to {contacts[0]}")
        back.wait_for(ANNA, Subject="Not sent: your mail to 5 recipients")
        self.is_told()
        self.assertEqual(len(back.messages), 2)

    # ---- what survives ----

    def test_a_notice_on_its_way_when_fullstopd_is_killed_comes_again_as_the_same(self):
        host = Sink()
        self.addCleanup(host.close)
        self.use(kinds="refused", port=host.port)
        contacts = [self.contact() for _ in range(2)]
        self.send_ok(contacts)
        host.may_answer.clear()
        self.refused(contacts)
        host.wait_for(ANNA)
        self.assertEqual(len(self.rows("refused")), 1)
        self.daemon.kill()
        host.may_answer.set()
        self.daemon.start()
        first, second = host.wait_for(ANNA, 2)
        self.assertEqual(first.message["Message-ID"], second.message["Message-ID"])
        self.assertEqual(first.data, second.data)
        self.is_told()
        time.sleep(1.5)
        self.assertEqual(len(host.messages), 2)

    def test_killed_while_they_gather_and_while_they_are_told(self):
        self.addCleanup(self.daemon.write_config, mode="enforce")
        self.daemon.write_config(mode="flag")
        self.use(kinds="", gather="1s", more='} flag { copy_to = "boss@example.com"')
        contacts = [self.contact("kill.test") for _ in range(25)]
        self.send_ok(contacts)
        for number, contact in enumerate(contacts):
            self.send_ok(contact)
            if number % 5 == 4:
                time.sleep(0.3 * (number // 5))
                self.daemon.kill()
                self.daemon.start()
        self.is_told()
        wait_until(self.postfix.is_idle, what="the end of deliveries")
        told = "".join(parts(m)[0] for m in self.sink.find("boss@example.com"))
        self.assertEqual([c for c in contacts if f"  - {c}: " not in told], [])

    # ---- digest ----

    def test_a_digest_is_one_mail_and_survives_a_kill(self):
        self.use(kinds="last_touch, refused, replied", more='digest = "17:00"')
        contacts = [self.contact() for _ in range(7)]
        mids = [message_id() for _ in contacts]
        for contact, mid in zip(contacts, mids):
            self.send_ok(contact, mid=mid)
            self.refused(contact)
        self.refused(contacts[0])
        self.hear(contacts[0], extra=[f"In-Reply-To: {mids[0]}"])
        self.send_ok(contacts[0], sender=BEN)  # he has one of his own
        self.assertEqual([row["attempts"] for row in self.rows("refused")], [0])
        self.assertEqual(self.sink.find(ANNA, Subject="Your leads"), [])
        self.daemon.kill()
        self.assertEqual(self.store("UPDATE outbox SET next_at = 1 WHERE gathers = 1"), 4)
        self.daemon.start()
        got = self.sink.wait_for(ANNA, Subject="Your leads in the lead process sales: summary")[0]
        self.sink.wait_for(BEN, Subject="Your leads in the lead process sales: summary")
        self.assertEqual(got.message["Auto-Submitted"], "auto-generated")
        text, html = parts(got)
        for words in ("== 7 leads: that was the last message for now\n",
                      "== Not sent: your mail to 7 recipients\n", f"== {contacts[0]} answered\n",
                      "the same happened 1 more time.", "  - and 2 more\n", "Please answer soon"):
            self.assertIn(words, text)
        self.assertIn("<h3>7 leads: that was the last message for now</h3>", html)
        self.is_told()
        self.assertEqual(len(self.sink.find(ANNA, Subject="Your leads")), 1)

    def test_a_german_digest(self):
        self.daemon.reload(process='language = "de"\n' + notices(
            self.postfix.submission, kinds="last_touch", more='digest = "00:00"'))
        contact = self.contact()
        self.send_ok(contact)
        self.daemon.stop()
        self.store("UPDATE outbox SET next_at = 1 WHERE gathers = 1")
        self.daemon.start()
        got = self.sink.wait_for(ANNA, Subject="Ihre Leads im Leadprozess sales: Übersicht")[0]
        self.assertIn(f"== {contact}: Das war die vorerst letzte Nachricht", parts(got)[0])
        self.assertIn("seit der letzten Übersicht", parts(got)[1])

    # ---- an absence is over ----

    def test_who_is_back_is_told(self):
        self.use(kinds="back")
        jane = self.contact()
        mid = self.fill(jane, 1)[0]
        self.hear(jane, extra=[f"In-Reply-To: {mid}", "Auto-Submitted: auto-replied"],
                  subject="Out of office", body="I am away.\r\n")
        self.assertLead(jane, state="paused", reason="out_of_office")
        self.assertEqual(self.rows("back"), [])
        self.store("UPDATE lead SET until_at = ? WHERE contact = ?", int(time.time()) - 1, jane)
        got = self.sink.wait_for(ANNA, timeout=90, Subject=f"The pause is over: {jane}")[0]
        self.assertIn("the lead is open again", parts(got)[0])
        self.assertLead(jane, state="active")


if __name__ == "__main__":
    main()
