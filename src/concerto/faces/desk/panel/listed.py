"""The panel as a page: committee by committee, and who sits at the centre on which day of the week."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.panel import words
from concerto.faces.desk.register.words import listed, since_words
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import in_code_order
from concerto.register.panel import MOST, Mediator, PanelMember, named
from concerto.register.search import log_of

DESK = (Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)


@dataclass(frozen=True)
class Line:
    """One mediator as the page says it."""

    id: UUID
    name: str
    post: str
    how: str
    languages: str
    days: str
    dates: str
    holds_seal: bool
    runs: bool


@dataclass(frozen=True)
class Committee:
    """One committee and who mediates for it; those whose last day is over stand last."""

    unit: Unit
    lines: list[Line]
    may_write: bool


@open_to(*READERS)
def panel(request: SignedIn) -> HttpResponse:
    """Show who mediates for which committee today, and who sits when."""
    sight = request.sight
    lines = named(PanelMember.objects.seen_by(sight).order_by("unit", "since", "id")[:MOST])
    committees = [
        Committee(unit, _lines(lines, unit.id, sight.day), may_write(sight, unit))
        for unit in in_code_order(committees_of(sight))
    ]
    context = {
        "committees": committees,
        "week": _week(
            [one for one in lines if one.runs(sight.day)], {one.unit.id: one.unit.name for one in committees}
        ),
        "day": sight.day,
        "here": "panel",
    }
    return render(request, "desk/panel/list.html", context)


def committees_of(sight: Sight) -> list[Unit]:
    """List the units that may have a committee and that this reader sees: the township and the villages in sight."""
    units = Unit.objects.filter(log=log_of(sight), kind__in=(UnitKind.TOWNSHIP, UnitKind.VILLAGE))
    return [unit for unit in units if unit.kind == UnitKind.TOWNSHIP or unit.id in sight.units]


def committee_or_404(sight: Sight, unit: UUID) -> Unit:
    """Find a committee that this reader may write for."""
    found = next((one for one in committees_of(sight) if one.id == unit and may_write(sight, one)), None)
    if found is None:
        raise Http404
    return found


def may_write(sight: Sight, unit: Unit) -> bool:
    """Tell whether a reader writes the panel of a committee: the township all, a secretary that of the own village."""
    if sight.has(*DESK):
        return True
    return sight.has(Role.BRANCH_SECRETARY) and unit.kind == UnitKind.VILLAGE and unit.id in sight.near


def _lines(every: list[Mediator], unit: UUID, day: date) -> list[Line]:
    found = [_line(one, day) for one in every if one.unit == unit]
    return sorted(found, key=lambda line: not line.runs)


def _line(one: Mediator, day: date) -> Line:
    return Line(
        one.id,
        one.name,
        str(words.POSTS[one.post]),
        str(words.HOW[one.how]),
        words.languages_words(one.languages),
        listed(words.weekday(n) for n in one.sits_on),
        since_words(one.since, one.until),
        holds_seal=one.holds_seal,
        runs=one.runs(day),
    )


def _week(running: list[Mediator], units: dict[UUID, str]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Give for each day of the week on which somebody sits: name, committee, languages."""
    found = {
        n: [(m.name, units.get(m.unit, ""), words.languages_words(m.languages)) for m in running if n in m.sits_on]
        for n in range(1, 8)
    }
    return [(words.weekday(n), sitting) for n, sitting in found.items() if sitting]
