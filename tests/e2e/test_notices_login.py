# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_notices_login.py - notices handed to a submission host that wants a login.
#
# The password is given under TLS alone, to a host whose certificate holds, and is found
# nowhere else: not in the log, not in /proc, not in the store, not in an error.
"""Notices with a login."""

import glob
import os
import tempfile
import time

from harness import ANNA, EndToEnd, main, wait_until
from hooks import authority
from submission import Submission

USER = "anna@sales.example.com"
PASSWORD = "correct horse#battery staple"


class Login(EndToEnd):
    settings = {"mode": "enforce", "unanswered": 1}

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="fullstop-tls-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        for name in ("good", "other"):
            authority(cls.folder, name)
        cls.secret = f"{cls.folder}/password"
        cls.write_password(PASSWORD)
        super().setUpClass()

    @classmethod
    def write_password(cls, password, mode=0o640):
        with open(cls.secret, "w", encoding="utf-8") as out:
            out.write(password + "\n")
        os.chmod(cls.secret, mode)

    def host(self, certificate="good-server", **more):
        made = Submission((USER, PASSWORD), certificate and f"{self.folder}/{certificate}", **more)
        self.addCleanup(made.close)
        return made

    def notices(self, host, scheme="smtp", name="localhost", more=""):
        return (f'    notices {{ kinds = {{ last_touch }} gather = "0" {more} '
                f'ca_file = "{self.folder}/good.pem" via_password_file = "{self.secret}" '
                f'via = "{scheme}://{USER}@{name}:{host.port}" }}')

    def one_notice(self, process):
        self.daemon.reload(process=process)
        contact = self.contact()
        self.fill(contact)
        return contact

    def check_arrives(self, host, process):
        contact = self.one_notice(process)
        got = host.wait_for(ANNA, Subject=contact)[0]
        self.assertEqual(got.sender, "")
        self.assertEqual(host.logins, [(USER, True)])
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")
        self.check_secret()

    def check_fails(self, host, process, words):
        before = len(self.daemon.log())
        self.one_notice(process)
        log = self.daemon.wait_for_log("outbox=notices:sales failing", before)
        self.assertIn(words, log)
        time.sleep(0.5)
        self.assertEqual(host.messages, [])
        self.check_secret()
        for row in self.daemon.ask("outbox", "list"):
            self.daemon.cli("outbox", "drop", str(row["id"]))

    def check_secret(self):
        pid = self.daemon.process.pid
        places = [f"/proc/{pid}/cmdline", f"/proc/{pid}/environ", self.daemon.log_path,
                  *glob.glob(f"{self.daemon.dir}/store/*")]
        self.assertGreater(len(places), 3)
        for place in places:
            with open(place, "rb") as data:
                self.assertNotIn(PASSWORD.encode(), data.read(), place)

    def test_starttls_and_login(self):
        host = self.host()
        self.check_arrives(host, self.notices(host))
        in_the_clear = b"".join(host.in_the_clear)
        self.assertIn(b"STARTTLS", in_the_clear)
        self.assertNotIn(b"AUTH", in_the_clear)
        self.assertNotIn(b"MAIL", in_the_clear)

    def test_tls_from_the_first_byte(self):
        host = self.host(is_smtps=True)
        self.check_arrives(host, self.notices(host, "smtps"))
        self.assertEqual(host.in_the_clear, [])

    def test_without_tls_nothing_is_said(self):
        host = self.host(None, is_careless=True)
        self.check_fails(host, self.notices(host), "SSL")
        self.assertEqual(host.logins, [])
        self.assertNotIn(b"AUTH", b"".join(host.in_the_clear))

    def test_a_certificate_of_another_authority(self):
        host = self.host("other-server")
        self.check_fails(host, self.notices(host), "certificate")
        self.assertEqual(host.logins, [])

    def test_a_certificate_of_another_name(self):
        host = self.host()
        self.check_fails(host, self.notices(host, name="127.0.0.1"), "certificate")
        self.assertEqual(host.logins, [])

    def test_a_wrong_password_waits_until_it_is_mended(self):
        host = self.host()
        before = len(self.daemon.log())
        self.write_password("wrong")
        contact = self.one_notice(self.notices(host))
        self.daemon.wait_for_log("outbox=notices:sales failing", before)
        self.assertEqual(host.messages, [])
        self.write_password(PASSWORD)
        self.daemon.reload()
        self.daemon.cli("outbox", "retry", "--all")
        host.wait_for(ANNA, Subject=contact)
        self.assertEqual(host.logins[0], (USER, False))

    def test_a_password_that_others_may_read_is_refused(self):
        host = self.host()
        self.write_password(PASSWORD, 0o644)
        self.addCleanup(self.write_password, PASSWORD)
        old = self.daemon.settings["process"]
        self.daemon.write_config(process=self.notices(host))
        self.addCleanup(self.daemon.write_config, process=old)
        done = self.daemon.cli("check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("chmod 640", done.stderr)
        self.assertNotIn(PASSWORD, done.stderr + done.stdout)


if __name__ == "__main__":
    main()
