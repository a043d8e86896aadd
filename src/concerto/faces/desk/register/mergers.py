"""Two names turn out to be one household or one person, or two after all; and some of a household live on their own."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import search
from concerto.faces.desk.register.card import Card, card_of, household_or_404, resident_or_404
from concerto.faces.desk.register.changing import WRITERS, DayField, entry_of, write
from concerto.faces.desk.register.household_forms import GROUP, NUMBER, ShortField
from concerto.faces.desk.register.words import called, title_of
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.journal.kinds.households import HouseholdSplit1, Merger1
from concerto.journal.models import Entry
from concerto.register.models import Household, Resident
from concerto.register.search import head_of


@open_to(*WRITERS)
def find(request: SignedIn, house: UUID) -> HttpResponse:
    """Look for the other household; what is looked for stays out of the address."""
    row = household_or_404(request.sight, house)
    form = search.SearchForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = search.found_households(request, words, but=row.id)
    options = [
        (reverse("desk:household-merge-with", args=[row.id, one.row.id]), title_of(one.row, one.head), one)
        for one in found
    ]
    context = {"row": row, "title": _title(request, row), "options": options, "words": words, "is_merger": True}
    return page(request, "desk/households/find.html", None, **context | {"form": form})


class MergeForm(DraftForm):
    """Which of two names stays."""

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stays"] = forms.TypedChoiceField(
            label=_("Which card stays"), choices=names, coerce=UUID, widget=forms.RadioSelect, initial=names[0][0]
        )


@open_to(*WRITERS)
def merge(request: SignedIn, house: UUID, other: UUID) -> HttpResponse:
    """Compare two households side by side, and say that they are one. Everything of both stays to be read."""
    rows = [household_or_404(request.sight, key) for key in (house, other)]
    if house == other or any(row.called is not None for row in rows):
        raise Http404
    cards = [card_of(request.sight, row) for row in rows]
    saw = {**seen(house, rows[0].wordings), **seen(other, rows[1].wordings)}
    names = [(str(card.row.id), _named(card)) for card in cards]
    form = MergeForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, names=names)
    if form.is_valid():
        stays = form.cleaned_data["stays"]
        gone = other if stays == house else house
        if done := _merge(request, form, "household", gone=gone, stays=stays, unit=rows[0].village, house=stays):
            return done
    return page(request, "desk/households/merge.html", form, cards=cards, row=rows[0], title=cards[0].title)


def _named(card: Card) -> str:
    return f"{card.title} ({card.row.number})" if card.row.number else card.title


def _merge(
    request: SignedIn,
    form: DraftForm,
    sort: Literal["household", "resident"],
    *,
    gone: UUID,
    stays: UUID,
    unit: UUID,
    house: UUID,
) -> HttpResponse | None:
    item = entry_of(request, form.draft, Merger1(sort=sort, gone=gone, stays=stays), unit=unit)
    return write(request, form, item, to=reverse("desk:household", args=[house]), words=_("The two are one now."))


@open_to(*WRITERS)
def merge_people(request: SignedIn, person: UUID, other: UUID) -> HttpResponse:
    """Compare two names of the register, and say that they are one person."""
    rows = [resident_or_404(request.sight, key) for key in (person, other)]
    if person == other or any(row.called is not None or row.restricted or row.erased for row in rows):
        raise Http404
    homes = [household_or_404(request.sight, row.household) for row in rows]
    saw = {**seen(person, rows[0].wordings), **seen(other, rows[1].wordings)}
    names = [(str(row.id), f"{row.name} ({home.number})") for row, home in zip(rows, homes, strict=True)]
    form = MergeForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, names=names)
    if form.is_valid():
        stays = form.cleaned_data["stays"]
        gone, home = (other, homes[0]) if stays == person else (person, homes[1])
        if done := _merge(request, form, "resident", gone=gone, stays=stays, unit=home.village, house=home.id):
            return done
    context = {"people": list(zip(rows, homes, strict=True)), "row": homes[0], "title": called(rows[0])}
    return page(request, "desk/residents/merge.html", form, **context)


@open_to(*WRITERS)
def unmerge(request: SignedIn, house: UUID) -> HttpResponse:
    """Take a merger back: both cards stand again as they were."""
    row = household_or_404(request.sight, house)
    if row.called is None:
        raise Http404
    merger, last = _merger_of(row)
    saw = {f"{merger.id}.wording": str(last.id)}
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if form.is_valid():
        item = entry_of(request, form.draft, None, unit=merger.unit, kind="merger", corrects=merger.id)
        to = reverse("desk:household", args=[row.id])
        if done := write(request, form, item, to=to, words=_("They are two again.")):
            return done
    return page(request, "desk/households/unmerge.html", form, row=row, title=_title(request, row))


def _merger_of(row: Household) -> tuple[Entry, Entry]:
    """Give the first and the last wording of the merger by which a name went."""
    wording = seen(row.id, row.wordings, ["called"])[f"{row.id}.called"]
    named = Entry.objects.filter(log=row.log, id=wording).first() if wording else None
    if named is None:
        raise Http404
    wordings = list(Entry.objects.filter(log=row.log, first=named.first).order_by("seq"))
    return wordings[0], wordings[-1]


class SplitForm(DraftForm):
    """Who goes, who is their head, since when, and how the new household is counted."""

    def __init__(self, *args: Any, people: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.id), called(person)) for person in people]
        self.fields["who"] = forms.TypedMultipleChoiceField(
            label=_("Who lives on their own now"), choices=choices, coerce=UUID, widget=forms.CheckboxSelectMultiple
        )
        self.fields["head"] = forms.TypedChoiceField(
            label=_("Who is their head"), choices=choices, coerce=UUID, widget=forms.RadioSelect
        )
        self.fields["day"] = DayField(label=_("Since when"), initial=clock.today)
        self.fields["number"] = ShortField(label=NUMBER)
        self.fields["group"] = ShortField(label=GROUP)

    def clean(self) -> dict[str, Any] | None:
        """Somebody goes and somebody stays, and the head is one of those who go."""
        cleaned = super().clean() or self.cleaned_data
        who, head = cleaned.get("who", []), cleaned.get("head")
        if head and who and head not in who:
            self.add_error("head", _("Their head is one of those who go: choose one of them."))
        if len(who) == len(self.fields["who"].choices):  # type: ignore[attr-defined]
            self.add_error("who", _("Somebody stays. If all have moved, the household has moved."))
        return cleaned


@open_to(*WRITERS)
def split(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask who of a household lives on their own now, and make them a household."""
    row = household_or_404(request.sight, house)
    people = list(Resident.objects.filter(log=row.log, household=row.id).here().order_by("id"))
    if row.called is not None or row.erased or len(people) < 2:
        raise Http404
    saw = {key: value for p in people for key, value in seen(p.id, p.wordings, ["home"]).items()}
    form = SplitForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, people=people)
    form.fields["group"].initial = row.group
    if form.is_valid():
        body = _split(form, row)
        item = entry_of(request, form.draft, body, unit=row.village, on=form.cleaned_data["day"])
        to = reverse("desk:household", args=[body.household])
        if done := write(request, form, item, to=to, words=_("They are a household of their own now.")):
            return done
    return page(request, "desk/households/split.html", form, row=row, title=title_of(row, head_of(row, people)))


def _split(form: SplitForm, row: Household) -> HouseholdSplit1:
    answers = form.cleaned_data
    return HouseholdSplit1(
        old=row.id,
        household=form.draft.new_id("household"),
        village=row.village,
        since=answers["day"],
        head=answers["head"],
        residents=answers["who"],
        number=answers["number"],
        group=answers["group"],
    )


def _title(request: SignedIn, row: Household) -> str:
    people = Resident.objects.filter(log=row.log, household=row.id).here().order_by("id")
    return title_of(row, head_of(row, people))
