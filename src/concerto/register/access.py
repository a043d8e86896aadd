"""Who may see and do what: the only maker of sights, and the authority that the door asks for."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.journal.said import HOME
from concerto.places.models import Account, Unit, UnitKind
from concerto.places.sight import VILLAGE_ROLES, Role, Sight

from .models import Posting

# Who sees a township from above: its open lines, and which cards.
WHOLE_LOG = frozenset({Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK})
OPENS_CARDS = VILLAGE_ROLES | {Role.TOWNSHIP_ORGANIZER}


@dataclass(frozen=True)
class Held:
    """A posting as it is held on one day: by its holder, or by a deputy while the holder is away."""

    posting: UUID
    unit: UUID
    role: Role
    units: frozenset[UUID]


def held_on(account: UUID, log: UUID, day: date) -> list[Held]:
    """List what an account is posted to on a day, deputies included, with the units each covers."""
    found = [p for p in Posting.objects.on(day).filter(log=log) if _holds(p, account, day)]
    if not found:
        return []
    covers = covered_units(log, (posting.unit for posting in found))
    return [Held(p.id, p.unit, Role(p.role), _reach(log, Role(p.role), covers[p.unit])) for p in found]


def _holds(posting: Posting, account: UUID, day: date) -> bool:
    away = [a for a in json.loads(posting.absences) if a["since"] <= day.isoformat() <= a["until"]]
    if posting.account == account:
        return True
    return any(a.get("deputy") == str(account) for a in away)


def covered_units(log: UUID, units: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Give for each unit what a posting to it covers: a branch covers its village, a village its branches."""
    wanted = set(units)
    near: dict[UUID, set[UUID]] = {unit: {unit} for unit in wanted}
    for branch, village in Unit.objects.filter(log=log, kind=UnitKind.BRANCH).values_list("id", "village"):
        for one, other in ((branch, village), (village, branch)):
            if one in wanted and other:
                near[one].add(other)
    return {unit: frozenset(covered) for unit, covered in near.items()}


def _reach(log: UUID, role: Role, near: frozenset[UUID]) -> frozenset[UUID]:
    return all_units(log) if role in WHOLE_LOG else near


def all_units(log: UUID) -> frozenset[UUID]:
    """Give every unit of a township."""
    return frozenset(Unit.objects.filter(log=log).values_list("id", flat=True))


def sight_of(account: Account, day: date) -> Sight:
    """Make what an account may see in its log on a day. Administrator and privacy officer see no unit."""
    roles = set(_account_roles(account))
    if account.log is None or roles:
        return Sight(account.id, account.log, day, roles=frozenset(roles))
    held = held_on(account.id, account.log, day)
    return Sight(
        account.id,
        account.log,
        day,
        units=_units(held, VILLAGE_ROLES | WHOLE_LOG),
        cards=_units(held, OPENS_CARDS),
        near=_units(held, VILLAGE_ROLES),
        roles=frozenset(h.role for h in held),
        postings=tuple(h.posting for h in held),
    )


def sight_of_home(log: UUID, day: date) -> Sight:
    """Make what the home's own keeper sees at the command line: every line from above, no card and no sealed word."""
    return Sight(HOME, log, day, units=all_units(log), roles=frozenset({Role.CENTRE_DESK}))


def _units(held: Sequence[Held], roles: frozenset[Role]) -> frozenset[UUID]:
    return frozenset(unit for h in held if h.role in roles for unit in h.units)


def _account_roles(account: Account) -> Iterable[Role]:
    if account.is_administrator:
        yield Role.ADMINISTRATOR
    if account.is_privacy_officer:
        yield Role.PRIVACY_OFFICER


# ---------------------------------------------------------------- what may be recorded

_FIELD = frozenset({Role.INSTRUCTOR, Role.BRANCH_SECRETARY, Role.MEDIATOR})
_REGISTER = frozenset({Role.INSTRUCTOR, Role.BRANCH_SECRETARY, Role.TOWNSHIP_ORGANIZER})
MAY_RECORD: dict[str, frozenset[Role]] = {
    "visit": _FIELD | {Role.TOWNSHIP_ORGANIZER},
    **dict.fromkeys(
        ("household", "household_change", "household_split", "merger", "resident", "resident_change", "helper",
         "helper_change", "member", "member_change"),
        _REGISTER,
    ),
    "posting": frozenset({Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER}),
    "posting_change": frozenset({Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER}),
    "erasure": frozenset({Role.PRIVACY_OFFICER}),
    "restriction": frozenset({Role.PRIVACY_OFFICER}),
    "settled": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK},
    "restored": frozenset(),
}  # fmt: skip


class Authority:
    """What one author may record in one log, read once before the lock and asked for any day."""

    def __init__(self, account: Account, log: UUID) -> None:
        self.account = account
        self.log = log
        self._roles = frozenset(_account_roles(account))
        self._days: dict[date, list[Held]] = {}

    def acting_as(self, day: date, *, kind: str, unit: UUID) -> list[UUID] | None:
        """List the postings under which this kind may be recorded for a unit on a day; None when it may not.

        Administrator and privacy officer act by their account, so their list is empty; no posting adds to it.
        """
        allowed = MAY_RECORD.get(kind, frozenset())
        if self._roles:
            return None if self._roles.isdisjoint(allowed) else []
        if day not in self._days:
            self._days[day] = held_on(self.account.id, self.log, day)
        held = [h.posting for h in self._days[day] if h.role in allowed and unit in h.units]
        return held or None

    def follows(self, day: date, *, unit: UUID, kind: str = "visit") -> bool:
        """Tell whether this account may now record a kind in a unit: because it works there, or for the township."""
        return self.acting_as(day, kind=kind, unit=unit) is not None

    def is_organizer(self, day: date) -> bool:
        """Tell whether this account organizes the township on a day."""
        self.acting_as(day, kind="visit", unit=self.log)
        return any(h.role is Role.TOWNSHIP_ORGANIZER for h in self._days.get(day, []))

    def is_never_posted(self) -> bool:
        """Tell whether this is an administrator or privacy officer, whom no posting may let see a household."""
        return bool(self._roles)
