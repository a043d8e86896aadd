"""Which group of the branch a member belongs to, from a day on."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.branch_register.page import branch_or_404
from concerto.faces.desk.frame import BRANCH
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.groundwork.counting import as_counted
from concerto.journal.kinds.people import MemberChange1
from concerto.places.models import PartyGroup, in_force
from concerto.register.models import Member
from concerto.register.search import log_of


class GroupForm(DraftForm):
    """The group, and from which day; none takes the member out."""

    def __init__(self, *args: Any, groups: list[tuple[str, str]], now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.TypedChoiceField(
            label=_("Party group"),
            choices=[("", "—"), *groups],
            coerce=UUID,
            empty_value=None,
            required=False,
            initial=now,
        )
        self.fields["since"] = DayField(label=_("From which day"))


@open_to(*BRANCH)
def change(request: SignedIn, member: UUID) -> HttpResponse:
    """Ask which group a member belongs to from a day on."""
    row = Member.objects.filter(log=log_of(request.sight), id=member, source_withdrawn=False).first()
    if row is None:
        raise Http404
    unit = branch_or_404(request.sight, row.branch)
    known = PartyGroup.objects.filter(in_force(request.sight.day), log=row.log, branch=unit.id)
    named = sorted(known.values_list("id", "name"), key=lambda one: (as_counted(one[1]), one[0]))
    groups = [(str(group), name) for group, name in named]
    form = GroupForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        saw=seen(row.id, row.wordings, ["group"]),
        groups=groups,
        now=str(row.group or ""),
    )
    instead(request, form)
    up = reverse("desk:branch-register", args=[unit.id])
    if form.is_valid():
        group = form.cleaned_data["group"]
        if group == row.group:
            form.add_error(None, _("Nothing was altered."))
        else:
            body = MemberChange1(member=row.id, group=group)
            item = entry_of(request, form.draft, body, unit=unit.id, on=form.cleaned_data["since"])
            if done := write(request, form, item, to=up, words=_("The group was changed.")):
                return done
    return page(request, "desk/branch_register/group.html", form, branch=unit, up=up, here="members")
