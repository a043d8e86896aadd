"""How many debts of a unit stand how, a duty and period at a time: counted by the database where there are many.

Duties about households are owed by the thousand. For those the database counts the records of each household and
period, capped at what is needed, and the rulebook judges each distinct case once. Whatever is not plain is judged one
by one as everywhere else: households that moved, were merged or have several helper links, and those of which a record
counts for another period, is denied or waived. Either way the answer is the same as by counting the lines.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.journal.models import Proof
from concerto.journal.said import How
from concerto.register.current import current
from concerto.register.models import HelperLink, Household
from concerto.rulebook.duty import Duty, Edition, Measure
from concerto.rulebook.facts import Facts
from concerto.rulebook.owing import Span, debts
from concerto.rulebook.period import Period
from concerto.rulebook.standing import Line, Verdict, judged, open_to, standing

from .asking import Township
from .books import Reach
from .gathering import MEETING, facts_of

MANY = {"household": False, "helped_household": True}  # subjects owed by the thousand; does a link make them one?
MOST_BITS = 60  # of a number that either engine sums without loss
Due = tuple[date, date]
Asked = tuple[Period, Edition]


class Case(NamedTuple):
    """Debts that stand alike."""

    duty: str
    unit: UUID
    period: Period
    verdict: Verdict
    late: bool


class Plain(NamedTuple):
    """A household that one row says all of: where it lies, and from when to when it is the subject of a duty."""

    unit: UUID
    since: date | None
    until: date | None


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
    """Judge as few one by one as will do; a debt that is met late, or waived by itself, is always one of them."""
    wanted = [duty for duty in town.mechanism.duties.values() if not duty.private]
    wanted = [duty for duty in wanted if duties is None or duty.id in duties]
    many = [] if town.known is not None else [duty for duty in wanted if _is_many(duty)]
    rest = [duty for duty in wanted if duty not in many]
    facts = _facts_of_the_rest(town, rest)
    found = Counted(_lines(town, rest, facts, due), Counter(), facts)
    for duty in many:
        asked = [(period, edition) for period, edition in duty.periods(town.asof) if due[0] <= period.last <= due[1]]
        if asked:
            _add_many(found, town, duty, asked, due)
    return found


def _is_many(duty: Duty) -> bool:
    """Tell whether a duty is of the sort that the database can count for: so many records a period, by whomever."""
    return duty.about in MANY and all(
        edition.every and edition.measure is Measure.TIMES and not edition.made_by
        for edition in duty.editions
        if not edition.repealed
    )


def _facts_of_the_rest(town: Township, duties: Sequence[Duty]) -> Facts:
    if town.known is not None:
        return town.facts
    kinds = {kind for duty in duties for edition in duty.editions for kind in edition.proven_by}
    none = None if any(duty.about in MANY and duty.editions for duty in duties) else frozenset[UUID]()
    reach = Reach(proofs=dict.fromkeys({*kinds, MEETING}, town.book.since), households=none)
    return facts_of(town.book.narrowed(reach))


def _lines(town: Township, duties: Iterable[Duty], facts: Facts, due: Due) -> list[Line]:
    """Judge one by one."""
    only = replace(town.mechanism, duties={duty.id: duty for duty in duties})
    lines = open_to(standing(only, facts, asof=town.asof, between=(town.book.since, due[1])), None)
    return [line for line in lines if due[0] <= line.due <= due[1]]


def _case(line: Line) -> Case:
    assert isinstance(line.unit, UUID)
    return Case(line.duty, line.unit, line.period, line.verdict, line.late)


# ---------------------------------------------------------------- where there are many


def _add_many(found: Counted, town: Township, duty: Duty, asked: Sequence[Asked], due: Due) -> None:
    """Judge each distinct case of plain households once, and the others one by one."""
    kinds = sorted({kind for _, edition in asked for kind in edition.proven_by})
    plain, others = _households(town, duty)
    one_by_one = others | _told_of_otherwise(town, kinds, asked[0][0].first) | _waived_themselves(duty, found.facts)
    one_by_one &= others | plain.keys()
    if one_by_one:
        reach = Reach(proofs=dict.fromkeys(kinds, asked[0][0].first), households=frozenset(one_by_one))
        facts = replace(facts_of(town.book.narrowed(reach)), waivers=found.facts.waivers)
        found.lines.extend(_lines(town, [duty], facts, due))
    done = _done(town, asked)
    alike = Counter((told, done.get(house, NONE)) for house, told in plain.items() if house not in one_by_one)
    for (told, numbers), households in alike.items():
        for n, (period, edition) in enumerate(asked):
            case = _judged(town, duty, told, period, edition, numbers[n] if numbers else 0, found.facts)
            if case is not None:
                found.alike[case] += households


NONE: tuple[int, ...] = ()


def _judged(
    town: Township, duty: Duty, told: Plain, period: Period, edition: Edition, have: int, rest: Facts
) -> Case | None:
    """Judge the debt of one period about a plain household; none where it was not there at all."""
    span = Span(id=told.unit, unit=told.unit, since=told.since, until=told.until)
    debt = next(debts(duty, {(told.unit, None): [span]}, first=period.first, last=min(period.last, town.asof)), None)
    if debt is None:
        return None
    waivers = rest.waived.get((duty.id, period.name), ()) if rest.waivers else ()
    waived = any(w.about is None and w.by in (None, told.unit) and w.granted_on <= town.asof for w in waivers)
    verdict, late = judged(
        have=have, in_time=have, need=edition.need, over=town.asof > period.last, owed=debt.owed, waived=waived
    )
    return Case(duty.id, told.unit, period, verdict, late)


def _households(town: Township, duty: Duty) -> tuple[dict[UUID, Plain], set[UUID]]:
    """Tell the plain households of a duty from those to be looked at one by one."""
    columns = ("id", "village", "left_on", "called", "source_withdrawn", "wordings")
    rows = list(Household.objects.filter(log=town.log).values_list(*columns))
    called = {row[0]: row[3] for row in rows if row[3] is not None}
    others = {*called, *(current(name, called) for name in called)} | _moved(town.log, rows)
    stays = {row[0]: Plain(row[1], None, row[2]) for row in rows if row[0] not in others and not row[4]}
    if not MANY[duty.about]:
        return stays, others
    links = HelperLink.objects.filter(log=town.log, source_withdrawn=False).exclude(agreement="declined")
    helped: dict[UUID, Plain] = {}
    for house, since, until in links.values_list("household", "since", "until"):
        if house in helped:
            others.add(house)
        if house in stays:
            ends = min((day for day in (until, stays[house].until) if day), default=None)
            helped[house] = Plain(stays[house].unit, since, ends)
    return helped, others & ({*links.values_list("household", flat=True)} | called.keys() | set(called.values()))


OPENED = (
    "SELECT t.thing, e.id FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq"
    " WHERE t.log = %s AND t.how = %s AND t.thing IN (%in)"
)


def _moved(log: UUID, rows: Iterable[tuple[UUID, UUID, date | None, UUID | None, bool, str]]) -> set[UUID]:
    """Name the households whose village is not the one they were opened with, or was told again."""
    village_of = {}
    for row in rows:
        wordings = json.loads(row[5])
        if len(set(wordings.values())) > 1:
            village_of[row[0]] = wordings.get("village")
    opened = database.fetch_in(OPENED, [log, How.OPENS], village_of)
    by = {database.to_uuid(thing): database.dashed(entry) for thing, entry in opened}
    return {house for house, wording in village_of.items() if wording != by.get(house)}


def _told_of_otherwise(town: Township, kinds: Sequence[str], since: date) -> set[UUID]:
    """Name those of whom a record counts for an earlier period, or is denied by somebody it names."""
    proofs = Proof.objects.filter(log=town.log, kind__in=kinds, on__gte=since)
    earlier = proofs.exclude(counts_for="").values_list("about", flat=True)
    return {*earlier, *proofs.filter(id__in=town.book.denied()).values_list("about", flat=True)}


def _waived_themselves(duty: Duty, rest: Facts) -> set[UUID]:
    waivers = (waiver for waiver in rest.waivers if waiver.duty == duty.id)
    return {waiver.about for waiver in waivers if isinstance(waiver.about, UUID)}


# ---------------------------------------------------------------- what the database counts


def _done(town: Township, asked: Sequence[Asked]) -> dict[UUID, tuple[int, ...]]:
    """Count the records of each subject in each period, capped at what is needed. They come as one number a subject."""
    rules: defaultdict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
    for n, (_, edition) in enumerate(asked):
        rules[edition.proven_by, edition.need].append(n)
    found: dict[UUID, tuple[int, ...]] = {}
    for (kinds, need), which in rules.items():
        bits = need.bit_length()
        for start in range(0, len(which), MOST_BITS // bits):
            some = which[start : start + MOST_BITS // bits]
            for about, number in _numbers(town, kinds, need, [asked[n][0] for n in some]):
                digits = {n: number >> place * bits & (1 << bits) - 1 for place, n in enumerate(some)}
                before = found.get(about, (0,) * len(asked))
                found[about] = tuple([digits.get(n, have) for n, have in enumerate(before)])
    return found


NUMBERS = """
    SELECT about, CAST(SUM(share * often) AS BIGINT) FROM (
        SELECT about, CAST(CASE %(shares)s END AS BIGINT) AS share, %(often)s AS often
        FROM proof WHERE log = %%s AND kind IN (%(kinds)s) AND "on" BETWEEN %%s AND %%s AND counts_for = ''
        GROUP BY about, share
    ) shares WHERE share IS NOT NULL GROUP BY about
"""


def _numbers(town: Township, kinds: Sequence[str], need: int, periods: Sequence[Period]) -> Iterator[tuple[UUID, int]]:
    """Ask how often each subject was done for: a few bits of a number for each period."""
    bits = need.bit_length()
    shares = " ".join(f'WHEN "on" BETWEEN %s AND %s THEN {1 << place * bits}' for place in range(len(periods)))
    often = "1" if need == 1 else f"CASE WHEN COUNT(DISTINCT entry) < {need} THEN COUNT(DISTINCT entry) ELSE {need} END"
    sql = NUMBERS % {"shares": shares, "often": often, "kinds": ", ".join(["%s"] * len(kinds))}
    days = [day for period in periods for day in (period.first, period.last)]
    values = [*days, town.log, *kinds, periods[0].first, min(periods[-1].last, town.asof)]
    for about, number in database.fetch(sql, values):
        yield database.to_uuid(about), number
