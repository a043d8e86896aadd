"""How many debts of a unit stand how, a duty and period at a time: counted by the database where there are many.

Duties about households are owed by the thousand. For those the database counts the records of each household and
period, capped at what is needed, puts alike households together, and the rulebook judges each distinct case once.
Whatever is not plain is judged one by one as everywhere else: households that moved, were merged or have several
helper links, and those of which a record counts for another period, is denied or waived. Either way the answer is the
same as by counting the lines.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from concerto.rulebook.duty import Duty, Edition, Measure
from concerto.rulebook.facts import Facts
from concerto.rulebook.owing import Debt, Span, debts
from concerto.rulebook.period import Period
from concerto.rulebook.standing import Line, Verdict, judged, open_to, response_of, standing
from concerto.rulebook.tally import Tally

from .asking import Township
from .books import Reach
from .gathering import MEETING, facts_of
from .households import MANY, Asked, Households, Plain
from .rounds import rounds
from .untouched import about_needs, count_untouched, judged_once
from .windows import Window, is_round, windows

Due = tuple[date, date]
NO_FACTS = Facts()  # a round is waived for nobody


class Case(NamedTuple):
    """Debts that stand alike."""

    duty: str
    unit: UUID
    period: Period
    verdict: Verdict
    late: bool


class Counted(NamedTuple):
    """How everything stands: the debts that were judged one by one, and how many of the others stand alike."""

    lines: list[Line]
    alike: Counter[Case]
    facts: Facts


def count(town: Township, due: Due, *, duties: Collection[str] | None = None) -> Counter[Case]:
    """Count how everything stands that is due between two days and had begun as of the township's day.

    What is somebody's alone is left out, as from every board, paper and export.
    """
    found = counted(town, due, duties=duties)
    return found.alike + Counter(_case(line) for line in found.lines)


def counted(town: Township, due: Due, *, duties: Collection[str] | None = None) -> Counted:
    """Judge as few one by one as will do; a debt that is met late, or waived by itself, is always one of them.

    What nothing is due of is not read, and so not among the facts.
    """
    wanted = [duty for duty in town.mechanism.duties.values() if not duty.private]
    wanted = [duty for duty in wanted if duties is None or duty.id in duties]
    many = [] if town.known is not None else [duty for duty in wanted if is_many(duty)]
    in_rounds = [] if town.known is not None else [duty for duty in wanted if is_round(duty)]
    rest = [duty for duty in wanted if duty not in many and duty not in in_rounds]
    facts = _facts_of_the_rest(town, rest, due)
    found = Counted(_lines(town, rest, facts, due), Counter(), facts)
    households = Households(town)
    for duty in many:
        asked = [(period, edition) for period, edition in duty.periods(town.asof) if due[0] <= period.last <= due[1]]
        if asked:
            _add_many(found, town, households, duty, asked, due)
    for duty in in_rounds:
        _add_rounds(found, town, households, duty, due)
    if town.known is None:
        _add_untouched(found, town, about_needs(rest), due)
    return found


def is_many(duty: Duty) -> bool:
    """Tell whether a duty is of the sort that the database can count for: so many records a period, by whomever."""
    return duty.about in MANY and all(
        edition.every and edition.measure is Measure.TIMES and not edition.made_by
        for edition in duty.editions
        if not edition.repealed
    )


def _facts_of_the_rest(town: Township, duties: Sequence[Duty], due: Due) -> Facts:
    """Read what those duties ask about of which something is due, and of records none older than could count."""
    if town.known is not None:
        return town.facts
    subjects: set[str] = set()
    proofs: dict[str, date] = {}
    for duty in duties:
        for edition, first in _can_be_due(duty, town, due):
            subjects.add(duty.about)
            for kind in (*edition.proven_by, *((MEETING,) if edition.within else ())):
                proofs[kind] = min(proofs.get(kind, first), first)
    none = None if subjects & MANY.keys() else frozenset[UUID]()
    reach = Reach(proofs=proofs, households=none, subjects=frozenset(subjects), touched=True)
    return facts_of(town.book.narrowed(reach))


def _can_be_due(duty: Duty, town: Township, due: Due) -> Iterator[tuple[Edition, date]]:
    """Give the editions by which something may be due, each with the first day on which a record may count for it."""
    since = town.book.since
    for period, edition in duty.periods(town.asof):
        if due[0] <= period.last <= due[1] and period.first >= since:
            yield edition, period.first
    for edition in duty.editions:
        if edition.within:
            yield edition, since if edition.extended_by else max(since, edition.within.began(due[0]))


def _lines(town: Township, duties: Iterable[Duty], facts: Facts, due: Due) -> list[Line]:
    """Judge one by one."""
    only = replace(town.mechanism, duties={duty.id: duty for duty in duties})
    return open_to(standing(only, facts, asof=town.asof, between=(town.book.since, due[1]), due=due), None)


def _case(line: Line) -> Case:
    assert isinstance(line.unit, UUID)
    return Case(line.duty, line.unit, line.period, line.verdict, line.late)


# ---------------------------------------------------------------- where there are many


def _add_many(
    found: Counted, town: Township, households: Households, duty: Duty, asked: Sequence[Asked], due: Due
) -> None:
    """Judge each distinct case of plain households once, and the others one by one."""
    kinds = sorted({kind for _, edition in asked for kind in edition.proven_by})
    since = asked[0][0].first
    others = households.not_plain(duty) | households.told_of_otherwise(kinds, since)
    others |= waived_themselves(duty, found.facts.waivers)
    if others:
        proofs = dict.fromkeys(kinds, since)
        reach = Reach(proofs=proofs, households=frozenset(others), subjects=frozenset({duty.about}))
        facts = replace(facts_of(town.book.narrowed(reach)), waivers=found.facts.waivers)
        found.lines.extend(_lines(town, [duty], facts, due))
    for told, have, alike in households.alike(duty, asked, others):
        for n, (period, edition) in enumerate(asked):
            case = _judged(town, duty, told, period, edition, have[n], found.facts)
            if case is not None:
                found.alike[case] += alike


def _add_rounds(found: Counted, town: Township, households: Households, duty: Duty, due: Due) -> None:
    """Judge each distinct case of plain households once for each round, whatever villages it covers."""
    every = windows(duty, rounds(town.book), town.mechanism.days, town.asof)
    asked = [one for one in every if due[0] <= one.clock.due.on <= due[1]]
    if not asked:
        return
    kinds = sorted({kind for one in asked for kind in one.clock.edition.proven_by})
    since = min(one.clock.start.on for one in asked)
    others = households.not_plain(duty) | households.told_of_otherwise(kinds, since)
    if others:
        reach = Reach(
            proofs=dict.fromkeys(kinds, since), households=frozenset(others), subjects=frozenset({duty.about})
        )
        found.lines.extend(_lines(town, [duty], facts_of(town.book.narrowed(reach)), due))
    for one in asked:
        for told, (have,), alike in households.alike(duty, [one.asked], others):
            line = in_round(duty, one, told.unit, told, have) if told.unit in one.villages else None
            if line is not None:
                found.alike[_case(line)] += alike


def _add_untouched(found: Counted, town: Township, duties: Sequence[Duty], due: Due) -> None:
    """Judge the needs of which nothing is told but that they were heard once for each day, wherever they lie."""
    began = [edition.within.began(due[0]) for duty in duties for edition in duty.editions if edition.within]
    if not began:
        return
    between = max(town.book.since, min(began)), min(due[1], town.asof)
    every = count_untouched(town.log, *between)
    rules = replace(town.mechanism, duties={duty.id: duty for duty in duties})
    judged = judged_once(rules, found.facts, [*every], town.log, asof=town.asof, between=(between[0], due[1]), due=due)
    for one, line in judged:
        case = _case(line)
        for unit, n in every[one].items():
            found.alike[case._replace(unit=unit)] += n


def in_round(duty: Duty, one: Window, subject: UUID, told: Plain, have: int) -> Line | None:
    """Judge what a round asks about a plain household; nothing where it was not there at all."""
    debt = debt_about(duty, subject, told, one.period, one.asof)
    return response_of(duty, one.clock, debt, Tally(have, have), NO_FACTS, asof=one.asof) if debt else None


def _judged(
    town: Township, duty: Duty, told: Plain, period: Period, edition: Edition, have: int, rest: Facts
) -> Case | None:
    """Judge the debt of one period about a plain household; none where it was not there at all."""
    debt = debt_about(duty, told.unit, told, period, town.asof)
    if debt is None:
        return None
    waivers = rest.waived.get((duty.id, period.name), ()) if rest.waivers else ()
    waived = any(w.about is None and w.by in (None, told.unit) and w.granted_on <= town.asof for w in waivers)
    verdict, late = judged(
        have=have, in_time=have, need=edition.need, over=town.asof > period.last, owed=debt.owed, waived=waived
    )
    return Case(duty.id, told.unit, period, verdict, late)


def debt_about(duty: Duty, subject: UUID, told: Plain, period: Period, asof: date) -> Debt | None:
    """Give what may be owed about a plain household in a period; nothing where it was not there at all."""
    span = Span(id=subject, unit=told.unit, since=told.since, until=told.until)
    return next(debts(duty, {(subject, None): [span]}, first=period.first, last=min(period.last, asof)), None)


def waived_themselves(duty: Duty, waivers: Iterable[Any]) -> set[UUID]:
    """Name those about which this duty was waived and not about all."""
    return {waiver.about for waiver in waivers if waiver.duty == duty.id and isinstance(waiver.about, UUID)}
