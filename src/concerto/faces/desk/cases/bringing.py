"""What every form of a case does at its end: the entry to the door, and where its answer leads.

Entries of a case stand on no list and have no page of their own, so that none is named here.
"""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import ngettext

from concerto.faces.desk.answers import done
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.register.changing import led_elsewhere, write_all
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.said import Item
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.access import Authority
from concerto.register.panel import Mediator, PanelMember, named
from concerto.register.search import log_of

MOST_MEDIATORS = 200


def bring(
    request: SignedIn, form: DraftForm, item: Item, *together: Item, to: str | Callable[[], str], words: object
) -> HttpResponse | None:
    """Bring an entry to the door, and those that go with it, and go where its answer leads; None shows the form again,
    with why."""
    receipt, *others = write_all(request, [item, *together])
    if receipt.stands:
        if missing := sum(not one.stands for one in others):
            said = ngettext(
                "In {n} case that goes with it it could not be recorded: record it there.",
                "In {n} cases that go with it it could not be recorded: record it there.",
                missing,
            )
            messages.error(request, said.format(n=missing))
        return done(request, str(words), to() if callable(to) else to)
    elsewhere = led_elsewhere(request, receipt)
    if elsewhere is None:
        form.sent_back(receipt, at=clock.now())
    return elsewhere


def units_to_record(request: SignedIn, kind: str) -> Sequence[Unit]:
    """Name where this reader may record a kind today: villages, and for the centre the township."""
    sight = request.sight
    may = Authority(request.user, log_of(sight))
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    found = in_code_order(Unit.objects.filter(log=log_of(sight), kind__in=kinds))
    return [unit for unit in found if may.acting_as(sight.day, kind=kind, unit=unit.id) is not None]


def mediators(sight: Sight) -> list[Mediator]:
    """Give who stands on the panel today, as far as this reader sees it."""
    rows = PanelMember.objects.seen_by(sight).on(sight.day)
    return named(rows.order_by("unit", "since", "id")[:MOST_MEDIATORS])
