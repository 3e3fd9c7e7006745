# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# hooks.py - endpoints for webhooks on loopback: HTTPS with an authority of the test's own,
# good ones and all kinds of bad ones; and a proxy in front of them.
"""Endpoint(folder): a server that does what the path of the URL says."""

import http.server
import os
import random
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time

SECRETS = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")


def _openssl(*words):
    subprocess.run(["openssl", *words], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def authority(folder, name):
    """FOLDER/NAME.pem signs FOLDER/NAME-server.pem, which is for localhost alone."""
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _openssl("req", "-x509", *new, "-days", "2", "-subj", f"/CN={name}", "-keyout",
             f"{folder}/{name}.key", "-out", f"{folder}/{name}.pem")
    _openssl("req", *new, "-subj", "/CN=localhost", "-keyout", f"{folder}/{name}-server.key",
             "-out", f"{folder}/{name}.csr")
    with open(f"{folder}/{name}.ext", "w", encoding="ascii") as out:
        out.write("subjectAltName = DNS:localhost\n")
    _openssl("x509", "-req", "-days", "2", "-in", f"{folder}/{name}.csr", "-CAcreateserial",
             "-CA", f"{folder}/{name}.pem", "-CAkey", f"{folder}/{name}.key",
             "-extfile", f"{folder}/{name}.ext", "-out", f"{folder}/{name}-server.pem")


class Request:
    """One that came in, with the status it got."""

    def __init__(self, path, headers, body, status):
        self.path, self.headers, self.body, self.status = path, headers, body, status
        self.at = time.monotonic()

    @property
    def id(self):
        return self.headers["webhook-id"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._came(200)
        self._answer(200)

    def _came(self, status, body=b""):
        with self.server.lock:
            self.server.requests.append(Request(self.path, dict(self.headers.items()), body, status))

    def _answer(self, status, body=b"thanks", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.path.strip("/").split("/")[0]
        getattr(self, f"on_{kind}")(body)

    def on_ok(self, body):
        self._came(200, body)
        self._answer(200)

    def on_status(self, body):
        status = int(self.path.rsplit("/", 1)[1])
        self._came(status, body)
        self._answer(status)

    def on_redirect(self, body):
        self._came(307, body)
        self._answer(307, Location="/ok/redirected")

    def on_later(self, body):
        """429, and when to come again: in 40 seconds, as seconds or as a date."""
        self._came(429, body)
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 40))
        self._answer(429, Retry_After="40" if self.path.endswith("seconds") else date)

    def on_slow(self, body):
        time.sleep(0.5)
        self.on_ok(body)

    def on_hang(self, body):
        self._came(0, body)
        self.server.ended.wait(60)

    def on_reset(self, body):
        self._came(0, body)
        # closed with what the client still sends unread: a reset
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        os.close(self.connection.detach())

    def on_garbage(self, body):
        self._came(0, body)
        self.wfile.write(b"\x00\xff\x13 no HTTP at all\r\n" * 5000)
        self.close_connection = True

    def on_flood(self, body):
        """200, and then far more than anybody reads."""
        self._came(200, body)
        self._answer(200, b"x" * (4 * 1024 * 1024))

    def on_cut(self, body):
        """200, and less than it said."""
        self._came(200, body)
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthanks")
        self.close_connection = True

    def on_endless(self, body):
        """200, and then nothing more."""
        self._came(200, body)
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        self.wfile.flush()
        self.server.ended.wait(60)

    def on_halfway(self, body):
        """No more than the beginning of a header, and then nothing."""
        self._came(0, body)
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-")
        self.wfile.flush()
        self.server.ended.wait(60)

    def on_once(self, body):
        """Fails the first time for each id."""
        known = [r for r in self.server.requests if (r.path, r.id) == (self.path, self.headers["webhook-id"])]
        status = 200 if known else 500
        self._came(status, body)
        self._answer(status)

    def on_tap(self, body):
        """What the test wants at this moment: status and headers."""
        status, headers = self.server.tap
        self._came(status, body)
        self._answer(status, **headers)

    def on_random(self, body):
        status = 200 if random.random() >= 0.3 else random.choice((500, 503, 404))
        self._came(status, body)
        self._answer(status)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):
        pass  # clients that leave are part of it


class Endpoint:
    """HTTPS when certificate names one, else HTTP; handler says what a path does."""

    def __init__(self, certificate=None, handler=Handler):
        self.server = _Server(("127.0.0.1", 0), handler)
        self.server.requests, self.server.lock = [], threading.Lock()
        self.server.ended = threading.Event()
        self.server.tap = (200, {})
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{certificate}.pem", f"{certificate}.key")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                     do_handshake_on_connect=False)
            self.scheme = "https"
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path, host="localhost"):
        return f"{self.scheme}://{host}:{self.port}/{path}"

    def requests(self, path=None):
        with self.server.lock:
            return [r for r in self.server.requests if path is None or r.path == f"/{path}"]

    def close(self):
        self.server.ended.set()
        self.server.shutdown()
        self.server.server_close()


class _Tunnel(socketserver.StreamRequestHandler):
    """One client of the proxy: CONNECT, and then bytes both ways."""

    def handle(self):
        line = self.rfile.readline().decode("latin-1").split()
        while self.rfile.readline().strip():
            pass
        with self.server.lock:
            self.server.seen.append(" ".join(line[:2]))
        if line[:1] != ["CONNECT"]:
            self.wfile.write(b"HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\n\r\n")
            return
        host, _, port = line[1].rpartition(":")
        with socket.create_connection((host, int(port)), 10) as there:
            self.wfile.write(b"HTTP/1.1 200 Here you are\r\n\r\n")
            self.wfile.flush()
            back = threading.Thread(target=self._copy, args=(there, self.connection), daemon=True)
            back.start()
            self._copy(self.connection, there)
            back.join()

    @staticmethod
    def _copy(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Proxy:
    """An HTTP proxy on loopback, for HTTPS alone; requests() is what it was asked for."""

    class _Server(socketserver.ThreadingTCPServer):
        daemon_threads = allow_reuse_address = True

    def __init__(self, port=0):
        self.server = self._Server(("127.0.0.1", port), _Tunnel)
        self.server.seen, self.server.lock = [], threading.Lock()
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def requests(self):
        with self.server.lock:
            return list(self.server.seen)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
