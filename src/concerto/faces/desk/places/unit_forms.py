"""The forms of units: a new one, and each change of one that stands."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from concerto.places.models import Unit, UnitKind
from concerto.places.units import in_code_order


class DayField(forms.DateField):
    """A day, in the browser's own way of choosing one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class CodeForm(forms.Form):
    """Another code of a place, since when, and who uses it."""

    code = forms.CharField(label=_("Code"), max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    source = forms.CharField(label=_("Who uses it"), max_length=20, required=False)
    since = DayField(label=_("Since"), required=False)


class UnitForm(forms.Form):
    """A branch, or a village that no list of divisions knows."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind.value, kind.label) for kind in (UnitKind.BRANCH, UnitKind.VILLAGE)],
        widget=forms.RadioSelect,
        initial=UnitKind.BRANCH.value,
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    village = forms.ChoiceField(
        label=_("Village it serves"),
        required=False,
        help_text=_("A branch is not a village: it may serve one, or none."),
    )
    has_committee = forms.BooleanField(label=_("It has a committee"), required=False)
    code = forms.CharField(
        label=_("Code"), max_length=12, required=False, help_text=_("For a village that has one; twelve digits.")
    )
    since = DayField(label=_("Since"), required=False)

    def __init__(self, *args: Any, log: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = village_choices(log)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """A code is made of digits."""
        code = str(self.cleaned_data["code"]).strip()
        if code and not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("A code has 2 to 12 digits."))
        return code


def village_choices(log: UUID) -> list[tuple[str, Any]]:
    """List the villages of a township for a choice, none first."""
    villages = in_code_order(Unit.objects.of_log(log).filter(kind=UnitKind.VILLAGE, until=None))
    return [("", _("None")), *((str(unit.id), unit.name) for unit in villages)]


class RenameForm(forms.Form):
    """Another name, from a day on."""

    name = forms.CharField(label=_("New name"), max_length=120)
    on = DayField(label=_("From"))


class ClosingForm(forms.Form):
    """The last day of a unit or a group."""

    on = DayField(label=_("Last day"))


class BranchForm(forms.Form):
    """What a branch serves, and whether it has a committee."""

    village = forms.ChoiceField(label=_("Village it serves"), required=False)
    has_committee = forms.BooleanField(label=_("It has a committee"), required=False)

    def __init__(self, *args: Any, log: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = village_choices(log)  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A group of a branch."""

    name = forms.CharField(label=_("Name of the group"), max_length=60)
    since = DayField(label=_("Since"))
