"""What is owed by place: a person makes trips, and one trip goes to the households of one settlement."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, ngettext, pgettext

from concerto.faces.desk.today.grouping import Group, Pile, page_of, turn_of
from concerto.faces.desk.today.rows import Owed, Stack
from concerto.papers.standing.workplace import Workplace
from concerto.places.sight import Sight
from concerto.rulebook.facts import Id

MOST_NAMED = 6


@dataclass(frozen=True)
class Settlement:
    """Where several households live: a village and the group in it."""

    village: UUID
    group: str


def settlements(sight: Sight, place: Workplace) -> dict[UUID, Settlement]:
    """Tell where the households live that its debts are about, of those whose cards may be opened.

    They were read to know what is owed, so they are not read again.
    """
    found: dict[UUID, Settlement] = {}
    for (village, group), houses in place.town.homes.items() if sight.log == place.log else ():
        seen = [house for house in houses if sight.opens(house, village=village)]
        found |= dict.fromkeys(seen, Settlement(village, group))
    return found


def in_trips(stacks: Iterable[Stack], where: Mapping[UUID, Settlement], units: Mapping[UUID, str]) -> Iterator[Pile]:
    """Put stacks by settlement, in the order of their villages' codes; what is about no household stands last."""
    order = in_order(units)
    for stack in stacks:
        for place, about in _apart(stack, where).items():
            at = (order.get(place.village, len(order)), place.group) if place else (len(order) + 1, "")
            yield Pile((*at, *turn_of(stack)), stack, about)


def by_place(
    piles: Iterable[Pile], shown: Iterable[Owed], where: Mapping[UUID, Settlement], units: Mapping[UUID, str]
) -> list[Group]:
    """Group rows by settlement, as they are ordered."""
    order = in_order(units)

    def key(about: Any, *, is_household: bool) -> tuple[int, str]:
        place = where.get(about) if is_household else None
        if place is None:
            return len(order) + 1, gettext("At no household")
        return order.get(place.village, len(order)), settlement_words(place, units)

    found: dict[tuple[int, str], list[Owed]] = {}
    for row in shown:
        found.setdefault(key(row.line.about, is_household=row.is_household), []).append(row)
    totals: Counter[tuple[int, str]] = Counter()
    for pile in piles:
        totals[key(pile.about[0], is_household=pile.stack.row.is_household)] += len(pile.about)
    return [Group("place", name[1], some, totals[name]) for name, some in sorted(found.items(), key=lambda one: one[0])]


def _apart(stack: Stack, where: Mapping[UUID, Settlement]) -> dict[Settlement | None, list[Id]]:
    found: dict[int, tuple[Settlement | None, list[Id]]] = {}
    for about in stack.about:
        place = where.get(about)  # type: ignore[arg-type]
        found.setdefault(id(place), (place, []))[1].append(about)
    return dict(found.values())


def in_order(units: Mapping[UUID, str]) -> dict[UUID, int]:
    """Number the units as they are listed: by their codes."""
    return {unit: n for n, unit in enumerate(units)}


def settlement_words(place: Settlement, units: Mapping[UUID, str]) -> str:
    """Name a settlement: the village, and its group where it has one."""
    village = units.get(place.village, "")
    return gettext("{village}, {group}").format(village=village, group=place.group) if place.group else village


@dataclass(frozen=True)
class Trip:
    """One way that settles much: whom one meets there, and how many lines that is."""

    where: str
    names: str
    what: str


def on_the_way(
    stacks: Sequence[Stack], where: Mapping[UUID, Settlement], units: Mapping[UUID, str], houses: Mapping[UUID, str]
) -> Trip | None:
    """Name the settlement where one trip settles most, if it is more than one household."""
    found: dict[Settlement, list[tuple[Stack, list[Id]]]] = {}
    apart: dict[int, dict[Settlement | None, list[Id]]] = {}  # several stacks are often about the same households
    for stack in stacks:
        if stack.row.is_household and not stack.row.is_missed:
            if id(stack.about) not in apart:
                apart[id(stack.about)] = _apart(stack, where)
            for at, about in apart[id(stack.about)].items():
                if at is not None:
                    found.setdefault(at, []).append((stack, about))
    rows = {at: sum(len(about) for _, about in some) for at, some in found.items()}
    if max(rows.values(), default=0) < 2:
        return None
    place = max(rows, key=lambda at: (rows[at], settlement_words(at, units)))
    lines = sum(len(stack.row.lines) * len(about) for stack, about in found[place])
    households = ngettext("{n} household", "{n} households", rows[place]).format(n=rows[place])
    what = ngettext("{households}, {n} thing in one trip", "{households}, {n} things in one trip", lines)
    known = (Pile(turn_of(stack), stack, [one for one in about if one in houses]) for stack, about in found[place])
    names = [houses[about] for _, about in page_of(known, 0, MOST_NAMED)]  # type: ignore[index]
    listed = pgettext("list", ", ").join(names)
    if rows[place] > MOST_NAMED:
        listed = gettext("{names} and others").format(names=listed)
    return Trip(settlement_words(place, units), listed, what.format(households=households, n=lines))
