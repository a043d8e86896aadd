"""The default desk's list on Today, and taking a matter over: state and clock are read at once, words only after."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.default_desk import Standing, unanswered
from concerto.places.models import Account
from concerto.places.sight import Role
from concerto.register.models import Posting

DESK = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER)
TITLES = {
    "need": _("A need"),
    "waiver": _("A waiver is asked"),
    "edition": _("A local edition is proposed"),
    "handed": _("An entry handed to the township"),
}


@dataclass(frozen=True)
class Row:
    """One matter in words: what, where, how long, in whose hands; and what its reader can do."""

    title: str
    meta: str
    who: str
    take_over: str
    read: str


def unanswered_rows(request: SignedIn, day: Day) -> list[Row]:
    """Give the list to the default desk: the governance centre's, and the organizer's where the centre has nobody."""
    if not _is_default_desk(request, day):
        return []
    lines = unanswered(day.log, day.asof)
    called = dict(
        Account.objects.filter(id__in={line.taken_by for line in lines if line.taken_by}).values_list("id", "called")
    )
    return [_row(request, day, line, called) for line in lines]


def _is_default_desk(request: SignedIn, day: Day) -> bool:
    if request.sight.has(Role.CENTRE_DESK):
        return True
    return request.sight.has(Role.TOWNSHIP_ORGANIZER) and not (
        Posting.objects.on(day.asof).filter(log=day.log, role=Role.CENTRE_DESK).exists()
    )


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
        gettext("{where}, {came}").format(where=day.units.get(matter.unit, ""), came=came),
        held,
        reverse("desk:take-over", args=[matter.sort, matter.id]) if line.may_be_taken else "",
        _page_of(line) if mine else "",
    )


def _page_of(line: Standing) -> str:
    """Give where a matter in one's hands is acted on: a waiver is answered on its page, a need is read in its entry."""
    if line.matter.sort == "waiver":
        return reverse("desk:waiver", args=[line.matter.id])
    return reverse("desk:entry", args=[line.matter.entry]) if line.matter.entry else ""


def _detail(day: Day, line: Standing) -> str:
    if line.matter.sort == "need":
        return said.word(said.NEED_WORDS, line.matter.detail)
    duty = day.place.mechanism.duties.get(line.matter.detail)
    return duty.title[tongue_read()] if duty else ""


@open_to(*DESK)
def take_over(request: SignedIn, sort: str, matter: UUID) -> HttpResponse:
    """Ask once more, then take a matter over: from then on its reader has it, and may open its sealed words."""
    day = Day(request.sight)
    lines = unanswered(day.log, day.asof) if _is_default_desk(request, day) else []
    line = next((one for one in lines if (one.matter.sort, one.matter.id) == (sort, matter)), None)
    if line is None or not (line.may_be_taken or line.taken_by == request.user.id):
        raise Http404
    form = DraftForm(request.POST or None, account=request.user, at=clock.now())
    if form.is_valid():
        body = TakenOver1(matter=matter, what=sort)  # type: ignore[arg-type]  # those that may be taken are these
        item = entry_of(request, form.draft, body, unit=line.matter.unit)
        to = _page_of(line) or reverse("desk:today")
        if answer := write(request, form, item, to=to, words=_("It is in your hands now.")):
            return answer
    return page(request, "desk/today/take_over.html", form, row=_row(request, day, line, {}), here="today")
