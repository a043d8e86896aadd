"""Today: what is owed by its reader, soonest first or by place; what waits for them; their month as a score."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concerto.conductor.seeing import put_aside
from concerto.faces.desk.frame import POSTED
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.today import recorded
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.default_desk import unanswered_rows
from concerto.faces.desk.today.for_me import for_me
from concerto.faces.desk.today.places import by_place, in_order, on_the_way, settlements
from concerto.faces.desk.today.rows import Names, by_day, in_turn, owed_rows
from concerto.papers.naming import houses_named
from concerto.places.models import Unit, UnitKind

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
    if thing not in {one.thing for one in for_me(request, day.place.mechanism, day.units).mine}:
        raise Http404
    put_aside(request.user.id, thing)
    return redirect(reverse("desk:today") + "#for-me")


def _owed(request: SignedIn, day: Day) -> dict[str, Any]:
    """Put the lines into rows and groups, a page of them, each named."""
    by = "place" if request.GET.get("by") == "place" else ""
    start = _start(request)
    nameless = in_turn(owed_rows(day.place, day.to_do, Names(day.units, day.groups, {})))
    where = settlements(request.sight, day.place)
    if by:
        order = in_order(day.units)
        nameless.sort(key=lambda row: _place_of(row.line.about, where, order))
    shown = nameless[start : start + MOST]
    own = day.own[: recorded.SHOWN]
    visits = recorded.visits_of(request.sight, own)
    wanted = {row.line.about for row in shown if row.is_household and isinstance(row.line.about, UUID)}
    wanted |= {line.household for lines in visits.values() if len(lines) == 1 for line in lines if line.household}
    named = {key: one.name for key, one in houses_named(request.sight, wanted).items()} if wanted else {}
    several = len({line.unit for line in day.to_do}) > 1
    names = Names(day.units, day.groups, named, several)
    rows = [row.named(names) for row in shown]
    groups = by_place(nameless, rows, where, day.units) if by else list(by_day(nameless, rows, day.asof))
    return {
        "by": by,
        "groups": groups,
        "total": len(nameless),
        "open": sum(not row.is_missed for row in nameless),
        "missed": sum(row.is_missed for row in nameless),
        "trip": on_the_way(nameless, where, day.units, named) if not by else None,
        "older": _page_at(by, start + MOST) if start + MOST < len(nameless) else "",
        "newer": _page_at(by, 0) if start else "",
        "said": ngettext("{n} of {total} shown", "{n} of {total} shown", len(rows)).format(
            n=len(rows), total=len(nameless)
        ),
        "recorded": recorded.in_words(own, visits, named),
    }


def _start(request: SignedIn) -> int:
    asked = request.GET.get("from", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _place_of(about: Any, where: Any, order: Any) -> tuple[int, str]:
    place = where.get(about)
    return (order.get(place.village, len(order)), place.group) if place else (len(order) + 1, "")


def _page_at(by: str, start: int) -> str:
    asked = [f"by={by}"] if by else []
    asked += [f"from={start}"] if start else []
    return reverse("desk:today") + ("?" + "&".join(asked) if asked else "")


def _around(request: SignedIn, day: Day) -> dict[str, Any]:
    lists = for_me(request, day.place.mechanism, day.units)
    return {"lists": lists, "unanswered": unanswered_rows(request, day), "units_here": _units_here(request, day)}


def _units_here(request: SignedIn, day: Day) -> list[str]:
    villages = Unit.objects.filter(log=day.log, kind=UnitKind.VILLAGE, id__in=request.sight.near)
    return list(villages.order_by("code").values_list("name", flat=True))
