"""The lines of a card: what was recorded about households in a year, one line for each entry, without any words.

Leads are on none of them. What the reader recorded carries its body, so that it can be corrected without signal:
unless it told of a lead, which is its author's and the desk's alone; that one is corrected at the desk.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import database
from concerto.journal.said import read_said
from concerto.places.sight import Part

YEAR, ONE_DAY = timedelta(days=366), timedelta(days=1)
TABLES = {
    "study_line": Part.STUDY,
    "branch_line": Part.BRANCH,
    "visit_line": Part.VISITS,
    "assistance_line": Part.ASSISTANCE,
}
ORDER = list(TABLES.values())
Rows = Sequence[tuple[Any, ...]]


class Line(NamedTuple):
    """One line of a ledger, as all of them have it."""

    household: UUID | None
    entry: UUID
    on: date
    part: Part
    kind: str
    state: str
    by: UUID
    late: int
    met: int


class Last(NamedTuple):
    """The last wording of an entry."""

    seq: int
    id: UUID
    said: str


def ask(log: UUID, names: Collection[UUID], day: date) -> Sequence[database.Query]:
    """Ask the four ledgers for the lines of these households in the year before a day, and for visits taken back."""
    where = '"on" BETWEEN %s AND %s AND household IN (%in)'
    values = [log, day - YEAR + ONE_DAY, database.LAST_OF_DAYS]
    ledgers = [(_select(part, table, where), values, names) for table, part in TABLES.items()]
    return [*ledgers, (_WITHDRAWN, [log], names)]


ASKED = len(TABLES) + 1


def lines_of(
    log: UUID, names: Mapping[UUID, UUID], found: Sequence[Rows], *, reader: UUID, day: date
) -> dict[UUID, list[dict[str, Any]]]:
    """Give each household's lines of the last year from what was asked, in the order in which things happened.

    `names` gives for every name the household it is now.
    """
    *ledgers, withdrawn = found
    by_house: defaultdict[UUID, defaultdict[UUID, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in _read(ledgers):
        if line.household is not None:
            by_house[names[line.household]][line.entry].append(line)
    shared, last = _more(log, by_house.values(), reader)
    gone = _withdrawn(withdrawn, names, day - YEAR)
    return {
        house: sorted(
            [
                *(_shown([*some, *shared.get(entry, ())], last.get(entry), reader) for entry, some in told.items()),
                *gone.get(house, ()),
            ],
            key=lambda line: (line["on"], line["e"]),
        )
        for house in names.values()
        if (told := by_house.get(house, defaultdict(list))) or house in gone
    }


def _select(part: Part, table: str, where: str) -> str:
    met = "met" if part is Part.VISITS else "0"
    columns = f'household, entry, "on", {list(TABLES).index(table)}, kind, state, "by", late, {met}'
    return f"SELECT {columns} FROM {table} WHERE log = %s AND {where}"  # noqa: S608  (names are ours)


def _read(ledgers: Iterable[Rows]) -> Iterator[Line]:
    to_uuid = database.to_uuid
    for rows in ledgers:
        for household, entry, on, part, kind, state, by, late, met in rows:
            house = to_uuid(household) if household else None
            yield Line(house, to_uuid(entry), _day(on), ORDER[part], kind, state, to_uuid(by), late, met)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


_LAST = """
SELECT e.first, e.seq, e.id, e.said FROM entry e
WHERE e.log = %s AND (e.author = %s OR e.first <> e.id) AND e.first IN (%in)
"""


def _more(
    log: UUID, told: Collection[Mapping[UUID, list[Line]]], reader: UUID
) -> tuple[dict[UUID, list[Line]], dict[UUID, Last]]:
    """Read the lines that a gathering posted for all its households at once, which name none; and the last wordings of
    those entries that were said anew or are the reader's own."""
    gatherings = {entry for some in told for entry, lines in some.items() if any(x.kind == "gathering" for x in lines)}
    where = "household IS NULL AND entry IN (%in)"
    ledgers = [(_select(part, table, where), [log], gatherings) for table, part in TABLES.items()]
    entries = {entry for some in told for entry in some}
    *rows, worded = database.fetch_together(*ledgers, (_LAST, [log, reader], entries))
    shared: defaultdict[UUID, list[Line]] = defaultdict(list)
    for line in _read(rows):
        shared[line.entry].append(line)
    last: dict[UUID, Last] = {}
    for first, seq, entry, said in worded:
        key, one = database.to_uuid(first), Last(seq, database.to_uuid(entry), said)
        last[key] = max(last.get(key, one), one)
    return shared, last


def _shown(lines: list[Line], last: Last | None, reader: UUID) -> dict[str, Any]:
    contact = next((line for line in lines if line.part is Part.VISITS), lines[0])
    parts = {line.part for line in lines}
    shown: dict[str, Any] = {
        "e": str(contact.entry),
        "on": contact.on.isoformat(),
        "parts": [part.value for part in ORDER if part in parts],
        "kind": contact.kind,
        "state": contact.state,
        "by": str(contact.by),
    }
    if last is not None and last.id != contact.entry:
        shown["last"] = str(last.id)
    if contact.late:
        shown["late"] = contact.late
    if contact.met and contact.state == "met":
        shown["met"] = contact.met
    if last is not None and contact.by == reader and (mine := _mine(last.said)):
        shown["mine"] = mine
    return shown


def _mine(text: str) -> dict[str, Any] | None:
    said = read_said(text)
    body = msgspec.json.decode(bytes(said.body))
    if not body or body.get("leads"):
        return None
    mine = {"kind": said.kind, "version": said.version, "unit": str(said.unit), "body": body}
    return {**mine, "counts_for": said.counts_for} if said.counts_for else mine


_WITHDRAWN = """
SELECT t.thing, e.first, e.seq, e.said, f.happened_on, f.author FROM touch t
JOIN entry e ON e.log = t.log AND e.seq = t.seq AND e.kind = 'visit' AND e.first <> e.id
JOIN entry f ON f.log = e.log AND f.id = e.first
WHERE t.log = %s AND t.what = 'household' AND t.how = 1 AND t.thing IN (%in)
"""


def _withdrawn(taken_back: Rows, names: Mapping[UUID, UUID], since: date) -> dict[UUID, list[dict[str, Any]]]:
    """Give the visits that were taken back: they have no line any more, and nobody shall wonder where they went."""
    newest: dict[tuple[UUID, UUID], tuple[int, str, date, UUID]] = {}
    for thing, first, seq, said, on, author in taken_back:
        key = names[database.to_uuid(thing)], database.to_uuid(first)
        newest[key] = max(newest.get(key, (0, "", date.min, author)), (seq, said, _day(on), author))
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for (house, first), (_, said, on, author) in newest.items():
        if on > since and (last := read_said(said)).is_null:
            line = {"e": str(first), "last": str(last.id), "on": on.isoformat(), "parts": ["visits"]}
            found[house].append(line | {"kind": "", "state": "withdrawn", "by": database.dashed(author)})
    return found
