"""What administrators did: a book that the privacy officer alone reads, and the slips that were made."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.places.acts import ACTS
from concerto.places.models import Account, AdministratorAct, Slip, Unit
from concerto.places.sight import Role

A_PAGE = 50


@open_to(Role.PRIVACY_OFFICER)
def acts(request: SignedIn) -> HttpResponse:
    """Read the book backwards, a page at a time."""
    found = AdministratorAct.objects.order_by("-at", "-id")
    before = _instant(request.GET.get("before", ""))
    if before is not None:
        found = found.filter(at__lt=before)
    listed = list(found[: A_PAGE + 1])
    shown = listed[:A_PAGE]
    called = _called(one for act in shown for one in (act.by, act.about))
    context = {
        "acts": [(act, ACTS.get(act.act, act.act), called.get(act.by), called.get(act.about)) for act in shown],
        "older": f"?before={shown[-1].at.isoformat().replace('+', '%2B')}" if len(listed) > A_PAGE else "",
        "newer": "?" if before is not None else "",
    }
    return page(request, "desk/places/acts.html", **context)


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _called(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = [one for one in ids if one is not None]
    people = Account.objects.filter(id__in=wanted).values_list("id", "called")
    units = Unit.objects.filter(id__in=wanted).values_list("id", "name")
    return {**dict(units), **dict(people)}


@open_to(Role.PRIVACY_OFFICER)
def act_slips(request: SignedIn) -> HttpResponse:
    """List every one-time slip, the last first: for whom, by whom, used or not."""
    before = _instant(request.GET.get("before", ""))
    found = Slip.objects.order_by("-made_at", "-id")
    if before is not None:
        found = found.filter(made_at__lt=before)
    listed = list(found[: A_PAGE + 1])
    shown = listed[:A_PAGE]
    called = _called(one for slip in shown for one in (slip.account, slip.made_by))
    context = {
        "slips": [(slip, called.get(slip.account), called.get(slip.made_by)) for slip in shown],
        "older": f"?before={shown[-1].made_at.isoformat().replace('+', '%2B')}" if len(listed) > A_PAGE else "",
        "newer": "?" if before is not None else "",
    }
    return page(request, "desk/places/act_slips.html", **context)
