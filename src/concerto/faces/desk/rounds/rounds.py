"""Rounds listed, opened, and stopped before their last day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.rounds.covering import covered
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.visits.form import WordsInOneLine
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.rounds import MOST_DAYS, Round1, RoundEnd1
from concerto.journal.said import Audience
from concerto.papers.rounds import OneRound, rounds_beside, rounds_of
from concerto.parts.visits.models import Round
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import in_code_order
from concerto.register.search import log_of

OPENERS = (Role.INSTRUCTOR, Role.TOWNSHIP_ORGANIZER)
USUAL = timedelta(days=30)


class AnyDay(forms.DateField):
    """A day that may still come."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class RoundForm(DraftForm):
    """Which villages, from when to when, and the campaign it belongs to if there is one."""

    villages = forms.TypedMultipleChoiceField(
        label=_("Which villages"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    since = AnyDay(label=_("First day"))
    until = AnyDay(label=_("Last day"), help_text=_("About a month; 45 days at most."))
    campaign = WordsInOneLine(
        label=_("Name of the campaign"), audience=_("whoever sees the round"), max_length=60, required=False
    )

    besides = forms.BooleanField(label=_("Open it besides the one that is there"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], sight: Sight, **more: Any) -> None:
        super().__init__(*args, **more)
        self.log, self.today, self.names = log_of(sight), sight.day, dict(choices)
        field = self.fields["villages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        field.initial = [key for key, _name in choices]
        if not self.is_bound:
            del self.fields["besides"]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", words_of("left_before_it_came"))
        elif since and until and (until - since).days >= MOST_DAYS:
            self.add_error("until", words_of("round_too_long", {"most": MOST_DAYS}))
        elif until and until < self.today:
            self.add_error("until", words_of("round_over_already"))
        self._ask_of_others()
        return self.cleaned_data

    def _ask_of_others(self) -> None:
        """Ask once whether two rounds are meant to run in one village: every household is owed a contact for each."""
        told = self.cleaned_data
        first, last = told.get("since"), told.get("until")
        beside = rounds_beside(self.log, told.get("villages", []), first, last) if first and last else []
        if not beside:
            del self.fields["besides"]
        elif not told.get("besides"):
            _, since, until = beside[0]
            covered = {str(village) for village, *days in beside if days == [since, until]}
            villages = pgettext("list", ", ").join(name for key, name in self.names.items() if key in covered)
            words = gettext("A round from {since} to {until} covers {village} already.")
            named = {"since": date_format(since), "until": date_format(until), "village": villages}
            self.add_error("besides", words.format(**named))


class StopForm(DraftForm):
    """One button."""


@open_to(*READERS)
def rounds(request: SignedIn) -> HttpResponse:
    """List the rounds of one's villages, the latest first."""
    found = rounds_of(request.sight)
    context = {"rounds": found, "today": request.sight.day, "may_open": request.sight.has(*OPENERS)}
    return render(request, "desk/rounds/list.html", context)


@open_to(*OPENERS)
def new(request: SignedIn) -> HttpResponse:
    """Ask where and until when every household is met."""
    today = request.sight.day
    form = RoundForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        choices=_villages(request.sight),
        sight=request.sight,
        initial={"since": today, "until": today + USUAL},
    )
    instead(request, form)
    if form.is_valid():
        told, round_ = form.cleaned_data, form.draft.new_id("round")
        words = told["campaign"]
        part = form.draft.seal("campaign", about=round_, audience=Audience.PLACE, text=words) if words else None
        body = Round1(
            round=round_,
            villages=told["villages"],
            since=told["since"],
            until=told["until"],
            campaign=part.digest if part else None,
        )
        item = entry_of(
            request, form.draft, body, unit=_unit(request.sight, told["villages"]), sealed=[part] if part else []
        )
        to = reverse("desk:round", args=[round_])
        if done := write(request, form, item, to=to, words=_("The round is opened.")):
            return done
    return page(request, "desk/rounds/new.html", form)


@open_to(*OPENERS)
def stop(request: SignedIn, round: UUID) -> HttpResponse:
    """Ask whether a round is stopped today, for all its villages."""
    one = round_or_404(request.sight, round)
    if not one.runs(request.sight.day) or request.sight.day >= one.until or not may_stop(request.sight, one):
        raise Http404
    saw = {f"{one.id}.ended": one.wording}
    form = StopForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    instead(request, form)
    if form.is_valid():
        item = entry_of(request, form.draft, RoundEnd1(round=one.id), unit=_unit(request.sight, list(one.villages)))
        to = reverse("desk:round", args=[one.id])
        if done := write(request, form, item, to=to, words=_("The round is stopped.")):
            return done
    return page(request, "desk/rounds/stop.html", form, round=one)


@open_to(*READERS)
def round_page(request: SignedIn, round: UUID) -> HttpResponse:
    """Draw how far a round has come, village by village."""
    one = round_or_404(request.sight, round)
    today = request.sight.day
    context = {
        "round": one,
        "villages": covered(request.sight, one),
        "today": today,
        "is_over": one.is_over(today),
        "may_stop": one.runs(today) and today < one.until and may_stop(request.sight, one),
    }
    return render(request, "desk/rounds/round.html", context)


def round_or_404(sight: Sight, round_: UUID) -> OneRound:
    """Give a round that covers a village in sight; any other is not there."""
    found = rounds_of(sight, only=round_)
    if not found:
        raise Http404
    return found[0]


def may_stop(sight: Sight, one: OneRound) -> bool:
    """Tell whether a reader may stop a round: an organizer, or whoever instructs in its one village."""
    if sight.has(Role.TOWNSHIP_ORGANIZER):
        return True
    whole = _whole(log_of(sight), one)
    return sight.has(Role.INSTRUCTOR) and whole <= sight.near


def _whole(log: UUID, one: OneRound) -> set[UUID]:
    """Name all the villages a round covers, whoever looks."""
    return set(Round.objects.filter(log=log, id=one.id).values_list("village", flat=True))


def _villages(sight: Sight) -> list[tuple[str, str]]:
    """Name the villages in which this reader opens rounds, in the order of their codes."""
    units = sight.units if sight.has(Role.TOWNSHIP_ORGANIZER) else sight.near
    found = Unit.objects.filter(log=log_of(sight), id__in=units, kind=UnitKind.VILLAGE)
    return [(str(unit.id), unit.name) for unit in in_code_order(found) if unit.until is None or unit.until >= sight.day]


def _unit(sight: Sight, villages: list[UUID]) -> UUID:
    """Say for which unit it is recorded: its one village, or the township."""
    assert sight.log is not None
    return villages[0] if len(villages) == 1 else sight.log if sight.has(Role.TOWNSHIP_ORGANIZER) else villages[0]
