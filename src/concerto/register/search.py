"""Finding households: by any name of theirs, in signs or in pinyin, by the tail of a phone, by number; page by page."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from concerto.groundwork import phones
from concerto.groundwork.counting import as_counted
from concerto.groundwork.letters import packed
from concerto.groundwork.names import search_form
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Sight

from .current import aliases, current
from .models import HelperLink, Household, HouseholdQuerySet, Resident

NOWHERE = UUID(int=0)
MOST_FOUND = 400  # who looks for "a" in a township narrows it; more than this nobody reads
MOST_COUNTED = 1000
NO_NUMBER = 99
TAIL = 4


@dataclass(frozen=True)
class Filters:
    """What a list of households is narrowed to; nothing set is all that are here."""

    village: UUID | None = None
    group: str = ""
    season: str = ""
    helped: str = ""
    left: bool = False


class Met(NamedTuple):
    """Somebody of a household who fits what was looked for."""

    household: UUID
    name: str


def log_of(sight: Sight) -> UUID:
    """Give the township a sight is of; a sight of none looks where nothing is."""
    return sight.log or NOWHERE


def matching(text: str) -> Q | None:
    """Say which residents fit a text: a name or a part of one, pinyin, initials, digits of a phone; None fits nobody.

    Latin letters are the beginning of a reading, so that `ml` finds whoever is called 木拉提; signs may stand anywhere.
    """
    written = packed(text).replace("-", "")
    if written.isdigit():
        if len(written) < TAIL:
            return None
        return _word(written) if len(written) == TAIL else Q(phones__contains=written) | _landline(written)
    key = search_form(text)
    if not key:
        return None
    return _word(key) if key.isascii() else Q(search__contains=key)


def _word(key: str) -> Q:
    return Q(search__startswith=key) | Q(search__contains=f" {key}")


def _landline(digits: str) -> Q:
    number = phones.clean_phone(digits)
    return Q(phones__contains=number) if number else Q(pk__in=[])


def people_met(sight: Sight, text: str) -> list[Met]:
    """Find who fits a text, under the names their households have now. The locked and the erased are not found."""
    wanted = matching(text)
    if wanted is None or sight.log is None:
        return []
    found = Resident.objects.seen_by(sight).here().filter(wanted, restricted=False)
    called = aliases(sight.log, Household)
    rows = found.order_by("id").values_list("household", "name")[:MOST_FOUND]
    return [Met(current(household, called), name) for household, name in rows]


def villages_of(sight: Sight) -> list[Unit]:
    """Give the villages whose households this reader may open, in the order of their codes."""
    if sight.log is None:
        return []
    found = Unit.objects.filter(log=sight.log, id__in=sight.cards, kind=UnitKind.VILLAGE)
    return list(found.order_by("code", "id"))


def households(sight: Sight, filters: Filters, *, villages: Sequence[UUID], text: str = "") -> HouseholdQuerySet:
    """Ask for the households of a list, in the order of villages and of their own numbers."""
    seen = Household.objects.seen_by(sight)
    asked = seen.filter(called__isnull=True, left_on__isnull=False) if filters.left else seen.here()
    if filters.village:
        asked = asked.filter(village=filters.village)
    if filters.group:
        asked = asked.filter(group=filters.group)
    if filters.season:
        asked = asked.filter(places__contains=f'"season":"{filters.season}"')
    if filters.helped:
        helped = HelperLink.objects.on(sight.day).filter(log=log_of(sight)).values("household")
        asked = asked.filter(id__in=helped) if filters.helped == "yes" else asked.exclude(id__in=helped)
    if text:
        asked = asked.filter(_numbered(text) | Q(id__in={met.household for met in people_met(sight, text)}))
    return _in_order(asked, villages)


def _numbered(text: str) -> Q:
    number = packed(text)
    padded = [number.zfill(length) for length in (2, 3, 4)] if number.isdigit() else []
    return Q(number__in=[number, *padded])


def _in_order(asked: HouseholdQuerySet, villages: Sequence[UUID]) -> HouseholdQuerySet:
    places = [When(village=village, then=Value(at)) for at, village in enumerate(villages)]
    last = Value(len(villages))
    village_at = Case(*places, default=last, output_field=IntegerField()) if places else last
    digits = Case(When(number="", then=Value(NO_NUMBER)), default=Length("number"))  # who has none stands last
    return asked.annotate(village_at=village_at, digits=digits).order_by("village_at", "digits", "number", "id")


def after(asked: HouseholdQuerySet, row: UUID | None) -> HouseholdQuerySet:
    """Go on behind one household of the same list; one that is not in it begins at the start."""
    columns = ("village_at", "digits", "number", "id")  # two of them are asked for by `households`
    last = asked.filter(id=row).values_list(*columns).first() if row else None
    if last is None:
        return asked
    village_at, digits, number, key = last
    return asked.filter(
        Q(village_at__gt=village_at)
        | Q(village_at=village_at, digits__gt=digits)
        | Q(village_at=village_at, digits=digits, number__gt=number)
        | Q(village_at=village_at, digits=digits, number=number, id__gt=key)
    )


def groups_of(sight: Sight, village: UUID | None) -> list[str]:
    """List the groups that stand on households a reader may open."""
    asked = Household.objects.seen_by(sight).here().exclude(group="")
    if village:
        asked = asked.filter(village=village)
    found = asked.order_by().values_list("group", flat=True).distinct()[:60]
    return sorted(found, key=as_counted)


@dataclass(frozen=True)
class Listed:
    """One household of a list: who is head, how many people, whether somebody helps it."""

    row: Household
    head: Resident | None
    people: int
    helped: bool
    met: tuple[str, ...] = ()


def listed(
    sight: Sight, rows: Sequence[Household], *, met: Iterable[Met] = (), helpers_shown: bool = True
) -> list[Listed]:
    """Read what a list says of its households: three statements, however many there are."""
    if sight.log is None or not rows:
        return []
    names = _names(sight.log, [row.id for row in rows])
    living: dict[UUID, list[Resident]] = {row.id: [] for row in rows}
    for person in Resident.objects.filter(log=sight.log, household__in=names).here().order_by("id"):
        living[names[person.household]].append(person)
    links = HelperLink.objects.on(sight.day).filter(log=sight.log, household__in=names)
    helped = {names[house] for house in links.values_list("household", flat=True)} if helpers_shown else set()
    found: dict[UUID, list[str]] = {}
    for one in met:
        found.setdefault(one.household, []).append(one.name)
    return [_listed(row, living[row.id], row.id in helped, found.get(row.id, ())) for row in rows]


def _names(log: UUID, rows: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Give every name that is now called like one of these, itself included."""
    called, now = aliases(log, Household), set(rows)
    return {name: name for name in now} | {name: house for name in called if (house := current(name, called)) in now}


def _listed(row: Household, people: Sequence[Resident], helped: bool, met: Sequence[str]) -> Listed:  # noqa: FBT001
    head = head_of(row, people)
    others = tuple(name for name in dict.fromkeys(met) if head is None or name != head.name)
    return Listed(row, head, len(people), helped, others)


class Living(Protocol):
    """Somebody of a household, however read."""

    @property
    def id(self) -> UUID: ...
    @property
    def relation(self) -> str: ...


class Headed(Protocol):
    """A household, however read."""

    @property
    def head(self) -> UUID | None: ...


L = TypeVar("L", bound=Living)


def head_of(row: Headed, people: Iterable[L]) -> L | None:
    """Find the head: who is named as such, else who says so of themselves, else the first of those who live there."""
    living = list(people)
    named = [p for p in living if p.id == row.head] or [p for p in living if p.relation == "head"] or living
    return named[0] if named else None


class Place(NamedTuple):
    """Where a household usually is from a month to a month; never a dated whereabouts."""

    season: str
    since: int
    until: int
    words: str

    def holds_in(self, month: int) -> bool:
        """Tell whether a month lies in it; a winter may go over the new year.

        >>> Place("winter", 10, 3, "").holds_in(1), Place("winter", 10, 3, "").holds_in(4)
        (True, False)
        """
        if self.since <= self.until:
            return self.since <= month <= self.until
        return month >= self.since or month <= self.until


def places_of(row: Household) -> Iterator[Place]:
    """Read the usual places of a household in the order they were written."""
    for place in json.loads(row.places or "[]"):
        yield Place(place["season"], place["from"], place["to"], place["words"])


def same_number(sight: Sight, *, village: UUID, number: str) -> QuerySet[Household]:
    """Ask for the households of a village that have this number, whatever noughts stand before it."""
    homes = Household.objects.seen_by(sight).here().filter(village=village, erased=False)
    return homes.filter(_numbered(packed(number).lstrip("0") or number))


def likely_same(sight: Sight, *, village: UUID, name: str, identity: str = "") -> QuerySet[Resident]:
    """Ask for people who may be the same: the same identity hash anywhere in sight, or the same name in the village."""
    homes = Household.objects.filter(log=log_of(sight), village=village, called__isnull=True).values("id")
    same = Q(name=name, household__in=homes) if name else Q(pk__in=[])
    if identity:
        same |= Q(identity=identity)
    return Resident.objects.seen_by(sight).here().filter(same, restricted=False)
