"""The timeline of a household: its lines of all five ledgers, read at once, a chord for each entry, month by month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.utils.translation import gettext, npgettext, pgettext

from concerto.faces.desk.drawing import sounding
from concerto.faces.desk.register.words import listed, said_on
from concerto.groundwork import database
from concerto.journal.kinds import words as said
from concerto.journal.models import Entry, LedgerRow, Touch
from concerto.journal.said import read_said
from concerto.papers.columns import KIND_WORDS
from concerto.papers.ledgers import DECLINED, last_day_of_leads
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.branch.models import Matter
from concerto.parts.disputes.models import Lead
from concerto.parts.study.models import Talk
from concerto.parts.visits.models import Visit
from concerto.places.models import Account
from concerto.places.sight import Part, Role, Sight

PAGE = 15
MOST_LINES = 300  # enough for a page of entries with all their lines
MOST_OF_A_YEAR = 600


class Line(NamedTuple):
    """One line of one of the five ledgers, as all of them have it."""

    entry: UUID
    on: date
    part: str
    kind: str
    state: str
    detail: str
    amount: int
    by: UUID
    late: int


@dataclass(frozen=True)
class Chord:
    """One entry of the timeline: the ledgers it stands in, and what it says."""

    entry: UUID
    on: date
    parts: tuple[str, ...]
    title: str
    more: str = ""
    by: str = ""
    state: str = "met"
    late: int = 0


@dataclass(frozen=True)
class Month:
    """The entries of one month."""

    first: date
    chords: tuple[Chord, ...]


class Before(NamedTuple):
    """Where a page of the timeline goes on: behind this entry of this day."""

    on: date
    entry: UUID

    @classmethod
    def read(cls, text: str) -> "Before | None":
        """Read it as it stands in an address; nonsense is the beginning.

        >>> Before.read("2026-07-01~00000000-0000-7000-8000-000000000001").on, Before.read("x")
        (datetime.date(2026, 7, 1), None)
        """
        day, _, entry = text.partition("~")
        try:
            return cls(date.fromisoformat(day), UUID(entry))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.on.isoformat()}~{self.entry}"


@dataclass(frozen=True)
class Timeline:
    """One page of it, and where the older ones begin."""

    months: tuple[Month, ...]
    older: str = ""

    @property
    def count(self) -> int:
        """How many entries the page shows."""
        return sum(len(month.chords) for month in self.months)


def timeline(sight: Sight, names: frozenset[UUID], *, near: bool, before: Before | None = None) -> Timeline:
    """Read a page of what was recorded about a household under all its names, the newest first.

    A withdrawn entry has no line in any ledger; it stands here in brackets, so that nobody wonders where it went.
    """
    assert sight.log is not None
    shown = Q(household__in=names)
    if before is not None:
        shown &= Q(on__lt=before.on) | Q(on=before.on, entry__lt=before.entry)
    lines = list(_lines(sight, shown)[:MOST_LINES])
    entries = [list(some) for _, some in groupby(map(Line._make, lines), key=lambda line: line.entry)]
    if len(lines) == MOST_LINES:
        entries.pop()  # its lines may go on behind the limit
    more = len(lines) == MOST_LINES or len(entries) > PAGE
    kept = entries[:PAGE]
    last = Before(kept[-1][-1].on, kept[-1][0].entry) if more and kept else None
    told = [*_with_the_others(sight, kept), *_withdrawn(sight.log, names, before, last)]
    called = _authors(told)
    chords = sorted((_chord(some, called, near=near) for some in told), key=lambda c: (c.on, c.entry), reverse=True)
    months = groupby(chords, key=lambda chord: chord.on.replace(day=1))
    return Timeline(tuple(Month(first, tuple(some)) for first, some in months), str(last) if last else "")


def year_of(sight: Sight, names: frozenset[UUID]) -> list[Chord]:
    """Read the chords of the last twelve months, for the drawing across."""
    first = sight.day.replace(year=sight.day.year - 1, day=1) + timedelta(days=1)
    lines = _lines(sight, Q(household__in=names, on__range=(first, database.LAST_OF_DAYS)))[:MOST_OF_A_YEAR]
    by_entry = groupby(map(Line._make, lines), key=lambda line: (line.entry, line.on))
    return [Chord(entry, on, sounding(line.part for line in some), "") for (entry, on), some in by_entry]


ORDER = {part.value: n for n, part in enumerate(Part)}
LEDGERS: tuple[tuple[Part, type[LedgerRow], str, str], ...] = (
    (Part.STUDY, Talk, "topics", "minutes"),
    (Part.BRANCH, Matter, "", ""),
    (Part.VISITS, Visit, "change", "met"),
    (Part.DISPUTES, Lead, "", ""),
    (Part.ASSISTANCE, AssistanceLine, "sort", ""),
)


def _lines(sight: Sight, shown: Q) -> Any:
    """Ask all five ledgers at once. A lead is nobody's business but its author's and the desk's."""
    each = [_of(model, part, detail, amount, sight, shown) for part, model, detail, amount in LEDGERS]
    return each[0].union(*each[1:], all=True).order_by("-on", "-entry")


def _of(model: Any, part: Part, detail: str, amount: int | str, sight: Sight, shown: Q) -> QuerySet[Any]:
    asked = model.objects.filter(shown, log=sight.log)
    if part is Part.DISPUTES:
        known = last_day_of_leads(sight), database.LAST_OF_DAYS  # before that it is a bare line of its own ledger
        asked = asked.filter(on__range=known)
    if part is Part.DISPUTES and not sight.has(Role.CENTRE_DESK):
        asked = asked.filter(by=sight.account)
    text, number = CharField(), IntegerField()
    return asked.annotate(  # type: ignore[no-any-return]
        part=Value(part.value, output_field=text),
        detail=F(detail) if detail else Value("", output_field=text),
        amount=F(str(amount)) if amount else Value(0, output_field=number),
    ).values_list("entry", "on", "part", "kind", "state", "detail", "amount", "by", "late")


def _with_the_others(sight: Sight, entries: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Add the lines that a gathering posted for all its households at once: they name none."""
    wanted = [some[0].entry for some in entries if any(line.kind == "gathering" for line in some)]
    if not wanted:
        return [list(some) for some in entries]
    shared = list(map(Line._make, _lines(sight, Q(household__isnull=True, entry__in=wanted))))
    return [[*some, *(line for line in shared if line.entry == some[0].entry)] for some in entries]


def _withdrawn(log: UUID, names: frozenset[UUID], before: Before | None, last: Before | None) -> Iterator[list[Line]]:
    """Give the visits of this stretch of time that were taken back."""
    about = Touch.objects.filter(log=log, thing__in=names, what="household").values("seq")
    restated = Entry.objects.filter(log=log, seq__in=about, kind="visit").exclude(id=F("first"))
    newest = dict(restated.order_by("seq").values_list("first", "said"))
    gone = [first for first, text in newest.items() if read_said(text).is_null]
    for entry in Entry.objects.filter(log=log, id__in=gone) if gone else ():
        place = Before(entry.happened_on, entry.id)
        if (before is None or place < before) and (last is None or place > last):
            yield [Line(entry.id, entry.happened_on, Part.VISITS, "", "withdrawn", "", 0, entry.author, 0)]


def _authors(told: Iterable[Sequence[Line]]) -> dict[UUID, str]:
    authors = {line.by for some in told for line in some}
    return dict(Account.objects.filter(id__in=authors).values_list("id", "called"))


# ---------------------------------------------------------------- in words


def _chord(told: Sequence[Line], called: dict[UUID, str], *, near: bool) -> Chord:
    lines = sorted(told, key=lambda line: (ORDER[line.part], line.kind, line.detail))  # the engine gives them in none
    first = lines[0]
    if first.state == "withdrawn":
        return Chord(
            first.entry,
            first.on,
            (first.part,),
            pgettext("timeline", "Withdrawn"),
            "",
            called.get(first.by, ""),
            "withdrawn",
        )
    contact = next((line for line in lines if line.part == Part.VISITS), None)
    rest = [words for line in lines if line is not contact and (words := _line_words(line))]
    if contact is not None and not near and contact.state == DECLINED:
        contact = contact._replace(state="met", detail="no_change")
    if contact is not None and contact.detail in said.CHANGE_WORDS:
        rest.insert(0, said.word(said.CHANGE_WORDS, contact.detail))
    title = contact_words(contact, near=near) if contact else rest.pop(0)
    parts = sounding(line.part for line in lines)
    return Chord(
        first.entry, first.on, parts, title, _in_a_row(dict.fromkeys(rest)), called.get(first.by, ""), late=first.late
    )


def _in_a_row(words: Iterable[str]) -> str:
    """Join what was done in one entry: only the first begins like a sentence."""
    first, *others = [word for word in words if word] or [""]
    return said_on([first, *(word[:1].lower() + word[1:] for word in others)])


def contact_words(line: Line, *, near: bool) -> str:
    """Say how a household was reached. Readers above the village know neither how many were met nor why nobody was."""
    channel = said.word(said.CHANNEL_WORDS, line.kind)
    if line.state == "met":
        shown = line.amount if near else 0
        met = npgettext("timeline", "{n} met", "{n} met", shown).format(n=shown) if shown else ""
        return _in_a_row([channel, met])
    state = line.state if near else "not_met"
    return _in_a_row([channel, said.word(said.OUTCOME_WORDS, state)])


def _line_words(line: Line) -> str:
    if line.part == Part.STUDY and line.kind == "talk":
        return listed(said.word(said.TOPIC_WORDS, topic) for topic in line.detail.split(",") if topic)
    if line.part == Part.STUDY:
        return gettext("Lesson at home, {n} minutes").format(n=line.amount)
    if line.part == Part.BRANCH:
        return said.word(said.MATTER_WORDS, line.kind)
    if line.part == Part.DISPUTES:
        return gettext("A lead, for you and the desk alone")
    if line.kind in ("deed", "nothing_wanted"):
        return said.word(KIND_WORDS[Part.ASSISTANCE], line.kind)
    if line.kind == "need":
        return gettext("Need: {sort}").format(sort=said.word(said.NEED_WORDS, line.detail))
    return ""
