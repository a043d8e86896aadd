"""Recording a fact about a village: what, how much, as of which day, and where it is known from."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.entries.reading import read_fact
from concerto.faces.desk.frame import WRITERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.village import words
from concerto.faces.desk.village.sheet import village_or_404
from concerto.faces.desk.visits.form import WordsInOneLine, chosen
from concerto.faces.desk.writing import Draft, DraftForm
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.village_facts import OTHER, UNITS, UNITS_OF, VillageFact1
from concerto.journal.models import Sealed
from concerto.journal.said import Audience, SealedPart, Wording
from concerto.parts.visits.models import VillageFact
from concerto.places.models import Unit
from concerto.places.sight import Sight

FOR_SHEET = _("whoever reads this sheet in the township")


class FactForm(DraftForm):
    """One fact: a number with its unit or a few words, its day and its source."""

    what = forms.ChoiceField(label=_("What"), choices=list(words.FACTS.items()))
    name = WordsInOneLine(
        label=pgettext_lazy("village fact", "What it is about"), audience=FOR_SHEET, max_length=30, required=False
    )
    number = forms.IntegerField(label=_("Number"), min_value=0, max_value=1_000_000_000, required=False)
    unit = forms.ChoiceField(label=_("Counted in"), required=False)
    line = WordsInOneLine(
        label=_("Or a few words"),
        audience=FOR_SHEET,
        max_length=60,
        required=False,
        help_text=_("Instead of a number. Nothing about a single person or household."),
    )
    as_of = DayField(label=_("As of which day"))
    source = chosen(_("Where it is known from"), list(words.SOURCES.items()), required=True)
    paper = WordsInOneLine(label=_("What the paper is called"), audience=FOR_SHEET, max_length=60, required=False)
    told_as = chosen(_("In which role it was told"), list(words.ROLES.items()))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = [("", _("the usual unit")), *words.UNITS.items()]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        told = self.cleaned_data
        what, number, line = told.get("what", ""), told.get("number"), told.get("line")
        if number is None and not line and "number" not in self.errors and "line" not in self.errors:
            self.add_error("number", words_of("fact_says_nothing"))
        if number is not None and line:
            self.add_error("line", words_of("fact_says_two_things"))
        self._in_units(what, number)
        self._only_with("name", with_it=what == OTHER, code="fact_without_name")
        self._only_with("paper", with_it=told.get("source") == "paper", code="paper_without_name")
        self._only_with("told_as", with_it=told.get("source") == "told", code="told_by_nobody")
        return told

    def _in_units(self, what: str, number: int | None) -> None:
        """Take the usual unit where none was chosen; a unit alone is left."""
        told, usual = self.cleaned_data, UNITS_OF.get(what, UNITS)
        if number is None:
            told["unit"] = ""
            return
        told["unit"] = told.get("unit") or ("" if what == OTHER else usual[0])
        if not told["unit"]:
            self.add_error("unit", words_of("unit_missing"))
        elif told["unit"] not in usual:
            self.add_error("unit", words_of("unit_does_not_fit"))
        elif told["unit"] == "percent" and number > 100:
            self.add_error("number", words_of("more_than_all"))

    def _only_with(self, field: str, *, with_it: bool, code: str) -> None:
        """Ask for a field where it belongs; elsewhere what stands in it is left."""
        if not with_it:
            self.cleaned_data[field] = ""
            self.errors.pop(field, None)
        elif not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, words_of(code))

    def sealed(self, draft: Draft, *, about: UUID) -> dict[str, SealedPart]:
        """Seal the words of a fact, each by the field of the entry that names it."""
        told = self.cleaned_data
        said = {"words": told["line"], "name": told["name"], "paper": told["paper"]}
        return {
            field: draft.seal(field, about=about, audience=Audience.PLACE, text=text)
            for field, text in said.items()
            if text
        }


@open_to(*WRITERS)
def new(request: SignedIn, village: UUID) -> HttpResponse:
    """Ask for one fact about a village; `what` in the address is chosen already, or `like` names one that is known.

    The name of a fact is sealed, so it stands in no address.
    """
    unit = village_or_404(request.sight, village)
    if unit.id not in request.sight.cards:
        raise Http404
    asked = request.GET.get("what", "")
    initial = {"what": asked if asked in words.FACTS else "households", "as_of": request.sight.day}
    initial |= _like(request.sight, unit.id, request.GET.get("like", ""))
    form = FactForm(request.POST or None, account=request.user, at=clock.now(), initial=initial)
    instead(request, form)
    if form.is_valid() and _is_known(form, unit):
        form.add_error(None, _("This is written down already, as of that day and from that source."))
    if form.is_valid():
        body, sealed = _said(form, unit.id, about=form.draft.id)
        item = entry_of(request, form.draft, body, unit=unit.id, sealed=sealed)
        to = reverse("desk:fact-sheet", args=[unit.id])
        if done := write(request, form, item, to=to, words=_("The fact is recorded.")):
            return done
    return page(request, "desk/village/new.html", form, unit=unit)


def _like(sight: Sight, village: UUID, asked: str) -> dict[str, Any]:
    """Say what a newer value of a known fact is about: its sort, its name where it has one, and its unit."""
    try:
        known = VillageFact.objects.seen_by(sight).filter(village=village, id=UUID(asked)).first()
    except ValueError:
        return {}
    if known is None:
        return {}
    texts = Sealed.objects.filter(log=known.log, digest=known.name).values_list("text", flat=True) if known.name else ()
    return {"what": known.what, "unit": known.unit, "name": next(iter(texts), "")}


def _is_known(form: FactForm, unit: Unit) -> bool:
    """Tell whether the same number stands there, as of the same day and from the same source."""
    told = form.cleaned_data
    if told["number"] is None or told["what"] == OTHER:
        return False
    same = {name: told[name] or "" for name in ("unit", "told_as")} | {name: told[name] for name in _NUMBERED}
    found = VillageFact.objects.filter(log=unit.log, village=unit.id, source_withdrawn=False, **same)
    papers = list(found.exclude(id=form.draft.id).values_list("paper", flat=True))
    if told["source"] != "paper":
        return bool(papers)
    return Sealed.objects.filter(log=unit.log, digest__in=papers, text=told["paper"]).exists()


_NUMBERED = ("what", "number", "as_of", "source")


def _said(form: FactForm, village: UUID, *, about: UUID) -> tuple[VillageFact1, list[SealedPart]]:
    told, parts = form.cleaned_data, form.sealed(form.draft, about=about)
    body = VillageFact1(
        village=village,
        what=told["what"],
        as_of=told["as_of"],
        source=told["source"],
        number=told["number"],
        unit=told["unit"] or None,
        told_as=told["told_as"] or None,
        **{field: part.digest for field, part in parts.items()},
    )
    return body, list(parts.values())


@open_to(*WRITERS)
def correct(request: SignedIn, entry: UUID) -> HttpResponse:
    """Ask again for a fact that was written down wrongly: it is said anew in its place, and no newer value."""
    fact = read_fact(request.sight, entry)
    body, first = fact.body, fact.told.first
    if not isinstance(body, VillageFact1) or not fact.may_correct(request.user, request.sight.day):
        raise Http404
    unit = village_or_404(request.sight, body.village)
    form = FactForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        initial=_asked_again(body, fact.last),
        saw={f"{first}.wording": fact.last.said.id},
    )
    if form.is_valid():
        said, sealed = _said(form, unit.id, about=first)
        on, opened_in = fact.last.said.happened_on, fact.opener.said.unit
        item = entry_of(request, form.draft, said, unit=opened_in, on=on, sealed=sealed, corrects=first)
        to = reverse("desk:fact-sheet", args=[unit.id])
        if done := write(request, form, item, to=to, words=_("It is corrected.")):
            return done
    return page(request, "desk/village/correct.html", form, unit=unit, entry=first)


def _asked_again(body: VillageFact1, last: Wording) -> dict[str, Any]:
    """Say what a fact said, as its form asks it."""
    told = {name: getattr(body, name) for name in ("what", "number", "as_of", "source")}
    words = {"line": last.text(body.words), "name": last.text(body.name), "paper": last.text(body.paper)}
    return {**told, "unit": body.unit or "", "told_as": body.told_as or "", **words}
