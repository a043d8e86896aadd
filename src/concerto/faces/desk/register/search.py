"""What somebody looks for in the register: kept in a cookie of their own browser, never in an address or a log."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.register.words import SEASONS
from concerto.register.models import Household, HouseholdQuerySet
from concerto.register.search import Filters, Listed, groups_of, households, listed, people_met, villages_of

COOKIE = "concerto_search"
MOST_LETTERS = 60
FEW = 20
ANY = ("", _("All"))


def kept(request: SignedIn) -> str:
    """Give what this person was looking for in this browser, if they still are."""
    try:
        text: str = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_salt(request), max_age=settings.SESSION_COOKIE_AGE
        )
    except signing.BadSignature:
        return ""
    return text


def keep(request: SignedIn, answer: HttpResponse, text: str) -> HttpResponse:
    """Keep what is looked for until the browser is closed; nothing to look for forgets it."""
    if not text:
        answer.delete_cookie(COOKIE, samesite="Lax")
        return answer
    value = signing.dumps(text, salt=_salt(request))
    answer.set_cookie(COOKIE, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _salt(request: SignedIn) -> str:
    return f"search of {request.user.id}"


class SearchForm(forms.Form):
    """One box: a name, a reading of it, the end of a phone number, a number of a household."""

    words = forms.CharField(
        label=_("Look for a household"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


class FilterForm(SearchForm):
    """The box, and what the list is narrowed to. What narrows it names nobody, so it may stand in the address."""

    village = forms.TypedChoiceField(label=_("Village"), required=False, coerce=UUID, empty_value=None)
    group = forms.ChoiceField(label=pgettext_lazy("household", "Group"), required=False)
    season = forms.ChoiceField(label=_("Usual place"), required=False, choices=[ANY, *SEASONS])
    helped = forms.ChoiceField(
        label=pgettext_lazy("household", "Helper"),
        required=False,
        choices=[
            ANY,
            ("yes", pgettext_lazy("household", "With a helper")),
            ("no", pgettext_lazy("household", "Without a helper")),
        ],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("household", "Here")), ("left", pgettext_lazy("household", "Left"))],
    )

    def __init__(self, request: SignedIn, data: Any) -> None:
        super().__init__(data)
        self.villages = villages_of(request.sight)
        places = [(str(village.id), village.name) for village in self.villages]
        self.fields["village"].choices = [ANY, *places]  # type: ignore[attr-defined]
        if len(places) < 2:
            del self.fields["village"]
        groups = groups_of(request.sight, self._village())
        self.fields["group"].choices = [ANY, *((group, group) for group in groups)]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["group"]

    def _village(self) -> UUID | None:
        asked = self.data.get("village", "")
        return next((village.id for village in self.villages if str(village.id) == asked), None)

    @property
    def filters(self) -> Filters:
        """What the list is narrowed to; what can't be read narrows nothing."""
        answers = self.cleaned_data if self.is_valid() else {}
        return Filters(
            village=answers.get("village"),
            group=answers.get("group", ""),
            season=answers.get("season", ""),
            helped=answers.get("helped", ""),
            left=answers.get("state") == "left",
        )

    @property
    def narrowing(self) -> dict[str, str]:
        """What stands in the address: the filters that are set."""
        names = ("village", "group", "season", "helped", "state")
        return {name: value for name in names if name in self.fields and (value := self.data.get(name, ""))}


def found_households(request: SignedIn, text: str, *, but: UUID | None = None) -> list[Listed]:
    """Find a few households by what is typed, to choose one of them."""
    if not text.strip():
        return []
    villages = [village.id for village in villages_of(request.sight)]
    asked: HouseholdQuerySet = households(request.sight, Filters(), villages=villages, text=text)
    if but is not None:
        asked = asked.exclude(id=but)
    rows: list[Household] = list(asked[:FEW])
    return listed(request.sight, rows, met=people_met(request.sight, text))
