"""The page of one household: its card, its year, its timeline; and what may be done from there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from concerto.faces.desk.frame import VILLAGE
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import Card, card_of, household_or_404
from concerto.faces.desk.register.changing import READERS, WRITERS, address
from concerto.faces.desk.register.consents import purposes_of
from concerto.faces.desk.register.timeline import Before, timeline, year_of
from concerto.places.sight import Role
from concerto.register.agreeing import answers_to
from concerto.register.current import aliases, current
from concerto.register.models import Household

VISITORS = (Role.INSTRUCTOR, Role.BRANCH_SECRETARY, Role.MEDIATOR, Role.TOWNSHIP_ORGANIZER)


@open_to(*READERS)
def household(request: SignedIn, house: UUID) -> HttpResponse:
    """Show a card under the name it has now; a name that was merged leads there."""
    sight = request.sight
    row = household_or_404(sight, house)
    assert sight.log is not None
    if row.called is not None:
        now = current(row.id, aliases(sight.log, Household))
        if now != row.id:
            return redirect("desk:household", now)
    card = card_of(sight, row)
    before = Before.read(request.GET.get("before", ""))
    shown = timeline(sight, card.names, near=card.near, before=before)
    here = reverse("desk:household", args=[row.id])
    page = {
        "card": card,
        "timeline": shown,
        "older": f"{here}?before={shown.older}#timeline" if shown.older else "",
        "newest": f"{here}#timeline" if before else "",
        "year": year_of(sight, card.names),
        "today": sight.day,
        "visit": _visit(row.id) if sight.has(*VISITORS) and not row.left_on else "",
        "deed": _deed(row) if not row.left_on and row.village in sight.cards else "",
        "may_write": sight.has(*WRITERS) and not row.erased,
        "needs_a_helper": card.needs_a_helper,
        "consents": purposes_of(sight, card.names, _people(card)) if card.near else (),
        "not_called": _not_called(card),
        "may_ask": card.near and sight.has(*VILLAGE) and not (row.left_on or row.erased),
    }
    return render(request, "desk/households/card.html", page)


def _people(card: Card) -> dict[UUID, str]:
    """Name those who live there and may be named."""
    return {person.row.id: person.name for person in card.people if not person.is_closed}


def _not_called(card: Card) -> set[UUID]:
    """Name those of a household who do not agree to be called; only the village knows of it."""
    if not card.near:
        return set()
    people = [person.row.id for person in card.people]
    answers = answers_to(card.row.log, "phone", [card.row.id], people)
    return {person for person in people if answers.refuse(card.row.id, person)}


def _deed(row: Household) -> str:
    """Give the form of a good thing with this household chosen, helped or not."""
    return f"{reverse('desk:deed-new', args=[row.village])}?house={row.id}"


def _visit(house: UUID) -> str:
    new = address("visit-new", house) or address("visit-new")
    return new if not new or str(house) in new else f"{new}?household={house}"
