"""Notice and consent on a household's card: each purpose with how it stands, and one answer recorded at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.entries.reading import read_fact
from concerto.faces.desk.frame import VILLAGE
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.register.consent_words import ANSWERS, INTERPRETERS, LANGUAGES, PURPOSES, notice_words
from concerto.faces.desk.register.words import called, title_of
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.visits.form import chosen, options
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.consents import Consent1
from concerto.places.sight import Sight
from concerto.register.agreeing import answers_to, is_a_child
from concerto.register.consents import Consent
from concerto.register.current import aliases, current
from concerto.register.models import Household, Resident
from concerto.register.search import head_of, log_of

CHOSEN = "consent-asked"


@dataclass(frozen=True)
class Answer:
    """How one purpose stands for a household, or for one of its people."""

    whose: str
    person: UUID | None
    words: str
    on: date | None
    notice: tuple[str, ...]
    stands: bool
    entry: UUID | None


@dataclass(frozen=True)
class Purpose:
    """One purpose: what the household said to it, then those of its people who said something for themselves."""

    code: str
    words: str
    answers: tuple[Answer, ...]


def purposes_of(sight: Sight, households: Iterable[UUID], people: Mapping[UUID, str]) -> tuple[Purpose, ...]:
    """Say how each purpose stands, by the latest answer of each; where nothing was said nobody was asked.

    Who stood in the register twice goes on with what they said under either name.
    """
    called = aliases(log_of(sight), Resident)
    names = {name for name in called if current(name, called) in people}
    latest: dict[tuple[str, UUID | None], Consent] = {}
    for row in Consent.objects.seen_by(sight).of(list(households), [*people, *names]):
        latest.setdefault((row.purpose, row.resident and current(row.resident, called)), row)
    return tuple(
        Purpose(
            code,
            str(words),
            (
                _answer("", None, latest.get((code, None))),
                *(_answer(name, key, latest[code, key]) for key, name in people.items() if (code, key) in latest),
            ),
        )
        for code, words in PURPOSES.items()
    )


def _answer(whose: str, person: UUID | None, row: Consent | None) -> Answer:
    if row is None:
        return Answer(whose, person, str(ANSWERS["not_asked"]), None, (), stands=False, entry=None)
    notice = tuple(notice_words(row.language, row.interpreted, read_aloud=row.read_aloud))
    words = str(ANSWERS[row.answer])
    return Answer(whose, person, words, row.on, notice, stands=row.answer == "agreed", entry=row.id)


class ConsentForm(DraftForm):
    """One purpose, who answers, what they said and how they had been told. Nothing asks why."""

    purpose = chosen(pgettext_lazy("consent", "What for"), options(PURPOSES, PURPOSES), required=True)
    who = forms.ChoiceField(label=pgettext_lazy("consent", "Who says so"), required=False)
    answer = chosen(
        pgettext_lazy("consent", "What they said"), options(ANSWERS, ("agreed", "declined", "withdrawn")), required=True
    )
    told_in = chosen(_("In which language they were told what it is for"), options(LANGUAGES, LANGUAGES))
    interpreted = chosen(_("Who interpreted"), options(INTERPRETERS, INTERPRETERS), initial="nobody")
    read_aloud = forms.BooleanField(label=_("The notice was read aloud"), required=False)
    on = DayField(label=_("The day it said so"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [("", pgettext_lazy("consent", "The household")), *people]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        told = self.cleaned_data
        if told.get("answer") == "withdrawn":  # whoever takes it back is asked nothing more
            told |= {"told_in": "", "interpreted": "nobody", "read_aloud": False}
        elif told.get("answer") == "agreed" and not told.get("told_in"):
            self.add_error("told_in", words_of("consent_without_notice"))
        return told


@open_to(*VILLAGE)
def new(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask what a household, or one of its people, said to one purpose.

    A button of the card chooses who and which purpose, or that it is taken back: by a POST, so that none of it stands
    in an address, and with it in the history of a browser. Till it is recorded that waits in the session, so that the
    form can be loaded again.
    """
    row = household_or_404(request.sight, house)
    if row.called is not None or row.erased or row.left_on or row.village not in request.sight.near:
        raise Http404
    people = list(Resident.objects.filter(log=row.log, household=row.id, restricted=False).here().order_by("id"))
    if "asked" in request.POST:
        request.session[CHOSEN] = [str(row.id), request.POST["asked"][:80]]
        return redirect("desk:consent-new", row.id)
    house_of, asked = request.session.get(CHOSEN, ["", ""])
    chosen_there = _chosen(asked) if house_of == str(row.id) else {}
    taking_back = chosen_there.get("answer") == "withdrawn"  # of a child as well: whatever was written down of it
    form = ConsentForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        people=[
            (str(one.id), called(one)) for one in people if taking_back or not is_a_child(one.born, request.sight.day)
        ],
        initial={"on": request.sight.day, **chosen_there},
    )
    instead(request, form)
    if form.is_valid() and form.cleaned_data["answer"] == "withdrawn" and not _is_agreed(form, row):
        form.add_error("answer", _("Nothing was agreed to that they could take back. Record that they do not agree."))
    if form.is_valid():
        item = entry_of(request, form.draft, _said(form, row.id), unit=row.village, on=form.cleaned_data["on"])
        to = reverse("desk:household", args=[row.id]) + "#consent"
        if done := write(request, form, item, to=to, words=_("The answer is recorded.")):
            request.session.pop(CHOSEN, None)
            return done
    context = {
        "row": row,
        "title": title_of(row, head_of(row, people)),
        "taking_back": taking_back,
    }
    return page(request, "desk/households/consent.html", form, **context)


def _is_agreed(form: ConsentForm, row: Household) -> bool:
    """Tell whether a purpose stands as agreed, or this very answer was the one that took it back."""
    told = form.cleaned_data
    if Consent.objects.filter(log=row.log, id=form.draft.id).exists():  # its key was pressed twice
        return True
    who = UUID(told["who"]) if told["who"] else None
    answers = answers_to(row.log, told["purpose"], [row.id], [who] if who else [])
    return answers.of(row.id, who) == "agreed"


def _chosen(asked: str) -> dict[str, str]:
    """Read what a button of the card chose: the purpose, then who, then the answer; what is missing is unsaid."""
    return {name: value for name, value in zip(("purpose", "who", "answer"), asked.split(","), strict=False) if value}


def _said(form: ConsentForm, household: UUID) -> Consent1:
    told = form.cleaned_data
    return Consent1(
        household=household,
        purpose=told["purpose"],
        answer=told["answer"],
        resident=UUID(told["who"]) if told["who"] else None,
        language=told["told_in"] or None,
        interpreted=told["interpreted"] or "nobody",
        read_aloud=told["read_aloud"],
    )


@open_to(*VILLAGE)
def correct(request: SignedIn, entry: UUID) -> HttpResponse:
    """Ask again for an answer that was written down wrongly; whoever changed their mind gives a new one."""
    fact = read_fact(request.sight, entry)
    body, first = fact.body, fact.told.first
    if not isinstance(body, Consent1) or not fact.may_correct(request.user, request.sight.day) or not fact.is_near:
        raise Http404
    row = household_or_404(request.sight, body.household)
    people = list(Resident.objects.filter(log=row.log, household=row.id, restricted=False).here().order_by("id"))
    names = {str(one.id): called(one) for one in people}
    if body.resident:  # also who has left since: it stays their answer
        names.setdefault(str(body.resident), fact.people.get(body.resident, gettext("somebody")))
    form = ConsentForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        people=list(names.items()),
        initial=_asked_again(body, fact.last.said.happened_on),
        saw={f"{first}.wording": fact.last.said.id},
    )
    if form.is_valid():
        on, unit = form.cleaned_data["on"], fact.opener.said.unit
        item = entry_of(request, form.draft, _said(form, body.household), unit=unit, on=on, corrects=first)
        to = reverse("desk:household", args=[row.id]) + "#consent"
        if done := write(request, form, item, to=to, words=_("It is corrected.")):
            return done
    title = title_of(row, head_of(row, people))
    return page(request, "desk/households/consent.html", form, row=row, title=title, is_correction=True)


def _asked_again(body: Consent1, on: date) -> dict[str, Any]:
    """Say what an answer said, as its form asks it."""
    told = {name: getattr(body, name) for name in ("purpose", "answer", "interpreted", "read_aloud")}
    return {**told, "who": str(body.resident or ""), "told_in": body.language or "", "on": on}
