"""Responses: after this, within so long, until that. Each event that asks for one starts a clock of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .days import DayTable, Due
from .duty import Duty, Edition, Within
from .facts import Matter, Proof, Step
from .owing import Owner
from .tally import NOTHING, Hour, Reason, Tally, in_order, tallied, why_not

ROUND = "round"


@dataclass(frozen=True)
class Clock:
    """One answer that is owed: since which step, by which edition, until when; and what happened meanwhile."""

    matter: Matter
    edition: Edition
    within: Within
    start: Step
    steps: Sequence[Step]
    again: Step | None
    due: Due
    extended: Step | None

    @property
    def ended(self) -> tuple[str, Step] | None:
        """What ended it before its answer was due: the matter came to an end, or it began anew."""
        ends = next((step for step in self.steps if step.kind in self.edition.until), None)
        if ends and ends.on <= self.due.on:
            return "it_ended", ends
        if self.again and self.again.on <= self.due.on:
            return "began_anew", self.again
        return None

    def shut(self, asof: date) -> date:
        """Name the last day on which a record counts in a window, as known on a day."""
        return min([self.due.on, asof, *([self.ended[1].on] if self.ended else [])])

    def owner(self, duty: Duty) -> Owner:
        """Name who holds the matter: whom its last step named, before it was answered or began anew."""
        if duty.owed_by == "branch":
            return Owner("branch", self.matter.unit)
        answer = next((n for n, step in enumerate(self.steps) if step.kind in self.edition.proven_by), len(self.steps))
        before = [step for step in self.matter.in_turn if step.turn() <= self.start.turn()]
        told = [*before, *self.steps[:answer]]
        held = [step.holders[duty.owed_by] for step in told if duty.owed_by in step.holders]
        return Owner(duty.owed_by, held[-1] if held else self.matter.unit)


def clocks(duty: Duty, matter: Matter, days: DayTable, *, asof: date) -> Iterator[Clock]:
    """Go through the clocks that had begun by a day; each return and each reopening starts anew."""
    steps = [step for step in matter.in_turn if step.on <= asof]
    for at, start in enumerate(steps):
        if start.kind not in duty.begins_after:
            continue
        edition = duty.in_force(start.on)
        if edition is None or edition.within is None or start.kind not in edition.after:
            continue
        rest = steps[at + 1 :]
        anew = next((n for n, step in enumerate(rest) if step.kind in edition.after), len(rest))
        again = rest[anew] if anew < len(rest) else None
        due = edition.within.due(start.on, days, sort=matter.sort, window=start.names)
        due, extended = _extended(due, rest[:anew], edition)
        yield Clock(matter, edition, edition.within, start, rest[:anew], again, due, extended)


def _extended(due: Due, steps: Sequence[Step], edition: Edition) -> tuple[Due, Step | None]:
    """Put a due day off to the one an extension names, if it came in time, and no oftener than the edition lets."""
    extended, left = None, edition.extensions
    for step in steps:
        in_time = step.kind in edition.extended_by and step.on <= due.on
        if in_time and left != 0 and step.names and step.names > due.on:
            due, extended = Due(step.names), step
            left = None if left is None else left - 1
    return due, extended


def answered(clock: Clock, proofs: Sequence[Proof], *, asof: date, hour: Hour) -> Tally:
    """Weigh what answers a clock: steps of the matter, and records about it, up to where it began anew.

    An answer after its due day still answers, late.
    """
    last = clock.again.on if clock.again else asof
    by_step = [
        Proof(entry=step.entry, kind=step.kind, about=clock.matter.id, on=step.on)
        for step in clock.steps
        if step.kind in clock.edition.proven_by
    ]
    records = [proof for proof in proofs if clock.start.on <= proof.on <= min(last, asof)]
    if clock.again:  # what is recorded on the day it begins anew answers the new clock
        records = [proof for proof in records if proof.on < last]
    if not by_step and not records:
        return NOTHING
    weighed = [(proof, why_not(proof, clock.edition)) for proof in in_order([*by_step, *records])]
    good = [proof for proof, why in weighed if not why]
    return tallied(
        [proof for proof in good if proof.on <= clock.due.on],
        [proof for proof in good if proof.on > clock.due.on],
        [(proof, why) for proof, why in weighed if why],
        clock.edition,
        hour,
    )


def in_window(clock: Clock, proofs: Sequence[Proof], *, asof: date, hour: Hour) -> Tally:
    """Weigh what was recorded about one subject while a round's window was open."""
    shut = clock.shut(asof)
    seen = [proof for proof in in_order(proofs) if clock.start.on <= proof.on <= shut]
    weighed = [(proof, why_not(proof, clock.edition)) for proof in seen]
    good = [proof for proof, why in weighed if not why]
    return tallied(good, [], [(proof, why) for proof, why in weighed if why], clock.edition, hour)


def reached(tally: Tally, clock: Clock) -> bool:
    """Tell whether what counted is enough."""
    return tally.have >= clock.edition.need


def due_because(clock: Clock) -> tuple[Reason, ...]:
    """Say what started a clock, and what put its day off."""
    start = Reason("began_with", clock.start.entry, clock.start.on, clock.start.kind)
    if clock.extended is None:
        return (start,)
    return start, Reason("extended_by", clock.extended.entry, clock.extended.on, clock.extended.kind)
