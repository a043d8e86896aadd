"""The township's tray: what others recorded, is not in the book, and has its organizer for an owner."""

from dataclasses import dataclass, replace
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.conductor.drafts import read
from concerto.conductor.receive import Receipt, receive
from concerto.faces.desk.answers import page
from concerto.faces.desk.entries.facts import FIELD_WORDS, Pair, facts
from concerto.faces.desk.entries.reading import Fact
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import answer, entry_of
from concerto.faces.desk.register.words import listed
from concerto.faces.desk.tray import settling
from concerto.faces.desk.tray.mending import NAMES, settle_all, stood_for, told_in, wording_again
from concerto.faces.desk.tray.owners import (
    NEEDS_ITS_AUTHOR,
    SPEAKS_OF_A_LEAD,
    Because,
    Owned,
    of_township,
    one_of_township,
    resting_on,
)
from concerto.faces.desk.tray.tray import Lying, form_of, in_words
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.phones import masked
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.people import Resident1, ResidentChange1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Tray
from concerto.journal.said import How, Told
from concerto.places.models import Account, Device, Unit
from concerto.places.sight import Role
from concerto.register.access import MAY_RECORD
from concerto.register.models import Household, Resident

ORGANIZER = Role.TOWNSHIP_ORGANIZER
GROUPS = {
    Because.HANDED: _("Handed over by their authors"),
    Because.LEFT: _("Their authors are no longer posted here"),
    Because.LONG: _("Waiting for more than 30 days"),
    Because.REFUSED: _("Sent back, still with their authors"),
}


@dataclass(frozen=True)
class Theirs:
    """An entry of somebody else, in words, and what its owner in the township can do about it."""

    owned: Owned
    lying: Lying
    by: str
    take_over: str = ""

    @property
    def row(self) -> Tray:
        """The entry as it lies there."""
        return self.owned.row

    @property
    def sends_again(self) -> bool:
        """Tell whether bringing it once more can help: who wrote it was shown, and may be believed still."""
        return self.lying.kept and self.row.outcome != "clash" and self.row.code not in NEEDS_ITS_AUTHOR

    @property
    def needs_its_author(self) -> bool:
        """Tell whether only its author's own yes lets it in."""
        return self.row.code in NEEDS_ITS_AUTHOR

    @property
    def is_clash(self) -> bool:
        """Tell whether there are two versions to look at."""
        return self.lying.kept and self.lying.outcome == "clash"


@open_to(ORGANIZER)
def tray_township(request: SignedIn) -> HttpResponse:
    """List what others recorded and is not in the book, handed over first: who, when, what kind, and why."""
    shown = _in_words(request, of_township(request.sight))
    groups = [(words, [one for one in shown if one.owned.because is reason]) for reason, words in GROUPS.items()]
    return render(request, "desk/tray/township.html", {"groups": [(w, some) for w, some in groups if some]})


@open_to(ORGANIZER)
def theirs(request: SignedIn, entry: UUID) -> HttpResponse:
    """Show one of them as far as an organizer may read it, and the three ways on."""
    owned = one_of_township(request.sight, entry)
    [one] = _in_words(request, [owned])
    one = replace(one, take_over=_take_over(request, one))
    context = {
        "one": one,
        "because": GROUPS[owned.because],
        "facts": _facts(request, one),
        "resting": resting_on(one.row),
    }
    return render(request, "desk/tray/theirs.html", context)


@open_to(ORGANIZER)
@require_POST
def again(request: SignedIn, entry: UUID) -> HttpResponse:
    """Bring an entry to the door once more, byte for byte, as its author's: it helps where the reason is gone."""
    owned = one_of_township(request.sight, entry)
    [one] = _in_words(request, [owned])
    receipt = _bring_again(one.row) if one.sends_again else None
    if receipt is not None and receipt.stands:
        messages.success(request, gettext("It is in the book now, as its author's."))
        return redirect("desk:tray-township")
    messages.warning(request, receipt.why if receipt else gettext("Only its author's own yes lets it in."))
    return redirect("desk:tray-township")


def _bring_again(row: Tray) -> Receipt | None:
    """Let it be judged again as it was shown to be its author's: what came from a phone still as that phone's."""
    item, said = told_in(row)
    author = Account.objects.filter(id=row.author, is_active=True).first()
    if author is None:
        return None
    phones = Device.objects.filter(id=said.device, account=author.id, is_desk=False)
    phone = phones.first() if row.shown == "device" else None
    carried_by = Account.objects.filter(id=row.brought_by).first() if row.brought_by else None
    shown = "device" if phone is not None else "session"
    brought_by = carried_by if phone is not None else author
    [receipt] = receive([item], brought_by=brought_by, at=clock.now(), shown=shown, device=phone)
    return receipt


@open_to(ORGANIZER)
def let_go(request: SignedIn, entry: UUID) -> HttpResponse:
    """Ask once more, then settle it unrecorded, by an entry of one's own; its author is told by whom."""
    owned = one_of_township(request.sight, entry, closed=request.method == "POST")
    form = DraftForm(request.POST or None, account=request.user, at=clock.now())
    settle_all(form, stood_for(owned.row))
    if form.is_valid():
        item = entry_of(request, form.draft, Settled1(), unit=_unit(owned.row))
        [receipt] = receive([item], brought_by=request.user, at=clock.now())
        to = reverse("desk:tray-township")
        if done := answer(request, form, receipt, to=to, words=_("It is settled, and its author sees by whom.")):
            return done
    [one] = _in_words(request, [owned])
    return page(request, "desk/tray/theirs_let_go.html", form, one=one)


@open_to(ORGANIZER)
def theirs_clash(request: SignedIn, entry: UUID) -> HttpResponse:
    """Settle a clash whose author can't, or gave it away: both sides as they are read from above."""
    owned = one_of_township(request.sight, entry, closed=request.method == "POST")
    [one] = _in_words(request, [owned])
    return settling.settle_page(request, owned.row, whose=one.by or gettext("Its author"))


# ---------------------------------------------------------------- in words


def _in_words(request: SignedIn, owned: list[Owned]) -> list[Theirs]:
    names = dict(Account.objects.filter(id__in={one.row.author for one in owned}).values_list("id", "called"))
    lying = in_words(request, [_as_known(one.row) for one in owned])
    return [Theirs(one, words, names.get(one.row.author, "")) for one, words in zip(owned, lying, strict=True)]


def _as_known(row: Tray) -> Tray:
    """Leave out the words of what the township has only id and code of."""
    if row.code in SPEAKS_OF_A_LEAD and row.item:
        return Tray(
            **{field.attname: getattr(row, field.attname) for field in Tray._meta.concrete_fields} | {"item": ""}
        )
    return row


def _facts(request: SignedIn, one: Theirs) -> list[Pair]:
    """Say what it says, as far as an organizer may read it: no sealed words but names, nothing of a lead."""
    wording = wording_again(one.row, request.user.id) if one.lying.kept else None
    if wording is None or wording.body is None:
        return []
    body = wording.body
    if isinstance(body, Visit1):
        own = [account for account in body.made_with if account != one.row.author]
        wording = wording._replace(body=msgspec.structs.replace(body, made_with=own))
    fact = Fact(request.sight, Told(wording.said.first, 0, (wording,)))
    pairs = facts(fact, wording)
    if isinstance(body, Resident1 | ResidentChange1):
        known = {str(FIELD_WORDS[name]): words for name, words in _names(one.row, body).items()}
        pairs = [(label, known.get(str(label), words)) for label, words in pairs]
    return pairs


def _names(row: Tray, body: Resident1 | ResidentChange1) -> dict[str, str]:
    """Give names as they are and telephone numbers masked; nothing of somebody whose data is locked."""
    if Resident.objects.filter(log=row.log, id=body.resident, restricted=True).exists():
        return {}
    texts = {part.digest: part.text for part in told_in(row)[0].sealed}
    known = {}
    for name in (*NAMES, "phones"):
        value = getattr(body, name, None)
        digests = value if isinstance(value, list) else [value]
        words = [texts[one] for one in digests if isinstance(one, str) and one in texts]
        known[name] = listed(masked(one) if name == "phones" else one for one in words)
    return {name: words for name, words in known.items() if words}


# ---------------------------------------------------------------- taking it over


def _take_over(request: SignedIn, one: Theirs) -> str:
    """Give the address of the form in which it is recorded in the organizer's own name; none where there is none."""
    row = one.row
    if not one.lying.kept or row.outcome != "refused":
        return ""
    _item, said = told_in(row)
    if ORGANIZER not in MAY_RECORD.get(said.kind, frozenset()) or not _is_open(request, row):
        return ""
    page_of = form_of(said)
    return f"{page_of}?instead_of={row.id}" if page_of else ""


def _is_open(request: SignedIn, row: Tray) -> bool:
    """Tell whether the form can be opened: what it speaks of is there, and an organizer is let write it."""
    draft = read(told_in(row)[0])
    if (
        draft.body is None
        or draft.said is None
        or draft.said.corrects is not None
        or getattr(draft.body, "places", None)
    ):
        return False
    touches = [touch for touch in draft.body.things(draft.said.first) if touch.how is not How.OPENS]
    wanted = {what: {t.thing for t in touches if t.what == what} for what in ("household", "resident")}
    houses = Household.objects.seen_by(request.sight).filter(id__in=wanted["household"], erased=False).count()
    people = Resident.objects.seen_by(request.sight).filter(id__in=wanted["resident"], erased=False).count()
    return (houses, people) == (len(wanted["household"]), len(wanted["resident"]))


def _unit(row: Tray) -> UUID:
    """Give the unit it was recorded for, or the township itself where it names none of its units."""
    known = row.unit is not None and Unit.objects.filter(log=row.log, id=row.unit).exists()
    return row.unit if known and row.unit is not None else row.log
