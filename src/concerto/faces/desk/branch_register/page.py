"""What a branch decided about its own: its committee, its groups and the votes that rest, each dated, never why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerto.faces.desk.branch.roll import Row, roll_of
from concerto.faces.desk.branch_register.words import POSTS
from concerto.faces.desk.frame import BRANCH, CARD_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.members import branches_of
from concerto.faces.desk.register.words import since_words, word_of
from concerto.groundwork.counting import as_counted
from concerto.places.models import PartyGroup, Unit, in_force
from concerto.places.sight import Sight
from concerto.register.search import log_of
from concerto.register.seats import Grouping, Seat, Suspension
from concerto.rulebook.facts import Dated

MOST_SHOWN = 200


@dataclass(frozen=True)
class Held:
    """Something about one member that holds from a day to a day."""

    id: UUID
    name: str
    what: str
    dates: str
    runs: bool


@dataclass(frozen=True)
class Group:
    """A group of the branch and who is in it."""

    name: str
    members: list[Held]


@open_to(*CARD_READERS)
def branch_register(request: SignedIn, branch: UUID) -> HttpResponse:
    """Show committee, groups and votes that rest, as they stand today, and what they were before."""
    sight = request.sight
    unit = branch_or_404(sight, branch)
    names = {row.id: row.name for row in roll_of(sight, unit, sight.day)}
    page: dict[str, Any] = {
        "branch": unit,
        "seats": _seats(sight, unit, names),
        "rests": _rests(sight, names),
        "groups": _groups(sight, unit, names),
        "may_write": sight.has(*BRANCH),
        "here": "members",
    }
    return render(request, "desk/branch_register/page.html", page)


def branch_or_404(sight: Sight, branch: UUID) -> Unit:
    """Find a branch that the reader works with."""
    found = next((one for one in branches_of(sight) if one.id == branch), None)
    if found is None:
        raise Http404
    return found


def named(rows: list[Row]) -> list[tuple[str, str]]:
    """Offer the members of a roll whose names the reader may know."""
    return [(str(row.id), row.name) for row in rows if row.name]


def _seats(sight: Sight, branch: Unit, names: Mapping[UUID, str]) -> list[Held]:
    rows = Seat.objects.filter(log=log_of(sight), branch=branch.id, source_withdrawn=False)
    order = [post for post, _words in POSTS]
    found = sorted(rows.order_by("id")[:MOST_SHOWN], key=lambda row: order.index(row.post))
    return [_dated(row, names.get(row.member, ""), word_of(POSTS, row.post), sight.day) for row in found]


def _rests(sight: Sight, names: Mapping[UUID, str]) -> list[Held]:
    rows = Suspension.objects.filter(log=log_of(sight), member__in=list(names), source_withdrawn=False)
    return [_dated(row, names.get(row.member, ""), "", sight.day) for row in rows.order_by("id")[:MOST_SHOWN]]


def _groups(sight: Sight, branch: Unit, names: Mapping[UUID, str]) -> list[Group]:
    groups = PartyGroup.objects.filter(in_force(sight.day), log=log_of(sight), branch=branch.id)
    known = sorted(groups.values_list("id", "name"), key=lambda one: (as_counted(one[1]), one[0]))
    placed = Grouping.objects.filter(log=log_of(sight), group__in=[group for group, _name in known])
    rows = list(placed.order_by("id", "n")[:MOST_SHOWN])
    return [
        Group(name, [_dated(row, names.get(row.id, ""), "", sight.day) for row in rows if row.group == group])
        for group, name in known
    ]


def _dated(row: Any, name: str, what: str, today: date) -> Held:
    runs = Dated(since=row.since, until=row.until).runs(today)
    return Held(row.id, name, what, since_words(row.since, row.until), runs)
