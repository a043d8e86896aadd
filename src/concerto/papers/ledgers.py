"""Asking the five ledgers: one way for page, file, filter, count and command, so that none says more than another.

Above the village nobody is told from whom a visit was declined: that reads as "met, no change", word for word, and the
other ways of not being met read as one. How many were met is not told there either, since of whoever declined it is
nobody. A lead is its author's and the desk's alone; thirty days after it happened it is a bare line that says "lapsed",
unless it became a case. A screening of a village names nobody and is read by whoever reads the village's lines.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from concerto.groundwork import database
from concerto.journal.kinds.preview import NOT_MET
from concerto.journal.models import Entry, LedgerRow
from concerto.papers.bare import Reading, both
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.branch.models import Matter
from concerto.parts.disputes.models import Lead
from concerto.parts.disputes.posting import LEAD_DAYS
from concerto.parts.study.models import Talk
from concerto.parts.visits.models import Visit
from concerto.places.sight import Part, Role, Sight

MODELS: dict[Part, type[LedgerRow]] = {
    Part.STUDY: Talk,
    Part.BRANCH: Matter,
    Part.VISITS: Visit,
    Part.DISPUTES: Lead,
    Part.ASSISTANCE: AssistanceLine,
}
DECLINED = "declined"
NOT_REACHED = tuple(outcome for outcome in NOT_MET if outcome != DECLINED)
MOST_COUNTED = 1000
LEAD, SCREENED = "lead", "screened"
# What each part's lines say besides the columns that all have; `words` are digests, and only tell that there are some.
EXTRA: dict[Part, tuple[str, ...]] = {
    Part.STUDY: ("topics", "minutes", "households"),
    Part.BRANCH: ("member", "source_withdrawn", "base", "present", "due"),
    Part.VISITS: ("met", "told_by", "change", "words"),
    Part.DISPUTES: ("source_withdrawn", "way", "sorts", "found"),
    Part.ASSISTANCE: ("sort", "source_withdrawn"),
}
COMMON = ("id", "n", "entry", "unit", "on", "kind", "state", "household", "by", "late")
IN_WHICH = {part: Reading(model, ("entry", "on", "state", "by")) for part, model in MODELS.items()}
WHOLE = {part: Reading(model, (*COMMON, *EXTRA[part])) for part, model in MODELS.items()}


class Cursor(NamedTuple):
    """The last line of a page: the next one goes on behind it."""

    on: date
    id: UUID
    n: int

    def __str__(self) -> str:
        return f"{self.on.isoformat()}.{self.id}.{self.n}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; nonsense begins at the start."""
        try:
            on, thing, n = text.split(".")
            return cls(date.fromisoformat(on), UUID(thing), int(n) % 32_000)
        except ValueError:
            return None


@dataclass(frozen=True)
class Asked:
    """What a ledger is narrowed to; nothing set is all of it."""

    units: frozenset[UUID] | None = None
    since: date | None = None
    until: date | None = None
    kind: str = ""
    state: str = ""
    after: Cursor | None = None


@dataclass(frozen=True)
class Line:
    """One line of a ledger as its reader may know it."""

    part: Part
    id: UUID
    n: int
    entry: UUID
    unit: UUID
    on: date
    kind: str
    state: str
    household: UUID | None
    by: UUID
    late: int
    more: dict[str, Any]


def ledger(part: Part, sight: Sight, asked: Asked | None = None) -> QuerySet[Any]:
    """Ask for a ledger's lines, newest first, as far as this reader may know of them."""
    asked = asked or Asked()
    lines = _own(part, sight, MODELS[part].objects.seen_by(sight))
    if asked.units is not None:
        lines = lines.filter(unit__in=asked.units)
    if asked.since:
        lines = lines.filter(on__range=(asked.since, database.LAST_OF_DAYS))
    if asked.until:
        lines = lines.filter(on__lte=asked.until)
    if asked.kind:
        lines = _standing(part, sight, lines).filter(_of_kind(part, sight, asked.kind))
    if asked.state:
        lines = lines.filter(_in_state(part, sight, asked.state))
    if asked.after:
        on, thing, n = asked.after
        behind = Q(on__lt=on) | Q(on=on, id__lt=thing) | Q(on=on, id=thing, n__lt=n)
        lines = lines.filter(behind, on__lte=on)
    return lines.order_by("-on", "-id", "-n")


def counted(part: Part, sight: Sight, asked: Asked) -> int:
    """Count lines, and stop one after a thousand. A lapsed lead is counted nowhere."""
    return _standing(part, sight, ledger(part, sight, asked)).order_by()[: MOST_COUNTED + 1].count()


def gather(part: Part, sight: Sight, asked: Asked, *, most: int | None = None) -> Iterable[Line]:
    """Read lines one by one as this reader may know them; `most` ends it early."""
    rows = ledger(part, sight, asked).values_list(*COMMON, *EXTRA[part])
    for row in rows[:most] if most is not None else rows.iterator(chunk_size=2000):
        yield as_known(part, sight, row)


def as_known(part: Part, sight: Sight, row: Sequence[Any]) -> Line:
    """Turn a row into a line, leaving out what this reader is not to know."""
    facts = dict(zip((*COMMON, *EXTRA[part]), row, strict=True))
    more = {name: facts.pop(name) for name in EXTRA[part]}
    if part is Part.VISITS:
        more["words"] = bool(more["words"])
        if facts["unit"] not in sight.near:
            facts["state"], more = _from_above(facts["state"], more)
    if part is Part.ASSISTANCE and facts["state"] == DECLINED:
        facts["state"] = "recorded"
        if facts["unit"] in sight.near:
            facts["kind"] = DECLINED
    if part is Part.DISPUTES and facts["state"] == LEAD and facts["on"] < last_day_of_leads(sight):
        facts |= {"kind": "", "household": None, "state": "lapsed"}
    return Line(part, **facts, more=more)


def _from_above(state: str, more: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Say how a call went as it is told above the village."""
    if state in NOT_REACHED:
        return "not_met", {"met": 0, "told_by": "", "change": "", "words": False}
    change = "no_change" if state == DECLINED else more["change"]
    return "met", {"met": 0, "told_by": "", "change": change, "words": more["words"]}


def states(part: Part, sight: Sight) -> tuple[str, ...]:
    """List the states this reader can tell apart, for a filter."""
    if part is Part.VISITS:
        near = ("met", *NOT_MET) if sight.near else ("met",)
        return (*near, "not_met") if sight.above_village else near
    return (LEAD, "lapsed", "case", SCREENED) if part is Part.DISPUTES else ()


def last_day_of_leads(sight: Sight) -> date:
    """Give the first day whose leads have not lapsed on the reader's day."""
    return sight.day - timedelta(days=LEAD_DAYS)


def chords(sight: Sight, entries: Iterable[UUID]) -> dict[UUID, list[Part]]:
    """Tell in which ledgers entries stand, in one trip for all of them."""
    wanted = set(entries)
    found: dict[UUID, list[Part]] = {}
    for part, row in _read(sight, dict.fromkeys(MODELS, wanted), IN_WHICH):
        if part not in found.setdefault(row.entry, []):
            found[row.entry].append(part)
    return found


def of_entries(sight: Sight, wanted: Mapping[Part, Collection[UUID]]) -> dict[UUID, list[Line]]:
    """Read the lines that some entries have in some ledgers, newest first, in one trip."""
    found: dict[UUID, list[Line]] = {}
    rows = sorted(_read(sight, wanted, WHOLE), key=lambda one: (one[1].on, one[1].id, one[1].n), reverse=True)
    for part, row in rows:
        found.setdefault(row.entry, []).append(as_known(part, sight, row))
    return found


def lines_of(sight: Sight, entry: UUID) -> dict[Part, list[Line]]:
    """Read every line an entry has that this reader may see, by ledger."""
    found = {
        part: [
            as_known(part, sight, row)
            for row in ledger(part, sight).filter(entry=entry).order_by("n", "id").values_list(*COMMON, *EXTRA[part])
        ]
        for part in MODELS
    }
    return {part: lines for part, lines in found.items() if lines}


def last_contact(sight: Sight, household: UUID) -> Line | None:
    """Find the newest line of the visit ledger about one household."""
    rows = ledger(Part.VISITS, sight).filter(household=household)
    row = rows.values_list(*COMMON, *EXTRA[Part.VISITS]).first()
    return as_known(Part.VISITS, sight, row) if row else None


def numbers(sight: Sight, entries: Iterable[UUID]) -> dict[UUID, int]:
    """Give the number of each entry in its log."""
    assert sight.log is not None
    return dict(Entry.objects.filter(log=sight.log, id__in=set(entries)).values_list("id", "seq"))


def _read(
    sight: Sight, wanted: Mapping[Part, Collection[UUID]], readings: Mapping[Part, Reading]
) -> Iterator[tuple[Part, Any]]:
    """Read lines of entries by bare statements, for these pages are opened all day."""
    asked = {part: ids for part, ids in wanted.items() if ids} if sight.log is not None and sight.units else {}
    here = both(("log = %s", [sight.log]), database.among("unit", sight.units))
    queries = [readings[part].asked(both(here, database.among("entry", ids))) for part, ids in asked.items()]
    for part, rows in zip(asked, database.fetch_together(*queries), strict=True):
        yield from ((part, row) for row in readings[part].told(rows) if _is_known(part, sight, row))


def _is_known(part: Part, sight: Sight, row: Any) -> bool:
    """Tell of one line what `_own` and `_standing` ask of all."""
    if part is not Part.DISPUTES:
        return True
    is_own: bool = sight.has(Role.CENTRE_DESK) or row.by == sight.account or row.state == SCREENED
    is_standing: bool = row.state != LEAD or row.on >= last_day_of_leads(sight)
    return is_own and is_standing


def _own(part: Part, sight: Sight, lines: QuerySet[Any]) -> QuerySet[Any]:
    """Leave of the leads those that are the reader's own; the desk sees all. A screening is everybody's who is here."""
    if part is not Part.DISPUTES or sight.has(Role.CENTRE_DESK):
        return lines
    return lines.filter(Q(by=sight.account) | Q(state=SCREENED))


def _standing(part: Part, sight: Sight, lines: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out leads that have lapsed: no filter and no count finds them."""
    return lines.filter(_known_leads(sight)) if part is Part.DISPUTES else lines


def _known_leads(sight: Sight) -> Q:
    return Q(on__range=(last_day_of_leads(sight), database.LAST_OF_DAYS)) | ~Q(state=LEAD)


def _in_state(part: Part, sight: Sight, state: str) -> Q:
    if state not in states(part, sight):
        return Q(entry__in=[])
    if part is Part.DISPUTES:
        if state == "lapsed":
            return Q(state=LEAD, on__lt=last_day_of_leads(sight))
        return Q(state=state) & _known_leads(sight)
    if state == "not_met":
        return Q(state__in=NOT_REACHED) & ~Q(unit__in=sight.near)
    if state == "met":
        return Q(state="met") | (Q(state=DECLINED) & ~Q(unit__in=sight.near))
    return Q(state=state, unit__in=sight.near)


def _of_kind(part: Part, sight: Sight, kind: str) -> Q:
    """Find the lines of a kind; that a helped household did not wish to is a kind of its own in its village alone."""
    if part is not Part.ASSISTANCE or kind not in (DECLINED, "no_change"):
        return Q(kind=kind)
    declined = Q(kind="no_change", state=DECLINED, unit__in=sight.near)
    return declined if kind == DECLINED else Q(kind=kind) & ~declined
