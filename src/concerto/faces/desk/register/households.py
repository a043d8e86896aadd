"""The list of households: where one lands after signing in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import search
from concerto.faces.desk.register.changing import READERS, WRITERS, address
from concerto.faces.desk.register.words import said_on, title_of
from concerto.places.models import Unit
from concerto.places.sight import Role
from concerto.register import search as register
from concerto.register.search import Filters, Listed

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One line of the list, in words."""

    id: UUID
    number: str
    title: str
    group: str
    people: int
    is_helped: bool
    met: tuple[str, ...]


@dataclass(frozen=True)
class Village:
    """The lines of one village; the heading is left out where there is one village only."""

    name: str
    rows: tuple[Row, ...]


@open_to(*READERS)
def households(request: SignedIn) -> HttpResponse:
    """List the households of one's units; what is looked for comes by POST and stays out of the address."""
    if request.method == "POST":
        return _look(request)
    form = search.FilterForm(request, request.GET)
    words, filters = search.kept(request), form.filters
    asked = register.households(request.sight, filters, villages=[village.id for village in form.villages], text=words)
    count = asked.order_by()[: register.MOST_COUNTED + 1].count()
    rows = list(register.after(asked, _key(request.GET.get("after", "")))[: PAGE + 1])
    more = len(rows) > PAGE
    met = register.people_met(request.sight, words) if words else []
    lines = register.listed(request.sight, rows[:PAGE], met=met)
    page = {
        "form": form,
        "words": words,
        "is_narrowed": bool(words or form.narrowing),
        "said": _said(count, form, filters),
        "villages": list(_by_village(lines, form.villages)),
        "first": bool(request.GET.get("after")),
        "next": _address(form, after=str(rows[PAGE - 1].id)) if more else "",
        "start": _address(form),
        "may_write": request.sight.has(*WRITERS),
        "roster": address("roster") if request.sight.has(Role.TOWNSHIP_ORGANIZER) else "",
        "opens_cards": bool(request.sight.cards or request.sight.things),
    }
    return render(request, "desk/households/list.html", page)


def _look(request: SignedIn) -> HttpResponse:
    form = search.FilterForm(request, request.POST)
    words = "" if "clear" in request.POST else request.POST.get("words", "").strip()[: search.MOST_LETTERS]
    form.is_valid()
    to = reverse("desk:households") if "clear" in request.POST else _address(form)
    return search.keep(request, redirect(to), words)


def _address(form: search.FilterForm, **more: str) -> str:
    narrowing = {**form.narrowing, **more}
    return reverse("desk:households") + (f"?{urlencode(narrowing)}" if narrowing else "")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _said(count: int, form: search.FilterForm, filters: Filters) -> str:
    """Say in one line what is listed: how many, and what they are narrowed to."""
    if count > register.MOST_COUNTED:
        number = gettext("more than {n} households").format(n=register.MOST_COUNTED)
    else:
        number = ngettext("{n} household", "{n} households", count).format(n=count)
    where = [village.name for village in form.villages if filters.village in (None, village.id)]
    words = [where[0] if len(where) == 1 else "", filters.group, number]
    shown = ("season", "helped", "state")
    words += [str(dict(form.fields[name].choices)[form.data[name]]) for name in shown if _is_set(form, name)]  # type: ignore[attr-defined]
    return said_on(words)


def _is_set(form: search.FilterForm, name: str) -> bool:
    return form.is_valid() and bool(form.cleaned_data.get(name))


def _by_village(lines: Sequence[Listed], villages: Sequence[Unit]) -> Iterator[Village]:
    names = {village.id: village.name for village in villages}
    for village, group in groupby(lines, key=lambda line: line.row.village):
        name = names.get(village, "") if len(villages) > 1 else ""
        yield Village(name, tuple(_row(line) for line in group))


def _row(line: Listed) -> Row:
    title = title_of(line.row, line.head)
    return Row(line.row.id, line.row.number, title, line.row.group, line.people, line.helped, line.met)
