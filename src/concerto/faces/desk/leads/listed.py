"""Leads that have not lapsed: whoever heard one reads it, the governance centre's desk reads all, and nobody else any.

A lead is no case: no duty follows from it, it stands on no Today, and on its thirty-first day it is gone from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from concerto.faces.desk.cases.bringing import units_to_record
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.cases import Case1
from concerto.journal.models import Sealed
from concerto.papers import ledgers
from concerto.papers.ledgers import Asked, Cursor
from concerto.papers.naming import unit_names
from concerto.parts.disputes.models import Lead
from concerto.parts.disputes.posting import LEAD_DAYS
from concerto.places.models import Opening
from concerto.places.sight import Part, Sight
from concerto.register.search import log_of

PAGE = 30


@dataclass(frozen=True)
class Live:
    """One lead as its reader meets it; words of others stand closed until they are asked for."""

    entry: UUID
    on: date
    sort: str
    unit: str
    words: str
    is_closed: bool
    lapses_on: date
    take_in: str


@open_to(*READERS)
def leads(request: SignedIn) -> HttpResponse:
    """List the leads that live; sent as a form, open the words that others wrote on this page, each noted as opened."""
    sight = request.sight
    after = Cursor.read(request.GET.get("after", ""))
    found = list(ledgers.ledger(Part.DISPUTES, sight, Asked(state=ledgers.LEAD, after=after))[: PAGE + 1])
    rows = found[:PAGE]
    others = [row for row in rows if row.by != sight.account]
    is_opened = request.method == "POST"
    if is_opened:
        _note(sight, others)
    read = rows if is_opened else [row for row in rows if row.by == sight.account]
    texts = _texts(sight, read)
    names = unit_names(sight) if rows else {}
    takes = {unit.id for unit in units_to_record(request, Case1.KIND)} if rows else set()
    here = reverse("desk:leads")
    context = {
        "leads": [
            _live(row, texts, names, is_closed=not is_opened and row.by != sight.account, may_take=row.unit in takes)
            for row in rows
        ],
        "closed": 0 if is_opened else len(others),
        "older": f"{here}?after={Cursor(rows[-1].on, rows[-1].id, rows[-1].n)}" if len(found) > PAGE else "",
        "newer": here if after else "",
        "said": ngettext("{n} lead on this page", "{n} leads on this page", len(rows)).format(n=len(rows)),
        "here": Part.DISPUTES.value,
    }
    return render(request, "desk/leads/list.html", context)


def _live(row: Lead, texts: dict[str, str], names: dict[UUID, str], *, is_closed: bool, may_take: bool) -> Live:
    return Live(
        row.entry,
        row.on,
        said.word(said.LEAD_WORDS, row.kind),
        names.get(row.unit, ""),
        texts.get(row.words, ""),
        is_closed,
        lapses_on(row.on),
        f"{reverse('desk:case-new')}?lead={row.id}" if may_take else "",
    )


def lapses_on(day: date) -> date:
    """Give the first day on which a lead of this day is listed nowhere any more."""
    return day + timedelta(days=LEAD_DAYS + 1)


def _texts(sight: Sight, rows: Sequence[Lead]) -> dict[str, str]:
    digests = {row.words for row in rows}
    found = Sealed.objects.filter(log=log_of(sight), digest__in=digests) if digests else Sealed.objects.none()
    return dict(found.values_list("digest", "text"))


def _note(sight: Sight, rows: Sequence[Lead]) -> None:
    """Note for the household each of them is about that this reader opened the words."""
    at, log = clock.now(), log_of(sight)
    notes = [
        Opening(log=log, at=at, by=sight.account, what="words", about=row.household, part=row.words) for row in rows
    ]
    Opening.objects.bulk_create(notes)
