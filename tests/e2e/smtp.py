# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# smtp.py - the sender's side: SMTP sessions that a test drives step by step.
"""SMTP client with single steps, and builders of messages."""

import smtplib
import uuid
from email.utils import format_datetime
from datetime import datetime, timezone

INSIDE = "127.0.0.1"
OUTSIDE = "127.0.0.5"  # on loopback, but in none of our networks


class Reply:
    """An SMTP reply: code, its lines, and all of it as text."""

    def __init__(self, code, text):
        self.code = code
        self.text = text.decode("utf-8", "replace")
        self.lines = self.text.split("\n")

    def __repr__(self):
        return f"{self.code} {self.text}"


def message_id():
    return f"<{uuid.uuid4().hex}@mail.example.com>"


def message(sender, recipients, subject="Our offer", body="Hello,\n\nplease see below.\n",
            mid=None, to=None, extra=()):
    """A message as bytes with CRLF. mid: "" leaves the Message-ID out. extra: header lines."""
    if isinstance(recipients, str):
        recipients = [recipients]
    lines = [f"From: {sender}", "To: " + (to or ", ".join(recipients)), f"Subject: {subject}",
             "Date: " + format_datetime(datetime.now(timezone.utc))]
    if mid != "":
        lines.append("Message-ID: " + (mid or message_id()))
    lines += extra
    if not any(line.lower().startswith("content-type:") for line in lines):
        lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                  "Content-Transfer-Encoding: 8bit"]
    text = "\n".join(lines) + "\n\n" + body
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


class Session(smtplib.SMTP):
    """One connection. watch(direction, line) sees each line of the dialogue."""

    def __init__(self, port, source=INSIDE, watch=None, login=None):
        self.watch = watch
        super().__init__("127.0.0.1", port, local_hostname="client.example.com", timeout=60,
                         source_address=(source, 0))
        self.ehlo()
        if login:  # what a SASL login leaves behind, without a password store
            self.docmd("XCLIENT", f"LOGIN={login}")
            self.ehlo()

    def putcmd(self, cmd, args=""):
        if self.watch:
            self.watch("C", f"{cmd} {args}".rstrip())
        super().putcmd(cmd, args)

    def getreply(self):
        code, text = super().getreply()
        if self.watch:
            lines = text.decode("utf-8", "replace").split("\n")
            for number, line in enumerate(lines):
                self.watch("S", f"{code}{'-' if number + 1 < len(lines) else ' '}{line}")
        return code, text

    def envelope(self, sender, recipients, data=b""):
        """MAIL and RCPT; AssertionError when Postfix itself refuses."""
        if isinstance(recipients, str):
            recipients = [recipients]
        utf8 = not all(a.isascii() for a in [sender, *recipients])
        self.command_encoding = "utf-8" if utf8 else "ascii"
        code, text = self.docmd("MAIL", f"FROM:<{sender}>" + (" SMTPUTF8" if utf8 else ""))
        assert code == 250, (code, text)
        for recipient in recipients:
            code, text = self.docmd("RCPT", f"TO:<{recipient}>")
            assert code == 250, (recipient, code, text)

    def start_data(self, data):
        """Everything but the final dot."""
        code, text = self.docmd("DATA")
        assert code == 354, (code, text)
        if self.watch:
            for line in data.split(b"\r\n\r\n")[0].split(b"\r\n"):
                if line.startswith((b"From:", b"To:", b"Subject:", b"In-Reply-To:")):
                    self.watch("C", line.decode())
            self.watch("C", "...")
        self.send(smtplib._quote_periods(data))

    def finish_data(self):
        """The final dot, and the reply to the message."""
        if self.watch:
            self.watch("C", ".")
        self.send(b".\r\n")
        return Reply(*self.getreply())

    def deliver(self, sender, recipients, data):
        self.envelope(sender, recipients)
        self.start_data(data)
        return self.finish_data()


def deliver(port, sender, recipients, data, source=INSIDE, login=None, watch=None):
    """One message in one connection."""
    with Session(port, source, watch, login) as session:
        return session.deliver(sender, recipients, data)
