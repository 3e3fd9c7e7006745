#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_forged.py - answers that somebody writes to his own sales mail, from outside.
#
# Mostly there is no verifier: the client itself writes Authentication-Results as the first
# field, which is where a verifier before fullstopd puts it; one test has Postfix write it.
"""answers { require } through a real Postfix."""

import smtp
from harness import ANNA, EndToEnd, OUTSIDE, main, message, message_id

VERIFIER = "mx.example.com"


def proven(address, method="dmarc=pass header.from="):
    return f"Authentication-Results: {VERIFIER}; {method}{address.rpartition('@')[2]}"


def process(require):
    return {"top": f'authserv_ids = {{ "{VERIFIER}" }}',
            "process": f'    answers {{ require = "{require}" }}'}


class Forged(EndToEnd):
    def mail(self, sender, above=(), extra=(), mid=None):
        data = message(sender, ANNA, subject="Re: Our offer", extra=extra, mid=mid)
        return "".join(f"{line}\r\n" for line in above).encode() + data

    def hear_below(self, above, sender, **parts):
        """Mail from outside whose first fields are these; returns the log line."""
        reply = smtp.deliver(self.postfix.mx, "bounce@mail.test", ANNA,
                             self.mail(sender, above, **parts), OUTSIDE)
        self.assertEqual(reply.code, 250, reply)
        return self.log_line(reply)

    def ended(self):
        jane = self.contact()
        ids = self.fill(jane)
        self.refused(jane)
        return jane, f"In-Reply-To: {ids[-1]}"

    def assertRecordedOnly(self, jane, rule):
        self.assertLead(jane, state="ended", cycle=1, unanswered=3)
        self.assertEqual(self.daemon.history(jane)[-1]["rule"], rule)
        self.assertIn(rule, self.daemon.cli("why", jane).stdout)


class Authenticated(Forged):
    settings = process("authenticated")

    def test_a_proven_answer_opens_the_lead_also_outside_the_thread(self):
        jane, thread = self.ended()
        self.assertIn("auth=dmarc", self.hear_below([proven(jane)], jane, extra=[thread]))
        self.assertLead(jane, state="replied", cycle=2)
        jane, _ = self.ended()
        line = self.hear_below([proven(jane, "dmarc=none; dkim=pass header.d=news.")], jane)
        self.assertIn("auth=dkim", line)
        self.assertLead(jane, state="replied", cycle=2)

    def test_a_forged_from_with_the_id_of_the_last_mail_is_recorded_only(self):
        jane, thread = self.ended()
        line = self.hear_below([], jane, extra=[thread])
        self.assertIn("auth=none", line)
        self.assertIn("rule=answer.unproven", line)
        self.assertRecordedOnly(jane, "answer.unproven")
        self.refused(jane)

    def test_results_below_a_received_field_or_of_another_host_prove_nothing(self):
        jane, thread = self.ended()
        for above in (["Received: from a.test by mx.example.com", proven(jane)],
                      [proven(jane).replace(VERIFIER, "mx.example.com.evil.test")],
                      [proven(jane, "dkim=fail header.d="), proven(jane, "dkim=pass header.d=")],
                      [proven("x@evil.test")]):
            self.hear_below(above, jane, extra=[thread])
            self.assertRecordedOnly(jane, "answer.unproven")

    def test_what_a_policy_server_has_postfix_write_stands_above_all_else(self):
        jane, thread = self.ended()
        domain = jane.rpartition("@")[2]
        self.addCleanup(self.postfix.set, "smtpd_client_restrictions=")
        self.postfix.set("smtpd_client_restrictions=check_client_access "
                         f"static:{{PREPEND {proven(jane)}}}")
        other, other_thread = self.ended()
        line = self.hear_below([proven(other)], other, extra=[other_thread])
        self.assertIn("auth=other-domain", line)
        self.assertRecordedOnly(other, "answer.unproven")
        self.hear_below(["Received: from mx.test by mail.test"], f"jane@{domain}", extra=[thread])
        self.assertLead(jane, state="replied", cycle=2)

    def test_ones_own_mailbox_elsewhere_is_not_the_contact(self):
        jane, thread = self.ended()
        own = "anna@private.test"
        self.hear_below([proven(own)], own, extra=[thread, f"Reply-To: {jane}",
                                                   f"X-Original-From: {jane}"])
        self.assertRecordedOnly(jane, "answer.unproven")

    def test_no_response_to_a_forged_answer_passes(self):
        jane, thread = self.ended()
        forged = message_id()
        self.hear_below([], jane, extra=[thread], mid=forged)
        self.refused(jane, extra=[f"In-Reply-To: {forged}"])

    def test_stored_mail_is_judged_below_the_fields_of_our_own_delivery(self):
        ours = ["Return-Path: <x@mail.test>", f"Delivered-To: {ANNA}",
                f"Received: from mail.test by {VERIFIER} (Postfix) with ESMTP id 1"]
        jane, thread = self.ended()
        foreign = "Received: from client.test by mail.test"
        self.daemon.cli("ingest", data=self.mail(jane, [*ours, foreign, proven(jane)], [thread]))
        self.assertRecordedOnly(jane, "answer.unproven")
        self.daemon.cli("ingest", data=self.mail(jane, [*ours, proven(jane), foreign], [thread]))
        self.assertLead(jane, state="replied", cycle=2)


class Thread(Forged):
    settings = process("thread")

    def test_the_contact_in_the_thread_opens_the_lead(self):
        jane, thread = self.ended()
        self.hear_below([], jane, extra=[thread])
        self.assertLead(jane, state="replied", cycle=2)

    def test_another_mailbox_or_no_reference_is_recorded_only(self):
        jane, thread = self.ended()
        self.hear_below([], "anna@private.test", extra=[thread])
        self.assertRecordedOnly(jane, "answer.unthreaded")
        self.hear_below([proven(jane)], jane)
        self.assertRecordedOnly(jane, "answer.unthreaded")

    def test_what_the_verifier_calls_forged_is_recorded_only(self):
        jane, thread = self.ended()
        self.hear_below([proven(jane, "dmarc=fail header.from=")], jane, extra=[thread])
        self.assertRecordedOnly(jane, "answer.unthreaded")


if __name__ == "__main__":
    main()
