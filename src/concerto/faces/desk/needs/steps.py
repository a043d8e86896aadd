"""A form for each step of a need: asked, written as one entry, and back to the need's page."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.conductor.needs import why_no_answer
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import forms, words
from concerto.faces.desk.needs.acts import ACTS, HANDOVERS, STEPS
from concerto.faces.desk.needs.matter import Matter, desks_to_send_to, matter_or_404, owners_of
from concerto.faces.desk.register.changing import entry_of, write
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, words_of
from concerto.journal import reading
from concerto.journal.kinds.needs import Handover1, NeedStep1, NeedWord1
from concerto.journal.said import Audience, Body, SealedPart, stand
from concerto.parts.assistance.needs import life_of

ASKED = ("owner", "clock", "outcome", "told_of", "way", "until", "route", "word", "through")
ALL_TELLS = ("done", "interim", "answer", "not_ours")
HANDED = ("sent", "taken_over", "accepted", "returned", "done_there")
DECISIONS = {"own": "owner", "no-answer": "state", "not-ours": "state", "reopen": "state"}  # whose field they set


@open_to(*NEED_READERS)
def step(request: SignedIn, need: UUID, act: str) -> HttpResponse:
    """Ask about one step; what may not be done now leads back to where the need stands."""
    matter = matter_or_404(request.sight, need)
    if act not in ACTS:
        raise Http404
    up = reverse("desk:need", args=[need])
    before = _before(request, matter, act)
    if request.method == "GET" and before is None and act not in set(matter.actions()):
        return done(request, _("That is not to be done with it now."), up, error=True)
    if not (matter.works_on_it or matter.desks):
        raise Http404
    form = _form(request, matter, act, before)
    if form.is_valid() and _is_too_early(form.cleaned_data["on"], matter, before):
        form.add_error("on", words_of("before_it_was_told"))
    if form.is_valid() and act == "no-answer" and before is None:
        form.refuse(_why_no_answer(request, matter, form.cleaned_data))
    if form.is_valid():
        sealed = _sealed(form, matter)
        try:
            body = _body(matter, act, form.cleaned_data, sealed.digest if sealed else None)
            body = _as_before(body, before, form) if before else body
        except Refused as wrong:
            form.not_written(wrong)
        else:
            item = entry_of(
                request,
                form.draft,
                body,
                unit=before.opener.said.unit if before else _unit(matter, act),
                corrects=before.told.first if before else None,
                on=form.cleaned_data["on"],
                sealed=[sealed] if sealed else [],
            )
            goes_away = act in ("return", "desk-done") and matter.row.unit not in request.sight.units
            to = reverse("desk:needs") if goes_away else up  # a county desk sees what it has, and no longer
            if gone := write(request, form, item, to=to, words=_("It is corrected.") if before else ACTS[act].done):
                return gone
    context = {
        "matter": matter,
        "act": ACTS[act].of(is_owned=matter.row.owner is not None),
        "up": up,
        "replies": words.replies(*_texts(matter, act)),
        "warning": _warning(request, matter, act),
        "is_correction": before is not None,
    }
    return page(request, "desk/needs/step.html", form, **context)


def _is_too_early(day: date, matter: Matter, before: Fact | None) -> bool:
    """Tell in advance what the door would say of a day; one that is left as it stood is let be."""
    return day < matter.row.opened_on and (before is None or before.last.said.happened_on != day)


def _why_no_answer(request: SignedIn, matter: Matter, answers: dict[str, Any]) -> str:
    """Tell in advance what the door would say, so that what it refuses stays on this form and lies nowhere else."""
    log, need = matter.row.log, matter.row.id
    life = life_of(need, stand(reading.about(log, [need]).get(need, [])))
    if life is None:
        return ""
    asker = UUID(answers.get("asker") or str(need))
    return why_no_answer(life, asker, log=log, author=request.user.id, on=answers["on"])


def _before(request: SignedIn, matter: Matter, act: str) -> Fact | None:
    """Give the step that this form corrects, if it is one of this need that its reader may restate."""
    asked = request.GET.get("corrects")
    if asked is None:
        return None
    entry = next((step.entry for step in matter.steps if str(step.entry) == asked), None)
    if entry is None:
        raise Http404
    fact = read_fact(request.sight, entry)
    match fact.body:
        case NeedStep1(step=step):
            same = STEPS.get(act) == step
        case Handover1(step=step):
            same = HANDOVERS.get(act) == step
        case _:
            same = isinstance(fact.body, NeedWord1) and act == "word"
    own = fact.opener.said.author == request.user.id
    # its form shows its words: to whom they do not open it is no more open than they are
    opens = own or matter.may_read_words
    if not same or not opens or not fact.may_withdraw(request.user, request.sight.day):
        raise Http404
    return fact


def _as_before(body: Body, before: Fact, form: forms.StepForm) -> Body:
    """Leave what this form does not ask as it was said."""
    was = before.body
    if isinstance(body, NeedStep1) and isinstance(was, NeedStep1):
        return msgspec.structs.replace(body, helped_by=was.helped_by)
    if isinstance(body, Handover1) and isinstance(was, Handover1) and "where" not in form.fields:
        return msgspec.structs.replace(body, to=was.to, office=was.office)
    return body


def _said(matter: Matter, fact: Fact) -> dict[str, Any]:
    """Say what a step said, as its form asks it."""
    body = fact.body
    assert isinstance(body, (NeedStep1, NeedWord1, Handover1))
    told = {name: getattr(body, name, None) for name in ASKED}
    words = next((part.text for digest, part in fact.last.sealed.items() if digest == body.words), "")
    own: dict[str, Any] = {"on": fact.last.said.happened_on, "words": words}
    if isinstance(body, Handover1):
        return {**own, "where": f"desk:{body.to}" if body.to else f"office:{body.office}"}
    own["asker"] = str(body.asker or matter.row.id)
    return {**{name: str(value) for name, value in told.items() if value}, **own, "until": told["until"]}


def _form(request: SignedIn, matter: Matter, act: str, before: Fact | None) -> forms.StepForm:
    decided = DECISIONS.get(act) or ("desk" if act in HANDOVERS else "")
    saw: dict[str, Any] = {**(matter.saw(decided) if decided else {}), **matter.saw_of_path()}
    every: dict[str, Any] = {"account": request.user, "at": clock.now(), "saw": saw}
    if before is not None:
        saw = {f"{before.told.first}.wording": before.last.said.id}
        every |= {"saw": saw, "initial": _said(matter, before)}
    askers = [(str(one.id), one.house.name if one.house else gettext("a household")) for one in matter.askers]
    row = matter.row
    make: dict[str, Callable[..., forms.StepForm]] = {
        "own": lambda data, **more: forms.OwnForm(
            data, owners=owners_of(request.sight, row.unit), clock_now=row.clock, **more
        ),
        "done": lambda data, **more: forms.DoneForm(data, sort=row.sort, **more),
        "tell": lambda data, **more: forms.TellForm(
            data, askers=askers, codes=ALL_TELLS if before else _tells(matter), **more
        ),
        "asked": lambda data, **more: forms.AskedForm(data, askers=askers, **more),
        "no-answer": lambda data, **more: forms.NoAnswerForm(data, askers=askers, **more),
        "word": lambda data, **more: forms.WordForm(data, askers=askers, **more),
        "not-ours": forms.NotOursForm,
        "send": lambda data, **more: forms.SendForm(data, desks=_desks(matter, before), **more),
        "return": forms.ReturnForm,
        "office-returned": forms.ReturnForm,
    }
    form = make.get(act, forms.StepForm)(request.POST or None, **every)
    if act == "send" and before is not None and _is_answered(matter, before.told.first):
        del form.fields["where"]
    return form


def _tells(matter: Matter) -> tuple[str, ...]:
    """Name what can be told in a state, the likeliest first."""
    if matter.row.state == "not_ours":
        return ("not_ours",)
    if not matter.row.is_open:
        return ("answer", "done")
    if matter.row.state in ("done", "told"):
        return ("done", "interim", "answer")
    return ("interim", "answer", "done")


def _texts(matter: Matter, act: str) -> tuple[str, ...]:
    return _tells(matter) if act == "tell" else ACTS[act].replies


def _is_answered(matter: Matter, sent: UUID) -> bool:
    """Tell whether somebody has answered a sending, or it went on from there: then where it went stays as it is."""
    n = next((step.n for step in matter.steps if step.entry == sent), 0)
    return any(step.n > n and step.kind in HANDED for step in matter.steps)


def _desks(matter: Matter, before: Fact | None) -> list[tuple[str, str]]:
    here = {matter.row.holder} if matter.row.holder and before is None else set()
    return [(f"desk:{unit.id}", unit.name) for unit in desks_to_send_to(matter.row.log, here)]


def _warning(request: SignedIn, matter: Matter, act: str) -> str:
    """Say in advance that a yes told to whoever had a hand in it does not count as confirmed."""
    if act == "send" and matter.passing_on == "refused":
        return gettext(
            "The household does not agree that what it told is passed to an office. Ask it once more, and record what "
            "it says on its card, before this goes out."
        )
    if act == "send" and matter.is_near and matter.passing_on != "agreed":
        return gettext(
            "On the paper for an office without a desk here, what is asked stands in words only where the household "
            "agrees that what it told is passed on; else there is room to write it by hand."
        )
    if act != "word":
        return ""
    doers = matter.doers()
    if request.user.id in doers:
        return gettext(
            "You had a hand in this. A yes told to you is kept as “told to the doer” and is not counted as confirmed. "
            "Let a colleague ask, or let the household say it by its slip."
        )
    if not doers:
        return gettext(
            "Nobody is named who had a hand in this, so a yes is kept as “told to the doer” and is not counted as "
            "confirmed."
        )
    return ""


def _sealed(form: forms.StepForm, matter: Matter) -> SealedPart | None:
    text = form.cleaned_data.get("words", "").strip()
    return form.draft.seal("words", about=matter.row.id, audience=Audience.PLACE, text=text) if text else None


def _unit(matter: Matter, act: str) -> UUID:
    """Give the unit a step is recorded for: the desk's that takes it, else where the need was told."""
    row = matter.row
    if act in ("accept", "return", "desk-done"):
        desk = row.sent_to or row.holder
        return desk if desk in matter.desks else min(matter.desks, default=row.unit)
    if act in ("office-done", "office-returned"):
        return row.holder or row.unit
    if act == "send":
        return row.holder if row.holder and matter.is_at_reader else row.unit
    return row.unit


def _body(matter: Matter, act: str, answers: dict[str, Any], digest: str | None) -> Body:
    row = matter.row
    if act in HANDOVERS:
        to, office = _where(answers.get("where", ""))
        return Handover1(matter=row.id, what="need", step=HANDOVERS[act], to=to, office=office, words=digest)  # type: ignore[arg-type]
    asker = UUID(answers["asker"]) if answers.get("asker") else None
    asker = None if asker == row.id else asker
    household = next((one.household for one in matter.askers if one.id == asker), row.household)
    if act == "word":
        return NeedWord1(
            need=row.id,
            household=household,
            word=answers["word"],
            through=answers["through"],
            asker=asker,
            words=digest,
        )
    told_of = answers.get("told_of") or None
    return NeedStep1(
        need=row.id,
        household=household,
        step=STEPS[act],  # type: ignore[arg-type]  # the table names steps alone
        owner=UUID(answers["owner"]) if answers.get("owner") else None,
        clock=answers.get("clock") or None,
        outcome=answers.get("outcome") or None,
        told_of=told_of,
        way=answers.get("way") or None,
        until=answers.get("until") if told_of == "interim" else None,
        route=answers.get("route") or None,
        asker=asker,
        words=digest,
    )


def _where(chosen: str) -> tuple[UUID | None, str | None]:
    sort, _colon, code = chosen.partition(":")
    if sort == "desk":
        return UUID(code), None
    return None, code or None
