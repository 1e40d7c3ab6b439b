"""browser_worker/ as Pulse runs it: started with nothing of the caller's environment, spoken to by lines of JSON."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading

from instance import CHECKOUT, PATIENCE_S, SLOWNESS, wait_for

FOLDER = CHECKOUT / "browser_worker"
CHROMIUM = "/usr/bin/chromium"


def alive(word: str) -> list[int]:
    """The processes that have `word` in their arguments or their environment."""
    return [number for number, _ in processes_with(word)]


def arguments_of(word: str) -> bytes:
    """The arguments of those processes."""
    return b"".join(arguments for _, arguments in processes_with(word))


def processes_with(word: str) -> list[tuple[int, bytes]]:
    """Each with its arguments, read once: a process may end at any time."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes()
            text = arguments + (folder / "environ").read_bytes()
        except OSError:
            continue
        if word.encode() in text and int(folder.name) != os.getpid():
            found.append((int(folder.name), arguments))
    return found


class Worker:
    """One task: a login or an act. Whoever starts it says what it is to do, reads its lines, and waits for its end."""

    def __init__(self, base_url: str, **task):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pulse-worker-"))
        self.process = subprocess.Popen(["node", "--max-old-space-size=128", FOLDER / "main.mjs"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PATH": "/usr/bin:/bin"},
                                        start_new_session=True)
        self.errors = []
        self.reading = threading.Thread(target=lambda: self.errors.append(self.process.stderr.read()))
        self.reading.start()
        self.watch = threading.Timer(PATIENCE_S * SLOWNESS, self.process.kill)
        self.watch.start()
        self.say(**({"base_url": base_url, "browser": CHROMIUM, "folder": str(self.folder), "sandboxed": os.getuid() != 0} | task))

    def say(self, **message) -> None:
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict:
        line = self.process.stdout.readline()
        return json.loads(line) if line else {}

    def end(self) -> str:
        """Waits for the end of all of it; what was written to the log."""
        self.process.wait(timeout=PATIENCE_S * SLOWNESS)
        self.watch.cancel()
        self.reading.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()
        wait_for(lambda: not alive(str(self.folder)), "no process of the task is left")
        shutil.rmtree(self.folder)
        return self.errors[0].decode()
