"""Load from the ordinary tools: wrk for HTTP, pgbench for PostgreSQL."""
import os
import re
import subprocess


def wrk(url, connections, seconds=4, headers=()):
    """Requests a second; ends the run when one was answered with an error."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for header in headers:
        command += ["-H", header]
    out = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"wrk met errors at {url}:\n{out}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])


def pgbench(database_url, script, connections, seconds=4, options="-c role=pulse_api"):
    """Transactions a second of a script file."""
    command = ["pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", "2", "-T", str(seconds), "-f", str(script), database_url]
    out = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "PGOPTIONS": options}).stdout
    return float(re.search(r"tps = ([\d.]+) \(without", out)[1])
