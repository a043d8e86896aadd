"""Records that nearly count for a turn and don't, where what is told to the rulebook no longer shows them.

A record that was withdrawn proves nothing, one that met nobody never did, and a meeting with half of its base absent
was held and proves nothing: none of them is a proof, so the rulebook cannot say so. Here they are looked up for one
line, since a page that says why is asked by somebody who knows that they went there.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from concerto.journal.kinds.preview import NOT_MET
from concerto.journal.models import Entry, Proof, Touch
from concerto.journal.said import Said, read_said
from concerto.parts.branch.models import Matter
from concerto.parts.visits.models import Visit
from concerto.register.current import aliases, names_of
from concerto.register.models import Household, Member
from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.period import Period
from concerto.rulebook.standing import Line
from concerto.rulebook.tally import BESIDE_IT, Reason
from concerto.rulebook.terms import terms

AROUND = timedelta(days=31)  # what lies further from a turn was not meant for it
MOST = 40
CHANGES = frozenset({"change", "no_change"})


def near_misses(log: UUID, duty: Duty, line: Line, *, asof: date) -> list[Reason]:
    """List what nearly counts for a line, by its day; what the rulebook says well enough is not said again."""
    edition = duty.in_force(line.period.first)
    subject = terms().subjects.get(duty.about)
    if edition is None or subject is None:
        return []
    said = {reason.entry for reason in line.because.counted}
    said |= {reason.entry for reason in line.because.not_counted if reason.code != BESIDE_IT}  # what it lacked
    if "household" in subject.of:
        found = [*_calls(log, line, edition, asof), *_withdrawn(log, "visit", _houses(log, line), line.period)]
    elif "person" in subject.of:
        own = Entry.objects.filter(log=log, author=line.by.id, kind="own_study")
        found = list(_taken_back(log, own, line.period))
    elif line.about == line.unit and "branch" in subject.of:
        found = [*_meetings(log, line, edition, asof), *_withdrawn(log, "meeting", _members(log, line), line.period)]
    elif "group" in subject.of:
        found = list(_of_a_group(log, line, edition, asof))
    else:
        found = []
    once = {reason.entry: reason for reason in reversed(found) if reason.entry not in said}
    return sorted(once.values(), key=lambda reason: (reason.on or date.min, str(reason.entry)))[:MOST]


def _span(period: Period, asof: date) -> tuple[date, date]:
    return period.first - AROUND, min(period.last + AROUND, asof)


def _calls(log: UUID, line: Line, edition: Edition, asof: date) -> Iterator[Reason]:
    """Calls that met nobody, that asked of no change where that is owed, or that lie outside of the turn."""
    rows: QuerySet[Any] = Visit._default_manager.filter(
        log=log, household__in=_houses(log, line), on__range=_span(line.period, asof)
    )
    columns = ("entry", "on", "kind", "state", "change")
    for entry, on, kind, state, change in rows.order_by("on", "id").values_list(*columns):
        if state in NOT_MET and state != "declined":
            if line.period.holds(on):
                yield Reason("nobody_was_met", entry, on, state)
        elif line.period.holds(on):
            if change == "not_asked" and CHANGES & set(edition.proven_by) and state == "met":
                yield Reason("change_was_not_asked", entry, on, kind)
        elif _would_count(kind, state, change, edition):
            yield Reason("outside_the_period", entry, on, kind)


def _would_count(kind: str, state: str, change: str, edition: Edition) -> bool:
    proven = {"declined" if state == "declined" and kind == "visit" else kind}
    if change in ("no_change", "changed") or (state == "declined" and kind == "phone_call"):
        proven.add("change" if change == "changed" else "no_change")
    return bool(proven & set(edition.proven_by))


def _meetings(log: UUID, line: Line, edition: Edition, asof: date) -> Iterator[Reason]:
    """Meetings with half of their base absent, and those outside of the turn."""
    held = Matter.objects.filter(log=log, unit=line.unit, kind__in=edition.proven_by)
    rows = held.filter(on__range=_span(line.period, asof))
    for entry, on, kind, state in rows.order_by("on", "id").values_list("entry", "on", "kind", "state"):
        if not line.period.holds(on):
            yield Reason("outside_the_period", entry, on, kind)
        elif state == "half_absent":
            yield Reason("half_was_absent", entry, on, kind)


def _of_a_group(log: UUID, line: Line, edition: Edition, asof: date) -> Iterator[Reason]:
    """Meetings of the same group outside of the turn: of another group's none is told."""
    held = Proof.objects.filter(log=log, about=line.about, kind__in=edition.proven_by)
    rows = held.filter(on__range=_span(line.period, asof)).order_by("on", "id")
    for entry, on, kind in rows.values_list("entry", "on", "kind"):
        if not line.period.holds(on):
            yield Reason("outside_the_period", entry, on, kind)


def _withdrawn(log: UUID, kind: str, things: Iterable[UUID], period: Period) -> Iterator[Reason]:
    """Records of a kind about these things that were taken back: a withdrawal touches what its first had touched."""
    seqs = Touch.objects.filter(log=log, thing__in=list(things)).values("seq")
    yield from _taken_back(log, Entry.objects.filter(log=log, seq__in=seqs, kind=kind), period)


def _taken_back(log: UUID, rows: QuerySet[Entry], period: Period) -> Iterator[Reason]:
    """Of what was restated at all, read every wording: the last says nothing, the one before it said of which day."""
    restated = set(rows.exclude(id=F("first")).values_list("first", flat=True))
    told: dict[UUID, list[Said]] = {}
    for text in Entry.objects.filter(log=log, first__in=restated).order_by("seq").values_list("said", flat=True):
        said = read_said(text)
        told.setdefault(said.first, []).append(said)
    for first, wordings in told.items():
        spoke = [said for said in wordings if not said.is_null]
        if wordings[-1].is_null and spoke and period.holds(spoke[-1].happened_on):
            yield Reason("withdrawn", first, spoke[-1].happened_on, spoke[-1].kind)


def _houses(log: UUID, line: Line) -> list[UUID]:
    return sorted(names_of(line.about, aliases(log, Household))) if isinstance(line.about, UUID) else []


def _members(log: UUID, line: Line) -> list[UUID]:
    return list(Member.objects.filter(log=log, branch=line.unit).values_list("id", flat=True))
