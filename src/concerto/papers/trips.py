"""The ways of a week: what one account sees owed about households, and where these usually are this month."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.models import Household
from concerto.register.search import places_of
from concerto.rulebook.facts import Id
from concerto.rulebook.standing import Verdict
from concerto.rulebook.terms import terms
from concerto.rulebook.trips import Debt, Home, Proposal, proposed

from .naming import AT_ONCE
from .standing.workplace import Workplace

BY_CALL = frozenset({"phone_call", "change", "no_change"})  # what a call by telephone gives, too
SUNDAY = 6


def week_of(day: date) -> tuple[date, date]:
    """Give the Monday and the Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=SUNDAY)


def proposal(sight: Sight, place: Workplace, *, left_out: Collection[UUID] = ()) -> Proposal:
    """Propose the ways of the week of the day of looking, to households whose cards the reader may open."""
    debts = list(_debts(place))
    homes = _homes(sight, place, {debt.household for debt in debts if isinstance(debt.household, UUID)})
    return proposed(debts, homes, last=week_of(sight.day)[1], left_out=left_out)


def _debts(place: Workplace) -> Iterator[Debt]:
    """Give what is still to do about households, each thing once: nothing else becomes a stop."""
    duties, subjects = place.mechanism.duties, terms().subjects
    for alike in place.stacks:
        for line in alike.lines:
            duty = duties[line.duty]
            if "household" not in subjects[duty.about].of or not place.is_still_to_do(line):
                continue
            edition = duty.in_force(line.period.first)
            by_call = edition is not None and not BY_CALL.isdisjoint(edition.proven_by)
            turn, due, is_missed = line.period.name, line.due, line.verdict is Verdict.MISSED
            for about in alike.about:  # by the hundred: what they have alike is read once
                yield Debt(about, line.duty, turn, due, by_call, is_missed)


def _homes(sight: Sight, place: Workplace, wanted: Iterable[UUID]) -> dict[Id, Home]:
    order = {unit.id: at for at, unit in enumerate(in_code_order(place.town.book.units))}
    ids, found = sorted(wanted), dict[Id, Home]()
    columns = ("id", "village", "group", "number", "places", "reached_by", "best_months")
    for start in range(0, len(ids), AT_ONCE):
        rows: Any = Household.objects.seen_by(sight).here().filter(id__in=ids[start : start + AT_ONCE])
        for row in rows.values_list(
            *columns, named=True
        ):  # some hundred of them: a row in full costs ten times as much
            found[row.id] = _home(row, order.get(row.village, len(order)), sight.day.month)
    return found


def _home(row: Any, village_at: int, month: int) -> Home:
    here = next((usual.season for usual in places_of(row) if usual.holds_in(month)), "")
    ways = row.reached_by.split(",") if row.reached_by else []
    return Home(
        household=row.id,
        village=row.village,
        village_at=village_at,
        season=here,
        group=row.group,
        number=row.number,
        is_best=str(month) in row.best_months.split(","),
        takes_visits=not ways or "visit" in ways,
    )
