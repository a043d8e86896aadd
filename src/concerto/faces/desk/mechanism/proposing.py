"""Proposing a dated local change of a duty: first what it would do and cost, then the proposal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.frame import ORGANIZER
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.mechanism.reading import Here, differing
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.editions import Edition1
from concerto.papers import duty_words
from concerto.papers.mechanism import BEARER_NAMES, nonsense_words, tongue_read
from concerto.papers.mechanism_change import change_of
from concerto.rulebook.duty import Duty, Edition, Measure, Unit, Within
from concerto.rulebook.effect import first_days, is_first_day
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.period import Every
from concerto.rulebook.reading import Sheet, read_edition
from concerto.rulebook.sense import LAST_YEAR, judge_edition, judge_law, judge_provable
from concerto.rulebook.telling import told_of
from concerto.rulebook.terms import terms

MOST_MINUTES, MOST_TIMES, MOST_DAYS = 6000, 366, 366


class WaysField(forms.MultipleChoiceField):
    """What proves it. Offered is what a form can give; of any other proof the rulebook says itself what is wrong."""

    def valid_value(self, value: Any) -> bool:
        """Take every word of the one list."""
        return value in terms().proofs


class ProposalForm(DraftForm):
    """What is to be different about a duty, and from when. Only what its shape allows is asked."""

    def __init__(self, *args: Any, duty: Duty, before: Edition, approved: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty, self.before, self.approved = duty, before, approved
        self.fields |= dict(self._shape())
        for who, n in before.minutes.items():
            label = gettext("Minutes that one record takes")
            if who:
                label = gettext("Minutes that one record takes: {who}").format(who=BEARER_NAMES[who])
            self.fields[f"minutes_{who}"] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_MINUTES, initial=n
            )
        self.fields["ways"] = WaysField(
            label=pgettext_lazy("edition", "Proven by"),
            choices=list(_offered(duty, before)),
            widget=forms.CheckboxSelectMultiple,
            initial=list(before.proven_by),
            required=not (self.is_bound and self.data.get("repealed")),
            error_messages={"required": _("Tick at least one: nothing else would show that it was done.")},
        )
        self.fields["repealed"] = forms.BooleanField(label=_("From that day on it is no longer owed"), required=False)
        days = first_days(before, before, after=max(self.today, approved or self.today), n=1)
        self.fields["since"] = forms.DateField(
            label=_("From which day"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            help_text=_("In the future, the first day of a turn.") if before.every else _("In the future."),
            initial=days[0] if days else None,
        )
        self.fields["source"] = forms.CharField(label=_("Source: which notice, which article"), max_length=80)
        self.fields["looked_at"] = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def today(self) -> date:
        """The day the page is looked at."""
        return clock.today()

    def _shape(self) -> Iterator[tuple[str, forms.Field]]:
        before = self.before
        if before.every:
            choices = [(every.value, duty_words.EVERY[every]) for every in Every]
            yield "every", forms.ChoiceField(label=_("How often"), choices=choices, initial=before.every.value)
            yield (
                "need",
                forms.IntegerField(
                    label=MEASURES[before.measure], min_value=1, max_value=MOST_MINUTES, initial=before.need
                ),
            )
            yield (
                "grace",
                forms.IntegerField(
                    label=_("So many turns later a record may still count"),
                    min_value=0,
                    max_value=12,
                    initial=before.grace,
                ),
            )
        elif before.within is not None and before.within.unit in SOON:
            for sort, n in before.within.n.items():
                label = str(SOON[before.within.unit])
                if sort:
                    label = gettext("{label}, for: {sort}").format(label=label, sort=sort)
                yield f"within_{sort}", forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS, initial=n)

    def clean(self) -> dict[str, Any] | None:
        """Ask the rulebook; it begins in the future, on the first day of a turn, and something is different."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        edition, since = self.edition, self.cleaned_data["since"]
        for words in _nonsense(self.duty, edition):
            self.add_error(None, words)
        if self.errors:
            return cleaned
        if since <= self.today:
            self.add_error("since", _("It must begin later: what has begun is judged by what stood then."))
        elif self.approved is not None and since <= self.approved:
            day = date_format(self.approved, "DATE_FORMAT")
            self.add_error("since", words_of("edition_not_later", {"since": day}))
        elif not is_first_day(self.before, edition, since):
            days = first_days(self.before, edition, after=self.today, n=3)
            told = duty_words.listed(date_format(day, "DATE_FORMAT") for day in days)
            self.add_error("since", gettext("Choose the first day of a turn: {days}.").format(days=told))
        if replace(edition, since=self.before.since, source=self.before.source) == self.before:
            self.add_error(None, _("Nothing is different from what stands now."))
        return cleaned

    @property
    def edition(self) -> Edition:
        """The edition as it would stand."""
        told = self.cleaned_data
        if told["repealed"]:
            return Edition(since=told["since"], source=told["source"], repealed=True)
        within = self.before.within
        if within is not None and within.unit in SOON:
            within = Within(within.unit, {sort: told[f"within_{sort}"] for sort in within.n}, legal=within.legal)
        usual = [kind for kind in self.before.proven_by if kind in told["ways"]]
        return replace(
            self.before,
            since=told["since"],
            source=told["source"],
            minutes={who: told[f"minutes_{who}"] for who in self.before.minutes},
            proven_by=(*usual, *(kind for kind in told["ways"] if kind not in usual)),
            every=Every(told["every"]) if self.before.every else None,
            need=told.get("need", self.before.need),
            grace=told.get("grace", self.before.grace),
            within=within,
        )

    @property
    def mark(self) -> str:
        """What tells whether the change that was looked at is the one that is proposed."""
        return sha256(repr(sorted(told_of(self.edition).items())).encode()).hexdigest()[:16]

    @property
    def was_looked_at(self) -> bool:
        """Tell whether what this does was shown."""
        return bool(self.cleaned_data.get("looked_at") == self.mark)


MEASURES = {
    Measure.TIMES: _("How many times"),
    Measure.MINUTES: _("How many minutes"),
    Measure.CLASS_HOURS: _("How many class hours"),
}
SOON = {Unit.WORKING_DAYS: _("Within how many working days"), Unit.DAYS: _("Within how many days")}


def _offered(duty: Duty, before: Edition) -> Iterator[tuple[str, str]]:
    """Offer what proves something of the sort, and some form gives."""
    families = set(terms().subjects[duty.about].of)
    for kind, proof in terms().proofs.items():
        if kind in before.proven_by or (proof.given and families & set(proof.of)):
            yield kind, getattr(proof, tongue_read())


def _nonsense(duty: Duty, edition: Edition) -> list[str]:
    """Say what makes no sense, in the words of `mechanism check`."""
    sheet = Sheet("", "")
    if edition.since.year > LAST_YEAR:
        sheet.refuse("too_large", "since", most=LAST_YEAR)
    read = read_edition(sheet, told_of(edition), None)
    judge_law(sheet, mechanism().duties.get(duty.id, duty), read)
    if not read.repealed:
        judge_edition(sheet, read, terms().subjects.get(duty.about), None)
        judge_provable(sheet, read, None)
    return [nonsense_words(one) for one in sheet.found]


@open_to(*ORGANIZER)
def propose(request: SignedIn, duty: str) -> HttpResponse:
    """Ask what is to change; say what that does; and only then take the proposal."""
    here, log = Here(request.sight), request.sight.log
    found = here.mechanism.duties.get(duty)
    before = found.in_force(request.sight.day) if found else None
    if found is None or before is None or log is None:
        raise Http404
    approved = max((one.since for one in found.editions if here.is_local(found, one)), default=None)
    form = ProposalForm(
        request.POST or None, account=request.user, at=clock.now(), duty=found, before=before, approved=approved
    )
    change = None
    if form.is_valid():
        if "propose" in request.POST and form.was_looked_at:
            body = Edition1(edition=form.draft.new_id("edition"), duty=duty, **told_of(form.edition))
            item = entry_of(request, form.draft, body, unit=log)
            to = reverse("desk:proposal", args=[body.edition])
            if done := write(request, form, item, to=to, words=_("It is proposed. Somebody else answers it.")):
                return done
        change = change_of(request.sight, log, here.mechanism, found, form.edition)
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["looked_at"] = form.mark
        form.data = data
    page = {"form": form, "row": here.row(found), "change": change, "here": "mechanism"}
    if change is not None:
        page["differs"] = differing(before, form.edition)
    if form.is_bound and form.errors:
        return render(request, "desk/mechanism/propose.html", page, status=422)
    return render(request, "desk/mechanism/propose.html", page)
