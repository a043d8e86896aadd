"""The township's year as a score, or as a table; one bar of it opened; and the table as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.board import words
from concerto.faces.desk.board.asked import Asked, years_of
from concerto.faces.desk.board.bars import brackets, months, table_rows
from concerto.faces.desk.board.files import BoardFileForm, answer_with_board
from concerto.faces.desk.board.opened import opened
from concerto.faces.desk.five import LEDGERS
from concerto.faces.desk.frame import COUNTED_FOR
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.papers.board.year import Place, Year, by_bar, in_bar, places_of, score_of, year_of
from concerto.places.models import Log
from concerto.places.sight import Part

MARKS = ("met", "open", "missed", "late", "waived")


@dataclass(frozen=True)
class Looked:
    """What one request of the board is about."""

    log: Log
    asked: Asked
    years: range
    places: list[Place]

    @property
    def shown(self) -> list[Place]:
        """The places of this page."""
        return self.places[self.asked.first : self.asked.first + self.asked.at_once]

    def judged(self, places: Sequence[Place], today: Any) -> Year:
        """Judge the year of some places."""
        units = {unit.id for place in places for unit in place.units}
        return score_of(self.log.id, self.asked.year, today, units)


def _looked(request: SignedIn) -> Looked:
    log = get_object_or_404(Log, id=request.sight.log)
    years = years_of(log.opened_on, request.sight.day)
    asked = Asked.read(request.GET, years=years)
    places = places_of(request.sight, asked.year)
    if asked.place and asked.place not in {place.id for place in places}:
        raise Http404
    return Looked(log, asked if asked.first < len(places) else replace(asked, first=0), years, places)


@open_to(*COUNTED_FOR)
def board(request: SignedIn) -> HttpResponse:
    """Show the year of every place in sight, in the order of their codes; open one bar of it."""
    looked = _looked(request)
    asked, shown = looked.asked, looked.shown
    year = looked.judged(shown, request.sight.day)
    behind = asked.first + asked.at_once
    context: dict[str, Any] = {
        "asked": asked,
        "township": looked.log.name,
        "asof": year.asof,
        "months": months(asked.year, year.asof),
        "years": [(n, asked.address(year=n, first=0), n == asked.year) for n in looked.years],
        "parts": _parts(asked),
        "places": shown,
        "said_page": _said_page(looked),
        "is_paged": len(looked.places) > len(shown),
        "earlier": asked.address(first=max(0, asked.first - asked.at_once)) if asked.first else "",
        "later": asked.address(first=behind) if looked.places[behind:] else "",
        "other_way": asked.address(as_table=not asked.as_table),
        "widths": [
            (gettext("Three months"), asked.address(all_months=False), not asked.all_months),
            (gettext("All twelve months"), asked.address(all_months=True), asked.all_months),
        ],
        "file_url": asked.address("board-file", first=0, as_table=False),
        "marks": [(mark, words.STATES[mark]) for mark in MARKS],
        "is_above": any(unit.id not in request.sight.near for place in shown for unit in place.units),
    }
    if asked.as_table:
        context["rows"] = list(table_rows(year, shown, asked, request.sight))
        return render(request, "desk/board/table.html", context)
    return render(
        request,
        "desk/board/board.html",
        context | {"brackets": brackets(year, shown, asked, request.sight)} | _bar(request, looked),
    )


def _parts(asked: Asked) -> list[tuple[Any, str, bool]]:
    every = [(pgettext("board", "All five"), asked.address(part="", first=0), not asked.part)]
    return every + [(LEDGERS[part], asked.address(part=part.value, first=0), asked.part == part) for part in Part]


def _said_page(looked: Looked) -> str:
    first, shown = looked.asked.first, len(looked.shown)
    return gettext("{first} to {last} of {n} places, in the order of their codes").format(
        first=first + 1, last=first + shown, n=len(looked.places)
    )


def _bar(request: SignedIn, looked: Looked) -> dict[str, Any]:
    """Open the bar that is asked for; where nothing is asked, none."""
    asked = looked.asked
    place = next((one for one in looked.places if one.id == asked.place), None)
    if place is None or not asked.month:
        return {}
    year = year_of(looked.log.id, asked.year, request.sight.day, {unit.id for unit in place.units})
    heads = in_bar(by_bar(year.heads), place, asked.month, asked.lines_opened)
    duties, behind = opened(heads, place, request.sight, mechanism=year.mechanism, year=asked.year, behind=asked.behind)
    same: dict[str, Any] = {"place": place.id, "month": asked.month, "line": asked.line}
    named = [place.name, words.month(asked.month), *([str(LEDGERS[Part(asked.line)])] if asked.line else [])]
    return {
        "opened": duties,
        "opened_title": " ".join(named),
        "opened_count": len(heads),
        "opened_more": asked.address(**same, behind=behind) if behind else "",
        "opened_start": asked.address(**same) if asked.behind else "",
        "branches": [unit for unit in place.branches if unit.id in request.sight.units],
    }


@open_to(*COUNTED_FOR)
def board_file(request: SignedIn) -> HttpResponse:
    """Give the year as a file, of the places in sight, after it is said what for, and note it."""
    looked = _looked(request)
    form = BoardFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        year = looked.judged(looked.places, request.sight.day)
        return answer_with_board(request, year, looked.places, looked.asked, form, title=str(_("Township's year")))
    context = {"form": form, "asked": looked.asked, "back": looked.asked.address(), "here": "board"}
    return render(request, "desk/board/file.html", context, status=422 if form.is_bound else 200)
