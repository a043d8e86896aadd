"""A dispute is taken in: what it is about, between whom, where it came from. Somebody afraid is led to what is done by
hand. What may be the same matter is shown by number and desk alone, and looked for by no name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.bringing import bring, units_to_record
from concerto.faces.desk.cases.questions import MOST_LETTERS
from concerto.faces.desk.cases.sealing import Sealing
from concerto.faces.desk.cases.spot import AFRAID, RECORDERS, protected
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.forms import radios
from concerto.faces.desk.register.changing import DayField, entry_of
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.case_words import CHANNEL_WORDS, DIFFICULTY_WORDS, LEVEL_WORDS, SORT_WORDS, SOURCE_WORDS
from concerto.journal.kinds.cases import MOST_PARTIES, Case1, Party
from concerto.journal.models import Sealed
from concerto.journal.said import SealedPart
from concerto.papers import ledgers
from concerto.parts.disputes.models import Case, Lead
from concerto.places.models import Opening, Unit, UnitKind
from concerto.places.sight import Part
from concerto.register.search import log_of

SIMPLE = ("", DIFFICULTY_WORDS["simple"])
MOST_ALIKE = 10


@dataclass(frozen=True)
class Alike:
    """What may be the same matter: its number, the desk that has it, and its page where it opens to the reader."""

    number: str
    desk: str
    url: str


class CaseForm(DraftForm):
    """What is asked when a dispute is taken in; the other side may be named later."""

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["afraid"] = radios(_("Is anybody hurt or afraid? Ask each alone."), AFRAID)
        self.own = own_village(units)
        if len(units) > 1:
            choices = [(str(one.id), one.name) for one in units]
            self.fields["unit"] = forms.ChoiceField(
                label=_("Which desk has it"),
                choices=choices if self.own else [("", "—"), *choices],
                required=self.own is None,
                initial=str(self.own.id) if self.own else "",
                help_text=_("What is between people of two villages is the township's.") if self.own else "",
            )
        self.fields["source"] = radios(_("How it came"), words.choices(SOURCE_WORDS), initial="asked")
        self.fields["procedure"] = radios(_("The court sent it"), words.choices(words.PROCEDURES), required=False)
        self.fields["sort"] = forms.ChoiceField(label=_("What it is about"), choices=[("", "—"), *words.sort_choices()])
        for side, title in (("a", _("Side A, name")), ("b", _("Side B, name"))):
            self._ask_side(side, title)
        self.fields["summary"] = forms.CharField(
            label=_("What happened, and what is wanted"),
            max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["level"] = radios(
            _("At which level"),
            words.choices(LEVEL_WORDS),
            required=False,
            help_text=_("If none is chosen, that of the desk which has it."),
        )
        self.fields["channel"] = radios(
            _("In which channel"), words.choices(CHANNEL_WORDS), initial="people", required=False
        )
        self.fields["difficulty"] = radios(
            _("The matter is"),
            [SIMPLE, *words.choices(DIFFICULTY_WORDS, ("complex", "hard"))],
            required=False,
            initial="",
        )
        self.fields["difficulty_words"] = forms.CharField(
            label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["difficulty_until"] = forms.DateField(
            label=_("Looked at again on"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)
        self.fields["lead"] = forms.UUIDField(label="", required=False, widget=forms.HiddenInput)
        self.fields["looked"] = forms.BooleanField(label="", required=False, widget=forms.HiddenInput)
        for name in ("a", "a_more", "a_speaks", "b", "b_more", "b_speaks", "summary", "difficulty_words"):
            self.fields[name].audience = words.READ_BY  # type: ignore[attr-defined]  # the template asks it

    def _ask_side(self, side: str, title: Any) -> None:
        self.fields[side] = forms.CharField(label=title, max_length=120, required=side == "a")
        self.fields[f"{side}_sort"] = radios(_("Who it is"), words.choices(words.PARTY_SORTS), initial="person")
        self.fields[f"{side}_sort"].required = False
        self.fields[f"{side}_minor"] = forms.BooleanField(label=_("Not of age yet"), required=False)
        self.fields[f"{side}_speaks"] = forms.CharField(label=_("Who speaks for them"), max_length=120, required=False)
        self.fields[f"{side}_more"] = forms.CharField(
            label=_("More on this side, each name on a line of its own"),
            required=False,
            max_length=MOST_PARTIES * 121,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict[str, Any] | None:
        """What the door would refuse is said at its question, while it lies on this form alone."""
        told = super().clean() or self.cleaned_data
        for side in ("a", "b"):
            if told.get(f"{side}_minor") and not told.get(f"{side}_speaks", "").strip():
                self.add_error(f"{side}_speaks", _("Whoever is not of age has somebody who speaks for them."))
            if any(len(name) > 120 for name in self.named(side)):
                self.add_error(f"{side}_more", _("One of these lines is too long for a name."))
            if side == "b" and self.named("b")[1:] and not told.get("b", "").strip():
                self.add_error("b", _("Name the first of this side here."))
        if sum(len(self.named(side)) for side in ("a", "b")) > MOST_PARTIES:
            self.add_error("a_more", _("A case has at most 60 parties: take the others in as a case beside it."))
        if told.get("difficulty") and not told.get("difficulty_words", "").strip():
            self.add_error("difficulty_words", _("Write why the matter is complex or hard."))
        if told.get("source") == "court" and not told.get("procedure"):
            self.add_error("procedure", _("Choose how far the court was: its clock depends on it."))
        return told

    def named(self, side: str) -> list[str]:
        """Give the names of a side: the first, then one for each line, each once."""
        told = self.cleaned_data
        lines = [told.get(side, ""), *told.get(f"{side}_more", "").splitlines()]
        return list(dict.fromkeys(name for line in lines if (name := " ".join(line.split()))))


def own_village(units: Sequence[Unit]) -> Unit | None:
    """Give the one village of whoever records: theirs it is, unless they say that it is the township's."""
    villages = [one for one in units if one.kind == UnitKind.VILLAGE]
    return villages[0] if len(villages) == 1 else None


@open_to(*RECORDERS)
def new(request: SignedIn) -> HttpResponse:
    """Ask about a dispute, and take it in; of somebody afraid nothing is read, shown again or kept."""
    if request.POST.get("afraid") == "yes":
        return render(request, "desk/cases/protected.html", {**protected(), "here": "cases"})
    units = units_to_record(request, Case1.KIND)
    lead = lead_of(request)
    known = asked_of(request, lead) if lead is not None else {}
    form = CaseForm(request.POST or None, initial=known, account=request.user, at=clock.now(), units=units)
    alike: list[Alike] = []
    if form.is_valid():
        unit = UUID(form.cleaned_data["unit"]) if form.cleaned_data.get("unit") else (form.own or units[0]).id
        alike = [] if form.cleaned_data["looked"] else alike_to(request, unit, form)
        if not alike:
            try:
                township = any(one.id == unit and one.kind == UnitKind.TOWNSHIP for one in units)
                body, sealed = _told(form, level="township" if township else "village", lead=lead)
            except Refused as wrong:
                form.not_written(wrong)
            else:
                item = entry_of(request, form.draft, body, unit=unit, on=form.cleaned_data["on"], sealed=sealed)
                to = reverse("desk:case", args=[body.case])
                if gone := bring(request, form, item, to=to, words=_("The case is taken in.")):
                    return gone
    context = {
        **protected(),
        "alike": alike,
        "account": request.user.id,
        "sides": [_questions(form, side) for side in ("a", "b")],
        "first": [form[name] for name in ("unit", "source") if name in form.fields],
        "lead": lead,
        "here": "cases",
    }
    return page(request, "desk/cases/new.html", form, **context)


def lead_of(request: SignedIn) -> Lead | None:
    """Find the lead that a case is taken in from: who heard it and the township's desk have it, until it lapses."""
    asked = (request.POST if request.method == "POST" else request.GET).get("lead", "")
    try:
        wanted = UUID(asked)
    except ValueError:
        return None
    found = ledgers.ledger(Part.DISPUTES, request.sight, ledgers.Asked(state=ledgers.LEAD)).filter(id=wanted)
    row: Lead | None = found.first()
    return row


def asked_of(request: SignedIn, lead: Lead) -> dict[str, Any]:
    """Give what a lead answers of the form already; its words only to who heard it, as others open them for a note."""
    known: dict[str, Any] = {"lead": lead.id, "unit": str(lead.unit), "source": "own_initiative"}
    if lead.kind in SORT_WORDS:
        known["sort"] = lead.kind
    if lead.by == request.sight.account:
        part = Sealed.objects.filter(log=log_of(request.sight), digest=lead.words).first()
        known["summary"] = part.text if part is not None else ""
    return known


def _questions(form: CaseForm, side: str) -> dict[str, Any]:
    """Give the questions of a side: its name, and what is only asked where there is more to say."""
    more = [form[f"{side}_{name}"] for name in ("more", "sort", "minor", "speaks")]
    is_open = any(bound.errors or (bound.value() and bound.value() != "person") for bound in more)
    return {"name": form[side], "more": more, "is_open": is_open}


def _told(form: CaseForm, *, level: Any, lead: Lead | None) -> tuple[Case1, list[SealedPart]]:
    told, draft = form.cleaned_data, form.draft
    case = draft.new_id("case")
    seals = Sealing(draft, case, told)
    hard = told["difficulty"] or None
    body = Case1(
        case=case,
        sort=told["sort"],
        source=told["source"],
        afraid="no",
        parties=list(_parties(form, seals)),
        summary=seals.words("summary") or "",
        channel=told["channel"] or "people",
        level=told["level"] or level,
        difficulty=hard or "simple",
        difficulty_words=seals.words("difficulty_words") if hard else None,
        difficulty_until=told["difficulty_until"] if hard else None,
        procedure=(told["procedure"] or None) if told["source"] == "court" else None,
        lead=told["lead"],
        brought_by=lead.by if lead is not None and lead.by != form.account.id else None,
    )
    return body, seals.parts


def _parties(form: CaseForm, seals: Sealing) -> Iterator[Party]:
    """Name everybody of a case; what is said of the first of a side beyond the name is said of them alone."""
    told = form.cleaned_data
    for side in ("a", "b"):
        for n, name in enumerate(form.named(side)):
            party = seals.draft.new_id(f"{side}{n}")
            digest = seals.text(f"{side}{n}", name, about=party)
            first = n == 0
            yield Party(
                party=party,
                side=side,
                name=digest,
                sort=(told[f"{side}_sort"] or "person") if first else "person",
                minor=first and told[f"{side}_minor"],
                represented_by=seals.words(f"{side}_speaks", about=party, is_line=True) if first else None,
            )


def alike_to(request: SignedIn, unit: UUID, form: CaseForm) -> list[Alike]:
    """Look for open cases of the same place and kind, never by name, and note that somebody looked."""
    told, log = form.cleaned_data, log_of(request.sight)
    found = list(
        Case.objects.standing().filter(log=log).alike(unit=unit, sort=told["sort"], day=told["on"])[:MOST_ALIKE]
    )
    if not found:
        return []
    note = Opening(log=log, at=clock.now(), by=request.user.id, what="cases_alike", rows=len(found))
    note.save(force_insert=True)
    mine = set(
        Case.objects.seen_by(request.sight).filter(id__in=[row.id for row in found]).values_list("id", flat=True)
    )
    desks = dict(Unit.objects.filter(log=log, id__in={row.desk for row in found}).values_list("id", "name"))
    return [
        Alike(row.number, desks.get(row.desk, ""), reverse("desk:case", args=[row.id]) if row.id in mine else "")
        for row in found
    ]
