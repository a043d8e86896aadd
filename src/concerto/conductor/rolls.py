"""The roll of a branch on a day as it is known under the lock, changes of this very batch included."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from concerto.groundwork import database
from concerto.groundwork.refusals import refuse
from concerto.journal import reading
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.talks import HeartTalk1
from concerto.journal.said import Body, Said, Told, Wording, stand
from concerto.parts.branch.votes import check_base, fits
from concerto.register.rolls import OnRoll, roll_on
from concerto.register.seating import fold_seat, fold_suspension

from .sitting import Sitting


def check_meeting(said: Said, body: Body, at_door: Sitting, restated: Sequence[Wording]) -> None:
    """Hold a meeting's base against the roll of its day. Who only mends its words is not asked about it again."""
    if not isinstance(body, Meeting1):
        return
    before = next((w for w in reversed(restated) if isinstance(w.body, Meeting1)), None)
    if before is not None and _base(said, body) == _base(before.said, before.body):
        return
    named = {*body.base, *(one.member for one in body.attendance), *(one.member for one in body.left_out)}
    check_base(body, roll_at_door(at_door, body.branch, said.happened_on, named), on=said.happened_on)


def _base(said: Said, body: Body | None) -> tuple[Any, ...]:
    assert isinstance(body, Meeting1)
    return said.happened_on, body.branch, body.form, body.group, body.base, body.left_out, body.attendance


def check_talk(said: Said, body: Body, at_door: Sitting) -> None:
    """Who talked as secretary or for the committee held that seat on the day, where the register knows one."""
    if not isinstance(body, HeartTalk1):
        return
    for talker in body.talkers:
        branch = at_door.branch_of(talker.member)
        roll = roll_at_door(at_door, branch, said.happened_on, [talker.member]) if branch else []
        posts = {one.member: one.post for one in roll if one.post}
        refuse(bool(posts) and not fits(talker.capacity, posts.get(talker.member, "")), "talked_as_another")


def roll_at_door(at_door: Sitting, branch: UUID, day: date, named: Iterable[UUID]) -> list[OnRoll]:
    """Read who was on the roll of a branch on a day; those named may have gone to another branch since."""
    members = _told(at_door, "member", {*_ids(at_door, "member", "branch", [branch]), *named})
    seats = _told(at_door, "seat", _ids(at_door, "seat", "branch", [branch]))
    resting = _told(at_door, "suspension", _ids(at_door, "suspension", "member", members))
    return roll_on(
        branch,
        day,
        members=members,
        seats=[row for seat, told in seats.items() for row in fold_seat(at_door.log, seat, told).rows],
        suspensions=[row for one, told in resting.items() for row in fold_suspension(at_door.log, one, told).rows],
    )


def _ids(at_door: Sitting, table: str, column: str, keys: Iterable[UUID]) -> set[UUID]:
    sql = f"SELECT id FROM {table} WHERE log = %s AND {column} IN (%in)"  # noqa: S608  (names are ours)
    return {database.to_uuid(found) for (found,) in database.fetch_in(sql, [at_door.log], keys)}


def _told(at_door: Sitting, sort: str, ids: set[UUID]) -> dict[UUID, list[Told]]:
    """Give what stands of these things and of all of their sort that this batch has touched."""
    here = {thing for thing, words in at_door.things.items() if words and at_door.sort_of(thing) == sort}
    there = reading.about(at_door.log, ids - here)
    return {thing: at_door.told(thing) if thing in here else stand(there.get(thing, ())) for thing in ids | here}
