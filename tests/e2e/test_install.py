# SPDX-License-Identifier: ISC
# Copyright (c) 2026 the fullstop authors
#
# test_install.py - make install into an empty root, and uninstall.
"""What `make install` brings, keeps and takes away."""

import os
import tempfile
import unittest

from daemon import ROOT, build_dir, run


def files_under(directory):
    return sorted(os.path.join(where, name)[len(directory):]
                  for where, _, names in os.walk(directory) for name in names)


class Install(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="fullstop-")
        self.addCleanup(temporary.cleanup)
        self.root = temporary.name

    def make(self, target):
        # -o: programs as they are, whatever flags they were built with
        built = [f"{build_dir()}/{name}" for name in ("fullstopd", "fullstop", "fullstop-webhook")]
        done = run("make", "-C", ROOT, target, f"BUILD={build_dir()}", "PREFIX=/usr",
                   f"DESTDIR={self.root}", *[word for path in built for word in ("-o", path)])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_everything_comes_to_its_place(self):
        self.make("install")
        files = files_under(self.root)
        for path in ("/usr/sbin/fullstopd", "/usr/bin/fullstop", "/etc/fullstop/fullstop.conf",
                     "/usr/libexec/fullstop/fullstop-webhook",
                     "/usr/lib/systemd/system/fullstop.service",
                     "/usr/lib/sysusers.d/fullstop.conf", "/usr/lib/tmpfiles.d/fullstop.conf",
                     "/usr/share/man/man8/fullstopd.8", "/usr/share/man/man1/fullstop.1",
                     "/usr/share/man/man5/fullstop.conf.5",
                     "/usr/share/doc/fullstop/README.md"):
            self.assertIn(path, files)
        with open(f"{self.root}/usr/lib/systemd/system/fullstop.service",
                  encoding="utf-8") as unit:
            text = unit.read()
        self.assertIn("ExecStart=/usr/sbin/fullstopd", text)
        self.assertNotIn("@", text.replace("@system-service", "").replace("@privileged", "")
                         .replace("@resources", ""))

    def test_the_shipped_configuration_is_read_and_only_observes(self):
        self.make("install")
        path = f"{self.root}/etc/fullstop/fullstop.conf"
        done = run(f"{build_dir()}/fullstopd", "-n", "-c", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(path, encoding="utf-8") as text:
            self.assertRegex(text.read(), r'(?m)^\s*mode\s*=\s*"observe"')

    def test_an_installed_fullstop_finds_what_tests_webhooks(self):
        self.make("install")
        done = run(f"{self.root}/usr/bin/fullstop", "-c", "/nonexistent", "webhook", "test", "crm")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("/nonexistent", done.stderr)
        os.unlink(f"{self.root}/usr/libexec/fullstop/fullstop-webhook")
        done = run(f"{self.root}/usr/bin/fullstop", "-c", "/nonexistent", "webhook", "test", "crm")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("fullstop-webhook cannot be run: No such file", done.stderr)

    def test_fullstop_itself_loads_no_libcurl(self):
        loaded = run("ldd", f"{build_dir()}/fullstop").stdout
        self.assertIn("libgmime", loaded)
        self.assertNotIn("libcurl", loaded)

    def test_a_configuration_that_is_there_is_not_replaced(self):
        os.makedirs(f"{self.root}/etc/fullstop")
        path = f"{self.root}/etc/fullstop/fullstop.conf"
        with open(path, "w", encoding="utf-8") as out:
            out.write("# mine\n")
        self.make("install")
        with open(path, encoding="utf-8") as text:
            self.assertEqual(text.read(), "# mine\n")

    def test_uninstall_leaves_only_the_configuration(self):
        self.make("install")
        self.make("uninstall")
        self.assertEqual(files_under(self.root), ["/etc/fullstop/fullstop.conf"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
