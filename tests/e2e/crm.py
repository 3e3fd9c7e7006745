# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# crm.py - a CRM on loopback that gives its files by HTTP, well and in all kinds of bad ways.
"""Crm(folder): files are set by put(); requests() are what came, with the status they got."""

import os
import socket
import struct
import time

from hooks import Endpoint, Handler

MIB = 1024 * 1024


class _Handler(Handler):
    def do_GET(self):
        kind = self.path.strip("/").split("/")[0]
        getattr(self, f"on_{kind}")()

    def _has(self, headers):
        """Whether the client says that it has this version (RFC 9110 13.2.2)."""
        if "If-None-Match" in self.headers:
            return self.headers["If-None-Match"] == headers.get("ETag")
        return "If-Modified-Since" in self.headers and \
            self.headers["If-Modified-Since"] == headers.get("Last_Modified")

    def on_file(self):
        status, body, headers = self.server.files[self.path.rsplit("/", 1)[1]]
        if status == 0:
            self.on_hang()
            return
        if status == 200 and self._has(headers):
            status, body = 304, b""
        self._came(status)
        self._answer(status, body, **headers)

    def on_redirect(self):
        self._came(302)
        self._answer(302, Location="/file/redirected")

    def on_later(self):
        self._came(429)
        self._answer(429, Retry_After="40")

    def on_hang(self):
        self._came(0)
        self.server.ended.wait(120)

    def on_trickle(self):
        """A header that never ends."""
        self._came(0)
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.ended.wait(0.2):
            self.wfile.write(b"X")
            self.wfile.flush()

    def on_half(self):
        """Half of the file, then a reset."""
        _, body, _ = self.server.files[self.path.rsplit("/", 1)[1]]
        self._came(0)
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("ETag", '"half"')
        self.send_header("Content-Length", str(2 * len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        time.sleep(0.2)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        os.close(self.connection.detach())

    def on_garbage(self):
        self._came(0)
        self.wfile.write(b"\x00\xff\x13 no HTTP at all\r\n" * 5000)
        self.close_connection = True

    def on_large(self):
        """More than is taken, said beforehand or not."""
        is_said = self.path.endswith("said")
        self._came(200)
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        if is_said:
            self.send_header("Content-Length", str(65 * MIB))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(b"address,state,reason\n")
        for _ in range(65):
            self.wfile.write(b"x" * MIB)


class Crm(Endpoint):
    def __init__(self, certificate=None):
        super().__init__(certificate, _Handler)
        self.server.files = {}

    def put(self, name, text, status=200, **headers):
        """The file of that name; headers by their names with "_" for "-". Status 0: it hangs."""
        headers.setdefault("Content_Type", "text/csv")
        self.server.files[name] = (status, text.encode(), headers)

    def statuses(self, name):
        return [request.status for request in self.requests(f"file/{name}")]
