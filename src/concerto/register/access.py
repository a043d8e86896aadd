"""Who may see and do what: the only maker of sights, and the authority that the door asks for."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from concerto.groundwork import database
from concerto.journal.said import HOME
from concerto.places.models import Account, Device, Unit, UnitKind
from concerto.places.sight import VILLAGE_ROLES, Role, Sight

from .models import HandedOver

# Who sees a township from above: its open lines, and which cards.
WHOLE_LOG = frozenset({Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK})
OPENS_CARDS = VILLAGE_ROLES | {Role.TOWNSHIP_ORGANIZER}


def covered_units(log: UUID, units: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Give for each unit what a posting to it covers: a branch covers its village, a village its branches."""
    wanted = set(units)
    near: dict[UUID, set[UUID]] = {unit: {unit} for unit in wanted}
    for branch, village in Unit.objects.filter(log=log, kind=UnitKind.BRANCH).values_list("id", "village"):
        for one, other in ((branch, village), (village, branch)):
            if one in wanted and other:
                near[one].add(other)
    return {unit: frozenset(covered) for unit, covered in near.items()}


def all_units(log: UUID) -> frozenset[UUID]:
    """Give every unit of a township."""
    return frozenset(Unit.objects.filter(log=log).values_list("id", flat=True))


def sight_of(account: Account, day: date, posts: "Sequence[Post] | None" = None) -> Sight:
    """Make what an account may see in its log on a day. Administrator and privacy officer see no unit.

    Whoever has read the account's postings already hands them in.
    """
    roles = set(_account_roles(account))
    if account.log is None or roles:
        return Sight(account.id, account.log, day, roles=frozenset(roles))
    every = posts_of(account.log, [account.id]) if posts is None else posts
    held = [post for post in every if post.is_held_by(account.id, day)]
    return Sight(
        account.id,
        account.log,
        day,
        units=_units(held, VILLAGE_ROLES | WHOLE_LOG),
        cards=_units(held, OPENS_CARDS),
        near=_units(held, VILLAGE_ROLES),
        desks=frozenset(unit for post in held for unit in _desks(post)),
        things=_handed_to(account.log, [post.unit for post in held if post.role is Role.COUNTY_DESK]),
        roles=frozenset(post.role for post in held),
        postings=tuple(post.id for post in held),
    )


def sight_of_home(log: UUID, day: date) -> Sight:
    """Make what the home's own keeper sees at the command line: every line from above, no card and no sealed word."""
    return Sight(HOME, log, day, units=all_units(log), roles=frozenset({Role.CENTRE_DESK}))


def device_state(
    device: Device, account: Account, day: date, posts: "Sequence[Post] | None" = None
) -> Literal["in_use", "revoked", "ended"]:
    """Say how a device stands on a day: taken out of use, of somebody who is posted no more, or in use."""
    if device.revoked_on is not None and device.revoked_on <= day:
        return "revoked"
    if account.log is None or not account.is_active:
        return "ended"
    every = posts_of(account.log, [account.id]) if posts is None else posts
    return "in_use" if any(post.is_held_from(account.id, day) for post in every) else "ended"


def last_day_of(account: Account, day: date) -> date | None:
    """Tell the last day on which somebody who is posted no more was posted; none of whom never was, or still is."""
    own = [post for post in posts_of(account.log, [account.id]) if post.account == account.id] if account.log else []
    days = [post.until for post in own if post.until is not None and post.until < day]
    return max(days) if days and len(days) == len(own) else None


def _units(held: "Sequence[Post]", roles: frozenset[Role]) -> frozenset[UUID]:
    return frozenset(unit for post in held if post.role in roles for unit in (post.unit, *post.units))


def _desks(post: "Post") -> Iterable[UUID]:
    """Name the desks for cases that a posting serves: a village's mediators, the centre, a county's desk."""
    if post.role is Role.MEDIATOR:
        return (post.unit, *post.units)
    return (post.unit,) if post.role in (Role.CENTRE_DESK, Role.COUNTY_DESK) else ()


def _handed_to(log: UUID, desks: Collection[UUID]) -> frozenset[UUID]:
    """Name the matters that county desks have: of a township they see these and nothing else."""
    found = HandedOver.objects.filter(log=log, desk__in=desks).values_list("id", flat=True) if desks else ()
    return frozenset(found)


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
    "deed": _FIELD | {Role.TOWNSHIP_ORGANIZER},
    "visit_wish": _FIELD,
    "consent": _FIELD,
    **dict.fromkeys(("village_fact", "fact_confirmed"), _FIELD | {Role.TOWNSHIP_ORGANIZER}),
    **dict.fromkeys(
        ("slip_sheet", "matter_slip", "matter_slip_void"), _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK}
    ),
    **dict.fromkeys(("call_asked", "case_call"), frozenset()),  # by the residents' page alone
    **dict.fromkeys(("treated", "suggestion_reply"), frozenset({Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK})),
    "suggestion": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK},
    "screening": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK},
    **dict.fromkeys(("round", "round_end"), frozenset({Role.INSTRUCTOR, Role.TOWNSHIP_ORGANIZER})),
    **dict.fromkeys(
        ("need", "need_step", "need_word", "need_merger"), _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK}
    ),
    "handover": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK, Role.COUNTY_DESK},
    **dict.fromkeys(("case", "spot_settlement"), _FIELD | {Role.CENTRE_DESK}),
    **dict.fromkeys(
        ("case_party", "case_consent", "case_step", "case_session", "case_agreement", "case_signature",
         "case_performance", "case_return_visit", "case_handover", "case_help", "case_attachment", "case_slip"),
        _FIELD | {Role.CENTRE_DESK, Role.COUNTY_DESK, Role.TOWNSHIP_ORGANIZER},
    ),
    "protected_case": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK},
    "protected_step": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK, Role.COUNTY_DESK},
    "meeting": _REGISTER,
    "heart_talk": _REGISTER,
    "not_there": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK},
    "waiver": _FIELD | {Role.TOWNSHIP_ORGANIZER},
    **dict.fromkeys(("edition", "day_table"), frozenset({Role.TOWNSHIP_ORGANIZER})),
    **dict.fromkeys(("taken_over", "waiver_answer"), frozenset({Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK})),
    "edition_answer": frozenset({Role.TOWNSHIP_ORGANIZER, Role.COUNTY_VIEWER}),  # the county's eyes answer, too
    "study": _REGISTER,
    "own_study": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK},
    **dict.fromkeys(
        ("household", "household_change", "household_split", "merger", "resident", "resident_change", "helper",
         "helper_change", "member", "member_change", "seat", "seat_change", "suspension", "suspension_change"),
        _REGISTER,
    ),
    **dict.fromkeys(
        ("panel_member", "panel_change"), frozenset({Role.BRANCH_SECRETARY, Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK})
    ),
    "posting": frozenset({Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER}),
    "posting_change": frozenset({Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER}),
    "erasure": frozenset({Role.PRIVACY_OFFICER}),
    "restriction": frozenset({Role.PRIVACY_OFFICER}),
    "settled": _FIELD | {Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK, Role.COUNTY_DESK},
    "restored": frozenset(),
}  # fmt: skip


# What is the township's, whoever records it and wherever they are posted.
UPWARD = frozenset({"suggestion", "case", "protected_case", "protected_step"})


class Post(NamedTuple):
    """One posting as it was read, and the units it covers."""

    id: UUID
    account: UUID
    role: Role
    since: date
    until: date | None
    absences: tuple[dict[str, str], ...]
    unit: UUID
    units: frozenset[UUID]

    def is_held_by(self, account: UUID, day: date) -> bool:
        """Tell whether somebody holds it on a day, as its holder or as a deputy while the holder is away."""
        if day < self.since or (self.until is not None and day > self.until):
            return False
        if self.account == account:
            return True
        away = (one for one in self.absences if one["since"] <= day.isoformat() <= one["until"])
        return any(one.get("deputy") == str(account) for one in away)

    def is_held_from(self, account: UUID, day: date) -> bool:
        """Tell whether somebody holds it on a day or later, as its holder or as a deputy."""
        if self.until is not None and day > self.until:
            return False
        deputies = (one.get("deputy") for one in self.absences if one["until"] >= day.isoformat())
        return self.account == account or str(account) in deputies


def deputies_on(absences: str, day: date) -> list[UUID]:
    """Name who stands in on a day for the holder of a posting, from its absences as the register keeps them."""
    away = (one for one in json.loads(absences) if one["since"] <= day.isoformat() <= one["until"])
    return [UUID(one["deputy"]) for one in away if one.get("deputy")]


_UNITS = "SELECT id, kind, village FROM unit WHERE log = %s"
POSTS = (
    "SELECT id, account, role, since, until, absences, unit FROM posting "
    "WHERE log = %s AND NOT source_withdrawn AND (absences <> '[]' OR account IN (%in))"
)


def posts_of(log: UUID, accounts: Collection[UUID]) -> list[Post]:
    """Read every posting that these accounts may hold on any day, with what each covers, in two statements."""
    if not accounts:
        return []
    return read_posts(*database.fetch_together((_UNITS, [log], ()), (POSTS, [log], accounts)))


def read_posts(units: Iterable[Sequence[Any]], found: Iterable[Sequence[Any]]) -> list[Post]:
    """Read rows of `POSTS`, and what each posting covers from the units of the log: id, kind and village."""
    to_uuid = database.to_uuid
    every, near = _near((to_uuid(unit), kind, village and to_uuid(village)) for unit, kind, village in units)
    return [_post(row, every if row[2] in WHOLE_LOG else near.get(to_uuid(row[6]), frozenset())) for row in found]


def _post(row: Sequence[Any], covers: frozenset[UUID]) -> Post:
    key, account, role, since, until, absences, unit = row
    away = tuple(json.loads(absences)) if absences != "[]" else ()
    to_uuid = database.to_uuid
    return Post(to_uuid(key), to_uuid(account), Role(role), since, until, away, to_uuid(unit), covers)


def _near(units: Iterable[tuple[UUID, str, UUID | None]]) -> tuple[frozenset[UUID], dict[UUID, frozenset[UUID]]]:
    """Give all units, and for each what a posting to it covers: a branch its village, a village its branches."""
    near: dict[UUID, set[UUID]] = {}
    for unit, kind, village in units:
        near.setdefault(unit, {unit})
        if kind == UnitKind.BRANCH and village:
            near[unit].add(village)
            near.setdefault(village, {village}).add(unit)
    return frozenset(near), {unit: frozenset(covered) for unit, covered in near.items()}


def authorities(log: UUID, people: Collection[UUID]) -> dict[UUID, "Authority"]:
    """Read, once for all of them, what these accounts may record in a log; a stranger to the log is not there."""
    if not people:
        return {}
    [known, units, found] = database.fetch_together(
        (_ACCOUNTS, [log], people), (_UNITS, [log], ()), (POSTS, [log], people)
    )
    posts = read_posts(units, found)
    accounts = (Account.from_db(DEFAULT_DB_ALIAS, _OF_ACCOUNTS, [database.to_uuid(i), *rest]) for i, *rest in known)
    return {account.id: Authority(account, log, posts) for account in accounts}


_OF_ACCOUNTS = ("id", "is_administrator", "is_privacy_officer", "is_active")
_ACCOUNTS = f"SELECT {', '.join(_OF_ACCOUNTS)} FROM account WHERE (log = %s OR log IS NULL) AND id IN (%in)"  # noqa: S608


class Authority:
    """What one author may record in one log, read once before the lock and asked for any day."""

    def __init__(self, account: Account, log: UUID, posts: Sequence[Post] | None = None) -> None:
        self.account = account
        self.log = log
        self._roles = frozenset(_account_roles(account))
        self._posts = posts_of(log, [account.id]) if posts is None else posts
        self._days: dict[date, list[Post]] = {}

    def acting_as(self, day: date, *, kind: str, unit: UUID) -> list[UUID] | None:
        """List the postings under which this kind may be recorded for a unit on a day; None when it may not.

        Administrator and privacy officer act by their account, so their list is empty; no posting adds to it.
        """
        allowed = MAY_RECORD.get(kind, frozenset())
        if self._roles:
            return None if self._roles.isdisjoint(allowed) else []
        upward = kind in UPWARD and unit == self.log  # whoever is posted in the township passes one up
        return [post.id for post in self._held(day) if post.role in allowed and (upward or unit in post.units)] or None

    def _held(self, day: date) -> list[Post]:
        if day not in self._days:
            self._days[day] = [post for post in self._posts if post.is_held_by(self.account.id, day)]
        return self._days[day]

    def follows(self, day: date, *, unit: UUID, kind: str = "visit") -> bool:
        """Tell whether this account may now record a kind in a unit: because it works there, or for the township."""
        return self.acting_as(day, kind=kind, unit=unit) is not None

    def serves(self, day: date, *, unit: UUID) -> bool:
        """Tell whether this account is posted to a unit itself on a day: what was sent to a desk is that desk's."""
        return any(post.unit == unit for post in self._held(day))

    def handles_cases(self, day: date, *, desk: UUID) -> bool:
        """Tell whether this account serves a desk for cases on a day."""
        return any(desk in _desks(post) for post in self._held(day))

    def is_organizer(self, day: date) -> bool:
        """Tell whether this account organizes the township on a day."""
        return any(post.role is Role.TOWNSHIP_ORGANIZER for post in self._held(day))

    def is_of_the_centre(self, day: date) -> bool:
        """Tell whether this account is posted to the township's governance centre on a day."""
        return any(post.role is Role.CENTRE_DESK for post in self._held(day))

    def owes(self, owed_by: UUID, day: date) -> bool:
        """Tell whether what this account, posting or unit owes is this person's to do on a day."""
        held = [post for post in self._held(day) if post.role in VILLAGE_ROLES]
        own = {self.account.id, *(post.id for post in self._held(day))}
        return owed_by in own or any(owed_by in post.units for post in held)

    def is_never_posted(self) -> bool:
        """Tell whether this is an administrator or privacy officer, whom no posting may let see a household."""
        return bool(self._roles)
