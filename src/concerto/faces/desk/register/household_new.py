"""A household comes into the register with its people: one form, one batch at the door."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from concerto.conductor.receive import Receipt
from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import WRITERS, entry_of, renew, say_recorded, write_all, written_on
from concerto.faces.desk.register.household_forms import NewHouseholdForm, PersonRow, rows
from concerto.faces.desk.register.person_forms import Sealing, sealed_answers
from concerto.faces.desk.tray.mending import instead
from concerto.groundwork import clock
from concerto.journal.kinds.households import Home, Household1
from concerto.journal.kinds.people import Resident1
from concerto.journal.said import Item
from concerto.papers.naming import Named, houses_named
from concerto.register.models import Resident
from concerto.register.search import likely_same, same_number, villages_of

FIRST_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 12
MOST_ALIKE = 3


@open_to(*WRITERS)
def new(request: SignedIn) -> HttpResponse:
    """Ask about a household and who lives there, and add them together."""
    at, data = clock.now(), request.POST or None
    villages = villages_of(request.sight)
    form = NewHouseholdForm(data, account=request.user, at=at, villages=villages)
    instead(request, form)
    people = rows(data, _rows_asked(request), account=request.user, at=at)
    context: dict[str, Any] = {"rows": people, "villages": villages, "can_add": len(people) < MOST_ROWS}
    if request.method == "POST" and "more" in request.POST:
        return page(request, "desk/households/new.html", None, **context | {"form": form})
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for row in people)]):
        somebody = [row for row in people if row.is_somebody]
        if "sure" not in request.POST:
            context["alike"] = _alike(request, form.cleaned_data["village"], somebody)
            context["houses"] = _of_this_number(request, form)
        if not (context.get("alike") or context.get("houses")) and (answer := _add(request, form, somebody)):
            return answer
    return page(request, "desk/households/new.html", form, **context)


def _rows_asked(request: SignedIn) -> int:
    sent = sum(f"p{n}-name" in request.POST for n in range(MOST_ROWS))
    asked = sent + MORE_ROWS if "more" in request.POST else sent
    return max(1, min(asked, MOST_ROWS)) if sent else FIRST_ROWS


def _alike(request: SignedIn, village: UUID, people: Sequence[PersonRow]) -> list[Resident]:
    """Find who may be in the register already; it is said once, and stops nobody."""
    found: dict[UUID, Resident] = {}
    own = [row.draft.new_id("resident") for row in people]  # whom the first of two clicks brought in
    for row in people:
        name, identity = row.cleaned_data["name"], row.cleaned_data["identity"]
        alike = likely_same(request.sight, village=village, name=name, identity=identity).exclude(id__in=own)
        found |= {person.id: person for person in alike[:MOST_ALIKE]}
    return list(found.values())


def _of_this_number(request: SignedIn, form: NewHouseholdForm) -> list[tuple[str, Named]]:
    """Find the households of the village that have this number already; it is said once, and stops nobody."""
    village, number = form.cleaned_data["village"], form.cleaned_data["number"]
    if not number:
        return []
    own = form.draft.new_id("household")  # which the first of two clicks brought in
    found = same_number(request.sight, village=village, number=number).exclude(id=own).order_by("id")[:MOST_ALIKE]
    numbers = {house.id: house.number for house in found}
    return [(numbers[house], named) for house, named in houses_named(request.sight, numbers).items()]


def _add(request: SignedIn, form: NewHouseholdForm, people: Sequence[PersonRow]) -> HttpResponse | None:
    answers = form.cleaned_data
    village, house = answers["village"], form.draft.new_id("household")
    heads = [row for row in people if row.cleaned_data["relation"] == "head"] or list(people)
    head = heads[0].draft.new_id("resident")
    body = Household1(household=house, village=village, number=answers["number"], group=answers["group"], head=head)
    items = [
        entry_of(request, form.draft, body, unit=village),
        *(_person(request, row, house, village, form) for row in people),
    ]
    first, *others = write_all(request, items)
    if not first.stands:
        form.sent_back(first, at=clock.now())
        for row in people:
            renew(row)
        return None
    say_recorded(request, first, _("The household is in the register."))
    _say_who_is_not(request, others)
    return redirect("desk:household", house)


def _person(request: SignedIn, row: PersonRow, house: UUID, village: UUID, form: NewHouseholdForm) -> Item:
    person = row.draft.new_id("resident")
    sealing = Sealing(row.draft, person)
    said = sealed_answers(sealing, row.cleaned_data)
    home = Home(household=house, relation=row.cleaned_data["relation"])
    body = Resident1(resident=person, home=home, **said)
    return entry_of(request, row.draft, body, unit=village, on=written_on(form.draft), sealed=sealing.parts)


def _say_who_is_not(request: SignedIn, receipts: Sequence[Receipt]) -> None:
    missing = sum(not receipt.stands for receipt in receipts)
    if missing:
        words = ngettext(
            "{n} person could not be added and waits under To be settled.",
            "{n} people could not be added and wait under To be settled.",
            missing,
        )
        messages.error(request, words.format(n=missing))
