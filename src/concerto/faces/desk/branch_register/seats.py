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
from concerto.faces.desk.branch_register.page import branch_or_404, named
from concerto.faces.desk.branch_register.words import POSTS
from concerto.faces.desk.frame import BRANCH
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import ChangeForm, DayField, entry_of, narrowed, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm, seen
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


class SeatChangeForm(ChangeForm):
    """What is different about a seat; a last day ends it."""

    def __init__(self, *args: Any, seat: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(seat, name) for name in ("post", "since", "until")}, **kwargs)
        self.ask(
            {
                "post": _post(),
                "since": DayField(label=_("From which day")),
                "until": DayField(label=_("Last day on this seat"), required=False),
            }
        )

    def clean(self) -> dict[str, Any] | None:
        """The last day is not before the first."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return cleaned


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
    unit = branch_or_404(request.sight, row.branch)
    form = SeatChangeForm(
        request.POST or None, account=request.user, at=clock.now(), saw=seen(row.id, row.wordings), seat=row
    )
    instead(request, form)
    up = reverse("desk:branch-register", args=[unit.id])
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.altered}
        if not said:
            form.add_error(None, _("Nothing was altered."))
        else:
            draft = narrowed(form.draft, row.id, said)
            item = entry_of(request, draft, SeatChange1(seat=row.id, **said), unit=unit.id)
            if done := write(request, form, item, to=up, words=_("The seat was changed.")):
                return done
    return page(request, "desk/branch_register/seat_change.html", form, branch=unit, up=up, here="members")
