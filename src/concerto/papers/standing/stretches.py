"""How members and households stood before: a new stretch where a branch, an exemption or a village changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from concerto.journal.said import Told
from concerto.register.fields import is_opener, standing_words
from concerto.rulebook.facts import Membership, Stay

from .books import Book

ONE_DAY = timedelta(days=1)
LAST_ID = len('"00000000-0000-0000-0000-000000000000"}')  # how the text of wordings ends


class Stood(NamedTuple):
    """Some fields of a thing as they stood from a day to a day."""

    since: date | None
    until: date | None
    fields: dict[str, Any]


def memberships(book: Book, rows: Sequence[Any]) -> list[Membership]:
    """Tell who was a member where. Only of members that something changed of is the journal read."""
    kept = [row for row in rows if not row.source_withdrawn]
    told = book.told(row.id for row in kept if _was_changed(row))
    return [
        Membership(member=row.id, since=stood.since, until=stood.until, **stood.fields)
        for row in kept
        for stood in _stretches(row, told.get(row.id, ()), ("branch", "exempt"), row.since, row.until)
    ]


def stays(book: Book, rows: Sequence[Any]) -> list[Stay]:
    """Tell which village each household belonged to."""
    told = book.told(row.id for row in rows if _was_changed(row))
    return [
        Stay(household=row.id, since=stood.since, until=stood.until, **stood.fields)
        for row in rows
        if not row.source_withdrawn
        for stood in _stretches(row, told.get(row.id, ()), ("village",), None, row.left_on)
    ]


def _was_changed(row: Any) -> bool:
    """Tell whether several wordings gave its fields: without the last one's id another is left in the text."""
    text: str = row.wordings
    return ':"' in text.replace(text[-LAST_ID:-1], "")


def _stretches(
    row: Any, told: Iterable[Told], names: Sequence[str], since: date | None, until: date | None
) -> Iterator[Stood]:
    """Cut the time of a thing where one of these fields changed; a change speaks from its own day on."""
    changes = _changes(row.id, told, names)
    fields, first = (dict(changes[0][1]) if changes else {name: getattr(row, name) for name in names}), since
    for day, changed in changes[1:]:
        if until is not None and day > until:
            break
        if all(fields.get(name) == value for name, value in changed.items()):
            continue
        if first is None or day > first:
            yield Stood(first, day - ONE_DAY, dict(fields))
            first = day
        fields |= changed
    yield Stood(first, until, fields)


def _changes(thing: UUID, told: Iterable[Told], names: Sequence[str]) -> list[tuple[date, dict[str, Any]]]:
    """List what opened a thing, then what changed these fields of it, by its day."""
    opened, later = [], []
    for fact, words in standing_words(thing, list(told)):
        assert words.body is not None
        changed = {name: value for name, value in words.body.changes(thing).items() if name in names}
        if is_opener(fact, thing):
            opened.append((words.said.happened_on, changed))
        elif changed:
            later.append((words.said.happened_on, changed))
    return [*opened[:1], *sorted(later, key=lambda one: one[0])]
