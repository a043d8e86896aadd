"""Rows of rosters that wait for a person: listed by row, name and reason, and settled one by one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.conductor.roster import flags, waiting
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to, township_of
from concerto.faces.desk.register.card import household_or_404, resident_or_404
from concerto.faces.desk.register.changing import entry_of, narrowed
from concerto.faces.desk.register.person_forms import IdentityField
from concerto.faces.desk.register.words import called
from concerto.faces.desk.writing import DraftForm, record, seen
from concerto.groundwork import clock
from concerto.journal.kinds.people import ResidentChange1
from concerto.journal.said import Audience
from concerto.papers.roster.flags import WHY
from concerto.places.models import RosterFlag
from concerto.places.sight import Role
from concerto.register.models import Household, Resident

ABOUT_A_NUMBER = "identity_"


@dataclass(frozen=True)
class Line:
    """One row that waits, in words."""

    flag: RosterFlag
    name: str
    household: UUID | None
    why: str


def why_of(code: str) -> str:
    """Say what a row waits for."""
    words = WHY.get(code) or flags.WHY.get(code) or code
    return gettext(words)


@open_to(Role.TOWNSHIP_ORGANIZER)
def roster_waiting(request: SignedIn) -> HttpResponse:
    """List the rows that wait; what their cells held is not kept, and so not shown."""
    found = waiting.waiting(township_of(request))
    lines = [
        Line(one.flag, called(one.person), one.household.id if one.household else None, why_of(one.flag.code))
        for one in found
    ]
    return render(request, "desk/roster/waiting.html", {"lines": lines, "count": waiting.count(township_of(request))})


class SettleForm(DraftForm):
    """The number typed anew from the card, where a row waits for one."""

    def __init__(self, *args: Any, asks_number: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_number:
            hint = _("Type it from the identity card or the household booklet. Only its keyed hash is kept.")
            self.fields["identity"] = IdentityField(label=_("Identity number"), required=False, help_text=hint)


@open_to(Role.TOWNSHIP_ORGANIZER)
def roster_settle(request: SignedIn, flag: UUID) -> HttpResponse:
    """Settle one row: a number typed anew, or a person's word that it is looked at."""
    waits, person, home = _opened(request, flag)
    asks = waits.code.startswith(ABOUT_A_NUMBER) and not person.restricted and person.left_on is None
    saw = seen(person.id, person.wordings, ["identity"])
    form = SettleForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, asks_number=asks)
    if form.is_valid() and (answer := _settle(request, form, waits, person, home)):
        return answer
    context = {"waits": waits, "why": why_of(waits.code), "name": called(person), "home": home, "asks": asks}
    return page(request, "desk/roster/settle.html", form, person=person, **context)


def _opened(request: SignedIn, flag: UUID) -> tuple[RosterFlag, Resident, Household]:
    waits = RosterFlag.objects.filter(log=township_of(request), id=flag, settled_on__isnull=True).first()
    if waits is None:
        raise Http404
    person = resident_or_404(request.sight, waits.resident)
    return waits, person, household_or_404(request.sight, person.household)


def _settle(
    request: SignedIn, form: SettleForm, waits: RosterFlag, person: Resident, home: Household
) -> HttpResponse | None:
    hashed = form.cleaned_data.get("identity", "")
    if "looked" in request.POST:
        waiting.settle(waits, request.sight.day)
        return done(request, _("The row no longer waits."), "desk:roster-waiting")
    if not hashed:
        form.add_error(
            "identity" if "identity" in form.fields else None, _("Type the number, or choose the other key.")
        )
        return None
    if (
        other := Resident.objects.filter(log=person.log, identity=hashed, called__isnull=True)
        .exclude(id=person.id)
        .first()
    ):
        words = _("This number is that of {name}, who is in the register already. Look at both before you go on.")
        form.add_error("identity", str(words).format(name=called(other)))
        return None
    part = form.draft.seal("identity", about=person.id, audience=Audience.PLACE, text=hashed)
    body = ResidentChange1(resident=person.id, identity=part.digest)
    item = entry_of(request, narrowed(form.draft, person.id, ["identity"]), body, unit=home.village, sealed=[part])
    receipt = record(request, item)
    if not receipt.stands:
        form.sent_back(receipt, at=clock.now())
        return None
    waiting.settle(waits, request.sight.day)
    return done(request, _("The hash of the number is kept; the row no longer waits."), "desk:roster-waiting")
