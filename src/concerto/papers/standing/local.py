"""The mechanism of one township: what ships, with the editions it approved and the days off it took from notices."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import canonical, database
from concerto.register.amending import DaysRow, EditionRow
from concerto.rulebook.days import DayTable, Year
from concerto.rulebook.duty import Edition
from concerto.rulebook.mechanism import Mechanism, mechanism
from concerto.rulebook.reading import Sheet, read_edition

from .books import Book


def mechanism_of(book: Book) -> Mechanism:
    """Return the mechanism in force in one log; of two editions with one first day the last that was approved stands.

    The door lets no second one in; a book from before it asked that may hold two.
    """
    shipped = mechanism()
    local: dict[str, list[Edition]] = defaultdict(list)
    for row in _by_approval(book):
        if row.duty in shipped.duties:
            local[row.duty].append(_edition(row.told))
    years = {
        row.year: Year(row.source, frozenset(_days(row.off)), frozenset(_days(row.worked)))
        for row in sorted(book.rows(DaysRow), key=lambda row: row.id)
    }
    days = DayTable({**shipped.days.years, **years}) if years else shipped.days
    return replace(shipped.amended(local), days=days)


def digest_of(told: Mechanism) -> str:
    """Return a digest of all that debts are judged by: duties with their editions, days off, values."""
    years = [(year, sorted(days.off), sorted(days.worked)) for year, days in sorted(told.days.years.items())]
    parts = msgspec.json.encode([told.duties, years, told.values], order="deterministic")
    return canonical.digest(parts.decode())


@cache
def shipped_digest() -> str:
    """Return the digest of the mechanism that ships: another release may judge the same books otherwise."""
    return digest_of(mechanism())


def _by_approval(book: Book) -> Sequence[Any]:
    """Give the editions so that of two for one day the one approved last comes last, by the numbers of the log.

    Only where two are for one day is it asked: ids say nothing of the order in which a log took entries in.
    """
    rows = book.rows(EditionRow)
    for_one_day = Counter((row.duty, row.since) for row in rows)
    if all(n == 1 for n in for_one_day.values()):
        return rows
    answers = {row.id: UUID(json.loads(row.wordings)["answer"]) for row in rows}
    found = database.fetch_in("SELECT id, seq FROM entry WHERE log = %s AND id IN (%in)", [book.log], answers.values())
    number = {database.to_uuid(entry): seq for entry, seq in found}
    return sorted(rows, key=lambda row: number.get(answers[row.id], 0))


def _edition(told: str) -> Edition:
    """Read an edition as its file would tell it; the door let in only what makes sense."""
    said: dict[str, Any] = json.loads(told)
    return read_edition(Sheet("", ""), {**said, "since": date.fromisoformat(said["since"])}, None)


def _days(written: str) -> Iterator[date]:
    return (date.fromisoformat(day) for day in written.split(",") if day)
