"""What docs/decisions stands on: the libraries that were asked for, beside those that are used instead."""
import json
import subprocess

from .instance import PROGRAMS


def run(program, *arguments):
    command = [PROGRAMS / "bench" / program, *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(pulse, report, rounds):
    documents = [run("bench_json_libraries") for _ in range(rounds)]
    clients = [run("bench_database_clients", "--database", pulse.database_url) for _ in range(rounds)]

    def add(title, rows, ours, theirs, unit, better_is_less):
        used, asked_for = ([row[name] for row in rows] for name in (ours, theirs))
        report.add(f"{title}: {ours.rsplit('_', 1)[0]}", used, unit)
        report.add(f"{title}: {theirs.rsplit('_', 1)[0]}", asked_for, unit)
        report.ratio("  so much faster", *((asked_for, used) if better_is_less else (used, asked_for)))

    add("reading a post as JSON", documents, "boost_json_reads", "nlohmann_json_reads", "µs", True)
    add("writing a post as JSON", documents, "boost_json_writes", "nlohmann_json_writes", "µs", True)
    add("a read of one row in a transaction", clients, "pipeline_reads", "pqxx_reads", "/s", False)
    add("a read and a write in a transaction", clients, "pipeline_writes", "pqxx_writes", "/s", False)
    add("a list of a hundred rows in a transaction", clients, "pipeline_lists", "pqxx_lists", "/s", False)
