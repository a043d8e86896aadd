"""Who owes what: the subjects a duty speaks of, the owner of each, and who sees an owner's debts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .duty import Duty
from .facts import Absence, Dated, Facts, Id, Posting
from .period import ONE_DAY


class Owner(NamedTuple):
    """Who owes: a post (a role at a unit, whoever holds it), a branch, a member, a person, a desk."""

    sort: str
    id: Id
    role: str = ""

    def __str__(self) -> str:
        return f"{self.role}@{self.id}" if self.role else str(self.id)


@dataclass(frozen=True, kw_only=True)
class Span(Dated):
    """A subject is among those a duty speaks of, and lies in a unit."""

    id: Id
    unit: Id


class Debt(NamedTuple):
    """Somebody may owe something about a subject; whether they do, by the first day and the last one looked at."""

    by: Owner
    about: Id
    unit: Id
    why: str

    @property
    def owed(self) -> bool:
        """Whether it is owed."""
        return self.why == "there_on_both_days"


Spans = Mapping[tuple[Id, Id | None], list[Span]]


def spans_of(duty: Duty, facts: Facts) -> Spans:
    """Return the subjects of a duty, each with the spans in which it is one.

    What a branch owes it owes about those who are its own all the while; what a post owes about a household, and a
    person or member for themselves, goes on wherever they lie.
    """
    gathered: dict[tuple[Id, Id | None], list[Span]] = defaultdict(list)
    subjects = SUBJECTS.get(duty.about)
    for span in subjects(duty, facts) if subjects else ():
        gathered[span.id, span.unit if duty.owed_by == "branch" else None].append(span)
    return gathered


def debts(duty: Duty, spans: Spans, *, first: date, last: date) -> Iterator[Debt]:
    """Go through whoever was a subject on one day of a time at least; owed are those who were on its first and last."""
    for (subject, _), all_of_it in spans.items():
        seen = [s for s in all_of_it if (s.since is None or s.since <= last) and (s.until is None or first <= s.until)]
        if not seen:
            continue
        on_last = [span for span in seen if span.until is None or last <= span.until]
        why = "there_on_both_days" if on_last else "not_there_on_the_last_day"
        if not any(span.since is None or span.since <= first for span in seen):
            why = "not_there_on_the_first_day"
        where = on_last or seen
        unit = where[0].unit if len(where) == 1 else min(where, key=lambda span: str(span.unit)).unit
        yield Debt(owner_of(duty, subject, unit), subject, unit, why)


def owner_of(duty: Duty, subject: Id, unit: Id) -> Owner:
    """Name who owes a duty about a subject that lies in a unit."""
    if duty.owed_by == "post":
        return _owner("post", unit, duty.post)
    return _owner("branch", unit) if duty.owed_by == "branch" else Owner(duty.owed_by, subject)


@lru_cache(maxsize=1024)  # a post owes about its households by the hundred
def _owner(sort: str, unit: Id, role: str = "") -> Owner:
    return Owner(sort, unit, role)


def present(posting: Posting) -> Iterator[Span]:
    """Cut the days away out of a posting."""
    since = posting.since
    for absence in sorted(posting.absences, key=lambda absence: absence.since):
        if posting.until and absence.since > posting.until:
            break
        if since is None or since < absence.since:
            yield Span(id=posting.account, unit=posting.unit, since=since, until=absence.since - ONE_DAY)
        since = max(since or date.min, absence.until + ONE_DAY)
    if since is None or posting.until is None or since <= posting.until:
        yield Span(id=posting.account, unit=posting.unit, since=since, until=posting.until)


def _units(kind: str) -> Callable[[Duty, Facts], Iterator[Span]]:
    return lambda _duty, facts: (
        Span(id=unit.id, unit=unit.id, since=unit.since, until=unit.until) for unit in facts.units if unit.kind == kind
    )


def _members(*, exempt: bool | None) -> Callable[[Duty, Facts], Iterator[Span]]:
    """Members of branches; what they owe themselves is not owed while they are absent."""
    return lambda duty, facts: (
        Span(id=told.member, unit=told.branch, since=told.since, until=told.until)
        for told in facts.memberships
        if exempt in (None, told.exempt) and not (told.absent and duty.owed_by == "member")
    )


def _seats(*, secretary: bool) -> Callable[[Duty, Facts], Iterator[Span]]:
    return lambda _duty, facts: (
        Span(id=told.member, unit=told.branch, since=told.since, until=told.until)
        for told in facts.seats
        if secretary or told.seat != "secretary"
    )


def _committees(_duty: Duty, facts: Facts) -> Iterator[Span]:
    """A branch has a committee while somebody beside the secretary and the deputy sits on it."""
    for told in facts.seats:
        if told.seat == "committee":
            yield Span(id=told.branch, unit=told.branch, since=told.since, until=told.until)


def _groups(_duty: Duty, facts: Facts) -> Iterator[Span]:
    return (Span(id=group.id, unit=group.branch, since=group.since, until=group.until) for group in facts.groups)


def _instructors(_duty: Duty, facts: Facts) -> Iterator[Span]:
    return (span for posting in facts.postings if posting.role == "instructor" for span in present(posting))


def _households(_duty: Duty, facts: Facts) -> Iterator[Span]:
    return (Span(id=stay.household, unit=stay.village, since=stay.since, until=stay.until) for stay in facts.stays)


def _helped(_duty: Duty, facts: Facts) -> Iterator[Span]:
    """A household is helped while it has a link, to whomever, and lives in a village here."""
    stays: dict[Id, list[Span]] = defaultdict(list)
    for stay in _households(_duty, facts):
        stays[stay.id].append(stay)
    for link in facts.links:
        for stay in stays[link.household]:
            since = _later(link.since, stay.since)
            until = _sooner(link.until, stay.until)
            if since is None or until is None or since <= until:
                yield Span(id=stay.id, unit=stay.unit, since=since, until=until)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _sooner(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


SUBJECTS: Mapping[str, Callable[[Duty, Facts], Iterable[Span]]] = {
    "branch": _units("branch"),
    "branch_with_committee": _committees,
    "party_group": _groups,
    "member": _members(exempt=None),
    "exempt_member": _members(exempt=True),
    "non_exempt_member": _members(exempt=False),
    "committee_member": _seats(secretary=False),
    "secretary_and_committee": _seats(secretary=True),
    "instructor": _instructors,
    "household": _households,
    "helped_household": _helped,
}


def who_sees(owner: Owner, facts: Facts, *, on: date) -> tuple[Id, ...]:
    """Return the accounts that see an owner's debts on the day of looking.

    A post's are seen by all who hold it that day, by the deputy of whoever is away, and while nobody does by the
    secretary, then the organizer; a branch's by secretary and instructor; a desk's by all who serve there, of a village
    by its instructor as of a post; a person's by that person.
    """
    if owner.sort in OF_A_MATTER and _is_village(owner.id, facts):
        owner = Owner("post", owner.id, "instructor")
    if owner.sort == "post":
        here = around(owner.id, facts)
        for units, role in ((here, owner.role), (here, "branch_secretary"), (_above(here, facts), ORGANIZER)):
            if found := _serving(facts, units, {role}, on):
                return found
        return ()
    if owner.sort == "branch":
        here = around(owner.id, facts)
        found = _serving(facts, here, {"branch_secretary", "instructor"}, on)
        return found or _serving(facts, _above(here, facts), {ORGANIZER}, on)
    serving = {posting.role for posting in facts.postings if posting.unit == owner.id}
    return _serving(facts, {owner.id}, serving, on) or (owner.id,)


ORGANIZER = "township_organizer"
OF_A_MATTER = frozenset({"desk", "owner"})  # until somebody in the village owns it, a need is its post's


def _is_village(unit: Id, facts: Facts) -> bool:
    return any(told.id == unit and told.kind in ("village", "branch") for told in facts.units)


def around(unit: Id, facts: Facts) -> set[Id]:
    """Name a village and the branches that serve it, from either side."""
    villages = {unit, *facts.villages.get(unit, ())}
    return villages | {one for village in villages for one in facts.serving.get(village, ())}


def _above(units: set[Id], facts: Facts) -> set[Id]:
    return {told.township for told in facts.units if told.id in units and told.township}


def _serving(facts: Facts, units: set[Id], roles: set[str], on: date) -> tuple[Id, ...]:
    found: set[Id] = set()
    for posting in facts.postings:
        if posting.unit in units and posting.role in roles and posting.runs(on):
            away = next((absence for absence in posting.absences if _away(absence, on)), None)
            found |= {posting.account} if away is None else {away.deputy} if away.deputy else set()
    return tuple(sorted(found, key=str))


def _away(absence: Absence, on: date) -> bool:
    return absence.since <= on <= absence.until
