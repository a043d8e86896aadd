"""After every test here: counts are what counting the lines gives, and what is near is what all of it says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from concerto.papers.standing.asking import Township
from concerto.papers.standing.counting import Case, Due, count
from concerto.papers.standing.households import MANY
from concerto.papers.standing.near import near
from concerto.papers.standing.needs import NEED
from concerto.places.models import Account
from concerto.rulebook.duty import Duty, Unit
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.period import ONE_DAY
from concerto.rulebook.standing import Because, Line, Verdict, can_be_met, open_to, soonest_first, standing
from tests.cast import TOWNSHIP

AUTUMN, NEW_YEAR = date(2026, 9, 18), date(2027, 1, 12)
SUMMER = date(2026, 7, 1), date(2026, 7, 31)
WHOLE_YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def it_is_counted_as_it_is_listed(world):
    yield
    for asof in (AUTUMN, date(2026, 8, 1), NEW_YEAR):
        town = Township(TOWNSHIP, asof)
        lines = all_of(town)
        for due in (SUMMER, WHOLE_YEAR, (asof, asof + 120 * ONE_DAY)):
            assert count(town, due) == by_the_lines(lines, due)
        for who in (world.lin, world.ma, world.sec, world.wang, world.newcomer):
            found = near(TOWNSHIP, who.id, asof).lines_of(who.id)
            assert in_short(found) == in_short(still_to_do(lines, town, who, asof))


def by_the_lines(lines: list[Line], due: Due) -> Counter[Case]:
    return Counter(
        Case(one.duty, one.unit, one.period, one.verdict, one.late)
        for one in open_to(lines, None)
        if due[0] <= one.due <= due[1]
    )


def still_to_do(lines: list[Line], town: Township, who: Account, asof: date) -> list[Line]:
    """Of periods those that a record of this day could count for; of answers those that are waited for."""
    duties = town.mechanism.duties
    return [line for line in open_to(lines, who.id) if who.id in town.seen_by(line.by) and is_open(line, duties, asof)]


def is_open(line: Line, duties: Mapping[str, Duty], asof: date) -> bool:
    edition = duties[line.duty].in_force(line.period.first)
    if line.period.every is not None:
        return can_be_met(line.period, edition, asof)
    is_round = edition.within.unit is Unit.WINDOW
    return line.due >= asof if is_round else line.verdict not in (Verdict.MET, Verdict.NOT_OWED)


def in_short(lines: Iterable[Line]) -> list[Line]:
    """Leave out of what is owed about households and needs which records it rests on: the page that says why reads
    them."""
    return soonest_first(short(line) for line in lines)


def short(line: Line) -> Line:
    about = mechanism().duties[line.duty].about
    if about in MANY:
        return replace(line, proof=(), because=Because(line.because.due))
    if about == NEED:
        due = tuple(replace(reason, entry=None) for reason in line.because.due)
        return replace(line, because=line.because._replace(due=due))
    return line


def all_of(town: Township) -> list[Line]:
    two_years = date(town.asof.year - 1, 1, 1), date(town.asof.year, 12, 31)
    return standing(town.mechanism, town.facts, asof=town.asof, between=two_years)
