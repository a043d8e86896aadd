"""Who settles what lies in the tray: its author first; the township organizer what the author can't, or gave away."""

import json
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from concerto.conductor.drafts import read, read_item
from concerto.groundwork import clock
from concerto.journal.kinds import CASE_KINDS, PRIVATE_KINDS
from concerto.journal.models import Entry, Handed, Touch, Tray
from concerto.journal.said import How
from concerto.places.models import Account
from concerto.places.sight import Role, Sight
from concerto.register.access import posts_of
from concerto.register.search import log_of

CLOSED = "settled"
LONG = timedelta(days=30)
MOST_SHOWN = 200
# Who wrote it was never shown, or the device is not believed any more: only its author's own yes lets it in.
NEEDS_ITS_AUTHOR = frozenset({"not_the_author", "device_lost", "device_revoked", "device_of_another"})
# That there is a lead in it is the author's and the desk's alone: of such an entry the township has id and code.
SPEAKS_OF_A_LEAD = frozenset({"other_name_in_lead"})


class Because(StrEnum):
    """Why the township organizer may settle it."""

    HANDED = "handed"
    LEFT = "left"
    LONG = "long"
    REFUSED = "refused"


class Owned(NamedTuple):
    """One entry of the tray that the township organizer may settle, and why."""

    row: Tray
    because: Because


def of_township(sight: Sight) -> list[Owned]:
    """List what lies in a township's tray for its organizer, handed over first, the oldest of each first."""
    order = list(Because)
    rows = _asked_for(sight).order_by("came_at", "id")[:MOST_SHOWN] if sight.log else ()
    return sorted(_owned(sight, rows), key=lambda one: order.index(one.because))


def one_of_township(sight: Sight, entry: UUID, *, closed: bool = False) -> Owned:
    """Give one of them; any other is not there. With `closed` also one that was settled a moment ago."""
    if sight.log is None or not sight.has(Role.TOWNSHIP_ORGANIZER):
        raise Http404
    found = list(_owned(sight, _asked_for(sight).filter(id=entry)))
    if not found and closed:
        gone = Tray.objects.filter(log=log_of(sight), id=entry, outcome=CLOSED).exclude(author=sight.account)
        found = [Owned(row, Because.REFUSED) for row in gone]
    if not found:
        raise Http404
    return found[0]


def _asked_for(sight: Sight) -> QuerySet[Tray]:
    lying = Tray.objects.filter(log=log_of(sight)).exclude(outcome=CLOSED).exclude(author=sight.account)
    handed = Handed.objects.filter(log=log_of(sight)).values("id")
    long_ago = clock.stamp(clock.now() - LONG)
    theirs = Q(outcome="refused") & ~Q(code__in=SPEAKS_OF_A_LEAD)
    waited = Q(outcome="waits", came_at__lt=long_ago) | Q(code="unseen_for_long")
    gone = Q(author__in=_who_left(sight))
    return lying.filter(theirs | waited | gone | Q(id__in=handed))


def _owned(sight: Sight, rows: Iterable[Tray]) -> Iterable[Owned]:
    found = list(rows)
    given = Handed.objects.filter(log=log_of(sight), id__in=[row.id for row in found])
    handed = set(given.values_list("id", flat=True))
    left = _who_left(sight) if found else set()
    for row in found:
        if row.id in handed:
            yield Owned(row, Because.HANDED)
        elif _is_private(row):
            continue
        elif row.author in left:
            yield Owned(row, Because.LEFT)
        else:
            yield Owned(row, Because.REFUSED if row.outcome == "refused" else Because.LONG)


def _is_private(row: Tray) -> bool:
    """Tell whether it is of a kind that is its author's alone: unless they hand it over, nobody lists it.

    Of a case nobody learns by it that there is one, nor how it stands.
    """
    said = read(read_item(row.item)).said if row.item else None
    return said is not None and said.kind in PRIVATE_KINDS | CASE_KINDS


def _who_left(sight: Sight) -> set[UUID]:
    """Name the authors of what lies there who can't settle it themselves: posted no more, or their account closed."""
    lying = Tray.objects.filter(log=log_of(sight)).exclude(outcome=CLOSED).exclude(author=sight.account)
    authors = set(lying.values_list("author", flat=True).distinct())
    active = set(Account.objects.filter(id__in=authors, is_active=True).values_list("id", flat=True))
    posts = [post for post in posts_of(log_of(sight), authors) if post.role is not Role.COUNTY_VIEWER]
    return {one for one in authors if one not in active or not any(p.is_held_by(one, sight.day) for p in posts)}


# ---------------------------------------------------------------- what rests on it, and by whom it was settled


def resting_on(row: Tray) -> list[Tray]:
    """Give its author's own corrections and withdrawals that wait for it: they are settled together."""
    waiting = Tray.objects.filter(log=row.log, author=row.author, outcome="waits", facts__contains=str(row.id))
    return [one for one in waiting.order_by("number") if json.loads(one.facts).get("on") == str(row.id)]


def settled_already(log: UUID, ids: Iterable[UUID]) -> set[UUID]:
    """Tell which of these entries are in the book, or were closed by another one: nothing can stand for them."""
    wanted = list(ids)
    closed = Touch.objects.filter(log=log, thing__in=wanted, how=How.CLOSES).values_list("thing", flat=True)
    return {*closed, *Entry.objects.filter(log=log, id__in=wanted).values_list("id", flat=True)}


class SettledBy(NamedTuple):
    """An own entry that somebody else settled: by whom, on which day, and with which entry."""

    row: Tray
    by: str
    entry: Entry


def settled_by_others(sight: Sight) -> list[SettledBy]:
    """List a person's own entries that somebody else settled in the last 30 days."""
    mine = {row.id: row for row in _own_closed(sight)}
    closing = Touch.objects.filter(log=log_of(sight), thing__in=mine, how=How.CLOSES).order_by("-seq", "thing")
    closed = list(closing.values_list("seq", "thing"))
    long_ago = clock.stamp(clock.now() - LONG)
    found = Entry.objects.filter(log=log_of(sight), seq__in={seq for seq, _ in closed}, received_at__gte=long_ago)
    entries = {one.seq: one for one in found.exclude(author=sight.account)}
    called = dict(Account.objects.filter(id__in={one.author for one in entries.values()}).values_list("id", "called"))
    return [
        SettledBy(mine[thing], called.get(entries[seq].author, ""), entries[seq])
        for seq, thing in closed
        if seq in entries
    ]


def _own_closed(sight: Sight) -> Iterable[Tray]:
    rows = Tray.objects.filter(log=log_of(sight), author=sight.account, outcome=CLOSED)
    return rows.order_by("-came_at", "id")[:MOST_SHOWN]
