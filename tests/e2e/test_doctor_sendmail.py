#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_doctor_sendmail.py - fullstop doctor against good and broken sendmail.cf files.
#
# A private Sendmail runs, with the lines of conf/sendmail.mc.example; what doctor says of its
# sendmail.cf is what works. The broken files are made by m4 from the same cf, each with one
# thing wrong, and nobody runs by them.
"""fullstop doctor --sendmail-cf: each finding by one broken file, none by the good one."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

from daemon import Fullstopd, build_dir, run
from harness import main
from postfix import free_port
from sendmail import UNPACKED, Sendmail

_CF = f"{UNPACKED}/usr/share/sendmail/cf"
_COPY = "define(`confCOPY_ERRORS_TO', `fullstop-bounces')dnl\n"

_MC = """\
divert(0)dnl
OSTYPE(`linux')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`use_cw_file')dnl
define(`confCW_FILE', `-o {dir}/local-host-names')dnl
define(`confCR_FILE', `-o {dir}/relay-domains')dnl
{lines}
MAILER(`smtp')dnl
"""
_DAEMONS = _COPY + """\
DAEMON_OPTIONS(`Name=MTA, Port=smtp')dnl
DAEMON_OPTIONS(`Name=ORIGINATING, Port=587, M=Ea')dnl
"""


class Fixture:
    """What all cases share."""

    sendmail = None
    dir = None
    daemon = None


def setUpModule():  # pylint: disable=invalid-name
    Fixture.sendmail = Sendmail(free_port(), extra=_COPY)
    unittest.addModuleCleanup(Fixture.sendmail.stop)
    Fixture.sendmail.start()
    Fixture.dir = Fixture.sendmail.dir
    Fixture.daemon = Fullstopd(Fixture.dir, Fixture.sendmail.milter)
    os.chmod(Fixture.daemon.config, 0o640)
    Fixture.daemon.start()
    unittest.addModuleCleanup(Fixture.daemon.stop)


class Doctor(unittest.TestCase):
    def setUp(self):
        self.daemon = Fixture.daemon
        self.dir = tempfile.mkdtemp(prefix="mail-", dir=Fixture.dir)
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.socket = f"local:{Fixture.dir}/run/fullstop.sock"
        self.ours = f"INPUT_MAIL_FILTER(`fullstop', `S={self.socket}, F=T, " \
                    "T=C:10s;S:10s;R:30s;E:1m')dnl\n"
        self.write("relay-domains", "example.com\n")

    def write(self, name, text):
        with open(f"{self.dir}/{name}", "w", encoding="utf-8") as out:
            out.write(text)

    def cf(self, lines):
        """A sendmail.cf of these lines of sendmail.mc."""
        self.write("sendmail.mc", _MC.format(dir=self.dir, lines=lines))
        with open(f"{self.dir}/sendmail.cf", "wb") as out:
            subprocess.run(["m4", f"-D_CF_DIR_={_CF}/", f"{_CF}/m4/cf.m4",
                            f"{self.dir}/sendmail.mc"], check=True, stdin=subprocess.DEVNULL,
                           stdout=out)

    def doctor(self, path=None, config=None):
        done = run(f"{build_dir()}/fullstop", "-c", config or self.daemon.config, "--json",
                   "doctor", "--sendmail-cf", path or f"{self.dir}/sendmail.cf")
        self.assertEqual(done.stderr, "")
        findings = json.loads(done.stdout)
        self.assertEqual(done.returncode, int(any(f["level"] == "error" for f in findings)))
        return [f for f in findings if f["level"] != "ok"]

    def finds(self, wanted, lines, text=""):
        self.cf(lines)
        found = self.doctor()
        self.assertEqual([f["id"] for f in found], [wanted], found)
        self.assertIn(text, found[0]["text"])
        return found[0]["mend"]

    def finds_and_mends(self, wanted, lines, text="", without=""):
        """The line of the mend, in place of the one named, mends it."""
        mend = self.finds(wanted, lines, text).partition("    # in sendmail.mc")[0]
        self.cf(lines.replace(without, "", 1) + mend + "\n")
        self.assertEqual(self.doctor(), [], mend)
        return mend

    # ---- cases ----

    def test_nothing_is_found_in_the_one_that_runs(self):
        self.assertEqual(self.doctor(f"{Fixture.dir}/etc/sendmail.cf"), [])

    def test_nothing_is_found_in_a_good_one(self):
        self.cf(_DAEMONS + self.ours)
        self.assertEqual(self.doctor(), [])
        done = self.daemon.cli("doctor", "--sendmail-cf", f"{self.dir}/sendmail.cf")
        self.assertIn(f"Sendmail is configured in {self.dir}/sendmail.cf", done.stdout)

    def test_the_line_of_the_mend_is_a_whole_set_up(self):
        self.assertEqual(self.finds_and_mends("milter-missing", _DAEMONS) + "\n", self.ours)

    def test_defined_but_not_listed(self):
        lines = _DAEMONS + self.ours.replace("INPUT_MAIL", "MAIL")
        self.finds_and_mends("not-listed", lines)

    def test_listed_for_one_daemon_is_listed(self):
        self.cf(_COPY + "DAEMON_OPTIONS(`Name=MTA, Port=smtp, InputMailFilters=fullstop')dnl\n"
                + self.ours.replace("INPUT_MAIL", "MAIL"))
        self.assertEqual(self.doctor(), [])

    def test_a_daemon_with_filters_of_its_own(self):
        own = _COPY + "DAEMON_OPTIONS(`Name=ORIGINATING, Port=587, InputMailFilters=other')dnl\n"
        other = "MAIL_FILTER(`other', `S=local:/run/other.sock')dnl\n"
        mend = self.finds_and_mends("service-uncovered", own + self.ours + other, "ORIGINATING",
                                    without=own.partition("\n")[2])
        self.assertIn("InputMailFilters=other;fullstop", mend)

    def test_order(self):
        spam = "INPUT_MAIL_FILTER(`rspamd', `S=inet:11332@localhost')dnl\n"
        dkim = "INPUT_MAIL_FILTER(`opendkim', `S=inet:8891@localhost')dnl\n"
        self.assertIn("`rspamd, fullstop'", self.finds_and_mends(
            "before-refusing", _DAEMONS + self.ours + spam, "rspamd"))
        self.assertIn("`fullstop, opendkim'", self.finds_and_mends(
            "after-signer", _DAEMONS + dkim + self.ours, "opendkim"))
        self.cf(_DAEMONS + spam + self.ours + dkim)
        self.assertEqual(self.doctor(), [])

    def test_verifiers(self):
        with open(self.daemon.config, encoding="utf-8") as file:
            text = file.read()
        self.write("fullstop.conf", 'authserv_ids = { "mail.example.com" }\n' + text.replace(
            "    end {", '    answers { require = "authenticated" }\n    end {'))
        strict = f"{self.dir}/fullstop.conf"
        os.chmod(strict, 0o640)
        name = "define(`confDOMAIN_NAME', `mail.example.com')dnl\n"
        dkim = "INPUT_MAIL_FILTER(`opendkim', `S=inet:8891@localhost')dnl\n"

        def finds(lines):
            self.cf(lines)
            found = {f["id"]: f["mend"] for f in self.doctor(config=strict)}
            found.pop("daemon-old-config")  # the daemon has not read this file
            return found

        self.assertEqual(list(finds(name + _DAEMONS + self.ours)), ["verifier-missing"])
        lines = name + _DAEMONS + self.ours + dkim
        found = finds(lines)
        self.assertEqual(list(found), ["verifier-after"])
        self.assertIn("`opendkim, fullstop'", found["verifier-after"])
        lines += found["verifier-after"].partition("    # in")[0] + "\n"
        found = finds(lines)
        self.assertEqual(list(found), ["after-signer"])
        self.assertIn("Port=587, InputMailFilters=fullstop;opendkim'", found["after-signer"])
        lines = lines.replace("DAEMON_OPTIONS(`Name=ORIGINATING, Port=587, M=Ea')dnl",
                              found["after-signer"].partition("    # in")[0])
        self.assertEqual(finds(lines), {})
        self.assertEqual(list(finds(lines.replace("mail.example.com", "mx2.example.com"))),
                         ["authserv-unknown"])

    def test_flags(self):
        for flags, action in (("", "accept"), ("F=R, ", "reject")):
            lines = _DAEMONS + self.ours.replace("F=T, ", flags)
            self.finds_and_mends("default-action", lines, f'"{action}"',
                                 without=self.ours.replace("F=T, ", flags))

    def test_timeouts(self):
        long = self.ours.replace("E:1m", "E:2h")
        self.finds_and_mends("timeout-long", _DAEMONS + long, "T=E", without=long)
        short = self.ours.replace("R:30s", "R:1s")
        self.finds_and_mends("timeout-short", _DAEMONS + short, "T=R", without=short)

    def test_another_socket(self):
        other = self.ours.replace("/run/fullstop.sock", "/fullstop.sock")
        self.finds_and_mends("milter-elsewhere", _DAEMONS + other, without=other)

    def test_submission_is_not_marked(self):
        msa = "DAEMON_OPTIONS(`Name=MSA, Port=587, M=Ea')dnl\n"
        self.finds_and_mends("originating", _COPY + msa + self.ours, "MSA", without=msa)

    def test_bounces_are_not_seen(self):
        self.finds_and_mends("bounces-uncopied", _DAEMONS.replace(_COPY, "") + self.ours)

    def test_an_unsafe_folder(self):
        self.addCleanup(os.chmod, f"{Fixture.dir}/run", 0o755)
        for mode in (0o777, 0o775):
            os.chmod(f"{Fixture.dir}/run", mode)
            mend = self.finds("socket-folder-unsafe", _DAEMONS + self.ours, f"{Fixture.dir}/run")
            subprocess.run(["/bin/sh", "-ec", mend.replace("sudo ", "")], check=True)
            self.assertEqual(self.doctor(), [])

    def test_another_user_may_not_connect(self):
        self.finds("socket-denied", _DAEMONS + self.ours + "define(`confRUN_AS_USER', `daemon')dnl\n",
                   "daemon")

    def test_domains(self):
        self.write("relay-domains", "# none\nsales.example.com\n")
        self.finds("domain-not-here", _DAEMONS + self.ours, "example.com")
        self.write("relay-domains", "example.net\n")
        self.write("local-host-names", "example.com\n")
        self.finds("sender-not-here", _DAEMONS + self.ours, "sales.example.com")
        self.write("local-host-names", "example.com\nsales.example.com\n")
        self.assertEqual(self.doctor(), [])

    def test_domains_of_the_access_table(self):
        self.write("relay-domains", "")
        self.cf(_DAEMONS + self.ours)
        with open(f"{self.dir}/sendmail.cf", "a", encoding="utf-8") as out:
            out.write(f"Kaccess hash -T<TMPF> -o {self.dir}/access\n")
        # a table whose text is not there may name anything
        self.assertEqual(self.doctor(), [])
        self.write("access", "# comment\nConnect:example.com RELAY\nTo:example.com REJECT\n")
        self.assertEqual([f["id"] for f in self.doctor()], ["sender-not-here", "domain-not-here"])
        self.write("access", "To:example.com\tRELAY\n")
        self.assertEqual(self.doctor(), [])


if __name__ == "__main__":
    main()
