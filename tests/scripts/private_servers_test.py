#!/usr/bin/env python3
"""Where the private servers keep their files, whatever the path."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
from programs import CHECKOUT, POSTGRES_TEMPLATE, clean_environment, processes_naming, wait_for


class PrivateServers(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pulse-servers-"))
        self.folder.chmod(0o711)
        self.used: list[pathlib.Path] = []
        self.addCleanup(self.remove_everything)

    def remove_everything(self):
        for directory in self.used:
            self.call("stop", directory, "--remove")
        shutil.rmtree(self.folder)

    def call(self, verb: str, directory: pathlib.Path, *options: str) -> subprocess.CompletedProcess:
        if directory not in self.used:
            self.used.append(directory)
        return subprocess.run([CHECKOUT / "scripts/private_servers", verb, str(directory), *options], text=True,
                              env=clean_environment(PGHOST="nowhere", PGPORT="1"), capture_output=True, timeout=120)

    def start(self, directory: pathlib.Path) -> dict[str, str]:
        started = self.call("start", directory, "--not-durable", "--template", POSTGRES_TEMPLATE)
        self.assertEqual(started.returncode, 0, started.stderr)
        self.assertEqual(started.stdout, "")
        lines = self.call("env", directory).stdout.splitlines()
        return dict(line.split("=", 1) for line in lines)

    def query(self, urls: dict[str, str], sql: str) -> str:
        return subprocess.run(["psql", "-XAt", "-d", urls["DATABASE_URL"], "-c", sql], check=True, text=True,
                              capture_output=True).stdout.strip()

    def redis_answer(self, urls: dict[str, str]) -> str:
        socket = urls["REDIS_URL"].removeprefix("unix://")
        return subprocess.run(["redis-cli", "-s", socket, "ping"], text=True, capture_output=True).stdout.strip()

    def assert_works(self, directory: pathlib.Path) -> dict[str, str]:
        urls = self.start(directory)
        self.assertEqual(self.query(urls, "SELECT current_database() || ' ' || current_user"), "pulse pulse")
        self.assertEqual(self.redis_answer(urls), "PONG")
        return urls

    def test_plain(self):
        """in a plain directory everything lies in it, reachable by nobody else"""
        directory = self.folder / "plain"
        urls = self.assert_works(directory)
        self.assertIn(str(directory / "run"), urls["DATABASE_URL"])
        self.assertEqual((directory / "run").stat().st_mode & 0o777, 0o700)
        self.assertEqual((directory / "postgres").stat().st_mode & 0o777, 0o700)

    def test_durable_by_default(self):
        """without --not-durable the server keeps its durable settings"""
        directory = self.folder / "durable"
        self.call("start", directory)
        urls = dict(line.split("=", 1) for line in self.call("env", directory).stdout.splitlines())
        settings = "SELECT string_agg(setting, ',' ORDER BY name) FROM pg_settings WHERE name IN ('fsync', " \
                   "'full_page_writes', 'synchronous_commit')"
        self.assertEqual(self.query(urls, settings), "on,on,on")

    def test_spaces(self):
        """a path with spaces and quotes works, and its URLs need no escape"""
        urls = self.assert_works(self.folder / "it's a \"path\" 100%")
        for url in urls.values():
            self.assertRegex(url, r"^[A-Za-z0-9:/?=&@._-]+$")

    def test_long_path(self):
        """a path too long for a socket works"""
        self.assert_works(self.folder / ("long" * 30))

    def test_stop_and_start(self):
        """stopped servers are gone, and started again they have what was committed"""
        directory = self.folder / "again"
        urls = self.assert_works(directory)
        self.query(urls, "CREATE TABLE kept AS SELECT 7 AS number")
        self.call("stop", directory)
        wait_for(lambda: not processes_naming(str(directory)), "the servers are gone", limit_s=10)
        self.assertEqual(self.query(self.assert_works(directory), "SELECT number FROM kept"), "7")

    def test_pid_of_another(self):
        """an old pid file whose number is another process's today does not stop the start"""
        directory = self.folder / "pids"
        urls = self.assert_works(directory)
        self.query(urls, "CREATE TABLE kept AS SELECT 7 AS number; CHECKPOINT")
        self.call("kill", directory)
        owner = (directory / "postgres").stat()
        program = ["setpriv", "--reuid", str(owner.st_uid), "--clear-groups", "--", "sleep", "600"]
        if os.getuid() != 0:
            program = ["sleep", "600"]
        with subprocess.Popen(program) as other:
            self.addCleanup(other.kill)
            file = directory / "postgres/postmaster.pid"
            lines = file.read_text().splitlines()
            file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
            self.assertEqual(self.query(self.assert_works(directory), "SELECT number FROM kept"), "7")
            other.kill()

    def test_interrupted_first_start(self):
        """what an interrupted first start left does not stop the next"""
        directory = self.folder / "interrupted"
        (directory / "postgres.new/base").mkdir(parents=True)
        self.assert_works(directory)

    def test_remove(self):
        """--remove leaves nothing of the servers"""
        directory = self.folder / "removed"
        self.assert_works(directory)
        self.call("stop", directory, "--remove")
        self.assertEqual(sorted(p.name for p in directory.iterdir()), ["log", "servers.lock"])

    @unittest.skipUnless(os.getuid() == 0, "only root can make what another user cannot enter")
    def test_not_enterable(self):
        """in a directory that PostgreSQL's user cannot enter the data lies elsewhere, and follows when it is moved"""
        closed = self.folder / "closed"
        closed.mkdir(mode=0o700)
        directory = closed / "state"
        started = self.call("start", directory, "--not-durable")
        self.assertEqual(started.returncode, 0, started.stderr)
        self.assertIn("cannot enter", started.stderr)
        self.query(self.assert_works(directory), "CREATE TABLE kept AS SELECT 7 AS number")
        self.call("stop", directory)
        moved = self.folder / "moved"
        closed.rename(moved)
        self.assertEqual(self.query(self.assert_works(moved / "state"), "SELECT number FROM kept"), "7")

    @unittest.skipUnless(os.getuid() == 0, "only root can make what another user cannot enter")
    def test_closed_later(self):
        """data in a directory that is closed later moves to where its server can reach it"""
        closed = self.folder / "open"
        directory = closed / "state"
        self.query(self.assert_works(directory), "CREATE TABLE kept AS SELECT 7 AS number")
        self.call("stop", directory)
        closed.chmod(0o700)
        self.assertEqual(self.query(self.assert_works(directory), "SELECT number FROM kept"), "7")

    @unittest.skipUnless(os.getuid() == 0, "only root can become another user")
    def test_as_another_user(self):
        """without root everything runs as the user who started it"""
        directory = self.folder / "nobody"
        directory.mkdir()
        shutil.chown(directory, "nobody", "nogroup")
        self.used.append(directory)
        as_nobody = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--"]
        script = CHECKOUT / "scripts/private_servers"
        if subprocess.run([*as_nobody, "test", "-x", script]).returncode != 0:
            self.skipTest("this checkout cannot be entered by others")
        subprocess.run([*as_nobody, script, "start", directory], check=True, capture_output=True)
        self.assertEqual({p.owner() for p in [directory / "postgres", directory / "redis"]}, {"nobody"})
        self.assertEqual(self.query(self.start(directory), "SELECT 1"), "1")


if __name__ == "__main__":
    cases.run()
