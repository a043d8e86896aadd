"""The centre's board: the cases that open to its reader, by where they are and their clocks; never by a person.

Above them stand the numbers of the year, each with what it counts. Of cases that are only followed there is where they
are, and nothing of what they are about.
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
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.cases import lines, words
from concerto.faces.desk.cases.spot import RECORDERS
from concerto.faces.desk.frame import COUNTED_FOR, NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.life import clock as clock_drawn
from concerto.faces.desk.register.changing import address
from concerto.journal.kinds.case_words import DIFFICULTY_WORDS, SORT_WORDS, STAGE_WORDS
from concerto.journal.kinds.cases import CATEGORIES
from concerto.journal.kinds.words import word
from concerto.papers.behind import Cursor
from concerto.papers.cases import board as asking
from concerto.papers.cases.numbers import ALL, CELLS, LISTED, SETTLED, STAYED, Numbers, numbers, of_year, years
from concerto.papers.cases.seals import waiting_for_seal
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.cases import due_of_cases
from concerto.papers.standing.near import book_of
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.search import log_of
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.standing import Line

PAGE = 50
ANY = ("", _("All"))
LISTS: dict[str, str | Promise] = {
    "open": pgettext_lazy("cases", "In hand"),
    "after": pgettext_lazy("cases", "To be kept and visited"),
    "ended": pgettext_lazy("cases", "At their end"),
    "goes_on": pgettext_lazy("cases", "Handed on or brought by you"),
}
GROUPS: dict[int, str | Promise] = {
    asking.BROUGHT: pgettext_lazy("cases", "Nobody has answered"),
    asking.ASKED: pgettext_lazy("cases", "Each side is asked"),
    asking.TALKING: pgettext_lazy("cases", "Being talked through"),
    asking.AWAY: pgettext_lazy("cases", "At another desk or office"),
    asking.SIGNING: pgettext_lazy("cases", "Agreed, signatures are missing"),
    asking.AFTER: pgettext_lazy("cases", "To be kept, and visited again"),
}
NEXT: dict[str, str | Promise] = {
    "brought": pgettext_lazy("case next", "take it on, or tell the way"),
    "accepted": pgettext_lazy("case next", "ask each party"),
    "willing": pgettext_lazy("case next", "talk with them"),
    "talking": pgettext_lazy("case next", "talk again, or write the agreement"),
    "agreed": pgettext_lazy("case next", "signatures and seal"),
    "in_effect": pgettext_lazy("case next", "ask whether it is done"),
    "between_themselves": pgettext_lazy("case next", "ask whether it is done"),
}
HEADINGS: dict[str, str | Promise] = {
    "accepted": pgettext_lazy("case number", "Taken on"),
    SETTLED: pgettext_lazy("case number", "Resolved"),
    "written": pgettext_lazy("case number", "Agreed in writing"),
    "oral": pgettext_lazy("case number", "Agreed by word"),
    "between_themselves": pgettext_lazy("case number", "Settled between themselves"),
    "not_settled": pgettext_lazy("case number", "Not settled"),
    "withdrawn": pgettext_lazy("case number", "Withdrawn"),
    "refused": pgettext_lazy("case number", "A side did not want it"),
    "open": pgettext_lazy("case number", "Under way"),
    STAYED: pgettext_lazy("case number", "Settled in the village"),
}
MEANS: dict[str, str | Promise] = {
    "accepted": _(
        "Cases of your units that were taken on in this year, each once; what was not taken on is not counted."
    ),
    SETTLED: _(
        "An agreement in effect, in writing or by word, or settled between themselves. Performance changes nothing."
    ),
    "written": _("A written agreement in effect: everybody has signed, the mediator too, and the seal is on it."),
    "oral": _("An agreement by word, which counts as much."),
    "between_themselves": _("Settled by the sides themselves, without anybody of the panel: no agreement to be kept."),
    "not_settled": _("Ended without an agreement, the other routes told. An honourable end."),
    "withdrawn": _("Taken back by who brought it. An honourable end."),
    "refused": _("A side did not want mediation. An honourable end."),
    "open": _("Taken on, and not yet at an end; also what is agreed and waits for a signature."),
    STAYED: _("Of those settled, how many never left the village."),
}


@dataclass(frozen=True)
class Row:
    """One case in words; of one that is only followed, where it is."""

    id: UUID
    number: str
    sides: list[str]
    sort: str
    village: str
    category: str
    held: str
    next: str
    group: str
    clock: SafeString | str = ""
    due: date | None = None
    left: int = 0

    @property
    def over(self) -> int:
        """How many days it is over."""
        return max(-self.left, 0)


class FilterForm(forms.Form):
    """Which village, what about, how hard. What is no village of the reader's narrows nothing."""

    village = forms.ChoiceField(label=_("Village"), required=False)
    category = forms.ChoiceField(label=pgettext_lazy("cases", "About"), required=False)
    difficulty = forms.ChoiceField(label=pgettext_lazy("cases", "How hard"), required=False)

    def __init__(self, data: Any, *, units: Sequence[Unit]) -> None:
        super().__init__(data)
        self._offer("village", [(str(unit.id), unit.name) for unit in units])
        self._offer("category", words.choices(SORT_WORDS, CATEGORIES))
        self._offer("difficulty", words.choices(DIFFICULTY_WORDS))

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        if len(choices) > 1:
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]  # these fields are choices
        else:
            del self.fields[name]

    @property
    def answers(self) -> dict[str, str]:
        """What is set and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@open_to(*NEED_READERS)
def board(request: SignedIn) -> HttpResponse:
    """Show one list of cases, and the numbers of the year above."""
    sight = request.sight
    which = request.GET.get("list", "")
    units = _units(sight)
    form = FilterForm(request.GET, units=units)
    answers = form.answers
    village = answers.get("village")
    asked = asking.Asked(
        "open", UUID(village) if village else None, answers.get("category", ""), answers.get("difficulty", "")
    )
    counted = asking.counts(sight, asked)
    year, came_to = _of_a_year(request) if which == asking.OF_A_YEAR else (0, "")
    which = which if which in LISTS or came_to else _first(counted)
    after = Cursor.read(request.GET.get("after", ""))
    asked = replace(asked, list=which, after=after, year=year, came_to=came_to)
    found = asking.page(sight, asked, PAGE + 1)
    shown, is_more = found[:PAGE], len(found) > PAGE
    known = of_year(sight, sight.day.year)
    told = numbers(known)
    in_a_year = {"year": str(year), "came": came_to} if came_to else {}
    follows = which == "goes_on"
    rows = rows_of(sight, shown, follows=follows)
    if which == "ended":
        rows = [_at_its_end(row, one.rank) for row, one in zip(rows, shown, strict=True)]
    context = {
        "which": which,
        "of_a_year": _year_words(sight, year, came_to) if came_to else "",
        "lists": [
            {"name": LISTS[name], "count": counted[name], "url": _address(name, answers), "is_here": name == which}
            for name in LISTS
            if counted[name] or name == which or name == "open"
        ],
        "form": form,
        "rows": rows,
        "lines": "" if follows else lines.drawn(rows),
        "follows": follows,
        "is_narrowed": bool(answers),
        "all": _address(which, {}),
        "older": _address(which, answers, **in_a_year, after=str(_cursor(shown[-1]))) if is_more else "",
        "start": _address(which, answers, **in_a_year) if asked.after else "",
        "said": ngettext("{n} case on this page", "{n} cases on this page", len(shown)).format(n=len(shown)),
        "told": told,
        "figures": figures(told, opens=known.mine == _number(told)),
        "means": [(HEADINGS[name], MEANS[name]) for name in HEADINGS],
        "seals": len(waiting_for_seal(sight)),
        "take_in": address("case-new") if not sight.roles.isdisjoint(RECORDERS) else "",
        "spot": address("spot") if not sight.roles.isdisjoint(RECORDERS) else "",
        "numbers": address("cases-numbers") if request.sight.has(*COUNTED_FOR) else "",
        "here": "cases",
    }
    return render(request, "desk/cases/board.html", context)


def _of_a_year(request: SignedIn) -> tuple[int, str]:
    """Read which number of which year opens to its list; nothing where there is no such number."""
    year, came_to = request.GET.get("year", ""), request.GET.get("came", "")
    known = years(request.sight)
    is_there = year.isascii() and year.isdigit() and len(year) == 4 and int(year) in known and came_to in LISTED
    return (int(year), came_to) if is_there else (0, "")


def _year_words(sight: Sight, year: int, came_to: str) -> str:
    n = asking.of_a_year(sight, year, came_to).count()
    said = ngettext(
        "{heading}, taken on in {year}: {n} case that opens to you",
        "{heading}, taken on in {year}: {n} cases that open to you",
        n,
    )
    return said.format(heading=HEADINGS[came_to], year=year, n=n)


def list_address(year: int, came_to: str) -> str:
    """Give the list that counts the same as a number of a year, of the cases that open to its reader."""
    return reverse("desk:cases") + f"?{urlencode({'list': asking.OF_A_YEAR, 'year': year, 'came': came_to})}"


def _first(counted: Mapping[str, int]) -> str:
    """Begin with what is under way; where none opens to the reader, with what they follow."""
    return "goes_on" if not counted["open"] and not counted["after"] and counted["goes_on"] else "open"


def _units(sight: Sight) -> list[Unit]:
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    found = Unit.objects.filter(log=log_of(sight), kind__in=kinds, id__in={*sight.units, *sight.desks})
    return list(in_code_order(found))


def figures(told: Numbers, *, opens: bool = False) -> list[tuple[str, str, str]]:
    """Give the numbers of a year with their headings, in the order of the page; where all cases open to the reader,
    each with the list that counts the same."""
    order = (ALL, SETTLED, *(name for name in HEADINGS if name in CELLS or name == STAYED))
    linked = opens and told.is_whole
    return [
        (
            str(HEADINGS[name]),
            told.cells[name],
            list_address(told.year, name) if linked and told.cells[name] != "0" else "",
        )
        for name in order
    ]


def _number(told: Numbers) -> int:
    return int(told.accepted) if told.accepted.isdigit() else -1


def rows_of(sight: Sight, found: Sequence[Any], *, follows: bool, is_judged: bool = True) -> list[Row]:
    """Say cases in words, in a few statements whatever their number; with the clock of each, if they are judged."""
    if not found:
        return []
    log = log_of(sight)
    desks = {desk for row in found for desk in (row.unit, row.desk, row.sent_to) if desk}
    units = dict(Unit.objects.filter(log=log, id__in=desks).values_list("id", "name"))
    if follows:
        return [_followed(row, units) for row in found]
    names = asking.names_of(sight, found)
    owed = due_of_cases(book_of(log, sight.day), found, sight.day) if is_judged else {}
    return [_row(row, names.get(row.id, []), units, next(iter(owed.get(row.id, ())), None), sight.day) for row in found]


def _row(
    row: Any, sides: Sequence[tuple[str, list[str]]], units: dict[UUID, str], line: Line | None, asof: date
) -> Row:
    rank = getattr(row, "rank", asking.ENDED)
    return Row(
        row.id,
        row.number,
        [words.side_words(side, names) for side, names in sides if names],
        words.sort_name(row.sort),
        units.get(row.unit, ""),
        words.sort_name(row.category),
        held_words(row, units),
        _next(row, line, asof),
        str(GROUPS.get(rank, "")),
        clock_drawn(line.period.first, line.due, asof) if line else "",
        line.due if line else None,
        (line.due - asof).days if line else 0,
    )


def _at_its_end(row: Row, rank: int) -> Row:
    """Say of a case of which nothing more is done how it ended: what was settled has nothing left to be kept."""
    if rank != asking.AFTER:
        return replace(row, group=gettext("Ended without a settlement"))
    settled = gettext("Settled, and nothing left to be kept")
    return replace(row, group=settled, next=gettext("nothing more is owed"))


def _next(row: Any, line: Line | None, asof: date) -> str:
    """Say the next step: a talk that has its day, what is owed next, else what its stage leads to."""
    if row.next_on and row.state == "open":
        day = date_format(row.next_on, "MONTH_DAY_FORMAT")
        if row.next_on < asof:
            return gettext("record the talk of {day}, or name another day").format(day=day)
        return gettext("talk on {day}").format(day=day)
    if row.stage in NEXT:
        if row.stage == "in_effect" and line is not None:
            return mechanism().duties[line.duty].title[tongue_read()]
        return str(NEXT[row.stage])
    return word(STAGE_WORDS, row.stage)


def _followed(row: Any, units: dict[UUID, str]) -> Row:
    next_on = date_format(row.next_on, "MONTH_DAY_FORMAT") if row.next_on and row.state == "open" else ""
    return Row(row.id, row.number, [], "", units.get(row.unit, ""), "", held_words(row, units), next_on,
               word(STAGE_WORDS, row.stage))  # fmt: skip


def held_words(row: Any, units: dict[UUID, str]) -> str:
    """Say in whose hands a case is, and whose answer is waited for."""
    desk = words.desk_name(units, row.desk, row.log)
    if row.sent_to:
        return gettext("{desk}, handed to {other}").format(
            desk=desk, other=words.desk_name(units, row.sent_to, row.log)
        )
    if row.office:
        return gettext("{desk}, handed to {other}").format(desk=desk, other=words.route_name(row.office))
    return desk


def _address(which: str, answers: Mapping[str, str], **more: str) -> str:
    told = {"list": which, **answers, **more}
    return reverse("desk:cases") + f"?{urlencode(told)}"


def _cursor(row: Any) -> Cursor:
    return Cursor(row.rank, row.opened_on, row.id)
