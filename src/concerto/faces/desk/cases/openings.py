"""Who opened the notes of a case, when and why: what a party who asks is told, as a page that can be printed.

It is told of one case and never grouped by whoever opened.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404
from concerto.faces.desk.cases.sealed import OPENED
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.papers.naming import accounts_named
from concerto.places.models import Opening

PAGE = 100


class Opened(NamedTuple):
    """One opening: when, by whom, and why."""

    at: datetime
    who: str
    why: str


def how_often_opened(dossier: Dossier) -> int:
    """Count every opening of the notes of a case."""
    return int(_rows(dossier).count())


def openings_of(dossier: Dossier, most: int, *, after: str = "") -> tuple[list[Opened], str]:
    """Give openings, the last first, and where the list goes on behind them; nothing where it ends."""
    rows = _rows(dossier).order_by("-at", "-id")
    if cursor := _read(after):
        at, key = cursor
        rows = rows.filter(at__lte=at).exclude(at=at, id__gte=key)
    found = list(rows.values_list("at", "id", "by", "purpose")[: most + 1])
    shown: Sequence[Any] = found[:most]
    called = accounts_named({by for _at, _id, by, _why in shown}) if shown else {}
    goes_on = f"{shown[-1][0].isoformat()}_{shown[-1][1]}" if len(found) > most else ""
    return [Opened(at, called.get(by, ""), why) for at, _id, by, why in shown], goes_on


def _rows(dossier: Dossier) -> Any:
    return Opening.objects.filter(log=dossier.row.log, about=dossier.row.id, what=OPENED)


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
    opened, goes_on = openings_of(dossier, PAGE, after=after)
    here = reverse("desk:case-openings", args=[case])
    context = {
        "dossier": dossier,
        "row": dossier.row,
        "opened": opened,
        "n": how_often_opened(dossier),
        "older": f"{here}?after={goes_on}".replace("+", "%2B") if goes_on else "",
        "newer": here if after else "",
        "up": reverse("desk:case", args=[case]),
        "here": "cases",
    }
    return render(request, "desk/cases/openings.html", context)
