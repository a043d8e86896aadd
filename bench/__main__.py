"""`bin/bench [NAME] [--quick] [--json]`: alone it lists what can be measured."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from . import result
from .measures import MEASURES


def main() -> int:
    asked = argparse.ArgumentParser(prog="bin/bench", description="measure, on SQLite and on PostgreSQL")
    asked.add_argument(
        "name", nargs="?", choices=sorted(MEASURES), help="what to measure; without it the names are listed"
    )
    asked.add_argument("--quick", action="store_true", help="fewer and smaller: within 45 seconds")
    asked.add_argument("--json", action="store_true", help="answer on one line of JSON")
    asked.add_argument("--engine", choices=("sqlite", "postgres"), help="only this one")
    given = asked.parse_args()
    if given.name is None:
        print(
            json.dumps(list(MEASURES)) if given.json else "\n".join(f"{n:16}{words}" for n, words in MEASURES.items())
        )
        return 0
    engines = [given.engine] if given.engine else ["sqlite", "postgres"]
    results = [row for engine in engines for row in _measure(engine, given.name, quick=given.quick)]
    print(_as_json(given.name, results) if given.json else result.table(results))
    return 0


def _as_json(name: str, results: list[result.Result]) -> str:
    """Write results on one line; what is the same on either engine is one number."""
    if name == "slip":
        return json.dumps({"bytes": int(max(row.ours for row in results))})
    return json.dumps([row._asdict() for row in results], ensure_ascii=False)


def _measure(engine: str, name: str, *, quick: bool) -> list[result.Result]:
    """Measure in a process and a home of its own; what it says on the way goes to stderr."""
    with tempfile.TemporaryDirectory(prefix="concerto-bench-") as home:
        here = {**os.environ, "CONCERTO_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        here |= {"DATABASE_URL": _database(Path(home).name) if engine == "postgres" else ""}
        for other in ("CONCERTO_TAIL", "CONCERTO_DEBUG"):
            here.pop(other, None)
        command = [sys.executable, "-m", "bench.one", engine, name, *(["--quick"] if quick else [])]
        said = subprocess.run(command, env=here, stdout=subprocess.PIPE, check=True).stdout
        return [result.Result(**row) for row in json.loads(said)]


def _database(name: str) -> str:
    """Make a database of the cluster that POSTGRES_URL names, and give its address."""
    cluster = os.environ["POSTGRES_URL"]
    with psycopg.connect(cluster, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    return psycopg.conninfo.make_conninfo(cluster, dbname=name)


if __name__ == "__main__":
    sys.exit(main())
