"""What the mechanism costs one of each, by duty: as `concerto mechanism check` counts it, with what is typed again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext

from concerto.papers import duty_words
from concerto.papers.mechanism import BEARER_NAMES, RECORD_NAMES, tongue_read
from concerto.rulebook.burden import TYPED_AGAIN, Cost, Village, burden, not_counted, read_village
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.terms import BEARERS

MOST_MINUTES = 240


class TypedAgainForm(forms.Form):
    """How many minutes it takes to type a record of each kind again elsewhere. It records nothing."""

    def __init__(self, *args: Any, village: Village, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for record, minutes in village.typed_again.items():
            self.fields[record] = forms.IntegerField(
                label=RECORD_NAMES[record], min_value=0, max_value=MOST_MINUTES, required=False, initial=minutes
            )

    def typed_again(self) -> dict[str, int]:
        """Give the minutes for each kind; what was left empty is not typed again."""
        return {record: self.cleaned_data.get(record) or 0 for record in self.fields}


@dataclass(frozen=True)
class CostRow:
    """What one duty, or typing one kind of record again, costs each of the three a month."""

    words: str
    duty: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Costs:
    """The table, its sums, and for which village it was counted."""

    rows: list[CostRow]
    sums: tuple[str, ...]
    desks: str
    village: str
    bearers: tuple[Any, ...]


def village_with(typed_again: Mapping[str, int] | None = None) -> Village:
    """Give the typical village, with what must be typed again in this place."""
    village = read_village()
    return village if typed_again is None else replace(village, typed_again=typed_again)


def costs_of(mechanism: Mechanism, village: Village, on: date) -> Costs:
    """Count what the mechanism costs on a day, the dearest duty first."""
    found = burden(mechanism, village, on=on)
    by_duty: dict[str, dict[str, float]] = defaultdict(dict)
    for cost in found:
        by_duty[cost.duty][cost.bearer] = cost.minutes
    dearest = sorted(by_duty.items(), key=lambda told: (-sum(told[1].values()), told[0]))
    sums = sums_of(found)
    return Costs(
        [_row(mechanism, duty, minutes) for duty, minutes in dearest],
        tuple(f"{sums[bearer]:.0f}" for bearer in BEARERS),
        duty_words.listed(duty_words.title(mechanism.duties[duty]) for duty in not_counted(mechanism, on=on)),
        village_words(village),
        tuple(BEARER_NAMES[bearer] for bearer in BEARERS),
    )


def sums_of(costs: Iterable[Cost]) -> Mapping[str, float]:
    """Add up what each of the three bears."""
    sums: dict[str, float] = dict.fromkeys(BEARERS, 0)
    for cost in costs:
        sums[cost.bearer] += cost.minutes
    return sums


def village_words(village: Village) -> str:
    """Say for which village it was counted."""
    count = village.count
    return gettext(
        "{name}: {households} households, {helped} of them helped, {members} members, {groups} party groups"
    ).format(
        name=village.name[tongue_read()],
        households=count["household"],
        helped=count["helped_household"],
        members=count["member"],
        groups=count["party_group"],
    )


def _row(mechanism: Mechanism, duty: str, minutes: Mapping[str, float]) -> CostRow:
    cells = tuple(f"{minutes[bearer]:.1f}" if bearer in minutes else "" for bearer in BEARERS)
    if duty.startswith(f"{TYPED_AGAIN}:"):
        record = str(RECORD_NAMES[duty.partition(":")[2]])
        return CostRow(pgettext("burden", "typed again elsewhere: {record}").format(record=record), "", cells)
    return CostRow(duty_words.title(mechanism.duties[duty]), duty, cells)
