# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# cli.py - fullstop(1) on a configuration and a store of its own, without the daemon.
#
# Needs the built programs: FS_BIN (or FS_BUILD) names their directory, build/default else.
"""Calls fullstop as a person or a script would."""

import json
import os
import shutil
import subprocess
import tempfile
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
             "relevant", "sender"]
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


def export(case, *words):
    """Records and checkpoints of an audit export."""
    lines = [json.loads(line) for line in case.does("audit", "export", *words).text.splitlines()]
    return ([line for line in lines if "log" in line],
            [line["checkpoint"] for line in lines if "checkpoint" in line])
