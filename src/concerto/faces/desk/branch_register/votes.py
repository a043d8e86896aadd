"""A member's vote rests from a day on, and is given back. Why is neither asked nor kept."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.branch_register.changing import DatedForm, change_dated
from concerto.faces.desk.branch_register.page import branch_or_404
from concerto.faces.desk.frame import BRANCH
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds.seats import Suspension1, SuspensionChange1
from concerto.register.models import Member
from concerto.register.search import log_of
from concerto.register.seats import Suspension


class RestForm(DraftForm):
    """From which day, and if it is known already, until which."""

    since = DayField(label=_("The vote rests from"))


class RestChangeForm(DatedForm):
    """The days on which a vote rests; a last day gives it back."""

    @staticmethod
    def questions() -> dict[str, Any]:
        """Ask from when to when."""
        return {
            "since": DayField(label=_("The vote rests from")),
            "until": DayField(label=_("Last day on which it rests"), required=False),
        }


def _member(request: SignedIn, member: UUID) -> Member:
    row = Member.objects.filter(log=log_of(request.sight), id=member, source_withdrawn=False).first()
    if row is None:
        raise Http404
    return row


@open_to(*BRANCH)
def new(request: SignedIn, member: UUID) -> HttpResponse:
    """Ask from which day a member's vote rests."""
    row = _member(request, member)
    unit = branch_or_404(request.sight, row.branch)
    form = RestForm(request.POST or None, account=request.user, at=clock.now())
    instead(request, form)
    up = reverse("desk:branch-register", args=[unit.id])
    if form.is_valid():
        body = Suspension1(suspension=form.draft.new_id("suspension"), member=row.id, since=form.cleaned_data["since"])
        item = entry_of(request, form.draft, body, unit=unit.id)
        if done := write(request, form, item, to=up, words=_("It is recorded that the vote rests.")):
            return done
    return page(request, "desk/branch_register/vote_rests.html", form, branch=unit, up=up, here="members")


@open_to(*BRANCH)
def change(request: SignedIn, suspension: UUID) -> HttpResponse:
    """Ask until when the vote rests, or correct from when."""
    row = Suspension.objects.filter(log=log_of(request.sight), id=suspension, source_withdrawn=False).first()
    if row is None:
        raise Http404
    return change_dated(
        request,
        RestChangeForm,
        row,
        branch_or_404(request.sight, _member(request, row.member).branch),
        body=lambda thing, said: SuspensionChange1(suspension=thing, **said),
        template="desk/branch_register/vote_back.html",
        words=_("The days on which the vote rests were changed."),
    )
