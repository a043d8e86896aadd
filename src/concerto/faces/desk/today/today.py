"""Today: what is owed by its reader, soonest first or by place; what waits for them; their month as a score."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concerto.conductor.seeing import put_aside
from concerto.faces.desk.frame import POSTED, WRITERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.today import recorded
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.default_desk import longest_waiting
from concerto.faces.desk.today.for_me import for_me
from concerto.faces.desk.today.grouping import by_day, in_turn, page_of
from concerto.faces.desk.today.needs import needs_asked, needs_named
from concerto.faces.desk.today.places import by_place, in_trips, on_the_way, settlements
from concerto.faces.desk.today.rows import Names, rows_of, stacks_of
from concerto.papers.naming import houses_named
from concerto.papers.standing.needs import NEED

MOST = 50


@open_to(*POSTED)
def today(request: SignedIn) -> HttpResponse:
    """Show what is owed by its reader and why, and one tap to the form that settles it."""
    day = Day(request.sight)
    context = {"day": day, **_owed(request, day), **_around(request, day)}
    return render(request, "desk/today/today.html", context)


@require_POST
@open_to(*POSTED)
def today_seen(request: SignedIn, thing: UUID) -> HttpResponse:
    """Take a thing off one's own list: nobody is told, and no time is kept."""
    day = Day(request.sight)
    if thing not in {one.thing for one in for_me(request, day.place.mechanism, day.units, day.book).mine}:
        raise Http404
    put_aside(request.user.id, thing)
    return redirect(reverse("desk:today") + "#for-me")


def _owed(request: SignedIn, day: Day) -> dict[str, Any]:
    """Put the lines into rows and groups, a page of them, each named."""
    by = "place" if request.GET.get("by") == "place" else ""
    start = _start(request)
    stacks = stacks_of(day.place, Names(day.units, day.groups, {}))
    where = settlements(request.sight, day.place)
    piles = list(in_trips(stacks, where, day.units) if by else in_turn(stacks))
    shown = page_of(piles, start, MOST)
    own = day.own[: recorded.SHOWN]
    visits = recorded.visits_of(request.sight, own)
    wanted = {about for stack, about in shown if stack.row.is_household and isinstance(about, UUID)}
    wanted |= {line.household for lines in visits.values() if len(lines) == 1 for line in lines if line.household}
    asked = needs_asked({about for stack, about in shown if stack.row.duty.about == NEED}, day.log)
    wanted |= {house for _sort, house in asked.values()}
    houses = houses_named(request.sight, wanted, called=day.book.called) if wanted else {}
    named = {key: one.name for key, one in houses.items()}
    several = len({line.unit for stack in stacks for line in stack.row.lines}) > 1
    rows = list(rows_of(shown, Names(day.units, day.groups, named, needs_named(asked, named), several)))
    total = sum(len(stack.about) for stack in stacks)
    missed = sum(len(stack.about) for stack in stacks if stack.row.is_missed)
    return {
        "by": by,
        "groups": by_place(piles, rows, where, day.units) if by else list(by_day(stacks, rows, day.asof)),
        "total": total,
        "open": total - missed,
        "missed": missed,
        "trips": request.sight.has(*WRITERS) and any(stack.row.is_household for stack in stacks),
        "trip": on_the_way(stacks, where, day.units, named) if not by else None,
        "older": _page_at(by, start + MOST) if start + MOST < total else "",
        "newer": _page_at(by, 0) if start else "",
        "said": ngettext("{n} of {total} shown", "{n} of {total} shown", len(rows)).format(n=len(rows), total=total),
        "recorded": recorded.in_words(own, visits, named),
    }


def _start(request: SignedIn) -> int:
    asked = request.GET.get("from", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _page_at(by: str, start: int) -> str:
    asked = [f"by={by}"] if by else []
    asked += [f"from={start}"] if start else []
    return reverse("desk:today") + ("?" + "&".join(asked) if asked else "")


def _around(request: SignedIn, day: Day) -> dict[str, Any]:
    lists = for_me(request, day.place.mechanism, day.units, day.book)
    return {"lists": lists, "unanswered": longest_waiting(request, day), "units_here": day.villages_here}
