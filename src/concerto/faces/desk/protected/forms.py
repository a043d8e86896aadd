"""What is asked of somebody hurt or afraid, and for them: how to reach them safely stands before a telephone."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.needs.forms import radios
from concerto.faces.desk.protected import words
from concerto.faces.desk.protected.record import Record
from concerto.faces.desk.register.changing import DayField
from concerto.faces.desk.writing import DraftForm, with_code
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.protected import SUSPECTED_OF

MOST_LETTERS = 4000
Fields = dict[str, forms.Field]


def _words(label: Any, *, required: bool = False, rows: int = 3) -> forms.CharField:
    field = forms.CharField(
        label=label, required=required, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": rows})
    )
    field.audience = words.READ_BY  # type: ignore[attr-defined]  # the template asks the field who may read it
    return field


def _line(label: Any, most: int, **more: Any) -> forms.CharField:
    field = forms.CharField(label=label, required=False, max_length=most, **more)
    field.audience = words.READ_BY  # type: ignore[attr-defined]  # the template asks the field who may read it
    return field


def _choices(said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(said.items())


def contact_fields() -> Fields:
    """Ask whether they may be reached, how and when, and only then the number."""
    return {
        "contact": radios(_("May they be reached without danger?"), _choices(words.CONTACT)),
        "how": _words(_("How and when: by whom, what is said if somebody else answers"), rows=2),
        "phone": _line(_("Telephone"), 40),
    }


def check_contact(form: DraftForm, told: dict[str, Any]) -> None:
    """Say at its question what the door would refuse: a way belongs with a contact that is safe, a number with it."""
    is_safe = told.get("contact") == "safe"
    if is_safe and not told.get("how", "").strip():
        form.add_error("how", with_code(words_of("contact_without_way"), "contact_without_way"))
    if told.get("contact") == "not_safe" and told.get("phone", "").strip():
        form.add_error("phone", with_code(words_of("contact_not_safe"), "contact_not_safe"))


class IntakeForm(DraftForm):
    """What is asked of somebody hurt or afraid: who, what happened, how to reach them; no other side."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = radios(_("Who is hurt or afraid"), _choices(words.WHO))
        self.fields["summary"] = _words(_("What they said happened, and what they want now"), required=True, rows=4)
        self.fields["crime"] = forms.BooleanField(label=_("It may be a crime"), required=False)
        self.fields.update(contact_fields())
        self.fields["name"] = _line(_("How they are called, if they want it noted"), 120)
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)

    def clean(self) -> dict[str, Any] | None:
        """Look at the contact before the door does."""
        told = super().clean() or self.cleaned_data
        check_contact(self, told)
        return told

    @property
    def is_suspected(self) -> bool:
        """Tell whether the law asks to report it on the same day."""
        return self.cleaned_data.get("who") in SUSPECTED_OF


class StepForm(DraftForm):
    """What one act asks, the words about it, and the day."""

    def __init__(self, *args: Any, act: str, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act, self.record = act, record
        self.fields.update(ASKED[act](record) if act in ASKED else {})
        if act != "safe":
            needed = words.step_of(act) in NEEDS_WORDS
            self.fields["words"] = _words(_("What is to be noted"), required=needed)
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)

    def clean(self) -> dict[str, Any] | None:
        """What the door would refuse is said at its question."""
        told = super().clean() or self.cleaned_data
        if self.act == "safe":
            check_contact(self, told)
        day: date | None = told.get("on")
        if day and day < self.record.row.opened_on:
            self.add_error("on", with_code(words_of("before_it_was_told"), "before_it_was_told"))
        if day and told.get("wants") == "mediation" and not self.record.stands.was_seen_alone(day):
            self.add_error("wants", with_code(words_of("not_seen_alone"), "not_seen_alone"))
        return told


NEEDS_WORDS = frozenset({"session", "agreed", "noted"})


def _told(record: Record) -> Fields:
    return {
        "told_of": forms.MultipleChoiceField(
            label=_("What they were told"), choices=_choices(words.TOLD_OF), widget=forms.CheckboxSelectMultiple
        )
    }


def _named(record: Record) -> Fields:
    people = [(str(one), name) for one, name in record.people_to_name]
    help_text = _("More people work here than this list holds.") if record.are_people_cut else ""
    label = pgettext_lazy("afraid", "Who")
    return {"account": forms.ChoiceField(label=label, choices=[("", "—"), *people], help_text=help_text)}


def _released(record: Record) -> Fields:
    people = [(str(one), record.called(one)) for one in record.stands.accounts]
    return {"account": radios(pgettext_lazy("afraid", "Who"), people)}


def _handed(record: Record) -> Fields:
    return {"desk": radios(_("Which desk"), [(str(one), name) for one, name in record.county_desks])}


def _returned(record: Record) -> Fields:
    return {"desk": radios(_("Which desk"), [(str(one), record.units.get(one, "")) for one in record.stands.desks])}


ASKED: Mapping[str, Callable[[Record], Fields]] = {
    "safe": lambda record: contact_fields(),
    "told": _told,
    "reported": lambda record: {"to": radios(_("To whom"), _choices(words.REPORTED_TO), initial="police")},
    "wish": lambda record: {"wants": radios(_("What they said, alone"), _choices(words.WANTS))},
    "named": _named,
    "released": _released,
    "handed": _handed,
    "returned": _returned,
}
