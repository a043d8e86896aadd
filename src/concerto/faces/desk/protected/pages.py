"""Their list, their page from top to bottom, and their words: opened for a reason of one line, which is noted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.protected import words
from concerto.faces.desk.protected.record import Record, record_or_404
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.words import day_words
from concerto.faces.desk.triage.asking import shown
from concerto.groundwork import clock
from concerto.journal.kinds.protected import SUSPECTED_OF
from concerto.journal.kinds.words import word
from concerto.papers.naming import accounts_named
from concerto.papers.standing.protected import due_of_protected
from concerto.parts.disputes.models import Protected
from concerto.parts.disputes.protected import Step
from concerto.places.models import Opening
from concerto.rulebook.routes import routes
from concerto.rulebook.standing import Verdict

OPENED = "protected"  # under what it is noted that somebody opened its words
MOST_LETTERS, MOST_SHOWN = 200, 100
ROUTES = ("police", "court", "womens_federation", "civil_affairs", "legal_aid", "ambulance")


@dataclass(frozen=True)
class Line:
    """One line of the list: who in a word, since when, the last step, and whether a report is due."""

    id: UUID
    who: str
    since: str
    last: str
    is_ended: bool
    due: str


@open_to(*NEED_READERS)
def listed(request: SignedIn) -> HttpResponse:
    """List those that open to this reader: what goes on first, the newest first. No name, no count."""
    rows = list(Protected.objects.seen_by(request.sight).order_by("-stage", "-opened_on", "id")[: MOST_SHOWN + 1])
    due = _due(request, rows[:MOST_SHOWN])
    lines = [_line(request, row, due.get(row.id)) for row in rows[:MOST_SHOWN]]
    context = {"lines": lines, "is_cut": len(rows) > MOST_SHOWN, "most": MOST_SHOWN, "here": "cases"}
    return render(request, "desk/protected/list.html", context)


@open_to(*NEED_READERS)
def record(request: SignedIn, case: UUID) -> HttpResponse:
    """Show what is noted of somebody, without its words."""
    return show(request, record_or_404(request, case))


@open_to(*NEED_READERS)
def record_words(request: SignedIn, case: UUID) -> HttpResponse:
    """Open its words to whoever handles it and says why in one line; that is noted for the person."""
    found = record_or_404(request, case)
    if request.method != "POST":  # the address alone: another language was chosen, or a sign-in lay between
        return redirect("desk:protected-record", case)
    why = " ".join(request.POST.get("why", "").split())[:MOST_LETTERS]
    if not why:
        return show(request, found, asks=True)
    note = Opening(log=found.row.log, at=clock.now(), by=request.user.id, what=OPENED, about=case, purpose=why)
    note.save(force_insert=True)
    return show(request, found, is_open=True)


def show(request: SignedIn, found: Record, *, is_open: bool = False, asks: bool = False) -> HttpResponse:
    """Draw the page of one of them."""
    row, stands = found.row, found.stands
    context: dict[str, Any] = {
        "row": row,
        "who": word(words.WHO, row.who),
        "is_open": is_open,
        "asks": asks,
        "name": found.texts.get(row.name, "") if is_open else "",
        "phone": found.texts.get(row.phone, "") if is_open else "",
        "how": found.texts.get(row.how, "") if is_open else "",
        "path": [drawn(found, step, is_open=is_open) for step in stands.path],
        "due": _due(request, [row]).get(row.id),
        "wants": word(words.WANTS, stands.wants) if stands.wants else "",
        "acts": [(reverse("desk:protected-step", args=[row.id, act]), words.ACTS[act].title) for act in found.acts()],
        "readers": found.readers,
        "openings": list(_openings(found)),
        "n_openings": _noted(found).count(),
        "most": MOST_SHOWN,
        "routes": [shown(routes()[one]) for one in ROUTES],
        "here": "cases",
    }
    return render(request, "desk/protected/record.html", context, status=422 if asks else 200)


def _line(request: SignedIn, row: Protected, due: str | None) -> Line:
    ended = row.stage == "ended"
    day = request.sight.day
    return Line(
        row.id, word(words.WHO, row.who), day_words(row.opened_on, day), day_words(row.last_on, day), ended, due or ""
    )


def _due(request: SignedIn, rows: list[Protected]) -> dict[UUID, str]:
    """Say of each whether a report is due: by the law, on the same day."""
    asked = [row for row in rows if row.who in SUSPECTED_OF]
    if not asked:
        return {}
    lines = due_of_protected(Day(request.sight).book, asked, request.sight.day)
    return {case: _words(line.verdict, line.due) for case, line in lines.items()}


def _words(verdict: Verdict, due: date | None) -> str:
    if verdict is Verdict.MISSED:
        return gettext("To be reported to the police: the day it had to be made has passed, so now.")
    return gettext("To be reported to the police today.")


def left_for(request: SignedIn, case: UUID) -> str:
    """Give where its reader goes on from a step: back to it, or to the list where it opens to them no more."""
    reads = Protected.objects.seen_by(request.sight).filter(id=case).exists()
    return reverse("desk:protected-record", args=[case]) if reads else reverse("desk:protected")


def drawn(found: Record, step: Step, *, is_open: bool) -> dict[str, Any]:
    """Say one step in words; what was written about it only where it is opened."""
    said = [word(meant, one) for meant in _meant(step.kind) for one in step.detail.split()]
    if step.account:
        said.append(found.called(step.account))
    if step.desk:
        said.append(found.units.get(step.desk, ""))
    text = found.texts.get(step.words) if step.words and is_open else ""
    return {
        "on": step.on,
        "day": day_words(step.on, found.sight.day),
        "title": word(words.STEPS, step.kind),
        "said": pgettext("list", ", ").join(one for one in said if one),
        "who": found.called(step.by),
        "words": text or "",
        "is_gone": bool(step.words) and is_open and not text,
        "undo": reverse("desk:protected-undo", args=[found.row.id, step.entry]) if found.is_taken_back(step) else "",
    }


def _meant(kind: str) -> Iterator[Any]:
    meant = {
        "told": words.TOLD_OF,
        "reported": words.REPORTED_TO,
        "wish": words.WANTS,
        "safe": words.CONTACT,
        "opened": words.WHO,
    }
    if kind in meant:
        yield meant[kind]


def _noted(found: Record) -> QuerySet[Opening]:
    return Opening.objects.filter(log=found.row.log, about=found.row.id, what=OPENED)


def _openings(found: Record) -> Iterator[tuple[Any, str, str]]:
    """Say who opened its words, when and why, the newest first: what the person who asks is told."""
    noted = list(_noted(found).order_by("-at", "-id")[:MOST_SHOWN])
    people = accounts_named({row.by for row in noted})
    for row in noted:
        yield row.at, people.get(row.by, ""), row.purpose
