# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_texts.py - what people read: refusals and commands in German, texts of the configuration.
"""Languages, through a real Postfix and on the command line."""

import os
import subprocess
import tempfile
import time
import unittest

from daemon import ROOT, build_dir, run
from harness import EndToEnd, main


class German(EndToEnd):
    settings = {"top": 'language = "de"'}

    def today(self):
        return time.strftime("%d.%m.%Y")

    def test_a_refusal_is_german_ascii_and_its_first_line_is_enough(self):
        jane = self.contact()
        self.fill(jane)
        reply = self.refused(jane)
        self.assertEqual(reply.lines[0], f"5.7.1 Nicht gesendet: Lead {jane} (Leadprozess sales) "
                         f"ist seit dem {self.today()} beendet, weil 3 Kontaktversuche ohne Antwort "
                         "blieben.")
        self.assertTrue(reply.text.isascii())
        self.assertIn("Antwortet der Ansprechpartner, wird der Lead von selbst wieder geoeffnet.",
                      reply.text)
        self.assertIn(f"fullstop resume {jane} --process sales", reply.text)
        self.assertRegex(reply.lines[-1], r"^5\.7\.1 Kennung: id=\S+-\d+$")
        self.assertLessEqual(len(reply.lines), 8)

    def test_seven_refused_are_five_named_and_two_more(self):
        contacts = [self.contact() for _ in range(7)]
        for contact in contacts:
            done = self.daemon.cli("end", contact, "--reason", "opted_out")
            self.assertEqual(done.returncode, 0, done.stderr)
        fresh = self.contact()
        reply = self.refused([*contacts, fresh])
        self.assertIn("Werbewiderspruch vor", reply.lines[0])
        for contact in contacts[:5]:
            self.assertIn(contact, reply.text)
        for contact in [*contacts[5:], fresh]:
            self.assertNotIn(contact, reply.text)
        self.assertIn("und 2 weitere.", reply.text)
        self.assertIn("Niemand hat diese Nachricht erhalten; bitte entfernen Sie", reply.text)
        self.assertEqual(self.sink.find(fresh), [])

    def test_one_contact_written_twice_is_named_once(self):
        jane = self.contact()
        local, domain = jane.split("@")
        self.fill(jane)
        reply = self.refused([jane, f"{local}+x@{domain}"])
        self.assertNotIn("Ebenfalls abgewiesen", reply.text)
        self.assertNotIn("Niemand hat", reply.text)

    def test_commands_of_people_speak_german_but_json_does_not(self):
        jane = self.contact()
        self.send_ok(jane)
        text = self.daemon.cli("why", jane).stdout
        self.assertIn(f"{jane} im Leadprozess sales: offen seit dem {self.today()}", text)
        self.assertIn("Was Sie tun können:", text)
        done = self.daemon.cli("pause", jane, "--until", "14d", "--reason", "not_now")
        self.assertRegex(done.stdout, r"offen -> Wiedervorlage bis zum \d\d\.\d\d\.\d{4} \d\d:\d\d "
                         r"\(jetzt nicht\); vermerkt als \S+\n")
        self.assertIn("1. Kontaktversuch ohne Antwort", self.daemon.cli("history", jane).stdout)
        self.assertRegex(self.daemon.cli("leads").stdout, r"ADRESSE +PROZESS +STAND")
        status = self.daemon.cli("status").stdout
        self.assertIn("Schalter   ein", status)
        self.assertRegex(status, r"LAUFEND +RELEVANT +OFFEN")
        self.assertEqual(self.daemon.lead(jane)["state"], "paused")

    def test_what_is_not_possible_is_said_in_german(self):
        jane, nobody = self.contact(), self.contact()
        self.send_ok(jane)
        self.assertEqual(self.daemon.cli("end", jane, "--reason", "no_urgency").returncode, 0)
        done = self.daemon.cli("pause", jane, "--until", "14d", "--reason", "not_now")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{jane} ist beendet (kein Handlungsdruck), eine Wiedervorlage ist nicht",
                      done.stderr)
        done = self.daemon.cli("pause", jane, "--until", "14d")  # before the configuration is read
        self.assertEqual(done.returncode, 2)
        self.assertIn("pause braucht --reason GRUND", done.stderr)
        done = self.daemon.cli("resume", nobody, "--reason", "Messe")
        self.assertEqual((done.returncode, done.stderr), (1, f"fullstop: {nobody} ist kein Lead\n"))

    def test_the_callers_language_comes_before_the_configured_one(self):
        jane = self.contact()
        self.send_ok(jane)
        for locale, words in (("en_US.UTF-8", "What you can do:"), ("de_DE", "Was Sie tun können:"),
                              ("C", "Was Sie tun können:"), ("fr_FR", "Was Sie tun können:")):
            done = subprocess.run([f"{build_dir()}/fullstop", "-c", self.daemon.config, "why", jane],
                                  env={**os.environ, "LC_ALL": locale}, capture_output=True,
                                  encoding="utf-8", check=True, timeout=30)
            self.assertIn(words, done.stdout, locale)


class OwnText(EndToEnd):
    settings = {"process": '    language = "de"\n    texts { over = "Schluss für %{lead} nach '
                           '%{count} Mails, 100 %.\\nFragen: Vertrieb, %{id}" }'}

    def test_a_text_of_the_configuration_is_what_the_sender_reads(self):
        jane = self.contact()
        self.fill(jane)
        reply = self.refused(jane)
        self.assertEqual(reply.lines[0], f"5.7.1 Schluss fuer {jane} nach 3 Mails, 100 %.")
        self.assertRegex(reply.lines[1], r"^5\.7\.1 Fragen: Vertrieb, \S+-\d+$")
        self.assertRegex(reply.lines[2], r"^5\.7\.1 Kennung: id=")
        self.assertEqual(len(reply.lines), 3)
        # the verdict is "ended" now: that text was not written
        self.assertIn("Nicht gesendet: Lead", self.refused(jane).lines[0])


class Catalogue(unittest.TestCase):
    def test_every_sentence_has_a_german_text_and_none_is_in_doubt(self):
        with tempfile.TemporaryDirectory(prefix="fullstop-") as place:
            pot = f"{place}/fullstop.pot"
            made = run("make", "-s", "-C", ROOT, "pot", f"POT={pot}")
            self.assertEqual(made.returncode, 0, made.stderr)
            for words in (["msgcmp", f"{ROOT}/po/de.po", pot],
                          ["msgfmt", "--check", "-o", "/dev/null", f"{ROOT}/po/de.po"]):
                done = run(*words)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
            doubtful = run("msgattrib", "--only-fuzzy", f"{ROOT}/po/de.po")
            self.assertEqual(doubtful.stdout, "")
            unused = run("msgattrib", "--only-obsolete", f"{ROOT}/po/de.po")
            self.assertEqual(unused.stdout, "")

    def test_no_text_says_abschluss_or_closing(self):
        for name in ("de.po", "fullstop.pot"):
            with open(f"{ROOT}/po/{name}", encoding="utf-8") as text:
                self.assertNotRegex(text.read(), r"(?i)abschluss|closing")


if __name__ == "__main__":
    main()
