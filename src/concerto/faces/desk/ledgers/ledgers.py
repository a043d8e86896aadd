"""The five ledgers: a page each, filtered, the older behind the last line; and the same as a file, for a purpose."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.ledgers.files import DownloadForm, answer_with_file
from concerto.faces.desk.ledgers.filters import FilterForm
from concerto.papers import ledgers as papers
from concerto.papers.columns import Column, columns, in_one
from concerto.papers.ledgers import Cursor, Line
from concerto.papers.naming import Naming, naming
from concerto.places.sight import PART_NAMES, Part

PAGE = 50
LEDGER_TITLES: dict[Part, str | Promise] = {
    Part.STUDY: pgettext_lazy("ledger title", "Study ledger"),
    Part.BRANCH: pgettext_lazy("ledger title", "Branch ledger"),
    Part.VISITS: pgettext_lazy("ledger title", "Visit ledger"),
    Part.DISPUTES: pgettext_lazy("ledger title", "Dispute ledger"),
    Part.ASSISTANCE: pgettext_lazy("ledger title", "Assistance ledger"),
}
HELP: dict[Part, str | Promise] = {
    Part.STUDY: _("Talks on policy and lessons at home, as visits and gatherings held them."),
    Part.BRANCH: _("Pledges of members and branch matters that a visit served."),
    Part.VISITS: _("Who was called on, when, and whether somebody was met."),
    Part.DISPUTES: _(
        "Leads heard on visits: seen by whoever heard them and by the desk alone. After thirty days a lead lapses. "
        "Screenings of villages name nobody."
    ),
    Part.ASSISTANCE: _("Needs that were heard, and how helped households fare: “no change” is a line like any other."),
}
LEFT_OUT: dict[Part, str | Promise] = {  # said whether there is any or not: it tells nobody that there is one
    Part.DISPUTES: _(
        "Cases are not among these lines: each stands at the mediation centre for those it opens to, and for all "
        "others in the numbers alone."
    ),
}
LANES_BEFORE = ("by", "remark")  # the five lanes stand before these columns


@dataclass(frozen=True)
class Cell:
    """What stands in one cell, and how it is set."""

    key: str
    heading: str | Promise
    text: Any


@dataclass(frozen=True)
class Row:
    """One line of the page: its cells before and after the five lanes."""

    line: Line
    before: list[Cell]
    after: list[Cell]
    parts: list[Part]
    card: UUID | None
    number: str


@open_to(*READERS)
def ledger(request: SignedIn, part: str) -> HttpResponse:
    """Show one ledger, the newest lines first."""
    which = Part(part)
    form = FilterForm(request.GET, sight=request.sight, part=which)
    asked = form.asked
    after = Cursor.read(request.GET.get("after", ""))
    lines = list(papers.gather(which, request.sight, replace(asked, after=after), most=PAGE + 1))
    shown, is_more = lines[:PAGE], len(lines) > PAGE
    count = papers.counted(which, request.sight, asked)
    set_columns = [c for c in columns(which) if c.key != "unit" or form.is_of_many]
    page = {
        "part": which,
        "title": LEDGER_TITLES[which],
        "who": PART_NAMES[which],
        "help": HELP[which],
        "left_out": LEFT_OUT.get(which, ""),
        "form": form,
        "said": said(count, form),
        "before": [c for c in set_columns if c.key not in LANES_BEFORE],
        "after": [c for c in set_columns if c.key in LANES_BEFORE],
        "rows": list(_rows(request, shown, set_columns)),
        "is_narrowed": bool(form.narrowing),
        "start": _address(which, form),
        "is_older_page": after is not None,
        "older": _address(which, form, after=str(_cursor(shown[-1]))) if is_more else "",
        "file_url": _address(which, form, page="ledger-file"),
        "today": request.sight.day,
    }
    return render(request, "desk/ledgers/ledger.html", page)


@open_to(*READERS)
def download(request: SignedIn, part: str) -> HttpResponse:
    """Give a ledger as a file: only what its reader sees, after they say what for, and it is noted."""
    which = Part(part)
    filters = FilterForm(request.GET, sight=request.sight, part=which)
    form = DownloadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title, below = str(LEDGER_TITLES[which]), str(LEFT_OUT.get(which, ""))
        answer = answer_with_file(request, which, filters.asked, form, title=title, below=below)
        if answer is not None:
            return answer
    count = papers.counted(which, request.sight, filters.asked)
    page = {
        "part": which,
        "title": LEDGER_TITLES[which],
        "who": PART_NAMES[which],
        "form": form,
        "said": said(count, filters),
        "left_out": LEFT_OUT.get(which, ""),
        "back": _address(which, filters),
        "here": which.value,
    }
    return render(request, "desk/ledgers/download.html", page, status=422 if form.errors else 200)


def said(count: int, form: FilterForm) -> str:
    """Say in one line what is listed: where, when, what, and how many lines up to a thousand."""
    if count > papers.MOST_COUNTED:
        number = gettext("more than {n} lines").format(n=papers.MOST_COUNTED)
    else:
        number = ngettext("{n} line", "{n} lines", count).format(n=count)
    return in_one([*form.in_words(), number])


def _cursor(line: Line) -> Cursor:
    return Cursor(line.on, line.id, line.n)


def _address(part: Part, form: FilterForm, *, page: str = "ledger", **more: str) -> str:
    narrowing = {**form.narrowing, **more}
    return reverse(f"desk:{page}", args=[part.value]) + (f"?{urlencode(narrowing)}" if narrowing else "")


def _rows(request: SignedIn, lines: list[Line], shown: list[Column]) -> Any:
    called = naming(request.sight, lines)
    parts = papers.chords(request.sight, {line.entry for line in lines})
    for line in lines:
        cells = [Cell(column.key, column.heading, _text(column, line, called)) for column in shown]
        known = called.houses.get(line.household) if line.household else None
        yield Row(
            line,
            [cell for cell in cells if cell.key not in LANES_BEFORE],
            [cell for cell in cells if cell.key in LANES_BEFORE],
            parts.get(line.entry, [line.part] if line.state != "lapsed" else []),
            known.id if known else None,
            f"{called.numbers.get(line.entry, 0):04d}",
        )


def _text(column: Column, line: Line, called: Naming) -> Any:
    value = column.says(line, called)
    return value if isinstance(value, date) else str(value)
