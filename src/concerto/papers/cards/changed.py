"""Which cards of some villages changed since a number, and which households left them: asked of the touches.

A card has the number of the last entry that touched anything it shows or its sight rests on: the household under any
of its names, who lives or lived there, their memberships of branches, who helps, the needs and matters opened for it.
Of people and memberships only what changes them counts: a meeting that names every member of a branch moves no card.
A step on a need touches its household too, as the architecture asks; leads stand on no card and move none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.journal import reading
from concerto.journal.said import Wording
from concerto.register.current import current


class Changed(NamedTuple):
    """A household to tell of: at which number, whether it has a card in one of the villages asked about, and the
    number that card has: a later one, where more happened to it since it left the village it is told to."""

    seq: int
    household: UUID
    is_here: bool
    number: int


class Names(NamedTuple):
    """Which households of a log are called otherwise now."""

    called: dict[UUID, UUID]

    def now(self, house: UUID) -> UUID:
        """Give the name a household has now."""
        return current(house, self.called)

    def all_of(self, houses: Collection[UUID]) -> dict[UUID, UUID]:
        """Give every name of these households, with the one it has now."""
        wanted = set(houses)
        return {name: now for name in self.called if (now := self.now(name)) in wanted} | {h: h for h in houses}


_NAMES = "SELECT id, called FROM household WHERE log = %s AND called IS NOT NULL"


def _read_names(rows: Iterable[Sequence[Any]]) -> Names:
    return Names({database.to_uuid(house): database.to_uuid(called) for house, called in rows})


def changed_since(log: UUID, cursors: Mapping[UUID, int]) -> tuple[dict[UUID, list[Changed]], Names]:
    """Give for each village what there is to tell since its number, in the order of numbers, and how households are
    called.

    What left a village is told to it: as gone, or, where its new village is asked about too, with its card.
    """
    if not cursors:
        return {}, Names({})
    called, here, moved = database.fetch_together(
        (_NAMES, [log], ()), (_HERE, [log], cursors), _ask_moved(log, cursors)
    )
    names = _read_names(called)
    homes = _homes(here, names)
    numbers = _numbers(log, cursors, names)
    found: dict[UUID, dict[UUID, Changed]] = {village: {} for village in cursors}
    for house, village in homes.items():
        if numbers.get(house, 0) > cursors[village]:
            found[village][house] = Changed(numbers[house], house, is_here=True, number=numbers[house])
    left = {database.to_uuid(house): seq for house, seq in moved}
    for village, house, seq in _left(log, cursors, homes, left):
        gone_on = Changed(seq, house, is_here=house in homes, number=numbers.get(house, seq))
        found[village].setdefault(house, gone_on)
    return {village: sorted(some.values()) for village, some in found.items()}, names


# ---------------------------------------------------------------- what is here

# The households asked about: those of the villages, and the few that are called otherwise now, of any village.
_HOUSES = """
SELECT id FROM household WHERE log = %s AND village IN (%in)
UNION SELECT id FROM household WHERE log = %s AND called IS NOT NULL
"""
# Somebody under another name still has the memberships told of it: they are shown with whom they are called now.
_CALLED = """
SELECT id, called FROM resident WHERE log = %s AND called IS NOT NULL
UNION SELECT c.id, r.called FROM gone c JOIN resident r ON r.log = %s AND r.id = c.now AND r.called IS NOT NULL
"""
_THINGS = """
SELECT id AS house, id AS thing FROM houses
UNION SELECT h.id, m.id FROM houses h JOIN membership m ON m.log = %s AND m.household = h.id
UNION SELECT h.id, b.id FROM houses h JOIN membership m ON m.log = %s AND m.household = h.id
    JOIN member b ON b.log = m.log AND b.resident = m.id
UNION SELECT m.household, b.id FROM gone c JOIN membership m ON m.log = %s AND m.id = c.now
    JOIN member b ON b.log = m.log AND b.resident = c.id
UNION SELECT h.id, l.id FROM houses h JOIN helper_link l ON l.log = %s AND l.household = h.id
UNION SELECT h.id, n.id FROM houses h JOIN assistance_line n ON n.log = %s AND n.household = h.id AND n.kind = 'need'
UNION SELECT h.id, b.id FROM houses h JOIN branch_line b ON b.log = %s AND b.household = h.id
"""
_NUMBERS = f"""
WITH RECURSIVE houses(id) AS ({_HOUSES}), gone(id, now) AS ({_CALLED}), things(house, thing) AS ({_THINGS})
SELECT things.house, max(t.seq) FROM things JOIN touch t ON t.log = %s AND t.thing = things.thing
    AND (t.how > 1 OR t.what = 'household') GROUP BY things.house
"""  # noqa: S608  (names are ours)
_HERE = "SELECT id, village FROM household WHERE log = %s AND village IN (%in) AND NOT erased AND NOT source_withdrawn"


def _homes(here: Iterable[Sequence[Any]], names: Names) -> dict[UUID, UUID]:
    """Say in which of these villages each card is."""
    to_uuid = database.to_uuid
    homes = {to_uuid(house): to_uuid(village) for house, village in here}
    return {house: village for house, village in homes.items() if names.now(house) == house}


def _numbers(log: UUID, villages: Collection[UUID], names: Names) -> dict[UUID, int]:
    """Give the number of every card of these villages."""
    numbers: defaultdict[UUID, int] = defaultdict(int)
    for house, seq in _fetch_numbers(log, villages):
        now = names.now(database.to_uuid(house))
        numbers[now] = max(numbers[now], seq)
    return numbers


def _fetch_numbers(log: UUID, villages: Collection[UUID]) -> list[tuple[UUID, int]]:
    if not database.is_sqlite():
        sql = _NUMBERS.replace("IN (%in)", "= ANY(%s)")
        return database.fetch(sql, [log, list(villages), *[log] * 10])
    sql = _NUMBERS.replace("%in", ", ".join(["%s"] * len(villages)))
    return database.fetch(sql, [log, *villages, *[log] * 10])


# ---------------------------------------------------------------- what left

# A phone can hold only what was opened before its number.
_MOVED = """
SELECT t.thing, max(t.seq) FROM touch t
JOIN touch o ON o.log = t.log AND o.thing = t.thing AND o.how = 3
WHERE t.log = %s AND %s > 0 AND t.seq > %s AND t.what = 'household' AND t.how >= 2 AND t.how <= 4
GROUP BY t.thing HAVING min(o.seq) <= %s
"""


def _ask_moved(log: UUID, cursors: Mapping[UUID, int]) -> database.Query:
    """Ask what moved since the lowest number that was told; to whom nothing was told, nothing can have left."""
    told = [seq for seq in cursors.values() if seq] or [0]
    return _MOVED, [log, min(told), min(told), max(told)], ()


def _left(
    log: UUID, cursors: Mapping[UUID, int], homes: Mapping[UUID, UUID], moved: Mapping[UUID, int]
) -> Iterator[tuple[UUID, UUID, int]]:
    """Give what was a card of a village when its phone was last told, and is none of it now: village, name, number."""
    several = len(cursors) > 1  # a new one too: it may end again before the card was told with it
    seen = [house for house in moved if house not in homes or several]
    for house, entries in reading.about(log, seen).items() if seen else ():
        seq = moved[house]
        for village, cursor in cursors.items():
            if 0 < cursor < seq and homes.get(house) != village and _was_in(house, village, entries):
                yield village, house, seq


def _was_in(house: UUID, village: UUID, entries: Collection[Wording]) -> bool:
    """Tell whether any wording ever put a household into a village, be it taken back since."""
    said = (words.body for words in entries if words.body is not None)
    return any(body.changes(house).get("village") == village for body in said)
