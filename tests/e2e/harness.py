# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# harness.py - a test class with a private Postfix, fullstopd in front and a sink behind.
"""Base of the end-to-end tests."""

import itertools
import os
import re
import unittest

import smtp
from daemon import Fullstopd
from postfix import Postfix, free_port, wait_until
from sink import Sink
from smtp import INSIDE, OUTSIDE, Session, message, message_id

__all__ = ["EndToEnd", "INSIDE", "OUTSIDE", "Session", "message", "message_id", "wait_until",
           "free_port", "ANNA", "main"]

ANNA = "anna@sales.example.com"

_numbers = itertools.count(1)


class EndToEnd(unittest.TestCase):
    """One MTA, one fullstopd and one sink for a class; each test has its own contacts."""

    mta = Postfix  # or sendmail.Sendmail; the object itself is .postfix then, too
    settings = {}  # of fullstopd
    default_action = "tempfail"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sink = Sink()
        cls.addClassCleanup(cls.sink.close)
        cls.postfix = cls.mta(cls.sink.port, cls.default_action)
        cls.addClassCleanup(cls.postfix.stop)
        cls.postfix.start()
        cls.daemon = Fullstopd(cls.postfix.dir, cls.postfix.milter, **cls.settings)
        cls.addClassCleanup(cls._end_of_daemon)
        cls.daemon.start()

    @classmethod
    def _end_of_daemon(cls):
        """A daemon that is still up must end in order, and leave a chain that holds."""
        if cls.daemon.process is None:
            return
        status = cls.daemon.stop()
        assert status == 0, f"fullstopd ended with {status}:\n{cls.daemon.log()[-4000:]}"
        verified = cls.daemon.cli("audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr

    def contact(self, domain=None):
        """An address no other test uses, at a company no other test uses."""
        number = next(_numbers)
        return f"jane{number}@{domain or f'prospect{number}.test'}"

    # ---- mail ----

    def send(self, recipients, sender=ANNA, port=None, source=INSIDE, login=None, **parts):
        """Outgoing sales mail, by default through the submission service."""
        return smtp.deliver(port or self.postfix.submission, sender, recipients,
                            message(parts.pop("header_from", sender), recipients, **parts),
                            source, login)

    def send_ok(self, recipients, **kwargs):
        reply = self.send(recipients, **kwargs)
        self.assertEqual(reply.code, 250, reply)
        return reply

    def refused(self, recipients, **kwargs):
        reply = self.send(recipients, **kwargs)
        self.assertEqual(reply.code, 550, reply)
        return reply

    def hear(self, sender, recipients=ANNA, envelope=None, **parts):
        """Mail from outside to us."""
        reply = smtp.deliver(self.postfix.mx, sender if envelope is None else envelope,
                             recipients, message(sender, recipients, **parts), OUTSIDE)
        self.assertEqual(reply.code, 250, reply)
        return reply

    def fill(self, contact, count=None):
        """Touches up to the limit; returns their Message-IDs."""
        ids = [message_id() for _ in range(count or self.daemon.settings["unanswered"])]
        for mid in ids:
            self.send_ok(contact, mid=mid)
        return ids

    # ---- what came of it ----

    def log_line(self, reply):
        """fullstopd's line about an accepted message, by its queue id."""
        queue_id = re.search(r"queued as (\w+)|(\w+) Message accepted", reply.text)
        queue_id = queue_id.group(1) or queue_id.group(2)
        wait_until(lambda: f"{queue_id}: direction=" in self.daemon.log())
        return next(line for line in self.daemon.log().splitlines()
                    if f"{queue_id}: direction=" in line)

    def assertLead(self, contact, **expected):
        lead = self.daemon.lead(contact)
        self.assertIsNotNone(lead, f"{contact} has no lead")
        self.assertEqual({name: lead[name] for name in expected}, expected)
        return lead

    def assertNoLead(self, contact):
        self.assertIsNone(self.daemon.lead(contact))


def main():
    if os.geteuid() != 0:
        raise SystemExit("the end-to-end tests start a private Postfix and need root")
    unittest.main(verbosity=2)
