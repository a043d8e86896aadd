"""Party members: the list of a branch, and a membership added, changed, ended. Why somebody is exempt is not asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import household_or_404, membership_words, resident_or_404
from concerto.faces.desk.register.changing import READERS, WRITERS, ChangeForm, DayField, entry_of, narrowed, write
from concerto.faces.desk.register.words import STANDINGS, called, since_words
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.groundwork.counting import as_counted
from concerto.journal.kinds.people import Member1, MemberChange1
from concerto.places.models import PartyGroup, Unit, UnitKind, in_force
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.current import aliases, current
from concerto.register.models import Member, Resident
from concerto.register.search import log_of

MOST_LISTED = 400


def branches_of(sight: Sight) -> list[Unit]:
    """Give the branches a reader works with, in the order of their codes."""
    return in_code_order(Unit.objects.seen_by(sight).on(sight.day).filter(kind=UnitKind.BRANCH))


def _groups(sight: Sight, branches: Sequence[Unit]) -> list[tuple[UUID, UUID, str]]:
    ids = [branch.id for branch in branches]
    rows = PartyGroup.objects.filter(in_force(sight.day), log=log_of(sight), branch__in=ids)
    return sorted(rows.values_list("id", "branch", "name"), key=lambda one: (as_counted(one[2]), one[0]))


def member_fields(sight: Sight, branches: Sequence[Unit]) -> dict[str, forms.Field]:
    """Give the questions about a membership."""
    names = {branch.id: branch.name for branch in branches}
    groups = [
        (str(group), name if len(branches) == 1 else f"{names[branch]}: {name}")
        for group, branch, name in _groups(sight, branches)
    ]
    choices = [(str(branch.id), branch.name) for branch in branches]
    asked: dict[str, forms.Field] = {
        "branch": forms.TypedChoiceField(label=_("Party branch"), choices=choices, coerce=UUID),
        "standing": forms.ChoiceField(
            label=pgettext_lazy("member", "Standing"), choices=STANDINGS, widget=forms.RadioSelect, initial="full"
        ),
        "group": forms.TypedChoiceField(
            label=_("Party group"), choices=[("", "—"), *groups], coerce=UUID, empty_value=None, required=False
        ),
        "exempt": forms.BooleanField(label=_("Not required to attend (the cause is not asked)"), required=False),
        "floating": forms.BooleanField(label=_("Floating: lives elsewhere for six months or more"), required=False),
        "since": DayField(label=_("Member of this branch since"), required=False),
    }
    if len(choices) == 1:
        asked["branch"].initial = choices[0][0]
    if not groups:
        del asked["group"]
    return asked


class OwnBranch:
    """Judges that the group chosen is one of the branch chosen."""

    cleaned_data: dict[str, Any]
    groups: dict[UUID, UUID]

    def group_mistake(self) -> bool:
        """Tell whether they do not fit."""
        group, branch = self.cleaned_data.get("group"), self.cleaned_data.get("branch")
        return bool(group and branch and self.groups.get(group) != branch)


OTHER_BRANCH = _("This group belongs to another branch.")


class NewMemberForm(OwnBranch, DraftForm):
    """A resident who is a member of a branch."""

    def __init__(self, *args: Any, sight: Sight, branches: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= member_fields(sight, branches)
        self.groups = {group: branch for group, branch, _name in _groups(sight, branches)}

    def clean(self) -> dict[str, Any] | None:
        """A group lies in its branch."""
        cleaned = super().clean()
        if self.group_mistake():
            self.add_error("group", OTHER_BRANCH)
        return cleaned


class MemberChangeForm(OwnBranch, ChangeForm):
    """What is different about a membership; a last day ends it."""

    def __init__(self, *args: Any, member: Member, sight: Sight, branches: Sequence[Unit], **kwargs: Any) -> None:
        plain = ("standing", "exempt", "floating", "since", "until")
        initial: dict[str, Any] = {name: getattr(member, name) for name in plain}
        self.groups = {group: branch for group, branch, _name in _groups(sight, branches)}
        group = str(member.group) if member.group in self.groups else ""  # one that has ended is not taken out unasked
        initial |= {"branch": str(member.branch), "group": group}
        super().__init__(*args, initial=initial, **kwargs)
        asked = member_fields(sight, branches)
        asked["until"] = DayField(label=_("Last day in this branch"), required=False)
        self.ask(asked)

    def clean(self) -> dict[str, Any] | None:
        """A group lies in its branch."""
        cleaned = super().clean() or self.cleaned_data
        if self.group_mistake():
            self.add_error("group", OTHER_BRANCH)
        return cleaned


@open_to(*WRITERS)
def new(request: SignedIn, person: UUID) -> HttpResponse:
    """Ask about somebody's membership of a branch."""
    row = resident_or_404(request.sight, person)
    branches = branches_of(request.sight)
    if row.called is not None or row.erased or not branches:
        raise Http404
    form = NewMemberForm(
        request.POST or None, account=request.user, at=clock.now(), sight=request.sight, branches=branches
    )
    instead(request, form)
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in form.fields if name != "draft"}
        body = Member1(member=form.draft.new_id("member"), resident=row.id, **answers)
        item = entry_of(request, form.draft, body, unit=body.branch)
        to = reverse("desk:household", args=[row.household])
        if done := write(request, form, item, to=to, words=_("They are a member of the branch.")):
            return done
    home = household_or_404(request.sight, row.household)
    return page(request, "desk/members/new.html", form, person=row, title=called(row), row=home)


@open_to(*WRITERS)
def change(request: SignedIn, member: UUID) -> HttpResponse:
    """Ask what is different about a membership; only what was altered is said."""
    branches = branches_of(request.sight)
    row = _member(request.sight, member, branches)
    person = resident_or_404(request.sight, current(row.resident, aliases(row.log, Resident)))
    form = MemberChangeForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        saw=seen(row.id, row.wordings),
        member=row,
        sight=request.sight,
        branches=branches,
    )
    instead(request, form)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.altered}
        if not said:
            form.add_error(None, _("Nothing was altered."))
        elif done := _change(request, form, row, said, person):
            return done
    home = household_or_404(request.sight, person.household)
    return page(request, "desk/members/change.html", form, person=person, title=called(person), row=home)


def _member(sight: Sight, member: UUID, branches: Sequence[Unit]) -> Member:
    found = Member.objects.filter(
        log=log_of(sight), id=member, branch__in=[branch.id for branch in branches], source_withdrawn=False
    ).first()
    if found is None:
        raise Http404
    return found


def _change(
    request: SignedIn, form: MemberChangeForm, row: Member, said: dict[str, Any], person: Resident
) -> HttpResponse | None:
    body = MemberChange1(member=row.id, **said)
    item = entry_of(request, narrowed(form.draft, row.id, said), body, unit=row.branch)
    to = reverse("desk:household", args=[person.household])
    return write(request, form, item, to=to, words=_("The membership was changed."))


# ---------------------------------------------------------------- the list


@dataclass(frozen=True)
class Listed:
    """One member of a branch, in words. Members stand in the order they were added, never by anything about them."""

    id: UUID
    person: Resident | None
    name: str
    words: str
    dates: str


@dataclass(frozen=True)
class Branch:
    """A branch and its members."""

    id: UUID
    name: str
    members: tuple[Listed, ...]


@open_to(*READERS)
def members(request: SignedIn) -> HttpResponse:
    """List the members of one's branches."""
    sight = request.sight
    branches = branches_of(sight)
    rows = _listed(sight, branches, sight.day)
    shown = [
        Branch(branch.id, branch.name, tuple(listed for row, listed in rows if row.branch == branch.id))
        for branch in branches
    ]
    page = {"branches": shown, "may_write": sight.has(*WRITERS)}
    return render(request, "desk/members/list.html", page)


def _listed(sight: Sight, branches: Sequence[Unit], day: date) -> list[tuple[Member, Listed]]:
    ids = [branch.id for branch in branches]
    asked = Member.objects.filter(in_force(day), log=log_of(sight), branch__in=ids, source_withdrawn=False)
    rows = list(asked.order_by("id")[:MOST_LISTED])
    renamed = aliases(sight.log, Resident) if sight.log else {}
    people = {row.id: current(row.resident, renamed) for row in rows}
    found = {p.id: p for p in Resident.objects.seen_by(sight).filter(id__in=people.values())}
    groups = {group: name for group, _branch, name in _groups(sight, branches)}
    listed = []
    for row in rows:
        person = found.get(people[row.id])
        words = membership_words(row, [groups.get(row.group, "") if row.group else ""])
        name = called(person) if person else str(_("Somebody of another village"))
        listed.append((row, Listed(row.id, person, name, words, since_words(row.since, row.until))))
    return listed
