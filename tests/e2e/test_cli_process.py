#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_cli_process.py - pid file and users by command; a stand-in for the daemon.
"""What fullstop tells about the daemon, and as whom it works."""

import fcntl
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from cli import CONFIG, FULLSTOP, JANE, Case


class Daemon(Case):
    """What is told about a daemon, by its pid file. A stand-in holds the lock."""

    def setUp(self):
        super().setUp()
        self.touch(1)
        self.pid_file = f"{self.dir}/fullstopd.pid"

    def stand_in(self, text=None):
        """A process that holds the lock and notes SIGUSR1."""
        code = ("import fcntl, os, signal, sys, time\n"
                "file = open(sys.argv[1], 'w')\n"
                "signal.signal(signal.SIGUSR1, lambda *_: open(sys.argv[1] + '.seen', 'w'))\n"
                "file.write(sys.argv[2] or f'{os.getpid()}\\n')\n"
                "file.flush()\n"
                "fcntl.flock(file, fcntl.LOCK_EX)\n"
                "print('ready', flush=True)\n"
                "time.sleep(60)\n")
        process = subprocess.Popen([sys.executable, "-c", code, self.pid_file, text or ""],
                                   stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        return process

    def test_a_held_lock_means_running(self):
        process = self.stand_in()
        status = self.json("status")
        self.assertEqual((status["daemon"], status["pid"]), ("running", process.pid))
        self.assertIn(f"running, pid {process.pid}", self.does("status").text)

    def test_a_pid_file_without_lock_means_stopped(self):
        with open(self.pid_file, "w", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        seen = []
        old = signal.signal(signal.SIGUSR1, lambda *_: seen.append(1))
        self.addCleanup(signal.signal, signal.SIGUSR1, old)
        self.assertEqual(self.json("status")["daemon"], "stopped")
        done = self.does("reload", code=1)
        self.assertIn("not running", done.complaint)
        self.assertEqual(seen, [])

    def test_looking_at_the_lock_leaves_it_free(self):
        with open(self.pid_file, "w", encoding="utf-8") as file:
            self.does("status")
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def test_reload_says_when_the_daemon_does_not_take_it(self):
        self.stand_in()
        done = self.does("reload", code=1)
        self.assertIn("keeps the old", done.complaint)
        self.assertTrue(os.path.exists(self.pid_file + ".seen"))

    def test_reload_with_a_broken_file_does_not_signal(self):
        self.stand_in()
        self.write_config("process {\n")
        self.does("reload", code=2)
        self.assertFalse(os.path.exists(self.pid_file + ".seen"))

    def test_reload_does_not_signal_a_pid_that_is_none(self):
        for text in ("0", "-1", "1", "x", "99999999999999999999"):
            process = self.stand_in(text)
            self.does("reload", code=1)
            process.kill()
            process.wait()


@unittest.skipIf(os.getuid() != 0, "only root changes its user")
class OtherUser(Case):
    """Called by root the store is used as the configured user."""

    user = "nobody"

    def setUp(self):
        super().setUp()
        entry = pwd.getpwnam("nobody")
        os.chown(self.dir, entry.pw_uid, entry.pw_gid)
        os.chmod(self.dir, 0o755)
        self.uid = entry.pw_uid

    def test_files_belong_to_the_configured_user(self):
        self.touch(1)
        self.does("end", JANE, "--reason", "won")
        files = glob.glob(f"{self.db}*")
        self.assertTrue(files)
        for path in files:
            self.assertEqual(os.stat(path).st_uid, self.uid, path)

    def test_the_real_caller_is_recorded(self):
        self.touch(1)
        self.does("end", JANE, "--reason", "won")
        event = self.json("history", JANE)[-1]
        self.assertEqual((event["actor"], event["actor_uid"]), ("root", 0))

    def test_another_user_is_told_how_to_be_let_in(self):
        self.touch(1)
        os.chmod(self.dir, 0o700)
        self.write_config(CONFIG.format(dir=self.dir, user="nobody", top=""))
        outside = tempfile.mkdtemp(prefix="fullstop-cli-")
        self.addCleanup(shutil.rmtree, outside, ignore_errors=True)
        os.chmod(outside, 0o755)
        copy = shutil.copy(self.config, outside)
        os.chmod(copy, 0o644)
        program = shutil.copy(FULLSTOP, outside)
        daemon = pwd.getpwnam("daemon")
        done = subprocess.run([program, "-c", copy, "leads"], capture_output=True, text=True,
                              user=daemon.pw_uid, group=daemon.pw_gid, extra_groups=[],
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("run fullstop as root or as user nobody", done.stderr)


if __name__ == "__main__":
    unittest.main()
