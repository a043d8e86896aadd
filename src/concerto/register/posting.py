"""The folds of the register: what was told of one household, person, member, link or posting → its rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import canonical, names, phones
from concerto.journal.kinds.households import Home
from concerto.journal.kinds.keeping import Erasure1
from concerto.journal.said import Posting, Told, stored_in

from .fields import Seen, fields, is_erased, opened_by, standing_words, wordings_text
from .seating import groupings

THING_KEY = ("log", "id")
LEDGER_VERSION = 8


@stored_in("household", THING_KEY)
class HouseholdRow(NamedTuple):
    """A row of `Household`."""

    log: UUID
    id: UUID
    village: UUID
    number: str
    group: str
    head: UUID | None
    places: str
    reached_by: str
    best_months: str
    left_on: date | None
    called: UUID | None
    erased: bool
    source_withdrawn: bool
    wordings: str


def fold_household(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a household into its row."""
    opener, now = opened_by(thing, told), fields(thing, told)
    if opener is None:
        return Posting()
    row = HouseholdRow(
        log,
        thing,
        village=_value(now, "village"),
        number=_value(now, "number", ""),
        group=_value(now, "group", ""),
        head=_value(now, "head"),
        places=_places(now.get("places")),
        reached_by=",".join(_value(now, "reached_by", [])),
        best_months=",".join(str(month) for month in _value(now, "best_months", [])),
        left_on=_value(now, "left_on"),
        called=_value(now, "called"),
        erased=is_erased(thing, told),
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])


def _value(now: dict[str, Seen], name: str, otherwise: Any = None) -> Any:
    return now[name].value if name in now else otherwise


def _text(now: dict[str, Seen], name: str) -> str:
    """Give the sealed words of a field, empty when there are none or they are erased."""
    seen = now.get(name)
    return (seen.told_in.text(seen.value) or "") if seen else ""


def _texts(now: dict[str, Seen], name: str) -> list[str]:
    """Give the sealed words of a field that has several."""
    seen = now.get(name)
    words = [seen.told_in.text(digest) for digest in seen.value] if seen else []
    return [text for text in words if text]


def _places(seen: Seen | None) -> str:
    kept = [
        {"season": p.season, "from": p.from_month, "to": p.to_month, "words": seen.told_in.text(p.words) or ""}
        for p in (seen.value if seen else [])
    ] if seen else []  # fmt: skip
    return canonical.write(kept)


@stored_in("resident", THING_KEY)
class ResidentRow(NamedTuple):
    """A row of `Resident`."""

    log: UUID
    id: UUID
    household: UUID
    relation: str
    name: str
    aliases: str
    phones: str
    born: str
    identity: str
    search: str
    left_on: date | None
    called: UUID | None
    erased: bool
    restricted: bool
    source_withdrawn: bool
    wordings: str


@stored_in("membership")
class MembershipRow(NamedTuple):
    """A row of `Membership`."""

    log: UUID
    id: UUID
    n: int
    household: UUID
    relation: str
    since: date | None
    until: date | None
    entry: UUID


def fold_resident(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a person into their row and the households they belonged to."""
    opener, now = opened_by(thing, told), fields(thing, told)
    if opener is None:
        return Posting()
    home: Home = _value(now, "home")
    name, aliases, numbers = _text(now, "name"), _texts(now, "aliases"), _texts(now, "phones")
    row = ResidentRow(
        log,
        thing,
        household=home.household,
        relation=home.relation,
        name=name,
        aliases=canonical.write(aliases),
        phones=canonical.write(numbers),
        born=_text(now, "born"),
        identity=_text(now, "identity"),
        search=search_words([name, *aliases], numbers),
        left_on=_value(now, "left_on"),
        called=_value(now, "called"),
        erased=is_erased(thing, told),
        restricted=_value(now, "restricted", otherwise=False),
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row, *_memberships(log, thing, told)])


def search_words(called: Sequence[str], numbers: Sequence[str]) -> str:
    """Write by what somebody can be found: names, pinyin and initials of all readings, the tails of phones."""
    keys = [key for name in called if name for key in names.search_keys(name)]
    tails = [phones.phone_tail(number) for number in numbers]
    return " ".join(dict.fromkeys(word for word in [*keys, *tails] if word))


def _memberships(log: UUID, thing: UUID, told: Sequence[Told]) -> list[MembershipRow]:
    homes = [
        (fact.first, home)
        for fact, words in standing_words(thing, told)
        if words.body is not None and isinstance(home := words.body.changes(thing).get("home"), Home)
    ]
    return [
        MembershipRow(log, thing, n, home.household, home.relation, home.since, _day_before(homes, n), first)
        for n, (first, home) in enumerate(homes)
    ]


def _day_before(homes: Sequence[tuple[UUID, Home]], n: int) -> date | None:
    following = homes[n + 1][1].since if n + 1 < len(homes) else None
    return following - timedelta(days=1) if following and following > date.min else following


@stored_in("member", THING_KEY)
class MemberRow(NamedTuple):
    """A row of `Member`."""

    log: UUID
    id: UUID
    resident: UUID
    branch: UUID
    group: UUID | None
    standing: str
    exempt: bool
    floating: bool
    since: date | None
    until: date | None
    source_withdrawn: bool
    wordings: str


def fold_member(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a membership of a branch into its row, and the groups its member belonged to."""
    opener, now = opened_by(thing, told), fields(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None:
        return Posting()
    resident = words.body.resident  # type: ignore[union-attr]  # what opens a member is a Member1
    row = MemberRow(
        log,
        thing,
        resident,
        branch=_value(now, "branch"),
        group=_value(now, "group"),
        standing=_value(now, "standing"),
        exempt=_value(now, "exempt", otherwise=False),
        floating=_value(now, "floating", otherwise=False),
        since=_value(now, "since"),
        until=_value(now, "until"),
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row, *groupings(log, thing, told)])


@stored_in("helper_link", THING_KEY)
class HelperLinkRow(NamedTuple):
    """A row of `HelperLink`."""

    log: UUID
    id: UUID
    household: UUID
    helper: UUID | None
    agreement: str
    since: date | None
    until: date | None
    helps: bool
    helps_from: date | None
    source_withdrawn: bool
    wordings: str


def fold_helper_link(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a helper link into its row.

    A first link counts as helping until the household declines it. One that follows somebody else's counts from the day
    the household agreed; where it was named with its agreement, from its own first day.
    """
    opener, now = opened_by(thing, told), fields(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None:
        return Posting()
    household = words.body.household  # type: ignore[union-attr]  # what opens a link is a Helper1
    agreement, since = _value(now, "agreement", "not_asked"), _value(now, "since")
    follows = opener.texts[0].filed.follows
    said_by = now["agreement"].told_in.said if "agreement" in now else None
    if follows and said_by is not None and said_by.first != opener.first:
        helps_from = max(since or date.min, said_by.happened_on)
    else:
        helps_from = since
    row = HelperLinkRow(
        log,
        thing,
        household,
        helper=_value(now, "helper"),
        agreement=agreement,
        since=since,
        until=_value(now, "until"),
        helps=agreement == "agreed" if follows else agreement != "declined",
        helps_from=helps_from,
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])


@stored_in("posting", THING_KEY)
class PostingRow(NamedTuple):
    """A row of `Posting`."""

    log: UUID
    id: UUID
    account: UUID
    unit: UUID
    role: str
    parts: str
    letter: str
    since: date
    until: date | None
    absences: str
    source_withdrawn: bool
    wordings: str


def fold_posting(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a posting into its row."""
    opener, now = opened_by(thing, told), fields(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None:
        return Posting()
    body: Any = words.body
    row = PostingRow(
        log,
        thing,
        account=body.account,
        unit=body.unit,
        role=body.role,
        parts=",".join(_value(now, "parts", [])),
        letter=_value(now, "letter", ""),
        since=_value(now, "since"),
        until=_value(now, "until"),
        absences=msgspec.json.encode(_value(now, "absences", [])).decode(),
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])


@stored_in("erasure", THING_KEY)
class ErasedRow(NamedTuple):
    """A row of `ErasureRow`."""

    log: UUID
    id: UUID
    on: date
    person: UUID | None
    parts: int


def fold_erasure(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Say that something was erased, and how much."""
    body = told[0].body if told else None
    if not isinstance(body, Erasure1):
        return Posting()
    return Posting([ErasedRow(log, thing, told[0].last.said.happened_on, body.person, len(body.digests))])
