# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# postfix.py - a private Postfix: own configuration, queue and ports, in one directory.
#
# Never reads, stops or changes a Postfix that is there. When the program that started it
# dies in any way, a watcher that holds the other end of a pipe stops and removes it.
"""A private Postfix instance for tests and the demo. Needs root."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin"

_MAIN = """\
compatibility_level = 3.6
queue_directory = {dir}/spool
data_directory = {dir}/data
config_directory = {dir}/etc
maillog_file = {dir}/mail.log
maillog_file_prefixes = {dir}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.com
mydomain = example.com
myorigin = example.com
mydestination =
relay_domains = example.com, sales.example.com
mynetworks = 127.0.0.1/32
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
transport_maps = static:smtp:[127.0.0.1]:{sink}
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtp_tls_security_level = none
smtpd_tls_security_level = none
smtpd_milters = {milter}
non_smtpd_milters = {milter}
internal_mail_filter_classes = bounce
milter_default_action = {default_action}
milter_connect_timeout = 10s
milter_command_timeout = 10s
milter_content_timeout = 30s
in_flow_delay = 0
queue_run_delay = 2s
minimal_backoff_time = 2s
"""

# mx: mail from outside. submission: our people. open: a relay that lets everything
# through, as a badly kept host in front would.
_SERVICES = """\
127.0.0.1:{mx} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
    -o milter_macro_daemon_name=ORIGINATING
127.0.0.1:{open} inet n - n - - smtpd
    -o mynetworks=127.0.0.0/8
"""

_MASTER = """\
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

# Waits for its input to end, then takes everything away. A fullstopd is ended only when its
# own command line names this directory.
_WATCHER = """cat >/dev/null
for file in $(find "$1" -name fullstopd.pid); do
    pid=$(cat "$file")
    grep -qaF "$1/" "/proc/$pid/cmdline" 2>/dev/null && kill -9 "$pid"
done
postfix -c "$1/etc" abort >/dev/null 2>&1
rm -rf "$1"
"""


def find_program(name):
    path = shutil.which(name, path=_PATH)
    if path is None:
        raise RuntimeError(f"{name} is not installed; .ci/install-packages test installs it")
    return path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, timeout=20, what="it"):
    """Polls condition() until it is true and returns what it returned."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {timeout} s")
        time.sleep(0.02)


def can_connect(address, family=socket.AF_INET):
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


class Postfix:
    """start() and stop(); ports: .mx, .submission, .open; .dir belongs to it."""

    def __init__(self, sink_port, default_action="tempfail"):
        if os.geteuid() != 0:
            raise RuntimeError("a private Postfix needs root: run this as root or with sudo")
        self.dir = tempfile.mkdtemp(prefix="fullstop-", dir=os.environ.get("TMPDIR", "/tmp"))
        os.chmod(self.dir, 0o755)
        self.milter = f"unix:{self.dir}/run/fullstop.sock"
        self.watcher = None
        self.sink_port = sink_port
        self.default_action = default_action

    def _write(self):
        for name in ("etc", "spool", "data", "run"):
            os.makedirs(f"{self.dir}/{name}", mode=0o755, exist_ok=True)
        os.chown(f"{self.dir}/data", pwd.getpwnam("postfix").pw_uid, -1)
        ports = {name: free_port() for name in ("mx", "submission", "open")}
        self.mx, self.submission, self.open = ports["mx"], ports["submission"], ports["open"]
        with open(f"{self.dir}/etc/main.cf", "w", encoding="ascii") as out:
            out.write(_MAIN.format(dir=self.dir, sink=self.sink_port, milter=self.milter,
                                   default_action=self.default_action))
        with open(f"{self.dir}/etc/master.cf", "w", encoding="ascii") as out:
            out.write(_SERVICES.format(**ports) + _MASTER)

    def command(self, *words):
        return subprocess.run([find_program("postfix"), "-c", f"{self.dir}/etc", *words],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False,
                              env={**os.environ, "PATH": _PATH})

    def start(self):
        self.watcher = subprocess.Popen(
            ["/bin/sh", "-c", _WATCHER, "sh", self.dir], stdin=subprocess.PIPE,
            start_new_session=True, cwd="/", env={**os.environ, "PATH": _PATH})
        for _ in range(3):  # another program may take a free port first
            self._write()
            done = self.command("start")
            if done.returncode == 0 and self._is_up():
                return self
            self.command("abort")
        raise RuntimeError(f"the private Postfix does not start: {done.stdout}\n{self.log()}")

    def _is_up(self):
        try:
            wait_until(lambda: all(can_connect(("127.0.0.1", p))
                                   for p in (self.mx, self.submission, self.open)), 10)
        except AssertionError:
            return False
        return True

    def set(self, *settings):
        """Changes main.cf and reloads. New smtpd processes serve from then on."""
        subprocess.run([find_program("postconf"), "-c", f"{self.dir}/etc", *settings], check=True)
        self.command("reload")
        time.sleep(1)

    def sendmail(self, sender, recipients, data):
        """Local submission by sendmail(1)."""
        if isinstance(recipients, str):
            recipients = [recipients]
        return subprocess.run(
            [find_program("sendmail"), "-C", f"{self.dir}/etc", "-i", "-f", sender, "--",
             *recipients], input=data.replace(b"\r\n", b"\n"), check=True)

    def queue(self):
        """What waits in the queue, as postqueue(1) says it."""
        done = subprocess.run([find_program("postqueue"), "-c", f"{self.dir}/etc", "-j"],
                              stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def _queued(self):
        return [json.loads(line) for line in self.queue().splitlines()]

    def held(self):
        """Recipients of what is on hold."""
        return [recipient["address"] for mail in self._queued() if mail["queue_name"] == "hold"
                for recipient in mail["recipients"]]

    def is_idle(self):
        """Whether nothing waits but what is held."""
        return all(mail["queue_name"] == "hold" for mail in self._queued())

    def log(self):
        try:
            with open(f"{self.dir}/mail.log", encoding="utf-8", errors="replace") as log:
                return log.read()
        except FileNotFoundError:
            return ""

    def pid(self):
        """The master's, or None."""
        try:
            with open(f"{self.dir}/spool/pid/master.pid", encoding="ascii") as file:
                return int(file.read())
        except (FileNotFoundError, ValueError):
            return None

    def stop(self):
        """Stops it and removes its directory."""
        if self.watcher is None:
            shutil.rmtree(self.dir, ignore_errors=True)
            return
        self.command("stop")
        self.watcher.stdin.close()
        self.watcher.wait(30)
        self.watcher = None
