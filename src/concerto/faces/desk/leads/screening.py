"""The screening of a village (排查): when, how, about which kinds, how many were found. Nobody is named."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.entries.reading import read_fact
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.visits.form import chosen, options
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.screening import MOST_FOUND, WAYS, Screening1
from concerto.journal.kinds.visit import LEAD_SORTS
from concerto.papers.columns import found_words, in_one
from concerto.papers.ledgers import SCREENED, Asked, Line, gather
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Part, Sight
from concerto.places.units import in_code_order
from concerto.register.search import log_of

MOST_OF_A_DAY = 10  # of one village that are shown


class ScreeningForm(DraftForm):
    """Five answers about a whole village; there is no field for a household, a name or words."""

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = [("", "—"), *villages] if len(villages) > 1 else villages
        self.fields["village"] = forms.TypedChoiceField(label=_("Which village"), choices=several, coerce=UUID)
        self.fields["on"] = DayField(label=_("Which day"), initial=clock.today)
        self.fields["way"] = chosen(_("How it was asked"), options(said.SCREENING_WAY_WORDS, WAYS), required=True)
        self.fields["sorts"] = forms.MultipleChoiceField(
            label=_("Which kinds were asked about"),
            choices=options(said.LEAD_WORDS, LEAD_SORTS),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["found"] = forms.IntegerField(
            label=_("How many disputes were found"),
            min_value=0,
            max_value=MOST_FOUND,
            help_text=_("0 is a full answer. What was found is told by whom it concerns, as a lead or a case."),
        )

    def asks_again(self) -> None:
        """Say with the next sending that somebody looked at those of the same day: it is another one."""
        self.fields["looked"] = forms.BooleanField(label="", required=False, widget=forms.HiddenInput)
        self.data = cast(QueryDict, self.data).copy()
        self.data["looked"] = "on"


@dataclass(frozen=True)
class OfThatDay:
    """A screening of the same village and day that is written down already."""

    entry: UUID
    words: str


@open_to(*READERS)
def new(request: SignedIn) -> HttpResponse:
    """Ask about one screening, and write it down."""
    villages = [(str(unit.id), unit.name) for unit in in_code_order(_villages(request.sight))]
    initial = {"village": request.GET.get("village", "")}
    form = ScreeningForm(
        request.POST or None, account=request.user, at=clock.now(), villages=villages, initial=initial
    )  # fmt: skip
    instead(request, form)
    up = reverse("desk:ledger", args=[Part.DISPUTES.value])
    same: list[OfThatDay] = []
    if form.is_valid() and not (same := _of_that_day(request, form, but=form.draft.id)):
        told = form.cleaned_data
        item = entry_of(request, form.draft, _said(told), unit=told["village"], on=told["on"])
        if done := write(request, form, item, to=up, words=_("The screening is recorded.")):
            return done
    return page(request, "desk/leads/screening.html", form, up=up, same=same, here=Part.DISPUTES.value)


@open_to(*READERS)
def correct(request: SignedIn, entry: UUID) -> HttpResponse:
    """Ask again for a screening that was written down wrongly: it is said anew in its place."""
    fact = read_fact(request.sight, entry)
    body, first = fact.body, fact.told.first
    if not isinstance(body, Screening1) or not fact.may_correct(request.user, request.sight.day):
        raise Http404
    form = ScreeningForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        villages=[(str(unit.id), unit.name) for unit in _villages(request.sight) if unit.id == body.village],
        initial={"way": body.way, "sorts": body.sorts, "found": body.found, "on": fact.last.said.happened_on},
        saw={f"{first}.wording": fact.last.said.id},
    )
    up = reverse("desk:entry", args=[first])
    same: list[OfThatDay] = []
    if form.is_valid() and not (same := _of_that_day(request, form, but=first)):
        told, opened_in = form.cleaned_data, fact.opener.said.unit
        item = entry_of(request, form.draft, _said(told), unit=opened_in, on=told["on"], corrects=first)
        if done := write(request, form, item, to=up, words=_("It is corrected.")):
            return done
    return page(request, "desk/leads/screening.html", form, up=up, same=same, here=Part.DISPUTES.value)


def _of_that_day(request: SignedIn, form: ScreeningForm, *, but: UUID) -> list[OfThatDay]:
    """Find what is written down of the same village and day, `but` this one itself; nothing once they looked at it."""
    if "looked" in request.POST:
        return []
    told = form.cleaned_data
    asked = Asked(units=frozenset({told["village"]}), since=told["on"], until=told["on"], state=SCREENED)
    lines = gather(Part.DISPUTES, request.sight, asked, most=MOST_OF_A_DAY)
    same = [OfThatDay(line.entry, _in_words(line)) for line in lines if line.id != but]
    if same:
        form.asks_again()
    return same


def _in_words(line: Line) -> str:
    return in_one([said.word(said.SCREENING_WAY_WORDS, line.more["way"]), found_words(line.more["found"])])


def _said(told: dict[str, Any]) -> Screening1:
    return Screening1(village=told["village"], way=told["way"], sorts=told["sorts"], found=told["found"])


def _villages(sight: Sight) -> list[Unit]:
    """List the villages in which this reader may record."""
    return list(Unit.objects.filter(log=log_of(sight), kind=UnitKind.VILLAGE, id__in=sight.units, until__isnull=True))
