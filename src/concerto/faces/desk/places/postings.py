"""Postings: who serves which unit as what, as entries of the journal; the page writes them like any other device."""

from collections import defaultdict
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from concerto.conductor.receive import Receipt
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to, township_of
from concerto.faces.desk.places.posted import Posted, described
from concerto.faces.desk.places.posting_forms import CHANGES, PostingForm
from concerto.faces.desk.writing import DraftForm, record, said_from, seen
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal import reading
from concerto.journal.said import Body, Told, stand
from concerto.places.acts import note
from concerto.places.models import Account, Log, Unit
from concerto.places.sight import Role
from concerto.places.units import in_code_order
from concerto.register.fields import opened_by
from concerto.register.models import Posting


def _township(request: SignedIn, asked: UUID | None = None) -> Log:
    """Give the township a page is of: an organizer's own, or whichever an administrator names."""
    return get_object_or_404(Log, id=township_of(request, asked))


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def postings(request: SignedIn) -> HttpResponse:
    """Bring an organizer to the postings of their township; let an administrator choose one."""
    if not request.sight.has(Role.ADMINISTRATOR):
        return redirect("desk:posting-list", _township(request).id)
    logs = list(Log.objects.order_by("name", "id"))
    if len(logs) == 1:
        return redirect("desk:posting-list", logs[0].id)
    return page(request, "desk/places/posting_townships.html", townships=logs)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_list(request: SignedIn, log: UUID) -> HttpResponse:
    """List the postings of a township by unit, in the order of codes."""
    township, day = _township(request, log), clock.today()
    by_unit: defaultdict[UUID, list[Posted]] = defaultdict(list)
    for one in described(Posting.objects.filter(log=township.id), day):
        by_unit[one.posting.unit].append(one)
    units = [(unit, by_unit[unit.id]) for unit in in_code_order(Unit.objects.of_log(township.id))]
    context = {
        "township": township,
        "units": [(u, posted) for u, posted in units if posted or u.until is None or u.until >= day],
        "people": Account.objects.filter(log=township.id, is_active=True).exists(),
        "several": request.sight.has(Role.ADMINISTRATOR) and Log.objects.count() > 1,
    }
    return page(request, "desk/places/postings.html", **context)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_new(request: SignedIn, log: UUID) -> HttpResponse:
    """Record a posting."""
    township, now = _township(request, log), clock.now()
    first = {"person": request.GET.get("person", ""), "unit": request.GET.get("unit", ""), "since": clock.day_of(now)}
    form = PostingForm(request.POST or None, account=request.user, at=now, log=township.id, initial=first)
    if form.is_valid():
        try:
            body = form.body()
            receipt = _recorded(request, form, body, log=township.id, unit=body.unit)
            if receipt.stands:
                _noted(request, "posting_made", body.posting, receipt)
                return done(request, _said(receipt), "desk:posting", township.id, body.posting)
        except Refused as wrong:
            form.not_written(wrong)
    return page(request, "desk/places/posting_new.html", form, township=township)


def _recorded(request: SignedIn, form: DraftForm, body: Body, *, log: UUID, unit: UUID) -> Receipt:
    """Bring what a form says to the door; happened is the day it is recorded, the days of a posting are its own."""
    item = said_from(form.draft, body, account=request.user, log=log, unit=unit, happened_on=form.draft.day)
    receipt = record(request, item)
    if not receipt.stands:
        form.sent_back(receipt, at=clock.now())
    return receipt


def _noted(request: SignedIn, act: str, posting: UUID, receipt: Receipt) -> None:
    if request.sight.has(Role.ADMINISTRATOR) and receipt.outcome == "accepted":
        note(act, by=request.user, at=clock.now(), about=posting, entry=str(receipt.id))


def _said(receipt: Receipt) -> str:
    return ngettext("Recorded, No. {n}.", "Recorded, No. {n}.", receipt.seq).format(n=receipt.seq)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting(request: SignedIn, log: UUID, posting_id: UUID) -> HttpResponse:
    """Show one posting, and what can be done about it."""
    township = _township(request, log)
    one = _one(township, posting_id)
    [posted] = described([one], clock.today())
    return page(request, "desk/places/posting.html", township=township, posted=posted)


def _one(township: Log, posting_id: UUID) -> Posting:
    return get_object_or_404(Posting, log=township.id, id=posting_id, source_withdrawn=False)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_change(request: SignedIn, log: UUID, posting_id: UUID, what: str) -> HttpResponse:
    """Change a posting, end it, note days away, or take such days back."""
    if what not in CHANGES:
        raise Http404
    township = _township(request, log)
    one, now = _one(township, posting_id), clock.now()
    kind, fields = CHANGES[what]
    initial = {"since": clock.day_of(now), "until": clock.day_of(now), "absence": request.GET.get("absence", "")}
    form = kind(
        request.POST or None,
        account=request.user,
        at=now,
        one=one,
        saw=seen(one.id, one.wordings, fields),
        first=initial,
    )
    if form.is_valid():
        try:
            receipt = _recorded(request, form, form.body(), log=township.id, unit=one.unit)
            if receipt.stands:
                _noted(request, "posting_changed", one.id, receipt)
                return done(request, _said(receipt), "desk:posting", township.id, one.id)
        except Refused as wrong:
            form.not_written(wrong)
    [posted] = described([one], clock.day_of(now))
    return page(request, f"desk/places/posting_{what}.html", form, township=township, posted=posted)


@open_to(Role.ADMINISTRATOR, Role.TOWNSHIP_ORGANIZER)
def posting_withdraw(request: SignedIn, log: UUID, posting_id: UUID) -> HttpResponse:
    """Take a posting back that was recorded by mistake: from now on it never was in force."""
    township, now = _township(request, log), clock.now()
    one = _one(township, posting_id)
    told = _opening(one)
    saw = {f"{told.first}.wording": told.last.said.id}
    form = DraftForm(request.POST or None, account=request.user, at=now, saw=saw)
    if form.is_valid():
        said = told.last.said
        item = said_from(
            form.draft, None, account=request.user, log=said.log, unit=said.unit, happened_on=said.happened_on,
            kind=said.kind, version=said.version, corrects=told.first,
        )  # fmt: skip
        receipt = record(request, item)
        if receipt.stands:
            _noted(request, "posting_withdrawn", one.id, receipt)
            return done(request, _("Withdrawn. It is kept in the book, and is in force no more."), "desk:postings")
        form.sent_back(receipt, at=now)
    [posted] = described([one], clock.day_of(now))
    return page(request, "desk/places/posting_withdraw.html", form, township=township, posted=posted)


def _opening(one: Posting) -> Told:
    told = stand(reading.about(one.log, [one.id])[one.id])
    opener = opened_by(one.id, told)
    if opener is None:
        raise Http404
    return opener
