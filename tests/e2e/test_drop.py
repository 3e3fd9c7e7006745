# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_drop.py - mixed = "drop": {1, 3, 50} recipients x {none, some, all} of them refused x
# {Postfix, Sendmail}, one test each.
#
# Nobody is left out without a notice that names them and says why; the others get the mail and
# are counted; with nobody left the mail is refused, as it is where nobody could be told, or
# where somebody is named in a form by which the MTA might not find them again.
"""Recipients that are left out."""

from collections import Counter

from harness import ANNA, EndToEnd, Session, main, message, wait_until
from postfix import Postfix
from sendmail import Sendmail

COUNTS = (1, 3, 50)
SHARES = ("none", "some", "all")
_PROCESS = """
    mixed = "drop"
    notices {{ kinds = {{ dropped }} gather = "0" via = "smtp://127.0.0.1:{port}" }}
"""


class Drop:
    """The tests of one MTA; made below."""

    settings = {"mode": "enforce", "unanswered": 1}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daemon.reload(process=_PROCESS.format(port=cls.postfix.submission))

    def prepare(self, count, share):
        contacts = [self.contact() for _ in range(count)]
        refused = {"none": [], "some": contacts[1::2], "all": contacts}[share]
        if refused:
            self.send_ok(refused, subject="The one that is allowed")
            for contact in refused:
                self.sink.wait_for(contact)
        self.sink.messages.clear()
        return contacts, refused

    def cell(self, count, share):
        contacts, refused = self.prepare(count, share)
        reply = self.send(contacts, subject=f"drop {count} {share}")
        passing = [] if share == "all" else [c for c in contacts if c not in refused]
        self.assertEqual(reply.code, 550 if share == "all" else 250, reply)
        for contact in passing:
            self.sink.wait_for(contact)
        if share == "some":
            self.check_notice(refused, passing)
        wait_until(self.postfix.is_idle, what="the end of deliveries")
        self.check_delivery(passing, f"drop {count} {share}")
        self.check_leads(contacts, refused, share)
        if share != "some":
            self.assertEqual(self.sink.find(ANNA), [])
            self.assertEqual(self.daemon.ask("outbox", "list"), [])

    def check_notice(self, refused, passing):
        received = self.sink.wait_for(ANNA, Subject=f"{len(refused)} recipient")[0]
        self.assertEqual(received.sender, "")
        for kind in ("plain", "html"):
            text = received.message.get_body((kind,)).get_content()
            for contact in refused:
                self.assertIn(f"{contact}: 1 message without an answer is the limit", text)
            for contact in passing:
                self.assertNotIn(contact, text)
        wait_until(lambda: self.daemon.ask("outbox", "list") == [], what="an empty outbox")
        self.assertEqual(len(self.sink.find(ANNA)), 1)

    def check_delivery(self, expected, subject):
        arrived = [m for m in list(self.sink.messages) if m.message["Subject"] == subject]
        self.assertEqual(Counter(r for m in arrived for r in m.recipients), Counter(expected))

    def check_leads(self, contacts, refused, share):
        leads = {lead["address"]: lead for lead in self.daemon.ask("leads")}
        for contact in contacts:
            if contact in refused:
                lead = leads[contact]
                self.assertEqual((lead["state"], lead["unanswered"], lead["overrun"]),
                                 ("ended", 1, 0))
                self.assertEqual(self.daemon.touches(contact)[-1][1],
                                 "refused" if share == "all" else "dropped")
            else:
                self.assertEqual((leads[contact]["state"], leads[contact]["unanswered"]),
                                 ("active", 1))

    def test_the_same_message_again_is_told_again(self):
        contacts, _ = self.prepare(3, "some")
        for attempt in (1, 2):
            self.send_ok(contacts, subject="twice", mid="twice@sales.example.com")
            self.sink.wait_for(ANNA, count=attempt, Subject="1 recipient was left out")
        wait_until(self.postfix.is_idle, what="the end of deliveries")
        self.assertEqual(self.sink.find(contacts[1], Subject="twice"), [])
        told = [m.message["Message-ID"] for m in self.sink.find(ANNA, Subject="1 recipient")]
        self.assertEqual(len(set(told)), 2, told)
        self.assertLead(contacts[0], unanswered=1, overrun=0)

    def test_addresses_written_in_their_own_way_are_left_out(self):
        contact, other = self.contact(), self.contact()
        self.send_ok(contact)
        self.sink.wait_for(contact)
        self.sink.messages.clear()
        spelled = contact.replace("jane", "JaNe")
        self.send_ok([other, spelled, contact], subject="spelled")
        self.sink.wait_for(other, Subject="spelled")
        self.sink.wait_for(ANNA, Subject="1 recipient was left out")
        wait_until(self.postfix.is_idle, what="the end of deliveries")
        self.check_delivery([other], "spelled")


    def deliver_to(self, spelled, other, subject):
        """Nothing between RCPT TO: and the end of the line is put in order."""
        with Session(self.postfix.submission) as session:
            session.docmd("MAIL", f"FROM:<{ANNA}>")
            session.docmd("RCPT", f"TO:<{other}>")
            code, text = session.docmd("RCPT", f"TO:{spelled}")
            self.assertEqual(code, 250, text)
            session.start_data(message(ANNA, [other], subject=subject))
            return session.finish_data()

    def test_whom_the_mta_may_not_find_again_gets_nothing(self):
        for form in ("<@relay.test:{}>", "< {} >", "<\\{}>", "<{}>,", "<(c){}>"):
            contact, other = self.contact(), self.contact()
            self.send_ok(contact)
            self.sink.wait_for(contact)
            self.sink.messages.clear()
            reply = self.deliver_to(form.format(contact), other, "odd form")
            self.assertEqual(reply.code, 550, (form, reply))
            self.assertIn(contact, reply.text)
            wait_until(self.postfix.is_idle, what="the end of deliveries")
            self.check_delivery([], "odd form")


def _test(count, share):
    def test(self):
        self.cell(count, share)
    return test


_TESTS = {f"test_{count}_recipients_{share}_refused": _test(count, share)
          for count in COUNTS for share in SHARES if (count, share) != (1, "some")}

BehindPostfix = type("BehindPostfix", (Drop, EndToEnd), {"mta": Postfix, **_TESTS})
BehindSendmail = type("BehindSendmail", (Drop, EndToEnd), {"mta": Sendmail, **_TESTS})

if __name__ == "__main__":
    main()
