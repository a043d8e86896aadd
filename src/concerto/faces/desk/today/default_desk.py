"""The default desk's list on Today, and taking a matter over: state and clock are read at once, words only after."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.words import turn_words
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.case_steps import CaseHandover1
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.said import Body
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.default_desk import MOST, Standing, unanswered, unanswered_case
from concerto.places.models import Account
from concerto.places.sight import Role
from concerto.register.holding import has_centre
from concerto.rulebook.period import named

DESK = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER)
TITLES = {
    "need": _("A need"),
    "case": _("A case"),
    "waiver": _("A waiver is asked"),
    "edition": _("A local edition is proposed"),
    "handed": _("An entry handed to the township"),
}
SHOWN = 10  # on Today; the whole list has its own page
PAGE = 50


@dataclass(frozen=True)
class Row:
    """One matter in words: what, where, how long, in whose hands; and what its reader can do."""

    title: str
    meta: str
    who: str
    take_over: str
    read: str


@dataclass(frozen=True)
class Listed:
    """Some rows of the list, how many it has, and the addresses of the others."""

    rows: list[Row]
    said: str
    left: int
    first: str = ""
    more: str = ""
    cut_at: int = 0  # of some sort so many came before that no more of it are looked at


def longest_waiting(request: SignedIn, day: Day) -> Listed:
    """Give the first of the list to the default desk: the governance centre's, and the organizer's where it has
    nobody."""
    lines = _list_of(request, day)
    return _listed(request, day, lines, lines[:SHOWN])


@open_to(*DESK)
def unanswered_list(request: SignedIn) -> HttpResponse:
    """Show the whole list, the longest waiting first, a page of it at a time."""
    day = Day(request.sight)
    lines = _list_of(request, day)
    last = request.GET.get("after", "")
    rest = [line for line in lines if _key(line) > last]
    listed = _listed(request, day, lines, rest[:PAGE], more=len(rest) > PAGE)
    return render(request, "desk/today/unanswered_list.html", {"unanswered": listed, "here": "today"})


def _list_of(request: SignedIn, day: Day) -> list[Standing]:
    return unanswered(day.log, day.asof) if _is_default_desk(request, day) else []


def _line_of(request: SignedIn, day: Day, sort: str, matter: UUID) -> Standing | None:
    """Find one matter of the list; of cases, of which there may be many, by itself."""
    if sort == "case":
        return unanswered_case(day.log, day.asof, matter) if _is_default_desk(request, day) else None
    lines = _list_of(request, day)
    return next((one for one in lines if (one.matter.sort, one.matter.id) == (sort, matter)), None)


def address_to_take_over(request: SignedIn, case: UUID) -> str:
    """Give where a case that stands on the list may be taken over by this reader; nothing for anybody else."""
    day = Day(request.sight)
    if not (request.sight.has(*DESK) and _is_default_desk(request, day)):
        return ""
    line = unanswered_case(day.log, day.asof, case)
    return reverse("desk:take-over", args=["case", case]) if line and line.may_be_taken else ""


def _key(line: Standing) -> str:
    """Write where a line stands in the list: by the day it came. One that was answered meanwhile moves no other."""
    return f"{line.matter.came_on.isoformat()}_{line.matter.id}"


def _listed(request: SignedIn, day: Day, lines: list[Standing], shown: list[Standing], *, more: bool = False) -> Listed:
    taken_by = {line.taken_by for line in shown if line.taken_by}
    called = dict(Account.objects.filter(id__in=taken_by).values_list("id", "called")) if taken_by else {}
    at = lines.index(shown[0]) if shown else 0
    said = gettext("{first} to {last} of {n}").format(first=at + 1, last=at + len(shown), n=len(lines))
    here = reverse("desk:unanswered")
    return Listed(
        [_row(request, day, line, called) for line in shown],
        said if shown else "",
        len(lines) - len(shown),
        here if at or (lines and not shown) else "",
        f"{here}?after={_key(shown[-1])}" if more else "",
        MOST if any(n >= MOST for n in Counter(line.matter.sort for line in lines).values()) else 0,
    )


def _is_default_desk(request: SignedIn, day: Day) -> bool:
    if request.sight.has(Role.CENTRE_DESK):
        return True
    return request.sight.has(Role.TOWNSHIP_ORGANIZER) and not has_centre(day.log, day.asof)


def _row(request: SignedIn, day: Day, line: Standing, called: dict[UUID, str]) -> Row:
    matter = line.matter
    came = ngettext("came {n} working day ago", "came {n} working days ago", line.days).format(n=line.days)
    held = gettext("its desk has not answered") if matter.is_held else gettext("nobody is posted who has it")
    mine = line.taken_by == request.user.id
    if line.taken_by:
        held = gettext("taken over by {who}").format(who=called.get(line.taken_by, ""))
    detail = _detail(day, line)
    title = (
        gettext("{what}: {name}").format(what=str(TITLES[matter.sort]), name=detail) if detail else TITLES[matter.sort]
    )
    return Row(
        str(title),
        pgettext("clause", ", ").join(
            said for said in (day.units.get(matter.unit, ""), _turn(matter.period), came) if said
        ),
        held,
        reverse("desk:take-over", args=[matter.sort, matter.id]) if line.may_be_taken else "",
        _page_of(line) if mine else "",
    )


def _page_of(line: Standing) -> str:
    """Give where a matter in one's hands is acted on."""
    if line.matter.sort in ("waiver", "need", "case"):
        return reverse(f"desk:{line.matter.sort}", args=[line.matter.id])
    return reverse("desk:entry", args=[line.matter.entry]) if line.matter.entry else ""


def _turn(period: str) -> str:
    turn = named(period) if period else None
    return turn_words(turn) if turn else period


def _detail(day: Day, line: Standing) -> str:
    if line.matter.sort == "case":
        return line.matter.detail
    if line.matter.sort == "need":
        return said.word(said.NEED_WORDS, line.matter.detail)
    duty = day.place.mechanism.duties.get(line.matter.detail)
    return duty.title[tongue_read()] if duty else ""


@open_to(*DESK)
def take_over(request: SignedIn, sort: str, matter: UUID) -> HttpResponse:
    """Ask once more, then take a matter over: from then on its reader has it, and may open its sealed words."""
    day = Day(request.sight)
    line = _line_of(request, day, sort, matter)
    if line is None or not (line.may_be_taken or line.taken_by == request.user.id):
        raise Http404
    form = DraftForm(request.POST or None, account=request.user, at=clock.now())
    if form.is_valid():
        body: Body = CaseHandover1(case=matter, step="taken_over")
        if sort != "case":
            body = TakenOver1(matter=matter, what=sort)  # type: ignore[arg-type]  # those that may be taken are these
        item = entry_of(request, form.draft, body, unit=line.matter.unit)
        to = _page_of(line) or reverse("desk:today")
        words = _("It is in your hands now.")
        if answer := write(request, form, item, to=to, words=words, has_page=sort != "case"):
            return answer
    return page(request, "desk/today/take_over.html", form, row=_row(request, day, line, {}), here="today")
