"""What the form of each step asks: a few choices, then words, which stand sealed, then the day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.dossier import Dossier
from concerto.faces.desk.cases.linked import held_together, to_be_linked
from concerto.faces.desk.cases.mending import ON_THE_SPOT, OPENING, Before
from concerto.faces.desk.needs.forms import radios
from concerto.faces.desk.register.changing import DayField
from concerto.faces.desk.writing import DraftField, DraftForm, fresh, with_code
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.case_steps import CONSENTS
from concerto.journal.kinds.case_words import CHANNEL_WORDS, DIFFICULTY_WORDS, LEVEL_WORDS, SOURCE_WORDS
from concerto.parts.disputes.states import OPEN, WITH_CONSENT
from concerto.places.models import Unit, UnitKind
from concerto.places.units import in_code_order
from concerto.register.holding import held_case_desks
from concerto.register.panel import Mediator

MOST_LETTERS = 4000
ROWS = 5  # things that may be agreed at one time
DESKS = (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK, UnitKind.VILLAGE)
Fields = dict[str, forms.Field]


class StepForm(DraftForm):
    """The form of one act on one case."""

    def __init__(self, *args: Any, act: str, dossier: Dossier, before: Before | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act, self.dossier, self.before = act, dossier, before
        if before and act in OPENINGS:
            self.fields.update(OPENINGS[act](dossier, before))
        elif before and act == "agree":
            self.fields.update(_agree(dossier, rows=max(ROWS, len(before.body.items))))
        else:
            self.fields.update(QUESTIONS[act](dossier) if act in QUESTIONS else {})
        self.others = held_together(dossier) if act == "session" and before is None else []
        for one in self.others:
            self._ask_of_another(one)
        if before:
            _offer_as_said(self.fields, before.answers, dossier)
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)

    def _ask_of_another(self, other: Dossier) -> None:
        """Ask who of a case that is handled together with this one was there as well: then the talk stands in both."""
        label = gettext("Who was there of {case}").format(case=other.row.number or other.title)
        self.fields[f"there_{other.row.id}"] = _several(label, _parties(other, sides="third"))
        name = f"draft_{other.row.id}"
        self.fields[name] = DraftField(self.account)
        if not self.is_bound:
            self.initial[name] = fresh(self.account, clock.now())

    def clean(self) -> dict[str, Any] | None:
        """What the door would refuse is said at its question, while it lies on this form alone."""
        told = super().clean() or self.cleaned_data
        day = told.get("on")
        if day and day < self.dossier.row.opened_on and self.act not in OPENINGS:
            self.refused("on", "before_it_was_told")
        if day and self.before is None and (check := CHECKS.get(self.act)):
            check(self, told, day)
        return told

    def refused(self, name: str | None, code: str) -> None:
        """Say at a question what the door would say."""
        self.add_error(name, with_code(words_of(code), code))


# ---------------------------------------------------------------- the fields


def _words(label: Any, *, required: bool = False, audience: Any = words.READ_BY, rows: int = 3) -> forms.CharField:
    field = forms.CharField(
        label=label, required=required, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": rows})
    )
    field.audience = audience  # type: ignore[attr-defined]  # the template asks the field who may read it
    return field


def _line(label: Any, *, required: bool = False, most: int = 120) -> forms.CharField:
    field = forms.CharField(label=label, required=required, max_length=most)
    field.audience = words.READ_BY  # type: ignore[attr-defined]  # the template asks the field who may read it
    return field


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _several(label: Any, choices: Any, *, required: bool = False, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, widget=forms.CheckboxSelectMultiple, **more
    )


def party_fields() -> Fields:
    """Ask who joins a case."""
    return {
        "side": radios(_("On which side"), words.choices(words.SIDES)),
        "name": _line(pgettext_lazy("party", "Name"), required=True),
        "sort": radios(_("Who it is"), words.choices(words.PARTY_SORTS), initial="person"),
        "minor": forms.BooleanField(label=_("Not of age yet"), required=False),
        "represented_by": _line(_("Who speaks for them")),
        "phone": _line(_("Telephone"), most=40),
    }


def _parties(dossier: Dossier, sides: str = "ab") -> list[tuple[str, str]]:
    found = dossier.life.parties.values()
    return [(str(one.id), dossier.name(one)) for one in found if one.side in sides or "third" in sides]


def _consent(dossier: Dossier) -> Fields:
    later = ("notes",) if dossier.is_for_no_court else ("confirmation", "notes")
    codes = CONSENTS[:-1] if dossier.life.stage in OPEN else later
    speaks = any(one.minor or one.represented_by for one in dossier.life.parties.values())
    by: Fields = {"by": radios(_("Who said it"), words.choices(words.BY), initial="self")} if speaks else {}
    return {
        "party": radios(_("Which party"), _parties(dossier)),
        "to": radios(_("Asked about"), words.choices(words.CONSENTS, codes), initial=codes[0]),
        "answer": radios(pgettext_lazy("case party", "What they said"), words.choices(words.ANSWERS)),
        "until": _day(_("Until which day")),
        "way": radios(_("How they said it"), words.choices(words.WAYS), initial="in_person"),
        **by,
    }


def _tell(dossier: Dossier) -> Fields:
    tells_of_court = not dossier.is_for_no_court and dossier.life.stage in (*OPEN, "in_effect")
    codes = [code for code in words.TOLD if code != "confirmation" or tells_of_court]
    first = {"in_effect": "confirmation", **dict.fromkeys(OPEN, "rights")}.get(dossier.life.stage, "routes")
    first = first if first in codes else "how_it_goes"
    return {
        "party": radios(_("Which party"), _parties(dossier)),
        "told_of": radios(_("What they were told"), words.choices(words.TOLD, codes), initial=first),
    }


def _mediator(dossier: Dossier) -> Fields:
    free = [one for one in dossier.panel if not dossier.life.stands_against(one.id) and one.id != dossier.row.mediator]
    field = radios(_("Who mediates"), [(str(one.id), _called(dossier, one)) for one in free])
    field.long = True  # type: ignore[attr-defined]  # the template asks the field how it lies
    return {"mediator": field}


def _conflict(dossier: Dossier) -> Fields:
    """Ask who of the panel it is: whoever mediates stands first, since it is mostly they who say it."""
    panel = sorted(dossier.panel, key=lambda one: one.id != dossier.row.mediator)
    rest = [(str(one.id), _called(dossier, one)) for one in panel if one.id not in dossier.life.conflicts]
    field = radios(_("Who of the panel"), rest)
    field.long = True  # type: ignore[attr-defined]  # the template asks the field how it lies
    return {"mediator": field, "conflict": radios(_("What ties them"), words.choices(words.CONFLICTS))}


def _link(dossier: Dossier) -> Fields:
    field = _several(_("Which other cases"), to_be_linked(dossier), required=True)
    field.long = True  # type: ignore[attr-defined]  # the template asks the field how it lies
    return {"linked": field}


def _called(dossier: Dossier, one: Any) -> str:
    return gettext("{name}, committee of {unit}").format(name=one.name, unit=dossier.units.get(one.unit, ""))


def _session(dossier: Dossier) -> Fields:
    everybody = _parties(dossier, sides="third")
    there = [key for key, _name in _parties(dossier)]
    return {
        "there": _several(_("Who was there"), everybody, required=True, initial=there),
        "place": _line(_("Where")),
        "record": _words(_("What was said"), required=True, rows=5),
        "note_a": _words(_("What side A said alone"), audience=words.READ_BY_ME),
        "note_b": _words(_("What side B said alone"), audience=words.READ_BY_ME),
        "interim": _words(_("What holds until then")),
        "next_on": _day(_("Next talk on")),
    }


def rows_of(told: Mapping[str, Any]) -> int:
    """Count the rows in which something may be agreed."""
    return sum(1 for name in told if name.startswith("what_"))


def _agree(dossier: Dossier, rows: int = ROWS) -> Fields:
    taking_part = {str(one.id) for one in dossier.life.taking_part}
    who = [("", _("Everybody")), *(one for one in _parties(dossier) if one[0] in taking_part)]
    fields: Fields = {"form": radios(_("How they agreed"), words.choices(words.AGREED_HOW))}
    for n in range(rows):
        fields[f"what_{n}"] = _line(pgettext_lazy("case item", "What is to be done"), required=n == 0, most=500)
        fields[f"who_{n}"] = forms.ChoiceField(label=_("Who does it"), choices=who, required=False)
        fields[f"by_{n}"] = _day(_("By which day"))
        fields[f"amount_{n}"] = forms.DecimalField(
            label=_("Amount in yuan"), required=False, min_value=0, max_digits=11, decimal_places=2
        )
    fields["facts"] = _words(_("What happened and who answers for what"))
    fields["settles"] = _several(_("It is about one of these, which no court confirms"), words.choices(words.SETTLES))
    return fields


def sign_choices(dossier: Dossier) -> list[tuple[str, str]]:
    """Name what an agreement still lacks: of the seal only what this reader may record."""
    found: list[tuple[str, str]] = []
    for signed, party in dossier.life.missing:
        if signed == "party" and party is not None and party in dossier.life.parties:
            found.append((f"party:{party}", dossier.name(dossier.life.parties[party])))
        lines = [one for one in dossier.panel if signed == "mediator" and _signs_as_mediator(dossier, one)]
        if signed == "seal":
            lines = [one for one in seal_holders(dossier) if one.account in (None, dossier.account.id)]
        named = gettext("the mediator: {name}") if signed == "mediator" else gettext("the seal, held by {name}")
        found += [(f"{signed}:{one.id}", named.format(name=one.name)) for one in lines]
    return found


def _signs_as_mediator(dossier: Dossier, one: Mediator) -> bool:
    """Tell whether it is this one who signs as the mediator: who is named, else one of the committee who is free."""
    if dossier.row.mediator:
        return one.id == dossier.row.mediator
    near = one.unit in (dossier.row.desk, dossier.row.log)
    return near and not dossier.life.stands_against(one.id)


def seal_holders(dossier: Dossier) -> list[Mediator]:
    """Name who holds the seal of the committee that has the case, or the township's."""
    near = (dossier.row.desk, dossier.row.log)
    return [one for one in dossier.panel if one.holds_seal and one.unit in near and one.runs(dossier.sight.day)]


def _sign(dossier: Dossier) -> Fields:
    field = radios(_("Who signed"), sign_choices(dossier))
    field.long = True  # type: ignore[attr-defined]  # the template asks the field how it lies
    return {"signed": field}


def _end(dossier: Dossier) -> Fields:
    codes = ["withdrawn"] if dossier.life.stage == "brought" else ["not_settled", "between_themselves", "withdrawn"]
    codes += ["refused"] if dossier.life.is_refused else []
    return {
        "how": radios(
            _("How it ends"), words.choices(words.ENDS, codes), initial="refused" if "refused" in codes else None
        ),
        "routes": _several(_("Which other routes were told"), words.route_choices()),
        "words": _words(_("What is to be noted")),
    }


def _perform(dossier: Dossier) -> Fields:
    items = [(str(one.item), dossier.text(one.what)) for one in dossier.life.items.values()]
    field = radios(_("What was agreed"), items, initial=items[0][0] if len(items) == 1 else None)
    field.long = True  # type: ignore[attr-defined]  # the template asks the field how it lies
    return {
        "item": field,
        "how": radios(_("Is it done"), words.choices(words.KEPT)),
        "words": _words(_("In their words")),
    }


def _court(dossier: Dossier) -> Fields:
    codes = ["confirmed", "not_confirmed"] if dossier.row.court == "applied" else []
    codes += ["result_returned"] if dossier.row.source == "court" else []
    return {"step": radios(_("What came"), words.choices(words.STEPS, codes))}


def _weigh(dossier: Dossier) -> Fields:
    return {
        "difficulty": radios(_("The matter is"), words.choices(DIFFICULTY_WORDS), initial=dossier.life.difficulty),
        "why": _words(_("Why")),
        "until": _day(_("Looked at again on")),
    }


def _desks(dossier: Dossier) -> list[tuple[str, str]]:
    found = Unit.objects.filter(log=dossier.row.log, kind__in=DESKS).exclude(id=dossier.life.desk)
    names = {unit.id: unit.name for unit in in_code_order(found)}
    here = held_case_desks(dossier.row.log, names, dossier.sight.day)
    called = [(unit, words.desk_name(names, unit, dossier.row.log)) for unit in names]
    nobody = gettext("{desk} (nobody is posted there today)")
    return [(str(unit), name if unit in here else nobody.format(desk=name)) for unit, name in called]


def _hand(dossier: Dossier) -> Fields:
    offices = [(f"office:{code}", name) for code, name in words.route_choices()]
    stays = ("", _("It stays as it is"))
    return {
        "where": forms.ChoiceField(
            label=_("Where it goes"),
            choices=[("", "—"), (_("Desks that work here"), _desks(dossier)), (_("On paper to"), offices)],
        ),
        "words": _words(_("What is asked of them")),
        "by": _day(_("By which day an answer is asked")),
        "level": radios(_("At which level"), [stays, *words.choices(LEVEL_WORDS)], required=False),
        "channel": radios(_("In which channel"), [stays, *words.choices(CHANNEL_WORDS)], required=False),
        "form": radios(_("How it goes there"), words.choices(words.FORMS, _forms(dossier)), required=False),
        "basis": _line(_("On which basis"), most=300),
        "papers": _line(_("Which papers go along"), most=300),
    }


def _forms(dossier: Dossier) -> list[str]:
    """Name how a case may go on: a court alone delegates and entrusts, so of its cases alone that can be said."""
    return [code for code in words.FORMS if dossier.row.source == "court" or code not in ("delegated", "entrusted")]


def _help(dossier: Dossier) -> Fields:
    desks = [one for one in _desks(dossier) if UUID(one[0]) not in dossier.life.helping]
    return {
        "to": forms.ChoiceField(label=_("Which desk"), choices=[("", "—"), *desks]),
        "words": _words(_("The one thing that is asked"), required=True),
        "by": _day(_("By which day"), required=True),
    }


def _opening(dossier: Dossier, before: Before) -> Fields:
    """Ask again what was told at first: the names only of whoever said nothing yet, the sort while nothing followed."""
    body, life = before.body, dossier.life
    fields: Fields = {
        "source": radios(_("How it came"), words.choices(SOURCE_WORDS)),
        "procedure": radios(_("The court sent it"), words.choices(words.PROCEDURES), required=False),
    }
    if all(step.entry == before.fact.first for step in life.path):
        fields["sort"] = forms.ChoiceField(label=_("What it is about"), choices=words.sort_choices())
        fields["level"] = radios(_("At which level"), words.choices(LEVEL_WORDS))
        fields["channel"] = radios(_("In which channel"), words.choices(CHANNEL_WORDS))
    else:
        del fields["procedure"]
    for n, one in enumerate(body.parties):
        party = life.parties.get(one.party)
        if party is not None and not party.said and not party.told:
            label = gettext("{side}, name").format(side=words.SIDES[one.side])
            fields[f"name_{n}"] = _line(label, required=True)
    fields["summary"] = _words(_("What happened, and what is wanted"), required=True, rows=4)
    return fields


def _settled(dossier: Dossier, before: Before) -> Fields:
    """Ask again what was settled on the spot."""
    fields: Fields = {
        "sort": forms.ChoiceField(label=pgettext_lazy("quarrel", "What it was about"), choices=words.sort_choices()),
        "a": _line(_("Side A, name"), required=True),
        "b": _line(_("Side B, name"), required=True),
        "agreed": _words(_("What they agreed"), required=True),
    }
    return fields | ({"until": _day(_("By which day"), required=True)} if before.body.item else {})


OPENINGS: Mapping[str, Callable[[Dossier, Before], Fields]] = {OPENING: _opening, ON_THE_SPOT: _settled}


def _offer_as_said(fields: Fields, answers: Mapping[str, Any], dossier: Dossier) -> None:
    """Offer, of each question, what was said to it: also where it could not be said any more."""
    for name, value in answers.items():
        field = fields.get(name)
        if not isinstance(field, forms.ChoiceField) or isinstance(value, list) or not value:
            continue
        offered: list[Any] = list(field.choices)  # type: ignore[arg-type]  # a form's choices are a list by now
        groups = [label for _code, label in offered if isinstance(label, list | tuple)]
        flat = {str(code) for code, label in offered if not isinstance(label, list | tuple)}
        flat |= {str(code) for group in groups for code, _label in group}
        if str(value) not in flat:
            field.choices = [*offered, (str(value), _said_words(name, str(value), dossier))]


def _said_words(name: str, value: str, dossier: Dossier) -> str:
    """Name an answer that is not offered any more."""
    known: Mapping[str, Any] = {
        "to": words.CONSENTS,
        "how": words.ENDS,
        "step": words.STEPS,
        "told_of": words.TOLD,
    }.get(name, {})
    if value in known:
        return str(known[value])
    if name == "mediator":
        return dossier.mediator_named(UUID(value))
    if name == "signed":
        signed, _colon, whose = value.partition(":")
        party = dossier.life.parties.get(UUID(whose)) if signed == "party" else None
        if party is not None:
            return dossier.name(party)
        named = gettext("the mediator: {name}") if signed == "mediator" else gettext("the seal, held by {name}")
        return named.format(name=dossier.mediator_named(UUID(whose)))
    if name in ("where", "to") and not value.startswith("office:"):
        return dossier.desk(UUID(value))
    return value


QUESTIONS: Mapping[str, Callable[[Dossier], Fields]] = {
    "not-accept": lambda dossier: {
        "routes": _several(_("Which way was told"), words.route_choices(), required=True),
        "words": _words(_("What is to be noted")),
    },
    "party": lambda dossier: party_fields(),
    "consent": _consent,
    "tell": _tell,
    "mediator": _mediator,
    "conflict": _conflict,
    "link": _link,
    "session": _session,
    "agree": _agree,
    "sign": _sign,
    "end": _end,
    "perform": _perform,
    "court": _court,
    "visit": lambda dossier: {
        "words": _words(_("Whether they are content"), required=True),
        "hidden": _words(_("What may still smoulder")),
    },
    "weigh": _weigh,
    "hand": _hand,
    "return": lambda dossier: {"why": _words(_("Why it goes back"), required=True)},
    "done-there": lambda dossier: {"words": _words(_("What was done"))},
    "office-done": lambda dossier: {"words": _words(_("What was done"))},
    "office-returned": lambda dossier: {"why": _words(_("Why it goes back"), required=True)},
    "help": _help,
    "help-answer": lambda dossier: {
        "step": radios(_("What you answer"), [("answered", _("It is done")), ("returned", _("We cannot do it"))]),
        "words": _words(_("In words"), required=True),
    },
}

# ---------------------------------------------------------------- what is said before the door says it


def _check_party(form: StepForm, told: dict[str, Any], day: date) -> None:
    if told.get("minor") and not told.get("represented_by", "").strip():
        form.add_error("represented_by", _("Whoever is not of age has somebody who speaks for them."))


def _check_consent(form: StepForm, told: dict[str, Any], day: date) -> None:
    party = form.dossier.life.parties.get(UUID(told["party"])) if told.get("party") else None
    if party and party.minor and told.get("by") == "self":
        form.refused("by", "minor_needs_representative")
    if party and told.get("by") == "representative" and not (party.minor or party.represented_by):
        form.refused("by", "nobody_speaks_for_them")
    asks = told.get("to") == "extension" and told.get("answer") == "agreed"
    if asks and (told.get("until") is None or told["until"] < day):
        form.refused("until", "extension_without_day")


def _check_agree(form: StepForm, told: dict[str, Any], day: date) -> None:
    if not form.dossier.life.all_agreed:
        form.refused(None, "consent_missing")
    if told.get("form") == "oral" and form.dossier.life.asks_for_mediator:
        form.refused("form", "oral_without_mediator")
    for n in range(1, ROWS):
        more = told.get(f"by_{n}") or told.get(f"amount_{n}")
        if more and not told.get(f"what_{n}", "").strip():
            form.add_error(f"what_{n}", _("Say what is to be done."))


def _check_sign(form: StepForm, told: dict[str, Any], day: date) -> None:
    now = form.dossier.life.agreement
    if now is None:
        form.refused(None, "no_such_agreement")
    elif day < now.on:
        form.refused("on", "signed_before_it_was_made")


def _check_end(form: StepForm, told: dict[str, Any], day: date) -> None:
    if told.get("how") == "not_settled" and not told.get("routes"):
        form.refused("routes", "routes_not_told")


def _check_apply(form: StepForm, told: dict[str, Any], day: date) -> None:
    life = form.dossier.life
    code = life.may_confirm(day)
    if code:
        form.refused(None, code)
        return
    assert life.agreement is not None
    if any(life.parties[party].said.get("confirmation") != "agreed" for party in life.agreement.parties):
        form.refused(None, "consent_missing")


def _check_weigh(form: StepForm, told: dict[str, Any], day: date) -> None:
    if told.get("difficulty") in ("complex", "hard") and not told.get("why", "").strip():
        form.add_error("why", _("Write why the matter is complex or hard."))


def _check_hand(form: StepForm, told: dict[str, Any], day: date) -> None:
    if told.get("channel") and not told.get("form"):
        form.add_error("form", _("Another channel: choose how it goes there."))
    if told.get("channel") and told.get("form") in WITH_CONSENT and not form.dossier.life.agreed_to("transfer"):
        form.refused("form", "consent_missing")


CHECKS: Mapping[str, Callable[[StepForm, dict[str, Any], date], None]] = {
    "party": _check_party,
    "consent": _check_consent,
    "agree": _check_agree,
    "sign": _check_sign,
    "end": _check_end,
    "apply": _check_apply,
    "weigh": _check_weigh,
    "hand": _check_hand,
}
