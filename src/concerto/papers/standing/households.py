"""Households by the thousand: which of them one row says all of, and how many of those were done for alike."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.journal.said import How
from concerto.register.current import current
from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.period import Period

from .asking import Township
from .books import Changed, Wishing

MANY = {"household": False, "helped_household": True}  # subjects owed by the thousand; does a link make them one?
NO_DAY = "CAST(NULL AS DATE)"
MOST_BITS = 60  # of a number that either engine sums without loss
Asked = tuple[Period, Edition]


class Plain(NamedTuple):
    """A household that one row says all of: where it lies, and from when to when it is the subject of a duty."""

    unit: UUID
    since: date | None
    until: date | None


Alike = tuple[Plain, tuple[int, ...], int]  # what is told of them, how often each period was done for, how many


class Case(NamedTuple):
    """What is told of a plain household, and how often each period was done for."""

    plain: Plain
    have: tuple[int, ...]


Each = tuple[UUID, str, Case]  # its id, its group, and its case: the same one for all that are alike

OPENED = (
    "SELECT t.thing, e.id FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq"
    " WHERE t.log = %s AND t.how = %s AND t.thing IN (%in)"
)
LINKED_TWICE = """
    SELECT household FROM helper_link WHERE log = %s AND NOT source_withdrawn AND helps
    GROUP BY household HAVING COUNT(*) > 1
"""
ABOUT = 'SELECT about FROM proof WHERE log = %%s AND kind IN (%(kinds)s) AND "on" >= %%s'
HELPED = "JOIN helper_link l ON l.log = h.log AND l.household = h.id AND NOT l.source_withdrawn AND l.helps"


THERE = "h.log = %s AND NOT h.source_withdrawn"


class Households:
    """The households of one township; each look at all of them is one statement, and is had once."""

    def __init__(self, town: Township) -> None:
        self.log, self.asof, self.book = town.log, town.asof, town.book

    def not_plain(self, duty: Duty) -> set[UUID]:
        """Name those that one row does not say all of."""
        return self.changed | self.wishing | (self._linked_twice if MANY[duty.about] else set())

    @cached_property
    def changed(self) -> set[UUID]:
        """Name those that were merged or moved."""
        return self._merged | self._moved

    @cached_property
    def wishing(self) -> set[UUID]:
        """Name those that ever said how often they wish to be visited."""
        return {row.household for row in self.book.rows(Wishing)}

    def told_of_otherwise(self, kinds: Sequence[str], since: date) -> set[UUID]:
        """Name those of whom a record counts for an earlier period, or is denied by somebody it names."""
        sql, values = ABOUT % {"kinds": _places(kinds)}, [self.log, *kinds, since]
        rows = database.fetch(f"{sql} AND counts_for > ''", values)
        rows += database.fetch_in(f"{sql} AND id IN (%in)", values, self._denied)
        return {database.to_uuid(about) for (about,) in rows}

    def alike(self, duty: Duty, asked: Sequence[Asked], others: Collection[UUID]) -> Iterator[Alike]:
        """Put together the plain ones of whom the same is told and was done as often; `others` are none of them."""
        columns, rest, values, counts = self._told(duty.about, [asked], others)
        sql = f"SELECT {columns}, COUNT(*) {rest} GROUP BY {columns}"
        for *told, often in database.fetch(sql, values):
            plain, have = _plain(told, counts, len(asked))
            if plain is not None:
                yield plain, have, often

    def each(
        self, about: str, asked: Sequence[Sequence[Asked]], others: Collection[UUID], villages: Collection[UUID]
    ) -> Iterator[Each]:
        """Give the plain ones of some villages one by one, in the order of their ids, for several duties at once.

        One that has several helper links comes several times.
        """
        counts = list(_counts(asked))
        wanted = [self._numbers(_flat(asked), one, villages) for one in counts]
        homes, *done = database.fetch_together(
            self._homes(about, others, villages), *((sql, values, ()) for sql, values in wanted)
        )
        often = [dict[Any, int](rows) for rows in done]
        periods = sum(map(len, asked))
        known: dict[tuple[Any, ...], Case | None] = {}
        # Asked for in this order, SQLite would go through all of the township for it
        for key, group, *told in sorted(homes, key=itemgetter(0)):
            alike = (*told, *(numbers.get(key) if numbers else None for numbers in often))
            if alike not in known:
                plain, have = _plain(alike, counts, periods)
                known[alike] = Case(plain, have) if plain is not None else None
            if case := known[alike]:
                yield database.to_uuid(key), group, case

    def _told(
        self,
        about: str,
        asked: Sequence[Sequence[Asked]],
        others: Collection[UUID],
    ) -> tuple[str, str, list[Any], list["Count"]]:
        """Write what is told of each plain one: the columns, where they come from, its values, how they are read."""
        counts = list(_counts(asked))
        wanted = [self._numbers(_flat(asked), one, None) for one in counts]
        joined = " ".join(f"LEFT JOIN ({sql}) d{n} ON d{n}.about = h.id" for n, (sql, _) in enumerate(wanted))
        columns = ", ".join([*_columns(about), *(f"d{n}.number" for n in range(len(counts)))])
        without, names = database.not_among("h.id", others)
        rest = f"FROM household h {HELPED if MANY[about] else ''} {joined} WHERE {THERE} AND {without}"
        return columns, rest, [*(value for _, some in wanted for value in some), self.log, *names], counts

    def _homes(self, about: str, others: Collection[UUID], villages: Collection[UUID]) -> database.Query:
        """Ask for the plain ones of some villages: their ids, their groups, and what is told of each."""
        without, names = database.not_among("h.id", others)
        within, here = database.among("h.village", villages)
        columns = ", ".join(("h.id", 'h."group"', *_columns(about)))
        rest = f"FROM household h {HELPED if MANY[about] else ''} WHERE {THERE} AND {without} AND {within}"
        return f"SELECT {columns} {rest}", [self.log, *names, *here], ()

    @cached_property
    def _merged(self) -> set[UUID]:
        called = self.book.called
        return {*called, *(current(name, called) for name in called)}

    @cached_property
    def _moved(self) -> set[UUID]:
        """Those whose village is not the one they were opened with, or was told again."""
        village_of = {row.id: json.loads(row.wordings).get("village") for row in self.book.rows(Changed)}
        opened = database.fetch_in(OPENED, [self.log, How.OPENS], village_of)
        by = {database.to_uuid(thing): database.dashed(entry) for thing, entry in opened}
        return {house for house, wording in village_of.items() if wording != by.get(house)}

    @cached_property
    def _linked_twice(self) -> set[UUID]:
        return {database.to_uuid(house) for (house,) in database.fetch(LINKED_TWICE, [self.log])}

    @cached_property
    def _denied(self) -> set[UUID]:
        return self.book.denied()

    def _numbers(
        self, asked: Sequence[Asked], one: "Count", villages: Collection[UUID] | None
    ) -> tuple[str, list[Any]]:
        """Write how often each household was done for: a few bits of a number for each period.

        A record that counts for another period is not told from others here: whom it is about is not plain.
        """
        bits, need = one.bits, one.need
        periods = [asked[n][0] for n in one.which]
        shares = " ".join(f'WHEN "on" BETWEEN %s AND %s THEN {1 << place * bits}' for place in range(len(periods)))
        often = (
            "1" if need == 1 else f"CASE WHEN COUNT(DISTINCT entry) < {need} THEN COUNT(DISTINCT entry) ELSE {need} END"
        )
        within, names = ("", []) if villages is None else self._of_villages(villages)
        sql = NUMBERS % {"shares": shares, "often": often, "kinds": _places(one.kinds), "within": within}
        days = [day for period in periods for day in (period.first, period.last)]
        return sql, [*days, self.log, *one.kinds, periods[0].first, min(periods[-1].last, self.asof), *names]

    def _of_villages(self, villages: Collection[UUID]) -> tuple[str, list[Any]]:
        within, names = database.among("village", villages)
        return f"AND about IN (SELECT id FROM household WHERE log = %s AND {within})", [self.log, *names]  # noqa: S608


NUMBERS = """
    SELECT about, CAST(SUM(share * often) AS BIGINT) AS number FROM (
        SELECT about, CAST(CASE %(shares)s END AS BIGINT) AS share, %(often)s AS often
        FROM proof WHERE log = %%s AND kind IN (%(kinds)s) AND "on" BETWEEN %%s AND %%s %(within)s
        GROUP BY about, share
    ) shares WHERE share IS NOT NULL GROUP BY about
"""


class Count(NamedTuple):
    """Periods that are counted together, by their places among those asked for: the same records prove them."""

    kinds: tuple[str, ...]
    need: int
    which: tuple[int, ...]

    @property
    def bits(self) -> int:
        return self.need.bit_length()


def _columns(about: str) -> tuple[str, ...]:
    """Name what is told of each plain one besides its records."""
    return ("h.village", "h.left_on", *(("l.helps_from", "l.until") if MANY[about] else (NO_DAY, NO_DAY)))


def _flat(asked: Iterable[Iterable[Asked]]) -> list[Asked]:
    return [one for some in asked for one in some]


def _counts(asked: Sequence[Sequence[Asked]]) -> Iterator[Count]:
    """Put together, duty by duty, what is counted together."""
    before = 0
    for some in asked:
        rules: defaultdict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
        for n, (_, edition) in enumerate(some, start=before):
            rules[edition.proven_by, edition.need].append(n)
        before += len(some)
        for (kinds, need), which in rules.items():
            most = MOST_BITS // need.bit_length()
            for start in range(0, len(which), most):
                yield Count(kinds, need, tuple(which[start : start + most]))


def _plain(told: Sequence[Any], counts: Sequence[Count], periods: int) -> tuple[Plain | None, tuple[int, ...]]:
    """Read one row; one whose link ended before it began is nobody's subject."""
    village, left_on, since, until, *numbers = told
    ends = min((day for day in (until, left_on) if day), default=None)
    is_there = since is None or ends is None or since <= ends
    plain = Plain(database.to_uuid(village), since, ends) if is_there else None
    return plain, _read(numbers, counts, periods)


def _read(numbers: Sequence[int | None], counts: Sequence[Count], periods: int) -> tuple[int, ...]:
    """Read how often each period was done for."""
    have = [0] * periods
    for number, one in zip(numbers, counts, strict=True):
        for place, n in enumerate(one.which):
            have[n] = (number or 0) >> place * one.bits & (1 << one.bits) - 1
    return tuple(have)


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
