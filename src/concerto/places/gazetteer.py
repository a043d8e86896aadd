"""Taking the public lists of divisions in: dated names and codes under permanent keys, as often as one likes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from concerto.groundwork import database
from concerto.groundwork.ids import place_key
from concerto.groundwork.refusals import Refused

from .acts import note
from .lists import LISTS, BadRow, List, Row, rows
from .models import Account, AdministratorAct

AT_ONCE = 5_000
IMPORTED = "divisions_imported"
ONE_DAY = timedelta(days=1)


@dataclass
class Taken:
    """What an import read, added and changed, and every row it refused."""

    read: int = 0
    added: int = 0
    changed: int = 0
    refused: list[BadRow] = field(default_factory=list)


def take_lists(
    folder: Path,
    *,
    asof: date,
    at: datetime,
    home: Path,
    by: Account | None = None,
    tell: Callable[[str, int], None] = lambda *_: None,
) -> Taken:
    """Take every list of a folder in, the higher divisions first.

    What is known already stays; a name that differs closes the old wording the day before `asof` and opens a new one.
    A few thousand rows are one transaction, so that others go on writing meanwhile; killed half-way, it is simply run
    again. Places of a province that came in whole before count from `asof`, the others from as long as anybody knows.
    """
    present = [of for of in LISTS if (folder / of.file).is_file()]
    if not present:
        raise Refused("no_such_files", folder=folder, names=", ".join(of.file for of in LISTS))
    taken, provinces, before = Taken(), set[str](), _provinces_before()
    for of in present:
        for batch in _batches(rows(folder, of)):
            good = [row for row in batch if isinstance(row, Row)]
            taken.read += sum(row.line > 1 for row in batch)
            taken.refused += [row for row in batch if isinstance(row, BadRow)]
            provinces |= {row.code[:2] for row in good}
            with database.writing(home, durable=False):
                Batch(of, taken, asof=asof, known=before).take(good)
            tell(of.file, taken.read)
    order = [of.file for of in LISTS]
    taken.refused.sort(key=lambda bad: (order.index(bad.file), bad.line))
    _note(taken, provinces, asof=asof, at=at, by=by)
    database.refresh_statistics()
    return taken


def _batches(found: Iterator[Row | BadRow]) -> Iterator[list[Row | BadRow]]:
    while batch := list(islice(found, AT_ONCE)):
        yield batch


def _provinces_before() -> frozenset[str]:
    acts = AdministratorAct.objects.filter(act=IMPORTED).values_list("facts", flat=True)
    return frozenset(code for facts in acts for code in facts["provinces"])


def _note(taken: Taken, provinces: Iterable[str], *, asof: date, at: datetime, by: Account | None) -> None:
    facts: dict[str, Any] = {"provinces": sorted(provinces), "asof": asof.isoformat(), "read": taken.read}
    facts |= {"added": taken.added, "changed": taken.changed, "refused": len(taken.refused)}
    note(IMPORTED, by=by, at=at, **facts)


class DivisionRow(NamedTuple):
    """A row of `Division`."""

    id: UUID
    level: int
    parent: UUID | None


class NameRow(NamedTuple):
    """A row of `DivisionName`."""

    id: UUID
    division: UUID
    name: str
    since: date | None
    until: date | None


class CodeRow(NamedTuple):
    """A row of `DivisionCode`."""

    id: UUID
    division: UUID
    code: str
    source: str
    since: date | None
    until: date | None


for _kind, _table in ((DivisionRow, "division"), (NameRow, "division_name"), (CodeRow, "division_code")):
    setattr(_kind, "TABLE", _table)  # noqa: B010  (a NamedTuple takes no field for it)
    setattr(_kind, "KEY", ("id",))  # noqa: B010


class Batch:
    """Some rows of one list, compared with what is known and written in few statements."""

    def __init__(self, of: List, taken: Taken, *, asof: date, known: frozenset[str]) -> None:
        self.of, self.taken, self.asof, self.known = of, taken, asof, known
        self.divisions: list[DivisionRow] = []
        self.names: list[NameRow] = []
        self.codes: list[CodeRow] = []

    def take(self, given: Sequence[Row]) -> None:
        """Add what is new, date what is called otherwise, refuse what hangs in the air."""
        parents = self._borne(row.above for row in given) if self.of.above else {}
        there = self._borne(row.code for row in given)
        told = self._told(there.values())
        for row in given:
            parent = parents.get(row.above)
            if self.of.above and parent is None:
                self.taken.refused.append(BadRow(self.of.file, row.line, "parent_unknown", row.above[:20]))
            elif (division := there.get(row.code)) is None:
                self._add(row, parent)
            else:
                self.taken.changed += self._compare(row, division, parent, *told[division])
        database.upsert(DivisionRow, self.divisions)
        database.upsert(NameRow, self.names)
        database.upsert(CodeRow, self.codes)

    def _borne(self, codes: Iterable[str]) -> dict[str, UUID]:
        """Say which division bears each code on the day; the first that ever did, where there are several."""
        sql = (
            "SELECT code, division FROM division_code WHERE (since IS NULL OR since <= %s) "
            "AND (until IS NULL OR until >= %s) AND code IN (%in) ORDER BY id DESC"
        )
        found = database.fetch_in(sql, [self.asof, self.asof], sorted(set(codes)))
        return {code: database.to_uuid(division) for code, division in found}

    def _told(self, divisions: Iterable[UUID]) -> dict[UUID, tuple[UUID | None, list[NameRow]]]:
        """Read what stands of divisions: what is above them, and every name with its days."""
        wanted = list(set(divisions))
        names: defaultdict[UUID, list[NameRow]] = defaultdict(list)
        sql = "SELECT id, division, name, since, until FROM division_name WHERE division IN (%in)"
        for key, division, name, since, until in database.fetch_in(sql, [], wanted):
            row = NameRow(database.to_uuid(key), database.to_uuid(division), name, _day(since), _day(until))
            names[row.division].append(row)
        sql = "SELECT id, parent FROM division WHERE id IN (%in)"
        return {
            database.to_uuid(key): (database.to_uuid(parent) if parent else None, names[database.to_uuid(key)])
            for key, parent in database.fetch_in(sql, [], wanted)
        }

    def _add(self, row: Row, parent: UUID | None) -> None:
        division, since = place_key(row.code), self.asof if row.code[:2] in self.known else None
        self.divisions.append(DivisionRow(division, self.of.level, parent))
        self.names.append(NameRow(uuid4(), division, row.name, since, None))
        self.codes.append(CodeRow(uuid4(), division, row.code, "list", since, None))
        self.taken.added += 1

    def _compare(
        self, row: Row, division: UUID, parent: UUID | None, above: UUID | None, names: Sequence[NameRow]
    ) -> bool:
        """Write what differs from what is known on the day, and tell whether anything did."""
        moved = above != parent
        if moved:
            self.divisions.append(DivisionRow(division, self.of.level, parent))
        called = next((n for n in names if (n.since or self.asof) <= self.asof <= (n.until or self.asof)), None)
        if called is not None and called.name == row.name:
            return moved
        later = [n.since for n in names if n.since is not None and n.since > self.asof]
        until = min(later) - ONE_DAY if later else None
        if called is not None and called.since == self.asof:
            self.names.append(called._replace(name=row.name))
            return True
        if called is not None:
            self.names.append(called._replace(until=self.asof - ONE_DAY))
        self.names.append(NameRow(uuid4(), division, row.name, self.asof, until))
        return True


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
