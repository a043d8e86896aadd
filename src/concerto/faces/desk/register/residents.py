"""The people of a household: added, changed, moved to another household, left."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import search
from concerto.faces.desk.register.card import household_or_404, resident_or_404
from concerto.faces.desk.register.changing import (
    WRITERS,
    ChangeForm,
    DayField,
    Told,
    answer,
    entry_of,
    narrowed,
    write,
    written_on,
)
from concerto.faces.desk.register.person_forms import Sealing, answers_of, person_fields, sealed_answers
from concerto.faces.desk.register.words import RELATIONS, called, title_of
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import Draft, DraftForm, record, seen
from concerto.groundwork import clock
from concerto.journal.kinds.households import Home
from concerto.journal.kinds.people import Resident1, ResidentChange1
from concerto.places.models import Unit, UnitKind
from concerto.register.models import Household, Member, Resident
from concerto.register.search import head_of, likely_same

Said = Mapping[str, Any]


class NewPersonForm(DraftForm):
    """Somebody who comes to live in a household, or was left out of the roster."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= person_fields()
        self.fields["since"] = DayField(label=_("Lives here since"), required=False)


class NewAtDesk(Told, NewPersonForm):
    """Somebody who comes to live there, and where that is known from."""


@open_to(*WRITERS)
def new(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask about one more person of a household; who may be in the register already is named once."""
    row = household_or_404(request.sight, house)
    if row.called is not None or row.erased or row.left_on:
        raise Http404
    form = NewAtDesk(request.POST or None, account=request.user, at=clock.now())
    instead(request, form)
    alike: list[Resident] = []
    if form.is_valid():
        alike = [] if "sure" in request.POST else _alike(request, row, form)
        if not alike and (done := _add(request, form, row)):
            return done
    people = Resident.objects.filter(log=row.log, household=row.id).here().order_by("id")
    title = title_of(row, head_of(row, people))
    return page(request, "desk/residents/new.html", form, row=row, title=title, alike=alike)


def _alike(request: SignedIn, row: Household, form: NewPersonForm) -> list[Resident]:
    answers, own = form.cleaned_data, form.draft.new_id("resident")  # whom the first of two clicks brought in
    asked = likely_same(request.sight, village=row.village, name=answers["name"], identity=answers["identity"])
    return list(asked.exclude(id=own)[:5])


def _add(request: SignedIn, form: NewAtDesk, row: Household) -> HttpResponse | None:
    person, answers = form.draft.new_id("resident"), form.cleaned_data
    sealing = Sealing(form.draft, person)
    home = Home(household=row.id, relation=answers["relation"], since=answers["since"])
    body = Resident1(resident=person, home=home, told_by=form.told_by, **sealed_answers(sealing, answers))
    item = entry_of(request, form.draft, body, unit=row.village, sealed=sealing.parts)
    return write(request, form, item, to=_card(row.id), words=_("They are in the register."))


class PersonChangeForm(ChangeForm):
    """What is different about somebody. Phones and birth dates are asked of those who may read them."""

    def __init__(self, *args: Any, person: Resident, near: bool, head: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=answers_of(person), **kwargs)
        asked = person_fields()
        if head == person.id and person.relation == "head":  # what the head is to the head is not asked
            del asked["relation"]
        if not near:
            del asked["phones"], asked["born"]
        self.ask(asked)
        if person.identity:
            self.fields["identity"].help_text = _("Their number was given before. Type it only if it was wrong.")


class ChangeAtDesk(Told, PersonChangeForm):
    """What is different about somebody, and where that is known from."""


@open_to(*WRITERS)
def change(request: SignedIn, person: UUID) -> HttpResponse:
    """Ask what is different about somebody; only what was altered is said."""
    row, home = _opened(request, person)
    if row.restricted or row.erased:
        messages.warning(request, gettext("What is held about this person is locked or erased; it can't be changed."))
        return redirect(_card(home.id))
    near = home.village in request.sight.near
    form = ChangeAtDesk(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        saw=seen(row.id, row.wordings),
        person=row,
        near=near,
        head=home.head,
    )
    instead(request, form)
    if form.is_valid():
        if not form.altered:
            form.add_error(None, _("Nothing was altered."))
        elif done := _change(request, form, row, home):
            return done
    context = {
        "alike": _others_alike(request, row, home),
        "person": row,
        "row": home,
        "title": called(row),
        "is_member": _is_member(row),
        "branches": _branches(request),
    }
    return page(request, "desk/residents/change.html", form, **context)


def _others_alike(request: SignedIn, row: Resident, home: Household) -> list[Resident]:
    """Find under which other names somebody may stand in the register."""
    asked = likely_same(request.sight, village=home.village, name=row.name, identity=row.identity)
    return list(asked.exclude(id=row.id)[:5])


def _is_member(row: Resident) -> bool:
    return Member.objects.filter(log=row.log, resident=row.id, until__isnull=True, source_withdrawn=False).exists()


def _branches(request: SignedIn) -> bool:
    return Unit.objects.seen_by(request.sight).filter(kind=UnitKind.BRANCH).exists()


def _change(request: SignedIn, form: PersonChangeForm, row: Resident, home: Household) -> HttpResponse | None:
    answers = {name: form.cleaned_data[name] for name in form.altered}
    relation = answers.pop("relation", None)
    sealing = Sealing(form.draft, row.id)
    said = sealed_answers(sealing, answers)
    if relation:
        said["home"] = Home(household=row.household, relation=relation, since=written_on(form.draft))
    return _write(request, form, row, home, said, sealing=sealing, words=_("What is held about them was changed."))


def _write(
    request: SignedIn,
    form: DraftForm,
    row: Resident,
    home: Household,
    said: Said,
    *,
    words: Any,
    sealing: Sealing | None = None,
    to: UUID | None = None,
) -> HttpResponse | None:
    draft: Draft = narrowed(form.draft, row.id, said)
    told_by = form.told_by if isinstance(form, Told) else None
    body = ResidentChange1(resident=row.id, told_by=told_by, **said)
    parts = sealing.parts if sealing else ()
    item = entry_of(request, draft, body, unit=home.village, sealed=parts)
    return answer(request, form, record(request, item), to=_card(to or home.id), words=words)


class PersonLeftForm(DraftForm):
    """The last day of somebody in their household, when they went to none in this township."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"] = DayField(label=_("Their last day here"), initial=clock.today)


@open_to(*WRITERS)
def left(request: SignedIn, person: UUID) -> HttpResponse:
    """Ask since when somebody is no longer here; why is not asked."""
    row, home = _opened(request, person)
    saw = seen(row.id, row.wordings, ["left_on"])
    form = PersonLeftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    instead(request, form)
    if form.is_valid():
        said = {"left_on": form.cleaned_data["day"]}
        if done := _write(request, form, row, home, said, words=_("They are no longer among those who live here.")):
            return done
    action = pgettext_lazy("verb", "No longer here")
    return page(request, "desk/residents/left.html", form, person=row, row=home, title=called(row), action=action)


@open_to(*WRITERS)
def back(request: SignedIn, person: UUID) -> HttpResponse:
    """Ask whether somebody who had left is here again."""
    row, home = _opened(request, person)
    saw = seen(row.id, row.wordings, ["left_on"])
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if form.is_valid() and (done := _write(request, form, row, home, {"left_on": None}, words=_("They are back."))):
        return done
    return page(request, "desk/residents/back.html", form, person=row, row=home, title=called(row))


@open_to(*WRITERS)
def find(request: SignedIn, person: UUID) -> HttpResponse:
    """Look for the household somebody has moved to."""
    row, home = _opened(request, person)
    form = search.SearchForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = search.found_households(request, words, but=row.household)
    options = [
        (reverse("desk:resident-move-to", args=[row.id, one.row.id]), title_of(one.row, one.head), one) for one in found
    ]
    context = {"form": form, "row": home, "title": called(row), "options": options, "words": words, "person": row}
    return page(request, "desk/households/find.html", None, **context)


class PersonMoveForm(DraftForm):
    """As what somebody belongs to another household, and since when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"] = forms.ChoiceField(
            label=_("Relation to the head there"), choices=RELATIONS, initial="other"
        )
        self.fields["since"] = DayField(label=_("Since when"), initial=clock.today)


@open_to(*WRITERS)
def move(request: SignedIn, person: UUID, house: UUID) -> HttpResponse:
    """Let somebody belong to another household from a day on."""
    row, home = _opened(request, person)
    there = household_or_404(request.sight, house)
    if there.called is not None or there.id == row.household:
        raise Http404
    saw = seen(row.id, row.wordings, ["home"])
    form = PersonMoveForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if form.is_valid():
        answers = form.cleaned_data
        said = {"home": Home(household=there.id, relation=answers["relation"], since=answers["since"])}
        words = _("They belong to this household now.")
        if done := _write(request, form, row, home, said, words=words, to=there.id):
            return done
    people = Resident.objects.filter(log=row.log, household=there.id).here().order_by("id")
    context = {"person": row, "row": home, "title": called(row), "there": title_of(there, next(iter(people), None))}
    return page(request, "desk/residents/move.html", form, **context)


def _opened(request: SignedIn, person: UUID) -> tuple[Resident, Household]:
    row = resident_or_404(request.sight, person)
    if row.called is not None:
        raise Http404
    return row, household_or_404(request.sight, row.household)


def _card(house: UUID) -> str:
    return reverse("desk:household", args=[house])
