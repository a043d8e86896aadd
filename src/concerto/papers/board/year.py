"""A year of what is owed, for looking: for each place, part and month one head a duty.

Places stand in the order of their codes and nothing here sorts or sums them: matters are shown, nobody is measured.
What is its person's alone is on no board.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.papers.standing.books import Book, Reach
from concerto.papers.standing.gathering import facts_of
from concerto.papers.standing.local import mechanism_of
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import in_code_order
from concerto.register.access import all_units
from concerto.rulebook.duty import Duty
from concerto.rulebook.facts import Facts, Id
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.standing import Line, Verdict, open_to, standing
from concerto.rulebook.terms import PARTS, terms

SHOWN = (UnitKind.VILLAGE, UnitKind.BRANCH)
STATES = ("missed", "open", "late", "waived", "met", "not_owed")


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
    """How one duty stands in one unit at one due day, all it is owed about taken together."""

    duty: Duty
    unit: Id
    due: date
    lines: tuple[Line, ...]

    @property
    def state(self) -> str:
        """Missed if anything of it is missed, then open, late, met; waived or not owed only where all of it is."""
        states = {state_of(line) for line in self.lines}
        owed = states - {"waived", "not_owed"} or states
        return next(state for state in STATES if state in owed)

    @property
    def is_counted(self) -> bool:
        """Whether it is about households or members, or about several things: then it is said how many are done."""
        of = terms().subjects[self.duty.about].of
        return self.state != "not_owed" and (bool({"household", "member"} & set(of)) or len(self.owing) > 1)

    @property
    def counts_members(self) -> bool:
        """Whether its one line stands for the members of a branch."""
        return terms().subjects[self.duty.about].member

    @property
    def owing(self) -> list[Line]:
        return [line for line in self.lines if state_of(line) in ("missed", "open", "late", "met")]

    @property
    def have(self) -> int:
        if self.counts_members:
            return sum(line.have for line in self.lines)
        return sum(line.verdict is Verdict.MET for line in self.lines)

    @property
    def need(self) -> int:
        return sum(line.need for line in self.lines) if self.counts_members else len(self.owing)

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

    @property
    def heads(self) -> list[Head]:
        """Every head of the year, by due day, in the order of the mechanism."""
        order = {name: at for at, name in enumerate(self.mechanism.duties)}
        found: defaultdict[tuple[date, int, str], list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.due.year == self.number:
                found[line.due, order[line.duty], str(line.unit)].append(line)
        return [
            Head(self.mechanism.duties[some[0].duty], some[0].unit, due, tuple(some))
            for (due, _, _), some in sorted(found.items(), key=lambda one: one[0])
        ]


def key(thing: Id) -> UUID:
    """Give an id as the key it is in the books."""
    assert isinstance(thing, UUID)
    return thing


def state_of(line: Line) -> str:
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


def year_of(log: UUID, year: int, today: date, units: Collection[UUID]) -> Year:
    """Judge a year of some units. One that is over is judged by what came in until the end of the year after it."""
    asof = min(today, date(year + 1, 12, 31))
    since = date(year - 1, 10, 1)  # what was asked for in the last quarter of the year before may be due in this one
    book = Book(log, since, asof, reach=Reach(units=frozenset(units)))
    mechanism = mechanism_of(book)
    answers = frozenset(kind for duty in mechanism.duties.values() for kind in _of_matters(duty))
    facts = facts_of(book.narrowed(Reach(units=frozenset(units), anything=answers)))
    found = standing(mechanism, facts, asof=asof, between=(date(year, 1, 1), date(year, 12, 31)))
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
