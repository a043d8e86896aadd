"""Who helps a household, and what the household said to it: named, changed, ended."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.register.changing import WRITERS, ChangeForm, DayField, entry_of, narrowed, write
from concerto.faces.desk.register.words import AGREEMENTS, title_of
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.journal.kinds.households import Helper1, HelperChange1
from concerto.places.models import Account
from concerto.places.sight import VILLAGE_ROLES, Role, Sight
from concerto.register.access import covered_units
from concerto.register.current import aliases, current
from concerto.register.models import HelperLink, Household, Posting, Resident
from concerto.register.search import head_of, log_of

People = Sequence[tuple[str, str]]
HELPING_ROLES = (*VILLAGE_ROLES, Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)


def who_may_help(sight: Sight, village: UUID) -> list[tuple[str, str]]:
    """Name those posted to a village, its branches or the township."""
    assert sight.log is not None
    near = covered_units(sight.log, [village])[village] | {sight.log}
    posted = Posting.objects.on(sight.day).filter(log=log_of(sight), unit__in=near, role__in=HELPING_ROLES)
    found = Account.objects.filter(id__in=set(posted.values_list("account", flat=True))).order_by("called", "id")
    return [(str(key), name) for key, name in found.values_list("id", "called")]


def helper_fields(people: People, *, near: bool) -> dict[str, forms.Field]:
    """Give the questions about a helper. What a household declines is known in its village alone."""
    agreements = [(value, words) for value, words in AGREEMENTS if near or value != "declined"]
    return {
        "helper": forms.TypedChoiceField(
            label=_("Who helps"), choices=[("", "—"), *people], coerce=UUID, empty_value=None, required=False
        ),
        "agreement": forms.ChoiceField(
            label=_("What the household said"), choices=agreements, widget=forms.RadioSelect, initial="not_asked"
        ),
        "since": DayField(label=_("Since when"), required=False),
    }


class NewHelperForm(DraftForm):
    """A helper for a household."""

    def __init__(self, *args: Any, people: People, near: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= helper_fields(people, near=near)
        self.fields["since"].initial = clock.today


class HelperChangeForm(ChangeForm):
    """What is different about a helper; a last day ends it."""

    def __init__(self, *args: Any, link: HelperLink, people: People, near: bool, **kwargs: Any) -> None:
        initial = {
            **({} if link.helper else {"helper": ""}),  # somebody else gets a link of their own
            "agreement": link.agreement,
            "since": link.since,
            "until": link.until,
        }
        super().__init__(*args, initial=initial, **kwargs)
        asked = helper_fields(people, near=near)
        if link.helper:
            del asked["helper"]
        asked["until"] = DayField(label=_("Last day"), required=False)
        self.ask(asked)
        if not link.helps and link.agreement == "not_asked":  # the day on which it agrees counts
            self.fields["said_on"] = DayField(label=_("The day it said so"), initial=clock.today)

    @property
    def altered(self) -> list[str]:
        """The names of the fields that were altered; the day on which it was said is none of the link's."""
        return [name for name in super().altered if name != "said_on"]


@open_to(*WRITERS)
def new(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask who helps a household, and what the household says to it."""
    row = household_or_404(request.sight, house)
    if row.called is not None or row.erased or row.left_on:
        raise Http404
    form = NewHelperForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        people=who_may_help(request.sight, row.village),
        near=row.village in request.sight.near,
    )
    instead(request, form)
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("helper", "agreement", "since")}
        body = Helper1(link=form.draft.new_id("helper"), household=row.id, **answers)
        item = entry_of(request, form.draft, body, unit=row.village)
        to = reverse("desk:household", args=[row.id])
        if done := write(request, form, item, to=to, words=_("The helper is named.")):
            return done
    return page(request, "desk/helpers/form.html", form, row=row, title=_title(row))


@open_to(*WRITERS)
def change(request: SignedIn, link: UUID) -> HttpResponse:
    """Ask what is different about a helper, or when it ended."""
    row, home = _opened(request.sight, link)
    near = home.village in request.sight.near
    form = HelperChangeForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        saw=seen(row.id, row.wordings),
        link=row,
        people=who_may_help(request.sight, home.village),
        near=near,
    )
    instead(request, form)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.altered}
        if not said:
            form.add_error(None, _("Nothing was altered."))
        else:
            body = HelperChange1(link=row.id, household=row.household, **said)
            on = form.cleaned_data.get("said_on") if "agreement" in said else None
            item = entry_of(request, narrowed(form.draft, row.id, said), body, unit=home.village, on=on)
            to = reverse("desk:household", args=[home.id])
            if done := write(request, form, item, to=to, words=_("The link was changed.")):
                return done
    shown = {"row": home, "title": _title(home), "is_change": True, "named": _called(row.helper)}
    return page(request, "desk/helpers/form.html", form, **shown)


def _opened(sight: Sight, link: UUID) -> tuple[HelperLink, Household]:
    """Give a link and its household. That a household declined is not there for readers above the village."""
    row = HelperLink.objects.filter(log=log_of(sight), id=link, source_withdrawn=False).first()
    if row is None:
        raise Http404
    home = household_or_404(sight, current(row.household, aliases(row.log, Household)))
    if row.agreement == "declined" and home.village not in sight.near:
        raise Http404
    return row, home


def _called(helper: UUID | None) -> str:
    return str(Account.objects.filter(id=helper).values_list("called", flat=True).first() or "") if helper else ""


def _title(row: Household) -> str:
    people = Resident.objects.filter(log=row.log, household=row.id).here().order_by("id")
    return title_of(row, head_of(row, people))
