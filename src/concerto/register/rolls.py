"""Who was on a branch's roll on a day, as what: the facts that a meeting's base is held against."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from concerto.journal.said import Told

from .fields import fields, is_opener
from .seating import SeatRow, SuspensionRow


class OnRoll(NamedTuple):
    """One member as they stood on a day. Why somebody is exempt, away or without a vote is nowhere."""

    member: UUID
    is_full: bool
    is_exempt: bool
    has_vote: bool
    group: UUID | None
    post: str


def roll_on(
    branch: UUID,
    day: date,
    *,
    members: Mapping[UUID, Sequence[Told]],
    seats: Iterable[SeatRow],
    suspensions: Iterable[SuspensionRow],
) -> list[OnRoll]:
    """Say who was on the roll of a branch on a day; what is dated later did not hold yet."""
    seated = {s.member: s.post for s in seats if s.branch == branch and _holds(s, day)}
    resting = {s.member for s in suspensions if _holds(s, day)}
    found = []
    for member, told in members.items():
        then = _on(member, told, day)
        if then.get("branch") != branch:
            continue
        full = then["standing"] == "full"
        votes = full and member not in resting
        found.append(OnRoll(member, full, then["exempt"], votes, then["group"], seated.get(member, "")))
    return found


def _holds(row: Any, day: date) -> bool:
    return not row.source_withdrawn and row.since <= day and (row.until is None or day <= row.until)


def _on(member: UUID, told: Sequence[Told], day: date) -> dict[str, Any]:
    """Give a member's fields as they held on a day; nothing for who had not come yet or was gone."""
    opener = next((fact for fact in told if is_opener(fact, member)), None)
    now = fields(member, told)
    if opener is None or not opener.speaks_of(member) or not now:
        return {}
    since, until = now["since"].value, now["until"].value
    if (since is not None and day < since) or (until is not None and until < day):
        return {}
    before = [fact for fact in told if fact is opener or fact.last.said.happened_on <= day]
    return {name: seen.value for name, seen in fields(member, before).items()}
