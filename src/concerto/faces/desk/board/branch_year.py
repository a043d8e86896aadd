"""A branch's year: its turns, what was held, what is left and with whom, and which turn each late record counts for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from concerto.faces.desk.board import words
from concerto.faces.desk.board.asked import Asked, years_of
from concerto.faces.desk.board.bars import months
from concerto.faces.desk.board.telling import draw, whole
from concerto.faces.desk.board.turns import rows_of
from concerto.faces.desk.frame import BRANCH, READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.today.forms import form_address, why_address
from concerto.journal.kinds.words import word
from concerto.papers import ledgers
from concerto.papers.board.leaving import still_counts
from concerto.papers.board.year import Head, Year, year_of
from concerto.papers.columns import KIND_WORDS
from concerto.papers.naming import accounts_named, members_named
from concerto.places.models import Log, Unit, UnitKind
from concerto.places.sight import Part, Sight
from concerto.places.units import in_code_order
from concerto.rulebook.owing import who_sees

MOST_HELD = 24
DECISIONS = 40  # on a page


class Held(NamedTuple):
    """One entry of the branch: its day, what it was, its number, and the turn it counts for where that is earlier."""

    entry: UUID
    on: date
    what: str
    number: str
    counts_for: str


class Left(NamedTuple):
    """What is open or was missed: since when, with whom, and where it is recorded."""

    title: str
    drawn: SafeString
    said: str
    whose: str
    form: str
    why: str


class Decision(NamedTuple):
    """A decision that names a day: by whom it is seen to."""

    entry: UUID
    on: date
    due: date
    owner: str


@dataclass
class Found:
    """What was held in a year, by entry, from the ledgers of study and branch."""

    whats: dict[UUID, list[str]] = field(default_factory=dict)
    days: dict[UUID, date] = field(default_factory=dict)
    is_more: bool = False


@dataclass(frozen=True)
class Decisions:
    """The decisions of a year that name a day, soonest first: one page of them."""

    shown: list[Decision]
    earlier: str = ""
    later: str = ""


def _branches(sight: Sight) -> list[Unit]:
    return in_code_order(Unit.objects.seen_by(sight).filter(kind=UnitKind.BRANCH))


@open_to(*READERS)
def branch_years(request: SignedIn) -> HttpResponse:
    """Bring somebody to the one branch they work with, or let them choose."""
    branches = _branches(request.sight)
    if len(branches) == 1:
        return redirect("desk:branch-year", branches[0].id)
    return render(request, "desk/board/branches.html", {"branches": branches})


@open_to(*READERS)
def branch_year(request: SignedIn, branch: UUID) -> HttpResponse:
    """Show one branch's year."""
    unit = get_object_or_404(Unit.objects.seen_by(request.sight), id=branch, kind=UnitKind.BRANCH)
    log = Log.objects.filter(id=unit.log).first()
    if log is None:
        raise Http404
    years = years_of(log.opened_on, request.sight.day)
    asked = Asked.read(request.GET, years=years)
    year = year_of(log.id, asked.year, request.sight.day, {unit.id})
    place = unit.village if unit.village in request.sight.units else unit.id

    def bar_address(head: Head, entries: Sequence[Any]) -> str:
        if len(set(entries)) == 1:
            return reverse("desk:entry", args=[entries[0]])
        return asked.address(place=place, month=head.due.month, line=head.duty.part)

    found = _found(request.sight, unit.id, asked.year)
    here = reverse("desk:branch-year", args=[unit.id])
    context = {
        "unit": unit,
        "asked": asked,
        "asof": year.asof,
        "months": months(asked.year, year.asof),
        "years": [(n, f"{here}?year={n}", n == asked.year) for n in years],
        "rows": rows_of(year, unit.id, bar_address),
        "left": list(_left(request, year)),
        "held": _held(request.sight, found, year),
        "is_more": found.is_more,
        "ledger": f"{reverse('desk:ledger', args=['branch'])}?unit={unit.id}",
        "decisions": _decisions(request.sight, unit.id, asked),
        "may_record": request.sight.has(*BRANCH),
        "marks": [(mark, words.STATES[mark]) for mark in ("met", "open", "missed", "late", "waived")],
        "here": "branch-years",
    }
    return render(request, "desk/board/branch_year.html", context)


def _lines(sight: Sight, part: Part, branch: UUID, year: int, **more: Any) -> Iterable[ledgers.Line]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    most = more.pop("most", None)
    asked = ledgers.Asked(units=frozenset({branch}), since=first, until=last, **more)
    return ledgers.gather(part, sight, asked, most=most)


def _found(sight: Sight, branch: UUID, year: int) -> Found:
    """Read what was held: the newest of the year, from two ledgers."""
    found = Found()
    for part in (Part.BRANCH, Part.STUDY):
        for line in _lines(sight, part, branch, year, most=MOST_HELD * 4):
            if line.kind not in ("pledge", "branch_matter", "talk", "resolution"):
                said = word(KIND_WORDS[part], line.kind)
                found.days[line.entry] = line.on
                if said not in found.whats.setdefault(line.entry, []):
                    found.whats[line.entry].append(said)
    found.is_more = len(found.whats) > MOST_HELD
    return found


def _held(sight: Sight, found: Found, year: Year) -> list[Held]:
    shown = sorted(found.whats, key=lambda entry: (found.days[entry], str(entry)), reverse=True)[:MOST_HELD]
    seqs = ledgers.numbers(sight, shown)
    turns = {
        reason.entry: words.turn(line.period, year=year.number)
        for line in year.lines
        for reason in line.because.counted
        if reason.code == "counted_late"
    }
    comma = pgettext("list", ", ")
    return [
        Held(
            entry, found.days[entry], comma.join(found.whats[entry]), f"{seqs.get(entry, 0):04d}", turns.get(entry, "")
        )
        for entry in shown
    ]


def _left(request: SignedIn, year: Year) -> Iterator[Left]:
    """Give what is left, soonest first; who sees to it are those who hold the post or work with the branch today."""
    heads = [head for head in year.heads if head.state == "open" or (head.state == "missed" and _is_left(head, year))]
    whose = {head.lines[0].by: who_sees(head.lines[0].by, year.facts, on=year.asof) for head in heads}
    called = accounts_named({one for ids in whose.values() for one in ids if isinstance(one, UUID)})
    may = request.sight.has(*BRANCH)
    for head in heads:
        line = next(line for line in head.lines if line.verdict.value == head.state)
        names = (called.get(one, "") for one in whose[head.lines[0].by] if isinstance(one, UUID))
        yield Left(
            words.title(head.duty),
            draw(head.state, head.duty.part),
            _turn_and(head, year),
            pgettext("list", ", ").join(sorted(filter(None, names))),
            form_address(year.mechanism, line) if may else "",
            why_address(line),
        )


def _is_left(head: Head, year: Year) -> bool:
    """Tell whether what was missed can still be made good today."""
    return any(still_counts(line, year.mechanism, year.asof) for line in head.lines)


def _turn_and(head: Head, year: Year) -> str:
    turn = words.turn(head.period, year=year.number)
    said = whole(head).words(year=year.number)
    return pgettext("clause", ", ").join([turn, said])


def _decisions(sight: Sight, branch: UUID, asked: Asked) -> Decisions:
    """Read every decision of the year: what was decided in January may be due in December."""
    every = _lines(sight, Part.BRANCH, branch, asked.year, kind="resolution")
    lines = [line for line in every if line.more["due"]]
    lines.sort(key=lambda line: (line.more["due"], str(line.id)))
    behind = asked.behind if asked.behind < len(lines) else 0
    shown = lines[behind : behind + DECISIONS]
    members = {line.more["member"] for line in shown if line.more["member"]}
    names = members_named(sight, members) if members else {}
    here = f"{reverse('desk:branch-year', args=[branch])}?year={asked.year}"
    return Decisions(
        [Decision(line.entry, line.on, line.more["due"], names.get(line.more["member"], "")) for line in shown],
        f"{here}&behind={max(0, behind - DECISIONS)}#decisions" if behind else "",
        f"{here}&behind={behind + DECISIONS}#decisions" if lines[behind + DECISIONS :] else "",
    )
