# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# milter.py - speaks the milter protocol to fullstopd, as an MTA would, without one.
#
# For tests that need many decisions and no mail server. Source: mfdef.h of libmilter.
"""A milter client: Client(path).send(sender, recipient, message_id)."""

import socket
import struct


class Client:
    """One session from an internal client; it offers no shortcuts, so each step is answered."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        try:
            self.socket.connect(path)
        except OSError:
            self.socket.close()
            raise
        self.file = self.socket.makefile("rb")
        self._put(b"O", struct.pack("!III", 6, 0x1FF, 0))
        self._packet()
        self._put(b"D", b"Cj\0mail.example.com\0v\0Postfix 3.7\0{daemon_name}\0ORIGINATING\0")
        self._step(b"C", b"client.example.com\0004\x12\x34127.0.0.1\0")
        self._step(b"H", b"client.example.com\0")

    def close(self):
        self.file.close()
        self.socket.close()

    def _put(self, command, data=b""):
        self.socket.sendall(struct.pack("!I", len(data) + 1) + command + data)

    def _packet(self):
        head = self.file.read(4)
        if len(head) < 4:
            raise ConnectionError("the milter has left")
        return self.file.read(struct.unpack("!I", head)[0])

    def _step(self, command, data=b""):
        """The answer that is no modification and no progress."""
        self._put(command, data)
        while True:
            packet = self._packet()
            if packet[:1] in (b"c", b"a", b"r", b"t", b"d", b"y", b"s"):
                return packet

    def send(self, sender, recipient, message_id):
        """The verdict's first byte: c or a passed, y or r refused, t deferred."""
        self._put(b"D", b"Mi\0004XyZ01\0")
        self._step(b"M", f"<{sender}>".encode() + b"\0")
        self._step(b"R", f"<{recipient}>".encode() + b"\0")
        self._step(b"T")
        for name, value in (("Message-ID", f"<{message_id}>"), ("From", sender),
                            ("Date", "Tue, 24 Nov 2026 10:00:00 +0100"),
                            ("To", recipient), ("Subject", "Our offer")):
            self._step(b"L", f"{name}\0{value}\0".encode())
        self._step(b"N")
        self._step(b"B", b"Good morning\r\n")
        return self._step(b"E")[:1].decode()
