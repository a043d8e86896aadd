"""Writing what changed in the ledgers: the difference between two folds, each row whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from concerto.groundwork import database
from concerto.journal.said import Posting

Keyed = dict[tuple[type, tuple[Any, ...]], Any]


def write_difference(before: Mapping[UUID, Posting], after: Mapping[UUID, Posting]) -> None:
    """Delete rows that are gone, insert new ones, write changed ones whole."""
    was, now = _keyed(before[thing] for thing in after if thing in before), _keyed(after.values())
    gone: defaultdict[type, list[tuple[Any, ...]]] = defaultdict(list)
    fresh: defaultdict[type, list[Any]] = defaultdict(list)
    changed: defaultdict[type, list[Any]] = defaultdict(list)
    for kind, key in was.keys() - now.keys():
        gone[kind].append(key)
    for place, row in now.items():
        if place not in was:
            fresh[place[0]].append(row)
        elif was[place] != row:
            changed[place[0]].append(row)
    for kind, keys in gone.items():
        database.delete(kind, keys)
    for kind, rows in fresh.items():
        database.insert(kind, rows)
    for kind, rows in changed.items():
        database.upsert(kind, rows)


def _keyed(postings: Iterator[Posting] | Any) -> Keyed:
    return {(type(row), key_of(row)): row for p in postings for row in (*p.rows, *p.proofs)}


def key_of(row: Any) -> tuple[Any, ...]:
    """Give the key of a ledger row."""
    return tuple(getattr(row, name) for name in row.KEY)
