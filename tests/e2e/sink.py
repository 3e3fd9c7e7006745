# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# sink.py - the outside world: an SMTP server that keeps what it is given.
#
# Takes every message (SMTPUTF8 and 8BITMIME included), except for recipients whose local
# part starts with "dead": those are unknown here (550 5.1.1), so that Postfix bounces.
"""A small SMTP sink on a free loopback port."""

import email
import email.policy
import socketserver
import threading
import time


class Received:
    """One message as the sink got it."""

    def __init__(self, sender, recipients, data):
        self.sender = sender
        self.recipients = recipients
        self.data = data
        self.message = email.message_from_bytes(data, policy=email.policy.default)

    def __repr__(self):
        return f"<{self.sender} to {self.recipients}: {self.message['Subject']}>"


class _Session(socketserver.StreamRequestHandler):
    def reply(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def read_data(self):
        lines = []
        for line in self.rfile:
            if line in (b".\r\n", b".\n"):
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)
        return None

    def handle(self):
        try:
            self.talk()
        except ConnectionError:
            pass

    def talk(self):
        sender, recipients = None, []
        self.reply("220 sink.invalid ESMTP")
        for raw in self.rfile:
            line = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
            verb = line[:4].upper()
            if verb == "EHLO":
                self.reply("250-sink.invalid\r\n250-8BITMIME\r\n250 SMTPUTF8")
            elif verb == "MAIL":
                sender, recipients = line[10:].split(">")[0].lstrip("<"), []
                self.reply("250 2.1.0 Ok")
            elif verb == "RCPT":
                recipient = line[8:].split(">")[0].lstrip("<")
                if recipient.startswith("dead"):
                    self.reply("550 5.1.1 No such person here")
                else:
                    recipients.append(recipient)
                    self.reply("250 2.1.5 Ok")
            elif verb == "DATA":
                if not recipients:
                    self.reply("554 5.5.1 No valid recipients")
                    continue
                self.reply("354 Go ahead")
                data = self.read_data()
                if data is None:
                    return
                self.server.keep(Received(sender, recipients, data))
                self.server.may_answer.wait(60)
                self.reply("250 2.0.0 Ok")
            elif verb == "QUIT":
                self.reply("221 2.0.0 Bye")
                return
            else:
                self.reply("250 2.0.0 Ok")


class Sink(socketserver.ThreadingTCPServer):
    """Keeps messages in .messages; wait_for() finds one or gives up. While may_answer is
    not set, what it was given stays without an answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Session)
        self.port = self.server_address[1]
        self.messages = []
        self.arrived = threading.Condition()
        self.may_answer = threading.Event()
        self.may_answer.set()
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def keep(self, received):
        with self.arrived:
            self.messages.append(received)
            self.arrived.notify_all()

    def find(self, recipient, count=1, **headers):
        """Messages to recipient whose headers contain the words given."""
        def fits(received):
            return recipient in received.recipients and all(
                word in str(received.message[name.replace("_", "-")] or "")
                for name, word in headers.items())
        return [m for m in list(self.messages) if fits(m)]

    def wait_for(self, recipient, count=1, timeout=20, **headers):
        """The first `count` such messages; AssertionError when they do not come."""
        end = time.monotonic() + timeout
        with self.arrived:
            while True:
                found = self.find(recipient, **headers)
                if len(found) >= count:
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(
                        f"{len(found)} of {count} messages to {recipient} {headers} came; "
                        f"here are: {self.messages}")
                self.arrived.wait(left)

    def close(self):
        self.shutdown()
        self.server_close()
