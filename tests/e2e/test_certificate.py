# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_certificate.py - client certificates as the sign that a client is one of us.
#
# Postfix tells a milter the common name of a certificate that it trusts, and nothing of
# others; Sendmail tells whole subject and common name of any, and whether it verified.
"""Login by TLS client certificate, behind Postfix and Sendmail."""

import os
import ssl
import subprocess

from harness import ANNA, EndToEnd, OUTSIDE, Session, main, message
from sendmail import Sendmail

_PROCESS = """
process "certified" {
    senders = { "bens-laptop" }
}
"""


def _openssl(*words):
    subprocess.run(["openssl", *words], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _authority(folder, name):
    _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{folder}/{name}.key",
             "-out", f"{folder}/{name}.pem")


def _certificate(folder, name, authority):
    _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-subj", f"/CN={name}", "-keyout", f"{folder}/{name}.key",
             "-out", f"{folder}/{name}.csr")
    _openssl("x509", "-req", "-days", "2", "-in", f"{folder}/{name}.csr", "-CAcreateserial",
             "-CA", f"{folder}/{authority}.pem", "-CAkey", f"{folder}/{authority}.key",
             "-out", f"{folder}/{name}.pem")


def _make(folder):
    """Our authority with a server and two laptops, another one with a stranger's."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for authority, names in (("ca", ("server", "annas-laptop", "bens-laptop")), ("other-ca", ("strangers",))):
        _authority(folder, authority)
        for name in names:
            _certificate(folder, name, authority)
    for name in os.listdir(folder):
        os.chmod(f"{folder}/{name}", 0o600)


class Certificates:
    """The tests of both MTAs. From outside, through a port on which anybody may relay."""

    settings = {"top": _PROCESS}

    def certified(self, recipient, name=None, sender=ANNA):
        context = ssl.create_default_context(cafile=f"{self.postfix.dir}/tls/ca.pem")
        context.check_hostname = False
        if name:
            context.load_cert_chain(f"{self.postfix.dir}/tls/{name}.pem",
                                    f"{self.postfix.dir}/tls/{name}.key")
        with Session(self.postfix.open, OUTSIDE) as session:
            session.starttls(context=context)
            session.ehlo()
            reply = session.deliver(sender, recipient, message(sender, recipient))
        self.assertEqual(reply.code, 250, reply)
        return self.log_line(reply)

    def test_a_verified_certificate_is_a_signal(self):
        jane = self.contact()
        self.assertIn("direction=outbound signal=certificate process=sales",
                      self.certified(jane, "annas-laptop"))
        self.assertLead(jane, unanswered=1)

    def test_its_common_name_can_be_a_sender(self):
        jane = self.contact()
        self.assertIn("signal=certificate process=certified",
                      self.certified(jane, "bens-laptop", "someone@example.com"))
        self.assertLead(jane, process="certified", unanswered=1)

    def test_a_certificate_of_another_authority_is_none(self):
        jane = self.contact()
        self.assertIn("direction=neither signal=none", self.certified(jane, "strangers"))
        self.assertNoLead(jane)

    def test_tls_without_a_certificate_is_none(self):
        jane = self.contact()
        self.assertIn("direction=neither signal=none", self.certified(jane))
        self.assertNoLead(jane)


class BehindPostfix(Certificates, EndToEnd):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tls = f"{cls.postfix.dir}/tls"
        _make(tls)
        cls.postfix.set("smtpd_tls_security_level=may", "smtpd_tls_ask_ccert=yes",
                        f"smtpd_tls_CAfile={tls}/ca.pem", f"smtpd_tls_cert_file={tls}/server.pem",
                        f"smtpd_tls_key_file={tls}/server.key")


class BehindSendmail(Certificates, EndToEnd):
    @staticmethod
    def mta(sink_port, default_action):
        sendmail = Sendmail(sink_port, default_action, extra="FEATURE(`promiscuous_relay')dnl")
        _make(f"{sendmail.dir}/tls")
        return sendmail


if __name__ == "__main__":
    main()
