"""`bin/simulate --histories N --seed S`: prints what was tried and what was found; 1 if anything was."""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import tally

IN_MEMORY = Path("/dev/shm")  # where there is one, nothing waits for a disk


def main() -> int:
    """Read what is asked, and do it in a home of this run."""
    asked = argparse.ArgumentParser(
        prog="bin/simulate", description="phones, desks and the server, while much goes wrong"
    )
    asked.add_argument("--histories", type=int, default=200, help="how many (200)")
    asked.add_argument("--seed", type=int, default=1, help="of the first; the others follow (1)")
    asked.add_argument(
        "--with", dest="bug", default="", metavar="BUG", help="put a bug in on purpose; --bugs lists them"
    )
    asked.add_argument(
        "--bugs", action="store_true", help="put in each bug until it is found, and print after how many"
    )
    asked.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--processes", "--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--tally", type=Path, metavar="FILE", help="go through in chunks, add a line for each, go on")
    asked.add_argument("--chunk", type=int, default=500, help="how many histories make a line of the tally (500)")
    asked.add_argument("--doubt", action="store_true", help="ask the engine again what is answered from memory")
    asked.add_argument("--sum", type=Path, nargs="+", metavar="FILE", help="sum tallies, and run nothing")
    given = asked.parse_args()
    if given.sum:
        print("\n".join(tally.summed(one for file in given.sum for one in tally.read(file))))
        return 0
    with tempfile.TemporaryDirectory(
        prefix="concerto-simulate-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None
    ) as home:
        _settle(Path(home), given.engine)
        return _simulate(given, Path(home))


def _settle(home: Path, engine: str) -> None:
    """Let Django begin in a home of this run alone."""
    os.environ |= {"CONCERTO_HOME": str(home / "first"), "DJANGO_SETTINGS_MODULE": "simulate.settings"}
    os.environ |= {"DATABASE_URL": _database(home.name) if engine == "postgres" else ""}
    for other in ("CONCERTO_TAIL", "CONCERTO_DEBUG"):
        os.environ.pop(other, None)
    import django

    django.setup()


def _database(name: str) -> str:
    import psycopg

    with psycopg.connect(os.environ["POSTGRES_URL"], autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    return psycopg.conninfo.make_conninfo(os.environ["POSTGRES_URL"], dbname=name)


def _simulate(given: argparse.Namespace, home: Path) -> int:
    from . import running, tables, world

    tables.Tables.doubted = given.doubt
    running.prepare()
    there = world.build(home / "first")
    if given.bugs:
        return _find_all(given, there, home)
    seeds = range(given.seed, given.seed + given.histories)
    tried, many, found, began = Counter[str](), 0, 0, time.monotonic()
    for outcome in _go_through(given, there, seeds, home):
        tried += outcome.tried
        many += 1
        if outcome.found:
            found += 1
            if found == 1:
                print(f"seed {outcome.seed}: {outcome.found}\n" + "\n".join(outcome.story), flush=True)
            else:
                print(f"seed {outcome.seed}: {outcome.found.splitlines()[-1]}", flush=True)
    seconds = time.monotonic() - began
    print("\n".join(f"{count:9,}  {what}" for what, count in sorted(tried.items())))
    if given.tally:
        print("\n".join(tally.summed(tally.read(given.tally))))
    print(f"{many:,} histories from seed {given.seed}, {_engine()}, {seconds:.0f} s: {found:,} found something")
    return 1 if found else 0


def _go_through(given: argparse.Namespace, there: Any, seeds: range, home: Path) -> Iterator[Any]:
    """Go through all seeds; with a tally in chunks, each of which is noted when it is done."""
    from . import running

    several = {"processes": given.processes, "bug": given.bug}
    if given.tally is None:
        yield from running.many(there, seeds, home, **several)
        return
    commit = tally.commit() + (f" with {given.bug}" if given.bug else "")
    done = tally.done(given.tally, commit, _engine())
    for chunk in tally.chunks(given.seed, given.histories, given.chunk, done):
        found, began = [], time.monotonic()
        for outcome in running.many(there, chunk, home, **several):
            if outcome.found:
                found.append(outcome.seed)
            yield outcome
        noted = tally.Chunk(
            commit, _engine(), chunk.start, len(chunk), round(time.monotonic() - began), tuple(sorted(found))
        )
        tally.add(given.tally, noted)
        print(noted.line(), flush=True)


def _engine() -> str:
    from django.db import connection

    return str(connection.vendor)


def _find_all(given: argparse.Namespace, there: Any, home: Path) -> int:
    """Put in each bug until it is found, and print after how many histories, and by what."""
    from . import running
    from .bugs import BUGS

    missed = 0
    for name, bug in BUGS.items():
        if given.bug not in ("", name):
            continue
        tries, found = 0, ""
        seeds = range(given.seed, given.seed + given.histories)
        for outcome in running.many(there, seeds, home, processes=given.processes, bug=name):
            tries += 1
            if outcome.found:
                found = f"seed {outcome.seed}: {outcome.found.splitlines()[-1]}"
                break
        missed += not found
        print(f"{name:28} {tries if found else 'not in ' + str(tries):>10}  {bug.words}: {found[:110]}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
