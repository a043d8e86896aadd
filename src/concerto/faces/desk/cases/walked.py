"""The path of a case in words, step by step, and the heads of its three lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.dossier import Dossier
from concerto.faces.desk.cases.mending import act_of, may_mend, may_take_back
from concerto.faces.desk.cases.path import Head
from concerto.faces.desk.cases.sealed import Note, notes_of
from concerto.faces.desk.drawing import Mark
from concerto.faces.desk.today.words import day_words
from concerto.journal.kinds.case_steps import CaseConsent1, CaseHandover1, CaseSession1, CaseStep1
from concerto.journal.kinds.case_words import DIFFICULTY_WORDS
from concerto.journal.kinds.words import word
from concerto.parts.disputes.states import FOLLOWS, Step

MARKS = {
    **dict.fromkeys(("returned", "not_settled", "not_confirmed", "unwilling"), "missed"),
    **dict.fromkeys(("sent", "help_asked"), "open"),
    **dict.fromkeys(("not_accepted", "withdrawn", "refused", "help_returned"), "refused"),
}
# What stands above a head, in a word or two; a step without one has no head.
HEADS: dict[str, str | Promise] = {
    "opened": pgettext_lazy("case head", "Brought"),
    "accepted": pgettext_lazy("case head", "Taken on"),
    "not_accepted": pgettext_lazy("case head", "Not ours"),
    "willing": pgettext_lazy("case head", "Both willing"),
    "session": pgettext_lazy("case head", "Talked"),
    "agreement": pgettext_lazy("case head", "Agreed"),
    "in_effect": pgettext_lazy("case head", "In effect"),
    "between_themselves": pgettext_lazy("case head", "Settled"),
    "not_settled": pgettext_lazy("case head", "Not settled"),
    "withdrawn": pgettext_lazy("case head", "Withdrawn"),
    "refused": pgettext_lazy("case head", "Refused"),
    "sent": pgettext_lazy("case head", "Handed on"),
    "received": pgettext_lazy("case head", "Taken there"),
    "returned": pgettext_lazy("case head", "Came back"),
    "done_there": pgettext_lazy("case head", "Done there"),
    "return_visit": pgettext_lazy("case head", "Visited"),
    "applied": pgettext_lazy("case head", "Applied"),
    "confirmed": pgettext_lazy("case head", "Confirmed"),
    "not_confirmed": pgettext_lazy("case head", "Not confirmed"),
}
# Their words stand elsewhere on the page, or there are none.
WORDLESS = ("opened", "accepted", "return_visit", "agreement", "between_themselves", *FOLLOWS)
AT_COURT = frozenset({"applied", "confirmed", "not_confirmed"})


@dataclass(frozen=True)
class Walked:
    """One step in words."""

    mark: str
    title: str
    on: date
    day: str
    who: str
    said: str
    words: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    undo: str = ""
    mend: str = ""
    entry: UUID | None = None  # where the entry that recorded it is looked for on the page


def walked(dossier: Dossier, *, opened: str = "") -> list[Walked]:
    """Say the path step by step; to a desk that helps, what it was asked and what it answered."""
    path = dossier.life.path if dossier.reads else [step for step in dossier.life.path if _is_own_help(dossier, step)]
    said, found = set[UUID](), []
    for step in path:
        found.append(_walked(dossier, step, opened, is_first=step.entry not in said))
        said.add(step.entry)
    return found


def _is_own_help(dossier: Dossier, step: Step) -> bool:
    """Tell whether a step asks for the help of a desk of the reader's, or is its answer."""
    desks = dossier.sight.desks
    return step.kind.startswith("help_") and (step.to in desks or step.desk in desks)


def _walked(dossier: Dossier, step: Step, opened: str, *, is_first: bool) -> Walked:
    follows = step.kind in FOLLOWS
    fact = dossier.facts.get(step.entry)
    body = fact.body if fact and not follows else None
    mark = MARKS.get(step.kind, "met")
    if step.kind == "consent" and step.says == "refused":
        mark = "refused"
    return Walked(
        mark,
        word(words.STEPS, step.kind),
        step.on,
        day_words(step.on, dossier.sight.day),
        "" if follows else dossier.people.get(step.by, ""),
        pgettext("clause", ", ").join(said for said in _said(dossier, step, body) if said),
        [(str(name), text) for name, text in _words(dossier, step, body) if text],
        list(notes_of(dossier, body, opened=opened)) if step.kind in ("session", "return_visit") else [],
        undo_address(dossier, step.entry) if body is not None and is_first else "",
        mend_address(dossier, step.entry) if body is not None and is_first else "",
        step.entry if is_first else None,
    )


def undo_address(dossier: Dossier, entry: UUID) -> str:
    """Give where an entry is taken back; nothing where this reader may not."""
    fact = dossier.facts.get(entry)
    if fact is None or not may_take_back(dossier, fact):
        return ""
    return reverse("desk:case-undo", args=[dossier.row.id, entry])


def mend_address(dossier: Dossier, entry: UUID) -> str:
    """Give the form in which an entry is said anew; nothing where this reader may not."""
    fact = dossier.facts.get(entry)
    if fact is None or not may_mend(dossier, fact):
        return ""
    return reverse("desk:case-step", args=[dossier.row.id, act_of(fact.body)]) + f"?corrects={entry}"


def _said(dossier: Dossier, step: Step, body: object) -> Iterator[str]:
    """Say what a step names: whom, what, where, until when."""
    party = dossier.life.parties.get(step.party) if step.party else None
    if party is not None:
        yield dossier.name(party)
    match step.kind:
        case "consent":
            yield word(words.CONSENTS, step.detail)
            yield word(words.ANSWERS, step.says)
            yield _way(body)
        case "told":
            yield word(words.TOLD, step.detail)
        case "mediator":
            yield dossier.mediator_named(step.of)
        case "conflict":
            yield dossier.mediator_named(step.of)
            yield word(words.CONFLICTS, step.detail)
        case "linked":
            yield from (dossier.numbers_beside.get(one) or gettext("no number yet") for one in step.linked)
        case "weighed":
            yield word(DIFFICULTY_WORDS, step.detail)
        case "agreement":
            yield word(words.AGREED_HOW, step.detail)
        case "signature" if step.detail != "party":
            yield gettext("the mediator") if step.detail == "mediator" else gettext("the committee's seal")
        case "sent":
            yield words.route_name(step.office) if step.office else dossier.desk(step.to or step.desk)
            yield word(words.FORMS, step.detail) if step.detail else ""
        case "received" | "returned" | "done_there" | "help_answered" | "help_returned":
            yield dossier.desk(step.desk)
        case "help_asked":
            yield dossier.desk(step.to)
        case "performance":
            item = dossier.life.items.get(step.of) if step.of else None
            yield dossier.text(item.what) if item else ""
            yield word(words.KEPT, step.detail)
    if isinstance(body, CaseStep1) and body.routes:
        yield pgettext("list", ", ").join(words.route_name(route) for route in body.routes)
    if step.kind == "session" and step.names_day:
        yield gettext("next talk on {day}").format(day=day_words(step.names_day, dossier.sight.day))
    elif step.names_day:
        yield gettext("until {day}").format(day=day_words(step.names_day, dossier.sight.day))


def _way(body: object) -> str:
    """Say how a party answered, where it was not face to face or not by itself."""
    if not isinstance(body, CaseConsent1):
        return ""
    by = word(words.BY, body.by) if body.by != "self" else ""
    way = word(words.WAYS, body.way) if body.way != "in_person" else ""
    return pgettext("clause", ", ").join(one for one in (by, way) if one)


def _words(dossier: Dossier, step: Step, body: object) -> Iterator[tuple[str | Promise, str]]:
    """Give the words of a step that stand open on the page to whoever reads the case, each with what it is."""
    if isinstance(body, CaseSession1):
        yield "", dossier.text(body.place)
        yield _("What holds until then"), dossier.text(body.interim)
    elif isinstance(body, CaseHandover1):
        yield _("What is asked of them") if body.step == "sent" else "", dossier.text(body.words)
        yield _("Why"), dossier.text(body.why)
        yield _("On which basis"), dossier.text(body.basis)
        yield _("Which papers go along"), dossier.text(body.papers)
    elif step.kind.startswith("help_"):
        part = dossier.parts.get(step.words)
        yield "", part.text if part is not None and (dossier.reads or _is_own_help(dossier, step)) else ""
    elif isinstance(body, CaseStep1) or step.kind not in WORDLESS:
        yield "", dossier.text(step.words)


def heads(dossier: Dossier) -> list[Head]:
    """Give the heads of the three lines: what happened, on the line it was on that day, and what is still to come."""
    found, line, before = list[Head](), dossier.life.channel_first, list[tuple[str, str]]()
    for step in dossier.life.path:
        if step.kind == "sent":
            before.append((line, step.channel or line))
        elif step.kind == "received" and before:
            line = before[-1][1]
        here = "court" if step.kind in AT_COURT else line
        if step.kind in HEADS:
            mark = Mark(MARKS.get(step.kind, "met"))
            found.append(Head(here, step.on, str(HEADS[step.kind]), Mark.MET if mark is Mark.OPEN else mark))
        if step.kind in ("returned", "done_there") and before:
            line = before.pop()[0]
    if found and found[0].words == str(HEADS["opened"]) and len(found) > 1 and found[1].on == found[0].on:
        del found[0]  # brought and taken on on one day are one head
    return [*found, *_to_come(dossier, line)]


def _to_come(dossier: Dossier, line: str) -> Iterator[Head]:
    life = dossier.life
    if life.next_on and life.state == "open" and life.next_on >= dossier.sight.day:
        yield Head(line, life.next_on, pgettext("case head", "Next talk"), Mark.OPEN)
    due = sorted({item.by for item in life.items.values() if item.by and not item.how})
    for day in due if life.stage in ("in_effect", "between_themselves") else ():
        yield Head(line, day, pgettext("case head", "To be done"), Mark.OPEN)
