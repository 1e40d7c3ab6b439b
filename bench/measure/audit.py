"""The audit of a company that has much of it: how quickly its chain is verified, and what memory its export takes."""
import os
import re
import resource
import subprocess
import time
import urllib.request
from pathlib import Path

from .instance import PROGRAMS, wait_until

ENTRIES = int(os.environ.get("BENCH_AUDIT_ENTRIES", "1000000"))

# As the API writes them: an address, a device, and what was before and after.
FILL = """
INSERT INTO audit_entries (tenant_id, id, at, action, status, actor_kind, actor_id, request_id, details)
SELECT '{tenant_id}', gen_random_uuid(), '2026-01-01Z'::timestamptz + n * interval '1 second', 'POST /org/teams', 0, 'member', '{tenant_id}', 'request ' || n,
       json_build_object('address', '192.0.2.1', 'device', 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0',
                         'changes', json_build_array(json_build_object('what', 'teams', 'after', json_build_object('name', 'Team ' || n))))
FROM generate_series(1, {entries}) n;
"""


def measure(pulse, report, rounds):
    pulse.sql(FILL.format(tenant_id=pulse.tenant_id, entries=ENTRIES))
    begun = time.monotonic()
    wait_until(lambda: pulse.sql("SELECT count(*) FROM audit_entries WHERE seq IS NULL")[0][0] == "0", "all is sealed", 1_800, 2)
    report.add("audit entries sealed behind", [ENTRIES / (time.monotonic() - begun)], "/s")
    pulse.sql("VACUUM ANALYZE audit_entries")
    export(pulse, report)
    pulse.stop_serving()
    by_clock, worked = [], []
    for _ in range(rounds):
        begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([PROGRAMS / "pulse", "audit", "verify"], env=pulse.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0 or "NOT SOUND" in done.stdout:
            raise SystemExit(f"The audit is not sound: {done.stdout}{done.stderr}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        by_clock.append(ENTRIES / (time.monotonic() - begun))
        worked.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / ENTRIES * 1e6)
    report.add("audit verification, entries", by_clock, "/s", "> 200,000")
    report.add("  of which Pulse works for one", worked, "us")


def export(pulse, report):
    process = pulse.pulse.pid
    settled = status(process, "VmRSS")
    Path(f"/proc/{process}/clear_refs").write_text("5")  # the peak begins anew
    asked = urllib.request.Request(pulse.address + "/audit/export", headers={"Authorization": f"Bearer {pulse.token}"})
    begun, lines = time.monotonic(), 0
    with urllib.request.urlopen(asked, timeout=600) as answer:
        while piece := answer.read(1 << 20):
            lines += piece.count(b"\r\n")
    if lines < ENTRIES:
        raise SystemExit(f"The export has {lines} lines.")
    report.add(f"export of {ENTRIES:,} audit entries", [lines / (time.monotonic() - begun)], "/s")
    report.add("  memory at its peak, more than before", [(status(process, "VmHWM") - settled) / 1024], "MiB", "constant")


def status(process, name):
    """Kibibytes."""
    return int(re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())[1])
