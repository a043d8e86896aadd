"""The folds of what a branch decides about its members: a seat, a vote that rests → its row; groups → from when."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from concerto.journal.kinds.people import Member1
from concerto.journal.kinds.seats import Seat1, Suspension1
from concerto.journal.said import Posting, Told, Wording, stored_in

from .fields import fields, opened_by, standing_words, wordings_text


@stored_in("seat", ("log", "id"))
class SeatRow(NamedTuple):
    """A row of `Seat`."""

    log: UUID
    id: UUID
    branch: UUID
    member: UUID
    post: str
    since: date
    until: date | None
    source_withdrawn: bool
    wordings: str


def fold_seat(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a seat into its row."""
    opener, now = opened_by(thing, told), fields(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None or not isinstance(words.body, Seat1):
        return Posting()
    post, since, until = (now[name].value for name in ("post", "since", "until"))
    withdrawn = not opener.speaks_of(thing)
    body = words.body
    return Posting([SeatRow(log, thing, body.branch, body.member, post, since, until, withdrawn, wordings_text(now))])


@stored_in("suspension", ("log", "id"))
class SuspensionRow(NamedTuple):
    """A row of `Suspension`."""

    log: UUID
    id: UUID
    member: UUID
    since: date
    until: date | None
    source_withdrawn: bool
    wordings: str


def fold_suspension(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a vote that rests into its row."""
    opener, now = opened_by(thing, told), fields(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None or not isinstance(words.body, Suspension1):
        return Posting()
    since, until = now["since"].value, now["until"].value
    withdrawn = not opener.speaks_of(thing)
    return Posting([SuspensionRow(log, thing, words.body.member, since, until, withdrawn, wordings_text(now))])


@stored_in("grouping")
class GroupingRow(NamedTuple):
    """A row of `Grouping`."""

    log: UUID
    id: UUID
    n: int
    group: UUID
    since: date | None
    until: date | None
    entry: UUID


def groupings(log: UUID, thing: UUID, told: Sequence[Told]) -> list[GroupingRow]:
    """List which groups a member belonged to, each up to the day before the next thing that was said of it."""
    placed = [
        (fact.first, _since(words), changed["group"])
        for fact, words in standing_words(thing, told)
        if words.body is not None and "group" in (changed := words.body.changes(thing))
    ]
    ends = [since and since - timedelta(days=1) for _, since, _ in placed[1:]] + [None]
    kept = [(*place, until) for place, until in zip(placed, ends, strict=True) if place[2] is not None]
    return [
        GroupingRow(log, thing, n, group, since, until, first) for n, (first, since, group, until) in enumerate(kept)
    ]


def _since(words: Wording) -> Any:
    """A member stands in their first group as long as in the branch; a change speaks from its own day on."""
    return words.body.since if isinstance(words.body, Member1) else words.said.happened_on
