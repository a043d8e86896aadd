"""What the privacy officer is asked: who a request is about, what stays and what goes, and why."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.conductor.stopping import stop_text
from concerto.faces.desk.privacy.case import Part
from concerto.faces.desk.writing import refused_words
from concerto.groundwork import clock
from concerto.groundwork.phones import clean_phone
from concerto.groundwork.refusals import Refused
from concerto.places.models import RequestKind, Unit, UnitKind
from concerto.register.models import Resident

ERASE, KEEP = "erase", "keep"


class RequestForm(forms.Form):
    """Who asks for what: the person is found by what they said themselves."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=RequestKind.choices, widget=forms.RadioSelect)
    asked_on = forms.DateField(label=_("Asked on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    how = forms.CharField(
        label=_("How it came"),
        max_length=200,
        help_text=_("For example: in person at the desk, card shown. Without the name: this is kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    village = forms.ChoiceField(label=_("Registered in"))
    name = forms.CharField(
        label=_("Full name, as the person wrote it"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born = forms.DateField(
        label=_("Born on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    phone = forms.CharField(
        label=_("Or a phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, log: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = Unit.objects.filter(kind=UnitKind.VILLAGE).order_by("log", "code", "id")
        mine = villages.filter(log=log) if log else villages
        choices = [(f"{unit.log}:{unit.id}", unit.name) for unit in mine]
        self.fields["village"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].long = True  # type: ignore[attr-defined]  # a word to the template

    def clean_asked_on(self) -> Any:
        """Nobody asks tomorrow."""
        if self.cleaned_data["asked_on"] > clock.today():
            raise forms.ValidationError(_("The day is in the future. Choose today or an earlier day."))
        return self.cleaned_data["asked_on"]

    def clean_phone(self) -> str:
        """Read the number as the register does."""
        given = self.cleaned_data["phone"]
        read = clean_phone(given) if given else ""
        if read is None:
            raise forms.ValidationError(_("This is not one telephone number."))
        return read

    def clean_how(self) -> str:
        """Keep what is kept nowhere out of here too."""
        try:
            stop_text(self.cleaned_data["how"])
        except Refused as wrong:
            raise forms.ValidationError(refused_words(wrong)) from None
        return str(self.cleaned_data["how"])

    def clean(self) -> dict[str, Any] | None:
        """A name alone finds too many: a birth date or a phone comes with it."""
        given = super().clean()
        if given and not self.errors and not (given.get("born") or given.get("phone")):
            self.add_error("born", _("Give the birth date or a phone: a name alone is not enough."))
        return given

    @property
    def place(self) -> tuple[UUID, UUID]:
        """The log and the village that were chosen."""
        log, _sep, village = self.cleaned_data["village"].partition(":")
        return UUID(log), UUID(village)


class WhoForm(forms.Form):
    """Which of those found: told apart by relation and year of birth alone."""

    who = forms.ChoiceField(label=_("Who of them"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Sequence[Resident], relations: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].long = True  # type: ignore[attr-defined]  # a word to the template
        self.fields["who"].choices = [(str(one.id), _shown(one, relations)) for one in people]  # type: ignore[attr-defined]


def _shown(one: Resident, relations: dict[str, str]) -> str:
    return f"{relations.get(one.relation, one.relation)}, {one.born[:4] or '–'}"


class DecisionForm(forms.Form):
    """The reason, and for each listed part: erase it, or keep it. Nothing is decided beforehand."""

    basis = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Kept for ever with the erasure, so without name, phone or number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(ERASE, pgettext_lazy("decision", "Erase")), (KEEP, pgettext_lazy("decision", "Keep"))]
        for part in parts:
            self.fields[part.digest] = forms.ChoiceField(
                label=f"{part.title}, {part.kind} {part.on.isoformat()}: {part.why}",
                choices=choices,
                widget=forms.RadioSelect,
            )

    @property
    def decided(self) -> list[str]:
        """The digests that go."""
        return [name for name, choice in self.cleaned_data.items() if choice == ERASE and name != "basis"]


class CopyForm(forms.Form):
    """Which listed parts go into the copy for the person: those that are about them and nobody else."""

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also"] = forms.MultipleChoiceField(
            label=_("Also give"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(part.digest, f"{part.title}, {part.kind} {part.on.isoformat()}") for part in parts],
        )
        self.fields["also"].long = True  # type: ignore[attr-defined]  # a word to the template


class AnswerForm(forms.Form):
    """How a request ended."""

    answer = forms.ChoiceField(
        label=_("How it was answered"),
        choices=[
            ("done", pgettext_lazy("answer", "Done as asked")),
            ("partly", pgettext_lazy("answer", "Done in part")),
            ("declined", pgettext_lazy("answer", "Not done, and said why")),
        ],
        widget=forms.RadioSelect,
    )
