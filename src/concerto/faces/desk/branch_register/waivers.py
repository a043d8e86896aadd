"""Waivers: asked for one turn of a duty, for a reason of the short list; answered by who neither owes nor asked it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.branch_register.words import STATES, reasons
from concerto.faces.desk.entries.opened import opening_entry
from concerto.faces.desk.frame import CARD_READERS, ORGANIZER, READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.register.words import word_of
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.words import turn_words
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.papers.board.year import key
from concerto.papers.mechanism import tongue_read
from concerto.papers.naming import waivers_named
from concerto.papers.standing.default_desk import taken_over
from concerto.papers.standing.workplace import turns_of
from concerto.places.models import Account, Unit
from concerto.places.sight import Sight
from concerto.register.holding import nobodys
from concerto.register.models import Household, Waiver
from concerto.register.search import log_of
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.period import named
from concerto.rulebook.standing import Line, Verdict
from concerto.rulebook.terms import terms

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """One waiver in words; of households only those are named whose card may be opened."""

    row: Waiver
    title: str
    unit: str
    turn: str
    reason: str
    about: str
    asked_by: str
    answered_by: str

    @property
    def state(self) -> Any:
        return STATES[self.row.state]


def shown(sight: Sight, rows: list[Waiver]) -> list[Shown]:
    """Say waivers in words."""
    people = {row.asked_by for row in rows} | {row.answered_by for row in rows if row.answered_by}
    names = dict(Account.objects.filter(id__in=people).values_list("id", "called"))
    units = dict(Unit.objects.seen_by(sight).values_list("id", "name"))
    about = waivers_named(sight, rows)
    duties, tongue, why = mechanism().duties, tongue_read(), tuple(reasons())
    return [
        Shown(
            row,
            duties[row.duty].title[tongue] if row.duty in duties else row.duty,
            units.get(row.unit, ""),
            turn_words(turn) if (turn := named(row.period)) else row.period,
            word_of(why, row.reason),
            about.get(row.about, ""),
            names.get(row.asked_by, ""),
            names.get(row.answered_by, "") if row.answered_by else "",
        )
        for row in rows
    ]


@open_to(*READERS)
def waivers(request: SignedIn) -> HttpResponse:
    """List the waivers of one's units, those without an answer first; each list is turned by itself."""
    seen_rows = Waiver.objects.seen_by(request.sight).filter(source_withdrawn=False)
    unanswered = seen_rows.filter(state="asked").order_by("asked_on", "id")
    answered = seen_rows.exclude(state="asked").order_by("-asked_on", "-id")
    context = {
        "waiting": _page_of(request, unanswered, turned_by="waiting"),
        "done": _page_of(request, answered, turned_by="from"),
        "here": "waivers",
    }
    return render(request, "desk/branch_register/waivers.html", context)


@dataclass(frozen=True)
class Listed:
    """One page of a list: its rows, how many there are, and the addresses before and after."""

    rows: list[Shown]
    said: str
    first: str
    more: str


def _page_of(request: SignedIn, rows: Any, *, turned_by: str) -> Listed:
    asked, total = request.GET.get(turned_by, ""), rows.count()
    at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    at = at if at < total else 0
    some = shown(request.sight, list(rows[at : at + PAGE]))
    said = gettext("{first} to {last} of {n}").format(first=at + 1, last=at + len(some), n=total)
    others: dict[str, str | int] = {
        name: request.GET[name] for name in ("waiting", "from") if name in request.GET and name != turned_by
    }

    def to(start: int) -> str:
        return "?" + urlencode(others | {turned_by: start})

    return Listed(some, said, to(0) if at else "", to(at + PAGE) if at + PAGE < total else "")


class WaiverForm(DraftForm):
    """Why it is asked: a reason of the short list, never about a person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why it could not be done"), choices=reasons(), widget=forms.RadioSelect
        )


@open_to(*CARD_READERS)
def new(request: SignedIn, duty: str, owner: UUID, about: UUID, turn: str) -> HttpResponse:
    """Ask that one turn of a duty be let go."""
    try:
        line = _line(request.sight, duty, owner, about, turn)
    except Http404:
        if "instead_of" not in request.GET:
            raise
        words = _("This turn is not to be let go any more. What was sent back can be taken off the list.")
        return done(request, words, reverse("desk:tray"), error=True)
    form = WaiverForm(request.POST or None, account=request.user, at=clock.now())
    instead(request, form)
    up = reverse("desk:why", args=[duty, owner, about, turn])
    if request.method == "GET" and _lies(request.sight, line):
        return redirect(up)
    if form.is_valid():
        body = Waiver1(
            waiver=form.draft.new_id("waiver"),
            duty=duty,
            owed_by=owner,
            period=line.period.name,
            reason=form.cleaned_data["reason"],
            about=_about(line),
        )
        item = entry_of(request, form.draft, body, unit=key(line.unit))
        to = reverse("desk:waiver", args=[body.waiver])
        if answer := write(request, form, item, to=to, words=_("It is asked. Somebody else answers it.")):
            return answer
    context = {
        "up": up,
        "title": mechanism().duties[duty].title[tongue_read()],
        "turn": turn_words(line.period),
        "here": "waivers",
    }
    return page(request, "desk/branch_register/waiver_new.html", form, **context)


def _lies(sight: Sight, line: Line) -> bool:
    """Tell whether the turn was asked for already, and not refused: then the page that says why says so."""
    asked = Waiver.objects.of_turn(
        log_of(sight), duty=line.duty, period=line.period.name, owed_by=line.by.id, about=_about(line)
    )
    return bool(asked.exclude(state="refused").exists())


def _line(sight: Sight, duty: str, owner: UUID, about: UUID, turn: str) -> Line:
    """Find the line that is asked about; what its person alone sees, and answers to events, are not waived.

    That a turn is there to be let go says that nothing was done: of a household it is told to whoever reads why.
    """
    told = mechanism().duties.get(duty)
    if told is None or told.owed_by not in ("post", "branch") or named(turn) is None:
        raise Http404
    if owner not in sight.units or sight.log is None:
        raise Http404
    near = Unit.objects.filter(log=sight.log, id=owner).values_list("village", flat=True).first()
    house = about if Household.objects.filter(log=sight.log, id=about).exists() else None
    units = {owner} | ({near} if near else set())
    whole, lines = turns_of(
        sight.log, sight.day, reader=sight.account, duty=duty, period=turn, units=units, household=house
    )
    for line in lines:
        is_it = (line.by.id, line.about, line.period.name) == (owner, about, turn)
        if is_it and line.verdict in (Verdict.OPEN, Verdict.MISSED) and Day(sight).tells(whole, line):
            return line
    raise Http404


def _about(line: Line) -> UUID | None:
    """Name what it is about, where an owner owes it about several; of members it is let go for the whole branch."""
    if line.about == line.by.id or terms().subjects[mechanism().duties[line.duty].about].member:
        return None
    return line.about if isinstance(line.about, UUID) else None


def _has_it(request: SignedIn, row: Waiver) -> bool:
    """Tell whether a waiver is this reader's to answer: an organizer's, or whose who took it over.

    Not an organizer's who stands in for a village without anybody: they owe it themselves.
    """
    if request.sight.has(*ORGANIZER):
        return not nobodys(row.log, [row.owed_by], request.sight.day)
    return taken_over(row.log, [row.id], request.sight.day).get(row.id) == request.user.id


@open_to(*READERS)
def waiver(request: SignedIn, waiver: UUID) -> HttpResponse:
    """Show a waiver; whoever may answer it finds the answer here."""
    row = Waiver.objects.seen_by(request.sight).filter(id=waiver, source_withdrawn=False).first()
    if row is None:
        raise Http404
    form = None
    if row.state == "asked" and row.asked_by != request.user.id and _has_it(request, row):
        form = DraftForm(
            request.POST or None, account=request.user, at=clock.now(), saw=seen(row.id, row.wordings, ["answer"])
        )
    if form is not None and form.is_valid():
        answer = request.POST.get("answer")
        if answer not in ("grant", "refuse"):
            raise Http404
        body = WaiverAnswer1(waiver=row.id, granted=answer == "grant")
        item = entry_of(request, form.draft, body, unit=log_of(request.sight))
        words = _("It is granted.") if body.granted else _("It is refused.")
        if gone := write(request, form, item, to=reverse("desk:waivers"), words=words):
            return gone
    [one] = shown(request.sight, [row])
    context = {"form": form, "one": one, "entry": opening_entry(row.log, row.id), "here": "waivers"}
    status = 422 if form is not None and form.errors else 200
    return render(request, "desk/branch_register/waiver.html", context, status=status)
