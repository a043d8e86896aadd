"""The papers of a case, to be printed and signed: the agreement, and the letter to an office that has no desk here.

What was recorded stands on them; what is not kept here, or is written by the hand, is a blank. They open to whom the
words of the case open, and to nobody else.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.journal.kinds.case_steps import CaseHandover1
from concerto.journal.kinds.words import word
from concerto.parts.disputes.states import WINDOW, Agreement, Item, Party, Step


@open_to(*NEED_READERS)
def agreement(request: SignedIn, case: UUID) -> HttpResponse:
    """Show what was agreed as the paper that is signed, one for each party and one for the committee."""
    dossier = _readable(request, case)
    agreed = dossier.life.agreement
    if agreed is None:
        raise Http404
    found = (dossier.life.parties[party] for party in agreed.parties if party in dossier.life.parties)
    parties = sorted(found, key=lambda one: one.side)
    context = {
        **_head(dossier),
        "is_written": agreed.form == "written",
        "on": agreed.on,
        "parties": [(word(words.SIDES, one.side), list(_who(dossier, one))) for one in parties],
        "facts": dossier.text(agreed.facts),
        "items": [_item(dossier, item) for item in agreed.items],
        "signs": [dossier.name(one) for one in parties],
        "mediator": dossier.mediator,
        "copies": len(parties) + 1,
        "may_be_confirmed": agreed.form == "written" and not dossier.is_for_no_court,
        "days": WINDOW.days,
        "effect": _effect(dossier, agreed),
    }
    return render(request, "desk/cases/agreement.html", context)


@open_to(*NEED_READERS)
def letter(request: SignedIn, case: UUID) -> HttpResponse:
    """Show the letter to the office that the case was last sent to on paper, with a slip for its answer."""
    dossier = _readable(request, case)
    step = sent_on_paper(dossier)
    fact = dossier.facts.get(step.entry) if step else None
    body = fact.body if fact else None
    if step is None or not isinstance(body, CaseHandover1):
        raise Http404
    context = {
        **_head(dossier),
        "office": words.route_name(step.office),
        "on": step.on,
        "facts": [
            (gettext("What it is about"), dossier.title),
            (gettext("The parties"), pgettext("list", ", ").join(dossier.name(one) for one in _between(dossier))),
            (gettext("What is asked of them"), dossier.text(body.words)),
            (gettext("How it goes there"), word(words.FORMS, body.form) if body.form else ""),
            (gettext("On which basis"), dossier.text(body.basis)),
            (gettext("Which papers go along"), dossier.text(body.papers)),
            (gettext("By which day an answer is asked"), date_format(body.by, "DATE_FORMAT") if body.by else ""),
        ],
    }
    return render(request, "desk/cases/letter.html", context)


def sent_on_paper(dossier: Dossier) -> Step | None:
    """Find the last step by which the case went to an office without a desk here."""
    return next((step for step in reversed(dossier.life.path) if step.kind == "sent" and step.office), None)


def papers_of(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Name the papers of a case that can be printed, with where."""
    if not dossier.reads:
        return
    if dossier.life.agreement is not None:
        yield reverse("desk:case-agreement", args=[dossier.row.id]), gettext("The agreement, to be signed")
    if sent_on_paper(dossier) is not None:
        yield reverse("desk:case-letter", args=[dossier.row.id]), gettext("The letter to the office")


def _readable(request: SignedIn, case: UUID) -> Dossier:
    dossier = dossier_or_404(request, case)
    if not dossier.reads:
        raise Http404
    return dossier


def _head(dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "row": dossier.row,
        "from_desk": dossier.desk(dossier.row.desk),
        "up": reverse("desk:case", args=[dossier.row.id]),
        "here": "cases",
    }


def _between(dossier: Dossier) -> Iterator[Party]:
    return (one for one in dossier.life.parties.values() if one.side in ("a", "b"))


def _who(dossier: Dossier, party: Party) -> Iterator[tuple[str, str]]:
    """Give what a paper says of a party: what the case knows, and a blank for what it does not ask."""
    yield pgettext("party", "Name"), dossier.name(party)
    if party.sort == "organisation":
        yield gettext("Who answers for it"), dossier.text(party.represented_by)
    else:
        yield gettext("Sex"), ""
        yield gettext("Ethnic group"), ""
        yield gettext("Age"), ""
        yield gettext("Occupation"), ""
        if party.minor or party.represented_by:
            yield gettext("Who speaks for them"), dossier.text(party.represented_by)
    yield gettext("Telephone"), dossier.text(party.phone)
    yield pgettext("party", "Address"), ""


def _item(dossier: Dossier, item: Item) -> dict[str, str]:
    who = dossier.life.parties.get(item.who) if item.who else None
    return {
        "what": dossier.text(item.what),
        "who": dossier.name(who) if who else gettext("everybody"),
        "by": date_format(item.by, "DATE_FORMAT") if item.by else "",
        "amount": f"{item.amount / 100:,.2f}" if item.amount else "",
    }


def _effect(dossier: Dossier, agreed: Agreement) -> str:
    """Say from which day it is in effect, or what makes it so."""
    if dossier.row.effect_on:
        return gettext("In effect since {day}.").format(day=date_format(dossier.row.effect_on, "DATE_FORMAT"))
    return gettext(
        "It is in effect on the day of the last of these: the signature of every party, the mediator’s signature, "
        "the seal of the committee."
    )
