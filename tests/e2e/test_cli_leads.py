#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_cli_leads.py - leads by command: ingest, decide, look; no daemon.
"""Messages by hand, people's decisions, and what is shown of them."""

import datetime
import json
import os
import pwd
import unittest

from cli import JANE, LEAD_KEYS, Case, answer, sent


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
        self.assertNotIn("suppressed", done.text)

    def test_an_objection_of_nobody_is_told(self):
        data = answer(1, 99, sender="stranger@nowhere.example").replace(
            b"Thank you, let us talk on Monday.", b"Please remove me from your mailing list.")
        self.assertEqual(self.json("ingest", data=data)["suppressed"], "stranger@nowhere.example")
        done = self.does("ingest", data=data)
        self.assertIn("human: stranger@nowhere.example is suppressed for all processes now\n",
                      done.text)
        self.assertIsNone(self.json("ingest", data=answer(2, 99))["suppressed"])

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

    def test_leads_of_two_senders_are_told_apart(self):
        with open(self.config, encoding="utf-8") as file:
            text = file.read()
        self.write_config(text.replace('process "partner" {',
                                       'process "partner" {\n    lead = "sender"'))
        senders = ["ann@partner.example.com", "ben@partner.example.com"]
        for number, sender in enumerate(senders, 50):
            self.touch(number, to="pat@fourth.example", sender=sender)
        for words in (["why", "pat@fourth.example"], ["leads", "--process", "partner"]):
            self.assertEqual(sorted(lead["sender"] for lead in self.json(*words)), senders)
            for sender in senders:
                self.assertIn(sender, self.does(*words).text)
        self.assertIsNone(self.lead()["sender"])

    def test_tables_fit_the_terminal(self):
        for words in (["history", JANE], ["history", "eve@third.example"], ["status"],
                      ["why", "bob@other.example"]):
            for columns in (80, 100):
                text = self.does(*words, env={"COLUMNS": str(columns)}).text
                for line in text.splitlines():
                    if self.dir not in line:
                        self.assertLessEqual(len(line), columns, line)
        for line in self.does("leads", env={"COLUMNS": "80"}).text.splitlines():
            self.assertLessEqual(len(line), 80)

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


if __name__ == "__main__":
    unittest.main()
