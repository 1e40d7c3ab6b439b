"""What an idle `pulse serve` costs, and how soon it is ready when its servers run."""
import re
import time
from pathlib import Path


def resident_mib(pid):
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Rss:\s+(\d+) kB", text, re.M)[1]) / 1024


def measure(pulse, report, rounds):
    starts, memory = [], []
    for _ in range(rounds):
        pulse.pulse.terminate()
        pulse.pulse.wait(timeout=30)
        pulse.processes.remove(pulse.pulse)
        starts.append(pulse.serve() * 1000)
        time.sleep(1)  # idle: what it is measured at
        memory.append(resident_mib(pulse.pulse.pid))
    report.add("ready after (servers running)", starts, "ms", "< 500")
    report.add("idle memory of pulse serve", memory, "MiB", "< 60")
