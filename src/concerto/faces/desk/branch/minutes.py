"""The minutes of a meeting as they are printed: what was recorded, and a blank for the hand wherever nothing was.

They name who was there, so they open to those alone who work where the meeting was; from above they are not there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.branch.meeting_form import CONTENT_CHOICES, FIGURE_LABELS, FORM_CHOICES, SORT_CHOICES
from concerto.faces.desk.branch.meetings import vote_words
from concerto.faces.desk.branch.roll import names_of, roll_of
from concerto.faces.desk.entries.branch_facts import left_out_words, length_words, minutes_words
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.entries.sealed_words import CLOSED, note_opening, sealed_words
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import words as register
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.asked.branching import FIGURES
from concerto.journal.kinds.meeting import AgendaItem, Meeting1
from concerto.journal.kinds.voting import Tally, line_of_vote, may_vote
from concerto.places.models import PartyGroup, Unit

Term = str | Promise


@dataclass(frozen=True)
class Stood:
    """One row of the list: how some stood, and who. Without a name somebody keeps a blank."""

    how: Term
    names: list[str]
    why: bool = False
    more: bool = False


@dataclass(frozen=True)
class Item:
    """One item of the agenda: who of those with a vote was there for it, and the line of what came of it."""

    sort: str
    is_ballot: bool
    words: str
    there: int | None
    away: list[str]
    figures: list[tuple[Term, int]]
    line: str


@open_to(*READERS)
def minutes(request: SignedIn, entry: UUID) -> HttpResponse:
    """Show the minutes; sent as a form, open the words that others wrote, and note each of them as opened."""
    fact = read_fact(request.sight, entry)
    body = fact.body
    if not isinstance(body, Meeting1) or not fact.is_near:
        raise Http404
    branch = Unit.objects.filter(log=fact.last.said.log, id=body.branch).first()
    if branch is None:
        raise Http404
    words = {one.digest: one for one in sealed_words(fact)}
    closed = [one for one in words.values() if one.state == CLOSED]
    if request.method == "POST":
        for one in closed:
            note_opening(fact, one, clock.now())
            words |= {now.digest: now for now in sealed_words(fact, opened=one.digest) if now.is_shown}
        closed = []
    read = {digest: one.text for digest, one in words.items() if one.is_shown}
    return render(request, "desk/branch/minutes.html", page_of_minutes(fact, body, branch, read) | {"closed": closed})


def page_of_minutes(fact: Fact, body: Meeting1, branch: Unit, read: Mapping[str, str]) -> dict[str, Any]:
    """Gather what the minutes say; `read` are the sealed words that stand open to this reader."""
    names = names_of(fact.sight, body.all_named)
    day = date_format(fact.last.said.happened_on, "DATE_FORMAT")
    return {
        "fact": fact,
        "branch": branch,
        "day": day,
        "heading": list(_heading(body, branch, day, names)),
        "attended": list(_attended(fact, body, branch, names)),
        "left_out": [(names.get(one.member, ""), left_out_words(one)) for one in body.left_out],
        "items": [_item(body, item, names, read) for item in body.items],
        "decisions": [
            {
                "words": read.get(one.words, ""),
                "owner": names.get(one.owner, "") if one.owner else "",
                "due": date_format(one.due, "DATE_FORMAT") if one.due else "",
            }
            for one in body.decisions
        ],
        "studied": [
            (said.STUDIED_WORDS["pre_study"], length_words(body.pre_study, fact.last.said.happened_on)),
            (said.STUDIED_WORDS["meeting_study"], length_words(body.meeting_study, fact.last.said.happened_on)),
        ],
        "words": read.get(body.words, "") if body.words else "",
        "here": "branch",
    }


def _heading(body: Meeting1, branch: Unit, day: str, names: Mapping[UUID, str]) -> Iterator[tuple[Term, str]]:
    """Say which meeting it was; the place has no field, so it is always left for the hand."""
    forms, contents = dict(FORM_CHOICES), dict(CONTENT_CHOICES)
    yield _("Party branch"), branch.name
    if body.form != "none":
        yield pgettext_lazy("minutes", "Form of the meeting"), str(forms[body.form])
    if body.group is not None:
        group = PartyGroup.objects.filter(log=branch.log, id=body.group).values_list("name", flat=True).first()
        yield pgettext_lazy("minutes", "Group"), group or ""
    yield pgettext_lazy("minutes", "What it held"), register.listed(str(contents[one]) for one in body.contents)
    yield _("Day"), day
    yield pgettext_lazy("minutes", "Time"), minutes_words(body.took)
    yield pgettext_lazy("minutes", "Place"), ""
    yield _("Chair"), names.get(body.chair, "") if body.chair else ""
    yield _("Recorder"), names.get(body.recorder, "") if body.recorder else ""
    yield pgettext_lazy("minutes", "Due and present"), _counted(Tally(len(body.base), len(body.there)))


def _counted(tally: Tally) -> str:
    """Say how many should be there, how many were and how many must agree; nothing where nobody is due."""
    words = vote_words()["open" if may_vote(base=tally.base, present=tally.present) else "too_few"]
    return words.format(base=tally.base, present=tally.present, least=tally.least) if tally.base else ""


# ---------------------------------------------------------------- who was there


def _attended(fact: Fact, body: Meeting1, branch: Unit, names: Mapping[UUID, str]) -> Iterator[Stood]:
    """List who stood how, in the order of the roll. Who need not come is named where they came, and nowhere else."""
    roll = {row.id: row.on_roll for row in roll_of(fact.sight, branch, fact.last.said.happened_on)}
    exempt = {member for member, row in roll.items() if row.is_exempt}
    how = {one.member: one.how for one in body.attendance}
    base = set(body.base) or set(body.present)

    def called(members: Iterable[UUID]) -> list[str]:
        return [names.get(member, "") for member in sorted(members)]

    def stood(as_what: str) -> list[str]:
        return called(member for member, one in how.items() if one == as_what and member not in exempt)

    yield Stood(pgettext_lazy("minutes", "Present"), called(set(body.present) & base))
    if set(body.present) - base:
        yield Stood(pgettext_lazy("minutes", "Present without a vote"), called(set(body.present) - base))
    yield Stood(pgettext_lazy("minutes", "Excused"), stood("excused"), why=True)
    yield Stood(pgettext_lazy("minutes", "Floating"), stood("floating"))
    yield Stood(pgettext_lazy("minutes", "Absent"), stood("absent"))
    looking_on = called(member for member, one in how.items() if one == "observer")
    yield Stood(pgettext_lazy("minutes", "Observers"), looking_on, more=True)
    unmarked = [member for member in set(body.base) - how.keys() if member in roll and member not in exempt]
    if unmarked:
        yield Stood(pgettext_lazy("minutes", "Not marked"), called(unmarked), more=True)


# ---------------------------------------------------------------- the agenda


def _item(body: Meeting1, item: AgendaItem, names: Mapping[UUID, str], read: Mapping[str, str]) -> Item:
    tally = body.tally(item)
    lines = {"vote": line_of_vote, "ballot": _counted}
    return Item(
        str(dict(SORT_CHOICES)[item.sort]),
        item.sort == "ballot",
        read.get(item.words, "") if item.words else "",
        tally.present if body.base and item.sort == "talk" else None,  # the line of a vote says it
        [names.get(member, "") or gettext("not shown") for member in sorted(item.away)],
        [(FIGURE_LABELS[one], getattr(item.votes, one)) for one in FIGURES] if item.votes else [],
        lines[item.sort](tally) if item.sort in lines else "",
    )
