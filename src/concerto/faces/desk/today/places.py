"""What is owed by place: a person makes trips, and one trip goes to the households of one settlement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext, ngettext, pgettext

from concerto.faces.desk.today.rows import Group, Owed
from concerto.papers.standing.workplace import Workplace
from concerto.places.sight import Sight
from concerto.register.posting import HouseholdRow

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
    rows = place.town.book.rows(HouseholdRow) if sight.log == place.log else ()
    return {
        row.id: Settlement(row.village, row.group)
        for row in rows
        if row.village in sight.cards or row.id in sight.things
    }


def by_place(
    rows: Sequence[Owed], shown: Sequence[Owed], where: Mapping[UUID, Settlement], units: Mapping[UUID, str]
) -> list[Group]:
    """Group rows by settlement, in the order of their villages' codes; what is about no household stands last."""
    order = in_order(units)

    def key(row: Owed) -> tuple[int, str]:
        place = where.get(row.line.about) if row.is_household else None  # type: ignore[arg-type]
        if place is None:
            return len(order) + 1, gettext("At no household")
        return order.get(place.village, len(order)), settlement_words(place, units)

    found: dict[tuple[int, str], list[Owed]] = {}
    for row in shown:
        found.setdefault(key(row), []).append(row)
    totals = [key(row) for row in rows]
    return [
        Group("place", name[1], some, totals.count(name))
        for name, some in sorted(found.items(), key=lambda one: one[0])
    ]


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
    rows: Sequence[Owed], where: Mapping[UUID, Settlement], units: Mapping[UUID, str], houses: Mapping[UUID, str]
) -> Trip | None:
    """Name the settlement where one trip settles most, if it is more than one household."""
    found: dict[Settlement, list[Owed]] = {}
    for row in rows:
        if row.is_household and not row.is_missed and (place := where.get(row.line.about)):  # type: ignore[arg-type]
            found.setdefault(place, []).append(row)
    if not found:
        return None
    place, some = max(found.items(), key=lambda one: (len(one[1]), settlement_words(one[0], units)))
    if len(some) < 2:
        return None
    names = [houses[row.line.about] for row in some if row.line.about in houses]  # type: ignore[index]
    lines = sum(len(row.lines) for row in some)
    households = ngettext("{n} household", "{n} households", len(some)).format(n=len(some))
    what = ngettext("{households}, {n} thing in one trip", "{households}, {n} things in one trip", lines)
    listed = pgettext("list", ", ").join(names[:MOST_NAMED])
    if len(some) > MOST_NAMED:
        listed = gettext("{names} and others").format(names=listed)
    return Trip(settlement_words(place, units), listed, what.format(households=households, n=lines))
