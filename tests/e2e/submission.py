# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# submission.py - a submission host that wants TLS and a login, and checks the password.
#
# Speaks STARTTLS (RFC 3207) or TLS from the first byte, and AUTH PLAIN and LOGIN (RFC 4954,
# RFC 4616); keeps every line that came in the clear.
"""A small submission host on a free loopback port."""

import base64
import socketserver
import ssl
import threading

from sink import Received, Sink


class _Session(socketserver.StreamRequestHandler):
    def reply(self, text):
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def handle(self):
        self.is_coded = self.server.is_smtps
        self.user = None
        try:
            if self.is_coded:
                self.begin_tls()
            self.talk()
        except (OSError, ssl.SSLError, ValueError):
            pass
        finally:
            self.connection.close()

    def begin_tls(self):
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        self.is_coded = True

    def next_line(self):
        raw = self.rfile.readline()
        if not self.is_coded:
            self.server.in_the_clear.append(raw)
        return raw.decode("utf-8", "surrogateescape").rstrip("\r\n")

    def ask(self, words):
        self.reply("334 " + base64.b64encode(words).decode())
        return base64.b64decode(self.next_line())

    def login(self, words):
        if words[1].upper() == "PLAIN":
            given = base64.b64decode(words[2]) if len(words) > 2 else self.ask(b"")
            _, user, password = given.split(b"\0")
        else:
            user = base64.b64decode(words[2]) if len(words) > 2 else self.ask(b"Username:")
            password = self.ask(b"Password:")
        is_right = (user.decode(), password.decode()) == self.server.account and self.is_coded
        self.server.logins.append((user.decode(), is_right))
        self.user = user.decode() if is_right else None
        self.reply("235 2.7.0 Welcome" if is_right else "535 5.7.8 No")

    def read_data(self):
        lines = []
        for line in self.rfile:
            if line in (b".\r\n", b".\n"):
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)
        return None

    def hello(self):
        offers = ["submission.invalid", "8BITMIME"]
        offers += ["AUTH PLAIN LOGIN"] if self.is_coded or self.server.is_careless else []
        offers += ["STARTTLS"] if not self.is_coded and self.server.context else []
        for offer in offers[:-1]:
            self.reply("250-" + offer)
        self.reply("250 " + offers[-1])

    def talk(self):
        sender, recipients = None, []
        self.reply("220 submission.invalid ESMTP")
        while line := self.next_line():
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "EHLO":
                self.hello()
            elif verb == "STARTTLS" and self.server.context:
                self.reply("220 2.0.0 Go ahead")
                self.begin_tls()
            elif verb == "AUTH":
                self.login(line.split(" "))
            elif verb == "MAIL":
                sender, recipients = line[10:].split(">")[0].lstrip("<"), []
                self.reply("250 2.1.0 Ok" if self.user else "530 5.7.0 Log in first")
            elif verb == "RCPT" and self.user:
                recipients.append(line[8:].split(">")[0].lstrip("<"))
                self.reply("250 2.1.5 Ok")
            elif verb == "DATA" and recipients:
                self.reply("354 Go ahead")
                data = self.read_data()
                if data is None:
                    return
                self.server.keep(Received(sender, recipients, data))
                self.reply("250 2.0.0 Ok")
            elif verb == "QUIT":
                self.reply("221 2.0.0 Bye")
                return
            else:
                self.reply("502 5.5.1 No")


class Submission(Sink):
    """certificate: FOLDER/NAME of hooks.authority(), None: no TLS. is_careless: takes a login
    in the clear."""

    def __init__(self, account, certificate=None, is_smtps=False, is_careless=False):
        socketserver.ThreadingTCPServer.__init__(self, ("127.0.0.1", 0), _Session)
        self.port = self.server_address[1]
        self.account, self.is_smtps, self.is_careless = account, is_smtps, is_careless
        self.messages, self.logins, self.in_the_clear = [], [], []
        self.arrived = threading.Condition()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(f"{certificate}.pem", f"{certificate}.key")
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def handle_error(self, *_):
        pass  # clients that leave are part of it
