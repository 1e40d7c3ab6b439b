"""What an idle `pulse serve` costs, and how soon it is ready when its servers run."""
import re
import time
from pathlib import Path


def memory_kib(pid, what="Rss"):
    """Of one process: "Rss", or "Pss", which counts what is shared with others in parts."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(rf"^{what}:\s+(\d+) kB", text, re.M)[1])


def measure(pulse, report, rounds):
    starts, memory = [], []
    for _ in range(rounds):
        pulse.stop_serving()
        starts.append(pulse.serve() * 1000)
        time.sleep(1)  # idle: what it is measured at
        memory.append(memory_kib(pulse.pulse.pid) / 1024)
    report.add("ready after (servers running)", starts, "ms", "< 500")
    report.add("idle memory of pulse serve", memory, "MiB", "< 60")
