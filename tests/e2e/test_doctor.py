#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_doctor.py - fullstop doctor against good and broken real configurations.
#
# One private Postfix with fullstopd runs. Each case takes a copy of its configuration,
# breaks one thing, must find exactly that, and where the mend is a line for a shell runs it:
# after that nothing may be found. No case changes the Postfix that runs.
"""fullstop doctor: each finding by one broken configuration, none in the good one."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest

from daemon import Fullstopd, build_dir, command_for_others, run
from harness import main
from postfix import Postfix, find_program, free_port


class Fixture:
    """What all cases share, for none changes it for good."""

    postfix = None
    daemon = None


def setUpModule():  # pylint: disable=invalid-name
    Fixture.postfix = Postfix(free_port())
    unittest.addModuleCleanup(Fixture.postfix.stop)
    Fixture.postfix.start()
    Fixture.daemon = Fullstopd(Fixture.postfix.dir, Fixture.postfix.milter)
    unittest.addModuleCleanup(Fixture.daemon.stop)
    os.chmod(Fixture.daemon.config, 0o640)


class Doctor(unittest.TestCase):
    """A Postfix in order, and a fullstopd in order."""

    def setUp(self):
        self.postfix, self.daemon = Fixture.postfix, Fixture.daemon
        self.etc = tempfile.mkdtemp(prefix="etc-", dir=self.postfix.dir)
        self.addCleanup(shutil.rmtree, self.etc, ignore_errors=True)
        for name in ("main.cf", "master.cf"):
            shutil.copy(f"{self.postfix.dir}/etc/{name}", self.etc)
        if self.daemon.process is None:
            self.daemon.start()

    def postconf(self, *words):
        subprocess.run([find_program("postconf"), "-c", self.etc, *words], check=True)

    def age(self):
        """Postfix waits for more than a second where main.cf was just written."""
        os.utime(f"{self.etc}/main.cf", (time.time() - 60, time.time() - 60))

    def service(self, name, **options):
        """Adds an smtpd service that nobody starts."""
        chroot = options.pop("chroot", "n")
        self.postconf("-Me", f"{name}/inet={name} inet n - {chroot} - - smtpd")
        for option, value in options.items():
            self.postconf("-P", f"{name}/inet/{option}={value}")

    def changed(self, *changes):
        """A second configuration file; fullstopd does not know it."""
        path = f"{self.etc}/fullstop.conf"
        with open(self.daemon.config, encoding="utf-8") as file:
            text = file.read()
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def ids_of(self, config):
        """Of errors and warnings with this configuration file."""
        self.age()
        done = run(f"{build_dir()}/fullstop", "-c", config, "--json", "doctor",
                   "--postfix-config", self.etc)
        return {f["id"] for f in json.loads(done.stdout) if f["level"] != "ok"}

    def doctor_of(self, config):
        """The same, by id, but that the daemon has not read this file."""
        self.age()
        done = run(f"{build_dir()}/fullstop", "-c", config, "--json", "doctor",
                   "--postfix-config", self.etc)
        found = {f["id"]: f for f in json.loads(done.stdout) if f["level"] != "ok"}
        # the file is not the one that the daemon runs with
        self.assertEqual(found.pop("daemon-old-config")["level"], "warning")
        return found

    def doctor(self, *words, code=None):
        """The errors and warnings that it found."""
        self.age()
        done = self.daemon.cli("--json", "doctor", *(words or ("--postfix-config", self.etc)))
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertEqual(done.stderr, "")
        findings = json.loads(done.stdout)
        self.assertEqual(done.returncode, int(any(f["level"] == "error" for f in findings)))
        if code is not None:
            self.assertEqual(done.returncode, code, findings)
        for finding in findings:
            self.assertEqual(list(finding), ["id", "level", "text", "mend"])
            self.assertNotIn("%", finding["text"])
            self.assertEqual(finding["mend"] is None, finding["level"] == "ok", finding)
        return [f for f in findings if f["level"] != "ok"]

    def finds(self, wanted, *words, level="error", text=""):
        """Exactly one finding, with this id; returns its mend."""
        found = self.doctor(*words)
        self.assertEqual([f["id"] for f in found], [wanted], found)
        self.assertEqual(found[0]["level"], level)
        self.assertIn(text, found[0]["text"])
        return found[0]["mend"]

    def finds_and_mends(self, wanted, **expected):
        """The line of the mend, run by a shell, mends it."""
        mend = self.finds(wanted, **expected)
        self.assertTrue(mend.startswith("sudo "), mend)
        done = subprocess.run(["/bin/sh", "-ec", mend.replace("sudo ", "")],
                              capture_output=True, text=True, check=False,
                              env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"})
        self.assertEqual(done.returncode, 0, mend + done.stderr)
        self.assertEqual(self.doctor(), [], mend)
        return mend


class InOrder(Doctor):
    def test_nothing_is_found_and_the_exit_is_0(self):
        self.assertEqual(self.doctor(code=0), [])

    def test_text_says_the_mta_and_counts(self):
        done = self.daemon.cli("doctor", "--postfix-config", self.etc)
        self.assertRegex(done.stdout, rf"ok +Postfix 3\.\d+.* is configured in {self.etc} \(postfix\)\n")
        self.assertRegex(done.stdout, r"\n0 errors, 0 warnings, \d+ in order\n$")
        self.assertEqual(done.returncode, 0)

    def test_a_finding_in_text_has_its_mend_alone_in_a_line(self):
        self.postconf("-e", "milter_default_action = accept")
        done = self.daemon.cli("doctor", "--postfix-config", self.etc)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"\n    sudo postconf -c '{self.etc}' -e 'milter_default_action = tempfail'\n",
                      done.stdout)
        self.assertTrue(done.stdout.startswith("error "), done.stdout)
        self.assertRegex(done.stdout, r"\n1 error, 0 warnings, \d+ in order\n$")
        german = run("env", "LC_ALL=de_DE.UTF-8", f"{build_dir()}/fullstop", "-c",
                     self.daemon.config, "doctor", "--postfix-config", self.etc)
        self.assertRegex(german.stdout, r"\n1 Fehler, 0 Warnungen, \d+ in Ordnung\n$")

    def test_mail_config_names_the_postfix_too(self):
        self.postconf("-e", "milter_protocol = 2")
        done = run(f"{build_dir()}/fullstop", "-c", self.daemon.config, "--json", "doctor")
        os.environ["MAIL_CONFIG"] = self.etc
        self.addCleanup(os.environ.pop, "MAIL_CONFIG")
        named = run(f"{build_dir()}/fullstop", "-c", self.daemon.config, "--json", "doctor")
        self.assertIn('"protocol"', named.stdout)
        self.assertNotIn('"protocol"', done.stdout)

    def test_calls_and_configurations_that_are_wrong_exit_2(self):
        self.assertEqual(self.daemon.cli("doctor", "--postfix-config", "a", "--sendmail-cf",
                                         "b").returncode, 2)
        self.assertEqual(run(f"{build_dir()}/fullstop", "-c", "/nonexistent", "doctor").returncode, 2)

    def test_a_postfix_that_is_not_there_is_an_error(self):
        found = self.doctor("--postfix-config", "/nonexistent", code=1)
        self.assertEqual([f["id"] for f in found], ["postfix-unreadable"])
        found = self.doctor("--sendmail-cf", "/nonexistent", code=1)
        self.assertEqual([f["id"] for f in found], ["sendmail-unreadable"])


class Milters(Doctor):
    """smtpd_milters and non_smtpd_milters."""

    OURS = property(lambda self: self.postfix.milter)

    def test_milter_missing(self):
        self.postconf("-e", "smtpd_milters = inet:localhost:11332, inet:localhost:8891")
        mend = self.finds_and_mends("milter-missing")
        self.assertIn(f"inet:localhost:11332, {self.OURS}, inet:localhost:8891", mend)

    def test_milter_missing_where_a_service_has_its_own_list(self):
        self.service("submission", milter_macro_daemon_name="ORIGINATING",
                     smtpd_milters="inet:localhost:11332")
        self.finds_and_mends("service-uncovered", text="submission/inet")

    def test_a_service_of_this_host_alone_may_have_none(self):
        self.service("127.0.0.1:2626", smtpd_milters="")
        self.service("10026", smtpd_milters="")
        self.assertEqual(self.doctor(), [])

    def test_no_milters_in_front(self):
        self.service("smtp", receive_override_options="no_address_mappings,no_milters")
        self.finds_and_mends("no-milters", text="smtp/inet")

    def test_before_a_filter_that_may_refuse(self):
        for other, name in (("inet:127.0.0.1:11332", "rspamd"),
                            ("unix:/run/spamass/spamass.sock", "spamass-milter"),
                            ("unix:/run/clamav/clamav-milter.ctl", "clamav-milter"),
                            ("unix:/run/milter-greylist/milter-greylist.sock", "milter-greylist"),
                            ("{ inet:localhost:8893, default_action = accept }", "opendmarc")):
            with self.subTest(name):
                self.postconf("-e", f"smtpd_milters = {self.OURS}, {other}")
                self.finds_and_mends("before-refusing", text=name)

    def test_after_the_signer(self):
        for other, name in (("inet:localhost:8891", "opendkim"),
                            ("local:opendkim/opendkim.sock", "opendkim"),
                            ("inet:localhost:8892", "dkimpy-milter")):
            with self.subTest(name):
                self.postconf("-e", f"smtpd_milters = inet:a:11332 {other} {self.OURS}")
                self.finds_and_mends("after-signer", text=name)

    def test_misplaced_for_local_mail(self):
        self.postconf("-e", f"non_smtpd_milters = inet:localhost:8891, {self.OURS}")
        self.finds_and_mends("after-signer", text="non_smtpd_milters")

    def test_unknown_filters_and_a_filter_that_may_sign_are_no_error(self):
        self.postconf("-e", f"smtpd_milters = inet:localhost:11332, {self.OURS}, unix:/run/other")
        done = self.daemon.cli("--json", "doctor", "--postfix-config", self.etc)
        ids = [f["id"] for f in json.loads(done.stdout)]
        self.assertIn("may-sign", ids)
        self.assertIn("unknown-after", ids)
        self.assertEqual(done.returncode, 0)

    def test_non_smtpd_milters_missing(self):
        self.postconf("-e", "non_smtpd_milters =")
        self.finds_and_mends("non-smtpd-missing")

    def test_bounces_unseen(self):
        self.postconf("-e", "internal_mail_filter_classes = notify")
        self.assertIn("notify, bounce", self.finds_and_mends("bounces-unseen", level="warning"))

    def test_default_action(self):
        self.postconf("-e", "milter_default_action = accept")
        self.finds_and_mends("default-action", text='"accept"')

    def test_default_action_of_the_entry_itself(self):
        self.postconf("-e", f"smtpd_milters = {{ {self.OURS}, default_action = accept, "
                            "connect_timeout=5s }")
        mend = self.finds_and_mends("default-action", text="default_action in smtpd_milters")
        self.assertIn("connect_timeout=5s", mend)

    def test_default_action_where_others_share_it_is_mended_in_the_entry(self):
        self.postconf("-e", "milter_default_action = accept",
                      f"smtpd_milters = inet:localhost:11332, {self.OURS}",
                      f"non_smtpd_milters = {{ {self.OURS}, default_action=tempfail }}")
        mend = self.finds_and_mends("default-action")
        self.assertIn("default_action=tempfail }", mend)

    def test_lines_that_are_pasted_one_after_the_other_do_not_undo_each_other(self):
        for elsewhere in ("unix:fullstop/x.sock",
                          "{ unix:fullstop/x.sock, default_action=reject, command_timeout=20s }"):
            self.postconf("-e", f"smtpd_milters = inet:localhost:8891, {elsewhere}",
                          f"non_smtpd_milters = {{ {self.OURS}, default_action=tempfail }}",
                          "milter_default_action = reject")
            found = self.doctor()
            self.assertTrue({"milter-elsewhere", "after-signer", "default-action"}
                            <= {f["id"] for f in found}, found)
            for finding in found:
                if finding["level"] == "error":
                    subprocess.run(["/bin/sh", "-ec", finding["mend"].replace("sudo ", "")],
                                   check=True, env={**os.environ, "PATH": os.environ["PATH"]
                                                    + ":/usr/sbin"})
            self.assertEqual([f for f in self.doctor() if f["level"] == "error"], [])

    def test_protocol(self):
        self.postconf("-e", "milter_protocol = 2")
        self.finds_and_mends("protocol")

    def test_timeouts(self):
        for name, value, wanted in (("milter_connect_timeout", "20m", "timeout-long"),
                                    ("milter_command_timeout", "2", "timeout-short"),
                                    ("milter_content_timeout", "2h", "timeout-long")):
            with self.subTest(name):
                self.postconf("-e", f"{name} = {value}")
                found = self.doctor(code=0)
                # once for each of the two lists
                self.assertEqual({f["id"] for f in found}, {wanted})
                self.postconf("-e", f"{name} = 30s")

    def test_milter_maps(self):
        self.postconf("-e", "smtpd_milter_maps = static:DISABLE")
        self.finds("milter-maps", level="warning")


class Services(Doctor):
    """master.cf."""

    def test_submission_is_not_marked(self):
        for name in ("submission", "submissions", "smtps", "587", "465"):
            with self.subTest(name):
                self.service(name)
                self.finds_and_mends("originating", level="warning", text=name)

    def test_reinjection(self):
        for options in ({"content_filter": ""}, {"receive_override_options": "no_address_mappings"},
                        {"smtpd_authorized_xforward_hosts": "127.0.0.0/8"}):
            with self.subTest(str(options)):
                self.postconf("-e", "content_filter = scan:[127.0.0.1]:10024")
                self.service("127.0.0.1:2525", **options)
                self.finds_and_mends("reinjection", text="127.0.0.1:2525")
                self.postconf("-MX", "127.0.0.1:2525/inet")

    def test_reinjection_is_known_by_its_usual_port(self):
        self.service("localhost:10025")
        self.finds_and_mends("reinjection")

    def test_a_proxy_in_front(self):
        self.service("smtp", smtpd_proxy_filter="127.0.0.1:10024")
        self.service("127.0.0.1:10025", smtpd_authorized_xforward_hosts="127.0.0.0/8")
        self.finds_and_mends("proxy-filter", text="smtp/inet")

    def test_chroot(self):
        self.service("smtp", chroot="y")
        self.finds_and_mends("chroot", text=f"{self.postfix.dir}/run/fullstop.sock")

    def test_a_chroot_with_the_socket_inside_is_right(self):
        config = self.changed((f"{self.postfix.dir}/run/", f"{self.postfix.dir}/spool/f/"))
        self.service("smtp", chroot="y")
        for path in ("unix:f/fullstop.sock", "unix:/f/fullstop.sock"):
            self.postconf("-e", f"smtpd_milters = {path}", "non_smtpd_milters = unix:f/fullstop.sock")
            # nobody listens there; the other services run without chroot
            elsewhere = {"milter-elsewhere"} if path.startswith("unix:/") else set()
            self.assertEqual(self.ids_of(config), {"socket-missing", "daemon-silent"} | elsewhere)

    def test_a_port_in_place_of_a_socket(self):
        port = free_port()
        config = self.changed((self.postfix.milter, f"inet:{port}@127.0.0.1"))
        self.postconf("-e", f"smtpd_milters = inet:localhost:{port}",
                      f"non_smtpd_milters = inet:[127.0.0.1]:{port}")
        self.assertEqual(self.ids_of(config), {"daemon-silent"})

    def test_a_path_for_a_chroot_where_there_is_none(self):
        self.postconf("-e", "smtpd_milters = unix:/run/fullstop.sock")
        self.finds_and_mends("milter-elsewhere")

    def test_a_socket_that_is_not_the_daemons(self):
        self.postconf("-e", "non_smtpd_milters = inet:localhost:11332, unix:fullstop/fullstop.sock")
        self.finds_and_mends("milter-elsewhere", text="non_smtpd_milters names unix:fullstop")


class Proof(Doctor):
    """answers { require = "authenticated" } needs a verifier before fullstop."""

    OURS = property(lambda self: self.postfix.milter)
    strict = property(lambda self: self.of("mx.example.com"))

    def setUp(self):
        super().setUp()
        self.postconf("-e", "myhostname = mx.example.com")

    def of(self, authserv_id):
        return self.changed(
            ("user  ", f'authserv_ids = {{ "{authserv_id}" }}\nuser  '),
            ("    end {", '    answers { require = "authenticated" }\n    end {'))

    def finds_in(self, config, wanted, level="error", text=""):
        found = self.doctor_of(config)
        self.assertEqual(list(found), [wanted], found)
        self.assertEqual(found[wanted]["level"], level)
        self.assertIn(text, found[wanted]["text"])
        return found[wanted]["mend"]

    def paste(self, mend):
        subprocess.run(["/bin/sh", "-ec", mend.replace("sudo ", "")], check=True,
                       env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"})

    def test_without_a_verifier(self):
        mend = self.finds_in(self.strict, "verifier-missing", text="process sales")
        self.assertTrue(mend.startswith('answers { require = "thread" }    # in that process'), mend)
        self.finds_in(self.of("edge.example.com"), "verifier-elsewhere", "warning",
                      "authserv_ids does not name mx.example.com")

    def test_a_verifier_in_front(self):
        for verifier in ("inet:localhost:11332", "inet:localhost:8891", "unix:opendmarc/o.sock"):
            self.postconf("-e", f"smtpd_milters = {verifier}, {self.OURS}")
            self.postconf("-P", "127.0.0.1:%d/inet/smtpd_milters=%s" % (
                self.postfix.submission, self.OURS))
            self.assertEqual(self.doctor_of(self.strict), {})
            self.assertEqual(list(self.doctor_of(self.of("other.example.com"))), ["authserv-unknown"])

    def test_a_verifier_behind_is_moved_and_stays_behind_for_our_own_mail(self):
        self.postconf("-e", f"smtpd_milters = {self.OURS}, inet:localhost:8891")
        mend = self.finds_in(self.strict, "verifier-after", text="opendkim")
        self.assertIn(f"inet:localhost:8891, {self.OURS}", mend)
        self.paste(mend)
        mend = self.finds_in(self.strict, "after-signer", text="opendkim")
        self.assertIn(f"/inet/smtpd_milters={self.OURS},inet:localhost:8891", mend)
        self.paste(mend)
        self.assertEqual(self.doctor_of(self.strict), {})

    def test_what_cannot_be_seen_is_no_error(self):
        self.postconf("-e", f"smtpd_milters = unix:other/other.sock, {self.OURS}")
        self.assertEqual(self.doctor_of(self.strict), {})
        self.postconf("-e", f"smtpd_milters = {self.OURS}", "smtpd_recipient_restrictions = "
                            "check_policy_service unix:private/policy, permit")
        self.assertEqual(self.doctor_of(self.strict), {})

    def test_the_others_need_no_proof(self):
        self.assertEqual(self.doctor_of(self.changed(
            ("    end {", '    answers { require = "thread" }\n    end {'))), {})


class Domains(Doctor):
    def test_domain_not_here(self):
        self.postconf("-e", "relay_domains = example.net", "mydestination = sales.example.com")
        config = self.changed((', "@.example.com"', ', "@sales.example.com"'))
        self.assertEqual(set(self.doctor_of(config)), {"domain-not-here"})

    def test_sender_not_here(self):
        self.postconf("-e", "relay_domains =", "virtual_mailbox_domains = example.com")
        self.finds("sender-not-here", level="warning", text="sends as sales.example.com")

    def test_tables_are_asked(self):
        with open(f"{self.etc}/domains", "w", encoding="ascii") as out:
            out.write("/^(sales\\.)?example\\.com$/ OK\n")
        self.postconf("-e", f"relay_domains = regexp:{self.etc}/domains")
        self.assertEqual(self.doctor(), [])

    def test_networks_differ(self):
        self.postconf("-e", "mynetworks = 127.0.0.1/32, 10.1.0.0/16, [2001:db8::]/32")
        mend = self.finds("network-not-internal", level="warning",
                          text="10.1.0.0/16, 2001:db8::/32")
        self.assertIn('internal_networks = { "127.0.0.1/32", "10.1.0.0/16", "2001:db8::/32" }',
                      mend)
        self.postconf("-e", "mynetworks = 127.0.0.1/32")
        found = self.doctor_of(self.changed(
            ('"127.0.0.1/32" }', '"127.0.0.0/8", "::1/128", "10.1.0.0/16", "2001:db8::/32" }')))
        self.assertEqual(set(found), {"network-not-trusted"})
        self.assertIn("mynetworks = 127.0.0.1/32, 10.1.0.0/16, [2001:db8::]/32",
                      found["network-not-trusted"]["mend"])

    def test_sender_not_ours(self):
        config = self.changed(('"@sales.example.com"', '"@sales.example.com", "@.other.test"'))
        found = self.doctor_of(config)
        self.assertEqual(set(found), {"sender-not-ours"})
        self.assertEqual(found["sender-not-ours"]["mend"],
                         'our_domains = { "@example.com", "@.example.com", "@.other.test" }'
                         f"    # in {config}")

    def test_a_flag_leaves(self):
        found = self.doctor_of(self.changed(('"enforce"', '"flag"')))
        self.assertEqual(set(found), {"flag-leaves"})
        subprocess.run(["/bin/sh", "-ec", found["flag-leaves"]["mend"].replace("sudo ", "")],
                       check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(self.doctor_of(self.changed(('"enforce"', '"flag"'))), {})

    def test_another_user(self):
        config = self.changed(('user              = "root"', 'user = "fullstop-nobody"'))
        self.assertEqual(set(self.doctor_of(config)), {"user-missing"})
        config = self.changed(('user              = "root"', 'user = "daemon"'))
        self.assertLessEqual({"config-unreadable", "store-folder-denied", "store-denied"},
                             self.ids_of(config))

    def test_a_store_in_memory(self):
        config = self.changed((f"sqlite:{self.postfix.dir}/store/fullstop.db", "memory:"))
        self.assertIn("store-memory", self.ids_of(config))

    def test_a_store_that_is_not_there_or_is_none(self):
        config = self.changed((f"sqlite:{self.postfix.dir}/store/", f"sqlite:{self.etc}/"))
        self.assertEqual(self.ids_of(config), {"store-missing", "daemon-stopped"})
        with open(f"{self.etc}/fullstop.db", "w", encoding="ascii") as out:
            out.write("no database, but long enough to look at its head\n" * 100)
        os.chmod(f"{self.etc}/fullstop.db", 0o640)
        self.assertEqual(self.ids_of(config), {"store-broken", "daemon-stopped"})


class Files(Doctor):
    """Socket, store, configuration file. Each test puts back what it changed."""

    def setUp(self):
        super().setUp()
        self.socket = self.postfix.milter[len("unix:"):]
        self.store = f"{self.postfix.dir}/store/fullstop.db"

    def mode(self, path, mode):
        before = os.stat(path).st_mode & 0o7777
        os.chmod(path, mode)
        self.addCleanup(os.chmod, path, before)

    def test_socket_denied(self):
        self.mode(self.socket, 0o600)
        self.assertIn('socket_group = "postfix"', self.finds("socket-denied", text="0600"))

    def test_socket_folder_denied(self):
        self.mode(os.path.dirname(self.socket), 0o700)
        self.finds_and_mends("socket-folder-denied", text=os.path.dirname(self.socket))
        shutil.chown(os.path.dirname(self.socket), "root", "root")

    def test_socket_open_to_all(self):
        self.mode(self.socket, 0o666)
        self.finds("socket-open", level="warning")

    def test_store_open_to_all(self):
        self.mode(f"{self.postfix.dir}/store", 0o755)
        self.mode(self.store, 0o644)
        self.finds_and_mends("store-open", text=self.store)

    def test_config_writable_by_all(self):
        self.mode(self.daemon.config, 0o646)
        self.finds_and_mends("config-writable")

    def test_switched_off(self):
        self.daemon.cli("off")
        self.addCleanup(self.daemon.cli, "on")
        self.finds("off", level="warning")

    def test_the_running_daemon_has_another_configuration(self):
        with open(self.daemon.config, "a", encoding="utf-8") as file:
            file.write("# changed\n")
        mend = self.finds("daemon-old-config", level="warning")
        done = run("/bin/sh", "-ec", mend.replace("sudo fullstop", f"{build_dir()}/fullstop"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.doctor(), [])

    def test_the_running_daemon_is_an_older_one(self):
        store = sqlite3.connect(self.store, timeout=10)
        self.addCleanup(store.close)
        starts = "event_id IN (SELECT id FROM event WHERE kind = 'start')"
        kept = store.execute(f"SELECT event_id, note FROM private WHERE {starts}").fetchall()
        with store:
            store.execute(f"UPDATE private SET note = '0.0.1' WHERE {starts}")
        self.finds("daemon-old-version", level="warning", text="0.0.1")
        with store:
            store.executemany("UPDATE private SET note = ?2 WHERE event_id = ?1", kept)
        self.assertEqual(self.doctor(), [])

    def test_nobody_special_sees_less(self):
        for path in (self.etc, f"{self.postfix.dir}/etc"):
            os.chmod(path, 0o755)
        self.mode(self.daemon.config, 0o644)
        done = subprocess.run(
            [command_for_others(self.postfix.dir), "-c", self.daemon.config, "--json", "doctor",
             "--postfix-config", self.etc], user="daemon", group="daemon", extra_groups=[],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        self.assertIn('"daemon-unseen"', done.stdout, done.stderr)


class Away(Doctor):
    """The daemon is down, or something else is in its place."""

    def setUp(self):
        super().setUp()
        self.daemon.stop()
        self.socket = self.postfix.milter[len("unix:"):]

    def test_daemon_stopped_and_its_socket_gone(self):
        if os.path.exists(self.socket):
            os.unlink(self.socket)
        self.assertEqual({f["id"] for f in self.doctor(code=1)},
                         {"socket-missing", "daemon-stopped"})

    def test_a_file_in_place_of_the_socket(self):
        if os.path.exists(self.socket):
            os.unlink(self.socket)
        with open(self.socket, "w", encoding="ascii"):
            pass
        self.addCleanup(os.unlink, self.socket)
        self.assertEqual({f["id"] for f in self.doctor(code=1)},
                         {"socket-no-socket", "daemon-stopped"})

    def test_killed_daemon(self):
        self.daemon.start()
        self.daemon.kill()
        self.assertEqual({f["id"] for f in self.doctor(code=1)}, {"daemon-stopped"})

    def test_the_clock_is_behind_the_store(self):
        self.daemon.start()
        store = sqlite3.connect(f"{self.postfix.dir}/store/fullstop.db", timeout=10)
        self.addCleanup(store.close)
        for ahead_s, wanted in ((86400, ["clock-behind"]), (0, [])):
            with store:
                store.execute("UPDATE event SET at = ?", (int(time.time()) + ahead_s,))
            self.assertEqual([f["id"] for f in self.doctor()], wanted)


if __name__ == "__main__":
    main()
