"""What is asked about a household: its number and group, where it usually is, how and when it is reached."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.conductor.stopping import stop_text
from concerto.faces.desk.register.changing import ChangeForm
from concerto.faces.desk.register.person_forms import person_fields
from concerto.faces.desk.register.words import MONTH_CHOICES, REACHED_BY, RELATIONS, SEASONS
from concerto.faces.desk.writing import Draft, DraftForm, refused_words
from concerto.groundwork.letters import plain
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.households import UsualPlace
from concerto.journal.said import Audience, SealedPart
from concerto.places.models import Account, Unit
from concerto.register.models import Household
from concerto.register.search import Place, places_of

MOST_PLACES = 8
SPARE_PLACES = 2
MOST_WORDS = 200
READ_IN_THE_VILLAGE = _("those who work in this village")

NUMBER = pgettext_lazy("household", "Number")
GROUP = pgettext_lazy("household", "Group")


class ShortField(forms.CharField):
    """A number or a group as offices write it: short, half-width, single spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=20, required=False, widget=forms.TextInput(attrs={"class": "input-short"}), **options
        )

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value))


def _household_fields() -> dict[str, forms.Field]:
    several = forms.CheckboxSelectMultiple
    return {
        "number": ShortField(label=NUMBER),
        "group": ShortField(label=GROUP),
        "reached_by": forms.MultipleChoiceField(
            label=_("How one reaches them"), choices=REACHED_BY, required=False, widget=several
        ),
        "best_months": forms.TypedMultipleChoiceField(
            label=_("Best months"), choices=MONTH_CHOICES, coerce=int, required=False, widget=several
        ),
    }


class NewHouseholdForm(DraftForm):
    """The household itself; who lives there is asked by a `PersonRow` each."""

    def __init__(self, *args: Any, villages: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(village.id), village.name) for village in villages]
        self.fields["village"] = forms.TypedChoiceField(label=_("Village"), choices=choices, coerce=UUID)
        if len(choices) == 1:
            self.fields["village"].initial = choices[0][0]
            self.fields["village"].widget = forms.HiddenInput()
        asked = _household_fields()
        self.fields["number"], self.fields["group"] = asked["number"], asked["group"]


class PersonRow(DraftForm):
    """One person of a new household. A row without a name is nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = person_fields()
        self.fields |= {name: asked[name] for name in ("name", "relation", "phones", "born", "identity")}
        self.fields["name"].required = False

    @property
    def is_somebody(self) -> bool:
        """Tell whether the row names somebody."""
        return bool(self.cleaned_data.get("name"))

    def clean(self) -> dict[str, Any] | None:
        """Ask for the name where the rest is filled in."""
        cleaned = super().clean() or self.cleaned_data
        filled = any(cleaned.get(name) for name in ("phones", "born", "identity"))
        if filled and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the name, or empty the row."))
        return cleaned


def head_of_it() -> forms.ChoiceField:
    """Give what the head of a household is to the head: not asked."""
    return forms.ChoiceField(choices=RELATIONS[:1], initial="head", widget=forms.HiddenInput())


def rows(data: Any, count: int, *, account: Account, at: datetime) -> list[PersonRow]:
    """Give the rows of people: the first is the head."""
    made = [PersonRow(data, account=account, at=at, prefix=f"p{n}") for n in range(count)]
    made[0].fields["relation"] = head_of_it()
    made[0].fields["name"].required = True
    for row in made[1:]:  # said once is enough
        row.fields["identity"].help_text = row.fields["phones"].help_text = ""
    return made


class HouseholdChangeForm(ChangeForm):
    """What changes of a household in its own village: number, group, how and when it is reached, who is head."""

    def __init__(self, *args: Any, household: Household, heads: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        initial = {
            "number": household.number,
            "group": household.group,
            "reached_by": [word for word in household.reached_by.split(",") if word],
            "best_months": [int(month) for month in household.best_months.split(",") if month],
            "head": str(household.head or "") if str(household.head) in dict(heads) else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        asked = _household_fields()
        asked["head"] = forms.TypedChoiceField(
            label=_("Who is head"), choices=heads, coerce=UUID, empty_value=None, required=False
        )
        self.ask(asked)
        self.order_fields(["number", "group", "head", "reached_by", "best_months"])

    def said(self) -> dict[str, Any]:
        """Give the fields that were altered, as an entry says them."""
        return {name: self.cleaned_data[name] for name in self.altered if name in self.fields}


class PlaceRow(forms.Form):
    """One usual place: a season, its months, and how one gets there."""

    season = forms.ChoiceField(label=pgettext_lazy("place", "Season"), choices=SEASONS)
    since = forms.TypedChoiceField(label=pgettext_lazy("month", "From"), choices=MONTH_CHOICES, coerce=int)
    until = forms.TypedChoiceField(label=pgettext_lazy("month", "To"), choices=MONTH_CHOICES, coerce=int)
    words = forms.CharField(
        label=_("Where, and how one gets there"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].audience = READ_IN_THE_VILLAGE  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        """Stop on what is not kept here, before it is sent anywhere."""
        words = plain(self.cleaned_data["words"])
        try:
            stop_text(words)
        except Refused as wrong:
            raise forms.ValidationError(refused_words(wrong), code=wrong.code) from None
        return words


def place_rows(data: Any, places: Sequence[Place]) -> list[PlaceRow]:
    """Give a row for each usual place, and some to write new ones in; an emptied one is taken out."""
    count = min(len(places) + SPARE_PLACES, MOST_PLACES)
    if data is not None:
        count = min(sum(f"w{n}-season" in data for n in range(MOST_PLACES)), MOST_PLACES)
    blank = {"season": "summer", "since": 5, "until": 9}
    shown = [
        {"season": p.season, "since": p.since, "until": p.until, "words": p.words} for p in places[:MOST_PLACES]
    ] + [blank] * MOST_PLACES
    return [PlaceRow(data, prefix=f"w{n}", initial=shown[n]) for n in range(count)]


def places_said(
    draft: Draft, household: UUID, answers: Iterable[dict[str, Any]]
) -> tuple[list[UsualPlace], list[SealedPart]]:
    """Turn the rows that have words into usual places and their sealed parts."""
    places, parts = [], []
    for n, answer in enumerate(answer for answer in answers if answer.get("words")):
        part = draft.seal(f"place.{n}", about=household, audience=Audience.PLACE, text=answer["words"])
        parts.append(part)
        places.append(
            UsualPlace(season=answer["season"], from_month=answer["since"], to_month=answer["until"], words=part.digest)
        )
    return places, parts


def places_shown(household: Household) -> Iterator[dict[str, Any]]:
    """Give the places of a household as their form would answer them; one whose words are erased has none."""
    for place in places_of(household):
        if place.words:
            yield {"season": place.season, "since": place.since, "until": place.until, "words": place.words}
