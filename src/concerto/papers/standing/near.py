"""What one account has still to do, read no further than where it works and no earlier than what can still be done.

Of households it sees hundreds, and nearly all of them are plain: one row says all of each. For those the database
counts the records, as it does for boards, and the rulebook judges each distinct case once; the others are judged one
by one as everywhere else. A law over every test of standings holds that both say the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from concerto.register.posting import HouseholdRow
from concerto.register.waiving import WaiverRow
from concerto.rulebook.duty import Duty
from concerto.rulebook.facts import Facts, Id
from concerto.rulebook.facts import Unit as UnitThere
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner, around, who_sees
from concerto.rulebook.standing import Line, can_be_met, line_of, open_to, standing
from concerto.rulebook.tally import Tally

from .asking import Township
from .books import WHAT_NEAR_RESTS_ON, Book, Reach
from .counting import debt_about, in_round, is_many, waived_themselves
from .gathering import MEETING, places_of
from .households import MANY, Asked, Case, Each, Households
from .local import mechanism_of
from .rounds import rounds
from .untouched import Heard, judged_once, list_untouched
from .windows import Window, is_round, running, windows

OF_A_UNIT = frozenset({"post", "branch"})  # who owes alike about all households of a village


def near(log: UUID, account: UUID, asof: date, *, book: Book | None = None) -> "Near":
    """Give the township as far as one account has to do with it: its `lines_of` are what can still be done.

    A household that moved away this month is looked for where it lives now. Whoever has its `book_of` already hands it
    in.
    """
    book = book or book_of(log, asof)
    book.ahead(*WHAT_NEAR_RESTS_ON)
    places, rules = places_of(book), mechanism_of(book)
    units = frozenset(_units(account, places, rules, asof))
    many, town = _many(rules), Township(log, asof, read=book)
    asked = {duty.id: _still_asked(duty, book, asof) for duty in many if not is_round(duty)}
    looks = [Look({}, asked, None)] if any(asked.values()) else []
    looks += [
        Look({}, {duty.id: [one.asked]}, one)
        for duty in many
        if is_round(duty)
        for one in running(windows(duty, rounds(book), rules.days, asof), units)
    ]
    households = Households(town)
    others = _not_plain(households, many, [look.asked for look in looks], book)
    each = [list(look.read(households, rules, others, units)) for look in looks]
    others |= {house for some in each for house, often in Counter(house for house, *_ in some).items() if often > 1}
    for look, some in zip(looks, each, strict=True):
        look.keep(one for one in some if one[0] not in others)
    reach = Reach(
        units=units,
        proofs=_proofs(rules, many, looks, book, asof),
        anything=_of_persons_and_matters(rules),
        desks=frozenset({account, *_served(account, places)}),
        households=frozenset(others) if many else None,
        touched=True,
    )
    untouched = list_untouched(log, book.since, asof, units)
    return Near(log, asof, reach=reach, read=book, looks=looks, untouched=untouched)


class Alike(NamedTuple):
    """What stands alike, in the order of ids: households, or something by itself. Of the lines those of the first are
    given, `Line.of` gives the others'."""

    about: Sequence[Id]
    lines: Sequence[Line]


class Look(NamedTuple):
    """One look at all households near: what is asked of them, and the plain ones of each case; a round is its own."""

    cases: dict[int, tuple[Case, list[tuple[UUID, str]]]]
    asked: Mapping[str, Sequence[Asked]]
    window: Window | None

    def read(
        self, households: Households, rules: Mechanism, others: Collection[UUID], units: Collection[UUID]
    ) -> Iterator[Each]:
        """Read the plain households that are asked about."""
        about = rules.duties[next(iter(self.asked))].about
        return households.each(about, list(self.asked.values()), others, self.window.villages if self.window else units)

    def keep(self, each: Iterable[Each]) -> None:
        """Put those together that stand alike."""
        for house, group, case in each:
            self.cases.setdefault(id(case), (case, []))[1].append((house, group))

    def judged(self, rules: Mechanism, house: UUID, case: Case, facts: Facts, asof: date) -> Iterator[Line]:
        """Judge a case by one of its households."""
        done = iter(case.have)
        for name, periods in self.asked.items():
            duty = rules.duties[name]
            for period, edition in periods:
                often = next(done)
                if self.window is not None:
                    line = in_round(duty, self.window, house, case.plain, often)
                    if line is not None:
                        yield line
                    continue
                debt, tally = debt_about(duty, house, case.plain, period, asof), Tally(often, often)
                if debt is not None:
                    yield line_of(duty, debt, edition, period, tally, facts, asof=asof, due=period.last)


def book_of(log: UUID, asof: date) -> Book:
    """Give the books that what is still to do on a day is in: nothing is read yet."""
    return Book(log, date(asof.year - 1, 1, 1), asof)


@dataclass(frozen=True, kw_only=True)
class Near(Township):
    """What is near of a township: as facts all but the plain households that were looked at by the hundred."""

    looks: Sequence[Look] = field(repr=False, compare=False)
    untouched: Mapping[UUID, Mapping[Heard, Sequence[UUID]]] = field(repr=False, compare=False)

    def lines_of(self, account: UUID) -> list[Line]:
        """List what one account owes or sees as its own to do, in the periods that a record can still count for.

        In no order. A plain household's say how they stand and why they are due, not which records that rests on.
        """
        alike = (line.of(house) for some in self.alike(account) for line in some.lines for house in some.about)
        return [*self.lines_by_one(account), *alike]

    def lines_by_one(self, account: UUID) -> list[Line]:
        """List those of them that were judged one by one; of other branches' debts none can be seen."""
        between, units = (self.book.since, date(self.asof.year, 12, 31)), self.reach.units or ()
        here = replace(
            self.facts,
            units=[unit for unit in self.facts.units if unit.id in units],
            groups=[group for group in self.facts.groups if group.branch in units],
        )
        lines = standing(self.mechanism, here, asof=self.asof, between=between, still=True)
        return [line for line in open_to(lines, account) if account in self.seen_by(line.by)]

    def alike(self, account: UUID) -> list[Alike]:
        """Put together the plain households that stand alike, with those of their lines that an account sees."""
        found = []
        for look in self.looks:
            for case, homes in look.cases.values():
                judged = look.judged(self.mechanism, homes[0][0], case, self.facts, self.asof)
                lines = [line for line in judged if account in self.seen_by(line.by)]
                if lines:
                    found.append(Alike([house for house, _ in homes], lines))
        return [*found, *self._untouched(account)]

    def _untouched(self, account: UUID) -> Iterator[Alike]:
        """Put together the needs that were heard in a unit on one day, and of which nothing else is told."""
        between = self.book.since, date(self.asof.year, 12, 31)
        for unit, every in self.untouched.items():
            found: dict[Heard, list[Line]] = {}
            judged = judged_once(self.mechanism, self.facts, [*every], unit, asof=self.asof, between=between)
            for one, line in judged:
                if account in self.seen_by(line.by):
                    found.setdefault(one, []).append(line.of(every[one][0]))
            yield from (Alike(every[one], lines) for one, lines in found.items())

    @cached_property
    def homes(self) -> Mapping[tuple[UUID, str], Sequence[UUID]]:
        """Give its households by where they live: the village, and the group in it. Nothing is read for it."""
        found: dict[tuple[UUID, str], list[UUID]] = {}
        for row in self.book.rows(HouseholdRow):
            found.setdefault((row.village, row.group), []).append(row.id)
        known: set[UUID] = set()
        for look in self.looks:
            for case, homes in look.cases.values():
                for house, group in homes:
                    if house not in known:
                        known.add(house)
                        found.setdefault((case.plain.unit, group), []).append(house)
        return found


def _many(rules: Mechanism) -> list[Duty]:
    """List the duties about households, if the database can count for every one of them; else none.

    What is owed each period about all households and what about those that are helped could fall together on one:
    then, too.
    """
    found = [duty for duty in rules.duties.values() if duty.about in MANY and duty.editions]
    is_plain = len({duty.about for duty in found if not is_round(duty)}) == 1
    countable = all((is_many(duty) or is_round(duty)) and duty.owed_by in OF_A_UNIT for duty in found)
    return found if is_plain and countable else []


def _still_asked(duty: Duty, book: Book, asof: date) -> list[Asked]:
    """List the periods of a duty that a record can still count for."""
    return [
        (period, edition)
        for period, edition in duty.periods(asof)
        if period.first >= book.since and can_be_met(period, edition, asof)
    ]


def _not_plain(
    households: Households, many: Sequence[Duty], looks: Iterable[Mapping[str, Sequence[Asked]]], book: Book
) -> set[UUID]:
    """Name the households that are judged one by one: in doubt one too many, but for those with several links."""
    found: set[UUID] = set()
    for duty in many:
        found |= households.changed | households.wishing | waived_themselves(duty, book.rows(WaiverRow))
    both = [one for asked in looks for some in asked.values() for one in some]
    if both:
        kinds = sorted({kind for _, edition in both for kind in edition.proven_by})
        found |= households.told_of_otherwise(kinds, min(period.first for period, _ in both))
    return found


def _units(account: UUID, places: Facts, rules: Mechanism, asof: date) -> Iterator[UUID]:
    """Name the units where this account sees what somebody owes, and those that lie with them."""
    posts = {duty.post for duty in rules.duties.values() if duty.owed_by == "post"}
    for unit in places.units:
        owners = (Owner("branch", unit.id), *(Owner("post", unit.id, post) for post in posts))
        if any(account in who_sees(owner, places, on=asof) for owner in owners if _fits(owner, unit)):
            yield from (one for one in around(unit.id, places) if isinstance(one, UUID))


def _served(account: UUID, places: Facts) -> Iterator[UUID]:
    """Name the units at which an account is posted, or stands in: what was sent there is its own to answer."""
    for posting in places.postings:
        if account in (posting.account, *(away.deputy for away in posting.absences)) and isinstance(posting.unit, UUID):
            yield posting.unit


def _fits(owner: Owner, unit: UnitThere) -> bool:
    return unit.kind == "branch" if owner.sort == "branch" else unit.kind == "village"


def _proofs(rules: Mechanism, many: Collection[Duty], looks: Sequence[Look], book: Book, asof: date) -> dict[str, date]:
    """Name the kinds of records that prove something still owed, each with the first day on which one counts."""
    since: dict[str, date] = {MEETING: book.since}
    for look in looks:
        if look.window is not None:
            first, edition = look.window.clock.start.on, look.window.clock.edition
            since |= {kind: min(since.get(kind, first), first) for kind in edition.proven_by}
    for duty in rules.duties.values():
        for edition in duty.editions:
            if edition.within and not (is_round(duty) and duty in many):  # a look knows since when
                since |= dict.fromkeys(edition.proven_by, book.since)
        for period, edition in _still_asked(duty, book, asof):
            for kind in edition.proven_by:
                since[kind] = min(since.get(kind, period.first), period.first)
    return since


def _of_persons_and_matters(rules: Mechanism) -> frozenset[str]:
    """Name what is proven of somebody or something that lies in no unit's books."""
    told = ((duty, edition) for duty in rules.duties.values() for edition in duty.editions)
    return frozenset(
        kind
        for duty, edition in told
        if (edition.within and not is_round(duty)) or duty.owed_by == "person"
        for kind in edition.proven_by
    )
