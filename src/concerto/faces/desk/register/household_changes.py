"""What changes of one household: its card's head, its usual places, its village, its leaving and its coming back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.register.changing import WRITERS, DayField, Told, answer, entry_of, narrowed, write, written_on
from concerto.faces.desk.register.household_forms import (
    GROUP,
    NUMBER,
    HouseholdChangeForm,
    ShortField,
    place_rows,
    places_said,
    places_shown,
)
from concerto.faces.desk.register.words import called, title_of
from concerto.faces.desk.tray.mending import instead, places_again
from concerto.faces.desk.writing import DraftForm, record, seen
from concerto.groundwork import clock
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.said import SealedPart
from concerto.places.models import Unit, UnitKind
from concerto.register.models import Household, Resident
from concerto.register.search import head_of, places_of


class ChangeAtDesk(Told, HouseholdChangeForm):
    """What is different about a household, and where that is known from."""


@open_to(*WRITERS)
def change(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask what is different about a household; only what was altered is said."""
    row, people = _opened(request, house)
    form = ChangeAtDesk(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        saw=seen(row.id, row.wordings),
        household=row,
        heads=[("", "—"), *((str(person.id), called(person)) for person in people)],
    )
    instead(request, form)
    if form.is_valid():
        said = form.said()
        if not said:
            form.add_error(None, _("Nothing was altered."))
        elif done := _write(request, form, row, said, _("The household was changed.")):
            return done
    return page(request, "desk/households/change.html", form, **_about(row, people))


@open_to(*WRITERS)
def places(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask where a household usually is. All its places are one field, right only together."""
    row, people = _opened(request, house)
    if row.village not in request.sight.near:
        raise Http404
    form = Told(request.POST or None, account=request.user, at=clock.now(), saw=seen(row.id, row.wordings, ["places"]))
    instead(request, form)
    lines = place_rows(request.POST or None, places_again(request) or list(places_of(row)))
    if request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        answers = [line.cleaned_data for line in lines]
        said, parts = places_said(form.draft, row.id, answers)
        kept = [answer for answer in answers if answer["words"]]
        if kept == list(places_shown(row)) and not form.draft.instead_of:
            form.add_error(None, _("Nothing was altered."))
        elif done := _write(request, form, row, {"places": said}, _("The usual places were changed."), parts):
            return done
    return page(request, "desk/households/places.html", form, rows=lines, **_about(row, people))


class MoveForm(DraftForm):
    """Where a household has moved, and since when it belongs there."""

    def __init__(self, *args: Any, villages: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(village.id), village.name) for village in villages]
        self.fields["village"] = forms.TypedChoiceField(
            label=_("To which village"), choices=choices, coerce=UUID, widget=forms.RadioSelect
        )
        self.fields["day"] = DayField(label=_("Since when"), initial=clock.today)
        self.fields["number"] = ShortField(label=NUMBER, help_text=_("As it is counted there."))
        self.fields["group"] = ShortField(label=GROUP)


@open_to(*WRITERS)
def move(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask where a household has moved; from then on its card belongs to those who work there."""
    row, people = _opened(request, house)
    villages = Unit.objects.filter(log=row.log, kind=UnitKind.VILLAGE).exclude(id=row.village).order_by("code", "id")
    saw = seen(row.id, row.wordings, ["village", "number", "group"])
    form = MoveForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, villages=list(villages))
    instead(request, form)
    if form.is_valid():
        answers = form.cleaned_data
        said = {name: answers[name] for name in ("village", "number", "group")}
        stays = answers["village"] in request.sight.cards
        to = reverse("desk:household", args=[row.id]) if stays else reverse("desk:households")
        words = _("The household has moved. Its card now belongs to those who work there.")
        body = HouseholdChange1(household=row.id, **said)
        item = entry_of(request, form.draft, body, unit=row.village, on=answers["day"])
        if done := write(request, form, item, to=to, words=words):
            return done
    return page(request, "desk/households/move.html", form, **_about(row, people))


class LeftForm(DraftForm):
    """The last day of a household in the township."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"] = DayField(label=_("Their last day here"), initial=clock.today)


@open_to(*WRITERS)
def left(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask since when a household is gone from the township."""
    row, people = _opened(request, house)
    saw = seen(row.id, row.wordings, ["left_on"])
    form = LeftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    instead(request, form)
    if form.is_valid():
        words = _("They have left. The card stays, under Left.")
        if done := _write(request, form, row, {"left_on": form.cleaned_data["day"]}, words):
            return done
    return page(
        request,
        "desk/households/left.html",
        form,
        action=pgettext_lazy("verb", "They have left"),
        **_about(row, people),
    )


@open_to(*WRITERS)
def back(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask whether a household that had left is here again."""
    row, people = _opened(request, house)
    saw = seen(row.id, row.wordings, ["left_on"])
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if form.is_valid() and (done := _write(request, form, row, {"left_on": None}, _("They are back."))):
        return done
    return page(request, "desk/households/back.html", form, **_about(row, people))


def _opened(request: SignedIn, house: UUID) -> tuple[Household, list[Resident]]:
    """Give a household that can be changed, and who lives there. A merged or erased one is changed no more."""
    row = household_or_404(request.sight, house)
    if row.called is not None or row.erased:
        raise Http404
    people = Resident.objects.filter(log=row.log, household=row.id).here().order_by("id")
    return row, list(people)


def _write(
    request: SignedIn,
    form: DraftForm,
    row: Household,
    said: Mapping[str, Any],
    words: str | Promise,
    parts: Sequence[SealedPart] = (),
) -> HttpResponse | None:
    """Write a change of these fields, and of nothing else."""
    draft = narrowed(form.draft, row.id, said)
    told_by = form.told_by if isinstance(form, Told) else None
    body = HouseholdChange1(household=row.id, told_by=told_by, **said)
    item = entry_of(request, draft, body, unit=row.village, on=written_on(draft), sealed=parts)
    return answer(request, form, record(request, item), to=reverse("desk:household", args=[row.id]), words=words)


def _about(row: Household, people: Sequence[Resident]) -> dict[str, Any]:
    return {"row": row, "title": title_of(row, head_of(row, people))}
