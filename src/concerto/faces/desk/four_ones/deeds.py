"""Recording a good thing done: for households of a village, for a party group, or for the village."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import WRITERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.visits.form import FOR_PLACE, WordsInOneLine, chosen, options, several
from concerto.faces.desk.visits.whom import people_of
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.counting import as_counted
from concerto.journal.kinds import words as said
from concerto.journal.kinds.deeds import HEADINGS, Deed1
from concerto.journal.said import Audience
from concerto.places.models import PartyGroup, Unit, UnitKind
from concerto.places.sight import Sight
from concerto.register.models import HelperLink, Household
from concerto.register.search import log_of

MOST_CHOICES = 200


class DeedForm(DraftForm):
    """What was done, when, for whom; under which of the five headings, for who wishes to say so."""

    on = DayField(label=_("The day"))
    line = WordsInOneLine(label=_("What was done"), audience=FOR_PLACE, max_length=400)
    households = several(
        _("For which households"),
        help_text=_(
            "The helped ones stand here; for another one begin from its card. "
            "Choose none where it was done for a group or the village."
        ),
    )
    group = forms.ChoiceField(label=_("For which party group"), required=False)
    heading = chosen(_("Heading"), [("", _("None of them")), *options(said.HEADING_WORDS, HEADINGS)])

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self._offer("group", [("", "—"), *groups])
        if not groups:
            del self.fields["group"]
        self.fields["on"].initial = clock.today

    def offer_houses_of(self, sight: Sight, village: Unit) -> None:
        """Offer the helped households of a village, and whom the form speaks of already."""
        told = self["households"].value() or []
        self._offer("households", _offered(sight, village, filter(None, map(_key, told))))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        if self.cleaned_data.get("households") and self.cleaned_data.get("group"):
            self.add_error("group", gettext("Choose households or a group, not both."))
        return self.cleaned_data


@open_to(*WRITERS)
def new(request: SignedIn, village: UUID) -> HttpResponse:
    """Ask what good thing was done in a village, and for whom; `house` in the address is chosen already."""
    unit = village_or_404(request.sight, village)
    asked = request.GET.get("house", "")
    form = DeedForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        groups=_groups(request.sight, unit),
        initial={"households": [asked]},
    )
    instead(request, form)
    form.offer_houses_of(request.sight, unit)
    if form.is_valid():
        told = form.cleaned_data
        chosen_houses = [UUID(one) for one in told["households"]]
        about = chosen_houses[0] if len(chosen_houses) == 1 else form.draft.id
        part = form.draft.seal("line", about=about, audience=Audience.PLACE, text=told["line"])
        group = told.get("group")
        body = Deed1(
            words=part.digest,
            households=chosen_houses,
            group=UUID(group) if group else None,
            heading=told["heading"] or None,
        )
        item = entry_of(request, form.draft, body, unit=unit.id, on=told["on"], sealed=[part])
        to = reverse("desk:household", args=[about]) if len(chosen_houses) == 1 else reverse("desk:today")
        if done := write(request, form, item, to=to, words=_("It is recorded.")):
            return done
    return page(request, "desk/four_ones/deed.html", form, village=unit)


def village_or_404(sight: Sight, village: UUID) -> Unit:
    """Give a village whose cards this reader may open."""
    found = Unit.objects.filter(log=log_of(sight), id=village, kind=UnitKind.VILLAGE).first()
    if found is None or village not in sight.cards:
        raise Http404
    return found


def _key(written: object) -> UUID | None:
    """Read a household's key; what is none is passed over."""
    try:
        return UUID(str(written))
    except ValueError:
        return None


def _offered(sight: Sight, village: Unit, named: Iterable[UUID]) -> list[tuple[str, str]]:
    """Name the helped households of a village by their head or number, and those that are named, helped or not."""
    linked = HelperLink.objects.on(sight.day).filter(log=log_of(sight)).values("household")
    here = Household.objects.seen_by(sight).here().filter(village=village.id).order_by("number", "id")
    rows = list(here.filter(id__in=list(named)[:MOST_CHOICES]))
    named_too = {row.id for row in rows}
    rows += [row for row in here.filter(id__in=linked)[:MOST_CHOICES] if row.id not in named_too]
    people = people_of(sight, rows)
    return [(str(row.id), people[row.id][0].name if people.get(row.id) else row.number) for row in rows]


def _groups(sight: Sight, village: Unit) -> list[tuple[str, str]]:
    branches = Unit.objects.filter(log=log_of(sight), village=village.id).values("id")
    found = PartyGroup.objects.filter(log=log_of(sight), branch__in=branches, until__isnull=True)
    named = sorted(found.values_list("id", "name"), key=lambda one: (as_counted(one[1]), one[0]))
    return [(str(group), name) for group, name in named]
