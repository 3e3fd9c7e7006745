# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# daemon.py - fullstopd and fullstop of one build, run on a directory of their own.
"""Runs fullstopd in the foreground and the fullstop command beside it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time

from postfix import can_connect, wait_until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

_CONFIG = """\
listen            = "{listen}"
socket_mode       = "0660"
socket_group      = "postfix"
user              = "{user}"
store             = "sqlite:{dir}/store/fullstop.db"
our_domains       = {{ "example.com", "@.example.com" }}
internal_networks = {{ "127.0.0.1/32" }}
on_store_error    = "{on_store_error}"
{top}
process "sales" {{
    mode    = "{mode}"
    senders = {{ "@sales.example.com" }}
    end {{
        unanswered = {unanswered}
    }}
{process}
}}
"""


def build_dir():
    """Where the programs under test are."""
    return os.path.abspath(os.environ.get("FS_BUILD", os.path.join(ROOT, "build/default")))


def run(*words, data=None, timeout=30):
    """A program with its output; never raises for its exit status."""
    return subprocess.run(words, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=not isinstance(data, bytes), check=False, timeout=timeout)


def command_for_others(directory):
    """fullstop where users who cannot reach the checkout (below /root, say) can run it."""
    copy = f"{directory}/fullstop-for-others"
    shutil.copy(f"{build_dir()}/fullstop", copy)
    os.chmod(copy, 0o755)
    return copy


class Fullstopd:
    """The daemon: start(), stop(), kill(), restart(); and the command line beside it."""

    def __init__(self, directory, listen, **settings):
        self.dir = directory
        self.listen = listen
        self.settings = {"mode": "enforce", "unanswered": 3, "on_store_error": "tempfail",
                         "user": "root", "top": "", "process": "", **settings}
        self.config = f"{self.dir}/fullstop.conf"
        self.log_path = f"{self.dir}/fullstopd.log"
        self.process = None
        os.makedirs(f"{self.dir}/store", exist_ok=True)
        shutil.chown(f"{self.dir}/store", self.settings["user"])
        os.chmod(f"{self.dir}/store", 0o750)
        self.write_config()

    def write_config(self, **settings):
        """Writes the configuration; settings given here stay for the next time."""
        self.settings.update(settings)
        with open(self.config, "w", encoding="utf-8") as out:
            out.write(_CONFIG.format(dir=self.dir, listen=self.listen, **self.settings))

    # ---- the daemon ----

    def is_answering(self):
        kind, _, place = self.listen.partition(":")
        if kind == "unix":
            return can_connect(place, socket.AF_UNIX)
        port, _, host = place.partition("@")
        return can_connect((host, int(port)))

    def start(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [f"{build_dir()}/fullstopd", "-f", "-c", self.config], stderr=log, stdout=log,
                stdin=subprocess.DEVNULL, start_new_session=True)
        def is_up():
            if self.process.poll() is not None:
                raise RuntimeError(f"fullstopd ended with {self.process.returncode}: {self.log()}")
            return self.is_answering() and "listening on" in self.log()
        wait_until(is_up, 30, "the start of fullstopd")
        return self

    def stop(self):
        """In order (SIGTERM). Returns the exit status."""
        if self.process is None:
            return None
        self.process.terminate()
        return self._wait()

    def kill(self):
        """At once (SIGKILL)."""
        if self.process is not None:
            self.process.kill()
            self._wait()

    def _wait(self):
        try:
            status = self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = None
        self.process = None
        return status

    def restart(self):
        status = self.stop()
        assert status == 0, f"fullstopd ended with {status}: {self.log()}"
        return self.start()

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def wait_for_log(self, words, after=0, timeout=20):
        """Waits until words appear past the position given; returns the log from there."""
        wait_until(lambda: words in self.log()[after:], timeout, f"\"{words}\" in the log")
        return self.log()[after:]

    def reload(self, **settings):
        """Changes the configuration and takes it into force by SIGUSR1."""
        if settings:
            self.write_config(**settings)
        before = len(self.log())
        self.process.send_signal(signal.SIGUSR1)
        return self.wait_for_log("configuration ", before)

    # ---- the command line ----

    def cli(self, *words, data=None):
        return run(f"{build_dir()}/fullstop", "-c", self.config, *words, data=data)

    def ask(self, *words):
        """A command that must succeed, with --json: the objects it printed."""
        done = run(f"{build_dir()}/fullstop", "-c", self.config, "--json", *words)
        assert done.returncode == 0, f"fullstop {words}: {done.returncode} {done.stderr}"
        try:
            return json.loads(done.stdout)
        except json.JSONDecodeError:
            return [json.loads(line) for line in done.stdout.splitlines()]

    def lead(self, address):
        """The one lead of an address, or None."""
        done = self.cli("--json", "why", address)
        if done.returncode == 1:
            return None
        assert done.returncode == 0, done.stderr
        leads = json.loads(done.stdout)
        assert len(leads) <= 1, leads
        return leads[0] if leads else None

    def history(self, address):
        return self.ask("history", address)

    def touches(self, address):
        """(verdict, disposition) of each touch, oldest first."""
        return [(e["verdict"], e["disposition"]) for e in self.history(address)
                if e["kind"] == "touch"]
