#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_rules.py - the settings of a process through a real Postfix; what time decides is
# shown with a clock of its own in tests/test_engine_rules.c.
"""Limits, kinds, exemptions, the final mail, senders from a file, people beside the daemon."""

import re
import subprocess
import threading
import time
import unittest

from daemon import build_dir, run
from harness import ANNA, EndToEnd, main

PARTNER = "pia@partner.example.com"

TOP = """
contact_limit = "4 per 90d"
process "partner" {{
    mode    = "enforce"
    senders = {{ "@partner.example.com", "file:{senders}" }}
    lead    = "sender"
    kinds   = {{ "first", "follow_up" }}
    continue {{ min_gap = "1h" }}
    exempt {{
        recipients = {{ "press@prospect.test" }}
        senders    = {{ "support@partner.example.com" }}
        logins     = {{ "crm" }}
        headers    = {{ "X-Ticket: yes" }}
    }}
}}
"""


class Rules(EndToEnd):
    settings = {"unanswered": 3}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.senders = f"{cls.postfix.dir}/senders"
        cls.list_senders("rita@example.com")
        cls.daemon.reload(top=TOP.format(senders=cls.senders))

    @classmethod
    def list_senders(cls, *senders):
        with open(cls.senders, "w", encoding="ascii") as file:
            file.write("# of the process partner\n" + "".join(f"{s}\n" for s in senders))

    def subject(self, contact, count=1):
        """Of the newest mail that reached the contact."""
        mail = self.sink.wait_for(contact, count)[-1]
        found = re.search(rb"(?im)^Subject:[ \t]*(.*(?:\r?\n[ \t].*)*)", mail.data)
        return found.group(1).decode().rstrip("\r") if found else None

    # ---- the final mail ----

    def test_final_mail_passes_once_and_its_mark_stays_in_the_house(self):
        jane = self.contact()
        self.fill(jane)
        self.refused(jane, subject="Our offer")
        reply = self.send_ok(jane, subject="[final] Our offer")
        self.assertIn("verdict=final", self.log_line(reply))
        self.assertEqual(self.subject(jane, 4), "Our offer")
        self.refused(jane, subject="[final] Our offer")
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=3, overrun=0)

    def test_final_mark_in_the_header_stays_in_the_house(self):
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, extra=["X-Fullstop-Final: yes"])
        self.assertNotIn(b"X-Fullstop", self.sink.wait_for(jane, 4)[-1].data)

    def test_mark_in_an_encoded_subject_stays_in_the_house(self):
        jane = self.contact()
        self.send_ok(jane, subject="=?utf-8?q?=5Bschluss=5D_Gr=C3=BC=C3=9Fe?=")
        self.assertEqual(self.subject(jane), "=?UTF-8?b?R3LDvMOfZQ==?=")

    def test_mark_stays_in_the_house_also_when_the_mail_only_counts(self):
        jane = self.contact()
        self.send_ok(jane, subject="[Final] Hello")
        self.assertEqual(self.subject(jane), "Hello")
        self.assertLead(jane, unanswered=1)

    def test_marks_of_others_are_left_alone(self):
        self.hear("max@prospect77.test", subject="[final] call for papers")
        self.assertEqual(self.subject(ANNA), "[final] call for papers")

    # ---- limits ----

    def test_contact_limit_counts_over_all_processes_and_names_the_day(self):
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, sender=PARTNER)
        reply = self.refused(jane, sender="paul@partner.example.com")
        self.assertIn(jane, reply.lines[0])
        lead = [lead for lead in self.daemon.ask("why", jane) if lead["process"] == "partner"][0]
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 90 * 86400))
        self.assertEqual(lead["next_allowed"][:10], day)
        self.assertIn("Contact limit: 4 of 4 messages within 90d, over all processes; used up",
                      self.daemon.cli("why", jane).stdout)
        self.assertEqual(self.daemon.touches(jane)[-1], ("limit", "refused"))

    def test_min_gap_is_early(self):
        jane = self.contact()
        self.send_ok(jane, sender=PARTNER)
        reply = self.refused(jane, sender=PARTNER)
        self.assertRegex(reply.lines[0], r"20\d\d-\d\d-\d\d \d\d:\d\d")
        self.assertLead(jane, unanswered=1, state="active")

    def test_kinds_that_are_not_listed_are_refused(self):
        jane = self.contact()
        self.refused(jane, sender=PARTNER, extra=["List-Unsubscribe: <mailto:x@example.com>"])
        calendar = ["MIME-Version: 1.0", "Content-Type: text/calendar; method=REQUEST"]
        self.refused(jane, sender=PARTNER, extra=calendar,
                     body="BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n")
        self.assertNoLead(jane)
        self.send_ok(jane, sender=PARTNER)

    def test_a_lead_per_sender(self):
        jane = self.contact()
        self.send_ok(jane, sender=PARTNER)
        self.send_ok(jane, sender="paul@partner.example.com")
        self.assertEqual([lead["unanswered"] for lead in self.daemon.ask("why", jane)], [1, 1])

    # ---- exempt mail ----

    def exempt(self, word, contact, **parts):
        for _ in range(2):  # within min_gap
            line = self.log_line(self.send_ok(contact, **{"sender": PARTNER, **parts}))
            self.assertIn(f"verdict=exempt disposition=passed exempt={word}", line)
        self.assertNoLead(contact)

    def test_exempt_mail_passes_uncounted_and_the_log_says_by_what(self):
        self.exempt("recipient", "press@prospect.test")
        self.exempt("sender", self.contact(), sender="support@partner.example.com")
        self.exempt("login", self.contact(), login="crm", port=self.postfix.mx)
        self.exempt("header", self.contact(), extra=["x-ticket: YES"])
        self.exempt("auto", self.contact(), extra=["Auto-Submitted: auto-replied"])
        reply = self.send_ok(self.contact(), sender=PARTNER, extra=["X-Ticket: no"])
        self.assertNotIn("exempt=", self.log_line(reply))

    # ---- senders, processes ----

    def test_senders_file_is_read_anew_at_reload(self):
        jane, ben = self.contact(), self.contact()
        self.send_ok(jane, sender="rita@example.com")
        self.assertLead(jane, process="partner")
        self.send_ok(ben, sender="rolf@example.com")
        self.assertNoLead(ben)
        self.list_senders("rolf@example.com")
        self.assertIn("configuration reloaded", self.daemon.reload())
        self.send_ok(ben, sender="rolf@example.com")
        self.assertLead(ben, process="partner")
        self.assertIn("process=none",
                      self.log_line(self.send_ok(jane, sender="rita@example.com")))
        self.list_senders("rita@example.com", "no address at all")
        log = self.daemon.reload()
        self.assertIn("not reloaded", log)
        self.assertIn(f"{self.senders}:3: ", log)
        self.list_senders("rita@example.com")
        self.daemon.reload()

    def test_leads_of_a_removed_process_are_shown_and_can_be_ended(self):
        jane = self.contact()
        self.send_ok(jane, sender=PARTNER)
        self.send_ok(jane)
        self.daemon.reload(top="")
        try:
            self.assertIn("process=none", self.log_line(self.send_ok(jane, sender=PARTNER)))
            self.assertIn("no longer has the lead process", self.daemon.cli("why", jane).stdout)
            status = {p["process"]: p for p in self.daemon.ask("status")["processes"]}
            self.assertIs(status["partner"]["configured"], False)
            self.assertGreaterEqual(status["partner"]["open"], 1)
            self.daemon.ask("end", jane, "--reason", "other", "--process", "partner")
            self.assertEqual(self.daemon.cli("end", jane, "--reason", "other", "--process",
                                             "partnr").returncode, 1)
        finally:
            self.daemon.reload(top=TOP.format(senders=self.senders))

    def test_open_and_relevant_are_told_apart(self):
        jane = self.contact()
        self.send_ok(jane)
        sales = self.daemon.ask("status")["processes"]
        self.assertIn("relevant", sales[0])
        text = self.daemon.cli("leads", "--limit", "1").stdout
        self.assertRegex(text.splitlines()[-1], r"^1 lead: [01] open, [01] relevant$")


class Endless(unittest.TestCase):
    """A process that time alone does not end is refused by check."""

    def check(self, setting):
        text = ('our_domains = { "example.com" }\nprocess "sales" { senders = { "@example.com" }\n'
                f"{setting}\n}}\n")
        path = f"/tmp/fullstop-endless-{time.monotonic_ns()}.conf"
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        self.addCleanup(lambda: subprocess.run(["rm", "-f", path], check=True))
        return run(f"{build_dir()}/fullstop", "-c", path, "check")

    def test_check_names_the_state_and_the_setting(self):
        for setting, name, state in (
                ('end { open_for = "0" }', "end.open_for", "active lead"),
                ('end { idle = "0" }', "end.idle", "conversation"),
                ('pause { review_for = "0" }', "pause.review_for", "review"),
                ('pause { longest = "0" }', "pause.longest", "absence")):
            done = self.check(setting)
            self.assertEqual(done.returncode, 2, setting)
            self.assertIn(f"{name} = ", done.stderr)
            self.assertIn(state, done.stderr)
        self.assertEqual(self.check('end { open_for = "1d" }').returncode, 0)


class Beside(EndToEnd):
    """The command line and the daemon write the same lead at once."""

    settings = {"unanswered": 1000}

    def cli_calls(self, contact, failures):
        """A hundred decisions that follow from each other, whatever mail comes between."""
        for _ in range(25):
            for words in (["pause", contact, "--until", "9d", "--reason", "other"],
                          ["resume", contact, "--reason", "go on"],
                          ["end", contact, "--reason", "other"],
                          ["resume", contact, "--reason", "go on"]):
                done = self.daemon.cli(*words)
                if done.returncode != 0:
                    failures.append(f"{words}: {done.stderr}")

    def test_cli_and_daemon_at_once_lose_nothing(self):
        jane, ben = self.contact(), self.contact()
        self.send_ok([jane, ben])
        failures, codes, done = [], [], threading.Event()
        callers = [threading.Thread(target=self.cli_calls, args=(one, failures))
                   for one in (jane, ben)]

        def send_mail():
            while not done.is_set():
                codes.append(self.send(jane).code)

        sender = threading.Thread(target=send_mail)
        for thread in [*callers, sender]:
            thread.start()
        for thread in callers:
            thread.join(120)
        done.set()
        sender.join(30)
        self.assertEqual(failures, [])
        self.assertLessEqual(set(codes), {250, 550})
        self.assertGreater(len(codes), 5)
        events = self.daemon.history(jane)
        said = [event for event in events if event["kind"] == "said"]
        self.assertEqual(len(said), 100)
        self.assertEqual({event["actor"] for event in said}, {"root"})
        for before, after in zip(events, events[1:]):
            self.assertEqual(after["from"], before["to"], after)
        touches = [event for event in events if event["kind"] == "touch"]
        self.assertEqual(len(touches), 1 + len(codes))
        self.assertEqual(len(self.sink.wait_for(jane, 1 + codes.count(250))),
                         1 + codes.count(250))
        verified = self.daemon.cli("audit", "verify")
        self.assertEqual(verified.returncode, 0, verified.stderr)


if __name__ == "__main__":
    main()
