# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_daemon.py - the daemon itself: modes, switch, reload, configuration errors, sockets.
"""What an administrator does to fullstopd while mail flows."""

import json
import os
import socket
import tempfile
import unittest

from daemon import Fullstopd, build_dir, run
from harness import EndToEnd, Session, free_port, main

FLAG = "X-Fullstop-Flag"


class Modes(EndToEnd):
    def tearDown(self):
        self.daemon.reload(mode="enforce", process="")

    def test_observe_passes_and_records_what_it_would_refuse(self):
        self.daemon.reload(mode="observe")
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane)
        self.assertLead(jane, state="ended", reason="no_reply", unanswered=3, overrun=1)
        self.assertEqual(self.daemon.touches(jane)[-1], ("over", "would_refuse"))
        self.assertIsNone(self.sink.wait_for(jane, 4)[3].message[FLAG])

    def test_flag_passes_with_a_header_that_names_the_event(self):
        self.daemon.reload(mode="flag")
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, subject="The fourth")
        event = self.daemon.history(jane)[-1]
        flagged = self.sink.wait_for(jane, Subject="The fourth")[0].message
        self.assertEqual(flagged.get_all(FLAG), [f"over; id={event['id']}"])
        self.assertEqual(event["disposition"], "flagged")
        for other in self.sink.find(jane, Subject="Our offer"):
            self.assertIsNone(other.message[FLAG])

    def test_forged_fullstop_headers_are_removed_in_both_directions(self):
        forged = [f"{FLAG}: over; id=forged-1", "x-fullstop-anything: 1",
                  f"{FLAG}: over; id=forged-2"]
        self.daemon.reload(mode="flag")
        jane = self.contact()
        self.send_ok(jane, extra=forged)
        self.hear(jane, "ben@example.com", extra=forged)
        for received in self.sink.wait_for(jane) + self.sink.wait_for("ben@example.com"):
            names = [name.lower() for name in received.message.keys()]
            self.assertEqual([n for n in names if n.startswith("x-fullstop")], [])

    def test_a_flagged_message_carries_our_header_alone(self):
        self.daemon.reload(mode="flag")
        jane = self.contact()
        self.fill(jane)
        self.send_ok(jane, subject="Flagged", extra=[f"{FLAG}: pass; id=forged"])
        values = self.sink.wait_for(jane, Subject="Flagged")[0].message.get_all(FLAG)
        self.assertEqual(len(values), 1)
        self.assertTrue(values[0].startswith("over; id="), values)


class Switch(EndToEnd):
    def tearDown(self):
        self.daemon.cli("on")

    def test_off_lets_everything_pass_and_survives_a_restart_and_on_ends_it(self):
        jane = self.contact()
        self.fill(jane)
        self.refused(jane)
        self.assertEqual(self.daemon.cli("off", "--reason", "the board asked").returncode, 0)
        self.send_ok(jane)
        self.daemon.kill()
        self.daemon.start()
        self.assertTrue(self.daemon.ask("status")["off"])
        self.send_ok(jane)
        self.assertLead(jane, overrun=2)
        self.assertEqual(self.daemon.cli("on").returncode, 0)
        self.refused(jane)


class Reload(EndToEnd):
    def tearDown(self):
        self.daemon.reload(unanswered=3, process="")

    def test_sigusr1_takes_a_new_limit_into_force(self):
        jane = self.contact()
        self.fill(jane)
        self.daemon.reload(unanswered=4)
        self.send_ok(jane)
        self.refused(jane)
        self.assertLead(jane, limit=4, unanswered=4)

    def test_the_reload_command_takes_a_new_limit_into_force(self):
        jane = self.contact()
        self.send_ok(jane)
        self.daemon.write_config(unanswered=1)
        before = len(self.daemon.log())
        done = self.daemon.cli("reload")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.daemon.wait_for_log("configuration reloaded", before)
        self.refused(jane)

    def test_a_broken_configuration_is_said_with_its_line_and_the_old_one_stays(self):
        jane = self.contact()
        said = self.daemon.reload(process="    nonsense = 1")
        self.assertIn("not reloaded", said)
        self.assertRegex(said, r"fullstop\.conf:\d+: ")
        done = self.daemon.cli("reload")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"fullstop\.conf:\d+: ")
        self.fill(jane)
        self.daemon.write_config(process="")
        self.refused(jane)

    def test_keys_that_need_a_restart_are_named(self):
        said = self.daemon.reload(top='on_store_error = "tempfail"\n', user="daemon")
        self.assertIn("user", self.daemon.wait_for_log("restart", len(self.daemon.log())
                                                       - len(said)))
        self.daemon.write_config(user="root", top='timezone = "UTC"\nsocket_group = "root"\n')
        done = self.daemon.cli("reload")
        self.assertIn("\nthese keys take effect after a restart: socket_group, timezone\n",
                      done.stdout, done.stderr)
        said = json.loads(self.daemon.cli("--json", "reload").stdout)
        self.assertEqual((said["same_file"], said["after_restart"]),
                         (True, ["socket_group", "timezone"]))
        self.daemon.write_config(top="")
        self.assertNotIn("restart", self.daemon.cli("reload").stdout)
        self.assertEqual(json.loads(self.daemon.cli("--json", "reload").stdout)["after_restart"], [])


class Sockets(EndToEnd):
    def test_a_bare_tcp_probe_does_no_harm(self):
        daemon = Fullstopd(tempfile.mkdtemp(dir=self.postfix.dir),
                           f"inet:{free_port()}@127.0.0.1")
        daemon.start()
        self.addCleanup(daemon.kill)
        port = int(daemon.listen.split(":")[1].split("@")[0])
        for data in (b"", b"\r\n", b"GET / HTTP/1.0\r\n\r\n", b"\0\0\0\1", b"\xff" * 64):
            with socket.create_connection(("127.0.0.1", port), 5) as probe:
                probe.sendall(data)
        self.postfix.set(f"smtpd_milters = inet:127.0.0.1:{port}")
        try:
            jane = self.contact()
            self.send_ok(jane)
            self.assertEqual(daemon.lead(jane)["unanswered"], 1)
        finally:
            self.postfix.set(f"smtpd_milters = {self.postfix.milter}")
        self.assertEqual(daemon.stop(), 0, daemon.log())

    def test_a_session_that_only_connects_does_no_harm(self):
        for _ in range(20):
            Session(self.postfix.submission).close()
        self.send_ok(self.contact())

    def test_a_second_daemon_does_not_take_the_socket(self):
        second = Fullstopd(tempfile.mkdtemp(dir=self.postfix.dir), self.daemon.listen)
        done = run(f"{build_dir()}/fullstopd", "-f", "-c", second.config)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("another program answers", done.stderr)
        self.send_ok(self.contact())

    def test_a_stale_socket_is_replaced(self):
        self.daemon.kill()
        self.assertTrue(os.path.exists(self.postfix.milter.removeprefix("unix:")))
        self.daemon.start()
        self.send_ok(self.contact())

    def test_a_stop_right_after_the_start_is_a_good_end(self):
        for _ in range(10):
            self.daemon.restart()
        self.send_ok(self.contact())

    def test_the_daemon_gives_up_root_and_still_serves(self):
        directory = tempfile.mkdtemp(dir=self.postfix.dir)
        os.chmod(directory, 0o755)
        daemon = Fullstopd(directory, f"unix:{directory}/s", user="daemon")
        daemon.start()
        self.addCleanup(daemon.kill)
        with open(f"/proc/{daemon.process.pid}/status", encoding="ascii") as status:
            uids = next(line for line in status if line.startswith("Uid:")).split()[1:]
        self.assertEqual(len(set(uids)), 1)
        self.assertNotEqual(uids[0], "0")
        self.postfix.set(f"smtpd_milters = unix:{directory}/s")
        try:
            jane = self.contact()
            self.send_ok(jane)
            self.assertEqual(daemon.lead(jane)["unanswered"], 1)
        finally:
            self.postfix.set(f"smtpd_milters = {self.postfix.milter}")


class Configuration(unittest.TestCase):
    """Errors are FILE:LINE: what, and nothing starts."""

    def setUp(self):
        self.dir = tempfile.TemporaryDirectory(prefix="fullstop-")
        self.addCleanup(self.dir.cleanup)
        self.daemon = Fullstopd(self.dir.name, f"unix:{self.dir.name}/s")

    def complaint(self, **settings):
        """What both programs say about it: the line number, and the sentence."""
        self.daemon.write_config(**settings)
        starts = run(f"{build_dir()}/fullstopd", "-f", "-c", self.daemon.config)
        checks = run(f"{build_dir()}/fullstopd", "-n", "-c", self.daemon.config)
        asks = self.daemon.cli("check")
        for done in (starts, checks, asks):
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertRegex(done.stderr, r"fullstop\.conf:\d+: \S")
        self.assertFalse(os.path.exists(f"{self.dir.name}/s"))
        return starts.stderr

    def line_of(self, words):
        with open(self.daemon.config, encoding="utf-8") as lines:
            return next(n for n, line in enumerate(lines, 1) if words in line)

    def test_a_good_file_is_good(self):
        done = run(f"{build_dir()}/fullstopd", "-n", "-c", self.daemon.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.daemon.cli("check").returncode, 0)

    def test_unknown_key(self):
        said = self.complaint(process="    lenght = 1")
        self.assertIn("lenght", said)
        self.assertIn(f":{self.line_of('lenght')}: ", said)

    def test_impossible_value(self):
        said = self.complaint(top='relevant_for = "soon"')
        self.assertIn(f":{self.line_of('soon')}: ", said)

    def test_limit_of_zero(self):
        self.complaint(unanswered=0)

    def test_unknown_mode(self):
        self.assertIn("enforce", self.complaint(mode="strict"))

    def test_a_process_that_time_does_not_end(self):
        self.complaint(process='    end { open_for = "0" grace = "0" idle = "0" }')

    def test_a_missing_file_is_named(self):
        done = run(f"{build_dir()}/fullstopd", "-n", "-c", f"{self.dir.name}/none.conf")
        self.assertEqual(done.returncode, 2)
        self.assertIn("none.conf", done.stderr)

    def test_wrong_flags_are_a_usage_error(self):
        self.assertEqual(run(f"{build_dir()}/fullstopd", "--nonsense").returncode, 2)


if __name__ == "__main__":
    main()
