"""A form for each step of a need: choices first, few of them asked of everybody, what is written sealed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.needs import words
from concerto.faces.desk.register.changing import DayField
from concerto.faces.desk.writing import DraftForm, with_code
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.words import NEED_WORDS

READ_BY = _("those who work in the village, and whoever has the matter now")
MOST_LETTERS = 2000
WAYS = ("visit", "phone_call", "message", "office", "paper")
Choices = Sequence[tuple[str, str | Promise]]


def words_field(label: Any, *, required: bool = False) -> forms.CharField:
    """Ask for words that are sealed, and say who may read them."""
    field = forms.CharField(
        label=label, required=required, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
    field.audience = READ_BY  # type: ignore[attr-defined]  # the template asks the field who may read it
    return field


def radios(label: Any, choices: Choices, **options: Any) -> forms.ChoiceField:
    """Ask for one of a few."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class StepForm(DraftForm):
    """What every step asks: on which day. Choices come before it, words after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask()
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)
        if words_asked := self.words_asked():
            self.fields["words"] = words_asked

    def refuse(self, code: str) -> None:
        """Say why the door would not take it, while it is still on this form alone."""
        if code:
            self.add_error(None, with_code(words_of(code), code))

    def ask(self) -> None:
        """Add the questions of this step."""

    def words_asked(self) -> forms.CharField | None:
        """Give the box for words, where the step has one."""
        return words_field(_("What is to be noted"))


class OwnForm(StepForm):
    """Who sees to it, and how long its kind may take."""

    def __init__(self, *args: Any, owners: Choices, clock_now: str, **kwargs: Any) -> None:
        self.owners, self.clock_now = owners, clock_now
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        """Ask for the owner, and the sort of clock."""
        first = str(self.owners[0][0]) if self.owners else ""
        self.fields["owner"] = radios(_("Who sees to it"), self.owners, initial=first)
        self.fields["clock"] = radios(_("What it is"), words.choices(words.CLOCKS), initial=self.clock_now or "request")

    def words_asked(self) -> None:
        """Nothing needs saying in words."""


class DoneForm(StepForm):
    """How it came out; a wish ends with an outcome of its own."""

    def __init__(self, *args: Any, sort: str, **kwargs: Any) -> None:
        self.sort = sort
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        """Ask how it came out."""
        self.fields["outcome"] = radios(_("How it came out"), words.choices(words.OUTCOMES, words.outcomes(self.sort)))


class OfAskerForm(StepForm):
    """A step towards one of those who asked: which of them is asked only where there are several."""

    def __init__(self, *args: Any, askers: Choices, **kwargs: Any) -> None:
        self.askers = askers
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        """Ask which of the households it is."""
        if len(self.askers) > 1:
            self.fields["asker"] = radios(_("Which household"), self.askers)


class TellForm(OfAskerForm):
    """What the household was told, and how."""

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        """Ask what was said, until when, and how."""
        super().ask()
        chosen = words.choices(words.TOLD_OF, self.codes)
        self.fields["told_of"] = radios(_("What they were told"), chosen, initial=self.codes[0])
        if "interim" in self.codes:
            self.fields["until"] = forms.DateField(
                label=_("Until which day they wait"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        self.fields["way"] = radios(_("How they were told"), words.choices(words.WAYS, WAYS))

    def clean(self) -> dict[str, Any] | None:
        """Whoever is told how far it is, is told until when as well: a day that is still to come."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("told_of") == "interim" and "until" not in self.errors:
            if not cleaned.get("until"):
                self.add_error("until", _("Name the day until which they wait."))
            elif cleaned.get("on") and cleaned["until"] <= cleaned["on"]:
                self.add_error("until", _("The day lies before they were told: choose a later one."))
        return cleaned


class WordForm(OfAskerForm):
    """What the household says itself."""

    def ask(self) -> None:
        """Ask for the word, and how it was heard."""
        super().ask()
        self.fields["word"] = radios(_("Is it done, in their own words"), words.choices(words.SAYS))
        self.fields["through"] = radios(
            _("How it was heard"), words.choices(words.WAYS, ("visit", "phone_call", "office"))
        )


class AskedForm(OfAskerForm):
    """That somebody asked for the word, and could not reach them."""

    def ask(self) -> None:
        """Ask how it was tried."""
        super().ask()
        self.fields["way"] = radios(
            _("How it was tried"), words.choices(words.WAYS, ("visit", "phone_call", "message"))
        )

    def words_asked(self) -> None:
        """Nothing needs saying in words."""


class NoAnswerForm(OfAskerForm):
    """That nobody answered, after two askings."""

    def words_asked(self) -> None:
        """Nothing needs saying in words."""


class NotOursForm(StepForm):
    """Whose it is, so that the household is shown the right way."""

    def ask(self) -> None:
        """Ask which office decides it."""
        self.fields["route"] = radios(_("Who decides it"), words.choices(words.ROUTES))


class SendForm(StepForm):
    """Where it goes: a desk that works here, or an office that has none and gets a paper."""

    def __init__(self, *args: Any, desks: Choices, **kwargs: Any) -> None:
        self.desks = desks
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        """Ask where it goes."""
        offices = [(f"office:{code}", words.ROUTES[code]) for code in words.ROUTES]
        self.fields["where"] = forms.ChoiceField(
            label=_("Where it goes"),
            choices=[*([(_("Desks that work here"), self.desks)] if self.desks else []), (_("On paper to"), offices)],
        )

    def words_asked(self) -> forms.CharField:
        """Ask what is asked of them."""
        return words_field(_("What is asked of them"))


class ReturnForm(StepForm):
    """Why it goes back: whoever sent it has it again, and reads the reason."""

    def words_asked(self) -> forms.CharField:
        """Ask for the reason."""
        return words_field(_("Why it goes back"), required=True)


class NewForm(DraftForm):
    """A need told by telephone or at the office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"] = radios(_("What it is about"), list(NEED_WORDS.items()))
        self.fields["way"] = radios(
            _("How it was told"), words.choices(words.WAYS, ("phone_call", "office", "message"))
        )
        self.fields["clock"] = radios(_("What it is"), words.choices(words.CLOCKS), initial="request")
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)
        self.fields["words"] = words_field(_("What they said"), required=True)


class MergeForm(DraftForm):
    """Which of two needs goes on."""

    def __init__(self, *args: Any, names: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stays"] = forms.TypedChoiceField(
            label=_("Which of them goes on"), choices=names, coerce=UUID, widget=forms.RadioSelect, initial=names[0][0]
        )
