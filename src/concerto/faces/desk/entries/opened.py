"""Which entry opened a thing: where its page leads to."""

from collections.abc import Iterable
from uuid import UUID

from concerto.journal.models import Entry, Touch
from concerto.journal.said import How


def opened_in(log: UUID, things: Iterable[UUID]) -> dict[UUID, UUID]:
    """Name the entry that opened each of these things, in two statements for all of them."""
    opened = dict(Touch.objects.filter(log=log, thing__in=list(things), how=How.OPENS).values_list("thing", "seq"))
    entries = dict(Entry.objects.filter(log=log, seq__in=opened.values()).values_list("seq", "first")) if opened else {}
    return {thing: entries[seq] for thing, seq in opened.items() if seq in entries}


def opening_entry(log: UUID, thing: UUID) -> UUID | None:
    """Name the entry that opened a thing."""
    return opened_in(log, [thing]).get(thing)
