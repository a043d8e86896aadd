"""What one reader may see in one log on one day: access as data, handed to every query from the journal up."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(StrEnum):
    """What somebody is here for. The last two are set on the account, all others are postings."""

    INSTRUCTOR = "instructor"
    BRANCH_SECRETARY = "branch_secretary"
    MEDIATOR = "mediator"
    CENTRE_DESK = "centre_desk"
    TOWNSHIP_ORGANIZER = "township_organizer"
    COUNTY_VIEWER = "county_viewer"
    COUNTY_DESK = "county_desk"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"

    @property
    def label(self) -> str:
        """The role's name as a person says it."""
        return str(ROLE_NAMES[self])


ROLE_NAMES = {
    Role.INSTRUCTOR: pgettext_lazy("role", "Party-building instructor"),
    Role.BRANCH_SECRETARY: pgettext_lazy("role", "Branch secretary"),
    Role.MEDIATOR: pgettext_lazy("role", "Mediator"),
    Role.CENTRE_DESK: pgettext_lazy("role", "Governance centre desk"),
    Role.TOWNSHIP_ORGANIZER: pgettext_lazy("role", "Township organizer"),
    Role.COUNTY_VIEWER: pgettext_lazy("role", "County viewer"),
    Role.COUNTY_DESK: pgettext_lazy("role", "County desk"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "Administrator"),
    Role.PRIVACY_OFFICER: pgettext_lazy("role", "Privacy officer"),
}

POSTED_ROLES = (
    Role.INSTRUCTOR,
    Role.BRANCH_SECRETARY,
    Role.MEDIATOR,
    Role.CENTRE_DESK,
    Role.TOWNSHIP_ORGANIZER,
    Role.COUNTY_VIEWER,
    Role.COUNTY_DESK,
)
VILLAGE_ROLES = frozenset({Role.INSTRUCTOR, Role.BRANCH_SECRETARY, Role.MEDIATOR})


class Part(StrEnum):
    """The five parts (五员), in the order of the staff's lines."""

    STUDY = "study"
    BRANCH = "branch"
    VISITS = "visits"
    DISPUTES = "disputes"
    ASSISTANCE = "assistance"

    @property
    def label(self) -> str:
        """Who plays this part."""
        return str(PART_NAMES[self])


PART_NAMES = {
    Part.STUDY: _("Propagandist"),
    Part.BRANCH: _("Organizer"),
    Part.VISITS: _("Information officer"),
    Part.DISPUTES: _("Mediator"),
    Part.ASSISTANCE: _("Service officer"),
}


@dataclass(frozen=True)
class Sight:
    """What one account may see in one log on one day. Only `register.access` makes one.

    `units` are the villages and branches whose open lines may be read; `cards` those whose households may be
    opened; `near` those in which the reader works in the village itself: only there may sealed words of audience
    "place" be read, and "declined" be told from "not met". `desks` are those whose cases open to the reader; `things`
    are granted one by one. A sight without units sees nothing, never everything.
    """

    account: UUID
    log: UUID | None
    day: date
    units: frozenset[UUID] = frozenset()
    cards: frozenset[UUID] = frozenset()
    near: frozenset[UUID] = frozenset()
    desks: frozenset[UUID] = frozenset()
    things: frozenset[UUID] = frozenset()
    roles: frozenset[Role] = frozenset()
    postings: tuple[UUID, ...] = field(default=())

    def has(self, *roles: Role) -> bool:
        """Tell whether one of these roles is held."""
        return not self.roles.isdisjoint(roles)

    def opens(self, household: UUID, *, village: UUID) -> bool:
        """Tell whether the card of a household of this log may be opened, as `Household.objects.seen_by` asks it."""
        return village in self.cards or household in self.things

    @property
    def above_village(self) -> bool:
        """True for a reader who sees some unit only from above: to them "declined" reads as "not met"."""
        return bool(self.units - self.near)
