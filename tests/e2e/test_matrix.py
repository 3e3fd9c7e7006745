# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_matrix.py - mail to several recipients: {1, 3, 50} x {none, some, all refused} x
# {observe, flag, hold, enforce} x {Postfix, Sendmail}, one test each.
#
# Each looks at the whole: the SMTP reply, who got the mail, who is on hold, what was counted,
# the log line. Nobody loses mail in silence; nobody gets mail who should not.
"""The multi-recipient matrix."""

from collections import Counter

from harness import EndToEnd, main, wait_until
from postfix import Postfix
from sendmail import Sendmail

MODES = ("observe", "flag", "hold", "enforce")
COUNTS = (1, 3, 50)
SHARES = ("none", "some", "all")
NAMED_MAX = 5  # addresses that a reply names

# One process per mode, in which the second mail to a contact is one too many.
_PROCESS = """
process "{mode}" {{
    mode    = "{mode}"
    senders = {{ "@{mode}.example.com" }}
    end {{ unanswered = 1 }}
}}
"""

# What becomes of a mail with a refused recipient: reply, who gets it, who is on hold,
# whether allowed recipients are counted, word in the log.
_OUTCOMES = {
    "observe": (250, "all", "none", True, "would_refuse"),
    "flag": (250, "all", "none", True, "flagged"),
    "hold": (250, "none", "all", True, "held"),
    "enforce": (550, "none", "none", False, "refused"),
}
_PASSES = (250, "all", "none", True, "passed")


class Matrix:
    """The tests of one MTA; made below."""

    settings = {"top": "".join(_PROCESS.format(mode=mode) for mode in MODES)}

    def cell(self, mode, count, share):
        contacts = [self.contact() for _ in range(count)]
        refused = {"none": [], "some": contacts[1::2], "all": contacts}[share]
        sender, subject = f"anna@{mode}.example.com", f"{mode} {count} {share}"
        if refused:
            self.send_ok(refused, sender=sender, subject="The one that is allowed")
            for contact in refused:
                self.sink.wait_for(contact)
        before = len(self.daemon.log())
        reply = self.send(contacts, sender=sender, subject=subject)
        code, gets, holds, counts, disposition = _OUTCOMES[mode] if refused else _PASSES
        self.assertEqual(reply.code, code, reply)
        self.check_reply(reply, contacts, refused)
        self.check_delivery(contacts if gets == "all" else [], subject,
                            mode == "flag" and bool(refused))
        self.check_held(contacts, contacts if holds == "all" else [])
        self.check_counts(mode, contacts, refused, counts)
        self.check_log(before, contacts, refused, f" disposition={disposition} ")

    def check_reply(self, reply, contacts, refused):
        """A refusal names who is refused, five at most, and says how many more; nobody else."""
        if reply.code == 250:
            return
        named = [contact for contact in contacts if contact in reply.text]
        self.assertEqual(named, refused[:NAMED_MAX])
        more = len(refused) - NAMED_MAX
        if more > 0:
            self.assertIn(f"and {more} more", reply.text)

    def check_delivery(self, expected, subject, flagged):
        """Exactly these got it, once each."""
        for contact in expected:
            self.sink.wait_for(contact, Subject=subject)
        wait_until(self.postfix.is_idle, what="the end of deliveries")
        arrived = [m for m in list(self.sink.messages) if m.message["Subject"] == subject]
        self.assertEqual(Counter(r for m in arrived for r in m.recipients), Counter(expected))
        for mail in arrived:
            self.assertEqual("X-Fullstop-Flag" in mail.message, flagged)

    def check_held(self, contacts, expected):
        held = [recipient for recipient in self.postfix.held() if recipient in contacts]
        self.assertEqual(sorted(held), sorted(expected))

    def check_counts(self, mode, contacts, refused, counts):
        leads = {lead["address"]: lead for lead in self.daemon.ask("leads", "--process", mode)}
        for contact in contacts:
            if contact in refused:
                lead = leads[contact]
                self.assertEqual((lead["state"], lead["unanswered"]), ("ended", 1), lead)
                if mode != "hold":  # what is held has not passed yet
                    self.assertEqual(lead["overrun"], 0 if mode == "enforce" else 1, lead)
            elif counts:
                self.assertEqual((leads[contact]["state"], leads[contact]["unanswered"],
                                  leads[contact]["overrun"]), ("active", 1, 0))
            else:
                self.assertNotIn(contact, leads)

    def check_log(self, before, contacts, refused, disposition):
        """One line, with the totals and five of those it is about."""
        lines = [line for line in self.daemon.log()[before:].splitlines()
                 if "direction=outbound" in line]
        self.assertEqual(len(lines), 1, lines)
        about = refused or contacts
        self.assertIn(disposition, lines[0])
        self.assertIn(f" lead={','.join(about[:5])}", lines[0])
        if len(about) > 5:
            self.assertIn(f",+{len(about) - 5} ", lines[0])
        if len(contacts) > 1:
            self.assertIn(f" recipients={len(contacts)} refused={len(refused)}", lines[0])


def _test(mode, count, share):
    def test(self):
        self.cell(mode, count, share)
    return test


def _tests():
    """The cells; of one recipient there is no "some"."""
    return {f"test_{mode}_{count}_recipients_{share}_refused": _test(mode, count, share)
            for mode in MODES for count in COUNTS for share in SHARES
            if (count, share) != (1, "some")}


BehindPostfix = type("BehindPostfix", (Matrix, EndToEnd), {"mta": Postfix, **_tests()})
BehindSendmail = type("BehindSendmail", (Matrix, EndToEnd), {"mta": Sendmail, **_tests()})

if __name__ == "__main__":
    main()
