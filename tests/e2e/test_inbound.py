# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_inbound.py - answers, absence notes and bounces as they come in through Postfix.
"""What an incoming message does to a lead."""

from datetime import datetime, timedelta, timezone

from harness import ANNA, EndToEnd, INSIDE, main, message_id, wait_until

ABSENCE = "Auto-Submitted: auto-replied"


class Answers(EndToEnd):
    def test_an_answer_in_the_thread_starts_the_run_anew(self):
        jane = self.contact()
        ids = self.fill(jane, 2)
        self.hear(jane, subject="Re: Our offer", extra=[f"In-Reply-To: {ids[0]}"])
        self.assertLead(jane, state="replied", unanswered=0, cycle=1)
        self.send_ok(jane)
        self.assertLead(jane, state="active", unanswered=1)

    def test_an_answer_from_another_address_of_the_person_matches_by_its_thread(self):
        jane = self.contact()
        ids = self.fill(jane, 2)
        self.hear("jane@private.test", extra=[f"References: <other@x.test> {ids[1]}"])
        self.assertLead(jane, state="replied", unanswered=0)
        self.assertEqual(self.daemon.history(jane)[-1]["match"], "thread")

    def test_an_id_that_a_relay_gave_finds_the_thread_once_the_contact_used_it(self):
        jane, relayed = self.contact(), message_id()
        self.fill(jane, 2)
        self.hear("jane@private.test", extra=[f"In-Reply-To: {relayed}"])
        self.assertLead(jane, state="active", unanswered=2)
        self.hear(jane, extra=[f"In-Reply-To: {relayed}"])
        self.assertEqual(self.daemon.history(jane)[-1]["match"], "address")
        self.send_ok(jane)
        self.hear("jane@private.test", extra=[f"In-Reply-To: {relayed}"])
        self.assertLead(jane, state="replied", unanswered=0)
        self.assertEqual(self.daemon.history(jane)[-1]["match"], "thread")

    def test_an_answer_through_a_group_of_ours_is_its_authors(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.hear("'Jane' via Sales <sales@example.com>", envelope="sales+bounces@example.com",
                  extra=[f"X-Original-From: Jane <{jane}>", "List-Id: <sales.example.com>"])
        self.assertLead(jane, state="replied", unanswered=0)

    def test_our_own_message_that_a_list_sends_back_is_no_answer(self):
        jane = self.contact()
        ids = self.fill(jane, 2)
        self.hear("team@lists.test", mid=ids[1], extra=[f"References: {ids[0]}"])
        self.assertLead(jane, state="active", unanswered=2)

    def test_an_answer_outside_the_thread_matches_by_address(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.hear(f"Jane <{jane.upper()}>", envelope=jane, subject="A question")
        self.assertLead(jane, state="replied", unanswered=0)
        self.assertEqual(self.daemon.history(jane)[-1]["match"], "address")

    def test_an_answer_opens_an_ended_lead_in_its_next_cycle(self):
        jane = self.contact()
        self.fill(jane)
        self.refused(jane)
        self.hear(jane)
        self.assertLead(jane, state="replied", unanswered=0, cycle=2)
        self.send_ok(jane)

    def test_our_response_to_an_answer_passes_uncounted_once(self):
        jane, answer = self.contact(), message_id()
        self.fill(jane, 2)
        self.hear(jane, mid=answer)
        self.send_ok(jane, extra=[f"In-Reply-To: {answer}"])
        self.assertLead(jane, state="replied", unanswered=0)
        self.send_ok(jane, extra=[f"In-Reply-To: {answer}"])
        self.assertLead(jane, state="active", unanswered=1)
        self.assertEqual([v for v, _ in self.daemon.touches(jane)][-2:], ["response", "pass"])

    def test_incoming_mail_is_never_refused(self):
        self.hear("stranger@nowhere.test")
        self.hear("stranger@nowhere.test", envelope="")
        self.assertNoLead("stranger@nowhere.test")

    def test_mail_of_a_stranger_is_not_stored(self):
        self.hear("stranger@nowhere.test")
        self.assertEqual(self.daemon.cli("history", "stranger@nowhere.test").returncode, 1)

    def test_an_objection_of_a_stranger_is_in_the_log(self):
        line = self.log_line(self.hear("objector@nowhere.test", subject="Re: Offer",
                                       body="Please remove me from your mailing list.\r\n"))
        self.assertTrue(line.endswith(" leads=0 suppressed=objector@nowhere.test"), line)
        self.refused("objector@nowhere.test")
        line = self.log_line(self.hear("stranger@nowhere.test", subject="Re: Offer"))
        self.assertNotIn("suppressed=", line)


class Absences(EndToEnd):
    def test_an_absence_note_pauses_and_keeps_the_count(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.hear(jane, subject="Out of office", envelope="", extra=[ABSENCE])
        lead = self.assertLead(jane, state="paused", reason="out_of_office", unanswered=2)
        until = datetime.fromisoformat(lead["until"].replace("Z", "+00:00"))
        away = until - datetime.now(timezone.utc)
        self.assertTrue(timedelta(days=6) < away <= timedelta(days=7, minutes=1), away)

    def test_a_touch_during_the_absence_is_refused_with_the_date(self):
        jane = self.contact()
        self.fill(jane, 1)
        self.hear(jane, subject="Automatic reply: away", envelope="", extra=[ABSENCE])
        until = self.daemon.lead(jane)["until"][:10]
        reply = self.refused(jane)
        self.assertIn(jane, reply.lines[0])
        year, month, day = until.split("-")
        self.assertTrue(until in reply.text or (year in reply.text and str(int(day)) in reply.text),
                        reply)
        self.assertLead(jane, state="paused", unanswered=1)

    def test_a_human_answer_ends_the_absence(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.hear(jane, subject="Out of office", envelope="", extra=[ABSENCE])
        self.hear(jane, subject="Re: Our offer")
        self.assertLead(jane, state="replied", unanswered=0)

    def test_an_absence_note_does_not_open_an_ended_lead(self):
        jane = self.contact()
        self.fill(jane)
        self.refused(jane)
        self.hear(jane, subject="Out of office", envelope="", extra=[ABSENCE])
        self.assertLead(jane, state="ended", reason="no_reply", cycle=1, unanswered=3)

    def test_other_automatic_mail_changes_nothing(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.hear(jane, subject="We have got your mail", extra=["Auto-Submitted: auto-generated"])
        self.assertLead(jane, state="active", unanswered=2)


class Bounces(EndToEnd):
    """The sink knows nobody whose name begins with "dead"; Postfix makes the notice."""

    def bounced(self, address):
        self.send_ok(address)
        wait_until(lambda: any(e["kind"] == "heard" for e in self.daemon.history(address)),
                   what="the bounce")

    def test_a_dead_address_ends_its_lead_and_the_touch_is_taken_back(self):
        self.bounced("dead1@gone1.test")
        self.assertLead("dead1@gone1.test", state="ended", reason="bounced", unanswered=0)
        self.refused("dead1@gone1.test")

    def test_a_bounced_address_that_answers_lives(self):
        self.bounced("dead2@gone2.test")
        self.hear("dead2@gone2.test")
        self.assertLead("dead2@gone2.test", state="replied", unanswered=0, cycle=2)

    def bounce_notice(self, contact, mid, status):
        body = f"""\
This is the mail system.

--b
Content-Type: text/plain

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.prospect.test

Final-Recipient: rfc822; {contact}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b
Content-Type: text/rfc822-headers

From: {ANNA}
To: {contact}
Message-ID: {mid}
Subject: Our offer

--b--
"""
        self.hear("MAILER-DAEMON@mx.prospect.test", envelope="", body=body,
                  subject="Undelivered Mail Returned to Sender",
                  extra=["Auto-Submitted: auto-replied", "MIME-Version: 1.0",
                         "Content-Type: multipart/report; report-type=delivery-status;"
                         " boundary=b"])

    def test_a_failure_that_says_nothing_of_the_address_takes_back_only_the_touch(self):
        jane = self.contact()
        ids = self.fill(jane, 2)
        self.bounce_notice(jane, ids[1], "5.7.1")
        self.assertLead(jane, state="active", unanswered=1)

    def test_a_notice_about_a_message_of_somebody_else_changes_nothing(self):
        jane = self.contact()
        self.bounce_notice(jane, message_id(), "5.1.1")
        self.assertNoLead(jane)

    def test_a_bounce_is_no_answer(self):
        jane = self.contact()
        ids = self.fill(jane, 1)
        self.bounce_notice(jane, ids[0], "4.4.7")
        self.assertNotEqual(self.daemon.lead(jane)["state"], "replied")


class People(EndToEnd):
    """Decisions of people beside the running daemon."""

    def test_an_end_said_by_a_person_refuses_the_next_touch(self):
        jane = self.contact()
        self.fill(jane, 1)
        self.assertEqual(self.daemon.cli("end", jane, "--reason", "not_qualified").returncode, 0)
        reply = self.refused(jane)
        self.assertIn(jane, reply.lines[0])
        self.assertLead(jane, state="ended", reason="not_qualified", decided_by="person")

    def test_a_resumed_lead_may_be_written_to_again(self):
        jane = self.contact()
        self.fill(jane)
        self.refused(jane)
        done = self.daemon.cli("resume", jane, "--reason", "met at the fair")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertLead(jane, cycle=2)
        self.send_ok(jane)

    def test_answered_by_phone_starts_the_run_anew(self):
        jane = self.contact()
        self.fill(jane, 2)
        self.assertEqual(self.daemon.cli("answered", jane, "--by", "phone").returncode, 0)
        self.assertLead(jane, state="replied", unanswered=0)

    def test_internal_mail_between_colleagues_is_no_answer(self):
        self.send_ok("ben@example.com", sender=ANNA, source=INSIDE)
        self.assertNoLead("ben@example.com")


if __name__ == "__main__":
    main()
