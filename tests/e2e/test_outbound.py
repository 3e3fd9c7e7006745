# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_outbound.py - outgoing mail through a real Postfix: counted, refused, not counted.
"""What is counted, what is refused, and what must not be either."""

import threading

from harness import ANNA, EndToEnd, OUTSIDE, Session, main, message, message_id, wait_until

FRIEND = "friend@elsewhere.test"


class Counting(EndToEnd):
    def test_touches_up_to_the_limit_pass_and_the_next_is_refused(self):
        jane = self.contact()
        for count in (1, 2, 3):
            self.send_ok(jane)
            self.assertLead(jane, state="active", unanswered=count, limit=3, cycle=1)
        reply = self.refused(jane)
        self.assertTrue(all(line.startswith("5.7.1 ") for line in reply.lines), reply)
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=3, overrun=0)
        self.assertEqual(len(self.sink.wait_for(jane, 3)), 3)

    def test_first_line_of_a_refusal_names_lead_reason_and_since_when(self):
        jane = self.contact()
        self.fill(jane)
        reply = self.refused(jane)
        self.assertIn(jane, reply.lines[0])
        self.assertRegex(reply.lines[0], r"(?i)repl(y|ies|ied)|answer")
        self.assertRegex(reply.lines[0], r"\b20\d\d-\d\d-\d\d\b|\b\d{1,2} \w+ 20\d\d\b")
        self.assertTrue(reply.lines[0].rstrip().endswith("."), reply)
        self.assertGreater(len(reply.lines), 1, "no line says what to do")
        self.assertLessEqual(len(reply.lines), 8)
        self.assertTrue(reply.text.isascii())

    def test_a_refused_touch_never_raises_the_count(self):
        jane = self.contact()
        self.fill(jane)
        for _ in range(3):
            self.refused(jane)
        self.assertLead(jane, unanswered=3, overrun=0)

    def test_every_message_has_one_log_line_with_direction_lead_count_and_verdict(self):
        jane = self.contact()
        line = self.log_line(self.send_ok(jane))
        for words in ("direction=outbound", "signal=originating", "process=sales",
                      f"lead={jane}", "unanswered=1/3", "verdict=pass", "disposition=passed"):
            self.assertIn(words, line)

    def test_tag_case_and_plain_address_are_one_contact(self):
        jane = self.contact()
        local, domain = jane.split("@")
        self.send_ok(jane)
        self.send_ok(f"{local}+news@{domain}")
        self.send_ok(f"{local.upper()}@{domain.upper()}")
        self.assertLead(jane, unanswered=3)
        self.refused(f"{local}+other@{domain}")

    def test_two_recipients_that_are_one_contact_count_once(self):
        jane = self.contact()
        local, domain = jane.split("@")
        self.send_ok([jane, f"{local}+x@{domain}"])
        self.assertLead(jane, unanswered=1)

    def test_mail_of_other_senders_is_nobodys_touch(self):
        jane = self.contact()
        reply = self.send_ok(jane, sender="support@example.com")
        self.assertIn("process=none", self.log_line(reply))
        self.assertNoLead(jane)

    def test_from_header_selects_the_process_when_the_envelope_does_not(self):
        jane = self.contact()
        self.send_ok(jane, sender="bounces@example.com", header_from=f"Anna <{ANNA}>")
        self.assertLead(jane, unanswered=1)

    def test_a_colleague_is_no_lead(self):
        self.send_ok("ben@example.com")
        self.assertNoLead("ben@example.com")

    def test_login_is_the_signal_that_the_log_names(self):
        jane = self.contact()
        reply = self.send_ok(jane, port=self.postfix.mx, login="anna")
        self.assertIn("signal=login", self.log_line(reply))
        self.assertLead(jane, unanswered=1)

    def test_internal_client_is_a_signal(self):
        jane = self.contact()
        self.assertIn("signal=internal", self.log_line(self.send_ok(jane, port=self.postfix.mx)))
        self.assertLead(jane, unanswered=1)

    def test_smtputf8_recipient_is_counted_under_its_a_label(self):
        self.fill("jürgen@bücher.test")
        lead = self.assertLead("jürgen@bücher.test", unanswered=3)
        self.assertEqual(lead["address"], "jürgen@xn--bcher-kva.test")
        reply = self.refused("jürgen@bücher.test")
        self.assertTrue(reply.text.isascii(), reply)
        self.refused("Jürgen@XN--BCHER-KVA.test")


class SeveralRecipients(EndToEnd):
    def test_one_ended_lead_refuses_the_whole_mail_and_counts_nobody(self):
        ended, fresh, known = self.contact(), self.contact(), self.contact()
        self.fill(ended)
        self.send_ok(known)
        reply = self.refused([fresh, ended, known])
        self.assertIn(ended, reply.lines[0])
        self.assertNotIn(fresh, reply.text)
        self.assertNotIn(known, reply.text)
        self.assertNoLead(fresh)
        self.assertLead(known, unanswered=1)
        self.assertEqual(self.sink.find(fresh), [])

    def test_all_refused_ones_are_named(self):
        ended = [self.contact() for _ in range(3)]
        for contact in ended:
            self.fill(contact)
        reply = self.refused(ended)
        for contact in ended:
            self.assertIn(contact, reply.text)

    def test_every_recipient_of_a_passing_mail_is_counted(self):
        contacts = [self.contact() for _ in range(3)]
        self.send_ok(contacts)
        for contact in contacts:
            self.assertLead(contact, unanswered=1)


class NotCounted(EndToEnd):
    def test_a_message_aborted_before_its_end_counts_nothing(self):
        jane = self.contact()
        for _ in range(3):
            session = Session(self.postfix.submission)
            session.envelope(ANNA, jane)
            session.start_data(message(ANNA, jane))
            session.close()  # the line breaks before the dot
        with Session(self.postfix.submission) as session:
            session.envelope(ANNA, jane)
            session.rset()
            session.envelope(ANNA, jane)
        self.assertNoLead(jane)
        self.send_ok(jane)
        self.assertLead(jane, unanswered=1)

    def test_second_message_of_a_session_is_decided_on_its_own(self):
        jane, ben = self.contact(), self.contact()
        with Session(self.postfix.submission) as session:
            session.envelope(ANNA, ben)
            session.rset()
            self.assertEqual(session.deliver(ANNA, jane, message(ANNA, jane)).code, 250)
            self.assertEqual(session.deliver(ANNA, jane, message(ANNA, jane)).code, 250)
        self.assertLead(jane, unanswered=2)
        self.assertNoLead(ben)

    def test_a_retry_with_the_same_message_id_counts_once(self):
        jane, mid = self.contact(), message_id()
        for _ in range(5):
            self.send_ok(jane, mid=mid)
        self.assertLead(jane, unanswered=1)

    def test_a_retry_of_the_last_allowed_touch_still_passes(self):
        jane = self.contact()
        ids = self.fill(jane)
        self.send_ok(jane, mid=ids[-1])
        self.assertLead(jane, unanswered=3)

    def test_a_retry_of_a_refused_touch_is_refused_and_one_event_with_a_counter(self):
        jane, mid = self.contact(), message_id()
        self.fill(jane)
        for _ in range(3):
            self.refused(jane, mid=mid)
        refusals = [e for e in self.daemon.history(jane) if e["disposition"] == "refused"]
        self.assertEqual([e["repeats"] for e in refusals], [2])

    def test_a_retry_without_message_id_counts_once(self):
        jane = self.contact()
        data = message(ANNA, jane, mid="", body="The same text twice.\n")
        for _ in range(2):
            with Session(self.postfix.submission) as session:
                self.assertEqual(session.deliver(ANNA, jane, data).code, 250)
        self.assertLead(jane, unanswered=1)

    def test_outside_mail_that_forges_our_sender_is_never_a_touch(self):
        jane = self.contact()
        reply = self.send_ok([jane, "ben@example.com"], port=self.postfix.open, source=OUTSIDE)
        self.assertIn("signal=none", self.log_line(reply))
        reply = self.send_ok(jane, port=self.postfix.open, source=OUTSIDE)
        self.assertIn("direction=neither", self.log_line(reply))
        self.assertNoLead(jane)

    def test_forged_mail_about_an_ended_lead_is_not_refused(self):
        jane = self.contact()
        self.fill(jane)
        self.refused(jane)
        self.send_ok([jane, "ben@example.com"], port=self.postfix.open, source=OUTSIDE)
        self.assertLead(jane, state="ended", unanswered=3, overrun=0)

    def test_our_own_absence_note_is_exempt(self):
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, extra=["Auto-Submitted: auto-replied"])
        self.assertLead(jane, unanswered=3)


class Race(EndToEnd):
    def race(self, contact, count):
        """So many sessions finish their message for contact at one time; their codes."""
        gate, codes = threading.Barrier(count), []
        def one():
            with Session(self.postfix.submission) as session:
                session.envelope(ANNA, contact)
                session.start_data(message(ANNA, contact))
                gate.wait(30)
                codes.append(session.finish_data().code)
        threads = [threading.Thread(target=one) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(codes)

    def test_exactly_one_of_two_sessions_gets_the_last_touch(self):
        for _ in range(6):
            jane = self.contact()
            self.fill(jane, 2)
            self.assertEqual(self.race(jane, 2), [250, 550])
            self.assertLead(jane, unanswered=3, overrun=0)

    def test_of_eight_sessions_with_a_new_contact_three_pass(self):
        for _ in range(2):
            jane = self.contact()
            self.assertEqual(self.race(jane, 8), [250] * 3 + [550] * 5)
            self.assertLead(jane, unanswered=3, overrun=0)


class LocalSubmission(EndToEnd):
    def test_sendmail_is_counted_and_its_refusal_comes_back_without_bouncing_the_contact(self):
        jane = self.contact()
        for count in (1, 2, 3):
            self.postfix.sendmail(ANNA, jane, message(ANNA, jane))
            self.sink.wait_for(jane, count)
            self.assertLead(jane, state="active", unanswered=count)
        self.assertIn("signal=local", self.daemon.log())
        self.postfix.sendmail(ANNA, jane, message(ANNA, jane, subject="Once more"))
        notice = self.sink.wait_for(ANNA, Subject="Undelivered")[0]
        text = notice.data.decode()
        self.assertEqual(notice.sender, "")
        self.assertIn(jane, text)
        self.assertIn("5.7.1", text)
        wait_until(lambda: "class=bounce" in self.daemon.log(), what="the notice passing fullstopd")
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=3)
        self.assertEqual(len(self.sink.find(jane)), 3)

    def test_sendmail_without_message_id_is_counted_per_message(self):
        jane = self.contact()
        for number in (1, 2):
            self.postfix.sendmail(ANNA, jane, message(ANNA, jane, mid="", body=f"text {number}\n"))
            self.sink.wait_for(jane, number)
        self.assertLead(jane, unanswered=2)

    def test_other_mail_by_sendmail_passes(self):
        self.postfix.sendmail("cron@example.com", FRIEND, message("cron@example.com", FRIEND))
        self.sink.wait_for(FRIEND)
        self.assertNoLead(FRIEND)


if __name__ == "__main__":
    main()
