"""What a ledger is narrowed to: unit, days, kind, state. Nothing of it names anybody, so it may stand in an address."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.journal.kinds.words import word
from concerto.papers.columns import KIND_WORDS, STATE_WORDS
from concerto.papers.ledgers import DECLINED, Asked, states
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Part, Sight
from concerto.places.units import in_code_order
from concerto.register.access import covered_units

ANY = ("", _("All"))


class DayInput(forms.DateInput):
    """A day as the browser asks for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilterForm(forms.Form):
    """The filters above a ledger; what can't be read narrows nothing, but a unit not in sight is not there."""

    unit = forms.ChoiceField(label=pgettext_lazy("ledger", "Unit"), required=False)
    since = forms.DateField(label=pgettext_lazy("ledger", "From"), required=False, widget=DayInput)
    until = forms.DateField(label=pgettext_lazy("ledger", "To"), required=False, widget=DayInput)
    kind = forms.ChoiceField(label=pgettext_lazy("ledger", "What"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("column", "State"), required=False)

    def __init__(self, data: Any, *, sight: Sight, part: Part) -> None:
        super().__init__(data)
        self.sight, self.part = sight, part
        self._know(data.get("unit", ""))
        self._offer("unit", [(str(unit.id), unit.name) for unit in self.units] if self.is_of_many else [])
        self._offer(
            "kind", [(code, words) for code, words in KIND_WORDS[part].items() if sight.near or code != DECLINED]
        )
        self._offer("state", [(state, word(STATE_WORDS, state)) for state in states(part, sight)])

    def _know(self, unit: str) -> None:
        """A unit of another place is not there: neither its page nor its file is answered with somebody else's."""
        try:
            known = Unit.objects.seen_by(self.sight).filter(id=UUID(unit)).exists()
        except ValueError:
            return  # no unit at all: it narrows nothing
        if not known:
            raise Http404

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        if not choices:
            del self.fields[name]
            return
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    @cached_property
    def units(self) -> list[Unit]:
        """The units to choose from: villages and branches in the order of their codes."""
        return in_code_order(Unit.objects.seen_by(self.sight).exclude(kind=UnitKind.TOWNSHIP))

    @property
    def is_of_many(self) -> bool:
        """Tell whether there is more than one village to tell apart."""
        return sum(unit.kind == UnitKind.VILLAGE for unit in self.units) > 1

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What can be read of it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def asked(self) -> Asked:
        """What the ledger is asked for."""
        answers = self.answers
        return Asked(
            units=self._covered(answers.get("unit")),
            since=answers.get("since"),
            until=answers.get("until"),
            kind=answers.get("kind", ""),
            state=answers.get("state", ""),
        )

    def _covered(self, unit: str | None) -> frozenset[UUID] | None:
        """A village is asked with its branches, a branch for itself."""
        if not unit or self.sight.log is None:
            return None
        chosen = next(one for one in self.units if str(one.id) == unit)
        if chosen.kind != UnitKind.VILLAGE:
            return frozenset({chosen.id})
        return covered_units(self.sight.log, [chosen.id])[chosen.id]

    @property
    def narrowing(self) -> dict[str, str]:
        """What stands in the address: the filters that are set and can be read."""
        return {name: str(self.data.get(name)) for name in self.answers}

    def in_words(self) -> Iterator[str]:
        """Say what is set, as one reads it."""
        answers = self.answers
        if "unit" in answers:
            yield dict(self.fields["unit"].choices)[answers["unit"]]  # type: ignore[attr-defined]
        elif not self.is_of_many and self.units:
            yield self.units[-1].name
        first, last = (date_format(answers[n], "DATE_FORMAT") if n in answers else "" for n in ("since", "until"))
        if first and last:
            yield gettext("{first} to {last}").format(first=first, last=last)
        elif first or last:
            yield gettext("since {day}").format(day=first) if first else gettext("until {day}").format(day=last)
        for name in ("kind", "state"):
            if name in answers:
                yield str(dict(self.fields[name].choices)[answers[name]])  # type: ignore[attr-defined]
