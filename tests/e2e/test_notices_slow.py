# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_notices_slow.py - a submission host that hangs holds up neither webhooks nor the end of
# fullstopd.
"""Notices to a host that does not answer."""

import os
import socket
import time

from harness import ANNA, EndToEnd, main, wait_until
from hooks import SECRETS, Endpoint
from sink import Sink
from test_notices import notices

_WEBHOOK = """
webhook "crm" {{
    url = "{url}"
    secret_file = "{secret}"
    events = {{ "touch.refused" }}
}}
"""


class Slow(EndToEnd):
    settings = {"mode": "enforce", "unanswered": 1}

    def setUp(self):
        self.endpoint = Endpoint()
        self.addCleanup(self.endpoint.close)
        self.secret = f"{self.daemon.dir}/secret"
        with open(self.secret, "w", encoding="utf-8", opener=lambda path, flags: os.open(
                path, flags, 0o600)) as out:
            out.write(SECRETS[0] + "\n")

    def refuse_one(self):
        contact = self.contact()
        self.fill(contact)
        self.refused(contact)

    def use(self, port):
        url = self.endpoint.url("ok", "127.0.0.1")
        self.daemon.reload(top=_WEBHOOK.format(url=url, secret=self.secret),
                           process=notices(port, kinds="refused", gather="0"))

    def check_rest(self):
        """The others are told, and the end is soon."""
        before = len(self.endpoint.requests())
        self.refuse_one()
        wait_until(lambda: len(self.endpoint.requests()) > before, 5, "the webhook")
        began = time.monotonic()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertLess(time.monotonic() - began, 5)
        self.daemon.start()

    def test_a_host_that_takes_a_mail_and_says_nothing(self):
        host = Sink()
        self.addCleanup(host.close)
        self.addCleanup(host.may_answer.set)
        host.may_answer.clear()
        self.use(host.port)
        self.refuse_one()
        host.wait_for(ANNA)
        self.check_rest()

    def test_a_host_that_never_greets(self):
        with socket.create_server(("127.0.0.1", 0)) as host:
            self.use(host.getsockname()[1])
            self.refuse_one()
            client, _ = host.accept()
            with client:
                self.check_rest()

    def test_a_host_that_is_left_for_another_is_left_at_once(self):
        with socket.create_server(("127.0.0.1", 0)) as host:
            self.use(host.getsockname()[1])
            self.refuse_one()
            client, _ = host.accept()
            with client:
                other = Sink()
                self.addCleanup(other.close)
                self.use(other.port)
                other.wait_for(ANNA, timeout=8)


if __name__ == "__main__":
    main()
