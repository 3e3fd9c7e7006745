# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_crm.py - what a CRM decided is fetched: from real servers on loopback, HTTPS with an
# authority of our own, and all that can go wrong. Without an MTA: mail comes by the milter
# protocol.
"""The CRM's word is fetched and applied, and a source that fails harms nobody."""

import datetime
import glob
import json
import os
import shutil
import sqlite3
import tempfile
import time
import unittest

from crm import Crm
from daemon import Fullstopd, build_dir, run
from harness import ANNA, main
from hooks import authority
from milter import Client
from postfix import wait_until

TOKEN = "T0ken.of-the_test~4711/+=="
JANE, BOB = "jane@prospect.test", "bob@prospect.test"
HEADER = "address,process,state,reason,until,note\n"
END_JANE = f"{JANE},sales,ended,won,,\n"
END_BOB = f"{BOB},sales,ended,won,,\n"
NOBODY = "nobody@prospect.test,,ended,won,,\n"


class Fetched(unittest.TestCase):
    """A daemon on a directory of its own that has two leads; a CRM over HTTPS and one over HTTP."""

    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="fullstop-crm-")
        cls.addClassCleanup(shutil.rmtree, cls.dir, ignore_errors=True)
        for name in ("ca", "other"):
            authority(cls.dir, name)
        cls.token = f"{cls.dir}/token"
        with open(cls.token, "w", encoding="ascii") as out:
            out.write(TOKEN + "\n")
        os.chmod(cls.token, 0o600)

    def setUp(self):
        self.https, self.http = Crm(f"{self.dir}/ca-server"), Crm()
        self.addCleanup(self.https.close)
        self.addCleanup(self.http.close)
        self.number = 0
        self.home = tempfile.mkdtemp(prefix="fullstop-crm-", dir=self.dir)
        self.daemon = Fullstopd(self.home, f"unix:{self.home}/socket", unanswered=3)
        self.addCleanup(self.end)

    def end(self):
        if self.daemon.process is not None:
            self.assertEqual(self.daemon.stop(), 0, self.daemon.log()[-2000:])
        self.assertEqual(self.daemon.cli("audit", "verify").returncode, 0)
        for path in [self.daemon.log_path, *glob.glob(f"{self.home}/store/*")]:
            with open(path, "rb") as file:
                self.assertNotIn(TOKEN.encode(), file.read(), path)

    def crm(self, name, url, **more):
        """A section of the configuration."""
        lines = {"url": url, "every": "1s", **more}
        if url.startswith("https:"):
            lines.setdefault("ca_file", f"{self.dir}/ca.pem")
        text = "".join(f"    {key} = {value if key in ('allow_http', 'partial') else json.dumps(value)}\n"
                       for key, value in lines.items())
        return f'crm "{name}" {{\n{text}}}\n'

    def start(self, *sections, leads=(JANE, BOB)):
        """The leads are there before the sources are."""
        self.daemon.write_config(top="")
        self.daemon.start()
        for lead in leads:
            self.assertIn(self.mail(lead), "ca")
        self.daemon.reload(top="".join(sections))

    def mail(self, recipient):
        self.number += 1
        client = Client(f"{self.home}/socket")
        try:
            return client.send(ANNA, recipient, f"m{self.number}@example.com")
        finally:
            client.close()

    def source(self, name="hub"):
        return [one for one in self.daemon.ask("status")["crm"] if one["crm"] == name][0]

    def wait_for(self, condition, name="hub", timeout=20):
        """One that fails is stale after three seconds, which a busy machine may sleep through."""
        wanted = (condition, "stale") if condition == "failing" else (condition,)
        wait_until(lambda: self.source(name)["condition"] in wanted, timeout,
                   f"{name} being {condition}, not {self.source(name)}")
        return self.source(name)

    def state(self, address):
        lead = self.daemon.lead(address)
        return (lead["state"], lead["reason"])


class Applied(Fetched):
    def test_what_the_crm_ended_is_refused_and_recorded_as_the_crms(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.start(self.crm("hub", self.https.url("file/leads"), token_file=self.token))
        said = self.wait_for("ok")
        self.assertEqual((said["applied"], said["unchanged"], said["bad"]), (1, 0, 0))
        self.assertEqual((said["fault"], said["failures"], said["etag"]), (None, 0, '"1"'))
        self.assertEqual(said["last_change"], said["last_success"])
        self.assertEqual(self.state(JANE), ("ended", "won"))
        event = self.daemon.history(JANE)[-1]
        self.assertEqual((event["decided_by"], event["actor"], event["actor_uid"]),
                         ("crm", "hub", None))
        self.assertIn("by the CRM; fetched from hub.", self.daemon.cli("why", JANE).stdout)
        self.assertIn("the CRM (hub) said: end", self.daemon.cli("history", JANE).stdout)
        first = self.https.requests("file/leads")[0]
        self.assertEqual(first.headers["Authorization"], f"Bearer {TOKEN}")
        self.assertNotIn("If-None-Match", first.headers)
        self.assertIn("crm=hub applied=1 unchanged=0 bad=0", self.daemon.log())

    def test_what_was_applied_is_applied_again_to_a_backup_that_does_not_have_it(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.start()
        store = f"{self.home}/store/fullstop.db"
        with sqlite3.connect(store) as db, sqlite3.connect(f"{store}.backup") as backup:
            db.backup(backup)
        db.close()
        backup.close()
        self.daemon.reload(top=self.crm("hub", self.https.url("file/leads"), token_file=self.token))
        self.wait_for("ok")
        self.assertEqual(self.state(JANE), ("ended", "won"))
        os.replace(f"{store}.backup", store)  # under the running daemon
        for name in ("wal", "shm"):
            os.remove(f"{store}-{name}")
        wait_until(lambda: self.state(JANE) == ("ended", "won"), 5, "the end, in the backup too")

    def test_json_lines_by_http_and_without_a_token(self):
        self.http.put("leads", json.dumps({"address": JANE, "state": "replied"}) + "\n",
                      Content_Type="application/x-ndjson; charset=utf-8")
        self.start(self.crm("hub", self.http.url("file/leads")))
        self.wait_for("ok")
        self.assertEqual(self.state(JANE)[0], "replied")
        self.assertNotIn("Authorization", self.http.requests("file/leads")[0].headers)

    def test_an_unchanged_file_is_not_sent_again_and_a_changed_one_is_applied(self):
        self.https.put("leads", HEADER + END_JANE, ETag='W/"v1"')
        self.start(self.crm("hub", self.https.url("file/leads")))
        wait_until(lambda: self.https.statuses("leads")[:3] == [200, 304, 304], what="two 304")
        requests = self.https.requests("file/leads")
        self.assertEqual(requests[1].headers["If-None-Match"], 'W/"v1"')
        self.assertGreater(requests[2].at - requests[1].at, 0.7)
        self.assertEqual(self.wait_for("ok")["applied"], 1)
        self.https.put("leads", HEADER + END_JANE + END_BOB, ETag='W/"v2"')
        wait_until(lambda: self.source()["etag"] == 'W/"v2"', what="the new version")
        self.assertEqual((self.source()["applied"], self.source()["unchanged"]), (1, 1))
        self.assertEqual(self.state(BOB), ("ended", "won"))
        wait_until(lambda: self.https.statuses("leads")[-1] == 304, what="a 304 again")
        self.assertEqual(self.https.requests("file/leads")[-1].headers["If-None-Match"], 'W/"v2"')

    def test_without_an_etag_the_date_is_what_is_asked_with(self):
        date = "Tue, 24 Nov 2026 10:00:00 GMT"
        self.https.put("leads", HEADER + END_JANE, Last_Modified=date)
        self.start(self.crm("hub", self.https.url("file/leads")))
        wait_until(lambda: 304 in self.https.statuses("leads"), what="a 304")
        self.assertEqual(self.https.requests("file/leads")[1].headers["If-Modified-Since"], date)
        self.assertEqual(self.state(JANE), ("ended", "won"))

    def test_a_version_is_applied_once_also_where_there_is_no_validator(self):
        self.https.put("leads", HEADER + f"{JANE},,ended,no_urgency,,\n")
        self.start(self.crm("hub", self.https.url("file/leads")))
        wait_until(lambda: self.state(JANE)[0] == "ended", what="the end")
        self.assertEqual(self.daemon.cli("resume", JANE, "--reason", "they called").returncode, 0)
        count = len(self.https.statuses("leads"))
        wait_until(lambda: len(self.https.statuses("leads")) >= count + 3, what="three fetches")
        self.assertEqual(set(self.https.statuses("leads")), {200})
        self.assertEqual(self.state(JANE)[0], "active")
        self.assertEqual(self.source()["condition"], "ok")

    def test_a_restart_keeps_the_etag(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"kept"')
        self.start(self.crm("hub", self.https.url("file/leads"), every="1h"))
        before = self.wait_for("ok")
        for stop in (self.daemon.stop, self.daemon.kill):
            time.sleep(1.1)  # so that the next try is of another second
            count = len(self.https.requests("file/leads"))
            stop()
            self.assertEqual(self.source(), before)  # without the daemon
            self.daemon.start()
            wait_until(lambda: len(self.https.requests("file/leads")) > count, what="a fetch")
            request = self.https.requests("file/leads")[-1]
            self.assertEqual((request.headers.get("If-None-Match"), request.status), ('"kept"', 304))
            wait_until(lambda: self.source()["last_try"] > before["last_try"], what="it is noted")
            before = self.source()

    def test_another_url_is_asked_without_the_validators_of_the_old_one(self):
        for name in ("old", "new"):
            self.https.put(name, HEADER + END_JANE, ETag='"same"')
        self.start(self.crm("hub", self.https.url("file/old"), every="1h"))
        self.wait_for("ok")
        self.daemon.reload(top=self.crm("hub", self.https.url("file/new"), every="1h"))
        wait_until(lambda: self.https.statuses("new") == [200], what="the new file")
        wait_until(lambda: self.source()["unchanged"] == 1, what="its tally")
        self.assertNotIn("If-None-Match", self.https.requests("file/new")[0].headers)

    def test_a_reload_takes_up_and_leaves_sources_and_does_not_touch_the_others(self):
        for name in ("a", "b", "c"):
            self.https.put(name, HEADER + END_JANE, ETag='"1"')
        sections = {name: self.crm(name, self.https.url(f"file/{name}"), every="1h")
                    for name in ("a", "b", "c")}
        self.start(sections["a"], sections["b"])
        self.wait_for("ok", "a")
        self.wait_for("ok", "b")
        changed = self.crm("b", self.https.url("file/b"), every="1h", token_file=self.token)
        self.daemon.reload(top=sections["a"] + changed + sections["c"])
        wait_until(lambda: self.https.statuses("c") == [200] and len(self.https.statuses("b")) == 2,
                   what="the changed and the new one")
        self.assertIn("Authorization", self.https.requests("file/b")[-1].headers)
        self.daemon.reload(top=sections["c"])
        self.assertEqual([one["crm"] for one in self.daemon.ask("status")["crm"]], ["c"])
        time.sleep(1.5)
        self.assertEqual([len(self.https.statuses(name)) for name in ("a", "b", "c")], [1, 2, 1])


class BadLines(Fetched):
    def test_a_bad_line_applies_nothing_and_the_source_shows_as_failing(self):
        self.https.put("leads", HEADER + END_JANE + NOBODY + "x,,ended,won,,\n", ETag='"bad"')
        self.start(self.crm("hub", self.https.url("file/leads")))
        said = self.wait_for("failing")
        self.assertEqual((said["applied"], said["bad"]), (0, 2))
        self.assertIn("nothing was applied", said["fault"])
        self.assertEqual([(bad["line"], bad["field"]) for bad in said["bad_lines"]],
                         [(3, "address"), (4, "address")])
        self.assertIn("nobody's lead", said["bad_lines"][0]["text"])
        self.assertEqual(self.state(JANE)[0], "active")
        self.assertRegex(self.daemon.log(), "crm=hub (failing|stale: no success yet): lines are bad")
        self.assertIn("line 3, address: this is nobody's lead", self.daemon.log())
        # asked for again until it is mended, for what it lacks may come
        wait_until(lambda: len(self.https.statuses("leads")) >= 3, what="three fetches")
        self.assertEqual(set(self.https.statuses("leads")), {200})
        self.assertLessEqual(self.daemon.log().count("crm=hub failing"), 1)
        text = self.daemon.cli("status").stdout
        self.assertIn("crm hub, line 3, address: this is nobody's lead", text)
        german = run("env", "LC_ALL=de_DE.UTF-8", f"{build_dir()}/fullstop", "-c",
                     self.daemon.config, "status").stdout
        self.assertRegex(german, r"hub +(GESTÖRT|VERALTET) +nie ")
        self.assertIn("crm hub: Zeilen sind fehlerhaft, deshalb wurde nichts übernommen", german)
        self.assertIn("crm hub, Zeile 3, address: diese Adresse ist kein Lead", german)
        self.assertIn(self.mail("nobody@prospect.test"), "ca")
        self.https.put("leads", HEADER + END_JANE + NOBODY, ETag='"good"')
        self.assertEqual(self.wait_for("ok")["applied"], 2)
        self.assertEqual(self.source()["bad_lines"], [])
        self.assertIn("crm=hub works again after", self.daemon.log())

    def test_partial_applies_the_good_lines_and_names_the_bad_ones(self):
        self.https.put("leads", HEADER + NOBODY + END_JANE, ETag='"1"')
        self.start(self.crm("hub", self.https.url("file/leads"), partial="true"))
        said = self.wait_for("ok")
        self.assertEqual((said["applied"], said["bad"]), (1, 1))
        self.assertEqual([bad["line"] for bad in said["bad_lines"]], [2])
        self.assertEqual(self.state(JANE)[0], "ended")
        self.assertIn("crm=hub line 2, address: this is nobody's lead", self.daemon.log())
        wait_until(lambda: 304 in self.https.statuses("leads"), what="a 304")
        self.assertEqual(self.source()["bad"], 1)

    def test_what_was_bad_is_over_when_the_old_file_is_back(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"good"')
        self.start(self.crm("hub", self.https.url("file/leads")))
        self.wait_for("ok")
        self.https.put("leads", HEADER + NOBODY, ETag='"bad"')
        self.assertEqual(self.wait_for("failing")["bad"], 1)
        self.https.put("leads", HEADER + END_JANE, ETag='"good"')
        self.assertEqual(self.wait_for("ok")["bad"], 0)
        self.assertEqual(self.https.statuses("leads")[-1], 304)

    def test_what_is_no_file_is_told(self):
        self.https.put("page", HEADER + END_JANE, Content_Type="text/html")
        self.https.put("text", "Please log in\n", Content_Type="text/plain")
        self.https.put("array", "[]", Content_Type="application/json")
        self.start(*(self.crm(name, self.https.url(f"file/{name}")) for name in
                     ("page", "text", "array")))
        self.assertIn("web page", self.wait_for("failing", "page")["fault"])
        self.assertIn("cannot be read", self.wait_for("failing", "text")["fault"])
        said = self.wait_for("failing", "array")
        self.assertIn("object per line", said["bad_lines"][0]["text"])
        self.assertEqual(self.state(JANE)[0], "active")


class Failures(Fetched):
    BAD = {  # name: path, what status says
        "status": ("file/500", "HTTP status 500"), "redirect": ("redirect", "redirects are not followed"),
        "half": ("half/leads", ""), "garbage": ("garbage", ""), "hang": ("hang", "Timeout"),
        "trickle": ("trickle", ""), "said": ("large/said", "64 MiB"),
        "unsaid": ("large/unsaid", "64 MiB"),
    }

    def test_a_bad_source_applies_nothing_and_holds_up_neither_others_nor_mail(self):
        for name in ("leads", "redirected", "stranger", "othername"):
            self.https.put(name, HEADER + END_JANE)
        self.https.put("500", HEADER + END_JANE, status=500)
        self.https.put("good", HEADER + END_BOB)
        sections = [self.crm(name, self.https.url(path), timeout="2s" if name in ("hang", "trickle") else "20s")
                    for name, (path, _) in self.BAD.items()]
        sections += [self.crm("stranger", self.https.url("file/stranger"), ca_file=f"{self.dir}/other.pem",
                              token_file=self.token),
                     self.crm("othername", self.https.url("file/othername", host="127.0.0.1"),
                              token_file=self.token),
                     self.crm("closed", "http://127.0.0.1:1/"),
                     self.crm("good", self.https.url("file/good"))]
        self.start(*sections)
        self.assertEqual(self.wait_for("ok", "good")["applied"], 1)
        expected = {name: says for name, (_, says) in self.BAD.items()}
        expected.update(stranger="certificate", othername="certificate", closed="connect")
        for name, says in expected.items():
            with self.subTest(name):
                wait_until(lambda: self.source(name)["failures"] > 0, 30, f"a failure of {name}")
                said = self.source(name)
                self.assertIn(said["condition"], ("failing", "stale"))
                self.assertIn(says, said["fault"])
                self.assertEqual((said["applied"], said["etag"]), (0, None))
        for path in ("redirected", "stranger", "othername"):
            self.assertEqual(self.https.statuses(path), [])
        self.assertEqual(self.state(JANE)[0], "active")
        self.assertEqual(self.source("good")["condition"], "ok")

    def test_mail_passes_beside_a_source_that_hangs_and_a_stop_does_not_wait(self):
        self.start(self.crm("hub", self.https.url("hang"), timeout="10m"))
        wait_until(lambda: self.https.requests("hang"), what="the request")
        began = time.monotonic()
        for number in range(20):
            self.assertIn(self.mail(f"p{number}@prospect.test"), "ca")
        self.assertLess(time.monotonic() - began, 10)
        began = time.monotonic()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertLess(time.monotonic() - began, 10)  # 4 s of it are libmilter's
        self.assertEqual(self.source()["last_try"], None)

    def test_retry_after_is_kept_also_over_a_restart(self):
        self.start(self.crm("hub", self.https.url("later")))
        said = self.wait_for("failing")
        self.assertIn("HTTP status 429", said["fault"])
        time.sleep(2.5)
        self.daemon.restart()
        time.sleep(2)
        self.assertEqual(len(self.https.requests("later")), 1)

    def test_a_stale_source_is_shown_and_logged_once(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.start(self.crm("hub", self.https.url("file/leads")))
        self.wait_for("ok")
        self.https.put("leads", "", status=503)
        said = self.wait_for("stale")
        self.assertIn("HTTP status 503", said["fault"])
        self.assertGreaterEqual(said["failures"], 2)
        at = [datetime.datetime.fromisoformat(said[key].replace("Z", "+00:00"))
              for key in ("last_success", "last_try")]
        self.assertLess(at[0], at[1])
        self.assertRegex(self.daemon.cli("status").stdout, r"hub +STALE +\d{4}-\d\d-\d\d \d\d:\d\d ")
        time.sleep(2.5)
        log = self.daemon.log()
        self.assertLessEqual(log.count("crm=hub failing"), 1)
        self.assertEqual(log.count("crm=hub stale"), 1)
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.wait_for("ok")
        self.assertEqual(self.daemon.log().count("crm=hub works again after"), 1)

    def test_a_source_that_hangs_becomes_stale(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.start(self.crm("hub", self.https.url("file/leads"), timeout="10m"))
        self.wait_for("ok")
        self.https.put("leads", "", status=0)
        said = self.wait_for("stale")
        self.assertEqual((said["fault"], said["failures"]), (None, 0))
        self.daemon.wait_for_log("crm=hub stale: no success since ")

    def test_a_daemon_that_is_down_leaves_its_sources_stale(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.start(self.crm("hub", self.https.url("file/leads")))
        self.wait_for("ok")
        self.assertEqual(self.daemon.stop(), 0)
        self.wait_for("stale")
        self.daemon.start()
        self.wait_for("ok")
        self.assertNotIn("crm=hub stale", self.daemon.log())

    def test_a_stop_in_the_middle_of_a_long_list_is_made_good_after_the_start(self):
        count = 20000
        self.https.put("leads", HEADER + "".join(f"n{i}@list{i % 100}.example,,ended,opted_out,,\n"
                                                 for i in range(count)), ETag='"long"')
        self.start(self.crm("hub", self.https.url("file/leads")))
        wait_until(lambda: self.daemon.cli("why", "n1@list1.example").stdout, what="the first ones")
        waits = []
        for number in range(10):
            began = time.monotonic()
            self.assertIn(self.mail(f"q{number}@prospect.test"), "ca")
            waits.append(time.monotonic() - began)
        self.assertLess(max(waits), 4, waits)
        began = time.monotonic()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertLess(time.monotonic() - began, 10)
        self.assertEqual((self.source()["etag"], self.source()["applied"]), (None, 0))
        self.daemon.start()
        said = self.wait_for("ok", timeout=60)
        self.assertGreater(said["applied"], 0)
        self.assertGreater(said["unchanged"], 0)
        self.assertEqual(said["applied"] + said["unchanged"], count)
        self.assertEqual(said["etag"], '"long"')


class Secrets(Fetched):
    def test_the_token_is_in_no_place_where_others_look(self):
        self.https.put("leads", HEADER + END_JANE, ETag='"1"')
        self.start(self.crm("hub", self.https.url("file/leads?key=in-the-url"), token_file=self.token))
        self.wait_for("failing")  # the file's name has no query here
        self.daemon.reload(top=self.crm("hub", self.https.url("file/leads"), token_file=self.token))
        self.wait_for("ok")
        seen = self.daemon.log() + self.daemon.cli("--json", "status").stdout
        seen += self.daemon.cli("status").stdout + self.daemon.cli("check").stdout
        for name in ("cmdline", "environ"):
            with open(f"/proc/{self.daemon.process.pid}/{name}", encoding="utf-8") as file:
                seen += file.read()
        for path in glob.glob(f"{self.home}/store/*"):
            with open(path, "rb") as file:
                seen += file.read().decode("latin-1")
        for word in (TOKEN, "in-the-url", str(self.https.port)):
            self.assertNotIn(word, seen.replace(self.home, ""))

    def test_a_token_that_others_may_read_stops_the_daemon_before_it_starts(self):
        loose = f"{self.home}/loose"
        shutil.copy(self.token, loose)
        os.chmod(loose, 0o644)
        self.daemon.write_config(top=self.crm("hub", self.https.url("file/leads"), token_file=loose))
        with open(self.daemon.config, encoding="utf-8") as file:
            line = [i for i, text in enumerate(file, 1) if "token_file" in text][0]
        for command in ("check", "doctor"):
            done = self.daemon.cli(command)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"{self.daemon.config}:{line}: token_file: ", done.stderr)
            self.assertIn("others may read", done.stderr)
        self.daemon.write_config(top="")
        self.daemon.start()


if __name__ == "__main__":
    main()
