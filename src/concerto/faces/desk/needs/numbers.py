"""Needs in numbers, each with what it counts; as a page, and as a file for a purpose that is noted."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.board.files import BoardFileForm
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.ledgers.files import as_answer
from concerto.groundwork import clock
from concerto.journal.kinds.words import NEED_WORDS, word
from concerto.papers.naming import unit_names
from concerto.papers.needs.numbers import Said, said, years
from concerto.papers.needs.numbers import numbers as counted
from concerto.places.models import Opening
from concerto.register.search import log_of

HEADINGS: dict[str, str | Promise] = {
    "raised": pgettext_lazy("needs number", "Raised"),
    "solved": pgettext_lazy("needs number", "Solved"),
    "confirmed": pgettext_lazy("needs number", "Confirmed"),
    "told_to_the_doer": pgettext_lazy("needs number", "Told to the doer"),
    "no_answer": pgettext_lazy("needs number", "No answer"),
    "not_ours": pgettext_lazy("needs number", "Not ours"),
    "merged": pgettext_lazy("needs number", "Merged"),
    "open": pgettext_lazy("needs number", "Open"),
    "sent": pgettext_lazy("needs number", "Sent on"),
    "returned": pgettext_lazy("needs number", "Came back"),
    "days": pgettext_lazy("needs number", "Median days"),
}
MEANS: dict[str, str | Promise] = {
    "raised": _("Everybody who asked in this year: two households that asked for the same are two."),
    "solved": _("Needs that were done, unless they were opened again, or nobody could be reached to ask."),
    "confirmed": _("Needs whose households all said yes, to somebody who had no hand in it or by their own slip."),
    "told_to_the_doer": _("Needs whose household said yes to somebody who had a hand in it: not counted as confirmed."),
    "no_answer": _("Needs whose household was asked twice and not reached: no success."),
    "not_ours": _("Needs that nobody here may decide; their households are shown whose they are."),
    "merged": _("Needs that go on under another one: whoever asked is counted there."),
    "open": _("Needs in which something is still to be done, told or asked."),
    "sent": _("Needs that were sent to a desk or an office."),
    "returned": _("Needs that came back from there."),
    "days": _("Half of the needs that have an end took no more days than this, from the first word to the last."),
}


@open_to(*READERS)
def numbers(request: SignedIn) -> HttpResponse:
    """Show the numbers of a year, by village and by what they are about."""
    year = _year(request)
    found = counted(request.sight, year)
    names = unit_names(request.sight)
    told = said(found)
    by_village = [(names.get(unit, ""), one) for unit, one in told.by_unit.items()]
    context = {
        "year": year,
        "years": list(years(request.sight)),
        "headings": list(HEADINGS.values()),
        "tables": [
            (gettext("By village"), gettext("Village"), _rows(sorted(by_village), told)),
            (gettext("By what they are about"), gettext("About"),
             _rows([(word(NEED_WORDS, one), told.by_sort[one]) for one in NEED_WORDS if one in told.by_sort], told)),
        ],
        "means": [(HEADINGS[name], MEANS[name]) for name in HEADINGS],
        "is_from_above": any(one.is_from_above for one in found.values()),
        "is_empty": not found,
        "here": "needs",
    }  # fmt: skip
    return render(request, "desk/needs/numbers.html", context)


@open_to(*READERS)
def file(request: SignedIn) -> HttpResponse:
    """Give the numbers as a file, a line for each village and sort; what for is asked and noted."""
    year, form = _year(request), BoardFileForm(request.POST or None)
    if form.is_valid():
        found, names = counted(request.sight, year), unit_names(request.sight)
        told = said(found).by_both
        rows = sorted([names.get(unit, ""), word(NEED_WORDS, sort), *row] for (unit, sort), row in told.items())
        headings = [gettext("Village"), gettext("About"), *(str(one) for one in HEADINGS.values())]
        note = Opening(
            log=log_of(request.sight),
            at=clock.now(),
            by=request.user.id,
            what="needs_file",
            purpose=form.cleaned_data["purpose"],
            rows=len(rows),
        )
        note.save(force_insert=True)
        return as_answer(form.cleaned_data["format"], headings, rows, f"{gettext('Needs in numbers')} {year}")
    context = {"form": form, "year": year, "here": "needs"}
    return render(request, "desk/needs/numbers_file.html", context, status=422 if form.errors else 200)


def _rows(rows: list[tuple[str, list[str]]], told: Said) -> list[tuple[str, list[str]]]:
    return [*rows, (gettext("All"), told.all)] if len(rows) > 1 else rows


def _year(request: SignedIn) -> int:
    asked = request.GET.get("year", "")
    known = years(request.sight)
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in known else known[0]
