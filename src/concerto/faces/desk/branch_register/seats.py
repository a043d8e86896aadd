"""A seat on a branch's committee: somebody sits on it, its post or days change, it ends."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.branch.roll import roll_of
from concerto.faces.desk.branch_register.changing import DatedForm, change_dated
from concerto.faces.desk.branch_register.page import branch_or_404, named
from concerto.faces.desk.branch_register.words import POSTS
from concerto.faces.desk.frame import BRANCH
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds.seats import Seat1, SeatChange1
from concerto.register.search import log_of
from concerto.register.seats import Seat


def _post() -> forms.ChoiceField:
    return forms.ChoiceField(label=pgettext_lazy("seat", "As what"), choices=POSTS, widget=forms.RadioSelect)


class SeatForm(DraftForm):
    """Who sits on the committee, as what, from which day."""

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = forms.TypedChoiceField(
            label=pgettext_lazy("seat", "Which member"), choices=[("", "—"), *people], coerce=UUID
        )
        self.fields["post"] = _post()
        self.fields["since"] = DayField(label=_("From which day"))


class SeatChangeForm(DatedForm):
    """What is different about a seat; a last day ends it."""

    @staticmethod
    def questions() -> dict[str, Any]:
        """Ask as what somebody sits there, and from when to when."""
        return {
            "post": _post(),
            "since": DayField(label=_("From which day")),
            "until": DayField(label=_("Last day on this seat"), required=False),
        }


@open_to(*BRANCH)
def new(request: SignedIn, branch: UUID) -> HttpResponse:
    """Ask who sits on the committee from a day on."""
    unit = branch_or_404(request.sight, branch)
    people = named(roll_of(request.sight, unit, request.sight.day))
    form = SeatForm(request.POST or None, account=request.user, at=clock.now(), people=people)
    instead(request, form)
    up = reverse("desk:branch-register", args=[unit.id])
    if form.is_valid():
        told = form.cleaned_data
        body = Seat1(
            seat=form.draft.new_id("seat"),
            branch=unit.id,
            member=told["member"],
            post=told["post"],
            since=told["since"],
        )
        item = entry_of(request, form.draft, body, unit=unit.id)
        if done := write(request, form, item, to=up, words=_("The seat is recorded.")):
            return done
    return page(request, "desk/branch_register/seat_new.html", form, branch=unit, up=up, here="members")


@open_to(*BRANCH)
def change(request: SignedIn, seat: UUID) -> HttpResponse:
    """Ask what is different about a seat; only what was altered is said."""
    row = Seat.objects.filter(log=log_of(request.sight), id=seat, source_withdrawn=False).first()
    if row is None:
        raise Http404
    return change_dated(
        request,
        SeatChangeForm,
        row,
        branch_or_404(request.sight, row.branch),
        body=lambda thing, said: SeatChange1(seat=thing, **said),
        template="desk/branch_register/seat_change.html",
        words=_("The seat was changed."),
    )
