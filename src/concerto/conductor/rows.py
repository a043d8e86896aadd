"""The rows that the door writes into the journal, in column order."""

from typing import Any, NamedTuple
from uuid import UUID

from concerto.journal.said import stored_in


@stored_in("entry", ("log", "seq"))
class EntryRow(NamedTuple):
    """A row of `Entry`."""

    log: UUID
    seq: int
    id: UUID
    first: UUID
    kind: str
    unit: UUID
    author: UUID
    device: UUID
    number: int
    happened_on: Any
    received_at: str
    said: str
    filed: str
    digest: str


@stored_in("sealed", ("log", "seq", "n"))
class SealedRow(NamedTuple):
    """A row of `Sealed`."""

    log: UUID
    seq: int
    n: int
    digest: str
    about: UUID
    audience: str
    salt: str
    text: str


@stored_in("touch", ("log", "thing", "how", "seq"))
class TouchRow(NamedTuple):
    """A row of `Touch`."""

    log: UUID
    thing: UUID
    how: int
    seq: int
    what: str


@stored_in("tray", ("log", "id"))
class TrayRow(NamedTuple):
    """A row of `Tray`."""

    log: UUID
    id: UUID
    outcome: str
    code: str
    facts: str
    author: UUID
    device: UUID
    number: int
    unit: UUID
    said_digest: str
    item: str
    came_at: str
    brought_by: UUID | None
    shown: str
