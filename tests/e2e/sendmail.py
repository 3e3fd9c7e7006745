# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# sendmail.py - a private Sendmail: own configuration, queue and ports, in one directory.
#
# The program is the one that .ci/unpack-sendmail unpacked; nothing is installed. Its milter
# lines are those of conf/sendmail.mc.example. The directory lies below /run, for Sendmail
# refuses sockets below folders that others can write to, as /tmp. When the program that
# started it dies in any way, a watcher stops it and removes the directory.
"""A private Sendmail instance for tests, used like postfix.Postfix. Needs root."""

import os
import re
import shutil
import signal
import subprocess
import tempfile

from postfix import can_connect, free_port, wait_until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
UNPACKED = os.path.join(ROOT, "build/sendmail")
PROGRAM = f"{UNPACKED}/usr/libexec/sendmail/sendmail"
_CF = f"{UNPACKED}/usr/share/sendmail/cf"
_EXAMPLE = f"{ROOT}/conf/sendmail.mc.example"

USERS, PASSWORD = (("anna", "mail.example.com"), ("ben=crm", "crm.test")), "secret"

# Of what a real site has this lacks: DNS, identd, local delivery, limits by load.
_MC = """\
divert(0)dnl
OSTYPE(`linux')dnl
DOMAIN(`generic')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`accept_unqualified_senders')dnl
undefine(`ALIAS_FILE')dnl
undefine(`UUCP_RELAY')dnl
undefine(`BITNET_RELAY')dnl
define(`confDOMAIN_NAME', `mail.example.com')dnl
define(`confCW_FILE', `-o {dir}/etc/none')dnl
define(`confCR_FILE', `-o {dir}/etc/none')dnl
define(`confSERVICE_SWITCH_FILE', `{dir}/etc/service.switch')dnl
define(`confHOSTS_FILE', `{dir}/etc/hosts')dnl
define(`STATUS_FILE', `{dir}/data/statistics')dnl
define(`QUEUE_DIR', `{dir}/spool')dnl
define(`confPID_FILE', `{dir}/data/sendmail.pid')dnl
define(`confTO_IDENT', `0s')dnl
define(`confQUEUE_LA', `1000')dnl
define(`confREFUSE_LA', `1000')dnl
define(`confDELAY_LA', `0')dnl
define(`confMIN_QUEUE_AGE', `0')dnl
define(`confPRIVACY_FLAGS', `authwarnings')dnl
define(`confAUTH_MECHANISMS', `PLAIN LOGIN')dnl
TRUST_AUTH_MECH(`PLAIN LOGIN')dnl
define(`confCACERT', `{dir}/tls/ca.pem')dnl
define(`confCACERT_PATH', `{dir}/tls')dnl
define(`confSERVER_CERT', `{dir}/tls/server.pem')dnl
define(`confSERVER_KEY', `{dir}/tls/server.key')dnl
define(`SMART_HOST', `relay:[127.0.0.1]')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {sink}')dnl
define(`RELAY_MAILER_MAXMSGS', `20')dnl
define(`confTRY_NULL_MX_LIST', `True')dnl
RELAY_DOMAIN(`example.com sales.example.com')dnl
DAEMON_OPTIONS(`Name=MTA, Addr=127.0.0.1, Port={mx}')dnl
{example}
{extra}
MAILER(`smtp')dnl
"""

# sendmail(1) hands in by SMTP, as Debian and everybody else has it.
_SUBMIT_MC = """\
divert(0)dnl
OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `mail.example.com')dnl
define(`confCF_VERSION', `Submit')dnl
define(`__OSTYPE__', `')dnl
define(`confTIME_ZONE', `USE_TZ')dnl
define(`confDONT_INIT_GROUPS', `True')dnl
define(`confSERVICE_SWITCH_FILE', `{dir}/etc/service.switch')dnl
define(`confHOSTS_FILE', `{dir}/etc/hosts')dnl
define(`confPID_FILE', `{dir}/data/sm-client.pid')dnl
define(`STATUS_FILE', `{dir}/data/sm-client.statistics')dnl
define(`MSP_QUEUE_DIR', `{dir}/client')dnl
define(`confRUN_AS_USER', `mail')dnl
define(`confTRUSTED_USER', `mail')dnl
define(`confTO_IDENT', `0s')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {submission}')dnl
FEATURE(`msp', `[127.0.0.1]')dnl
"""

_SASL = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {dir}/sasl/sasldb2
mech_list: PLAIN LOGIN
"""

_WATCHER = """cat >/dev/null
for file in $(find "$1" -name fullstopd.pid); do
    pid=$(cat "$file")
    grep -qaF "$1/" "/proc/$pid/cmdline" 2>/dev/null && kill -9 "$pid"
done
group=$(cat "$1/group" 2>/dev/null) && kill -9 "-$group" 2>/dev/null
rm -rf "$1"
"""


class Sendmail:
    """start() and stop(); ports: .mx, .submission; .dir belongs to it."""

    name = "Sendmail"

    def __init__(self, sink_port, default_action="tempfail", filter_flags=None, extra=""):
        """filter_flags: "F=T", "F=R" or ""; None: what default_action says."""
        if os.geteuid() != 0:
            raise RuntimeError("a private Sendmail needs root: run this as root or with sudo")
        if not os.access(PROGRAM, os.X_OK):
            raise RuntimeError("there is no Sendmail for the tests; `.ci/unpack-sendmail "
                               "build/sendmail`, which `make check` does, unpacks one")
        self.dir = tempfile.mkdtemp(prefix="fullstop-", dir="/run")
        os.chmod(self.dir, 0o755)
        self.milter = f"unix:{self.dir}/run/fullstop.sock"
        self.watcher = self.process = None
        self.sink_port = sink_port
        if filter_flags is None:
            filter_flags = "F=T" if default_action == "tempfail" else ""
        self.filter_flags = filter_flags
        self.extra = extra

    # ---- its files ----

    def _example(self):
        """The lines of conf/, with our socket, our port and the flags wanted."""
        with open(_EXAMPLE, encoding="ascii") as file:
            text = file.read()
        for old, new in (("local:/run/fullstop/fullstop.sock,", f"{self.milter},"
                          + (f" {self.filter_flags}," if self.filter_flags else "")),
                         ("Port=submission", f"Addr=127.0.0.1, Port={self.submission}")):
            assert old in text, f"{_EXAMPLE} has no {old}"
            text = text.replace(old, new)
        return text

    def _write_cf(self, name, template):
        text = template.format(dir=self.dir, sink=self.sink_port, mx=self.mx, extra=self.extra,
                               submission=self.submission, example=self._example())
        with open(f"{self.dir}/etc/{name}.mc", "w", encoding="ascii") as out:
            out.write(text)
        done = subprocess.run(["m4", f"-D_CF_DIR_={_CF}/", f"{_CF}/m4/cf.m4",
                               f"{self.dir}/etc/{name}.mc"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        with open(f"{self.dir}/etc/{name}.cf", "wb") as out:
            out.write(done.stdout)
            # libsasl finds its file by the environment, which Sendmail itself sets
            out.write(f"ESASL_CONF_PATH={self.dir}/sasl\n".encode())

    def _write(self):
        for name, mode in (("etc", 0o755), ("spool", 0o700), ("client", 0o770), ("data", 0o755),
                           ("run", 0o755), ("sasl", 0o700), ("tls", 0o700)):
            os.makedirs(f"{self.dir}/{name}", mode=mode, exist_ok=True)
            os.chmod(f"{self.dir}/{name}", mode)
        shutil.chown(f"{self.dir}/client", "mail", "mail")
        self.mx, self.submission = free_port(), free_port()
        self.open = self.mx  # with FEATURE(`promiscuous_relay')
        with open(f"{self.dir}/etc/service.switch", "w", encoding="ascii") as out:
            out.write("hosts files\naliases files\n")
        with open(f"{self.dir}/etc/hosts", "w", encoding="ascii") as out:
            out.write("127.0.0.1 mail.example.com localhost\n")
        with open(f"{self.dir}/sasl/Sendmail.conf", "w", encoding="ascii") as out:
            out.write(_SASL.format(dir=self.dir))
        for user, realm in USERS:
            subprocess.run([f"{UNPACKED}/usr/sbin/saslpasswd2", "-p", "-c", "-f",
                            f"{self.dir}/sasl/sasldb2", "-u", realm, user],
                           input=PASSWORD.encode(), check=True)
        os.chmod(f"{self.dir}/sasl/sasldb2", 0o600)
        self._write_cf("sendmail", _MC)
        self._write_cf("submit", _SUBMIT_MC)

    @staticmethod
    def _environment():
        """A host with a full name, without which it sleeps for a minute; no waiting for DNS."""
        return {**os.environ, "LD_PRELOAD": f"{UNPACKED}/host_name.so",
                "RES_OPTIONS": "timeout:1 attempts:1"}

    # ---- the daemon ----

    def _run(self):
        with open(f"{self.dir}/sendmail.out", "ab") as out:
            self.process = subprocess.Popen(
                [PROGRAM, "-C", f"{self.dir}/etc/sendmail.cf", "-bD", "-q2s"],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
                env=self._environment())
        with open(f"{self.dir}/group", "w", encoding="ascii") as out:
            out.write(str(self.process.pid))

    def start(self):
        self.watcher = subprocess.Popen(["/bin/sh", "-c", _WATCHER, "sh", self.dir],
                                        stdin=subprocess.PIPE, start_new_session=True, cwd="/")
        for _ in range(3):  # another program may take a free port first
            self._write()
            self._run()
            if self._is_up():
                return self
            self._end()
        raise RuntimeError(f"the private Sendmail does not start: {self.log()}")

    def _is_up(self):
        try:
            wait_until(lambda: self.process.poll() is not None or
                       all(can_connect(("127.0.0.1", p)) for p in (self.mx, self.submission)), 10)
        except AssertionError:
            return False
        return self.process.poll() is None

    def _end(self):
        """The daemon, and what it forked."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None

    def stop(self):
        """Stops it and removes its directory."""
        self._end()
        if self.watcher is None:
            shutil.rmtree(self.dir, ignore_errors=True)
            return
        self.watcher.stdin.close()
        self.watcher.wait(30)
        self.watcher = None

    # ---- what people and tests do with it ----

    def command(self, *words, data=None, cf="sendmail"):
        return subprocess.run([PROGRAM, "-C", f"{self.dir}/etc/{cf}.cf", *words], input=data,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              env=self._environment())

    def sendmail(self, sender, recipients, data):
        """Local submission by sendmail(1)."""
        if isinstance(recipients, str):
            recipients = [recipients]
        return self.command("-Ac", "-i", "-f", sender, "--", *recipients, cf="submit",
                            data=data.replace(b"\r\n", b"\n"))

    def sendmail_bs(self, sender, recipients, data):
        """A local program that speaks SMTP to sendmail -bs; the replies, the last but QUIT's."""
        if isinstance(recipients, str):
            recipients = [recipients]
        program = subprocess.Popen([PROGRAM, "-C", f"{self.dir}/etc/sendmail.cf", "-Am", "-bs"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, env=self._environment())
        replies = []
        for line in [b"", b"EHLO localhost\r\n", f"MAIL FROM:<{sender}>\r\n".encode(),
                     *[f"RCPT TO:<{r}>\r\n".encode() for r in recipients], b"DATA\r\n",
                     data + b"\r\n.\r\n"]:
            program.stdin.write(line)
            program.stdin.flush()
            replies.append(self._reply(program.stdout))
        program.communicate(b"QUIT\r\n", timeout=30)
        return replies

    @staticmethod
    def _reply(stream):
        lines = []
        for line in stream:
            lines.append(line.decode().rstrip())
            if line[3:4] != b"-":
                break
        return "\n".join(lines)

    def client_queue(self):
        """What sendmail(1) could not hand in yet."""
        return self.command("-Ac", "-bp", cf="submit").stdout.decode("utf-8", "replace")

    def run_client_queue(self):
        self.command("-Ac", "-q", cf="submit")

    def queue(self, held=False):
        """What waits in the queue, or in quarantine, as mailq says it."""
        done = self.command("-bp", *(["-qQ"] if held else []))
        return done.stdout.decode("utf-8", "replace")

    def held(self):
        """Recipients of what is in quarantine."""
        return re.findall(r"^\s+<?([^\s<>()]+@[^\s<>]+)>?$", self.queue(held=True), re.M)

    def is_idle(self):
        """Whether nothing waits but what is held."""
        return "is empty" in self.queue()

    def log(self):
        """What it said on standard error; its log goes to syslog."""
        with open(f"{self.dir}/sendmail.out", encoding="utf-8", errors="replace") as out:
            return out.read()
