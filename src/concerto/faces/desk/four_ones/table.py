"""The table of the four ones: one household a row through a year, on the page, on paper and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from concerto.faces.desk.board import words
from concerto.faces.desk.board.telling import draw
from concerto.faces.desk.frame import VILLAGE
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.ledgers.files import MOST_NAMED, DownloadForm, as_answer
from concerto.faces.desk.register.words import SEASONS, word_of
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.papers.four_ones import MONTHLY, Row, table
from concerto.places.models import Opening, Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.search import log_of

EARLIEST = 2022
PART = "assistance"
TITLE = _("Table of the four ones")
DUTY_WORDS = {
    "four-ones-visit": pgettext_lazy("four ones", "visit"),
    "four-ones-change": pgettext_lazy("four ones", "what changed"),
    "four-ones-trouble": pgettext_lazy("four ones", "a trouble"),
    "four-ones-deed": pgettext_lazy("four ones", "a good thing"),
}


@dataclass(frozen=True)
class Shown:
    """One row as its cells stand on the page."""

    row: Row
    months: tuple[tuple[SafeString, str], ...]
    year: tuple[tuple[SafeString, str], ...]
    owed: str
    occasion: str


@open_to(*VILLAGE)
def four_ones(request: SignedIn) -> HttpResponse:
    """Show what was done for each helped household of a village in a year, and what is still owed."""
    villages, village, year = _asked(request)
    rows = table(request.sight, village, year) if village else []
    context = {
        "villages": villages,
        "village": village,
        "year": year,
        "years": range(max(EARLIEST, request.sight.day.year - 2), request.sight.day.year + 1),
        "months": [words.month(n) for n in range(1, 13)],
        "rows": [_shown(row) for row in rows],
        "today": request.sight.day,
        "file_url": f"{reverse('desk:four-ones-file')}?village={village.id}&year={year}" if village else "",
    }
    return render(request, "desk/four_ones/table.html", context)


@open_to(*VILLAGE)
def four_ones_file(request: SignedIn) -> HttpResponse:
    """Give the table as a file, after it is said what for, and note it."""
    _villages, village, year = _asked(request)
    if village is None:
        raise Http404
    form = DownloadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rows = table(request.sight, village, year)
        with_names = form.cleaned_data["names"] == "with"
        if with_names and len(rows) > MOST_NAMED:
            form.add_error("names", words_of("too_many_named", {"most": MOST_NAMED}))
        else:
            told = [list(_cells(row, with_names=with_names)) for row in rows]
            title = f"{TITLE} {village.name} {year}"
            answer = as_answer(form.cleaned_data["format"], _headings(with_names=with_names), told, title)
            _note(request, form.cleaned_data["purpose"], len(told))
            return answer
    back = f"{reverse('desk:four-ones')}?village={village.id}&year={year}"
    context = {"form": form, "title": TITLE, "said": f"{village.name} {year}", "back": back, "here": "four-ones"}
    return render(request, "desk/ledgers/download.html", context, status=422 if form.errors else 200)


def _asked(request: SignedIn) -> tuple[list[Unit], Unit | None, int]:
    villages = _villages(request.sight)
    asked = request.GET.get("village", "")
    village = next((unit for unit in villages if str(unit.id) == asked), None)
    if asked and village is None:
        raise Http404
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else request.sight.day.year
    year = min(max(year, EARLIEST), request.sight.day.year)
    return villages, village or next(iter(villages), None), year


def _villages(sight: Sight) -> list[Unit]:
    return in_code_order(Unit.objects.filter(log=log_of(sight), id__in=sight.near, kind=UnitKind.VILLAGE))


def _shown(row: Row) -> Shown:
    months = tuple((_drawn(pair), _said(pair)) for pair in row.months)
    return Shown(row, months, tuple((_drawn((one,)), _said((one,))) for one in row.year), _owed(row), _occasion(row))


def _drawn(states: Sequence[str]) -> SafeString:
    return SafeString("".join(draw(state, PART) for state in states if state and state != "not_owed"))


def _said(states: Sequence[str]) -> str:
    told = [str(words.STATES[state]) if state else "" for state in states]
    names = [str(DUTY_WORDS[duty]) for duty in MONTHLY] if len(states) > 1 else [""]
    said = (f"{name} {state}".strip() for name, state in zip(names, told, strict=True) if state)
    return pgettext("clause", ", ").join(said)


def _owed(row: Row) -> str:
    by_day: dict[Any, list[str]] = {}
    order = list(DUTY_WORDS)
    for duty, due in sorted(row.owed, key=lambda one: order.index(one[0])):
        by_day.setdefault(due, []).append(str(DUTY_WORDS[duty]))
    told = (
        pgettext("four ones", "{what} by {day}").format(
            what=pgettext("list", ", ").join(some), day=date_format(due, "MONTH_DAY_FORMAT")
        )
        for due, some in sorted(by_day.items())
    )
    return pgettext("clauses", ", ").join(told)


OCCASIONS = {
    "trip": pgettext_lazy("occasion", "this week's trip, by {day}"),
    "call": pgettext_lazy("occasion", "a telephone call, by {day}"),
    "round": pgettext_lazy("occasion", "the round that runs until {day}"),
    "move": pgettext_lazy("occasion", "the move from {day}: {place}"),
    "meeting": pgettext_lazy("occasion", "its branch's next party day, by {day}"),
}


def _occasion(row: Row) -> str:
    """Say when one meets a household anyhow, of which something is owed."""
    if not row.owed:
        return ""
    if row.occasion is None:
        return pgettext("occasion", "none known")
    place = word_of(SEASONS, row.occasion.season) if row.occasion.season else ""
    return str(OCCASIONS[row.occasion.code]).format(day=_day(row.occasion.on), place=place)


def _day(on: date) -> str:
    return date_format(on, "MONTH_DAY_FORMAT" if on.year == clock.today().year else "DATE_FORMAT")


def _headings(*, with_names: bool) -> list[str]:
    first = [pgettext("household", "Number"), *([pgettext("household", "Head")] if with_names else [])]
    yearly = [str(DUTY_WORDS["four-ones-trouble"]), str(DUTY_WORDS["four-ones-deed"])]
    return [*first, *(words.month(n) for n in range(1, 13)), *yearly, pgettext("four ones", "Still owed"),
            pgettext("four ones", "Next occasion")]  # fmt: skip


def _cells(row: Row, *, with_names: bool) -> Iterator[Any]:
    yield row.number
    if with_names:
        yield row.name
    yield from (_said(pair) for pair in row.months)
    yield from (_said((one,)) for one in row.year)
    yield _owed(row)
    yield _occasion(row)


def _note(request: SignedIn, purpose: str, rows: int) -> None:
    assert request.sight.log is not None
    note = Opening(
        log=request.sight.log,
        at=clock.now(),
        by=request.user.id,
        what="four_ones_file",
        part=PART,
        purpose=purpose,
        rows=rows,
    )
    note.save(force_insert=True)
