"""What a phone's villages are called, what may be recorded in them, and who else works there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import canonical, database
from concerto.journal.models import Head
from concerto.papers.cards.roll import Roll
from concerto.places.models import Account, UnitKind
from concerto.places.sight import VILLAGE_ROLES, Sight
from concerto.register.access import MAY_RECORD, POSTS, Authority, Post, read_posts
from concerto.rulebook.facts import Dated

from . import wire

NO_ROLLS: Mapping[UUID, Roll] = {}


class Unit(NamedTuple):
    """A unit of the township, in the order of their codes."""

    id: UUID
    kind: str
    village: UUID | None
    name: str


class There(NamedTuple):
    """What is to be known before anything is told: where the log stands, what it says at the number a phone saw last,
    its units, and the postings that somebody may hold."""

    head: Head | None
    seen: str
    units: list[Unit]
    posts: list[Post]


_HEAD = "SELECT log, epoch, seq, digest, copied_epoch, copied_seq FROM head WHERE log = %s"
_SEEN = "SELECT digest FROM entry WHERE log = %s AND seq = %s"
_UNITS = "SELECT id, kind, village, name FROM unit WHERE log = %s ORDER BY kind, code, id"


def look(account: Account, seen: wire.At | None) -> There:
    """Look up all of it in one round trip."""
    if account.log is None:
        return There(None, "", [], [])
    log, at = account.log, seen.seq if seen is not None else 0
    heads, entries, rows, posts = database.fetch_together(
        (_HEAD, [log], ()), (_SEEN, [log, at], ()), (_UNITS, [log], ()), (POSTS, [log], [account.id])
    )
    head = next((Head(log=log, **dict(zip(_OF_HEAD, row[1:], strict=True))) for row in heads), None)
    to_uuid = database.to_uuid
    units = [Unit(to_uuid(key), kind, to_uuid(village) if village else None, name) for key, kind, village, name in rows]
    return There(head, entries[0][0] if entries else "", units, read_posts([row[:3] for row in rows], posts))


_OF_HEAD = ("epoch", "seq", "digest", "copied_epoch", "copied_seq")


# ---------------------------------------------------------------- what they are called


def about_of(
    sight: Sight,
    account: Account,
    there: There,
    posted: Sequence[tuple[Any, ...]],
    deputies: Sequence[tuple[Any, ...]] = (),
    rolls: Mapping[UUID, Roll] = NO_ROLLS,
    panel: Sequence[tuple[Any, ...]] = (),
) -> wire.About:
    """Describe the villages in which somebody works themselves: whoever organizes a township does so at a desk.

    The digest names this very description, so that it travels only when it is another one.
    """
    assert sight.log is not None
    branches = _branches(sight, there)
    authority = Authority(account, sight.log, there.posts)
    grants = [
        wire.Grant(
            village.id,
            village.name,
            [
                wire.Branch(branch.id, branch.name, rolls.get(branch.id))
                for branch in branches
                if branch.village == village.id
            ],
            sorted(kind for kind in MAY_RECORD if authority.follows(sight.day, unit=village.id, kind=kind)),
            _workers(village, branches, posted, sight.day),
        )
        for village in villages_of(sight, there)
    ]
    people, others = _people(sight, there, posted, deputies)
    lines = [_on_panel(*row) for row in panel]
    return wire.About(_digest(grants, people, others, lines), grants, people, others, lines)


def _workers(village: Unit, branches: Sequence[Unit], posted: Sequence[tuple[Any, ...]], day: date) -> list[UUID]:
    """Name who is posted to a village or its branch: whoever may see to its needs, as the door asks."""
    covered = {village.id, *(branch.id for branch in branches if branch.village == village.id)}
    to_uuid = database.to_uuid
    found = {
        to_uuid(account)
        for account, _, unit, since, until, role in posted
        if role in VILLAGE_ROLES and to_uuid(unit) in covered and Dated(since=since, until=until).runs(day)
    }
    return sorted(found)


def villages_of(sight: Sight, there: There) -> list[Unit]:
    """Name the villages in which a reader works: the grants of their phone."""
    return [unit for unit in there.units if unit.kind == UnitKind.VILLAGE and unit.id in sight.near]


def _branches(sight: Sight, there: There) -> list[Unit]:
    return [unit for unit in there.units if unit.kind == UnitKind.BRANCH and unit.id in sight.near]


def meeting_at(sight: Sight, account: Account, there: There) -> list[UUID]:
    """Name the branches whose meetings somebody may record: their rolls lie on the phone, and no others."""
    assert sight.log is not None
    authority = Authority(account, sight.log, there.posts)
    return [one.id for one in _branches(sight, there) if authority.follows(sight.day, unit=one.id, kind="meeting")]


_POSTED = """
SELECT a.id, a.called, p.unit, p.since, p.until, p.role FROM posting p JOIN account a ON a.id = p.account
WHERE p.log = %s AND NOT p.source_withdrawn AND p.unit IN (%in)
"""


def ask_posted(sight: Sight) -> database.Query:
    """Ask who was ever posted to the units of a sight, or to the township."""
    assert sight.log is not None
    return _POSTED, [sight.log], [*sight.near, sight.log] if sight.near else []


def ask_deputies(sight: Sight, there: There) -> database.Query:
    """Ask what those are called who ever stood in for whoever is posted to the units of a sight."""
    away = (one for post in there.posts if post.unit in sight.near for one in post.absences)
    stood_in = {UUID(one["deputy"]) for one in away if one.get("deputy")}
    return "SELECT id, called FROM account WHERE id IN (%in)", [], stood_in


_PANEL = """
SELECT m.id, m.unit, m.account, m.name, a.called FROM panel_member m LEFT JOIN account a ON a.id = m.account
WHERE m.log = %s AND NOT m.source_withdrawn AND m.since <= %s AND (m.until IS NULL OR m.until >= %s)
AND m.unit IN (%in) ORDER BY m.unit, m.since, m.id
"""


def ask_panel(sight: Sight) -> database.Query:
    """Ask who mediates today for the villages of a sight, and for the township."""
    assert sight.log is not None
    return _PANEL, [sight.log, sight.day, sight.day], [*sight.near, sight.log] if sight.near else []


def _on_panel(line: Any, unit: Any, account: Any, name: str, called: str | None) -> wire.OnPanel:
    to_uuid = database.to_uuid
    return wire.OnPanel(to_uuid(line), to_uuid(unit), called or name, to_uuid(account) if account else None)


def _people(
    sight: Sight, there: There, posted: Sequence[tuple[Any, ...]], deputies: Sequence[tuple[Any, ...]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Name who is posted to these units today or stands in there; then who was or did before, or is to the township:
    they wrote lines too."""
    called = {database.dashed(account): name for account, name, *_ in (*posted, *deputies)}
    now = {
        database.dashed(account)
        for account, _, unit, since, until, _role in posted
        if Dated(since=since, until=until).runs(sight.day) and database.to_uuid(unit) in sight.near
    }
    near = [post for post in there.posts if post.unit in sight.near]
    now |= {
        database.dashed(account)
        for account, _ in deputies
        if any(post.is_held_by(database.to_uuid(account), sight.day) for post in near)
    }
    people: dict[str, str] = {}
    others: dict[str, str] = {}
    for account, name in sorted(called.items(), key=lambda one: (one[1], one[0])):
        (people if account in now else others)[account] = name
    return people, others


def _digest(grants: list[wire.Grant], people: dict[str, str], others: dict[str, str], panel: list[wire.OnPanel]) -> str:
    told: list[Any] = [grants, people, others, *([panel] if panel else [])]
    return canonical.digest(msgspec.json.encode(told).decode())[:16]
