"""A need's page: where it stands and in whose hands, its path step by step, and what its reader may do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST

from concerto.faces.desk.frame import NEED_READERS, READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import words
from concerto.faces.desk.needs.acts import ACTS
from concerto.faces.desk.needs.life import clock as clock_drawn
from concerto.faces.desk.needs.life import life
from concerto.faces.desk.needs.matter import Matter, matter_or_404
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.forms import why_address
from concerto.groundwork import clock
from concerto.journal.kinds.words import word
from concerto.journal.models import Sealed
from concerto.papers.mechanism import tongue_read
from concerto.papers.needs.due import due_of
from concerto.parts.assistance.models import Need, NeedStep
from concerto.places.models import Opening, Unit
from concerto.register.models import Household
from concerto.register.slips import serials_of
from concerto.rulebook.mechanism import mechanism

MARKS = {
    **dict.fromkeys(("no", "partly", "returned", "no_answer"), "missed"),
    **dict.fromkeys(("asked", "sent"), "open"),
    **dict.fromkeys(("not_ours", "merged"), "refused"),
}


@dataclass(frozen=True)
class Walked:
    """One step of the path in words."""

    mark: str
    title: str
    on: date
    who: str
    said: str
    entry: UUID
    digest: str
    words: str
    to: UUID | None = None
    correct: str = ""


@dataclass(frozen=True)
class Clock:
    """One answer that is still owed: what, its bar, its last day, how many days over, and why."""

    title: str
    bar: SafeString
    due: date
    over: int
    why: str


@open_to(*NEED_READERS)
def need(request: SignedIn, need: UUID) -> HttpResponse:
    """Show a need."""
    return _show(request, matter_or_404(request.sight, need))


@require_POST
@open_to(*NEED_READERS)
def need_words(request: SignedIn, need: UUID, digest: str) -> HttpResponse:
    """Open sealed words of a need's path, and note for whom they are about that they were opened."""
    matter = matter_or_404(request.sight, need)
    known = {matter.row.words, *(step.words for step in matter.steps)} - {""}
    if not matter.may_read_words or digest not in known:
        raise Http404
    note = Opening(
        log=matter.row.log,
        at=clock.now(),
        by=request.user.id,
        what="words",
        about=matter.row.household,
        part=digest,
    )
    note.save(force_insert=True)
    return _show(request, matter, opened=digest)


def _show(request: SignedIn, matter: Matter, *, opened: str = "") -> HttpResponse:
    row = matter.row
    clocks = list(_clocks(request, matter))
    read = _texts(matter, {opened, *([row.words] if matter.is_near else [])} - {""})
    context = {
        "matter": matter,
        "row": row,
        "line": life(row.state, is_late=any(one.over for one in clocks)),
        "facts": [pair for pair in _facts(matter) if pair[1]],
        "state": word(words.STATES, row.state),
        "clocks": clocks,
        "words": read.get(row.words, ""),
        "may_correct": matter.is_near and matter.steps[0].by == request.user.id,
        "closed_words": row.words if matter.may_read_words and row.words not in read else "",
        "path": [_walked(matter, step, read, request.user.id) for step in matter.steps],
        "reads_words": matter.may_read_words,
        "reads_entries": request.sight.has(*READERS),
        "village": matter.units.get(row.unit, ""),
        "acts": [
            (reverse("desk:need-step", args=[row.id, act]), ACTS[act].of(is_owned=row.owner is not None).title)
            for act in matter.actions()
        ],
        "may_merge": matter.is_near and row.called is None,
        "paper": bool(row.office) and (matter.works_on_it or matter.is_at_reader),
        "serials": _serials(matter),
        # where a household lives is no matter of a desk that sees its need alone
        "has_moved": row.is_open and matter.works_on_it and _has_moved(row),
        "askers": matter.askers if row.askers > 1 else [],
        "stays": Need.objects.seen_by(request.sight).filter(id=row.called).first() if row.called else None,
    }
    return render(request, "desk/needs/need.html", context)


def _clocks(request: SignedIn, matter: Matter) -> Iterator[Clock]:
    """Say what is still to be answered and by when, judged by the rulebook; why is a page of its own."""
    day = Day(request.sight)
    duties = mechanism().duties
    for line in due_of(day.book, [matter.row], day.asof).get(matter.row.id, ()):
        tells = line.by.id in request.sight.units or line.by.id == request.user.id
        yield Clock(
            duties[line.duty].title[tongue_read()],
            clock_drawn(line.period.first, line.due, day.asof),
            line.due,
            max((day.asof - line.due).days, 0),
            why_address(line) if tells else "",
        )


def _facts(matter: Matter) -> Iterator[tuple[str, Any]]:
    row = matter.row
    yield gettext("How it stands"), word(words.STATES, row.state)
    yield gettext("Village"), matter.units.get(row.unit, "")
    owner = matter.owner or gettext("the post of {village}").format(village=matter.units.get(row.unit, ""))
    yield gettext("Who sees to it in the village"), owner
    yield gettext("In whose hands"), matter.where()
    if row.sent_to:
        desk = matter.units.get(row.sent_to, "")
        yield gettext("Waits for an answer of"), desk
    yield gettext("What it is"), word(words.CLOCKS, row.clock)
    if row.outcome:
        yield gettext("How it came out"), word(words.OUTCOMES, row.outcome)
    yield pgettext("need", "Told on"), date_format(row.opened_on, "DATE_FORMAT")
    houses = {asker.household: asker.house.name for asker in matter.askers if asker.house}
    for call in matter.calls:
        told = [date_format(call.on, "DATE_FORMAT"), houses.get(call.household, "") if row.askers > 1 else ""]
        since = pgettext("clause", ", ").join(one for one in told if one)
        ends = gettext("{since}. It ends when it is recorded that they were told something, or what they said.")
        yield gettext("Asks to be called, since"), ends.format(since=since)


def _texts(matter: Matter, digests: set[str]) -> dict[str, str]:
    if not digests:
        return {}
    found = Sealed.objects.filter(log=matter.row.log, digest__in=digests, audience="place")
    return dict(found.values_list("digest", "text"))


def _serials(matter: Matter) -> list[str]:
    if not matter.is_near and matter.house is None:
        return []
    found = serials_of(matter.row.log, [asker.id for asker in matter.askers])
    return [serial for serials in found.values() for serial in serials]


CORRECTED_AS = {"owned": "own", "doing": "doing", "done": "done", "told": "tell", "interim_note": "tell",
                "asked": "asked", "no_answer": "no-answer", "not_ours": "not-ours", "reopened": "reopen",
                **dict.fromkeys(("yes", "partly", "no", "told_to_the_doer"), "word"),
                "sent": "send", "accepted": "accept", "returned": "return", "done_there": "desk-done"}  # fmt: skip
HANDED = ("sent", "accepted", "returned", "done_there")
OF_AN_OFFICE = {"return": "office-returned", "desk-done": "office-done"}


def _correction(matter: Matter, step: NeedStep, reader: UUID) -> str:
    """Give the form that says a step again to whoever recorded it: the village's, or the desk's own."""
    act = CORRECTED_AS.get(step.kind, "")
    if step.by != reader or not act or not (matter.works_on_it or (step.kind in HANDED and matter.desks)):
        return ""
    sent = [before.office for before in matter.steps if before.kind == "sent" and before.n < step.n]
    act = OF_AN_OFFICE.get(act, act) if sent and sent[-1] else act
    return f"{reverse('desk:need-step', args=[matter.row.id, act])}?corrects={step.entry}"


def _has_moved(row: Need) -> bool:
    """Tell whether its household lives in another village than the one that heard it."""
    told = Unit.objects.filter(log=row.log, id=row.unit).first()
    home = (told.village or told.id) if told else row.unit
    return Household.objects.filter(log=row.log, id=row.household, called__isnull=True).exclude(village=home).exists()


def _walked(matter: Matter, step: NeedStep, read: dict[str, str], reader: UUID) -> Walked:
    title = word(words.STEPS, step.kind)
    return Walked(
        MARKS.get(step.kind, "met"),
        title,
        step.on,
        matter.people.get(step.by, gettext("the household")),
        pgettext("clause", ", ").join(said for said in _said(matter, step) if said),
        step.entry,
        step.words if step.kind != "opened" else "",
        read.get(step.words, "") if step.kind != "opened" else "",
        step.holder if step.kind == "merged" else None,
        _correction(matter, step, reader),
    )


def _said(matter: Matter, step: NeedStep) -> Iterator[str]:
    """Say what a step names: to whom, how it came out, until when, how it was told."""
    if step.kind == "owned":
        yield gettext("by {who}").format(who=matter.people.get(step.owner, "")) if step.owner else ""
    if step.kind == "sent":
        yield word(words.ROUTES, step.office) if step.office else matter.units.get(step.holder, "")
    elif step.kind in ("accepted", "returned", "done_there"):
        yield matter.units.get(step.holder, "")
    elif step.kind == "done":
        yield word(words.OUTCOMES, step.detail)
    elif step.kind == "told":
        yield word(words.TOLD_OF, step.detail)
    elif step.kind == "not_ours":
        yield word(words.ROUTES, step.detail)
    elif step.kind == "joined":
        yield gettext("told by another household")
    if step.names_day:
        yield gettext("they wait until {day}").format(day=date_format(step.names_day, "MONTH_DAY_FORMAT"))
    yield word(words.WAYS, step.way) if step.way else ""
    if step.kind != "joined" and step.asker != matter.row.id and step.household:
        asker = next((one for one in matter.askers if one.id == step.asker), None)
        yield asker.house.name if asker and asker.house else gettext("one of those who asked")
