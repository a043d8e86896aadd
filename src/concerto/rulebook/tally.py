"""Which records count for one debt, which do not and why, and what they come to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .duty import Edition, Measure
from .facts import Id, Proof
from .period import Period, named


@dataclass(frozen=True)
class Reason:
    """Why, as a code for its words, and the record it speaks of."""

    code: str
    entry: Id | None = None
    on: date | None = None
    said: str = ""


@dataclass(frozen=True)
class Tally:
    """What counted: how much in all and how much in time, capped at what is needed; by which records; which did not."""

    have: int = 0
    in_time: int = 0
    counted: tuple[Reason, ...] = ()
    not_counted: tuple[Reason, ...] = ()

    @property
    def proof(self) -> tuple[Id, ...]:
        """The records that counted."""
        return tuple(dict.fromkeys(reason.entry for reason in self.counted if reason.entry is not None))


NOTHING = Tally()
BESIDE_IT = "proves_something_else"


@dataclass(frozen=True)
class Hour:
    """How long a class hour is, and how many of them a day counts at most."""

    minutes: int = 45
    a_day: int = 8


def weigh(proofs: Iterable[Proof], edition: Edition, period: Period, *, asof: date, hour: Hour) -> Tally:
    """Weigh the proofs about one subject for one period.

    A record speaks for the period of its day, unless it says it counts for an earlier one: then it counts there, late,
    as long as the edition's grace lasts, and no longer for its own.
    """
    in_time: list[Proof] = []
    late: list[Proof] = []
    refused: list[tuple[Proof, str]] = []
    near = [proof for proof in proofs if proof.counts_for or period.first <= proof.on <= period.last]
    if not near:
        return NOTHING
    for proof in in_order(near):
        claims = earlier_period(proof, edition)
        if proof.on > asof or not (period.holds(proof.on) or (claims and claims.name == period.name)):
            continue
        why = why_not(proof, edition)
        if claims and claims.name != period.name:
            why = why or "counts_for_another"
        elif claims and proof.on > period.later(edition.grace).last:
            why = why or "after_the_grace"
        if why:
            refused.append((proof, why))
        else:
            (late if claims else in_time).append(proof)
    return tallied(in_time, late, refused, edition, hour)


def tallied(
    in_time: Sequence[Proof], late: Sequence[Proof], refused: Sequence[tuple[Proof, str]], edition: Edition, hour: Hour
) -> Tally:
    """Sum up what counts; a record counts once, and is not listed as refused for the other things it proves."""
    counted = [_reason(proof, "counted") for proof in in_time] + [_reason(proof, "counted_late") for proof in late]
    entries = {reason.entry for reason in counted}
    left: dict[Id | None, Reason] = {}
    for proof, why in refused:  # a record proves several things: why the nearest of them fails is what helps
        known = left.get(proof.entry)
        if proof.entry not in entries and (known is None or (known.code == BESIDE_IT and why != BESIDE_IT)):
            left[proof.entry] = _reason(proof, why)
    return Tally(
        min(edition.need, amount([*in_time, *late], edition.measure, hour)),
        min(edition.need, amount(in_time, edition.measure, hour)),
        tuple({reason.entry: reason for reason in reversed(counted)}.values())[::-1],
        tuple(left.values()),
    )


def why_not(proof: Proof, edition: Edition) -> str:
    """Say why a record of the right time does not count, or nothing."""
    if proof.withdrawn:
        return "withdrawn"
    if proof.kind not in edition.proven_by:
        return BESIDE_IT
    there = [maker for maker in proof.makers if not maker.not_there]
    if proof.makers and not there:
        return "nobody_was_there"
    if edition.made_by and not any(maker.capacities & set(edition.made_by) for maker in there):
        return "made_by_somebody_else"
    return ""


def earlier_period(proof: Proof, edition: Edition) -> Period | None:
    """Return the period a record counts for, where it names an earlier one than that of its day."""
    claims = named(proof.counts_for) if proof.counts_for else None
    return claims if claims and claims.every is edition.every and claims.last < proof.on else None


def in_order(proofs: Iterable[Proof]) -> list[Proof]:
    """Order records by their day, never by their arrival."""
    some = list(proofs)
    if len(some) < 2:
        return some
    return sorted(some, key=lambda proof: (proof.on, str(proof.entry), proof.kind, proof.amount, str(proof.span)))


def amount(proofs: Sequence[Proof], measure: Measure, hour: Hour) -> int:
    """Count records, or the minutes or whole class hours they come to.

    >>> day, more = date(2026, 3, 2), {"kind": "study_minutes", "about": "m"}
    >>> morning = Proof(entry="1", on=day, amount=90, span=(540, 630), **more)
    >>> overlapping = Proof(entry="2", on=day, amount=60, span=(600, 660), **more)
    >>> a_length = Proof(entry="3", on=day, amount=15, **more)
    >>> amount([morning, overlapping, a_length], Measure.MINUTES, Hour())
    135
    >>> amount([morning, overlapping, a_length], Measure.CLASS_HOURS, Hour(minutes=45))
    3
    """
    if measure is Measure.TIMES:
        return len({proof.entry for proof in proofs})
    days: dict[date, list[Proof]] = defaultdict(list)
    for proof in proofs:
        days[proof.on].append(proof)
    minutes = [_united(of_a_day) for of_a_day in days.values()]
    if measure is Measure.MINUTES:
        return sum(minutes)
    return sum(min(told, hour.minutes * hour.a_day) for told in minutes) // hour.minutes


def _united(proofs: Sequence[Proof]) -> int:
    """Unite the intervals of a day, and add the lengths."""
    lengths = {(proof.entry, proof.kind): proof.amount for proof in proofs if proof.span is None}
    total, reached = sum(lengths.values()), 0
    for begin, end in sorted(proof.span for proof in proofs if proof.span):
        total += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return total


def _reason(proof: Proof, code: str) -> Reason:
    return Reason(code, proof.entry, proof.on, proof.kind)
