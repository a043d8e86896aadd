"""How people say they were treated: for the township's desk and the privacy officer, never for whom it may be about."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerto.faces.desk.gate import SignedIn, open_to
from concerto.groundwork import clock
from concerto.journal.models import Entry, Sealed
from concerto.places.models import Opening, Unit
from concerto.places.sight import Role, Sight

DESK = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER, Role.PRIVACY_OFFICER)
A_PAGE = 30


@dataclass(frozen=True)
class Told:
    """One time that somebody said how they were treated."""

    id: UUID
    log: UUID
    on: date
    village: str
    words: str = ""
    digest: str = ""


@open_to(*DESK)
def treated(request: SignedIn) -> HttpResponse:
    """List what was said, the last first. The words of one open by themselves, and that they were opened is noted."""
    listed = _listed(request.sight)
    opened = request.POST.get("open", "")
    shown = [_opened(request.sight, one) if opened and str(one.id) == opened else one for one in listed]
    if opened and not any(one.words for one in shown):
        raise Http404
    context = {"told": shown[:A_PAGE], "more": len(shown) > A_PAGE, "here": "slips"}
    return render(request, "desk/slips/treated.html", context)


def _listed(sight: Sight) -> list[Told]:
    """Read those of the reader's township, the privacy officer's of every one, without those about the reader."""
    found = Entry.objects.filter(kind="treated")
    if not sight.has(Role.PRIVACY_OFFICER):
        if sight.log is None:
            return []
        found = found.filter(log=sight.log)
    rows = list(found.exclude(said__contains=str(sight.account)).order_by("-received_at", "-id")[: A_PAGE + 1])
    told = [(row, json.loads(row.said)) for row in rows]
    villages = {(said["log"], said["body"]["village"]) for _row, said in told}
    names = dict(Unit.objects.filter(id__in={village for _log, village in villages}).values_list("id", "name"))
    return [
        Told(row.id, row.log, row.happened_on, names.get(UUID(said["body"]["village"]), ""), "", said["body"]["words"])
        for row, said in told
    ]


def _opened(sight: Sight, one: Told) -> Told:
    text = Sealed.objects.filter(log=one.log, digest=one.digest).values_list("text", flat=True).first() or ""
    if text:
        note = Opening(log=one.log, at=clock.now(), by=sight.account, what="treated", about=one.id, part=one.digest)
        note.save(force_insert=True)
    return Told(one.id, one.log, one.on, one.village, text, one.digest)
