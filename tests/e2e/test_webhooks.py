# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_webhooks.py - the outbox against real endpoints: HTTPS with an authority of our own,
# and all that can go wrong. Without an MTA: mail comes by the milter protocol.
#
# FS_WEBHOOK_EVENTS and FS_WEBHOOK_KILLS make the test of kills larger (3000 and 5).
"""What is decided is told: signed, at least once, in order, whatever the endpoint does."""

import base64
import datetime
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import jsonschema

from cli import answer, sent
from daemon import ROOT, Fullstopd
from harness import ANNA, main
from hooks import SECRETS, Endpoint, authority
from milter import Client
from postfix import wait_until

EVENTS = int(os.environ.get("FS_WEBHOOK_EVENTS", "3000"))
KILLS = int(os.environ.get("FS_WEBHOOK_KILLS", "5"))

with open(f"{ROOT}/doc/webhooks.schema.json", encoding="utf-8") as _file:
    SCHEMA = json.load(_file)
TYPES = [ref["$ref"].rsplit("/", 1)[1] for ref in SCHEMA["oneOf"]]


def signature(secret, request):
    """v1 of a request, by openssl."""
    key = base64.b64decode(secret.removeprefix("whsec_")).hex()
    signed = b".".join([request.id.encode(), request.headers["webhook-timestamp"].encode(),
                        request.body])
    done = subprocess.run(["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt",
                           f"hexkey:{key}", "-binary"], input=signed, capture_output=True,
                          check=True)
    return "v1," + base64.b64encode(done.stdout).decode()


class Webhooks(unittest.TestCase):
    """A daemon on a directory of its own, an HTTPS and an HTTP endpoint."""

    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="fullstop-hooks-")
        cls.addClassCleanup(shutil.rmtree, cls.dir, ignore_errors=True)
        for name in ("ca", "other"):
            authority(cls.dir, name)
        cls.secret = f"{cls.dir}/secret"
        with open(cls.secret, "w", encoding="ascii") as out:
            out.write("\n".join(SECRETS) + "\n")
        os.chmod(cls.secret, 0o600)
        cls.https, cls.http = Endpoint(f"{cls.dir}/ca-server"), Endpoint()
        for endpoint in (cls.https, cls.http):
            cls.addClassCleanup(endpoint.close)
        cls.daemon = None

    def setUp(self):
        self.number = 0
        self.home = tempfile.mkdtemp(prefix="fullstop-hooks-", dir=self.dir)
        self.daemon = Fullstopd(self.home, f"unix:{self.home}/socket",
                                **{"unanswered": 2, **self.settings})
        self.addCleanup(self.end)

    def end(self):
        if self.daemon.process is not None:
            self.assertEqual(self.daemon.stop(), 0, self.daemon.log()[-2000:])
        self.assertEqual(self.daemon.cli("audit", "verify").returncode, 0)
        for secret in SECRETS:  # neither in logs nor in the store
            bare = secret.removeprefix("whsec_").encode()
            for path in [self.daemon.log_path, *glob.glob(f"{self.home}/store/*")]:
                with open(path, "rb") as file:
                    content = file.read()
                self.assertNotIn(bare, content, path)
                self.assertNotIn(base64.b64decode(bare), content, path)

    def hook(self, name, url, **more):
        """A section of the configuration."""
        lines = {"url": url, "secret_file": self.secret, **more}
        if url.startswith("https:"):
            lines.setdefault("ca_file", f"{self.dir}/ca.pem")
        text = "".join(f"    {key} = {value if key in ('allow_http', 'events') else json.dumps(value)}\n"
                       for key, value in lines.items())
        return f'webhook "{name}" {{\n{text}}}\n'

    def start(self, *hooks, **settings):
        self.daemon.write_config(top="".join(hooks), **settings)
        self.daemon.start()

    def mail(self, recipient, count=1, sender=ANNA):
        """Messages of one session; the verdicts."""
        client = Client(f"{self.home}/socket")
        self.addCleanup(client.close)
        verdicts = []
        for _ in range(count):
            self.number += 1
            verdicts.append(client.send(sender, recipient, f"m{self.number}@example.com"))
        return verdicts

    def waiting(self, name):
        rows = [row for row in self.daemon.ask("status")["webhooks"] if row["webhook"] == name]
        return rows[0]

    def row(self, name, attempts=1, timeout=20):
        """The first row of a webhook, once so many attempts have failed."""
        def failed():
            rows = self.daemon.ask("outbox", "list", "--webhook", name)
            return rows and rows[0]["attempts"] >= attempts and rows[0]
        wait_until(failed, timeout, f"{attempts} failed attempts of {name}")
        return failed()


class Delivery(Webhooks):
    def test_it_is_signed_with_each_key_and_carries_the_headers_of_the_specification(self):
        self.start(self.hook("crm", self.https.url("ok/signed")))
        self.mail("jane@prospect.test")
        wait_until(lambda: len(self.https.requests("ok/signed")) >= 2, what="two webhooks")
        for request in self.https.requests("ok/signed"):
            self.assertRegex(request.id, r"^msg_[0-9a-f]{32}$")
            self.assertLess(abs(int(request.headers["webhook-timestamp"]) - time.time()), 60)
            self.assertEqual(request.headers["webhook-signature"].split(" "),
                             [signature(secret, request) for secret in SECRETS])
            self.assertEqual(request.headers["Content-Type"], "application/json")
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, what="an empty outbox")
        types = [json.loads(r.body)["type"] for r in self.https.requests("ok/signed")]
        self.assertEqual(sorted(types), ["lead.started", "policy.changed"])

    def test_every_type_is_told_and_keeps_to_its_schema(self):
        modes = "".join(f'process "{mode}" {{\n mode = "{mode}"\n senders = {{ "@{mode}.example.com" '
                        "}\n end { unanswered = 1 } }\n" for mode in ("flag", "hold"))
        self.start(self.hook("crm", self.http.url("ok/types")) + modes)
        jane, ben = "jane@prospect.test", "ben@prospect.test"
        for number in (1, 2):
            self.assertEqual(self.daemon.cli("ingest", "--sent", data=sent(number, to=jane)).returncode, 0)
        self.assertEqual(self.mail(jane)[0], "y")
        self.assertEqual(self.daemon.cli("ingest", data=answer(1, 1, sender=jane)).returncode, 0)
        for words in (["pause", jane, "--until", "2099-01-01", "--reason", "not_now"],
                      ["resume", jane, "--reason", "they called"],
                      ["end", jane, "--reason", "opted_out"]):
            self.assertEqual(self.daemon.cli(*words).returncode, 0, words)
        self.mail(ben)
        self.assertEqual(self.daemon.cli("end", ben, "--reason", "bounced").returncode, 0)
        for mode in ("flag", "hold"):
            self.mail(f"{mode}@prospect.test", 2, f"anna@{mode}.example.com")
        self.assertEqual(self.daemon.cli("off").returncode, 0)
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, what="an empty outbox")
        seen = set()
        for request in self.http.requests("ok/types"):
            body = json.loads(request.body)
            schema = {"$ref": f"#/$defs/{body['type']}", "$defs": SCHEMA["$defs"]}
            jsonschema.Draft202012Validator(schema).validate(body)
            jsonschema.Draft202012Validator(SCHEMA).validate(body)
            seen.add(body["type"])
        self.assertEqual(sorted(seen), sorted(TYPES))
        broken = {**body, "data": {**body["data"], "more": 1}}  # the schema can say no
        self.assertFalse(jsonschema.Draft202012Validator(SCHEMA).is_valid(broken))

    def test_only_the_events_that_are_wanted_are_told_and_a_reload_is_enough(self):
        self.start(self.hook("crm", self.http.url("ok/wanted"), events='{ "lead.ended" }'))
        jane = "jane@prospect.test"
        self.mail(jane)
        self.assertEqual(self.daemon.cli("end", jane, "--reason", "won").returncode, 0)
        wait_until(lambda: self.http.requests("ok/wanted"), what="the end")
        # a reload sends again what has no answer yet
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")
        self.daemon.reload(top=self.hook("crm", self.http.url("ok/wanted"), events='{ "lead.ended" }')
                           + self.hook("bi", self.http.url("ok/bi")))
        wait_until(lambda: self.http.requests("ok/bi"), what="the new webhook")
        self.assertEqual([json.loads(r.body)["type"] for r in self.http.requests("ok/wanted")],
                         ["lead.ended"])
        body = json.loads(self.http.requests("ok/wanted")[0].body)["data"]
        self.assertEqual((body["address"], body["reason"], body["decided_by"], body["process"]),
                         (jane, "won", "person", "sales"))


class Failures(Webhooks):
    BAD = {  # name: path, what the outbox says
        "status": ("status/500", "HTTP status 500"), "missing": ("status/404", "HTTP status 404"),
        "redirect": ("redirect", "redirects are not followed"), "reset": ("reset", ""),
        "garbage": ("garbage", ""), "hang": ("hang", "Timeout"),
    }

    def test_a_bad_endpoint_neither_gets_it_nor_slows_a_good_one(self):
        hooks = [self.hook(name, self.https.url(path), timeout="2s", events='{ "lead.started" }')
                 for name, (path, _) in self.BAD.items()]
        hooks += [self.hook("stranger", self.https.url("ok/stranger"), events='{ "lead.started" }',
                            ca_file=f"{self.dir}/other.pem"),
                  self.hook("othername", self.https.url("ok/othername", host="127.0.0.1"),
                            events='{ "lead.started" }'),
                  self.hook("closed", "http://127.0.0.1:1/", events='{ "lead.started" }'),
                  self.hook("flood", self.https.url("flood"), events='{ "lead.started" }'),
                  self.hook("good", self.https.url("ok/good"), events='{ "lead.started" }')]
        self.start(*hooks)
        began = time.monotonic()
        for number in range(20):
            self.mail(f"p{number}@prospect.test")
        mailed = time.monotonic() - began
        wait_until(lambda: len(self.https.requests("ok/good")) == 20, 10, "the good one")
        self.assertLess(mailed, 10)
        wait_until(lambda: self.waiting("flood")["waiting"] == 0, 30, "the flood, which is a 200")
        for name, (_, says) in {**self.BAD, "stranger": ("", "certificate"),
                                "othername": ("", "certificate"),
                                "closed": ("", "connect")}.items():
            with self.subTest(name):
                row = self.row(name)
                self.assertIn(says, row["last_error"])
                self.assertFalse(row["dead"])
        for path in ("ok/redirected", "ok/stranger", "ok/othername"):
            self.assertEqual(self.https.requests(path), [])
        began = time.monotonic()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertLess(time.monotonic() - began, 15)  # 4 s of it are libmilter's

    def test_what_failed_is_tried_again_with_the_same_id_and_what_is_behind_it_waits(self):
        self.start(self.hook("crm", self.http.url("once"), events='{ "lead.started", "lead.ended" }'))
        jane = "jane@prospect.test"
        self.mail(jane)
        self.row("crm")
        self.daemon.cli("end", jane, "--reason", "won")
        wait_until(lambda: self.waiting("crm")["waiting"] == 0, 40, "an empty outbox")
        came = [(json.loads(r.body)["type"], r.status) for r in self.http.requests("once")]
        self.assertEqual(came, [("lead.started", 500), ("lead.started", 200),
                                ("lead.ended", 500), ("lead.ended", 200)])
        first, again = self.http.requests("once")[:2]
        self.assertEqual((first.id, first.body), (again.id, again.body))
        self.assertGreaterEqual(again.at - first.at, 4)
        self.assertNotEqual(first.headers["webhook-timestamp"], again.headers["webhook-timestamp"])
        self.assertIn("webhook=crm works again", self.daemon.log())

    def test_retry_after_is_kept_as_seconds_and_as_a_date(self):
        self.start(*(self.hook(kind, self.http.url(f"later/{kind}"), events='{ "lead.started" }')
                     for kind in ("seconds", "date")))
        self.mail("jane@prospect.test")
        for kind in ("seconds", "date"):
            row = self.row(kind)
            due = datetime.datetime.fromisoformat(row["next_attempt"].replace("Z", "+00:00"))
            self.assertAlmostEqual(due.timestamp() - time.time(), 38, delta=6)
            self.mail(f"{kind}@prospect.test")  # a new one does not knock before that either
        time.sleep(2.5)
        for kind in ("seconds", "date"):
            self.assertEqual(len(self.http.requests(f"later/{kind}")), 1)

    def test_gone_is_given_up_at_once_and_a_person_can_retry_or_drop(self):
        self.start(self.hook("crm", self.http.url("status/410"), events='{ "lead.started" }'))
        self.mail("jane@prospect.test")
        self.mail("ben@prospect.test")
        wait_until(lambda: self.waiting("crm")["dead"] == 2, what="two dead letters")
        first, second = self.daemon.ask("outbox", "list", "--dead")
        self.assertIn("given up", self.daemon.log())
        shown = self.daemon.ask("outbox", "show", str(first["id"]))
        self.assertEqual(json.loads(shown["body"])["data"]["address"], first["address"])
        self.assertEqual(self.daemon.cli("outbox", "drop", str(first["id"])).returncode, 0)
        self.assertEqual(self.daemon.cli("outbox", "drop", str(first["id"])).returncode, 1)
        self.daemon.reload(top=self.hook("crm", self.http.url("ok/gone"), events='{ "lead.started" }'))
        self.assertEqual(self.daemon.cli("outbox", "retry", str(second["id"])).returncode, 0)
        wait_until(lambda: self.http.requests("ok/gone"), what="the one that was tried again")
        self.assertEqual([r.id for r in self.http.requests("ok/gone")], [second["webhook_id"]])
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")
        self.assertEqual(self.daemon.cli("outbox", "show", "99999").returncode, 1)
        self.assertEqual(self.daemon.cli("outbox", "show", "x").returncode, 2)
        self.assertEqual(self.daemon.cli("outbox", "retry").returncode, 2)


class Test(Webhooks):
    def test_a_sample_is_signed_and_the_answer_printed(self):
        self.daemon.write_config(top=self.hook("crm", self.https.url("ok/sample"))
                                 + self.hook("bad", self.https.url("status/401")))
        done = self.daemon.cli("webhook", "test", "crm")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("HTTP status 200", done.stdout)
        self.assertIn("thanks", done.stdout)
        request = self.https.requests("ok/sample")[0]
        self.assertIn(signature(SECRETS[0], request), request.headers["webhook-signature"])
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(request.body))
        said = self.daemon.ask("webhook", "test", "crm")
        self.assertEqual((said["delivered"], said["status"]), (True, 200))
        done = self.daemon.cli("webhook", "test", "bad")
        self.assertEqual(done.returncode, 1)
        self.assertIn("HTTP status 401", done.stderr)
        self.assertEqual(self.daemon.cli("webhook", "test", "none").returncode, 1)
        for word in SECRETS:
            self.assertNotIn(word, done.stdout + done.stderr)
        self.daemon.start()

    def test_a_secret_that_others_may_read_stops_the_daemon_before_it_starts(self):
        loose = f"{self.home}/loose"
        shutil.copy(self.secret, loose)
        os.chmod(loose, 0o644)
        self.daemon.write_config(top=self.hook("crm", self.https.url("ok"), secret_file=loose))
        done = self.daemon.cli("check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("others may read", done.stdout + done.stderr)
        self.daemon.write_config(top="")
        self.daemon.start()


class Kills(Webhooks):
    """kill -9 under load, at an endpoint that fails at random."""

    settings = {"mode": "flag", "unanswered": 1, "on_store_error": "tempfail"}
    THREADS, LEADS = 10, EVENTS // 30

    def pour(self, thread, per_lead):
        """Messages to the leads of a thread in turn, each again until it is accepted."""
        todo = [(lead, number) for number in range(per_lead)
                for lead in range(thread, self.LEADS, self.THREADS)]
        while todo:
            client = None
            try:
                client = Client(f"{self.home}/socket")
                while todo:
                    lead, number = todo[0]
                    verdict = client.send(ANNA, f"p{lead}@prospect{lead}.test",
                                          f"m{lead}.{number}@example.com")
                    if verdict not in "ca":
                        break
                    todo.pop(0)
            except OSError:
                time.sleep(0.05)
            finally:
                if client:
                    client.close()

    def told(self):
        """event id and type of what the store says was decided."""
        with sqlite3.connect(f"{self.home}/store/fullstop.db") as db:
            return db.execute("SELECT log || '-' || seq, lead_id FROM event WHERE kind = 'touch' AND "
                              "disposition IN ('passed', 'flagged') ORDER BY seq").fetchall()

    def test_nothing_is_lost_and_the_order_of_a_lead_is_kept(self):
        path = "random/kills"
        self.start(self.hook("crm", self.http.url(path)))
        per_lead = EVENTS // self.LEADS
        threads = [threading.Thread(target=self.pour, args=(number, per_lead))
                   for number in range(self.THREADS)]
        for thread in threads:
            thread.start()
        for number in range(KILLS):
            time.sleep(1.0 + 0.1 * (number % 5))
            self.daemon.kill()
            self.daemon.start()
            self.daemon.cli("outbox", "retry", "--all")
        for thread in threads:
            thread.join(600)
        def is_empty():
            self.daemon.cli("outbox", "retry", "--all")  # hours, made short by a person
            return self.waiting("crm")["waiting"] == 0
        wait_until(is_empty, 60 + EVENTS // 100, "an empty outbox")
        self.assertEqual(self.waiting("crm")["dead"], 0)
        self.check(path, per_lead)

    def check(self, path, per_lead):
        decided = self.told()
        self.assertEqual(len(decided), per_lead * self.LEADS)
        ids, first = {}, {}
        for request in self.http.requests(path):
            body = json.loads(request.body)
            key = (body["data"]["event"], body["type"])
            self.assertEqual(ids.setdefault(key, request.id), request.id)  # also of duplicates
            if request.status == 200 and key not in first:
                first[key] = (len(first), body)
        self.assertEqual(len(set(ids.values())), len(ids))
        arrived = {event for event, _ in first}
        self.assertEqual([event for event, _ in decided if event not in arrived], [])
        by_lead = {}
        for (event, kind), (position, body) in first.items():
            if body["data"].get("lead"):
                by_lead.setdefault(body["data"]["lead"], []).append(
                    (position, int(event.rsplit("-", 1)[1])))
        self.assertEqual(len(by_lead), self.LEADS)
        for told in by_lead.values():
            order = [seq for _, seq in sorted(told)]
            self.assertEqual(order, sorted(order))


if __name__ == "__main__":
    main()
