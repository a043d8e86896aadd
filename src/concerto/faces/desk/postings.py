"""Postings: who serves which unit as what, as entries of the journal; the page writes them like any other device."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from msgspec import UNSET

from concerto.conductor.receive import Receipt
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.postings import Absence, Posting1, PostingChange1
from concerto.journal.said import Body
from concerto.places.acts import note
from concerto.places.models import Account, Log, Unit, UnitKind
from concerto.places.sight import POSTED_ROLES, Part, Role
from concerto.places.units import in_code_order
from concerto.register.models import Posting

from .answers import done, page
from .gate import SignedIn, open_to
from .posted import Posted, described
from .units import DayField
from .writing import DraftForm, record, said_from, seen

STANDS_AT = {
    Role.TOWNSHIP_ORGANIZER: (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
    Role.CENTRE_DESK: (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
    Role.COUNTY_VIEWER: (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
}
ABSENCES = 6


def _township(request: SignedIn, asked: UUID | None = None) -> Log:
    """Give the township a page is of: an organizer's own, or whichever an administrator names."""
    if request.sight.has(Role.ADMINISTRATOR):
        if asked is None:
            raise Http404
        return get_object_or_404(Log, id=asked)
    if request.sight.log is None or asked not in (None, request.sight.log):
        raise Http404
    return get_object_or_404(Log, id=request.sight.log)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def postings(request: SignedIn) -> HttpResponse:
    """Bring an organizer to the postings of their township; let an administrator choose one."""
    if not request.sight.has(Role.ADMINISTRATOR):
        return redirect("desk:posting-list", _township(request).id)
    logs = list(Log.objects.order_by("name", "id"))
    if len(logs) == 1:
        return redirect("desk:posting-list", logs[0].id)
    return page(request, "desk/places/posting_townships.html", townships=logs)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_list(request: SignedIn, log: UUID) -> HttpResponse:
    """List the postings of a township by unit, in the order of codes."""
    township, day = _township(request, log), clock.today()
    by_unit: defaultdict[UUID, list[Posted]] = defaultdict(list)
    for one in described(Posting.objects.filter(log=township.id), day):
        by_unit[one.posting.unit].append(one)
    units = [(unit, by_unit[unit.id]) for unit in in_code_order(Unit.objects.of_log(township.id))]
    context = {
        "township": township,
        "units": [(u, posted) for u, posted in units if posted or u.until is None or u.until >= day],
        "people": Account.objects.filter(log=township.id, is_active=True).exists(),
        "several": request.sight.has(Role.ADMINISTRATOR) and Log.objects.count() > 1,
    }
    return page(request, "desk/places/postings.html", **context)


class PostingForm(DraftForm):
    """A new posting."""

    person = forms.ChoiceField(label=_("Who"))
    role = forms.ChoiceField(label=_("As"), choices=[(role.value, role.label) for role in POSTED_ROLES])
    unit = forms.ChoiceField(label=_("Where"))
    parts = forms.MultipleChoiceField(
        label=_("Which of the five parts"),
        required=False,
        choices=[(part.value, part.label) for part in Part],
        initial=[part.value for part in Part],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For an instructor: all five, or those the letter names. Others leave it."),
    )
    letter = forms.CharField(label=_("Number of the posting letter"), max_length=40, required=False)
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty as long as it is open."))

    def __init__(self, *args: Any, log: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = _people(log)  # type: ignore[attr-defined]
        self.fields["unit"].choices = _units(log)  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, role.label) for role in POSTED_ROLES]  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(part.value, part.label) for part in Part]  # type: ignore[attr-defined]
        self.kinds = dict(Unit.objects.filter(log=log).values_list("id", "kind"))

    def clean(self) -> dict[str, Any] | None:
        """A role of the township stands at the township; one of a village at a village or its branch."""
        given = super().clean()
        if given and given.get("role") and given.get("unit"):
            at = self.kinds[UUID(given["unit"])]
            of_township = Role(given["role"]) in STANDS_AT
            if of_township and at not in STANDS_AT[Role(given["role"])]:
                self.add_error("unit", _("This role belongs to the township itself."))
            if not of_township and at not in (UnitKind.BRANCH, UnitKind.VILLAGE):
                self.add_error("unit", _("This role belongs to a branch or a village."))
        return given

    def body(self) -> Posting1:
        """Say it as an entry does."""
        given = self.cleaned_data
        return Posting1(
            posting=self.draft.new_id("posting"),
            account=UUID(given["person"]),
            unit=UUID(given["unit"]),
            role=given["role"],
            since=given["since"],
            parts=given["parts"] if given["role"] == Role.INSTRUCTOR else [],
            letter=given["letter"].strip(),
            until=given["until"],
        )


def _people(log: UUID) -> list[tuple[str, Any]]:
    found = Account.objects.filter(log=log, is_active=True).order_by("name")
    return [("", _("Choose one")), *((str(a.id), f"{a.called} ({a.name})") for a in found)]


def _units(log: UUID) -> list[tuple[str, Any]]:
    found = in_code_order(Unit.objects.of_log(log).filter(until=None))
    return [("", _("Choose one")), *((str(unit.id), unit.name) for unit in found)]


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_new(request: SignedIn, log: UUID) -> HttpResponse:
    """Record a posting."""
    township, now = _township(request, log), clock.now()
    first = {"person": request.GET.get("person", ""), "unit": request.GET.get("unit", ""), "since": clock.day_of(now)}
    form = PostingForm(request.POST or None, account=request.user, at=now, log=township.id, initial=first)
    if form.is_valid():
        try:
            body = form.body()
            receipt = _recorded(request, form, body, log=township.id, unit=body.unit)
            if receipt.stands:
                _noted(request, "posting_made", body.posting, receipt)
                return done(request, _said(receipt), "desk:posting", township.id, body.posting)
        except Refused as wrong:
            form.not_written(wrong)
    return page(request, "desk/places/posting_new.html", form, township=township)


def _recorded(request: SignedIn, form: DraftForm, body: Body, *, log: UUID, unit: UUID) -> Receipt:
    """Bring what a form says to the door; happened is the day it is recorded, the days of a posting are its own."""
    item = said_from(form.draft, body, account=request.user, log=log, unit=unit, happened_on=form.draft.day)
    receipt = record(request, item)
    if not receipt.stands:
        form.sent_back(receipt, at=clock.now())
    return receipt


def _noted(request: SignedIn, act: str, posting: UUID, receipt: Receipt) -> None:
    if request.sight.has(Role.ADMINISTRATOR) and receipt.outcome == "accepted":
        note(act, by=request.user, at=clock.now(), about=posting, entry=str(receipt.id))


def _said(receipt: Receipt) -> str:
    return ngettext("Recorded, No. {n}.", "Recorded, No. {n}.", receipt.seq).format(n=receipt.seq)


class OfPosting(DraftForm):
    """A form whose entry changes one posting."""

    def __init__(self, *args: Any, one: Posting, first: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=first | self.as_it_is(one), **kwargs)
        self.one = one

    @staticmethod
    def as_it_is(one: Posting) -> dict[str, Any]:
        """Give what the form shows of the posting as it stands."""
        return {}

    def body(self) -> PostingChange1:
        """Say it as an entry does."""
        raise NotImplementedError


class ChangeForm(OfPosting):
    """What can change of a posting: its parts, its letter, its days."""

    parts = forms.MultipleChoiceField(
        label=_("Which of the five parts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    letter = forms.CharField(label=_("Number of the posting letter"), max_length=40, required=False)
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty as long as it is open."))

    def __init__(self, *args: Any, one: Posting, **kwargs: Any) -> None:
        super().__init__(*args, one=one, **kwargs)
        self.fields["parts"].choices = [(part.value, part.label) for part in Part]  # type: ignore[attr-defined]
        if one.role != Role.INSTRUCTOR:
            del self.fields["parts"]

    @staticmethod
    def as_it_is(one: Posting) -> dict[str, Any]:
        """Show every field as it stands."""
        return {"parts": _parts(one), "letter": one.letter, "since": one.since, "until": one.until}

    def body(self) -> PostingChange1:
        """Say what differs, and only that."""
        given, one = self.cleaned_data, self.one
        parts = given.get("parts", _parts(one))
        return PostingChange1(
            posting=one.id,
            parts=parts if parts != _parts(one) else UNSET,
            letter=given["letter"].strip() if given["letter"].strip() != one.letter else UNSET,
            since=given["since"] if given["since"] != one.since else UNSET,
            until=given["until"] if given["until"] != one.until else UNSET,
        )


def _parts(one: Posting) -> list[Any]:
    return [part for part in one.parts.split(",") if part]


class EndForm(OfPosting):
    """The last day of a posting."""

    until = DayField(label=_("Last day"))

    def body(self) -> PostingChange1:
        """Say the last day."""
        return PostingChange1(posting=self.one.id, until=self.cleaned_data["until"])


class AwayForm(OfPosting):
    """Days away and who stands in. Why is never asked."""

    since = DayField(label=_("First day away"))
    until = DayField(label=_("Last day away"))
    deputy = forms.ChoiceField(label=_("Who stands in"), required=False)

    def __init__(self, *args: Any, one: Posting, **kwargs: Any) -> None:
        super().__init__(*args, one=one, **kwargs)
        others = [choice for choice in _people(one.log)[1:] if choice[0] != str(one.account)]
        self.fields["deputy"].choices = [("", _("Nobody")), *others]  # type: ignore[attr-defined]

    def body(self) -> PostingChange1:
        """Say all absences there are, with this one added."""
        given = self.cleaned_data
        deputy = UUID(given["deputy"]) if given["deputy"] else None
        new = Absence(since=given["since"], until=given["until"], deputy=deputy)
        return PostingChange1(posting=self.one.id, absences=[*absences_of(self.one), new])


class BackForm(OfPosting):
    """One absence goes: it was a mistake, or it is over before its last day."""

    absence = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def body(self) -> PostingChange1:
        """Say the absences that are left."""
        gone = self.cleaned_data["absence"]
        left = [a for n, a in enumerate(absences_of(self.one)) if n != gone]
        return PostingChange1(posting=self.one.id, absences=left)


CHANGES: dict[str, tuple[type[OfPosting], tuple[str, ...]]] = {
    "change": (ChangeForm, ("parts", "letter", "since", "until")),
    "end": (EndForm, ("until",)),
    "away": (AwayForm, ("absences",)),
    "back": (BackForm, ("absences",)),
}


def absences_of(one: Posting) -> list[Absence]:
    """Read the absences of a posting as its entries say them."""
    return msgspec.json.decode(one.absences, type=list[Absence])


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting(request: SignedIn, log: UUID, posting_id: UUID) -> HttpResponse:
    """Show one posting, and what can be done about it."""
    township = _township(request, log)
    one = _one(township, posting_id)
    [posted] = described([one], clock.today())
    return page(request, "desk/places/posting.html", township=township, posted=posted)


def _one(township: Log, posting_id: UUID) -> Posting:
    return get_object_or_404(Posting, log=township.id, id=posting_id, source_withdrawn=False)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_change(request: SignedIn, log: UUID, posting_id: UUID, what: str) -> HttpResponse:
    """Change a posting, end it, note days away, or take such days back."""
    if what not in CHANGES:
        raise Http404
    township = _township(request, log)
    one, now = _one(township, posting_id), clock.now()
    kind, fields = CHANGES[what]
    initial = {"since": clock.day_of(now), "until": clock.day_of(now), "absence": request.GET.get("absence", "")}
    form = kind(
        request.POST or None,
        account=request.user,
        at=now,
        one=one,
        saw=seen(one.id, one.wordings, fields),
        first=initial,
    )
    if form.is_valid():
        try:
            receipt = _recorded(request, form, form.body(), log=township.id, unit=one.unit)
            if receipt.stands:
                _noted(request, "posting_changed", one.id, receipt)
                return done(request, _said(receipt), "desk:posting", township.id, one.id)
        except Refused as wrong:
            form.not_written(wrong)
    [posted] = described([one], clock.day_of(now))
    return page(request, f"desk/places/posting_{what}.html", form, township=township, posted=posted)
