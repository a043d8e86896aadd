"""The page of one entry: what was said, what was filed, its lines, its restatements; opening its sealed words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.faces.desk.branch_register import not_there
from concerto.faces.desk.drawing import Mark
from concerto.faces.desk.entries import facts as entry_facts
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.entries.sealed_words import CLOSED, Words, hidden_words, note_opening, sealed_words
from concerto.faces.desk.five import LEDGERS
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.acts import act_of
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.needs import Handover1, Need1
from concerto.journal.said import HOME, Wording
from concerto.papers.columns import in_one, words_on_line
from concerto.places.models import Log
from concerto.places.sight import Part

UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Restatement:
    """One wording in the history of an entry: who said what of it, and when."""

    mark: Mark
    what: str
    by: str
    at: datetime
    facts: list[entry_facts.Pair]
    hidden: list[Words]


@open_to(*READERS)
def entry(request: SignedIn, entry: UUID) -> HttpResponse:
    """Show one entry to those who may see where it was recorded; to all others it is not there."""
    return show(request, read_fact(request.sight, entry))


@require_POST
@open_to(*READERS)
def entry_words(request: SignedIn, entry: UUID, digest: str) -> HttpResponse:
    """Open sealed words of somebody else, and note that they were opened."""
    fact = read_fact(request.sight, entry)
    closed = next((w for w in sealed_words(fact) if w.digest == digest and w.state == CLOSED), None)
    if closed is None:
        raise Http404
    note_opening(fact, closed, clock.now())
    return show(request, fact, opened=digest)


def show(request: SignedIn, fact: Fact, *, opened: str = "", template: str = "desk/entries/entry.html") -> HttpResponse:
    """Draw an entry's page."""
    return render(request, template, page_of(request, fact, opened=opened, today=request.sight.day))


CORRECTED_BY = {"visit": "desk:entry-correct", "meeting": "desk:meeting-correct", "village_fact": "desk:fact-correct",
                "consent": "desk:consent-correct", "screening": "desk:screening-correct"}  # fmt: skip


def _corrects(fact: Fact) -> str:
    """Give the form of its own that says an entry again."""
    first, body = fact.told.first, fact.body
    if isinstance(body, Need1):
        return reverse("desk:need-correct", args=[body.need])
    if act := act_of(body):
        need = body.matter if isinstance(body, Handover1) else getattr(body, "need", None)
        return f"{reverse('desk:need-step', args=[need, act])}?corrects={first}"
    return reverse(CORRECTED_BY.get(fact.told.kind, "desk:branch-correct"), args=[first])


def page_of(request: SignedIn, fact: Fact, *, opened: str, today: date) -> dict[str, Any]:
    """Gather what the page of an entry shows."""
    first = fact.told.first
    may_correct = fact.may_correct(request.user, today)
    return {
        "fact": fact,
        "title": entry_facts.title(fact),
        "number": number_of(fact),
        "by_whom": in_one([date_format(fact.words.said.happened_on, "DATE_FORMAT"), author(fact, fact.opener)]),
        "facts": entry_facts.facts(fact, fact.words),
        "sealed": sealed_words(fact, opened=opened),
        "posted": posted_words(fact),
        "line_count": sum(len(lines) for lines in fact.lines.values()),
        "household_url": household_url(fact),
        "origin": list(_origin(fact)),
        "restatements": list(_restatements(fact)) if len(fact.told.texts) > 1 else [],
        "correct_url": _corrects(fact) if may_correct else "",
        "withdraw_url": reverse("desk:entry-withdraw", args=[first]) if fact.may_withdraw(request.user, today) else "",
        "minutes_url": minutes_url(fact),
        "undo": undo_form(request, fact),
        "not_there": not_there.form_for(request, fact),
        "said_not_there": not_there.said_already(fact) if not_there.may_say(fact) else None,
        "others_not_there": not_there.others_who_said(fact),
        "back_url": household_url(fact) or place_url(fact),
        "here": place_of(fact),
    }


# Under which place of the rail the page of each kind lies; every other speaks of households and people.
PLACES = {
    **dict.fromkeys(("meeting", "heart_talk"), Part.BRANCH.value),
    **dict.fromkeys(("study", "own_study"), Part.STUDY.value),
    "visit": Part.VISITS.value,
    **dict.fromkeys(("member", "member_change", "seat", "seat_change", "suspension", "suspension_change"), "members"),
    **dict.fromkeys(("posting", "posting_change"), "postings"),
    "screening": Part.DISPUTES.value,
    **dict.fromkeys(("panel_member", "panel_change"), "panel"),
    **dict.fromkeys(("waiver", "waiver_answer"), "waivers"),
    **dict.fromkeys(("edition", "edition_answer", "day_table"), "mechanism"),
    "taken_over": "today",
    **dict.fromkeys(("village_fact", "fact_confirmed"), "facts"),
    **dict.fromkeys(("need", "need_step", "need_word", "need_merger", "handover"), "needs"),
    **dict.fromkeys(("slip_sheet", "matter_slip", "matter_slip_void"), "slips"),
}


def place_of(fact: Fact) -> str:
    """Say under which place of the rail an entry's page lies."""
    return PLACES.get(fact.told.kind, "households")


def place_url(fact: Fact) -> str:
    """Give the way back to where such entries are listed."""
    place = PLACES.get(fact.told.kind, "")
    part = place if place in set(Part) else Part.VISITS.value
    return reverse("desk:ledger", args=[part])


def number_of(fact: Fact) -> str:
    """Say an entry's number as it is read aloud: the township's name and the number in its log."""
    log = Log.objects.filter(id=fact.last.said.log).values_list("name", flat=True).first() or ""
    return gettext("{township} No. {number}").format(township=log, number=f"{fact.told.first_seq:04d}")


def household_url(fact: Fact) -> str:
    """Give the address of the one household's card, if it may be opened."""
    if len(fact.households) != 1 or fact.households[0] not in fact.houses:
        return ""
    return reverse("desk:household", args=[fact.houses[fact.households[0]][0]])


def minutes_url(fact: Fact) -> str:
    """Give the way to a meeting's minutes, to those they open to."""
    may_print = isinstance(fact.body, Meeting1) and fact.is_near
    return reverse("desk:minutes", args=[fact.told.first]) if may_print else ""


def posted_words(fact: Fact) -> dict[Part, SafeString]:
    """Say for each ledger what stands there, with a way to it."""
    return {
        part: format_html(
            '<a href="{}">{}</a> {}',
            reverse("desk:ledger", args=[part.value]),
            LEDGERS[part],
            in_one(dict.fromkeys(words_on_line(line, fact.naming) for line in lines)),
        )
        for part, lines in fact.lines.items()
    }


def undo_form(request: SignedIn, fact: Fact) -> DraftForm | None:
    """Offer the withdrawal without a question, to its author for ten minutes after it came; not of a correction."""
    came = datetime.fromisoformat(fact.opener.filed.received_at.replace("Z", "+00:00"))
    now = clock.now()
    fresh = len(fact.told.texts) == 1 and fact.is_mine and not fact.is_withdrawn and now - came < UNDO_FOR
    if not fresh or fact.told.kind != "visit":
        return None
    return DraftForm(account=request.user, at=now, saw={f"{fact.told.first}.wording": fact.last.said.id})


def _origin(fact: Fact) -> Iterator[tuple[Any, Any]]:
    """Say how it came: when it was written and received, under whose hand, and the digest that chains it."""
    opener = fact.opener
    yield _("Written"), moment(opener.said.recorded_at)
    yield _("Received"), moment(opener.filed.received_at)
    yield _("Recorded by"), author(fact, opener)
    brought = opener.filed.brought_by
    if brought and brought != opener.said.author:
        yield _("Brought by"), fact.authors.get(brought, "")
    yield _("Recorded for"), fact.units.get(opener.said.unit, "")


def moment(stamp: str) -> str:
    """Say an instant of the journal as the wall clock did."""
    at = datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone(clock.SHANGHAI)
    return f"{date_format(at, 'DATE_FORMAT')} {at:%H:%M}"


def author(fact: Fact, wording: Wording) -> str:
    """Name who said it; what no person recorded was recorded by the home."""
    if wording.said.author == HOME:
        return gettext("the office itself (an import)")
    return fact.authors.get(wording.said.author, "")


def _restatements(fact: Fact) -> Iterator[Restatement]:
    seen: set[str] = set()
    for wording in fact.told.texts:
        is_first, is_null = wording is fact.opener, wording.body is None
        what = pgettext("wording", "Recorded") if is_first else pgettext("wording", "Corrected")
        at = datetime.fromisoformat(wording.filed.received_at.replace("Z", "+00:00"))
        yield Restatement(
            Mark.MET if wording is fact.last and not is_null else Mark.WITHDRAWN,
            pgettext("wording", "Withdrawn") if is_null else what,
            author(fact, wording),
            at,
            entry_facts.facts(fact, wording) if not is_null else [],
            [words for words in hidden_words(fact, wording) if words.digest not in seen],
        )
        seen |= set(wording.said.sealed)
