#!/usr/bin/env python3
"""make run: what it starts, and that nothing of it stays."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
from programs import (CHECKOUT, Launcher, clean_environment, free_port, processes_naming, wait_for, write_program,
                      write_programs)


class Run(unittest.TestCase):
    def setUp(self):
        # With a space, and passable for the user that PostgreSQL runs as.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pulse run "))
        self.folder.chmod(0o711)
        write_programs(self.folder / "programs")
        self.state = self.folder / "state"
        self.port = free_port()
        self.launchers: list[Launcher] = []
        self.addCleanup(self.remove_everything)

    def remove_everything(self):
        for launcher in self.launchers:
            if launcher.process.poll() is None:
                launcher.process.terminate()
                launcher.end()
        for state in self.folder.glob("state*"):
            self.script("stop", str(state))
            self.script("private_servers", "stop", str(state), "--remove")
        subprocess.run(["rm", "-rf", str(self.folder)], check=True)

    def script(self, name: str, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        return subprocess.run([CHECKOUT / "scripts" / name, *arguments], env=clean_environment(**more), text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def launch(self, state: str = "state", port: int = 0, **more: str) -> Launcher:
        launcher = Launcher(self.folder, self.folder / state, port or self.port, **more)
        self.launchers.append(launcher)
        return launcher

    def assert_nothing_runs(self):
        wait_for(lambda: not processes_naming(str(self.folder)), "everything it started is gone", limit_s=20)

    def pid_of(self, name: str) -> int:
        return int((self.state / "pids" / name).read_text().split()[0])

    def psql(self, sql: str) -> str:
        lines = self.script("private_servers", "env", str(self.state)).stdout.splitlines()
        url = lines[0].removeprefix("DATABASE_URL=")
        return subprocess.run(["psql", "-XAt", "-d", url, "-c", sql], check=True, text=True,
                              capture_output=True).stdout.strip()

    def test_ctrl_c(self):
        """Ctrl-C stops Pulse, then the sandbox, then the servers, and a second start has lost nothing"""
        launcher = self.launch().wait_until_ready()
        self.assertEqual(urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready").status, 200)
        self.assertIn(f"Open:     http://localhost:{self.port}\n", launcher.output())
        self.assertIn("owner@controlcenter.local", launcher.output())
        self.psql("CREATE TABLE kept AS SELECT 7 AS number")
        os.killpg(launcher.process.pid, signal.SIGINT)
        self.assertEqual(launcher.end(), 0)
        words = ["Stopping pulse", "Stopping sandbox", "Stopping Redis", "Stopping PostgreSQL", "Everything is stopped"]
        places = [launcher.output().find(word) for word in words]
        self.assertEqual(places, sorted(places))
        self.assertNotIn(-1, places)
        self.assert_nothing_runs()
        self.launch().wait_until_ready()
        self.assertEqual(self.psql("SELECT number FROM kept"), "7")

    def test_sigterm(self):
        """SIGTERM stops everything, too"""
        launcher = self.launch().wait_until_ready()
        launcher.process.terminate()
        self.assertEqual(launcher.end(), 0)
        self.assert_nothing_runs()

    def test_killed_launcher_cleans_up(self):
        """what a launcher killed with -9 leaves is stopped without it"""
        launcher = self.launch().wait_until_ready()
        launcher.process.kill()
        launcher.end()
        self.assert_nothing_runs()

    def test_start_after_kill_of_everything(self):
        """after kill -9 of the launcher, of Pulse and of both servers the next start works and has what was committed"""
        launcher = self.launch().wait_until_ready()
        self.psql("CREATE TABLE kept AS SELECT 7 AS number")
        victims = [self.pid_of("pulse"), int((self.state / "postgres/postmaster.pid").read_text().split()[0]),
                   int((self.state / "redis/redis.pid").read_text())]
        launcher.process.kill()
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        self.launch().wait_until_ready()
        self.assertEqual(self.psql("SELECT number FROM kept"), "7")

    def test_leftovers_are_used_again(self):
        """servers that a killed launcher left running are used again, its Pulse is replaced"""
        launcher = self.launch().wait_until_ready()
        server = (self.state / "redis/redis.pid").read_text()
        old_pulse = self.pid_of("pulse")
        janitors = [p for p in pathlib.Path("/proc").glob("[0-9]*")
                    if f"--when-ended\0{launcher.process.pid}\0".encode() in self.command_line(p)]
        for janitor in janitors:
            os.kill(int(janitor.name), signal.SIGKILL)
        launcher.process.kill()
        launcher.end()
        again = self.launch().wait_until_ready()
        self.assertIn("left pulse running", again.output())
        self.assertEqual((self.state / "redis/redis.pid").read_text(), server)
        self.assertNotEqual(self.pid_of("pulse"), old_pulse)

    @staticmethod
    def command_line(process: pathlib.Path) -> bytes:
        try:
            return (process / "cmdline").read_bytes()
        except OSError:
            return b""

    def test_pulse_ends(self):
        """when Pulse ends by itself, the launcher says so, stops the rest and fails"""
        launcher = self.launch().wait_until_ready()
        os.kill(self.pid_of("pulse"), signal.SIGKILL)
        self.assertEqual(launcher.end(), 1)
        self.assertIn("ended by itself", launcher.output())
        self.assert_nothing_runs()

    def test_two_at_once(self):
        """two copies run side by side; a second one in the same place is refused"""
        self.launch().wait_until_ready()
        self.launch("state of another", free_port()).wait_until_ready()
        refused = self.launch(port=free_port())
        self.assertEqual(refused.end(), 1)
        self.assertIn("already runs", refused.output())

    def test_port_in_use(self):
        """a port that is taken is said in one sentence before anything starts"""
        with socket.create_server(("127.0.0.1", self.port)):
            launcher = self.launch()
            self.assertEqual(launcher.end(), 1)
        self.assertIn(f"Port {self.port} is used by another program", launcher.output())
        self.assertFalse((self.state / "postgres").exists())

    def test_missing_program(self):
        """a program that is not there is said in one sentence before anything starts"""
        for name in ("pulse", "sandbox/pulse-sandbox"):
            with self.subTest(name):
                program = self.folder / "programs" / name
                text = program.read_text()
                program.unlink()
                launcher = self.launch()
                self.assertEqual(launcher.end(), 1)
                self.assertIn(f"There is no program {program}", launcher.output())
                self.assertNotIn("tail:", launcher.output())
                self.assertFalse((self.state / "postgres").exists())
                write_program(program, text)

    def test_sandbox_ends(self):
        """a sandbox that ends is said with the end of its log, however soon; Pulse goes on"""
        write_program(self.folder / "programs/sandbox/pulse-sandbox", "#!/bin/sh\necho no sand\nexit 3\n")
        launcher = self.launch().wait_until_ready()
        wait_for(lambda: "no sand" in launcher.output(), "the launcher tells of the sandbox")
        self.assertIn("The sandbox ended", launcher.output())
        self.assertNotIn("tail:", launcher.output())
        self.assertIsNone(launcher.process.poll())

    def test_given_servers(self):
        """with DATABASE_URL and REDIS_URL set no private server starts, and Pulse gets these"""
        launcher = self.launch(DATABASE_URL="postgresql://somewhere/else", REDIS_URL="redis://somewhere").wait_until_ready()
        self.assertIn("no private server", launcher.output())
        log = (self.state / "log/pulse.log").read_text()
        self.assertIn("DATABASE_URL=postgresql://somewhere/else REDIS_URL=redis://somewhere", log)
        self.assertFalse((self.state / "postgres").exists())

    def test_failing_migration(self):
        """a migration that fails stops the start and shows why"""
        launcher = self.launch(FAILS="migrate")
        self.assertEqual(launcher.end(), 1)
        self.assertIn("pulse migrate failed", launcher.output())
        self.assert_nothing_runs()

    def test_stop(self):
        """make stop asks the launcher and waits for it"""
        launcher = self.launch().wait_until_ready()
        self.assertEqual(self.script("stop", PULSE_STATE_DIR=str(self.state)).returncode, 0)
        self.assertEqual(launcher.end(), 0)
        self.assert_nothing_runs()

    def test_publishing_goes_to_the_sandbox(self):
        """Pulse is pointed at the sandbox that was started for it"""
        sandbox_port = free_port()
        self.launch(SANDBOX_PORT=str(sandbox_port)).wait_until_ready()
        self.assertIn(f"SANDBOX_URL=http://127.0.0.1:{sandbox_port}", (self.state / "log/pulse.log").read_text())
        with socket.create_connection(("127.0.0.1", sandbox_port)):
            pass

    def test_pulse_that_never_starts(self):
        """a Pulse that ends while it starts is shown with the end of its log"""
        write_program(self.folder / "programs/pulse", "#!/bin/sh\n[ $1 != serve ] || { echo no such luck; exit 3; }\n")
        launcher = self.launch()
        self.assertEqual(launcher.end(), 1)
        self.assertIn("no such luck", launcher.output())
        self.assert_nothing_runs()


if __name__ == "__main__":
    cases.run()
