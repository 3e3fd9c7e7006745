#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_cli_audit.py - the switch and the audit log by command; no daemon.
"""Exports are verified here by their description alone."""

import hashlib
import hmac
import json
import sqlite3
import unittest

from cli import JANE, Case, export


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


if __name__ == "__main__":
    unittest.main()
