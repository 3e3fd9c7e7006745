# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_sendmail.py - the main job through a real Sendmail 8.17, and where it differs from Postfix.
"""Outgoing, incoming, modes and failures behind Sendmail."""

import re
import smtplib

from daemon import command_for_others
from harness import (ANNA, EndToEnd, OUTSIDE, Session, main, message, message_id,
                     wait_until)
from sendmail import PASSWORD, Sendmail


class Behind(EndToEnd):
    """A class with Sendmail in front."""

    mta = Sendmail

    @property
    def sendmail(self):
        return self.postfix


class Outgoing(Behind):
    settings = {"unanswered": 4, "top": 'process "crm" { senders = { "ben=crm@crm.test" } }'}

    def test_the_fifth_unanswered_mail_is_refused_in_several_lines(self):
        jane = self.contact()
        for count in (1, 2, 3, 4):
            self.send_ok(jane)
            self.assertLead(jane, state="active", unanswered=count, limit=4)
        reply = self.refused(jane)
        self.assertIn(jane, reply.lines[0])
        self.assertTrue(reply.lines[0].endswith("."), reply)
        self.assertGreater(len(reply.lines), 1)
        self.assertTrue(all(line.startswith("5.7.1 ") for line in reply.lines), reply)
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=4, overrun=0)
        self.assertEqual(len(self.sink.wait_for(jane, 4)), 4)

    def test_every_line_has_the_code_on_the_wire(self):
        jane, seen = self.contact(), []
        self.fill(jane)
        def watch(who, line):
            seen.append(who + line)
        with Session(self.sendmail.submission, watch=watch) as session:
            session.deliver(ANNA, jane, message(ANNA, jane))
        reply = [line for line in seen if line.startswith("S550")]
        self.assertGreater(len(reply), 1, seen)
        self.assertTrue(all(line.startswith("S550-5.7.1 ") for line in reply[:-1]), reply)
        self.assertTrue(reply[-1].startswith("S550 5.7.1 "), reply)

    def test_name_of_the_submission_port_is_a_signal(self):
        self.assertIn("signal=originating", self.log_line(self.send_ok(self.contact())))

    def test_an_internal_client_is_a_signal(self):
        reply = self.send_ok(self.contact(), port=self.sendmail.mx)
        self.assertIn("signal=internal", self.log_line(reply))

    def test_a_login_is_a_signal_also_from_outside(self):
        jane = self.contact()
        with Session(self.sendmail.mx, OUTSIDE) as session:
            session.login("anna", PASSWORD)
            reply = session.deliver(ANNA, jane, message(ANNA, jane))
        self.assertEqual(reply.code, 250, reply)
        self.assertIn("signal=login process=sales", self.log_line(reply))
        self.assertLead(jane, unanswered=1)

    def test_a_login_that_sendmail_encodes_selects_its_process(self):
        jane = self.contact()
        with Session(self.sendmail.mx, OUTSIDE) as session:
            session.login("ben=crm@crm.test", PASSWORD)  # told to milters as ben+3Dcrm
            reply = session.deliver("ben@example.com", jane, message("ben@example.com", jane))
        self.assertIn("signal=login process=crm", self.log_line(reply))

    def test_a_local_program_that_speaks_smtp_has_no_client_address(self):
        jane = self.contact()
        last = self.sendmail.sendmail_bs(ANNA, [jane], message(ANNA, jane))[-1]
        self.assertTrue(last.startswith("250 "), last)
        self.assertLead(jane, unanswered=1)
        self.assertIn("signal=local", self.daemon.log())

    def test_mail_by_sendmail_1_is_counted_and_its_refusal_comes_back(self):
        jane = self.contact()
        for count in (1, 2, 3, 4):
            done = self.sendmail.sendmail(ANNA, jane, message(ANNA, jane))
            self.assertEqual(done.returncode, 0, done)
            self.sink.wait_for(jane, count)
        self.assertLead(jane, state="active", unanswered=4)
        self.sendmail.sendmail(ANNA, jane, message(ANNA, jane, subject="Once more"))
        notice = self.sink.wait_for(ANNA, Subject="Returned mail")[0]
        text = notice.data.decode()
        self.assertEqual(notice.sender, "")
        self.assertIn(jane, text)
        self.assertIn("5.7.1", text)
        wait_until(lambda: "class=bounce" in self.daemon.log(), what="the notice passing fullstopd")
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=4)
        self.assertEqual(len(self.sink.find(jane)), 4)

    def test_mail_without_message_id_counts_once_per_text(self):
        jane = self.contact()
        for text in ("text 1", "text 2", "text 1"):
            self.send_ok(jane, mid="", body=f"{text}\n")
        self.assertLead(jane, unanswered=2)

    def test_a_retry_counts_once_and_a_refused_one_is_refused_again(self):
        jane = self.contact()
        ids = self.fill(jane)
        self.send_ok(jane, mid=ids[-1])
        mid = message_id()
        for _ in range(2):
            self.refused(jane, mid=mid)
        self.assertLead(jane, unanswered=4, overrun=0)

    def test_each_message_of_a_session_is_decided_on_its_own(self):
        jane, ben = self.contact(), self.contact()
        with Session(self.sendmail.submission) as session:
            session.envelope(ANNA, ben)
            session.rset()
            for _ in range(4):
                self.assertEqual(session.deliver(ANNA, jane, message(ANNA, jane)).code, 250)
            self.assertEqual(session.deliver(ANNA, jane, message(ANNA, jane)).code, 550)
            self.assertEqual(session.deliver(ANNA, ben, message(ANNA, ben)).code, 250)
        self.assertLead(jane, unanswered=4)
        self.assertLead(ben, unanswered=1)

    def test_a_message_aborted_before_its_end_counts_nothing(self):
        jane = self.contact()
        session = Session(self.sendmail.submission)
        session.envelope(ANNA, jane)
        session.start_data(message(ANNA, jane))
        session.close()
        wait_until(lambda: not self.sendmail.queue().count(jane), what="the end of the session")
        self.assertNoLead(jane)

    def test_a_recipient_that_sendmail_refuses_is_no_touch(self):
        jane, ben = self.contact(), self.contact()
        with Session(self.sendmail.mx, OUTSIDE) as session:  # no login: no relaying to ben
            session.docmd("MAIL", f"FROM:<{ANNA}>")
            code, _ = session.docmd("RCPT", f"TO:<{ben}>")
            self.assertEqual(code, 550)
        with Session(self.sendmail.submission) as session:
            session.docmd("MAIL", f"FROM:<{ANNA}>")
            self.assertGreaterEqual(session.docmd("RCPT", "TO:<no@good@address>")[0], 500)
            self.assertEqual(session.docmd("RCPT", f"TO:<{jane}>")[0], 250)
            session.start_data(message(ANNA, jane))
            self.assertEqual(session.finish_data().code, 250)
        self.assertNoLead(ben)
        self.assertLead(jane, unanswered=1)
        self.assertNotIn("recipients=2", self.daemon.log())

    def test_outside_mail_that_forges_our_sender_is_never_a_touch(self):
        reply = self.hear(ANNA, "ben@example.com")
        self.assertIn("direction=inbound signal=none", self.log_line(reply))

    def test_a_body_of_which_fullstop_needs_nothing_arrives_whole(self):
        jane, body = self.contact(), "0123456789abcdef" * 60 + "\n"
        with Session(self.sendmail.submission) as session:
            for _ in range(2):
                reply = session.deliver(ANNA, jane, message(ANNA, jane, body=body * 1500))
                self.assertEqual(reply.code, 250, reply)
        for mail in self.sink.wait_for(jane, 2):
            arrived = mail.message.get_content().replace("\r\n", "\n")
            self.assertTrue(arrived == body * 1500, f"{len(arrived)} bytes arrived")
        self.assertLead(jane, unanswered=2)

    def test_leading_space_of_header_values_survives(self):
        jane = self.contact()
        self.send_ok(jane, extra=["X-Odd:  two spaces", "X-None:none", "X-Long: one\n\ttwo"])
        raw = self.sink.wait_for(jane)[0].data
        self.assertIn(b"\r\nX-Odd:  two spaces\r\n", raw)
        self.assertRegex(raw, rb"\r\nX-None: ?none\r\n")
        self.assertIn(b"\r\nX-Long: one\r\n\ttwo\r\n", raw)


class Hearing(Behind):
    def test_an_answer_in_the_thread_opens_an_ended_lead(self):
        jane = self.contact()
        ids = self.fill(jane)
        self.refused(jane)
        self.hear("jane@private.test", extra=[f"In-Reply-To: {ids[0]}"])
        self.assertLead(jane, state="replied", unanswered=0, cycle=2)
        self.assertEqual(self.daemon.history(jane)[-1]["match"], "thread")
        self.send_ok(jane)

    def test_an_answer_to_a_mail_whose_message_id_sendmail_made_is_heard(self):
        jane = self.contact()
        self.send_ok(jane, mid="", body="no id\n")
        made = self.sink.wait_for(jane)[0].message["Message-ID"]
        self.assertTrue(made)
        self.hear(jane, extra=[f"In-Reply-To: {made}"])
        self.assertLead(jane, state="replied", unanswered=0)

    def test_an_absence_note_pauses_and_keeps_the_count(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.hear(jane, subject="Out of office", envelope="",
                  extra=["Auto-Submitted: auto-replied"])
        self.assertLead(jane, state="paused", reason="out_of_office", unanswered=2)
        self.refused(jane)

    def test_a_bounce_from_elsewhere_is_found_by_the_message_id_it_returns(self):
        jane = self.contact()
        ids = self.fill(jane, 2)
        self.hear("MAILER-DAEMON@mx.prospect.test", envelope="", body=_report(jane, ids[1]),
                  subject="Returned mail: see transcript for details",
                  extra=["Auto-Submitted: auto-generated (failure)", "MIME-Version: 1.0",
                         "Content-Type: multipart/report; report-type=delivery-status;"
                         ' boundary="b"'])
        self.assertLead(jane, state="ended", reason="bounced", unanswered=1)

    def test_incoming_mail_is_never_refused(self):
        self.hear("stranger@nowhere.test")
        self.hear("stranger@nowhere.test", envelope="")
        self.assertNoLead("stranger@nowhere.test")


def _report(contact, mid):
    return f"""\
--b

The following address had permanent fatal errors.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.prospect.test

Final-Recipient: RFC822; {contact}
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

From: {ANNA}
To: {contact}
Message-ID: {mid}

--b--
"""


class OwnBounces(Behind):
    """Sendmail shows no milter the notices it makes itself; a copy of them is taken in."""

    settings = {"user": "mail"}

    @staticmethod
    def mta(sink_port, default_action):
        sendmail = Sendmail(sink_port, default_action)
        with open(f"{sendmail.dir}/aliases", "w", encoding="ascii") as out:
            out.write(f'fullstop-bounces: "|{command_for_others(sendmail.dir)}'
                      f' -c {sendmail.dir}/fullstop.conf ingest"\n')
        sendmail.extra = (f"define(`ALIAS_FILE', `{sendmail.dir}/aliases')dnl\n"
                          "define(`confDEF_USER_ID', `mail:mail')dnl\n"
                          "define(`confCOPY_ERRORS_TO', `fullstop-bounces')dnl\n"
                          "MAILER(`local')dnl\n")
        return sendmail

    def test_a_copy_of_its_notices_handed_to_ingest_ends_the_lead_of_a_dead_address(self):
        self.sendmail.command("-bi")
        self.send_ok("dead1@gone1.test")
        self.sink.wait_for(ANNA, Subject="Returned mail")
        wait_until(lambda: self.daemon.lead("dead1@gone1.test")["state"] == "ended",
                   what="the end of the lead")
        self.assertLead("dead1@gone1.test", reason="bounced", unanswered=0)
        self.refused("dead1@gone1.test")


class Flagging(Behind):
    settings = {"mode": "flag"}

    def test_a_mail_too_many_passes_with_a_flag(self):
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, subject="Too many")
        flagged = self.sink.wait_for(jane, Subject="Too many")[0]
        self.assertRegex(flagged.message["X-Fullstop-Flag"], r"^over; id=\S+$")
        self.assertRegex(flagged.data, rb"\r\nX-Fullstop-Flag: over; id=")
        self.assertLead(jane, state="ended", unanswered=3, overrun=1)

    def test_headers_of_ours_are_removed_in_both_directions_however_many(self):
        jane = self.contact()
        forged = ["X-Fullstop-Flag: a", "X-Kept: 1", "x-fullstop-flag: b", "X-Fullstop-Flag: c",
                  "X-FULLSTOP-Other: d", "X-Fullstop-Final: no", "X-Kept: 2"]
        self.send_ok(jane, extra=forged)
        self.hear("someone@else.test", "ben@example.com", extra=forged)
        for recipient in (jane, "ben@example.com"):
            got = self.sink.wait_for(recipient)[0]
            self.assertNotIn(b"x-fullstop-", got.data.lower())
            self.assertEqual(got.message.get_all("X-Kept"), ["1", "2"])

    def test_our_flag_is_the_only_one_where_a_forged_one_was(self):
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, subject="Too many", extra=["X-Fullstop-Flag: none; id=x"] * 3)
        flagged = self.sink.wait_for(jane, Subject="Too many")[0]
        self.assertEqual(len(flagged.message.get_all("X-Fullstop-Flag")), 1)
        self.assertIn("over; id=", flagged.message["X-Fullstop-Flag"])


class Final(Behind):
    def test_the_final_mark_never_leaves_the_house(self):
        jane = self.contact()
        self.send_ok(jane, extra=["X-Fullstop-Final: yes"])
        self.assertNotIn(b"fullstop-final", self.sink.wait_for(jane)[0].data.lower())


class Holding(Behind):
    settings = {"mode": "hold"}

    def test_a_mail_too_many_waits_in_quarantine_and_goes_out_once_released(self):
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, subject="Too many")
        wait_until(lambda: jane in self.sendmail.queue(held=True), what="the quarantine")
        held = self.sendmail.queue(held=True)
        self.assertIn("QUARANTINE: held by a lead process", held)
        self.assertNotIn(jane, self.sendmail.queue())
        self.assertEqual(self.sink.find(jane, Subject="Too many"), [])
        self.assertLead(jane, state="ended", unanswered=3)
        events = len(self.daemon.history(jane))
        queue_id = re.search(r"^(\w{10,}) ", held, re.M).group(1)
        self.sendmail.command("-Q", "-qQ", f"-qI{queue_id}")  # as the README says
        self.sendmail.command("-q")
        self.sink.wait_for(jane, Subject="Too many")
        self.assertEqual(len(self.daemon.history(jane)), events)
        self.assertLead(jane, unanswered=3)


class DaemonAway:
    """fullstopd ends by force; what then happens is said by F= of INPUT_MAIL_FILTER."""

    def away(self):
        self.daemon.kill()
        self.addCleanup(self.back)

    def back(self):
        if self.daemon.process is None:
            self.daemon.start()


class AwayDefers(DaemonAway, Behind):
    def test_mail_is_deferred_and_counted_once_it_is_back(self):
        jane, mid = self.contact(), message_id()
        self.fill(jane, 2)
        self.away()
        with Session(self.sendmail.submission) as session:
            code, text = session.docmd("MAIL", f"FROM:<{ANNA}>")
            self.assertEqual(code // 100, 4, text)
        self.back()
        self.send_ok(jane, mid=mid)
        self.assertLead(jane, state="active", unanswered=3)
        self.refused(jane)

    def test_a_kill_in_the_middle_of_a_message_defers_it(self):
        jane, mid = self.contact(), message_id()
        with Session(self.sendmail.submission) as session:
            session.envelope(ANNA, jane)
            session.start_data(message(ANNA, jane, mid=mid))
            self.away()
            reply = session.finish_data()
        self.assertEqual(reply.code // 100, 4, reply)
        self.back()
        self.assertNoLead(jane)
        self.send_ok(jane, mid=mid)
        self.assertLead(jane, unanswered=1)

    def test_mail_by_sendmail_1_waits_and_is_counted_once(self):
        jane = self.contact()
        self.away()
        self.sendmail.sendmail(ANNA, jane, message(ANNA, jane))
        self.assertIn(jane, self.sendmail.client_queue())
        self.back()
        self.sendmail.run_client_queue()
        self.sink.wait_for(jane)
        self.assertLead(jane, unanswered=1)
        self.assertNotIn(jane, self.sendmail.client_queue())

    def test_a_restart_in_order_forgets_nothing(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.daemon.restart()
        self.send_ok(jane)
        self.refused(jane)

    def test_a_reload_in_the_middle_of_a_session_goes_unnoticed(self):
        jane = self.contact()
        with Session(self.sendmail.submission) as session:
            self.assertEqual(session.deliver(ANNA, jane, message(ANNA, jane)).code, 250)
            self.daemon.reload()
            self.assertEqual(session.deliver(ANNA, jane, message(ANNA, jane)).code, 250)
        self.assertLead(jane, unanswered=2)


class AwayAccepts(DaemonAway, Behind):
    default_action = "accept"
    settings = {"on_store_error": "accept"}

    def test_without_a_flag_mail_passes_uncounted(self):
        jane = self.contact()
        self.fill(jane)
        self.away()
        self.send_ok(jane, subject="Unseen")
        self.sink.wait_for(jane, Subject="Unseen")
        self.back()
        self.assertLead(jane, unanswered=3)
        self.refused(jane)

    def test_a_kill_in_the_middle_of_a_message_lets_it_pass_uncounted(self):
        jane = self.contact()
        with Session(self.sendmail.submission) as session:
            session.envelope(ANNA, jane)
            session.start_data(message(ANNA, jane))
            self.away()
            reply = session.finish_data()
        self.assertEqual(reply.code, 250, reply)
        self.sink.wait_for(jane)
        self.back()
        self.assertNoLead(jane)


class AwayRefuses(DaemonAway, Behind):
    @staticmethod
    def mta(sink_port, default_action):
        return Sendmail(sink_port, default_action, filter_flags="F=R")

    def test_with_r_sendmail_refuses_all_mail(self):
        jane = self.contact()
        self.send_ok(jane)
        self.away()
        with self.assertRaises(smtplib.SMTPConnectError) as refusal:
            Session(self.sendmail.submission)
        self.assertEqual(refusal.exception.smtp_code, 554)
        self.back()
        self.send_ok(jane)


if __name__ == "__main__":
    main()
