# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_race.py - 50 SMTP sessions that finish their mail to one contact at one time.
#
# FS_RACE_ROUNDS=200 for the whole bar through the MTAs; by default it is run for long only
# at the engine (tests/test_engine_race.c).
"""Exactly one of fifty gets the last touch."""

import os
import threading

from harness import ANNA, EndToEnd, Session, main, message
from postfix import Postfix
from sendmail import Sendmail

SESSIONS = 50
ROUNDS = int(os.environ.get("FS_RACE_ROUNDS", "20"))


class Race:
    """The sessions stay open from round to round; their threads meet at a gate."""

    def racer(self, session):
        try:
            for contact in self.contacts:
                session.envelope(ANNA, contact)
                session.start_data(message(ANNA, contact))
                self.gate.wait(60)  # all but the final dot is there
                self.replies[contact].append(session.finish_data())
        except BaseException:
            self.gate.abort()
            raise
        finally:
            session.close()

    def test_of_fifty_sessions_exactly_one_gets_the_last_touch(self):
        self.contacts = [self.contact() for _ in range(ROUNDS)]
        for contact in self.contacts:
            self.fill(contact, 2)
        self.replies = {contact: [] for contact in self.contacts}
        self.gate = threading.Barrier(SESSIONS)
        sessions = [Session(self.postfix.submission) for _ in range(SESSIONS)]
        threads = [threading.Thread(target=self.racer, args=(session,)) for session in sessions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for contact in self.contacts:
            codes = sorted(reply.code for reply in self.replies[contact])
            self.assertEqual(codes, [250] + [550] * (SESSIONS - 1), contact)
            self.assertLead(contact, state="ended", unanswered=3, overrun=0)
            self.assertEqual(len(self.sink.wait_for(contact, 3)), 3)


class BehindPostfix(Race, EndToEnd):
    mta = Postfix

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # it slows down and hangs up on clients with many refusals
        cls.postfix.set("smtpd_error_sleep_time=0", "smtpd_soft_error_limit=1000",
                        "smtpd_hard_error_limit=1000")


class BehindSendmail(Race, EndToEnd):
    mta = Sendmail


if __name__ == "__main__":
    main()
