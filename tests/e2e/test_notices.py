# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_notices.py - mails to salespeople, through a real MTA that asks fullstopd about them.
#
# Each notice is taken apart by Python's own mail parser: it is well-formed, answers nobody,
# says what happened, and holds nothing of the mail that it is about. None is counted.
"""Notices through a private Postfix."""

import sqlite3
import time

from harness import ANNA, EndToEnd, free_port, main, wait_until
from sink import Sink

SECRET = "sentence-that-only-the-mail-itself-may-hold"
_NOTICES = """
    notices {{ to = {to} kinds = {{ {kinds} }} gather = "{gather}" via = "smtp://127.0.0.1:{port}" {more} }}
"""
ALL = "last_touch, refused, held, dropped, replied, back, review"


def notices(port, kinds=ALL, to="sender", gather="0", more=""):
    """Text for a process."""
    return _NOTICES.format(port=port, kinds=kinds, to=to, gather=gather, more=more)


def parts(received):
    """(text, html) of a notice."""
    mail = received.message
    return tuple(mail.get_body((kind,)).get_content().replace("\r\n", "\n")
                 for kind in ("plain", "html"))


class Notices(EndToEnd):
    settings = {"mode": "enforce", "unanswered": 2}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daemon.reload(process=notices(cls.postfix.submission))

    def setUp(self):
        self.sink.messages.clear()

    def notice(self, about, to=ANNA, count=1, **headers):
        return self.sink.wait_for(to, count=count, Subject=about, **headers)[-1]

    def check_form(self, received):
        mail = received.message
        self.assertEqual(received.sender, "")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail["To"].addresses[0].addr_spec, ANNA)
        self.assertRegex(mail["Message-ID"], r"^<msg_[0-9a-f]{32}@sales\.example\.com>$")
        self.assertIsNotNone(mail["Date"].datetime)
        self.assertLess(abs(mail["Date"].datetime.timestamp() - time.time()), 300)
        self.assertEqual(mail.get_content_type(), "multipart/alternative")
        defects = [d for part in mail.walk() for d in part.defects]
        self.assertEqual(defects, [])
        self.assertLessEqual(max(map(len, received.data.split(b"\r\n"))), 200)
        self.assertNotIn(SECRET.encode(), received.data)
        for text in parts(received):
            self.assertNotIn("%{", text)
            self.assertNotIn(SECRET, text)

    def test_last_touch_says_so_and_suggests_a_final_mail(self):
        contact = self.contact()
        self.fill(contact)
        got = self.notice(contact)
        self.check_form(got)
        text, html = parts(got)
        self.assertIn("the last one", text)
        self.assertIn("    [final] My last message", text)
        self.assertIn("<pre", html)

    def test_a_refusal_is_told_once_and_repeats_are_counted(self):
        contact = self.contact()
        self.fill(contact)
        self.refused(contact, subject=SECRET, body=SECRET + "\r\n")
        got = self.notice("Not sent: your message to " + contact)
        self.check_form(got)
        text, html = parts(got)
        self.assertIn(f"  - {contact}: ", text)
        self.assertIn(f"<li>{contact}: ", html)
        for _ in range(3):
            self.refused(contact)
        time.sleep(3)
        self.assertEqual(len(self.sink.find(ANNA, Subject="Not sent: your message to " + contact)), 1)

    def test_a_row_of_a_kind_that_is_unknown_holds_up_no_other(self):
        first, second = self.contact(), self.contact()
        self.fill(first)
        self.notice(first)
        self.daemon.stop()
        with sqlite3.connect(f"{self.daemon.dir}/store/fullstop.db") as db:
            db.execute("INSERT INTO outbox(target, log, seq, type, lead_id, at, next_at, recipient)"
                       " SELECT 'notices:sales', log, seq, 'of_a_later_version', 1, at, 0, ?"
                       " FROM event WHERE kind = 'touch' LIMIT 1", (ANNA,))
        db.close()
        self.daemon.start()
        self.fill(second)
        self.notice(second)
        (row,) = self.daemon.ask("outbox", "list", "--dead")
        self.assertIn("cannot tell it", row["last_error"])
        self.assertEqual(self.daemon.cli("outbox", "drop", str(row["id"])).returncode, 0)

    def test_an_answer_is_told_to_who_wrote_last(self):
        contact = self.contact()
        self.fill(contact, 1)
        self.hear(contact)
        got = self.notice(f"{contact} answered")
        self.check_form(got)
        self.assertIn("in conversation", parts(got)[0])

    def test_a_decline_asks_for_a_decision(self):
        contact = self.contact()
        ids = self.fill(contact, 1)
        self.hear(contact, extra=[f"In-Reply-To: {ids[0]}"], body="Vielen Dank, aber wir haben kein Interesse.\r\n")
        got = self.notice(f"Please decide: {contact}")
        self.check_form(got)
        self.assertIn(f"fullstop resume {contact} --process sales", parts(got)[0])

    def test_held_mail_is_told(self):
        contact = self.contact()
        self.fill(contact)
        self.daemon.reload(mode="hold")
        self.addCleanup(self.daemon.reload, mode="enforce")
        self.send_ok(contact)
        self.check_form(self.notice(f"Held back: your message to {contact}"))

    def test_notices_are_never_counted_and_never_told_of(self):
        contact = self.contact()
        self.fill(contact)
        self.notice(contact)
        self.assertNoLead(ANNA)
        self.assertRegex(self.daemon.log(), r"reason=null_sender .* leads=0")
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")

    def test_a_forged_sender_outside_is_told_nothing(self):
        contact = self.contact()
        self.fill(contact)
        before = len(self.sink.messages)
        self.refused(contact, header_from="someone@outside.test")
        self.notice("Not sent: your message to " + contact)  # to the envelope's, which is ours
        self.assertEqual([m for m in self.sink.messages[before:]
                          if "someone@outside.test" in m.recipients], [])

    def test_german(self):
        self.daemon.reload(process='language = "de"\n' + notices(self.postfix.submission))
        self.addCleanup(self.daemon.reload, process=notices(self.postfix.submission))
        contact = self.contact()
        self.fill(contact)
        got = self.notice(contact)
        self.check_form(got)
        self.assertIn("Das war die vorerst letzte Nachricht", got.message["Subject"])
        self.assertIn("[schluss]", parts(got)[0])
        self.assertIn("genügt eine kurze Antwort", parts(got)[1])
        self.assertEqual(got.message["Content-Language"], "de")

    def test_a_mailbox_that_is_gone_keeps_nobody_from_theirs(self):
        host = Sink()
        self.addCleanup(host.close)
        self.daemon.reload(process=notices(host.port, kinds="refused", gather="2s"))
        before = len(self.daemon.log())
        self.addCleanup(self.daemon.reload, process=notices(self.postfix.submission))
        contact = self.contact()
        self.fill(contact)
        self.refused(contact, sender="dead@sales.example.com")
        self.refused(contact)
        host.wait_for(ANNA, Subject=f"Not sent: your message to {contact}")
        self.daemon.wait_for_log("failing: SMTP status 550", before)
        self.refused(contact, sender="ben@sales.example.com")
        host.wait_for("ben@sales.example.com", Subject=f"Not sent: your message to {contact}")

    def test_a_host_that_is_away_gets_it_later(self):
        port = free_port()
        self.daemon.reload(process=notices(port, to='"boss@example.com"'))
        self.addCleanup(self.daemon.reload, process=notices(self.postfix.submission))
        contact = self.contact()
        self.fill(contact)
        self.daemon.wait_for_log("outbox=notices:sales failing")
        waiting = self.daemon.ask("outbox", "list")
        self.assertEqual([row["webhook"] for row in waiting], ["notices:sales"])
        late = Sink(port)
        self.addCleanup(late.close)
        got = late.wait_for("boss@example.com", Subject=contact)[0]
        self.assertEqual(got.sender, "")
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")


if __name__ == "__main__":
    main()
