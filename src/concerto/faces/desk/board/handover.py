"""A handover: what one posting leaves open, to be read and printed; for its holder and the organizer."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.answers import page
from concerto.faces.desk.board import words
from concerto.faces.desk.board.telling import draw, is_about_households
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.places.posted import described
from concerto.faces.desk.today.day import Day
from concerto.journal.models import Tray
from concerto.papers.board.leaving import Leaving, left_by, units_of
from concerto.papers.board.year import key, state_of
from concerto.papers.few import SMALL
from concerto.papers.naming import Named, houses_named
from concerto.places.models import PartyGroup, Unit, UnitKind
from concerto.places.sight import VILLAGE_ROLES, Role
from concerto.register.models import Posting, Waiver
from concerto.rulebook.owing import Owner
from concerto.rulebook.period import named
from concerto.rulebook.standing import Line

MOST_LYING = 100
CLOSED = "settled"  # a tray's row that is done with


class Open(NamedTuple):
    """One thing that is open."""

    drawn: SafeString
    title: str
    about: str
    card: UUID | None
    said: str


@open_to()
def handover(request: SignedIn, posting_id: UUID) -> HttpResponse:
    """Show what is open in one posting; of another's only the organizer of its township sees it."""
    one = get_object_or_404(Posting, log=request.sight.log, id=posting_id, source_withdrawn=False)
    is_mine = one.account == request.user.id
    if not is_mine and not request.sight.has(Role.TOWNSHIP_ORGANIZER):
        raise Http404
    today = request.sight.day
    [posted] = described([one], today)
    leaving = left_by(one, today)
    day = Day(request.sight)
    told = [line for line in leaving.lines if is_mine or day.tells(leaving.mechanism, line)]
    shown = set(told)
    counted = [line for line in leaving.lines if line not in shown]
    unsaid = [] if is_mine else list(_unsaid(one, leaving, day))
    houses = {*_about(told), *leaving.helped}
    names = houses_named(request.sight, houses) if houses else {}
    units = dict(Unit.objects.filter(log=one.log).values_list("id", "name"))
    context = {
        "posted": posted,
        "is_mine": is_mine,
        "leaving": leaving,
        "owed": [*_owed(told, leaving, names, units), *_counted(counted, leaving, units, unsaid)],
        "helped": [names.get(house) or Named(house, "") for house in leaving.helped],
        "decisions": [(row, units.get(row.unit, "")) for row in leaving.decisions],
        "waivers": [_waiver(row, leaving, units) for row in leaving.waivers],
        "lying": list(_lying(one)) if is_mine else [],
        "up": reverse("desk:my-page") if is_mine else reverse("desk:posting", args=[one.log, one.id]),
        "here": "my-page" if is_mine else "postings",
    }
    return page(request, "desk/board/handover.html", **context)


def _about(lines: Iterable[Line]) -> set[UUID]:
    return {key(line.about) for line in lines}


def _owed(lines: Iterable[Line], leaving: Leaving, names: dict[UUID, Named], units: dict[UUID, str]) -> Iterator[Open]:
    groups = dict(PartyGroup.objects.filter(id__in=_about(lines)).values_list("id", "name"))
    for line in lines:
        duty, state, about = leaving.mechanism.duties[line.duty], state_of(line), key(line.about)
        house, turn = names.get(about), words.turn(line.period, year=leaving.day.year)
        stands = words.line_words(line, state, year=leaving.day.year)
        yield Open(
            draw(state, duty.part),
            words.title(duty),
            house.name if house else groups.get(about, "") or _where(line, units),
            house.id if house else None,
            pgettext("clause", ", ").join([turn, stands]),
        )


def _unsaid(posting: Posting, leaving: Leaving, day: Day) -> Iterator[tuple[str, UUID]]:
    """Name the duties about households, village by village, of which its reader is told no lines.

    Each of them is said, open with some or with none: that one is missing would say that all its households are done.
    """
    covered = units_of(posting)
    villages = Unit.objects.filter(id__in=covered, kind=UnitKind.VILLAGE).exclude(id__in=day.sight.near)
    known = list(villages.values_list("id", flat=True))
    if Role(posting.role) not in VILLAGE_ROLES or not known:
        return
    held = Posting.objects.on(leaving.day).filter(log=posting.log, unit__in=covered).values_list("role", flat=True)
    others = set(held.exclude(id=posting.id))
    for duty in leaving.mechanism.duties.values():
        is_theirs = duty.post == posting.role or duty.post not in others
        if is_theirs and duty.owed_by == "post" and is_about_households(duty) and duty.in_force(leaving.day):
            for village in known:
                if day.sight.account not in day.place.town.seen_by(Owner("post", village, duty.post)):
                    yield duty.id, village


def _counted(
    lines: Iterable[Line], leaving: Leaving, units: dict[UUID, str], unsaid: Iterable[tuple[str, UUID]]
) -> Iterator[Open]:
    """Say above the village with how many households a duty is open: with which of them, and which turn, is not told.

    Of one household by itself nobody there is told why.
    """
    houses: dict[tuple[str, UUID], set[UUID]] = {one: set() for one in unsaid}
    for line in lines:
        houses.setdefault((line.duty, key(line.unit)), set()).add(key(line.about))
    order = list(leaving.mechanism.duties)
    for duty, unit in sorted(houses, key=lambda one: (order.index(one[0]), str(one[1]))):
        n = len(houses[duty, unit])
        said = gettext("open with <{small} households, or with none").format(small=SMALL)
        if n >= SMALL:
            said = gettext("open with {n} or more households").format(n=n - n % SMALL)
        yield Open(SafeString(), words.title(leaving.mechanism.duties[duty]), units.get(unit, ""), None, said)


def _where(line: Line, units: dict[UUID, str]) -> str:
    unit = units.get(key(line.unit), "")
    return gettext("a household in {village}").format(village=unit) if line.by.sort == "post" else unit


def _waiver(row: Waiver, leaving: Leaving, units: dict[UUID, str]) -> str:
    duty, turn = leaving.mechanism.duties.get(row.duty), named(row.period)
    told = [
        words.title(duty) if duty else row.duty,
        words.turn(turn, year=leaving.day.year) if turn else row.period,
        units.get(row.owed_by, ""),
    ]
    return pgettext("clause", ", ").join(filter(None, told))


def _lying(one: Posting) -> Iterator[str]:
    """Give the outcomes of what lies in the tray under its holder's name, the oldest first."""
    rows = Tray.objects.filter(log=one.log, author=one.account).exclude(outcome=CLOSED).order_by("came_at", "id")
    return iter(rows.values_list("outcome", flat=True)[:MOST_LYING])
