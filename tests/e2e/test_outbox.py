# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_outbox.py - what the outbox does under strain: soon, small, fair to all endpoints, on a
# full disk, behind a proxy, and with its secrets to itself. Without an MTA.
"""The outbox of a running fullstopd, beyond single deliveries."""

import json
import os
import socket
import sqlite3
import statistics
import subprocess
import threading
import time

from daemon import build_dir
from harness import main
from hooks import SECRETS, Proxy
from postfix import wait_until
from test_webhooks import Webhooks

STARTED = '{ "lead.started" }'


class Soon(Webhooks):
    def test_what_the_daemon_decides_leaves_at_once_and_not_at_the_next_look(self):
        self.start(self.hook("crm", self.http.url("ok/soon"), events=STARTED))
        waits = []
        for number in range(15):
            time.sleep(0.07 * (number % 5))  # anywhere between two looks, which are a second apart
            self.mail(f"p{number}@prospect.test")
            decided = time.monotonic()
            wait_until(lambda count=number: len(self.http.requests("ok/soon")) > count,
                       what="the webhook")
            waits.append(self.http.requests("ok/soon")[-1].at - decided)
        self.assertLess(statistics.median(waits), 0.2, waits)

    def test_a_start_with_the_same_configuration_is_no_news(self):
        hook = self.hook("crm", self.http.url("ok/policy"), events='{ "policy.changed" }')
        self.start(hook)
        self.daemon.restart()
        self.daemon.reload()
        self.daemon.reload(top=hook + self.hook("bi", self.http.url("ok/bi"), events=STARTED))
        self.daemon.restart()
        self.assertEqual(self.daemon.cli("off").returncode, 0)  # told last, as it comes last
        def bodies():  # what a restart broke off comes twice
            once = {r.id: r for r in self.http.requests("ok/policy")}
            return [json.loads(r.body)["data"] for r in once.values()]
        wait_until(lambda: "off" in [b["change"] for b in bodies()], what="the switch")
        self.assertEqual([b["change"] for b in bodies()], ["config", "config", "off"])
        self.assertNotEqual(bodies()[0]["note"], bodies()[1]["note"])
        with sqlite3.connect(f"{self.home}/store/fullstop.db") as db:
            (count,) = db.execute("SELECT count(*) FROM event WHERE kind = 'config'").fetchone()
        self.assertEqual(count, 5)  # all are recorded


class Fair(Webhooks):
    BACKLOG = 100000

    def fill(self, target):
        """So many rows of one target, each of a lead of its own, about events that there are."""
        with sqlite3.connect(f"{self.home}/store/fullstop.db") as db:
            db.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                       " INSERT INTO outbox(target, log, seq, type, lead_id, at, next_at)"
                       " SELECT ?, e.log, e.seq, 'lead.started', 1000 + i, e.at, 0 FROM n, event e"
                       " WHERE e.kind = 'touch'", (self.BACKLOG, target))
        db.close()

    def memory_mib(self):
        with open(f"/proc/{self.daemon.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024

    def test_a_hundred_thousand_rows_of_a_dead_endpoint_cost_neither_memory_nor_the_others(self):
        hooks = [self.hook("dead", self.http.url("hang"), events=STARTED, timeout="2s"),
                 self.hook("good", self.http.url("ok/fair"), events=STARTED)]
        self.start(*hooks)
        self.mail("first@prospect.test")
        wait_until(lambda: self.http.requests("ok/fair"), what="the first")
        self.daemon.stop()
        self.fill("dead")
        self.daemon.start()
        before = self.memory_mib()
        for number in range(5):
            self.mail(f"p{number}@prospect.test")
            began = time.monotonic()
            wait_until(lambda count=number: len(self.http.requests("ok/fair")) > count + 1,
                       what="the good one")
            self.assertLess(time.monotonic() - began, 1.5)
            time.sleep(1)
        self.assertGreater(len(self.http.requests("hang")), 8)
        after = self.memory_mib()
        with open(f"{build_dir()}/gen/flags", encoding="utf-8") as flags:
            if "-fsanitize=" not in flags.read():
                self.assertLess(after - before, 16)
        self.assertGreaterEqual(self.waiting("dead")["waiting"], self.BACKLOG)

    def test_the_end_does_not_wait_for_an_endpoint_that_hangs(self):
        def end_s():
            began = time.monotonic()
            self.assertEqual(self.daemon.stop(), 0)
            return time.monotonic() - began
        self.start()
        without = end_s()  # libmilter takes seconds of its own
        self.start(self.hook("crm", self.http.url("hang/end"), events=STARTED, timeout="60s"))
        self.mail("jane@prospect.test")
        wait_until(lambda: self.http.requests("hang/end"), what="a request that hangs")
        self.assertLess(end_s() - without, 2)


class FullDisk(Webhooks):
    """The store on a file system of its own, of 4 MiB."""

    settings = {"on_store_error": "tempfail"}

    def setUp(self):
        super().setUp()
        self.store = f"{self.home}/store"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0750", "none",
                               self.store], stderr=subprocess.PIPE, text=True, check=False)
        self.is_mounted = done.returncode == 0
        if not self.is_mounted:
            self.skipTest(f"no file system can be mounted here: {done.stderr.strip()}")

    def end(self):
        if self.is_mounted:
            try:
                super().end()
            finally:
                subprocess.run(["umount", "-l", self.store], check=True)

    def fill(self):
        with open(f"{self.store}/filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass

    def test_nothing_is_lost_while_there_is_no_space_and_delivery_goes_on_after_it(self):
        path = "slow/full"
        self.start(self.hook("crm", self.http.url(path), events=STARTED))
        accepted = [f"p{number}@prospect.test" for number in range(40)
                    if self.mail(f"p{number}@prospect.test") == ["c"]]
        self.assertEqual(len(accepted), 40)
        wait_until(lambda: self.http.requests(path), what="the first")
        self.fill()  # with most of them still to be told
        self.daemon.wait_for_log("outbox: the store cannot be used")
        told = len(self.http.requests(path))
        verdicts = {}
        for number in range(40, 60):
            address = f"p{number}@prospect.test"
            verdicts[address] = self.mail(address)[0]
        self.assertIn("y", verdicts.values())  # deferred: the disk is full
        accepted += [address for address, verdict in verdicts.items() if verdict == "c"]
        os.remove(f"{self.store}/filler")
        self.daemon.wait_for_log("outbox: the store can be used again")
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 30, "an empty outbox")
        ids = {}
        for request in self.http.requests(path):
            address = json.loads(request.body)["data"]["address"]
            ids.setdefault(address, set()).add(request.id)
        self.assertEqual(sorted(ids), sorted(accepted))
        self.assertEqual([len(of) for of in ids.values()], [1] * len(ids))
        self.assertGreater(len(self.http.requests(path)), told)
        self.assertEqual(self.waiting("crm")["dead"], 0)


class Cut(Webhooks):
    def test_2xx_is_a_delivery_however_its_body_ends_but_no_half_of_a_header(self):
        self.start(*(self.hook(name, self.http.url(name), events=STARTED, timeout="2s")
                     for name in ("cut", "endless", "halfway")))
        self.mail("jane@prospect.test")
        row = self.row("halfway")
        self.assertIsNotNone(row["last_error"])
        for name in ("cut", "endless"):
            wait_until(lambda which=name: self.waiting(which)["waiting"] == 0, 4, f"{name} told")
            self.assertEqual(len(self.http.requests(name)), 1)


class BehindProxy(Webhooks):
    def test_the_200_of_a_proxy_is_no_delivery(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 Here you are\r\n\r\n")
                    connection.recv(65536)
        threading.Thread(target=serve, daemon=True).start()
        self.start(self.hook("crm", self.https.url("ok/no"), events=STARTED,
                             proxy=f"http://127.0.0.1:{listener.getsockname()[1]}"))
        self.mail("jane@prospect.test")
        self.assertIn("SSL", self.row("crm")["last_error"])

    def test_https_goes_through_the_proxy_and_waits_while_it_is_away(self):
        proxy = Proxy()
        self.start(self.hook("crm", self.https.url("ok/proxy"), events=STARTED,
                             proxy=f"http://127.0.0.1:{proxy.port}"))
        self.mail("jane@prospect.test")
        wait_until(lambda: self.https.requests("ok/proxy"), what="the webhook")
        self.assertEqual(set(proxy.requests()), {f"CONNECT localhost:{self.https.port}"})
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, what="an empty outbox")
        self.daemon.reload()  # its connections end
        proxy.close()
        self.daemon.restart()
        self.mail("ben@prospect.test")
        row = self.row("crm")
        self.assertIn("connect", row["last_error"])
        self.assertEqual(len(self.https.requests("ok/proxy")), 1)  # not past it
        again = Proxy(proxy.port)
        self.addCleanup(again.close)
        wait_until(lambda: len(self.https.requests("ok/proxy")) == 2, 20, "the second one")
        self.assertEqual(self.https.requests("ok/proxy")[1].id, row["webhook_id"])
        self.assertTrue(again.requests())

    def test_a_proxy_of_the_environment_is_not_used(self):
        proxy = Proxy()
        self.addCleanup(proxy.close)
        names = ("https_proxy", "HTTPS_PROXY", "http_proxy", "ALL_PROXY")
        for name in names:
            os.environ[name] = f"http://127.0.0.1:{proxy.port}"
            self.addCleanup(os.environ.pop, name)
        self.start(self.hook("crm", self.https.url("ok/environment"), events=STARTED))
        self.mail("jane@prospect.test")
        wait_until(lambda: self.https.requests("ok/environment"), what="the webhook")
        self.assertEqual(proxy.requests(), [])


class Secrets(Webhooks):
    def test_a_secret_stands_in_its_file_alone(self):
        self.start(self.hook("crm", self.http.url("ok/secret")),
                   self.hook("bad", self.http.url("status/500")))
        self.mail("jane@prospect.test")
        self.row("bad")
        said = [self.daemon.cli(*words) for words in
                (["check"], ["status"], ["outbox", "list"], ["webhook", "test", "crm"],
                 ["webhook", "test", "bad"], ["--json", "outbox", "list"], ["doctor"])]
        texts = [done.stdout + done.stderr for done in said] + [self.daemon.log()]
        for name in ("cmdline", "environ", "comm"):
            with open(f"/proc/{self.daemon.process.pid}/{name}", encoding="latin-1") as file:
                texts.append(file.read())
        texts.append(subprocess.run(["ps", "axww", "-o", "args"], stdout=subprocess.PIPE, text=True,
                                    check=True).stdout)
        for request in self.http.requests():
            texts.append(f"{request.headers}{request.body.decode()}")
        for secret in SECRETS:
            for text in texts:
                self.assertNotIn(secret.removeprefix("whsec_"), text)
        # and end() reads the log and the store


if __name__ == "__main__":
    main()
