#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_cli.py - the call, the configuration, messages from files; no daemon.
"""What fullstop says about calls, files and messages."""

import hashlib
import json
import os
import subprocess
import time
import unittest

from cli import CLASSIFY_KEYS, FULLSTOP, JANE, Case, answer, sent


class Call(Case):
    """Commands, options, help."""

    def test_version_and_help_are_done(self):
        self.assertRegex(self.call("--version").text, r"^fullstop \d+\.\d+\.\d+\n$")
        self.assertIn("audit verify", self.call("--help").text)
        for command in ("status", "leads", "why", "history", "pause", "end", "resume", "answered",
                        "released", "classify", "ingest", "check", "doctor", "reload", "off", "on",
                        "audit verify", "audit export"):
            done = self.call(*command.split(), "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn(f"usage: fullstop [-c FILE] [--json] {command}", done.text)
            self.assertIn(command, self.call("--help").text)
            self.assertEqual(self.call("help", *command.split()).text, done.text)

    def test_lines_of_help_fit_a_terminal(self):
        for words in (["--help"], ["end", "--help"], ["pause", "--help"], ["resume", "--help"],
                      ["audit", "verify", "--help"], ["ingest", "--help"], ["released", "--help"]):
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


if __name__ == "__main__":
    unittest.main()
