"""The pages of the week's ways: which homes in which order, what each stop settles and why, what to bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST

from concerto.faces.desk.frame import WRITERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import words as register_words
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.words import day_words
from concerto.papers.mechanism import tongue_read
from concerto.papers.naming import houses_named
from concerto.papers.trips import proposal, week_of
from concerto.places import leaving_out
from concerto.register.search import log_of
from concerto.rulebook.trips import Debt, Home, Proposal, Stop, Trip

MOST_TRIPS = 6  # on one page; the others are told by their number, and come up as these are settled
MOST_OUT = 100
MOST_CALLS = 20


@open_to(*WRITERS)
def trips(request: SignedIn) -> HttpResponse:
    """Propose the ways of this week; whom its reader leaves out stays out until it is over, and stays owed."""
    day = Day(request.sight)
    found = proposal(request.sight, day.place, left_out=_left_out(request))
    week, later = found.week[:MOST_TRIPS], found.later[: max(0, MOST_TRIPS - len(found.week))]
    shown = [*(stop for trip in (*week, *later) for stop in trip.stops), *found.calls[:MOST_CALLS]]
    left_out = found.left_out[:MOST_OUT]
    page = Page(day, _names(request, [*shown, *left_out]))
    first, last = week_of(request.sight.day)
    return render(
        request,
        "desk/trips/trips.html",
        {
            "first": first,
            "last": last,
            "week": [page.trip(trip) for trip in week],
            "later": [page.trip(trip) for trip in later],
            "calls": [page.stop(stop) for stop in found.calls[:MOST_CALLS]],
            "left_out": [page.stop(stop) for stop in left_out],
            "more": _more(found, len(week) + len(later), min(len(found.calls), MOST_CALLS), len(left_out)),
            **_just(request, page, shown, left_out),
            "elsewhere": len(found.elsewhere),
        },
    )


@open_to(*WRITERS)
def sheet(request: SignedIn, first: UUID) -> HttpResponse:
    """Print one way as a sheet: the way whose first stop this is, without whom its reader left out."""
    day = Day(request.sight)
    found = proposal(request.sight, day.place, left_out=_left_out(request))
    trip = next((one for one in found.trips if one.home.household == first), None)
    if trip is None:
        return render(request, "desk/trips/gone.html", status=404)
    page = Page(day, _names(request, trip.stops))
    return render(request, "desk/trips/sheet.html", {"trip": page.trip(trip), "asof": request.sight.day})


@require_POST
@open_to(*WRITERS)
def leave(request: SignedIn, house: UUID) -> HttpResponse:
    """Leave a household out of this week: it changes what is proposed to this person, and nothing of what is owed."""
    row = household_or_404(request.sight, house)
    leaving_out.leave_out(request.user.id, log_of(request.sight), row.id, asof=request.sight.day)
    return redirect(f"{reverse('desk:trips')}?just={row.id}")


@require_POST
@open_to(*WRITERS)
def take(request: SignedIn, house: UUID) -> HttpResponse:
    """Take a household in again."""
    row = household_or_404(request.sight, house)
    leaving_out.take_in(request.user.id, log_of(request.sight), row.id, asof=request.sight.day)
    return redirect(f"{reverse('desk:trips')}?just={row.id}")


def _left_out(request: SignedIn) -> set[UUID]:
    """Name whom its reader leaves out this week."""
    return leaving_out.left_out(request.user.id, log_of(request.sight), asof=request.sight.day)


def _just(request: SignedIn, page: "Page", shown: Sequence[Stop], left_out: Sequence[Stop]) -> dict[str, object]:
    """Say who was left out or taken in with the last tap, which can be undone by one more."""
    asked = request.GET.get("just", "")
    for stops, is_out in ((left_out, True), (shown, False)):
        for stop in stops:
            if asked == str(stop.home.household):
                return {"just": page.stop(stop), "just_out": is_out}
    return {}


def _names(request: SignedIn, stops: Sequence[Stop]) -> dict[UUID, str]:
    wanted = [stop.home.household for stop in stops if isinstance(stop.home.household, UUID)]
    return {house: one.name for house, one in houses_named(request.sight, wanted).items()}


def _more(found: Proposal, trips_shown: int, calls_shown: int, out_shown: int) -> str:
    """Say how much of the proposal the page leaves for later."""
    ways, calls = len(found.trips) - trips_shown, len(found.calls) - calls_shown
    out = len(found.left_out) - out_shown
    told = []
    if ways:
        told.append(ngettext("{n} more trip", "{n} more trips", ways).format(n=ways))
    if calls:
        told.append(ngettext("{n} more call", "{n} more calls", calls).format(n=calls))
    if out:
        told.append(ngettext("{n} more left out", "{n} more left out", out).format(n=out))
    return pgettext("list", ", ").join(told)


@dataclass(frozen=True)
class Thing:
    """One thing a stop settles: its duty in words and by when, and its ledger."""

    said: str
    part: str


@dataclass(frozen=True)
class AtHome:
    """A stop in words."""

    id: str
    name: str
    number: str
    address: str
    things: Sequence[Thing]
    why: str


@dataclass(frozen=True)
class OnTheWay:
    """A trip in words."""

    id: str
    title: str
    why: Sequence[str]
    stops: Sequence[AtHome]
    settles: int
    bring: Sequence[str]
    sheet: str


@dataclass(frozen=True)
class Page:
    """What the words of one page are made from."""

    day: Day
    names: Mapping[UUID, str]
    things: dict[tuple[str, date], Thing] = field(default_factory=dict)

    def trip(self, trip: Trip) -> OnTheWay:
        """Put a trip into words."""
        return OnTheWay(
            str(trip.home.household),
            self._title(trip),
            self._why_one_way(trip),
            [self.stop(stop) for stop in trip.stops],
            trip.settles,
            list(self._bring(trip)),
            reverse("desk:trip-sheet", args=[trip.home.household]),
        )

    def stop(self, stop: Stop) -> AtHome:
        """Put a stop into words: what it settles, and why it is on the way."""
        house = stop.home.household
        assert isinstance(house, UUID)
        return AtHome(
            str(house),
            self.names.get(house, ""),
            stop.home.number,
            reverse("desk:visit-new", args=[house]),
            [self._thing(debt) for debt in stop.debts],
            pgettext("clause", ", ").join(why_words(stop, self.day.asof)),
        )

    def _thing(self, debt: Debt) -> Thing:
        """Say a duty and its day once, however many stops settle it."""
        known = self.things.get((debt.duty, debt.due))
        if known is None:
            duty = self.day.place.mechanism.duties[debt.duty]
            said = (duty.title[tongue_read()], day_words(debt.due, self.day.asof))
            known = self.things[debt.duty, debt.due] = Thing(pgettext("clause", ", ").join(said), duty.part)
        return known

    def _title(self, trip: Trip) -> str:
        title = place_words(trip.home, self.day.units)
        return gettext("{place}, trip {n}").format(place=title, n=trip.nth) if self._is_split(trip) else title

    def _is_split(self, trip: Trip) -> bool:
        return "too_many_for_a_day" in trip.because

    def _why_one_way(self, trip: Trip) -> list[str]:
        told = [
            gettext("They are usually at this place this month, and stand in the order of their numbers.")
            if trip.home.season
            else gettext("No place of the season is known of them; they stand in the order of their numbers.")
        ]
        if self._is_split(trip):
            told.append(gettext("There are more of them than one day's way goes to."))
        if "settles_most" in trip.because:
            told.append(gettext("Nothing is due this week; this way settles most."))
        elif trip.due:
            told.append(gettext("Soonest due: {day}.").format(day=day_words(trip.due, self.day.asof)))
        else:
            told.append(gettext("What was missed there can still be made good."))
        return told

    def _bring(self, trip: Trip) -> list[str]:
        n = len(trip.stops)
        return [ngettext("slips for {n} household", "slips for {n} households", n).format(n=n)]


def place_words(home: Home, units: Mapping[UUID, str]) -> str:
    """Name where a home is this month: its village, the season's place, its group."""
    season = str(register_words.word_of(register_words.SEASONS, home.season)) if home.season else ""
    village = units.get(home.village, "") if isinstance(home.village, UUID) else ""
    return pgettext("clause", ", ").join(words for words in (village, season, home.group) if words)


def why_words(stop: Stop, asof: date) -> list[str]:
    """Say why a home is on the way."""
    words = (WHY[code] for code in stop.because if stop.due or code != "on_the_way")
    return [str(said).format(day=day_words(stop.due, asof) if stop.due else "") for said in words]


WHY = {
    "due_this_week": gettext_lazy("due {day}"),
    "on_the_way": gettext_lazy("lies on the way, and is due later"),
    "can_be_made_good": gettext_lazy("what was missed can still be made good"),
    "best_month": gettext_lazy("this month it is best reached"),
    "asked_to_be_called": gettext_lazy("asked to be called; a call does not settle all of it"),
}
