"""One open list (一本清单): needs and cases that are open, and in a second tab what was struck off, by which entry.

Its reader finds here what stands on their two boards; of cases that do not open to them, nothing. It has no order but
that of days: nothing is ranked.
"""

from collections.abc import Mapping, Sequence
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
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from concerto.faces.desk import open_lines
from concerto.faces.desk.cases import board as cases_board
from concerto.faces.desk.cases import words as case_words
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import board as needs_board
from concerto.faces.desk.needs import words as need_words
from concerto.journal.kinds.case_words import DIFFICULTY_WORDS, LEVEL_WORDS
from concerto.journal.kinds.words import word
from concerto.papers import open_list as asking
from concerto.papers.open_list import CASE, NEED, Asked, Listed, Strike
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.access import covered_units
from concerto.register.search import log_of

PAGE = 50
ANY = ("", _("All"))
TABS: dict[str, str | Promise] = {
    "": pgettext_lazy("open list", "Open"),
    "struck": pgettext_lazy("open list", "Struck off"),
}
SORTS: dict[str, str | Promise] = {
    NEED: pgettext_lazy("open list", "Need"),
    CASE: pgettext_lazy("open list", "Dispute"),
}
LEVELS = {UnitKind.TOWNSHIP: "township", UnitKind.COUNTY_DESK: "county"}


@dataclass(frozen=True)
class Row:
    """One matter in words; of one that was struck off, by what, on which day and where that stands."""

    what: str
    matter: str
    about: str
    url: str
    village: str
    grade: str
    level: str
    held: str
    since: date
    due: date | None = None
    over: int = 0
    struck: str = ""
    struck_on: date | None = None
    entry: str = ""


class FilterForm(forms.Form):
    """Which village, and needs or disputes. What is no village of the reader's narrows nothing."""

    village = forms.ChoiceField(label=_("Village"), required=False)
    what = forms.ChoiceField(label=pgettext_lazy("open list", "Which"), required=False, choices=[ANY, *SORTS.items()])

    def __init__(self, data: Any, *, units: Sequence[Unit]) -> None:
        super().__init__(data)
        if len(units) > 1:
            self.fields["village"].choices = [ANY, *((str(unit.id), unit.name) for unit in units)]  # type: ignore[attr-defined]
        else:
            del self.fields["village"]

    @property
    def answers(self) -> dict[str, str]:
        """What is set and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@open_to(*NEED_READERS)
def open_list(request: SignedIn) -> HttpResponse:
    """Show what is open, or what was struck off."""
    sight = request.sight
    tab = "struck" if request.GET.get("list") == "struck" else ""
    form = FilterForm(request.GET, units=_units(sight))
    answers = form.answers
    village = answers.get("village")
    covered = covered_units(log_of(sight), [UUID(village)])[UUID(village)] if village else None
    asked = Asked(bool(tab), covered, answers.get("what", ""), asking.Cursor.read(request.GET.get("after", "")))
    found = asking.listed(sight, asked, PAGE + 1)
    shown, is_more = found[:PAGE], len(found) > PAGE
    rows = rows_of(sight, shown, is_struck=bool(tab))
    context = {
        "tabs": [{"name": TABS[name], "url": _address(name, answers), "is_here": name == tab} for name in TABS],
        "is_struck": bool(tab),
        "tab": tab,
        "form": form,
        "rows": rows,
        "lines": open_lines.drawn(rows, is_struck=bool(tab)),
        "is_narrowed": bool(answers),
        "all": _address(tab, {}),
        "older": _address(tab, answers, after=str(shown[-1].cursor)) if is_more else "",
        "start": _address(tab, answers) if asked.after else "",
        "said": ngettext("{n} matter on this page", "{n} matters on this page", len(shown)).format(n=len(shown)),
    }
    return render(request, "desk/open_list.html", context)


def _units(sight: Sight) -> list[Unit]:
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    found = Unit.objects.filter(log=log_of(sight), kind__in=kinds, id__in={*sight.units, *sight.desks})
    return list(in_code_order(found))


def rows_of(sight: Sight, lines: Sequence[Listed], *, is_struck: bool) -> list[Row]:
    """Say the lines in words, in a few statements whatever their number."""
    needs, cases = ([one.row for one in lines if one.what == what] for what in (NEED, CASE))
    desks = {desk for row in needs for desk in (row.holder, row.sent_to) if desk}
    units = {unit.id: unit for unit in Unit.objects.filter(log=log_of(sight), id__in=desks | {r.unit for r in needs})}
    names = {key: unit.name for key, unit in units.items()}
    said: dict[UUID, Row] = {}
    for need, row in zip(needs, needs_board.rows_of(sight, needs, names), strict=True):
        said[need.id] = _need(need, row, units)
    told_of_cases = cases_board.rows_of(sight, cases, follows=False, is_judged=not is_struck)
    for case, told in zip(cases, told_of_cases, strict=True):
        said[case.id] = _case(case, told)
    struck = asking.strikes(log_of(sight), lines) if is_struck else {}
    return [_struck(sight, one, said[one.row.id], struck.get(one.row.id)) for one in lines]


def _need(need: Any, row: needs_board.Row, units: Mapping[UUID, Unit]) -> Row:
    return Row(
        str(SORTS[NEED]),
        row.sort,
        row.whom,
        reverse("desk:need", args=[need.id]),
        row.village,
        word(need_words.CLOCKS, need.clock),
        _level(need, units),
        row.held,
        need.opened_on,
        row.due,
        row.over,
    )


def _level(need: Any, units: Mapping[UUID, Unit]) -> str:
    """Say at which level a need is: its village's, the one of the desk that has it, or an office's."""
    if need.office:
        return pgettext("open list", "an office")
    there = units.get(need.holder) if need.holder else None
    return word(LEVEL_WORDS, LEVELS.get(UnitKind(there.kind), "village") if there else "village")


def _case(case: Any, row: cases_board.Row) -> Row:
    return Row(
        str(SORTS[CASE]),
        row.sort,
        pgettext("case sides", " and ").join(row.sides) or row.number,
        reverse("desk:case", args=[case.id]),
        row.village,
        word(DIFFICULTY_WORDS, case.difficulty),
        word(LEVEL_WORDS, case.level),
        row.held,
        case.opened_on,
        row.due,
        row.over,
    )


def _struck(sight: Sight, line: Listed, row: Row, strike: Strike | None) -> Row:
    """Say by what a matter was struck off; the entry of a case stands on its page, and nowhere else."""
    if strike is None:
        return row
    is_case = line.what == CASE
    steps = case_words.STEPS if is_case else need_words.STEPS
    where = row.url
    if is_case:
        where += f"#step-{strike.entry}"
    elif line.row.unit in sight.units:
        where = reverse("desk:entry", args=[strike.entry])
    return replace(row, struck=word(steps, strike.kind), struck_on=strike.on, entry=where, due=None, over=0)


def _address(tab: str, answers: Mapping[str, str], **more: str) -> str:
    told = {**({"list": tab} if tab else {}), **answers, **more}
    return reverse("desk:open-list") + (f"?{urlencode(told)}" if told else "")
