"""Recording a meeting, and completing it later: attendance is asked anew each time, and never copied."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.branch import saying
from concerto.faces.desk.branch.meeting_form import FORM_CHOICES, MeetingForm, drawn_anew
from concerto.faces.desk.branch.pages import (
    branch_or_404,
    initial_of,
    page_of,
    recorded,
    sent_back,
    turns_of_form,
)
from concerto.faces.desk.branch.roll import Row, branch_people, roll_of
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.frame import BRANCH
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.tray.mending import stand_for
from concerto.faces.desk.visits.bringing import bring
from concerto.faces.desk.visits.counting import typed_day
from concerto.groundwork import clock
from concerto.groundwork.counting import as_counted
from concerto.journal.kinds.asked.branching import DECISION_SLOTS, FIGURES, ITEM_SLOTS, MOST_ON_ROLL, OUT_SLOTS
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.voting import line_of_vote
from concerto.journal.said import Body, Wording
from concerto.places.models import PartyGroup, Unit, in_force


@open_to(*BRANCH)
def meeting_new(request: SignedIn, branch: UUID) -> HttpResponse:
    """Record a meeting of a branch."""
    return _answer(request, branch_or_404(request, branch), None)


@open_to(*BRANCH)
def meeting_correct(request: SignedIn, entry: UUID) -> HttpResponse:
    """Say the whole again: the minutes and what else was not written at once are added here."""
    fact = read_fact(request.sight, entry)
    if not isinstance(fact.body, Meeting1) or not fact.may_correct(request.user, request.sight.day):
        raise Http404
    return _answer(request, branch_or_404(request, fact.body.branch), fact)


def _answer(request: SignedIn, branch: Unit, fact: Fact | None) -> HttpResponse:
    row, words = sent_back(request, "meeting")
    if _holds_more(words.body if words else fact.body if fact else None):
        messages.error(
            request,
            gettext(
                "This meeting holds more than the form can show; so that nothing of it is lost it is not put right "
                "here. Use what it was first written with, or withdraw it."
            ),
        )
        return redirect("desk:entry", fact.told.first) if fact else redirect("desk:tray")
    day = _day(request, fact, words)
    roll = roll_of(request.sight, branch, day)
    form = MeetingForm(
        drawn_anew(request.POST, roll) or None,
        sight=request.sight,
        account=request.user,
        at=clock.now(),
        saw={f"{fact.told.first}.wording": fact.last.said.id} if fact else None,
        whom=branch_people(request.sight, branch, day),
        turns=turns_of_form(request, "meeting", fact, words),
        initial=_initial(request, fact, words, roll),
        roll=roll,
        groups=_groups(request, branch, day),
    )
    if row is not None and not form.is_bound:
        stand_for(form, row)
    sent = request.method == "POST" and "preview" not in request.POST
    if sent and form.is_valid():
        first = fact.told.first if fact else None
        receipt = bring(request, form, lambda: saying.said(form, fact, form.more()), corrects=first)
        if receipt is not None and receipt.stands:
            return recorded(request, receipt, fact)
    if request.POST.get("preview") == "roll":
        form.errors.clear()  # the roll alone is drawn anew: nothing is missing yet
    return render(
        request, "desk/branch/meeting.html", page_of_meeting(form, fact, sent=sent), status=422 if sent else 200
    )


def _holds_more(body: Body | None) -> bool:
    """Tell whether the form has fewer rows than were said: those beyond them would be gone from what it says again."""
    return isinstance(body, Meeting1) and (
        len(body.items) > len(ITEM_SLOTS) or len(body.left_out) > len(OUT_SLOTS) or len(body.attendance) > MOST_ON_ROLL
    )


def _day(request: SignedIn, fact: Fact | None, words: Wording | None) -> date:
    """Say whose roll is drawn: of the day that was chosen, as far as it can be read."""
    if request.method == "POST":
        return typed_day(request) or request.sight.day
    shown = words or (fact.last if fact else None)
    return shown.said.happened_on if shown else request.sight.day


def _groups(request: SignedIn, branch: Unit, day: date) -> list[tuple[str, str]]:
    rows = PartyGroup.objects.filter(in_force(day), log=branch.log, branch=branch.id)
    named = sorted(rows.values_list("id", "name"), key=lambda one: (as_counted(one[1]), one[0]))
    return [(str(group), name) for group, name in named]


def _initial(request: SignedIn, fact: Fact | None, words: Wording | None, roll: list[Row]) -> dict[str, Any] | None:
    """Fill the form again; each on the roll has the row they have today."""
    found = initial_of(request, "meeting", fact, words)
    if found is None and (group := request.GET.get("group")):
        return {"form": "group", "group": group}  # a link names the group that is to meet
    if found is None and (held := request.GET.get("form")) in dict(FORM_CHOICES):
        return {"form": held}
    body = words.body if words else fact.body if fact else None
    if found is None or not isinstance(body, Meeting1):
        return found
    how: Mapping[UUID, str] = {one.member: one.how for one in body.attendance}
    for name in [name for name in found if name.startswith(("how_", "who_"))]:
        del found[name]
    return found | {f"how_{n}": how[row.id] for n, row in enumerate(roll) if row.id in how}


def page_of_meeting(form: MeetingForm, fact: Fact | None, *, sent: bool = False) -> dict[str, Any]:
    """Gather what the page of a meeting shows."""
    others = form.others
    rows: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for n, row in enumerate(form.roll):
        (rest if row.id in others else rows).append({"row": row, "field": form[f"how_{n}"], "n": n})
    items = [
        {
            "n": slot,
            "sort": form[f"item_{slot}"],
            "words": form[f"item_words_{slot}"],
            "away": form[f"away_{slot}"],
            "figures": [form[f"{figure}_{slot}"] for figure in FIGURES],
            "line": _line(form, slot),
            "sum": vote_words()["sum"].format(given=form.given(slot), present=form.tally(slot).present)
            if form.is_off(slot)
            else "",
            "is_used": slot == ITEM_SLOTS[0] or bool(form[f"item_{slot}"].value() or form[f"item_{slot}"].errors),
        }
        for slot in ITEM_SLOTS
    ]
    decisions = [
        {"words": form[f"decision_{slot}"], "owner": form[f"owner_{slot}"], "due": form[f"due_{slot}"]}
        for slot in DECISION_SLOTS
    ]
    left_out = [
        {"member": form[f"out_{slot}"], "approved": form[f"out_on_{slot}"], "adopted": form[f"out_item_{slot}"]}
        for slot in OUT_SLOTS
    ]
    return {
        **page_of(form, fact),
        "rows": rows,
        "rest": rest,
        "is_asked": sent and form.is_nobody_marked,
        "rest_marked": sum(bool(form.how(one["n"])) for one in rest),
        "items": items,
        "left_out": left_out,
        "is_left_out": any(field.value() or field.errors for one in left_out for field in one.values()),
        "decisions": decisions,
        "votes": {"words": vote_words()},
    }


def _line(form: MeetingForm, slot: str) -> str:
    """Say what comes of a vote once its figures add up; before that only what it needs."""
    if form[f"item_{slot}"].value() != "vote":
        return ""
    tally = form.tally(slot)
    if not form.is_off(slot) or tally.outcome == "no_valid_vote":
        return line_of_vote(tally)
    return vote_words()["open"].format(base=tally.base, present=tally.present, least=tally.least)


def vote_words() -> dict[str, str]:
    """Give the words in which the browser says a vote: those of the printed line."""
    return {
        "too_few": pgettext("vote", "due {base}, present {present}, too few for a vote"),
        "line": pgettext("vote", "due {base}, present {present}, at least {least}, in favour {yes}, {result}"),
        "open": pgettext("vote", "due {base}, present {present}, at least {least}"),
        "passed": gettext("passed"),
        "not_passed": gettext("not passed"),
        "sum": pgettext("vote", "together {given}, with a vote there {present}"),
    }
