#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_modes.py - what each mode does with a refusal, through a real Postfix.
"""Hold, flag and who is told, the final mail's mark, the switch, the deaf guard, many recipients."""

import base64
import json
import os
import sqlite3
import subprocess
import time

from harness import ANNA, EndToEnd, main, message_id, wait_until
from postfix import find_program

FLAG = "X-Fullstop-Flag"
BOSS = "boss@example.com"
COPY = """    flag {{ copy_to = "boss@example.com" }}
    notices {{ gather = "0" via = "smtp://127.0.0.1:{port}" }}"""
SECRET = "sentence-that-only-the-mail-itself-may-hold"


class Modes:
    """Each test sets its mode; the next one begins in enforce again."""

    def tearDown(self):
        self.daemon.cli("on")
        self.daemon.reload(mode="enforce", process="", unanswered=2)

    def over(self, mode, **settings):
        """A contact at its limit, in this mode."""
        self.daemon.reload(mode=mode, **settings)
        jane = self.contact()
        self.fill(jane)
        return jane

    def copies(self):
        return COPY.format(port=self.postfix.submission)

    def newest(self, contact):
        return self.daemon.history(contact)[-1]

    # ---- the queue ----

    def held(self, recipient):
        """Messages to recipient in the HOLD queue."""
        entries = [json.loads(line) for line in self.postfix.queue().splitlines()]
        return [e for e in entries if e["queue_name"] == "hold"
                and recipient in [r["address"] for r in e["recipients"]]]

    def postsuper(self, flag, queue_id):
        subprocess.run([find_program("postsuper"), "-c", f"{self.postfix.dir}/etc", flag, queue_id],
                       check=True, capture_output=True)


class Hold(Modes):
    def test_held_mail_waits_in_the_hold_queue_and_counts_nobody_who_is_over(self):
        jane, eve = self.over("hold"), self.contact()
        reply = self.send_ok([jane, eve], subject="Held back")
        line = self.log_line(reply)
        for words in ("verdict=over", "mode=hold", "disposition=held", "rule=touch.over"):
            self.assertIn(words, line)
        entry = wait_until(lambda: self.held(jane))[0]
        self.assertEqual(sorted(r["address"] for r in entry["recipients"]), sorted([jane, eve]))
        self.assertLead(jane, unanswered=2, overrun=0)
        self.assertLead(eve, state="active", unanswered=1)
        self.assertEqual(self.daemon.touches(jane)[-1], ("over", "held"))
        self.assertEqual(self.daemon.touches(eve), [("pass", "held")])
        self.assertEqual(self.sink.find(jane, Subject="Held back"), [])
        self.assertEqual(self.sink.find(eve), [])

    def test_released_mail_is_delivered_without_another_count(self):
        jane, mid = self.over("hold"), message_id()
        self.send_ok(jane, mid=mid, subject="Held back")
        before = len(self.daemon.log())
        self.postsuper("-H", self.held(jane)[0]["queue_id"])
        got = self.sink.wait_for(jane, Subject="Held back")[0]
        self.assertIsNone(got.message[FLAG])
        self.assertNotIn("direction=", self.daemon.log()[before:])
        self.assertLead(jane, unanswered=2, overrun=0)

        told = self.daemon.ask("released", jane, "--actor", "Ben", "--message-id", mid)
        self.assertEqual(told["overrun"], 1)
        self.assertEqual(told["message_id"], mid.strip("<>"))
        self.assertEqual(self.newest(jane)["rule"], "touch.released")
        self.assertEqual(self.newest(jane)["actor"], "Ben")
        again = self.daemon.cli("released", jane)
        self.assertEqual(again.returncode, 1)
        self.assertIn("no message", again.stderr)

        self.send_ok(jane, mid=mid, subject="Held back")
        self.assertEqual(len(self.held(jane)), 1)
        self.assertLead(jane, unanswered=2, overrun=1)

    def test_an_answer_to_held_mail_counts_it_as_released(self):
        jane, mid = self.over("hold"), message_id()
        self.send_ok(jane, mid=mid)
        self.postsuper("-H", self.held(jane)[0]["queue_id"])
        self.sink.wait_for(jane, 3)
        self.hear(jane, extra=[f"In-Reply-To: {mid}"], subject="Re: Our offer")
        self.assertLead(jane, state="replied")
        self.assertIn("touch.released", [e["rule"] for e in self.daemon.history(jane)])

    def test_mail_that_is_allowed_is_not_held(self):
        self.daemon.reload(mode="hold")
        jane = self.contact()
        self.fill(jane)
        self.sink.wait_for(jane, 2)
        self.assertEqual(self.held(jane), [])


class Flag(Modes):
    def test_of_a_flagged_message_the_boss_is_told_without_what_stands_in_it(self):
        jane, eve = self.over("flag", process=self.copies()), self.contact()
        before = len(self.sink.find(BOSS))
        reply = self.send_ok([jane, eve], subject=SECRET, body=SECRET + "\r\n",
                             mid="flagged@sales.example.com")
        got = self.sink.wait_for(jane, Subject=SECRET)[0].message
        self.assertEqual(got.get_all(FLAG), [f"over; id={self.newest(jane)['id']}"])
        told = self.sink.wait_for(BOSS, Subject=f"Flagged: mail of {ANNA} to {jane}")[0]
        self.assertNotIn(SECRET.encode(), told.data)
        self.assertEqual((told.sender, told.message["Auto-Submitted"]), ("", "auto-generated"))
        for kind in ("plain", "html"):
            text = told.message.get_body((kind,)).get_content()
            for words in (ANNA, f"{jane}: 2 messages without an answer are the limit",
                          "flagged@sales.example.com"):
                self.assertIn(words, text)
            self.assertNotIn(SECRET, text)
            self.assertNotIn(eve, text)
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")
        self.assertEqual(len(self.sink.find(BOSS)), before + 1)
        # without kinds nobody else is told
        self.assertEqual(self.sink.find(ANNA, Auto_Submitted="auto-generated"), [])
        self.assertNoLead(BOSS)
        self.assertIn("recipients=", self.log_line(reply))
        self.assertLead(jane, unanswered=2, overrun=1)

    def test_each_flagged_message_is_told_of(self):
        jane = self.over("flag", process=self.copies())
        for number in (1, 2):
            self.send_ok(jane, mid=f"again{number}@sales.example.com")
            self.sink.wait_for(BOSS, number, Subject=f"to {jane}")
        self.assertIn("again2@sales.example.com", self.sink.find(BOSS, Subject=f"to {jane}")[1]
                      .message.get_body(("plain",)).get_content())

    def test_no_other_mode_tells(self):
        before = len(self.sink.find(BOSS))
        for mode in ("observe", "hold"):
            jane = self.over(mode, process=self.copies())
            self.send_ok(jane)
        time.sleep(1.5)
        self.assertEqual(self.daemon.ask("outbox", "list"), [])
        self.assertEqual(len(self.sink.find(BOSS)), before)

    def test_without_a_host_that_takes_it_copy_to_is_refused(self):
        self.daemon.write_config(process='    flag { copy_to = "boss@example.com" }\n'
                                         '    notices { via = "" }')
        done = self.daemon.cli("check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("say which host takes them", done.stderr)

    def test_a_copy_to_somebody_elses_domain_is_refused(self):
        self.daemon.write_config(process='    flag { copy_to = "boss@elsewhere.test" }')
        done = self.daemon.cli("check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("our_domains", done.stderr)


class FinalMail(Modes):
    SUBJECTS = {
        "[final] Our last word": "Our last word",
        "[SCHLUSS] Grüße aus Köln": "Grüße aus Köln",
        "[Final] =?iso-8859-1?Q?Gr=FC=DFe?=": "Grüße",
        "=?utf-8?Q?[schluss]_Gr=C3=BC=C3=9Fe_aus?= =?utf-8?Q?_K=C3=B6ln?=": "Grüße aus Köln",
        "=?utf-8?B?" + base64.b64encode("[Schluß] €".encode()).decode() + "?=": "€",
        "[final]\n Folded once": "Folded once",
        "[final]": "",
    }

    def assertUnmarked(self, received, subject):
        got = received.message
        self.assertEqual(str(got["Subject"]), subject)
        self.assertEqual([n for n in got.keys() if n.lower().startswith("x-fullstop-final")], [])
        self.assertNotIn(b"[final]", received.data.lower())
        self.assertNotIn(b"[schlu", received.data.lower())

    def test_the_mark_never_leaves_the_house_whatever_the_subject(self):
        for marked, subject in self.SUBJECTS.items():
            jane = self.over("enforce")
            line = self.log_line(self.send_ok(jane, subject=marked))
            self.assertIn("verdict=final", line)
            self.assertUnmarked(self.sink.wait_for(jane, 3)[2], subject)
            self.refused(jane, subject=marked)

    def test_the_mark_comes_off_whatever_the_verdict(self):
        for mode in ("observe", "flag", "enforce"):
            self.daemon.reload(mode=mode)
            jane = self.contact()
            for _ in range(2 if mode == "enforce" else 4):  # passed, final, refused
                self.send_ok(jane, subject="[final] Ü", extra=["Thread-Topic: [final] Ü"])
            for received in self.sink.wait_for(jane, 2 if mode == "enforce" else 4):
                self.assertUnmarked(received, "Ü")
                self.assertEqual(str(received.message["Thread-Topic"]), "Ü")
        jane = self.over("hold")
        self.send_ok(jane, subject="[final] One")
        self.assertEqual(self.daemon.touches(jane)[-1], ("final", "passed"))
        self.send_ok(jane, subject="[final] Two", extra=["X-Fullstop-Final: yes"])
        self.postsuper("-H", self.held(jane)[0]["queue_id"])
        for received, subject in zip(self.sink.wait_for(jane, 4)[2:], ("One", "Two")):
            self.assertUnmarked(received, subject)

    def test_the_header_marks_too_and_is_taken_out(self):
        jane = self.over("enforce")
        self.send_ok(jane, extra=["X-Fullstop-Final: yes"])
        self.assertUnmarked(self.sink.wait_for(jane, 3)[2], "Our offer")
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=2)

    def test_a_subject_of_somebody_else_keeps_its_bytes(self):
        jane = self.contact()
        self.send_ok(jane, sender="support@example.com", subject="[final] Invoice")
        got = self.sink.wait_for(jane)[0].message
        self.assertEqual(got["Subject"], "[final] Invoice")


class Switch(Modes):
    def test_off_observes_in_every_mode_and_survives_a_restart(self):
        janes = {mode: self.over(mode) for mode in ("flag", "hold", "enforce")}
        self.assertEqual(self.daemon.cli("off", "--reason", "the board asked").returncode, 0)
        self.daemon.restart()
        for mode, jane in janes.items():
            self.daemon.reload(mode=mode, process=self.copies())
            line = self.log_line(self.send_ok(jane, subject="While off"))
            for words in ("verdict=over", "mode=observe", "disposition=would_refuse", "off=yes"):
                self.assertIn(words, line)
            self.assertIsNone(self.sink.wait_for(jane, Subject="While off")[0].message[FLAG])
            self.assertEqual(self.held(jane), [])
            self.assertLead(jane, unanswered=2, overrun=1)
        self.assertEqual(self.sink.find(BOSS, Subject="While off"), [])
        self.assertIn('["kind","off"]',
                      self.daemon.cli("audit", "export").stdout.replace(" ", ""))
        self.daemon.cli("on")
        self.refused(janes["enforce"])


class DeafGuard(Modes):
    def grow_silent(self, days):
        """As if the process had heard nothing for so long."""
        with sqlite3.connect(f"{self.daemon.dir}/store/fullstop.db", timeout=20) as store:
            store.execute("INSERT OR REPLACE INTO setting VALUES('user.silence.sales', ?)",
                          (f"50 {int(time.time()) - days * 86400} 0",))
        store.close()

    def turns(self):
        """How often the guard stepped in and back."""
        records = self.daemon.cli("audit", "export").stdout.replace(" ", "")
        return records.count('["kind","deaf"]'), records.count('["kind","hears"]')

    def status(self):
        return next(p for p in self.daemon.ask("status")["processes"] if p["process"] == "sales")

    def test_a_deaf_process_flags_until_it_hears_again(self):
        jane, ben, turns = self.over("enforce"), self.contact(), self.turns()
        self.send_ok(ben)
        self.grow_silent(13)
        self.refused(jane)
        self.assertFalse(self.status()["deaf"])

        self.grow_silent(15)
        before = len(self.daemon.log())
        line = self.log_line(self.send_ok(jane, subject="While deaf"))
        for words in ("verdict=ended", "mode=flag", "disposition=flagged", "deaf=yes"):
            self.assertIn(words, line)
        self.assertIsNotNone(self.sink.wait_for(jane, Subject="While deaf")[0].message[FLAG])
        self.send_ok(jane)
        self.assertEqual(self.daemon.log()[before:].count("process sales: deaf guard"), 1)
        self.assertTrue(self.status()["deaf"])
        self.assertIn("do replies pass this MTA", self.daemon.cli("status").stdout)

        self.hear(ben)
        self.daemon.wait_for_log("incoming message was heard", before)
        self.assertFalse(self.status()["deaf"])
        self.refused(jane)
        self.assertEqual(self.turns(), (turns[0] + 1, turns[1] + 1))

    def test_a_deaf_process_holds_nothing_either(self):
        jane = self.over("hold")
        self.grow_silent(15)
        self.send_ok(jane)
        self.sink.wait_for(jane, 3)
        self.assertEqual(self.held(jane), [])
        self.hear(jane)


class ManyRecipients(Modes):
    def fifty(self):
        return [self.contact() for _ in range(50)]

    def test_all_of_fifty_refused(self):
        self.daemon.reload(unanswered=1)
        people = self.fifty()
        self.send_ok(people)
        reply = self.refused(people)
        self.assertIn(people[0], reply.lines[0])
        self.assertEqual(sum(p in reply.text for p in people), 5)
        self.assertIn("45 more", reply.text)
        for contact in people[::10]:
            self.assertLead(contact, unanswered=1, overrun=0)

    def test_one_of_fifty_refused_in_every_mode(self):
        for mode in ("observe", "flag", "hold", "enforce"):
            self.daemon.reload(mode=mode, unanswered=1)
            people = self.fifty()
            jane = people[17]
            self.send_ok(jane)
            reply = self.send(people, subject=f"To fifty in {mode}")
            if mode == "enforce":
                self.assertEqual(reply.code, 550)
                self.assertEqual([p for p in people if p in reply.text], [jane])
                self.assertNotIn("more", reply.lines[0])
                self.assertNoLead(people[0])
                self.assertNoLead(people[49])
            else:
                self.assertEqual(reply.code, 250)
                self.assertIn("recipients=50 refused=1", self.log_line(reply))
                self.assertLead(people[0], unanswered=1)
                self.assertLead(people[49], unanswered=1)
            self.assertLead(jane, unanswered=1, overrun=int(mode in ("observe", "flag")))
            if mode in ("observe", "flag"):
                for contact in people:
                    self.sink.wait_for(contact, Subject=f"To fifty in {mode}")
            else:
                self.assertEqual(len(self.held(jane)), int(mode == "hold"))
                self.assertEqual(self.sink.find(people[0]), [])


class ModesThroughPostfix(Hold, Flag, FinalMail, Switch, DeafGuard, ManyRecipients, EndToEnd):
    """All of them at one Postfix."""

    settings = {"unanswered": 2}


if __name__ == "__main__":
    main()
