"""The forms of a posting: a new one, and each change of one that stands."""

from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET

from concerto.faces.desk.places.unit_forms import DayField
from concerto.faces.desk.writing import DraftForm
from concerto.journal.kinds.postings import Absence, Posting1, PostingChange1
from concerto.places.models import Account, Unit, UnitKind
from concerto.places.sight import POSTED_ROLES, Part, Role
from concerto.places.units import in_code_order
from concerto.register.models import Posting

STANDS_AT = {
    Role.TOWNSHIP_ORGANIZER: (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
    Role.CENTRE_DESK: (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
    Role.COUNTY_VIEWER: (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
    Role.COUNTY_DESK: (UnitKind.COUNTY_DESK,),
}


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
