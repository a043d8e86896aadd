"""A proposed edition: what it says and does; approved or refused by somebody else, or taken back by who proposed it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.entries.opened import opening_entry
from concerto.faces.desk.frame import ORGANIZER, POSTED
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.mechanism.reading import Here, Proposal, edition_facts
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.journal.kinds.editions import EditionAnswer1
from concerto.papers.mechanism_change import change_of
from concerto.places.sight import Role

ANSWERING = (*ORGANIZER, Role.COUNTY_VIEWER)
WORDS = {"approve": _("It is approved."), "refuse": _("It is refused."), "withdraw": _("It is taken back.")}


@open_to(*POSTED)
def proposal(request: SignedIn, proposal: UUID) -> HttpResponse:
    """Show a local edition to everybody it concerns; whoever may answer it finds the answer here."""
    here = Here(request.sight)
    found = next((one for one in here.proposals if one.row.id == proposal), None)
    duty = here.mechanism.duties.get(found.row.duty) if found else None
    if found is None or duty is None or request.sight.log is None:
        raise Http404
    is_mine = found.row.proposed_by == request.user.id
    form = _form(request, found, is_mine=is_mine)
    if form is not None and form.is_valid():
        done = _answer(request, form, found, request.POST.get("answer", ""), is_mine=is_mine)
        if done is not None:
            return done
    before = duty.in_force(found.edition.since) if found.is_open else None
    page: dict[str, Any] = {
        "form": form,
        "one": found,
        "row": here.row(duty),
        "is_mine": is_mine,
        "facts": edition_facts(found.edition),
        "before": edition_facts(before) if before else [],
        "change": change_of(request.sight, found.row.log, here.mechanism, duty, found.edition)
        if found.is_open
        else None,
        "entry": opening_entry(found.row.log, found.row.id) if found.row.log in request.sight.units else None,
        "here": "mechanism",
    }
    return render(request, "desk/mechanism/proposal.html", page, status=422 if form and form.errors else 200)


def _form(request: SignedIn, found: Proposal, *, is_mine: bool) -> DraftForm | None:
    """Give whoever may answer, or take it back, a draft for it; nobody answers what they proposed."""
    if not found.is_open or not request.sight.has(*ANSWERING):
        return None
    row = found.row
    saw: Any = seen(row.id, row.wordings, ["answer"])
    if is_mine:
        # its proposal is the last that was said of it, as long as nobody answered
        saw = {f"{opening_entry(row.log, row.id)}.wording": next(iter(saw.values()))}
    return DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)


def _answer(request: SignedIn, form: DraftForm, found: Proposal, what: str, *, is_mine: bool) -> HttpResponse | None:
    """Bring the answer to the door, which judges again who may give it."""
    if what not in (("withdraw",) if is_mine else ("approve", "refuse")):
        raise Http404
    row = found.row
    if is_mine:
        first = opening_entry(row.log, row.id)
        item = entry_of(request, form.draft, None, unit=row.log, on=row.proposed_on, kind="edition", corrects=first)
        to = reverse("desk:duty", args=[row.duty])
    else:
        body = EditionAnswer1(edition=row.id, approved=what == "approve")
        item = entry_of(request, form.draft, body, unit=row.log)
        to = reverse("desk:proposal", args=[row.id])
    done = write(request, form, item, to=to, words=WORDS[what])
    return done
