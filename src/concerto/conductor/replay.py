"""Reading a whole log again in flat memory: its entries in order, then its things in order with all they fold to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.journal.reading import wording
from concerto.journal.said import Audience, CompanionRow, How, ProofRow, SealedPart, Wording, stand

from .cues import CUES, LEDGERS, READS_WORDS

LAST_NUMBER = 2**63 - 1
LAST_ID = 2**128 - 1
ENTRIES_AT_ONCE = 1000
TOUCHES_AT_ONCE = 2000

# Every table that is folded from the journal, beside the touches.
TABLES: tuple[Any, ...] = (*LEDGERS, ProofRow, CompanionRow)

Rows = list[tuple[Any, ...]]


class Stretch(NamedTuple):
    """Some entries as they lie, and every row between their numbers, whether an entry is there or not."""

    entries: Rows
    sealed: dict[int, Rows]
    touches: dict[int, Rows]


def stretches(log: UUID, *, sealed: bool = True, touches: bool = True) -> Iterator[Stretch]:
    """Read a log in order, some entries at a time; the first and last stretch reach to the ends of all numbers."""
    low, more = -LAST_NUMBER, True
    while more:
        entries = database.fetch(_ENTRIES, [log, low, ENTRIES_AT_ONCE])
        more = len(entries) == ENTRIES_AT_ONCE
        high = entries[-1][0] if more else LAST_NUMBER
        yield Stretch(
            entries,
            _by_number(_SEALED, log, low, high) if sealed else {},
            _by_number(_TOUCHES, log, low, high) if touches else {},
        )
        low = high + 1


_ENTRIES = (
    "SELECT seq, id, first, kind, unit, author, device, number, happened_on, received_at, said, filed, digest "
    "FROM entry WHERE log = %s AND seq >= %s ORDER BY seq LIMIT %s"
)
_SEALED = (
    "SELECT seq, n, digest, about, audience, salt, text FROM sealed "
    "WHERE log = %s AND seq BETWEEN %s AND %s ORDER BY seq, n"
)
_TOUCHES = "SELECT seq, thing, how, what FROM touch WHERE log = %s AND seq BETWEEN %s AND %s"


def _by_number(sql: str, log: UUID, low: int, high: int) -> dict[int, Rows]:
    found: defaultdict[int, Rows] = defaultdict(list)
    for seq, *rest in database.fetch(sql, [log, low, high]):
        found[seq].append(tuple(rest))
    return found


class Folded(NamedTuple):
    """All things between two ids, both included, and the rows they fold to, by table."""

    low: UUID
    high: UUID
    rows: dict[type, list[Any]]


def folded(log: UUID, *, known: int = LAST_NUMBER) -> Iterator[Folded]:
    """Fold every thing of a log again, some at a time in the order of their ids; together they cover all ids.

    `known` leaves out the entries after a number: things then stand as they stood when that was the last one.
    """
    low = UUID(int=0)
    read: dict[int, Wording] = {}
    things: dict[UUID, Rows] = {}
    held = 0
    for thing, *touch in database.stream(_FOLDED, [log, known]):
        key = database.to_uuid(thing)
        if held >= TOUCHES_AT_ONCE and key not in things:
            read = _words(log, things, read)
            yield Folded(low, UUID(int=key.int - 1), _fold(log, things, read))
            low, things, held = key, {}, 0
        things.setdefault(key, []).append(tuple(touch))
        held += 1
    yield Folded(low, UUID(int=LAST_ID), _fold(log, things, _words(log, things, read)))


# In the order of the key, so that neither engine sorts: the touches of one thing are put in order when it is folded.
_FOLDED = (
    "SELECT thing, how, what, seq FROM touch "
    "WHERE log = %s AND how BETWEEN 2 AND 4 AND seq <= %s ORDER BY thing, how, seq"
)


def _words(log: UUID, things: dict[UUID, Rows], known: dict[int, Wording]) -> dict[int, Wording]:
    """Read the entries of some things; what was read for the things before is not read again."""
    wanted = {seq for touches in things.values() for _, _, seq in touches}
    here = {seq: known[seq] for seq in wanted if seq in known}
    sql = "SELECT seq, said, filed FROM entry WHERE log = %s AND seq IN (%in)"
    for seq, said, filed in database.fetch_in(sql, [log], wanted - here.keys()):
        here[seq] = wording(said, filed, (), ())
    return here


def _fold(log: UUID, things: dict[UUID, Rows], words: dict[int, Wording]) -> dict[type, list[Any]]:
    rows: defaultdict[type, list[Any]] = defaultdict(list)
    sorts = {thing: _sort_of(touches) for thing, touches in things.items()}
    parts = _parts(log, {thing: things[thing] for thing, sort in sorts.items() if sort in READS_WORDS})
    for thing, touches in things.items():
        told = stand(_with_parts((words[seq] for seq in sorted({seq for _, _, seq in touches})), parts.get(thing)))
        for fold in CUES.get(sorts[thing], ()):
            posted = fold(log, thing, told)
            for row in (*posted.rows, *posted.proofs):
                rows[type(row)].append(row)
    return rows


def _sort_of(touches: Rows) -> str:
    return next((what for how, what, _ in touches if how == How.OPENS), "")


def _parts(log: UUID, things: dict[UUID, Rows]) -> dict[UUID, dict[str, SealedPart]]:
    """Read the surviving sealed parts about things that came with the entries which change them."""
    wanted = {seq for touches in things.values() for _, _, seq in touches}
    sql = "SELECT about, digest, audience, salt, text FROM sealed WHERE log = %s AND seq IN (%in)"
    found: defaultdict[UUID, dict[str, SealedPart]] = defaultdict(dict)
    for about, digest, audience, salt, text in database.fetch_in(sql, [log], wanted):
        thing = database.to_uuid(about)
        found[thing][digest] = SealedPart(about=thing, audience=Audience(audience), salt=salt, text=text)
    return found


def _with_parts(words: Iterable[Wording], parts: dict[str, SealedPart] | None) -> Sequence[Wording]:
    return [one._replace(sealed=parts) for one in words] if parts else list(words)
