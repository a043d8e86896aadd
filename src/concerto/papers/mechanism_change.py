"""What a proposed change of a duty would do, in words: who owes more or fewer, and what it costs in minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, pgettext

from concerto.papers import duty_words
from concerto.papers.board.year import key
from concerto.papers.few import SMALL, few
from concerto.papers.mechanism import BEARER_NAMES
from concerto.papers.standing.books import Book
from concerto.papers.standing.gathering import facts_of
from concerto.places.models import Unit
from concerto.places.sight import ROLE_NAMES, Role, Sight
from concerto.places.units import in_code_order
from concerto.rulebook.burden import Cost, burden, counted_with, read_village
from concerto.rulebook.duty import Duty, Edition, Measure
from concerto.rulebook.effect import Share, effect, moved
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner
from concerto.rulebook.period import Period
from concerto.rulebook.terms import BEARERS


@dataclass(frozen=True)
class Owes:
    """How many records somebody owes in the first turn, before and after, and how many more or fewer."""

    whose: str
    before: str
    after: str
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
class Passed:
    """Minutes of one of the three that another duty bears otherwise, since a record counts once, at the largest."""

    who: Any
    title: str
    before: str
    after: str
    is_study: bool  # a record's study counts towards class hours: they need less beside it, or more


@dataclass(frozen=True)
class Change:
    """All that a change does, in words and numbers."""

    over: Period | None
    owes: list[Owes]
    moves: list[tuple[str, date, date]]
    minutes: list[Minutes]
    passed: list[Passed]
    counted_with: str  # other duties that count the records which settle this one too
    ends: bool = False
    is_all_alike: bool = False  # nobody comes to owe more or fewer


def change_of(sight: Sight, log: UUID, mechanism: Mechanism, duty: Duty, edition: Edition) -> Change:
    """Work out what a change would do, from who is there on the day of looking.

    Post by post it is told to the organizer alone, who proposes and answers it; to everybody else in all.
    """
    found = effect(mechanism, duty, edition, facts_of(Book(log, sight.day, sight.day)))
    shares = found.shares if found else ()
    moves = moved(duty.in_force(edition.since), edition, mechanism, edition.since)
    costs = _costs(mechanism, duty, edition)
    return Change(
        found.over if found else None,
        list(_told(log, shares, in_posts=sight.has(Role.TOWNSHIP_ORGANIZER))),
        [(sort, before, after) for sort, (before, after) in moves.items()],
        list(_minutes(duty, *costs)),
        list(_passed(mechanism, duty, *costs, on=edition.since)),
        duty_words.listed(_counted_with(mechanism, duty, edition)),
        ends=edition.repealed,
        is_all_alike=all(not share.more for share in shares),
    )


def _told(log: UUID, shares: Sequence[Share], *, in_posts: bool) -> Iterator[Owes]:
    """Say it post by post, or in all; what is owed by persons for themselves is told in all whoever reads."""
    if in_posts:
        yield from _by_post(log, [(share, share.owner) for share in shares if share.owner])
    yield from _in_all([share for share in shares if not (in_posts and share.owner)])


def _by_post(log: UUID, shares: Sequence[tuple[Share, Owner]]) -> Iterator[Owes]:
    """Say what each post and branch comes to owe, in the order of their units' codes."""
    units = in_code_order(Unit.objects.filter(log=log)) if shares else []
    order = {unit.id: n for n, unit in enumerate(units)}
    names = {unit.id: unit.name for unit in units}

    def place(owner: Owner) -> tuple[int, str]:
        return order.get(key(owner.id), -1), owner.role

    for share, owner in sorted(shares, key=lambda one: place(one[1])):
        more = f"{share.more:+d}" if share.more else "0"
        yield Owes(_whose(owner, names.get(key(owner.id), "")), str(share.before), str(share.after), more)


def _in_all(shares: Sequence[Share]) -> Iterator[Owes]:
    """Say what all come to owe together; under five no number stands, only whether it is more or fewer."""
    if not shares:
        return
    before, after = (sum(numbers) for numbers in zip(*((one.before, one.after) for one in shares), strict=True))
    way = pgettext("records", "more") if after > before else pgettext("records", "fewer")
    if 0 < abs(after - before) < SMALL:  # two numbers beside each other would tell the third
        yield Owes(_together(), few(before), way, few(abs(after - before)))
        return
    more = f"{after - before:+d}" if after != before else "0"
    if more != "0" and min(n for n in (before, after) if n) < SMALL:
        more = way
    yield Owes(_together(), few(before), few(after), more)


def _together() -> str:
    return gettext("all who owe it, together")


def _whose(owner: Owner, unit: str) -> str:
    return (
        pgettext("post", "{unit} {role}").format(unit=unit, role=ROLE_NAMES[Role(owner.role)]) if owner.role else unit
    )


def _costs(mechanism: Mechanism, duty: Duty, edition: Edition) -> tuple[list[Cost], list[Cost]]:
    """Count what all costs on the first day of a change, without it and with it."""
    village, on = read_village(), edition.since
    changed = replace(mechanism, duties={**mechanism.duties, duty.id: duty.amended(edition)})
    return burden(mechanism, village, on=on), burden(changed, village, on=on)


def _counted_with(mechanism: Mechanism, duty: Duty, edition: Edition) -> Iterator[str]:
    changed = replace(mechanism, duties={**mechanism.duties, duty.id: duty.amended(edition)})
    for other in counted_with(changed, read_village(), duty.id, on=edition.since):
        yield duty_words.title(mechanism.duties[other])


def _minutes(duty: Duty, before: list[Cost], after: list[Cost]) -> Iterator[Minutes]:
    for who in BEARERS:
        told = [_sum(costs, who, one) for costs in (before, after) for one in (duty.id, "")]
        yield Minutes(BEARER_NAMES[who], f"{told[0]:.1f}", f"{told[2]:.1f}", f"{told[1]:.0f}", f"{told[3]:.0f}")


def _passed(mechanism: Mechanism, duty: Duty, before: list[Cost], after: list[Cost], *, on: date) -> Iterator[Passed]:
    """Name the other duties whose cost moves with it: what one no longer counts of a record, another counts."""
    for who in BEARERS:
        for other in mechanism.duties.values():
            was, will = (f"{_sum(costs, who, other.id):.1f}" for costs in (before, after))
            if other.id != duty.id and was != will:
                edition = other.in_force(on)
                is_study = edition is not None and edition.measure is Measure.CLASS_HOURS
                yield Passed(BEARER_NAMES[who], duty_words.title(other), was, will, is_study)


def _sum(costs: list[Cost], bearer: str, duty: str) -> float:
    return sum(cost.minutes for cost in costs if cost.bearer == bearer and duty in ("", cost.duty))
