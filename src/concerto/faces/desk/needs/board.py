"""The needs board (诉求): what is open in the reader's units, on one line of five heads each. Never by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import words
from concerto.faces.desk.needs.life import life
from concerto.faces.desk.today.words import day_words
from concerto.journal.kinds.words import NEED_WORDS, word
from concerto.papers.behind import Cursor
from concerto.papers.naming import Named, accounts_named, houses_named
from concerto.papers.needs.board import ELSEWHERE, HEARD, LISTS, NEXT, UNDER_WAY, WORD, Asked, counts, needs
from concerto.papers.needs.due import due_of
from concerto.papers.standing.near import book_of
from concerto.parts.assistance.models import Need
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.access import covered_units
from concerto.register.search import log_of
from concerto.rulebook.standing import Line

PAGE = 50
ANY = ("", _("All"))
TITLES: dict[str, str | Promise] = {
    "open": pgettext_lazy("needs", "Open"),
    "said": pgettext_lazy("needs", "The household said it is done"),
    "no_answer": pgettext_lazy("needs", "No answer"),
    "not_ours": pgettext_lazy("needs", "Not ours"),
}
GROUPS: dict[int, str | Promise] = {
    NEXT: pgettext_lazy("needs", "Waits for its next step"),
    UNDER_WAY: pgettext_lazy("needs", "Being seen to"),
    ELSEWHERE: pgettext_lazy("needs", "At a desk or an office"),
    WORD: pgettext_lazy("needs", "Waits for the household"),
    HEARD: pgettext_lazy("needs", "Nobody is named yet"),
}


@dataclass(frozen=True)
class Row:
    """One need in words."""

    id: UUID
    sort: str
    whom: str
    is_name: bool
    village: str
    since: str
    held: str
    followed: str
    line: SafeString
    state: str
    more: str
    group: str
    due: Any = None
    over: int = 0


class FilterForm(forms.Form):
    """Which village, what sort, which state. What is no village of the reader's narrows nothing."""

    village = forms.ChoiceField(label=_("Village"), required=False)
    sort = forms.ChoiceField(label=pgettext_lazy("needs", "About"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("column", "State"), required=False)

    def __init__(self, data: Any, *, units: Sequence[Unit], which: str) -> None:
        super().__init__(data)
        villages = [(str(unit.id), unit.name) for unit in units if unit.kind == UnitKind.VILLAGE]
        self._offer("village", villages if len(villages) > 1 else [])
        self._offer("sort", list(NEED_WORDS.items()))
        states = LISTS[which]
        self._offer("state", words.choices(words.STATES, states) if len(states) > 1 else [])

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        if choices:
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    @property
    def answers(self) -> dict[str, str]:
        """What is set and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@open_to(*NEED_READERS)
def board(request: SignedIn) -> HttpResponse:
    """Show one list of needs; the open ones first, by what comes next."""
    sight = request.sight
    units = in_code_order(Unit.objects.seen_by(sight))
    which = request.GET.get("list", "open")
    which = which if which in LISTS else "open"
    form = FilterForm(request.GET, units=units, which=which)
    answers = form.answers
    village = answers.get("village")
    covered = covered_units(log_of(sight), [UUID(village)])[UUID(village)] if village else None
    asked = Asked(which, covered, answers.get("sort", ""), answers.get("state", ""))
    after = Cursor.read(request.GET.get("after", ""))
    found = list(needs(sight, replace(asked, after=after))[: PAGE + 1])
    shown, is_more = found[:PAGE], len(found) > PAGE
    context = {
        "which": which,
        "lists": _lists(sight, asked, answers, which),
        "form": form,
        "rows": rows_of(sight, shown, {unit.id: unit.name for unit in units}),
        "is_narrowed": bool(answers),
        "all": _address(which, {}),
        "older": _address(which, answers, after=str(_cursor(shown[-1]))) if is_more else "",
        "start": _address(which, answers) if after else "",
        "said": ngettext("{n} need on this page", "{n} needs on this page", len(shown)).format(n=len(shown)),
    }
    return render(request, "desk/needs/board.html", context)


def rows_of(sight: Sight, found: Sequence[Need], units: dict[UUID, str]) -> list[Row]:
    """Say needs in words, in a few statements whatever their number."""
    names = houses_named(sight, {row.household for row in found}) if found else {}
    desks = {desk for row in found for desk in (row.unit, row.holder, row.sent_to) if desk} - units.keys()
    if desks:
        units = units | dict(Unit.objects.filter(log=log_of(sight), id__in=desks).values_list("id", "name"))
    owners = {row.owner for row in found if row.owner}
    called = accounts_named(owners) if owners else {}
    lines = due_of(book_of(log_of(sight), sight.day), found, sight.day) if found else {}
    return [
        _row(row, names.get(row.household), units, called, next(iter(lines.get(row.id, ())), None), sight.day)
        for row in found
    ]


def _row(
    row: Need, house: Named | None, units: dict[UUID, str], called: dict[UUID, str], line: Line | None, asof: date
) -> Row:
    village = units.get(row.unit, "")
    owner = called.get(row.owner, "") if row.owner else gettext("the post of {village}").format(village=village)
    away = where(row, units)
    whom = house.name if house else gettext("a household in {village}").format(village=village)
    if row.askers > 1:
        others = row.askers - 1
        more = ngettext("{whom} and {n} household more", "{whom} and {n} households more", others)
        whom = more.format(whom=whom, n=others)
    rank = getattr(row, "rank", NEXT)
    return Row(
        row.id,
        word(NEED_WORDS, row.sort),
        whom,
        house is not None,
        village,
        day_words(row.opened_on, asof),
        away or owner,
        owner if away else "",
        life(row.state, is_late=line is not None and line.due < asof),
        word(words.STATES, row.state),
        desk_words(row, units),
        str(GROUPS[rank]) if row.is_open else "",
        line.due if line else None,
        max((asof - line.due).days, 0) if line else 0,
    )


def where(row: Need, units: dict[UUID, str]) -> str:
    """Name the desk or office a need is at, where it is not in its village's own hands."""
    if row.holder:
        return units.get(row.holder, "")
    return word(words.ROUTES, row.office) if row.office else ""


def desk_words(row: Need, units: dict[UUID, str]) -> str:
    """Say what a desk has still to answer, or that it came back."""
    if row.sent_to:
        return gettext("sent to {desk}, not accepted yet").format(desk=units.get(row.sent_to, ""))
    if row.office:
        return gettext("on paper at {office}").format(office=word(words.ROUTES, row.office))
    return gettext("came back from the desk it was sent to") if row.desk_state == "returned" else ""


def _lists(sight: Sight, asked: Asked, answers: dict[str, str], which: str) -> list[dict[str, Any]]:
    kept = {name: value for name, value in answers.items() if name != "state"}
    counted = counts(sight, asked)
    return [
        {"name": TITLES[name], "count": counted[name], "url": _address(name, kept), "is_here": name == which}
        for name in LISTS
    ]


def _address(which: str, answers: dict[str, str], **more: str) -> str:
    told = {**({"list": which} if which != "open" else {}), **answers, **more}
    return reverse("desk:needs") + (f"?{urlencode(told)}" if told else "")


def _cursor(row: Need) -> Cursor:
    return Cursor(row.rank, row.opened_on, row.id)  # type: ignore[attr-defined]  # the board's query gives it
