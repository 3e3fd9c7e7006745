#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_cli.py - fullstop(1) on a store of its own, without the daemon.
#
# Needs the built programs: FS_BIN (or FS_BUILD) names their directory, build/default else.
"""Calls fullstop as a person or a script would and looks at output, exit and store."""

import datetime
import fcntl
import glob
import hashlib
import hmac
import json
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("FS_BIN") or os.environ.get("FS_BUILD")
                      or os.path.join(ROOT, "build/default"))
FULLSTOP = os.path.join(BIN, "fullstop")

CONFIG = """\
listen            = "inet:1@127.0.0.1"
user              = "{user}"
store             = "sqlite:{dir}/fullstop.db"
our_domains       = {{ "example.com", "@.example.com" }}
{top}
process "sales" {{
    mode    = "enforce"
    senders = {{ "@sales.example.com" }}
    end {{ unanswered = 4 }}
}}
process "partner" {{
    senders = {{ "@partner.example.com" }}
}}
"""

LEAD_KEYS = ["process", "address", "state", "reason", "unanswered", "limit", "overrun", "cycle",
             "until", "next_allowed", "decided_by", "rule", "last_touch", "last_answer",
             "relevant"]
CLASSIFY_KEYS = ["file", "class", "rule", "opt_out", "decline", "return_date", "message_id",
                 "in_reply_to", "references", "original_recipient", "status", "permanent"]
JANE = "jane@customer.example"


def sent(number, to=JANE, sender="anna@sales.example.com"):
    """One of our mails."""
    return (f"From: Anna <{sender}>\r\nTo: {to}\r\nSubject: Offer\r\n"
            f"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <touch-{number}@example.com>\r\n"
            "\r\nGood morning\r\n").encode()


def answer(number, to_touch, sender=JANE):
    """A human answer to one of them."""
    return (f"From: Jane <{sender}>\r\nTo: anna@sales.example.com\r\nSubject: Re: Offer\r\n"
            f"Date: Tue, 24 Nov 2026 11:00:00 +0000\r\nMessage-ID: <answer-{number}@customer>\r\n"
            f"In-Reply-To: <touch-{to_touch}@example.com>\r\n"
            "\r\nThank you, let us talk on Monday.\r\n").encode()


class Case(unittest.TestCase):
    """A directory with configuration; fullstop is called on it."""

    user = "root"
    top = ""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="fullstop-cli-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.config = f"{self.dir}/fullstop.conf"
        self.db = f"{self.dir}/fullstop.db"
        self.write_config()

    def write_config(self, text=None):
        """The configuration, or text in its place."""
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text or CONFIG.format(dir=self.dir, user=self.user, top=self.top))

    def call(self, *words, data=b"", env=None, **options):
        """fullstop with words; bytes in, the finished process out."""
        done = subprocess.run([FULLSTOP, *words], input=data, env={**os.environ, "TZ": "Europe/Berlin", **(env or {})},
                              stdout=options.pop("stdout", subprocess.PIPE),
                              stderr=subprocess.PIPE, timeout=120, check=False, **options)
        done.text = (done.stdout or b"").decode()
        done.complaint = done.stderr.decode()
        return done

    def does(self, *words, code=0, **options):
        """fullstop on our configuration, which must exit with code."""
        done = self.call("-c", self.config, *words, **options)
        self.assertEqual(done.returncode, code, f"{words}: {done.text}{done.complaint}")
        if code == 0:
            self.assertEqual(done.complaint, "")
        else:
            self.assertRegex(done.complaint, r"^fullstop: ")
        return done

    def json(self, *words, **options):
        """What fullstop --json says."""
        return json.loads(self.does("--json", *words, **options).text)

    def touch(self, *numbers, **options):
        """Our mails with these numbers went out; the last one's outcome."""
        for number in numbers:
            said = self.json("ingest", "--sent", data=sent(number, **options))
        return said

    def lead(self, address=JANE):
        """The one lead of address."""
        leads = self.json("why", address)
        self.assertEqual(len(leads), 1)
        return leads[0]


class Call(Case):
    """Commands, options, help."""

    def test_version_and_help_are_done(self):
        self.assertRegex(self.call("--version").text, r"^fullstop \d+\.\d+\.\d+\n$")
        self.assertIn("audit verify", self.call("--help").text)
        for command in ("status", "leads", "why", "history", "pause", "end", "resume", "answered",
                        "classify", "ingest", "check", "reload", "off", "on", "audit verify",
                        "audit export"):
            done = self.call(*command.split(), "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn(f"usage: fullstop [-c FILE] [--json] {command}", done.text)
            self.assertIn(command, self.call("--help").text)
            self.assertEqual(self.call("help", *command.split()).text, done.text)

    def test_lines_of_help_fit_a_terminal(self):
        for words in (["--help"], ["end", "--help"], ["pause", "--help"], ["resume", "--help"],
                      ["audit", "verify", "--help"], ["ingest", "--help"]):
            for line in self.call(*words).text.splitlines():
                self.assertLessEqual(len(line), 92, line)

    def test_a_wrong_call_is_told_with_the_mend(self):
        for words, sentence in (
                ([], "--help lists them"),
                (["stauts"], 'did you mean "status"?'),
                (["frobnicate"], 'there is no command "frobnicate"'),
                (["audit"], '"audit verify" or "audit export"'),
                (["audit", "verfy"], '"audit verify" or "audit export"'),
                (["--jsno", "status"], "did you mean --json?"),
                (["leads", "--stat", "x"], "did you mean --state?"),
                (["why"], "usage is fullstop why ADDRESS"),
                (["why", "a@b.example", "c"], '"c" is too much'),
                (["pause", JANE, "--reason", "other"], "--until"),
                (["pause", JANE, "--until", "14d"], "--reason"),
                (["end", JANE], "no_urgency"),
                (["resume", JANE], "--reason"),
                (["answered", JANE], "phone, meeting or other"),
                (["leads", "--limit", "0"], "--limit"),
                (["leads", "--state", "opne"], "active, replied, paused, ended"),
                (["leads", "--reason", "tired"], "no_reply"),
                (["audit", "verify", "--checkpoint", "x:1"], "LOG:SEQ:HASH")):
            done = self.call("-c", self.config, *words)
            self.assertEqual(done.returncode, 2, words)
            self.assertRegex(done.complaint, r"^fullstop: ")
            self.assertIn(sentence, done.complaint)
            self.assertEqual(done.text, "")

    def test_options_may_stand_before_and_after_the_command(self):
        self.touch(1)
        for words in (["-c", self.config, "--json", "leads"], ["leads", "--json", "-c", self.config],
                      ["--json", "leads", f"--config={self.config}"]):
            self.assertEqual(len(json.loads(self.call(*words).text)), 1)

    def test_help_names_every_reason_that_is_taken(self):
        for command, words in (("end", ["--reason", "x"]),
                               ("pause", ["--reason", "x", "--until", "1d"])):
            reasons = self.call(command, JANE, *words).complaint.split("one of ")[1].split(" (")[0]
            text = self.call(command, "--help").text
            for reason in reasons.split(", "):
                self.assertIn(reason, text)

    def test_output_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "wb") as full:
            done = self.call("--help", stdout=full)
        self.assertEqual(done.returncode, 1)
        self.assertIn("fullstop: cannot write output: No space left", done.complaint)

    def test_a_closed_standard_output_does_not_hit_the_store(self):
        self.touch(1)
        subprocess.run(f"'{FULLSTOP}' -c '{self.config}' leads >&-", shell=True, check=False,
                       timeout=60)
        self.assertEqual(len(self.json("leads")), 1)
        self.does("audit", "verify")


class Configuration(Case):
    """check, and what a missing or broken file does."""

    def test_check_shows_the_processes(self):
        done = self.does("check")
        self.assertIn("is in order", done.text)
        self.assertIn("partner", done.text)
        said = self.json("check")
        self.assertEqual([p["process"] for p in said["processes"]], ["sales", "partner"])
        self.assertEqual(said["processes"][0]["mode"], "enforce")
        with open(self.config, "rb") as file:
            self.assertEqual(said["sha256"], hashlib.sha256(file.read()).hexdigest())

    def test_a_broken_file_is_told_with_its_line(self):
        self.write_config('our_domains = { "example.com" }\nstoer = "x"\n')
        for command in (["check"], ["status"], ["leads"], ["off"], ["why", JANE], ["reload"]):
            done = self.does(*command, code=2)
            self.assertIn(f"{self.config}:2:", done.complaint)

    def test_a_missing_file_is_told(self):
        done = self.call("-c", f"{self.dir}/none.conf", "status")
        self.assertEqual(done.returncode, 2)
        self.assertIn("none.conf", done.complaint)

    def test_a_missing_store_is_told_with_its_place(self):
        for command in (["status"], ["leads"], ["why", JANE], ["history", JANE],
                        ["end", JANE, "--reason", "won"], ["off"], ["audit", "verify"],
                        ["audit", "export"]):
            done = self.does(*command, code=1)
            self.assertIn(self.db, done.complaint)
            self.assertIn("fullstopd makes it", done.complaint)
        self.assertFalse(os.path.exists(self.db))

    def test_a_file_that_is_no_store_is_told(self):
        with open(self.db, "wb") as file:
            file.write(b"no database at all " * 100)
        self.does("status", code=1)


class Classify(Case):
    """What is seen in messages."""

    def setUp(self):
        super().setUp()
        for name, data in (("b.eml", answer(1, 1)), ("a.eml", sent(1)), ("empty.eml", b"")):
            with open(f"{self.dir}/{name}", "wb") as file:
                file.write(data)

    def classify(self, *names, **options):
        """One object a line."""
        done = self.call("classify", "--json", *names, cwd=self.dir, **options)
        return done, [json.loads(line) for line in done.text.splitlines()]

    def test_objects_come_in_the_order_given_with_stable_keys(self):
        done, objects = self.classify("b.eml", "a.eml", "b.eml", "empty.eml")
        self.assertEqual(done.returncode, 0)
        self.assertEqual([o["file"] for o in objects], ["b.eml", "a.eml", "b.eml", "empty.eml"])
        for one in objects:
            self.assertEqual(list(one)[:len(CLASSIFY_KEYS)], CLASSIFY_KEYS)
        self.assertEqual(objects[0]["class"], "human")
        self.assertEqual(objects[0]["in_reply_to"], "touch-1@example.com")
        self.assertEqual(objects[0]["opt_out"], "no")
        self.assertIs(objects[0]["permanent"], False)
        self.assertIsNone(objects[0]["return_date"])

    def test_standard_input_is_read_without_a_file(self):
        for names in ([], ["-"]):
            _, objects = self.classify(*names, data=answer(1, 1))
            self.assertEqual([o["file"] for o in objects], ["-"])
            self.assertEqual(objects[0]["message_id"], "answer-1@customer")

    def test_an_unreadable_file_does_not_stop_the_rest(self):
        done, objects = self.classify("none.eml", "a.eml", self.dir, "b.eml")
        self.assertEqual(done.returncode, 1)
        self.assertEqual([o["file"] for o in objects], ["a.eml", "b.eml"])
        self.assertIn("cannot read none.eml: No such file", done.complaint)
        self.assertIn(f"cannot read {self.dir}: ", done.complaint)

    def test_a_thousand_files_in_one_call_are_quick(self):
        began = time.monotonic()
        _, objects = self.classify(*(["b.eml"] * 1000))
        self.assertEqual(len(objects), 1000)
        self.assertLess(time.monotonic() - began, 30)

    def test_a_very_long_message_is_read_as_far_as_it_counts(self):
        _, objects = self.classify("-", data=answer(1, 1) + b"x" * 76 * 100000 + b"\r\n")
        self.assertEqual(objects[0]["class"], "human")

    def test_bytes_that_are_no_utf_8_are_still_json(self):
        wrong = answer(1, 1).replace(b"<answer-1@customer>", b"<\xffanswer@customer>")
        done, objects = self.classify("-", data=wrong)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(len(objects), 1)

    def test_nothing_of_a_message_steers_the_terminal(self):
        evil = answer(1, 1).replace(b"<answer-1@customer>", b"<a\x1b[2J\x9b@customer>")
        with open(f"{self.dir}/evil\x1b[2J.eml", "wb") as file:
            file.write(evil)
        done = self.call("classify", f"{self.dir}/evil\x1b[2J.eml", f"{self.dir}/none\x1b[2J")
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_a_reader_that_leaves_does_no_harm(self):
        done = subprocess.run(f"'{FULLSTOP}' classify {'b.eml ' * 3000} | head -1", shell=True,
                              cwd=self.dir, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.count(b"\n"), 1)


class Ingest(Case):
    """Messages by standard input."""

    def test_sent_mail_is_counted_and_never_refused(self):
        self.touch(1, 2, 3, 4)
        lead = self.lead()
        self.assertEqual(list(lead), LEAD_KEYS)
        self.assertEqual((lead["state"], lead["unanswered"], lead["limit"]), ("active", 4, 4))
        self.assertEqual((lead["process"], lead["address"]), ("sales", JANE))
        self.assertIsNone(lead["last_answer"])
        self.assertRegex(lead["last_touch"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        said = self.touch(5)
        self.assertEqual(said["recipients"][0]["verdict"], "over")
        self.assertIs(said["recipients"][0]["would_refuse"], True)
        lead = self.lead()
        self.assertEqual((lead["state"], lead["reason"]), ("ended", "no_reply"))
        self.assertEqual((lead["unanswered"], lead["overrun"]), (4, 1))
        self.assertIs(lead["relevant"], False)
        event = self.json("history", JANE)[-1]
        self.assertEqual(event["disposition"], "would_refuse")

    def test_the_same_message_twice_counts_once(self):
        self.touch(1, 1)
        self.assertEqual(self.lead()["unanswered"], 1)

    def test_all_of_to_and_cc_are_counted(self):
        data = sent(1, to="jane@customer.example, Bob <bob@other.example>").replace(
            b"\r\nSubject", b"\r\nCc: eve@third.example, max@example.com\r\nSubject")
        said = self.json("ingest", "--sent", data=data)
        verdicts = {r["address"]: r["verdict"] for r in said["recipients"]}
        self.assertEqual(verdicts, {"jane@customer.example": "pass", "bob@other.example": "pass",
                                    "eve@third.example": "pass", "max@example.com": "exempt"})
        self.assertEqual(len(self.json("leads")), 3)

    def test_the_process_is_chosen_by_from(self):
        self.assertEqual(self.touch(1, sender="x@partner.example.com")["process"], "partner")
        said = self.touch(2, sender="x@elsewhere.example")
        self.assertIsNone(said["process"])
        self.assertEqual(said["recipients"], [])

    def test_an_answer_starts_the_count_anew(self):
        self.touch(1, 2)
        said = self.json("ingest", data=answer(1, 2))
        self.assertEqual(said["class"], "human")
        self.assertEqual(said["match"], "thread")
        self.assertEqual((said["leads"][0]["from"], said["leads"][0]["to"]), ("active", "replied"))
        lead = self.lead()
        self.assertEqual((lead["state"], lead["unanswered"]), ("replied", 0))
        self.assertIs(lead["relevant"], True)

    def test_mail_of_nobody_is_no_failure(self):
        self.touch(1)
        said = self.json("ingest", data=answer(1, 99, sender="stranger@nowhere.example"))
        self.assertEqual(said["leads"], [])
        done = self.does("ingest", data=answer(2, 99, sender="stranger@nowhere.example"))
        self.assertIn("concerns no lead", done.text)

    def test_no_message_is_told(self):
        self.assertIn("no message", self.does("ingest", code=1).complaint)

    def test_sent_mail_without_recipient_is_told(self):
        data = sent(1).replace(f"To: {JANE}\r\n".encode(), b"")
        self.assertIn("no recipient", self.does("ingest", "--sent", data=data, code=1).complaint)


class Deciding(Case):
    """pause, end, resume, answered."""

    def setUp(self):
        super().setUp()
        self.touch(1)

    def event(self):
        """The newest event of Jane's."""
        return self.json("history", JANE)[-1]

    def test_a_pause_until_a_day_begins_that_day_in_our_timezone(self):
        year = datetime.date.today().year + 1
        self.does("pause", JANE, "--until", f"{year}-12-01", "--reason", "not_now")
        lead = self.lead()
        self.assertEqual((lead["state"], lead["reason"]), ("paused", "not_now"))
        self.assertEqual(lead["until"], f"{year}-11-30T23:00:00Z")
        self.assertEqual(lead["decided_by"], "person")
        self.assertIs(lead["relevant"], True)

    def test_a_pause_takes_a_duration(self):
        said = self.json("pause", JANE, "--until", "14d", "--reason", "other", "--note", "fair")
        self.assertEqual((said["from"], said["to"]), ("active", "paused"))
        until = datetime.datetime.fromisoformat(said["until"].replace("Z", "+00:00"))
        away = until - datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(abs(away.total_seconds() - 14 * 86400), 60)
        self.assertEqual(self.event()["note"].split(" [sudo")[0], "fair")
        self.assertEqual(self.event()["id"], said["event"])

    def test_a_date_that_is_past_is_refused(self):
        for until in ("2020-01-01", "0"):
            done = self.does("pause", JANE, "--until", until, "--reason", "other", code=1)
            self.assertIn("not in the future", done.complaint)
        self.does("pause", JANE, "--until", "soon", "--reason", "other", code=2)
        self.assertEqual(self.lead()["state"], "active")

    def test_who_decided_is_recorded(self):
        me = pwd.getpwuid(os.getuid()).pw_name
        self.does("pause", JANE, "--until", "1d", "--reason", "other")
        self.assertEqual((self.event()["actor"], self.event()["actor_uid"]), (me, os.getuid()))
        self.does("end", JANE, "--reason", "no_urgency", "--actor", "Anna Müller")
        self.assertEqual((self.event()["actor"], self.event()["actor_uid"]),
                         ("Anna Müller", os.getuid()))
        self.does("resume", JANE, "--reason", "x", "--actor", "", code=2)

    @unittest.skipIf(os.getuid() != 0, "only root may say who stands behind it")
    def test_who_called_sudo_is_only_a_note(self):
        self.does("end", JANE, "--reason", "other", env={"SUDO_USER": "anna", "SUDO_UID": "1000"})
        event = self.event()
        self.assertEqual((event["actor"], event["actor_uid"]), ("root", 0))
        self.assertEqual(event["note"], "[sudo: anna, uid 1000]")

    def test_an_end_has_its_reason_and_is_resumed(self):
        done = self.does("end", "Jane+tag@CUSTOMER.example", "--reason", "no_urgency")
        self.assertIn(JANE, done.text)
        self.assertEqual((self.lead()["state"], self.lead()["reason"]), ("ended", "no_urgency"))
        done = self.does("pause", JANE, "--until", "1d", "--reason", "other", code=1)
        self.assertIn("ended", done.complaint)
        self.does("resume", JANE, "--reason", "met at the fair")
        self.assertEqual(self.lead()["cycle"], 2)
        self.assertEqual(self.event()["note"].split(" [sudo")[0], "met at the fair")

    def test_an_objection_is_lifted_only_with_evidence(self):
        self.does("end", JANE, "--reason", "opted_out")
        self.does("resume", JANE, "--reason", "please", code=1)
        self.does("resume", JANE, "--reason", "please", "--evidence", "", code=2)
        self.does("resume", JANE, "--reason", "please", "--evidence", "signed form, 12 May")
        self.assertNotEqual(self.lead()["state"], "ended")

    def test_an_objection_of_nobodys_lead_is_kept(self):
        self.does("end", "x@nobody.example", "--reason", "opted_out")
        done = self.does("why", "x@nobody.example")
        self.assertIn("suppressed", done.text)
        self.assertEqual(self.json("why", "x@nobody.example"), [])
        self.does("end", "y@nobody.example", "--reason", "won", code=1)

    def test_an_answer_by_phone_counts(self):
        self.does("answered", JANE, "--by", "phone", "--note", "wants a date")
        self.assertEqual((self.lead()["state"], self.lead()["unanswered"]), ("replied", 0))
        self.assertEqual(self.event()["note"].split(" [sudo")[0], "phone: wants a date")
        self.does("answered", JANE, "--by", "fax", code=2)

    def test_the_process_is_asked_for_where_several_apply(self):
        self.touch(2, sender="x@partner.example.com")
        self.assertEqual(len(self.json("why", JANE)), 2)
        done = self.does("end", JANE, "--reason", "other", code=1)
        self.assertIn("--process", done.complaint)
        done = self.does("end", JANE, "--reason", "other", "--process", "sale", code=1)
        self.assertIn("it has sales, partner", done.complaint)
        self.does("end", JANE, "--reason", "other", "--process", "partner")
        states = {lead["process"]: lead["state"] for lead in self.json("why", JANE)}
        self.assertEqual(states, {"sales": "active", "partner": "ended"})

    def test_what_is_no_address_or_no_lead_is_told(self):
        for words in (["why"], ["history"], ["end", "--reason", "won"]):
            done = self.does(words[0], "jane", *words[1:], code=2)
            self.assertIn('"jane" is no mail address', done.complaint)
            self.does(words[0], "bob@nowhere.example", *words[1:], code=1)
        for command in ("why", "history"):
            done = self.does("--json", command, "bob@nowhere.example", code=1)
            self.assertEqual(json.loads(done.text), [])

    def test_a_note_has_bounds(self):
        end = ["end", JANE, "--reason", "other", "--note"]
        self.does(*end, "x" * 1001, code=2)
        self.does(*end, b"\xff", code=2)
        self.does(*end, "x" * 1000)


class Looking(Case):
    """leads, why, history, status."""

    def setUp(self):
        super().setUp()
        self.touch(1)
        self.touch(2, to="bob@other.example")
        self.touch(3, to="eve@third.example")
        self.does("pause", "bob@other.example", "--until", "9d", "--reason", "review")
        self.does("end", "eve@third.example", "--reason", "wrong_person",
                  "--note", "left \x1b[31mthe\x07 company")

    def addresses(self, *words):
        """Of the leads that words select."""
        return sorted(lead["address"] for lead in self.json("leads", *words))

    def test_leads_are_selected(self):
        everyone = ["bob@other.example", "eve@third.example", JANE]
        self.assertEqual(self.addresses(), everyone)
        self.assertEqual(self.addresses("--state", "active"), [JANE])
        self.assertEqual(self.addresses("--reason", "review"), ["bob@other.example"])
        self.assertEqual(self.addresses("--reason", "wrong_person"), ["eve@third.example"])
        self.assertEqual(self.addresses("--process", "partner"), [])
        self.assertEqual(len(self.addresses("--limit", "2")), 2)
        self.assertEqual(self.addresses("--process", "sales", "--state", "replied"), [])
        self.does("leads", "--process", "none", code=1)
        for lead in self.json("leads"):
            self.assertEqual(list(lead), LEAD_KEYS)

    def test_tables_fit_the_terminal(self):
        for words in (["history", JANE], ["history", "eve@third.example"], ["status"],
                      ["why", "bob@other.example"]):
            for columns in (80, 100):
                text = self.does(*words, env={"COLUMNS": str(columns)}).text
                for line in text.splitlines():
                    if self.dir not in line:
                        self.assertLessEqual(len(line), columns, line)
        for line in self.does("leads", env={"COLUMNS": "110"}).text.splitlines():
            self.assertLessEqual(len(line), 110)

    def test_a_table_that_goes_to_no_terminal_is_whole(self):
        address = "a-very-long-local-part-of-an-address-" + "x" * 20 + "@customer.example"
        self.touch(9, to=address)
        self.assertIn(address, self.does("leads").text)
        self.assertNotIn(address, self.does("leads", env={"COLUMNS": "80"}).text)

    def test_a_note_does_not_steer_the_terminal(self):
        for words in (["history", "eve@third.example"], ["why", "eve@third.example"]):
            text = self.does(*words).text
            self.assertNotIn("\x1b", text)
            self.assertNotIn("\x07", text)

    def test_why_and_history_speak(self):
        self.assertIn("bob@other.example", self.does("why", "bob@other.example").text)
        self.assertGreaterEqual(len(self.does("history", JANE).text.splitlines()), 2)
        self.assertEqual(len(self.json("history", "bob@other.example")), 2)
        self.assertEqual(len(self.json("history", "bob@other.example", "--limit", "1")), 1)
        self.assertEqual(self.json("history", "bob@other.example", "--limit", "1")[0]["what"],
                         "pause")

    def test_status_keeps_open_and_relevant_apart(self):
        self.json("ingest", data=answer(1, 1))
        status = self.json("status")
        self.assertEqual(status["daemon"], "stopped")
        self.assertIsNone(status["pid"])
        self.assertIs(status["off"], False)
        sales = next(p for p in status["processes"] if p["process"] == "sales")
        self.assertEqual((sales["leads"], sales["open"], sales["relevant"]), (3, 2, 1))
        self.assertEqual((sales["active"], sales["replied"], sales["paused"], sales["ended"]),
                         (0, 1, 1, 1))
        self.assertEqual(sales["end_reasons"]["wrong_person"], 1)
        self.assertEqual(sales["pause_reasons"]["review"], 1)
        text = self.does("status").text
        self.assertIn("not running", text)
        self.assertIn("RELEVANT", text)

    def test_leads_of_a_process_that_was_removed_stay_visible(self):
        with open(self.config, encoding="utf-8") as file:
            text = file.read()
        self.write_config(text.replace('process "sales"', 'process "renamed"'))
        self.assertEqual(len(self.json("leads", "--process", "sales")), 3)
        self.assertIsNone(self.json("leads")[0]["limit"])
        self.does("why", JANE)
        self.does("status")


class Switch(Case):
    """off and on."""

    def test_off_and_on_are_kept_and_audited(self):
        self.touch(1)
        self.assertEqual(self.json("off", "--reason", "all is lost")["changed"], True)
        status = self.json("status")
        self.assertIs(status["off"], True)
        self.assertIsNotNone(status["off_since"])
        self.assertIn("OFF since", self.does("status").text)
        self.assertEqual(self.json("off")["changed"], False)
        self.assertIn("off already", self.does("off").text)
        self.assertEqual(self.json("on")["changed"], True)
        self.assertIn("on already", self.does("on").text)
        self.assertIs(self.json("status")["off"], False)
        kinds = [dict(r["fields"]).get("kind") for r in export(self)[0]]
        self.assertEqual((kinds.count("off"), kinds.count("on")), (1, 1))


def export(case, *words):
    """Records and checkpoints of an audit export."""
    lines = [json.loads(line) for line in case.does("audit", "export", *words).text.splitlines()]
    return ([line for line in lines if "log" in line],
            [line["checkpoint"] for line in lines if "checkpoint" in line])


def chained(previous, record):
    """The hash of a record, from its description in the manual page alone."""
    digest = hashlib.sha256(bytes.fromhex(previous))
    texts = ["fullstop-audit", str(record["version"]), record["log"], str(record["seq"]),
             str(record["at"])]
    for pair in record["fields"]:
        texts += pair
    for text in texts:
        digest.update(len(text.encode()).to_bytes(4, "big") + text.encode())
    return digest.hexdigest()


class Audit(Case):
    """audit verify and audit export."""

    def setUp(self):
        super().setUp()
        self.touch(1, 2)
        self.does("end", JANE, "--reason", "won", "--note", "signed at last", "--actor", "Anna")

    def save(self, lines):
        """Lines as an export file."""
        path = f"{self.dir}/export.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))
        return path

    def exported(self, *words):
        """All lines, parsed."""
        text = self.does("audit", "export", *words).text
        return [json.loads(line) for line in text.splitlines()]

    def test_an_untouched_log_holds(self):
        done = self.does("audit", "verify")
        self.assertIn("holds", done.text)
        said = self.json("audit", "verify")
        self.assertIs(said["ok"], True)
        self.assertGreaterEqual(said["records"], 3)
        self.assertEqual(len(said["checkpoints"]), 1)
        self.assertIn(said["checkpoints"][0], done.text)
        self.does("audit", "verify", "--checkpoint", said["checkpoints"][0])

    def test_the_export_is_verified_by_its_description_alone(self):
        records, checkpoints = export(self)
        previous = "0" * 64
        for number, record in enumerate(records, 1):
            self.assertEqual(record["seq"], number)
            self.assertEqual(record["previous"], previous)
            previous = chained(previous, record)
            self.assertEqual(record["hash"], previous)
        self.assertEqual(checkpoints, [f"{records[-1]['log']}:{len(records)}:{previous}"])

    def test_the_export_holds_nothing_personal_unless_asked(self):
        text = self.does("audit", "export").text
        for personal in (JANE, "signed at last", "Anna", "touch-1@example.com"):
            self.assertNotIn(personal, text)
        text = self.does("audit", "export", "--with-personal").text
        for personal in (JANE, "signed at last", "Anna", "touch-1@example.com"):
            self.assertIn(personal, text)

    def test_personal_values_are_what_the_records_commit_to(self):
        claims = 0
        for record in export(self, "--with-personal")[0]:
            fields = dict(record["fields"])
            for claim in record["personal"]:
                claims += 1
                digest = hmac.new(bytes.fromhex(claim["salt"]),
                                  claim["field"].encode() + b"\0" + claim["value"].encode(),
                                  hashlib.sha256)
                self.assertEqual(fields[claim["field"]], digest.hexdigest())
        self.assertGreater(claims, 3)

    def test_an_export_verifies_without_the_store(self):
        for words in ([], ["--with-personal"]):
            path = self.save(self.exported(*words))
            done = self.call("-c", "/nonexistent", "audit", "verify", "--file", path)
            self.assertEqual((done.returncode, done.complaint), (0, ""))
            with open(path, "rb") as file:
                done = self.call("--json", "audit", "verify", "--file", "-", data=file.read())
            self.assertEqual(json.loads(done.text)["checkpoints"], export(self)[1])

    def test_a_tampered_export_is_found(self):
        def change(lines):
            lines[1]["fields"][0][1] += "x"

        def swap(lines):
            lines[0], lines[1] = lines[1], lines[0]

        def lie(lines):
            claim = next(c for c in lines[-2]["personal"] if c["field"] == "note")
            claim["value"] = "never signed"

        def renumber(lines):
            lines[1]["at"] += 1

        for tamper in (change, swap, lie, renumber, lambda lines: lines.pop(1),
                       lambda lines: lines.pop(0), lambda lines: lines.pop(-2),
                       lambda lines: lines.pop(), lambda lines: lines.insert(1, lines[1]),
                       lambda lines: lines.append(lines[0]), lambda lines: lines.append(7)):
            lines = self.exported("--with-personal")
            tamper(lines)
            done = self.does("audit", "verify", "--file", self.save(lines), code=1)
            self.assertEqual(done.text, "")
        done = self.does("audit", "verify", "--file", f"{self.dir}/none", code=1)
        self.assertIn("cannot read", done.complaint)

    def test_a_line_that_is_too_long_is_refused(self):
        path = f"{self.dir}/long"
        with open(path, "wb") as file:
            file.write(b"{" + b" " * (1024 * 1024) + b"}\n")
        self.assertIn("longer than", self.does("audit", "verify", "--file", path, code=1).complaint)

    def test_a_chain_that_was_cut_shows_against_a_checkpoint(self):
        checkpoint = self.json("audit", "verify")["checkpoints"][0]
        log, seq, digest = checkpoint.rsplit(":", 2)
        for wrong in (f"{log}:{int(seq) + 1}:{digest}", f"{log}:{seq}:{'0' * 64}",
                      f"other:{seq}:{digest}"):
            self.does("audit", "verify", "--checkpoint", checkpoint, "--checkpoint", wrong, code=1)
            said = json.loads(self.does("--json", "audit", "verify", "--checkpoint", wrong,
                                        code=1).text)
            self.assertIs(said["ok"], False)
            self.assertTrue(said["error"])

    def test_a_store_that_was_altered_is_found(self):
        def tables(db):
            return [row[0] for row in
                    db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]

        with sqlite3.connect(self.db) as db:
            name = next(t for t in tables(db)
                        if {"seq", "hash"} <= {c[1] for c in db.execute(f"PRAGMA table_info({t})")})
            db.execute("PRAGMA foreign_keys = OFF")
            for trigger in [r[0] for r in db.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
                db.execute(f"DROP TRIGGER {trigger}")
            db.execute(f"DELETE FROM {name} WHERE seq = 2")
        self.does("audit", "verify", code=1)


class Daemon(Case):
    """What is told about a daemon, by its pid file. A stand-in holds the lock."""

    def setUp(self):
        super().setUp()
        self.touch(1)
        self.pid_file = f"{self.dir}/fullstopd.pid"

    def stand_in(self, text=None):
        """A process that holds the lock and notes SIGUSR1."""
        code = ("import fcntl, os, signal, sys, time\n"
                "file = open(sys.argv[1], 'w')\n"
                "signal.signal(signal.SIGUSR1, lambda *_: open(sys.argv[1] + '.seen', 'w'))\n"
                "file.write(sys.argv[2] or f'{os.getpid()}\\n')\n"
                "file.flush()\n"
                "fcntl.flock(file, fcntl.LOCK_EX)\n"
                "print('ready', flush=True)\n"
                "time.sleep(60)\n")
        process = subprocess.Popen([sys.executable, "-c", code, self.pid_file, text or ""],
                                   stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        return process

    def test_a_held_lock_means_running(self):
        process = self.stand_in()
        status = self.json("status")
        self.assertEqual((status["daemon"], status["pid"]), ("running", process.pid))
        self.assertIn(f"running, pid {process.pid}", self.does("status").text)

    def test_a_pid_file_without_lock_means_stopped(self):
        with open(self.pid_file, "w", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        seen = []
        old = signal.signal(signal.SIGUSR1, lambda *_: seen.append(1))
        self.addCleanup(signal.signal, signal.SIGUSR1, old)
        self.assertEqual(self.json("status")["daemon"], "stopped")
        done = self.does("reload", code=1)
        self.assertIn("not running", done.complaint)
        self.assertEqual(seen, [])

    def test_looking_at_the_lock_leaves_it_free(self):
        with open(self.pid_file, "w", encoding="utf-8") as file:
            self.does("status")
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def test_reload_says_when_the_daemon_does_not_take_it(self):
        self.stand_in()
        done = self.does("reload", code=1)
        self.assertIn("keeps the old", done.complaint)
        self.assertTrue(os.path.exists(self.pid_file + ".seen"))

    def test_reload_with_a_broken_file_does_not_signal(self):
        self.stand_in()
        self.write_config("process {\n")
        self.does("reload", code=2)
        self.assertFalse(os.path.exists(self.pid_file + ".seen"))

    def test_reload_does_not_signal_a_pid_that_is_none(self):
        for text in ("0", "-1", "1", "x", "99999999999999999999"):
            process = self.stand_in(text)
            self.does("reload", code=1)
            process.kill()
            process.wait()


@unittest.skipIf(os.getuid() != 0, "only root changes its user")
class OtherUser(Case):
    """Called by root the store is used as the configured user."""

    user = "nobody"

    def setUp(self):
        super().setUp()
        entry = pwd.getpwnam("nobody")
        os.chown(self.dir, entry.pw_uid, entry.pw_gid)
        os.chmod(self.dir, 0o755)
        self.uid = entry.pw_uid

    def test_files_belong_to_the_configured_user(self):
        self.touch(1)
        self.does("end", JANE, "--reason", "won")
        files = glob.glob(f"{self.db}*")
        self.assertTrue(files)
        for path in files:
            self.assertEqual(os.stat(path).st_uid, self.uid, path)

    def test_the_real_caller_is_recorded(self):
        self.touch(1)
        self.does("end", JANE, "--reason", "won")
        event = self.json("history", JANE)[-1]
        self.assertEqual((event["actor"], event["actor_uid"]), ("root", 0))

    def test_another_user_is_told_how_to_be_let_in(self):
        self.touch(1)
        os.chmod(self.dir, 0o700)
        self.write_config(CONFIG.format(dir=self.dir, user="nobody", top=""))
        outside = tempfile.mkdtemp(prefix="fullstop-cli-")
        self.addCleanup(shutil.rmtree, outside, ignore_errors=True)
        os.chmod(outside, 0o755)
        copy = shutil.copy(self.config, outside)
        os.chmod(copy, 0o644)
        program = shutil.copy(FULLSTOP, outside)
        daemon = pwd.getpwnam("daemon")
        done = subprocess.run([program, "-c", copy, "leads"], capture_output=True, text=True,
                              user=daemon.pw_uid, group=daemon.pw_gid, extra_groups=[],
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("run fullstop as root or as user nobody", done.stderr)


if __name__ == "__main__":
    unittest.main()
