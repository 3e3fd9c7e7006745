# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_import.py - what a CRM says, by file: import and export-leads, alone and beside a
# running fullstopd.
"""A CRM's files against real stores."""

import csv
import hashlib
import io
import json
import os
import pwd
import subprocess
import threading
import time
import unittest

from cli import FULLSTOP, JANE, Case
from harness import ANNA, EndToEnd, Session, message

BOB = "bob@customer.example"
EVE = "eve@other.example"
HEADER = "address,process,state,reason,until,note\n"


class Importing(Case):
    """fullstop import, without the daemon."""

    def setUp(self):
        super().setUp()
        self.touch(1)
        self.touch(2, to=BOB)

    def take(self, text, *words, code=0, **options):
        """Imports text from standard input; the object of --json."""
        data = text if isinstance(text, bytes) else text.encode()
        return json.loads(self.does("--json", "import", "-", *words, data=data, code=code,
                                    **options).text)

    def state(self, address):
        lead = self.lead(address)
        return lead["state"], lead["reason"], lead["decided_by"]

    def records(self):
        return self.json("audit", "verify")["records"]

    def assertCounts(self, said, applied, unchanged, bad):
        self.assertEqual((said["applied"], said["unchanged"], said["bad"]),
                         (applied, unchanged, bad), said)

    def test_a_csv_file_is_applied_once(self):
        path = f"{self.dir}/leads.csv"
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEADER + f"{JANE},sales,paused,not_now,2035-12-01,autumn\n"
                       f"{BOB},,ended,not_qualified,,\n{EVE},,ended,opted_out,,by phone\n")
        done = self.does("import", path)
        self.assertEqual(done.text, "3 applied, 0 unchanged, 0 bad\n")
        self.assertEqual(self.state(JANE), ("paused", "not_now", "crm"))
        self.assertEqual(self.lead()["until"], "2035-11-30T23:00:00Z")  # where the caller lives
        self.assertEqual(self.state(BOB), ("ended", "not_qualified", "crm"))
        self.assertIn("suppressed", self.does("why", EVE).text)
        records = self.records()
        self.assertEqual(self.does("import", path).text, "0 applied, 3 unchanged, 0 bad\n")
        self.assertEqual(self.records(), records)

    def test_json_lines_are_applied(self):
        said = self.take(json.dumps({"address": "Jane+x@Customer.Example", "state": "replied",
                                     "note": "by phone", "owner": "anna"}) + "\n")
        self.assertCounts(said, 1, 0, 0)
        self.assertEqual(said["ignored"], ["owner"])
        self.assertEqual(self.state(JANE), ("replied", None, "crm"))
        event = self.json("history", JANE)[-1]
        self.assertEqual((event["what"], event["note"]), ("answered", "by phone"))

    def test_semicolons_a_byte_order_mark_and_crlf(self):
        said = self.take("\ufeffState;Address;Reason;Phone\r\n"
                         f"ended;{JANE};won;\"1;2\"\r\nended;{BOB};won;\r\n")
        self.assertCounts(said, 2, 0, 0)
        self.assertEqual(said["ignored"], ["Phone"])

    def test_the_actor_and_the_uid_are_recorded(self):
        me = os.getuid()
        self.take(HEADER + f"{JANE},,ended,won,,\n")
        event = self.json("history", JANE)[-1]
        self.assertEqual((event["kind"], event["decided_by"]), ("said", "crm"))
        self.assertEqual((event["actor"], event["actor_uid"]), (pwd.getpwuid(me).pw_name, me))
        self.take(HEADER + f"{BOB},,ended,won,,\n", "--actor", "nightly")
        event = self.json("history", BOB)[-1]
        self.assertEqual((event["actor"], event["actor_uid"]), ("nightly", me))
        self.does("audit", "verify")
        self.assertIn("the CRM ended the lead", self.does("why", BOB).text)
        self.assertIn("by the CRM; imported by nightly", self.does("why", BOB).text)
        self.assertIn("the CRM (nightly) said: end", self.does("history", BOB).text)

    def test_one_bad_line_keeps_all_from_being_applied(self):
        records = self.records()
        text = HEADER + f"{JANE},,ended,won,,\nnobody@customer.example,,ended,won,,\nx,,ended,won,,\n"
        said = self.take(text, code=1)
        self.assertCounts(said, 0, 0, 2)
        self.assertEqual(said["pending"], 1)
        self.assertEqual([(b["line"], b["field"]) for b in said["bad_lines"]],
                         [(3, "address"), (4, "address")])
        self.assertEqual(self.records(), records)
        done = self.does("import", "-", data=text.encode(), code=1)
        self.assertIn('standard input, line 3, address "nobody@customer.example": this is nobody',
                      done.complaint)
        self.assertIn("nothing was applied", done.complaint)
        said = self.take(text, "--partial", code=1)
        self.assertCounts(said, 1, 0, 2)
        self.assertEqual(self.state(JANE)[0], "ended")

    def test_a_dry_run_writes_nothing(self):
        records = self.records()
        text = HEADER + f"{JANE},,ended,won,,\n"
        said = self.take(text, "--dry-run")
        self.assertCounts(said, 0, 0, 0)
        self.assertEqual((said["pending"], said["dry_run"]), (1, True))
        self.assertEqual(self.records(), records)
        self.assertEqual(self.state(JANE)[0], "active")
        self.assertIn("1 would be applied", self.does("import", "-", "--dry-run",
                                                      data=text.encode()).text)

    def test_what_is_impossible_is_a_bad_line_with_its_mend(self):
        self.does("end", JANE, "--reason", "opted_out")
        for line, field, words in (
                (f"{JANE},,active,,,fair", "state", "--evidence"),
                (f"{JANE},,ended,won,,", "reason", "stronger"),
                (f"{BOB},,paused,not_now,2020-01-01,", "until", "later date"),
                (f"{BOB},sails,ended,won,,", "process", "no such process")):
            with self.subTest(line=line):
                bad = self.take(HEADER + line + "\n", code=1)["bad_lines"]
                self.assertEqual([(b["line"], b["field"]) for b in bad], [(2, field)])
                self.assertIn(words, bad[0]["text"])

    def test_to_resume_a_note_says_why(self):
        self.does("end", JANE, "--reason", "no_urgency")
        bad = self.take(HEADER + f"{JANE},,active,,,\n", code=1)["bad_lines"]
        self.assertEqual(bad[0]["field"], "note")
        self.assertCounts(self.take(HEADER + f"{JANE},,active,,,budget in May\n"), 1, 0, 0)
        self.assertEqual(self.state(JANE), ("active", None, "crm"))
        self.assertEqual(self.lead()["cycle"], 2)

    @unittest.skipIf(os.getuid() != 0, "only root may say who stands behind it")
    def test_who_called_sudo_is_a_note_and_no_reason(self):
        sudo = {"SUDO_USER": "anna", "SUDO_UID": "1000"}
        self.take(HEADER + f"{JANE},,ended,no_urgency,,\n", env=sudo)
        self.assertEqual(self.json("history", JANE)[-1]["note"], "[sudo: anna, uid 1000]")
        bad = self.take(HEADER + f"{JANE},,active,,,\n", env=sudo, code=1)["bad_lines"]
        self.assertEqual(bad[0]["field"], "note")

    def test_an_import_that_was_killed_is_repeated(self):
        text = (HEADER + "".join(f"n{i}@list.example,,ended,opted_out,,\n"
                                 for i in range(6000))).encode()
        path = f"{self.dir}/list.csv"
        with open(path, "wb") as file:
            file.write(text)
        before = self.records()
        killed = subprocess.Popen([FULLSTOP, "-c", self.config, "import", path],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while self.records() == before:
            self.assertIsNone(killed.poll())
        killed.kill()
        killed.communicate()
        done = self.json("import", path)
        self.assertGreater(done["applied"], 0)
        self.assertGreater(done["unchanged"], 0)
        self.assertEqual(done["applied"] + done["unchanged"], 6000)
        self.assertEqual(self.records(), before + 6000)
        self.does("audit", "verify")

    def test_two_lines_for_one_lead_are_told(self):
        said = self.take(HEADER + f"{JANE},,ended,won,,\nJANE@customer.example,sales,replied,,,\n",
                         code=1)
        self.assertEqual([b["line"] for b in said["bad_lines"]], [3])
        self.assertIn("same lead", said["bad_lines"][0]["text"])

    def test_german_is_spoken(self):
        de = {"LC_ALL": "de_DE.UTF-8"}
        done = self.does("import", "-", data=(HEADER + "x,,ended,won,,\n").encode(), env=de, code=1)
        self.assertIn("Standardeingabe, Zeile 2, address \"x\": ", done.complaint)
        self.assertIn("keine E-Mail-Adresse", done.complaint)
        done = self.does("import", "-", data=(HEADER + f"{JANE},,ended,won,,\n").encode(), env=de)
        self.assertEqual(done.text, "1 übernommen, 0 unverändert, 0 fehlerhaft\n")

    def test_files_that_cannot_be_read_are_told(self):
        self.assertIn("UTF-16", self.does("import", "-", data="a,b".encode("utf-16"),
                                          code=1).complaint)
        self.assertIn("no column address", self.does("import", "-", data=b"", code=1).complaint)
        self.assertIn("object per line", self.does("import", "-", data=b"[]", code=1).complaint)
        self.assertIn("cannot read", self.does("import", f"{self.dir}/none", code=1).complaint)
        self.assertIn("no format", self.does("import", "-", "--format", "xml", code=2).complaint)
        self.does("import", code=2)

    def test_the_format_can_be_said(self):
        data = b'{"address":"jane@customer.example","state":"replied"}\n'
        self.assertIn("header cannot be read",
                      self.does("import", "-", "--format", "csv", data=data, code=1).complaint)
        self.does("import", "-", "--format", "jsonl", data=data)

    def test_a_list_of_objections_comes_before_the_first_mail(self):
        os.rename(self.db, self.db + ".old")
        text = HEADER + f"{JANE},,ended,opted_out,,\n"
        self.does("import", "-", "--dry-run", data=text.encode(), code=1)
        self.assertFalse(os.path.exists(self.db))
        self.assertCounts(self.take(text), 1, 0, 0)
        self.assertEqual(self.touch(9)["recipients"][0]["verdict"], "suppressed")


class RoundTrip(Case):
    """What is exported changes nothing when it is imported."""

    top = ""

    def setUp(self):
        super().setUp()
        with open(self.config, encoding="utf-8") as file:
            text = file.read()
        self.write_config(text.replace('process "partner" {',
                                       'process "partner" {\n    lead = "sender"'))

    def fill(self):
        """A lead in every state."""
        for name in ("a", "b", "c", "d", "e", "f", "g"):
            self.touch(name, to=f"{name}@customer.example")
        for who in ("ann", "ben"):
            self.touch(f"p{who}", to="a@customer.example", sender=f"{who}@partner.example.com")
        self.does("answered", "b@customer.example", "--by", "phone")
        self.does("pause", "c@customer.example", "--until", "2035-06-01", "--reason", "not_now")
        self.does("end", "d@customer.example", "--reason", "won")
        self.does("end", "e@customer.example", "--reason", "no_urgency")
        self.does("end", "f@customer.example", "--reason", "opted_out")
        self.does("end", "g@customer.example", "--reason", "complained")

    def digest(self):
        """Of the store's file and its log: nothing at all was written."""
        parts = []
        for path in (self.db, self.db + "-wal"):
            if os.path.exists(path):
                with open(path, "rb") as file:
                    parts.append(file.read())
        return hashlib.sha256(b"".join(parts)).hexdigest()

    def test_a_round_trip_writes_nothing(self):
        self.fill()
        for form in ("csv", "jsonl"):
            with self.subTest(format=form):
                text = self.does("export-leads", "--format", form).stdout
                self.assertEqual(self.does("import", "-", data=text).text,
                                 "0 applied, 9 unchanged, 0 bad\n")
                before = self.digest()
                self.does("import", "-", data=text)
                self.assertEqual(self.digest(), before)

    def test_both_formats_say_the_same(self):
        self.fill()
        rows = list(csv.DictReader(io.StringIO(self.does("export-leads").text)))
        objects = [json.loads(line) for line in self.does("--json", "export-leads").text.splitlines()]
        self.assertEqual([{k: v or None for k, v in row.items()} for row in rows], objects)
        self.assertEqual(list(rows[0]), ["address", "process", "sender", "state", "reason", "until",
                                         "note", "changed"])
        states = {(o["address"][0], o["sender"]): (o["state"], o["reason"]) for o in objects}
        self.assertEqual(states, {
            ("a", None): ("active", None), ("a", "ann@partner.example.com"): ("active", None),
            ("a", "ben@partner.example.com"): ("active", None), ("b", None): ("replied", None),
            ("c", None): ("paused", "not_now"), ("d", None): ("ended", "won"),
            ("e", None): ("ended", "no_urgency"), ("f", None): ("ended", "opted_out"),
            ("g", None): ("ended", "complained")})

    def test_one_process_alone_can_be_exported(self):
        self.fill()
        text = self.does("export-leads", "--process", "partner").text
        self.assertEqual(len(text.splitlines()), 3)
        self.assertIn("no process", self.does("export-leads", "--process", "x", code=1).complaint)
        self.assertIn("no format", self.does("export-leads", "--format", "x", code=2).complaint)

    def test_a_line_for_one_sender_is_of_that_lead_alone(self):
        self.fill()
        self.does("import", "-", data=(
            "address,process,sender,state,reason\n"
            "a@customer.example,partner,ben@partner.example.com,ended,won\n").encode())
        rows = csv.DictReader(io.StringIO(self.does("export-leads", "--process", "partner").text))
        self.assertEqual({row["sender"]: row["state"] for row in rows},
                         {"ann@partner.example.com": "active", "ben@partner.example.com": "ended"})

    def test_an_old_export_does_not_undo_what_happened_since(self):
        self.touch(1)
        old = self.does("export-leads").stdout
        time.sleep(1.1)
        self.does("answered", JANE, "--by", "phone")
        rows = list(csv.reader(io.StringIO(old.decode())))
        rows[1][3:5] = ["ended", "no_reply"]
        text = "\n".join(",".join(row) for row in rows)
        done = self.does("--json", "import", "-", data=text.encode(), code=1)
        self.assertEqual(json.loads(done.text)["bad_lines"][0]["field"], "changed")
        self.assertEqual(self.lead()["state"], "replied")


class BesideDaemon(EndToEnd):
    """The CRM's word counts for the next mail."""

    def take(self, text, *words):
        done = self.daemon.cli("--json", "import", "-", *words, data=text)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_what_the_crm_ended_is_refused(self):
        contact = self.contact()
        self.fill(contact, 1)
        self.take(HEADER + f"{contact},sales,ended,not_qualified,,no budget\n")
        self.assertLead(contact, state="ended", reason="not_qualified", decided_by="crm")
        self.assertIn("requirements not met", self.refused(contact).text)
        self.take(HEADER + f"{contact},sales,active,,,they found one\n")
        self.send_ok(contact)

    def test_an_objection_in_the_crm_stops_the_first_mail(self):
        contact = self.contact()
        self.take(HEADER + f"{contact},,ended,opted_out,,\n")
        self.refused(contact)
        self.assertNoLead(contact)

    def test_mail_does_not_wait_for_a_long_list(self):
        text = HEADER + "".join(f"n{i}@list{i % 100}.example,,ended,opted_out,,\n"
                                for i in range(6000))
        contacts = [self.contact() for _ in range(20)]
        self.send_ok(self.contact())
        said = []
        thread = threading.Thread(target=lambda: said.append(self.take(text)))
        thread.start()
        waits = []
        with Session(self.postfix.submission) as session:
            for contact in contacts:
                began = time.monotonic()
                reply = session.deliver(ANNA, contact, message(ANNA, contact))
                if not thread.is_alive():
                    break
                waits.append(time.monotonic() - began)
                self.assertEqual(reply.code, 250, reply)
        thread.join()
        self.assertGreaterEqual(len(waits), 3, "the list was through before the mail was")
        self.assertEqual(said[0]["applied"], 6000)
        self.assertLess(max(waits), 4, waits)  # a waiter gives up after 5 s
        if os.environ.get("FS_VERBOSE"):
            print(f"mail beside an import: median {sorted(waits)[len(waits) // 2]:.3f} s, most {max(waits):.3f} s")


if __name__ == "__main__":
    unittest.main()
