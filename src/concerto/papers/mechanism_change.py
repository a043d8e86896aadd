"""What a proposed change of a duty would do, in words: who owes more or fewer, and what it costs in minutes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, pgettext

from concerto.papers.mechanism import BEARER_NAMES
from concerto.papers.standing.books import Book
from concerto.papers.standing.gathering import facts_of
from concerto.places.models import Unit
from concerto.places.sight import ROLE_NAMES, Role
from concerto.rulebook.burden import Cost, burden, read_village
from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.effect import Share, effect, moved
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner
from concerto.rulebook.period import Period
from concerto.rulebook.terms import BEARERS


@dataclass(frozen=True)
class Owes:
    """How many records somebody owes in the first turn, before and after, and how many more or fewer."""

    whose: str
    before: int
    after: int
    more: str


@dataclass(frozen=True)
class Minutes:
    """Minutes a month of one of the three, before and after: for the duty, and in all."""

    who: Any
    duty_before: str
    duty_after: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """All that a change does, in words and numbers."""

    over: Period | None
    owes: list[Owes]
    moves: list[tuple[str, date, date]]
    minutes: list[Minutes]
    ends: bool = False

    @property
    def is_all_alike(self) -> bool:
        """Tell whether nobody comes to owe more or fewer."""
        return all(one.before == one.after for one in self.owes)


def change_of(log: UUID, mechanism: Mechanism, duty: Duty, edition: Edition, *, asof: date) -> Change:
    """Work out what a change would do, from who is there on the day of looking."""
    facts = facts_of(Book(log, asof, asof))
    found = effect(mechanism, duty, edition, facts)
    names = dict(Unit.objects.filter(log=log).values_list("id", "name")) if found else {}
    moves = moved(duty.in_force(edition.since), edition, mechanism, edition.since)
    return Change(
        found.over if found else None,
        [_owes(share, names) for share in found.shares] if found else [],
        [(sort, before, after) for sort, (before, after) in moves.items()],
        list(_minutes(mechanism, duty, edition)),
        ends=edition.repealed,
    )


def _owes(share: Share, names: dict[UUID, str]) -> Owes:
    return Owes(_whose(share.owner, names), share.before, share.after, f"{share.more:+d}" if share.more else "0")


def _whose(owner: Owner | None, names: dict[UUID, str]) -> str:
    if owner is None:
        return gettext("all who owe it, together")
    unit = names.get(owner.id, "")  # type: ignore[arg-type]  # the ids of units are keys here
    return (
        pgettext("post", "{unit} {role}").format(unit=unit, role=ROLE_NAMES[Role(owner.role)]) if owner.role else unit
    )


def _minutes(mechanism: Mechanism, duty: Duty, edition: Edition) -> Iterator[Minutes]:
    village, on = read_village(), edition.since
    changed = replace(mechanism, duties={**mechanism.duties, duty.id: duty.amended(edition)})
    before, after = burden(mechanism, village, on=on), burden(changed, village, on=on)
    for who in BEARERS:
        told = [_sum(costs, who, one) for costs in (before, after) for one in (duty.id, "")]
        yield Minutes(BEARER_NAMES[who], f"{told[0]:.1f}", f"{told[2]:.1f}", f"{told[1]:.0f}", f"{told[3]:.0f}")


def _sum(costs: list[Cost], bearer: str, duty: str) -> float:
    return sum(cost.minutes for cost in costs if cost.bearer == bearer and duty in ("", cost.duty))
