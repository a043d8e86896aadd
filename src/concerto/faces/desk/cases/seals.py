"""The committee's seal, set by who holds it: they learn the number and the day, and nothing of the matter."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.bringing import bring
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of
from concerto.faces.desk.writing import DraftForm, record, said_from, with_code
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal import reading
from concerto.journal.kinds.case_steps import CaseSignature1
from concerto.journal.said import stand
from concerto.papers.cases.seals import Waiting, seals_set, waiting_for_seal
from concerto.places.models import Unit
from concerto.register.access import Authority
from concerto.register.search import log_of


class SealForm(DraftForm):
    """On which day the seal was set; not before the agreement was made."""

    def __init__(self, *args: Any, made_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_on = made_on
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)

    def clean_on(self) -> date:
        """What the door would refuse is said at its question."""
        day: date = self.cleaned_data["on"]
        if day < self.made_on:
            code = "signed_before_it_was_made"
            self.add_error("on", with_code(words_of(code), code))
        return day


@open_to(*NEED_READERS)
def seals(request: SignedIn) -> HttpResponse:
    """Show the agreements that wait for the reader's seal, and those they sealed lately."""
    waiting, lately = waiting_for_seal(request.sight), seals_set(request.sight)
    if not waiting and not lately:
        raise Http404
    desks = {one.desk for one in waiting}
    units = dict(Unit.objects.filter(log=log_of(request.sight), id__in=desks).values_list("id", "name"))
    rows = [(one, words.desk_name(units, one.desk, log_of(request.sight))) for one in waiting]
    return render(request, "desk/cases/seals.html", {"waiting": rows, "lately": lately, "here": "cases"})


@open_to(*NEED_READERS)
def seal(request: SignedIn, case: UUID) -> HttpResponse:
    """Ask on which day the seal was set under one agreement, and record it."""
    one = next(iter(waiting_for_seal(request.sight, case)), None)
    if one is None:
        if request.method == "POST" or any(set_.case == case for set_ in seals_set(request.sight)):
            return done(request, _("This agreement does not wait for your seal now."), _page_left(request), error=True)
        raise Http404
    form = SealForm(request.POST or None, account=request.user, at=clock.now(), made_on=one.on)
    if form.is_valid():
        body = CaseSignature1(case=case, agreement=one.agreement, signed="seal", member=one.line)
        on = form.cleaned_data["on"]
        item = entry_of(request, form.draft, body, unit=_unit(request, one, on), on=on)
        if gone := bring(request, form, item, to=lambda: _page_left(request), words=_("The seal is recorded.")):
            return gone
    up = reverse("desk:case-seals")
    return page(request, "desk/cases/seal.html", form, one=one, up=up, here="cases")


@open_to(*NEED_READERS)
def seal_back(request: SignedIn, entry: UUID) -> HttpResponse:
    """Take back a seal that the reader recorded wrongly."""
    one = next((one for one in seals_set(request.sight) if one.entry == entry), None)
    log = log_of(request.sight)
    facts = stand(reading.with_firsts(log, [entry]).get(entry, [])) if one else []
    if one is None or not facts or facts[0].body is None:
        raise Http404
    said, last = facts[0].texts[0].said, facts[0].last.said
    saw = {f"{entry}.wording": last.id}
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if form.is_valid():
        item = said_from(
            form.draft, None, account=request.user, log=log, unit=said.unit, happened_on=last.happened_on,
            kind=said.kind, version=said.version, corrects=entry,
        )  # fmt: skip
        receipt = record(request, item)
        if receipt.stands or receipt.code == "withdrawn_already":
            return done(request, _("It is taken back."), _page_left(request))
        form.sent_back(receipt, at=clock.now())
    up = reverse("desk:case-seals")
    return page(request, "desk/cases/seal_back.html", form, one=one, up=up, here="cases")


def _page_left(request: SignedIn) -> str:
    """Go on to what else waits for the seal; to the board where nothing does."""
    return reverse("desk:case-seals" if seals_set(request.sight) or waiting_for_seal(request.sight) else "desk:cases")


def _unit(request: SignedIn, one: Waiting, day: date) -> UUID:
    """Give the unit that the seal is recorded for: its desk's where the reader is posted, else where they are."""
    authority = Authority(request.user, log_of(request.sight))
    for unit in (one.desk, *sorted(request.sight.units | request.sight.desks)):
        if authority.acting_as(day, kind=CaseSignature1.KIND, unit=unit) is not None:
            return unit
    return one.desk
