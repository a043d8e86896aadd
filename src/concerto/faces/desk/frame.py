"""What stands around every page: where this person can go, in which world they are, how large their letters are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy

from concerto.groundwork import clock
from concerto.places.models import Account
from concerto.places.sight import Part, Role
from concerto.register.models import Posting

from .drawing import FIVE
from .five import CLEFS, LEDGERS

POSTED = frozenset(Role) - {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}
COUNTED_FOR = POSTED - {Role.COUNTY_DESK}  # a county department's desk is told of no standing
READERS = COUNTED_FOR - {Role.COUNTY_VIEWER}
CARD_READERS = READERS - {Role.CENTRE_DESK}
NEED_READERS = READERS | {Role.COUNTY_DESK}
ORGANIZER = frozenset({Role.TOWNSHIP_ORGANIZER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
OFFICER = frozenset({Role.PRIVACY_OFFICER})
BRANCH = frozenset({Role.BRANCH_SECRETARY, Role.TOWNSHIP_ORGANIZER, Role.INSTRUCTOR})
WRITERS = BRANCH | {Role.MEDIATOR}
VILLAGE = WRITERS - ORGANIZER
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Place:
    """Somewhere to go: the page it opens, its icon and words, who sees it, and which pages lie under it.

    A place whose page is not there is left out, so the list may name what a later part brings.
    """

    name: str
    icon: str
    words: str | Promise
    roles: frozenset[Role]
    under: tuple[str, ...] = ()
    part: Part | None = None
    elsewhere: str = ""  # the address of another face, which the desk does not know by name

    @property
    def here(self) -> str:
        """The word by which a page says that it lies here: the ledger's part, or the page's own name."""
        return self.part.value if self.part else self.name

    @property
    def url(self) -> str:
        """The address, or nothing when there is no such page."""
        return self.elsewhere or _address(self.name, self.part)

    def covers(self, page: str) -> bool:
        """Tell whether a page of this name lies under this place."""
        return page == self.name or any(page.startswith(start) for start in self.under)


@cache
def _address(name: str, part: Part | None) -> str:
    """Find the address of a page once: every page of the desk asks for all of these several times."""
    try:
        return reverse(f"desk:{name}", kwargs={"part": part.value} if part else None)
    except NoReverseMatch:
        return ""


# Translators: the places of the rail; keep them short
DAILY = (
    Place("today", "today", pgettext_lazy("place", "Today"), POSTED, ("today-", "why", "trip")),
    Place(
        "households", "house", pgettext_lazy("place", "Households"), CARD_READERS, ("household", "resident", "consent")
    ),
    Place("phone", "device", pgettext_lazy("place", "On this phone"), VILLAGE, elsewhere="/field/"),
    Place("needs", "need", pgettext_lazy("place", "Needs"), NEED_READERS, ("need",)),
    Place("cases", "scale", pgettext_lazy("place", "Mediation centre"), NEED_READERS, ("case", "spot")),
    Place("open-list", "table", pgettext_lazy("place", "Open list"), NEED_READERS),
)
BY_ROLE = (
    Place("board", "score", pgettext_lazy("place", "Township's year"), COUNTED_FOR, ("board",)),
    Place("cases-numbers", "scale", pgettext_lazy("place", "Cases in numbers"), frozenset({Role.COUNTY_VIEWER})),
    Place("branch-years", "people", pgettext_lazy("place", "A branch's year"), READERS, ("branch-year",)),
    Place("rounds", "house", pgettext_lazy("place", "Rounds"), READERS, ("round",)),
    Place("triage", "split", pgettext_lazy("place", "Where it belongs"), READERS, ("routes",)),
    Place("panel", "scale", pgettext_lazy("place", "Panel of mediators"), READERS, ("panel-",)),
    Place("facts", "pin", pgettext_lazy("place", "About the village"), COUNTED_FOR, ("fact-",)),
    Place("suggestions", "need", pgettext_lazy("place", "Suggestions"), COUNTED_FOR, ("suggestion-",)),
    Place("four-ones", "table", pgettext_lazy("place", "The four ones"), VILLAGE, ("four-ones", "deed", "wish")),
    Place("members", "people", pgettext_lazy("place", "Members"), BRANCH, ("member", "seat", "vote")),
    Place("tray", "clash", pgettext_lazy("place", "To be settled"), NEED_READERS, ("tray", "clash")),
    Place("roster", "table", pgettext_lazy("place", "Roster import"), ORGANIZER, ("roster",)),
    Place("units", "office", pgettext_lazy("place", "Units"), ADMINISTRATOR, ("unit",)),
    Place("people", "people", pgettext_lazy("place", "People"), ADMINISTRATOR, ("person", "people")),
    Place("postings", "posting", pgettext_lazy("place", "Postings"), ORGANIZER | ADMINISTRATOR, ("posting",)),
    Place("devices", "device", pgettext_lazy("place", "Devices"), ADMINISTRATOR, ("device",)),
    Place("alarms", "warn", pgettext_lazy("place", "What phones reported"), ADMINISTRATOR, ("alarm",)),
    Place("requests", "shield", pgettext_lazy("place", "Requests about data"), OFFICER, ("request",)),
    Place("erasures", "erase", pgettext_lazy("place", "Erasures"), OFFICER, ("erasure", "erase")),
    Place("acts", "file", pgettext_lazy("place", "Acts of administrators"), OFFICER, ("act",)),
    Place("slips", "file", pgettext_lazy("place", "Slips"), READERS, ("slip-", "slips-")),
    Place("slips-treated", "people", pgettext_lazy("place", "How people were treated"), OFFICER),
    Place("waivers", "check", pgettext_lazy("place", "Waivers"), READERS, ("waiver",)),
    Place("mechanism", "clock", pgettext_lazy("place", "Mechanism"), POSTED | ADMINISTRATOR, ("mechanism-", "duty")),
)
OWN = (Place("my-page", "person", pgettext_lazy("place", "My page"), EVERYBODY, ("my-", "carry")),)
LEDGER_PLACES = tuple(Place("ledger", "book", LEDGERS[part], READERS, part=part) for part in FIVE)
KEYS = ("record", "visit-new")  # the page the key opens: the first that is there


class Rail:
    """Where somebody of some roles can go; one that is signed in has pages of their own."""

    def __init__(self, roles: frozenset[Role], *, signed_in: bool) -> None:
        self.roles, self.signed_in = roles, signed_in

    @property
    def daily(self) -> list[Place]:
        return self._open(DAILY)

    @property
    def ledgers(self) -> list[tuple[Place, Any]]:
        return [(place, CLEFS[place.part]) for place in self._open(LEDGER_PLACES) if place.part]

    @property
    def by_role(self) -> list[Place]:
        return self._open(BY_ROLE)

    @property
    def own(self) -> list[Place]:
        return [place for place in OWN if self.signed_in and place.url]  # also of those who have no role yet

    def _open(self, places: Iterable[Place]) -> list[Place]:
        return [place for place in places if place.roles & self.roles and place.url]


@lru_cache(maxsize=512)  # the places follow from these alone, and every page draws them twice
def _rail_drawn(roles: frozenset[Role], here: str, _language: str, *, signed_in: bool) -> SafeString:
    return render_to_string("desk/parts/places.html", {"rail": Rail(roles, signed_in=signed_in), "here": here})


class Frame:
    """What the base template asks of one request; everything is made only when asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def world(self) -> str:
        """`practice` in the practice world, which has a colour of its own."""
        return "practice" if getattr(settings, "PRACTICE", False) else ""

    @property
    def signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def template(self) -> str:
        """The frame of a page that both the signed-in and the signed-out may see."""
        return "desk/base.html" if self.signed_in else "desk/door.html"

    @property
    def text(self) -> str:
        """The size of letters this person chose: m, l or xl."""
        size = getattr(getattr(self.request, "user", None), "text_size", "m")
        return str(size) if size in ("l", "xl") else "m"

    @cached_property
    def roles(self) -> frozenset[Role]:
        """What this person is here for."""
        if not self.signed_in:
            return frozenset()
        sight = getattr(self.request, "sight", None)
        return frozenset(getattr(sight, "roles", ()))

    @property
    def holds_nothing(self) -> bool:
        """Tell whether this person is signed in and here for nothing today."""
        return self.signed_in and not self.roles

    @cached_property
    def last_day(self) -> date | None:
        """The last day of what this person was posted as, where it is over."""
        user = self.request.user
        if not isinstance(user, Account):
            return None
        held = Posting.objects.filter(account=user.id, source_withdrawn=False)
        last = held.filter(until__lt=clock.today()).order_by("-until").values_list("until", flat=True).first()
        return last if isinstance(last, date) else None

    @property
    def posts(self) -> list[str]:
        """What this person is here for, in words."""
        return [role.label for role in Role if role in self.roles]

    @cached_property
    def page(self) -> str:
        """The name of the page that answers, without its namespace."""
        match = self.request.resolver_match
        return (match.url_name or "") if match else ""

    @cached_property
    def rail(self) -> Rail:
        return Rail(self.roles, signed_in=self.signed_in)

    def rail_drawn(self, here: str) -> SafeString:
        """Draw the places, the one that the page lies under marked."""
        return _rail_drawn(self.roles, here, get_language() or "", signed_in=self.signed_in)

    @cached_property
    def key(self) -> str:
        """The address of the key to record, for those who record."""
        if self.roles.isdisjoint(WRITERS):
            return ""
        return next((url for name in KEYS if (url := Place(name, "pen", "", WRITERS).url)), "")

    @cached_property
    def bar(self) -> tuple[list[Place], list[Place]]:
        """The places before and after the key of a phone's bar; "more" comes last, so that the key is in the middle."""
        ledgers = [place for place, _ in self.rail.ledgers if place.part is Part.VISITS]
        places = [*self.rail.daily[:2], *ledgers, *self.rail.by_role, *self.rail.own]
        return places[:2], places[2:3]

    @cached_property
    def here(self) -> str:
        """The place this page lies under; a view says otherwise with a `here` of its own."""
        match = self.request.resolver_match
        if match and "part" in match.kwargs:
            return str(match.kwargs["part"])
        return next((place.here for place in (*DAILY, *BY_ROLE, *OWN) if self.page and place.covers(self.page)), "")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template its frame, and `here`, the place its page lies under."""
    made = Frame(request)
    return {"frame": made, "here": made.here}
