"""How fast a log is proven and folded again, and how much memory that takes; the floor moves the same rows."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections

from concerto.conductor.rebuild import rebuild
from concerto.conductor.replay import TABLES
from concerto.conductor.rows import EntryRow, SealedRow, TouchRow
from concerto.conductor.verify import verify
from concerto.groundwork import database
from concerto.journal.said import Item

from .copies import database_home
from .result import Result, middle, result
from .townships import Township, enter, take, taken_back, visits

ALL = (EntryRow, SealedRow, TouchRow, *TABLES)
AGAIN = (TouchRow, *TABLES)
AT_ONCE = 500


class Spent(NamedTuple):
    """What one piece of work took: seconds, and MB at the most."""

    seconds: float
    peak: float


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure on one log that came in by the door, one entry of twenty taken back."""
    entries = 2_000 if quick else 100_000
    if name == "memory":
        return _memory(engine, entries if quick else 20_000)
    town = enter(1, houses=max(50, entries // 50))
    _fill(town, entries)
    work, floor = (_verify, _read) if name == "verify" else (_rebuild, _write)
    spent = [(apart(work, town.log), apart(floor, town.log)) for _ in range(1 if quick else 3)]
    rest = apart(_rest, town.log)
    speeds = [entries / middle([one[side].seconds for one in spent]) for side in (0, 1)]
    peak = max(ours.peak for ours, _ in spent)
    return [
        result(name, engine, f"{entries:,} entries", speeds[0], speeds[1], "entries/s"),
        result(name, engine, f"{entries:,} entries, memory; the floor is a process at rest", peak, rest.peak, "MB"),
    ]


def _memory(engine: str, entries: int) -> list[Result]:
    town = enter(1, houses=100)
    rest = apart(_rest, town.log)
    few = apart(lambda _: _fill(town, 1_000), town.log)
    small = apart(_verify, town.log)
    many = apart(lambda _: _fill(town, entries), town.log)
    great = apart(_verify, town.log)
    cases = {
        "receiving 1,000 entries": few,
        f"receiving {entries:,} entries": many,
        "verifying 1,000 entries": small,
        f"verifying {entries:,} entries": great,
    }
    return [
        result("memory", engine, f"{case}; the floor is a process at rest", one.peak, rest.peak, "MB")
        for case, one in cases.items()
    ]


def _fill(town: Township, entries: int) -> None:
    """Let a log grow to so many entries by the door."""
    [(there,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [town.log])
    for items in _pieces(town, there, entries):
        take(items, by=town.by)


def _pieces(town: Township, there: int, entries: int) -> Iterator[list[Item]]:
    for start in range(there, entries, AT_ONCE):
        count = min(AT_ONCE, entries - start)
        back = count // 20
        items = visits(town, 0, count - back, first=start * 2)
        yield [*items, *taken_back(town, items[:back], first=start * 2 + count)]


# ---------------------------------------------------------------- each in a process of its own


def apart(work: Callable[[UUID], Any], log: UUID) -> Spent:
    """Do something in a process of its own and tell what it took."""
    connections.close_all()
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_do, args=(work, log, theirs))
    process.start()
    theirs.close()
    try:
        spent: Spent = ours.recv()
    except EOFError:
        raise SystemExit("bench: it failed") from None
    process.join()
    return spent


def _do(work: Callable[[UUID], Any], log: UUID, to: Any) -> None:
    database.fetch("SELECT 1")
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    began = time.perf_counter()
    work(log)
    took = time.perf_counter() - began
    to.send(Spent(took, _peak()))
    connections.close_all()


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def _rest(_: UUID) -> None:
    """Do nothing."""


def _verify(_: UUID) -> None:
    found = verify()
    if found.difference is not None:
        raise SystemExit(f"bench: {found.difference}")


def _rebuild(log: UUID) -> None:
    rebuild(log)


def _select(kind: Any) -> str:
    columns = ", ".join(f'"{name}"' for name in kind._fields)
    order = ", ".join(f'"{name}"' for name in kind.KEY[1:])
    return f'SELECT {columns} FROM "{kind.TABLE}" WHERE log = %s ORDER BY {order}'


def _read(log: UUID) -> None:
    """Read every row of the log once, in order."""
    with database.one_view():
        for kind in ALL:
            for _ in database.stream(_select(kind), [log]):
                pass


def _write(log: UUID) -> None:
    """Delete what is folded and write the same rows again, some at a time."""
    with database.writing(database_home()):
        kept = {kind: database.fetch(_select(kind), [log]) for kind in AGAIN}
        for kind in AGAIN:
            database.run(f'DELETE FROM "{kind.TABLE}" WHERE log = %s', [log])
        for kind, rows in kept.items():
            for start in range(0, len(rows), 2000):
                database.insert(kind, rows[start : start + 2000])
