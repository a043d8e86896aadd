"""A year of what is owed, for looking: for each place, part and month one head a duty.

Places stand in the order of their codes and nothing here sorts or sums them: matters are shown, nobody is measured.
What is its person's alone is on no board.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from concerto.papers.standing.asking import Township
from concerto.papers.standing.books import Book, Reach
from concerto.papers.standing.counting import Case, counted
from concerto.papers.standing.gathering import facts_of
from concerto.papers.standing.local import mechanism_of
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import in_code_order
from concerto.register.access import all_units
from concerto.rulebook.duty import Duty
from concerto.rulebook.facts import Facts, Id
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import Period
from concerto.rulebook.standing import Line, Verdict, open_to, standing
from concerto.rulebook.terms import PARTS, terms

SHOWN = (UnitKind.VILLAGE, UnitKind.BRANCH)
STATES = ("missed", "open", "late", "waived", "met", "not_owed")
OWING = ("missed", "open", "late", "met")


@dataclass(frozen=True)
class Place:
    """One bracket of the score: a village with the branches that serve it, or a branch that serves none."""

    units: tuple[Unit, ...]

    @property
    def id(self) -> UUID:
        return self.units[0].id

    @property
    def name(self) -> str:
        return self.units[0].name

    @property
    def branches(self) -> list[Unit]:
        return [unit for unit in self.units if unit.kind == UnitKind.BRANCH]

    @property
    def keys(self) -> frozenset[UUID]:
        return frozenset(unit.id for unit in self.units)


@dataclass(frozen=True)
class Head:
    """How one duty stands in one unit at one due day, all it is owed about taken together.

    `lines` were judged one by one; of `alike` it is known how many stand in each state, and no more.
    """

    duty: Duty
    unit: Id
    period: Period
    due: date
    lines: tuple[Line, ...] = ()
    alike: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Missed if anything of it is missed, then open, late, met; waived or not owed only where all of it is.

        What asks of nobody yet, as a round before its first day, is not owed.
        """
        states = {state_of(line) for line in self.lines} | self.alike.keys()
        owed = states - {"waived", "not_owed"} or states
        return next((state for state in STATES if state in owed), "not_owed")

    @property
    def is_counted(self) -> bool:
        """Whether it is about households or members, or about several things: then it is said how many are done."""
        of = terms().subjects[self.duty.about].of
        return self.state != "not_owed" and (bool({"household", "member"} & set(of)) or self._in(*OWING) > 1)

    @property
    def counts_members(self) -> bool:
        """Whether its one line stands for the members of a branch."""
        return terms().subjects[self.duty.about].member

    @property
    def have(self) -> int:
        return sum(line.have for line in self.lines) if self.counts_members else self._in("met", "late")

    @property
    def need(self) -> int:
        return sum(line.need for line in self.lines) if self.counts_members else self._in(*OWING)

    @property
    def waived(self) -> int:
        """How many of what it is owed about were let go, where others of it are owed still."""
        return self._in("waived") if self.state != "waived" else 0

    def _in(self, *states: str) -> int:
        one_by_one = sum(state_of(line) in states for line in self.lines)
        return one_by_one + sum(self.alike.get(state, 0) for state in states)

    @property
    def late_on(self) -> date | None:
        """The last day on which something of it was made good."""
        days = [reason.on for line in self.lines for reason in line.because.counted if reason.code == "counted_late"]
        return max((day for day in days if day), default=None)


@dataclass(frozen=True)
class Year:
    """A year of some units, as of a day."""

    number: int
    asof: date
    mechanism: Mechanism
    facts: Facts
    lines: tuple[Line, ...]
    alike: Mapping[Case, int] = field(default_factory=dict)

    @property
    def heads(self) -> list[Head]:
        """Every head of the year, by due day, in the order of the mechanism."""
        order = {name: at for at, name in enumerate(self.mechanism.duties)}
        found: defaultdict[tuple[date, int, str], tuple[list[Line], Counter[str]]]
        found = defaultdict(lambda: ([], Counter()))
        told: dict[tuple[date, int, str], Line | Case] = {}
        every: list[Line | Case] = [*self.lines, *self.alike]
        for one in every:
            due = one.due if isinstance(one, Line) else one.period.last
            if due.year == self.number:
                place = due, order[one.duty], str(one.unit)
                told.setdefault(place, one)
                if isinstance(one, Line):
                    found[place][0].append(one)
                else:
                    found[place][1][state_of(one)] += self.alike[one]
        return [
            Head(self.mechanism.duties[told[p].duty], told[p].unit, told[p].period, p[0], tuple(lines), alike)
            for p, (lines, alike) in sorted(found.items(), key=lambda one: one[0])
        ]


def key(thing: Id) -> UUID:
    """Give an id as the key it is in the books."""
    assert isinstance(thing, UUID)
    return thing


def state_of(line: Line | Case) -> str:
    """Name how a line stands; met, but late, is a state of its own."""
    return "late" if line.late and line.verdict is Verdict.MET else line.verdict.value


def units_told_of(sight: Sight) -> frozenset[UUID]:
    """Name the units whose standing a reader may see: their own; of a county viewer, who sees counts alone, all."""
    if sight.log is not None and sight.has(Role.COUNTY_VIEWER):
        return sight.units | all_units(sight.log)
    return sight.units


def counts_alone(sight: Sight, unit: UUID) -> bool:
    """Tell whether a reader is told numbers of a unit and nothing else: no line, no record, no household."""
    return unit not in sight.units


def tells_lines(sight: Sight, head: Head) -> bool:
    """Tell whether a reader is told of a duty line by line.

    From above the village not of households: of one by itself nobody there is told why.
    """
    if counts_alone(sight, key(head.unit)):
        return False
    return head.unit in sight.near or "household" not in terms().subjects[head.duty.about].of


def places_of(sight: Sight, year: int) -> list[Place]:
    """List the villages with their branches that a reader may see in a year, in the order of their codes."""
    if sight.log is None:
        return []
    units = Unit.objects.filter(log=sight.log, id__in=units_told_of(sight), kind__in=SHOWN)
    first, last = date(year, 1, 1), date(year, 12, 31)
    known = [u for u in in_code_order(units) if (u.since or first) <= last and (u.until or last) >= first]
    villages: set[UUID | None] = {unit.id for unit in known if unit.kind == UnitKind.VILLAGE}
    together: dict[UUID, list[Unit]] = {}
    for unit in known:
        whose = unit.village if unit.village in villages and unit.village else unit.id
        together.setdefault(whose, []).append(unit)
    return [Place(tuple(some)) for some in together.values()]


def score_of(log: UUID, year: int, today: date, units: Collection[UUID]) -> Year:
    """Judge a year of many units: of what is owed about households by the hundred it is known how many stand how."""
    asof, since, days = _days(year, today)
    town = Township(log, asof, since=since)
    found = counted(town, days)
    lines = tuple(line for line in found.lines if line.unit in units)
    alike = {case: n for case, n in found.alike.items() if case.unit in units}
    return Year(year, asof, town.mechanism, found.facts, lines, alike)


def _days(year: int, today: date) -> tuple[date, date, tuple[date, date]]:
    """Say as of when a year is judged, what is read, and which days are asked about.

    A year that is over is judged by what came in until the end of the year after it; and what was asked for in the
    last quarter of the year before may be due in this one.
    """
    return min(today, date(year + 1, 12, 31)), date(year - 1, 10, 1), (date(year, 1, 1), date(year, 12, 31))


def year_of(log: UUID, year: int, today: date, units: Collection[UUID]) -> Year:
    """Judge a year of some units, every debt by itself."""
    asof, since, days = _days(year, today)
    book = Book(log, since, asof, reach=Reach(units=frozenset(units)))
    mechanism = mechanism_of(book)
    answers = frozenset(kind for duty in mechanism.duties.values() for kind in _of_matters(duty))
    facts = facts_of(book.narrowed(Reach(units=frozenset(units), anything=answers)))
    found = standing(mechanism, facts, asof=asof, between=days)
    lines = tuple(line for line in open_to(found, None) if line.unit in units)
    return Year(year, asof, mechanism, facts, lines)


def _of_matters(duty: Duty) -> Iterable[str]:
    """Name what answers a matter: it lies in no unit's books."""
    return (kind for edition in duty.editions if edition.within for kind in edition.proven_by)


def by_bar(heads: Iterable[Head]) -> dict[tuple[Id, str, int], list[Head]]:
    """Put heads where the score draws them: by unit, part and month."""
    found: defaultdict[tuple[Id, str, int], list[Head]] = defaultdict(list)
    for head in heads:
        found[head.unit, head.duty.part, head.due.month].append(head)
    return found


def in_bar(
    bars: dict[tuple[Id, str, int], list[Head]], place: Place, month: int, parts: Sequence[str] = PARTS
) -> list[Head]:
    """Give the heads of one place, month and some parts, unit by unit."""
    return [head for part in parts for unit in place.units for head in bars.get((unit.id, part, month), ())]
