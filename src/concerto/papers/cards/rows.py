"""The rows that cards are written from: households with their people, members and helpers, read together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from concerto.groundwork import database
from concerto.register.current import current


class House(NamedTuple):
    """A household, in the order of its columns here."""

    id: UUID
    village: UUID
    number: str
    group: str
    head: UUID | None
    places: str
    reached_by: str
    best_months: str
    left_on: date | None
    wordings: str


class Person(NamedTuple):
    """Somebody who lives or lived there."""

    id: UUID
    household: UUID
    relation: str
    name: str
    aliases: str
    phones: str
    born: str
    search: str
    left_on: date | None
    restricted: bool
    wordings: str


class Member(NamedTuple):
    """A membership of a branch; its group by name."""

    id: UUID
    resident: UUID
    branch: UUID
    standing: str
    exempt: bool
    floating: bool
    since: date | None
    until: date | None
    wordings: str
    group: str | None


class Helper(NamedTuple):
    """Who helps or helped, by name too."""

    id: UUID
    household: UUID
    helper: UUID | None
    agreement: str
    since: date | None
    until: date | None
    helps: bool
    helps_from: date | None
    wordings: str
    called: str | None


class Need(NamedTuple):
    """A need that is open, without its words; `last` is the last step of its path.

    `asked_first` and `asked_last` are of its own household, since it last began anew.
    """

    id: UUID
    household: UUID
    sort: str
    state: str
    owner: UUID | None
    opened_on: date
    wordings: str
    askers: int
    last: UUID
    asked_first: date | str | None
    asked_last: date | str | None


class Consent(NamedTuple):
    """An answer to a purpose, of a household or of one of its people."""

    id: UUID
    household: UUID
    resident: UUID | None
    purpose: str
    answer: str
    on: date
    seq: int


class Rows(NamedTuple):
    """All of them. `called` names residents who are called otherwise now."""

    houses: list[House]
    people: list[Person]
    members: list[Member]
    helpers: list[Helper]
    needs: list[Need]
    consents: list[Consent]
    called: dict[UUID, UUID]


def _columns(kind: type[Any], table: str, *, but: Collection[str] = ()) -> str:
    return ", ".join(f'{table}."{name}"' for name in kind._fields if name not in but)


_HOUSES = f"SELECT {_columns(House, 'h')} FROM household h WHERE h.log = %s AND h.id IN (%in)"  # noqa: S608
_PEOPLE = f"""
SELECT {_columns(Person, "r")} FROM resident r
WHERE r.log = %s AND NOT r.source_withdrawn AND NOT r.erased AND r.household IN (%in)
"""  # noqa: S608  (names are ours)
_CALLED = "SELECT id, called FROM resident WHERE log = %s AND called IS NOT NULL"
# Also memberships that were told of somebody under another name.
_MEMBERS = f"""
SELECT {_columns(Member, "m", but=("group",))}, g.name FROM member m
LEFT JOIN party_group g ON g.log = m.log AND g.id = m."group"
WHERE m.log = %s AND NOT m.source_withdrawn AND m.resident IN (
    SELECT id FROM resident WHERE log = %s AND called IS NOT NULL
    UNION SELECT id FROM resident WHERE log = %s AND household IN (%in))
"""  # noqa: S608  (names are ours)
_HELPERS = f"""
SELECT {_columns(Helper, "l", but=("called",))}, a.called FROM helper_link l LEFT JOIN account a ON a.id = l.helper
WHERE l.log = %s AND NOT l.source_withdrawn AND l.household IN (%in)
"""  # noqa: S608  (names are ours)
# Days on which its household was asked for its word and not reached; whatever began it anew counts from nought.
_ASKED = """CASE WHEN n.state = 'told' THEN (SELECT {}(s."on") FROM need_step s WHERE s.log = n.log AND s.id = n.id
        AND s.kind = 'asked' AND s.asker = n.id AND NOT EXISTS (SELECT 1 FROM need_step a WHERE a.log = n.log
        AND a.id = n.id AND a.n > s.n AND a.kind IN ('reopened', 'partly', 'no'))) END"""
_NEEDS = f"""
SELECT {_columns(Need, "n", but=("last", "asked_first", "asked_last"))},
    (SELECT s.entry FROM need_step s WHERE s.log = n.log AND s.id = n.id ORDER BY s.n DESC LIMIT 1),
    {_ASKED.format("MIN")}, {_ASKED.format("MAX")}
FROM need n
WHERE n.log = %s AND n.is_open AND NOT n.source_withdrawn AND n.household IN (%in)
"""  # noqa: S608  (names are ours)


_CONSENTS = f"""
SELECT {_columns(Consent, "c")} FROM consent c WHERE c.log = %s AND c.resident IS NULL AND c.household IN (%in)
"""  # noqa: S608  (names are ours)
_OF_PEOPLE = f"""
SELECT {_columns(Consent, "c")} FROM consent c WHERE c.log = %s AND c.resident IN (
    SELECT id FROM resident WHERE log = %s AND called IS NOT NULL
    UNION SELECT id FROM resident WHERE log = %s AND household IN (%in))
"""  # noqa: S608  (names are ours)


def ask(log: UUID, houses: Collection[UUID], names: Collection[UUID]) -> Sequence[database.Query]:
    """Ask for the rows of these households, and of all their names."""
    return (
        (_HOUSES, [log], houses),
        (_PEOPLE, [log], names),
        (_CALLED, [log], ()),
        (_MEMBERS, [log, log, log], names),
        (_HELPERS, [log], names),
        (_NEEDS, [log], names),
        (_CONSENTS, [log], names),
        (_OF_PEOPLE, [log, log, log], names),
    )


def read(found: Sequence[Iterable[Sequence[Any]]]) -> Rows:
    """Read what was asked."""
    houses, people, called, members, helpers, needs, *consents = found
    names = {database.to_uuid(one): database.to_uuid(now) for one, now in called}
    shown = [one for one in _read(Person, people) if current(one.id, names) == one.id]
    answers = _read(Consent, chain(*consents))
    return Rows(
        _read(House, houses),
        shown,
        _read(Member, members),
        _read(Helper, helpers),
        _read(Need, needs),
        answers,
        names,
    )


Row = TypeVar("Row", House, Person, Member, Helper, Need, Consent)
_IDS: Mapping[Any, tuple[int, ...]] = {House: (0, 1, 4), Person: (0, 1), Member: (0, 1, 2), Helper: (0, 1, 2),
                                       Need: (0, 1, 4, 8), Consent: (0, 1, 2)}  # fmt: skip


def _read(kind: type[Row], rows: Iterable[Sequence[Any]]) -> list[Row]:
    """Read rows of one kind, each once, in the order of their ids."""
    to_uuid, ids, found = database.to_uuid, _IDS[kind], {}
    for row in rows:
        values = list(row)
        for n in ids:
            values[n] = to_uuid(values[n]) if values[n] else None
        found[values[0]] = kind(*values)
    return [found[key] for key in sorted(found)]
