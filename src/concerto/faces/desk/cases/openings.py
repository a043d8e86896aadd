"""Who opened the notes of a case, when and why: what a party who asks is told, as a page that can be printed.

It is told of one case and never grouped by whoever opened.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.cases.dossier import dossier_or_404
from concerto.faces.desk.cases.sealed import OPENED
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.groundwork import clock
from concerto.papers.naming import accounts_named
from concerto.parts.disputes.cases import NUMBER
from concerto.parts.disputes.models import Case, CaseNumber
from concerto.places.models import Opening
from concerto.places.sight import Role

PAGE = 100
MOST_TOWNSHIPS = 2  # of one home may have given the same number; more need not be told apart


class Opened(NamedTuple):
    """One opening: when, by whom, and why."""

    at: datetime
    who: str
    why: str


def how_often_opened(row: Case) -> int:
    """Count every opening of the notes of a case."""
    return int(_rows(row).count())


def openings_of(row: Case, most: int, *, after: str = "") -> tuple[list[Opened], str]:
    """Give openings, the last first, and where the list goes on behind them; nothing where it ends."""
    rows = _rows(row).order_by("-at", "-id")
    if cursor := _read(after):
        at, key = cursor
        rows = rows.filter(at__lte=at).exclude(at=at, id__gte=key)
    found = list(rows.values_list("at", "id", "by", "purpose")[: most + 1])
    shown: Sequence[Any] = found[:most]
    called = accounts_named({by for _at, _id, by, _why in shown}) if shown else {}
    goes_on = f"{shown[-1][0].isoformat()}_{shown[-1][1]}" if len(found) > most else ""
    return [Opened(at, called.get(by, ""), why) for at, _id, by, why in shown], goes_on


def _rows(row: Case) -> Any:
    return Opening.objects.filter(log=row.log, about=row.id, what=OPENED)


def _read(after: str) -> tuple[datetime, UUID] | None:
    at, _line, key = after.partition("_")
    try:
        return datetime.fromisoformat(at), UUID(key)
    except ValueError:
        return None


@open_to(*NEED_READERS)
def answer(request: SignedIn, case: UUID) -> HttpResponse:
    """Show all openings of a case, page by page, as the answer for a party that asks who saw what it said."""
    dossier = dossier_or_404(request, case)
    if not dossier.reads:
        raise Http404
    after = request.GET.get("after", "")
    opened, goes_on = openings_of(dossier.row, PAGE, after=after)
    here = reverse("desk:case-openings", args=[case])
    context = {
        "dossier": dossier,
        "row": dossier.row,
        "opened": opened,
        "n": how_often_opened(dossier.row),
        "older": f"{here}?after={goes_on}".replace("+", "%2B") if goes_on else "",
        "newer": here if after else "",
        "up": reverse("desk:case", args=[case]),
        "here": "cases",
    }
    return render(request, "desk/cases/openings.html", context)


class NumberForm(forms.Form):
    """The number of a case, as it stands on the party's paper."""

    number = forms.CharField(label=_("Number of the case, as on the paper"), max_length=40)

    def clean_number(self) -> str:
        """Brackets may be typed either way; whatever is no number of a case is said so."""
        number = "".join(self.cleaned_data["number"].split()).replace("\uff08", "(").replace("\uff09", ")")
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Write the whole number, as it stands on the paper."))
        return number


@open_to(Role.PRIVACY_OFFICER)
def by_number(request: SignedIn) -> HttpResponse:
    """Answer a party that asks the privacy officer, and not who handles its case; that the officer looked is noted."""
    form = NumberForm(request.POST or None)
    found = _numbered(request, form.cleaned_data["number"]) if form.is_valid() else []
    row = found[0] if len(found) == 1 else None
    if row is None:
        if form.is_bound and not form.errors:
            several = _("Several townships have a case of this number: let those who handle it answer.")
            form.add_error("number", several if found else _("There is no case of this number."))
        return page(request, "desk/cases/openings_asked.html", form, here="requests")
    opened, goes_on = openings_of(row, PAGE)
    note = Opening(
        log=row.log, at=clock.now(), by=request.user.id, what="case_openings", about=row.id, rows=len(opened)
    )
    note.save(force_insert=True)
    context = {"row": row, "opened": opened, "n": how_often_opened(row), "is_cut": bool(goes_on), "here": "requests"}
    return render(request, "desk/cases/openings_asked.html", {"form": form, **context})


def _numbered(request: SignedIn, number: str) -> list[Case]:
    """Find cases by their number: of the officer's township, or of the whole home."""
    read = NUMBER.fullmatch(number)
    assert read is not None  # the form has let it through
    within = {"log": request.sight.log} if request.sight.log else {}
    known = CaseNumber.objects.filter(year=int(read[1]), serial=int(read[2]), number=number, **within)
    keys = list(known.order_by("log").values_list("log", "id")[:MOST_TOWNSHIPS])
    found = (Case.objects.filter(log=log, id=case).first() for log, case in keys)
    return [row for row in found if row is not None]
