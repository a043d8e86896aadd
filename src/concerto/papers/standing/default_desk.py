"""What stands on the default desk's list: worked out from entries and postings each time, never kept.

Nobody's sign-in and nobody's opening of a page is looked at: only whether an answer is in the book, and who is posted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from concerto.groundwork import clock
from concerto.journal.models import Entry, Handed, Touch, Tray
from concerto.journal.said import How, read_said
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.disputes.models import Case, CaseReader, CaseStep
from concerto.parts.disputes.states import MOVES
from concerto.register.holding import (
    Hands,
    came,
    hands_for_cases,
    held_desks,
    held_units,
    organizers,
    posted,
    working_days,
)
from concerto.register.models import LocalEdition, Waiver
from concerto.rulebook.days import DayTable
from concerto.rulebook.unanswered import stands_since, working_days_between

MOST = 200


@dataclass(frozen=True)
class Matter:
    """One open matter: what it is in codes, where it lies, the entry that opened it, when it came and to whom."""

    sort: str
    id: UUID
    unit: UUID
    detail: str
    entry: UUID | None
    came_on: date
    is_held: bool
    period: str = ""


@dataclass(frozen=True)
class Standing:
    """A matter on the list: since when it stands there, how many working days ago it came, and who has it now."""

    matter: Matter
    since: date
    days: int
    taken_by: UUID | None
    may_be_taken: bool


@dataclass(frozen=True)
class Sort:
    """A sort of matter: how its open ones are found, whether it can be taken over."""

    name: str
    found: Callable[[UUID, date], Iterator[Matter]]
    may_be_taken: bool = True


def unanswered(log: UUID, asof: date) -> list[Standing]:
    """List what its own desk has not answered in time, or nobody holds; the longest waiting first."""
    return _standing(log, asof, ((sort, matter) for sort in MATTERS for matter in sort.found(log, asof)))


def unanswered_case(log: UUID, asof: date, case: UUID) -> Standing | None:
    """Give the line of one case, however many stand before it; nothing where its desk has it in time."""
    found = _standing(log, asof, ((CASES, matter) for matter in _cases(log, asof, only=case)))
    return found[0] if found else None


def _standing(log: UUID, asof: date, matters: Iterable[tuple[Sort, Matter]]) -> list[Standing]:
    days = working_days(log)
    found = [(sort, matter, since) for sort, matter in matters if (since := _since(matter, days, asof)) is not None]
    taken = taken_over(log, [matter.id for _, matter, _ in found], asof)
    lines = [
        Standing(
            matter,
            since,
            working_days_between(matter.came_on, asof, days),
            taken.get(matter.id),
            sort.may_be_taken and matter.id not in taken,
        )
        for sort, matter, since in found
    ]
    return sorted(lines, key=lambda line: (line.matter.came_on, str(line.matter.id)))


def taken_over(log: UUID, matters: list[UUID], asof: date) -> dict[UUID, UUID]:
    """Tell who has taken over which of these matters, as long as that stands and they are posted to stand in."""
    touches = Touch.objects.filter(log=log, thing__in=matters, how=How.CHANGES).values_list("seq", "thing")
    by_seq = dict(touches) if matters else {}
    rows = Entry.objects.filter(log=log, seq__in=by_seq, kind="taken_over").order_by("seq") if by_seq else ()
    last = {row.first: (by_seq[row.seq], row.author, read_said(row.said).is_null) for row in rows}
    cases = CaseReader.objects.filter(log=log, id__in=matters, because="taken_over") if matters else ()
    found = {thing: author for thing, author, is_null in last.values() if not is_null}
    whose = {**found, **{row.id: row.account for row in cases if row.account}}
    here = posted(log, set(whose.values()), asof, kind="taken_over") if whose else set()
    return {matter: account for matter, account in whose.items() if account in here}


def _since(matter: Matter, days: DayTable, asof: date) -> date | None:
    return stands_since(matter.came_on, days, asof=asof, is_held=matter.is_held)


def _needs(log: UUID, asof: date) -> Iterator[Matter]:
    """Needs that were sent to a desk, and those that are with one, or in a unit, where nobody is posted to see to them.

    Only what was sent has a clock: in the village a need is answered by the clock of its own duties.
    """
    open_ones = Need.objects.standing().filter(log=log, is_open=True)
    units, holders = (
        set(open_ones.filter(sent_to=None, **where).values_list(column, flat=True).distinct())
        for column, where in (("unit", {"holder": None}), ("holder", {"holder__isnull": False}))
    )
    sent = list(open_ones.filter(sent_to__isnull=False).order_by("sent_on", "id")[:MOST])
    desks = held_desks(log, holders | {row.sent_to for row in sent if row.sent_to}, asof)
    nobody = (units - held_units(log, units, asof), holders - desks)
    without = open_ones.filter(Q(holder=None, unit__in=nobody[0]) | Q(holder__in=nobody[1]), sent_to=None)
    rows = without.order_by("opened_on", "id")[:MOST] if any(nobody) else ()
    passes = NeedStep.objects.filter(log=log, id__in=[row.id for row in sent], kind="sent").order_by("id", "n")
    last = {step.id: (step.entry, step.on) for step in passes} if sent else {}
    arrived = dict(zip(last, _arrivals(log, list(last.values())), strict=True))
    for row in (*sent, *rows):
        is_held = row.sent_to in desks
        came_on = arrived.get(row.id, row.sent_on or row.opened_on)
        yield Matter("need", row.id, row.unit, row.sort, row.entry, came_on, is_held)


def _cases(log: UUID, asof: date, *, only: UUID | None = None) -> Iterator[Matter]:
    """Cases that the desk whose turn it is has not answered, and those in nobody's hands: their number, and no more.

    What a desk has taken on has no clock here; what was sent to it, or what nobody took on yet, has.
    """
    open_ones = Case.objects.standing().filter(Q(stage="brought") | Q(state="open"), log=log)
    open_ones = open_ones.filter(id=only) if only else open_ones
    waiting = list(open_ones.filter(Q(sent_to__isnull=False) | Q(stage="brought")).order_by("opened_on", "id")[:MOST])
    desks = set(open_ones.filter(sent_to=None).values_list("desk", flat=True).distinct())
    hands = hands_for_cases(log, desks | {row.sent_to or row.desk for row in waiting}, asof)
    nobodys = Q(mediator=None) | ~Q(mediator__in=hands.lines)
    tied = _tied(log, hands, open_ones)
    taken_on = open_ones.filter(nobodys, sent_to=None, state="open").order_by("opened_on", "id")
    rows = list(taken_on.filter(desk__in=desks - hands.desks.keys())[:MOST]) if desks - hands.desks.keys() else []
    if tied:
        ties = CaseReader.objects.filter(log=log, opens=False, because="conflict", account__in=_people(hands))
        theirs = taken_on.filter(desk__in=hands.desks, id__in=ties.values("id")).iterator(chunk_size=MOST)
        rows += islice((row for row in theirs if not hands.hold(row.desk, row.mediator, but=tied[row.id])), MOST)
    arrived = _came_to_its_desk(log, [*waiting, *rows])
    for row in (*waiting, *rows):
        # what was sent waits for that desk, whoever mediated before
        line = None if row.sent_to else row.mediator
        is_held = hands.hold(row.sent_to or row.desk, line, but=tied.get(row.id, ()))
        yield Matter("case", row.id, row.unit, row.number, None, arrived[row.id], is_held)


def _people(hands: Hands) -> frozenset[UUID]:
    return frozenset[UUID]().union(*hands.desks.values())


def _tied(log: UUID, hands: Hands, open_ones: QuerySet[Case]) -> dict[UUID, set[UUID]]:
    """Tell of which open cases some who are posted at the desks are tied to a side: to them these are not open."""
    ties = CaseReader.objects.filter(log=log, account__in=_people(hands), opens=False, because="conflict")
    tied: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in ties.filter(id__in=open_ones.values("id")) if hands.desks else ():
        if row.account:
            tied[row.id].add(row.account)
    return tied


def _came_to_its_desk(log: UUID, rows: list[Case]) -> dict[UUID, date]:
    """Tell when each of these cases came to the desk that has it: when it was brought, or last went from desk to
    desk, and not before that was recorded."""
    last = {row.id: (row.entry, row.opened_on) for row in rows}
    passed = [row.id for row in rows if row.desk_state]
    passes = CaseStep.objects.filter(log=log, id__in=passed, kind__in=MOVES).order_by("id", "n") if passed else ()
    last |= {step.id: (step.entry, step.on) for step in passes}
    return dict(zip(last, _arrivals(log, list(last.values())), strict=True))


def _arrivals(log: UUID, told: list[tuple[UUID, date]]) -> Iterator[date]:
    """Say of each entry and its day when it came: an entry of a day long ago came when it was brought."""
    found = Entry.objects.filter(log=log, id__in={entry for entry, _ in told}) if told else Entry.objects.none()
    received = dict(found.values_list("id", "received_at"))
    for entry, on in told:
        yield came(on, received[entry]) if entry in received else on


def _waivers(log: UUID, asof: date) -> Iterator[Matter]:
    rows = list(Waiver.objects.filter(log=log, state="asked", source_withdrawn=False).order_by("asked_on", "id")[:MOST])
    desks, opened = organizers(log, asof), _came(log, [row.id for row in rows])
    for row in rows:
        entry, on = opened.get(row.id, (None, row.asked_on))
        is_held = bool(desks - {row.asked_by})
        yield Matter("waiver", row.id, row.unit, row.duty, entry, on, is_held, row.period)


def _editions(log: UUID, asof: date) -> Iterator[Matter]:
    """A proposal waits for another organizer or the county, and is nobody's to take over."""
    found = LocalEdition.objects.filter(log=log, state="proposed", source_withdrawn=False)
    rows = list(found.order_by("proposed_on", "id")[:MOST])
    opened = _came(log, [row.id for row in rows])
    for row in rows:
        entry, on = opened.get(row.id, (None, row.proposed_on))
        yield Matter("edition", row.id, log, row.duty, entry, on, is_held=True)


def _handed(log: UUID, asof: date) -> Iterator[Matter]:
    """Entries that their authors handed to the township: it settles them in its tray, nobody takes them over."""
    given = Handed.objects.filter(log=log)
    lying = Tray.objects.filter(log=log, id__in=given.values("id")).exclude(outcome="settled")
    rows = list(lying.order_by("came_at", "id")[:MOST])
    desks = organizers(log, asof) if rows else set()
    handed_at = dict(given.filter(id__in=[row.id for row in rows]).values_list("id", "at")) if rows else {}
    for row in rows:
        on = clock.day_of(handed_at[row.id])
        yield Matter("handed", row.id, row.unit or log, row.code, None, on, is_held=bool(desks))


def _came(log: UUID, things: list[UUID]) -> dict[UUID, tuple[UUID, date]]:
    """Tell by which entry each of these was opened, and on which day that came."""
    opened = Touch.objects.filter(log=log, thing__in=things, how=How.OPENS).order_by("-seq")
    seqs = dict(opened.values_list("thing", "seq")) if things else {}
    rows = Entry.objects.filter(log=log, seq__in=seqs.values()) if seqs else ()
    entries = {row.seq: (row.first, clock.day_of(datetime.fromisoformat(row.received_at))) for row in rows}
    return {thing: entries[seq] for thing, seq in seqs.items() if seq in entries}


CASES = Sort("case", _cases)
# A lead is nobody's duty and stands on no list.
MATTERS = (
    Sort("need", _needs),
    CASES,
    Sort("waiver", _waivers),
    Sort("edition", _editions, may_be_taken=False),
    Sort("handed", _handed, may_be_taken=False),
)
