"""The card of a household: who lives there, where and how it is reached, who helps it, what is open."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.register import words
from concerto.groundwork.counting import as_counted
from concerto.journal.kinds import words as said
from concerto.journal.models import Entry, Sealed, Touch
from concerto.papers.slips.calls import calls_about
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.branch.models import Matter
from concerto.parts.visits.models import VisitWish
from concerto.places.models import Account, PartyGroup, Unit, in_force
from concerto.places.sight import Sight
from concerto.register.current import aliases, current, names_of
from concerto.register.models import HelperLink, Household, Member, Resident
from concerto.register.search import head_of, log_of, places_of
from concerto.register.slips import serials_of

MOST_OPEN = 40
MOST_CHANGES = 12

CHANGES: dict[str, str | Promise] = {
    "household": pgettext_lazy("register entry", "Added to the register"),
    "household_change": pgettext_lazy("register entry", "Household changed"),
    "household_split": pgettext_lazy("register entry", "Split"),
    "merger": pgettext_lazy("register entry", "Merged"),
    "resident": pgettext_lazy("register entry", "Person added"),
    "resident_change": pgettext_lazy("register entry", "Person changed"),
    "helper": pgettext_lazy("register entry", "Helper named"),
    "helper_change": pgettext_lazy("register entry", "Helper changed"),
    "member": pgettext_lazy("register entry", "Party member added"),
    "member_change": pgettext_lazy("register entry", "Party membership changed"),
}


@dataclass(frozen=True)
class Person:
    """One of those who live there, as this reader may see them."""

    row: Resident
    name: str
    relation: str
    born: str
    phones: tuple[str, ...]
    may_call: bool
    aliases: tuple[str, ...]
    memberships: tuple["Membership", ...]
    told: "Source"

    @property
    def is_closed(self) -> bool:
        """Tell whether their words are locked or gone."""
        return self.row.restricted or self.row.erased


@dataclass(frozen=True)
class Source:
    """On which day something was last told, and by whom where that was said; no day where it never was."""

    on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Membership:
    """A membership of a branch, in words."""

    id: UUID
    words: str
    dates: str


@dataclass(frozen=True)
class UsualPlace:
    """A usual place, in words; `is_now` by the month alone."""

    season: str
    months: str
    words: str
    is_now: bool


@dataclass(frozen=True)
class Helper:
    """Who helps, and what the household said to it."""

    id: UUID
    name: str
    agreement: str
    dates: str
    is_past: bool
    has_end: bool = False
    is_to_ask: bool = False


@dataclass(frozen=True)
class Open:
    """A need or a matter that was opened and has no end yet."""

    entry: UUID
    title: str
    words: str
    on: date
    source_withdrawn: bool
    need: UUID | None = None
    slips: tuple[str, ...] = ()
    call_asked: date | None = None


@dataclass(frozen=True)
class Change:
    """One entry about the household or its people in the register."""

    id: UUID
    words: str
    on: date


@dataclass(frozen=True)
class Gone:
    """A name that is now called like this household."""

    id: UUID
    number: str


@dataclass(frozen=True)
class Card:
    """All that a card says besides its timeline."""

    row: Household
    title: str
    village: str
    near: bool
    names: frozenset[UUID]
    people: tuple[Person, ...]
    left: tuple[Person, ...]
    places: tuple[UsualPlace, ...]
    reached_by: str
    best_months: str
    helpers: tuple[Helper, ...]
    opened: tuple[Open, ...]
    changes: tuple[Change, ...]
    merged: tuple[Gone, ...]
    wish: str = ""
    places_told: Source = Source()

    @property
    def is_helped(self) -> bool:
        """Tell whether somebody helps it now."""
        return any(not helper.is_past for helper in self.helpers)

    @property
    def needs_a_helper(self) -> bool:
        """Tell whether nobody is linked with it, or only until a day that is named already."""
        return all(helper.has_end for helper in self.helpers)


def household_or_404(sight: Sight, house: UUID) -> Household:
    """Give a household whose card this reader may open; any other is not there."""
    found = Household.objects.seen_by(sight).filter(id=house).first()
    if found is None:
        raise Http404
    return found


def resident_or_404(sight: Sight, person: UUID) -> Resident:
    """Give somebody of a household whose card this reader may open."""
    found = Resident.objects.seen_by(sight).filter(id=person).first()
    if found is None:
        raise Http404
    return found


def card_of(sight: Sight, row: Household) -> Card:
    """Read a card in a fixed number of statements, however many people and names it has."""
    assert sight.log is not None
    near = row.village in sight.near
    names = names_of(row.id, aliases(sight.log, Household))
    residents = list(
        Resident.objects.filter(log=log_of(sight), household__in=names, source_withdrawn=False).order_by("id")
    )
    units = dict(Unit.objects.filter(log=log_of(sight)).values_list("id", "name"))
    memberships = _memberships(sight, residents, units)
    told = _told(sight.log, row, residents)
    people = [_person(r, near=near, memberships=memberships, told=told) for r in residents if r.called is None]
    living = [person for person in people if person.row.left_on is None]
    head = head_of(row, [person.row for person in living])
    living.sort(key=lambda person: (head is None or person.row.id != head.id, person.row.id))
    helpers = tuple(_helpers(sight, names, near=near))
    members = {one.id for some in memberships.values() for one in some}
    things = {*names, *(r.id for r in residents), *members, *(helper.id for helper in helpers)}
    return Card(
        row=row,
        title=words.title_of(row, head),
        village=units.get(row.village, ""),
        near=near,
        names=names,
        people=tuple(living),
        left=tuple(person for person in people if person.row.left_on is not None),
        places=tuple(_places(row, near=near, month=sight.day.month)),
        reached_by=words.listed(words.word_of(words.REACHED_BY, way) for way in row.reached_by.split(",") if way),
        best_months=_months(row),
        helpers=helpers,
        opened=tuple(_opened(sight, names, near=near)),
        changes=tuple(_changes(sight.log, things)),
        merged=_merged(sight.log, row.id, names),
        wish=_wish(sight, names),
        places_told=_latest(told, row.wordings, ["places"]),
    )


def _told(log: UUID, row: Household, people: Iterable[Resident]) -> dict[str, Source]:
    """Read by which entries the places and the people of a card were last told: of which day, and from whom."""
    wordings = {one for each in people for one in json.loads(each.wordings or "{}").values()}
    wordings |= {one for name, one in json.loads(row.wordings or "{}").items() if name == "places"}
    rows = Entry.objects.filter(log=log, id__in=wordings).values_list("id", "happened_on", "said")
    return {str(key): Source(on, _source(text)) for key, on, text in rows}


def _source(text: str) -> str:
    body = json.loads(text).get("body") or {}
    return said.word(said.TOLD_BY_WORDS, body["told_by"]) if body.get("told_by") else ""


def _latest(told: Mapping[str, Source], wordings: str, names: Iterable[str] | None = None) -> Source:
    """Give the latest of the entries that gave a thing its fields, or these of them."""
    kept: dict[str, str] = json.loads(wordings or "{}")
    found = [told[kept[name]] for name in (names or kept) if kept.get(name) in told]
    return max(found, key=lambda one: one.on or date.min, default=Source())


def _person(
    row: Resident, *, near: bool, memberships: dict[UUID, list[Membership]], told: Mapping[str, Source]
) -> Person:
    closed = row.restricted or row.erased
    numbers = [] if closed else json.loads(row.phones or "[]")
    return Person(
        row=row,
        name=words.called(row),
        relation=words.word_of(words.RELATIONS, row.relation),
        born=words.born_in(row) if near else "",
        phones=tuple(words.phones_shown(numbers, near=near)),
        may_call=near,
        aliases=() if closed else tuple(json.loads(row.aliases or "[]")),
        memberships=tuple(memberships.get(row.id, ())),
        told=_latest(told, row.wordings),
    )


def _memberships(sight: Sight, residents: Sequence[Resident], units: dict[UUID, str]) -> dict[UUID, list[Membership]]:
    called = {row.id: row.called for row in residents if row.called is not None}
    rows = Member.objects.filter(log=log_of(sight), resident__in=[row.id for row in residents], source_withdrawn=False)
    found: dict[UUID, list[Membership]] = {}
    members = list(rows.order_by("id"))
    wanted = {member.group for member in members if member.group}
    groups = (
        dict(PartyGroup.objects.filter(log=log_of(sight), id__in=wanted).values_list("id", "name")) if wanted else {}
    )
    for member in members:
        names = [units.get(member.branch, ""), groups.get(member.group, "") if member.group else ""]
        row = Membership(member.id, membership_words(member, names), words.since_words(member.since, member.until))
        found.setdefault(current(member.resident, called), []).append(row)
    return found


def membership_words(member: Member, names: Iterable[str]) -> str:
    """Say a membership in one line; why somebody is exempt or away is nowhere."""
    marks = [
        str(pgettext_lazy("member", "not required to attend")) if member.exempt else "",
        str(pgettext_lazy("member", "floating")) if member.floating else "",
    ]
    return words.said_on([words.word_of(words.STANDINGS, member.standing), *names, *marks])


def _places(row: Household, *, near: bool, month: int) -> Iterable[UsualPlace]:
    """Say where they usually are. The way there is sealed for those who work in the village."""
    for place in places_of(row):
        season = words.word_of(words.SEASONS, place.season)
        yield UsualPlace(season, words.months_words(place), place.words if near else "", place.holds_in(month))


def _months(row: Household) -> str:
    return words.listed(words.word_of(words.MONTH_CHOICES, month) for month in row.best_months.split(",") if month)


def _helpers(sight: Sight, names: frozenset[UUID], *, near: bool) -> Iterable[Helper]:
    """Say who helps. That a household does not want one is known in the village alone."""
    rows = HelperLink.objects.filter(log=log_of(sight), household__in=names, source_withdrawn=False).order_by("id")
    links = [link for link in rows if near or link.agreement != "declined"]
    called = dict(Account.objects.filter(id__in={link.helper for link in links}).values_list("id", "called"))
    for link in links:
        agreement = words.word_of(words.AGREEMENTS, link.agreement)
        past = link.until is not None and link.until < sight.day
        name = called.get(link.helper, "") if link.helper else ""
        to_ask = not (link.helps or past) and link.agreement == "not_asked"
        dates = words.since_words(link.since, link.until)
        yield Helper(link.id, name, agreement, dates, past, link.until is not None, to_ask)


def _wish(sight: Sight, names: frozenset[UUID]) -> str:
    """Say how often it wishes to be visited now: what it said last, "as usual" where it said nothing."""
    said_so = VisitWish.objects.seen_by(sight).filter(household__in=names).order_by("-on", "-seq")
    often = said_so.values_list("often", flat=True).first()
    return said.word(said.OFTEN_WORDS, often or "as_usual")


def _opened(sight: Sight, names: frozenset[UUID], *, near: bool) -> list[Open]:
    needs = AssistanceLine.objects.filter(log=log_of(sight), household__in=names, kind="need")
    matters = Matter.objects.filter(log=log_of(sight), household__in=names)
    rows = [*needs.order_by("-on", "-id")[:MOST_OPEN], *matters.order_by("-on", "-id")[:MOST_OPEN]]
    digests = [row.words for row in rows if row.words] if near else []
    sealed = Sealed.objects.filter(log=log_of(sight), digest__in=digests, audience="place") if digests else ()
    texts = {part.digest: part.text for part in sealed}
    needs_there = [row.id for row in rows if isinstance(row, AssistanceLine)]
    slips, calls = serials_of(log_of(sight), needs_there), calls_about(log_of(sight), needs_there)
    opened = [
        Open(
            row.entry,
            _title(row),
            texts.get(row.words, ""),
            row.on,
            row.source_withdrawn,
            row.id if isinstance(row, AssistanceLine) else None,
            tuple(slips.get(row.id, ())),
            calls.get(row.id),
        )
        for row in rows
    ]
    return sorted(opened, key=lambda one: one.on, reverse=True)


def _title(row: AssistanceLine | Matter) -> str:
    if isinstance(row, AssistanceLine):
        return said.word(said.NEED_WORDS, row.sort)
    return said.word(said.MATTER_WORDS, row.kind)


def _changes(log: UUID, things: Iterable[UUID]) -> Iterable[Change]:
    """Name the latest entries of the register about the household and its people: from here they are corrected."""
    about = Touch.objects.filter(log=log, thing__in=things, how__gte=2, how__lte=3)
    rows = Entry.objects.filter(log=log, seq__in=about.values("seq"), kind__in=CHANGES).order_by("-seq")
    for entry, kind, on in rows.values_list("id", "kind", "happened_on")[:MOST_CHANGES]:
        yield Change(entry, str(CHANGES[kind]), on)


def _merged(log: UUID, house: UUID, names: frozenset[UUID]) -> tuple[Gone, ...]:
    others = names - {house}
    if not others:
        return ()
    rows = Household.objects.filter(log=log, id__in=others, called__isnull=False)
    return tuple(Gone(row.id, row.number) for row in rows.order_by("number", "id"))


def groups_of_branch(log: UUID, branch: UUID, day: date) -> list[tuple[str, str]]:
    """Give the groups of a branch as the choices of a form."""
    rows = PartyGroup.objects.filter(in_force(day), log=log, branch=branch)
    named = sorted(rows.values_list("id", "name"), key=lambda one: (as_counted(one[1]), one[0]))
    return [(str(key), name) for key, name in named]
