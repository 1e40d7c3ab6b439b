#!/usr/bin/env python3
"""What happens on a machine that lacks a package: as root, with sudo, and with neither."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
from programs import CHECKOUT, clean_environment, write_program

LIST = (CHECKOUT / "scripts/packages.txt").read_text()
AS_NOBODY = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--"]
MISSING = "ninja-build"


class Packages(unittest.TestCase):
    """Each case runs install_packages with a PATH on which dpkg-query knows every package but MISSING."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.path.chmod(0o755)
        self.calls = self.path / "calls"
        self.calls.touch()
        self.calls.chmod(0o666)
        self.program("dpkg-query", 'for p in "$@"; do case $p in -*|*"{"*|%s) ;; *) echo "$p installed";; esac; done' % MISSING)
        self.program("apt-get", f'echo "apt-get $*" >> {self.calls}')
        for needed in ["bash", "dirname", "sort", "cat", "env", "setpriv", "cp", "mv", "rm", "chmod", "printf", "id"]:
            (self.path / needed).symlink_to(self.which(needed))

    @staticmethod
    def which(name: str) -> str:
        return subprocess.run(["which", name], check=True, text=True, capture_output=True).stdout.strip()

    def program(self, name: str, text: str):
        write_program(self.path / name, f"#!/bin/sh\n{text}\n")

    def install(self, *as_user: str) -> subprocess.CompletedProcess:
        commands = f'source "{CHECKOUT}/scripts/lib/common.sh"; source "{CHECKOUT}/scripts/lib/packages.sh"; ' \
                   "install_packages run; echo went on"
        return subprocess.run([*as_user, "bash", "-c", commands], env=clean_environment() | {"PATH": str(self.path)},
                              text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    def user(self) -> list[str]:
        """Somebody without root's rights."""
        if os.getuid() != 0:
            return []
        if subprocess.run([*AS_NOBODY, "test", "-r", CHECKOUT / "scripts/packages.txt"]).returncode != 0:
            self.skipTest("this checkout cannot be entered by others")
        return AS_NOBODY

    def test_nothing_missing(self):
        """where nothing is missing apt-get is not called"""
        self.program("dpkg-query", 'for p in "$@"; do echo "$p installed"; done')
        self.assertIn("went on", self.install().stdout)
        self.assertEqual(self.calls.read_text(), "")

    @unittest.skipUnless(os.getuid() == 0, "needs root")
    def test_root(self):
        """root installs what is missing, and only that"""
        self.assertIn("went on", self.install().stdout)
        install = [line for line in self.calls.read_text().splitlines() if " install " in line]
        self.assertEqual(len(install), 1)
        self.assertRegex(install[0], rf"--no-install-recommends .*{MISSING}$")
        self.assertNotIn("cmake", install[0])

    def test_sudo(self):
        """a user with sudo installs through it"""
        self.program("sudo", f'echo "sudo $*" >> {self.calls}')
        self.assertIn("went on", self.install(*self.user()).stdout)
        self.assertRegex(self.calls.read_text(), rf"^sudo \S*/apt_install {MISSING}\n$")

    def test_refused_sudo(self):
        """a user whom sudo refuses is told the exact command"""
        self.program("sudo", "exit 1")
        self.assert_told(self.install(*self.user()))

    def test_neither(self):
        """a user without sudo is told the exact command, and nothing goes on"""
        self.assert_told(self.install(*self.user()))
        self.assertEqual(self.calls.read_text(), "")

    def assert_told(self, told: subprocess.CompletedProcess):
        self.assertEqual(told.returncode, 1)
        self.assertNotIn("went on", told.stdout)
        self.assertIn(f"\n  apt-get install --no-install-recommends {MISSING}\n", told.stderr)

    def test_conditions(self):
        """a package whose command is there anyway is not asked for"""
        self.program("node", "")
        self.program("npm", "")
        self.program("dpkg-query", "")
        told = self.install(*self.user()).stderr
        self.assertNotRegex(told, r"\bnodejs\b")
        self.assertIn("g++", told)
        (self.path / "node").unlink()
        self.assertRegex(self.install(*self.user()).stderr, r"\bnodejs\b")

    def test_list(self):
        """the list names groups that the scripts ask for, and every package once a group"""  # asvs: 15.1.2
        groups = re.findall(r"^\[(\w+)\]$", LIST, re.MULTILINE)
        self.assertEqual(groups, ["run", "test", "lint", "fuzz", "bench"])
        for group in re.split(r"^\[\w+\]$", LIST, flags=re.MULTILINE)[1:]:
            names = [line.split()[0] for line in group.splitlines() if line and not line.startswith("#")]
            self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    cases.run()
