"""The households a round still asks for: by group and by where they are this season, and by telephone in one tap."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import VILLAGE
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import words
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.rounds.rounds import round_or_404
from concerto.faces.desk.visits.whom import people_of
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.counting import as_counted
from concerto.journal.kinds.visit import Visit1
from concerto.papers.rounds import OneRound, still_to_meet
from concerto.places.models import Unit
from concerto.places.sight import Sight
from concerto.register.agreeing import answers_to
from concerto.register.models import Household, Resident
from concerto.register.search import log_of, places_of

PAGE = 40
TAPS = (
    ("met", pgettext_lazy("phone round", "Met, no change")),
    ("nobody_home", pgettext_lazy("phone round", "Not reached")),
    ("not_now", pgettext_lazy("phone round", "Not now")),
    ("declined", pgettext_lazy("phone round", "Does not wish to")),
)


@dataclass(frozen=True)
class House:
    """A household that is still to be met."""

    id: UUID
    name: str
    number: str
    group: str
    place: str
    phones: tuple[str, ...]
    not_called: bool = False


@dataclass(frozen=True)
class Listed:
    """Those of one group, on one page of the list."""

    group: str
    houses: tuple[House, ...]


class TapForm(DraftForm):
    """One household and how the call went, in one tap."""

    tap = forms.RegexField(r"^[0-9a-f-]{36} (met|nobody_home|not_now|declined)$", required=True)


@open_to(*VILLAGE)
def houses(request: SignedIn, round: UUID, village: UUID) -> HttpResponse:
    """List the households of a village that a round still asks for; a telephone call is recorded in one tap."""
    one, unit = _asked(request.sight, round, village)
    form = TapForm(request.POST or None, account=request.user, at=clock.now())
    wanted = still_to_meet(unit.log, one, unit.id, request.sight.day)
    here = reverse("desk:round-houses", args=[one.id, unit.id])
    start = _number(request.GET.get("from", ""), len(wanted))
    if form.is_valid():
        house, outcome = form.cleaned_data["tap"].split()
        if not Household.objects.seen_by(request.sight).filter(id=house, village=unit.id).exists():
            raise Http404
        change: Any = "no_change" if outcome == "met" else "not_asked"
        body = Visit1(channel="phone_call", households=[UUID(house)], outcome=outcome, change=change)
        item = entry_of(request, form.draft, body, unit=unit.id)
        back = f"{here}?from={start}" if start else here
        if done := write(request, form, item, to=back, words=_("The call is recorded.")):
            return done
    found = _listed(request.sight, wanted)
    shown = found[start : start + PAGE]
    groups = [Listed(group, tuple(some)) for group, some in groupby(shown, key=lambda house: house.group)]
    return page(
        request,
        "desk/rounds/houses.html",
        form,
        round=one,
        village=unit,
        groups=groups,
        count=len(wanted),
        taps=TAPS if one.runs(request.sight.day) else (),
        later=f"{here}?from={start + PAGE}" if found[start + PAGE :] else "",
        earlier=f"{here}?from={max(0, start - PAGE)}" if start else "",
    )


def _asked(sight: Sight, round_: UUID, village: UUID) -> tuple[OneRound, Unit]:
    one = round_or_404(sight, round_)
    unit = Unit.objects.filter(log=log_of(sight), id=village).first()
    if unit is None or village not in one.villages or village not in sight.near:
        raise Http404
    return one, unit


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isdecimal() and len(text) < 6 else 0


def _listed(sight: Sight, wanted: Sequence[UUID]) -> list[House]:
    """Read whoever is still to be met in few statements, by group, then by where they are in this month."""
    rows = list(Household.objects.seen_by(sight).filter(id__in=wanted))
    people = people_of(sight, rows)
    phones, not_called = _phones(sight, [row.id for row in rows])
    found = [
        House(
            row.id,
            people[row.id][0].name if people.get(row.id) else "",
            row.number,
            row.group,
            next(iter(_places(row, sight.day.month)), ""),
            tuple(phones.get(row.id, ())),
            row.id in not_called,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (as_counted(one.group), one.place, as_counted(one.number), str(one.id)))


def _places(row: Household, month: int) -> Iterator[str]:
    for place in places_of(row):
        if place.holds_in(month):
            yield words.word_of(words.SEASONS, place.season)


def _phones(sight: Sight, houses: Sequence[UUID]) -> tuple[dict[UUID, list[str]], set[UUID]]:
    """Give the numbers under which households may be called, and those who have one and do not agree to be called."""
    found: dict[UUID, list[str]] = {}
    refusing = set[UUID]()
    log = log_of(sight)
    people = Resident.objects.filter(log=log, household__in=houses, restricted=False).here().order_by("id")
    rows = [(house, person, shown) for house, person, numbers in people.values_list("household", "id", "phones")
            if (shown := words.phones_shown(json.loads(numbers or "[]"), near=True))]  # fmt: skip
    answers = answers_to(log, "phone", houses, [person for _house, person, _shown in rows])
    for house, person, shown in rows:
        if answers.refuse(house, person):
            refusing.add(house)
        else:
            found.setdefault(house, []).extend(shown)
    return found, refusing - found.keys()
